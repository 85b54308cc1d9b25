"""Forms around an application: its papers, sending it, opening it again."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import ApplicationFile
from facilitators.recruitment.apply.drafts import add_paper, removable_papers, remove_paper
from facilitators.recruitment.apply.missing import missing_papers
from facilitators.recruitment.apply.sending import NotSent, send_again
from p2emas.documents.forms import SeveralFiles
from p2emas.documents.kinds import ENDINGS, FileRefused
from p2emas.ui.forms import PlainForm, depend_on_others
from p2emas.ui.layout import Button, Rest, drawn_helper

ACCEPTED = [
    "image/*",
    "application/pdf",
    *sorted(f".{end}" for kind in ApplicationFile.ALLOWED for end in ENDINGS[kind]),
]


class UploadsField(forms.FileField):
    """Any number of files, judged one by one when they are kept: a bad one does not cost the others."""

    widget = SeveralFiles

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ",".join(ACCEPTED), "multiple": True, "data-shrink": "1280"}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [each for each in data or [] if isinstance(each, UploadedFile)]


class PapersForm(PlainForm):
    """One input for each paper that the round asks for; ``remove`` names a kept one that shall go."""

    remove = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, files: MultiValueDict | None = None, *, application: Application, at: datetime
    ) -> None:
        self.application, self.at = application, at
        super().__init__(data, files)
        self.documents = {f"paper{each.pk}": each for each in application.round.documents.all()}
        for name, document in self.documents.items():
            self.fields[name] = UploadsField(label=document.name, required=False, help_text=document.hint)
            depend_on_others(self, name)  # the paper may be optional, not the input

    def save(self) -> int:
        """Keep what is right, say beside the input what is wrong with the rest; how many were kept."""
        kept = 0
        for name, document in self.documents.items():
            for upload in self.cleaned_data.get(name) or []:
                try:
                    add_paper(application=self.application, document=document, upload=upload, at=self.at)
                    kept += 1
                except FileRefused as refusal:
                    self.add_error(name, f"{upload.name}: {refusal.messages[0]}")
        if key := self.cleaned_data.get("remove"):
            try:
                remove_paper(application=self.application, key=str(key), at=self.at)
            except FileRefused as refusal:
                self.add_error(None, refusal)
        return kept

    def ask_for_missing(self) -> None:
        for document in missing_papers(self.application):
            name = f"paper{document.pk}"
            if not self.errors.get(name):
                self.add_error(name, f"Unggah {document.name}")

    def rows(self) -> list[dict[str, object]]:
        """For the page: each paper with what is kept of it and its input."""
        removable = {paper.pk for paper in removable_papers(self.application)}
        kept: dict[int, list[dict[str, object]]] = {}
        for paper in self.application.files.all():
            kept.setdefault(paper.document_id, []).append({"paper": paper, "removable": paper.pk in removable})
        return [
            {"document": document, "kept": kept.get(document.pk, []), "field": self[name]}
            for name, document in self.documents.items()
        ]


class SendForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    client_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, initial={"version": application.version, "client_token": uuid.uuid4()})


class ReturnForm(PlainForm):
    """Code and phone number, which only the applicant has together."""

    helper = drawn_helper(Rest(), Button("Buka lamaran", "btn-primary wide"))
    code = forms.CharField(
        label="Kode lamaran",
        max_length=60,
        help_text="Sepuluh huruf dan angka yang tampil saat Anda mengisi, misalnya ABCDE-23456.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "w-phone", "autocapitalize": "characters"}),
    )
    phone = forms.CharField(
        label="Nomor HP",
        max_length=40,
        help_text="Yang Anda isi dalam lamaran.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "w-phone"}),
    )


class CompletionForm(PapersForm):
    """The papers of an application that came back, and handing them in."""

    def send(self, data: Any) -> bool:
        """Whether they are with the office now; else the form has the sentence that says why."""
        sending = SendForm(data, application=self.application)
        token = sending.cleaned_data["client_token"] if sending.is_valid() else uuid.uuid4()
        try:
            send_again(application=self.application, client_token=token, arrived=self.at)
        except NotSent as refusal:
            self.add_error(None, str(refusal))
            return False
        return True
