"""The parts of a progress report: lines, indicator values, comments, files, moved deadlines."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from districts.regions.models import Village
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.documents.kinds import JPEG
from p2emas.documents.models import PrivateFile
from p2emas.history.records import EditHistory, history_of
from programs.framework.models import Indicator
from programs.nomenclature.funds import is_outside, outside_budget
from programs.planning.models import PlanLine
from programs.reporting.reports.models import ProgressReport

Row = TypeVar("Row", bound=models.Model)

OUTSIDE = is_outside("plan_line__fund")


class ThroughReportQuerySet(models.QuerySet[Row]):
    """Parts of a report: everyone who may see the report may see them."""

    def for_user(self, user: User) -> Self:
        return self.filter(report__in=ProgressReport.objects.for_user(user))


class DueDateChange(models.Model):
    """A moved deadline: old, new, why and who. Rows are only ever added."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="due_changes")
    old = models.DateField("semula")
    new = models.DateField("menjadi")
    reason = models.CharField("alasan", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=schema.now)

    class Meta:
        verbose_name = "perubahan jatuh tempo"
        verbose_name_plural = "perubahan jatuh tempo"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="programs_duedatechange_reasoned",
                violation_error_message="Tulis alasan pemindahan jatuh tempo.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} -> {self.new}"


MOST_VIDEOS, LONGEST_VIDEO = 5, 300  # links on one line
VIDEO_ROOM = MOST_VIDEOS * (LONGEST_VIDEO + 1)
PLACE = Coalesce("plan_line__target_location__village_id", "plan_line__other_village_id")


class LineFiguresQuerySet(ThroughReportQuerySet[Row]):
    """The reads of lines with figures, of a report or of the copy that is kept of it."""

    def planned(self) -> Self:
        """Without work that the report's plan no longer has."""
        return self.filter(carried="")

    def in_district(self, district_id: int) -> Self:
        target = Q(plan_line__target_location__village__district=district_id)
        return self.filter(target | Q(plan_line__other_village__district=district_id))

    def with_fund(self) -> Self:
        """Each with whether its money is ``outside`` the agency's budget, as the table of funds says in this query."""
        return self.annotate(**{"outside": OUTSIDE})

    def in_program_budget(self) -> Self:
        """Without village money."""
        return self.exclude(outside_budget("plan_line__fund"))

    def served(self) -> set[tuple[int, int | None]]:
        """(outcome, village) of every piece of work: where the agency works for which outcome."""
        return set(self.order_by().values_list("plan_line__activity__outcome", PLACE).distinct())


class ReportLineQuerySet(LineFiguresQuerySet["ReportLine"]):
    def approved(self) -> "ReportLineQuerySet":
        return self.filter(report__status__in=ProgressReport.APPROVED_STATES)

    def find(self, pk: int) -> "ReportLine | None":
        return self.filter(pk=pk).first()

    def with_photos(self) -> "ReportLineQuerySet":
        """Each with the number of its ``photos``."""
        found = ReportAttachment.objects.filter(line=models.OuterRef("pk"), kind=ReportAttachment.Kind.PHOTO)
        counted = found.order_by().values("line").annotate(n=models.Count("pk")).values("n")
        return self.annotate(**{"photos": Coalesce(models.Subquery(counted), 0)})

    def places(self) -> "models.QuerySet[ReportLine, int | None]":
        """The villages of the work, as a subquery."""
        return (
            self.order_by()
            .values_list(PLACE, flat=True)
            .exclude(plan_line__target_location=None, plan_line__other_village=None)
        )


class CountedLine(models.Model):
    """What every line with figures answers."""

    plan_line: models.ForeignKey[PlanLine]
    spent_to_date: models.BigIntegerField
    physical_to_date: models.DecimalField
    video_url: models.CharField
    carried: models.CharField

    class Meta:
        abstract = True

    @property
    def videos(self) -> list[str]:
        """The addresses of its videos, which a page may link; nothing that is no web page."""
        return [url for url in self.video_url.split() if url.startswith("https://")]

    @property
    def ceiling(self) -> int:
        """What the money is held against: the line's amount, 0 where the plan no longer has it."""
        return 0 if self.carried else self.plan_line.amount

    @property
    def has_begun(self) -> bool:
        return bool(self.spent_to_date or self.physical_to_date)


class ReportLine(CountedLine):
    """Money and physical progress of one plan line, cumulative "s.d. TW". Empty means "belum ada data".

    A carried line is work that the report's plan no longer has: what was spent on it counts to the end of the year,
    against a ceiling of 0, and is not filled any more.
    """

    class Carried(models.TextChoices):
        BEFORE = "BEFORE", "dari laporan sebelumnya"  # follows that report as long as its agency has this one
        OWN = "OWN", "dari triwulan ini"  # was filled before the report took another version of the plan over

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="lines")

    class Correction(models.TextChoices):
        """Why a cumulative figure is lower than in the report before."""

        REFUND = "REFUND", "Pengembalian ke kas daerah"
        CORRECTION = "CORRECTION", "Koreksi pembukuan"
        TYPING = "TYPING", "Salah ketik"

    plan_line = models.ForeignKey(PlanLine, models.PROTECT, related_name="report_lines", verbose_name="baris rencana")
    spent_to_date = models.BigIntegerField("realisasi keuangan", null=True, blank=True)
    physical_to_date = models.DecimalField("realisasi fisik", max_digits=5, decimal_places=2, null=True, blank=True)
    started_on = models.DateField("mulai dikerjakan", null=True, blank=True)
    nil_reason = models.CharField("alasan nihil", max_length=300, blank=True)
    unchanged = models.BooleanField("tidak ada perubahan", default=False)
    over_budget_reason = models.CharField("alasan di atas pagu", max_length=300, blank=True, default="", db_default="")
    # several are on lines of their own: an address has no space in it
    video_url = models.CharField("tautan video", max_length=VIDEO_ROOM, blank=True, default="", db_default="")
    correction = models.CharField(
        "sebab turun", max_length=10, choices=Correction.choices, blank=True, default="", db_default=""
    )
    correction_reason = models.CharField("alasan turun", max_length=300, blank=True, default="", db_default="")
    carried = models.CharField(
        "dibawa", max_length=6, choices=Carried.choices, blank=True, default="", db_default="", editable=False
    )

    photos: int  # counted by ``with_photos``
    outside: bool  # whether its money is beside the agency's budget, read by ``with_fund``

    objects = ReportLineQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "baris laporan"
        verbose_name_plural = "baris laporan"
        ordering = ["report", "plan_line__activity__code", "plan_line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "plan_line"],
                name="programs_reportline_once",
                violation_error_message="Baris ini sudah ada dalam laporan.",
            ),
            models.CheckConstraint(
                condition=Q(spent_to_date=None) | Q(spent_to_date__gte=0),
                name="programs_reportline_spent",
                violation_error_message="Realisasi keuangan tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(physical_to_date=None) | Q(physical_to_date__gte=0, physical_to_date__lte=100),
                name="programs_reportline_physical",
                violation_error_message="Realisasi fisik antara 0 dan 100 persen.",
            ),
            models.CheckConstraint(
                condition=Q(correction="", correction_reason="")
                | (Q(correction__in=("REFUND", "CORRECTION", "TYPING")) & ~Q(correction_reason="")),
                name="programs_reportline_correction_reasoned",
                violation_error_message="Angka yang turun punya sebab dan alasan.",
            ),
            models.CheckConstraint(
                condition=Q(carried__in=("", "BEFORE", "OWN")),
                name="programs_reportline_carried",
                violation_error_message="Baris dibawa dari laporan sebelumnya atau dari triwulan ini.",
            ),
            models.CheckConstraint(
                condition=Q(carried="")
                | Q(spent_to_date__isnull=False, spent_to_date__gt=0)
                | Q(physical_to_date__isnull=False, physical_to_date__gt=0),
                name="programs_reportline_carried_has_begun",
                violation_error_message="Hanya kegiatan dengan realisasi yang dibawa sampai akhir tahun.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.plan_line)


class ReportCommentQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ReportCommentQuerySet":
        """Internal remarks stay with BAPPEDA and those who see everything."""
        seen = self.filter(report__in=ProgressReport.objects.for_user(user))
        return seen if user.sees_everything else seen.shared_with_agency()

    def shared_with_agency(self) -> "ReportCommentQuerySet":
        """Remarks that the agency reads."""
        return self.filter(internal=False)

    def open_findings(self) -> "ReportCommentQuerySet":
        """Findings that the verifier asked to have corrected, as long as nobody sent the report again."""
        return self.exclude(finding="").filter(resolved_at=None)

    def to_correct(self) -> "ReportCommentQuerySet":
        return self.shared_with_agency().filter(resolved_at=None)


class ReportComment(models.Model):
    NO_PHOTO = "no_photo"  # the finding that is corrected by a file, not by a figure

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="comments")
    line = models.ForeignKey(ReportLine, models.CASCADE, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("komentar", max_length=2000)
    internal = models.BooleanField("hanya untuk kantor pengelola", default=False)
    # the code of the finding that it says, if it says one
    finding = models.CharField("temuan", max_length=30, blank=True, default="", db_default="", editable=False)
    at = models.DateTimeField(default=schema.now)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "komentar"
        verbose_name_plural = "komentar"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def asks_for_photo(self) -> bool:
        return self.finding == self.NO_PHOTO

    @property
    def asks_for_figures(self) -> bool:
        """Whether it opens its line in the table of figures."""
        return self.line_id is not None and not self.asks_for_photo


class ReportAttachmentQuerySet(ThroughReportQuerySet["ReportAttachment"]):
    def public(self) -> "ReportAttachmentQuerySet":
        """Photos of approved reports: published with the figures, and withdrawn with them.

        While a report is corrected, those stay that it had when it was opened again. One whose caption or line is
        changed waits with the figures: nobody has approved what it says now.
        """
        opened = "report__kept__kept_at"
        later = history_of(ReportAttachment).filter(id=OuterRef("pk"), history_date__gt=OuterRef(opened))
        kept = Q(uploaded_at__lte=F(opened)) & ~Exists(later.filter(history_type="~"))
        return self.photos().filter(Q(report__status__in=ProgressReport.APPROVED_STATES) | kept)

    def minutes(self) -> "ReportAttachmentQuerySet":
        return self.filter(kind=ReportAttachment.Kind.MINUTES)

    def photos(self) -> "ReportAttachmentQuerySet":
        """Pictures of the work; a letter sent as "foto" is none."""
        return self.filter(kind=ReportAttachment.Kind.PHOTO, content_type=JPEG)

    def of_no_line(self) -> "ReportAttachmentQuerySet":
        return self.filter(line=None)

    def find(self, pk: int) -> "ReportAttachment | None":
        return self.filter(pk=pk).first()

    def for_list(self) -> "ReportAttachmentQuerySet":
        return self.select_related("line__plan_line__activity", "uploaded_by").order_by("uploaded_at", "pk")

    def of_year(self, year: int) -> "ReportAttachmentQuerySet":
        return self.filter(report__period__year=year)

    def in_village(self, village: Village) -> "ReportAttachmentQuerySet":
        return self.filter(
            Q(line__plan_line__target_location__village=village) | Q(line__plan_line__other_village=village)
        )


class ReportAttachment(PrivateFile):
    OWNER = "report"

    class Kind(models.TextChoices):
        PHOTO = "PHOTO", "Foto kegiatan"
        MINUTES = "MINUTES", "Berita acara"
        LETTER = "LETTER", "Surat pengantar bertanda tangan"
        OTHER = "OTHER", "Lainnya"

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="attachments")
    line = models.ForeignKey(
        ReportLine, models.SET_NULL, null=True, blank=True, related_name="attachments", verbose_name="baris kegiatan"
    )
    kind = models.CharField("jenis", max_length=8, choices=Kind.choices, default=Kind.PHOTO)
    # whether time and place are as the camera noted them; no longer when somebody typed over them
    from_device = models.BooleanField("waktu dan tempat dari HP", default=False, db_default=False, editable=False)

    objects = ReportAttachmentQuerySet.as_manager()
    # who put it on which line, and what was said of it; the file itself is never changed
    history = EditHistory(
        excluded_fields=[
            *("key", "file", "thumbnail", "content_type", "size", "sha256"),
            *("taken_at", "lat", "lng", "uploaded_by", "uploaded_at"),
        ]
    )

    class Meta(PrivateFile.Meta):
        verbose_name = "lampiran laporan"
        verbose_name_plural = "lampiran laporan"

    @property
    def is_photo(self) -> bool:
        return self.kind == self.Kind.PHOTO and self.content_type == JPEG


class IndicatorValueQuerySet(ThroughReportQuerySet["IndicatorValue"]):
    def with_earlier(self, report: ProgressReport) -> "IndicatorValueQuerySet":
        """The values of ``report`` and of the year's earlier sent reports of its agency, quarter by quarter."""
        earlier = Q(
            agency=report.agency_id, period__year=report.period.year, period__number__lt=report.period.number
        ) & ~Q(status__in=ProgressReport.NOT_RECEIVED)
        # first the few reports: a condition on the periods of values reads the values of all years
        reports = ProgressReport.objects.filter(Q(pk=report.pk) | earlier).order_by()
        return self.filter(report__in=reports.values("pk")).order_by("report__period__number", "pk")


class IndicatorValue(models.Model):
    """An indicator's value in a quarter: the quarter's own amount for "increasing", else the state at its end."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="indicator_values")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="indikator")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="indicator_values", verbose_name="desa"
    )
    value = models.DecimalField("nilai", max_digits=16, decimal_places=3, null=True, blank=True)
    missing_reason = models.CharField("mengapa belum ada data", max_length=200, blank=True)
    source = models.CharField("sumber", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = IndicatorValueQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "nilai indikator"
        verbose_name_plural = "nilai indikator"
        ordering = ["indicator", "village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator", "village"],
                condition=Q(village__isnull=False),
                name="programs_indicatorvalue_village_once",
                violation_error_message="Nilai indikator untuk desa ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["report", "indicator"],
                condition=Q(village=None),
                name="programs_indicatorvalue_once",
                violation_error_message="Nilai indikator ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)  # without the value: "2.000" would read as two thousand
