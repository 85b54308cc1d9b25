"""The last days of contracts in the calendar."""

from typing import Any

from facilitators.placements.models import Contract
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span


def contract_ends(reader: Any, span: Span) -> Dates:
    for contract in Contract.objects.for_user(reader).ending_between(span.first, span.last):
        yield CalendarDate(
            f"kontrak-{contract.pk}",
            contract.ends,
            "Kontrak pendamping berakhir",
            f"Kontrak {contract.facilitator} berakhir",
            contract.number,
            f"Nomor {contract.number}.",
            contract.get_absolute_url() if reader.sees_everything else "",
        )


DATES = (DateKind("kontrak", "Kontrak pendamping", 70, contract_ends),)
