"""Twelve faults planted in drafts: each is named on the page of the check, and keeps the draft from taking effect."""

from datetime import date

import pytest
from django.urls import reverse

from districts.locations.decision.legal import EFFECTIVE, funding_clause
from districts.locations.decrees.services import enact_decree
from p2emas.documents.models import Decree
from p2emas.workflow.models import StepNotAllowed
from tests.decree_texts import ready
from tests.factories import CompetencyDeterminationFactory, DecreeFactory, DecreeItemFactory, VillageFactory
from tests.markup import squeezed

pytestmark = pytest.mark.django_db
DAY = date(2019, 10, 7)


@pytest.fixture
def draft():
    """A competency and a village in it: two annexes, and nothing wrong."""
    decree = DecreeFactory(draft=True, number="050/9/2019", dated=DAY, valid_from=DAY)
    village = VillageFactory()
    record = CompetencyDeterminationFactory(district=village.district, status="DECIDED", decree=None)
    DecreeItemFactory(decree=decree, village=None, determination=record)
    DecreeItemFactory(decree=decree, village=village)
    return ready(decree)


def swap(field, old, new=""):
    def plant(decree):
        text = getattr(decree, field)
        assert old in text
        setattr(decree, field, text.replace(old, new))

    return plant


def put(field, value):
    return lambda decree: setattr(decree, field, value)


def no_funds(decree):
    swap("dictums", funding_clause())(decree)


PLANTED = {
    "no number": (put("number", ""), "Nomor belum diisi dari buku agenda."),
    "no consideration": (put("considering", ""), "Menimbang belum diisi"),
    "letter that is not there": (swap("considering", "dalam huruf a", "dalam huruf e"), "merujuk huruf e, yang tidak"),
    "no legal basis": (put("recalling", ""), "Mengingat belum diisi"),
    "law without its last change": (
        put("recalling", "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah;"),
        "Dasar hukum 1 sudah diubah, tetapi perubahan terakhirnya tidak disebut.",
    ),
    "law without number": (put("recalling", "Peraturan Daerah tentang RPJMD;"), "tidak menyebut nomor dan tahunnya"),
    "competencies that no dictum fixes": (
        swap("dictums", "Menetapkan kompetensi inti", "Mencatat usaha"),
        "Tidak ada diktum yang menetapkan kompetensi inti, padahal butirnya 1.",
    ),
    "annex that no dictum names": (
        swap("dictums", "dalam Lampiran II", "di bawah"),
        "Diktum tidak menyebut Lampiran II",
    ),
    "annex that is not there": (swap("dictums", "Lampiran II", "Lampiran II dan III"), "Diktum menyebut Lampiran III"),
    "no funds": (no_funds, "Sumber pembiayaan belum tertulis."),
    "no first day": (swap("dictums", EFFECTIVE), "Hari mulai berlaku belum tertulis."),
    "office instead of a person": (put("signer_name", "BUPATI"), "Nama penanda tangan berisi jabatan."),
}


def test_twelve_are_planted_and_the_draft_has_none(draft, client_as):
    page = squeezed(client_as("coordinator").get(reverse("profiles:decree-check", args=[draft.pk])).text)

    assert len(PLANTED) == 12 and "Naskah lolos pemeriksaan" in page


@pytest.mark.parametrize(("plant", "sentence"), PLANTED.values(), ids=PLANTED)
def test_planted_fault_is_named_and_stops_the_draft(draft, client_as, user_as, plant, sentence):
    plant(draft)
    draft.save()

    page = squeezed(client_as("coordinator").get(reverse("profiles:decree-check", args=[draft.pk])).text)

    assert sentence in page and "1 hal pada naskah harus dibereskan dahulu" in page
    with pytest.raises(StepNotAllowed):
        enact_decree(decree=draft, seen="DRAFT", actor=user_as("coordinator_head"))
    assert Decree.objects.get(pk=draft.pk).status == "DRAFT"
