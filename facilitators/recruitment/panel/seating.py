"""Seats of a panel: who may have one, who has one, and how applicants are divided among several panels."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count

from districts.competencies.panel.models import eligible_assessors
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import RequirementCheck
from facilitators.recruitment.panel.models import PanelSeat
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import StatusChange, StepNotAllowed

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

FILE_STEPS = ("pass_files", "refuse_files", "ask_completion")


def checkers_of(record: RecruitmentRound) -> set[int]:
    """Users who checked files of the round: they know the names, so they do not score."""
    checks = RequirementCheck.objects.filter(application__round=record).values_list("checked_by", flat=True)
    steps = StatusChange.objects.filter(
        content_type=ContentType.objects.get_for_model(Application),
        object_id__in=record.applications.order_by().values("pk"),
        step__in=FILE_STEPS,
        actor__isnull=False,
    ).values_list("actor", flat=True)
    return {*checks, *steps}


def names_of(users: set[int]) -> models.QuerySet[User]:
    return User.objects.filter(pk__in=users).order_by("name", "pk")


def eligible_panelists(record: RecruitmentRound, checkers: set[int]) -> models.QuerySet[User]:
    """Panelists and coordinators, never a head and none of ``checkers``; those who have a seat stay listed."""
    seated = {seat.user_id for seat in record.seats.all()}
    return eligible_assessors(clock.today(), and_also=seated).exclude(pk__in=checkers - seated)


class Sheets(TypedDict):
    sheet_count: int


SeatWithSheets: TypeAlias = "WithAnnotations[PanelSeat, Sheets]"


def seats_with_sheets(record: RecruitmentRound) -> "models.QuerySet[SeatWithSheets]":
    """Seats with the number of sheets that were ever saved on them, void ones too."""
    return record.seats.select_related("user").annotate(sheet_count=Count("sheets")).order_by("panel", "pk")


@transaction.atomic
def save_panel_seats(*, record: RecruitmentRound, seen: int, panels: Mapping[int, int | None]) -> None:
    """Panel number by user; None takes the seat. Raises ``EditConflict``, or ``StepNotAllowed`` with a sentence."""
    claim_version(record, seen, *RecruitmentRound.SEATING)
    present = {seat.user_id: seat for seat in seats_with_sheets(record)}
    allowed = set(eligible_panelists(record, checkers_of(record)).values_list("pk", flat=True))
    for user, panel in panels.items():
        seat = present.get(user)
        if seat and panel != seat.panel:
            _refuse_used(seat)
        if panel is None:
            if seat:
                seat.delete()
        elif seat is None:
            if user not in allowed:
                raise StepNotAllowed("Yang memeriksa berkas tahap seleksi ini tidak dapat menjadi panelis.")
            PanelSeat.objects.create(round=record, user_id=user, panel=panel)
        elif seat.panel != panel:
            seat.panel = panel
            seat.save()


def _refuse_used(seat: SeatWithSheets) -> None:
    if seat.sheet_count:
        raise StepNotAllowed(
            f"{seat.user} sudah menyimpan nilai, jadi tidak dapat dikeluarkan atau dipindah dari panelnya."
        )


def divide_applicants(record: RecruitmentRound) -> None:
    """Applicants in turn to panel 1, 2, ... by number, as the selection starts."""
    keys = list(record.applications.in_running().order_by("number", "pk").values_list("pk", flat=True))
    for panel in range(1, record.panels + 1):
        Application.objects.filter(pk__in=keys[panel - 1 :: record.panels]).update(panel=panel)
