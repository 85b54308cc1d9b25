"""A code against its list: refused where the list is whole, taken and marked where it is known in part."""

import pytest

from programs.framework.models import Activity
from programs.nomenclature.checking import check_code, check_codes
from programs.nomenclature.levels import Level, parent_of, written_as
from programs.nomenclature.models import NomenclatureEntry, nesting_fault
from programs.nomenclature.versions import NomenclatureVersion, fill_versions, version_in_force
from tests.factories import ActivityFactory, NomenclatureEntryFactory

pytestmark = pytest.mark.django_db
ENTRIES = (
    ("URUSAN", "2", "Urusan pilihan"),
    ("BIDANG", "2.01", "Pertanian"),
    ("PROGRAM", "2.01.XX.15", "Program contoh"),
    ("KEGIATAN", "2.01.XX.15.02", "Penyuluhan petani"),
    ("KEGIATAN", "2.01.XX.15.07", "Pelatihan pembibitan karet"),
    ("KEGIATAN", "2.01.XX.16.01", "Pemasaran hasil kebun"),
)


@pytest.fixture
def listed():
    fill_versions()
    version = NomenclatureVersion.objects.get(code="13/2006")
    for level, code, name in ENTRIES:
        NomenclatureEntryFactory(version=version, level=level, code=code, name=name, parent_code=parent_of(level, code))
    return version


def whole(version):
    NomenclatureVersion.objects.filter(pk=version.pk).update(completeness="LENGKAP")


@pytest.mark.parametrize("code", ["2.01.03.15.02", "2.01.XX.15.02", "2.01.xx.15.02", " 2.01.03.15.02. "])
def test_code_of_the_list_is_known_with_any_number_of_the_agency(listed, code):
    check = check_code(code, 2019)

    assert (check.known, check.refused, check.entry.name, check.near) == (True, False, "Penyuluhan petani", [])


def test_unknown_code_is_taken_while_the_list_is_known_in_part(listed):
    check = check_code("2.01.03.15.09", 2019)

    assert (check.known, check.refused, check.sentence) == (False, False, "")


def test_unknown_code_is_refused_by_a_whole_list_with_what_is_near(listed):
    whole(listed)

    check = check_code("2.01.03.15.09", 2019, name="Pemasaran hasil kebun rakyat")

    assert check.refused
    assert [entry.code for entry in check.near] == ["2.01.XX.15.02", "2.01.XX.15.07", "2.01.XX.16.01"]
    assert "2.01.XX.16.01 Pemasaran hasil kebun" in check.sentence


def test_code_of_a_programme_is_no_code_of_an_activity(listed):
    whole(listed)

    assert check_code("2.01.03.15", 2019).refused


def test_another_version_is_asked_when_it_is_named(listed):
    whole(listed)

    assert not check_code("7.77", 2019, "90/2019").refused
    assert check_code("7.77", 2019, "13/2006").refused
    assert not check_code("7.77", 2019, "1/1999").refused


def test_many_codes_are_checked_in_two_queries(listed, django_assert_num_queries):
    rows = [(f"2.01.03.15.{n:02d}", "") for n in range(1, 40)]

    with django_assert_num_queries(2):
        checks = check_codes(rows, 2019)

    assert {code for code, check in checks.items() if check.known} == {"2.01.03.15.02", "2.01.03.15.07"}


def test_stored_code_stays_when_its_list_becomes_whole(listed):
    stranger = ActivityFactory(code="2.01.03.15.09", nomenclature="13/2006", year=2019)
    known = ActivityFactory(code="2.01.03.15.02", nomenclature="13/2006", year=2019)
    elsewhere = ActivityFactory(code="2.01.03.15.02", nomenclature="90/2019", year=2019)
    before = list(Activity.objects.order_by("pk").values())

    whole(listed)

    assert set(Activity.objects.unlisted()) == {stranger, elsewhere}
    assert set(Activity.objects.filter(nomenclature="90/2019").unlisted()) == {elsewhere}
    assert list(Activity.objects.filter(pk=known.pk).unlisted()) == []
    assert list(Activity.objects.order_by("pk").values()) == before
    entry = NomenclatureEntry.objects.get(code="2.01.XX.15.02")
    assert list(Activity.objects.with_code_of(entry)) == [known]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_unlisted_ones_are_found_however_many_there_are(listed, monkeypatch, most):
    """Beyond that number each activity is asked, not each code."""
    monkeypatch.setattr("programs.framework.querysets.MOST_CODES", most)
    strangers = {ActivityFactory(code=code, nomenclature="13/2006", year=2019) for code in ("9.99", "9.98")}
    ActivityFactory(code="2.01.03.15.02", nomenclature="13/2006", year=2019)

    assert set(Activity.objects.unlisted()) == strangers


def test_sql_and_python_read_codes_alike(listed):
    codes = ["2.01.03.15.02", "2.01.XX.15.02", "2.01.15.02", "2.01.03.15.2", "3.01.03.15.02", "2.01", "x"]
    NomenclatureEntryFactory(
        version=listed, level="KEGIATAN", code="X.XX.XX.99.01", name="Umum", parent_code="X.XX.XX.99"
    )
    codes.append("1.03.07.99.01")
    for code in codes:
        ActivityFactory(code=code, year=2019)

    by_sql = dict(Activity.objects.with_entry().values_list("code", "entry"))

    assert by_sql == {
        code: getattr(check.entry, "pk", None) for code, check in check_codes([(c, "") for c in codes], 2019).items()
    }
    assert by_sql["1.03.07.99.01"] is not None


@pytest.mark.parametrize(
    ("level", "code", "parent"),
    [
        ("URUSAN", "2", ""),
        ("BIDANG", "2.01", "2"),
        ("PROGRAM", "2.01.15", "2.01"),
        ("PROGRAM", "2.01.XX.15", "2.01"),
        ("KEGIATAN", "2.01.XX.15.02", "2.01.XX.15"),
        ("PROGRAM", "1.01.02", "1.01"),
        ("KEGIATAN", "1.01.02.2.01", "1.01.02"),
        ("SUB_KEGIATAN", "1.01.02.2.01.0001", "1.01.02.2.01"),
    ],
)
def test_level_above_follows_from_the_code(level, code, parent):
    assert parent_of(level, code) == parent


def test_levels_nest():
    levels = {"2": "URUSAN", "2.01": "BIDANG"}

    assert nesting_fault(Level.PROGRAM, "2.01.15", levels) == ""
    assert "belum ada dalam daftar" in nesting_fault(Level.PROGRAM, "2.02.15", levels)
    assert "bertingkat urusan" in nesting_fault(Level.PROGRAM, "2.01", {"2": "URUSAN"})
    assert nesting_fault(Level.URUSAN, "2.01", levels) == "Kode urusan tanpa titik, misalnya 2."
    assert nesting_fault(Level.KEGIATAN, "2", levels) == "Kode kegiatan dimulai dengan kode program."


@pytest.mark.parametrize(
    ("year", "version"),
    [(2017, "13/2006"), (2020, "13/2006"), (2021, "050-3708"), (2023, "050-5889"), (2024, "900.1.15.5-1317")],
)
def test_newest_list_of_a_year_counts(year, version):
    fill_versions()

    assert version_in_force(year).code == version
    NomenclatureVersion.objects.all().delete()
    assert version_in_force(year).code == version  # a table without rows goes by what the product comes with


def test_ways_in_which_a_list_may_have_a_code():
    assert written_as("2.01.03.15.02") == (
        "2.01.03.15.02", "2.01.XX.15.02", "2.01.15.02", "X.XX.03.15.02", "X.XX.XX.15.02",
    )  # fmt: skip
    assert written_as("2.01") == ("2.01",)
