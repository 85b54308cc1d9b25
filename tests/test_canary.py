"""No word of an agency, a kecamatan or a village reaches a person who may not read it, and no text comes alive as markup.

One world, planted all over; each role reads every page that it can reach, once for both questions.
"""

import logging
import re
from collections.abc import Iterator

import pytest

from districts.competencies.models import DeterminationQuerySet
from districts.evidence import measures
from districts.regions.models import VillageQuerySet
from p2emas import clock
from p2emas.documents.models import DecreeQuerySet
from p2emas.drafts.models import FormDraftQuerySet
from p2emas.notifications.models import NotificationQuerySet
from p2emas.outbox.models import OutboxMessageQuerySet
from programs.aid.querysets import AidPackageQuerySet
from programs.fieldwork.querysets import FieldReportQuerySet
from programs.obstacles.querysets import ObstacleQuerySet
from programs.planning.work_plans import WorkPlanQuerySet
from programs.reporting.reports.parts import ReportAttachmentQuerySet
from programs.reporting.reports.querysets import ProgressReportQuerySet
from programs.treasury.models import TreasuryEntryQuerySet
from tests import canaries, worlds
from tests.permission_table import ROWS
from tests.test_forged_forms import CASES, Sender
from tests.test_permission_matrix import NUMBER, TOKEN
from tests.worlds import (
    ANSWERS,
    APPLICANTS,
    DISTRICTS,
    DRAFTED,
    INTERNAL,
    LEAD,
    OURS,
    PLACED,
    PLANNERS,
    SIGN_IN,
    THEIRS,
    VISIT_DRAFTS,
    VISITED,
)

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker, canaries.markup) as standing:
        with clock.at(worlds.TODAY):
            canaries.plant_reasons(standing)
            canaries.plant_everywhere()
        yield standing
    measures.forget_measures()
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", params=worlds.EVERYBODY)
def reader(request, world) -> canaries.Reader:
    """Who has read everything, role by role: of two processes that share these tests each reads as half of them."""
    return canaries.reader_of(world, request.param)


def test_no_word_reaches_whoever_may_not_read_it(reader):
    assert {(answer.address, owner) for answer in reader.answers for owner in answer.leaks} == set()


def test_no_text_comes_alive_as_markup(reader):
    assert {answer.address: answer.alive for answer in reader.answers if answer.alive} == {}
    assert [answer.address for answer in reader.answers if answer.status >= 500] == []


def test_words_inside_a_file_of_word_are_read(world):
    answers = canaries.reader_of(world, "coordinator_head").answers

    assert any(answer.owners for answer in answers if answer.address.endswith(".docx"))


def test_answers_to_forms_bring_no_text_to_life(world):
    """Messages, forms that come back with what was typed, pages that show both versions."""
    found, answered = {}, 0
    for row, role in CASES:
        sender = Sender(world, row, role)
        sent = sender.data({})
        odd = {name: [canaries.published("", 200)] for name in sent} if len(sent) > 1 else {}
        for data in (sent, sent | odd):
            with worlds.undone():
                answer = sender.post(data, follow=True)
            read = canaries.read_answer(
                role, sender.address, answer.status_code, answer.headers, answer.content.decode("utf-8", "replace")
            )
            answered += canaries.PUBLIC in read.owners
            if read.alive or read.leaks or read.status >= 500:
                found[row.name, role] = read.alive, read.leaks, read.status
    assert found == {}
    assert answered > len(CASES)


LIMITED = [role for role in worlds.EVERYBODY if role not in canaries.EVERYTHING]


@pytest.mark.parametrize("reader", LIMITED, indirect=True)
def test_search_for_a_word_of_others_is_answered_like_one_for_nothing(world, reader):
    for address, control in sorted(reader.searches):
        words = (canaries.HEADS[THEIRS], canaries.NOBODYS_HEAD)
        bodies = [world.client(reader.role).get(address, {control: word}).content for word in words]
        assert comparable(bodies[0], words[0]) == comparable(bodies[1], words[1]), f"{address}?{control}="


# --- The canary sings --------------------------------------------------------------------------------------------

STAFF = {OURS, THEIRS, *DISTRICTS.values(), PLACED, LEAD, VISITED}
READ = {
    "agency_operator": {OURS, DRAFTED, PLANNERS, VISITED},
    "agency_head": {OURS, PLANNERS, VISITED},
    "district_admin": {DISTRICTS[OURS], PLACED},
    "facilitator": {PLACED, VISITED, VISIT_DRAFTS},
    "panelist": {ANSWERS},
    "anonymous": set(),
    "coordinator": STAFF | {INTERNAL, APPLICANTS, ANSWERS, PLANNERS},
    "coordinator_head": STAFF | {INTERNAL, SIGN_IN, APPLICANTS, ANSWERS},
    "leader": STAFF | {APPLICANTS, ANSWERS},
    "auditor": STAFF | {SIGN_IN, APPLICANTS, ANSWERS},
    "admin": STAFF | {SIGN_IN, APPLICANTS, ANSWERS},
}


def test_whoever_may_read_a_word_does(reader):
    assert set().union(*(answer.owners for answer in reader.answers)) - {canaries.PUBLIC} == READ[reader.role]


SKIPPED = [
    (ProgressReportQuerySet, "agency_operator", "reporting:report-", THEIRS),
    (ReportAttachmentQuerySet, "agency_operator", "documents:file", THEIRS),
    (WorkPlanQuerySet, "agency_operator", "planning:plan-", THEIRS),
    (ObstacleQuerySet, "agency_operator", "obstacles:", THEIRS),
    (FieldReportQuerySet, "agency_operator", "fieldwork:", THEIRS),
    (TreasuryEntryQuerySet, "agency_operator", "treasury:", THEIRS),
    (AidPackageQuerySet, "agency_operator", "aid:", THEIRS),
    (DecreeQuerySet, "facilitator", "profiles:decree-", LEAD),
    (DeterminationQuerySet, "panelist", "competencies:", LEAD),
    (VillageQuerySet, "district_admin", "admin:districts_village", DISTRICTS[THEIRS]),
    (VillageQuerySet, "district_admin", "admin:districts_communitygroup", DISTRICTS[THEIRS]),
    (NotificationQuerySet, "agency_operator", "notifications:", THEIRS),
    (OutboxMessageQuerySet, "coordinator", "outbox:", SIGN_IN),
    (FormDraftQuerySet, "coordinator", "drafts:", DRAFTED),
]


@pytest.mark.parametrize(
    ("rows", "role", "pages", "owner"), SKIPPED, ids=lambda value: getattr(value, "__name__", None)
)
def test_skipped_scope_is_heard(world, monkeypatch, rows, role, pages, owner):
    monkeypatch.setattr(rows, "for_user", lambda self, user: self)
    addresses = canaries.named(world, [row for row in ROWS if row.name.startswith(pages)])

    answers = canaries.Reader(world, role, each=0).read(addresses)

    assert owner in set().union(*(answer.leaks for answer in answers))


def test_living_markup_is_seen():
    plain, escaped = canaries.markup(OURS), "&quot;&#x27;&gt;&lt;i q=kxazq&gt;"
    for text in (
        f"<p>{plain}</p>",
        f'<p title="{plain}">',
        f"<p title='{plain}'>",
        '<a href=" javascript:kx()//">',
        "<p kxazq>",
        canaries.LONG.format(escaped).replace("{{7*7}}", "49"),
    ):
        assert list(canaries.alive(canaries.Page(text), text)), text
    for text in (f"<p title='{escaped}'>{escaped}</p>", canaries.LONG.format(escaped)):
        assert not list(canaries.alive(canaries.Page(text), text)), text


def test_every_free_text_of_every_model_carries_markup(world):
    columns = {f"{model.__name__}.{column.name}": (model, column) for model, column in canaries.text_fields()}
    assert set(columns) >= canaries.NOT_FREE

    for name in set(columns) - canaries.NOT_FREE:
        model, column = columns[name]
        rows = [row for row in model._base_manager.all() if not canaries.is_bound(row, column)]
        assert rows, f"tests/worlds.py makes no {model.__name__}"
        assert all(canaries.WORD.search(getattr(row, column.name)) for row in rows), name


# A page whose typed fields are kept has a key of its own each time it is drawn.
DRAWN = re.compile(rb'name="(?:isian|jaga)" value="[^"]*"')


def comparable(body: bytes, word: str) -> bytes:
    return DRAWN.sub(b"", TOKEN.sub(b"", NUMBER.sub(b"", body))).replace(word.encode(), b"")
