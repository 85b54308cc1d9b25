"""What the public reads of an obstacle: written and taken back by the office that runs the programme."""

import re
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper
from p2emas.workflow.models import StepNotAllowed
from programs.obstacles.models import Obstacle
from programs.obstacles.notices import ObstacleNotice, publish_notice, withdraw_notice
from programs.obstacles.views import get_obstacle

NUMBERS = re.compile(r"\d(?:[\s.-]?\d){7,}")  # telephone numbers, NIK and the like
WITHDRAW = "tarik"


class NoticeForm(PlainForm):
    solved = forms.Field(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Kalimat untuk umum", max_length=240, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, obstacle: Obstacle, notice: ObstacleNotice | None) -> None:
        solved = obstacle.status == Obstacle.Status.SOLVED
        same = notice is not None and notice.says_solved == solved
        super().__init__(
            data, initial={"solved": "1" if solved else "", "text": notice.text if notice and same else ""}
        )
        said = "bahwa dan bagaimana kendala ini selesai" if solved else "apa yang tersendat di desa itu"
        self.fields["text"].help_text = f"Satu kalimat: {said}. Tanpa nama warga, nomor telepon, atau alamat rumah."
        self.is_shown = notice is not None and notice.is_shown

    @cached_property
    def helper(self) -> FormHelper:
        withdraw = (WITHDRAW, "Tarik dari halaman publik", "1") if self.is_shown else None
        return form_helper("Terbitkan", second=withdraw)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if NUMBERS.search(text):
            raise forms.ValidationError("Hapus nomor telepon atau NIK dari kalimat ini.")
        return text


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_publish(request: UserRequest, pk: int) -> HttpResponse:
    obstacle = get_obstacle(pk, request)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    if obstacle.village is None:
        messages.warning(request, "Kendala ini tidak menyebut desa, jadi tidak ada halaman publik yang memuatnya.")
        return redirect(obstacle)
    if request.method == "POST" and WITHDRAW in request.POST:
        withdraw_notice(obstacle=obstacle, by=request.user)
        messages.success(request, "Kalimat itu tidak tampil lagi di halaman publik desa.")
        return redirect(obstacle)
    notice = ObstacleNotice.objects.of(obstacle)
    form = NoticeForm(request.POST if request.method == "POST" else None, obstacle=obstacle, notice=notice)
    if form.is_valid() and _published(form, obstacle, request):
        messages.success(request, "Kalimat itu tampil di halaman publik desa.")
        return redirect(obstacle)
    context = {"obstacle": obstacle, "form": form, "notice": notice}
    return render(request, "programs/obstacles/obstacle_publish.html", context)


def _published(form: NoticeForm, obstacle: Obstacle, request: UserRequest) -> bool:
    text, says_solved = form.cleaned_data["text"], bool(form.cleaned_data["solved"])
    try:
        publish_notice(obstacle=obstacle, text=text, says_solved=says_solved, by=request.user)
    except StepNotAllowed as refusal:
        form.add_error("text", str(refusal))
    return not form.errors
