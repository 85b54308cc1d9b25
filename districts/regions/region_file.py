"""Reads the CSV of a regency's regions (columns: data/README.md) and says in sentences what is wrong with it."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from districts.regions.models import Village

COLUMNS = ("level", "code", "parent_code", "name", "kind", "lat", "lng", "aliases")
DELIMITERS = ",;\t"  # the first of them in the header separates the whole file
REQUIRED = ("level", "code", "parent_code", "name", "kind")
REGENCY, DISTRICT, VILLAGE = "kabupaten", "kecamatan", "desa"
OTHER_WORDS = {"kota": REGENCY}
SHAPES = {
    REGENCY: (re.compile(r"[0-9]{2}\.[0-9]{2}"), "61.05"),
    DISTRICT: (re.compile(r"[0-9]{2}(\.[0-9]{2}){2}"), "61.05.01"),
    VILLAGE: (re.compile(r"[0-9]{2}(\.[0-9]{2}){2}\.[0-9]{4}"), "61.05.01.2001"),
}
ALIAS = re.compile(r"(?P<name>[^()]+?)(?:\s*\(s\.d\. (?P<year>[0-9]{4})\))?")
DEGREES = re.compile(r"-?[0-9]{0,3}(\.[0-9]{1,20})?(?<=[0-9])")
NAME_LENGTH = 80  # as the models keep it
MAX_PROBLEMS = 20


class RegionFileError(Exception):
    """The file cannot be loaded; ``problems`` are the sentences to show, each naming line, column and remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class RegionRow:
    """One checked line of the file."""

    line: int
    level: str
    code: str
    parent_code: str
    name: str
    kind: str
    lat: Decimal | None = None
    lng: Decimal | None = None
    aliases: dict[str, int | None] = field(default_factory=dict)


@dataclass
class RegionRows:
    """A whole checked file: exactly one regency, and every parent present."""

    regency: RegionRow
    districts: list[RegionRow]
    villages: list[RegionRow]


def read_regions(content: bytes) -> RegionRows:
    """Check ``content`` (a whole CSV file) and return its rows, or raise ``RegionFileError`` with every problem."""
    rows = _read_rows(_decode(content))
    problems = _Problems()
    checked = [row for line, cells in rows if (row := _check_cells(line, cells, problems))]
    _check_codes(checked, problems)
    _check_parents(checked, problems)
    problems.raise_if_any()
    return RegionRows(
        regency=next(row for row in checked if row.level == REGENCY),
        districts=[row for row in checked if row.level == DISTRICT],
        villages=[row for row in checked if row.level == VILLAGE],
    )


class _Problems(list):
    def note(self, line: int, column: str, sentence: str) -> None:
        self.append(f"Baris {line}, kolom {column}: {sentence}")

    def raise_if_any(self) -> None:
        if len(self) > MAX_PROBLEMS:
            more = len(self) - MAX_PROBLEMS
            raise RegionFileError([*self[:MAX_PROBLEMS], f"... dan {more} kesalahan lain."])
        if self:
            raise RegionFileError(list(self))


def _decode(content: bytes) -> str:
    remedy = 'Simpan ulang berkas sebagai "CSV UTF-8 (dipisah koma)".'
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RegionFileError([f"Berkas tersimpan sebagai UTF-16. {remedy}"])
    try:
        text = content.decode("utf-8-sig")  # Excel writes a byte order mark; it is no part of the first column's name
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RegionFileError([f"Baris {line}: huruf bukan UTF-8. {remedy}"]) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise RegionFileError([f"Baris {line}: ada karakter NUL. {remedy}"])
    return text


def _read_rows(text: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows, columns = [], None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _check_header([cell.strip().lower() for cell in cells], reader.line_num)
            elif len(cells) > len(columns):
                raise RegionFileError([_too_many(reader.line_num, len(cells), len(columns))])
            else:
                padded = [*cells, *[""] * (len(columns) - len(cells))]
                rows.append((reader.line_num, {c: " ".join(v.split()) for c, v in zip(columns, padded, strict=True)}))
    except csv.Error as error:
        sentence = "Baris %(line)d: tanda kutip tidak lengkap. Perbaiki atau simpan ulang berkas sebagai CSV."
        raise RegionFileError([sentence % {"line": reader.line_num}]) from error
    if not rows:
        raise RegionFileError(["Berkas kosong. Isi baris judul dan paling sedikit satu baris kabupaten."])
    return rows


def _delimiter(text: str) -> str:
    """Excel with Indonesian settings separates by semicolons, cells copied out of a sheet by tabs."""
    header = text.strip().split("\n", 1)[0].rstrip()
    found = next((sign for sign in DELIMITERS if sign in header), None)
    if header and found is None:
        sentence = (
            'Kolom di baris judul ("%(header)s") tidak terpisah. Pisahkan dengan koma, titik koma, atau tab: '
            "%(columns)s."
        )
        raise RegionFileError([sentence % {"header": header[:60], "columns": ", ".join(COLUMNS)}])
    return found or ","


def _too_many(line: int, found: int, expected: int) -> str:
    sentence = (
        "Baris %(line)d: ada %(found)d sel, seharusnya %(expected)d. Beri tanda kutip pada nama yang memuat pemisah."
    )
    return sentence % {"line": line, "found": found, "expected": expected}


def _check_header(columns: list[str], line: int) -> list[str]:
    problems = _Problems()
    allowed = ", ".join(COLUMNS)
    for column in columns:
        if column not in COLUMNS:
            problems.note(line, column or "?", f"tidak dikenal. Pakai: {allowed}.")
        elif columns.count(column) > 1:
            problems.note(line, column, "ada dua kali. Hapus salah satunya.")
    for column in REQUIRED:
        if column not in columns:
            problems.note(line, column, "tidak ada. Tambahkan kolom ini.")
    problems.raise_if_any()
    return columns


def _check_cells(line: int, cells: dict[str, str], problems: _Problems) -> RegionRow | None:
    level = OTHER_WORDS.get(cells["level"].lower(), cells["level"].lower())
    if level not in SHAPES:
        problems.note(line, "level", f'"{level}" tidak dikenal. Isi kabupaten, kecamatan, atau desa.')
        return None
    shape, example = SHAPES[level]
    code = cells["code"]
    if not shape.fullmatch(code) and not (level == VILLAGE and not code):
        values = {"value": code, "level": level, "example": example}
        problems.note(line, "code", '"{value}" bukan kode {level}. Tulis seperti {example}.'.format(**values))
    if not cells["name"] or len(cells["name"]) > NAME_LENGTH:
        problems.note(line, "name", f"Isi nama, paling banyak {NAME_LENGTH} huruf.")
    kind = cells["kind"].upper()
    if level == VILLAGE and kind not in Village.Kind.values:
        problems.note(line, "kind", f'"{cells["kind"]}" tidak dikenal. Isi DESA atau KELURAHAN.')
    lat, lng = _check_point(line, cells.get("lat", ""), cells.get("lng", ""), problems)
    aliases = _check_aliases(line, cells.get("aliases", ""), problems)
    return RegionRow(line, level, code, cells["parent_code"], cells["name"], kind, lat, lng, aliases)


def _check_point(line: int, lat: str, lng: str, problems: _Problems) -> tuple[Decimal | None, Decimal | None]:
    read = _check_degrees(line, "lat", lat, 90, problems), _check_degrees(line, "lng", lng, 180, problems)
    if bool(lat) != bool(lng):
        problems.note(line, "lng" if lat else "lat", "Isi lat dan lng keduanya, atau kosongkan keduanya.")
    return read


def _check_degrees(line: int, column: str, value: str, most: int, problems: _Problems) -> Decimal | None:
    if not value:
        return None
    if DEGREES.fullmatch(value) and abs(Decimal(value)) <= most:
        return Decimal(value).quantize(Decimal("0.000001"))
    sentence = '"%(value)s" bukan derajat. Tulis dengan titik, antara -%(most)d dan %(most)d, contoh -0.071.'
    problems.note(line, column, sentence % {"value": value, "most": most})
    return None


def _check_aliases(line: int, value: str, problems: _Problems) -> dict[str, int | None]:
    aliases: dict[str, int | None] = {}
    for part in filter(None, (part.strip() for part in value.split(";"))):
        match = ALIAS.fullmatch(part)
        if match is None or len(match["name"]) > NAME_LENGTH:
            problems.note(line, "aliases", f'"{part}": tulis "Nama" atau "Nama (s.d. 2019)".')
        else:
            aliases[match["name"]] = int(match["year"]) if match["year"] else None
    return aliases


def _check_codes(rows: list[RegionRow], problems: _Problems) -> None:
    first_lines: dict[object, int] = {}
    for row in rows:
        # a village without a code is known by its name inside the kecamatan
        key = row.code or (row.parent_code, row.name.casefold())
        if key in first_lines:
            column = "code" if row.code else "name"
            sentence = '"%(value)s" sudah ada di baris %(first)d. Hapus salah satunya.'
            problems.note(row.line, column, sentence % {"value": row.code or row.name, "first": first_lines[key]})
        first_lines.setdefault(key, row.line)
    regencies = [row for row in rows if row.level == REGENCY]
    if not regencies:
        problems.append('Tidak ada baris kabupaten. Tambahkan satu baris dengan level "kabupaten".')
    for row in regencies[1:]:
        problems.note(row.line, "level", "Satu berkas hanya memuat satu kabupaten. Pisahkan berkasnya.")


def _check_parents(rows: list[RegionRow], problems: _Problems) -> None:
    parents = {
        DISTRICT: {row.code for row in rows if row.level == REGENCY},
        VILLAGE: {row.code for row in rows if row.level == DISTRICT},
    }
    for row in rows:
        if problem := _parent_problem(row, parents):
            problems.note(row.line, "parent_code", problem)


def _parent_problem(row: RegionRow, parents: Mapping[str, set[str]]) -> str:
    """What is wrong with the parent of a row, or ""."""
    if row.level == REGENCY:
        return "Kosongkan untuk kabupaten." if row.parent_code else ""
    if row.parent_code not in parents[row.level]:
        return f'induk "{row.parent_code}" tidak ada di berkas ini. Tambahkan baris induknya atau betulkan kodenya.'
    if row.code and row.code.rpartition(".")[0] != row.parent_code:
        return f'"{row.parent_code}" bukan induk dari kode {row.code}. Samakan keduanya.'
    return ""


def notices_of(rows: RegionRows) -> list[str]:
    """What is allowed and rarely meant: namesakes in one kecamatan, names in capitals."""
    found = []
    first: dict[tuple[str, str], RegionRow] = {}
    for row in rows.villages:
        same = first.setdefault((row.parent_code, row.name.casefold()), row)
        if same is not row:
            words = {"line": row.line, "name": row.name, "first": same.line, "parent": row.parent_code}
            sentence = 'Baris %(line)d: "%(name)s" juga ada di baris %(first)d dalam kecamatan %(parent)s. Periksa.'
            found.append(sentence % words)
    every = [rows.regency, *rows.districts, *rows.villages]
    capitals = [row for row in every if len(row.name) > 3 and row.name.isupper()]
    if capitals:
        words = {"count": len(capitals), "name": capitals[0].name, "line": capitals[0].line}
        sentence = (
            '%(count)d nama ditulis dengan huruf besar semua, misalnya "%(name)s" di baris %(line)d. Nama tampil '
            "seperti di berkas, dan nama lama yang berbeda dicatat sebagai nama lain."
        )
        found.append(sentence % words)
    return found
