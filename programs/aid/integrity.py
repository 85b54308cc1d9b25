"""Checks of stored packages: services refuse what is looked for here."""

from collections.abc import Iterator

from programs.aid.models import AidPackage, window_of
from programs.aid.survival import contradicts


def counts_that_grow() -> Iterator[str]:
    """More was counted than there was before, or something that nobody counts; shares leave such a package out."""
    checked = AidPackage.objects.filter(checks__isnull=False).distinct().with_checks()
    for package in checked.order_by("pk").iterator(500):
        checks = sorted(package.checks.all(), key=lambda check: check.month)
        if contradicts(package, tuple(check.left for check in checks)):
            yield f"paket {package.pk}: hitungan pemeriksaannya naik, atau melebihi jumlah barang"
        if any(window_of(package, check.month) is None for check in checks):
            yield f"paket {package.pk}: diperiksa, padahal belum diserahkan atau habis dipakai"
