"""A plan that can be submitted, and what a form of a line posts."""

import pytest

from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    OutcomeFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)


def add_line(plan, *, location=None, activity=None, **fields):
    """A line without any finding: on the core competency, with a group, a full indicator and targets."""
    location = location or TargetLocationFactory()
    activity = activity or ActivityFactory(agency=plan.agency, year=plan.year)
    if not activity.indicators.exists():
        IndicatorTargetFactory(indicator=IndicatorFactory(activity=activity), year=plan.year)
    commodity = location.core_competency.commodity
    line = PlanLineFactory(
        plan=plan,
        activity=activity,
        target_location=location,
        commodity=commodity,
        group=CommunityGroupFactory(village=location.village, commodity=commodity),
        **fields,
    )
    for quarter in (1, 2, 3, 4):
        PlanLineTargetFactory(plan_line=line, quarter=quarter, money=quarter * 20_000_000, physical=quarter * 25)
    return line


@pytest.fixture
def draft():
    """A draft with one line that has no finding."""
    plan = WorkPlanFactory()
    add_line(plan)
    return plan


@pytest.fixture
def line(draft):
    return draft.lines.get()


@pytest.fixture
def operator(client_as, draft):
    return client_as("agency_operator", at=draft.agency)


def line_data(line=None, **changes):
    """What the form of ``line`` posts; without a line, that of a new activity for the whole regency."""
    data = {
        "version": line.version if line else "",
        "activity": line.activity_id if line else "",
        "place": "target" if line else "regency",
        "target_location": line.target_location_id if line else "",
        "commodity": line.commodity_id if line else "",
        "group": line.group_id if line else "",
        "chain_link": "TRAINING",
        "fund": "DAU",
        "start_month": "3",
        "volume": "12,5",
        "unit": "paket",
        "amount": "Rp 100.000.000",
        "money_4": "90.000.000",
        "physical_4": "100",
    }
    if line is None:
        data |= {"new_outcome": OutcomeFactory().pk, "new_code": "2.01.99", "new_name": "Pelatihan tenun"}
    return {key: value for key, value in (data | changes).items() if value is not None}


def indicator_data(**changes):
    return {
        "version": "",
        "name": "Jumlah penenun terlatih",
        "unit": "orang",
        "formula": "increasing",
        "source": "Daftar hadir",
        "ledger": "PROGRESS",
        "baseline": "0",
        "baseline_year": "2018",
        "target": "1.250,5",
    } | changes
