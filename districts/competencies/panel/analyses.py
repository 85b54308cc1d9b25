"""The analyses of a determination: each adds up ONE unit, so that crops, cattle and crafts can be ranked together."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.urls import reverse

from districts.competencies.analysis.reading import EvidenceScope
from districts.competencies.models import CompetencyDetermination
from districts.evidence.measures import measure_label
from districts.evidence.models import Commodity
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory


class ThroughDeterminationQuerySet(models.QuerySet):
    """Parts of determinations: read by those who read the determination."""

    def for_user(self, user: User) -> "ThroughDeterminationQuerySet":
        return self.filter(determination__in=CompetencyDetermination.objects.for_user(user))


class DeterminationAnalysisQuerySet(ThroughDeterminationQuerySet):
    def with_commodities(self) -> "DeterminationAnalysisQuerySet":
        return self.order_by("pk").prefetch_related("commodities")


class DeterminationAnalysis(models.Model):
    """Figures of one measure, of a sector or some commodities. Without any, a determination uses its own measure."""

    MOST = 6

    determination = models.ForeignKey(CompetencyDetermination, models.CASCADE, related_name="analyses")
    name = models.CharField("nama hitungan", max_length=60, help_text="Misalnya Ternak, Kerajinan.")
    measure = models.CharField("ukuran", max_length=8)
    sector = models.CharField("sektor", max_length=60, blank=True)

    objects = DeterminationAnalysisQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "hitungan"
        verbose_name_plural = "hitungan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "name"],
                name="districts_determinationanalysis_once",
                violation_error_message="Hitungan dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(measure=""),
                name="districts_determinationanalysis_named",
                violation_error_message="Isi nama dan ukuran hitungan ini.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_measure_display(self) -> str:
        """In the words of the reference data."""
        return measure_label(self.measure)

    @property
    def scope(self) -> EvidenceScope:
        listed = tuple(sorted(row.commodity_id for row in self.commodities.all()))
        return EvidenceScope(self.measure, self.sector, listed)

    @property
    def is_needed(self) -> bool:
        """Whether options would lose their figures with it; those of the last one have the determination's own."""
        others = DeterminationAnalysis.objects.filter(determination=self.determination_id).exclude(pk=self.pk)
        return others.exists() and self.options.exists()


class AnalysedCommodityQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "AnalysedCommodityQuerySet":
        return self.filter(analysis__in=DeterminationAnalysis.objects.for_user(user))


class AnalysedCommodity(models.Model):
    """A commodity that an analysis adds up; an analysis without any adds up all of its sector."""

    analysis = models.ForeignKey(DeterminationAnalysis, models.CASCADE, related_name="commodities")
    commodity = models.ForeignKey(Commodity, models.PROTECT, related_name="+", verbose_name="komoditas")

    objects = AnalysedCommodityQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "komoditas hitungan"
        verbose_name_plural = "komoditas hitungan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "commodity"],
                name="districts_analysedcommodity_once",
                violation_error_message="Komoditas ini sudah dihitung di sini.",
            )
        ]

    def __str__(self) -> str:
        return str(self.commodity)


def listed(record: CompetencyDetermination) -> list[DeterminationAnalysis]:
    """The analyses of ``record`` with their commodities; none where it uses its own measure over everything."""
    return list(record.analyses.with_commodities())


def analysis_address(record: CompetencyDetermination, scope: EvidenceScope) -> str:
    """Where today's figures of one analysis are counted."""
    asked: dict[str, object] = {"kecamatan": record.district.code, "ukuran": scope.measure, "sektor": scope.sector}
    asked |= {"sejak": record.first_year, "sampai": record.last_year, "hanya": scope.commodities}
    return f"{reverse('competencies:analysis')}?{urlencode({k: v for k, v in asked.items() if v}, doseq=True)}"


def measure_words(measures: Iterable[str]) -> str:
    """The measures by name, each once."""
    return "; ".join(dict.fromkeys(measure_label(code) for code in measures))
