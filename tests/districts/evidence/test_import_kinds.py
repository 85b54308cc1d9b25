"""Groups and earlier aid come by the same mechanism: names back to records, in one's own kecamatan only."""

import pytest

from districts.models import AreaFigure, CommunityGroup, EarlierAid
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.kinds import kind_of
from p2emas.imports.preview import shown_rows
from p2emas.imports.services import start_import
from p2emas.imports.workbooks import template_workbook
from tests.factories import (
    AgencyFactory,
    AreaFigureFactory,
    CommodityFactory,
    CommunityGroupFactory,
    DistrictFactory,
    EarlierAidFactory,
    ProductionFigureFactory,
    VillageAliasFactory,
    VillageFactory,
)
from tests.p2emas.imports.sheets import book, received

pytestmark = pytest.mark.django_db


def run(code: str, user, rows):
    kind = kind_of(code)
    content = book(rows, token=kind.token, headers=[column.header for column in kind.columns])
    batch = start_import(kind=kind, received=received(content), user=user)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def pakak(db):
    return VillageFactory(name="Pakak", district=DistrictFactory(name="Kayan Hilir"))


def test_preview_shows_a_change_in_the_third_decimal(user_as):
    """ "0 → 0" would hide what is about to be written."""
    figure = ProductionFigureFactory(year=2016, value="0.001", source="BPS")
    user = user_as("coordinator")
    row = [figure.district.name, figure.commodity.name, 2016, "Luas (ha)", "0,004", "BPS", "tidak"]

    batch = run("produksi", user, [row])
    shown = shown_rows(kind_of("produksi"), batch.rows.all(), user)

    assert [(change.old, change.new) for change in shown[0].changes] == [("0,001", "0,004")]


def group_row(village, name, *, men=5, women=None, commodity="cabai"):
    return ["Kayan Hilir", village, name, "Kelompok tani", "REG 1", commodity, men, women, 2015, "tidak"]


def test_groups_are_found_by_village_and_name_whatever_the_case(pakak, user_as):
    cabai = CommodityFactory(name="cabai")
    VillageAliasFactory(village=pakak, name="Pangkak")
    old = CommunityGroupFactory(village=pakak, name="Tani Maju", commodity=cabai, members_f=9, contact_name="Rahasia")
    user = user_as("coordinator")

    batch = run("kelompok", user, [group_row("Desa Pangkak", "TANI  maju"), group_row("pakak", "Tani Baru")])
    apply_import(batch=batch, seen="READY", actor=user)

    old.refresh_from_db()
    assert (old.name, old.members_m, old.members_f, old.contact_name) == ("Tani Maju", 5, None, "Rahasia")
    assert set(CommunityGroup.objects.values_list("name", flat=True)) == {"Tani Maju", "Tani Baru"}


def test_unknown_village_names_the_kecamatan_in_which_it_was_looked_for(pakak, user_as):
    CommodityFactory(name="cabai")

    batch = run("kelompok", user_as("coordinator"), [group_row("Entah", "A")])

    assert batch.rows.get().message == "Kolom B “Desa”: Desa “Entah” tidak ada di Kecamatan Kayan Hilir."


def test_groups_of_another_kecamatan_are_errors_for_its_staff(pakak, user_as):
    CommodityFactory(name="cabai")
    clerk = user_as("district_admin", at=DistrictFactory().office)

    batch = run("kelompok", clerk, [group_row("Pakak", "A")])

    assert "bukan kecamatan Anda" in batch.rows.get().message and batch.status == "FAILED"


def test_aid_of_a_village_and_of_its_group_are_two_records(pakak, user_as):
    agency = AgencyFactory(short_name="Pertanian")
    group = CommunityGroupFactory(village=pakak, name="Tani Maju")
    user = user_as("coordinator")
    rows = [
        ["Kayan Hilir", "Pakak", None, "pertanian", 2016, "Bibit", "12.500.000", "BAST", None],
        ["Kayan Hilir", "Pakak", "tani maju", agency.code, 2016, "Bibit", None, "BAST", "ya"],
        ["Kayan Hilir", "Pakak", "Tidak ada", "Pertanian", 2016, "Bibit", 1, "BAST", None],
    ]

    batch = run("bantuan", user, rows)
    apply_import(batch=batch, seen="READY", actor=user)

    found = set(EarlierAid.objects.values_list("group", "agency", "amount", "is_sample"))
    assert found == {(None, agency.pk, 12_500_000, False), (group.pk, agency.pk, None, True)}
    assert "Impor kelompoknya dahulu" in batch.rows.get(action="ERROR").message


def test_figures_of_villages_are_one_of_a_kind_and_year(pakak, user_as):
    stored = AreaFigureFactory(village=pakak, kind="POVERTY", unit="persen", year=2016, value="14.2")
    AreaFigureFactory(village=None, district=pakak.district, kind="POVERTY", unit="persen", year=2016, value=11)
    user = user_as("coordinator")
    rows = [
        ["Kayan Hilir", "Pakak", "Angka kemiskinan", 2016, "13,75", "persen", "BPS", "tidak"],
        ["Kayan Hilir", "Pakak", "Angka kemiskinan", 2018, 12, "persen", "BPS", "ya"],
        ["Kayan Hilir", "Pakak", "Rumah tangga", 2018, None, None, None, None],
    ]

    batch = run("angka-desa", user, rows)
    assert [row.action for row in batch.rows.order_by("number")] == ["CHANGE", "NEW", "SKIP"]
    apply_import(batch=batch, seen="READY", actor=user)

    found = AreaFigure.objects.filter(village=pakak).values_list("pk", "kind", "year", "value", "is_sample")
    assert {(kind, year, float(value), sample) for _pk, kind, year, value, sample in found} == {
        ("POVERTY", 2016, 13.75, False), ("POVERTY", 2018, 12.0, True),
    }  # fmt: skip
    assert stored.pk in {row[0] for row in found}
    assert AreaFigure.objects.get(district=pakak.district).value == 11


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("belum ada data", "persen", "BPS"), "yang belum ada data dikosongkan"),
        (("12", None, "BPS"), "Kolom “Satuan”: sel ini kosong"),
        (("12", "persen", None), "Kolom “Sumber”: sel ini kosong"),
        (("-1", "persen", "BPS"), "Kolom E “Nilai”"),
    ],
)
def test_a_figure_without_value_unit_or_source_is_an_error(pakak, user_as, cells, sentence):
    row = ["Kayan Hilir", "Pakak", "Angka kemiskinan", 2016, *cells, None]

    batch = run("angka-desa", user_as("coordinator"), [row])

    assert sentence in batch.rows.get().message and not AreaFigure.objects.exists()


@pytest.mark.parametrize("code", ["kelompok", "bantuan"])
def test_template_with_what_is_stored_comes_back_unchanged(pakak, user_as, code):
    group = CommunityGroupFactory(village=pakak, members_m=4)
    EarlierAidFactory(village=pakak, group=group)
    user = user_as("district_admin", at=pakak.district.office)

    content = template_workbook(kind_of(code), user, {})
    batch = start_import(kind=kind_of(code), received=received(content), user=user)

    assert set(batch.rows.values_list("action", flat=True)) == {"SKIP"}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Pokdakan", "POKDAKAN"),
        ("Kelompok pembudi daya ikan", "POKDAKAN"),
        ("kelompok pembudidaya ikan", "POKDAKAN"),
        ("Gapoktan", "GAPOKTAN"),
        ("Gabungan kelompok tani", "GAPOKTAN"),
        ("Kelompok ternak", "TERNAK"),
        ("Kelompok peternak", "TERNAK"),
        ("UPPKA", "UPPKA"),
        ("UPPKS", "UPPKA"),
    ],
)
def test_kind_of_a_group_is_read_by_the_words_of_its_field(typed, kind):
    read = next(column.read for column in kind_of("kelompok").columns if column.name == "kind")

    assert read(typed, {}, None) == kind
    assert kind in CommunityGroup.Kind
