"""The announcement that everybody reads, and the reserve that moves up after it."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.applications.querysets import ApplicationQuerySet
from facilitators.recruitment.result.announcement_page import announced_rows
from facilitators.recruitment.result.announcing import next_reserve, places_left, replace
from facilitators.recruitment.result.papers import result_letter
from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Place
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.letters import PAPERS, letters_response
from p2emas.ui.layout import Sent
from p2emas.ui.paging import paginate, paginate_list
from p2emas.workflow.views import step_page


@login_not_required
@require_safe
def announcement(request: HttpRequest, code: str) -> HttpResponse:
    """Number and masked name, outcome, village or reason; nothing before it is announced."""
    record = get_object_or_404(RecruitmentRound.objects.announced().for_table().select_related("decree"), code=code)
    rows = announced_rows(record)
    context = {
        "record": record,
        "page": paginate_list(rows, request.GET),
        "accepted": sum(row.is_accepted for row in rows),
        "total": len(rows),
        "decree": record.decree if record.decree and record.decree.status in record.decree.PUBLISHED else None,
    }
    return render(request, "facilitators/recruitment/announcement.html", context)


def _untold(user: User, code: str) -> tuple[RecruitmentRound, ApplicationQuerySet]:
    """The announced round, and those of its applicants whom no mail reaches."""
    record = round_for(user, code)
    if not record.may_read_applications(user):
        raise PermissionDenied
    if record.status != RecruitmentRound.Status.ANNOUNCED:
        raise Http404
    rows = Application.objects.for_user(user).without_mail(record).order_by("number")
    return record, rows.select_related("placed_at__target_location__village")


@never_cache
@require_safe
def result_texts(request: UserRequest, code: str) -> HttpResponse:
    """Results for those who gave no e-mail address: texts to be copied into WhatsApp, and the letters on paper."""
    record, rows = _untold(request.user, code)
    page = paginate(rows, request.GET)
    texts = [
        (
            f"{row.number} · {shown_phone(row.phone)}",
            result_letter(row, record).text(is_sample=row.is_sample),
        )
        for row in page.rows
    ]
    return render(
        request, "facilitators/recruitment/result_texts.html", {"record": record, "page": page, "texts": texts}
    )


@never_cache
@require_safe
def result_papers(request: UserRequest, code: str, form: str) -> HttpResponse:
    record, rows = _untold(request.user, code)
    letters = [result_letter(row, record) for row in rows]
    if form not in PAPERS or not letters:
        raise Http404
    title, sample = f"Hasil seleksi {record.name}", any(row.is_sample for row in rows)
    return letters_response(letters, form, name=f"hasil-{record.code}", title=title, is_sample=sample)


@require_http_methods(["GET", "POST"])
def replace_accepted(request: UserRequest, code: str, pk: int) -> HttpResponse:
    """ "Ganti": ``pk`` had a place and is gone; the next reserve of that place moves up."""
    rows = (
        Application.objects.for_user(request.user)
        .left_place()
        .select_related("round", "placed_at__round", "placed_at__target_location__village")
    )
    gone = get_object_or_404(rows, pk=pk, round__code=code)
    if not gone.may_take(request.user, "promote"):
        raise PermissionDenied
    place = gone.placed_at
    reserve = _reserve(place, request)
    context = {"gone": gone, "place": place, "free": places_left(place), "reserve": reserve, "record": gone.round}
    if reserve is None or (request.method != "POST" and not context["free"]):
        return render(request, "facilitators/recruitment/replace_nobody.html", context)
    return step_page(
        request,
        reserve,
        "promote",
        take=partial(_replace, place=place),
        along=Sent(cadangan=reserve.pk),
        extra_context=context | {"record": reserve},
        template="facilitators/recruitment/replace.html",
        then=reverse("recruitment:ranking", args=[code]),
    )


def _reserve(place: Place, request: UserRequest) -> Application | None:
    """The reserve whom the page showed, so that a second click finds what the first one did; else the next one."""
    sent = request.POST.get("cadangan", "")
    if sent.isascii() and sent.isdigit() and len(sent) < 18:
        return get_object_or_404(place.round.applications.select_related("round"), pk=int(sent))
    return next_reserve(place)


def _replace(reserve: Application, *, seen: str, actor: User, note: str, place: Place) -> None:
    replace(reserve=reserve, place=place, seen=seen, actor=actor, note=note)
