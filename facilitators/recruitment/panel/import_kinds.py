"""Scores of the written test as a table: the applicant's number and the score, while the selection runs."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.db import models

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.models import TestScore
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.imports.cells import Cell, Unfit, Values, as_text, folded, text
from p2emas.imports.kinds import Column, ImportKind, PrefillForm, register
from p2emas.imports.quantities import Number
from p2emas.ui import formats
from p2emas.ui.forms import field_of


class ApplicantLookups:
    """Rounds in which the person records scores, and their applicants by number."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def rounds(self) -> dict[int, str]:
        rounds = RecruitmentRound.objects.selecting().unseated(self.user).order_by("-year", "code")
        return dict(rounds.values_list("pk", "code"))

    @cached_property
    def applications(self) -> dict[int, tuple[int, str, str]]:
        """Application -> round, number, status."""
        rows = Application.objects.sent().filter(round__in=self.rounds)
        return {pk: tuple(rest) for pk, *rest in rows.values_list("pk", "round", "number", "status")}

    @cached_property
    def by_number(self) -> dict[tuple[int, str], int]:
        return {(record, folded(number)): pk for pk, (record, number, _status) in self.applications.items()}


def find_round(cell: Cell, row: Values, lookups: ApplicantLookups) -> int:
    wanted = folded(as_text(cell))
    found = next((pk for pk, code in lookups.rounds.items() if folded(code) == wanted), None)
    if found is None:
        raise Unfit(f"Tahap seleksi “{as_text(cell)}” tidak ada, tidak sedang seleksi, atau Anda duduk di panelnya.")
    return found


def find_application(cell: Cell, row: Values, lookups: ApplicantLookups) -> int:
    if "round_id" not in row:
        raise Unfit("Nomor dicari di dalam tahap seleksinya. Perbaiki kolom tahap seleksi dahulu.")
    found = lookups.by_number.get((row["round_id"], folded(as_text(cell))))
    if found is None:
        raise Unfit(f"Tidak ada lamaran bernomor {as_text(cell)} dalam tahap seleksi itu.")
    return found


class Score(Number):
    """0 to 100; who has no score yet has an empty cell."""

    def __call__(self, cell: Cell, row: Values, lookups: ApplicantLookups) -> str:
        found = super().__call__(cell, row, lookups)
        if found is None:
            raise Unfit("Tulis angka 0 sampai 100, atau kosongkan bila nilainya belum ada.")
        return found


class RoundPrefill(PrefillForm):
    """Whose applicants are in the template."""

    seleksi = forms.ModelChoiceField(
        label="Tahap seleksi",
        queryset=RecruitmentRound.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Semua yang sedang seleksi",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = RecruitmentRound.objects.selecting().unseated(self.user)
        field_of(self, "seleksi", forms.ModelChoiceField).queryset = rounds


@register
class TestScoreKind(ImportKind):
    """Names stay out of the file: the number is enough."""

    code = "nilai-tes"
    title = "Nilai tes tertulis pendamping"
    intro = "Nilai 0 sampai 100 menurut nomor lamaran, selama seleksi berjalan. Hasilnya diterapkan di halaman tes."
    model = TestScore
    prefill_form = RoundPrefill
    columns = (
        Column(
            "Tahap seleksi", "round_id", find_round, "Kode tahap seleksi.", key=True, stored=False,
            words=lambda value, lookups: lookups.rounds.get(value, ""),
            options=lambda lookups: list(lookups.rounds.values()),
        ),
        Column(
            "Nomor lamaran", "application_id", find_application, "Seperti pada tanda terima pelamar.", key=True,
            alone=False, words=lambda value, lookups: lookups.applications.get(value, ("", "", ""))[1], width=22,
        ),
        Column(
            "Nilai", "score", Score(places=2, largest=Decimal(100)),
            "0 sampai 100, contoh 72,5. Kosong: baris dilewati.", required=False,
            default="", words=lambda value, lookups: formats.number(Decimal(value)) if value else "", width=12,
        ),
        Column(
            "Sumber", "source", text(200), "Misalnya nomor berita acara tes.", required=False, default="", width=40
        ),
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return not user.is_superuser and user.has_role(*COORDINATORS)

    def lookups(self, user: User) -> ApplicantLookups:
        return ApplicantLookups(user)

    def owned(self, user: User) -> models.QuerySet:
        """Scores whose result is not applied yet: what passed or failed on them is undone first."""
        open_ = Application.objects.in_state(Application.Status.PASSED_FILES).filter(
            round__in=ApplicantLookups(user).rounds
        )
        return TestScore.objects.filter(application__in=open_)

    def refusal(self, values: Values, lookups: ApplicantLookups) -> str:
        status = lookups.applications.get(values["application_id"], ("", "", ""))[2]
        if status == Application.Status.PASSED_FILES:
            return ""
        return "Pelamar ini tidak menunggu nilai tes: gugur, mundur, atau hasilnya sudah diterapkan."

    def skip_reason(self, values: Values, found: bool) -> str:
        if values["score"] == "":
            return "Nilai kosong; data tersimpan tidak diubah." if found else "Nilai kosong."
        return ""

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: ApplicantLookups) -> list[list[Any]]:
        rows = Application.objects.in_state(Application.Status.PASSED_FILES).filter(round__in=lookups.rounds)
        if chosen.get("seleksi"):
            rows = rows.of_round(chosen["seleksi"])
        rows = rows.select_related("test_score").order_by("round", "number", "pk")
        return [[lookups.rounds[row.round_id], row.number, *_stored(getattr(row, "test_score", None))] for row in rows]


def _stored(row: TestScore | None) -> list[Any]:
    return [row.score, row.source] if row else [None, None]
