"""Rows of /pendamping/: who is where, since when, until when; on the screen and as a workbook."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from districts.regions.models import District, Village
from facilitators.placements.models import Contract, Placement
from facilitators.recruitment.result.people import Facilitator, FacilitatorQuerySet
from p2emas.accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SOON = 60  # days before the end of a contract from which the office should act
COLUMNS = {"nama": ("name", "pk"), "desa": ("place", "name"), "sejak": ("since", "name"), "kontrak": ("until", "name")}
PLACED, FREE, LEFT = "bertugas", "bebas", "selesai"
CONDITIONS = [(PLACED, "Sedang bertugas"), (FREE, "Belum ditempatkan"), (LEFT, "Pernah bertugas")]
HEADER = ["Nama", "Kode desa", "Bertugas di", "Kode kecamatan", "Kecamatan", "Sejak", "Sampai", "Kontrak berakhir",
          "Telepon dinas", "Data contoh"]  # fmt: skip


class Current(TypedDict):
    current: list[Placement]  # in force


ListedFacilitator: TypeAlias = "WithAnnotations[Facilitator, Current]"


def listed_facilitators(
    user: User,
    on: date,
    *,
    cari: str = "",
    kecamatan: District | None = None,
    desa: Village | None = None,
    keadaan: str = "",
    segera: bool = False,
) -> "QuerySet[ListedFacilitator]":
    """Facilitators with ``current`` (placements in force), ``place``, ``since`` and ``until`` (end of the contract)."""
    held = Placement.objects.in_force(on)
    mine = held.filter(facilitator=OuterRef("pk"))
    first = mine.order_by("starts", "pk")
    rows: FacilitatorQuerySet = Facilitator.objects.for_user(user).annotate(
        place=Subquery(first.values("target_location__village__name")[:1]),
        since=Subquery(first.values("starts")[:1]),
        until=Subquery(mine.order_by("contract__ends").values("contract__ends")[:1]),
    )
    if cari.strip():
        there = mine.filter(target_location__village__in=Village.objects.search(cari))
        rows = rows.filter(Q(Exists(there)) | Q(name__icontains=cari.strip()))
    if kecamatan:
        rows = rows.filter(Exists(mine.filter(target_location__village__district=kecamatan)))
    if desa:
        rows = rows.filter(Exists(mine.filter(target_location__village=desa)))
    if segera:
        rows = rows.filter(Exists(mine.filter(contract__ends__lte=on + timedelta(days=SOON))))
    rows = _in_condition(rows, keadaan, mine)
    return rows.prefetch_related(Prefetch("placements", held.for_table(), to_attr="current"))


def _in_condition(rows: FacilitatorQuerySet, condition: str, mine: QuerySet[Placement]) -> FacilitatorQuerySet:
    if condition == PLACED:
        return rows.filter(Exists(mine))
    if condition in (FREE, LEFT):
        before = Exists(Placement.objects.filter(facilitator=OuterRef("pk")))
        rows = rows.filter(~Exists(mine))
        return rows.filter(before) if condition == LEFT else rows.exclude(before)
    return rows


def villages_with_placements(on: date) -> QuerySet[Village]:
    return Village.objects.filter(target_locations__placements__in=Placement.objects.in_force(on)).distinct()


def facilitator_table(rows: Iterable[ListedFacilitator]) -> Iterator[list[object]]:
    """One line a placement; who has none has one line too. No private number leaves the system here."""
    for row in rows:
        placements: list[Placement | None] = [*row.current]
        for placement in placements or [None]:
            yield [row.name, *_where(placement), row.office_phone, row.is_sample]


def _where(placement: Placement | None) -> list[Any]:
    if placement is None:
        return [None] * 7
    village = placement.target_location.village if placement.target_location else None
    return [
        village.code if village else None,
        placement.place_name,
        village.district.code if village else None,
        village.district.name if village else None,
        placement.starts,
        placement.last_day,
        placement.contract.ends,
    ]


def contracts_of(facilitator: Facilitator, on: date) -> QuerySet[Contract]:
    """The facilitator's contracts that can still carry a placement, the next one to end first."""
    return facilitator.contracts.filter(ends__gte=on).order_by("ends", "pk")


def contracts_of_others(user: User, facilitator_id: int, on: date) -> QuerySet[Contract]:
    """Contracts of everybody else that can still carry a placement."""
    rows = Contract.objects.for_user(user).filter(ends__gte=on).exclude(facilitator=facilitator_id)
    rows = rows.select_related("facilitator")
    return rows.order_by("facilitator__name", "starts", "pk")
