"""The pages of an application in their order, what each shows of it, and what is still missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.applications.stated import outside_of
from facilitators.recruitment.apply import forms
from facilitators.recruitment.rounds.vacancies import place_words
from p2emas.naming import said
from p2emas.ui import formats


@dataclass(frozen=True)
class Part:
    """A page: its place in the address, its question as h1, its form (none for pages with a view of their own)."""

    slug: str
    title: Any
    form: type[forms.StepForm] | None = None


PARTS = (
    Part("identitas", "Siapa Anda?"),
    Part("nama-alamat", "Nama dan alamat", forms.PersonForm),
    Part("pendidikan", "Pendidikan", forms.EducationForm),
    Part("pengalaman", "Pengalaman", forms.ExperienceForm),
    Part("desa", "Desa mana yang Anda pilih untuk didampingi?", forms.WishesForm),
    Part("berkas", "Foto atau berkas"),
    Part("pernyataan", "Pernyataan", forms.DeclarationForm),
    Part("periksa", "Periksa lamaran Anda"),
)
BY_SLUG = {part.slug: part for part in PARTS}


def address(code: str, slug: str) -> str:
    return reverse("recruitment:apply", args=[code, slug])


def around(slug: str) -> tuple[int, str, str]:
    """(number of the page, slug before, slug after); "" where there is none."""
    slugs = [part.slug for part in PARTS]
    at = slugs.index(slug)
    return at + 1, slugs[at - 1] if at else "", slugs[at + 1] if at + 1 < len(slugs) else ""


# --- What is missing ------------------------------------------------------------------------------------------------

Missing = dict[str, str]  # slug -> the sentence that says what to do


def missing_parts(application: Application) -> list[Missing]:
    """What has to be filled in before sending, in the order of the pages: slug, sentence and address."""
    outside = outside_of(application)
    asked: list[tuple[str, bool, Any]] = [
        (
            "identitas",
            bool(application.nik_fingerprint and application.phone and application.birth_date),
            "Isi NIK, tanggal lahir, dan nomor HP",
        ),
        ("identitas", bool(application.consented_at and application.consent_version), "Beri persetujuan"),
        ("nama-alamat", bool(application.name and application.address), "Isi nama dan alamat"),
        ("identitas", application.knows_age or not outside["age"], "Baca syarat umur, lalu putuskan tetap melamar"),
        (
            "pendidikan",
            bool(application.education and application.school and application.graduated),
            "Isi pendidikan",
        ),
        (
            "pendidikan",
            application.knows_education or not outside["education"],
            "Baca syarat pendidikan, lalu putuskan tetap melamar",
        ),
        ("pengalaman", bool(application.experience and application.motivation), "Isi pengalaman"),
        ("desa", application.anywhere or application.wishes.exists(), "Pilih desa"),
    ]
    asked += [("berkas", False, f"Unggah {document.name}") for document in missing_papers(application)]
    asked.append(("pernyataan", application.declared_at is not None, "Centang pernyataan"))
    code = application.round.code
    return [
        {"slug": slug, "message": str(message), "url": address(code, slug)} for slug, done, message in asked if not done
    ]


def resume_address(application: Application) -> str:
    """Where somebody who comes back goes on: the first page that is not finished, else the last one."""
    missing = missing_parts(application)
    return missing[0]["url"] if missing else address(application.round.code, PARTS[-1].slug)


def missing_papers(application: Application) -> list[Any]:
    """Papers that must be there and are not."""
    there = set(application.files.values_list("document", flat=True))
    return [each for each in application.round.documents.all() if each.required and each.pk not in there]


# --- What stands in it ----------------------------------------------------------------------------------------------

Facts = list[dict[str, object]]


def _person(application: Application) -> Facts:
    home = application.home_village
    where = f"{home.name}, Kec. {home.district.name}" if home else said("Di luar {regency}")
    return [
        {"label": "Nama lengkap", "value": application.name},
        {"label": "Desa tempat tinggal", "value": where if application.address else ""},
        {"label": "Alamat", "value": application.address},
        {"label": "Surel", "value": application.email},
    ]


def _identity(application: Application) -> Facts:
    born = application.birth_date
    return [
        {"label": "NIK", "value": application.masked_nik},
        {"label": "Tanggal lahir", "value": formats.long_date(born) if born else ""},
        {"label": "Nomor HP", "value": shown_phone(application.phone)},
    ]


def _education(application: Application) -> Facts:
    return [
        {"label": "Pendidikan terakhir", "value": application.get_education_display()},
        {"label": "Sekolah atau perguruan tinggi", "value": application.school},
        {"label": "Jurusan", "value": application.major},
        {"label": "Tahun lulus", "value": application.graduated and str(application.graduated)},
    ]


def _experience(application: Application) -> Facts:
    return [
        {"label": "Pengalaman", "value": application.experience},
        {"label": "Alasan melamar", "value": application.motivation},
        {"label": "Bahasa daerah", "value": application.languages},
        {"label": "Komoditas yang dikuasai", "value": ", ".join(map(str, application.skills.all()))},
    ]


def wished_places(application: Application) -> list[str]:
    wishes = application.wishes.order_by("rank").select_related(
        "place__target_location__village__district", "place__target_location__core_competency__commodity"
    )
    return [place_words(wish.place) for wish in wishes]


def _wishes(application: Application) -> Facts:
    lines = [f"{number}. {words}" for number, words in enumerate(wished_places(application), start=1)]
    return [
        {"label": "Desa pilihan", "value": "\n".join(lines)},
        {"label": "Bersedia di mana saja", "value": "Ya" if application.anywhere else "Tidak"},
    ]


def _papers(application: Application) -> Facts:
    names: dict[int, list[str]] = {}
    for paper in application.files.all():
        names.setdefault(paper.document_id, []).append(f"{paper.original_name} ({formats.file_size(paper.size)})")
    return [
        {"label": document.name, "value": "\n".join(names.get(document.pk, []))}
        for document in application.round.documents.all()
    ]


def _declaration(application: Application) -> Facts:
    return [{"label": "Isi benar", "value": "Dinyatakan" if application.declared_at else ""}]


_SHOWN: dict[str, Callable[[Application], Facts]] = {
    "identitas": _identity,
    "nama-alamat": _person,
    "pendidikan": _education,
    "pengalaman": _experience,
    "desa": _wishes,
    "berkas": _papers,
    "pernyataan": _declaration,
}
_HEADS = {"identitas": "Identitas", "desa": "Desa pilihan", "berkas": "Berkas"}


def content(application: Application, *, edit: bool) -> list[dict[str, object]]:
    """Everything of the application by page, with the link to change it (``edit``)."""
    return [
        {
            "title": _HEADS.get(part.slug, part.title),
            "url": address(application.round.code, part.slug) if edit else "",
            "facts": _SHOWN[part.slug](application),
        }
        for part in PARTS
        if part.slug in _SHOWN
    ]
