"""Until when a line can begin: working days of its procurement, counted back from its season or month of beginning."""

from datetime import date

import pytest
from django.urls import reverse

from programs.models import PlanLine, ProcurementMethod
from programs.planning.checks import PlanCheck
from programs.planning.differences import plan_differences
from programs.planning.services import create_plan
from programs.planning.start.latest import latest_start
from tests.factories import (
    HolidayFactory,
    PlanLineFactory,
    ProcurementMethodFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.programs.planning.conftest import line_data
from tests.programs.reporting.helpers import text_of

TENDER = ProcurementMethod(name="Tender", working_days=45)
NEW_YEAR = frozenset({date(2019, 1, 1)})


def latest(month, *, season=(), method=None, holidays=()):
    return latest_start(year=2019, start_month=month, season=season, method=method, holidays=holidays)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ({"month": 7}, date(2019, 7, 31)),  # nothing said: its own month
        ({"month": 7, "method": ProcurementMethod(name="Langsung", working_days=1)}, date(2019, 7, 30)),
        ({"month": 7, "method": TENDER}, date(2019, 5, 29)),
        ({"month": 7, "method": TENDER, "holidays": {date(2019, 6, 3), date(2019, 6, 4)}}, date(2019, 5, 27)),
        ({"month": 7, "season": [7, 8, 9], "method": TENDER}, date(2019, 7, 29)),  # the season ends later
        ({"month": 12, "season": [1, 2, 10, 11, 12]}, date(2019, 12, 31)),  # over the turn of the year
        ({"month": 1, "method": TENDER, "holidays": NEW_YEAR}, date(2018, 11, 28)),  # in the year before
    ],
)
def test_latest_day(asked, day):
    month = asked.pop("month")

    assert latest(month, **asked).day == day


def test_days_counted_from_the_latest_day_end_on_the_last_day_of_the_month():
    """The reader's own check: forty-five weekdays after the latest day."""
    day, weekdays = latest(7, method=TENDER).day, 0
    while weekdays < 45:
        day = date.fromordinal(day.toordinal() + 1)
        weekdays += day.weekday() < 5

    assert day == date(2019, 7, 31)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [(4, 6, [4, 5, 6]), (10, 3, [1, 2, 3, 10, 11, 12]), (5, 5, [5]), (1, 12, list(range(1, 13))), (None, None, [])],
)
def test_months_of_a_season(first, last, months):
    assert PlanLine(season_first=first, season_last=last).season == months


# --- The form and the check (they live on 8 October 2019) -----------------------------------------------------------------


def warned(plan):
    return {finding.code for finding in PlanCheck(plan).warnings}


@pytest.mark.django_db
def test_line_that_can_no_longer_begin_is_a_warning_and_one_that_can_is_none(draft, line):
    assert warned(draft) == set()  # says neither procurement nor season: nothing to count
    line.procurement, line.start_month = ProcurementMethodFactory(working_days=45), 9
    line.save()
    assert "too_late" in warned(draft)

    line.season_first, line.season_last = 9, 12
    line.save()

    assert "too_late" not in warned(draft)


@pytest.mark.django_db
def test_month_outside_of_the_season_is_a_warning(draft, line):
    line.season_first, line.season_last, line.start_month = 11, 12, 3
    line.save()
    assert "out_of_season" in warned(draft)

    line.start_month = 11
    line.save()

    assert "out_of_season" not in warned(draft)


@pytest.mark.django_db
def test_form_takes_procurement_season_and_proposal_and_says_the_latest_month(operator, draft, line):
    method = ProcurementMethodFactory(name="Tender", working_days=45)
    HolidayFactory(date=date(2019, 12, 25))
    data = line_data(line, procurement=method.pk, season_first="10", season_last="12", start_month="12")

    answer = operator.post(reverse("planning:line-edit", args=[draft.pk, line.pk]), data | {
        "proposal_no": "12/MUS/2019", "proposal_text": "Alat tenun untuk dusun Ensaid"
    })  # fmt: skip

    line.refresh_from_db()
    assert answer.status_code == 302
    assert (line.procurement, line.season, line.proposal_words) == (
        method,
        [10, 11, 12],
        "12/MUS/2019: Alat tenun untuk dusun Ensaid",
    )
    page = text_of(operator.get(reverse("planning:line-edit", args=[draft.pk, line.pk])))
    assert "Pengadaan (Tender, 45 hari kerja) paling lambat dimulai Oktober 2019" in page
    plan = text_of(operator.get(draft.get_absolute_url()))
    assert "paling lambat Oktober 2019" in plan and "Usulan Musrenbang 12/MUS/2019" in plan


@pytest.mark.django_db
def test_half_a_season_is_refused(operator, draft, line):
    answer = operator.post(
        reverse("planning:line-edit", args=[draft.pk, line.pk]), line_data(line, season_first="10", season_last="")
    )

    assert "Pilih bulan awal dan akhir musim" in answer.content.decode()


@pytest.mark.django_db
def test_copy_of_a_plan_and_its_differences_carry_the_new_fields(draft, line):
    line.procurement, line.season_first, line.season_last = ProcurementMethodFactory(name="Tender"), 4, 6
    line.proposal_no, line.proposal_text = "12/MUS", "Jalan"
    line.save()
    type(draft).objects.update(status="SET", budget_doc_no="DPA 1", effective_on=date(2019, 1, 2))

    plan = create_plan(agency=draft.agency, year=2019, kind="PERUBAHAN", by=UserFactory())

    copy = plan.lines.get()
    assert (copy.procurement, copy.season, copy.proposal_words) == (line.procurement, [4, 5, 6], "12/MUS: Jalan")
    copy.procurement, copy.season_first, copy.season_last, copy.proposal_no = None, None, None, ""
    copy.save()
    changes = {change.label: (change.old, change.new) for change in plan_differences(plan).changed[0].changes}
    assert changes == {
        "Cara pengadaan": ("Tender", ""),
        "Musim": ("April sampai Juni", ""),
        "Usulan Musrenbang": ("12/MUS: Jalan", "Jalan"),
    }


@pytest.mark.django_db
def test_proposal_of_an_agreed_line_is_on_the_pages_of_its_village_and_activity(client_as, client):
    line = PlanLineFactory(
        target_location=TargetLocationFactory(), proposal_no="12/MUS", proposal_text="Alat tenun dusun Ensaid"
    )
    plain = PlanLineFactory(target_location=TargetLocationFactory())

    village = text_of(client.get(line.village.get_absolute_url()))
    activity = text_of(client_as("leader").get(reverse("profiles:activity-detail", args=[line.pk])))

    assert "usulan Musrenbang 12/MUS: Alat tenun dusun Ensaid" in village
    assert "12/MUS: Alat tenun dusun Ensaid" in activity
    assert "Musrenbang" not in text_of(client.get(plain.village.get_absolute_url()))
