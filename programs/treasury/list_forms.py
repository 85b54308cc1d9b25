"""Filters of the list of SP2D, as they are written in the URL."""

from dataclasses import dataclass

from django import forms
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum

from p2emas.accounts.models import Agency
from p2emas.ui.forms import field_of
from programs.treasury.models import TreasuryEntryQuerySet

ALL = ("", "Semua")


@dataclass(frozen=True)
class PaymentTotals:
    """What the filtered entries come to; what came back is part of ``net`` and shown apart."""

    count: int
    paid: int
    returned: int

    @property
    def net(self) -> int:
        return self.paid + self.returned


class PaymentFilterForm(forms.Form):
    """``?tahun=2019&skpd=distanbun&kegiatan=2.01.03&nomor=0123``; without a year the newest one that has entries."""

    tahun = forms.ChoiceField(label="Tahun", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    kegiatan = forms.CharField(label="Kegiatan", required=False, max_length=100)
    nomor = forms.CharField(label="Nomor SP2D", required=False, max_length=60)

    def __init__(self, data, *, entries: TreasuryEntryQuerySet, many_agencies: bool) -> None:
        super().__init__(data)
        self.entries = entries
        bounds = entries.order_by().aggregate(first=Min("year"), last=Max("year"))
        self.newest = bounds["last"]
        years = range(bounds["last"], bounds["first"] - 1, -1) if bounds["last"] else []
        field_of(self, "tahun", forms.ChoiceField).choices = [(str(year), str(year)) for year in years]
        self.fields["tahun"].initial = str(self.newest or "")
        self.fields["kegiatan"].widget.attrs["placeholder"] = "kode atau nama"
        if many_agencies:
            agencies = Agency.objects.filter(Exists(entries.order_by().filter(agency=OuterRef("pk"))))
            offered = agencies.values_list("code", "short_name")
            field_of(self, "skpd", forms.ChoiceField).choices = [ALL, *offered]
        else:
            del self.fields["skpd"]

    @property
    def year(self) -> int | None:
        """Of the entries that are shown; None while there are none."""
        self.is_valid()
        return int(self.cleaned_data.get("tahun") or 0) or self.newest

    def apply(self) -> TreasuryEntryQuerySet:
        """The entries that every right filter lets through; a filter that cannot be read is no filter."""
        found = self.entries.filter(year=self.year or 0)
        chosen = self.cleaned_data
        if code := chosen.get("skpd"):
            found = found.filter(agency__code=code)
        if text := chosen.get("kegiatan"):
            found = found.filter(Q(activity__code__istartswith=text) | Q(activity__name__icontains=text))
        if number := chosen.get("nomor"):
            found = found.filter(sp2d_no__icontains=number)
        return found


def totals_of(entries: TreasuryEntryQuerySet) -> PaymentTotals:
    """One query."""
    sums = entries.order_by().aggregate(
        count=Count("pk"),
        paid=Sum("amount", filter=Q(amount__gte=0), default=0),
        returned=Sum("amount", filter=Q(amount__lt=0), default=0),
    )
    return PaymentTotals(sums["count"], int(sums["paid"]), int(sums["returned"]))
