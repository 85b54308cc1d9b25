"""The question about a table of the statistics office, and its figures as rows of "Angka produksi"."""

from typing import Any

from django import forms

from districts.evidence.bps_tables import BpsTable, cells_of, is_dash, measure_in, recognised, year_in
from districts.evidence.lookups import Lookups
from districts.evidence.measures import EvidenceMeasure, measures
from districts.evidence.years import year_problem
from p2emas.imports.cells import folded
from p2emas.imports.kinds import ImportKind
from p2emas.imports.shapes import Json, ShapeForm, TableShape
from p2emas.imports.tables import Line, ReadTable, ReceivedSheet, TableRefused, checked_lines, letter, number_of_cell
from p2emas.ui.formats import number as shown
from p2emas.ui.forms import depend_on_others, field_of
from p2emas.ui.layout import Group

UNREAD = ("", "Tidak dibaca")
UNKNOWN, ZERO = "tidak", "ya"
DASHES = [(UNKNOWN, "Tidak: belum ada data"), (ZERO, "Ya: tanda “-” berarti nol")]
TOLD = 5


def units_of(found: dict[str, EvidenceMeasure]) -> dict[str, str]:
    """Unit -> code; of two measures in one unit the first."""
    return {folded(measure.unit): code for code, measure in reversed(found.items())}


class BpsShape(TableShape):
    code = "bps"
    question = "Tabel kecamatan \N{MULTIPLICATION SIGN} komoditas"
    intro = (
        "Berkas ini tampak seperti tabel BPS: satu baris tiap kecamatan, satu kolom tiap komoditas. Periksa tebakan di "
        "bawah ini; angkanya lalu dijadikan satu baris tiap kecamatan dan komoditas di pratinjau."
    )

    def recognise(self, kind: ImportKind, sheet: ReceivedSheet, lookups: Lookups) -> Json | None:
        every = measures()
        table = recognised(sheet, lookups, units_of(every))
        if table is None:
            return None
        return {
            "columns": [vars(column) for column in table.columns],
            "year": year_in(table.title),
            "measure": measure_in([table.title], units_of(every)),
            "source": table.source,
            "dashes": table.dashes,
            "rows": len(table.rows),
            "skipped": [[number, name] for number, name in table.skipped[:20]],
        }

    def form(self, kind: ImportKind, data: Any, found: Json, known: Json, lookups: Lookups) -> "BpsForm":
        return BpsForm(data, found=found, known=known, lookups=lookups)

    def to_remember(self, found: Json, answer: Json, known: Json) -> Json:
        """Which commodity a heading means; year and source are those of one file."""
        chosen = {each["place"]: each["commodity"] for each in answer["columns"]}
        headings = {folded(each["heading"]): chosen.get(each["place"], 0) for each in found["columns"]}
        return {**known, "bps": {**known.get("bps", {}), **headings}}

    def table(self, kind: ImportKind, sheet: ReceivedSheet, answer: Json, lookups: Lookups) -> ReadTable:
        every = measures()
        table = recognised(sheet, lookups, units_of(every))
        if table is None:
            raise TableRefused("Tabel ini tidak dikenali lagi: data kecamatan atau komoditas berubah. Unggah lagi.")
        lines, zeros = _lines(table, answer, lookups, every)
        told = [*sheet.notices, _unpivoted(table, answer, len(lines))]
        if zeros:
            told.append(f"{shown(zeros)} sel “-” dibaca 0 menurut jawaban pengunggah.")
        if table.skipped:
            named = ", ".join(f"{number} “{name}”" for number, name in table.skipped[:TOLD])
            more = ", ..." if table.skipped[TOLD:] else ""
            told.append(f"Baris jumlah dan sejenisnya tidak dibaca: baris {named}{more}.")
        return ReadTable(checked_lines(lines), [""] * len(kind.columns), notices=told, by_cell=True)


def _lines(
    table: BpsTable, answer: Json, lookups: Lookups, every: dict[str, EvidenceMeasure]
) -> tuple[list[Line], int]:
    """A line for each kecamatan and commodity, in the order of the sheet, and how many dashes became 0."""
    lines, zeros = [], 0
    of = {column.place: column for column in table.columns}
    for chosen in answer["columns"]:
        column, goods = of.get(chosen["place"]), lookups.commodities.get(chosen["commodity"], "")
        if column is None:
            continue
        measure = every[code].label if (code := chosen["measure"]) in every else code
        for number, name, cell in cells_of(table, column):
            is_zero = answer["zero"] and is_dash(cell)
            zeros += is_zero
            value = 0 if is_zero else cell
            cells = [name, goods, chosen["year"], measure, value, answer["source"], answer["sample"]]
            lines.append(Line(number_of_cell(number, column.place), cells))
    return sorted(lines, key=lambda line: line.number), zeros


def _unpivoted(table: BpsTable, answer: Json, lines: int) -> str:
    return (
        f"Tabel {shown(len(table.rows))} kecamatan \N{MULTIPLICATION SIGN} {shown(len(answer['columns']))} kolom "
        f"menjadi {shown(lines)} baris; nomor baris di bawah ini adalah selnya di berkas."
    )


class BpsForm(ShapeForm):
    """What a table of the statistics office does not say in its cells, and which commodity each column is."""

    tahun = forms.IntegerField(
        label="Tahun data",
        help_text="Tahun angkanya, bukan tahun terbit.",
        error_messages={"required": "Isi tahun datanya, misalnya 2018."},
    )
    ukuran = forms.ChoiceField(
        label="Ukuran",
        help_text="Ukuran dan satuan angka di tabel ini.",
        error_messages={"required": "Pilih ukuran dan satuan angka di tabel ini."},
    )
    sumber = forms.CharField(
        label="Sumber",
        max_length=200,
        help_text="Dokumen atau instansi asal angka.",
        error_messages={"required": "Isi dokumen atau instansi asal angka."},
    )
    contoh = forms.BooleanField(label="Data contoh (rekaan)", required=False)
    nol = forms.ChoiceField(
        label="Apakah tanda “-” berarti nol?", choices=DASHES, initial=UNKNOWN, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, *, found: Json, known: Json, lookups: Lookups) -> None:
        super().__init__(data, label_suffix="")
        self.found = found
        self.fields["tahun"].initial = found["year"]
        field_of(self, "ukuran", forms.ChoiceField).choices = [
            ("", "Pilih ukuran"),
            *((c, m.label) for c, m in measures().items()),
        ]
        self.fields["ukuran"].initial = found["measure"]
        self.fields["sumber"].initial = found["source"]
        if found["dashes"]:
            self.fields["nol"].help_text = f"Ada {shown(found['dashes'])} sel berisi “-”."
        else:
            del self.fields["nol"]
        offered = [UNREAD, *((str(pk), name) for pk, name in lookups.commodities.items())]
        kept = known.get("bps", {})
        for each in found["columns"]:
            guess = kept.get(folded(each["heading"]), each["commodity"]) or ""
            self.fields[f"kolom-{each['place']}"] = forms.ChoiceField(
                label=_named(each), choices=offered, required=False, initial=str(guess)
            )
        asked = [name for name in ("tahun", "ukuran", "sumber", "nol", "contoh") if name in self.fields]
        columns = [f"kolom-{each['place']}" for each in found["columns"]]
        depend_on_others(self, *columns)
        self.pieces = (Group("Seluruh tabel", *asked), Group("Komoditas tiap kolom", *columns))

    def clean_tahun(self) -> int:
        year: int = self.cleaned_data["tahun"]
        if problem := year_problem(year):
            raise forms.ValidationError(problem)
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[tuple[Any, ...], str] = {}
        for each in self._chosen(cleaned):
            key = each["commodity"], each["year"], each["measure"]
            if key in seen:
                words = f"Kolom {seen[key]} sudah berisi komoditas ini. Pilih salah satu."
                self.add_error(f"kolom-{each['place']}", words)
            seen.setdefault(key, letter(each["place"]))
        if not seen and not self.errors:
            self.add_error(None, "Pilih komoditas untuk sedikitnya satu kolom.")
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> list[Json]:
        return [
            {
                "place": each["place"],
                "commodity": int(goods),
                "year": each["year"] or cleaned.get("tahun"),
                "measure": each["measure"] or cleaned.get("ukuran"),
            }
            for each in self.found["columns"]
            if (goods := cleaned.get(f"kolom-{each['place']}"))
        ]

    def answer(self) -> Json:
        said = self.cleaned_data
        return {
            "columns": self._chosen(said),
            "source": said["sumber"],
            "sample": said["contoh"],
            "zero": said.get("nol") == ZERO,
            "by_cell": True,
        }


def _named(each: Json) -> str:
    return f"Kolom {letter(each['place'])} “{each['heading']}”"
