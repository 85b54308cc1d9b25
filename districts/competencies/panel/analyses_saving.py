"""Writes of the analyses of a draft. Each claims the version of the determination."""

from collections.abc import Iterable

from django.db import transaction

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import AnalysedCommodity, DeterminationAnalysis
from districts.competencies.panel.snapshot import fresh_analyses
from p2emas.workflow.editing import EditConflict, claim_version

DRAFT = CompetencyDetermination.Status.DRAFT


@transaction.atomic
def save_analysis(
    *, record: CompetencyDetermination, seen: int, row: DeterminationAnalysis, commodities: Iterable[int]
) -> None:
    """A new or changed analysis. Beside the first one, what the determination counted until now becomes another.

    Raises ``EditConflict``.
    """
    claim_version(record, seen, DRAFT)
    if row.pk is None and not record.analyses.exists():
        _keep_its_own(record)
    row.determination = record
    row.save()
    wanted = set(commodities)
    for listed in row.commodities.exclude(commodity__in=wanted):
        listed.delete()
    for commodity in sorted(wanted - set(row.commodities.values_list("commodity", flat=True))):
        AnalysedCommodity.objects.create(analysis=row, commodity_id=commodity)


def _keep_its_own(record: CompetencyDetermination) -> None:
    """Its own measure over everything, as the analysis of the options that have figures there."""
    [own] = fresh_analyses(record)
    counted = {line.commodity for line in own.lines}
    row = DeterminationAnalysis.objects.create(
        determination=record, name=record.get_measure_display(), measure=record.measure
    )
    for option in record.options.filter(commodity__in=counted):
        option.analysis = row
        option.save()


@transaction.atomic
def remove_analysis(*, record: CompetencyDetermination, seen: int, row: DeterminationAnalysis) -> None:
    """The last one gives its options back to the determination's own measure. Raises ``EditConflict``."""
    claim_version(record, seen, DRAFT)
    if row.is_needed:
        raise EditConflict("Masih ada pilihan yang memakai hitungan ini.")
    for option in row.options.all():
        option.analysis = None
        option.save()
    row.delete()
