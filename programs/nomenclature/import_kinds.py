"""Lists of codes and crosswalks that come as files of BAPPEDA."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.imports.cells import Cell, Unfit, Values, as_text, choice, folded, plain, text
from p2emas.imports.kinds import Column, ImportKind, PrefillForm, chunks, register
from programs.nomenclature.levels import SHAPE, Level, parent_of, tidy
from programs.nomenclature.models import CodeCrosswalk, NomenclatureEntry, nesting_fault
from programs.nomenclature.versions import NomenclatureVersion

LEVELS = {str(code): str(word) for code, word in Level.choices}
ALSO_CALLED = {"Bidang": "BIDANG", "Sub-kegiatan": "SUB_KEGIATAN", "Subkegiatan": "SUB_KEGIATAN"}


class CodeLookups:
    """The versions, and what of their lists the rows ask for."""

    def __init__(self) -> None:
        self.levels_of: dict[int, dict[str, str]] = {}  # version -> code -> level, stored or in the file

    @cached_property
    def versions(self) -> dict[int, NomenclatureVersion]:
        return {version.pk: version for version in NomenclatureVersion.objects.all()}

    @cached_property
    def version_words(self) -> dict[str, int]:
        return {folded(version.code): pk for pk, version in self.versions.items()}

    @cached_property
    def entries(self) -> dict[tuple[int, str], int]:
        """Version and code -> key of every entry; for the crosswalk, which names them."""
        rows = NomenclatureEntry.objects.values_list("pk", "version", "code")
        return {(version, code): pk for pk, version, code in rows}

    @cached_property
    def entry_words(self) -> dict[int, str]:
        return {pk: f"{self.versions[version]} {code}" for (version, code), pk in self.entries.items()}

    def levels(self, version: int) -> dict[str, str]:
        if version not in self.levels_of:
            stored = NomenclatureEntry.objects.filter(version=version).values_list("code", "level")
            self.levels_of[version] = dict(stored)
        return self.levels_of[version]


def version(cell: Cell, row: Values, lookups: CodeLookups) -> int:
    found = lookups.version_words.get(folded(as_text(cell)))
    if found is None:
        listed = ", ".join(each.code for each in lookups.versions.values())
        raise Unfit(f"Versi “{as_text(cell)}” tidak dikenal. Pilih: {listed}. Versi lain ditambahkan di Kelola.")
    return found


def version_word(pk: Any, lookups: CodeLookups) -> str:
    return lookups.versions[pk].code if pk in lookups.versions else ""


def entry_code(cell: Cell, row: Values, lookups: Any) -> str:
    """A spreadsheet takes "1.06" for a number: what is left of it is refused."""
    found = tidy(as_text(cell))
    if isinstance(cell, float) or len(found) > 30 or not SHAPE.match(found):
        raise Unfit("Tulis kode sebagai teks dengan titik, misalnya 2.01.XX.15.02. Beri kolom ini format Teks.")
    return found


def _entry(version_name: str) -> Any:
    """A reader of the code of an entry; the column before it names the version."""

    def read(cell: Cell, row: Values, lookups: CodeLookups) -> int:
        if version_name not in row:
            raise Unfit("Kode dicari dalam versinya. Perbaiki kolom versi dahulu.")
        code = entry_code(cell, row, lookups)
        found = lookups.entries.get((row[version_name], code))
        if found is None:
            named = version_word(row[version_name], lookups)
            raise Unfit(f"Kode {code} tidak ada dalam {named}. Muat daftarnya dahulu.")
        return found

    return read


def entry_word(pk: Any, lookups: CodeLookups) -> str:
    return lookups.entry_words.get(pk, "")


class ParentColumn(Column):
    """Follows from the code; a cell that says something else is an error."""

    def value_of(self, cell: Cell, row: Values, lookups: Any) -> Any:
        if "code" not in row or "level" not in row:
            return ""
        expected, written = parent_of(row["level"], row["code"]), tidy(as_text(cell))
        if written and written != expected:
            right = f"Induk kode {row['code']} adalah {expected}." if expected else "Urusan tidak punya induk."
            raise Unfit(f"{right} Kosongkan sel ini atau betulkan kodenya.")
        return expected


class VersionPrefill(PrefillForm):
    """The rows of which list are in the template; none while none is chosen: a list has thousands of rows."""

    versi = forms.ModelChoiceField(
        label="Versi",
        queryset=NomenclatureVersion.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Tanpa isi",
    )


def _version_column(header: str, name: str, *, stored: bool = True) -> Column:
    return Column(
        header, name, version, "Kode versi, misalnya 13/2006.", key=stored, stored=stored, words=version_word,
        options=lambda lookups: [each.code for each in lookups.versions.values()],
    )  # fmt: skip


class CodeKind(ImportKind):
    most_rows, rows_at_once = 20_000, 2_000  # a national list, all levels of it

    def may(self, user: User) -> bool:
        return super().may(user) and user.has_role(*COORDINATORS)

    def lookups(self, user: User) -> CodeLookups:
        return CodeLookups()


@register
class EntryKind(CodeKind):
    code = "nomenklatur"
    title = "Daftar kode nomenklatur"
    intro = "Urusan, bidang, program, kegiatan, dan sub kegiatan satu peraturan, dengan kode dan namanya."
    model = NomenclatureEntry
    prefill_form = VersionPrefill
    columns = (
        _version_column("Versi", "version_id"),
        Column(
            "Tingkat", "level", choice(LEVELS, ALSO_CALLED), "Urusan, bidang urusan, program, kegiatan, sub kegiatan.",
            words=lambda value, lookups: LEVELS[value], options=lambda lookups: list(LEVELS.values()),
        ),
        Column("Kode", "code", entry_code, "Sebagai teks, misalnya 2.01.XX.15.02.", key=True),
        Column("Nama", "name", text(300), "Seperti tertulis dalam peraturan.", width=60, also=("Uraian",)),
        ParentColumn(
            "Kode induk", "parent_code", text(30), "Boleh kosong: mengikuti kodenya.", required=False, default="",
            alone=False,
        ),
    )  # fmt: skip

    def owned(self, user: User) -> Any:
        return NomenclatureEntry.objects.all() if self.may(user) else NomenclatureEntry.objects.none()

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: CodeLookups) -> list[list[Any]]:
        rows = NomenclatureEntry.objects.filter(version=chosen.get("versi")).order_by("code").select_related("version")
        return [[e.version.code, e.get_level_display(), e.code, e.name, e.parent_code] for e in rows]

    def existing(self, user: User, rows: list[Values]) -> dict[tuple[Any, ...], Values]:
        """Only the rows of the codes that are asked for: ``tidy`` writes each code in one way."""
        found = self.owned(user).filter(version__in={values["version_id"] for values in rows}).order_by()
        names = [column.name for column in self.stored]
        codes = [values["code"] for values in rows]
        records = (
            {name: plain(value) for name, value in record.items()}
            for several in chunks(codes)
            for record in found.filter(code__in=several).values("pk", *names)
        )
        return {self.identity(record): record for record in records}

    def gather(self, rows: list[Values], lookups: CodeLookups) -> None:
        """A level above may come in the same file."""
        for values in rows:
            lookups.levels(values["version_id"])[values["code"]] = values["level"]

    def refusal(self, values: Values, lookups: CodeLookups) -> str:
        return nesting_fault(values["level"], values["code"], lookups.levels(values["version_id"]))


@register
class CrosswalkKind(CodeKind):
    code = "padanan-kode"
    title = "Padanan kode"
    intro = "Kode satu versi menjadi kode versi lain. Kedua daftar kodenya dimuat lebih dahulu."
    model = CodeCrosswalk
    columns = (
        _version_column("Versi lama", "old_version", stored=False),
        Column(
            "Kode lama", "from_entry_id", _entry("old_version"), "Kode dalam versi lama.", key=True, alone=False,
            words=entry_word,
        ),
        _version_column("Versi baru", "new_version", stored=False),
        Column(
            "Kode baru", "to_entry_id", _entry("new_version"), "Kode dalam versi baru.", key=True, alone=False,
            words=entry_word,
        ),
        Column("Catatan", "note", text(200), "Misalnya digabung, dipecah.", required=False, default="", width=40),
    )  # fmt: skip

    def owned(self, user: User) -> Any:
        return CodeCrosswalk.objects.all() if self.may(user) else CodeCrosswalk.objects.none()

    def check(self, values: Values, lookups: CodeLookups) -> None:
        if values["from_entry_id"] == values["to_entry_id"]:
            raise Unfit("Kode lama dan kode baru sama. Padanan menghubungkan dua kode yang berbeda.")

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: CodeLookups) -> list[list[Any]]:
        rows = CodeCrosswalk.objects.select_related("from_entry__version", "to_entry__version").order_by("pk")
        found = []
        for each in rows:
            old, new = each.from_entry, each.to_entry
            found.append([old.version.code, old.code, new.version.code, new.code, each.note])
        return found
