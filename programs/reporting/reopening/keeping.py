"""Copying what was approved, for the public to read while the report is corrected."""

from django.db.models import Count, Sum

from p2emas import clock
from programs.reporting.reports.kept import KeptLine, KeptReport, KeptValue
from programs.reporting.reports.models import ProgressReport

LINE = ("plan_line_id", "spent_to_date", "physical_to_date", "nil_reason", "video_url", "carried")
VALUE = ("indicator_id", "village_id", "value")
PRINTED = (
    "supporting_factor",
    "hindering_factor",
    "next_step",
    "next_plan_step",
    "signer_name",
    "signer_nip",
    "signer_rank",
    "signer_title",
    "letter_date",
    "submitted_at",
)


def keep_approved(report: ProgressReport) -> KeptReport:
    """The copy of ``report``, which is approved now; that of an opening before is replaced.

    Belongs into the transaction that opens the report, which holds it locked.
    """
    KeptLine.objects.filter(report=report).delete()
    KeptValue.objects.filter(report=report).delete()
    lines, values = report.lines.order_by("pk").values(*LINE), report.indicator_values.order_by("pk").values(*VALUE)
    KeptLine.objects.bulk_create(KeptLine(report=report, **each) for each in lines)
    KeptValue.objects.bulk_create(KeptValue(report=report, **each) for each in values)
    counted = report.lines.aggregate(lines=Count("pk"), spent=Sum("spent_to_date", default=0))
    assert report.plan_id is not None and report.decided_at is not None  # the constraints of an approved report
    kept, _new = KeptReport.objects.update_or_create(
        report=report,
        defaults={
            "plan_id": report.plan_id,
            "approved_at": report.decided_at,
            "kept_at": clock.now(),
            "values": len(values),
            **{name: getattr(report, name) for name in PRINTED},
            **counted,
        },
    )
    return kept
