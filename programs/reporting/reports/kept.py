"""What the public reads of a report while it is corrected: a copy of what was approved, in tables of its own.

No page of the report itself reads them, so nobody can fill or change them. The copy is made when the report is opened
again (``reopening.keeping``); whether it is read depends on the state of the report alone, see ``reading.approved``.
"""

from django.db import models
from django.db.models import Q

from districts.regions.models import Village
from p2emas import schema
from programs.framework.models import Indicator
from programs.planning.models import PlanLine, WorkPlan
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import (
    VIDEO_ROOM,
    CountedLine,
    LineFiguresQuerySet,
    ReportLine,
    ThroughReportQuerySet,
)


class KeptReport(models.Model):
    """That a report was approved, on which version of the plan, what it said, and how much there is of the copy.

    What official papers print of a report has the names of ``ProgressReport``.
    """

    report = models.OneToOneField(ProgressReport, models.CASCADE, related_name="kept", verbose_name="laporan")
    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="+", verbose_name="rencana kerja")
    approved_at = models.DateTimeField("disetujui", editable=False)
    kept_at = models.DateTimeField("disalin", default=schema.now, editable=False)
    lines = models.PositiveIntegerField("jumlah baris", editable=False)
    values = models.PositiveIntegerField("jumlah nilai indikator", editable=False)
    spent = models.BigIntegerField("jumlah realisasi keuangan", editable=False)
    supporting_factor = models.TextField("faktor pendorong", blank=True, default="", db_default="")
    hindering_factor = models.TextField("faktor penghambat", blank=True, default="", db_default="")
    next_step = models.TextField("tindak lanjut triwulan berikutnya", blank=True, default="", db_default="")
    next_plan_step = models.TextField("tindak lanjut Renja berikutnya", blank=True, default="", db_default="")
    signer_name = models.CharField(max_length=120, blank=True, default="", db_default="", editable=False)
    signer_nip = models.CharField(max_length=18, blank=True, default="", db_default="", editable=False)
    signer_rank = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    signer_title = models.CharField(max_length=140, blank=True, default="", db_default="", editable=False)
    letter_date = models.DateField("tanggal surat pengantar", null=True, editable=False)
    submitted_at = models.DateTimeField("dikirim", null=True, editable=False)

    class Meta:
        verbose_name = "salinan laporan yang disetujui"
        verbose_name_plural = "salinan laporan yang disetujui"
        constraints = [
            models.CheckConstraint(
                condition=Q(spent__gte=0),
                name="programs_keptreport_spent",
                violation_error_message="Realisasi keuangan tidak boleh negatif.",
            )
        ]

    def __str__(self) -> str:
        return f"Salinan {self.report}"


class KeptLineQuerySet(LineFiguresQuerySet["KeptLine"]):
    """The reads of figures, of copies."""


class KeptLine(CountedLine):
    """The figures of one line as they were approved; names and meaning are those of ``ReportLine``."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="kept_lines", verbose_name="laporan")
    plan_line = models.ForeignKey(PlanLine, models.PROTECT, related_name="+", verbose_name="baris rencana")
    spent_to_date = models.BigIntegerField("realisasi keuangan", null=True)
    physical_to_date = models.DecimalField("realisasi fisik", max_digits=5, decimal_places=2, null=True)
    nil_reason = models.CharField("alasan nihil", max_length=300, blank=True)
    video_url = models.CharField("tautan video", max_length=VIDEO_ROOM, blank=True)
    carried = models.CharField("dibawa", max_length=6, choices=ReportLine.Carried.choices, blank=True, editable=False)

    objects = KeptLineQuerySet.as_manager()

    class Meta:
        verbose_name = "salinan baris laporan"
        verbose_name_plural = "salinan baris laporan"
        ordering = ["report", "plan_line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "plan_line"],
                name="programs_keptline_once",
                violation_error_message="Baris ini sudah ada dalam salinan laporan.",
            ),
            models.CheckConstraint(
                condition=Q(spent_to_date=None) | Q(spent_to_date__gte=0),
                name="programs_keptline_spent",
                violation_error_message="Realisasi keuangan tidak boleh negatif.",
            ),
            models.CheckConstraint(
                condition=Q(physical_to_date=None) | Q(physical_to_date__gte=0, physical_to_date__lte=100),
                name="programs_keptline_physical",
                violation_error_message="Realisasi fisik antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.plan_line)


class KeptValue(models.Model):
    """The value of an indicator as it was approved."""

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="kept_values", verbose_name="laporan")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="indikator")
    village = models.ForeignKey(Village, models.PROTECT, null=True, related_name="+", verbose_name="desa")
    value = models.DecimalField("nilai", max_digits=16, decimal_places=3, null=True)

    objects = ThroughReportQuerySet.as_manager()

    class Meta:
        verbose_name = "salinan nilai indikator"
        verbose_name_plural = "salinan nilai indikator"
        ordering = ["report", "indicator", "village", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator", "village"],
                condition=Q(village__isnull=False),
                name="programs_keptvalue_village_once",
                violation_error_message="Nilai indikator untuk desa ini sudah ada dalam salinan.",
            ),
            models.UniqueConstraint(
                fields=["report", "indicator"],
                condition=Q(village=None),
                name="programs_keptvalue_once",
                violation_error_message="Nilai indikator ini sudah ada dalam salinan.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)
