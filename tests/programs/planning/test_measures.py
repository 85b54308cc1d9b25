"""The focus measure and the spread, against sums done by hand."""

from datetime import date
from fractions import Fraction

import pytest

from p2emas.models import Decree
from programs.models import PlanLine
from programs.planning.measures import (
    Focus,
    focus_by_agency,
    focus_of_agency,
    focus_of_plan,
    focus_of_program,
    focus_of_year,
    with_focus,
)
from programs.planning.spread import exceptions, spread_of_year, spread_of_years
from tests.factories import (
    AgencyFactory,
    CommodityFactory,
    DecreeFactory,
    DistrictFactory,
    PlanLineFactory,
    ProgramFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db

ON = date(2019, 10, 8)
JUTA = 1_000_000


class World:
    """A kecamatan on hortikultura with one target location; chilli descends from hortikultura, cattle does not."""

    def __init__(self):
        self.horti = CommodityFactory(name="hortikultura")
        self.chilli = CommodityFactory(name="cabai", parent=self.horti)
        self.big_chilli = CommodityFactory(name="cabai besar", parent=self.chilli)
        self.cattle = CommodityFactory(name="sapi")
        self.district = DistrictFactory()
        self.location = TargetLocationFactory(village__district=self.district, core_competency__commodity=self.horti)
        self.neighbour = VillageFactory(district=self.district)
        self.elsewhere = VillageFactory()  # a kecamatan without a competency

    def fill(self, plan):
        """100 in place and on it; 50 in place only; 30 on it only; 20 neither; 40 for the regency; 7 village money."""
        outside = {"exception_reason": "Bantuan bencana"}
        for fields in (
            {"target_location": self.location, "commodity": self.big_chilli, "amount": 100 * JUTA},
            {"target_location": self.location, "commodity": self.cattle, "amount": 50 * JUTA},
            {"other_village": self.neighbour, "commodity": self.horti, "amount": 30 * JUTA} | outside,
            {"other_village": self.elsewhere, "commodity": self.horti, "amount": 20 * JUTA} | outside,
            {"commodity": self.horti, "amount": 40 * JUTA},
            {"target_location": self.location, "commodity": self.chilli, "amount": 7 * JUTA, "fund": "DD"},
        ):
            PlanLineFactory(plan=plan, **fields)
        return plan


@pytest.fixture
def world():
    return World()


FILLED = Focus(240 * JUTA, 150 * JUTA, 130 * JUTA, 100 * JUTA, 7 * JUTA)


def test_focus_of_plan_by_hand(world):
    plan = world.fill(WorkPlanFactory())
    PlanLineFactory(amount=999 * JUTA)  # another agency's

    focus = focus_of_plan(plan, on=ON)

    assert focus == FILLED
    assert (focus.share, focus.place_share, focus.competency_share) == (
        Fraction(100, 240),
        Fraction(150, 240),
        Fraction(130, 240),
    )


def test_focus_of_empty_plan_has_no_share():
    focus = focus_of_plan(WorkPlanFactory())

    assert focus == Focus()
    assert (focus.share, focus.place_share, focus.competency_share) == (None, None, None)


def test_focus_of_village_money_alone_has_no_share(world):
    line = PlanLineFactory(target_location=world.location, commodity=world.horti, fund="ADD", amount=5 * JUTA)

    focus = focus_of_plan(line.plan, on=ON)

    assert focus == Focus(village_money=5 * JUTA)
    assert focus.share is None


def test_focus_leaves_drafts_out_except_of_the_draft_itself(world):
    draft = world.fill(WorkPlanFactory())

    assert focus_by_agency(2019, on=ON) == {}
    assert focus_of_year(2019, on=ON) == Focus()
    assert focus_of_plan(draft, on=ON) == FILLED


def test_focus_follows_the_version_in_force(world):
    induk = world.fill(WorkPlanFactory(agreed=True))
    change = WorkPlanFactory(
        agency=induk.agency,
        kind="PERUBAHAN",
        sequence=2,
        supersedes=induk,
        agreed=True,
        effective_on=date(2019, 9, 20),
    )
    PlanLineFactory(plan=change, target_location=world.location, commodity=world.chilli, amount=60 * JUTA)

    before = focus_of_agency(induk.agency, 2019, on=date(2019, 9, 19))
    after = focus_of_agency(induk.agency, 2019, on=date(2019, 9, 20))

    assert before == FILLED
    assert after == Focus(60 * JUTA, 60 * JUTA, 60 * JUTA, 60 * JUTA, 0)


def test_focus_by_agency_adds_up_to_the_year_and_the_program(world):
    first = world.fill(WorkPlanFactory(agreed=True))
    second = WorkPlanFactory(agreed=True)
    PlanLineFactory(plan=second, amount=60 * JUTA)
    world.fill(WorkPlanFactory(agreed=True, year=2018))

    by_agency = focus_by_agency(2019, on=ON)

    assert by_agency == {first.agency_id: FILLED, second.agency_id: Focus(total=60 * JUTA)}
    assert FILLED + Focus(total=60 * JUTA) == focus_of_year(2019, on=ON)
    assert focus_of_program(ProgramFactory(), 2019, on=ON) == focus_of_year(2019, on=ON)
    assert focus_of_program(ProgramFactory(name="Program lain"), 2019, on=ON) == Focus()
    assert focus_of_agency(AgencyFactory(), 2019, on=ON) == Focus()


def test_focus_costs_the_same_queries_for_any_number_of_lines(world, django_assert_num_queries):
    for _ in range(3):
        world.fill(WorkPlanFactory(agreed=True))

    with django_assert_num_queries(4):  # versions, commodities, competencies in force, the sums
        focus_by_agency(2019, on=ON)


def closed(location, until):
    location.valid_until, location.closed_by = until, DecreeFactory(kind=Decree.Kind.SK)
    location.save()


def test_focus_asks_what_is_in_force_on_the_day(world):
    plan = world.fill(WorkPlanFactory(agreed=True))
    closed(world.location, date(2019, 6, 30))

    assert focus_of_plan(plan, on=date(2019, 6, 30)) == FILLED
    assert focus_of_plan(plan, on=date(2019, 7, 1)) == Focus(240 * JUTA, 0, 130 * JUTA, 0, 7 * JUTA)
    assert focus_of_plan(plan, on=date(2017, 7, 26)) == Focus(240 * JUTA, 0, 0, 0, 7 * JUTA)


def test_focus_keeps_the_place_when_another_decree_opens_the_village_again(world):
    plan = world.fill(WorkPlanFactory(agreed=True))
    closed(world.location, date(2019, 6, 30))
    TargetLocationFactory(
        village=world.location.village,
        core_competency=world.location.core_competency,
        valid_from=date(2019, 7, 1),
    )

    assert focus_of_plan(plan, on=date(2019, 7, 1)) == FILLED


def test_with_focus_marks_each_line(world):
    plan = world.fill(WorkPlanFactory())

    marks = with_focus(PlanLine.objects.filter(plan=plan), ON).order_by("pk").values_list("in_place", "on_competency")

    assert list(marks) == [(True, True), (True, False), (False, True), (False, False), (False, False), (True, True)]


# --- Spread ------------------------------------------------------------------------------------------------------


def test_spread_by_hand(world):
    world.fill(WorkPlanFactory(agreed=True))
    VillageFactory.create_batch(3)
    VillageFactory(active=False)

    found = spread_of_year(2019, on=ON)

    # shares 150, 30 and 20 of 200: HHI = 0.5625 + 0.0225 + 0.01
    assert found.hhi == pytest.approx(0.595)
    assert found.effective_number == pytest.approx(1 / 0.595)
    assert (found.inside, found.outside, found.placed, found.unplaced) == (150 * JUTA, 50 * JUTA, 200 * JUTA, 40 * JUTA)
    assert (found.eligible, found.recipients, found.planned) == (6, 3, 1)
    assert found.ratio == pytest.approx(1.6807, abs=1e-4)
    assert (found.band, found.band_label) == ("spread", "tersebar")


@pytest.mark.parametrize(
    ("planned", "villages", "band"),
    [
        (10, 10, "fitting"),
        (8, 10, "fitting"),
        (7, 10, "spread"),
        (10, 8, "fitting"),
        (10, 7, "piled"),
        (4, 4, "fitting"),
    ],
)
def test_spread_band_compares_with_the_planned_number(planned, villages, band):
    locations = [TargetLocationFactory() for _ in range(planned)]
    places = [location.village for location in locations] + [VillageFactory() for _ in range(10)]
    plan = WorkPlanFactory(agreed=True)
    for village in places[:villages]:
        PlanLineFactory(plan=plan, other_village=village, exception_reason="uji")

    found = spread_of_year(2019, on=ON)

    assert found.effective_number == pytest.approx(villages)
    assert found.band == band


def test_spread_of_few_villages_is_shown_without_judgement():
    line = PlanLineFactory(located=True)

    found = spread_of_year(2019, on=ON)

    assert found.effective_number == pytest.approx(1)
    assert (found.eligible, found.band, found.band_label) == (1, None, "")
    assert found.amounts == {line.target_location.village_id: 100_000_000}


def test_spread_without_money_or_targets_has_no_number():
    VillageFactory.create_batch(6)

    found = spread_of_year(2019, on=ON)

    assert (found.hhi, found.effective_number, found.gini, found.normalised_hhi) == (None, None, None, None)
    assert (found.ratio, found.band, found.recipients) == (None, None, 0)

    PlanLineFactory(other_village=VillageFactory(), exception_reason="uji")
    assert spread_of_year(2019, on=ON).ratio is None


def test_spread_of_one_agency_leaves_the_others_out(world):
    plan = world.fill(WorkPlanFactory(agreed=True))
    PlanLineFactory(other_village=world.elsewhere, exception_reason="uji", amount=500 * JUTA)

    assert spread_of_year(2019, on=ON, agency=plan.agency).outside == 50 * JUTA
    assert spread_of_year(2019, on=ON).outside == 550 * JUTA


def test_spread_of_years_holds_each_year_against_its_own_targets(world):
    for year in (2018, 2019):
        world.fill(WorkPlanFactory(agreed=True, year=year))
    TargetLocationFactory(valid_from=date(2019, 2, 1))

    earlier, present = spread_of_years([2018, 2019], on=ON)

    assert (earlier.year, earlier.planned) == (2018, 1)
    assert (present.year, present.planned) == (2019, 2)
    assert earlier.effective_number == present.effective_number


def test_exceptions_are_agreed_lines_elsewhere_with_their_reason(world):
    world.fill(WorkPlanFactory(agreed=True))
    world.fill(WorkPlanFactory())  # a draft
    PlanLineFactory(other_village=world.elsewhere, exception_reason="dana desa", fund="DD")

    found = exceptions(2019, on=ON)

    assert [(line.other_village, line.amount, line.exception_reason) for line in found] == [
        (world.neighbour, 30 * JUTA, "Bantuan bencana"),
        (world.elsewhere, 20 * JUTA, "Bantuan bencana"),
    ]


def test_exceptions_are_what_the_spread_calls_outside(world):
    """Work in a location that a decree has closed lies outside, although its line names no other village."""
    world.fill(WorkPlanFactory(agreed=True))
    closed = TargetLocationFactory(valid_from=date(2018, 1, 1))
    line = PlanLineFactory(target_location=closed, amount=40 * JUTA)
    became = TargetLocationFactory()
    PlanLineFactory(other_village=became.village, exception_reason="Belum ditetapkan", amount=5 * JUTA)
    closed.valid_until, closed.closed_by = date(2018, 12, 31), closed.decree
    closed.save()

    found = exceptions(2019, on=ON)

    assert found.first() == line
    assert became.village not in {row.village for row in found}
    assert sum(row.amount for row in found) == spread_of_year(2019, on=ON).outside
