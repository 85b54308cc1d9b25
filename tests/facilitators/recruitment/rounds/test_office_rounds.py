"""A round in the office: its frame before it is published, the little that may change afterwards, its steps."""

import pytest
from django.urls import reverse

from facilitators.models import RecruitmentRound, Requirement
from facilitators.recruitment.rounds.forms import CreateForm
from facilitators.recruitment.rounds.framing import NamesSwapped, create_recruitment, save_parts
from p2emas import clock
from tests.facilitator_factories import (
    ApplicationFactory,
    PanelSeatFactory,
    PlaceFactory,
    RecruitmentRoundFactory,
    RequirementFactory,
    RubricCriterionFactory,
)
from tests.factories import TargetLocationFactory

pytestmark = pytest.mark.django_db
TEXTS = {
    "code": "pendamping-2021",
    "name": "Pendamping 2021",
    "year": "2021",
    "intro": "Tinggal di desa.",
    "terms": "",
    "contact": "Sekretariat",
}


def url(name, record, *args):
    return reverse(f"recruitment:{name}", args=[record.code, *args])


def rows(*found, initial=0, version=0, **rest):
    data = {"version": str(version), "baris-TOTAL_FORMS": str(len(found)), "baris-INITIAL_FORMS": str(initial)} | rest
    for place, row in enumerate(found):
        data |= {f"baris-{place}-{key}": value for key, value in row.items()}
    return data


def test_new_round_takes_the_frame_of_an_earlier_one(client_as):
    source = RecruitmentRoundFactory(complete=True, pass_mark=55)
    client = client_as("coordinator")

    answer = client.post(
        reverse("recruitment:round-create"),
        TEXTS | {"source": source.pk, "opens_at": "1-11-2020 08.00", "closes_at": "30 November 2020 pukul 23.59.59"},
    )

    made = RecruitmentRound.objects.get(code="pendamping-2021")
    assert answer.url == made.get_absolute_url()
    assert (made.status, made.pass_mark, made.closes_at.isoformat()) == ("DRAFT", 55, "2020-11-30T16:59:59+00:00")
    for name in ("places", "requirements", "documents", "criteria"):
        assert getattr(made, name).count() == getattr(source, name).count() > 0


def test_code_that_somebody_took_a_moment_before_is_asked_for_again(client_as, monkeypatch):
    def taken_after_the_look(form):
        RecruitmentRoundFactory(code="pendamping-2021", name="Yang lebih cepat")

    monkeypatch.setattr(CreateForm, "validate_unique", taken_after_the_look)
    typed = TEXTS | {"opens_at": "1-11-2020 08.00", "closes_at": "2-11-2020 08.00"}

    answer = client_as("coordinator").post(reverse("recruitment:round-create"), typed)

    assert answer.status_code == 200 and "Kode ini baru saja dipakai orang lain." in answer.text
    assert TEXTS["intro"] in answer.text and RecruitmentRound.objects.get().name == "Yang lebih cepat"


def test_texts_left_empty_come_from_the_source_or_are_asked_for(client_as):
    source, client = RecruitmentRoundFactory(terms="Satu tahun", intro="Pengantar lama"), client_as("coordinator")
    typed = TEXTS | {"intro": "", "contact": "Baru", "opens_at": "1-11-2020 08.00", "closes_at": "2-11-2020 08.00"}

    refused = client.post(reverse("recruitment:round-create"), typed | {"year": "2025"}).content.decode()
    client.post(reverse("recruitment:round-create"), typed | {"source": source.pk})

    assert "Isi pengantar" in refused and "Isi tahun sampai 2024." in refused
    made = RecruitmentRound.objects.get(code="pendamping-2021")
    assert (made.intro, made.terms, made.contact) == ("Pengantar lama", "Satu tahun", "Baru")


def test_place_that_is_no_target_location_any_more_is_not_copied():
    source = RecruitmentRoundFactory(complete=True)
    gone = source.places.get().target_location
    type(gone).objects.filter(pk=gone.pk).update(valid_until=clock.today(), closed_by=gone.decree)
    fields = {"code": "baru", "name": "Baru", "year": 2021, "intro": "a", "contact": "b"}
    when = {"opens_at": source.opens_at, "closes_at": source.closes_at}

    made = create_recruitment(fields=fields | when, source=source)

    assert made.places.count() == 0
    assert made.requirements.count() == 1


def test_texts_of_a_published_round_are_locked_but_for_the_contact(client_as):
    record = RecruitmentRoundFactory(intro="Semula")

    client_as("coordinator").post(url("round-edit", record), TEXTS | {"version": "0", "contact": "Nomor baru"})

    record.refresh_from_db()
    assert (record.contact, record.intro, record.name != "Pendamping 2021") == ("Nomor baru", "Semula", True)


def test_closing_is_moved_later_with_a_reason_that_the_history_shows(client_as):
    record, client = RecruitmentRoundFactory(), client_as("coordinator")
    typed = {"version": "0", "closes_at": "5-11-2019 16.00", "reason": "Jaringan di hulu terputus"}

    refused = client.post(url("round-schedule", record), typed | {"closes_at": "20-10-2019 16.00"})
    saved = client.post(url("round-schedule", record), typed)

    assert "hanya dapat diundurkan" in refused.content.decode()
    assert saved.status_code == 302
    record.refresh_from_db()
    assert record.closes_at.isoformat() == "2019-11-05T09:00:00+00:00"
    assert "Jaringan di hulu terputus" in client.get(url("round-history", record)).content.decode()


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"test_on": "30-10-2019"}, "tidak sebelum pendaftaran ditutup"),
        ({"test_on": "9-11-2019", "announced_on": "8-11-2019"}, "tidak sebelum tes tertulis"),
        ({"interviews_on": "9-11-2019", "training_on": "8-11-2019"}, "tidak sebelum wawancara mulai"),
        ({"announced_on": "2-12-2019", "objections_until": "1-12-2019"}, "tidak sebelum pengumuman"),
        ({"announced_on": "2-12-2019", "training_on": "2-12-2019", "objections_until": "9-12-2019"}, ""),
    ],
)
def test_days_of_a_schedule_follow_each_other(client_as, typed, refused):
    record = RecruitmentRoundFactory(draft=True)
    given = {"version": "0", "opens_at": "1-10-2019 8.00", "closes_at": "31-10-2019 16.00"} | typed

    answer = client_as("coordinator").post(url("round-schedule", record), given)

    assert answer.status_code == (200 if refused else 302)
    assert refused in answer.content.decode()


def test_opening_and_closing_cannot_be_moved_once_the_registration_is_closed(client_as):
    record = RecruitmentRoundFactory(status="CLOSED")
    typed = {
        "version": "0",
        "closes_at": "5-11-2019 16.00",
        "opens_at": "1-1-2019 8.00",
        "reason": "Sebab",
        "test_on": "9-11-2019",
    }
    before = (record.opens_at, record.closes_at)

    client_as("coordinator").post(url("round-schedule", record), typed)

    record.refresh_from_db()
    assert (record.opens_at, record.closes_at) == before
    assert record.test_on.isoformat() == "2019-11-09"


def test_second_saver_sees_both_versions(client_as):
    record = RecruitmentRoundFactory(draft=True)
    first, second = client_as("coordinator"), client_as("coordinator")
    first.post(url("round-edit", record), TEXTS | {"code": record.code, "version": "0", "name": "Nama pertama"})

    answer = second.post(url("round-edit", record), TEXTS | {"code": record.code, "version": "0", "name": "Nama kedua"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nama pertama" in page
    assert "Nama kedua" in page
    record.refresh_from_db()
    assert record.name == "Nama pertama"


def test_rows_of_the_frame_are_added_changed_and_dropped(client_as):
    record = RecruitmentRoundFactory(draft=True)
    old, gone = RequirementFactory.create_batch(2, round=record)
    posted = rows(
        {"id": old.pk, "text": "Umur 21 tahun"},
        {"id": gone.pk, "text": gone.text, "DELETE": "on"},
        {"id": "", "text": "Warga Sintang"},
        {"id": "", "text": ""},
        initial=2,
    )

    client_as("coordinator").post(url("round-requirements", record), posted)

    assert set(record.requirements.values_list("text", flat=True)) == {"Umur 21 tahun", "Warga Sintang"}


def test_rows_take_a_name_that_another_row_leaves_and_never_swap():
    record = RecruitmentRoundFactory(draft=True)
    first, second = RequirementFactory.create_batch(2, round=record)
    first.text, second.text = second.text, "Baru"
    save_parts(record=record, seen=0, model=Requirement, rows=[first, second], dropped=[])
    first.text, second.text = second.text, first.text

    with pytest.raises(NamesSwapped):
        save_parts(record=record, seen=1, model=Requirement, rows=[first, second], dropped=[])


def test_same_requirement_twice_is_refused_with_what_was_typed(client_as):
    record = RecruitmentRoundFactory(draft=True)

    answer = client_as("coordinator").post(
        url("round-requirements", record), rows({"id": "", "text": "Warga"}, {"id": "", "text": "warga "})
    )

    assert answer.status_code == 200
    assert "sudah ada di atas" in answer.content.decode()
    assert record.requirements.count() == 0


RULES = {
    "weight_test": "30",
    "weight_dossier": "30",
    "weight_interview": "40",
    "pass_mark": "60",
    "scale": "FIVE",
    "reserve_quota": "2",
    "panels": "1",
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"weight_test": "50"}, "harus 100, sekarang 120"),
        ({"baris-0-weight": "70"}, "rubrik berkas harus 100, sekarang 70"),
        ({"panels": "1"}, "Masih ada panelis di panel 2"),
    ],
)
def test_weights_that_do_not_add_up_are_refused(client_as, changes, sentence):
    record = RecruitmentRoundFactory(draft=True, panels=2)
    PanelSeatFactory(round=record, panel=2)
    row = {"id": "", "part": "DOSSIER", "name": "Pengalaman", "hint": "", "weight": "100"}
    posted = rows(row, **RULES | {"panels": "2"}) | changes

    answer = client_as("coordinator").post(url("round-rubric", record), posted)

    assert sentence in answer.content.decode()
    assert record.criteria.count() == 0


def test_places_are_numbers_beside_standing_target_locations(client_as):
    record = RecruitmentRoundFactory(draft=True)
    kept = PlaceFactory(round=record, number=2)
    new = TargetLocationFactory()
    client = client_as("coordinator")
    page = client.get(url("round-places", record))
    drawn = [location.pk for location, _form in page.context["drawn"]]
    numbers = {kept.target_location_id: "", new.pk: "3"}

    old = [{"number": "9", "location": pk} for pk in reversed(drawn)]
    refused = client.post(url("round-places", record), rows(*old, initial=len(drawn)))
    typed = [{"number": numbers[pk], "location": pk} for pk in drawn]
    client.post(url("round-places", record), rows(*typed, initial=len(drawn)))

    assert "Daftar lokasi sasaran berubah" in refused.content.decode()
    assert list(record.places.values_list("target_location", "number")) == [(new.pk, 3)]


@pytest.mark.parametrize(
    "part", ["round-requirements", "round-documents", "round-rubric", "round-places", "round-copy"]
)
def test_frame_is_locked_once_published(client_as, part):
    record = RecruitmentRoundFactory(complete=True)
    before = record.requirements.get().text

    answer = client_as("coordinator").post(url(part, record), rows({"id": "", "text": "Sisipan"}))

    assert answer.status_code == 403
    assert list(record.requirements.values_list("text", flat=True)) == [before]


def test_publishing_says_what_is_missing(client_as):
    record, client = RecruitmentRoundFactory(draft=True), client_as("coordinator")

    refused = client.post(url("round-step", record, "publish"), {"seen": "DRAFT", "note": ""})
    for part in ("DOSSIER", "INTERVIEW"):
        RubricCriterionFactory(round=record, part=part)
    RecruitmentRoundFactory(complete=True)  # somebody else's parts help nobody

    assert "Isi sedikitnya satu formasi" in refused.content.decode()
    record.refresh_from_db()
    assert record.status == "DRAFT"


def test_start_of_the_selection_divides_applicants_among_panels(client_as):
    record = RecruitmentRoundFactory(status="CLOSED", panels=2)
    for number in ("LMR-1", "LMR-2", "LMR-3"):
        ApplicationFactory(round=record, number=number, status="PASSED_FILES")
    refused = ApplicationFactory(round=record, number="LMR-0", status="REJECTED", rejected_for="FILES")

    client_as("coordinator").post(url("round-step", record, "start_selection"), {"seen": "CLOSED", "note": ""})

    panels = dict(record.applications.values_list("number", "panel"))
    assert panels == {"LMR-0": refused.panel, "LMR-1": 1, "LMR-2": 2, "LMR-3": 1}


def test_list_shows_a_panelist_the_rounds_of_their_seats_only(client_as):
    client = client_as("panelist")
    own, foreign = (
        RecruitmentRoundFactory(name="Tahap seleksi kursi"),
        RecruitmentRoundFactory(name="Tahap seleksi lain"),
    )
    PanelSeatFactory(round=own, user=client.user)

    page = client.get(reverse("recruitment:round-list")).content.decode()

    assert own.name in page
    assert foreign.name not in page


def test_seat_hides_counts_of_applications_from_a_coordinator(client_as):
    client = client_as("coordinator")
    record = RecruitmentRoundFactory(status="SELECTION")
    ApplicationFactory.create_batch(7, round=record, status="PASSED_TEST")
    before = client.get(record.get_absolute_url())

    PanelSeatFactory(round=record, user=client.user)
    after = client.get(record.get_absolute_url())

    assert before.context["total"] == 7
    assert after.context["total"] == 0
    assert "7 lamaran" not in after.content.decode()
    assert client.get(url("application-list", record)).status_code == 403


def test_page_of_a_round_leads_to_what_waits_with_one_button(client_as):
    record = RecruitmentRoundFactory(complete=True)
    ApplicationFactory(round=record, status="SENT")

    pages = {
        role: client_as(role).get(record.get_absolute_url()).content.decode() for role in ("coordinator", "leader")
    }

    assert pages["coordinator"].count('class="btn btn-primary') == 1
    assert "Lanjutkan: Periksa berkas" in pages["coordinator"]
    assert "Lanjutkan" not in pages["leader"]
