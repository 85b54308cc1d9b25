"""What a person may change of a letter before it goes out, and how the outbox is searched."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from p2emas.outbox.models import OutboxMessage, OutboxMessageQuerySet
from p2emas.ui.forms import PlainForm, PlainModelForm, field_of
from p2emas.ui.layout import form_helper

MOST_TICKED = 200


def text_version(message: OutboxMessage) -> str:
    """A short name for the words as they are, to notice that somebody else changed them meanwhile."""
    return hashlib.sha256(f"{message.subject}\0{message.body}".encode()).hexdigest()[:16]


class LetterForm(PlainModelForm):
    helper = form_helper("Simpan ubahan")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    class Meta:
        model = OutboxMessage
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14, "maxlength": 20_000})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.now_version = text_version(self.instance)
        self.initial["seen"] = self.now_version
        self.stored = (self.instance.subject, self.instance.body)
        field_of(self, "body", forms.CharField).max_length = 20_000
        if self.instance.needs_link:
            self.fields[
                "body"
            ].help_text = f"{OutboxMessage.LINK_MARK} diganti tautan yang sebenarnya saat surat dikirim."

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if len(body) > 20_000:
            raise ValidationError("Isi surat paling banyak 20.000 huruf.")
        if self.instance.needs_link and OutboxMessage.LINK_MARK not in body:
            raise ValidationError(f"Surat ini harus memuat {OutboxMessage.LINK_MARK}.")
        return body

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("seen") != self.now_version:
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["seen"] = self.now_version
            self.data = data
            raise ValidationError(
                "Surat ini sudah diubah orang lain. Bandingkan dengan versi tersimpan di bawah, lalu simpan lagi.",
                code="conflict",
            )
        return self.cleaned_data


class OutboxFilterForm(PlainForm):
    status = forms.ChoiceField(label="Status", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "status", forms.ChoiceField).choices = [("", "Semua"), *OutboxMessage.State.choices]
        field_of(self, "jenis", forms.ChoiceField).choices = [("", "Semua"), *OutboxMessage.Kind.choices]


def ticked(query: QueryDict, letters: OutboxMessageQuerySet) -> list[OutboxMessage]:
    """The letters that were ticked (``surat=1&surat=2``); a stale or foreign tick is dropped and does no harm."""
    asked = [int(pk) for pk in query.getlist("surat")[:MOST_TICKED] if pk.isascii() and pk.isdigit() and len(pk) < 16]
    return list(letters.filter(pk__in=asked).order_by("recipient", "pk"))
