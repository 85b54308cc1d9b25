"""The workbook of a year's plan to be filled: three sheets, with what the draft holds, and lists to choose from."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch

from districts.regions.models import Village
from p2emas.accounts.models import Agency
from p2emas.imports.cells import squeezed
from p2emas.imports.tables import MARK_SHEET
from p2emas.imports.workbooks import NOTHING_COMPUTED, fits_excel
from p2emas.ui.formats import MONTHS
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.nomenclature.funds import funds
from programs.planning.files.columns import ACTIVITY, CODE, INDICATOR, LINE, PARTS, FileColumn, columns_of
from programs.planning.files.comparing import draft_of, stored_lines
from programs.planning.files.forms import words_to_choose
from programs.planning.files.reading import GUIDE, MARK
from programs.planning.files.row_forms import FileChoices, known_place
from programs.planning.models import PlanLine, WorkPlan

FREE_ROWS = 400
GUIDANCE = (
    ("Kegiatan", "Satu baris untuk tiap kegiatan: kode, nama, program, dan sasaran."),
    (
        "Indikator",
        "Satu baris untuk tiap indikator, dengan kode kegiatannya dan target tahun ini. Target satu desa: baris lagi "
        "dengan nama indikator yang sama dan desanya.",
    ),
    ("Baris rencana", "Satu baris untuk tiap pekerjaan di satu tempat, dengan kode kegiatannya. Target kumulatif."),
    ("Angka", "Cukup diketik sebagai angka. Kosong berarti belum ada data; nol adalah nilai."),
    ("Rumus", "Sel berisi rumus tidak diterima: salin, lalu tempel sebagai nilai."),
    ("Setelah diisi", "Unggah di Rencana, Isi dari berkas. Perbedaannya tampil dahulu; belum ada yang tersimpan."),
)


def plan_template(agency: Agency, year: int) -> bytes:
    import xlsxwriter

    plan = draft_of(agency, year)
    known = FileChoices(plan, funds())
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, NOTHING_COMPUTED) as book:
        looks = {
            "head": book.add_format({"bold": True, "bg_color": "#E3EDF7", "border": 1, "text_wrap": True}),
            "money": book.add_format({"num_format": "#,##0"}),
            "bold": book.add_format({"bold": True}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        sheets = {part: book.add_worksheet(word) for part, word in PARTS.items()}
        guide, mark = book.add_worksheet(GUIDE), book.add_worksheet(MARK_SHEET)
        mark.write_string(0, 0, MARK)
        mark.very_hidden()
        lists = _lists(known)
        rows = {ACTIVITY: _activities(plan), INDICATOR: _indicators(plan), LINE: _lines(plan, known)}
        for place, (part, sheet) in enumerate(sheets.items()):
            _fill(sheet, columns_on(part), list(rows[part]), looks)
            _choose(sheet, mark, columns_on(part), lists, first=place * 40)
        guide.set_column(0, 0, 18)
        guide.set_column(1, 1, 90, looks["wrap"])
        for number, (what, how) in enumerate(GUIDANCE):
            guide.write_string(number, 0, what, looks["bold"])
            guide.write_string(number, 1, how)
    return content.getvalue()


def columns_on(part: str) -> list[FileColumn]:
    """Of one sheet: the code of the activity leads on each."""
    return columns_of(part) if part == ACTIVITY else [CODE, *columns_of(part)]


def _lists(known: FileChoices) -> dict[str, list[str]]:
    return {
        **words_to_choose(known.plan.year),
        "place": list(known.words("places").values()),
        "group": list(known.words("groups").values()),
        "commodity": list(known.words("commodities").values()),
        "procurement": list(known.words("methods").values()),
        "target_village": [village.name for village in _villages(known.plan)],
    }


def _villages(plan: WorkPlan) -> list[Village]:
    """Where the lines of the draft are."""
    found = {line.village.pk: line.village for line in stored_lines(plan) if line.village}
    return sorted(found.values(), key=lambda village: (village.name, village.pk))


def _fill(sheet: Any, columns: Sequence[FileColumn], rows: list[Sequence[Any]], looks: dict[str, Any]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.header, looks["head"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str) or not fits_excel(value):
                sheet.write_string(number, place, squeezed(str(value)))
            else:
                sheet.write_number(number, place, value, looks["money"] if columns[place].kind == "money" else None)


def _choose(sheet: Any, mark: Any, columns: Sequence[FileColumn], lists: dict[str, list[str]], *, first: int) -> None:
    """Lists are on the hidden sheet: in the rule itself only 255 letters have room. Others are told later."""
    from xlsxwriter.utility import xl_col_to_name

    for place, column in enumerate(columns):
        rule: dict[str, Any] = {"input_title": column.header[:32], "input_message": column.hint[:255]}
        options = lists.get(column.name, [])
        for number, option in enumerate(options, start=1):
            mark.write_string(number, first + place, option)
        if options:
            letters = xl_col_to_name(first + place)
            source = f"={MARK_SHEET}!${letters}$2:${letters}${len(options) + 1}"
            rule |= {"validate": "list", "source": source, "error_type": "information"}
        else:
            rule |= {"validate": "any"}
        sheet.data_validation(1, place, FREE_ROWS, place, rule)


def _activities(plan: WorkPlan) -> Iterator[Sequence[Any]]:
    if plan.pk:
        for each in plan.activities().select_related("outcome").order_by("code"):
            yield (each.code, each.name, each.programme_name, each.outcome.name)


def _indicators(plan: WorkPlan) -> Iterator[Sequence[Any]]:
    if not plan.pk:
        return
    here = {village.pk for village in _villages(plan)}
    of_year = IndicatorTarget.objects.filter(year=plan.year).select_related("village").order_by("village__name", "pk")
    found = Indicator.objects.filter(activity__in=Activity.objects.filter(lines__plan=plan)).select_related("activity")
    for each in found.prefetch_related(Prefetch("targets", of_year, to_attr="of_year")).order_by(
        "activity__code", "pk"
    ):
        whole = next((row for row in each.of_year if row.village_id is None), IndicatorTarget())
        code = each.activity.code if each.activity else ""
        yield (
            code, each.name, each.unit, each.get_formula_display(), each.source, whole.target, whole.baseline,
            whole.baseline_year, whole.baseline_source, whole.baseline_missing_reason, None,
        )  # fmt: skip
        for row in each.of_year:
            if row.village and row.village_id in here:
                yield (
                    code, each.name, None, None, None, row.target, row.baseline, None, None,
                    row.baseline_missing_reason, row.village.name,
                )  # fmt: skip


def _lines(plan: WorkPlan, known: FileChoices) -> Iterator[Sequence[Any]]:
    lines = stored_lines(plan)
    known.also(lines)
    for each in lines:
        yield (each.activity.code, *_line(each, known))


def _line(line: PlanLine, known: FileChoices) -> Iterator[Any]:
    yield known.places.words[known_place(line)[0]]
    yield line.exception_reason
    yield known.groups.words[f"#{line.group_id}"] if line.group_id else None
    yield known.commodities.words[f"#{line.commodity_id}"] if line.commodity_id else None
    yield line.get_chain_link_display()
    yield line.get_fund_display()
    yield MONTHS[line.start_month - 1]
    yield from (line.volume, line.unit, line.amount)
    targets = {each.quarter: each for each in line.targets.all()}
    yield from (targets[quarter].money if quarter in targets else None for quarter in range(1, 5))
    yield from (targets[quarter].physical if quarter in targets else None for quarter in range(1, 5))
    months = (line.season_first, line.season_last)
    yield str(line.procurement or "")
    yield from (MONTHS[month - 1] if month else None for month in months)
    yield from (line.proposal_no, line.proposal_text)
