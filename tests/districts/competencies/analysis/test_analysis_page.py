"""The page of the analysis: who reads it, what its address contains, what it says when it cannot."""

import csv
import io

import pytest
from django.urls import reverse

from districts.evidence.figures import ProductionFigure
from tests.factories import CommodityFactory, DistrictFactory, ProductionFigureFactory
from tests.markup import tight

pytestmark = pytest.mark.django_db
URL = "/keputusan/kompetensi/hitungan/"


def asked(district, **changes):
    query = {"kecamatan": district.code, "ukuran": "HECTARE", "sejak": "2014", "sampai": "2016"} | changes
    return URL + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def test_coordinator_reads_what_stands_out_and_every_sum(client_as, evidence):
    text = client_as("coordinator").get(asked(evidence.district, hitungan=evidence.lada.pk)).content.decode()

    assert "Lada paling menonjol: unggul dan berdaya saing" in text
    assert "(60 ÷ 150) ÷ (150 ÷ 600) = 0,4 ÷ 0,25" in text
    assert "60 − 20 × 150 ÷ 100" in text


def test_nothing_stands_out_where_every_kecamatan_is_alike(client_as, evidence):
    """All LQ are 1 and C is 0: the highest class is "bukan prioritas", which is not "paling menonjol"."""
    ProductionFigure.objects.update(value=50)

    text = client_as("coordinator").get(asked(evidence.district)).content.decode()

    assert "Tidak ada komoditas yang menonjol; urutan teratas karet dan lada, LQ 1" in text
    assert "paling menonjol" not in text


def test_kecamatan_staff_reads_the_own_kecamatan_only(client_as, evidence):
    client = client_as("district_admin", at=evidence.district.office)

    own = client.get(asked(evidence.district)).content.decode()
    foreign = client.get(asked(evidence.districts[1])).content.decode()

    assert "Lada paling menonjol" in own
    assert "<title>Galat: " in foreign
    assert "Tempunak" not in foreign
    assert "Tempunak" not in own


def test_bare_address_shows_the_newest_three_years(client_as, evidence):
    ProductionFigureFactory(district=evidence.district, commodity=evidence.lada, year=2012, value=5)

    text = client_as("auditor").get(URL).content.decode()

    assert "2014 s.d. 2016" in text


def test_figures_of_samples_are_marked_and_go_into_the_csv(client_as, evidence):
    figure = ProductionFigure.objects.get(district=evidence.district, commodity=evidence.lada, year=2015)
    figure.is_sample = True
    figure.save()
    client = client_as("coordinator")

    assert "<b>DATA CONTOH</b>" in client.get(asked(evidence.district)).content.decode()
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(asked(evidence.district, format="csv")).content.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert [(row["Komoditas"], row["Data contoh"]) for row in rows] == [("lada", "ya"), ("karet", "tidak")]
    assert (rows[0]["C"], rows[0]["Kelas gabungan"]) == ("30", "Unggul dan berdaya saing")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sampai": "2013"}, "Tahun terakhir tidak boleh sebelum tahun pertama."),
        ({"sejak": "1990"}, "Pilih paling banyak 15 tahun."),
        ({"sejak": "dua ribu"}, "Isi angka bulat"),
        ({"ukuran": "KILO"}, "Pilih salah satu dari daftar"),
        ({"ukuran": "TON&ukuran=HECTARE"}, "Pilih satu ukuran: dua satuan tidak dapat dihitung bersama."),
        ({"kecamatan": "99.99.99"}, "Pilih salah satu dari daftar"),
    ],
)
def test_wrong_address_is_a_sentence(client_as, evidence, changes, sentence):
    response = client_as("coordinator").get(asked(evidence.district, **changes))

    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_working_of_nothing_known_is_left_out(client_as, evidence):
    text = client_as("coordinator").get(asked(evidence.district, hitungan="999999")).content.decode()

    assert "Lada paling menonjol" in text
    assert "Tutup hitungan" not in text


def test_single_kecamatan_is_refused_with_its_name(client_as, evidence):
    for figure in ProductionFigure.objects.exclude(district=evidence.district):
        figure.delete()

    text = client_as("coordinator").get(asked(evidence.district)).content.decode()

    assert "Hanya kecamatan Sepauk yang punya angka" in text
    assert "Buka penetapan</a>" not in tight(text)


def test_years_without_figures_say_so(client_as, evidence):
    text = client_as("coordinator").get(asked(evidence.district, sejak=2010, sampai=2012)).content.decode()

    assert "Belum ada angka produksi untuk pilihan ini." in text


def test_undefined_figure_says_why(client_as, evidence):
    ProductionFigure.objects.get(district=evidence.district, commodity=evidence.karet, year=2016).delete()
    for year in (2014, 2015):
        figure = ProductionFigure.objects.get(district=evidence.district, commodity=evidence.lada, year=year)
        figure.value = 0
        figure.save()

    text = client_as("coordinator").get(asked(evidence.district)).content.decode()

    assert "DLQ: baru: tahun awalnya 0" in text
    assert "2016: belum ada data karet di kecamatan ini, jadi jumlah kecamatan adalah batas bawah" in text


@pytest.mark.parametrize("more", [1, 3])
def test_queries_do_not_grow(client_as, evidence, django_assert_num_queries, more):
    for _ in range(more):
        place, goods = DistrictFactory(), CommodityFactory()
        ProductionFigureFactory(district=place, commodity=goods, year=2015)
    client = client_as("coordinator")

    with django_assert_num_queries(12):  # one of them for the measures to choose from
        client.get(asked(evidence.district))


def test_link_opens_a_determination_with_the_same_choice(client_as, evidence):
    client = client_as("coordinator")
    text = client.get(asked(evidence.district)).content.decode()

    address = f"{reverse('competencies:panel-open')}?kecamatan={evidence.district.code}&amp;ukuran=HECTARE"
    assert address in text
    form = client.get(address.replace("&amp;", "&") + "&sejak=2014&sampai=2016").content.decode()
    assert f'<option value="{evidence.district.pk}" selected' in form
