"""The page of one piece of work: from the decree and the plan to every quarter's figures, photos and corrections.

It may be opened by the line of any version of the plan: the versions continue each other, the work stays one. What is
approved is public; people with a right to a report see it in every state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q, QuerySet

from p2emas.accounts.models import User
from p2emas.ui import charts, formats
from p2emas.workflow.models import StatusChange
from programs.aid.page import AidOfWork, aid_of_work
from programs.fieldwork.models import FieldReport
from programs.framework.models import Indicator, IndicatorTarget
from programs.framework.opening import lines_of
from programs.obstacles.raising import raise_link
from programs.planning.models import PlanLine, PlanLineQuerySet, PlanLineTarget, WorkPlan
from programs.profiles.payments import ActivityPayments
from programs.reporting.reading.approved import is_corrected
from programs.reporting.reopening.public import UnderCorrection, under_correction
from programs.reporting.reports.kept import KeptLine, KeptValue
from programs.reporting.reports.models import ProgressReport, ProgressReportQuerySet
from programs.reporting.reports.parts import IndicatorValue, ReportAttachment, ReportComment, ReportLine
from programs.reporting.reports.sheets import percent_of

QUARTERS = (1, 2, 3, 4)
VISITS_SHOWN = 5
Reader = User | AnonymousUser


def name_of_quarter(number: int) -> str:
    return f"TW{formats.NBSP}{formats.ROMAN[number]}"


def readable_lines(user: Reader) -> PlanLineQuerySet:
    """Lines of set plans are public; drafts are read by those who may see them."""
    if not isinstance(user, User):
        return PlanLine.objects.agreed()
    return PlanLine.objects.filter(
        Q(plan__status=WorkPlan.Status.SET) | Q(pk__in=PlanLine.objects.for_user(user).order_by().values("pk"))
    )


@lines_of.provide
def newest_agreed_lines(activities: Iterable[int]) -> dict[int, int]:
    """Activity key -> the line that opens its page; none of one that only drafts have, which not all may read."""
    lines = PlanLine.objects.agreed().filter(activity__in=activities).order_by()
    return dict(lines.values_list("activity").annotate(Max("pk")))


def _reports_of(user: Reader) -> ProgressReportQuerySet:
    """The reports that the reader may open."""
    return ProgressReport.objects.for_user(user) if isinstance(user, User) else ProgressReport.objects.none()


@dataclass(frozen=True)
class ActivityQuarter:
    """One quarter of the work. ``line`` is what was reported, None where nothing that the reader may see was."""

    number: int
    target: PlanLineTarget | None
    line: ReportLine | KeptLine | None
    report: ProgressReport | None
    has_scope: bool  # the reader may open the report itself
    kept: bool = False  # the report is being corrected, and this is what was approved
    paid: int | None = None  # SP2D of the whole activity up to its end, for a reader of payments

    @property
    def name(self) -> str:
        return name_of_quarter(self.number)

    @property
    def is_approved(self) -> bool:
        """What the reader sees of it."""
        return self.kept or (self.report is not None and not is_corrected(self.report))

    @property
    def absorption(self) -> Fraction | None:
        return percent_of(self.line.spent_to_date, self.line.ceiling) if self.line else None

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.line.physical_to_date if self.line else None)


@dataclass(frozen=True)
class MeasuredOutput:
    """An indicator of the work with the values of the year's quarters."""

    indicator: Indicator
    target: Decimal | None
    values: list[tuple[str, Decimal | None]]


@dataclass(frozen=True)
class ActivityPage:
    """Everything for the template; the number of queries does not depend on versions or quarters."""

    line: PlanLine
    user: Reader

    @cached_property
    def versions(self) -> list[PlanLine]:
        """The line in every version of the plan that the reader may see, the first version first."""
        keys = _same_work(self.line)
        lines = (
            readable_lines(self.user)
            .filter(pk__in=keys)
            .for_table()
            .with_listing()
            .select_related("target_location__decree")
        )
        return list(lines.order_by("plan__sequence", "pk"))

    @property
    def marks_code(self) -> bool:
        """Whether its code is marked as unlisted: for those who work with codes, not for the public."""
        user = self.user
        reads = isinstance(user, User) and (user.sees_everything or bool(user.staff_agency_ids))
        return reads and bool(getattr(self.current, "unlisted", False))

    @cached_property
    def plan_scope(self) -> set[int]:
        """The keys of the plans that the reader may open."""
        if not isinstance(self.user, User):
            return set()
        plans = [line.plan_id for line in self.versions]
        return set(WorkPlan.objects.for_user(self.user).filter(pk__in=plans).values_list("pk", flat=True))

    @property
    def current(self) -> PlanLine:
        """As the newest version that is set has it, else as it was asked for."""
        set_lines = [line for line in self.versions if line.plan.status == WorkPlan.Status.SET]
        return set_lines[-1] if set_lines else self.line

    @cached_property
    def reports(self) -> dict[int, ProgressReport]:
        """By quarter: those that are approved or are corrected since, and all that the reader may see."""
        approved = Q(status__in=ProgressReport.APPROVED_STATES)
        own, copied = (
            Q(pk__in=model.objects.filter(plan_line__in=self.versions).order_by().values("report"))
            for model in (ReportLine, KeptLine)
        )
        visible = (approved | Q(pk__in=self._own)) & own
        found = ProgressReport.objects.filter(visible | (~approved & copied))
        return {report.period.number: report for report in found.select_related("period", "agency").with_receipt()}

    @property
    def _own(self) -> QuerySet:
        return _reports_of(self.user).order_by().values("pk")

    @cached_property
    def reopened(self) -> list[UnderCorrection]:
        """Quarters whose report was opened again; anyone who may open the report reads it as it is now."""
        plan, read = self.line.plan, self.reports
        own = {number for number, report in read.items() if report.pk not in self._kept}
        return [each for each in under_correction(plan.year, [plan.agency_id]) if each.period.number not in own]

    @cached_property
    def _scope(self) -> set[int]:
        """The keys of the reports that the reader may open."""
        pks = [report.pk for report in self.reports.values()]
        return set(_reports_of(self.user).filter(pk__in=pks).values_list("pk", flat=True))

    @cached_property
    def _kept(self) -> set[int]:
        """The keys of the reports of which the reader reads what was approved."""
        return {report.pk for report in self.reports.values() if is_corrected(report)} - self._scope

    @cached_property
    def _own_lines(self) -> dict[int, ReportLine]:
        """By report, those that are read as they are now."""
        reports = [report for report in self.reports.values() if report.pk not in self._kept]
        found = ReportLine.objects.filter(report__in=reports, plan_line__in=self.versions)
        return {line.report_id: line for line in found.select_related("plan_line__activity")}

    @cached_property
    def _lines(self) -> dict[int, ReportLine | KeptLine]:
        """By report."""
        copied = KeptLine.objects.filter(report__in=self._kept, plan_line__in=self.versions)
        kept = {line.report_id: line for line in copied.select_related("plan_line__activity")} if self._kept else {}
        return {**self._own_lines, **kept}

    @cached_property
    def payments(self) -> ActivityPayments:
        return ActivityPayments(self.current, self.user)

    @cached_property
    def quarters(self) -> list[ActivityQuarter]:
        targets = {
            (target.plan_line_id, target.quarter): target
            for target in PlanLineTarget.objects.filter(plan_line__in=self.versions)
        }
        found = []
        for number in QUARTERS:
            report = self.reports.get(number)
            line = self._lines.get(report.pk) if report else None
            version = line.plan_line_id if line else self.current.pk
            scope = report is not None and report.pk in self._scope
            kept = report is not None and report.pk in self._kept
            target, paid = targets.get((version, number)), self.payments.until_quarter(number)
            found.append(ActivityQuarter(number, target, line, report, scope, kept, paid))
        return found

    @property
    def newest(self) -> ActivityQuarter | None:
        """The last quarter with figures."""
        known = [each for each in self.quarters if each.line is not None and each.line.physical_to_date is not None]
        return known[-1] if known else None

    @cached_property
    def outputs(self) -> list[MeasuredOutput]:
        """The indicators of the activity, for the village of the work where they are measured by village."""
        village = self.current.village
        here = Q(village=None) | Q(village=village)
        indicators = list(Indicator.objects.filter(activity=self.current.activity_id).order_by("name", "pk"))
        targets = IndicatorTarget.objects.filter(here, indicator__in=indicators, year=self.current.plan.year)
        goals = {target.indicator_id: target.target for target in targets.order_by("village_id")}
        values = self._values(here & Q(indicator__in=indicators))
        return [
            MeasuredOutput(
                each,
                goals.get(each.pk),
                [(name_of_quarter(number), values.get((each.pk, number))) for number in QUARTERS],
            )
            for each in indicators
        ]

    def _values(self, wanted: Q) -> dict[tuple[int, int], Decimal | None]:
        """By indicator and quarter."""
        quarter = {report.pk: number for number, report in self.reports.items()}
        own = IndicatorValue.objects.filter(wanted, report__in=quarter.keys() - self._kept)
        kept = KeptValue.objects.filter(wanted, report__in=self._kept) if self._kept else ()
        return {(value.indicator_id, quarter[value.report_id]): value.value for value in (*own, *kept)}

    @cached_property
    def photos(self) -> list[ReportAttachment]:
        """Of its lines, the newest first; before approval for those who may open the report."""
        files = ReportAttachment.objects.filter(
            report__in=self.reports.values(),
            line__plan_line__in=self.versions,
            kind=ReportAttachment.Kind.PHOTO,
        )
        seen = files.filter(Q(pk__in=ReportAttachment.objects.public().values("pk")) | Q(report__in=self._scope))
        return list(seen.order_by("-uploaded_at", "-pk"))

    @cached_property
    def videos(self) -> list[ReportLine | KeptLine]:
        """Its lines that link videos, the newest quarter first; published with the figures."""
        return [each.line for each in reversed(self.quarters) if each.line is not None and each.line.videos]

    @cached_property
    def corrections(self) -> list["StatedReason"]:
        """Why figures were sent back or differ from the rule, for those who may open the report."""
        by_report = {report.pk: report for report in self.reports.values() if report.pk in self._scope}
        returned = StatusChange.objects.filter(
            content_type=ContentType.objects.get_for_model(ProgressReport), object_id__in=by_report, step="return"
        )
        reasons = [StatedReason(by_report[each.object_id], "Dikembalikan", each.note, each.at) for each in returned]
        reasons += [StatedReason(by_report[each.report_id], "Komentar", each.text, each.at) for each in self._remarks]
        for pk, line in self._own_lines.items():
            lower = f"{line.get_correction_display()}: {line.correction_reason}" if line.correction else ""
            for words, text in (
                ("Nihil", line.nil_reason),
                ("Di atas pagu", line.over_budget_reason),
                ("Realisasi turun", lower),
            ):
                if text and pk in by_report:
                    reasons.append(StatedReason(by_report[pk], words, text))
        return sorted(reasons, key=lambda each: each.report.period.number)

    @property
    def _remarks(self) -> list[ReportComment]:
        if not isinstance(self.user, User):
            return []
        return list(ReportComment.objects.for_user(self.user).filter(line__in=self._own_lines.values()))

    @cached_property
    def aid(self) -> AidOfWork:
        return aid_of_work(self.versions, self.current, self.user)

    @cached_property
    def visits(self) -> list[FieldReport]:
        """What facilitators saw of it, beside what its agency reports; for those who may read it."""
        if not isinstance(self.user, User):
            return []
        seen = FieldReport.objects.for_user(self.user).counted().of_activity(self.line.activity_id)
        return list(seen.for_table()[:VISITS_SHOWN])

    @property
    def raise_url(self) -> str:
        return raise_link(self.user, village=self.current.village, activity=self.current.activity)

    @property
    def is_sample(self) -> bool:
        """Whether any part of what is shown is invented."""
        planned = self.current.activity.is_sample or self.current.plan.is_sample
        return planned or any(report.is_sample for report in self.reports.values())


@dataclass(frozen=True)
class StatedReason:
    report: ProgressReport
    kind: str
    text: str
    at: datetime | None = None


def _same_work(line: PlanLine) -> set[int]:
    """The keys of ``line`` in every version of its plan, earlier and later ones."""
    of_year = PlanLine.objects.filter(plan__agency=line.plan.agency_id, plan__year=line.plan.year)
    steps = of_year.exclude(continues=None).order_by().values_list("pk", "continues_id")
    beside: dict[int, set[int]] = {}
    for later, earlier in steps:
        beside.setdefault(later, set()).add(earlier)
        beside.setdefault(earlier, set()).add(later)
    found, ahead = set(), [line.pk]
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead.extend(beside.get(at, ()))
    return found
