"""Photos of a report: several at once, what the phone noted, the guess of their line, and the table that keeps it."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from districts.models import District, Village
from programs.models import ProgressReport, ReportAttachment
from programs.reporting.filling.file_forms import MOST_BYTES
from programs.reporting.filling.photos import kilometres
from programs.reporting.verification import deciding as verification
from tests.factories import PlanLineFactory, ReportLineFactory
from tests.programs.reporting.helpers import lines_of, report_with_lines, send_data, text_of

pytestmark = pytest.mark.django_db
S = ProgressReport.Status
HERE = (Decimal("0.166"), Decimal("111.729"))


def photo(number: int = 1, *, at: str = "2019:09:12 09:14:00", place=HERE) -> SimpleUploadedFile:
    """A real JPEG as a phone writes it: when and where are in its EXIF."""
    exif = Image.Exif()
    if at:
        exif.get_ifd(0x8769).update({36867: at, 36881: "+07:00"})
    if place:
        sides = [("N" if place[0] >= 0 else "S"), ("E" if place[1] >= 0 else "W")]
        degrees = [(float(abs(each)), 0.0, 0.0) for each in place]
        exif.get_ifd(0x8825).update({1: sides[0], 2: degrees[0], 3: sides[1], 4: degrees[1]})
    content = io.BytesIO()
    Image.new("RGB", (64, 48), (number * 9 % 256, 90, 90)).save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(f"foto-{number}.jpg", content.getvalue(), content_type="image/jpeg")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def report():
    """Two lines in villages 30 km apart; the first is where the photos are taken."""
    report = report_with_lines(2, filled=True)
    for line, lat in zip(lines_of(report), ("0.170", "0.440"), strict=True):
        village = line.plan_line.target_location.village
        village.lat, village.lng = Decimal(lat), Decimal("111.73")
        village.save()
    return report


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def files(report):
    return reverse("reporting:report-files", args=[report.pk])


def table(report):
    return reverse("reporting:report-photos", args=[report.pk])


def upload(client, report, *uploads, **fields):
    return client.post(files(report), {"file": list(uploads), "kind": "PHOTO", "caption": ""} | fields)


def shown_rows(client, report):
    return client.get(table(report)).context["photos"].forms


def typed(form, **changes) -> dict[str, str]:
    """A row as the page shows it, with ``changes``."""
    values = {name: form[name].value() for name in form.fields if name != "buang"} | changes
    return {form.add_prefix(name): "" if value is None else str(value) for name, value in values.items()}


# --- Several at once --------------------------------------------------------------------------------------------------


def test_several_photos_are_kept_and_lead_to_their_table(operator, report):
    response = upload(operator, report, photo(1), photo(2), photo(3))

    assert response["Location"] == table(report)
    assert report.attachments.count() == 3
    assert "3 berkas terunggah" in text_of(operator.get(table(report)))


def test_what_the_phone_noted_is_kept_and_leaves_the_stored_file(operator, report):
    upload(operator, report, photo())

    kept = report.attachments.get()
    assert (kept.lat, kept.lng, kept.from_device) == (*HERE, True)
    assert kept.taken_at.isoformat() == "2019-09-12T02:14:00+00:00"
    with Image.open(kept.file) as stored:
        assert not stored.getexif() and "exif" not in stored.info


def test_notes_that_the_page_read_before_shrinking_count_where_the_file_has_none(operator, report):
    bare, own = photo(1, at="", place=None), photo(2)
    notes = ["2019:09:13 10:00:00|+07:00|0.400000|111.700000|4200000", "2019:01:01 00:00:00||1|1|900000"]

    upload(operator, report, bare, own, file_hp=notes)

    first, second = report.attachments.order_by("pk")
    assert (first.lat, first.lng, first.from_device) == (Decimal("0.4"), Decimal("111.7"), True)
    assert first.taken_at.isoformat() == "2019-09-13T03:00:00+00:00"
    assert second.lat == HERE[0]
    assert "dikecilkan dari 4,9 MB" in text_of(operator.get(table(report)))


@pytest.mark.parametrize(
    "note", ["", "x", "||||", "a|b|nan|inf|-1", "9999:99:99 99:99:99|+99:99|91|181|9" * 9, "\x00|" * 5]
)
def test_strange_notes_say_nothing(operator, report, note):
    upload(operator, report, photo(at="", place=None), file_hp=[note])

    kept = report.attachments.get()
    assert (kept.taken_at, kept.lat, kept.lng, kept.from_device) == (None, None, None, False)


def test_bad_file_costs_only_itself_and_is_named(operator, report):
    response = upload(operator, report, photo(1), SimpleUploadedFile("rusak.jpg", b"\xff\xd8\xff bukan"), photo(2))

    assert response.status_code == 302
    assert report.attachments.count() == 2
    shown = text_of(operator.get(table(report)))
    assert "2 berkas terunggah" in shown and "Tidak terunggah: rusak.jpg:" in shown


def test_several_bad_files_are_each_named_and_nothing_is_kept(operator, report):
    bad = [SimpleUploadedFile(f"rusak-{number}.jpg", b"<html>") for number in (1, 2)]

    shown = text_of(upload(operator, report, *bad))

    assert "rusak-1.jpg" in shown and "rusak-2.jpg" in shown
    assert report.attachments.count() == 0


@pytest.mark.parametrize(("noted", "number", "kept"), [(False, 5, 5), (False, 6, 0), (True, 20, 20), (True, 21, 0)])
def test_five_files_as_they_are_and_twenty_made_small(operator, report, noted, number, kept):
    notes = {"file_hp": ["||||100"] * number} if noted else {}

    shown = upload(operator, report, *(photo(each) for each in range(number)), **notes)

    assert report.attachments.count() == kept
    assert kept or f"Pilih paling banyak {20 if noted else 5} berkas sekali unggah" in text_of(shown)


def test_files_that_are_too_large_together_are_not_opened(operator, report, monkeypatch):
    monkeypatch.setattr("programs.reporting.filling.file_forms.MOST_BYTES", 1000)

    shown = text_of(upload(operator, report, photo(1), photo(2)))

    assert "Unggah sebagian dulu" in shown
    assert report.attachments.count() == 0


def test_limits_are_said_on_the_page(operator, report):
    shown = text_of(operator.get(files(report)))

    assert "sampai 20 sekali unggah" in shown
    assert "tanpa JavaScript sampai 5 berkas atau 18" in shown
    assert MOST_BYTES == 18 * 1024 * 1024


# --- The table --------------------------------------------------------------------------------------------------------


def test_line_is_guessed_by_the_place_and_only_kept_when_it_is_saved(operator, report):
    upload(operator, report, photo())
    first, _second = lines_of(report)

    (form,) = shown_rows(operator, report)

    assert (form.guess.row.line, form.guess.words, form.guess.sure) == (first, "Ditebak dari tempat", True)
    assert report.attachments.get().line is None
    response = operator.post(table(report), typed(form))
    assert response["Location"] == reverse("reporting:report-check", args=[report.pk])
    kept = report.attachments.get()
    assert (kept.line, kept.from_device) == (first, True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"place": None}, "Tanpa tempat, pilih sendiri"),
        ({"place": (Decimal("1.9"), Decimal("112.9"))}, "Jauh dari lokasi kegiatan, pilih sendiri"),
        ({"at": "2019:05:14 15:22:00"}, "Di luar triwulan ini"),
    ],
)
def test_guess_says_what_asks_for_a_look(operator, report, fields, words):
    upload(operator, report, photo(**fields))

    (form,) = shown_rows(operator, report)

    assert (form.guess.words, form.guess.sure) == (words, False)
    assert words in text_of(operator.get(table(report)))


def test_two_pieces_of_work_in_one_village_ask_for_a_look(operator, report):
    first = lines_of(report)[0]
    beside = PlanLineFactory(plan=report.plan, target_location=first.plan_line.target_location, chain_link="SEED")
    ReportLineFactory(report=report, plan_line=beside)
    upload(operator, report, photo())

    (form,) = shown_rows(operator, report)

    assert form.guess.words == f"2 kegiatan di {first.plan_line.village}, periksa"


@pytest.mark.parametrize("beside", [False, True])
def test_kecamatan_says_it_where_no_village_has_a_place(operator, report, beside):
    first, second = (line.plan_line.village for line in lines_of(report))
    Village.objects.update(lat=None, lng=None)
    District.objects.filter(pk=first.district_id).update(lat=Decimal("0.2"), lng=Decimal("111.8"))
    District.objects.filter(pk=second.district_id).update(lat=Decimal("0.4"), lng=Decimal("112.1"))
    if beside:
        Village.objects.filter(pk=second.pk).update(district=first.district_id)
    upload(operator, report, photo())

    (form,) = shown_rows(operator, report)

    where = str(first.district)
    assert form.guess.words == (f"2 kegiatan di {where}, periksa" if beside else f"Ditebak dari {where}, periksa")
    assert (form.guess.row.number, form.guess.sure) == (1, False)


def test_what_is_typed_over_the_notes_is_no_longer_from_the_phone(operator, report):
    upload(operator, report, photo())
    (form,) = shown_rows(operator, report)

    operator.post(table(report), typed(form, waktu="13-09-2019 08.00", lintang="0,5", keterangan="Panen"))

    kept = report.attachments.get()
    assert (kept.lat, kept.caption, kept.from_device) == (Decimal("0.5"), "Panen", False)
    assert "dari HP" not in text_of(operator.get(table(report)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"baris": "99"}, "Foto 1: Pilih kegiatan dari daftar"),
        ({"baris": "x\x00"}, "Foto 1:"),
        ({"waktu": "kemarin"}, "Foto 1:"),
        ({"lintang": "99"}, "Foto 1:"),
        ({"bujur": ""}, "Isi lintang dan bujur, atau kosongkan keduanya"),
        ({"keterangan": "x" * 161}, "Foto 1:"),
    ],
)
def test_wrong_row_is_said_beside_it_and_nothing_is_saved(operator, report, changes, sentence):
    upload(operator, report, photo())
    (form,) = shown_rows(operator, report)

    response = operator.post(table(report), typed(form, **changes))

    assert sentence in text_of(response)
    assert "<title>Galat: " in response.text
    assert report.attachments.get().line is None


def test_photo_is_thrown_away_with_its_tick(operator, report):
    upload(operator, report, photo(1), photo(2))
    first, second = shown_rows(operator, report)

    operator.post(table(report), typed(first) | typed(second, buang="on"))

    assert [each.pk for each in report.attachments.all()] == [first.photo.pk]


def test_photo_that_another_person_changed_is_not_overwritten_unseen(operator, report):
    upload(operator, report, photo())
    (form,) = shown_rows(operator, report)
    second = lines_of(report)[1]
    ReportAttachment.objects.update(line=second)

    answer = operator.post(table(report), typed(form))

    assert "Orang lain mengubah foto 1" in text_of(answer) and second.plan_line.activity.name in text_of(answer)
    assert report.attachments.get().line == second
    (again,) = answer.context["photos"].forms
    assert operator.post(table(report), typed(again)).status_code == 302
    assert report.attachments.get().line == lines_of(report)[0]


def test_photo_that_another_person_removed_stays_removed(operator, report):
    upload(operator, report, photo(1), photo(2))
    first, second = shown_rows(operator, report)
    ReportAttachment.objects.filter(pk=first.photo.pk).delete()

    assert operator.post(table(report), typed(first) | typed(second)).status_code == 302
    assert report.attachments.get().line is not None


def test_number_is_typed_where_there_are_too_many_lines_for_a_select(operator, report, monkeypatch):
    monkeypatch.setattr("programs.reporting.filling.photo_forms.MOST_OFFERED", 1)
    upload(operator, report, photo(place=None))
    (form,) = shown_rows(operator, report)

    refused = operator.post(table(report), typed(form, baris="3"))
    saved = operator.post(table(report), typed(form, baris="2"))

    assert "Isi nomor baris 1 sampai 2" in text_of(refused)
    assert (saved.status_code, report.attachments.get().line) == (302, lines_of(report)[1])


def test_sent_report_takes_no_change_of_its_photos(operator, report, client_as):
    upload(operator, report, photo())
    (form,) = shown_rows(operator, report)
    operator.post(f"/laporan/{report.pk}/periksa/", send_data(report))

    answer = operator.post(table(report), typed(form))

    assert (answer.status_code, report.attachments.get().line) == (409, None)


@pytest.mark.parametrize("number", [1, 4])
def test_table_costs_the_same_for_one_photo_and_four(operator, report, number, django_assert_num_queries):
    upload(operator, report, *(photo(each) for each in range(number)))
    operator.get(table(report))

    with django_assert_num_queries(10):
        operator.get(table(report))


def test_distance_of_two_places():
    assert kilometres((0.0, 111.0), (0.0, 112.0)) == pytest.approx(111.2)
    assert kilometres((0.166, 111.729), (0.170, 111.730)) < 1


# --- A report that came back for photos -------------------------------------------------------------------------------


def returned_for_photos(report, client_as):
    coordinator = client_as("coordinator").user
    report.refresh_from_db()
    verification.claim(report=report, actor=coordinator)
    requests = [verification.Remark("Foto kosong.", False, line.pk, "no_photo") for line in lines_of(report)]
    verification.decide(
        report=report,
        actor=coordinator,
        decision=verification.Decision.RETURN,
        seen=S.VERIFYING,
        version=report.version,
        note="Temuan: foto belum ada.",
        requests=requests,
    )


def test_report_returned_for_photos_is_corrected_on_one_page(operator, report, client_as):
    operator.post(f"/laporan/{report.pk}/periksa/", send_data(report))
    returned_for_photos(report, client_as)
    first, second = lines_of(report)

    shown = operator.get(files(report))
    assert "Tambah foto yang diminta" in text_of(shown)
    answer = operator.post(
        files(report), {f"foto-{first.pk}": [photo(1)], f"foto-{second.pk}": [photo(2), photo(3)], "kind": "PHOTO"}
    )

    assert answer["Location"] == reverse("reporting:report-check", args=[report.pk])
    assert [line.attachments.count() for line in (first, second)] == [1, 2]


def test_line_that_is_not_asked_for_has_no_input_of_its_own(operator, report):
    first = lines_of(report)[0]

    assert f"foto-{first.pk}" not in operator.get(files(report)).text
    operator.post(files(report), {f"foto-{first.pk}": [photo(1)], "kind": "PHOTO"})
    assert report.attachments.count() == 0


# --- The link of a video ----------------------------------------------------------------------------------------------


def test_video_is_a_link_on_the_line(operator, report):
    first = lines_of(report)[0]

    operator.post(files(report), {"kind": "PHOTO", "line": first.pk, "video_url": "https://youtu.be/abc"})

    first.refresh_from_db()
    assert first.videos == ["https://youtu.be/abc"]
    assert first.history.first().video_url == "https://youtu.be/abc"
    page = operator.get(files(report)).text
    assert '<a href="https://youtu.be/abc" rel="noopener noreferrer nofollow">' in page
    assert "<iframe" not in page
    remove = reverse("reporting:report-video-remove", args=[report.pk, first.pk])
    assert [operator.post(remove).status_code for _click in range(2)] == [302, 302]
    first.refresh_from_db()
    assert first.video_url == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://youtu.be/abc",
        "javascript:alert(1)",
        "https://",
        "https://user:pass@youtu.be/x",
        "youtu.be/x",
        "//x.id/a",
    ],
)
def test_video_elsewhere_than_at_https_is_refused(operator, report, url):
    first = lines_of(report)[0]

    response = operator.post(files(report), {"kind": "PHOTO", "line": first.pk, "video_url": url})

    first.refresh_from_db()
    assert "Tulis alamat video yang diawali https://" in text_of(response)
    assert first.video_url == ""


def test_video_asks_for_its_line(operator, report):
    response = operator.post(files(report), {"kind": "PHOTO", "video_url": "https://youtu.be/abc"})

    assert "Pilih kegiatan yang ditunjukkan video" in text_of(response)


def test_video_of_a_line_of_another_report_stays(operator, report):
    theirs = report_with_lines(1).lines.get()
    theirs.video_url = "https://youtu.be/abc"
    theirs.save()

    operator.post(reverse("reporting:report-video-remove", args=[report.pk, theirs.pk]))

    theirs.refresh_from_db()
    assert theirs.video_url == "https://youtu.be/abc"


def test_line_links_up_to_five_videos_and_loses_one_at_a_time(operator, report):
    first = lines_of(report)[0]
    urls = [f"https://youtu.be/{number}" for number in range(6)]

    for url in [*urls[:5], urls[0]]:  # the first one twice: it is there already
        operator.post(files(report), {"kind": "PHOTO", "line": first.pk, "video_url": url})
    refused = operator.post(files(report), {"kind": "PHOTO", "line": first.pk, "video_url": urls[5]})

    first.refresh_from_db()
    assert first.videos == urls[:5]
    assert "sudah punya 5 tautan video" in text_of(refused)
    page = operator.get(files(report))
    assert "5 tautan video" in text_of(page) and all(f'href="{url}"' in page.text for url in urls[:5])
    remove = reverse("reporting:report-video-remove", args=[report.pk, first.pk])
    for sent in ({"tautan": urls[1]}, {"tautan": urls[1]}, {"tautan": "https://lain.id/x"}, {}):
        assert operator.post(remove, sent).status_code == 302
    first.refresh_from_db()
    assert first.videos == [urls[0], *urls[2:5]]


# --- Who changed a photo ----------------------------------------------------------------------------------------------


def test_history_says_who_added_moved_named_and_removed_a_photo(operator, report):
    first, second = lines_of(report)
    upload(operator, report, photo(1), photo(2))
    one, two = shown_rows(operator, report)

    data = {"version": report.version, **typed(one, baris="1", keterangan="Jalan usaha tani"), **typed(two, baris="2")}
    operator.post(table(report), data)
    one, two = shown_rows(operator, report)
    operator.post(table(report), {**typed(one, baris="2"), **typed(two), two.add_prefix("buang"): "on"})

    user = operator.user
    told = text_of(operator.get(reverse("reporting:report-history", args=[report.pk])))
    assert str(user) in told
    assert "foto-1.jpg ditambahkan" in told and "foto-2.jpg dihapus" in told
    assert "Jalan usaha tani" in told
    assert f"{first} → {second}" in told.replace("menjadi", "→") or (str(first) in told and str(second) in told)
    rows = ReportAttachment.history.order_by("history_id").values_list("history_type", "line", "caption")
    assert [row for row in rows if row[0] == "~"][-1][1:] == (second.pk, "Jalan usaha tani")
    assert set(ReportAttachment.history.values_list("history_user", flat=True)) == {user.pk}


def test_history_of_photos_keeps_neither_place_nor_file(report):
    kept = {field.name for field in ReportAttachment.history.model.tracked_fields}

    assert kept == {"id", "report", "line", "kind", "original_name", "caption", "from_device"}
