"""A slip in a locked score: corrected by signed minutes, both values visible, and no vote for the person who recorded it."""

from datetime import date

import pytest
from django.urls import reverse

from facilitators.models import RecruitmentRound, ScoreCorrection, SheetScore
from facilitators.recruitment.privacy.own_data import own_data
from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.result.correcting import correct_score
from facilitators.recruitment.result.inputs import selection_inputs
from p2emas.workflow.models import StepNotAllowed
from tests.facilitator_factories import ScoreCorrectionFactory
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.filled import own_form
from tests.p2emas.documents.pdf_text import text_of

pytestmark = pytest.mark.django_db
TYPED = {"new": "4", "minutes_no": "050/7/BA/2019", "minutes_on": "7-10-2019", "reason": "Salah tekan: 1, bukan 4."}


@pytest.fixture
def slip(client_as):
    """Two seats; the first one gave 1 to the dossier of somebody to whom 4 was meant."""
    panelist = client_as("panelist")
    made = running_round(seats=[panelist.user, client_as("panelist").user], places=1)
    made.row = applicant(made, name="Rukmini Sari", marks=[1, 4])
    made.score = SheetScore.objects.get(sheet__seat=made.seats[0], sheet__part="DOSSIER")
    made.panelist, made.coordinator, made.head = panelist, client_as("coordinator"), client_as("coordinator_head")
    made.address = reverse("recruitment:score-correct", args=[made.record.code, made.row.pk])
    made.url = lambda name, *args: reverse(f"recruitment:{name}", args=[made.record.code, *args])
    return made


def send(made, client, **typed):
    return client.post(made.address, {"score": f"{made.score.pk}-1"} | TYPED | typed, follow=True)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def raw(made) -> float:
    return compute_selection(selection_inputs(made.record))["lines"][0]["parts"]["DOSSIER"]["raw"]


def test_correction_counts_and_the_score_stays(slip):
    before = raw(slip)

    answer = send(slip, slip.coordinator)

    slip.score.refresh_from_db()
    row = ScoreCorrection.objects.get()
    assert (row.score, row.old, row.new, row.by) == (slip.score, 1, 4, slip.coordinator.user)
    assert (row.minutes_no, row.minutes_on, row.reason) == ("050/7/BA/2019", date(2019, 10, 7), TYPED["reason"])
    assert (slip.score.score, before, raw(slip)) == (1, 37.5, 75)
    assert "Koreksi tercatat" in words(answer)


def test_both_values_show_to_office_and_panel(slip):
    send(slip, slip.coordinator)

    shown = {
        "office": words(slip.coordinator.get(slip.address)),
        "panelist": words(slip.panelist.get(slip.url("score-dossier", slip.row.pk))),
        "ranking": words(slip.head.get(slip.url("ranking"))),
        "minutes": text_of(slip.head.get(slip.url("round-minutes-pdf")).content),
        "history": words(slip.head.get(slip.row.get_absolute_url())),
    }

    assert all("050/7/BA/2019" in page and "Salah tekan" in page for name, page in shown.items() if name != "minutes")
    assert all(str(slip.coordinator.user) in page for name, page in shown.items() if name != "minutes")
    assert '<b>4</b> <span class="meta">semula 1</span>' in shown["office"]
    assert '<b>4</b> <span class="meta">semula 1</span>' in shown["panelist"]
    assert "semula 1, menjadi 4" in shown["ranking"]
    assert "semula 1, menjadi 4" in " ".join(shown["minutes"].split())
    assert "1 → 4" in shown["history"]


def test_a_second_correction_leaves_the_first_in_sight(slip):
    send(slip, slip.coordinator)

    send(slip, slip.head, score=f"{slip.score.pk}-4", new="3", minutes_no="050/8/BA/2019")

    rows = list(ScoreCorrection.objects.values_list("old", "new", "minutes_no"))
    assert rows == [(1, 4, "050/7/BA/2019"), (4, 3, "050/8/BA/2019")]
    assert raw(slip) == pytest.approx((50 + 75) / 2)


def test_second_click_corrects_once(slip):
    typed = {"score": slip.score, "seen": 1, "new": 4, "minutes_no": "050/7/BA/2019", "minutes_on": date(2019, 10, 7)}

    rows = [correct_score(**typed, reason="Salah tekan", actor=slip.coordinator.user) for _click in range(2)]

    assert rows[0] == rows[1]
    assert ScoreCorrection.objects.count() == 1


def test_what_somebody_corrected_meanwhile_is_not_corrected_again(slip):
    send(slip, slip.head, new="3", minutes_no="050/8/BA/2019")

    answer = send(slip, slip.coordinator)

    assert "sudah berubah sejak halaman ini dibuka" in words(answer)
    assert "050/7/BA/2019" in words(answer)
    assert ScoreCorrection.objects.count() == 1
    with pytest.raises(StepNotAllowed, match="sudah berubah"):
        correct_score(
            score=slip.score, seen=1, new=4, minutes_no="x", minutes_on=date(2019, 10, 7), reason="y",
            actor=slip.coordinator.user,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new": "0"}, "Isi bilangan 1 sampai 5"),
        ({"new": "6"}, "Isi bilangan 1 sampai 5"),
        ({"new": "1"}, "sama dengan nilai yang berlaku"),
        ({"minutes_no": " "}, "Nomor berita acara"),
        ({"minutes_on": "9-10-2019"}, "belum tiba"),
        ({"minutes_on": ""}, "Tanggal berita acara"),
        ({"reason": ""}, "Alasan"),
        ({"score": "99999-1"}, "Pilih lagi"),
        ({"score": ""}, "Nilai yang dikoreksi"),
    ],
)
def test_a_correction_needs_score_value_minutes_and_reason(slip, typed, sentence):
    answer = send(slip, slip.coordinator, **typed)

    assert answer.status_code == 200
    assert sentence in words(answer) and "<title>Galat:" in words(answer)
    assert not ScoreCorrection.objects.exists()


@pytest.mark.parametrize(("new", "saved"), [("0", 1), ("100", 1), ("101", 0), ("55,5", 0)])
def test_scale_of_a_hundred_is_corrected_in_whole_numbers(slip, new, saved):
    RecruitmentRound.objects.filter(pk=slip.record.pk).update(scale="HUNDRED")

    send(slip, slip.coordinator, new=new)

    assert ScoreCorrection.objects.count() == saved


def test_neither_a_seat_nor_a_reader_corrects(slip, client_as):
    seated = client_as("coordinator")
    slip.record.seats.create(user=seated.user)

    for client in (slip.panelist, seated, client_as("leader"), client_as("auditor")):
        assert client.post(slip.address, {"score": f"{slip.score.pk}-1"} | TYPED).status_code == 403
    assert "Catat koreksi" not in words(client_as("auditor").get(slip.address))
    with pytest.raises(StepNotAllowed, match="bukan anggota panel"):
        correct_score(
            score=slip.score, seen=1, new=4, minutes_no="x", minutes_on=date(2019, 10, 7), reason="y",
            actor=slip.panelist.user,
        )  # fmt: skip
    assert not ScoreCorrection.objects.exists()


def test_who_corrected_does_not_decide(slip, client_as):
    send(slip, slip.head)
    for name, client in (("choices", slip.coordinator), ("round-submit", slip.coordinator)):
        form = own_form(client.get(slip.url(name)).content.decode(), slip.url(name))
        client.post(slip.url(name), dict(form.filled()))

    slip.record.refresh_from_db()
    assert slip.record.status == "SUBMITTED"
    assert slip.head.get(slip.url("round-decide")).status_code == 403
    assert client_as("coordinator_head").get(slip.url("round-decide")).status_code == 200


def test_corrections_end_with_the_handing_over(slip):
    RecruitmentRound.objects.filter(pk=slip.record.pk).update(status="SUBMITTED", inputs={}, results={})

    assert "Catat koreksi" not in words(slip.coordinator.get(slip.address))
    assert slip.coordinator.post(slip.address, {"score": f"{slip.score.pk}-1"} | TYPED).status_code == 403


def test_void_sheet_is_neither_shown_nor_corrected(slip):
    slip.score.sheet.__class__.objects.filter(pk=slip.score.sheet_id).update(
        voided_at=slip.score.sheet.saved_at, voided_for="CONFLICT"
    )

    answer = send(slip, slip.coordinator)

    assert "Pilih lagi" in words(answer)
    with pytest.raises(StepNotAllowed, match="sudah berubah"):
        correct_score(
            score=slip.score, seen=1, new=4, minutes_no="x", minutes_on=date(2019, 10, 7), reason="y",
            actor=slip.coordinator.user,
        )  # fmt: skip


def test_applicant_reads_both_values_in_their_data(slip):
    ScoreCorrectionFactory(score=slip.score, new=4)
    RecruitmentRound.objects.filter(pk=slip.record.pk).update(status="ANNOUNCED", inputs={}, results={})
    slip.row.refresh_from_db()

    assert "4 (semula 1, dikoreksi dengan berita acara)" in str(own_data(slip.row))
