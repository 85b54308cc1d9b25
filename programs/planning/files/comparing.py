"""What a file would do to a draft: new, changed, the same or wrong, row by row. Compared whenever it is shown.

A row finds its activity by the code, its indicator by activity and name. Lines have no name: a row finds one by
activity, place, group, commodity and link of the chain, in their order where several have the same. What a file does
not have stays as it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from districts.regions.models import Village
from p2emas.accounts.models import Agency
from p2emas.imports.cells import folded
from p2emas.imports.lanes.comparing import Fate
from programs.framework.models import Activity, Indicator
from programs.nomenclature.funds import funds
from programs.planning import choices
from programs.planning.files.columns import ACTIVITY, BY_NAME, CODE, INDICATOR, LINE, FileColumn, columns_of
from programs.planning.files.models import PlanFile
from programs.planning.files.reading import FORMULA
from programs.planning.files.row_forms import (
    FileChoices,
    NewCodes,
    RowForms,
    known_place,
    stored_texts,
)
from programs.planning.files.rows import FileRow, choices_of, file_rows, form_text
from programs.planning.files.village_targets import (
    VILLAGE,
    IndicatorsKnown,
    fields_filled,
    fields_told,
    is_of_target,
    village_named,
)
from programs.planning.indicator_forms import IndicatorFacts
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.versions import plan_of_year_before

FORMULA_REMEDY = "berisi rumus. Salin selnya, lalu tempel sebagai nilai."


@dataclass
class ComparedPart:
    """One activity, indicator or line that a row of the file is about. ``changes``: heading, old, new in words."""

    row: FileRow
    part: str
    label: str
    fate: Fate
    form: Any = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)  # cell or row, sentence
    notices: list[str] = field(default_factory=list)
    is_of_village: bool = False  # it has the target of an indicator in one village
    before: dict[str, Any] = field(default_factory=dict)  # of a stored one: the values of its form's fields

    def fail(self, where: str, sentence: str) -> None:
        self.fate = Fate.WRONG
        self.errors.append((where, sentence))


class PlanFileComparison:
    """``plan``: the draft that the file goes into, unsaved where the year has none yet."""

    def __init__(self, file: PlanFile) -> None:
        self.file = file
        self.plan = draft_of(file.agency, file.year)
        self.parts: list[ComparedPart] = []
        rows = file_rows(file.tables, file.layout or {"sheets": [], "same": {}})
        self.known = FileChoices(self.plan, funds())
        self.forms = RowForms(self.plan, self.known)
        self.activities: dict[str, Activity] = {a.code: a for a in choices.activities(self.plan)}
        self.new_activities: dict[str, Activity] = {}
        self.unlisted = {code for code, each in self.activities.items() if getattr(each, "unlisted", False)}
        self._compare_activities(rows)
        self.stored = stored_lines(self.plan)
        self.known.also(self.stored)
        lines = [row for row in rows if row.has(LINE)]
        self._compare_indicators([row for row in rows if row.has(INDICATOR)], lines)
        self._compare_lines(lines)
        order = {(row.sheet, row.number): n for n, row in enumerate(rows)}
        self.parts.sort(key=lambda each: order[each.row.sheet, each.row.number])

    # --- Activities -------------------------------------------------------------------------------------------------

    def _compare_activities(self, rows: list[FileRow]) -> None:
        first: dict[str, FileRow] = {}
        for row in rows:
            if not row.code:
                sentence = "Isi kode kegiatan pada baris ini atau di atasnya."
                part = ComparedPart(row, ACTIVITY, str(row.cells.get("name") or "Tanpa kode"), Fate.WRONG)
                part.fail(row.address(CODE.name), sentence)
                self.parts.append(part)
            elif "name" in row.typed and row.code in first and "name" in first[row.code].typed:
                self._check_same_name(row, first[row.code])
            elif row.code not in first or "name" in row.typed:
                first[row.code] = row
        new = {code: row for code, row in first.items() if code not in self.activities}
        codes = NewCodes.of([(code, str(row.cells.get("name") or "")) for code, row in new.items()], self.plan.year)
        self.unlisted |= codes.unlisted
        for code, row in first.items():
            self._activity(code, row, codes.refused)

    def _check_same_name(self, row: FileRow, first: FileRow) -> None:
        if folded(str(row.cells["name"])) != folded(str(first.cells["name"])):
            part = ComparedPart(row, ACTIVITY, row.code, Fate.WRONG)
            sentence = f"Nama kegiatan {row.code} lain dari {first.where}. Samakan namanya, atau perbaiki kodenya."
            part.fail(row.address("name"), sentence)
            self.parts.append(part)

    def _activity(self, code: str, row: FileRow, refused: Mapping[str, str]) -> None:
        stored = self.activities.get(code)
        part = ComparedPart(row, ACTIVITY, f"{row.cells.get('name') or ''} ({code})".strip(), Fate.SAME)
        if stored is not None:
            part.label = f"{stored.name} ({code})"
            if "name" in row.typed and folded(str(row.cells["name"])) != folded(stored.name):
                part.notices.append(f"Tersimpan sebagai “{stored.name}”; nama kegiatan yang sudah ada tidak diubah.")
            self.parts.append(part)
            return
        texts = _texts(self.forms.empty_activity, row, ACTIVITY) | {"code": code}
        form = self.forms.activity(texts, refused)
        part.form, part.fate = form, Fate.NEW
        self._judge(part, ACTIVITY)
        if part.fate is Fate.NEW:
            made = self.activities[code] = self.new_activities[code] = form.activity(self.plan, self.forms.rules)
            self.known.activities.add(f"#n{code}", made, f"{code} {made.name}", code)
        self.parts.append(part)

    # --- Indicators -------------------------------------------------------------------------------------------------

    def _compare_indicators(self, rows: list[FileRow], lines: list[FileRow]) -> None:
        stored = {
            (each.activity.code, folded(each.name)): each
            for each in Indicator.objects.filter(activity__in=[a.pk for a in self.activities.values() if a.pk])
            .select_related("activity")
            .order_by("pk")
            if each.activity
        }
        facts = IndicatorsKnown(self.plan, list(stored.values()), self._villages(lines))
        by_name: dict[tuple[str, str], dict[int | None, ComparedPart]] = defaultdict(dict)
        for each in rows:
            key = (each.code, folded(str(each.cells.get("indicator") or "")))
            part = ComparedPart(each, INDICATOR, str(each.cells.get("indicator") or "Indikator"), Fate.NEW)
            self.parts.append(part)
            if not self._belongs(part):
                continue
            village = self._village_of(part, facts.villages_of(each.code))
            place = village.pk if village else None
            if part.fate is Fate.WRONG:
                continue
            if first := by_name[key].get(place):
                what = "Target desa ini" if village else "Indikator ini"
                part.fail(each.address("indicator"), f"{what} sudah ada pada {first.row.where}. Hapus satu.")
                continue
            by_name[key][place] = part
        for key, parts in by_name.items():
            indicator = stored.get(key) or Indicator(activity=self.activities[key[0]], is_sample=self.plan.is_sample)
            self._indicator(parts, indicator, facts.of(indicator, key[0]))

    def _villages(self, lines: list[FileRow]) -> dict[str, dict[int, Village]]:
        """Code -> the villages in which its activity is carried out, by the draft and by the file."""
        found: dict[str, dict[int, Village]] = defaultdict(dict)
        for line in self.stored:
            if line.village:
                found[line.activity.code][line.village.pk] = line.village
        for row in lines:
            if village := village_named(self.known, str(row.cells.get("place") or "")):
                found[row.code][village.pk] = village
        return found

    def _village_of(self, part: ComparedPart, here: Mapping[int, Village]) -> Village | None:
        """Of whose target the row speaks; None of the whole."""
        text = str(part.row.cells.get(VILLAGE) or "")
        village = village_named(self.known, text)
        if village and village.pk in here:
            part.label, part.is_of_village = f"{part.label}, {village}", True
            return village
        if text:
            names = ", ".join(each.name for each in here.values()) or "belum ada desanya"
            part.fail(part.row.address(VILLAGE), f"Kegiatan ini tidak dikerjakan di “{text}”. Desanya: {names}.")
        return None

    def _indicator(self, parts: Mapping[int | None, ComparedPart], indicator: Indicator, facts: IndicatorFacts) -> None:
        """One form for the row of the whole and those of the villages; each row is told what is its own."""
        empty = self.forms.indicator(None, indicator, facts)
        stored = stored_texts(empty) if indicator.pk else {}
        texts = dict(stored) if indicator.pk else {"ledger": str(indicator.ledger)}
        first = next(iter(parts.values()))
        if None not in parts and not indicator.pk:
            texts["name"] = str(first.row.cells.get("indicator") or "")
        for village, part in parts.items():
            texts |= _texts(empty, part.row, INDICATOR, village)
        if _says_the_same(texts, stored):
            for part in parts.values():
                self._keep(part, INDICATOR)
            return
        before = _values(empty) if indicator.pk else {}
        form = self.forms.indicator(texts, indicator, facts)
        told = fields_told(list(parts), next(iter(parts)), form)
        for village, part in parts.items():
            mine = fields_filled(village, form)
            part.form, part.before = form, {name: value for name, value in before.items() if name in mine}
            self._judge(part, INDICATOR, ending=f"_{village}" if village else "", told=told[village])

    # --- Lines ------------------------------------------------------------------------------------------------------

    def _compare_lines(self, rows: list[FileRow]) -> None:
        by_said: dict[tuple[Any, ...], list[PlanLine]] = defaultdict(list)
        for line in self.stored:
            by_said[self._said(line)].append(line)
        before = self._lines_before() if not self.plan.pk else {}
        seen: dict[tuple[Any, ...], FileRow] = {}
        for row in rows:
            part = ComparedPart(row, LINE, "", Fate.NEW)
            self.parts.append(part)
            known = self.activities.get(row.code)
            part.label = f"{known.name} ({row.code})" if known else row.code
            if not self._belongs(part):
                continue
            same = (row.code, *(folded(str(row.cells.get(c.name) or "")) for c in columns_of(LINE)))
            if same in seen:
                part.fail("", f"Sama dengan {seen[same].where}. Hapus baris ini, atau ubah isinya.")
                continue
            seen[same] = row
            key = self._key(row)
            line = by_said[key].pop(0) if by_said.get(key) else self._new_line(row, before.get(key, []))
            self._line(part, line)

    def _new_line(self, row: FileRow, before: list[PlanLine]) -> PlanLine:
        line = PlanLine(plan=self.plan, fund="")
        line.continues = before.pop(0) if before else None
        return line

    def _line(self, part: ComparedPart, line: PlanLine) -> None:
        empty = self.forms.line(None, line) if line.pk else self.forms.empty_line
        stored = stored_texts(empty) if line.pk else {}
        texts = stored | _texts(empty, part.row, LINE) | {"activity": part.row.code}
        if _says_the_same(texts | {"activity": stored.get("activity", "")}, stored):
            self._keep(part, LINE)
            return
        part.before = _values(empty) if line.pk else {}
        part.form = self.forms.line(texts, line)
        self._judge(part, LINE)

    def _lines_before(self) -> dict[tuple[Any, ...], list[PlanLine]]:
        """The lines of last year's plan, by what they say: a new line continues one of them, as in a copied plan."""
        source = plan_of_year_before(self.file.agency, self.file.year)
        found: dict[tuple[Any, ...], list[PlanLine]] = defaultdict(list)
        for line in stored_lines(source) if source else ():
            found[self._said(line)].append(line)
        return found

    def _said(self, line: PlanLine) -> tuple[Any, ...]:
        place = known_place(line)[1][1]
        village = getattr(place, "village_id", getattr(place, "pk", None))
        return (line.activity.code, village, line.group_id, line.commodity_id, line.chain_link)

    def _key(self, row: FileRow) -> tuple[Any, ...]:
        """The same of a row; what cannot be found is told by its form."""
        _kind, place = self.known.places.find(str(row.cells.get("place") or "")) or ("", None)
        village = getattr(place, "village_id", getattr(place, "pk", None))
        group = self.known.groups.find(str(row.cells.get("group") or ""))
        commodity = self.known.commodities.find(str(row.cells.get("commodity") or ""))
        link = form_text(row.cells.get("chain_link"), self.forms.empty_line.fields["chain_link"])
        return (row.code, village, group.pk if group else None, commodity.pk if commodity else None, link)

    # --- What the forms say -----------------------------------------------------------------------------------------

    def _belongs(self, part: ComparedPart) -> bool:
        """Whether its activity is there or comes with the file; the row of the activity says what is wrong with it."""
        if part.row.code in self.activities:
            return True
        part.fail("", f"Kegiatan {part.row.code or 'tanpa kode'} belum benar; perbaiki barisnya dahulu.")
        return False

    def _judge(self, part: ComparedPart, of: str, *, ending: str = "", told: Collection[str] | None = None) -> None:
        """``told``: of which fields of its form the row speaks, all where it fills the form alone."""
        self._refuse_formulas(part, of)
        headers = {f"{column.field}{ending}": column for column in columns_of(of)}
        for name, wrong in part.form.errors.as_data().items():
            if told is None or name in told:
                self._fail(part, name, wrong, headers.get(name))
        if part.before and part.fate is not Fate.WRONG:
            self._changes(part)

    def _keep(self, part: ComparedPart, of: str) -> None:
        """A row that says what is stored: no form has to judge it."""
        part.fate = Fate.SAME
        self._refuse_formulas(part, of)

    def _refuse_formulas(self, part: ComparedPart, of: str) -> None:
        for name in sorted(part.row.typed):
            if part.row.cells[name] == FORMULA and BY_NAME[name].part == of:
                part.fail(part.row.address(name), FORMULA_REMEDY)

    def _fail(self, part: ComparedPart, name: str, wrong: list[Any], column: FileColumn | None) -> None:
        where = part.row.address(column.name) if column else ""
        lead = "" if where or column is None else f"{column.header}: "
        for sentence in _sentences(part.form.fields.get(name), wrong):
            if not any(place == where and said == FORMULA_REMEDY for place, said in part.errors):
                part.fail(where, f"{lead}{sentence}")

    def _changes(self, part: ComparedPart) -> None:
        after, labels = _values(part.form, bound=True), part.form.fields
        for name, old in part.before.items():
            if after.get(name) != old:
                label = str(labels[name].label or name) if name in labels else name
                part.changes.append((label, _word(part.form, name, old), _word(part.form, name, after.get(name))))
        part.fate = Fate.CHANGE if part.changes else Fate.SAME

    # --- All of it --------------------------------------------------------------------------------------------------

    def of_fate(self, part: str, *fates: Fate) -> list[ComparedPart]:
        return [each for each in self.parts if each.part == part and each.fate in fates]

    def count(self, fate: Fate) -> int:
        return sum(each.fate is fate for each in self.parts)

    @property
    def wrong(self) -> int:
        return self.count(Fate.WRONG)

    @property
    def to_apply(self) -> int:
        return self.count(Fate.NEW) + self.count(Fate.CHANGE)


def draft_of(agency: Agency, year: int) -> WorkPlan:
    """The version of the year that is not set yet, else an unsaved first one."""
    found = WorkPlan.objects.filter(agency=agency, year=year).unfinished().select_related("agency").first()
    return found or WorkPlan(agency=agency, year=year, kind=WorkPlan.Kind.INDUK, sequence=1)


def stored_lines(plan: WorkPlan) -> list[PlanLine]:
    if not plan.pk:
        return []
    related = ("plan", "activity", "target_location__village", "other_village", "group", "commodity", "procurement")
    return list(plan.lines.select_related(*related).prefetch_related("targets").order_by("activity__code", "pk"))


def _texts(form: forms.BaseForm, row: FileRow, part: str, village: int | None = None) -> dict[str, str]:
    """What the row says of the fields of a form; columns that the file does not have are left out."""
    return {
        name: form_text(row.cells[column.name], form.fields[name])
        for column in columns_of(part)
        if column.name in row.cells
        and (name := f"{column.field}_{village}" if village else column.field) in form.fields
        and row.cells[column.name] != FORMULA
    }


def _says_the_same(texts: Mapping[str, str], stored: Mapping[str, str]) -> bool:
    return bool(stored) and {name: text for name, text in texts.items() if text} == stored


def _values(form: Any, *, bound: bool = False) -> dict[str, Any]:
    """The stored values behind a form, or those that it would store: of the row itself and of its targets."""
    own = {name: _plain(getattr(form.instance, name)) for name in form._meta.fields}
    others = [name for name in form.fields if name.startswith(("money_", "physical_")) or is_of_target(name)]
    given = form.cleaned_data if bound else {n: form.get_initial_for_field(form.fields[n], n) for n in others}
    return own | {name: _plain(given.get(name)) for name in others}


def _sentences(asked: forms.Field | None, wrong: list[forms.ValidationError]) -> Iterator[str]:
    """What the form says of a cell; of a word that is no choice, which there are."""
    for error in wrong:
        if error.code == "invalid_choice" and isinstance(asked, forms.ChoiceField):
            yield f"Tidak dikenal. Pilih: {', '.join(word for _key, word in choices_of(asked))}."
        else:
            yield from map(str, error.messages)


def _plain(value: Any) -> Any:
    return None if value == "" else value


def _word(form: Any, name: str, value: Any) -> str:
    if value is None:
        return "kosong"
    asked = form.fields.get(name)
    if isinstance(asked, forms.ChoiceField):
        return dict(choices_of(asked)).get(str(value), str(value))
    shown = value if asked is None or hasattr(value, "pk") else asked.prepare_value(value)
    return str(shown)
