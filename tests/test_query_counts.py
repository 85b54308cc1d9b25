"""Every page asks the same number of queries with one row of everything as with three, and not more than its kind may.

Counted beside the one that reads who we are, which every page asks exactly once.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from p2emas.serving.middleware import NamesMiddleware
from p2emas.ui import rows
from tests import facilitator_factories as make
from tests import grown, recruited, worlds
from tests import permission_table as table
from tests.addresses import PAGES, address_of, visitor
from tests.our_names import BesideTheNames

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
LIST, DASHBOARD, OTHER = 12, 25, 20
# What is granted more, exactly: a page that gathers much, each thing in one question for any number of it.
GRANTED = {
    "planning:plan-history": 20,  # the last workbook and the last file
    # one for what of who we are is still empty, which only the head and a superuser are told, one for ended drafts, one
    # for requests to correct a report, which only the head is asked for
    # two for obstacles that wait for somebody, one for action items, three for notices; eleven for the dates ahead, each
    # room's own, two for what others expect, two for the last steps, three for deputies, two for a first sign-in; three
    # for the road to a decree, one for meetings that nobody ended, one for villages that nobody visited, one for verdicts
    # that only the head is asked for, one for checks of aid that are due and what came short
    "dashboards:home": 61,
    "dashboards:summary": 31,  # six indicators, villages without progress, three kinds of decisions
    "dashboards:summary-pdf": 30,
    "dashboards:dashboard": 27,  # one for corrected figures, three for what is stuck, one for reasons, two for visits
    "competencies:determination-history": 22,  # two more for its analyses and their commodities
    "profiles:activity-detail": 22,  # obstacles of the activity, its code in the list, visits
    "profiles:village-detail": 22,  # visits of facilitators, and their photos
    "obstacles:obstacle-list": 13,  # how many wait for whom, beside the page
    "reporting:report-detail": 22,  # requests to correct it and what became of them, edits of photos
    "reporting:verification-decide": 23,  # what was paid, what visits and holders saw, later reports that carry its lines
    "reporting:verification-queue": 13,  # goods that came short, beside the findings that one query counts
    "recruitment:choices": 21,  # drafts of the form, digest of the authenticators
}
UNGROWN = {
    "Regency",
    "Identity",
    "HistoricalIdentity",
    "PaperTemplate",
    "RecapLayout",
    "HistoricalRecapLayout",
    "SearchWord",  # the search is asked for its own figures
    "Spelling",
    "CalendarAddress",  # one for each person
    "SummarySending",  # a page reads the last one
    "NotificationChoice",  # one row for each kind that a person switches off
}  # one installation, one regency; one template or layout for each paper
NUMBERS = re.compile(r"\d+")

# What a panelist opens only for an application whose dossier is scored: the table knows none, ``scored`` makes one.
OPENED = [
    replace(row, get="P 200, * 404", at=row.at | {"pk": "world.lead.recruitment.applications.selection_scored"})
    for row in table.ROWS
    if row.name in ("recruitment:score-interview", "recruitment:conflict-declare")
]
COUNTED = [*PAGES, *OPENED]


def scored(world: worlds.World) -> None:
    made = world.lead.recruitment
    record = made.rounds["selection"]
    row = recruited.application_of(record, "INVITED", world.people, "pelamar", "jawaban")
    make.InterviewFactory(application=row)
    seat = record.seats.get(user=world.people["panelist"])
    sheet = make.ScoreSheetFactory(application=row, seat=seat, part="DOSSIER")
    make.SheetScoreFactory(sheet=sheet, criterion=record.criteria.filter(part="DOSSIER").first())
    made.applications["selection_scored"] = row


def queries_of(world: worlds.World, row: table.Row, *, visits: int) -> list[str]:
    """What the last visit asks; one before it fills the caches of the process."""
    client = world.client(visitor(row))
    session = world.sessions.get(visitor(row))
    address = address_of(world, row, worlds.OURS)
    for _visit in range(visits):
        client.cookies.clear()
        connection.queries_log.clear()  # it keeps the last 9000, and no more are counted then
        if session:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        with worlds.undone(), BesideTheNames(connection) as seen:
            answer = client.get(address)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        once = address not in NamesMiddleware.PROBES
        assert len(seen.of_names) == once, f"{address} reads who we are {len(seen.of_names)} times"
    return [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]


@dataclass(frozen=True)
class Counted:
    one: dict[str, list[str]]
    three: dict[str, list[str]]
    ungrown: set[str]


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker) -> Iterator[Counted]:
    """The queries of every page with at least one row of everything, and with two more."""
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker, counted=True) as world, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "MOST", 10_000)  # beyond it a select asks once more, and this world is near it
        world.sessions = {
            role: world.client(role).cookies[settings.SESSION_COOKIE_NAME].value for role in worlds.SIGNED_IN
        }
        scored(world)
        grown.grow(world, 1)
        one = {row.name: queries_of(world, row, visits=2) for row in COUNTED}
        stored = {m: m._base_manager.count() for m in models()}
        grown.grow(world, 2)
        ungrown = {m.__name__ for m, count in stored.items() if not 0 < count <= m._base_manager.count() - 2}
        yield Counted(one, {row.name: queries_of(world, row, visits=1) for row in COUNTED}, ungrown)
    logging.disable(logging.NOTSET)


def models() -> list:
    houses = {"p2emas", "districts", "programs", "facilitators"}
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in houses]


def test_everything_grew(counted):
    """A model that comes later is put into tests/grown.py, or its rows would be counted by nobody."""
    assert counted.ungrown == UNGROWN


@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row.name)
def test_queries_do_not_grow_with_rows(counted, row):
    one, three = counted.one[row.name], counted.three[row.name]

    assert len(three) == len(one), "\n".join(more_of(one, three))


@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row.name)
def test_page_asks_no_more_than_its_kind_may(counted, row):
    asked = counted.three[row.name]

    assert len(asked) <= most(row), "\n".join(asked)


def test_no_page_asks_much_less_than_it_is_granted(counted):
    """What was brought down stays down."""
    assert {name: len(counted.three[name]) for name in GRANTED} == GRANTED


def most(row: table.Row) -> int:
    if row.name in GRANTED:
        return GRANTED[row.name]
    if row.name.endswith(("list", "-queue")):
        return LIST
    return DASHBOARD if row.name in {"dashboards:dashboard", "dashboards:home"} else OTHER


def more_of(one: list[str], three: list[str]) -> list[str]:
    """The statements that were repeated, without their numbers."""
    found = Counter(NUMBERS.sub("N", sql) for sql in three)
    found.subtract(NUMBERS.sub("N", sql) for sql in one)
    return [f"{count} x {sql[:600]}" for sql, count in found.items() if count > 0]


def test_a_query_for_each_row_is_noticed(counted):
    one = ["SELECT 1 FROM list", "SELECT 2 FROM parts WHERE id = 7"]
    three = [*one, "SELECT 2 FROM parts WHERE id = 8", "SELECT 2 FROM parts WHERE id = 9"]
    row = table.row("x-list", "* 200")
    grown_badly = Counted({row.name: one}, {row.name: three}, set())

    with pytest.raises(AssertionError, match="2 x SELECT N FROM parts"):
        test_queries_do_not_grow_with_rows(grown_badly, row)
