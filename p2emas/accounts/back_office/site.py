"""The back office at /kelola/: who enters, and what every admin page of ours keeps to.

Permissions come from roles and `for_user`, not from Django's permission tables.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import ClassVar, TypeVar, cast

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from simple_history.utils import bulk_update_with_history

from p2emas import clock
from p2emas.accounts.back_office.conflict import SEEN, edits_shown, lock_again, refusing, tell_added, tell_stored
from p2emas.accounts.back_office.words import spoken, use_words
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.accounts.signed_in import user_of
from p2emas.history.records import edits_of
from p2emas.naming import named
from p2emas.search.keeping import keep_words
from p2emas.serving.plain_text import put_form
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import bound_year
from p2emas.ui.rows import RowField, RowInput
from p2emas.ui.stored import worded

use_words()
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
VERBS = ("GET", "HEAD", "POST")  # the stock views take any other verb for GET


class BackOfficeSite(admin.AdminSite):
    site_header = named("Kelola {programme}")
    site_title = named("Kelola {programme}")
    index_title = "Data rujukan"
    site_url = "/beranda/"
    empty_value_display = "\N{EN DASH}"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        vars(self)["login"] = secure_admin_login(self.login)  # the sign-in page with its limits and second factor

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Only pages that keep to our scopes; the stock ones that packages bring for their tables stay out."""
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_staff

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:  # type: ignore[override]
        """One page for it, with its limit and its letter to the owner."""
        return redirect("account_change_password")

    password_change_done = password_change  # type: ignore[assignment]

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Somebody signed in with another role is told so, not led to a sign-in page that cannot help."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            if request.method not in VERBS:
                return HttpResponseNotAllowed(VERBS)
            return inner(request, *args, **kwargs)

        return cast(View, guarded)


class ScopedFields(BaseModelAdmin):
    """Fields of the back office: choices in scope, Indonesian numbers and dates, and no script to fill a form.

    Choices of a foreign key are the rows its own admin page shows, so that a forged id is no choice. They are in a
    plain select without the pop-up icons, or in a box where there are too many (``RowField``): select2 needs jQuery and
    inline style, which our policy blocks, and has no label. ``autocomplete_fields`` answers in the same scope.
    """

    formfield_overrides = {
        models.DecimalField: {"localize": True},  # people type 0,166
        models.DateField: {"form_class": IndonesianDateField, "widget": forms.TextInput},
    }
    # Name of a year -> how many years from now it may lie: 0 for what has been, such as since when a group works.
    years: ClassVar[dict[str, int]] = {}

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        model = db_field.remote_field.model
        if self.admin_site.is_registered(model):
            own = self.admin_site.get_model_admin(model)
            kwargs.setdefault("queryset", own.get_queryset(request))
            kwargs.setdefault("search_fields", own.search_fields)
        kwargs.setdefault("form_class", RowField)
        kwargs.setdefault("widget", RowInput)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if field is not None and db_field.name in self.years:
            bound_year(field, clock.today().year + self.years[db_field.name])
        return field


class BoundedFormSet(forms.BaseInlineFormSet):
    """Draws no more rows than the record has and ``MORE``, for any number that is sent: the stock set draws 2,000."""

    MORE = 20
    default_error_messages = {
        "missing_management_form": "Isian baris tidak lengkap sampai. Muat ulang halaman ini, lalu isi lagi.",
        "too_many_forms": "Terlalu banyak baris. Simpan dahulu, lalu tambah lagi.",
        "too_few_forms": "Isi paling sedikit satu baris.",
    }

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return "Dua baris sama. Ubah atau kosongkan salah satu."

    def get_form_error(self) -> str:
        return "Baris ini sama dengan baris lain. Ubah atau kosongkan."

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.absolute_max = len(self.get_queryset()) + self.MORE
        self.max_num = min(self.max_num, self.absolute_max)  # the admin says 0 to a reader who may add nothing
        for name, field in self.form.base_fields.items():
            if isinstance(field, RowField):
                field.tell(getattr(row, f"{name}_id") for row in self.get_queryset())

    def clean(self) -> None:
        super().clean()
        if getattr(self.instance, "came_late", False):
            for form in self.initial_forms:
                tell_stored(form)
            tell_added(self)


class ScopedInline(ScopedFields, admin.TabularInline):
    """Rows that belong to the record above: who may change that may change these."""

    formset = BoundedFormSet
    extra = 1  # the blank row to add one; no script makes more
    can_delete = False
    show_change_link = False

    def get_formset(self, request: HttpRequest, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = spoken(formset.form)
        return formset

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        """The choices are read once, however many rows the record has."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.shares_offer = True
        return field

    def _parent_admin(self) -> admin.ModelAdmin:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent_admin().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent_admin().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._parent_admin().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.can_delete and self._parent_admin().has_change_permission(request, obj)


class ActivationActions(admin.ModelAdmin):
    """ "Nonaktifkan" in place of deletion, for models with ``active``; one history row for each record."""

    actions = ["deactivate", "activate"]

    @admin.action(description="Nonaktifkan yang dipilih", permissions=["deactivate"])
    def deactivate(self, request: HttpRequest, queryset) -> None:
        self._set_active(request, queryset, active=False)

    @admin.action(description="Aktifkan lagi yang dipilih", permissions=["deactivate"])
    def activate(self, request: HttpRequest, queryset) -> None:
        self._set_active(request, queryset, active=True)

    @admin.display(description="keadaan", ordering="active")
    def active_word(self, record) -> str:
        return "Aktif" if record.active else "Nonaktif"

    def has_deactivate_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and "active" not in self.get_readonly_fields(request)

    def _set_active(self, request: HttpRequest, queryset, *, active: bool) -> None:
        rows = list(queryset.exclude(active=active))
        for row in rows:
            row.active = active
        bulk_update_with_history(rows, self.model, ["active"], default_user=request.user, default_date=clock.now())
        sentence = "%(count)d data diaktifkan lagi." if active else "%(count)d data dinonaktifkan."
        self.message_user(request, sentence % {"count": len(rows)}, messages.SUCCESS)


class ScopedAdmin(ScopedFields, admin.ModelAdmin):
    """Rows of ``for_user``; coordinators edit, the auditor reads; a room may let kecamatan staff edit their own.

    ``district_admin_may``: subset of {"view", "add", "change"} for kecamatan staff. Nobody deletes: what has a
    history is deactivated.
    """

    district_admin_may: frozenset[str] = frozenset()
    district_admin_reads: tuple[str, ...] = ()  # fields that kecamatan staff see and do not change
    FILTER_LOOKUPS = ("exact", "in", "isnull", "gt", "gte", "lt", "lte")
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    save_on_top = False
    view_on_site = False

    def get_queryset(self, request: HttpRequest):
        queryset = super().get_queryset(request)
        return queryset.for_user(request.user) if hasattr(queryset, "for_user") else queryset

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if self._is_coordinator(request) else (*fields, *self.district_admin_reads)

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs):
        form = spoken(super().get_form(request, obj, change=change, **kwargs))
        seen = request.POST.get(SEEN) if change and obj is not None else None
        return refusing(form) if seen is not None and seen != self._edits_shown(request, obj) else form

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and self.has_change_permission(request, obj):
            context[SEEN] = self._edits_shown(request, obj)
        context["problems"] = context.pop("errors", None)  # our summary leads to them; the stock page repeats them
        return super().render_change_form(request, context, *args, **kwargs)

    def _edits_shown(self, request: HttpRequest, obj) -> str:
        inlines = self.get_inline_instances(request, obj)
        return edits_shown(obj, [(inline.model, _foreign_key(obj, inline).attname) for inline in inlines])

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list's own filters ask for; a regular expression in the address is refused."""
        own_filters = (item for item in self.list_filter if isinstance(item, type))
        if lookup in {getattr(item, "parameter_name", None) for item in own_filters}:
            return True
        last = lookup.rpartition("__")[2]
        named = any(lookup == name or lookup.startswith(f"{name}__") for name in self._filter_names())
        return named and (last in self.FILTER_LOOKUPS or lookup in self._filter_names())

    def _filter_names(self) -> list[str]:
        names = (item[0] if isinstance(item, tuple | list) else item for item in self.list_filter)
        return [name for name in names if isinstance(name, str)]

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        return super().get_search_results(request, queryset, search_term.replace("\x00", " ")[:200])

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets, change: bool) -> None:
        """The last write of a page that was saved: other names are rows below it."""
        super().save_related(request, form, formsets, change)
        keep_words(self.model, [form.instance.pk])

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        key = obj.pk
        super().delete_model(request, obj)
        keep_words(self.model, [key])

    def _may(self, request: HttpRequest, action: str) -> bool:
        user = user_of(request)
        if self._is_coordinator(request):
            return True
        if action == "view" and user.has_role(Role.AUDITOR):
            return True
        return user.has_role(Role.DISTRICT_ADMIN) and action in self.district_admin_may

    @staticmethod
    def _is_coordinator(request: HttpRequest) -> bool:
        user = user_of(request)
        return user.is_superuser or user.has_role(*COORDINATORS)

    def _in_scope(self, request: HttpRequest, obj) -> bool:
        """Reading a page asks this for each row of its inlines: one answer then; what is written may change it."""
        if obj is None or request.method not in ("GET", "HEAD"):
            return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()
        answers = request.__dict__.setdefault("_in_scope", {})
        key = (self.model, obj.pk)
        if key not in answers:
            answers[key] = self.get_queryset(request).filter(pk=obj.pk).exists()
        return answers[key]

    def response_action(self, request: HttpRequest, queryset, *args, **kwargs) -> HttpResponse | None:
        """Ids that are no numbers select nothing; the stock code fails on them."""
        post = request.POST.copy()
        chosen = [
            pk for pk in post.getlist(helpers.ACTION_CHECKBOX_NAME) if pk.isascii() and pk.isdigit() and len(pk) < 19
        ]
        post.setlist(helpers.ACTION_CHECKBOX_NAME, chosen)
        put_form(request, "POST", post)
        return super().response_action(request, queryset, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Two people may add the same row at once: the second is told, on a fresh page."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            sentence = "Data yang sama baru saja disimpan orang lain. Periksa isinya, lalu simpan lagi bila perlu."
            self.message_user(request, sentence, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        """An empty ``_to_field`` names no field; the stock code fails on it."""
        record = super().get_object(request, object_id, from_field or None)
        if record is not None and request.method == "POST":
            try:
                lock_again(record)
            except ObjectDoesNotExist:  # a draft that was thrown away while this waited for it
                return None
        return record

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts, object_id: str) -> HttpResponse:
        """What is not in scope is not there: 404 as everywhere, where the stock admin leads to its index."""
        raise Http404

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Old -> new of every edit of the record and of the rows below it, from our own history."""
        if not self.has_view_permission(request):  # before anything tells whether the record exists
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        parts = [
            inline.model.history.filter(**{_foreign_key(record, inline).attname: record.pk})
            for inline in self.get_inline_instances(request, record)
            if hasattr(inline.model, "history")
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Riwayat: {record}",
            "edits": edits_of(record.history.all(), *parts, show=worded),
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "view") and self._in_scope(request, obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "change") and self._in_scope(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add")

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


def _foreign_key(record: models.Model, inline: InlineModelAdmin) -> models.ForeignKey:
    """The field through which the rows of ``inline`` belong to ``record``."""
    return forms.models._get_foreign_key(type(record), inline.model, fk_name=inline.fk_name)
