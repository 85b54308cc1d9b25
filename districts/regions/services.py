"""Writes a regency's regions from its CSV file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from districts.regions.agreement import disagreements
from districts.regions.models import District, Regency, Village, VillageAlias
from districts.regions.region_file import RegionFileError, RegionRow, RegionRows, notices_of, read_regions
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.identity.gaps import identity
from p2emas.search.keeping import keep_words

SLUG_LENGTH = 80
BATCH = 200


@dataclass
class LoadResult:
    """What a load did, counted in rows of the file; ``changes`` and ``missing`` are sentences to show."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = {"new": self.created, "changed": self.changed, "same": self.unchanged}
        return "{new} baru, {changed} diubah, {same} tetap".format(**counts)


def load_regions(*, content: bytes, actor: User | None = None, dry_run: bool = False) -> LoadResult:
    """Create and update the regions of the one regency of this database from a CSV file, all or nothing.

    Rows are matched by code, a village without a code by its name inside the kecamatan. Nothing is deleted, no slug
    changes, a renamed village keeps its old name as alias. Raises ``RegionFileError`` when the file is wrong or would
    move a village, or holds another regency than the database. ``dry_run`` says what would change and changes nothing.
    """
    rows = read_regions(content)
    _check_regency(rows.regency)
    with transaction.atomic():
        load = _Load(rows, actor)
        load.write_regency()
        load.write_districts()
        load.write_villages()
        load.write_aliases()
        load.write_words()
        transaction.set_rollback(dry_run)
    told = disagreements(identity(), name=rows.regency.name, code=rows.regency.code)
    load.result.notices = [*notices_of(rows), *told]
    return load.result


def _check_regency(row: RegionRow) -> None:
    """One regency a database: its lists, maps and sums know of no second one, and nobody could take it out again."""
    other = Regency.objects.exclude(code=row.code).first()
    if other is not None:
        sentence = (
            "Baris %(line)d: berkas ini memuat %(name)s (%(code)s), basis data ini milik %(other)s (%(other_code)s). "
            "Satu basis data hanya untuk satu kabupaten atau kota: periksa berkasnya, atau pasang aplikasi ini "
            "tersendiri."
        )
        words = {"line": row.line, "name": row.name, "code": row.code}
        raise RegionFileError([sentence % {**words, "other": other.name, "other_code": other.code}])


class _Load:
    def __init__(self, rows: RegionRows, actor: User | None) -> None:
        self.rows = rows
        self.result = LoadResult()
        self.booking = {
            "batch_size": BATCH,
            "default_user": actor,
            "default_change_reason": "Muat data wilayah",
            "default_date": clock.now(),
        }
        self.wanted_aliases: list[tuple[Village, dict[str, int | None]]] = []
        self.touched: set[int] = set()  # ids of villages already counted as new or changed

    def write_regency(self) -> None:
        row = self.rows.regency
        self.regency, created = Regency.objects.get_or_create(code=row.code, defaults={"name": row.name})
        if changed := not created and _assign(self.regency, {"name": row.name}):
            self.regency.save(update_fields=["name"])
        self._count(created=created, changed=changed, row=row)

    def write_districts(self) -> None:
        known = {district.code: district for district in District.objects.filter(regency=self.regency)}
        new, changed = [], []
        for row in self.rows.districts:
            district = known.get(row.code)
            if district is None:
                district = District(regency=self.regency, code=row.code, name=row.name, lat=row.lat, lng=row.lng)
                new.append(district)
                self._count(created=True, row=row)
                continue
            updates = _assign(district, {"name": row.name, **_centre(row)})
            if updates:
                changed.append(district)
            self._count(changed=updates, row=row)
        bulk_create_with_history(new, District, **self.booking)
        if changed:
            bulk_update_with_history(changed, District, ["name", "lat", "lng"], **self.booking)
        self.districts = {district.code: district for district in District.objects.filter(regency=self.regency)}

    def write_villages(self) -> None:
        in_regency = Q(district__regency=self.regency) | Q(code__startswith=f"{self.regency.code}.")
        known = list(Village.objects.filter(in_regency).select_related("district"))
        matches = _match_villages(self.rows.villages, known)
        names = Counter(slugify(row.name) for row in self.rows.villages)
        taken = set(Village.objects.values_list("slug", flat=True))
        new, changed = [], []
        for row in self.rows.villages:
            village, district = matches.get(row.line), self.districts[row.parent_code]
            if village is None:
                village = _new_village(row, district, taken, repeats=names[slugify(row.name)] > 1)
                taken.add(village.slug)
                new.append(village)
                self.wanted_aliases.append((village, row.aliases))
                self._count(created=True, row=row)
                continue
            if self._update_village(village, row):
                changed.append(village)
        bulk_create_with_history(new, Village, **self.booking)
        self.touched.update(village.pk for village in new)
        if changed:
            bulk_update_with_history(changed, Village, ["code", "name", "kind", "lat", "lng"], **self.booking)
        self.result.missing = _missing(known, matches)

    def _update_village(self, village: Village, row: RegionRow) -> bool:
        """Set what the row says; whether something differed."""
        old_name = village.name
        values = {"name": row.name, "kind": row.kind, **_centre(row)}
        updates = _assign(village, {**values, "code": row.code} if row.code else values)
        renamed = {old_name: None} if "name" in updates else {}
        self.wanted_aliases.append((village, {**renamed, **row.aliases}))
        if updates:
            self.touched.add(village.pk)
        self._count(changed=updates, row=row)
        return bool(updates)

    def write_aliases(self) -> None:
        known = {
            (a.village_id, a.name): a for a in VillageAlias.objects.filter(village__district__regency=self.regency)
        }
        new, changed = [], []
        for village, aliases in self.wanted_aliases:
            for name, year in aliases.items():
                alias = known.get((village.pk, name))
                if name == village.name:
                    continue
                if alias is None:
                    new.append(VillageAlias(village=village, name=name, until_year=year))
                elif year and _assign(alias, {"until_year": year}):
                    changed.append(alias)
                else:
                    continue
                self._count_alias(village, name)
        bulk_create_with_history(new, VillageAlias, **self.booking)
        if changed:
            bulk_update_with_history(changed, VillageAlias, ["until_year"], **self.booking)

    def write_words(self) -> None:
        """So that the search finds what has come or changed."""
        keep_words(District, [district.pk for district in self.districts.values()])
        keep_words(Village, self.touched)

    def _count(self, *, row: RegionRow, created: bool = False, changed: object = False) -> None:
        if created:
            self.result.created += 1
        elif changed:
            self.result.changed += 1
            if isinstance(changed, dict):
                told = "; ".join(f"{name}: {old or '-'} -> {new or '-'}" for name, (old, new) in changed.items())
                self.result.changes.append(f"{row.code or row.name}: {told}")
        else:
            self.result.unchanged += 1

    def _count_alias(self, village: Village, name: str) -> None:
        if village.pk in self.touched:
            return
        self.touched.add(village.pk)
        self.result.changed += 1
        self.result.unchanged -= 1
        self.result.changes.append(f"{village.code or village.name}: + {name}")


def _new_village(row: RegionRow, district: District, taken: set[str], *, repeats: bool) -> Village:
    slug = new_slug(name=row.name, code=row.code, district=district, taken=taken, repeats=repeats)
    return Village(
        district=district, code=row.code or None, name=row.name, kind=row.kind, lat=row.lat, lng=row.lng, slug=slug
    )


def _assign(record: Model, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what differs and return it as {field: (old, new)}."""
    updates = {}
    for name, value in values.items():
        old = getattr(record, name)
        if old != value:
            updates[name] = (old, value)
            setattr(record, name, value)
    return updates


def _centre(row: RegionRow) -> dict[str, Decimal | None]:
    """Coordinates to write: none in the file leaves what staff entered."""
    return {} if row.lat is None else {"lat": row.lat, "lng": row.lng}


def _match_villages(rows: list[RegionRow], known: list[Village]) -> dict[int, Village]:
    """Line number -> the village that the row is about; raises when a row would move or double one."""
    by_code = {village.code: village for village in known if village.code}
    by_place = {(v.district.code, v.name.casefold()): v for v in known if not v.code}
    matches = {}
    for row in rows:
        village = by_code.get(row.code) or by_place.pop((row.parent_code, row.name.casefold()), None)
        if village is not None:
            matches[row.line] = village
    if problems := list(_moves(rows, known, matches)):
        raise RegionFileError(problems)
    return matches


def _missing(known: list[Village], matches: dict[int, Village]) -> list[str]:
    """Villages that the file does not name."""
    matched = {village.pk for village in matches.values()}
    return [f"{village.code or '-'} {village.name}" for village in known if village.pk not in matched]


def _moves(rows: list[RegionRow], known: list[Village], matches: dict[int, Village]) -> Iterator[str]:
    """Sentences about villages that a row would put under another code or kecamatan."""
    matched = {village.pk for village in matches.values()}
    by_name = {village.name.casefold(): village for village in known if village.pk not in matched}
    for row in rows:
        village = matches.get(row.line)
        if village is None:
            village = by_name.get(row.name.casefold())
        elif village.district.code == row.parent_code:
            continue
        if village is not None:
            yield _moved(row, village)


def _moved(row: RegionRow, village: Village) -> str:
    """Plans, reports and decrees belong to a village: only a person moves it, knowing the legal ground."""
    told = (
        '"{name}" tercatat dengan kode {code} di Kecamatan {district}, di berkas ini {new_code} di bawah '
        "{parent}. Bila desa pindah atau berganti kode, ubah dahulu di Kelola, lalu muat lagi; bila bukan desa "
        "yang sama, sertakan juga desa yang lama."
    ).format(
        name=village.name,
        code=village.code or "(kosong)",
        district=village.district.name,
        new_code=row.code or "tanpa kode",
        parent=row.parent_code,
    )
    return f"Baris {row.line}, kolom parent_code: {told}"


def keep_old_name(*, village: Village, old_name: str) -> None:
    """Remember how a renamed village was called, so that search still finds it."""
    VillageAlias.objects.get_or_create(village=village, name=old_name)
    keep_words(Village, [village.pk])


def new_slug(
    *, name: str, code: str | None, district: District, taken: set[str] | None = None, repeats: bool = False
) -> str:
    """The address of a new village: its name; with the kecamatan where the name ``repeats`` or is ``taken``."""
    taken = set(Village.objects.values_list("slug", flat=True)) if taken is None else taken
    plain = slugify(name)[:SLUG_LENGTH]
    full = f"{plain[:40]}-{slugify(district.name)}".strip("-")[:SLUG_LENGTH]
    numbered = (f"{full[:60]}-{number}" for number in count(2))
    choices = chain([] if repeats else [plain], [full], [f"{full[:60]}-{code[-4:]}"] if code else [], numbered)
    return next(slug for slug in choices if slug and slug not in taken)
