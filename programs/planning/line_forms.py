"""The form of one plan line: what, where, with whose money, how far by the end of each quarter."""

import uuid
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q
from django.urls import reverse

from districts.evidence.models import CommunityGroup
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.naming import said
from p2emas.ui.fields import PercentField, QuantityField, RupiahField
from p2emas.ui.forms import PlainModelForm, depend_on_others, field_of
from p2emas.ui.layout import Folded, FromTemplate, Section, form_helper
from programs.framework.models import Activity, Outcome
from programs.nomenclature.checking import leaf_level
from programs.nomenclature.funds import Fund, fund_choices, funds
from programs.nomenclature.models import NomenclatureEntry
from programs.nomenclature.naming import entries_offered, take_from_list
from programs.planning import choices
from programs.planning.choices import LinePlace
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.reach import latest_words
from programs.planning.start.models import ProcurementMethod

QUARTERS = {1: "TW I", 2: "TW II", 3: "TW III", 4: "TW IV"}
NEW_ACTIVITY = ("new_outcome", "new_code", "new_name")
LATEST = "programs/planning/_latest_start.html"
LISTED = "new_entry"  # a code chosen from the list, with its name
CONDITIONAL = ("activity", "target_location", "other_village", "exception_reason", LISTED, *NEW_ACTIVITY)
DETAILS = ("procurement", "season_first", "season_last", "proposal_no", "proposal_text")
NO_SEASON = [("", "Tidak bermusim"), *choices.MONTH_CHOICES[1:]]


class LineValuesForm(PlainModelForm):
    """What a line costs, how much of what it is, and how far it is by the end of each quarter."""

    fund = forms.ChoiceField(label="Sumber dana")
    start_month = forms.TypedChoiceField(choices=choices.MONTH_CHOICES, coerce=int, label="Bulan mulai")
    volume = QuantityField(required=False, label="Volume", max_digits=14)
    unit = forms.CharField(required=False, label="Satuan", max_length=30, help_text="Misalnya paket, ekor, orang.")
    amount = RupiahField(label="Pagu (Rp)", help_text="Rupiah penuh, misalnya 125.000.000.")

    class Meta:
        model = PlanLine
        fields: tuple[str, ...] = ("fund", "start_month", "volume", "unit", "amount")

    def __init__(self, *args, known: Mapping[str, Fund] | None = None, **kwargs) -> None:
        """``known`` are the funds, where many forms are made at once."""
        super().__init__(*args, **kwargs)
        line = self.instance
        for target in line.targets.all() if line.pk else ():
            self.initial[f"money_{target.quarter}"] = target.money
            self.initial[f"physical_{target.quarter}"] = target.physical
        if self.is_like_another:
            return
        if "fund" in self.fields:
            offered = fund_choices(funds() if known is None else known, line.plan.year, line.fund if line.pk else "")
            field_of(self, "fund", forms.ChoiceField).choices = offered
        for quarter, name in QUARTERS.items():
            self.fields[f"money_{quarter}"] = RupiahField(required=False, label=f"Target keuangan {name} (Rp)")
            self.fields[f"physical_{quarter}"] = PercentField(required=False, label=f"Target fisik {name} (persen)")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_targets(data)
        return data

    def _clean_targets(self, data: dict[str, Any]) -> None:
        amount = data.get("amount")
        highest: dict[str, Any] = {}
        for quarter, name in QUARTERS.items():
            for kind in ("money", "physical"):
                value, field = data.get(f"{kind}_{quarter}"), f"{kind}_{quarter}"
                if value is None:
                    continue
                if kind == "money" and amount is not None and value > amount:
                    self.add_error(field, f"Target keuangan {name} tidak boleh melebihi pagu")
                elif kind in highest and value < highest[kind]:
                    sentence = "Target %(what)s %(quarter)s kumulatif, jadi tidak boleh di bawah triwulan sebelumnya"
                    what = "keuangan" if kind == "money" else "fisik"
                    self.add_error(field, sentence % {"what": what, "quarter": name})
                highest[kind] = max(value, highest.get(kind, value))

    def targets(self) -> dict[int, tuple[int | None, Decimal | None]]:
        data = self.cleaned_data
        return {quarter: (data[f"money_{quarter}"], data[f"physical_{quarter}"]) for quarter in QUARTERS}


class LineDetailsForm(LineValuesForm):
    """How it is procured, in which months it can be done, and which proposal of the people it answers."""

    procurement = forms.ModelChoiceField(
        queryset=ProcurementMethod.objects.none(),
        required=False,
        label="Cara pengadaan",
        empty_label="Belum ditentukan",
        help_text="Menentukan bulan paling lambat pengadaan dimulai.",
    )
    season_first = forms.TypedChoiceField(
        choices=NO_SEASON, coerce=int, empty_value=None, required=False, label="Musim dari bulan"
    )
    season_last = forms.TypedChoiceField(
        choices=NO_SEASON,
        coerce=int,
        empty_value=None,
        required=False,
        label="Musim sampai bulan",
        help_text="Bulan-bulan yang cocok untuk pekerjaan ini; boleh melewati akhir tahun. Kosong: tidak bermusim.",
    )
    proposal_no = forms.CharField(
        required=False, label="Nomor usulan Musrenbang", max_length=60, help_text="Bila berasal dari usulan warga."
    )
    proposal_text = forms.CharField(required=False, label="Usulan Musrenbang", max_length=300)

    class Meta(LineValuesForm.Meta):
        fields: tuple[str, ...] = (*LineValuesForm.Meta.fields, *DETAILS)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._clean_season(data)
        return data

    def _clean_season(self, data: dict[str, Any]) -> None:
        for name, other in (("season_first", "season_last"), ("season_last", "season_first")):
            if data.get(other) and not data.get(name) and name not in self.errors:
                self.add_error(name, "Pilih bulan awal dan akhir musim, atau kosongkan keduanya")


class LineForm(LineDetailsForm):
    """``instance`` is the line, new or saved, with its plan; ``version`` is what the page showed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    activity = choices.PlanActivityField(
        queryset=Activity.objects.none(),
        required=False,
        label="Kegiatan dalam daftar",
        empty_label="Pilih, atau isi kegiatan baru",
    )
    new_outcome = forms.ModelChoiceField(
        queryset=Outcome.objects.none(), required=False, label="Sasaran program", empty_label="Pilih sasaran"
    )
    new_entry = choices.ListedCodeField(
        queryset=NomenclatureEntry.objects.none(),
        required=False,
        label="Kode dari daftar nomenklatur",
        empty_label="Pilih, atau tulis kodenya di bawah",
        help_text="Nama kegiatan dan program ikut terisi bila dikosongkan.",
    )
    new_code = forms.CharField(required=False, label="Kode kegiatan", max_length=30, help_text="Misalnya 2.01.03.15.02")
    new_name = forms.CharField(required=False, label="Nama kegiatan", max_length=200)
    new_programme = forms.CharField(required=False, label="Nama program SKPD", max_length=200)
    place = forms.ChoiceField(
        choices=LinePlace.CHOICES,
        label="Tempat",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih tempat kegiatan"},
    )
    target_location = choices.PlanLocationField(
        queryset=TargetLocation.objects.none(),
        required=False,
        label="Lokasi sasaran",
        empty_label="Pilih lokasi sasaran",
        help_text="Isi bila tempatnya lokasi sasaran.",
    )
    other_village = choices.GroupedChoiceField(
        queryset=Village.objects.none(),
        required=False,
        label="Desa lain",
        empty_label="Pilih desa",
        heading_of=lambda village: village.district,
        search_fields=("name", "code", "district__name"),
        help_text="Isi bila tempatnya di luar lokasi sasaran.",
    )
    exception_reason = forms.CharField(
        required=False,
        label="Alasan di luar lokasi sasaran",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Wajib untuk desa lain; tampil pada daftar pengecualian.",
    )
    group = choices.GroupedChoiceField(
        queryset=CommunityGroup.objects.none(),
        required=False,
        label="Kelompok penerima",
        empty_label="Belum ditunjuk",
        heading_of=lambda group: group.village,
        search_fields=("name", "village__name"),
    )

    # as on the page; Meta has the rest in order
    field_order = ("activity", "new_outcome", LISTED, "new_code", "new_name", "new_programme", "place")

    class Meta(LineDetailsForm.Meta):
        fields = (
            "activity",
            "target_location",
            "other_village",
            "exception_reason",
            "group",
            "commodity",
            "chain_link",
            "fund",
            "start_month",
            "volume",
            "unit",
            "amount",
            *DETAILS,
        )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        line, plan = self.instance, self.instance.plan
        if not self.is_like_another:
            depend_on_others(self, *CONDITIONAL)
            self._offer(plan, line)
        self.initial.update({"version": line.version if line.pk else None, "place": _place_of(line)})
        if not line.pk:
            self.initial["token"] = uuid.uuid4()

    @cached_property
    def helper(self) -> FormHelper:
        line, plan = self.instance, self.instance.plan
        targets = (f"{kind}_{quarter}" for kind in ("money", "physical") for quarter in QUARTERS)
        buttons: dict[str, Any]
        if line.pk:
            buttons = {"cancel": (reverse("planning:line-delete", args=[plan.pk, line.pk]), "Hapus baris ini")}
        else:
            buttons = {"second": ("again", "Simpan dan tambah lagi")}
        return form_helper(
            "Simpan",
            *("version", "token"),
            Section("Kegiatan", "activity", self._new_activity()),
            Section("Tempat dan penerima", "place", "target_location", "other_village", "exception_reason", "group"),
            Section("Isi pekerjaan", "commodity", "chain_link", "start_month", "volume", "unit"),
            Section(
                "Waktu",
                "procurement",
                "season_first",
                "season_last",
                FromTemplate("programs/planning/_latest_start.html"),
            ),
            Section("Usulan Musrenbang", "proposal_no", "proposal_text"),
            Section("Dana", "fund", "amount", FromTemplate("programs/planning/_amount_stored.html")),
            Section("Target kumulatif", FromTemplate("programs/planning/_target_rows.html", *targets)),
            css="narrow",
            ctrl_enter=True,
            **buttons,
        )

    @property
    def latest(self) -> str:
        """Until when the line as it is stored can begin."""
        return latest_words(self.instance) if self.instance.pk else ""

    def _new_activity(self) -> Folded:
        """Open where something was typed in it, or where there is no activity to choose."""
        offer = field_of(self, "activity", choices.PlanActivityField).offer
        is_open = any(self[name].value() for name in (LISTED, *NEW_ACTIVITY) if name in self.fields) or not offer
        summary = "Kegiatan baru, yang belum ada dalam daftar"
        listed = [LISTED] if LISTED in self.fields else []
        return Folded(summary, "new_outcome", *listed, "new_code", "new_name", "new_programme", is_open=is_open)

    def _offer(self, plan: WorkPlan, line: PlanLine) -> None:
        groups = choices.recipient_groups(plan, line, self.data.get("other_village"))
        for name, rows in (
            ("activity", choices.activities(plan)),
            ("new_outcome", Outcome.objects.all()),
            (LISTED, entries_offered(plan.year, leaf_level(plan.year))),
            ("target_location", choices.target_locations(plan, line)),
            ("other_village", choices.other_villages(plan, line)),
            ("group", groups),
        ):
            field_of(self, name, forms.ModelChoiceField).queryset = rows
        if not field_of(
            self, LISTED, choices.ListedCodeField
        ).offer.queryset.exists():  # no list of the year has been loaded
            del self.fields[LISTED]
        field_of(self, "commodity", forms.ModelChoiceField).empty_label = "Belum ditentukan"
        methods = ProcurementMethod.objects.filter(Q(active=True) | Q(pk=line.procurement_id))
        field_of(self, "procurement", forms.ModelChoiceField).queryset = methods
        links = [("", "Pilih mata rantai"), *PlanLine.ChainLink.choices]
        field_of(self, "chain_link", forms.ChoiceField).choices = links

    def target_rows(self) -> Iterator[dict[str, Any]]:
        """Name of each quarter, its two fields and those of them with an error, for the table."""
        for quarter, name in QUARTERS.items():
            fields = {figure: self[f"{figure}_{quarter}"] for figure in ("money", "physical")}
            yield {"name": name, "errors": [bound for bound in fields.values() if bound.errors]} | fields

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_activity(data)
        self._clean_place(data)
        self._clean_group(data)
        return data

    def _clean_activity(self, data: dict[str, Any]) -> None:
        typed = [name for name in (LISTED, *NEW_ACTIVITY) if data.get(name)]
        if data.get("activity") and typed:
            self.add_error("activity", "Pilih kegiatan yang ada, atau isi kegiatan baru, tidak keduanya")
        elif data.get("activity") or "activity" in self.errors:
            return
        elif typed:
            self._clean_new_activity(data)
        else:
            self.add_error("activity", "Pilih kegiatan, atau isi kegiatan baru di bawahnya")

    def _clean_new_activity(self, data: dict[str, Any]) -> None:
        fields = {"code": "new_code", "name": "new_name", "programme": "new_programme", "entry": LISTED}
        take_from_list(self, data, year=self.instance.plan.year, **fields)
        for name in NEW_ACTIVITY:
            if not data.get(name) and name not in self.errors:
                verb = "Pilih %s" if name == "new_outcome" else "Isi %s"
                self.add_error(name, verb % str(self.fields[name].label).lower())
        code = data.get("new_code")
        if code and choices.activities(self.instance.plan).filter(code=code).exists():
            self.add_error("new_code", f"Kode {code} sudah dipakai. Pilih kegiatan itu dari daftar")

    def _clean_place(self, data: dict[str, Any]) -> None:
        place = data.get("place")
        if place == LinePlace.TARGET:
            self._require(data, "target_location", "Pilih lokasi sasaran")
        if place == LinePlace.OTHER:
            self._require(data, "other_village", "Pilih desa")
            self._require(data, "exception_reason", "Tulis alasan mengapa kegiatan di luar lokasi sasaran")
        if place != LinePlace.TARGET:
            data["target_location"] = None
        if place != LinePlace.OTHER:
            data["other_village"], data["exception_reason"] = None, ""

    def _require(self, data: dict[str, Any], name: str, sentence: str) -> None:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def _clean_group(self, data: dict[str, Any]) -> None:
        group, location = data.get("group"), data.get("target_location")
        if not group or not data.get("place"):
            return
        village = location.village if location else data.get("other_village")
        if data["place"] == LinePlace.REGENCY:
            self.add_error("group", said("Kosongkan kelompok bila kegiatan untuk seluruh {territory}"))
        elif village and group.village_id != village.pk:
            self.add_error("group", f"{group} bukan kelompok di {village}")

    def line(self) -> PlanLine:
        """The line as typed, unsaved."""
        if not self.instance.pk:
            self.instance.client_token = self.cleaned_data["token"]
        return self.instance

    def new_activity(self) -> Activity | None:
        """The activity that the line brings, unsaved; None when an existing one was chosen."""
        data, plan = self.cleaned_data, self.instance.plan
        if data["activity"]:
            return None
        return Activity(
            agency=plan.agency,
            year=plan.year,
            outcome=data["new_outcome"],
            code=data["new_code"],
            name=data["new_name"],
            programme_name=data["new_programme"],
            is_sample=plan.is_sample,
            **Activity.rules_of(plan.year),
        )


def _place_of(line: PlanLine) -> str | None:
    if line.target_location_id:
        return LinePlace.TARGET
    if line.other_village_id:
        return LinePlace.OTHER
    return LinePlace.REGENCY if line.pk else None
