"""Lines that a workbook adds to a plan: the form of a line, with everything that it names known beforehand."""

from typing import Any

from django import forms

from p2emas.imports.lanes.shapes import LaneColumn, LaneRow, NewRows
from p2emas.ui.formats import MONTHS
from p2emas.ui.forms import FieldsAlone
from programs.planning.line_forms import LISTED, NEW_ACTIVITY, LineForm
from programs.planning.models import PlanLine
from programs.planning.workbook.known import KnownField, LineChoices, said_by

LINKS = {str(code): str(word) for code, word in PlanLine.ChainLink.choices}
MONTH_WORDS = {str(number): name for number, name in enumerate(MONTHS, start=1)}
NEW = "Hanya untuk baris baru."
CHOSEN = {"activity", "group", "commodity", "target_location", "other_village", "procurement"}


class ManyLines(FieldsAlone):
    """One of many: what the constraints of a line say of these fields, their fields say too.

    So the database is not asked a handful of questions for each of hundreds of lines.
    """

    def _get_validation_exclusions(self) -> set[str]:
        """Left out of the questions to the database: no rupiah below 0, a month of the list, rows that it gave us."""
        return super()._get_validation_exclusions() | CHOSEN | {"amount", "start_month", "season_first", "season_last"}  # type: ignore[misc]


def offer_methods(form: forms.BaseModelForm, known: LineChoices) -> None:
    """Instead of the select of the page, which asks the database once for each form."""
    sentence, label = "Pilih cara pengadaan dari daftar, atau kosongkan.", form.fields["procurement"].label
    form.fields["procurement"] = KnownField(known.methods, sentence, label=label, required=False)


def method_key(line: PlanLine) -> str:
    """Of the line's way of procurement among the known ones."""
    return f"#{line.procurement_id}" if line.procurement_id else ""


class NewLineForm(ManyLines, LineForm):
    """A line of which only the workbook knows yet. ``where`` is its place in one answer."""

    def __init__(self, *args: Any, offered: LineChoices, line: PlanLine | None = None, **kwargs: Any) -> None:
        self.offered = offered
        line = line or PlanLine(plan=offered.plan, fund="")
        super().__init__(*args, instance=line, known=offered.funds, **kwargs)
        self.initial["procurement"] = method_key(line)
        if self.is_like_another:
            return
        self.fields["where"] = KnownField(offered.places, "Pilih tempat dari daftar.", label="Tempat")
        places = ("place", "target_location", "other_village")
        for name in (LISTED, *NEW_ACTIVITY, *places, "new_programme", "version", "token"):
            del self.fields[name]

    def _offer(self, plan: Any, line: PlanLine) -> None:
        """Instead of the selects of the page."""
        known = self.offered
        sentence = "Pilih kegiatan dari daftar; kegiatan baru ditambahkan lewat “Tambah baris”."
        self.fields["activity"] = KnownField(known.activities, sentence, label="Kegiatan")
        sentence = "Pilih kelompok dari daftar, atau kosongkan."
        self.fields["group"] = KnownField(known.groups, sentence, label="Kelompok penerima", required=False)
        sentence = "Pilih komoditas dari daftar, atau kosongkan."
        self.fields["commodity"] = KnownField(known.commodities, sentence, label="Komoditas", required=False)
        offer_methods(self, known)

    def clean(self) -> dict[str, Any]:
        place, row = self.cleaned_data.get("where") or (None, None)
        self.cleaned_data |= {"place": place, "target_location": row, "other_village": row}
        data = super().clean()
        if data.get("activity") and not self.errors:
            self._refuse_twice(data)
        return data

    def _refuse_twice(self, data: dict[str, Any]) -> None:
        names = [name for name in self.Meta.fields if name in data]
        typed = PlanLine(plan=self.offered.plan, **{name: data[name] for name in names})
        where = self.offered.taken.get(said_by(typed))
        if where is not None:
            self.add_error(None, f"Sama dengan {where}. Hapus baris ini, atau ubah isinya.")
        self.offered.take([(f"baris {str(self.prefix).lstrip('b')} berkas ini", typed)])


def added_rows(known: LineChoices) -> NewRows:
    """What the sheet of the lines takes beside those that are there."""
    activity = LaneColumn(
        "Kegiatan", "activity", f"{NEW} Pilih dari daftar.", options=known.words("activities"), lead=True
    )
    place = LaneColumn("Tempat", "where", f"{NEW} Pilih dari daftar.", options=known.words("places"), lead=True)
    hint = (
        "Baris kosong di bawah menambah baris rencana: biarkan kodenya kosong, pilih kegiatan dan tempat, lalu isi "
        "kolom lainnya."
    )
    return NewRows(activity, place, lambda key: new_row(known, key), hint)


def new_columns(known: LineChoices) -> tuple[LaneColumn, ...]:
    return (
        LaneColumn("Mata rantai", "chain_link", f"{NEW} Pilih dari daftar.", options=LINKS),
        LaneColumn("Komoditas", "commodity", f"{NEW} Boleh kosong.", options=known.words("commodities")),
        LaneColumn("Kelompok penerima", "group", f"{NEW} Boleh kosong.", width=30, options=known.words("groups")),
        LaneColumn(
            "Alasan di luar lokasi sasaran",
            "exception_reason",
            f"{NEW} Wajib bila tempatnya bukan lokasi sasaran.",
            width=32,
        ),
    )


def detail_columns(known: LineChoices) -> tuple[LaneColumn, ...]:
    """What a line says of its procurement, its season and its proposal; of a new one and of one that is there."""
    return (
        LaneColumn("Cara pengadaan", "procurement", "Pilih dari daftar; boleh kosong.", options=known.words("methods")),
        LaneColumn("Musim dari bulan", "season_first", "Pilih dari daftar; boleh kosong.", 14, MONTH_WORDS),
        LaneColumn("Musim sampai bulan", "season_last", "Boleh melewati akhir tahun.", 14, MONTH_WORDS),
        LaneColumn("Nomor usulan Musrenbang", "proposal_no", "Bila berasal dari usulan warga.", 18),
        LaneColumn("Usulan Musrenbang", "proposal_text", "Boleh kosong.", 32),
    )


def new_row(known: LineChoices, key: str, data: Any = None) -> LaneRow:
    return LaneRow(key, "", "", NewLineForm(data, offered=known, prefix=key))
