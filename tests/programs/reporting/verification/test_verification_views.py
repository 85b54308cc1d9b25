"""The verification desk through the browser's eyes: queue, decision page, conflicts, summary."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from p2emas.accounts.roles import Role
from programs.models import ProgressReport, ReportAttachment, ReportComment, ReportingPeriod
from programs.reporting.verification import deciding as verification
from programs.reporting.verification.deciding import Decision
from tests.factories import (
    AssignmentFactory,
    HolidayFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    ObstacleFactory,
    ProgressReportFactory,
    ReportCommentFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    UserFactory,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db
S = ProgressReport.Status
QUEUE = "/verifikasi/"


def waiting(day, **fields):
    return ProgressReportFactory(sent=True, submitted_at=datetime(2019, 10, day, 3, tzinfo=UTC), **fields)


def verifying(day=2, **fields):
    return waiting(day, status=S.VERIFYING, **fields)


def with_quarter_before(report):
    """Let ``report`` have something to be compared with, so that every query really runs."""
    before = ProgressReportFactory(
        approved=True, agency=report.agency, plan=report.plan, period=ReportingPeriodFactory(number=2)
    )
    ReportLineFactory(report=before)


def page(report):
    return reverse("reporting:verification-decide", args=[report.pk])


def typed(report, keputusan="setujui", **fields):
    return {"status": report.status, "versi": report.version, "keputusan": keputusan, **fields}


def text(response):
    return " ".join(response.content.decode().split())


# --- Who gets in ------------------------------------------------------------------------------


@pytest.mark.parametrize("pk", [0, 99999, 2**63 - 1, 10**30])
def test_missing_report_is_not_found(client_as, pk):
    assert client_as("coordinator").get(f"/laporan/{pk}/verifikasi/").status_code == 404


# --- Queue ------------------------------------------------------------------------------------


def test_queue_shows_oldest_first_with_waiting_days_claim_and_findings(client_as):
    client = client_as("coordinator")
    HolidayFactory(date=date(2019, 10, 7))
    newer = waiting(4, agency__short_name="Dinas Baru")
    older = verifying(1, agency__short_name="Dinas Lama", claimed_by=UserFactory(name="Koordinator Dua"))
    ReportLineFactory(report=older, spent_to_date=200_000_000, physical_to_date=50, plan_line__chain_link="SEED")

    response = client.get(QUEUE)

    rows = response.context["rows"]
    assert [(row.report, row.waited) for row in rows] == [(older, 4), (newer, 1)]
    shown = text(response)
    assert shown.rindex("Dinas Lama") < shown.rindex("Dinas Baru")
    assert "Koordinator Dua" in shown
    assert "3: serapan di atas pagu, keuangan di atas fisik, foto kosong" in shown
    assert "Mulai verifikasi (1)" in shown


def test_queue_marks_what_the_reader_sent_and_does_not_offer_it(client_as):
    client = client_as("coordinator")
    waiting(2, submitted_by=client.user)

    shown = text(client.get(QUEUE))

    assert "Anda pengirimnya" in shown
    assert "Mulai verifikasi" not in shown


def test_queue_offers_to_go_on_when_all_is_claimed(client_as):
    client = client_as("coordinator")
    report = verifying(claimed_by=client.user)

    shown = text(client.get(QUEUE))

    assert "Lanjutkan verifikasi (1)" in shown
    assert page(report) in shown


def test_empty_queue_names_the_next_due_date(client_as):
    ReportingPeriodFactory(number=2, due_on=date(2019, 10, 1))
    ReportingPeriodFactory(number=3, due_on=date(2019, 10, 9))
    ReportingPeriodFactory(number=4, due_on=date(2019, 10, 8), status=ReportingPeriod.Status.LOCKED)

    shown = text(client_as("coordinator").get(QUEUE))

    assert "Tidak ada yang menunggu. Jatuh tempo berikutnya: Triwulan III 2019, 9 Oktober 2019." in shown


def test_empty_queue_without_any_period_says_only_that(client_as):
    shown = tight(client_as("coordinator").get(QUEUE).text)

    assert "Tidak ada yang menunggu.</p>" in shown


def test_queue_filters_by_period_and_agency(client_as):
    client = client_as("coordinator")
    wanted = waiting(2)
    waiting(3), waiting(1, period=ReportingPeriodFactory(number=2))

    response = client.get(QUEUE, {"periode": "2019-T3", "skpd": wanted.agency.code})

    assert [row.report for row in response.context["rows"]] == [wanted]


@pytest.mark.parametrize("query", [{"periode": "2019-T9"}, {"skpd": "\x00'"}, {"periode": "x" * 9000}])
def test_queue_with_a_strange_filter_shows_all_and_says_so(client_as, query):
    report = waiting(2)

    response = client_as("coordinator").get(QUEUE, query)

    assert (response.status_code, [row.report for row in response.context["rows"]]) == (200, [report])
    assert "tidak ada di antrean" in text(response)


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_for_one_row_and_three(client_as, count, django_assert_num_queries):
    client = client_as("coordinator")
    for day in range(1, count + 1):
        report = waiting(day, status=S.VERIFYING, claimed_by=UserFactory())
        with_quarter_before(report)
        for _ in range(count):
            ReportLineFactory(report=report)

    # session, user, assignments, reports on the desk, lines, reports before, their lines, values, visits, goods, holidays
    with django_assert_num_queries(12):
        response = client.get(QUEUE)

    assert len(response.context["rows"]) == count


# --- Claiming ---------------------------------------------------------------------------------


def test_start_claims_the_oldest_and_leads_to_it(client_as):
    client = client_as("coordinator")
    newer, older = waiting(4), waiting(2)

    response = client.post("/verifikasi/mulai/")

    assert response["Location"] == page(older)
    older.refresh_from_db(), newer.refresh_from_db()
    assert (older.status, older.claimed_by, newer.status) == (S.VERIFYING, client.user, S.WAITING)


def test_start_keeps_to_the_filter(client_as):
    waiting(2)
    wanted = waiting(4)

    response = client_as("coordinator").post("/verifikasi/mulai/", {"skpd": wanted.agency.code})

    assert response["Location"] == f"{page(wanted)}?skpd={wanted.agency.code}"


def test_start_with_nothing_left_says_so(client_as):
    response = client_as("coordinator").post("/verifikasi/mulai/", follow=True)

    assert "Tidak ada lagi yang menunggu" in text(response)


def test_reading_a_waiting_report_claims_nothing_and_offers_to_start(client_as):
    report = waiting(2)

    response = client_as("coordinator").get(page(report))

    report.refresh_from_db()
    assert (report.status, report.claimed_by) == (S.WAITING, None)
    assert "Mulai verifikasi</button>" in text(response)
    assert "Simpan dan berikutnya" not in text(response)


def test_walk_stays_in_the_filtered_queue_to_its_end(client_as):
    """A verifier who began with one SKPD is not led to another one by "Simpan dan berikutnya"."""
    client, report = client_as("coordinator"), waiting(2)
    other = waiting(1)
    query = f"?periode={report.period.code}&skpd={report.agency.code}"

    chosen = {"periode": report.period.code, "skpd": report.agency.code}
    started = client.post(reverse("reporting:verification-start"), chosen)
    shown = client.get(started["Location"]).text
    report.refresh_from_db()
    done = client.post(page(report), typed(report, **chosen))

    assert started["Location"] == page(report) + query
    assert f'name="skpd" value="{report.agency.code}"' in shown
    assert f"{reverse('reporting:verification-queue')}{query.replace('&', '&amp;')}" in shown
    assert done["Location"] == reverse("reporting:verification-summary") + query
    other.refresh_from_db()
    assert other.status == S.WAITING


def test_claim_leads_back_with_what_was_skipped(client_as):
    client = client_as("coordinator")
    report = waiting(2)

    response = client.post(reverse("reporting:verification-claim", args=[report.pk]), {"lewati": "5,x,7"})

    assert response["Location"] == f"{page(report)}?lewati=5,7"
    report.refresh_from_db()
    assert report.claimed_by == client.user


def test_claim_after_somebody_else_says_so_and_shows_who(client_as):
    report = verifying(claimed_by=UserFactory(name="Koordinator Dua"))

    response = client_as("coordinator").post(reverse("reporting:verification-claim", args=[report.pk]), follow=True)

    assert "Langkah ini tidak berlaku" in text(response) or "sudah diubah orang lain" in text(response)
    assert "Sedang diperiksa Koordinator Dua" in text(response)


def test_second_click_on_claim_finds_the_claim_of_the_first(client_as):
    client = client_as("coordinator")
    report = waiting(2)
    address = reverse("reporting:verification-claim", args=[report.pk])
    client.post(address)

    response = client.post(address, follow=True)

    assert list(response.context["messages"]) == []
    assert report.status_changes().count() == 1


def test_submitter_does_not_claim(client_as):
    client = client_as("coordinator")
    report = waiting(2, submitted_by=client.user)

    assert client.post(reverse("reporting:verification-claim", args=[report.pk])).status_code == 403


# --- The page ---------------------------------------------------------------------------------


def test_page_shows_figures_findings_evidence_and_comments(client_as):
    client = client_as("coordinator")
    report = verifying(1, next_step="Panen raya", claimed_by=client.user)
    line = ReportLineFactory(report=report, spent_to_date=129_800_000, physical_to_date=60)
    ReportCommentFactory(report=report, line=line, text="Cek lagi", internal=True)
    ReportCommentFactory(report=report, text="Terima kasih")
    report.obstacles.add(ObstacleFactory(text="Dua ekor sapi mati", cause="Sakit", follow_up="Diganti"))
    activity = line.plan_line.activity
    IndicatorValueFactory(
        report=report, indicator=IndicatorFactory(activity=activity, name="Kelompok dilatih"), value=3
    )
    IndicatorValueFactory(
        report=report, indicator=IndicatorFactory(activity=activity), value=None, missing_reason="Belum panen"
    )
    waiting(3)

    shown = text(client.get(page(report)))

    for words in (
        line.plan_line.activity.name,
        "129,8",
        "2 temuan pada 1 dari 1 kegiatan",
        "Serapan melebihi pagu di baris 1",
        "Cek lagi",
        "Terima kasih",
        "Dua ekor sapi mati",
        "Diganti",
        "Kelompok dilatih",
        "Belum panen",
        "Panen raya",
        "Laporan 1 dari 2",
        "menunggu 5 hari kerja",
        "data-ctrl-enter",
    ):
        assert words in shown, words


def attach(report, kind=ReportAttachment.Kind.PHOTO, content_type="image/jpeg", **fields):
    return ReportAttachment.objects.create(
        report=report, kind=kind, content_type=content_type, file="ab/x", size=2048, sha256="0" * 64, **fields
    )


def test_page_shows_photos_small_and_papers_by_name(client_as):
    report = verifying()
    line = ReportLineFactory(report=report)
    photo = attach(report, line=line, original_name="a.jpg", caption="Bibit lada")
    paper = attach(report, ReportAttachment.Kind.MINUTES, "application/pdf", original_name="berita acara.pdf")

    shown = text(client_as("coordinator").get(page(report)))

    assert f'<img class="photo" src="{photo.thumbnail_url}" alt="Bibit lada"' in shown
    assert paper.get_absolute_url() in shown
    assert "berita acara.pdf" in shown
    assert paper.thumbnail_url not in shown
    assert "Lampiran, 2 berkas" in shown


def test_page_of_many_findings_names_the_first_and_marks_the_other_lines(client_as):
    report = verifying()
    for _ in range(14):
        ReportLineFactory(report=report, plan_line__chain_link="SEED")

    shown = text(client_as("coordinator").get(page(report)))

    assert "1 temuan pada 14 dari 14 kegiatan" in shown
    assert "Foto belum ada pada 14 dari 14 kegiatan fisik" in shown
    assert "dan 2 lainnya" in shown
    assert [shown.count(words) for words in ('href="#tA"', 'name="temuan"')] == [14, 1]


def test_comment_that_is_refused_is_open_with_its_sentence_and_its_text(client_as):
    report = verifying()
    line, other = ReportLineFactory(report=report), ReportLineFactory(report=report)

    response = client_as("coordinator").post(
        page(report), typed(report, **{f"komentar-{line.pk}": "<b>" * 700, f"internal-{line.pk}": "on"})
    )

    shown = text(response)
    name = f"komentar-{line.pk}"
    assert f'id="id_{name}_error"' in shown
    assert f'name="{name}" id="id_{name}" aria-describedby="id_{name}_error" aria-invalid="true">' in shown
    assert "&lt;b&gt;" * 700 in shown
    assert f'name="internal-{line.pk}" id="id_internal-{line.pk}" checked>' in shown
    assert shown.count("<details open>") == 1
    assert f'name="komentar-{other.pk}" id="id_komentar-{other.pk}"> </textarea>' in shown


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_line_and_three(client_as, count, django_assert_num_queries):
    client = client_as("coordinator")
    report = verifying(claimed_by=client.user)
    with_quarter_before(report)
    for _ in range(count):
        line = ReportLineFactory(report=report)
        ReportCommentFactory(report=report, line=line)
        IndicatorValueFactory(report=report, indicator=IndicatorFactory(activity=line.plan_line.activity))
        report.obstacles.add(ObstacleFactory())
        attach(report, line=line, original_name="a.jpg")
        waiting(3)

    ContentType.objects.get_for_model(ProgressReport)  # asked once in the life of a process

    # session, user, assignments, report, 4 for the sheet, queue and decided today for "1 dari 2", holidays,
    # comments, 3 for the indicators, obstacles, attachments, what was ticked before, the last step, later reports,
    # payments, visits, goods
    with django_assert_num_queries(23):
        client.get(page(report))


def test_submitter_reads_the_page_and_may_not_decide(client_as):
    client = client_as("coordinator")
    AssignmentFactory(user=client.user, agency=client.user.assignments.get().agency, role=Role.AGENCY_OPERATOR)
    report = verifying(submitted_by=client.user)

    assert "Anda pengirim laporan ini" in text(client.get(page(report)))
    assert client.post(page(report), typed(report)).status_code == 403
    report.refresh_from_db()
    assert report.status == S.VERIFYING


@pytest.mark.parametrize("trait", ["draft", "approved"])
def test_page_of_a_report_that_is_not_on_the_desk_offers_no_decision(client_as, trait):
    shown = text(client_as("coordinator").get(page(ProgressReportFactory(**{trait: True}))))

    assert "Simpan dan berikutnya" not in shown
    assert "Mulai verifikasi</button>" not in tight(shown)
    assert "Batalkan keputusan" not in shown


# --- Deciding ---------------------------------------------------------------------------------


def test_approving_saves_comments_and_continues_with_the_next_which_it_claims(client_as):
    client = client_as("coordinator")
    report = verifying()
    line = ReportLineFactory(report=report)
    following = waiting(4)

    response = client.post(
        page(report), typed(report, **{f"komentar-{line.pk}": "Bagus", f"internal-{line.pk}": "on"}), follow=True
    )

    assert response.redirect_chain == [(page(following), 302)]
    assert f"Laporan {report.agency} disetujui" in text(response)
    report.refresh_from_db(), following.refresh_from_db()
    assert (report.status, report.decided_by, following.claimed_by) == (S.APPROVED, client.user, client.user)
    assert list(report.comments.values_list("line", "text", "internal")) == [(line.pk, "Bagus", True)]


@pytest.fixture
def doubtful():
    """A report on the desk: a photo is missing on two lines, one of which spent more than its ceiling."""
    report = verifying()
    for spent in (60_000_000, 100_000_001):
        ReportLineFactory(report=report, spent_to_date=spent, physical_to_date=95, plan_line__chain_link="SEED")
    return report


def test_ticked_findings_are_the_reason_at_their_lines_and_the_note_follows(client_as, doubtful):
    report = doubtful

    client_as("coordinator").post(
        page(report), typed(report, "kembalikan", temuan=["no_photo"], catatan="Mohon foto demplot.")
    )

    report.refresh_from_db()
    assert report.status == S.RETURNED
    note = "Temuan: Foto belum ada pada 2 dari 2 kegiatan fisik.\nMohon foto demplot."
    assert report.last_change().note == note
    assert set(report.comments.values_list("line", "text", "finding", "internal")) == {
        (line.pk, "Foto kosong. Kemajuan pada triwulan ini perlu foto.", "no_photo", False)
        for line in report.lines.all()
    }


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"temuan": ["over_budget"]}, "Temuan: Serapan melebihi pagu di baris 2."),
        ({"catatan": "Salah"}, "Salah"),
    ],
)
def test_returning_with_a_finding_or_a_note_alone(client_as, doubtful, fields, note):
    client_as("coordinator").post(page(doubtful), typed(doubtful, "kembalikan", **fields))

    assert doubtful.last_change().note == note


def test_approval_keeps_the_note_and_asks_for_nothing(client_as, doubtful):
    client_as("coordinator").post(page(doubtful), typed(doubtful, temuan=["no_photo"], catatan="Rapi"))

    assert doubtful.last_change().note == "Rapi"
    assert not doubtful.comments.exists()


def test_undoing_a_return_gives_note_and_ticks_back_and_asks_each_thing_once(client_as, doubtful):
    client = client_as("coordinator")
    client.post(page(doubtful), typed(doubtful, "kembalikan", temuan=["no_photo"], catatan="Mohon foto demplot."))
    doubtful.refresh_from_db()
    client.post(
        reverse("reporting:decision-undo", args=[doubtful.pk]), {"status": doubtful.status, "versi": doubtful.version}
    )
    doubtful.refresh_from_db()

    shown = client.get(page(doubtful))

    form = shown.context["form"]
    assert form["catatan"].value() == "Mohon foto demplot."
    assert [(group.code, ticked) for group, ticked in form.ticks()] == [("over_budget", False), ("no_photo", True)]
    client.post(page(doubtful), typed(doubtful, "kembalikan", temuan=["over_budget"], catatan="Lain"))
    assert list(doubtful.comments.values_list("finding", flat=True)) == ["over_budget"]
    assert doubtful.last_change().note == "Temuan: Serapan melebihi pagu di baris 2.\nLain"


def test_putting_off_keeps_the_ticks(client_as, doubtful):
    client = client_as("coordinator")
    client.post(page(doubtful), typed(doubtful, "tunda", temuan=["no_photo"]))

    shown = client.get(page(doubtful))

    assert [ticked for _group, ticked in shown.context["form"].ticks()] == [False, True]


def test_decision_is_before_the_figures_and_findings_are_before_both(client_as, doubtful):
    shown = text(client_as("coordinator").get(page(doubtful)))

    assert shown.index("2 temuan pada 2 dari 2 kegiatan") < shown.index("Realisasi s.d.")
    panel = shown[shown.index('class="panel block"') :]
    assert "temuan pada" not in panel


def test_returning_without_reason_is_refused_with_everything_kept(client_as):
    report = verifying()
    line = ReportLineFactory(report=report)

    response = client_as("coordinator").post(
        page(report), typed(report, "kembalikan", lewati="5", **{f"komentar-{line.pk}": "Ketikan saya"})
    )

    shown = text(response)
    assert response.status_code == 200
    assert "<title>Galat: " in shown
    assert shown.count("Centang temuan yang harus diperbaiki, atau tulis alasannya dalam catatan") == 2
    assert "Ketikan saya" in shown
    assert 'name="lewati" value="5"' in shown
    report.refresh_from_db()
    assert (report.status, report.comments.count()) == (S.VERIFYING, 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"keputusan": ""}, "Pilih keputusan"),
        ({"keputusan": "hapus"}, "Pilih salah satu dari daftar"),
        ({"temuan": ["no_photo"]}, "Pilih salah satu dari daftar"),
        ({"catatan": "x" * 1001}, "1000"),
        ({"komentar": "x" * 2001}, "2000"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(client_as, fields, sentence):
    report = verifying()

    response = client_as("coordinator").post(page(report), typed(report) | fields)

    assert response.status_code == 200
    assert "<title>Galat: " in text(response)
    assert sentence in text(response)
    report.refresh_from_db()
    assert (report.status, ReportComment.objects.count()) == (S.VERIFYING, 0)


def test_return_with_a_note_that_is_too_long_has_one_error(client_as):
    report = verifying()

    response = client_as("coordinator").post(page(report), typed(report, "kembalikan", catatan="x" * 1001))

    assert set(response.context["form"].errors) == {"catatan"}


def test_postponing_saves_comments_and_passes_by(client_as):
    client = client_as("coordinator")
    report, following = verifying(claimed_by=client.user), waiting(4)

    response = client.post(page(report), typed(report, "tunda", komentar="Tanya dulu", lewati="77"))

    assert response["Location"] == f"{page(following)}?lewati=77,{report.pk}"
    report.refresh_from_db()
    assert (report.status, report.comments.get().text) == (S.VERIFYING, "Tanya dulu")


def test_last_decision_leads_to_the_summary(client_as):
    report = verifying()

    response = client_as("coordinator").post(page(report), typed(report), follow=True)

    assert response.redirect_chain == [(reverse("reporting:verification-summary"), 302)]
    assert "Antrean verifikasi selesai" in text(response)
    assert str(report.agency) in text(response)
    assert "Batalkan keputusan" in text(response)


def test_skipping_leads_on_and_claims_nothing(client_as):
    first, second = waiting(1), waiting(2)
    client = client_as("coordinator")

    led = client.get("/verifikasi/berikutnya/", {"lewati": str(first.pk)})
    end = client.get("/verifikasi/berikutnya/", {"lewati": f"{first.pk},{second.pk}"})

    assert led["Location"] == f"{page(second)}?lewati={first.pk}"
    assert end["Location"] == f"{reverse('reporting:verification-summary')}?lewati={first.pk},{second.pk}"
    assert set(ProgressReport.objects.values_list("status", flat=True)) == {S.WAITING}
    assert str(first.agency) in text(client.get(end["Location"]))


@pytest.mark.parametrize("value", ["\x00", "9" * 400, "-1", ",,,", "1" * 25, "abc", "²"])
def test_strange_skip_list_is_read_as_nothing(client_as, value):
    report = waiting(2)

    response = client_as("coordinator").get("/verifikasi/berikutnya/", {"lewati": value})

    assert response["Location"] == page(report)


def test_locked_period_refuses_with_a_sentence_and_keeps_the_note(client_as):
    report = verifying(period=ReportingPeriodFactory(status=ReportingPeriod.Status.LOCKED))

    response = client_as("coordinator").post(page(report), typed(report, catatan="Ketikan saya"))

    assert response.status_code == 200
    assert "Periode ini sudah dikunci" in text(response)
    assert "Ketikan saya" in text(response)


# --- Conflicts --------------------------------------------------------------------------------


def decide(report, actor, decision=Decision.APPROVE, note=""):
    verification.decide(
        report=report, actor=actor, decision=decision, seen=report.status, version=report.version, note=note
    )


def test_decided_meanwhile_shows_both_versions_and_saves_nothing(client_as, user_as):
    other = user_as("coordinator")
    report = verifying()
    ReportLineFactory(report=report, plan_line__chain_link="SEED")
    fields = {"temuan": ["no_photo"], "catatan": "Catatan panjang saya", "komentar": "Komentar saya"}
    shown_before = typed(report, "kembalikan", **fields)
    decide(report, other, note="Sudah lengkap")

    response = client_as("coordinator").post(page(report), shown_before)

    shown = text(response)
    assert response.status_code == 409
    assert f"Sudah disetujui oleh {other} pukul 09.00 — keputusan Anda tidak disimpan" in shown
    for words in ("Sudah lengkap", "Kembalikan untuk diperbaiki", "Foto belum ada pada 1", "Catatan panjang saya"):
        assert words in shown
    assert "Komentar saya" in shown
    assert (report.status_changes().count(), ReportComment.objects.count()) == (1, 0)


def test_conflict_comes_before_missing_reason(client_as, user_as):
    report = verifying()
    shown_before = typed(report, "kembalikan", catatan="")
    decide(report, user_as("coordinator"))

    assert client_as("coordinator").post(page(report), shown_before).status_code == 409


def test_figures_changed_since_shown_are_listed_old_and_new(client_as):
    report = verifying()
    line = ReportLineFactory(report=report, spent_to_date=60_000_000, physical_to_date=70)
    untouched = ReportLineFactory(report=report)
    old_page = typed(report, waktu="2019-10-08T09:00:00+07:00")
    from p2emas import clock

    with clock.at(datetime(2019, 10, 8, 10)):
        line.spent_to_date = 61_000_000
        line.save()
        ProgressReport.objects.filter(pk=report.pk).update(version=2)

        response = client_as("coordinator").post(page(report), old_page)

    assert response.status_code == 409
    assert "Laporan sudah berubah sejak halaman Anda dibuka — keputusan Anda tidak disimpan" in text(response)
    (changed,) = response.context["changed"]
    assert (changed.row.line, changed.spent, changed.row.spent) == (line, 60_000_000, 61_000_000)
    assert "SKPD sudah mengirim isian baru" in text(response)
    assert untouched.plan_line.activity.name not in text(response)


@pytest.mark.parametrize(
    "fields",
    [
        {"versi": "", "status": ""},
        {"versi": "9" * 40},
        {"versi": "abc"},
        {"status": "HAPUS"},
        {"status": "WAITING"},
        {"waktu": "kemarin", "versi": "2"},
        {"waktu": "2019-99-99T00:00:00", "versi": "2"},
        {"waktu": "2019-10-08T09:00:00", "versi": "2"},
    ],
)
def test_page_that_does_not_say_what_it_showed_counts_as_old(client_as, fields):
    report = verifying()

    response = client_as("coordinator").post(page(report), typed(report) | fields)

    assert response.status_code == 409
    report.refresh_from_db()
    assert report.status == S.VERIFYING


def test_second_click_continues_without_a_second_step(client_as):
    client = client_as("coordinator")
    report = verifying()
    data = typed(report, komentar="Sekali")
    client.post(page(report), data)

    response = client.post(page(report), data)

    assert response["Location"] == reverse("reporting:verification-summary")
    assert (report.status_changes().count(), report.comments.count()) == (1, 1)


def test_race_inside_the_view_is_a_conflict_page(client_as, user_as, monkeypatch):
    other = user_as("coordinator")
    report = verifying()
    real = verification.decide

    def lose(**fields):
        real(**{**fields, "report": ProgressReport.objects.get(pk=report.pk), "actor": other})
        real(**fields)

    monkeypatch.setattr(verification, "decide", lose)

    response = client_as("coordinator").post(page(report), typed(report, "tunda"))
    assert response.status_code == 302  # nobody decided yet: postponing twice is no conflict
    response = client_as("coordinator").post(page(report), typed(report))

    assert response.status_code == 409
    report.refresh_from_db()
    assert report.decided_by == other


# --- Undo -------------------------------------------------------------------------------------


def undo(client, report, follow=False, **fields):
    data = {"status": report.status, "versi": report.version, **fields}
    return client.post(reverse("reporting:decision-undo", args=[report.pk]), data, follow=follow)


def test_undo_brings_the_report_back_to_the_desk_of_its_verifier(client_as):
    client = client_as("coordinator")
    report = verifying()
    decide(report, client.user)

    response = undo(client, report, follow=True)

    assert response.redirect_chain == [(page(report), 302)]
    assert "Keputusan dibatalkan" in text(response)
    report.refresh_from_db()
    assert (report.status, report.claimed_by, report.decided_by) == (S.VERIFYING, client.user, None)


def test_second_click_on_undo_finds_it_done(client_as):
    client = client_as("coordinator")
    report = verifying()
    decide(report, client.user)
    undo(client, report, status=S.APPROVED)

    response = undo(client, report, status=S.APPROVED)

    assert response["Location"] == page(report)
    assert report.status_changes().count() == 2


def test_undo_of_another_persons_decision_is_forbidden(client_as, user_as):
    report = verifying()
    decide(report, user_as("coordinator"))

    assert undo(client_as("coordinator_head"), report).status_code == 403


def test_undo_too_late_says_why(client_as):
    client = client_as("coordinator")
    report = verifying()
    decide(report, client.user, Decision.RETURN, "Foto")
    ProgressReport.objects.filter(pk=report.pk).update(version=report.version + 1)
    report.refresh_from_db()

    response = undo(client, report, follow=True)

    assert "SKPD sudah menyimpan perbaikan" in text(response)
    report.refresh_from_db()
    assert report.status == S.RETURNED


def test_undo_from_an_old_page_is_a_conflict(client_as):
    client = client_as("coordinator")
    report = verifying()
    decide(report, client.user)

    response = undo(client, report, versi="99")

    assert response.status_code == 409
    report.refresh_from_db()
    assert report.status == S.APPROVED


def test_decided_page_offers_undo_to_its_decider(client_as):
    client = client_as("coordinator")
    report = verifying()
    decide(report, client.user, note="Rapi")

    shown = text(client.get(page(report)))

    assert "Batalkan keputusan" in shown
    assert "Rapi" in shown


# --- The way in from the report -------------------------------------------------------------------


def test_report_page_leads_a_coordinator_to_the_desk(client_as):
    report = verifying()

    assert page(report) in text(client_as("coordinator").get(report.get_absolute_url()))
    for who in ("leader", "auditor", "agency_operator"):
        assert page(report) not in text(client_as(who, at=report.agency).get(report.get_absolute_url()))


def test_report_page_offers_undo_to_its_decider_alone(client_as):
    client = client_as("coordinator")
    report = verifying()
    decide(report, client.user)
    address = reverse("reporting:decision-undo", args=[report.pk])

    assert address in text(client.get(report.get_absolute_url()))
    assert address not in text(client_as("coordinator").get(report.get_absolute_url()))


# --- Step counts and canary ----------------------------------------------------------------------


def test_ten_reports_take_at_most_twelve_pages(client_as):
    client = client_as("coordinator")
    for day in range(1, 9):
        waiting(day)
    waiting(1), waiting(1)
    pages = 1
    client.get(QUEUE)
    response = client.post("/verifikasi/mulai/", follow=True)
    pages += 1
    while response.redirect_chain[-1][0] != reverse("reporting:verification-summary"):
        report = response.context["report"]
        response = client.post(page(report), typed(report), follow=True)
        pages += 1

    assert ProgressReport.objects.filter(status=S.APPROVED).count() == 10
    assert pages <= 12


def test_internal_comment_never_reaches_the_agency(client_as):
    """A unique word in an internal comment: no page of the report shows it to its own agency."""
    report = verifying()
    decide_by = client_as("coordinator")
    decide_by.post(page(report), typed(report, "kembalikan", catatan="Salah", komentar="kenarirahasia", internal="on"))
    report.refresh_from_db()
    assert "kenarirahasia" in text(decide_by.get(page(report)))
    operator = client_as("agency_operator", at=report.agency)

    seen = [str(comment) for comment in ReportComment.objects.for_user(operator.user)]
    pages = [report.get_absolute_url(), f"/laporan/{report.pk}/riwayat/", f"/laporan/{report.pk}/realisasi/"]
    bodies = [operator.get(address, follow=True).content.decode() for address in pages]

    assert seen == []
    assert not any("kenarirahasia" in body for body in bodies)
