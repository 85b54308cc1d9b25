"""What the page of an agency's Renstra asks for, and how its table is drawn."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.ui.controls import fill
from p2emas.ui.forms import error_items, field_of
from p2emas.workflow.models import AGENCY_STEP
from programs.framework.models import Activity
from programs.framework.renstra import RenstraActivity
from programs.framework.renstra_table import RenstraRowForm, RenstraTable, RenstraYearsForm

CONFLICT = (
    "Orang lain menyimpan Renstra ini sesudah halaman Anda dibuka. Isian Anda belum disimpan; yang berbeda disebut di "
    "barisnya. Simpan lagi untuk memakai isian Anda."
)


def may_read_renstra(user: User) -> bool:
    return user.sees_everything or bool(user.staff_agency_ids)


def may_write_renstra(user: User, agency: Agency) -> bool:
    """The agency itself."""
    return agency.pk in user.agency_ids(*AGENCY_STEP)


class RenstraFilterForm(forms.Form):
    """``?skpd=distanbun&tahun=2019``; what is missing or refused is the first that is offered."""

    skpd = forms.ChoiceField(label="SKPD", required=False)
    tahun = forms.ChoiceField(label="Tahun", required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        activities = Activity.objects.for_user(user).order_by()
        self.agencies = list(Agency.objects.filter(pk__in=activities.values("agency")).order_by("code"))
        self.years = list(activities.order_by("-year").values_list("year", flat=True).distinct())
        offered = [(each.code, each.short_name) for each in self.agencies]
        field_of(self, "skpd", forms.ChoiceField).choices = offered
        field_of(self, "tahun", forms.ChoiceField).choices = [(str(year), str(year)) for year in self.years]
        self.is_valid()

    @property
    def agency(self) -> Agency | None:
        asked = self.cleaned_data.get("skpd")
        found = [each for each in self.agencies if each.code == asked] or self.agencies
        return found[0] if found else None

    @property
    def year(self) -> int:
        asked, present = self.cleaned_data.get("tahun"), clock.today().year
        if asked:
            return int(asked)
        return present if present in self.years or not self.years else self.years[0]


class RenstraTableForm:
    """The whole table, empty or with what was sent; ``seen`` is what the page showed."""

    def __init__(self, table: RenstraTable, data: QueryDict | None = None) -> None:
        self.table = table
        self.years = RenstraYearsForm(data, year=table.year, initial=table.years)
        self.rows = [RenstraRowForm(_sent(row, data) if data is not None else None, row=row) for row in table.rows]
        self.seen = table.seen if data is None else data.get("seen", "")
        if data is not None:
            self._refuse_same_codes()
            self._refuse_taken_years()

    def _refuse_same_codes(self) -> None:
        """Two activities of a year with one Renstra would count its money twice."""
        first: dict[str, int] = {}
        for form in self.rows:
            code = form.cleaned_data.get("code") if form.is_valid() else ""
            if code and code in first:
                form.add_error("code", f"Kode {code} sudah dipakai baris {first[code]}")
            elif code:
                first[code] = form.row.number

    def _refuse_taken_years(self) -> None:
        """A Renstra of another period begins in that year with the same code."""
        first = self.years.cleaned_data.get("first_year") if self.years.is_valid() else None
        if first is None:
            return
        moved = {each.code: each.pk for each in self.table.present}
        codes = {form.cleaned_data.get("code") for form in self.rows if form.is_valid()} | set(moved)
        taken = RenstraActivity.objects.of(self.table.agency.pk).filter(first_year=first, code__in=codes)
        other = taken.exclude(pk__in=moved.values()).order_by("code").first()
        if other is not None:
            period = f"{other.first_year} sampai {other.last_year}"
            self.years.add_error(
                "first_year", f"Kode {other.code} sudah ada dalam Renstra {period}. Isi tahun pertama masa yang ini"
            )

    def show_conflict(self) -> None:
        """Beside what was typed, what is stored now; saving again takes what is typed."""
        now = RenstraTable(self.table.agency, self.table.year)
        self.seen = now.seen
        self.years.add_error(None, CONFLICT)
        for form, row in zip(self.rows, now.rows, strict=False):
            for name, text in row.stored.items():
                typed = str(form.data.get(form.add_prefix(name), ""))
                if name in form.fields and typed.strip() != text:
                    form.add_error(name, f"{form.fields[name].label} sekarang {text or 'kosong'}")

    def is_valid(self) -> bool:
        return all([self.years.is_valid(), *(form.is_valid() for form in self.rows)])

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(self.years, *self.rows)

    @property
    def drawn(self) -> Iterator[dict[str, Any]]:
        for form in self.rows:
            row = form.row
            measured = [
                (each, _box(form, f"target_{each.pk}"), _box(form, f"realised_{each.pk}")) for each in row.indicators
            ]
            money = [_box(form, name) for name in ("code", "money", "realised_money")]
            sentences = [(form.add_prefix(name), text) for name, errors in form.errors.items() for text in errors]
            yield {"row": row, "money": money, "measured": measured, "wrong": sentences}


def _sent(row, data: QueryDict) -> dict[str, str]:
    """A box that the page did not send keeps what is stored."""
    return {f"{row.prefix}-{name}": data.get(f"{row.prefix}-{name}", text) for name, text in row.stored.items()}


def _box(form: RenstraRowForm, name: str) -> str:
    """One input without a widget template: three hundred rows have two thousand of them."""
    prefixed, wrong = form.add_prefix(name), name in form.errors
    value = form.data.get(prefixed, "") if form.is_bound else form.row.stored[name]
    return fill(
        '<input class="form-control{}{}" id="id_{}" name="{}" value="{}" inputmode="{}" autocomplete="off"'
        ' aria-label="{}, baris {}"{}>',
        "" if name == "code" else " num",
        " is-invalid" if wrong else "",
        prefixed,
        prefixed,
        value,
        "text" if name == "code" else "decimal",
        form.fields[name].label,
        form.row.number,
        fill(' aria-describedby="id_{}_error" aria-invalid="true"', prefixed) if wrong else "",
    )
