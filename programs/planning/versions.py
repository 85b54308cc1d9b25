"""Which version of an agency's plan counts on a day. Every room that asks, asks here."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from p2emas.accounts.models import Agency
from programs.planning.models import WorkPlan


def plan_in_force(agency: Agency | int, year: int, on: date) -> WorkPlan | None:
    """The version of ``agency``'s plan of ``year`` that counts on ``on``.

    The one with the latest ``effective_on`` up to ``on``; when none was in effect yet, the year's first that is
    set; None when no version of the year is set. A report of a quarter asks with the quarter's first day, so
    that TW IV is held against the PERUBAHAN of August to October.
    """
    return WorkPlan.objects.filter(agency=agency, year=year).in_force(on).first()


def plans_in_force(year: int, on: date) -> dict[int, WorkPlan]:
    """Agency id -> version that counts on ``on``, for every agency with a set plan of ``year``; one query.

    In the order of the agencies' names; an agency has a few versions a year, and choosing among them here is cheaper.
    """
    plans = WorkPlan.objects.decided().filter(year=year).select_related("agency")
    found: dict[int, WorkPlan] = {}
    for plan in plans.order_by("agency__short_name", "agency", "effective_on", "sequence"):
        if plan.agency_id not in found or (plan.effective_on is not None and plan.effective_on <= on):
            found[plan.agency_id] = plan
    return found


def keys_in_force(year: int, on: date) -> list[int]:
    """The keys of the same versions; one query, for the condition of another."""
    return list(counting_on(set_versions([year]), year, on).values())


class SetVersion(NamedTuple):
    """A version that was set; ``agency`` is a key."""

    pk: int
    agency: int
    year: int
    effective_on: date


def set_versions(years: Collection[int]) -> list[SetVersion]:
    """Every version of these years that was set, the first in effect first; one query."""
    rows = WorkPlan.objects.decided().filter(year__in=years).order_by("effective_on", "sequence")
    return [SetVersion(*row) for row in rows.values_list("pk", "agency_id", "year", "effective_on")]


def counting_on(versions: Iterable[SetVersion], year: int, day: date) -> dict[int, int]:
    """Agency id -> the key of its version of ``year`` that counts on ``day``, as ``version_on`` has it in a query."""
    found: dict[int, int] = {}
    for version in versions:
        if version.year == year and (version.agency not in found or version.effective_on <= day):
            found[version.agency] = version.pk
    return found


def versions_on(year: int, days: Sequence[date]) -> list[frozenset[int]]:
    """For each of ``days`` the keys of the versions of ``year`` that count on it, of all agencies; one query."""
    versions = set_versions([year])
    return [frozenset(counting_on(versions, year, day).values()) for day in days]


def version_before(agency: Agency | int, year: int) -> WorkPlan | None:
    """The newest set version of the year: what a PERGESERAN or PERUBAHAN supersedes."""
    return WorkPlan.objects.decided().filter(agency=agency, year=year).order_by("-sequence").first()


def plan_of_year_before(agency: Agency | int, year: int) -> WorkPlan | None:
    """The last set version of the year before: what the first plan of ``year`` is drafted from."""
    return plan_in_force(agency, year - 1, date(year - 1, 12, 31))


def versions_named(plans: Iterable[WorkPlan]) -> str:
    """ "DPA", "DPA dan DPPA": what the figures of several agencies rest on."""
    kinds = {plan.kind for plan in plans}
    names = [label for kind, label in WorkPlan.Kind.choices if kind in kinds]
    return f"{', '.join(names[:-1])} dan {names[-1]}" if len(names) > 1 else "".join(names)
