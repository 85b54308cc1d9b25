"""Back office of decrees: written here while Konsep; a step page puts them in force, and then nobody edits them.

A higher house adds what a decree sets in force to ``DecreeAdmin.inlines``.
"""

from contextlib import suppress
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html

from p2emas.accounts.back_office.site import BoundedFormSet, ScopedAdmin, ScopedInline
from p2emas.accounts.signed_in import user_of
from p2emas.documents.files import receive_file
from p2emas.documents.forms import DECREE_TEXT, NEW_DECREE, PrivateFileField, filled, judged, versions_of_decree
from p2emas.documents.kinds import SCANS, FileRefused
from p2emas.documents.models import Decree, DecreeFile, Instrument, PrivateFile
from p2emas.documents.storing import store_file
from p2emas.drafts.page import DraftedPage
from p2emas.history.records import last_edit
from p2emas.ui.formats import file_size
from p2emas.workflow.pages import edit_conflict_page


class ScanForm(forms.ModelForm):
    upload = PrivateFileField(
        label="Berkas",
        allowed=SCANS,
        help_text="Pindaian bertanda tangan. Terbuka setelah berlaku.",
    )

    class Meta:
        fields = ["caption"]
        labels = {"upload": "berkas"}  # the heading of the column, which does not ask the field


class ScanInline(ScopedInline):
    """Files are added and, while the page above may be changed, removed; none is changed."""

    form = ScanForm
    fields = ["upload", "caption", "opened"]
    readonly_fields = ["opened"]
    can_delete = True

    def has_change_permission(self, request: HttpRequest, obj: Instrument | None = None) -> bool:
        return False

    @admin.display(description="tersimpan")
    def opened(self, stored: PrivateFile) -> str:
        if not stored.pk:
            return ""
        return format_html('<a href="{}">{}</a> ({})', stored.get_absolute_url(), stored, file_size(stored.size))


class DecreeFileInline(ScanInline):
    model = DecreeFile


class InstrumentAdmin(ScopedAdmin):
    """A paper with its scans, which are rows of ``file_model`` below it."""

    file_model: type[PrivateFile]

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The scans are read before the transaction that the stock page opens: reading takes its time."""
        if request.method == "POST" and self.has_change_permission(request):
            uploads = [upload for name, upload in request.FILES.items() if name.endswith("-upload")]
            for upload in uploads[: BoundedFormSet.MORE]:
                with suppress(FileRefused):  # its field says so
                    judged(upload, SCANS, partial(receive_file, upload, allowed=SCANS))
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Instrument, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.created_by = user_of(request)
        super().save_model(request, obj, form, change)
        self._tell_same_number(request, obj)

    def _tell_same_number(self, request: HttpRequest, paper: Instrument) -> None:
        """A warning, no refusal: agenda books begin again each year."""
        if others := ", ".join(map(str, paper.same_number()[:3])):
            sentence = "Tersimpan, tetapi nomor ini juga dipakai %s. Periksa di buku agenda."
            self.message_user(request, sentence % others, messages.WARNING)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool):
        if formset.model is not self.file_model:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        for stored in formset.deleted_objects:
            stored.delete()
        for each in formset.extra_forms:
            if each.has_changed() and not each.cleaned_data.get(DELETION_FIELD_NAME, False):
                self._keep(request, form.instance, each.cleaned_data)
        formset.new_objects = formset.changed_objects = []

    def _keep(self, request: HttpRequest, paper: Instrument, typed: dict) -> None:
        try:
            caption, user = typed.get("caption", ""), user_of(request)
            store_file(self.file_model, owner=paper, upload=typed["upload"], user=user, caption=caption)
        except FileRefused as refusal:  # the limit: known only under the lock
            self.message_user(request, refusal.messages[0], messages.ERROR)


@admin.register(Decree)
class DecreeAdmin(InstrumentAdmin):
    file_model = DecreeFile
    list_display = ["__str__", "about", "dated", "valid_from", "valid_until", "status"]
    list_filter = ["status", "kind"]
    search_fields = ["number", "about"]
    search_help_text = "Cari nomor atau judul keputusan"
    date_hierarchy = None
    autocomplete_fields = ["amends"]
    readonly_fields = ["status"]
    inlines = [DecreeFileInline]
    fieldsets = [
        (None, {"fields": ["kind", "number", "dated", "about", "status"]}),
        ("Masa berlaku", {"fields": ["valid_from", "valid_until", "amends"]}),
        ("Penanda tangan", {"fields": ["signer_name", "signer_nip", "signer_rank", "signer_title"]}),
        ("Naskah", {"fields": ["considering", "recalling", "dictums"]}),
        ("Asal isi", {"fields": ["origin", "source", "is_sample"]}),
    ]

    def get_form(self, request: HttpRequest, obj: Decree | None = None, change: bool = False, **kwargs):
        """With what somebody typed and has not saved yet, when they come back for it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        typed = _drafts_of(request, obj).taken_data
        return form if typed is None else filled(form, typed)

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        obj = kwargs.get("obj")
        if self.has_change_permission(request, obj):
            drafts = _drafts_of(request, obj)
            if obj is not None and drafts.is_older:
                return _both_versions(request, obj, drafts, self._edits_shown(request, obj))
            drafts.offer()
            context["drafts"] = drafts
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Decree, *args, **kwargs) -> HttpResponse:
        """The page of the decree has what comes next: what it fixes, the check, its scan."""
        _drafts_of(request, None).was_saved()
        answer = super().response_add(request, obj, *args, **kwargs)
        goes_on = request.POST.keys() & {"_continue", "_addanother"} or IS_POPUP_VAR in request.POST
        return answer if goes_on else redirect(obj)

    def response_change(self, request: HttpRequest, obj: Decree) -> HttpResponse:
        _drafts_of(request, obj).was_saved()
        return super().response_change(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Decree | None = None):
        """A draft of this product stays one: a head records its signed paper, with a reason."""
        return [*super().get_readonly_fields(request, obj), *(["origin"] if obj else [])]

    def has_change_permission(self, request: HttpRequest, obj: Decree | None = None) -> bool:
        """A correction of what is in force is an amendment."""
        draft = obj is None or obj.status == Decree.Status.DRAFT
        return draft and super().has_change_permission(request, obj)


def _drafts_of(request: HttpRequest, decree: Decree | None) -> DraftedPage:
    """Of a decree that is not there yet its writer is the record."""
    if decree is None:
        return DraftedPage(request, NEW_DECREE, user_of(request), 0)  # type: ignore[arg-type]
    return DraftedPage(request, DECREE_TEXT, decree, last_edit(decree) or 0)  # type: ignore[arg-type]  # the admin asks for staff


def _both_versions(request: HttpRequest, decree: Decree, drafts: DraftedPage, seen: str) -> HttpResponse:
    """A draft that is older than the decree, beside it; ``seen`` is what the page of now would send."""
    typed = drafts.taken_data or QueryDict()
    mine, theirs = versions_of_decree(decree, None, typed)
    return edit_conflict_page(request, decree, mine=mine, theirs=theirs, replace={"seen": seen}, typed=typed)  # type: ignore[arg-type]
