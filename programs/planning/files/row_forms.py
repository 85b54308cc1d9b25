"""The forms that rows of a file go through: those of the pages, with everything that they name known beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from p2emas.imports.lanes.shapes import text_of
from p2emas.ui.forms import FieldsAlone, PlainForm
from programs.framework.models import Activity, Indicator, Outcome
from programs.nomenclature.checking import check_codes
from programs.planning.indicator_forms import IndicatorFacts, IndicatorForm
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.workbook.known import KnownField, KnownRows, LineChoices
from programs.planning.workbook.new_lines import NewLineForm


class FileChoices(LineChoices):
    """What the rows of one file may name: what is stored, and the activities that the file itself brings."""

    @cached_property
    def outcomes(self) -> KnownRows:
        known = KnownRows()
        for row in Outcome.objects.all():
            known.add(f"#{row.pk}", row, row.name)
        return known

    def also(self, lines: Iterable[PlanLine]) -> None:
        """Groups and places that stored lines have, though a new line could not have them any more."""
        for line in lines:
            if line.group_id and f"#{line.group_id}" not in self.groups.rows:
                self.groups.add(f"#{line.group_id}", line.group, str(line.group))
            key, row = known_place(line)
            if key not in self.places.rows:
                self.places.add(key, row, str(row[1].village if line.target_location_id else row[1]))


def known_place(line: PlanLine) -> tuple[str, tuple[str, Any]]:
    """The key of a line's place among the known ones, and the row that it would have there."""
    if line.target_location_id:
        return f"#t{line.target_location_id}", ("target", line.target_location)
    if line.other_village_id:
        return f"#d{line.other_village_id}", ("other", line.other_village)
    return "#0", ("regency", None)


class FileActivityForm(PlainForm):
    """An activity that the file brings, by the rules of the one that a line brings."""

    code = forms.CharField(label="Kode kegiatan", max_length=30)
    name = forms.CharField(label="Nama kegiatan", max_length=200)
    programme = forms.CharField(label="Nama program", max_length=200, required=False)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        known: FileChoices,
        refused: Mapping[str, str],
        like: "FileActivityForm | None" = None,
    ) -> None:
        super().__init__(data, like=like)
        self.refused = refused
        if self.is_like_another:
            return
        sentence = "Pilih sasaran dari daftar."
        self.fields["outcome"] = KnownField(known.outcomes, sentence, label="Sasaran program")
        self.fields["code"].error_messages["required"] = "Isi kode kegiatan."
        self.fields["name"].error_messages["required"] = "Isi nama kegiatan."

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if sentence := self.refused.get(code):
            raise forms.ValidationError(f"{sentence}.")
        return code

    def activity(self, plan: WorkPlan, rules: Mapping[str, str]) -> Activity:
        """The activity as typed, unsaved; ``rules`` of the year, which are asked once for all of them."""
        data = self.cleaned_data
        return Activity(
            agency=plan.agency,
            year=plan.year,
            outcome=data["outcome"],
            code=data["code"],
            name=data["name"],
            programme_name=data["programme"],
            is_sample=plan.is_sample,
            **rules,
        )


@dataclass(frozen=True)
class NewCodes:
    """What the list says of codes that the file brings: why it ``refused`` one, and which it takes unlisted."""

    refused: dict[str, str]
    unlisted: set[str]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]], year: int) -> "NewCodes":
        checks = check_codes(rows, year)
        refused = {code: check.sentence for code, check in checks.items() if check.refused}
        return cls(refused, {code for code, check in checks.items() if not check.known and not check.refused})


class FileIndicatorForm(FieldsAlone, IndicatorForm):
    """One of many: constraints are asked where they matter. That of its bound is what its field says too, no file says
    whose sex it counts, and few take the figure of a notebook."""

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        plan: WorkPlan,
        indicator: Indicator,
        facts: IndicatorFacts,
        like: "FileIndicatorForm | None" = None,
    ) -> None:
        super().__init__(data, instance=indicator, plan=plan, facts=facts, like=like)

    def _get_validation_exclusions(self) -> set[str]:
        unasked = {"largest_change", "of_sex"} | (set() if self.instance.notebook else {"notebook"})
        return super()._get_validation_exclusions() | unasked  # type: ignore[misc]


class FileLineForm(NewLineForm):
    """A line of the file: a new one, or a stored one that the file may change."""

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        known: FileChoices,
        line: PlanLine,
        like: "FileLineForm | None" = None,
    ) -> None:
        super().__init__(data, offered=known, line=line, like=like)

    def _refuse_twice(self, data: dict[str, Any]) -> None:
        """The file is asked as a whole."""


class RowForms:
    """The forms of one file. The first of a kind makes the fields, hundreds of others take them."""

    def __init__(self, plan: WorkPlan, known: FileChoices) -> None:
        self.plan, self.known = plan, known
        self._indicators: dict[bool, FileIndicatorForm] = {}
        self._lines: dict[str, FileLineForm] = {}

    @cached_property
    def rules(self) -> dict[str, str]:
        return Activity.rules_of(self.plan.year)

    @cached_property
    def empty_activity(self) -> FileActivityForm:
        return FileActivityForm(None, known=self.known, refused={})

    def activity(self, data: Mapping[str, str], refused: Mapping[str, str]) -> FileActivityForm:
        return FileActivityForm(data, known=self.known, refused=refused, like=self.empty_activity)

    def indicator(
        self, data: Mapping[str, str] | None, indicator: Indicator, facts: IndicatorFacts
    ) -> FileIndicatorForm:
        """What a set plan measures by keeps fields that cannot be changed; villages bring theirs."""
        if facts.agreed not in self._indicators:
            alone = IndicatorFacts([], [], facts.agreed)
            made = FileIndicatorForm(None, plan=self.plan, indicator=Indicator(), facts=alone)
            self._indicators[facts.agreed] = made
        like = self._indicators[facts.agreed]
        return FileIndicatorForm(data, plan=self.plan, indicator=indicator, facts=facts, like=like)

    @cached_property
    def empty_line(self) -> FileLineForm:
        return self.line(None, PlanLine(plan=self.plan, fund=""))

    def line(self, data: Mapping[str, str] | None, line: PlanLine) -> FileLineForm:
        """A stored line keeps its fund among the choices."""
        fund = line.fund if line.pk else ""
        made = FileLineForm(data, known=self.known, line=line, like=self._lines.get(fund))
        self._lines.setdefault(fund, made)
        return made


def stored_texts(form: forms.BaseModelForm) -> dict[str, str]:
    """What a browser would send of a stored line or indicator in which nobody typed."""
    line = form.instance
    texts = {}
    for name, asked in form.fields.items():
        if isinstance(asked, KnownField):
            texts[name] = _stored_key(line, name)
        else:
            texts[name] = text_of(asked, form.get_initial_for_field(asked, name))
    return {name: text for name, text in texts.items() if text}


def _stored_key(line: Any, name: str) -> str:
    if name == "where":
        return known_place(line)[0]
    key = getattr(line, f"{name}_id", None)
    return f"#{key}" if key else ""
