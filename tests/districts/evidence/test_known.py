"""What the page says is known: grades, gaps that are recorded and gaps that are not, sample marks, scope."""

import pytest

from districts.evidence.figures import ProductionFigure
from districts.evidence.known import evidence_grade
from tests.factories import (
    CommodityFactory,
    CommunityGroupFactory,
    DistrictFactory,
    EarlierAidFactory,
    ProductionFigureFactory,
    VillageFactory,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("years", "complete", "grade"), [
    (0, 5, ""), (1, 5, "C"), (2, 5, "B"), (3, 2, "B"), (3, 3, "A"), (7, 0, "B"), (4, 3, "A"),
])  # fmt: skip
def test_grade_needs_three_years_and_every_kecamatan(years, complete, grade):
    assert evidence_grade(years, complete) == grade


@pytest.fixture
def two(db):
    kelam, sepauk = DistrictFactory(name="Kelam Permai"), DistrictFactory(name="Sepauk")
    lada, cabai = CommodityFactory(name="lada"), CommodityFactory(name="cabai")
    for year in (2014, 2015, 2016):
        for district in (kelam, sepauk):
            ProductionFigureFactory(district=district, commodity=lada, year=year, value=year - 2000)
    ProductionFigureFactory(district=kelam, commodity=cabai, year=2016, value=0, is_sample=True, source="Rekaan")
    ProductionFigureFactory(district=kelam, commodity=cabai, year=2015, value=None)
    return kelam, sepauk


def cells(page) -> dict[tuple[str, str], tuple[str, int]]:
    return {(r.district.name, r.commodity.name): (r.grade, r.known) for r in page.context["known"].rows}


def test_page_grades_every_kecamatan_and_commodity(two, client_as):
    page = client_as("coordinator").get("/bukti/")

    assert cells(page) == {
        ("Kelam Permai", "lada"): ("A", 3),
        ("Sepauk", "lada"): ("A", 3),
        ("Kelam Permai", "cabai"): ("C", 1),
        ("Sepauk", "cabai"): ("", 0),
    }
    text = page.content.decode()
    assert "7 dari 12 angka diketahui" in text
    assert "memuat <b>DATA CONTOH</b>" in text and "* memuat DATA CONTOH." in text


def test_a_zero_a_recorded_gap_and_a_gap_look_different(two, client_as):
    text = tight(client_as("leader").get("/bukti/?komoditas=cabai").text)

    assert text.count("belum diisi") == 4  # Kelam Permai 2014 and all three of Sepauk
    assert ">belum ada data</span></td>" in text
    assert '<td class="num">0</td>' in text


def test_csv_holds_what_the_screen_holds_and_marks_samples(two, client_as):
    answer = client_as("auditor").get(f"/bukti/?kecamatan={two[0].code}&format=csv")

    lines = answer.content.decode().removeprefix("\ufeff").splitlines()
    assert lines[0] == "Kode kecamatan;Kecamatan;Komoditas;Tahun;Ukuran;Satuan;Nilai;Mutu bukti;Sumber;Keterangan"
    assert len(lines) == 1 + 6 and not any("Sepauk" in line for line in lines)
    code = two[0].code
    assert f"{code};Kelam Permai;cabai;2016;Luas (ha);ha;0;C;Rekaan;DATA CONTOH" in lines
    assert f"{code};Kelam Permai;cabai;2014;Luas (ha);ha;;C;;belum ada data" in lines


def test_small_figure_reads_the_same_on_the_page_and_in_the_csv(two, client_as):
    ProductionFigure.objects.filter(district=two[0], value=0).update(value="0.004")
    client = client_as("auditor")
    address = f"/bukti/?kecamatan={two[0].code}"

    assert ">0,004" in client.get(address).content.decode().replace(" ", "").replace("\n", "")
    assert ";0,004;" in client.get(f"{address}&format=csv").content.decode()


def test_sample_row_without_a_value_says_both_in_the_csv(two, client_as):
    figure = ProductionFigure.objects.filter(district=two[0], value=0).first()
    figure.value = None
    figure.save()

    lines = client_as("auditor").get(f"/bukti/?kecamatan={two[0].code}&format=csv").content.decode()

    assert "Kelam Permai;cabai;2016;Luas (ha);ha;;;Rekaan;belum ada data; DATA CONTOH" in lines.replace('"', "")


def test_kecamatan_staff_see_their_own_with_the_same_grade(two, client_as):
    clerk = client_as("district_admin", at=two[0].office)

    page = clerk.get("/bukti/")

    assert cells(page) == {("Kelam Permai", "lada"): ("A", 3), ("Kelam Permai", "cabai"): ("C", 1)}
    assert "Sepauk" not in page.content.decode()
    assert cells(clerk.get(f"/bukti/?kecamatan={two[1].code}")) == cells(page)  # no choice of theirs


def test_groups_and_aid_are_counted_and_an_unknown_value_is_no_zero(two, client_as):
    village = VillageFactory(district=two[0])
    CommunityGroupFactory(village=village, commodity=CommodityFactory())
    EarlierAidFactory(village=village, amount=1_000_000)
    EarlierAidFactory(village=village, amount=None)

    ground = {each.district.name: each for each in client_as("coordinator").get("/bukti/").context["ground"]}

    kelam, sepauk = ground["Kelam Permai"], ground["Sepauk"]
    assert (kelam.groups, kelam.aid, kelam.amount, kelam.unknown) == (1, 2, 1_000_000, 1)
    assert (sepauk.groups, sepauk.aid, sepauk.amount) == (0, 0, None)


@pytest.mark.parametrize(
    "query", ["", "?ukuran=produksi", "?ukuran=x&kecamatan=99&komoditas=%00", "?ukuran=&format=csv"]
)
def test_empty_and_odd_filters_are_answered(client_as, query):
    assert client_as("coordinator").get(f"/bukti/{query}").status_code == 200


@pytest.mark.parametrize("more", [1, 3])
def test_page_asks_the_same_number_of_queries(client_as, django_assert_num_queries, more):
    for _ in range(more):
        ProductionFigureFactory()
    client = client_as("coordinator")
    client.get("/bukti/")

    with django_assert_num_queries(
        13
    ):  # session, user, assignments; figures, coverage, places, things, filters, ground
        client.get("/bukti/")
