"""Forms that a page of the permission table's world does not show: they need another visitor, or something before.

An applicant with an open application, half a sign-in, the link of a letter, a chain one step further on.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from facilitators.models import Application
from facilitators.recruitment.apply import applicant
from facilitators.recruitment.apply.steps import PARTS
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.tokens import invitation_token
from p2emas.models import Import, User
from programs.models import Meeting, ProgressReport, ReopenRequest, WorkPlan
from tests import facilitator_factories as recruiting
from tests import factories as make
from tests import signed_in, worlds
from tests.facilitators.recruitment.judged import applicant as applicant_of
from tests.facilitators.recruitment.judged import running_round

RESET_KEY = "_password_reset_key"  # where the sign-in package keeps the key of an opened letter


@dataclass(frozen=True)
class Situation:
    """Who asks which address, and what happens before, each time from the start."""

    visitor: str  # a role, or a name in ``sessions``
    address: str
    happened: Callable[[], object] = lambda: None
    sends: str = ""  # the address of the form, where it is not that of its page


@dataclass(frozen=True)
class Situations:
    sessions: dict[str, str]  # visitor -> key of a session
    all: dict[str, Situation]


# The names of the situations, for the tests to be collected by.
APPLY = tuple(f"apply {part.slug}" for part in PARTS if part.slug != "identitas")
NAMES = (
    *APPLY,
    "complete an application",
    "withdraw an application",
    "score an interview",
    "hear those who tie again",
    "say how a file writes numbers",
    "declare a conflict",
    "cancel a round",
    "replace a facilitator",
    "revoke a decree",
    "set a plan",
    "withdraw a plan",
    "ask to reopen a report",
    "number a covering letter",
    "edit an agenda",
    "open an account",
    "set a new password",
    "second factor at sign-in",
    "set up a second factor",
    "second factor again",
    "switch the second factor off",
    "new recovery codes",
)


def build(world: worlds.World) -> Situations:
    """Every situation in ``world``; what is needed for several of them is made once and stays."""
    recruitment, ours = world.lead.recruitment, world.sides[worlds.OURS]
    rounds, applications = recruitment.rounds, recruitment.applications
    published = rounds["published"].code
    sessions = {
        f"applicant {name}": _session({applicant.KEY: applications[f"published_{name}"].pk})
        for name in ("draft", "sent", "incomplete")
    }
    sessions |= _accounts()
    invited = make.UserFactory(password=None)
    invitation = {"uid": user_pk_to_url_str(invited), "token": invitation_token.make_token(invited)}
    forgot = user_pk_to_url_str(world.people["leader"])
    sessions["with a letter"] = _session({RESET_KEY: default_token_generator.make_token(world.people["leader"])})
    selected = applications["selection_invited"]
    judged = [rounds["selection"].code, selected.pk]
    tied = running_round(seats=1)
    for _each in range(2):
        applicant_of(tied, marks=4)
    dropped, taken = applications["announced_dropped"], applications["announced_accepted"]

    def plan_is(status: str) -> Callable[[], object]:
        return lambda: WorkPlan.objects.filter(pk=ours.draft_plan.pk).update(status=status)

    def nobody_asked() -> None:
        ReopenRequest.objects.filter(pk=ours.approved_request.pk).update(status="WITHDRAWN")

    def letter_has_no_number() -> None:
        ProgressReport.objects.filter(pk=ours.sent_report.pk).update(letter_no="", letter_date=None)

    def declare() -> None:
        Application.objects.filter(pk=applications["published_draft"].pk).update(declared_at=worlds.SENT_AT)

    def score_dossier() -> None:
        seat = selected.round.seats.get(user=world.people["panelist"])
        recruiting.ScoreSheetFactory(application=selected, seat=seat, part="DOSSIER")

    def drop_the_other() -> None:
        Application.objects.filter(pk=taken.pk).update(status=Application.Status.DROPPED)

    def ask_about_numbers() -> None:
        Import.objects.filter(pk=ours.batch.pk).update(
            status=Import.Status.ASKING, asked_cell="E2", asked_text="657.565"
        )

    made = {
        **{
            name: Situation("applicant draft", reverse("recruitment:apply", args=[published, name.split()[1]]), declare)
            for name in APPLY
        },
        "complete an application": Situation("applicant incomplete", reverse("recruitment:completion")),
        "withdraw an application": Situation("applicant sent", reverse("recruitment:withdraw")),
        "score an interview": Situation("panelist", reverse("recruitment:score-interview", args=judged), score_dossier),
        "hear those who tie again": Situation(
            "coordinator", reverse("recruitment:interview-repeat", args=[tied.record.code])
        ),
        "say how a file writes numbers": Situation(
            "coordinator",
            reverse("imports:import-detail", args=[ours.batch.pk]),
            ask_about_numbers,
            sends=reverse("imports:import-format", args=[ours.batch.pk]),
        ),
        "declare a conflict": Situation(
            "panelist", reverse("recruitment:conflict-declare", args=judged), score_dossier
        ),
        "cancel a round": Situation(
            "coordinator", reverse("recruitment:round-step", args=[rounds["closed"].code, "cancel"])
        ),
        "replace a facilitator": Situation(
            "coordinator_head",
            reverse("recruitment:application-replace", args=[rounds["announced"].code, dropped.pk]),
            drop_the_other,
        ),
        "revoke a decree": Situation(
            "coordinator_head", reverse("profiles:decree-step", args=[make.DecreeFactory().pk, "revoke"])
        ),
        "set a plan": Situation(
            "coordinator_head", reverse("planning:plan-set", args=[ours.draft_plan.pk]), plan_is("REVIEWING")
        ),
        "withdraw a plan": Situation(
            "agency_operator",
            reverse("planning:plan-step", args=[ours.draft_plan.pk, "withdraw"]),
            plan_is("SUBMITTED"),
        ),
        "ask to reopen a report": Situation(
            "agency_operator", reverse("reporting:report-ask-reopen", args=[ours.approved_report.pk]), nobody_asked
        ),
        "number a covering letter": Situation(
            "agency_operator", reverse("reporting:report-letter", args=[ours.sent_report.pk]), letter_has_no_number
        ),
        "edit an agenda": Situation(
            "coordinator",
            reverse("coordination:meeting-detail", args=[ours.meeting.pk]),
            lambda: Meeting.objects.filter(pk=ours.meeting.pk).update(status="PREPARED"),
            sends=reverse("coordination:meeting-agenda", args=[ours.meeting.pk]),
        ),
        "open an account": Situation("anonymous", reverse("staffing:invitation", kwargs=invitation)),
        "set a new password": Situation(
            "with a letter",
            reverse("account_reset_password_from_key", kwargs={"uidb36": forgot, "key": "set-password"}),
        ),
        "second factor at sign-in": Situation("half signed in", reverse("mfa_authenticate")),
        "set up a second factor": Situation("just signed in", reverse("mfa_activate_totp")),
        "second factor again": Situation("with a second factor", reverse("mfa_reauthenticate")),
        "switch the second factor off": Situation("with a second factor", reverse("mfa_deactivate_totp")),
        "new recovery codes": Situation("with a second factor", reverse("mfa_generate_recovery_codes")),
    }
    return Situations(sessions, made)


def _session(values: dict[str, object]) -> str:
    session = SessionStore()
    session.update(values)
    session.save()
    return session.session_key


def _accounts() -> dict[str, str]:
    """Three people at a sign-in: with the password alone, before the second step, and after it."""
    found = {"just signed in": _cookie(_sign_in(_person()))}
    person = _person()
    client = _sign_in(person)
    address = reverse("mfa_activate_totp")
    secret = re.search(r"Kunci: <b class=\"num\">(\w+)</b>", client.get(address).content.decode())[1]
    client.post(address, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
    found["with a second factor"] = _cookie(client)
    found["half signed in"] = _cookie(_sign_in(person))
    signed_in.rolled_back()  # what is remembered of sign-ins begins after these
    return found


def _person() -> User:
    person = make.UserFactory()
    make.AssignmentFactory(user=person, agency=make.AgencyFactory(), role=Role.AGENCY_OPERATOR)
    return person


def _sign_in(person: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.username, "password": make.PASSWORD})
    return client


def _cookie(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value
