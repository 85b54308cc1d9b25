"""Back office of Word templates: upload another layout of the minutes or the decree, or go back to the shipped one."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html_join

from p2emas.accounts.back_office.site import ScopedAdmin
from p2emas.accounts.signed_in import user_of
from p2emas.documents.forms import PrivateFileField, judged
from p2emas.documents.kinds import DOCX, FileRefused, ReceivedFile
from p2emas.documents.models import PaperTemplate
from p2emas.documents.papers import shipped_template
from p2emas.documents.templates import check_template, own_template


class PaperTemplateForm(forms.ModelForm):
    upload = PrivateFileField(
        label="Berkas Word",
        allowed=frozenset({DOCX}),
        help_text="Ubah templat yang sedang dipakai di Word, lalu unggah. Kata dalam kurung kurawal diisi otomatis. "
        "Hanya berkas Word yang berubah: PDF tetap memakai tata letak aplikasi.",
    )

    class Meta:
        model = PaperTemplate
        fields = ["kind"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        received: ReceivedFile | None = cleaned.get("upload")
        kind = cleaned.get("kind") or self.instance.kind
        if received and kind:
            try:
                judged(self.files["upload"], ("template", kind), lambda: check_template(kind, received.content))
            except FileRefused as refusal:
                self.add_error("upload", refusal)
        return cleaned


@admin.register(PaperTemplate)
class PaperTemplateAdmin(ScopedAdmin):
    form = PaperTemplateForm
    list_display = ["kind", "original_name", "uploaded_at"]
    readonly_fields = ["in_use"]
    fields = ["kind", "in_use", "upload"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("content")

    def has_delete_permission(self, request: HttpRequest, obj: PaperTemplate | None = None) -> bool:
        """Deleting it brings the shipped template back; the history keeps that it was there."""
        return self.has_change_permission(request, obj)

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args, **kwargs) -> HttpResponse:
        """The file is read, and the template tried, before the transaction that the stock page opens."""
        if request.method == "POST" and self.has_change_permission(request):
            known = object_id and object_id.isdecimal() and len(object_id) < 19
            stored = self.get_queryset(request).filter(pk=object_id).first() if known else None
            PaperTemplateForm(request.POST, request.FILES, instance=stored).is_valid()
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_urls(self) -> list:
        download = self.admin_site.admin_view(self.download)
        return [path("unduh/<slug:kind>/", download, name="p2emas_papertemplate_download"), *super().get_urls()]

    def download(self, request: HttpRequest, kind: str) -> HttpResponse:
        known = {code for code, _label in PaperTemplate.Kind.choices}
        if kind not in known or not self.has_view_permission(request):
            raise Http404
        answer = HttpResponse(own_template(kind) or shipped_template(kind), content_type=DOCX)
        answer["Content-Disposition"] = f'attachment; filename="templat-{kind}.docx"'
        return answer

    @admin.display(description="templat yang sedang dipakai")
    def in_use(self, template: PaperTemplate) -> str:
        links = (
            (reverse("admin:p2emas_papertemplate_download", args=[code]), label)
            for code, label in PaperTemplate.Kind.choices
            if not template.pk or code == template.kind
        )
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def save_model(self, request: HttpRequest, obj: PaperTemplate, form: forms.ModelForm, change: bool) -> None:
        received: ReceivedFile = form.cleaned_data["upload"]
        obj.content, obj.original_name = received.content, received.original_name
        obj.sha256 = hashlib.sha256(received.content).hexdigest()
        obj.uploaded_by = user_of(request)
        super().save_model(request, obj, form, change)
