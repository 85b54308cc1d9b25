"""Reminding agencies of reports that they have not sent: whom, of what, in which words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from p2emas import clock
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.roles import AGENCY_STAFF, Role
from p2emas.documents.letters import AT_PLACE, Letter
from p2emas.documents.papers import Signer
from p2emas.naming import current, said
from p2emas.notifications.models import Notification
from p2emas.notifications.people import staff_of
from p2emas.notifications.telling import SAMPLE, tell
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.ui.formats import long_date, table_date, weekday_date
from programs.reporting.compliance.measures import days_late, holidays_for
from programs.reporting.reports.due_dates import movable
from programs.reporting.reports.models import ProgressReport, ReportingPeriod

MOST = 100

REMINDER = NoticeKind(
    "report-reminder", "Pengingat dari koordinator", ProgressReport, staff_of, AGENCY_STAFF, "alert", by_mail=True
)


@dataclass(frozen=True)
class Debtor:
    """One unsent report, and how its agency is reached."""

    report: ProgressReport
    late: int  # working days, 0 before the due date
    filled: int
    lines: int
    by_mail: tuple[str, ...]  # "Operator SKPD", "Kepala SKPD"
    without_mail: tuple[str, ...]
    last: datetime | None

    @property
    def is_late(self) -> bool:
        return self.late > 0 and not self.report.is_returned

    @property
    def reached(self) -> str:
        return " dan ".join(self.by_mail) or "Tidak ada yang punya surel"

    @property
    def unreached(self) -> str:
        """Who gets it on paper only."""
        return f"{' dan '.join(self.without_mail)} tanpa surel: cetak surat" if self.without_mail else ""

    @property
    def words(self) -> Told:
        return reminder_words(self)


def debtors_of(user: User, today: date) -> list[Debtor]:
    """Reports of open quarters that are with their agency, those that are late first."""
    reports = list(
        movable(ProgressReport.objects.for_user(user))
        .select_related("agency", "period")
        .annotate(
            line_count=Count("lines", filter=Q(lines__carried="")),
            filled_count=Count("lines", filter=Q(lines__carried="", lines__spent_to_date__isnull=False)),
        )
        .order_by("due_on", "agency__short_name", "pk")[:MOST]
    )
    holidays = holidays_for(reports, today) if reports else frozenset()
    people = _reached_at({report.agency_id for report in reports}, today)
    last = Notification.objects.last_told(REMINDER.code, reports)
    found = [
        Debtor(
            report,
            late=0 if report.is_returned else days_late(report.due_on, today, holidays),
            filled=report.filled_count,
            lines=report.line_count,
            by_mail=tuple(people[report.agency_id, True]),
            without_mail=tuple(people[report.agency_id, False]),
            last=last.get(report.pk),
        )
        for report in reports
    ]
    return sorted(found, key=lambda each: not each.is_late)


def _reached_at(agencies: set[int], today: date) -> dict[tuple[int, bool], list[str]]:
    """(agency, has an address) -> roles; a role of which one person has an address counts as reached."""
    found: dict[tuple[int, bool], list[str]] = defaultdict(list)
    held = Assignment.objects.in_force(today).filter(agency__in=agencies, role__in=AGENCY_STAFF, user__is_active=True)
    reached: dict[tuple[int, str], bool] = {}
    for agency, role, email in held.order_by().values_list("agency", "role", "user__email"):
        reached[agency, role] = reached.get((agency, role), False) or bool(email)
    for role in (Role.AGENCY_OPERATOR, Role.AGENCY_HEAD):
        for agency in sorted(agencies):
            if (agency, role) in reached:
                found[agency, reached[agency, role]].append(role.label)
    return found


def reminder_words(debtor: Debtor, extra: str = "") -> Told:
    """What the agency reads; ``extra`` is the coordinator's own sentence."""
    report = debtor.report
    title = f"Laporan {report.period} belum {'diperbaiki' if report.is_returned else 'dikirim'}"
    due = f"Laporan {said('{programme}')} {report.period} jatuh tempo {weekday_date(report.due_on)}"
    if report.is_returned:
        sentences = [f"Laporan {report.period} dikembalikan untuk diperbaiki dan belum dikirim lagi."]
    else:
        sentences = [f"{due}{f', {debtor.late} hari kerja yang lalu' if debtor.late else ''}."]
        sentences.append(f"Draf Anda memuat {debtor.filled} dari {debtor.lines} kegiatan." if debtor.lines else "")
    paragraph = " ".join(part for part in (*sentences, extra) if part)
    help_line = said("Bila ada yang menghambat, jawab surel ini atau hubungi {office}: {contact}.")
    return Told(title, extra or sentences[0], f"{paragraph}\n\n{help_line}")


@transaction.atomic
def send_reminders(debtors: Iterable[Debtor], *, extra: str, actor: User) -> tuple[int, int]:
    """Remind; (agencies that were told, letters). An agency is told of one report once a day, no matter who clicks."""
    agencies = letters = 0
    today = clock.today()
    for debtor in debtors:
        occasion = f"laporan-{debtor.report.pk}:{today}"
        if Notification.objects.of_occasion(REMINDER.code, occasion).exists():
            continue
        told = reminder_words(debtor, extra)
        try:
            written = tell(REMINDER, debtor.report, occasion, told, but=actor.pk, released_by=actor)
        except IntegrityError:  # a second click reminds of the same at this moment
            continue
        agencies += 1
        letters += len(written)
    return agencies, letters


def paper_of(debtor: Debtor, extra: str) -> Letter:
    """The same as a letter on paper; number, date and signer are written by hand."""
    told = reminder_words(debtor, extra)
    names = current()
    return Letter(
        subject=told.title,
        to=[f"Kepala {debtor.report.agency.name}", AT_PLACE],
        opening=told.letter.split("\n\n")[:1],
        closing=["Demikian disampaikan, atas perhatiannya diucapkan terima kasih."],
        signer=Signer(title=names.office_head),
    )


def who_owes_what(debtors: Sequence[Debtor], today: date) -> str:
    """One text for the agencies' group: by quarter, who has not sent and who has to correct."""
    blocks = [f"{said('{programme}')}, {long_date(today)}"]
    by_period: dict[ReportingPeriod, list[Debtor]] = defaultdict(list)
    for debtor in debtors:
        by_period[debtor.report.period].append(debtor)
    for period, owed in by_period.items():
        lines = [f"Laporan {period.short}, jatuh tempo {long_date(period.due_on)}"]
        lines += [_owed_line(each, period) for each in owed]
        blocks.append("\n".join(lines))
    if any(debtor.report.is_sample for debtor in debtors):
        blocks.insert(0, SAMPLE)
    return "\n\n".join(blocks) if by_period else ""


def _owed_line(debtor: Debtor, period: ReportingPeriod) -> str:
    report = debtor.report
    moved = f" (batasnya {table_date(report.due_on)})" if report.due_on != period.due_on else ""
    return f"{'Perbaikan' if report.is_returned else 'Belum'}: {report.agency.short_name}{moved}"
