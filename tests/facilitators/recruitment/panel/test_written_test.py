"""Scores of the written test: typed, imported, applied to everybody, undone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from facilitators.models import TestScore
from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.kinds import kind_of
from p2emas.imports.services import start_import
from p2emas.workflow.models import StepNotAllowed
from tests.facilitator_factories import (
    ApplicationFactory,
    PanelSeatFactory,
    RecruitmentRoundFactory,
    TestScoreFactory,
)
from tests.markup import squeezed
from tests.p2emas.imports.sheets import book, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def selecting():
    record = RecruitmentRoundFactory(status="SELECTION", pass_mark=60, code="pendamping-2020")
    rows = [ApplicationFactory(round=record, number=f"LMR-{n}", status="PASSED_FILES") for n in (1, 2, 3)]
    return record, rows


def url(name, record):
    return reverse(f"recruitment:{name}", args=[record.code])


def typed(rows, *scores, version=0, **rest):
    data = {f"t{row.pk}-score": score for row, score in zip(rows, scores, strict=True)}
    return {"version": str(version), "source": "BA tes 1"} | data | rest


def stored():
    return dict(TestScore.objects.values_list("application__number", "score"))


def test_scores_are_kept_and_an_empty_cell_stays_unknown(client_as, selecting):
    record, rows = selecting
    client = client_as("coordinator")

    answer = client.post(url("test-scores", record), typed(rows, "72,5", "0", ""))
    client.post(url("test-scores", record), typed(rows, "", "0", "", version=1))

    assert answer.status_code == 302
    assert stored() == {"LMR-2": Decimal(0)}
    assert TestScore.objects.get().source == "BA tes 1"


def test_nothing_is_praised_when_nothing_was_typed(client_as, selecting):
    record, rows = selecting

    answer = client_as("coordinator").post(url("test-scores", record), typed(rows, "", "", ""), follow=True)

    assert "Tidak ada yang diubah" in answer.content.decode()
    assert "Berhasil" not in answer.content.decode()


def test_errors_stand_under_the_row_and_nothing_is_lost(client_as, selecting):
    record, rows = selecting

    answer = client_as("coordinator").post(url("test-scores", record), typed(rows, "72", "101", "x"))

    page = answer.content.decode()
    assert "Isi paling besar 100" in page
    assert "bukan angka" in page
    assert 'value="72"' in page
    assert stored() == {}


def test_absent_is_out_at_once_and_a_score_beside_it_is_refused(client_as, selecting):
    record, rows = selecting
    client = client_as("coordinator")
    mark = {f"t{rows[0].pk}-absent": "on"}

    both = client.post(url("test-scores", record), typed(rows, "50", "", "", **mark))
    client.post(url("test-scores", record), typed(rows, "", "", "", **mark))

    assert "tidak punya nilai" in both.content.decode()
    rows[0].refresh_from_db()
    assert (rows[0].status, rows[0].rejected_for) == ("REJECTED", "ABSENT")


def test_second_typist_sees_both_versions(client_as, selecting):
    record, rows = selecting
    client_as("coordinator").post(url("test-scores", record), typed(rows, "70", "", ""))

    answer = client_as("coordinator").post(url("test-scores", record), typed(rows, "80", "", ""))

    assert answer.status_code == 409
    assert stored() == {"LMR-1": Decimal(70)}


def test_results_are_applied_by_the_pass_mark_and_unknown_ones_wait(client_as, selecting):
    record, (first, second, third) = selecting
    TestScoreFactory(application=first, score=60)
    TestScoreFactory(application=second, score=Decimal("59.99"))
    foreign = TestScoreFactory(application__round=RecruitmentRoundFactory(status="SELECTION"), score=90).application
    client = client_as("coordinator")
    page = squeezed(client.get(url("test-apply", record)).text)

    client.post(url("test-apply", record), {"version": "0"})
    client.post(url("test-apply", record), {"version": "0"})  # a second click

    assert "Tetap menunggu, tidak gugur: LMR-3" in page
    for row in (first, second, third, foreign):
        row.refresh_from_db()
    assert [row.status for row in (first, second, third)] == ["PASSED_TEST", "REJECTED", "PASSED_FILES"]
    assert (second.rejected_for, foreign.status) == ("TEST", "SENT")
    assert first.status_changes().count() == 1


def test_scores_wait_until_the_selection_runs_and_hide_from_a_seat(client_as, selecting):
    record, _rows = selecting
    client = client_as("coordinator")
    closed = RecruitmentRoundFactory(status="CLOSED")
    ApplicationFactory(round=closed, status="PASSED_FILES")

    assert client.post(url("test-scores", closed), {"version": "0"}).status_code == 403
    PanelSeatFactory(round=record, user=client.user)
    assert client.get(url("test-scores", record)).status_code == 403
    assert client.post(url("test-apply", record), {"version": "0"}).status_code == 403


# --- The import -----------------------------------------------------------------------------------------------------


def run(user, *rows):
    kind = kind_of("nilai-tes")
    content = book(rows, token=kind.token, headers=[column.header for column in kind.columns])
    batch = start_import(kind=kind, received=received(content), user=user)
    batch.refresh_from_db()
    return batch


def test_imported_scores_find_applicants_by_number(user_as, selecting):
    record, rows = selecting
    TestScoreFactory(application=rows[1], score=50, source="lama")
    user = user_as("coordinator")

    batch = run(
        user,
        [record.code, "lmr-1", "72,5", "BA 1"],
        [record.code, "LMR-2", 64, "BA 1"],
        [record.code, "LMR-3", None, None],
    )
    apply_import(batch=batch, seen="READY", actor=user)

    assert stored() == {"LMR-1": Decimal("72.5"), "LMR-2": Decimal(64)}


def test_preview_of_scores_names_round_and_number(user_as, selecting):
    record, _rows = selecting

    batch = run(user_as("coordinator"), [record.code, "LMR-1", 70, ""], [record.code, "LMR-3", 80, ""])

    assert [row.key for row in batch.rows.order_by("number")] == [f"{record.code}, LMR-1", f"{record.code}, LMR-3"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["pendamping-2020", "LMR-99", 70, ""], "Tidak ada lamaran bernomor LMR-99"),
        (["lain-2020", "LMR-1", 70, ""], "tidak sedang seleksi"),
        (["pendamping-2020", "LMR-1", 101, ""], "Paling besar 100"),
        (["pendamping-2020", "LMR-1", "belum ada data", ""], "kosongkan bila nilainya belum ada"),
        (["pendamping-2020", "LMR-4", 70, ""], "tidak menunggu nilai tes"),
    ],
)
def test_unfit_rows_say_what_to_write(user_as, selecting, row, sentence):
    record, _rows = selecting
    ApplicationFactory(round=record, number="LMR-4", status="WITHDRAWN")
    RecruitmentRoundFactory(status="CLOSED", code="lain-2020")

    batch = run(user_as("coordinator"), row)

    assert batch.status == "FAILED"
    assert sentence in batch.rows.get().message


def test_seat_closes_the_import_of_that_round(user_as, selecting):
    record, _rows = selecting
    user = user_as("coordinator")
    PanelSeatFactory(round=record, user=user)
    assert "Anda duduk di panelnya" in run(user, [record.code, "LMR-1", 70, ""]).rows.get().message


def test_import_is_not_undone_once_the_result_was_applied(user_as, client_as, selecting):
    record, _rows = selecting
    user = user_as("coordinator")
    batch = run(user, [record.code, "LMR-1", 70, ""])
    apply_import(batch=batch, seen="READY", actor=user)
    client_as("coordinator").post(url("test-apply", record), {"version": "0"})
    batch.refresh_from_db()

    with pytest.raises(StepNotAllowed, match="hasilnya sudah diterapkan") as refusal:
        undo_import(batch, seen="APPLIED", actor=user, note="Salah berkas")

    assert "diubah" not in str(refusal.value)
    assert stored() == {"LMR-1": Decimal(70)}


def test_import_is_not_undone_once_a_score_was_typed_over(user_as, selecting):
    record, rows = selecting
    user = user_as("coordinator")
    batch = run(user, [record.code, "LMR-1", 70, ""])
    apply_import(batch=batch, seen="READY", actor=user)
    rows[0].test_score.delete()
    batch.refresh_from_db()

    with pytest.raises(StepNotAllowed, match="1 baris sudah diubah sesudahnya"):
        undo_import(batch, seen="APPLIED", actor=user, note="Salah berkas")


def test_template_holds_who_waits_for_a_score_and_no_name(user_as, selecting):
    record, rows = selecting
    TestScoreFactory(application=rows[0], score=55, source="BA")
    ApplicationFactory(round=record, status="PASSED_TEST")
    ApplicationFactory(round=RecruitmentRoundFactory(status="SELECTION"), status="PASSED_FILES")
    user, kind = user_as("coordinator"), kind_of("nilai-tes")

    filled = kind.prefill(user, {"seleksi": record}, kind.lookups(user))

    assert filled == [
        [record.code, "LMR-1", Decimal(55), "BA"],
        [record.code, "LMR-2", None, None],
        [record.code, "LMR-3", None, None],
    ]


def test_only_coordinators_import_scores(user_as):
    kind = kind_of("nilai-tes")
    allowed = [role for role in ("coordinator", "coordinator_head", "auditor", "panelist") if kind.may(user_as(role))]
    assert allowed == ["coordinator", "coordinator_head"]
