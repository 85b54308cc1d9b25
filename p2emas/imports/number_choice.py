"""Which number format a file is read with: by its own cells, by its template, or by the answer of who uploaded it."""

from dataclasses import dataclass

from p2emas.imports.cells import Cell
from p2emas.imports.kinds import ImportKind
from p2emas.imports.numbers import Cited, Found, MixedFormats, NumberFormat, Written, in_words, prove, read
from p2emas.imports.quantities import is_unknown
from p2emas.imports.tables import Line, ReadTable, TableRefused


@dataclass(frozen=True)
class NumberChoice:
    """The format ("" when no cell needs one), why, and the cell to ask about when nothing tells."""

    format: str = ""
    why: str = ""
    question: Cited | None = None


def choose_format(kind: ImportKind, table: ReadTable, *, answered: str = "") -> NumberChoice:
    """The format of all number columns of a table. Raises ``TableRefused`` when its cells contradict each other."""
    try:
        found = prove(_cells(kind, table))
    except MixedFormats as mixed:
        raise TableRefused(_mixed(mixed)) from None
    if table.marked and found.proof and found.format != table.marked:
        raise TableRefused(_against_template(table.marked, found))
    if found.proof:
        return NumberChoice(found.format, _proved(found))
    if found.open is None:
        return NumberChoice(table.marked)
    if table.marked:
        return NumberChoice(table.marked, _said("menurut templatnya", table.marked, found.open))
    if answered:
        return NumberChoice(answered, _said("menurut jawaban pengunggah", answered, found.open))
    return NumberChoice(question=found.open)


def in_format(kind: ImportKind, lines: list[Line], number_format: str) -> None:
    """Let the text of number cells know in which format it is written."""
    places = [place for place, column in enumerate(kind.columns) if column.is_number]
    for line in lines:
        for place in places:
            if isinstance(cell := line.cells[place], str):
                line.cells[place] = Written(cell, number_format)


def _cells(kind: ImportKind, table: ReadTable):
    places = [(place, column.is_money) for place, column in enumerate(kind.columns) if column.is_number]
    for line in table.lines:
        for place, money in places:
            cell: Cell = line.cells[place]
            if isinstance(cell, str) and not is_unknown(cell):
                yield Cited(table.address(place, line), cell), money


# --- Sentences ------------------------------------------------------------------------------------------------------


def meaning(cell_text: str, number_format: str) -> str:
    """The number in words, as this format reads it; "" for text that it does not read."""
    value = read(cell_text, number_format, money=True)
    return "" if value is None else in_words(value)


def _label(number_format: str) -> str:
    return NumberFormat(number_format).label


def _mixed(mixed: MixedFormats) -> str:
    return (
        f"Angka dalam berkas ini ditulis dengan dua cara: sel {mixed.comma} memakai koma desimal, "
        f"sel {mixed.point} titik desimal. Samakan semuanya, lalu unggah lagi."
    )


def _against_template(marked: str, found: Found) -> str:
    ours, theirs = _label(marked), _label(found.format)
    return (
        f"Templat ini memakai {ours}, tetapi sel {found.proof} hanya terbaca dengan {theirs}. Samakan cara menulisnya; "
        "di CSV dapat juga judul kolom “Angka: ...” dihapus bila semua angka memakai cara yang lain."
    )


def _proved(found: Found) -> str:
    sentence = f"Angka dibaca dengan {_label(found.format)}: sel {found.proof} hanya terbaca begitu."
    if found.open is None:
        return sentence
    so = f"Jadi sel {found.open} berarti {meaning(found.open.text, found.format)}."
    return f"{sentence} {so}"


def _said(by: str, number_format: str, cell: Cited) -> str:
    return f"Angka dibaca dengan {_label(number_format)} {by}: sel {cell} berarti {meaning(cell.text, number_format)}."
