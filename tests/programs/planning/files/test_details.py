"""What a file says of single villages, of procurement, season and proposal; and that an absent column changes nothing."""

from decimal import Decimal

import pytest

from programs.models import IndicatorTarget, PlanLine
from programs.planning.files.services import apply_plan_file, undo_plan_file
from programs.planning.files.template import plan_template
from tests.factories import (
    ActivityFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    OutcomeFactory,
    PlanLineFactory,
    ProcurementMethodFactory,
    VillageFactory,
    WorkPlanFactory,
)

from .books import ONE_SHEET, book_of, plan_rows
from .test_files import agency, operator, taken  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
INDICATORS = [
    "Kode kegiatan",
    "Indikator",
    "Satuan indikator",
    "Jenis rumus",
    "Sumber data indikator",
    "Target indikator",
]
DETAILS = {
    "Cara pengadaan": "E-katalog",
    "Musim dari bulan": "Oktober",
    "Musim sampai bulan": 3,
    "Nomor usulan Musrenbang": "12/MB/2018",
    "Usulan Musrenbang": "Bibit karet",
}


def compared(file, user):
    from programs.planning.files.comparing import PlanFileComparison

    return PlanFileComparison(file)


def applied(file, user):
    found = compared(file, user)
    assert not found.wrong, [part.errors for part in found.parts if part.errors]
    apply_plan_file(file=file, version=found.plan.version if found.plan.pk else 0, actor=user)
    file.refresh_from_db()
    return file


def line_details(line):
    line.refresh_from_db()
    words = str(line.procurement or "")
    return (words, line.season_first, line.season_last, line.proposal_no, line.proposal_text)


@pytest.fixture
def line(agency):  # noqa: F811
    """A draft's line with everything, in one village."""
    plan = WorkPlanFactory(agency=agency, year=2019)
    activity = ActivityFactory(agency=agency, year=2019, code="2.01.03.15.01")
    indicator = IndicatorFactory(activity=activity, name="Kelompok dibina", unit="kelompok")
    village = VillageFactory(name="Ensaid")
    line = PlanLineFactory(
        plan=plan, activity=activity, other_village=village, exception_reason="Uji", chain_link="SEED", fund="DAU",
        start_month=10, amount=5_000_000, procurement=ProcurementMethodFactory(name="E-katalog"), season_first=10,
        season_last=3, proposal_no="12/MB/2018", proposal_text="Bibit karet",
    )  # fmt: skip
    IndicatorTargetFactory(indicator=indicator, year=2019, target=10)
    IndicatorTargetFactory(indicator=indicator, year=2019, village=village, target=4, baseline=1)
    return line


def targets(line):
    return dict(
        IndicatorTarget.objects.filter(indicator__activity=line.activity).values_list("village__name", "target")
    )


def test_new_lines_take_procurement_season_and_proposal(agency, operator):  # noqa: F811
    ProcurementMethodFactory(name="E-katalog")
    rows = plan_rows([VillageFactory()], OutcomeFactory(), lines=1, activities=1)
    rows[1] = [*ONE_SHEET, *DETAILS]
    rows[2] = [*rows[2], *DETAILS.values()]
    reason = rows[1].index("Lokasi")
    rows[1].insert(reason + 1, "Alasan")
    rows[2].insert(reason + 1, "Uji")

    applied(taken(agency, operator, book_of({"Renja": rows})), operator)

    assert line_details(PlanLine.objects.get()) == ("E-katalog", 10, 3, "12/MB/2018", "Bibit karet")


def test_half_a_season_and_unknown_procurement_are_named(agency, operator):  # noqa: F811
    rows = plan_rows([VillageFactory()], OutcomeFactory(), lines=1, activities=1)
    rows[1] = [*ONE_SHEET, "Alasan", "Cara pengadaan", "Musim dari bulan"]
    rows[2] = [*rows[2], "Uji", "Tukar guling", "Oktober"]

    found = compared(taken(agency, operator, book_of({"Renja": rows})), operator)

    said = " ".join(sentence for part in found.parts for _cell, sentence in part.errors)
    assert "“Tukar guling” tidak ada dalam daftar" in said
    assert "Pilih bulan awal dan akhir musim" in said


def test_file_without_the_columns_leaves_details_and_village_targets(agency, operator, line):  # noqa: F811
    before, kept = line_details(line), targets(line)
    head = ["Kode kegiatan", "Tempat", "Alasan", "Mata rantai", "Sumber dana", "Bulan mulai", "Pagu (Rp)"]
    row = [line.activity.code, "Ensaid", "Uji", "Bibit", "DAU", "Oktober", 7_000_000]
    measured = [*INDICATORS], [line.activity.code, "Kelompok dibina", "kelompok", "Tren positif", "Daftar", 12]

    file = taken(agency, operator, book_of({"Baris": [head, row], "Indikator": list(measured)}))
    applied(file, operator)

    assert (line_details(line), line.amount) == (before, 7_000_000)
    assert targets(line) == {**kept, None: Decimal(12)}


def test_emptied_cells_of_the_file_empty_what_is_stored_and_come_back(agency, operator, line):  # noqa: F811
    before = line_details(line)
    head = ["Kode kegiatan", "Tempat", "Alasan", "Mata rantai", "Sumber dana", "Bulan mulai", "Pagu (Rp)", *DETAILS]
    row = [line.activity.code, "Ensaid", "Uji", "Bibit", "DAU", "Oktober", 5_000_000, *[None] * 5]

    file = applied(taken(agency, operator, book_of({"Baris": [head, row]})), operator)

    assert line_details(line) == ("", None, None, "", "")
    undo_plan_file(file=file, actor=operator)
    assert line_details(line) == before


def test_target_of_a_village_is_a_row_of_its_indicator(agency, operator, line):  # noqa: F811
    rows = [
        [*INDICATORS, "Nilai awal", "Desa target"],
        [line.activity.code, "Kelompok dibina", "kelompok", "Tren positif", "Daftar", 10, None, None],
        [line.activity.code, "Kelompok dibina", None, None, None, 6, 2, "Ensaid"],
    ]
    file = taken(agency, operator, book_of({"Indikator": rows}))

    changed = [part for part in compared(file, operator).parts if part.is_of_village]
    assert [(part.label, part.fate.value) for part in changed] == [("Kelompok dibina, Ensaid", "change")]
    assert [(old, new) for _label, old, new in changed[0].changes] == [("1", "2"), ("4", "6")]
    applied(file, operator)

    assert targets(line) == {None: Decimal(10), "Ensaid": Decimal(6)}
    undo_plan_file(file=file, actor=operator)
    assert targets(line) == {None: Decimal(10), "Ensaid": Decimal(4)}


def test_target_comes_with_the_line_of_its_village(agency, operator):  # noqa: F811
    village = VillageFactory(name="Baru")
    rows = plan_rows([village], OutcomeFactory(), lines=1, activities=1)
    rows[1] = [*ONE_SHEET, "Alasan"]
    rows[2] = [*rows[2], "Uji"]
    code, name = rows[2][0], rows[2][4]
    aside = [[*INDICATORS, "Desa target"], [code, name, None, None, None, 3, "Baru"]]

    applied(taken(agency, operator, book_of({"Renja": rows, "Target desa": aside})), operator)

    found = dict(IndicatorTarget.objects.values_list("village__name", "target"))
    assert found == {None: Decimal(10), "Baru": Decimal(3)}


@pytest.mark.parametrize(
    ("village", "sentence"),
    [("Lain", "Kegiatan ini tidak dikerjakan di “Lain”. Desanya: Ensaid."), ("Ensaid", "Target desa ini sudah ada")],
)
def test_village_without_a_line_and_a_village_twice_are_named(agency, operator, line, village, sentence):  # noqa: F811
    VillageFactory(name="Lain")
    rows = [
        [*INDICATORS, "Desa target"],
        [line.activity.code, "Kelompok dibina", None, None, None, 6, "Ensaid"],
        [line.activity.code, "Kelompok dibina", None, None, None, 7, village],
    ]

    found = compared(taken(agency, operator, book_of({"Indikator": rows})), operator)

    assert [told.startswith(sentence) for part in found.parts for _cell, told in part.errors] == [True]


def test_template_as_it_was_filled_changes_nothing(agency, operator, line):  # noqa: F811
    file = taken(agency, operator, plan_template(agency, 2019))

    found = compared(file, operator)

    assert {part.fate.value for part in found.parts} == {"same"}
    assert sum(part.is_of_village for part in found.parts) == 1
