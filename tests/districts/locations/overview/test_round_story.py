"""From a new round to complete values, through the pages alone."""

from datetime import date

import pytest
from django.urls import reverse

from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.ranking.computing import inputs_of, standing_of
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from tests.factories import CommodityFactory, CommunityGroupFactory, CoreCompetencyFactory, VillageFactory

pytestmark = pytest.mark.django_db

FRAME = {
    "name": "Lokasi sasaran 2018",
    "year": "2018",
    "quota": "2",
    "opens": "18 Mei 2017",
    "closes": "2 Juni 2017",
    "gate": "Usaha sudah berjalan, tidak dari nol.",
    "seed": "2017",
    "sources": "Surat Bupati Mei 2017",
}
CRITERIA = [("Anggota kelompok", "orang", "1", "50", "0", "40"), ("Jarak ke pasar", "km", "-1", "30", "0", "60"),
            ("Lahan", "ha", "1", "20", "0", "5")]  # fmt: skip


def url(name, *args):
    return reverse(f"locations:{name}", args=args)


def rows(criteria, stored=()):
    data = {"kriteria-TOTAL_FORMS": str(len(criteria)), "kriteria-INITIAL_FORMS": str(len(stored))}
    for place, row in enumerate(criteria):
        names = ("name", "unit", "direction", "weight", "low", "high")
        data |= {f"kriteria-{place}-{name}": value for name, value in zip(names, row, strict=True)}
        data[f"kriteria-{place}-source"] = "Survei tim"
    return data


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def villages(db):
    chili = CommodityFactory(name="cabai")
    made = []
    for name in ("Baning Panjang", "Ensaid Panjang", "Gemba Raya"):
        village = VillageFactory(name=name)
        CoreCompetencyFactory(district=village.district, commodity=chili)
        CommunityGroupFactory(village=village, commodity=chili, name=f"Kelompok {name}")
        made.append(village)
    return chili, made


def take(client, selection, step):
    selection.refresh_from_db()
    answer = client.post(url("round-step", selection.pk, step), {"seen": selection.status, "note": "Sudah siap"})
    assert answer.status_code == 302, answer.content.decode()
    selection.refresh_from_db()


def test_round_goes_from_its_frame_to_complete_values(coordinator, client_as, villages):
    chili, places = villages
    with clock.at(date(2017, 5, 10)):
        selection = frame(coordinator)
        weigh(coordinator, selection)
        take(coordinator, selection, "open")
    with clock.at(date(2017, 5, 20)):
        for village in places:
            propose(client_as("district_admin", at=village.district.office), selection, village, chili)
        check_gate(coordinator, selection, fails="Gemba Raya")
        take(coordinator, selection, "start_survey")
    with clock.at(date(2017, 6, 14)):
        visit(coordinator, selection)
        fill_values(coordinator, selection)
        take(coordinator, selection, "start_scoring")
    standing = standing_of(inputs_of(selection))
    assert [line.village for line in standing.ranked] == ["Ensaid Panjang", "Baning Panjang"]
    assert standing.incomplete == []


def frame(client) -> SelectionRound:
    made = client.post(url("round-create"), FRAME)
    selection = SelectionRound.objects.get()
    assert made.url == url("round-criteria", selection.pk)
    data = rows(CRITERIA) | {"version": str(selection.version), "tie_break": "kriteria-0"}
    assert client.post(url("round-criteria", selection.pk), data).status_code == 302
    selection.refresh_from_db()
    assert selection.tie_break.name == "Anggota kelompok"
    return selection


def weigh(client, selection) -> None:
    first, second, third = selection.criteria.all()
    data = {f"p-{first.pk}-{second.pk}": "2", f"p-{first.pk}-{third.pk}": "4", f"p-{second.pk}-{third.pk}": "2"}
    assert client.post(url("round-weights", selection.pk), data).status_code == 302
    page = client.get(url("round-weights", selection.pk))
    comparison = page.context["comparison"]
    assert comparison.result.accepted
    used = {"version": selection.version, "seen": comparison.fingerprint}
    assert client.post(url("weights-use", selection.pk), used).status_code == 302
    weights = list(selection.criteria.values_list("weight", flat=True))
    assert [round(float(weight), 3) for weight in weights] == [57.143, 28.571, 14.286]


def propose(client, selection, village, commodity) -> None:
    evidence = {
        "village": village.pk,
        "commodity": commodity.pk,
        "group": village.groups.get().pk,
        "existing_activity": "Menanam di lahan 1,1 ha.",
        "members": "24",
        "active_since": "2012",
        "output": "3 ton setahun",
        "price": "25.000",
        "source": "Kunjungan petugas",
    }
    answer = client.post(url("candidate-create", selection.pk), evidence)
    assert answer.status_code == 302, answer.content.decode()


def check_gate(client, selection, fails) -> None:
    data = {}
    for candidate in selection.candidates.select_related("village"):
        failed = candidate.village.name == fails
        data[f"c{candidate.pk}-step"] = "fail_gate" if failed else "pass_gate"
        data[f"c{candidate.pk}-note"] = "Kegiatan belum berjalan" if failed else ""
    assert client.post(url("gate-check", selection.pk), data).status_code == 302
    states = dict(selection.candidates.values_list("village__name", "status"))
    assert states == {"Baning Panjang": "ELIGIBLE", "Ensaid Panjang": "ELIGIBLE", "Gemba Raya": "INELIGIBLE"}


def visit(client, selection) -> None:
    for candidate in selection.candidates.ranked():
        found = {
            "visited_on": "13 Juni 2017",
            "letter_no": "094/12/BAPPEDA",
            "surveyors": "Kepala Subbidang dan staf",
            "findings": "Kelompok bekerja rutin.",
        }
        answer = client.post(url("visit-create", selection.pk, candidate.pk), found)
        assert answer.status_code == 302
        candidate.refresh_from_db()
        assert candidate.status == Candidate.Status.SURVEYED


def fill_values(client, selection) -> None:
    selection.refresh_from_db()
    values = {"Baning Panjang": ("24", "20", "1,1"), "Ensaid Panjang": ("36", "15", "0,5")}
    data = {"kolom-version": str(selection.version)}
    criteria = list(selection.criteria.all())
    for criterion in criteria:
        data[f"kolom-s{criterion.pk}"] = "Survei Juni 2017"
    for candidate in selection.candidates.ranked().for_table():
        for criterion, value in zip(criteria, values[candidate.village.name], strict=True):
            data[f"c{candidate.pk}-v{criterion.pk}"] = value
    assert client.post(url("value-table", selection.pk), data).status_code == 302
    assert CandidateValue.objects.filter(source="Survei Juni 2017").count() == 6
