"""Asking for a deputy: whose work, from when until when, by whom, and whether they sign in that office."""

from datetime import timedelta
from typing import Any

from django import forms

from p2emas import clock
from p2emas.accounts.models import Assignment, Official, User
from p2emas.staffing.absences import Absence, covered_by, possible_stand_ins
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import Section, form_helper
from p2emas.ui.rows import RowField

BACK = timedelta(days=14)  # an illness is told afterwards; rights begin on the day of the naming all the same
LONGEST = timedelta(days=366)


class AbsenceForm(PlainForm):
    held = RowField(
        Assignment.objects.none(),
        label="Siapa yang tidak bertugas, dan sebagai apa",
        search_fields=("user__name", "agency__short_name"),
    )
    stand_in = RowField(
        User.objects.none(),
        label="Siapa penggantinya",
        search_fields=("name", "username"),
        help_text="Orang yang punya akun. Alasan tidak bertugas tidak ditanyakan dan tidak perlu ditulis.",
    )
    valid_from = IndonesianDateField(label="Sejak", help_text="Hari pertama. Contoh: 14 Oktober 2019.")
    valid_until = IndonesianDateField(label="Sampai", help_text="Hari terakhir. Hak penggantinya berakhir sendiri.")
    acting = forms.ChoiceField(
        label="Menandatangani sebagai",
        required=False,
        choices=[("", "Tidak menandatangani"), *Absence.Acting.choices],
    )
    replaces = RowField(
        Official.objects.none(),
        label="Dalam jabatan",
        required=False,
        search_fields=("name", "title"),
        help_text="Pejabat yang digantikan.",
    )
    rank = forms.CharField(
        label="Pangkat pengganti",
        required=False,
        max_length=60,
        help_text="Seperti ditulis di bawah tanda tangan; boleh kosong.",
    )

    helper = form_helper(
        "Simpan",
        "held",
        "stand_in",
        "valid_from",
        "valid_until",
        Section("Bila penggantinya juga menandatangani", "acting", "replaces", "rank"),
        css="narrow",
    )

    def __init__(self, data: Any = None, *, actor: User) -> None:
        super().__init__(data)
        today = clock.today()
        held = covered_by(actor, today).select_related("user", "agency").order_by("user__name", "user", "pk")
        field_of(self, "held", RowField).queryset = held
        field_of(self, "stand_in", RowField).queryset = possible_stand_ins(actor, today)
        offices = Official.objects.in_force(today).filter(agency__in=held.order_by().values("agency"))
        plain = offices.filter(capacity=Official.Capacity.DEFINITIVE)
        field_of(self, "replaces", RowField).queryset = plain.select_related("agency").order_by("agency", "title", "pk")
        for name in ("valid_from", "valid_until"):
            field_of(self, name, IndonesianDateField).earliest = today - BACK
        own = held.filter(user=actor).first()
        self.initial = {**self.initial, "held": own.pk if own else None, "valid_from": today}

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data
        start, end = typed.get("valid_from"), typed.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        elif end and end < clock.today():
            self.add_error("valid_until", "Tanggal akhirnya sudah lewat.")
        elif start and end and end - start > LONGEST:
            self.add_error("valid_until", "Paling lama satu tahun. Untuk mutasi, akhiri penugasannya di Pengguna.")
        held, stand_in = typed.get("held"), typed.get("stand_in")
        if held and stand_in and held.user_id == stand_in.pk:
            self.add_error("stand_in", "Pilih orang lain sebagai pengganti.")
        self._check_office(held)
        return typed

    def _check_office(self, held: Assignment | None) -> None:
        acting, office = self.cleaned_data.get("acting"), self.cleaned_data.get("replaces")
        if acting and not office:
            self.add_error("replaces", "Pilih jabatan yang diisi.")
        elif office and not acting:
            self.add_error("acting", "Pilih Plh. atau Plt., atau kosongkan jabatannya.")
        elif office and held and office.agency_id != held.agency_id:
            self.add_error("replaces", f"Pilih jabatan di {held.agency}.")

    def made(self) -> Absence:
        """What was typed, not stored yet."""
        typed = self.cleaned_data
        held: Assignment = typed["held"]
        return Absence(
            person=held.user,
            agency=held.agency,
            role=held.role,
            valid_from=typed["valid_from"],
            valid_until=typed["valid_until"],
            stand_in=typed["stand_in"],
            acting=typed["acting"],
            replaces=typed["replaces"],
            rank=typed["rank"] if typed["replaces"] else "",
        )
