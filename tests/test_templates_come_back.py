"""Every file of ours that an import can read is uploaded unchanged: nothing new, nothing changed, nothing wrong."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from p2emas.imports.kinds import kinds
from p2emas.models import Holiday, Import
from tests import facilitator_factories as people
from tests import factories as make
from tests.p2emas.imports.sheets import upload

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
FIGURES = ["30.996", "0.5", "657565", "12.25", "123456789012345.678", None]
NASTY = '=1+1, =2, "-2"; @x'


def figures():
    place = make.DistrictFactory(name="Kelam Permai")
    for number, value in enumerate(FIGURES):
        make.ProductionFigureFactory(
            district=place, commodity=make.CommodityFactory(name=f"hasil {number}"), year=2018,
            value=value and Decimal(value), source=NASTY,
        )  # fmt: skip
    return {"tahun": 2018, "ukuran": "HECTARE"}


def groups():
    make.CommunityGroupFactory(name=NASTY, members_m=1250, members_f=None, active_since=1975)
    return {}


def village_figures():
    for number, value in enumerate(("12.125", "0", "999999999998.125")):
        village = make.VillageFactory(district=make.DistrictFactory(name=f"Kecamatan {number}"))
        make.AreaFigureFactory(village=village, kind="POVERTY", unit="persen", year=2018, value=value, source=NASTY)
    make.VillageFactory(district=village.district)  # without a figure: left out
    return {"tahun": 2018, "jenis": "POVERTY"}


def aid():
    group = make.CommunityGroupFactory()
    for number, amount in enumerate((1_250_000, None, 999_999_999_999_999)):
        make.EarlierAidFactory(
            village=group.village, group=group if number else None, amount=amount, item=f"{NASTY} {number}"
        )
    return {}


def scores():
    record = people.RecruitmentRoundFactory(status="SELECTION")
    for number, score in enumerate(("72.5", "55", None)):
        application = people.ApplicationFactory(round=record, status="PASSED_FILES", number=f"LMR-{number}")
        if score:
            people.TestScoreFactory(application=application, score=Decimal(score), source=NASTY)
    return {}


def agencies():
    make.AgencyFactory(name=NASTY, successor=make.AgencyFactory(), member_until=date(2020, 12, 31))
    make.AgencyFactory(kind="INSPEKTORAT", member_from=None, is_sample=True)
    return {}


def offices():
    """Two of them without an office: their rows are left out until somebody writes a code."""
    make.DistrictFactory(name="Kelam Permai")
    make.DistrictFactory.create_batch(2, office=None)
    return {}


def officials():
    make.OfficialFactory(rank=NASTY, nip="197001012000031001")
    make.OfficialFactory(capacity="PLT", nip="", valid_until=date(2019, 12, 31))
    return {}


def holidays():
    Holiday.objects.create(date=date(2019, 12, 25), name="Hari Raya Natal")
    Holiday.objects.create(date=date(2019, 8, 17), name=NASTY)
    return {}


def codes():
    above = make.NomenclatureEntryFactory(code="2", name=NASTY)
    for code in ("2.01", "2.10"):  # what a spreadsheet takes for a number
        make.NomenclatureEntryFactory(version=above.version, level="BIDANG", code=code, parent_code="2")
    return {"versi": "13/2006"}


def crosswalk():
    old, new = (
        make.NomenclatureEntryFactory(code="2"),
        make.NomenclatureEntryFactory(code="3", version__code="90/2019", version__first_year=2021),
    )
    make.CodeCrosswalkFactory(from_entry=old, to_entry=new, note=NASTY)
    return {}


def payments():
    activity = make.ActivityFactory(code="2.01.03.15.02")
    for number, amount in enumerate((1_250_000, 0, 999_999_999_999_999)):
        make.TreasuryEntryFactory(activity=activity, amount=amount, text=NASTY, sp2d_no=f"00{number}", account="5.20")
    return {"tahun": 2019}


WORLDS = {
    "nomenklatur": codes,
    "padanan-kode": crosswalk,
    "produksi": figures,
    "kelompok": groups,
    "bantuan": aid,
    "angka-desa": village_figures,
    "nilai-tes": scores,
    "perangkat-daerah": agencies,
    "kantor-kecamatan": offices,
    "pejabat": officials,
    "hari-libur": holidays,
    "sp2d": payments,
}
WITHOUT_ROWS = {"pengguna"}  # its template names nobody who is there already


def test_every_kind_is_tried():
    assert set(WORLDS) | WITHOUT_ROWS == set(kinds())


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("code", sorted(WITHOUT_ROWS))
def test_template_without_rows_asks_to_be_filled_in(client_as, code, ending):
    client = client_as("coordinator_head")
    template = client.get(reverse("imports:template-download", args=[code]), {"format": ending})

    back = sent(client, code, template.content, f"isian.{ending}")

    assert (back.status, back.rows) == ("FAILED", [])
    assert "Tidak ada baris yang terisi" in back.problem


def sent(client, code: str, content: bytes, name: str) -> SimpleNamespace:
    answer = client.post(reverse("imports:import-upload", args=[code]), {"berkas": upload(content, name)})
    assert answer.status_code == 302, answer.content.decode()
    batch = Import.objects.latest("pk")
    rows = [(row.action, row.message) for row in batch.rows.order_by("number")]
    return SimpleNamespace(status=batch.status, rows=rows, problem=batch.problem, batch=batch)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("code", WORLDS)
def test_template_of_ours_comes_back_unchanged(client_as, code, ending):
    client = client_as("coordinator")
    chosen = WORLDS[code]()
    template = client.get(reverse("imports:template-download", args=[code]), {**chosen, "format": ending})

    back = sent(client, code, template.content, f"isian.{ending}")

    assert (back.status, back.problem) == ("READY", "")
    assert back.rows and {action for action, _message in back.rows} == {"SKIP"}, back.rows
    assert sum(message == "Sudah sama dengan data tersimpan." for _action, message in back.rows) >= 1
    assert not back.batch.rows.noticed().exists()


def test_rows_to_mend_come_back_with_the_same_errors_and_no_question(client_as):
    client = client_as("coordinator")
    figures()
    headings = "Kecamatan;Komoditas;Tahun;Ukuran;Nilai;Sumber;Data contoh"
    rows = ["Kelam Permai;hasil 1;2018;Luas (ha);12,75;BPS;", "Entah;hasil 2;2018;Luas (ha);30,996;BPS;"]
    first = sent(client, "produksi", "\r\n".join([headings, *rows]).encode(), "isian.csv")
    correction = client.get(reverse("imports:problem-download", args=[first.batch.pk]))

    back = sent(client, "produksi", correction.content, "isian.xlsx")

    errors = [message for action, message in first.rows if action == "ERROR"]
    assert len(errors) == 1 and [message for _action, message in back.rows] == errors
