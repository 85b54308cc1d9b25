"""What the hub of a course shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.requirements import Place
from facilitators.training.models import Course, Enrolment, Session, may_manage_facilitators
from facilitators.training.services import TrainingLine, lines_of, lines_taking_part
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.workflow.riwayat import Entry, timeline

PARTS = ("sessions", "enrolments")


@dataclass(frozen=True)
class CoursePage:
    """Context of ``training/course_detail.html``."""

    course: Course
    sessions: list[Session]
    lines: list[tuple[TrainingLine, str]]  # with the address at which the next reserve is called, if any
    expected: int
    tested: int
    never_came: int
    now: datetime
    may_edit: bool
    may_reopen: bool
    history: list[Entry]

    @classmethod
    def of(cls, course: Course, user: User) -> "CoursePage":
        """In a constant number of queries."""
        lines = lines_of(course)
        taking_part = [line for line in lines if not line.enrolment.is_dropped]
        return cls(
            course=course,
            sessions=list(course.sessions.with_counts()),
            lines=[(line, replace_url(line.enrolment, user)) for line in lines],
            expected=len(taking_part),
            tested=sum(line.enrolment.final_test is not None for line in taking_part),
            never_came=sum(line.never_came for line in taking_part),
            now=clock.now(),
            may_edit=course.may_edit(user),
            may_reopen=may_reopen(course, user),
            history=timeline(course, parts=("sessions",))[:6],  # each mark is in the whole history
        )


def may_reopen(course: Course, user: User) -> bool:
    return course.is_closed and may_manage_facilitators(user) and user.has_role(Role.COORDINATOR_HEAD)


def replace_url(enrolment: Enrolment, user: User) -> str:
    """Where a head calls the next reserve for somebody who was dropped; empty where there is none to call."""
    application = enrolment.facilitator.application
    if not enrolment.is_dropped or application is None or application.status != Application.Status.DROPPED:
        return ""
    if not user.has_role(Role.COORDINATOR_HEAD):
        return ""
    return reverse("recruitment:application-replace", args=[application.round.code, application.pk])


def candidates_for(course: Course, user: User) -> dict[str, Any]:
    """Who may be added: the accepted of the round without those who are in, and every other facilitator."""
    inside = course.enrolments.values("facilitator")
    applications = Application.objects.none()
    if course.round_id:
        accepted = Application.objects.for_user(user).accepted().filter(round=course.round)
        applications = accepted.exclude(facilitator__in=inside).order_by("name", "pk")
    facilitators = Facilitator.objects.for_user(user).outside(course)
    if course.round_id:
        facilitators = facilitators.exclude(application__round=course.round)
    return {"applications": applications, "facilitators": facilitators}


@dataclass(frozen=True)
class ClosingLines:
    """Who will pass, who will fail, and why the course cannot be closed: who never came, and whose result is open."""

    passed: list[TrainingLine]
    failed: list[TrainingLine]
    absent: list[TrainingLine]
    unknown: list[TrainingLine]

    @classmethod
    def of(cls, course: Course) -> "ClosingLines":
        lines = lines_taking_part(course)
        return cls(
            passed=[line for line in lines if line.passed],
            failed=[line for line in lines if line.has_failed],
            absent=[line for line in lines if line.never_came],
            unknown=[line for line in lines if line.is_open],
        )


@dataclass(frozen=True)
class DropFacts:
    """How often somebody came, and who would be called instead: without ``place`` where no place falls vacant."""

    attended: int
    sessions: int
    place: Place | None
    reserve: Application | None

    @classmethod
    def of(cls, enrolment: Enrolment, user: User) -> "DropFacts":
        place = _place_lost(enrolment)
        return cls(
            attended=enrolment.attendances.count(),
            sessions=enrolment.course.sessions.count(),
            place=place,
            reserve=Application.objects.for_user(user).reserves_of(place).first() if place else None,
        )


def _place_lost(enrolment: Enrolment) -> Place | None:
    """The place that the participant was accepted for in the round of this course."""
    application = enrolment.facilitator.application
    if application is None or enrolment.course.round_id != application.round_id:
        return None
    return application.place if application.status == Application.Status.ACCEPTED else None
