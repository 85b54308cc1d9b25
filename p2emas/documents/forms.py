"""Forms for private files, the text of a decree, and for looking up a receipt."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django import forms
from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.files import clean_name, receive_file
from p2emas.documents.kinds import ENDINGS, PAPERS, FileRefused, ReceivedFile
from p2emas.documents.models import Decree, DecreeFile, PrivateFile
from p2emas.documents.receipts import plain_code
from p2emas.documents.storing import store_file
from p2emas.history.records import last_edit
from p2emas.registry.kinds import DraftedForm
from p2emas.search.keeping import keep_words
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.formats import long_date
from p2emas.ui.forms import PlainForm, PlainModelForm, bound_length, field_of
from p2emas.ui.layout import Section, form_helper
from p2emas.workflow.editing import check_last_edit
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.pages import versions_of

Answer = TypeVar("Answer")


class PrivateFileField(forms.FileField):
    """A file judged by its content; cleans to a ``ReceivedFile``."""

    default_error_messages = {
        "invalid": "Berkas tidak sampai. Pilih berkasnya lagi.",
        "missing": "Pilih berkas yang akan diunggah.",
        "empty": "Berkas ini kosong. Pilih berkas lain.",
    }

    def __init__(self, *, allowed: frozenset[str] = PAPERS, **kwargs: Any) -> None:
        self.allowed = allowed
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        endings = sorted(f".{ending}" for kind in self.allowed for ending in ENDINGS[kind])
        return {**super().widget_attrs(widget), "accept": ",".join(endings)}

    def clean(self, data: Any, initial: Any = None) -> ReceivedFile | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        return judged(upload, self.allowed, lambda: receive_file(upload, allowed=self.allowed))


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PrivateFilesField(PrivateFileField):
    """Any number of files. Cleans to one answer for each: None for one that was refused, named in ``refused``."""

    widget: Any = SeveralFiles
    too_much = ""  # the sentence that refuses all of them unread

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "multiple": True}

    def clean(self, data: Any, initial: Any = None) -> list[ReceivedFile | None]:  # type: ignore[override]
        """What is wrong with one file does not cost the others; when none is right, the field is wrong."""
        uploads = [each for each in data or [] if each]
        self.refused: list[str] = []
        if uploads and self.too_much:
            raise forms.ValidationError(self.too_much)
        if len(uploads) < 2:
            return [received] if (received := super().clean(uploads[0] if uploads else None, initial)) else []
        found = [self._one(upload) for upload in uploads]
        if not any(found):
            raise forms.ValidationError(self.refused)
        return found

    def _one(self, upload: Any) -> ReceivedFile | None:
        try:
            return super().clean(upload)
        except forms.ValidationError as refusal:
            self.refused.append(f"{clean_name(upload.name or '')}: {refusal.messages[0]}")
            return None


def judged(upload: Any, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` says of an upload, asked once: a page may be validated before the transaction and again inside.

    Reading takes seconds, and on SQLite nobody writes while a transaction is open.
    """
    known: dict[Hashable, tuple[Any, FileRefused | None]] = upload.__dict__.setdefault("judged", {})
    if question not in known:
        try:
            known[question] = ask(), None
        except FileRefused as refusal:
            known[question] = None, refusal
    answer, refused = known[question]
    if refused is not None:
        raise refused
    return answer


class PrivateFileForm(PlainModelForm):
    """One file for one record. Meta of the subclass names the other fields (caption, kind); ``file`` comes by itself.

    ``if form.is_valid() and form.save(user=...)``: None means that the sentence is on the form.
    """

    file = PrivateFileField(label="Berkas")
    instance: PrivateFile

    class Meta:
        model: type[PrivateFile]
        fields = ["caption"]

    def __init__(self, *args: Any, owner: models.Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        field = field_of(self, "file", PrivateFileField)
        field.allowed = self._meta.model.ALLOWED
        field.widget.attrs.update(field.widget_attrs(field.widget))

    def save(self, *, user: User) -> PrivateFile | None:  # type: ignore[override]
        fields = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}
        try:
            return store_file(self._meta.model, owner=self.owner, upload=self.cleaned_data["file"], user=user, **fields)
        except FileRefused as refusal:
            self.add_error("file", refusal)
            return None


class DecreeScanForm(PrivateFileForm):
    """The signed scan, or an annex, of a decree in any state."""

    helper = form_helper("Unggah")
    field_order = ["file", "caption"]

    class Meta(PrivateFileForm.Meta):
        model = DecreeFile
        labels = {"caption": "Keterangan"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = "PDF atau foto dari naskah yang bertanda tangan."


class DecreeTextForm(PlainModelForm):
    """Number, days, signer and text of a draft, in the order of its paper."""

    helper = form_helper(
        "Simpan dan periksa",
        Section("Nomor dan hari", "number", "dated", "valid_from"),
        Section("Penanda tangan", "signer_name", "signer_title", "signer_rank", "signer_nip"),
        Section("Naskah", "about", "considering", "recalling", "dictums"),
        "seen",
    )
    dated = IndonesianDateField(
        label="Tanggal", required=False, help_text="Tanggal penandatanganan, contoh 21-10-2019; boleh menyusul."
    )
    valid_from = IndonesianDateField(label="Berlaku sejak", required=False, help_text="Hari pertama isinya berlaku.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the last edit that the page showed

    class Meta:
        model = Decree
        fields = [
            "number",
            "dated",
            "valid_from",
            "about",
            "signer_name",
            "signer_title",
            "signer_rank",
            "signer_nip",
            "considering",
            "recalling",
            "dictums",
        ]
        help_texts = {"number": "Dari buku agenda; boleh menyusul."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = last_edit(self.instance)
        for name in ("considering", "recalling", "dictums"):
            bound_length(self.fields[name], 12_000)
            self.fields[name].widget.attrs["rows"] = 6

    def clean(self) -> dict[str, Any]:
        """Rules of the table that name a field which is not on this form."""
        cleaned = super().clean() or self.cleaned_data
        number, dated = cleaned.get("number", ""), cleaned.get("dated")
        others = Decree.objects.exclude(pk=self.instance.pk).filter(kind=self.instance.kind)
        if number and dated and others.filter(number=number, dated=dated).exists():
            self.add_error("number", "Keputusan dengan nomor dan tanggal ini sudah ada.")
        first, last = cleaned.get("valid_from"), self.instance.valid_until
        if first and last and last < first:
            self.add_error(
                "valid_from", f"Keputusan ini berakhir {long_date(last)}; hari pertamanya tidak sesudah itu."
            )
        return cleaned


def save_decree_text(form: "DecreeTextForm") -> Decree:
    """Save ``form`` while its decree is a draft.

    Raises ``StepNotAllowed`` when it is none any more, ``EditConflict`` when somebody else saved after its page was
    shown.
    """
    with transaction.atomic():
        stored = Decree.objects.select_for_update(no_key=True).filter(pk=form.instance.pk).first()
        if stored is None or stored.status != Decree.Status.DRAFT:
            raise StepNotAllowed("Keputusan ini tidak lagi konsep, jadi naskahnya tetap.")
        check_last_edit(stored, form.cleaned_data.get("seen"))
        decree: Decree = form.save()
        keep_words(Decree, [decree.pk])
        return decree


class ReceiptForm(PlainForm):
    """The code on a receipt, typed from paper: case, spaces, dashes and look-alikes do not matter."""

    kode = forms.CharField(
        label="Kode tanda terima",
        max_length=60,
        help_text="Sepuluh huruf dan angka di bawah kode QR, misalnya ABCDE-23456.",
        error_messages={"required": "Isi kode yang tertulis di tanda terima."},
    )

    def __init__(self, *args: Any, submit: str = "Periksa", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit, method="get", action=reverse("documents:receipt-search"))

    def clean_kode(self) -> str:
        code = plain_code(self.cleaned_data["kode"])
        if not code:
            raise forms.ValidationError("Kode terdiri atas sepuluh huruf dan angka. Periksa lagi kodenya.")
        return code


DECREE_FIELDS = (
    "kind number dated about valid_from valid_until amends signer_name signer_nip signer_rank signer_title considering "
    "recalling dictums origin source is_sample"
)


def versions_of_decree(decree: Decree, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    fields = [name for name in DECREE_FIELDS.split() if name in data]
    form = forms.modelform_factory(Decree, fields=fields)
    return versions_of(form(data, instance=decree))


DECREE_TEXT = DraftedForm(
    name="naskah-keputusan",
    label="Naskah keputusan",
    model=Decree,
    address=lambda decree, part: reverse("profiles:decree-text", args=[decree.pk]),
    may_fill=lambda user, decree: user.has_role(*COORDINATORS),
    is_open=lambda decree: decree.status == Decree.Status.DRAFT,
    compare=versions_of_decree,
    writes={Decree: DECREE_FIELDS},
    personal=True,
)


NEW_DECREE = DraftedForm(
    name="keputusan-baru",
    label="Keputusan baru",
    model=User,
    address=lambda writer, part: reverse("admin:p2emas_decree_add"),
    may_fill=lambda user, writer: user.pk == writer.pk and user.has_role(*COORDINATORS),
    is_open=lambda writer: True,
    compare=lambda writer, part, data: versions_of_decree(Decree(), part, data),
    writes={Decree: DECREE_FIELDS},
    personal=True,
)


def filled(form: type[forms.ModelForm], typed: QueryDict) -> type[forms.ModelForm]:
    """The form of the stock page, which it makes without data, with the fields of a draft in its boxes."""

    class Filled(form):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.initial.update({name: typed.get(name) for name in self.fields if name in typed})

    return Filled
