"""Damage from before the guards existed, planted, is found; what is sound is left alone."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from districts.models import DistrictBoundary
from p2emas.documents.kinds import PDF
from p2emas.models import DecreeFile
from tests import factories as make
from tests.p2emas.documents import corpus

pytestmark = pytest.mark.django_db
SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"


def listed() -> tuple[str, str]:
    """What the command says, and how it ends ("" when it found nothing)."""
    out = StringIO()
    try:
        call_command("list_suspects", stdout=out)
    except CommandError as ended:
        return out.getvalue(), str(ended)
    return out.getvalue(), ""


def suspects(text: str, name: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.startswith(f"{name}: ")]
    return [line for line in lines if not line.endswith("tidak ada yang mencurigakan")]


@pytest.fixture
def places():
    return [make.DistrictFactory(name=f"Tempat {n}", lat=Decimal("0.1"), lng=Decimal(111 + n)) for n in range(5)]


def figure(place, thing, year, value):
    return make.ProductionFigureFactory(district=place, commodity=thing, year=year, value=Decimal(value), source="BPS")


def test_nothing_is_said_of_sound_data(places):
    thing = make.CommodityFactory(name="lada")
    for n, place in enumerate(places):
        for year in (2015, 2016, 2017):
            figure(place, thing, year, str(n * n * 40 + year - 2000))
        figure(place, make.CommodityFactory(), 2017, 0)

    text, ended = listed()

    assert ended == "" and text.count("tidak ada yang mencurigakan") == len(text.splitlines()) == 6


def test_figure_of_one_year_a_thousand_times_its_other_years_is_named(places):
    thing = make.CommodityFactory(name="lada")
    for year, value in ((2014, "640.2"), (2015, "650"), (2016, "657565"), (2017, "0.661")):
        figure(places[0], thing, year, value)
    batch = make.ImportFactory(applied=True)
    keys = {"district_id": places[0].pk, "commodity_id": thing.pk, "year": 2016, "measure": "HECTARE"}
    make.ImportRowFactory(batch=batch, action="NEW", after=keys)

    text, ended = listed()
    large, small = suspects(text, "Angka produksi")

    assert large.startswith(
        "Angka produksi: Tempat 0, lada, 2016: 657.565 ha, padahal tahun lain di kecamatan itu sekitar 640,2."
    )
    assert f"berasal dari /impor/{batch.pk}/" in large and "bandingkan dengan “BPS”" in large
    assert "2017: 0,661 ha" in small and "/kelola/districts/productionfigure/" in small
    assert ended.startswith("2 hal patut diperiksa")


def test_figure_without_other_years_is_compared_with_other_kecamatan(places):
    thing = make.CommodityFactory(name="lada")
    for place, value in zip(places, ("30996", "24.889", "19.167", "244.239", "657.565"), strict=True):
        figure(place, thing, 2016, value)

    (found,) = suspects(listed()[0], "Angka produksi")

    assert "Tempat 0" in found and "kecamatan lain pada tahun itu 19,167 sampai 657,565" in found


def test_years_that_cannot_be_are_named(places):
    thing = make.CommodityFactory(name="lada")
    figure(places[0], thing, 2099, 1)
    make.EarlierAidFactory(year=1989, item="Bibit")
    figure(places[0], thing, 2019, 1)

    found = suspects(listed()[0], "Tahun bukti")

    assert [("2099" in each, "1989" in each) for each in found] == [(True, False), (False, True)]


def square(x, y, size):
    return [[[x, y], [x + size, y], [x + size, y + size], [x, y + size]]]


def test_overwritten_and_deleted_boundaries_are_named(places):
    for place in places[:3]:
        DistrictBoundary.objects.create(district=place, rings=square(float(place.lng) - 0.5, -0.4, 1), source="BIG")
    small = square(
        float(places[3].lng) - 0.01, 0.09, 0.02
    )  # a desa of the same name: its centre fits, its size does not
    DistrictBoundary.objects.create(district=places[3], rings=small, source="Desa")
    DistrictBoundary.objects.filter(district=places[0]).update(rings=square(113, -3, 1))

    found = suspects(listed()[0], "Batas wilayah")

    assert [each.partition(" Lihat")[0] for each in found] == [
        "Batas wilayah: Tempat 0: titik tengahnya di luar batasnya.",
        "Batas wilayah: Tempat 3: luasnya lebih dari 20 kali lain dari kecamatan lain.",
        "Batas wilayah: 4 kecamatan punya batas, 1 tidak (Tempat 4): mungkin terhapus.",
    ]


def test_village_with_half_a_point_is_not_judged(places):
    """Latitude and longitude are two fields of the back office: one may be empty."""
    for place in places:
        DistrictBoundary.objects.create(district=place, rings=square(float(place.lng) - 0.5, -0.4, 1), source="BIG")
    make.VillageFactory(district=places[0], lat=Decimal("0.1"), lng=None)

    assert suspects(listed()[0], "Batas wilayah") == []


def test_second_regency_is_named():
    first = make.DistrictFactory(regency=make.RegencyFactory(name="Kabupaten Satu", code="61.98"))
    make.DistrictFactory(regency=make.RegencyFactory(name="Kabupaten Dua", code="61.99"))

    (found,) = suspects(listed()[0], "Daerah")

    assert "Kabupaten Dua (61.99, 1 kecamatan) ada di samping Kabupaten Satu" in found and first.regency_id


def test_stored_file_that_the_gates_refuse_now_is_named():
    decree = make.DecreeFactory()
    for name, content in (("bersih.pdf", corpus.pdf()), ("naskah.pdf", corpus.pdf(catalog=SCRIPT))):
        stored = DecreeFile(decree=decree, original_name=name, content_type=PDF, size=len(content), sha256="0" * 64)
        stored.file.save("berkas", ContentFile(content), save=False)
        stored.save()

    (found,) = suspects(listed()[0], "Berkas yang kini ditolak")

    assert "naskah.pdf" in found and "minta pemiliknya" in found
