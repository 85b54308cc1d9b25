"""Assessors at their page: what is stored, when it closes, and that nobody sees others' scores before."""

import pytest
from django.urls import reverse

from districts.competencies.panel import services
from districts.competencies.panel.models import AssessorSeat, PanelScore, eligible_assessors
from p2emas import clock
from p2emas.workflow.models import StepNotAllowed
from tests.factories import AssessorSeatFactory, AssignmentFactory
from tests.markup import tight

from ..conftest import fill

pytestmark = pytest.mark.django_db


def client_of(client_as, seat):
    client = client_as("anonymous")
    client.force_login(seat.user)
    return client


def names(record):
    return [
        f"nilai-{criterion.pk}-{option.pk}"
        for criterion in record.criteria.filter(kind="PANEL")
        for option in record.options.all()
    ]


def page(record, name="score"):
    return reverse(f"competencies:{name}", args=[record.pk])


def test_scores_are_kept_in_pieces_and_close_when_complete(client_as, panel):
    seat, url = panel.seats[0], page(panel.record)
    client = client_of(client_as, seat)
    fields = names(panel.record)

    client.post(url, {fields[0]: "4", "note": "Awal"})
    assert PanelScore.objects.of(panel.record).get().score == 4
    client.post(url, dict.fromkeys(fields, "3") | {"sementara": "1"})
    seat.refresh_from_db()
    assert (seat.scored_at, seat.scores.count()) == (None, 9)
    client.post(url, dict.fromkeys(fields, "2"))

    seat.refresh_from_db()
    assert seat.scored_at == clock.now()
    assert {row.score for row in seat.scores.all()} == {2}
    text = client.get(url).content.decode()
    assert 'type="radio"' not in text


def test_locking_is_named_explained_before_the_form_and_never_taken_for_a_draft(client_as, panel):
    client, fields = client_of(client_as, panel.seats[0]), names(panel.record)

    text = client.get(page(panel.record)).content.decode()
    answer = client.post(page(panel.record), {fields[0]: "4"}, follow=True).content.decode()

    explained, form = text.index("sesudah itu nilai Anda tidak dapat"), text.index('type="radio"')
    assert explained < form < text.index(">Kunci nilai</button>") < text.index(">Simpan sementara</button>")
    assert ">Simpan</button>" not in tight(text)
    assert f"Belum dikunci: {len(fields) - 1} nilai belum terisi. Yang terisi sudah tersimpan" in answer


def test_closed_scores_stay(client_as, panel):
    seat = panel.seats[0]
    fill(seat)

    response = client_of(client_as, seat).post(page(panel.record), dict.fromkeys(names(panel.record), "1"))

    assert "Nilai Anda sudah lengkap dan terkunci." in response.content.decode()
    assert not seat.scores.filter(score=1).exists()


def test_an_emptied_score_is_gone(client_as, panel):
    seat, fields = panel.seats[0], names(panel.record)
    client = client_of(client_as, seat)

    client.post(page(panel.record), {fields[0]: "4"})
    client.post(page(panel.record), {fields[1]: "4"})

    assert seat.scores.count() == 1


@pytest.mark.parametrize("typed", ["0", "6", "x", "4.5"])
def test_wrong_score_is_a_sentence_and_nothing_is_written(client_as, panel, typed):
    seat, fields = panel.seats[0], names(panel.record)

    response = client_of(client_as, seat).post(page(panel.record), {fields[0]: "4", fields[1]: typed, "note": "Tetap"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Galat: " in text
    assert "Tetap" in text
    assert not PanelScore.objects.exists()


def test_scores_of_another_determination_are_no_field_here(client_as, panel):
    client_of(client_as, panel.seats[0]).post(page(panel.record), {"nilai-99999-99999": "5"})

    assert not PanelScore.objects.exists()


def test_nobody_without_a_seat_scores(client_as, panel):
    assert client_as("coordinator").get(page(panel.record)).status_code == 403
    assert client_as("panelist").get(page(panel.record)).status_code == 404
    assert client_as("agency_operator").get(page(panel.record)).status_code == 404


def test_closed_scoring_takes_no_more(client_as, discussed):
    with pytest.raises(StepNotAllowed, match="Penilaian sudah ditutup"):
        services.save_scores(seat=discussed.seats[0], scores={}, note="", finish=True)


# --- Blindness -------------------------------------------------------------------------------------------------------

SECRET = "CATATAN-RAHASIA"


def test_scores_and_seats_sent_after_the_way_back_to_a_draft_are_shown_not_lost(client_as, panel, user_as):
    seat, record = panel.seats[0], panel.record
    record.take_step("reopen_draft", seen="SCORED", actor=user_as("coordinator"), note="Pilihan kurang.")
    client, coordinator = client_of(client_as, seat), client_as("coordinator")

    scores = client.post(page(record), {names(record)[0]: "4", "note": "Lama dipikirkan."})
    ticked = {"version": record.version, "people": [seat.user.pk]}
    seats = coordinator.post(page(record, "seat-edit"), ticked)

    text = scores.content.decode()
    assert (
        scores.status_code,
        "Lama dipikirkan." in text,
        "<td>4</td>" in text.replace("<p>", "").replace("</p>", ""),
    ) == (
        409,
        True,
        True,
    )
    assert (seats.status_code, f"<td>{seat.user}</td>" in seats.content.decode()) == (409, True)
    assert (PanelScore.objects.count(), record.seats.count()) == (0, 3)
    assert client.get(page(record)).status_code == coordinator.get(page(record, "seat-edit")).status_code == 403
    assert client_as("auditor").post(page(record, "seat-edit"), ticked).status_code == 403
    assert client.get(record.get_absolute_url()).status_code == 200  # where the page of both versions leads


@pytest.fixture
def someone_else_scored(panel):
    """Another assessor's scores and note, which must reach nobody who still has to score."""
    other = panel.seats[1]
    fill(other)
    other.refresh_from_db()
    other.note = SECRET
    other.save()
    return panel


PAGES = ["score", "determination-detail", "determination-history", "discuss", "result", "replay", "seat-edit"]


def seen(client, record):
    texts = [client.get(page(record, name)).content.decode() for name in PAGES]
    texts.append(client.get(page(record, "result") + "?format=csv").content.decode())
    return "".join([*texts, client.get("/beranda/").content.decode()])


@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_a_seat_sees_nobody_elses_scores_until_the_own_are_complete(client_as, user_as, someone_else_scored, role):
    panel = someone_else_scored
    seat = AssessorSeatFactory(determination=panel.record, user=user_as(role))
    client = client_of(client_as, seat)
    client.post(page(panel.record), {names(panel.record)[0]: "1"})

    before = seen(client, panel.record)

    assert SECRET not in before
    assert "nilai panel ditambahkan" not in before.replace("nilai panel: ", "")
    other = panel.seats[1].scores.first()
    assert f"{other.option}, {other.criterion}: {other.score}" not in before
    fill_with(seat, 2)
    after = client.get(page(panel.record)).content.decode()
    assert "Penilai lain" in after
    assert SECRET not in after  # a note is the coordinator's to read, not the other assessors'


def fill_with(seat, score):
    pairs = {
        (option.pk, criterion.pk): score
        for option in seat.determination.options.all()
        for criterion in seat.determination.criteria.filter(kind="PANEL")
    }
    services.save_scores(seat=seat, scores=pairs, note="", finish=True)


def test_coordinator_without_a_seat_reads_the_history_of_scores(client_as, someone_else_scored):
    text = client_as("coordinator").get(page(someone_else_scored.record, "determination-history")).content.decode()

    assert SECRET in text
    assert "9 nilai panel ditambahkan" in text


def test_history_forgets_no_score_of_a_seat_that_was_taken_away(client_as, someone_else_scored):
    panel = someone_else_scored
    services.save_seats(record=panel.record, seen=panel.record.version, people=[panel.seats[0].user])

    assert PanelScore.objects.count() == 0
    text = client_as("auditor").get(page(panel.record, "determination-history")).content.decode()
    assert "9 nilai panel dihapus" in text


# --- Seats -----------------------------------------------------------------------------------------------------------


def test_a_head_never_gets_a_seat_whatever_else_he_is(user_as, bappeda, business_day):
    panelist, coordinator, head, both = (
        user_as("panelist"), user_as("coordinator"), user_as("coordinator_head"), user_as("panelist"),
    )  # fmt: skip
    AssignmentFactory(user=both, agency=bappeda, role="coordinator_head")
    user_as("leader")

    assert set(eligible_assessors(business_day)) == {panelist, coordinator}
    assert head not in eligible_assessors(business_day)


def test_who_sits_keeps_the_seat_when_the_role_ends(client_as, panel, user_as):
    gone = panel.seats[0].user
    for assignment in gone.assignments.all():
        assignment.valid_until = clock.today().replace(year=2018)
        assignment.save()
    newcomer = user_as("panelist")
    client = client_as("coordinator")
    kept = [seat.user.pk for seat in panel.seats]

    client.post(page(panel.record, "seat-edit"), {"version": panel.record.version, "people": [*kept, newcomer.pk]})

    assert set(AssessorSeat.objects.values_list("user", flat=True)) == {*kept, newcomer.pk}


def test_old_version_of_the_seats_shows_both(client_as, panel):
    response = client_as("coordinator").post(page(panel.record, "seat-edit"), {"version": 99, "people": []})

    assert response.status_code == 409
    assert AssessorSeat.objects.count() == 3


def test_head_who_scored_or_submitted_does_not_decide(discussed, user_as):
    record, head = discussed.record, user_as("coordinator_head")
    AssessorSeatFactory(determination=record, user=head)

    assert not record.may_take(head, "decide")
    assert record.may_take(user_as("coordinator_head"), "decide")


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow_with_options_and_seats(client_as, panel, user_as, django_assert_num_queries, more):
    seat = panel.seats[0]
    fill(panel.seats[1])
    for _ in range(more):
        AssessorSeatFactory(determination=panel.record, user=user_as("panelist"))
    client, coordinator = client_of(client_as, seat), client_as("coordinator")

    with django_assert_num_queries(8):
        client.get(page(panel.record))
    with django_assert_num_queries(7):
        coordinator.get(page(panel.record, "discuss"))
