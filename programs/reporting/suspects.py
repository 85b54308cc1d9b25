"""What may be wrong in reports although no rule was broken."""

from collections.abc import Iterator

from p2emas.registry.kinds import Suspect
from programs.reporting.reports.carried_apart import carried_apart
from programs.reporting.reports.models import ProgressReport


def carried_apart_lines() -> Iterator[Suspect]:
    """Work that a sent report carries with other figures than the report before says since its correction."""
    sent = ProgressReport.objects.exclude(status__in=ProgressReport.WITH_AGENCY).filter(period__number__gt=1)
    for apart in carried_apart(sent.select_related("period", "agency").order_by("pk")):
        yield Suspect(
            f"{apart.report}: baris {apart.plan_line} dibawa dengan {apart.carried}, padahal laporan sebelumnya "
            f"kini mencatat {apart.now}.",
            f"{apart.report.get_absolute_url()}.",
            "SKPD meminta laporan itu dibuka kembali lalu mengirimnya lagi; baris yang dibawa ikut diperbarui.",
        )
