"""Judges an OpenDocument table (.ods) before a library parses it: real, without macros, no larger than its bytes say.

One element may mean a million rows ("number-rows-repeated"), so what the cells add up to is counted here first.
"""

from dataclasses import dataclass, field

from p2emas.documents.readers.archive import DAMAGED, EMBEDDED, TOO_LARGE, XML, Archive
from p2emas.documents.readers.wire import Refused

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
MOST_ROW, MOST_COLUMN = 20_000, 100  # as of a table in Excel, see imports/sheet_reader.py
MOST_CELLS, MOST_TEXT = 4_000_000, 64 * 1024 * 1024
MOST_MERGED = 500
ACTIVE = ("basic/", "scripts/", "dialogs/")
CELLS = ("table-cell", "covered-table-cell")
VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value", "formula")


@dataclass
class Extent:
    """One table: its name, the box of its filled cells, and those that span several."""

    name: str
    rows: int = 0
    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def check_opendocument(archive: Archive) -> list[Extent]:
    """Every part once; answers what the tables hold. Raises ``Refused``."""
    if not {CONTENT, MANIFEST} <= archive.parts.keys():
        raise Refused(DAMAGED)
    if any(name.lower().startswith(ACTIVE) for name in archive.parts):
        raise Refused(EMBEDDED)
    archive.walk(MANIFEST, start=_refuse_locked)
    found = extents(archive)
    for name in archive.parts:
        if name not in (CONTENT, MANIFEST):
            _prove(archive, name)
    return found


def _prove(archive: Archive, name: str) -> None:
    if name.lower().endswith(XML):
        archive.walk(name)
        return
    for _piece in archive.pieces(name):  # to its end, where its sum is proved
        pass


def _refuse_locked(tag: str, _attributes: dict[str, str]) -> None:
    if tag.rpartition(":")[2] == "encryption-data":
        raise Refused("Berkas ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi.")


def extents(archive: Archive) -> list[Extent]:
    return _Walk(archive).found


class _Walk:
    """One pass over the content; what repeated rows and cells add up to is bounded on the way."""

    def __init__(self, archive: Archive) -> None:
        self.found: list[Extent] = []
        self._row = self._column = 0
        self._row_repeats = self._repeats = 1
        self._last = 0  # the last filled column of this row
        self._filled = self._inside = False
        self._text = self._row_text = 0
        self._all_text = 0
        self._merged: list[tuple[int, int, int]] = []
        archive.walk(CONTENT, start=self._start, end=self._end, text=self._count_text)
        if sum(each.rows * each.columns for each in self.found) > MOST_CELLS:
            raise Refused(TOO_LARGE)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name in CELLS:
            self._repeats = _times(said.get("number-columns-repeated"))
            self._filled = any(word in said for word in VALUES)
            self._inside, self._text = True, 0
            wide, high = _times(said.get("number-columns-spanned")), _times(said.get("number-rows-spanned"))
            if wide > 1 or high > 1:
                self._merged.append((self._column + 1, high, wide))
        elif name == "table-row":
            self._row_repeats = _times(said.get("number-rows-repeated"))
            self._column = self._last = self._row_text = 0
            self._merged = []
        elif name == "table":
            self.found.append(Extent(said.get("name", "")))
            self._row = 0

    def _count_text(self, text: str) -> None:
        if self._inside:
            self._text += len(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in CELLS:
            self._close_cell()
        elif name == "table-row" and self.found:
            self._close_row(self.found[-1])

    def _close_cell(self) -> None:
        self._inside = False
        self._column += self._repeats
        if self._filled or self._text:
            self._last = self._column
            self._row_text += self._text * self._repeats

    def _close_row(self, table: Extent) -> None:
        first, self._row = self._row + 1, self._row + self._row_repeats
        if not self._last:
            return
        if self._row > MOST_ROW or self._last > MOST_COLUMN:
            raise Refused(
                f"Lembar “{table.name[:40]}” berisi data di baris {self._row} kolom ke-{self._last}, di luar batas "
                f"{MOST_ROW // 1000}.000 baris dan {MOST_COLUMN} kolom. Bila tabelnya sepanjang itu, bagi menjadi "
                "beberapa berkas; bila tidak, hapus isi sel itu."
            )
        self._all_text += self._row_text * self._row_repeats
        if self._all_text > MOST_TEXT:
            raise Refused(TOO_LARGE)
        table.rows, table.columns = self._row, max(table.columns, self._last)
        for column, high, wide in self._merged[: MOST_MERGED - len(table.merged)]:
            table.merged.append((first, column, first + high - 1, column + wide - 1))


def _times(text: str | None) -> int:
    """How often something is repeated; what is no number is a damaged file."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refused(DAMAGED)
    return max(int(text), 1)
