"""Forms of drafts: what an amendment is about, and what a draft opens and closes."""

from typing import Any

from django import forms

from districts.competencies.models import CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.decrees.amending import RECRUITMENT, offer_for
from districts.locations.models import DecreeItem, TargetLocation
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.documents.models import Decree
from p2emas.ui.formats import long_date
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper


class AmendForm(PlainForm):
    helper = form_helper("Buat konsep")
    about = forms.CharField(label="Tentang", max_length=300, help_text="Judul keputusan tanpa kata tentang.")


def _words(row: Any) -> str:
    """Words that tell one row from another."""
    if isinstance(row, TargetLocation):
        return f"{row.village}, Kec. {row.village.district}: {row.core_competency.commodity}, {_since(row)}"
    if isinstance(row, CoreCompetency):
        return f"{row.district}: {row.commodity}, {_since(row)}"
    if isinstance(row, Candidate):
        return f"{row.village}, Kec. {row.village.district}: {row.commodity}, {row.round}"
    if isinstance(row, RecruitmentRound):
        return _appointed(row)
    return f"{row.district}: {row.chosen}, {row.year}"


def _appointed(record: Any) -> str:
    return f"{record}: {record.accepted} pendamping"


def _since(row: TargetLocation | CoreCompetency) -> str:
    return f"sejak {long_date(row.valid_from)} dengan {row.decree}"


LABELS = {
    "target_location": "Lokasi sasaran yang diakhiri",
    "core_competency": "Kompetensi inti yang diakhiri",
    "determination": "Penetapan kompetensi yang diberlakukan",
    "candidate": "Calon terpilih yang ditetapkan menjadi lokasi sasaran",
    RECRUITMENT: "Seleksi yang pendampingnya ditetapkan",
}


def _chosen(items: list[DecreeItem], rounds: list[int]) -> dict[str, list[int]]:
    """The keys of the rows that a draft has already, kind by kind; what is confirmed is ticked as its determination."""
    confirms = DecreeItem.Action.CONFIRM
    return {RECRUITMENT: rounds} | {
        name: [
            pk
            for item in items
            if (pk := getattr(item, f"{name}_id")) and (name != "core_competency" or item.action != confirms)
        ]
        for name in LABELS
        if name != RECRUITMENT
    }


def _mark(items: list[DecreeItem], rounds: list[int]) -> str:
    """The same as ``items_fingerprint``, of rows that are at hand."""
    return "-".join([*(str(item.pk) for item in sorted(items, key=lambda item: item.pk)), *(f"r{pk}" for pk in rounds)])


class ItemsForm(PlainForm):
    """One group of boxes for each kind of thing that there is; a kind without any is left out."""

    helper = form_helper("Simpan dan periksa")
    seen = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(self, *args, decree: Decree, **kwargs) -> None:
        offer = offer_for(decree)
        items = list(decree.items.select_related("village__district"))
        self.others = [item for item in items if item.village_id and not item.candidate_id]  # of the back office
        self.rows = {name: {str(row.pk): row for row in getattr(offer, name)} for name in LABELS}
        rounds = list(decree.recruitments.order_by("pk").values_list("pk", flat=True))
        super().__init__(*args, initial={"seen": _mark(items, rounds), **_chosen(items, rounds)}, **kwargs)
        for name, rows in self.rows.items():
            if rows:
                boxes = [(key, _words(row)) for key, row in rows.items()]
                self.fields[name] = forms.MultipleChoiceField(
                    label=LABELS[name], choices=boxes, required=False, widget=forms.CheckboxSelectMultiple
                )

    @property
    def wanted(self) -> dict[str, list]:
        chosen = {name: self.cleaned_data[name] for name in LABELS if name in self.fields}
        return {name: [self.rows[name][key] for key in keys] for name, keys in chosen.items()}
