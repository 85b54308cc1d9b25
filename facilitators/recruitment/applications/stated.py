"""Requirements that a round states in figures (age, education): who is outside one is told, and may apply all the same.

Nobody is kept out by a figure: whether a requirement is met is found by the office, from the papers.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Requirement

LEVELS = list(Application.Education.values)  # the lowest first


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def closing_day(record: RecruitmentRound) -> date:
    """The day on which ages count, as vacancies state them."""
    return timezone.localtime(record.closes_at).date()


def outside_by_age(requirements: Iterable[Requirement], born: date | None, on: date) -> list[Requirement]:
    """Requirements that somebody born on ``born`` does not meet on ``on``; none while the day is unknown."""
    if born is None:
        return []
    age = age_on(born, on)
    return [
        row
        for row in requirements
        if (row.least_age is not None and age < row.least_age) or (row.most_age is not None and age > row.most_age)
    ]


def outside_by_education(requirements: Iterable[Requirement], education: str) -> list[Requirement]:
    """Requirements that ask for more than ``education``; none while it is unknown."""
    if education not in LEVELS:
        return []
    reached = LEVELS.index(education)
    return [row for row in requirements if row.least_education and LEVELS.index(row.least_education) > reached]


def age_words(born: date, on: date) -> str:
    return f"berumur {age_on(born, on)} tahun saat pendaftaran ditutup"


def education_words(education: str) -> str:
    return f"pendidikan {dict(Application.Education.choices)[education]}"


def outside_of(application: Application) -> dict[str, list[Requirement]]:
    """Requirements that the answers do not meet, by "age" and "education"; one query."""
    requirements, on = list(application.round.requirements.all()), closing_day(application.round)
    return {
        "age": outside_by_age(requirements, application.birth_date, on),
        "education": outside_by_education(requirements, application.education),
    }


def own_words(application: Application) -> dict[int, str]:
    """Requirement -> what the applicant's own answers say against it, and whether the applicant knows."""
    outside, on = outside_of(application), closing_day(application.round)
    words: dict[int, list[str]] = {}
    if application.birth_date is not None:  # without one no age is outside
        for row in outside["age"]:
            words.setdefault(row.pk, []).append(age_words(application.birth_date, on))
    for row in outside["education"]:
        words.setdefault(row.pk, []).append(education_words(application.education))
    told = application.knows_age or application.knows_education
    end = "Pelamar diberi tahu dan tetap melamar." if told else ""
    return {pk: f"Menurut isian: {', '.join(said)}. {end}".strip() for pk, said in words.items()}


# --- The question on the applicant's page -----------------------------------------------------------------------------


def knowing_field() -> forms.BooleanField:
    """In the form from the start; it is taken out where there is nothing to know."""
    return forms.BooleanField(label="Saya tahu, dan tetap melamar.", required=False)


def ask_knowing(form: Any, outside: list[Requirement], words: str) -> None:
    """Ask for the tick where an answer is outside a requirement; call it when the answer has been cleaned."""
    if not outside:
        form.fields.pop("knowing", None)
        form.cleaned_data["knowing"] = False
        return
    texts = "; ".join(f"“{row.text}”" for row in outside)
    sentence = (
        f"Syarat lowongan ini: {texts}. Menurut isian Anda: {words}. Lamaran yang tidak memenuhi syarat tidak lolos "
        "pemeriksaan berkas."
    )
    form.fields["knowing"].help_text = sentence
    if not form.cleaned_data.get("knowing"):
        form.add_error("knowing", f"{sentence} Perbaiki isian di atas bila keliru, atau centang untuk tetap melamar.")
