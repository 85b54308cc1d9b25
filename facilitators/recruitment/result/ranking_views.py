"""The ranking of a round, for those who may read all scores; its recomputation, and the second interview of ties."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from districts.locations.decision.papers import decree_text
from facilitators.recruitment.panel.corrections import ScoreCorrection
from facilitators.recruitment.result.choice_forms import AgainForm
from facilitators.recruitment.result.choosing import interview_again
from facilitators.recruitment.result.papers import selection_minutes, with_appointments
from facilitators.recruitment.result.ranking_page import ApplicantRankingPage, ranking_csv
from facilitators.recruitment.result.replaying import replay_selection
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.templates import paper_answer
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.workflow.models import StepNotAllowed

ALL = 100_000  # papers and files hold every line


def scored_round_for(user: User, code: str) -> RecruitmentRound:
    """The round, if ``user`` may read its scores and names; 404 outside the scope, 403 inside it."""
    record = get_object_or_404(RecruitmentRound.objects.for_user(user), code=code)
    if not record.may_read_scores(user):
        raise PermissionDenied
    return record


@never_cache
@require_safe
def ranking(request: UserRequest, code: str) -> HttpResponse:
    record = scored_round_for(request.user, code)
    if wanted_file(request):
        shown = ApplicantRankingPage.of(record, request.user, request.GET, size=ALL)
        made = ListFile(f"peringkat-{record.code}", f"Peringkat {record}", _HEADER, ranking_csv(shown))
        return list_response(request, made)
    shown = ApplicantRankingPage.of(record, request.user, request.GET)
    gone = list(record.applications.left_place().for_table())
    context = {
        "record": record,
        "shown": shown,
        "may_select": record.may_select(request.user),
        "gone": gone,
        "corrections": list(ScoreCorrection.objects.of_round(record)),
        "may_replace": bool(gone) and gone[0].may_take(request.user, "promote"),
        "steps": [name for name, _step in record.open_steps(request.user) if name in _STEPS],
    }
    return render(request, "facilitators/recruitment/ranking.html", context)


_STEPS = {"submit", "decide", "announce"}
_HEADER = [
    "Peringkat",
    "Nomor lamaran",
    "Tes",
    "Berkas",
    "Wawancara",
    "Nilai akhir",
    "Peringkat pembanding",
    "Tempat menurut peringkat",
    "Catatan",
    "Data contoh",
]


@require_safe
def ranking_replay(request: UserRequest, code: str) -> HttpResponse:
    """ "Hitung ulang": the stored result computed again from the stored inputs."""
    record = scored_round_for(request.user, code)
    context = {"record": record, "replay": replay_selection(record) if record.inputs else None}
    return render(request, "facilitators/recruitment/ranking_replay.html", context)


@require_safe
def selection_minutes_paper(request: UserRequest, code: str, form: str) -> HttpResponse:
    record = scored_round_for(request.user, code)
    shown = ApplicantRankingPage.of(record, request.user, QueryDict(), size=ALL)
    return paper_answer(selection_minutes(record, shown), form, f"berita acara {record}")


@require_safe
def round_decree_paper(request: UserRequest, code: str, form: str) -> HttpResponse:
    """The draft decree that appoints the accepted, with its annex."""
    record = scored_round_for(request.user, code)
    if record.decree is None:
        raise Http404
    text = with_appointments(decree_text(record.decree), record.decree, request.user)
    return paper_answer(text, form, f"keputusan {record}")


@require_http_methods(["GET", "POST"])
def interview_repeat(request: UserRequest, code: str) -> HttpResponse:
    record = scored_round_for(request.user, code)
    if not record.may_select(request.user):
        raise PermissionDenied
    shown = ApplicantRankingPage.of(record, request.user, request.GET)
    tied = [row for row in shown.page if row.line["id"] in shown.results["again"]]
    form = AgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = interview_again(record=record, applications=[row.line["id"] for row in tied], **form.values())
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"count": invited.count, "letters": invited.letters}
            sentence = "%(count)d pelamar diwawancarai ulang, %(letters)d surat menunggu dikirim di Surat keluar."
            messages.success(request, sentence % words)
            return redirect("recruitment:interview-plan", record.code)
    context = {"record": record, "form": form, "tied": tied}
    return render(request, "facilitators/recruitment/interview_repeat.html", context)
