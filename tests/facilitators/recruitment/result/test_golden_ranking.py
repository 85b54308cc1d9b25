"""From the stored scores to who gets the job, with weights that are all different: a weight read at another's place shows.

Worked out by hand, marks of 1 to 5 as 0, 25, 50, 75, 100; written test 20, dossier 30, interview 50; rubric of the
dossier 70/30, of the interview 40/60:

    applicant   test   dossier: seat 1, seat 2, mean   interview: seat 1, seat 2, mean   final
    A           90     85      60     72.5             40     20     30                  18 + 21.75  + 15    = 54.75
    B           70     40      50     45               90     85     87.5                14 + 13.5   + 43.75 = 71.25
    C           80     100     92.5   96.25            35     55     45                  16 + 28.875 + 22.5  = 67.375
"""

import csv
from io import StringIO
from types import SimpleNamespace

import pytest
from django.urls import reverse

from facilitators.models import Application, RubricCriterion
from facilitators.recruitment.panel.conflicts import record_conflict
from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.result.inputs import selection_inputs
from tests import facilitator_factories as make
from tests.facilitators.recruitment.judged import running_round
from tests.filled import own_form

pytestmark = pytest.mark.django_db

# test, then for each part what seat 1 and seat 2 gave to its first and second criterion
MARKS = {
    "A": (90, [(5, 3), (4, 2)], [(2, 3), (3, 1)]),
    "B": (70, [(2, 4), (3, 3)], [(4, 5), (5, 4)]),
    "C": (80, [(5, 5), (5, 4)], [(3, 2), (2, 4)]),
}
PARTS = {"A": (90, 72.5, 30), "B": (70, 45, 87.5), "C": (80, 96.25, 45)}
FINAL = {"B": 71.25, "C": 67.375, "A": 54.75}


@pytest.fixture
def judged(client_as):
    made = running_round(seats=2, places=1, weight_test=20, weight_dossier=30, weight_interview=50)
    second = {
        "DOSSIER": (made.dossier, make.RubricCriterionFactory(round=made.record, part="DOSSIER", weight=30)),
        "INTERVIEW": (made.interview, make.RubricCriterionFactory(round=made.record, part="INTERVIEW", weight=60)),
    }
    RubricCriterion.objects.filter(pk=made.dossier.pk).update(weight=70)
    RubricCriterion.objects.filter(pk=made.interview.pk).update(weight=40)
    made.by_name = {}
    for name, (test, dossier, interview) in MARKS.items():
        row = make.ApplicationFactory(round=made.record, status="INVITED", name=f"Pelamar {name}")
        make.PlaceChoiceFactory(application=row, place=made.places[0])
        make.TestScoreFactory(application=row, score=test)
        for part, marks in (("DOSSIER", dossier), ("INTERVIEW", interview)):
            for seat, given in zip(made.seats, marks, strict=True):
                sheet = make.ScoreSheetFactory(application=row, seat=seat, part=part)
                for criterion, score in zip(second[part], given, strict=True):
                    make.SheetScoreFactory(sheet=sheet, criterion=criterion, score=score)
        made.by_name[name] = row
    made.url = lambda page: reverse(f"recruitment:{page}", args=[made.record.code])
    made.coordinator, made.head = client_as("coordinator"), client_as("coordinator_head")
    return made


def lines_of(made: SimpleNamespace, results: dict) -> dict[str, dict]:
    """The result's lines in their order, under the names of the table above."""
    names = {row.pk: name for name, row in made.by_name.items()}
    return {names[line["id"]]: line for line in results["lines"]}


def send(made: SimpleNamespace, client, page: str):
    address = made.url(page)
    form = own_form(client.get(address).content.decode(), address)
    return client.post(address, dict(form.filled()))


def test_stored_scores_give_the_ranking_worked_out_by_hand(judged):
    lines = lines_of(judged, compute_selection(selection_inputs(judged.record)))

    parts = {
        name: (line["test"], line["parts"]["DOSSIER"]["raw"], line["parts"]["INTERVIEW"]["raw"])
        for name, line in lines.items()
    }
    assert parts == {name: pytest.approx(figures) for name, figures in PARTS.items()}
    assert {name: line["final"] for name, line in lines.items()} == pytest.approx(FINAL)
    assert [(name, line["rank"]) for name, line in lines.items()] == [("B", 1), ("C", 2), ("A", 3)]
    assert (lines["B"]["place"], lines["C"]["place"]) == (judged.places[0].pk, None)


def test_void_sheet_counts_no_more(judged):
    """Seat 2 turns out to be related to B: of its dossier the 40 of seat 1 is left, and nothing is missing."""
    record_conflict(application=judged.by_name["B"], seat=judged.seats[1], reason="Sepupu", origin="DECLARED")

    line = lines_of(judged, compute_selection(selection_inputs(judged.record)))["B"]

    assert (line["parts"]["DOSSIER"]["raw"], line["parts"]["INTERVIEW"]["raw"]) == pytest.approx((40, 90))
    assert line["final"] == pytest.approx(14 + 12 + 45)


def test_page_and_file_of_the_ranking_show_the_same(judged):
    page = judged.coordinator.get(judged.url("ranking")).content.decode()
    rows = csv.reader(StringIO(judged.coordinator.get(judged.url("ranking") + "?format=csv").text), delimiter=";")

    assert page.index("Pelamar B") < page.index("Pelamar C") < page.index("Pelamar A")
    assert "71,25" in page and "67,38" in page and "54,75" in page
    names = {row.number: name for name, row in judged.by_name.items()}
    found = {names[row[1]]: row[2:6] for row in rows if row[1] in names}
    assert found == {
        "B": ["70", "45", "87,5", "71,25"],
        "C": ["80", "96,25", "45", "67,375"],
        "A": ["90", "72,5", "30", "54,75"],
    }


def test_the_job_goes_to_the_first_of_that_ranking(judged):
    send(judged, judged.coordinator, "choices")
    send(judged, judged.coordinator, "round-submit")
    send(judged, judged.head, "round-decide")
    send(judged, judged.coordinator, "round-announce")

    judged.record.refresh_from_db()
    found = {row.name: (row.status, row.reserve_rank) for row in Application.objects.all()}
    assert judged.record.status == "ANNOUNCED"
    assert found == {
        "Pelamar B": ("ACCEPTED", None),
        "Pelamar C": ("RESERVE", 1),
        "Pelamar A": ("RESERVE", 2),
    }
    kept = {name: line["final"] for name, line in lines_of(judged, judged.record.results).items()}
    assert kept == pytest.approx(FINAL)
