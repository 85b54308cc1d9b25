"""What a page says after something was saved: done only when something was done."""

from django.contrib import messages
from django.http import HttpRequest

UNCHANGED = "Tidak ada yang diubah, jadi tidak ada yang disimpan."


def say_saved(request: HttpRequest, sentence: str, *, changed: int | bool, otherwise: str = "") -> None:
    """Green with ``sentence`` when something changed; else a plain word, never "Berhasil" over nothing."""
    if changed:
        messages.success(request, sentence)
    else:
        messages.info(request, otherwise or UNCHANGED)
