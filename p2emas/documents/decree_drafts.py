"""The text of a decree, written in the back office, as a form whose typed fields are kept before they are saved."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.models import Decree
from p2emas.drafts.page import DraftedPage
from p2emas.history.records import last_edit
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import edit_conflict_page, versions_of

FIELDS = (
    "kind number dated about valid_from valid_until amends signer_name signer_nip signer_rank signer_title considering "
    "recalling dictums source is_sample"
)


def _compare(decree: Decree, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    fields = [name for name in FIELDS.split() if name in data]
    form = forms.modelform_factory(Decree, fields=fields)
    return versions_of(form(data, instance=decree))


TEXT = DraftedForm(
    name="naskah-keputusan",
    label="Naskah keputusan",
    model=Decree,
    address=lambda decree, part: reverse("admin:p2emas_decree_change", args=[decree.pk]),
    may_fill=lambda user, decree: user.has_role(*COORDINATORS),
    is_open=lambda decree: decree.status == Decree.Status.DRAFT,
    compare=_compare,
    writes={Decree: FIELDS},
    personal=True,
)


def drafts_of(request: HttpRequest, decree: Decree) -> DraftedPage:
    return DraftedPage(request, TEXT, decree, last_edit(decree) or 0)  # type: ignore[arg-type]  # the admin asks for staff


def filled(form: type[forms.ModelForm], typed: QueryDict) -> type[forms.ModelForm]:
    """The form of the stock page, which it makes without data, with the fields of a draft in its boxes."""

    class Filled(form):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.initial.update({name: typed.get(name) for name in self.fields if name in typed})

    return Filled


def both_versions(request: HttpRequest, decree: Decree, drafts: DraftedPage, seen: str) -> HttpResponse:
    """A draft that is older than the decree, beside it; ``seen`` is what the page of now would send."""
    typed = drafts.taken_data or QueryDict()
    mine, theirs = _compare(decree, None, typed)
    return edit_conflict_page(request, decree, mine=mine, theirs=theirs, replace={"seen": seen}, typed=typed)  # type: ignore[arg-type]
