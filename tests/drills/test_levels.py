"""500 random sequences of two sessions of one person, each step held against the permission table."""

import logging

import pytest

from tests import worlds
from tests.leveled import Story

pytestmark = [pytest.mark.drill, pytest.mark.django_db]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker, counted=True) as standing:
        yield standing
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("part", range(10))
def test_two_sessions_open_what_their_level_may(world, settings, part):
    settings.REQUIRE_2FA = True
    for seed in range(50):
        with worlds.undone():
            Story(world, 1000 + 50 * part + seed).run(steps=10)
