"""What the public sees of rounds: which are open, coming or past, and what one asks for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Place, Requirement
from p2emas.ui import formats

FILLING_MINUTES = 15  # what filling in takes with the papers at hand


class Phase(models.TextChoices):
    COMING = "COMING", "Belum dibuka"
    OPEN = "OPEN", "Dibuka"
    CLOSED = "CLOSED", "Ditutup"
    ANNOUNCED = "ANNOUNCED", "Diumumkan"


def phase_of(record: RecruitmentRound, at: datetime) -> Phase:
    """What applicants can do in a published round at the moment ``at``."""
    if record.status == RecruitmentRound.Status.ANNOUNCED:
        return Phase.ANNOUNCED
    if record.is_accepting(at):
        return Phase.OPEN
    return Phase.COMING if at < record.opens_at else Phase.CLOSED


def vacancies(at: datetime) -> dict[str, list[RecruitmentRound]]:
    """Published rounds under "open", "coming" and "past", the nearest date first (of the past the latest)."""
    found: dict[str, list[RecruitmentRound]] = {"open": [], "coming": [], "past": []}
    for record in RecruitmentRound.objects.public().for_table().annotate(wanted=models.Sum("places__number")):
        record.phase = phase_of(record, at)
        key = {Phase.OPEN: "open", Phase.COMING: "coming"}.get(record.phase, "past")
        found[key].append(record)
    found["open"].sort(key=lambda record: record.closes_at)
    found["coming"].sort(key=lambda record: record.opens_at)
    return found


def schedule(record: RecruitmentRound) -> list[tuple[str, str]]:
    """The dates that are fixed, in their order: (what, when)."""
    dates: list[tuple[Any, date | None]] = [
        ("Tes tertulis", record.test_on),
        ("Wawancara mulai", record.interviews_on),
        ("Pengumuman", record.announced_on),
        ("Pembekalan mulai", record.training_on),
    ]
    known = [(label, formats.weekday_date(day)) for label, day in dates if day]
    return [
        ("Pendaftaran dibuka", formats.moment(record.opens_at)),
        ("Pendaftaran ditutup", formats.moment(record.closes_at)),
        *known,
    ]


def places_of(record: RecruitmentRound) -> list[Place]:
    """Its places with village, kecamatan and what is grown or made there."""
    return list(
        record.places.select_related(
            "target_location__village__district", "target_location__core_competency__commodity"
        )
    )


@dataclass(frozen=True)
class VacancyPage:
    """Context of ``recruitment/vacancy.html``: everything that somebody wants to know before starting."""

    round: RecruitmentRound
    phase: Phase
    places: list[Place]
    wanted: int
    requirements: list[Requirement]
    documents: list[DocumentKind]
    schedule: list[tuple[str, str]]
    minutes: int = FILLING_MINUTES

    @classmethod
    def of(cls, record: RecruitmentRound, at: datetime) -> "VacancyPage":
        places = places_of(record)
        return cls(
            round=record,
            phase=phase_of(record, at),
            places=places,
            wanted=sum(place.number for place in places),
            requirements=list(record.requirements.all()),
            documents=list(record.documents.all()),
            schedule=schedule(record),
        )


def place_words(place: Any) -> str:
    """ "Mentajoi, Serawai (kerajinan rotan)"."""
    location = place.target_location
    return f"{location.village.name}, {location.village.district.name} ({location.core_competency.commodity.name})"
