"""Query strings of the public lists of kecamatan and villages."""

from django import forms

from districts.regions.models import District, Village
from p2emas.ui.forms import PlainForm


def search_field(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=80)


def any_district() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Kecamatan",
        queryset=District.objects.order_by("name", "pk"),
        to_field_name="code",
        required=False,
        empty_label="Semua",
    )


class ListForm(PlainForm):
    def wanted(self) -> dict:
        """What the list is narrowed by; a refused value narrows nothing and is shown with its sentence."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DistrictListForm(ListForm):
    cari = search_field("Cari nama atau kode")


class VillageListForm(ListForm):
    cari = search_field("Cari nama, nama lama, atau kode")
    kecamatan = any_district()
    jenis = forms.ChoiceField(label="Jenis", choices=[("", "Semua"), *Village.Kind.choices], required=False)
    lokus = forms.BooleanField(label="Hanya lokasi sasaran", required=False)
