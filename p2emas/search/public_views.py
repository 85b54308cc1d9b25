"""The page of the search; everybody has one, and finds in it what they may open."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from p2emas.search.asking import answer_question
from p2emas.search.forms import SearchForm
from p2emas.search.page import SearchPage


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    answer = answer_question(form.text, request.user)
    if answer.only:
        return redirect(answer.only.url)
    context = {"form": form, "page": SearchPage(form.text, answer), "searched": form.text}
    return render(request, "p2emas/search/search.html", context)
