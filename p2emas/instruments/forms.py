"""Forms of minutes and regulations: what is typed from the paper, and its scan."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.documents.forms import PrivateFileForm
from p2emas.history.records import last_edit, set_author
from p2emas.instruments.models import Minutes, MinutesFile
from p2emas.instruments.signing import attendance_of
from p2emas.registry.kinds import DraftedForm
from p2emas.search.keeping import keep_words
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, PlainModelForm, field_of
from p2emas.ui.layout import Section, form_helper
from p2emas.ui.rows import RowField
from p2emas.workflow.editing import check_last_edit
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.pages import versions_of

MINUTES_FIELDS = (
    "number dated about place present text signer_name signer_title signer_rank signer_nip source is_sample"
)


class MinutesForm(PlainModelForm):
    """Minutes that nobody has signed yet, in the order of their paper."""

    helper = form_helper(
        "Simpan",
        Section("Rapat", "about", "dated", "place", "present", "text"),
        Section("Nomor dan penanda tangan", "number", "signer_name", "signer_title", "signer_rank", "signer_nip"),
        Section("Asal isi", "source", "is_sample"),
        "seen",
    )
    dated = IndonesianDateField(label="Tanggal rapat", required=False, help_text="Contoh 21-10-2019.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the last edit that the page showed

    class Meta:
        model = Minutes
        fields = MINUTES_FIELDS.split()
        labels = {"about": "Acara"}
        help_texts = {
            "about": "Apa yang dibahas.",
            "number": "Dari buku agenda; boleh menyusul.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = last_edit(self.instance) if self.instance.pk else None
        for name, rows in (("present", 6), ("text", 8)):
            self.fields[name].widget.attrs["rows"] = rows
        came = attendance_of(self.instance) if self.instance.pk else None
        if came is not None:  # the meeting has it until they are signed
            self.initial["present"] = "\n".join(came)
            self.fields["present"].disabled = True
            self.fields["present"].help_text = "Disalin dari daftar hadir rapatnya."


class MinutesFilter(PlainForm):
    """``?status=konsep``: the office also narrows to drafts."""

    WORDS = {"konsep": "DRAFT", "ditandatangani": "SIGNED", "dibatalkan": "CANCELLED"}

    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Semua"),
            ("konsep", "Konsep"),
            ("ditandatangani", "Ditandatangani"),
            ("dibatalkan", "Dibatalkan"),
        ],
        error_messages={"invalid_choice": "Pilih status dari daftar"},
    )

    @property
    def chosen(self) -> str:
        """The state, or nothing."""
        return self.WORDS.get(self.cleaned_data.get("status", ""), "") if self.is_valid() else ""


class MinutesField(RowField):
    """Minutes that may still be linked; typed by number or subject where an office has written many."""

    search_fields = ("number", "about", "place")


class RoundDiscussionForm(PlainForm):
    """How a decision was discussed, and the minutes of that meeting."""

    discussion = forms.CharField(
        label="Catatan pembahasan",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Apa yang dibahas, termasuk pendapat berbeda dan yang di luar angka. Masuk ke berita acara.",
    )
    minutes = MinutesField(
        Minutes.objects.none(),
        label="Berita acara",
        required=False,
        empty_label="Belum dicatat",
        help_text="Wajib sebelum diajukan; konsepnya cukup. Dibuat dari halaman rapat, atau di Berita acara.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "minutes", MinutesField).queryset = Minutes.objects.usable()


class MinutesScanForm(PrivateFileForm):
    helper = form_helper("Unggah")
    field_order = ["file", "caption"]

    class Meta(PrivateFileForm.Meta):
        model = MinutesFile
        labels = {"caption": "Keterangan"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = "PDF atau foto naskah bertanda tangan. Terbuka untuk umum bersama berita acaranya."


def save_minutes(form: MinutesForm, actor: User) -> Minutes:
    """Save ``form`` while its minutes are a draft.

    Raises ``StepNotAllowed`` when they are none any more, ``EditConflict`` when somebody else saved after its page was
    shown.
    """
    with transaction.atomic():
        if form.instance.pk:
            stored = Minutes.objects.select_for_update(no_key=True).get(pk=form.instance.pk)
            if stored.status != Minutes.Status.DRAFT:
                raise StepNotAllowed("Berita acara ini tidak lagi konsep, jadi isinya tetap.")
            check_last_edit(stored, form.cleaned_data.get("seen"))
        else:
            form.instance.created_by = actor
        set_author(form.instance, actor)
        minutes: Minutes = form.save()
        keep_words(Minutes, [minutes.pk])
        return minutes


def versions_of_minutes(minutes: Minutes, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    return versions_of(MinutesForm(data, instance=minutes))


MINUTES_TEXT = DraftedForm(
    name="berita-acara",
    label="Berita acara",
    model=Minutes,
    address=lambda minutes, part: reverse("instruments:minutes-edit", args=[minutes.pk]),
    may_fill=lambda user, minutes: minutes.may_attach(user),
    is_open=lambda minutes: minutes.status == Minutes.Status.DRAFT,
    compare=versions_of_minutes,
    writes={Minutes: MINUTES_FIELDS},
    personal=True,
)
