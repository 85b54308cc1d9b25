"""The ranking of a round: read by those who may compare villages, public with the result; its runs and its replay."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from districts.locations.decision.papers import round_minutes
from districts.locations.decision.ranking_page import RankingPage
from districts.locations.ranking.computing import inputs_of
from districts.locations.ranking.replay import replay_of
from districts.locations.rounds.models import SelectionRound
from districts.locations.runs import request_run
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.sign_in.session_store import looks_again
from p2emas.accounts.signed_in import Anyone, UserRequest
from p2emas.documents.templates import paper_answer
from p2emas.exports.lists import ListColumn, ListFile, list_response, wanted_file

SECONDS_BETWEEN_LOOKS = 5
NO_CODES = (None, None)


def readable(user: Anyone, pk: int) -> SelectionRound:
    """The round, if ``user`` may compare its villages; 404 outside the scope, 403 inside it."""
    selection = get_object_or_404(SelectionRound.objects.for_user(user).for_ranking(), pk=pk)
    if not selection.may_read_ranking(user):
        raise PermissionDenied
    return selection


@login_not_required
@require_safe
def round_ranking(request: HttpRequest, pk: int) -> HttpResponse:
    selection = readable(request.user, pk)
    shown = RankingPage.of(selection, request.GET)
    if wanted_file(request):
        return list_response(request, _as_file(shown))
    looking = shown.under_way and request.GET.get("segarkan") != "tidak"
    context = {
        "selection": selection,
        "shown": shown,
        "may_run": _may_run(request.user, selection) and shown.results is None,
        "may_choose": request.user.is_authenticated and selection.may_choose(request.user),
        "looking": looking,
    }
    answer = render(request, "districts/locations/round_ranking.html", context)
    if looking:
        looks_again(request, answer, SECONDS_BETWEEN_LOOKS)
    return answer


def _may_run(user: Anyone, selection: SelectionRound) -> bool:
    return user.is_authenticated and user.has_role(*COORDINATORS) and selection.run_id is None


def _as_file(shown: RankingPage) -> ListFile:
    codes, names = shown.selection.candidates.codes(), [each["name"] for each in shown.standing.criteria]
    parts = [(lambda line, n=n: line.contributions[n] * 100 if line.contributions else None) for n in range(len(names))]
    columns: list[ListColumn] = [
        ("Peringkat", lambda line: line.rank),
        ("Kode desa", lambda line: codes.get(line.id, NO_CODES)[0]),
        ("Desa", lambda line: line.village),
        ("Kode kecamatan", lambda line: codes.get(line.id, NO_CODES)[1]),
        ("Kecamatan", lambda line: line.district),
        ("Komoditas", lambda line: line.commodity),
        *((name, lambda line, n=n: line.values[n]) for n, name in enumerate(names)),
        *((f"Sumbangan {name}", part) for name, part in zip(names, parts, strict=True)),
        ("Skor", lambda line: None if line.score is None else line.score * 100),
        ("Peringkat TOPSIS", lambda line: line.topsis_rank),
        ("Data contoh", lambda line: shown.selection.is_sample),
    ]
    name, title = f"peringkat-{shown.selection.pk}", f"Peringkat desa, {shown.selection}"
    return ListFile.of(name, title, columns, shown.standing.lines)


@require_POST
def run_start(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for the draws; the job's progress shows on the ranking page."""
    selection = readable(request.user, pk)
    if not _may_run(request.user, selection):
        raise PermissionDenied
    request_run(selection=selection, asked_by=request.user)
    messages.success(request, "Hitungan kepekaan dijalankan. Halaman ini boleh ditinggalkan.")
    return redirect("locations:round-ranking", pk=selection.pk)


@login_not_required
@require_safe
def round_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Hitung ulang": the stored decision computed again, and what has changed in the figures since."""
    selection = readable(request.user, pk)
    context = {
        "selection": selection,
        "replay": replay_of(selection.run, inputs_of(selection)) if selection.run else None,
    }
    return render(request, "districts/locations/round_replay.html", context)


@login_not_required
@require_safe
def location_minutes_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    selection = readable(request.user, pk)
    return paper_answer(round_minutes(selection), form, f"berita acara {selection}")
