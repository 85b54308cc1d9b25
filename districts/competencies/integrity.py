"""What no single table can see of determinations: whose analysis an option names."""

from collections.abc import Iterator

from django.db.models import F

from districts.competencies.panel.models import CompetencyOption


def analyses_elsewhere() -> Iterator[str]:
    """An option names an analysis of its own determination."""
    other = CompetencyOption.objects.exclude(analysis=None).exclude(analysis__determination=F("determination"))
    for option in other.select_related("commodity", "determination__district", "analysis").order_by("pk"):
        yield f"{option} ({option.determination}): hitungan {option.analysis} milik penetapan lain."
