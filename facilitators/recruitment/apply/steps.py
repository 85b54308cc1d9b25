"""The pages of an application in their order, what each shows of it, and which are not finished."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.apply import forms
from facilitators.recruitment.apply.missing import gaps_of
from facilitators.recruitment.rounds.vacancies import place_words
from p2emas.naming import said
from p2emas.ui import formats


@dataclass(frozen=True)
class ApplicationPart:
    """A page: its place in the address, its question as h1, its form (none for pages with a view of their own)."""

    slug: str
    title: str
    form: type[forms.ApplicationForm] | None = None


@dataclass(frozen=True)
class MissingPage:
    """A page that is not finished, as the last page lists it."""

    slug: str
    message: str
    url: str


PARTS = (
    ApplicationPart("identitas", "Siapa Anda?"),
    ApplicationPart("nama-alamat", "Nama dan alamat", forms.PersonalDetailsForm),
    ApplicationPart("pendidikan", "Pendidikan", forms.EducationForm),
    ApplicationPart("pengalaman", "Pengalaman", forms.ExperienceForm),
    ApplicationPart("desa", "Desa mana yang Anda pilih untuk didampingi?", forms.WishesForm),
    ApplicationPart("berkas", "Foto atau berkas"),
    ApplicationPart("pernyataan", "Pernyataan", forms.DeclarationForm),
    ApplicationPart("periksa", "Periksa lamaran Anda"),
)
BY_SLUG = {part.slug: part for part in PARTS}


def form_of(slug: str, application: Application, data: QueryDict | None) -> forms.ApplicationForm:
    """The form of a page that has no view of its own."""
    form = BY_SLUG[slug].form
    if form is None:
        raise LookupError(f"the page {slug!r} has no form")
    return form(data, application=application)


def address(code: str, slug: str) -> str:
    return reverse("recruitment:apply", args=[code, slug])


def around(slug: str) -> tuple[int, str, str]:
    """(number of the page, slug before, slug after); "" where there is none."""
    slugs = [part.slug for part in PARTS]
    at = slugs.index(slug)
    return at + 1, slugs[at - 1] if at else "", slugs[at + 1] if at + 1 < len(slugs) else ""


def missing_pages(application: Application) -> list[MissingPage]:
    code = application.round.code
    return [MissingPage(gap.slug, gap.sentence, address(code, gap.slug)) for gap in gaps_of(application)]


def resume_address(application: Application) -> str:
    """Where somebody who comes back continues: the first page that is not finished, else the last one."""
    gap = next(iter(gaps_of(application)), None)
    return address(application.round.code, gap.slug if gap else PARTS[-1].slug)


# --- What is written in it ------------------------------------------------------------------------------------------

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
