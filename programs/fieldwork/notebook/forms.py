"""The form of one line of a notebook."""

import uuid
from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from districts.evidence.models import CommunityGroup
from p2emas.ui.fields import IndonesianDateField, QuantityField, RupiahField
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import Group, form_helper
from programs.fieldwork.months import Month
from programs.fieldwork.notebook.models import MOST_QUANTITY, SalesEntry

ONE, SUM = "satu", "sebulan"


class SaleForm(PlainForm):
    token = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label="Yang dicatat", choices=((ONE, "Satu jual"), (SUM, "Jumlah sebulan")), widget=forms.RadioSelect
    )
    day = IndonesianDateField(label="Tanggal", help_text="Untuk jumlah sebulan: hari apa saja dalam bulan itu.")
    item = forms.CharField(label="Barang", max_length=80)
    quantity = QuantityField(
        label="Jumlah", max_digits=11, max_value=MOST_QUANTITY, help_text="0: sebulan tanpa penjualan."
    )
    unit = forms.CharField(label="Satuan", max_length=30)
    price = RupiahField(label="Harga satuan (Rp)")
    buyer = forms.ChoiceField(label="Pembeli", choices=SalesEntry.Buyer.choices, widget=forms.RadioSelect)
    cost = RupiahField(
        label="Biaya (Rp)", required=False, help_text="Tanpa biaya, angka disebut penjualan, bukan pendapatan."
    )

    def __init__(self, data: Any = None, *, group: CommunityGroup, today: date, last: SalesEntry | None) -> None:
        start = {"token": uuid.uuid4(), "what": ONE, "day": today}
        if last is not None:  # most groups sell one thing
            start |= {"item": last.item, "unit": last.unit, "price": last.price}
        super().__init__(data, initial=start)
        self.group, self.today = group, today
        self.fields["day"].latest = today  # type: ignore[attr-defined]

    @cached_property
    def helper(self) -> FormHelper:
        amount = Group("Berapa", "quantity", "unit", css="two")
        return form_helper(
            "Simpan penjualan", "token", "what", "day", "item", amount, "price", "buyer", "cost", ctrl_enter=True
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("quantity") == 0 and data.get("what") != SUM:
            self.add_error("quantity", "Isi jumlah lebih dari nol; 0 hanya untuk sebulan tanpa penjualan.")
        return data

    @property
    def counts_on(self) -> date:
        """Of the sale; of a month's sum the last day of it that has been."""
        said = self.cleaned_data["day"]
        return min(Month.of(said).last, self.today) if self.cleaned_data["what"] == SUM else said

    def values(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("item", "quantity", "unit", "price", "buyer", "cost")}
        return said | {"sold_on": None if self.cleaned_data["what"] == SUM else self.cleaned_data["day"]}
