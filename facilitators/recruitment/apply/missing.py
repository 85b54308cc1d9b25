"""What an application still needs before it is sent: answers, papers, and the declaration."""

from collections.abc import Iterator
from dataclasses import dataclass

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.stated import outside_of
from facilitators.recruitment.rounds.requirements import DocumentKind


@dataclass(frozen=True)
class ApplicationGap:
    """``slug`` names the part of the application, ``sentence`` says what to do."""

    slug: str
    sentence: str


def gaps_of(application: Application) -> list[ApplicationGap]:
    """In the order in which they are listed; none: it can be sent."""
    found = [
        *_person_gaps(application),
        *_answer_gaps(application),
        *(ApplicationGap("berkas", f"Unggah {document.name}") for document in missing_papers(application)),
    ]
    if application.declared_at is None:
        found.append(ApplicationGap("pernyataan", "Centang pernyataan"))
    return found


def missing_papers(application: Application) -> list[DocumentKind]:
    """Papers that must be there and are not."""
    there = set(application.files.values_list("document", flat=True))
    return [each for each in application.round.documents.all() if each.required and each.pk not in there]


def _person_gaps(application: Application) -> Iterator[ApplicationGap]:
    if not _has(application, "nik_fingerprint", "phone", "birth_date"):
        yield ApplicationGap("identitas", "Isi NIK, tanggal lahir, dan nomor HP")
    if not _has(application, "consented_at", "consent_version"):
        yield ApplicationGap("identitas", "Beri persetujuan")
    if not _has(application, "name", "address"):
        yield ApplicationGap("nama-alamat", "Isi nama dan alamat")


def _answer_gaps(application: Application) -> Iterator[ApplicationGap]:
    outside = outside_of(application)
    if outside["age"] and not application.knows_age:
        yield ApplicationGap("identitas", "Baca syarat umur, lalu putuskan tetap melamar")
    if not _has(application, "education", "school", "graduated"):
        yield ApplicationGap("pendidikan", "Isi pendidikan")
    if outside["education"] and not application.knows_education:
        yield ApplicationGap("pendidikan", "Baca syarat pendidikan, lalu putuskan tetap melamar")
    if not _has(application, "experience", "motivation"):
        yield ApplicationGap("pengalaman", "Isi pengalaman")
    if not (application.anywhere or application.wishes.exists()):
        yield ApplicationGap("desa", "Pilih desa")


def _has(application: Application, *names: str) -> bool:
    return all(getattr(application, name) for name in names)
