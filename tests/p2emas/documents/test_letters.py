"""Letters: one a page, user text only as text, unknown parts as lines to write on."""

from dataclasses import replace
from datetime import date

import pytest

from p2emas.documents.letters import Letter, letters_pdf
from tests.p2emas.documents.pdf_text import text_of

pytestmark = pytest.mark.django_db


def letter(name: str, **rest) -> Letter:
    return Letter(subject="Undangan", to=[name], opening=["Dengan hormat."], facts=[("Tempat", "Aula")], **rest)


def test_letters_stand_in_one_file_with_the_letterhead():
    content = letters_pdf([letter("Pelamar satu"), letter("Pelamar dua")], title="Undangan")

    text = text_of(content)
    for word in ("BADAN PERENCANAAN", "Pelamar satu", "Pelamar dua", "Aula"):
        assert word in text
    assert text.count("Kepada Yth.") == 2


def test_text_of_people_never_becomes_markup():
    text = text_of(letters_pdf([letter('#panic("x") *tebal* $a$')], title="Undangan"))
    assert '#panic("x") *tebal* $a$' in text


def test_number_and_day_are_written_when_known_and_samples_marked():
    known = letter("Pelamar", number="800/1/BAPPEDA", dated=date(2019, 11, 1))
    text = text_of(letters_pdf([known], title="Undangan", is_sample=True))
    assert "800/1/BAPPEDA" in text
    assert "1 November 2019" in text
    assert "DATA CONTOH" in text


def test_text_for_whatsapp_says_the_same_without_the_lines_to_write_on():
    known = letter("Kepala Distanbun", number="800/1", closing=["Terima kasih."])
    words = replace(known, to=["Kepala Distanbun", "di tempat"], facts=[("Agenda", "1. Benih"), ("", "2. Jalan")])

    assert words.text() == (
        "Undangan\n\nYth. Kepala Distanbun\n\nDengan hormat.\n\nAgenda: 1. Benih\n2. Jalan\n\nTerima kasih."
    )
    assert words.text(is_sample=True).startswith("DATA CONTOH")
