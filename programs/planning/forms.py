"""Forms of whole plans: starting a version, setting it, and the filters of the two lists."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q

from districts.regions.models import District, Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.naming import named, said
from p2emas.ui.fields import IndonesianDateField, RupiahField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import Section, form_helper
from programs.planning.models import PlanLine, PlanLineQuerySet, WorkPlan, WorkPlanQuerySet
from programs.planning.services import SettingDocuments, set_plan

YEARS_BACK, YEARS_AHEAD = 1, 1
STATUS_WORDS = {
    "draf": WorkPlan.Status.DRAFT,
    "diajukan": WorkPlan.Status.SUBMITTED,
    "ditelaah": WorkPlan.Status.REVIEWING,
    "perbaikan": WorkPlan.Status.RETURNED,
    "ditetapkan": WorkPlan.Status.SET,
}
ALL = [("", "Semua")]


def own_agencies(user: User):
    """Agencies that ``user`` drafts plans for: their own, while these are members."""
    return Agency.objects.members(clock.today()).filter(pk__in=user.staff_agency_ids)


class PlanCreateForm(PlainForm):
    helper = form_helper("Buat rencana")
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label="SKPD", empty_label="Pilih SKPD")
    year = forms.TypedChoiceField(coerce=int, label="Tahun")
    kind = forms.ChoiceField(
        choices=WorkPlan.Kind.choices,
        label="Dokumen anggaran",
        widget=forms.RadioSelect,
        help_text=("DPA disalin dari rencana tahun lalu; DPA pergeseran dan DPPA dari versi yang ditetapkan."),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        agencies = own_agencies(user)
        field_of(self, "agency", forms.ModelChoiceField).queryset = agencies
        if len(agencies) == 1:
            self.initial["agency"] = agencies[0]
        present = clock.today().year
        years = range(present - YEARS_BACK, present + YEARS_AHEAD + 1)
        field_of(self, "year", forms.ChoiceField).choices = [(year, year) for year in years]
        self.initial.setdefault("year", present)
        self.initial.setdefault("kind", WorkPlan.Kind.INDUK)


class PlanSetForm(PlainForm):
    """The documents that set a plan, and the day from which reports follow it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    budget_doc_no = forms.CharField(
        label="Nomor DPA atau DPPA",
        max_length=80,
        help_text="Seperti tertulis pada dokumen, misalnya 1.05/2019.",
    )
    budget_doc_date = IndonesianDateField(label="Tanggal DPA atau DPPA", help_text="Tanggal pada dokumen.")
    rka_amount = RupiahField(
        label="Pagu RKA",
        required=False,
        help_text="Jumlah rancangan anggaran sebelum menjadi DPA, untuk rekap. Kosong berarti belum ada data.",
    )
    regulation_no = forms.CharField(
        label=named("Nomor Peraturan {head} tentang Renja"),
        required=False,
        max_length=80,
        help_text="Kosongkan nomor dan tanggalnya bila belum diketahui; halaman menyebut belum ada data.",
    )
    regulation_date = IndonesianDateField(label=named("Tanggal Peraturan {head} tentang Renja"), required=False)
    effective_on = IndonesianDateField(
        label="Berlaku sejak",
        help_text=(
            "Tanggal ini yang menentukan, bukan tanggal DPA: laporan triwulan memakai versi yang berlaku pada hari "
            "pertama triwulannya. Misalnya 2 Januari 2019."
        ),
    )
    note = forms.CharField(label="Catatan", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, plan: WorkPlan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        starts, before = date(plan.year, 1, 1), plan.supersedes
        if before is not None and before.effective_on:
            starts = max(starts, before.effective_on)
        day = field_of(self, "effective_on", IndonesianDateField)
        day.earliest, day.latest = starts, date(plan.year, 12, 31)
        for name in ("budget_doc_date", "regulation_date"):  # made in the year before, or late
            signed = field_of(self, name, IndonesianDateField)
            signed.earliest, signed.latest = date(plan.year - 1, 1, 1), date(plan.year, 12, 31)

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            "Catat penetapan",
            "seen",
            Section("Dokumen anggaran", "budget_doc_no", "budget_doc_date", "rka_amount"),
            Section(said("Peraturan {head} tentang Renja"), "regulation_no", "regulation_date"),
            Section("Mulai berlaku", "effective_on", "note"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        number, day = data.get("regulation_no"), data.get("regulation_date")
        if number and not day and "regulation_date" not in self.errors:
            self.add_error("regulation_date", "Isi tanggal peraturan itu, atau kosongkan juga nomornya")
        if day and not number and "regulation_no" not in self.errors:
            self.add_error("regulation_no", "Isi nomor peraturan itu, atau kosongkan juga tanggalnya")
        return data

    def record(self, plan: WorkPlan, *, by: User) -> None:
        data = self.cleaned_data
        documents = SettingDocuments(
            data["budget_doc_no"],
            data["budget_doc_date"],
            data["regulation_no"],
            data["regulation_date"],
            data["rka_amount"],
        )
        set_plan(
            plan=plan,
            seen=data["seen"],
            documents=documents,
            effective_on=data["effective_on"],
            by=by,
            note=data["note"],
        )


class PlanCheckForm(forms.Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PlanVersionForm(forms.Form):
    """The version that a confirmation page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


# --- Filters -----------------------------------------------------------------------------------------------------


class FilterForm(forms.Form):
    """A form bound to the query string. A value that it refuses is no filter."""

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class PlanFilterForm(FilterForm):
    """``?tahun=2019&skpd=distanbun&jenis=INDUK&status=ditetapkan``"""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    jenis = forms.ChoiceField(label="Dokumen anggaran", required=False, choices=[*ALL, *WorkPlan.Kind.choices])
    status = forms.ChoiceField(
        label="Status", required=False, choices=[*ALL, *((word, s.label) for word, s in STATUS_WORDS.items())]
    )

    def __init__(self, data, *, plans: WorkPlanQuerySet, many_agencies: bool) -> None:
        super().__init__(data)
        self.plans = plans
        years = plans.order_by("-year").values_list("year", flat=True).distinct()
        field_of(self, "tahun", forms.ChoiceField).choices = [*ALL, *((year, year) for year in years)]
        if many_agencies:
            agencies = Agency.objects.filter(pk__in=plans.order_by().values("agency"))
            field_of(self, "skpd", forms.ChoiceField).choices = [*ALL, *agencies.values_list("code", "short_name")]
        else:
            del self.fields["skpd"]

    def apply(self) -> WorkPlanQuerySet:
        chosen, plans = self.chosen(), self.plans
        if "tahun" in chosen:
            plans = plans.filter(year=chosen["tahun"])
        if "skpd" in chosen:
            plans = plans.filter(agency__code=chosen["skpd"])
        if "jenis" in chosen:
            plans = plans.filter(kind=chosen["jenis"])
        if "status" in chosen:
            plans = plans.filter(status=STATUS_WORDS[chosen["status"]])
        return plans


class LineFilterForm(FilterForm):
    """``?tahun=2019&skpd=distanbun&kecamatan=61.05.19&desa=ensaid-panjang&mata_rantai=TRAINING``

    Without a year it is the present one (else the newest): a page reads the lines of one year, however many there
    were. Villages are offered once their kecamatan is chosen: a big regency has more than a select can show.
    """

    EVERY_YEAR = "semua"

    tahun = forms.ChoiceField(label="Tahun", required=False)
    skpd = forms.ChoiceField(label="SKPD", required=False)
    kecamatan = forms.ChoiceField(label="Kecamatan", required=False)
    desa = forms.ChoiceField(label="Desa", required=False)
    mata_rantai = forms.ChoiceField(label="Mata rantai", required=False, choices=[*ALL, *PlanLine.ChainLink.choices])

    def __init__(self, data, *, lines: PlanLineQuerySet) -> None:
        super().__init__(data)
        self.lines = lines
        years, present = set_years(), clock.today().year
        self.present = present if present in years or not years else years[0]
        others = [(str(year), str(year)) for year in years if year != self.present]
        field_of(self, "tahun", forms.ChoiceField).choices = [
            (str(self.present), str(self.present)),  # the first is what a select shows that nobody has chosen from
            *others,
            (self.EVERY_YEAR, "Semua tahun"),
        ]
        agencies = Agency.objects.filter(pk__in=WorkPlan.objects.decided().order_by().values("agency"))
        field_of(self, "skpd", forms.ChoiceField).choices = [*ALL, *agencies.values_list("code", "short_name")]
        field_of(self, "kecamatan", forms.ChoiceField).choices = [*ALL, *District.objects.values_list("code", "name")]
        villages = self._villages(data.get("kecamatan", ""), data.get("desa", ""))
        field_of(self, "desa", forms.ChoiceField).choices = villages

    def _villages(self, district: str, village: str) -> list[tuple[str, Any]]:
        found = Village.objects.filter(Q(district__code=district) | Q(slug=village))
        first = ALL if district else [("", "Pilih kecamatan dulu")]
        return [*first, *(found.values_list("slug", "name") if district or village else [])]

    def apply(self) -> PlanLineQuerySet:
        chosen, lines = self.chosen(), self.lines
        year = chosen.get("tahun") or self.present
        if year != self.EVERY_YEAR:
            lines = lines.filter(plan__year=year)
        if "skpd" in chosen:
            lines = lines.filter(plan__agency__code=chosen["skpd"])
        if "kecamatan" in chosen:
            code = chosen["kecamatan"]
            lines = lines.filter(
                Q(target_location__village__district__code=code) | Q(other_village__district__code=code)
            )
        if "desa" in chosen:
            slug = chosen["desa"]
            lines = lines.filter(Q(target_location__village__slug=slug) | Q(other_village__slug=slug))
        if "mata_rantai" in chosen:
            lines = lines.filter(chain_link=chosen["mata_rantai"])
        return lines


def set_years() -> list[int]:
    """Years with a set plan, the latest first."""
    return list(WorkPlan.objects.decided().order_by("-year").values_list("year", flat=True).distinct())


class YearFilterForm(FilterForm):
    """``?tahun=2019``"""

    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, years: list[int]) -> None:
        super().__init__(data)
        field_of(self, "tahun", forms.ChoiceField).choices = [("", "Tahun berjalan"), *((year, year) for year in years)]
