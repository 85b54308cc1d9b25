"""The main forms of a filled site, with the database failing at each of their statements in turn."""

import logging
from collections.abc import Iterator

import pytest

from tests import worlds
from tests.failing import check_every_statement, every_row
from tests.test_forged_forms import CASES, Sender

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db]
MAIN = (
    *("reporting:report-check", "reporting:report-files", "planning:plan-check", "planning:line-add"),
    *("reporting:verification-start", "reporting:period-lock", "reporting:due-date-bulk", "obstacles:obstacle-send"),
    *("recruitment:personal-erase", "recruitment:personal-correct", "recruitment:round-announce"),
    *("recruitment:test-apply", "recruitment:interview-invite", "recruitment:round-decide", "recruitment:choices"),
    *("coordination:item-add", "locations:round-decide", "locations:visit-photos", "profiles:decree-amend"),
    *("placements:placement-create", "placements:placement-replace", "placements:placement-end"),
    *("staffing:user-invite", "staffing:assignment-add", "training:participants", "identity:identity-edit"),
)
FORMS = [found for found in CASES if found[0].name in MAIN]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as standing, worlds.passwords_given(standing):
        yield standing
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def keys(world):
    return every_row()


def test_every_form_of_the_list_is_there():
    assert {row.name for row, _role in FORMS} == set(MAIN)


@pytest.mark.parametrize(("row", "role"), FORMS, ids=[row.name for row, _role in FORMS])
def test_form_is_done_whole_or_not_at_all(world, keys, row, role):
    sender = Sender(world, row, role)
    sender.client.raise_request_exception = False

    assert check_every_statement(lambda: sender.post(sender.data({})), keys) > 3
