"""One success carried from its evidence to a second village by decree, through the pages and without JavaScript.

A village is weighed and found ready, a round passes its success on, three villages are proposed: one fits, of one the
distance is not known, one has another competency and is refused. The decree opens the child, which remembers its parent.
"""

from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest
from django.urls import reverse

from districts.models import Candidate, SelectionRound, TargetLocation
from p2emas import clock
from p2emas.models import Decree
from programs.evaluation.models import Evaluation
from tests.decree_texts import SIGNER
from tests.factories import (
    CommodityFactory,
    CommunityGroupFactory,
    CoreCompetencyFactory,
    DistrictFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    MinutesFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    VillageFactory,
)
from tests.markup import words
from tests.person import Person
from tests.programs.evaluation.test_ledgers import measure, work

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
FRAME = {"year": "2020", "quota": "1", "opens": "10 Oktober 2019", "closes": "20 Oktober 2019"}


def url(name, *args):
    return reverse(f"locations:{name}", args=args)


@pytest.fixture
def places(db):
    weaving, cocoa = CommodityFactory(name="tenun ikat"), CommodityFactory(name="kakao")

    def village(name, commodity, lat=None, lng=None):
        district = DistrictFactory(name=f"Kecamatan {name}", lat=lat, lng=lng)
        CoreCompetencyFactory(district=district, commodity=commodity)
        return VillageFactory(name=name, district=district)

    source = village("Ensaid", weaving, "0.10", "111.70")
    location = TargetLocationFactory(
        village=source,
        core_competency=source.district.competencies.get(),
        status="RUNNING",
        valid_from=date(2018, 1, 2),
    )
    near, far = village("Kebong", weaving, "0.10", "111.97"), village("Merpak", weaving)
    near_group = CommunityGroupFactory(village=near, commodity=weaving, name="Penenun Kebong", kind="KUB")
    CommunityGroupFactory(village=near, commodity=cocoa, name="BUM Desa Kebong", kind="BUMDES")
    far_group = CommunityGroupFactory(village=far, commodity=weaving, name="Penenun Merpak", kind="KUB")
    return SimpleNamespace(
        weaving=weaving, location=location, near=near, far=far, other=village("Nanga", cocoa, "0.2", "111.9"),
        groups={near: near_group, far: far_group},
    )  # fmt: skip


def weigh(office, head, location) -> None:
    """From report lines to a verdict."""
    line = work(location, amount=1000, spent=470, physical=55, target=(50, 40), volume="8", unit="orang")
    measure(line, location.village, {3: 34}, baseline=29, name="Anggota", unit="orang", counts_people=True)
    office.open(reverse("evaluation:replication-overview")).send(
        to=reverse("evaluation:evaluation-create", args=[location.pk])
    )
    assert "34 dari 29" in office.sees
    office.follow("Ajukan").send(having="seen")
    proposed = Evaluation.objects.get()
    head.open(proposed.get_absolute_url()).follow("Putuskan")
    head.send(having="verdict", verdict="READY", reason="Hasil bertahan dua musim.", sources="Rapat Oktober 2019",
              despite="Bantuan dan penjualan belum dicatat.")  # fmt: skip
    location.refresh_from_db()
    assert location.status == "READY"


def describe(office, public, location) -> None:
    """The model package: words that are typed, costs that are not."""
    office.open(Evaluation.objects.get().get_absolute_url())
    office.send(to=reverse("evaluation:package-create", args=[location.pk])).follow("Ubah isi")
    words = {"roles": "DPMPD: kelompok", "conditions": "10 penenun", "risks": "Benang terlambat"}
    office.send(having="risks", steps="Bulan 1: kenali penenun", **words).follow("Terbitkan").send(having="seen")
    page = public.get(reverse("evaluation:replication-overview")).text
    (package,) = location.packages.all()
    assert f'href="{package.get_absolute_url()}"' in page
    (line,) = public.get(package.get_absolute_url()).context["lines"]
    assert (line.amount, line.spent, line.unit_cost) == (1000, 470, 58.75)


def frame(office, location) -> SelectionRound:
    office.open(reverse("evaluation:replication-overview")).follow("Buka seleksi penularan")
    assert "Tenun ikat dari Ensaid" in office.sees
    office.send(having="quota", **FRAME)
    selection = SelectionRound.objects.get()
    assert (selection.kind, selection.source, selection.name) == (
        "PENULARAN", location, "Penularan tenun ikat dari Ensaid",
    )  # fmt: skip
    assert list(selection.criteria.values_list("name", "weight")) == [
        ("Potensi", 40), ("Kompetensi", 25), ("Jarak", 15), ("Kemampuan", 20),
    ]  # fmt: skip
    office.open(selection.get_absolute_url()).follow("Buka penjaringan").send(having="seen")
    return selection


def propose(office, selection, village, group=None, members="15") -> Candidate:
    office.open(url("candidate-create", selection.pk) + f"?kecamatan={village.district.code}")
    commodity = selection.source.core_competency.commodity
    typed = {"village": village.pk, "commodity": commodity.pk, "members": members, "active_since": "2012"}
    typed |= {"group": group.pk if group else "", "existing_activity": "Menenun di rumah betang."}
    office.send(having="existing_activity", **typed)
    return selection.candidates.get(village=village)


def check_gate(office, selection, refused) -> None:
    office.open(url("gate-check", selection.pk))
    steps = {f"c{row.pk}-step": "pass_gate" for row in selection.candidates.all()}
    office.send(having=f"c{refused.pk}-step", **steps)
    assert "adalah kakao, jadi tenun ikat dari Ensaid tidak ditularkan ke sana" in office.sees
    assert not selection.candidates.exclude(status="PROPOSED").exists()
    steps |= {f"c{refused.pk}-step": "fail_gate", f"c{refused.pk}-note": "Kompetensi lain berlaku."}
    office.send(having=f"c{refused.pk}-step", **steps)


def choose(office, head, selection, near, jobs) -> None:
    office.open(selection.get_absolute_url()).follow("Mulai survei").send(having="seen")
    for candidate in selection.candidates.filter(status="ELIGIBLE"):
        visit = {"visited_on": "8-10-2019", "letter_no": "094/1", "surveyors": "Tim", "findings": "Menenun tiap hari."}
        office.open(url("visit-create", selection.pk, candidate.pk)).send(having="letter_no", **visit)
    office.open(url("value-table", selection.pk)).send(having="kolom-version")  # what is known is there already
    values = near.values.order_by("criterion").values_list("value", flat=True)
    assert [round(float(value), 1) for value in values] == [75, 100, 50, 100]
    office.open(selection.get_absolute_url()).follow("Mulai penilaian").send(having="seen")
    with jobs():
        office.open(url("round-ranking", selection.pk)).send(to=url("run-start", selection.pk))
    office.open(url("round-choices", selection.pk))
    far = selection.candidates.get(village__name="Merpak")
    marks = {f"calon-{far.pk}-choice": "NOT_CHOSEN", f"calon-{far.pk}-reason": "Jaraknya belum diketahui."}
    office.send(having="discussion", discussion="Dibahas bersama.", minutes=MinutesFactory().pk, **marks)
    office.open(url("round-submit", selection.pk)).send(having="digest")
    head.open(url("round-decide", selection.pk)).send(having="seen")
    near.refresh_from_db()
    assert near.status == "CHOSEN"


def decree(office, head, near) -> TargetLocation:
    office.open(reverse("profiles:decree-ready")).send(having="candidate", candidate=near.pk)
    draft = Decree.objects.get(status="DRAFT")
    fields = {"number": "050/12/2020", "dated": date(2020, 1, 10), "valid_from": date(2020, 1, 10), **SIGNER}
    Decree.objects.filter(pk=draft.pk).update(**fields)
    with clock.at(date(2020, 1, 12)):
        head.open(reverse("profiles:decree-step", args=[draft.pk, "enact"])).send(having="seen")
    return TargetLocation.objects.get(village=near.village)


def test_a_success_is_carried_to_a_second_village(places, client_as, django_capture_on_commit_callbacks):
    office, head = Person(client_as("coordinator")), Person(client_as("coordinator_head"))
    weigh(office, head, places.location)
    describe(office, client_as("anonymous"), places.location)
    selection = frame(office, places.location)
    with clock.at(date(2019, 10, 12)):
        near = propose(office, selection, places.near, places.groups[places.near])
        propose(office, selection, places.far, places.groups[places.far], members="8")
        refused = propose(office, selection, places.other)
    check_gate(office, selection, refused)

    office.open(selection.get_absolute_url())
    # 15 of 20 members, 30 of 60 km, group and village enterprise: 30 + 25 + 7,5 + 20
    assert (
        "Potensi 30 dari 40: 15 anggota" in office.sees and "Jarak 7 dari 15: 30 km antarpusat kecamatan" in office.sees
    )
    assert "Jarak tanpa nilai: belum ada data titik pusat kecamatan" in office.sees
    assert [word for word in ("Cocok", "Data kurang", "Ditolak: kakao") if word not in office.sees] == []

    choose(office, head, selection, near, partial(django_capture_on_commit_callbacks, execute=True))
    child = decree(office, head, near)
    assert (child.replicated_from, child.candidate) == (places.location, near)
    compare(client_as("anonymous"), child)


def told(village, year, values, *, name, unit="lembar", formula="end_value"):
    """A measure of welfare of ``village``: ``values`` by quarter, of approved reports."""
    made = IndicatorFactory(ledger="WELFARE", name=name, unit=unit, formula=formula)
    IndicatorTargetFactory(indicator=made, village=village, year=year, baseline=3, target=900)
    for quarter, value in values.items():
        report = ProgressReportFactory(approved=True, period=ReportingPeriodFactory(year=year, number=quarter))
        IndicatorValueFactory(report=report, indicator=made, village=village, value=value)


def compare(public, child) -> None:
    """Parent of 2018 against child of 2020, each in its first year, up to the quarter that the child has told of."""
    parent = child.replicated_from.village
    told(parent, 2018, {1: 17, 2: 41, 3: 77}, name="Kain terjual", formula="increasing")
    told(child.village, 2020, {1: 19, 2: 33}, name="Kain terjual", formula="increasing")
    told(parent, 2018, {2: 44}, name="Harga kain")
    told(parent, 2019, {2: 99}, name="Harga kain")
    told(child.village, 2020, {2: None}, name="Harga kain")
    told(parent, 2018, {1: 12, 3: 60}, name="Penenun aktif", formula="decreasing")
    told(child.village, 2020, {2: 31}, name="Penenun aktif", formula="decreasing")

    with clock.at(date(2020, 10, 8)):
        address = reverse("evaluation:result-village", args=[child.village.slug])
        page = public.get(address, {"tahun": 2020})
        (age,) = page.context["ages"]
        overview = words(public.get(reverse("evaluation:replication-overview")).text)

    found = {pair.child.name: (pair.before, pair.child.value, pair.difference, pair.sign[1]) for pair in age.pairs}
    assert (age.age, age.parent_year, age.year) == (0, 2018, 2020)
    assert found == {
        "Harga kain": (44, None, None, "Belum diketahui"),
        "Kain terjual": (58, 52, -6, "Lebih rendah"),
        "Penenun aktif": (12, 31, None, "Triwulan berbeda"),
    }
    shown = words(page.text)
    assert "laporan TW II 2018" in shown and "laporan TW II 2020" in shown
    assert f"{child.village} , {child.village.district}, sejak 10 Januari 2020 dengan" in overview
