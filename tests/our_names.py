"""Who we are in tests that do not say it themselves."""

from collections.abc import Callable
from dataclasses import fields, replace

from django.test.utils import CaptureQueriesContext

from p2emas.naming import Names


class BesideTheNames(CaptureQueriesContext):
    """The queries of a block but for the one that each request asks: who we are."""

    @property
    def captured_queries(self) -> list[dict[str, str]]:
        return [query for query in super().captured_queries if NAMES not in query["sql"]]

    @property
    def of_names(self) -> list[dict[str, str]]:
        return [query for query in super().captured_queries if NAMES in query["sql"]]


NAMES = '"lead_agency__short_name"'
ASSUMED = Names(
    place="Sintang",
    province="Kalimantan Barat",
    seat="Sintang",
    office="Bappeda",
    office_name="Badan Perencanaan Pembangunan Daerah",
    head="Bupati",
    office_head="Kepala Bappeda",
    phones="Telepon dan WhatsApp (0565) 000-000 (contoh)",
    opening_hours="hari kerja 07.30 sampai 15.30",
    zone_name="Asia/Jakarta",
    programme="P2-EMAS",
)
EMPTY = Names()


def reader(stored: Callable[[], Names]) -> Callable[[], Names]:
    """``stored`` with ``ASSUMED`` in the place of what nobody filled in; a test without a database has that alone."""

    def read() -> Names:
        try:
            found = stored()
        except RuntimeError:  # this test may not open the database
            return ASSUMED
        unsaid = [each.name for each in fields(Names) if getattr(found, each.name) == getattr(EMPTY, each.name)]
        return replace(found, **{name: getattr(ASSUMED, name) for name in unsaid})

    return read
