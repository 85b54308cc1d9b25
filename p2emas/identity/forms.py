"""The form of who we are."""

import re
from typing import Any

from django import forms

from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.history.records import last_edit
from p2emas.identity.handover import Then, coordinators_of
from p2emas.identity.models import Identity
from p2emas.ui.forms import PlainModelForm, depend_on_others, field_of
from p2emas.ui.layout import form_helper

NAMES_SHOWN = 8
FORMER_WORDS = {"name": r"(kabupaten|kab\.|kota)\s+", "province": r"(provinsi|prov\.)\s+"}


class IdentityForm(PlainModelForm):
    helper = form_helper("Simpan")
    coordinators = forms.ChoiceField(
        label="Koordinator, bila kantor pengelola diganti",
        choices=Then.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the last edit that the page showed

    field_order = ("kind", "name", "province", "seat", "head_title", "lead_agency", "coordinators")

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
            "legal_basis",
            "zone",
            "sender_name",
            "reply_to",
        ]

    def __init__(self, *args, actor: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = last_edit(self.instance)
        offices = Agency.objects.for_user(actor).exclude(kind=Agency.Kind.KECAMATAN)
        lead_agency = field_of(self, "lead_agency", forms.ModelChoiceField)
        lead_agency.queryset = offices
        lead_agency.empty_label = "Belum dipilih"
        self._tell_of_coordinators()
        for name in ("name", "province", "seat"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = f"Isi {str(self.fields[name].label).lower()}"

    def _tell_of_coordinators(self) -> None:
        """What a change of the lead office does to them is shown before it is made."""
        held = coordinators_of(self.instance.lead_agency_id, clock.today()).select_related("user")
        names = [str(each.user) for each in held] if self.instance.lead_agency_id else []
        if not names:
            del self.fields["coordinators"]
            return
        depend_on_others(self, "coordinators")  # needed with another office
        words = {"count": len(names), "names": ", ".join(names[:NAMES_SHOWN]), "office": self.instance.lead_agency}
        more = " dan lainnya" if len(names) > NAMES_SHOWN else ""
        sentence = "%(count)d penugasan di %(office)s: %(names)s%(more)s. Koordinator hanya berhak di kantor pengelola."
        self.fields["coordinators"].help_text = sentence % {**words, "more": more}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "coordinators" in self.fields and "lead_agency" in self.changed_data and "lead_agency" in cleaned:
            then = cleaned.get("coordinators")
            if not then and "coordinators" not in self.errors:
                self.add_error("coordinators", "Pilih apakah koordinatornya pindah atau berakhir.")
            elif then == Then.MOVE and cleaned["lead_agency"] is None:
                self.add_error("lead_agency", "Pilih kantor yang menerima koordinatornya.")
        return cleaned

    def clean_name(self) -> str:
        return self._without_its_kind("name")

    def clean_province(self) -> str:
        return self._without_its_kind("province")

    def _without_its_kind(self, name: str) -> str:
        """ "Kabupaten Sintang" is typed by habit; the kind has its own field."""
        return re.sub(rf"^{FORMER_WORDS[name]}", "", self.cleaned_data[name], flags=re.IGNORECASE)
