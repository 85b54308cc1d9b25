"""What the office may set of a paper: labels, columns, deadline, intervals, and how a falling indicator is judged."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from p2emas.methods.achievement import performance_category
from programs.recaps.catalogue import OF_CODE
from programs.recaps.description import RecapQuestion
from programs.recaps.models import RecapLayout
from tests.factories import RecapLabelFactory, RecapLayoutFactory, WorkPlanFactory

pytestmark = pytest.mark.django_db


def sheet(code: str = "e81"):
    paper = OF_CODE[code]
    return paper.make(RecapQuestion(paper, [WorkPlanFactory(agreed=True).agency], 2019, 3))[0]


def test_without_a_row_a_paper_is_as_declared():
    made = sheet()

    assert [group.number for group in made.groups] == [str(number) for number in range(1, 17)]
    assert made.title == "Evaluasi Terhadap Hasil Renja Perangkat Daerah Lingkup Kabupaten"
    assert "Tata letak E.81 Evaluasi Renja versi 2019-1 (Permendagri 86/2017)." in made.notes


def test_wide_variant_and_rkpd_have_17_columns():
    for code in ("e81-17", "rkpd"):
        assert [group.number for group in sheet(code).groups] == [str(number) for number in range(1, 18)]


def test_office_names_the_version_labels_columns_and_deadline():
    layout = RecapLayoutFactory(version="2020-3", rule="Perbup 4/2020", title="Evaluasi Renja", due_days=10)
    RecapLabelFactory(layout=layout, number="12", label="Hasil {year} sesudah {before}")
    RecapLabelFactory(layout=layout, number="16", label="", hidden=True)

    made = sheet()

    assert made.title == "Evaluasi Renja"
    assert {group.number: group.label for group in made.groups}["12"] == "Hasil 2019 sesudah 2018"
    assert "16" not in {group.number for group in made.groups}
    assert "Tata letak E.81 Evaluasi Renja versi 2020-3 (Perbup 4/2020)." in made.notes
    assert any("14 Oktober 2019, 10 hari kerja" in note for note in made.notes)


def test_gap_is_said_and_used():
    RecapLayoutFactory(falling=RecapLayout.Falling.GAP)

    assert "Capaian tren negatif: (2 x target - realisasi) / target." in sheet().notes


def test_bounds_of_the_office_decide_the_category():
    bounds = (("very_high", Decimal(95)), ("high", Decimal(80)), ("moderate", Decimal(70)), ("low", Decimal(50)))

    assert [performance_category(value, bounds) for value in (94, 80, 51, 49)] == ["high", "high", "low", "very_low"]


def test_bad_layouts_are_refused_by_the_table():
    with pytest.raises(IntegrityError, match="programs_recaplayout_intervals_fall"), transaction.atomic():
        RecapLayoutFactory(high=92)
    label = RecapLabelFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RecapLabelFactory(layout=label.layout, number=label.number)
    with pytest.raises(IntegrityError, match="programs_recaplabel_says_something"), transaction.atomic():
        RecapLabelFactory(layout=label.layout, number="5", label="")
