"""The panel's pages: blind before the panellist's own score, everything after it, nothing after a conflict of interest."""

import pytest
from django.urls import reverse

from facilitators.models import Application, ConflictOfInterest, ScoreSheet
from facilitators.recruitment.panel.conflicts import record_conflict
from p2emas.workflow.models import StepNotAllowed
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.markup import squeezed, tight

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(client_as):
    """A client of a panellist, and the round with one more seat."""
    client = client_as("panelist")
    made = running_round(seats=[client.user], places=1)
    made.client = client
    made.seat = made.seats[0]
    return made


def page(made, row, name="dossier"):
    return reverse(f"recruitment:score-{name}", args=[made.record.code, row.pk])


def typed(made, score=4, part="dossier", **more):
    return {f"nilai-{getattr(made, part).pk}": score, "note": "Jelas"} | more


def test_list_shows_no_name_before_ones_own_score(panel):
    row = applicant(panel, name="Rukmini Sari", marks=[None])

    body = squeezed(panel.client.get(reverse("recruitment:score-list", args=[panel.record.code])).text)

    assert "Berkas: 0 dari 1 pelamar dinilai" in body
    assert "Pelamar 1" in body
    assert "Rukmini" not in body
    assert row.number not in body


def test_page_of_the_round_leads_to_the_scores_once(panel):
    body = panel.client.get(panel.record.get_absolute_url()).content.decode()

    assert body.count("Beri nilai") == 1
    assert reverse("recruitment:score-list", args=[panel.record.code]) in body


def test_locking_is_named_and_explained_before_the_form(panel):
    body = panel.client.get(page(panel, applicant(panel, name="Rukmini Sari", marks=[None]))).content.decode()

    explained, form = body.index("menyimpan nilai ini untuk seterusnya"), body.index('type="radio"')
    assert explained < form < body.index(">Kunci nilai dan berikutnya</button>")
    assert ">Simpan" not in tight(body)


def test_saving_continues_with_the_next_and_opens_the_name(panel):
    rows = [applicant(panel, name=f"Rukmini {each}", marks=[None]) for each in ("Sari", "Dewi")]

    answer = panel.client.post(page(panel, rows[0]), typed(panel))

    sheet = ScoreSheet.objects.get()
    assert (sheet.seat, sheet.application, sheet.part, sheet.note) == (panel.seat, rows[0], "DOSSIER", "Jelas")
    assert [(score.criterion, score.score) for score in sheet.scores.all()] == [(panel.dossier, 4)]
    assert answer.url == page(panel, rows[1])
    assert "Rukmini Sari" in panel.client.get(page(panel, rows[0])).content.decode()


def test_last_one_leads_back_to_the_list(panel):
    row = applicant(panel, marks=[None])

    answer = panel.client.post(page(panel, row), typed(panel))

    assert answer.url == reverse("recruitment:score-list", args=[panel.record.code])


def test_second_save_changes_nothing(panel):
    row = applicant(panel, marks=[None])
    panel.client.post(page(panel, row), typed(panel, score=5), follow=True)

    answer = panel.client.post(page(panel, row), typed(panel, score=1), follow=True)

    assert ScoreSheet.objects.get().scores.get().score == 5
    assert "sudah terkunci sebelumnya" in answer.content.decode()
    assert "Berhasil" not in answer.content.decode()


def test_sheet_with_a_gap_is_kept_on_the_page(panel):
    row = applicant(panel, marks=[None])

    answer = panel.client.post(page(panel, row), {"note": "Tulisan saya"})

    body = answer.content.decode()
    assert "Beri nilai untuk “Pengalaman kerja”" in body
    assert "Tulisan saya" in body
    assert not ScoreSheet.objects.exists()


@pytest.mark.parametrize("score", ["0", "6", "-1", "3,5", "abc", "99999999999999999999"])
def test_score_outside_the_scale_is_refused(panel, score):
    row = applicant(panel, marks=[None])

    answer = panel.client.post(page(panel, row), typed(panel, score=score))

    assert answer.status_code == 200
    assert not ScoreSheet.objects.exists()


@pytest.mark.parametrize(("score", "saved"), [("0", 1), ("100", 1), ("101", 0), ("55,5", 0)])
def test_scale_of_a_hundred_takes_whole_numbers(panel, score, saved):
    panel.record.scale = "HUNDRED"
    panel.record.save()
    row = applicant(panel, marks=[None])

    panel.client.post(page(panel, row), typed(panel, score=score))

    assert ScoreSheet.objects.count() == saved


def test_others_scores_show_only_after_the_own(client_as):
    client = client_as("coordinator")
    made = running_round(seats=[client.user, client_as("panelist").user])
    row = applicant(made, name="Rukmini Sari", marks=[None, 2])
    other = made.seats[1].sheets.get(part="DOSSIER")
    other.note = "Catatan rahasia"
    other.save()
    before = client.get(page(made, row)).content.decode()

    client.post(page(made, row), typed(made))

    after = client.get(page(made, row)).content.decode()
    assert "Catatan rahasia" not in before
    assert "Rukmini" not in before
    assert "Catatan rahasia" in after
    assert "Rukmini Sari" in after


@pytest.mark.parametrize("status", ["PASSED_FILES", "PASSED_TEST"])
def test_interview_is_scored_only_after_an_invitation(panel, status):
    row = applicant(panel, marks=[None], status=status)
    panel.client.post(page(panel, row), typed(panel))

    assert panel.client.get(page(panel, row, "interview")).status_code == 404


def test_interview_opens_after_ones_dossier_score(panel):
    row = applicant(panel, name="Rukmini Sari", marks=[None])
    before = panel.client.get(page(panel, row, "interview")).status_code
    panel.client.post(page(panel, row), typed(panel))

    shown = panel.client.get(page(panel, row, "interview"))
    saved = panel.client.post(page(panel, row, "interview"), typed(panel, part="interview"))

    assert before == 404
    assert "Rukmini Sari" in shown.content.decode()
    assert "Desa A" in shown.content.decode()
    assert saved.status_code == 302
    assert ScoreSheet.objects.filter(part="INTERVIEW").count() == 1


def test_conflict_voids_the_sheets_and_ends_the_access(panel):
    row, other = applicant(panel, marks=[None]), applicant(panel, marks=[None])
    url = reverse("recruitment:conflict-declare", args=[panel.record.code, row.pk])
    blind = panel.client.get(url).status_code
    panel.client.post(page(panel, row), typed(panel))
    opened = set(Application.objects.for_user(panel.seat.user))

    answer = panel.client.post(url, {"reason": "Sepupu"})

    assert (opened, set(Application.objects.for_user(panel.seat.user))) == ({row}, set())
    conflict = ConflictOfInterest.objects.get()
    sheet = ScoreSheet.objects.get()
    assert blind == 404
    assert answer.status_code == 302
    assert (conflict.seat, conflict.origin, conflict.reason) == (panel.seat, "DECLARED", "Sepupu")
    assert sheet.voided_for == "CONFLICT"
    assert [panel.client.get(each).status_code for each in (url, page(panel, row), page(panel, row, "interview"))] == [
        404
    ] * 3
    assert panel.client.get(page(panel, other)).status_code == 200


def test_conflict_is_recorded_once_and_only_before_the_choices_are_handed_over(panel):
    row = applicant(panel, marks=[4])
    for _time in range(2):
        record_conflict(seat=panel.seat, application=row, origin="STATEMENT", reason="Ipar")
    panel.record.__class__.objects.filter(pk=panel.record.pk).update(status="SUBMITTED", inputs={}, results={})
    late = applicant(panel, marks=[4])

    with pytest.raises(StepNotAllowed, match="sudah diajukan"):
        record_conflict(seat=panel.seat, application=late, origin="STATEMENT", reason="Ipar")

    assert ConflictOfInterest.objects.count() == 1
    assert not late.sheets.exclude(voided_at=None).exists()


def test_nobody_scores_once_the_choices_are_handed_over(panel):
    row = applicant(panel, marks=[None])
    panel.record.__class__.objects.filter(pk=panel.record.pk).update(status="SUBMITTED", inputs={}, results={})

    answer = panel.client.post(page(panel, row), typed(panel))

    assert "tidak sedang berjalan" in answer.content.decode()
    assert not ScoreSheet.objects.exists()


def test_seat_of_another_panel_or_round_opens_nothing(client_as):
    client = client_as("panelist")
    made = running_round(seats=[client.user])
    other_panel = applicant(made, marks=[None], panel=2)
    elsewhere = applicant(running_round(), marks=[])

    assert client.get(page(made, other_panel)).status_code == 404
    assert client.get(page(made, elsewhere)).status_code == 404
    assert client.get(reverse("recruitment:score-list", args=[elsewhere.round.code])).status_code == 403


def test_each_applicant_costs_one_page(panel):
    for _each in range(4):
        applicant(panel, marks=[None])
    address, loads = page(panel, panel.applicants[0]), 0

    while "/nilai/" in address and not address.endswith(f"{panel.record.code}/nilai/"):
        loads += panel.client.get(address).status_code == 200
        address = panel.client.post(address, typed(panel)).url

    assert loads == 4
    assert ScoreSheet.objects.count() == 4
