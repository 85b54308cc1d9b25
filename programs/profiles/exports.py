"""CSV of the work at a place: what the page shows, row by row."""

from collections.abc import Iterable

from django.http import HttpResponse

from p2emas.documents.tables import csv_response
from programs.profiles.works import AgreedWork

HEADER = ["SKPD", "Kegiatan", "Mata rantai", "Sumber dana", "Pagu (Rp)", "Realisasi (Rp)", "Fisik (%)", "Data contoh"]


def works_csv(works: Iterable[AgreedWork], filename: str) -> HttpResponse:
    rows = (
        [
            work.line.plan.agency.short_name,
            work.line.activity.name,
            work.line.get_chain_link_display(),
            work.line.get_fund_display(),
            work.line.amount,
            work.spent,
            work.physical,
            work.is_sample,
        ]
        for work in works
    )
    return csv_response(filename, HEADER, rows)
