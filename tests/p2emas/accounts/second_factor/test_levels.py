"""No matter what two sessions of one person do and in which order, each opens what its level may."""

import logging

import pytest

from tests import worlds
from tests.leveled import Story

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
STORIES = 15  # the drill tells 500


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker, counted=True) as standing:
        yield standing
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("seed", range(STORIES))
def test_two_sessions_open_what_their_level_may(world, settings, seed):
    settings.REQUIRE_2FA = True
    with worlds.undone():
        Story(world, seed).run(steps=10)
