"""What everybody reads of recruitment: the rounds, and the start page of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.vacancies import VacancyPage, vacancies
from p2emas import clock


@login_not_required
@require_safe
def vacancy_list(request: HttpRequest) -> HttpResponse:
    return render(request, "facilitators/recruitment/vacancy_list.html", {"rounds": vacancies(clock.now())})


@login_not_required
@require_safe
def vacancy(request: HttpRequest, code: str) -> HttpResponse:
    record = get_object_or_404(RecruitmentRound.objects.public().for_table(), code=code)
    return render(request, "facilitators/recruitment/vacancy.html", vars(VacancyPage.of(record, clock.now())))
