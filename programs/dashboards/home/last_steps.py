"""What somebody decided and sent last, or, for those who only read, what anybody did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from districts.competencies.models import CompetencyDetermination
from districts.locations.models import TargetLocation
from districts.locations.rounds.models import SelectionRound
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes
from p2emas.outbox.models import OutboxMessage, may_release
from p2emas.staffing.absences import Absence
from p2emas.workflow.models import StatusChange
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.fieldwork.models import FieldReport
from programs.obstacles.models import Obstacle
from programs.planning.models import WorkPlan
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.reopening import ReopenRequest

SHOWN = 5
READ = 60  # steps among which the newest of each record are looked for

# What a record is called, and what that reads of other tables.
NAMES: dict[type[Any], tuple[Callable[[Any], str], tuple[str, ...]]] = {
    ProgressReport: (lambda row: f"Laporan {row.agency}, {row.period.short}", ("agency", "period")),
    WorkPlan: (lambda row: f"Rencana {row.agency} {row.year}", ("agency",)),
    ReportingPeriod: (str, ()),
    Obstacle: (lambda row: f"Kendala: {row}", ()),
    ActionItem: (lambda row: f"Tindak lanjut: {row}", ()),
    Meeting: (str, ()),
    CompetencyDetermination: (lambda row: f"Kompetensi inti {row.district} {row.year}", ("district",)),
    SelectionRound: (lambda row: f"Lokasi: {row}", ()),
    RecruitmentRound: (lambda row: f"Rekrutmen: {row}", ()),
    TargetLocation: (lambda row: f"Lokasi sasaran {row}", ("village",)),
    Minutes: (str, ()),
    Decree: (str, ()),
    ReopenRequest: (str, ("report__agency", "report__period")),
    FieldReport: (str, ("village",)),
    Absence: (str, ("person", "stand_in")),
}


@dataclass(frozen=True)
class LastStep:
    title: str
    url: str
    word: str  # the state that it led to: what happened
    at: datetime
    who: str = ""


def last_steps_of(user: User) -> list[LastStep]:
    """The user's own, each record once; letters that they sent among them."""
    found = _told(user, StatusChange.objects.filter(actor=user))
    if may_release(user):
        sent = OutboxMessage.objects.for_user(user).filter(released_by=user).order_by("-released_at", "-pk").first()
        if sent is not None and sent.released_at is not None:
            found.append(LastStep(f"Surat: {sent.subject}", sent.get_absolute_url(), "Dilepas", sent.released_at))
    return sorted(found, key=lambda step: step.at, reverse=True)[:SHOWN]


def last_steps_of_all(user: User) -> list[LastStep]:
    return _told(user, StatusChange.objects.exclude(actor=None), with_who=True)


def _told(user: User, changes: Any, *, with_who: bool = False) -> list[LastStep]:
    kinds = {of.pk: model for model, of in ContentType.objects.get_for_models(*NAMES).items()}
    newest = changes.filter(content_type__in=kinds).order_by("-at", "-pk")
    once: dict[tuple[int, int], StatusChange] = {}
    for change in (newest.select_related("actor") if with_who else newest)[:READ]:
        once.setdefault((change.content_type_id, change.object_id), change)
    wanted = list(once.items())[: 2 * SHOWN]
    records = {
        of: _records(kinds[of], user, [pk for (kind, pk), _change in wanted if kind == of])
        for of in {kind for (kind, _pk), _change in wanted}
    }
    steps = [
        _step(kinds[of], records[of][pk], change, str(change.actor) if with_who else "")
        for (of, pk), change in wanted
        if pk in records[of]
    ]
    return steps[:SHOWN]


def _records(model: type[Any], user: User, keys: list[int]) -> dict[int, Any]:
    """Those that the user may still open."""
    rows = model._default_manager.for_user(user).select_related(*NAMES[model][1])
    return {row.pk: row for row in rows.filter(pk__in=keys)}


def _step(model: type[Any], record: Any, change: StatusChange, who: str) -> LastStep:
    word = model.status_words().get(change.new, change.new)
    return LastStep(NAMES[model][0](record), record.get_absolute_url(), word, change.at, who)
