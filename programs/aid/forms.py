"""The forms of a package, by its agency, and of a check, by the person who counts."""

from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas import clock
from p2emas.documents.forms import PrivateFilesField
from p2emas.documents.kinds import PHOTOS
from p2emas.history.records import last_edit
from p2emas.ui.fields import IndonesianDateField, QuantityField, RupiahField
from p2emas.ui.forms import PlainForm, PlainModelForm, depend_on_others, field_of
from p2emas.ui.layout import Section, form_helper
from p2emas.ui.rows import RowField
from programs.aid.models import MOST, AidCheck, AidPackage
from programs.aid.services import AidFinding, CountRefused, refuse_counts_of, refuse_finding
from programs.planning.models import PlanLine

PAPERS = (
    ("proposal", "proposal_no", "proposal_on"),
    ("SK penerima", "recipient_decree_no", "recipient_decree_on"),
    ("NPHD", "grant_no", "grant_on"),
    ("BAST", "handover_no", "handed_on"),
)


def groups_for(line: PlanLine, keep: int | None = None) -> QuerySet[CommunityGroup]:
    """Groups of the line's village; where it is for the whole regency, those of the programme's villages."""
    if line.village is not None:
        villages = Village.objects.filter(pk=line.village.pk)
    else:
        villages = Village.objects.filter(target_locations__isnull=False)
    found = CommunityGroup.objects.filter(village__in=villages.order_by().values("pk"), active=True)
    if keep is not None:
        found = found | CommunityGroup.objects.filter(pk=keep)
    return found.select_related("village").order_by("village__name", "name", "pk")


class GroupField(RowField):
    def label_from_instance(self, row: Any) -> str:
        return f"{row.name}, {row.village}"


def _day(label: str, **kwargs: Any) -> IndonesianDateField:
    return IndonesianDateField(label=label, required=False, **kwargs)


class PackageForm(PlainModelForm):
    group = GroupField(
        None, label="Kelompok penerima", empty_label="Pilih kelompok", search_fields=("name", "village__name")
    )
    item = forms.CharField(
        label="Barang", max_length=120, help_text="Satu barang satu paket, misalnya Kambing, Terpal kolam, Alat tenun."
    )
    quantity = QuantityField(label="Jumlah", max_digits=11, max_value=MOST)
    unit = forms.CharField(label="Satuan", max_length=30, help_text="Misalnya ekor, lembar, batang.")
    value = RupiahField(label="Nilai (Rp)", required=False, help_text="Kosongkan bila belum ada data.")
    consumable = forms.BooleanField(
        label="Habis karena dipakai, misalnya pakan atau pupuk",
        required=False,
        help_text="Paket seperti itu tidak diperiksa lagi sesudah diserahkan.",
    )
    proposal_on = _day("Tanggal proposal")
    recipient_decree_on = _day("Tanggal SK penerima")
    grant_on = _day("Tanggal NPHD")
    handed_on = _day(
        "Tanggal BAST", help_text="Hari barangnya diserahkan. Kosong: belum diserahkan. Pemeriksaan dihitung dari sini."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the last edit that the page showed

    class Meta:
        model = AidPackage
        fields = [
            *("group", "item", "quantity", "unit", "value", "consumable"),
            *(name for _title, number, day in PAPERS for name in (number, day)),
        ]
        labels = {number: f"Nomor {title}" for title, number, _day in PAPERS}

    def __init__(self, data: Any = None, *, package: AidPackage, prefix: str | None = None) -> None:
        super().__init__(data, instance=package, prefix=prefix)
        self.offer_groups()
        for _title, _number, day in PAPERS:
            field_of(self, day, IndonesianDateField).latest = clock.today()
        self.start()

    def offer_groups(self) -> None:
        package = self.instance
        field_of(self, "group", GroupField).queryset = groups_for(package.plan_line, package.group_id)

    def start(self) -> None:
        """The last edit, or for a new package what the plan says already."""
        package = self.instance
        self.initial["seen"] = last_edit(package) if package.pk else None
        if not package.pk:
            line = package.plan_line
            told = {"group": line.group_id, "quantity": line.volume or None, "unit": line.unit}
            self.initial.update({name: value for name, value in told.items() if value})

    @cached_property
    def helper(self) -> FormHelper:
        papers = [name for _title, number, day in PAPERS for name in (number, day)]
        return form_helper(
            "Simpan paket",
            Section("Barang dan penerima", "group", "item", "quantity", "unit", "value", "consumable"),
            Section("Surat-suratnya", *papers),
            "seen",
            css="narrow",
            ctrl_enter=True,
        )

    def clean_item(self) -> str:
        return " ".join(self.cleaned_data["item"].split())

    def clean_unit(self) -> str:
        return " ".join(self.cleaned_data["unit"].split())

    def clean_quantity(self) -> Any:
        quantity = self.cleaned_data["quantity"]
        if not quantity:
            raise forms.ValidationError("Isi jumlah lebih dari nol")
        return quantity

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("handover_no") and not data.get("handed_on") and "handed_on" not in self.errors:
            self.add_error("handed_on", "Isi tanggal BAST yang bernomor ini")
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django puts the values on the package here
        if self.errors or not self.instance.pk:
            return
        try:
            refuse_counts_of(self.instance)
        except CountRefused as refusal:
            self.add_error(refusal.field, str(refusal))


class AidCheckForm(PlainForm):
    """What is alive or in use, in what state, with photos; or why nobody could count."""

    MONTHS = AidCheck.Month.choices

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    checked_on = IndonesianDateField(label="Tanggal pemeriksaan")
    lost = forms.BooleanField(label="Barangnya tidak ditemukan atau tidak dapat dihitung", required=False)
    left = QuantityField(label="Masih hidup atau dipakai", required=False, max_digits=11)
    condition = forms.ChoiceField(
        label="Keadaannya", required=False, choices=[("", "Tidak dinilai"), *AidCheck.Condition.choices]
    )
    note = forms.CharField(label="Keterangan", max_length=300, required=False)
    photos = PrivateFilesField(
        label="Foto", required=False, allowed=PHOTOS, help_text="Barangnya pada hari itu. Boleh lebih dari satu."
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, package: AidPackage, month: int, checks: dict[int, AidCheck]
    ) -> None:
        self.package, self.month, self.checks = package, month, checks
        check = checks.get(month)
        start: dict[str, Any] = {"seen": last_edit(check) if check else None}
        if check is not None:
            start |= {name: getattr(check, name) for name in ("checked_on", "left", "condition", "note")}
            start["lost"] = check.left is None
        super().__init__(data, files, initial=start)
        field_of(self, "checked_on", IndonesianDateField).latest = clock.today()
        unit = package.unit
        self.fields["left"].label = f"Masih hidup atau dipakai ({unit})"
        self.fields[
            "left"
        ].help_text = (
            "Dari barang paket ini saja: anaknya tidak dihitung, yang sudah digulirkan kepada kelompok lain dihitung."
        )
        self.fields["note"].help_text = "Wajib bila tidak ditemukan: tulis sebabnya. Tanpa nama warga."
        depend_on_others(self, "left", "note")

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("Simpan pemeriksaan", css="narrow", ctrl_enter=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("lost"):
            if data.get("left") is not None:
                self.add_error("left", "Kosongkan jumlahnya, atau hapus centang tidak ditemukan")
            if not data.get("note", "").strip() and "note" not in self.errors:
                self.add_error("note", "Tulis mengapa barangnya tidak dapat dihitung")
        elif data.get("left") is None and "left" not in self.errors:
            self.add_error("left", "Isi jumlah yang masih ada, 0 bila tidak ada, atau centang tidak ditemukan")
        if not self.errors:
            try:
                refuse_finding(self.package, self.finding, self.checks)
            except CountRefused as refusal:
                self.add_error(refusal.field, str(refusal))
        return data

    @property
    def finding(self) -> AidFinding:
        data = self.cleaned_data
        lost = data["lost"]
        condition, left = ("", None) if lost else (data["condition"], data["left"])
        return AidFinding(self.month, data["checked_on"], left, condition, data["note"].strip())
