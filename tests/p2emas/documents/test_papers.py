"""Minutes and decrees: the words and tables of both forms, safe against what people type."""

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document

from p2emas.documents.papers import (
    DecreeText,
    Minutes,
    Section,
    Signer,
    Table,
    counted,
    date_in_words,
    paper_docx,
    paper_pdf,
)

ROWS = [[str(n), "Ensaid Panjang", "Kelam Permai", "0,81"] for n in range(1, 8)]
TABLE = Table(["No", "Desa", "Kecamatan", "Nilai"], ROWS, "Peringkat")
MINUTES = Minutes(
    about="pemilihan desa & <b>lokus</b>",
    number="050/12/BAPPEDA/2017",
    day=date(2017, 7, 27),
    place="ruang rapat BAPPEDA",
    sections=[Section("Peringkat", ["Tujuh desa {{ 7*7 }} dipilih."], TABLE)],
    signers=[Signer("Pimpinan rapat", "Kepala BAPPEDA"), Signer("Notulis", "Koordinator", "Nama", "Penata", "1987")],
    is_sample=True,
)
DECREE = DecreeText(
    about="lokasi sasaran",
    authority="Bupati Sintang",
    place="Sintang",
    considering=["bahwa pertama;", "bahwa kedua;"],
    recalling=["Undang-Undang Nomor 23 Tahun 2014;"],
    dictums=["Menetapkan 7 (tujuh) desa.", "Berlaku sejak ditetapkan."],
    signer=Signer(title="Bupati Sintang"),
    annexes=[Section("Daftar desa", [], TABLE)],
    is_draft=True,
)


def text_of_pdf(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def words_of_docx(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]


def test_date_of_minutes_is_spelled_out():
    assert date_in_words(date(2017, 7, 27)) == (
        "Kamis tanggal dua puluh tujuh bulan Juli tahun dua ribu tujuh belas (27-07-2017)"
    )
    assert counted(7) == "7 (tujuh)"


def test_minutes_as_word_hold_every_part_and_row():
    words = words_of_docx(paper_docx(MINUTES))

    assert {"NOMOR: 050/12/BAPPEDA/2017", "BERITA ACARA", "Peringkat", "Pimpinan rapat", "NIP 1987"} <= set(words)
    assert words.count("Ensaid Panjang") == 7 and {"No", "Desa", "Kecamatan", "Nilai"} <= set(words)
    assert "Pada hari ini, Kamis tanggal dua puluh tujuh" in " ".join(words)


def test_what_people_type_stays_text_in_word():
    """ "&" is not swallowed, markup is not markup, and a template expression is not evaluated."""
    words = " ".join(words_of_docx(paper_docx(MINUTES)))

    assert "pemilihan desa & <b>lokus</b>" in words and "{{ 7*7 }}" in words and "49" not in words


def test_decree_as_word_has_its_formal_parts():
    words = words_of_docx(paper_docx(DECREE))

    expected = {"Menimbang", "Mengingat", "MEMUTUSKAN:", "KESATU", "KEDUA", "a.", "b.", "1.", "bahwa kedua;"}
    assert expected <= set(words)
    assert "LAMPIRAN KEPUTUSAN BUPATI SINTANG" in words and words.count("Ensaid Panjang") == 7
    assert "BUPATI SINTANG" in words


@pytest.mark.parametrize(("paper", "pages"), [(MINUTES, 1), (DECREE, 2)], ids=["minutes", "decree"])
def test_pdf_is_f4_and_titled(paper, pages):
    content = paper_pdf(paper)

    assert content.startswith(b"%PDF-") and text_of_pdf(content) == pages
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", content)
    assert [round(float(side) / 72 * 25.4) for side in box.groups()] == [215, 330]


def test_unknown_names_and_numbers_are_lines_to_write_on():
    paper = Minutes(about="rapat", signers=[Signer("Pimpinan rapat")])

    assert any("......" in word for word in words_of_docx(paper_docx(paper)) if word.startswith("NIP"))
    assert paper_pdf(paper).startswith(b"%PDF-")


def test_shipped_templates_carry_no_macro_and_no_outside_reference():
    for paper in (MINUTES, DECREE):
        with zipfile.ZipFile(io.BytesIO(paper_docx(paper))) as archive:
            assert not [name for name in archive.namelist() if "vba" in name.lower()]
            assert b"TargetMode" not in archive.read("word/_rels/document.xml.rels")
