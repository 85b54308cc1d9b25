"""For the look at every page: recruitment, training and placements in each of their states, and applicants at work."""

from collections import defaultdict
from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.urls import reverse

from districts.models import TargetLocation
from facilitators.models import Application
from facilitators.recruitment.apply.applicant import KEY
from facilitators.recruitment.apply.steps import PARTS
from p2emas import clock
from p2emas.models import User
from tests import worlds
from tests.addresses import address_of
from tests.factories import AssignmentFactory, UserFactory, VillageFactory, VillageScopeFactory
from tests.permission_table import ROWS, SAME, answers
from tests.recruited import recruit

HOUSE = ("recruitment:", "training:", "placements:")
READERS = ("coordinator_head", "coordinator", "panelist", "anonymous")  # who sees most, first


def recruitment() -> SimpleNamespace:
    """``starts``: role -> addresses; ``sessions``: an applicant in each state -> the session that knows the application."""
    world = _world()
    found = _by_table(world)
    sessions = {}
    for name in ("published_draft", "published_sent", "published_incomplete", "selection_invited"):
        application = world.lead.recruitment.applications[name]
        role = f"applicant: {application.status}"
        sessions[role] = _session(application)
        found[role] = _pages_of(application)
    return SimpleNamespace(starts=found, sessions=sessions)


def _world() -> worlds.World:
    """What ``recruit`` makes, beside the demo: with its panelist, and a facilitator of its own."""
    users = {user.username: user for user in User.objects.filter(username__in=READERS)}
    users["facilitator"] = UserFactory(name="Pendamping (contoh)")
    village = VillageFactory()
    AssignmentFactory(user=users["facilitator"], role="facilitator")
    VillageScopeFactory(user=users["facilitator"], village=village)
    in_force = TargetLocation.objects.in_force(clock.today())[:2]
    sides = {side: SimpleNamespace(location=each) for side, each in zip(worlds.SIDES, in_force, strict=True)}
    made = recruit(sides, users, village, "(contoh)", "(contoh)", "(contoh)")
    return worlds.World(sides={}, people=users, lead=SimpleNamespace(recruitment=made))


def _by_table(world: worlds.World) -> dict[str, list[str]]:
    """Every address of the house that somebody gets, for the one who sees most of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in ROWS:
        if not row.name.startswith(HOUSE):
            continue
        for scope, text in ((worlds.OURS, row.get), (worlds.THEIRS, row.get if row.theirs == SAME else row.theirs)):
            path = text and address_of(world, row, scope)
            role = next((role for role in READERS if text and answers(text)[role] == 200), None)
            if path and role:
                found[role].append(path)
    return found


def _session(application: Application) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[KEY] = application.pk
    session.save()
    return session.session_key


def _pages_of(application: Application) -> list[str]:
    code = application.round.code
    if application.status == Application.Status.DRAFT:
        return [reverse("recruitment:apply", args=[code, part.slug]) for part in PARTS]
    pages = [reverse(f"recruitment:{name}") for name in ("status", "completion", "withdraw")]
    return [*pages, reverse("recruitment:apply-receipt", args=[code])]
