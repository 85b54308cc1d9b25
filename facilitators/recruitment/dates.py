"""The dates of recruitment rounds in the calendar; those of a published round are public."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.querysets import RecruitmentRoundQuerySet
from p2emas.accounts.roles import Role
from p2emas.accounts.signed_in import Anyone
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from p2emas.ui.formats import clock_time

DAYS = {
    "test_on": "Tes tertulis pendamping",
    "interviews_on": "Wawancara pendamping mulai",
    "announced_on": "Pengumuman seleksi pendamping",
    "training_on": "Pembekalan pendamping mulai",
    "objections_until": "Masa sanggah berakhir",
}


def of_reader(reader: Any, span: Span) -> Dates:
    rounds = RecruitmentRound.objects.for_user(reader).going_on()
    return _of_rounds(rounds.for_office() if reader.has_role(Role.PANELIST) else rounds.for_table(), span, reader)


def public(span: Span) -> Dates:
    return _of_rounds(RecruitmentRound.objects.public().for_table(), span, AnonymousUser())


def _of_rounds(rounds: RecruitmentRoundQuerySet, span: Span, reader: Anyone) -> Dates:
    for each in rounds:
        page = each.page_for(reader)
        for name, day, word, detail in _days(each):
            if day in span:
                yield CalendarDate(f"rekrutmen-{each.code}-{name}", day, word, word, each.code, detail, page)


def _days(each: RecruitmentRound) -> Iterator[tuple[str, date, str, str]]:
    for name, moment, word in (
        ("opens_at", each.opens_at, "Pendaftaran pendamping dibuka"),
        ("closes_at", each.closes_at, "Pendaftaran pendamping ditutup"),
    ):
        local = timezone.localtime(moment)
        yield name, local.date(), word, f"{each.name}, pukul {clock_time(local)}."
    for name, word in DAYS.items():
        yield name, getattr(each, name), word, f"{each.name}."


DATES = (DateKind("rekrutmen", "Rekrutmen pendamping", 50, of_reader, public),)
