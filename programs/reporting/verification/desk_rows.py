"""The lines of a report as its verifier sees them: what they say, and the fields for saying something of them.

Cells and fields come drawn: three hundred lines of templates and widgets cost three times the rest of the page.
"""

from dataclasses import dataclass
from fractions import Fraction

from p2emas.ui import formats
from p2emas.ui.controls import fill, fill_each
from p2emas.ui.links import numbered
from programs.reporting.filling.indicators import IndicatorRow
from programs.reporting.reports.parts import ReportComment
from programs.reporting.reports.sheets import SheetRow
from programs.reporting.verification.finding_list import FindingList
from programs.reporting.verification.forms import LONGEST_COMMENT, DecisionForm

NONE = "–"


@dataclass(frozen=True)
class DeskRow:
    """One line of the report: figures, findings, what was said of it, and the fields for saying more."""

    row: SheetRow
    findings: FindingList
    comments: list[ReportComment]
    form: DecisionForm

    @property
    def number(self) -> str:
        return str(self.row.number)

    @property
    def name(self) -> str:
        return f"{self.row.number}. {self.row.plan_line.activity.name}"

    @property
    def about(self) -> str:
        """Where it is, and what has to be known of it: "Ensaid Panjang · nihil: menunggu lelang"."""
        row = self.row
        fund = f"{row.plan_line.get_fund_display()}, di luar serapan SKPD" if row.is_village_money else ""
        gone = "tidak ada lagi dalam rencana; dibawa sampai akhir tahun, pagu 0" if row.is_carried else ""
        nil = f"nihil: {row.line.nil_reason}" if row.line.nil_reason else ""
        fallen = f"turun, {row.correction}" if row.correction else ""
        return " · ".join(filter(None, (row.place, fund, gone, nil, fallen)))

    @property
    def fold(self) -> str:
        """The heading of the fold with its comments."""
        said_of_it = f" ({len(self.comments)} komentar)" if self.comments else ""
        return f"Baris {self.name}{said_of_it}"

    @property
    def letters(self) -> list[str]:
        """Under which its findings are listed."""
        return self.findings.letters_of(self.row)

    @property
    def cells(self) -> str:
        """Ceiling, money before, money now, SP2D, absorption, work before, work now; in Rp million and percent."""
        row, target = self.row, self.row.target
        money, work = formats.rupiah_million(row.spent), formats.percent(row.physical)
        cells = (
            formats.rupiah_million(row.ceiling),
            formats.rupiah_million(row.spent_before) if row.before else NONE,
            _with_target(money, formats.rupiah_million(target.money) if target else NONE),
            *([self._paid] if self.findings.assessment.paid else []),
            NONE if row.absorption is None else formats.percent(row.absorption, 0),
            formats.percent(row.physical_before) if row.before else NONE,
            _with_target(work, formats.percent(target.physical) if target else NONE),
        )
        return fill_each("<td>{}</td>", cells)

    @property
    def _paid(self) -> str:
        """What the treasury paid for its activity, in Rp million; for several lines of one activity together."""
        each = self.findings.assessment.paid_for(self.row)
        if each is None:
            return NONE
        money = formats.rupiah_million(each.paid)
        if len(each.rows) == 1:
            return money
        return fill('{}<br><span class="meta">{} baris</span>', money, len(each.rows))

    @property
    def drawn(self) -> str:
        """The row of the table: what it is, what was found in it, its figures, and by how much they moved."""
        links = fill_each('<a href="#t{0}">{0}</a> ', self.letters)
        found = fill('<br><span class="small">Temuan {}</span>', links) if links else ""
        return fill(
            """<tr><th scope="row" id="b{}"><a href="{}">{}</a><br><span class="meta">{}</span>{}</th>{}
<td>{}</td></tr>
""",
            self.number,
            numbered("profiles:activity-detail", self.row.plan_line.pk),
            self.name,
            self.about,
            found,
            self.cells,
            self.change,
        )

    @property
    def change(self) -> str:
        """By how much work and money moved; work that fell or jumped is marked."""
        spent, points = self.spent_change, self.row.physical_change
        work = NONE if points is None else formats.signed(points)
        if self.findings.assessment.has(self.row, "physical_falls", "physical_jump"):
            work = fill(
                '<span class="sign watch"><svg class="icon" aria-hidden="true"><use href="#i-alert"/></svg>'
                "<b>{}</b></span>",
                work,
            )
        return fill('{}<br><span class="meta">{}</span>', work, fill("keu. {}", spent) if spent else "")

    @property
    def spent_change(self) -> str:
        """By how many million rupiah the money moved, a fall in brackets; empty where that is not known."""
        change = self.row.spent_change
        if change is None:
            return ""
        return formats.bracketed(Fraction(change, 10**6)) if change < 0 else formats.signed_million(change)

    @property
    def drawn_fold(self) -> str:
        """The fold of a line of which nothing was said or typed yet."""
        return fill("<li><details><summary>{}</summary>{}</details></li>", self.fold, self.fields)

    @property
    def is_open(self) -> bool:
        """Whether the fold is open: something was said, typed or refused."""
        return bool(self.comments) or self.form.is_typed(self.row.line.pk)

    @property
    def fields(self) -> str:
        return drawn_comment(self.form, self.row.line.pk, f"baris {self.number}")


def drawn_indicator(row: IndicatorRow) -> str:
    """The value of the quarter, what it comes to, the target, how much of it that is, and where the value is from."""
    target, value = row.target.target if row.target else None, row.value
    numbers = (formats.number(each, 3) for each in (value.value, row.to_date, target))
    missing = value.missing_reason or "Belum ada data, tanpa alasan"
    return fill(
        """<tr><th scope="row">{}<br><span class="meta">{}</span></th>{}<td>{}</td></tr>
""",
        row.indicator.name,
        row.about,
        fill_each('<td class="num">{}</td>', (*numbers, formats.percent(row.achievement))),
        missing if value.value is None else _source(row),
    )


def _source(row: IndicatorRow) -> str:
    """Linked to the notebook where the indicator takes its figure: what it says can be compared there."""
    source = row.value.source or "Tidak diisi"
    return fill('<a href="{}">{}</a>', row.notebook_url, source) if row.notebook_url else source


def _with_target(figure: str, target: str) -> str:
    return fill('<b>{}</b><br><span class="meta">target {}</span>', figure, target)


def drawn_comment(form: DecisionForm, line: int | None, about: str) -> str:
    """A comment on a line (on the whole report when None) and whether it stays inside the office."""
    comment, internal = form.comment_of(line), form.internal_of(line)
    bad = error = described = ""
    if errors := " ".join(map(str, comment.errors)):
        bad = " is-invalid"
        error = fill(
            '<p class="invalid-feedback" id="{}_error"><span class="visually-hidden">Galat: </span>{}</p>',
            comment.auto_id,
            errors,
        )
        described = fill(' aria-describedby="{}_error" aria-invalid="true"', comment.auto_id)
    return fill(
        """<div class="field{bad}"><label class="form-label" for="{text_id}">{label} <span class="visually-hidden">\
untuk {about} </span><span class="opt">(opsional)</span></label>{error}<textarea class="form-control{bad}" rows="2" \
maxlength="{longest}" form="putusan" name="{text_name}" id="{text_id}"{described}>
{text}</textarea></div><div class="form-check"><input class="form-check-input" type="checkbox" form="putusan" \
name="{tick_name}" id="{tick_id}"{ticked}><label class="form-check-label" for="{tick_id}">{tick_label}\
<span class="visually-hidden">, {about}</span></label></div>""",
        bad=bad,
        label=comment.label,
        about=about,
        error=error,
        longest=LONGEST_COMMENT,
        text_name=comment.html_name,
        text_id=comment.auto_id,
        described=described,
        text=comment.value() or "",
        tick_name=internal.html_name,
        tick_id=internal.auto_id,
        ticked=fill(" {}", "checked") if internal.value() else "",
        tick_label=internal.label,
    )
