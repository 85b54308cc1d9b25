"""A table with one row for each record, under headings that are not ours: which column is which."""

from typing import Any

from django import forms

from p2emas.imports.cells import Values, as_text, folded
from p2emas.imports.kinds import Column, ImportKind
from p2emas.imports.shapes import Json, ShapeForm, TableShape, cell_at, close, is_numbering, unmerged
from p2emas.imports.tables import ReadTable, ReceivedSheet, Row, TableRefused, filled_lines, letter
from p2emas.ui.forms import depend_on_others
from p2emas.ui.layout import Group, form_helper

SEARCHED, LEAST = 30, 2  # rows in which the headings are looked for, and how many words make a row of headings
SAMPLES, LONGEST = 2, 60
NOWHERE = ("", "Tidak ada di berkas")


class ColumnsShape(TableShape):
    code = "columns"
    question = "Kolom mana berisi apa?"
    intro = (
        "Judul kolom berkas ini lain dari templat. Cocokkan sekali; jawaban diingat untuk kantor Anda dan jenis impor "
        "ini."
    )

    def recognise(self, kind: ImportKind, sheet: ReceivedSheet, lookups: Any) -> Json:
        rows = unmerged(sheet)
        place = _row_of_headings(kind, rows)
        if place is None:
            raise TableRefused(
                "Tidak ada baris judul kolom yang dikenali. Beri judul di atas tiap kolom, lalu unggah lagi."
            )
        number, row = rows[place]
        below = [cells for _number, cells in rows[place + 1 :] if not is_numbering(cells)][:SAMPLES]
        headings = [
            {"place": n, "text": as_text(cell)[:LONGEST], "samples": [as_text(cell_at(r, n))[:40] for r in below]}
            for n, cell in enumerate(row)
            if as_text(cell)
        ]
        return {"row": number, "headings": headings}

    def form(self, kind: ImportKind, data: Any, found: Json, known: Json, lookups: Any) -> "ColumnsForm":
        return ColumnsForm(data, kind=kind, found=found, known=known)

    def remembered(self, kind: ImportKind, sheet: ReceivedSheet, found: Json, known: Json, lookups: Any) -> Json | None:
        """All headings that were named before are there again, and each needed column has one."""
        headings, same = known.get("columns", {}), known.get("same", {})
        if not headings:
            return None
        places = {folded(each["text"]): each["place"] for each in found["headings"]}
        wanted = {name: folded(text) for name, text in headings.items() if text}
        if not all(text in places for text in wanted.values()) or _lacking(kind, wanted, same):
            return None
        return {"row": found["row"], "places": {n: places[t] for n, t in wanted.items()}, "same": same, "known": True}

    def to_remember(self, found: Json, answer: Json, known: Json) -> Json:
        texts = {each["place"]: each["text"] for each in found["headings"]}
        columns = {name: texts[place] for name, place in answer["places"].items()}
        return {**known, "columns": columns, "same": answer["same"]}

    def table(self, kind: ImportKind, sheet: ReceivedSheet, answer: Json, lookups: Any) -> ReadTable:
        rows = [(n, r) for n, r in unmerged(sheet) if n > answer["row"] and not is_numbering(r)]
        places = [answer["places"].get(column.name, -1) for column in kind.columns]
        lines = filled_lines(rows, places, kind.most_rows)
        for line in lines:
            for position, column in enumerate(kind.columns):
                if column.name in answer["same"]:
                    line.cells[position] = answer["same"][column.name]
        letters = [letter(place) if place >= 0 else "" for place in places]
        return ReadTable(lines, letters, notices=[*sheet.notices, layout_words(kind, sheet, answer)])


def layout_words(kind: ImportKind, sheet: ReceivedSheet, answer: Json) -> str:
    texts = dict(enumerate(next((row for number, row in sheet.rows if number == answer["row"]), [])))
    columns = [(c.header, answer["places"].get(c.name), answer["same"].get(c.name)) for c in kind.columns]
    told = [
        f"{header} ← “{same}” untuk semua baris" if same else f"{header} ← “{as_text(texts.get(place))[:LONGEST]}”"
        for header, place, same in columns
        if same or place is not None
    ]
    begin = "Kolom dibaca menurut susunan yang diingat" if answer.get("known") else "Kolom dibaca menurut jawaban Anda"
    return f"{begin}: {'; '.join(told)}."


def _row_of_headings(kind: ImportKind, rows: list[Row]) -> int | None:
    """The row with the most words, and with words of ours before others."""
    best, found = 0, None
    for place, (_number, row) in enumerate(rows[:SEARCHED]):
        words = [as_text(cell) for cell in row if isinstance(cell, str) and not _is_figure(cell)]
        ours = sum(max((close(word, column.words_met) for column in kind.columns), default=0) for word in words)
        score = len(set(words)) + 3 * ours
        if len(set(words)) >= LEAST and score > best and place + 1 < len(rows):
            best, found = score, place
    return found


def _is_figure(text: str) -> bool:
    return not any(sign.isalpha() for sign in text)


def guesses(kind: ImportKind, headings: list[Json], known: Json) -> dict[str, int]:
    """Column -> place: by what was answered before, else by the words that it goes by; each place once."""
    texts = {folded(each["text"]): each["place"] for each in headings}
    found = {n: texts[folded(t)] for n, t in known.get("columns", {}).items() if t and folded(t) in texts}
    for wanted in (2, 1):
        for column in kind.columns:
            for each in headings:
                free = column.name not in found and each["place"] not in found.values()
                if free and close(each["text"], column.words_met) == wanted:
                    found[column.name] = each["place"]
    return found


def _lacking(kind: ImportKind, places: Values, same: Values) -> list[Column]:
    return [c for c in kind.columns if c.required and c.name not in places and not same.get(c.name)]


class ColumnsForm(ShapeForm):
    """For each of our columns: which of theirs it is, or one value for all rows."""

    def __init__(self, data: Any, *, kind: ImportKind, found: Json, known: Json) -> None:
        super().__init__(data, label_suffix="")
        self.kind, self.found = kind, found
        guessed, same = guesses(kind, found["headings"], known), known.get("same", {})
        offered = [NOWHERE, *((str(each["place"]), _offered(each)) for each in found["headings"])]
        groups = []
        for column in kind.columns:
            place, fixed = f"kolom-{column.name}", f"sama-{column.name}"
            self.fields[place] = forms.ChoiceField(
                label=f"{column.header}: kolom di berkas Anda", choices=offered, required=False,
                initial=str(guessed.get(column.name, "")),
            )  # fmt: skip
            self.fields[fixed] = forms.CharField(
                label=f"{column.header}: atau isi yang sama untuk semua baris", max_length=200, required=False,
                initial=same.get(column.name, "") if column.name not in guessed else "",
            )  # fmt: skip
            needed = "wajib" if column.required else "boleh tidak ada"
            groups.append(Group(f"{column.header} ({needed})", place, fixed))
            depend_on_others(self, place, fixed)
        self.pieces = groups

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for column in self.kind.columns:
            place, same = cleaned.get(f"kolom-{column.name}", ""), cleaned.get(f"sama-{column.name}", "")
            if place and same:
                self.add_error(f"sama-{column.name}", "Pilih kolomnya atau tulis isi yang sama, jangan keduanya.")
            elif column.required and not place and not same:
                self.add_error(
                    f"kolom-{column.name}", f"Pilih kolom {column.header.lower()}, atau tulis isi yang sama."
                )
            elif place and place in taken:
                self.add_error(f"kolom-{column.name}", f"Kolom ini sudah dipakai untuk {taken[place].lower()}.")
            elif place:
                taken[place] = column.header
        return cleaned

    def answer(self) -> Json:
        said, names = self.cleaned_data, [column.name for column in self.kind.columns]
        places = {name: int(said[f"kolom-{name}"]) for name in names if said[f"kolom-{name}"]}
        same = {name: said[f"sama-{name}"] for name in names if said[f"sama-{name}"]}
        return {"row": self.found["row"], "places": places, "same": same}


def _offered(each: Json) -> str:
    samples = "; ".join(dict.fromkeys(word for word in each["samples"] if word))
    return f"{letter(each['place'])} “{each['text']}”" + (f", misalnya {samples}" if samples else "")


class MemoryForm(forms.Form):
    """What is remembered of the files of an agency: the heading of each column; empty boxes forget it."""

    def __init__(self, data: Any, *, kind: ImportKind, known: Json) -> None:
        super().__init__(data, label_suffix="")
        self.kind = kind
        columns, same, groups = known.get("columns", {}), known.get("same", {}), []
        for column in kind.columns:
            place, fixed = f"judul-{column.name}", f"sama-{column.name}"
            self.fields[place] = forms.CharField(
                label=f"{column.header}: judul di berkas Anda", max_length=LONGEST, required=False,
                initial=columns.get(column.name, ""),
            )  # fmt: skip
            self.fields[fixed] = forms.CharField(
                label=f"{column.header}: isi yang sama untuk semua baris", max_length=200, required=False,
                initial=same.get(column.name, ""),
            )  # fmt: skip
            groups.append(Group(column.header, place, fixed))
            depend_on_others(self, place, fixed)
        forget = ("lupakan", "Lupakan susunan ini", "1")
        self.helper = form_helper("Simpan susunan", *groups, css="narrow", second=forget)

    def memory(self, known: Json) -> Json:
        said = self.cleaned_data
        columns = {c.name: said[f"judul-{c.name}"] for c in self.kind.columns if said[f"judul-{c.name}"]}
        same = {c.name: said[f"sama-{c.name}"] for c in self.kind.columns if said[f"sama-{c.name}"]}
        return {**known, "columns": columns, "same": same if columns else {}}


COLUMNS = ColumnsShape()
