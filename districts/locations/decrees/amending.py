"""Amendments: a draft that amends a decree in force, what it opens and closes, and what forbids it."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.evidence.models import Commodity, commodity_tree
from districts.locations.candidates.models import Candidate
from districts.locations.decision.deciding import Action, new_decree
from districts.locations.decision.papers import ITEM_PARTS
from districts.locations.decision.texts import rewrite, unchanged_text, write_dictums
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.replicating import refusal
from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes, OnMinutes, not_signed
from p2emas.ui.formats import long_date
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import StepConflict, StepNotAllowed

# what is asked of a candidate that receives a success
SOURCE_PARTS = (
    "candidate__village__district",
    "candidate__round__source__village",
    "candidate__round__source__core_competency__commodity",
)
RECRUITMENT = "recruitment"  # beside the fields of DecreeItem: what a round of facilitators points to its decree with
offered_recruitments: "Hook[[Decree | None], QuerySet]" = Hook("rounds of facilitators that a draft may take")
set_recruitments: "Hook[[Decree, Sequence[Any]], None]" = Hook("which rounds of facilitators a draft carries out")


def amendment_title(decree: Decree) -> str:
    """ "Perubahan atas ...", and "Perubahan kedua atas ..." where ``decree`` is a change itself: of the first one."""
    from num2words import num2words

    number, first = 1, decree
    while first.amends is not None:
        number, first = number + 1, first.amends
    if number == 1:
        return f"Perubahan atas {first.about}"
    nth = num2words(number, lang="id", to="ordinal")
    return f"Perubahan {nth} atas {first.about}"


@transaction.atomic
def draft_amendment(*, decree: Decree, about: str, actor: User) -> Decree:
    """A new draft that amends ``decree``; it is empty until somebody says what it opens and closes.

    While it is, the same request by the same person (a double click, a page sent again) leads to the same draft.
    """
    decree = Decree.objects.select_for_update(no_key=True, of=["self"]).select_related("amends").get(pk=decree.pk)
    same = decree.amendments.drafts().filter(about=about.strip(), created_by=actor, items=None).first()
    if same is not None:
        return same
    if decree.status != Decree.Status.IN_FORCE:
        raise StepNotAllowed("Hanya keputusan yang berlaku dapat diubah.")
    draft = new_decree(actor, about=about.strip(), is_sample=decree.is_sample, amends=decree)
    write_dictums(draft)
    return draft


@dataclass(frozen=True)
class AmendmentOffer:
    """What a draft may open and close: what is in force, and what was decided and is in no other draft."""

    target_location: QuerySet[TargetLocation]
    core_competency: QuerySet[CoreCompetency]
    determination: QuerySet[CompetencyDetermination]
    candidate: QuerySet[Candidate]
    recruitment: QuerySet


def offer_for(decree: Decree | None) -> AmendmentOffer:
    """What ``decree`` may open and close; without one, what no draft has yet."""
    elsewhere = DecreeItem.objects.filter(decree__status=Decree.Status.DRAFT)
    if decree is not None:
        elsewhere = elsewhere.exclude(decree=decree)
    standing = TargetLocation.objects.standing()
    return AmendmentOffer(
        target_location=_not_in(standing.for_table(), elsewhere, "target_location").order_by("village__name", "pk"),
        core_competency=_not_in(
            CoreCompetency.objects.standing().select_related("district", "commodity", "decree"),
            elsewhere,
            "core_competency",
        ).order_by("district__name", "pk"),
        determination=_not_in(
            CompetencyDetermination.objects.filter(status=CompetencyDetermination.Status.DECIDED).for_table(),
            elsewhere,
            "determination",
        ).order_by("district__name", "pk"),
        candidate=_not_in(Candidate.objects.filter(status=Candidate.Status.CHOSEN).for_table(), elsewhere, "candidate")
        .exclude(village__in=standing.filter(candidate__isnull=False).values("village"))
        .filter(locations=None)
        .order_by("village__name", "pk"),
        recruitment=offered_recruitments(decree),
    )


def _not_in(rows: QuerySet, elsewhere: QuerySet[DecreeItem], name: str) -> QuerySet:
    return rows.exclude(pk__in=elsewhere.exclude(**{name: None}).values(name))


def items_fingerprint(decree: Decree) -> str:
    """Which items a page showed; another one means that somebody else has changed them."""
    items = map(str, decree.items.order_by("pk").values_list("pk", flat=True))
    return "-".join([*items, *(f"r{pk}" for pk in decree.recruitments.order_by("pk").values_list("pk", flat=True))])


@transaction.atomic
def set_items(*, decree: Decree, seen: str, wanted: Mapping[str, Iterable]) -> None:
    """Make the items of the draft those of ``wanted`` (field of DecreeItem, or ``RECRUITMENT`` -> records).

    Villages without a candidate, which only the back office writes, stay. Text that nobody has changed follows the
    items. Raises ``StepNotAllowed`` when the decree is no draft any more or another draft has a record of ``wanted``,
    and ``StepConflict`` when its items are no longer those that were shown.
    """
    draft = Decree.objects.select_for_update(no_key=True).filter(pk=decree.pk).first()
    if draft is None:
        raise StepNotAllowed("Konsep ini sudah dihapus orang lain.")
    if draft.status != Decree.Status.DRAFT:
        raise StepNotAllowed("Keputusan ini tidak lagi konsep, jadi isinya tetap.")
    if items_fingerprint(draft) != seen:
        raise StepConflict("Isi konsep sudah diubah orang lain.")
    follows = unchanged_text(draft)
    things = {name: rows for name, rows in wanted.items() if name != RECRUITMENT}
    try:
        with transaction.atomic():
            _write_items(draft, things)
            if RECRUITMENT in wanted:
                set_recruitments(draft, list(wanted[RECRUITMENT]))
    except IntegrityError as refused:  # one draft a record: somebody else was faster
        raise StepNotAllowed("Salah satunya sudah ada dalam konsep lain. Muat ulang halaman ini.") from refused
    rewrite(draft, follows)


def _write_items(draft: Decree, wanted: Mapping[str, Iterable]) -> None:
    """First what goes, then what comes: a competency that was to be confirmed may now be closed, or the reverse."""
    rows = {name: {record.pk: record for record in ticked} for name, ticked in wanted.items()}
    closing = set(rows.get("core_competency", ()))
    fields = {name: {pk: item_fields(name, record, closing) for pk, record in rows[name].items()} for name in rows}
    for name in rows:
        _drop_others(draft, name, fields[name])
    for each in fields.values():
        for values in each.values():
            DecreeItem.objects.create(decree=draft, **values)


def _drop_others(draft: Decree, name: str, wanted: dict[int, dict[str, object]]) -> None:
    """Delete the items that are not ``wanted``, and take out of it those that the draft has already."""
    items = draft.items.exclude(**{name: None})
    if name == "core_competency":
        items = items.exclude(action=Action.CONFIRM)  # belongs to its determination
    for item in items:
        pk = getattr(item, f"{name}_id")
        if pk in wanted and wanted[pk]["action"] == item.action:
            del wanted[pk]
        else:
            item.delete()


def item_fields(name: str, record: Model, closing: Container[int] = ()) -> dict[str, object]:
    """What opens comes from a decision, what closes is a row in force; ``closing``: competencies that the draft ends.

    A determination that repeats the competency in force confirms it, unless the draft ends that one.
    """
    if isinstance(record, Candidate):
        return {"action": Action.OPEN, name: record, "village": record.village, "is_sample": record.is_sample}
    if isinstance(record, CompetencyDetermination):
        same = CoreCompetency.objects.standing().filter(district=record.district, commodity=record.chosen).first()
        fields = {name: record, "is_sample": record.rests_on_sample}
        if same is None or same.pk in closing:
            return {"action": Action.OPEN, **fields}
        return {"action": Action.CONFIRM, "core_competency": same, **fields}
    return {"action": Action.CLOSE, name: record}


@dataclass
class Effects:
    """What enacting a draft will do: rows that open on ``day``, rows that end the day before, rows that it confirms
    with their dates, rounds whose facilitators it appoints, and what forbids it."""

    day: date | None
    opens: list[DecreeItem] = field(default_factory=list)
    closes: list[DecreeItem] = field(default_factory=list)
    confirms: list[DecreeItem] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unsigned: list[Minutes] = field(default_factory=list)  # minutes whose signing is recorded first
    appoints: list[Any] = field(default_factory=list)

    @property
    def last_day(self) -> date | None:
        return self.day - timedelta(days=1) if self.day and self.day > date.min else None

    @property
    def closed_locations(self) -> list[int]:
        return [item.target_location_id for item in self.closes if item.target_location_id]

    @property
    def closed_competencies(self) -> list[int]:
        return [item.core_competency_id for item in self.closes if item.core_competency_id]

    @property
    def determinations(self) -> list[CompetencyDetermination]:
        return [item.determination for item in self.opens if item.determination]

    @property
    def villages(self) -> list[Village]:
        return [item.village for item in self.opens if item.village]


def effects_of(decree: Decree) -> Effects:
    """The current effects of a draft, in six queries no matter how large it is."""
    parts = (*ITEM_PARTS, "determination__minutes", "candidate__round__minutes", *SOURCE_PARTS)
    items = list(decree.items.select_related(*parts))
    found = Effects(
        decree.valid_from,
        [item for item in items if item.action == Action.OPEN],
        [item for item in items if item.action == Action.CLOSE],
        [item for item in items if item.action == Action.CONFIRM],
        appoints=list(decree.recruitments.for_decree()),
    )
    if not (decree.number.strip() and decree.dated and decree.valid_from):
        found.problems.append("Nomor, tanggal, dan tanggal mulai berlaku belum lengkap.")
    if not items and not found.appoints:
        found.problems.append("Belum ada yang ditetapkan atau diakhiri.")
    found.problems += called_off(found.appoints)
    for record, minutes in unsigned_of(items, found.appoints):
        found.problems.append(not_signed(record, minutes))
        found.unsigned += [minutes] if minutes not in found.unsigned else []
    found.problems += [*_closing(found), *_opening(found), *filter(None, map(unconfirmed, found.confirms))]
    return found


def called_off(appoints: Iterable[Any]) -> list[str]:
    """Why rounds of facilitators cannot be carried out: they were cancelled after the draft took them."""
    return [f"{record} sudah dibatalkan. Keluarkan dari konsep ini." for record in appoints if record.is_called_off]


def unsigned_of(items: Iterable[DecreeItem], appoints: Iterable[OnMinutes]) -> Iterator[tuple[Model, Minutes]]:
    """What a decree is to carry out of a discussion whose minutes nobody has signed yet, each with its minutes."""
    rounds = {item.candidate.round_id: item.candidate.round for item in items if item.candidate is not None}
    decided: list[OnMinutes] = [item.determination for item in items if item.determination is not None]
    decided += [selection for selection in rounds.values() if selection.status == SelectionRound.Status.DECIDED]
    decided += appoints
    for record in decided:
        if (minutes := record.unsigned_minutes) is not None:
            yield record, minutes


def unconfirmed(item: DecreeItem) -> str:
    """Why ``item`` does not confirm its competency, or nothing."""
    record, row = item.determination, item.core_competency
    assert record is not None and row is not None  # districts_decreeitem_one_thing
    if record.status != CompetencyDetermination.Status.DECIDED:
        return f"Penetapan {record} belum diputuskan ({record.get_status_display()})."
    if (record.district_id, record.chosen_id) != (row.district_id, row.commodity_id):
        return f"Penetapan {record} tidak mengulang kompetensi inti {row.commodity}, jadi tidak menguatkannya."
    return "" if row.valid_until is None else f"{row} sudah diakhiri oleh keputusan lain."


def _closing(effects: Effects) -> Iterable[str]:
    left = (
        TargetLocation.objects.standing()
        .filter(core_competency__in=effects.closed_competencies)
        .exclude(pk__in=effects.closed_locations)
        .for_table()
    )
    for location in left:
        yield (
            f"Kompetensi inti {location.village.district} diakhiri, "
            f"tetapi lokasi sasaran {location.village} masih berdiri di atasnya."
        )
    for item in effects.closes:
        row = item.closed
        if row.valid_until is not None:
            yield f"{row} sudah diakhiri oleh keputusan lain."
        elif effects.day and effects.day <= row.valid_from:
            yield f"{row} berlaku sejak {long_date(row.valid_from)}; keputusan ini harus mulai sesudahnya."


def _opening(effects: Effects) -> Iterable[str]:
    opened = {row.district_id for row in effects.determinations}
    districts = opened | {row.district_id for row in effects.villages}
    rows = CoreCompetency.objects.standing().filter(district__in=districts).select_related("commodity")
    standing = {row.district_id: row for row in rows}
    yield from _competencies(effects, standing)
    yield from _villages(effects, standing, opened)
    there = {pk: row.commodity for pk, row in standing.items()}
    there |= {row.district_id: row.chosen for row in effects.determinations if row.chosen is not None}
    yield from filter(None, _not_passed_on(effects, there))
    for item in effects.opens:
        if item.candidate and item.candidate.status != Candidate.Status.CHOSEN:
            yield f"{item.village} belum diputuskan terpilih dalam penjaringannya."


def _not_passed_on(effects: Effects, there: Mapping[int, Commodity]) -> Iterable[str]:
    """Successes that the competency ``there``, by kecamatan, refuses."""
    passing = [item.candidate for item in effects.opens if item.candidate and item.candidate.round.is_replication]
    tree = commodity_tree() if passing else {}
    for candidate in passing:
        district = candidate.village.district
        if district.pk in there:
            yield refusal(candidate.round, district, there[district.pk], tree)


def _competencies(effects: Effects, standing: Mapping[int, CoreCompetency]) -> Iterable[str]:
    """What forbids to open core competencies; ``standing``: those that no decree has ended, by kecamatan."""
    for row in effects.determinations:
        if row.status != CompetencyDetermination.Status.DECIDED:
            yield f"Penetapan {row} belum diputuskan ({row.get_status_display()})."
        if row.district_id in standing and standing[row.district_id].pk not in effects.closed_competencies:
            yield f"{row.district} masih punya kompetensi inti yang berlaku. Akhiri juga dalam keputusan ini."


def _villages(effects: Effects, standing: Mapping[int, CoreCompetency], opened: set[int]) -> Iterable[str]:
    """What forbids to open target locations; ``opened``: kecamatan whose competency the draft opens."""
    here = TargetLocation.objects.standing().filter(village__in=effects.villages)
    here = here.exclude(pk__in=effects.closed_locations)
    already = set(here.values_list("village", flat=True))
    for village in effects.villages:
        kept = standing.get(village.district_id)
        if village.district_id not in opened and (kept is None or kept.pk in effects.closed_competencies):
            yield f"{village}: Kecamatan {village.district} tidak punya kompetensi inti pada hari itu."
        if village.pk in already:
            yield f"{village} sudah menjadi lokasi sasaran."
