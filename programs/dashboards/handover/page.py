"""What somebody leaves behind when they move on: all that is open in their roles, with the last reasons, to print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from districts.competencies.models import CompetencyDetermination
from districts.locations.rounds.models import SelectionRound
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.documents.models import Decree
from p2emas.drafts.models import FormDraft
from p2emas.instruments.models import Minutes
from p2emas.staffing.absences import Absence
from p2emas.ui import formats
from p2emas.workflow.models import Chain, StatusChange
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.fieldwork.models import FieldReport
from programs.obstacles.models import Obstacle
from programs.obstacles.querysets import ANSWERING, villages_of_scopes
from programs.planning.models import WorkPlan
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.reopening import ReopenRequest

SHOWN = 60  # rows of one section; of more it says so


@dataclass(frozen=True)
class HandoverRow:
    title: str
    url: str
    record: Chain
    due: date | None
    last: str  # what happened last, by whom, and the reason that was written


@dataclass(frozen=True)
class HandoverSection:
    title: str
    rows: list[HandoverRow]
    rest: int


@dataclass(frozen=True)
class Opened:
    """One kind of record that is open: what its rows are called, and their dates."""

    title: str
    rows: QuerySet[Any]
    name: Any = str
    due: str = ""


@dataclass(frozen=True)
class Duties:
    """What somebody does, or did until ``ended_on``: who has moved on leaves as much behind as who still works."""

    person: User
    held: list[Assignment]
    day: date  # on which their villages are asked
    ended_on: date | None = None

    @classmethod
    def of(cls, person: User, today: date) -> "Duties":
        """The current assignments; without any, those that the closed account keeps, or the last that ended."""
        if held := person.current_assignments:
            return cls(person, held, today)
        begun = person.assignments.filter(valid_from__lte=today).select_related("agency")
        if kept := list(begun.in_force(today)):
            return cls(person, kept, today)
        ended = list(begun.order_by("-valid_until", "pk"))
        last = ended[0].valid_until if ended else None
        return cls(person, [each for each in ended if each.valid_until == last], last or today, last)

    def agencies(self, *roles: str) -> set[int]:
        return {each.agency_id for each in self.held if each.role in roles}

    def has(self, *roles: str) -> bool:
        return any(each.role in roles for each in self.held)


@dataclass(frozen=True)
class HandoverPage:
    person: User
    duties: Duties
    sections: list[HandoverSection]
    unsaved: int
    stand_ins: list[Absence]

    @property
    def count(self) -> int:
        return sum(len(section.rows) + section.rest for section in self.sections)

    @classmethod
    def of(cls, person: User, reader: User, today: date) -> "HandoverPage":
        duties = Duties.of(person, today)
        found = [_section(opened) for opened in _open_for(duties, reader)]
        stand_ins = Absence.objects.for_user(reader).live().filter(person=person, valid_until__gte=today)
        return cls(
            person=person,
            duties=duties,
            sections=[section for section in found if section.rows],
            unsaved=FormDraft.objects.for_user(person).count(),
            stand_ins=list(stand_ins.for_table()[:5]),
        )


def _open_for(duties: Duties, reader: User) -> Iterator[Opened]:
    """By the person's roles, and only what the reader may open."""
    staff = duties.agencies(*AGENCY_STAFF)
    if staff:
        yield from _of_agencies(staff, reader)
    yield from _stuck(duties, staff, reader)
    if duties.has(Role.FACILITATOR):
        asked = FieldReport.objects.for_user(reader).of_author(duties.person).filter(status="RETURNED")
        yield Opened("Kunjungan yang ditanya balik", asked.select_related("village").order_by("visited_on", "pk"))
    if duties.has(Role.COORDINATOR_HEAD):
        yield from _of_head(reader)
    if duties.has(*COORDINATORS):
        yield from _of_office(reader)


def _of_agencies(staff: set[int], reader: User) -> Iterator[Opened]:
    reports = ProgressReport.objects.for_user(reader).filter(agency__in=staff, status__in=ProgressReport.WITH_AGENCY)
    yield Opened(
        "Laporan yang belum terkirim", reports.for_table().order_by("due_on", "pk"),
        lambda row: f"Laporan {row.agency}, {row.period}", "due_on",
    )  # fmt: skip
    plans = WorkPlan.objects.for_user(reader).filter(agency__in=staff, status__in=WorkPlan.EDITABLE)
    yield Opened(
        "Rencana yang belum diajukan", plans.select_related("agency").order_by("-year", "pk"),
        lambda row: f"Rencana kerja dan anggaran {row.agency} {row.year}",
    )  # fmt: skip


def _stuck(duties: Duties, staff: set[int], reader: User) -> Iterator[Opened]:
    """Obstacles to answer or raised, and what was promised at meetings."""
    addressed = duties.agencies(*ANSWERING)
    mine = Q(responsible__in=addressed) | Q(raised_by__in=staff)
    if duties.has(Role.FACILITATOR):
        mine |= Q(village__in=villages_of_scopes(duties.person, duties.day).order_by().values("pk"))
    if duties.has(Role.FACILITATOR, *ANSWERING):
        obstacles = Obstacle.objects.for_user(reader).unsolved().filter(mine)
        yield Opened("Kendala yang belum selesai", obstacles.for_table().order_by("due_on", "pk"), str, "due_on")
    if addressed:
        items = ActionItem.objects.for_user(reader).told_to_addressee().filter(responsible__in=addressed)
        yield Opened("Tindak lanjut dan disposisi", items.for_table().order_by("due_on", "pk"), str, "due_on")


def _of_head(reader: User) -> Iterator[Opened]:
    asked = ReopenRequest.objects.for_user(reader).asked().select_related("report__agency", "report__period")
    yield Opened("Permintaan buka kembali yang belum dijawab", asked.order_by("asked_at", "pk"))
    absences = Absence.objects.for_user(reader).filter(status=Absence.Status.ASKED)
    yield Opened("Pengganti yang belum ditetapkan", absences.for_table(), str, "valid_from")


def _of_office(reader: User) -> Iterator[Opened]:
    reports = ProgressReport.objects.for_user(reader).awaiting_verification().select_related("agency", "period")
    yield Opened(
        "Laporan yang menunggu verifikasi", reports.order_by("submitted_at", "pk"),
        lambda row: f"Laporan {row.agency}, {row.period}",
    )  # fmt: skip
    plans = WorkPlan.objects.for_user(reader).awaiting_coordinator().select_related("agency")
    yield Opened("Rencana yang menunggu telaah", plans, lambda row: f"Rencana {row.agency} {row.year}")
    determinations = CompetencyDetermination.objects.for_user(reader).unfinished().for_table()
    yield Opened(
        "Kompetensi inti yang belum selesai", determinations, lambda row: f"Kompetensi inti {row.district} {row.year}"
    )
    yield Opened("Pemilihan lokasi yang belum selesai", SelectionRound.objects.for_user(reader).unfinished())
    over = ("ANNOUNCED", "CANCELLED")
    yield Opened("Rekrutmen yang belum selesai", RecruitmentRound.objects.for_user(reader).exclude(status__in=over))
    minutes = Minutes.objects.for_user(reader).in_state(Minutes.Status.DRAFT)
    yield Opened("Berita acara yang belum ditandatangani", minutes, lambda row: f"{row}: {row.about}")
    yield Opened("SK yang masih konsep", Decree.objects.for_user(reader).drafts())
    meetings = Meeting.objects.for_user(reader).coming().order_by("held_on", "pk")
    yield Opened("Rapat yang disiapkan", meetings, lambda row: f"{row}: {row.subject}", "held_on")
    items = ActionItem.objects.for_user(reader).open().for_table().order_by("due_on", "pk")
    yield Opened("Tindak lanjut yang dipantau", items, lambda row: f"{row}. {row.responsible}", "due_on")
    routed = Obstacle.objects.for_user(reader).to_route().for_table().order_by("created_at", "pk")
    yield Opened("Kendala yang belum diteruskan", routed)


def _section(opened: Opened) -> HandoverSection:
    rows: Sequence[Chain] = list(opened.rows[: SHOWN + 1])
    rest = opened.rows.count() - SHOWN if len(rows) > SHOWN else 0
    shown = rows[:SHOWN]
    last = last_reasons(shown)
    return HandoverSection(
        opened.title,
        [
            HandoverRow(
                opened.name(row), row.get_absolute_url(), row, getattr(row, opened.due) if opened.due else None,
                last.get(row.pk, ""),
            )
            for row in shown
        ],
        rest,
    )  # fmt: skip


def last_reasons(records: Sequence[Chain]) -> dict[int, str]:
    """Key -> the last step with a reason, or the last step at all; one query for records of one model."""
    if not records:
        return {}
    words, found = records[0].status_words(), {}
    changes = StatusChange.objects.filter(
        content_type=ContentType.objects.get_for_model(type(records[0])),
        object_id__in=[record.pk for record in records],
    )
    for change in _reasons_last(changes.select_related("actor").order_by("at", "pk")):
        what = words.get(change.new, change.new)
        who = f" oleh {change.actor}" if change.actor else ""
        why = f": {change.note}" if change.note else "."
        found[change.object_id] = f"{what} {formats.long_date(change.at)}{who}{why}"
    return found


def _reasons_last(changes: Iterable[StatusChange]) -> list[StatusChange]:
    """In an order in which the last of each record is the one that counts."""
    return sorted(changes, key=lambda change: bool(change.note))
