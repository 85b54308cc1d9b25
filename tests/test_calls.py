"""What the heavy pages cost, without a clock: calls of functions, against a page of bare Django with fifty rows.

A small copy of the wide seed of the benchmarks: each plan and each report has ``LINES`` lines. What a page costs is
mostly what Python calls, and that is the same on every machine. A page that comes to cost less gets a lower limit.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from benchmarks import further, goals, paces, stock_settings, wide
from benchmarks.pages import STOCK_PAGE
from p2emas.models import User
from tests import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
AGENCIES, LINES, SILENT, QUARTERS = 6, 60, 1, 7
BARE = {
    name: getattr(stock_settings, name)
    for name in ("ROOT_URLCONF", "AUTHENTICATION_BACKENDS", "MIDDLEWARE", "TEMPLATES", "FORM_RENDERER")
}
# a tenth above what was counted
LIMITS = {
    "report read, 300 lines": 5.1,
    "report read at the desk, 300 lines": 5.1,
    "decision page of a waiting report, 300 lines": 5.9,
    "decision page of a claimed report, 300 lines": 6.4,
    "figures form, 300 lines": 4.6,
    "indicators form of 300": 3.6,
    "check page of 300": 5.5,
    "verification queue, 15 waiting of 300 lines": 1.4,  # and the goods that came short
    "dashboard": 9.6,
    "Serempak": 4.5,
    "front page": 3.0,
    "village list": 1.6,
    "budget": 1.2,
    "a decree": 8.9,
    "map": 6.9,
    "plan lines": 2.5,
    "one plan of 300": 6.0,
    "focus": 4.1,
    "compliance": 1.5,  # and the villages without a visit
    "figures of a month, 300 lines": 4.0,
    "plan of a month, 300 lines": 3.6,
    "months of all agencies": 1.5,
    "S-curve": 2.7,
    "E.81 of 300 activities": 5.3,
    "RKPD of 300 activities": 5.6,
    "RFK of 300 activities": 2.0,
    "completing a plan of 300 lines": 5.0,
    "check page of a plan of 300 lines": 4.4,
    "Renstra of 300 activities": 4.2,
    "value chains": 2.3,
    "value chain of a village": 1.6,
    "payments": 1.5,
    "codes": 1.2,
    "leaders": 5.7,
    "home of a coordinator": 7.8,  # and visits, checks of aid, verdicts
    "home of an operator": 5.2,
    "kecamatan": 3.1,
    "village": 3.1,
    "load": 5.3,
    "sums by level": 1.2,
}
FURTHER = {
    "leaders": ("/ringkasan/", goals.COORDINATOR),
    "home of a coordinator": ("/beranda/", goals.COORDINATOR),
    "home of an operator": ("/beranda/", goals.OPERATOR),
    "kecamatan": ("/kecamatan/99.01.01/", goals.COORDINATOR),
    "village": ("/desa/desa-nomor-000/", goals.PUBLIC),
    "load": ("/pendamping/beban/", goals.COORDINATOR),
    "sums by level": ("/nomenklatur/jumlah/?tahun=2019", goals.COORDINATOR),
}
PAGES = {goal.line: (goal.path, goal.user) for goal in goals.GOALS if goal.seed == "wide" and not goal.after} | FURTHER


@dataclass(frozen=True)
class Seeded:
    facts: dict[str, Any]
    bare: int

    def ratio(self, path: str, user: str) -> float:
        return calls_of(client_of(user), path.format(**self.facts)) / self.bare


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker) -> Iterator[Seeded]:
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        for module in (paces, wide, further):
            patch.setattr(module, "ACTIVITIES", LINES)
        for module in (paces, wide):
            patch.setattr(module, "AGENCIES", AGENCIES)
        patch.setattr(wide, "SILENT", SILENT)
        patch.setattr(wide, "QUARTERS", QUARTERS)
        worlds.with_first_rows()
        facts = wide.seed()
        with override_settings(**BARE):
            bare = calls_of(client_of(goals.COORDINATOR, "django.contrib.auth.backends.ModelBackend"), STOCK_PAGE)
        yield Seeded(facts, bare)
        transaction.set_rollback(True)


def client_of(user: str, backend: str | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(User.objects.get(username=user), backend)
    return client


def calls_of(client: Client, path: str) -> int:
    """Of the third visit: templates, addresses and names of the process are read by then."""
    for _visit in range(2):
        assert client.get(path).status_code == 200, path
    seen = 0

    def count(_frame, event, _argument) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        client.get(path)
    finally:
        sys.setprofile(before)
    return seen


@pytest.mark.parametrize("name", PAGES)
def test_page_costs_no_more_than_it_did(seeded, name):
    found = seeded.ratio(*PAGES[name])
    assert found <= LIMITS[name], f"{name} costs {found:.2f} bare pages, {LIMITS[name]} are granted"


def test_every_heavy_page_has_a_limit():
    assert LIMITS.keys() == PAGES.keys()


def test_a_call_for_each_row_is_noticed(seeded, monkeypatch):
    """What one more sentence in each row of a report would cost."""
    from programs.reporting.reports.sheets import SheetRow

    spent = SheetRow.spent.fget
    name = "report read, 300 lines"
    before = seeded.ratio(*PAGES[name])
    monkeypatch.setattr(SheetRow, "spent", property(lambda row: [spent(row) for _again in range(100)].pop()))

    assert seeded.ratio(*PAGES[name]) > before * 1.1
