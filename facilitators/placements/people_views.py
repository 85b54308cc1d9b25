"""One facilitator: the page, adding by hand, contact, contracts and their paper."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.placements import page, people
from facilitators.placements.models import Contract
from facilitators.placements.papers import contract_text
from facilitators.placements.people_forms import ContractForm, FacilitatorForm
from facilitators.placements.refusals import PlacementRefused
from facilitators.placements.views import facilitator_for, facilitator_to_edit
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import may_manage_facilitators
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.templates import paper_answer
from p2emas.staffing.phone_codes import VALID, make_code, why_no_code
from p2emas.staffing.services import NotPossible
from p2emas.workflow.editing import EditConflict, save_edit
from p2emas.workflow.views import both_versions, riwayat_page


@never_cache
@require_safe
def facilitator_detail(request: UserRequest, pk: int) -> HttpResponse:
    shown = page.FacilitatorPage.of(facilitator_for(request.user, pk), request.user)
    return render(request, "facilitators/placements/facilitator_detail.html", vars(shown))


@require_safe
def facilitator_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, facilitator_for(request.user, pk), page.PARTS)


@require_http_methods(["GET", "HEAD", "POST"])
def facilitator_create(request: UserRequest) -> HttpResponse:
    if not may_manage_facilitators(request.user):
        raise PermissionDenied
    form = FacilitatorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = people.add_facilitator(
            facilitator=form.save(commit=False), skills=form.cleaned_data["skills"], actor=request.user
        )
        messages.success(request, "Pendamping dicatat. Buat kontraknya, lalu tempatkan.")
        return redirect(made)
    return render(request, "facilitators/placements/facilitator_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def facilitator_edit(request: UserRequest, pk: int) -> HttpResponse:
    person = facilitator_to_edit(request.user, pk)
    form = FacilitatorForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form)
        except EditConflict:
            return both_versions(request, form, _form_of, lambda: redirect(person))
        messages.success(request, "Data pendamping disimpan.")
        return redirect(person)
    return render(request, "facilitators/placements/facilitator_form.html", {"form": form, "facilitator": person})


def _form_of(stored: Facilitator) -> FacilitatorForm:
    return FacilitatorForm(instance=stored)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_code_make(request: UserRequest, pk: int) -> HttpResponse:
    """The code is in the answer to the button and nowhere else; loading the page again makes another."""
    person, code = facilitator_to_edit(request.user, pk), ""
    if request.method == "POST":
        try:
            code = make_code(person=person.user, actor=request.user)
        except NotPossible as refusal:
            messages.warning(request, str(refusal))
            return redirect(person)
    context = {"facilitator": person, "refusal": why_no_code(person.user), "code": code, "minutes": VALID.seconds // 60}
    return render(request, "facilitators/placements/phone_code_make.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_create(request: UserRequest, pk: int) -> HttpResponse:
    person = facilitator_to_edit(request.user, pk)
    form = ContractForm(request.POST if request.method == "POST" else None, facilitator=person)
    if request.method == "POST" and form.is_valid():
        try:
            people.add_contract(form.save(commit=False))
        except PlacementRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Kontrak disimpan. Naskahnya dapat diunduh di bawah.")
            return redirect(person)
    return render(request, "facilitators/placements/contract_form.html", {"form": form, "facilitator": person})


@require_http_methods(["GET", "HEAD", "POST"])
def contract_edit(request: UserRequest, pk: int, contract: int) -> HttpResponse:
    person = facilitator_to_edit(request.user, pk)
    record = get_object_or_404(Contract.objects.for_user(request.user), pk=contract, facilitator=person)
    form = ContractForm(request.POST if request.method == "POST" else None, instance=record, facilitator=person)
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form)
        except EditConflict:
            return both_versions(request, form, partial(_contract_form, person), lambda: redirect(person))
        messages.success(request, "Kontrak disimpan.")
        return redirect(person)
    context = {"form": form, "facilitator": person, "contract": record}
    return render(request, "facilitators/placements/contract_form.html", context)


def _contract_form(person: Facilitator, stored: Contract) -> ContractForm:
    return ContractForm(instance=stored, facilitator=person)


@require_safe
def contract_paper(request: UserRequest, pk: int, contract: int, form: str) -> HttpResponse:
    person = facilitator_for(request.user, pk)
    record = get_object_or_404(Contract.objects.for_user(request.user), pk=contract, facilitator=person)
    record.facilitator = person
    return paper_answer(contract_text(record), form, f"kontrak {record.pk}")
