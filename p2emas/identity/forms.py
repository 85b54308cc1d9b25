"""The form of who we are."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from p2emas.accounts.models import Agency, User
from p2emas.history import last_edit
from p2emas.identity.models import Identity
from p2emas.identity.zone import what_holds_zone
from p2emas.ui.forms import PlainModelForm

FORMER_WORDS = {"name": r"(kabupaten|kab\.|kota)\s+", "province": r"(provinsi|prov\.)\s+"}


class IdentityForm(PlainModelForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the last edit that the page showed

    class Meta:
        model = Identity
        fields = [
            "kind",
            "name",
            "province",
            "seat",
            "head_title",
            "lead_agency",
            "office_head_title",
            "address",
            "phones",
            "opening_hours",
            "zone",
            "sender_name",
            "reply_to",
        ]

    def __init__(self, *args, actor: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = last_edit(self.instance)
        offices = Agency.objects.for_user(actor).exclude(kind=Agency.Kind.KECAMATAN)
        self.fields["lead_agency"].queryset = offices
        self.fields["lead_agency"].empty_label = _("Belum dipilih")
        for name in ("name", "province", "seat"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = _("Isi %s") % self.fields[name].label.lower()

    def clean_name(self) -> str:
        return self._without_its_kind("name")

    def clean_province(self) -> str:
        return self._without_its_kind("province")

    def _without_its_kind(self, name: str) -> str:
        """ "Kabupaten Sintang" is typed by habit; the kind stands in its own field."""
        return re.sub(rf"^{FORMER_WORDS[name]}", "", self.cleaned_data[name], flags=re.IGNORECASE)

    def clean_zone(self) -> str:
        zone = self.cleaned_data["zone"]
        holder = what_holds_zone() if "zone" in self.changed_data else ""
        if holder:
            sentence = _("Zona waktu tidak dapat diganti lagi: tenggat %s sudah dihitung menurutnya.")
            raise ValidationError(sentence % holder)
        return zone
