"""Minutes and decrees: the words and tables of both forms, safe against what people type."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from p2emas.documents.papers import (
    DecreeText,
    MinutesText,
    PaperSection,
    Signer,
    Table,
    counted,
    date_in_words,
    paper_docx,
    paper_pdf,
)
from p2emas.documents.readers.template import CELL_MARGINS, SIGN, _sizes

pytestmark = pytest.mark.django_db
ROWS = [[str(n), "Ensaid Panjang", "Kelam Permai", "0,81"] for n in range(1, 8)]
TABLE = Table(["No", "Desa", "Kecamatan", "Nilai"], ROWS, "Peringkat")
MINUTES = MinutesText(
    about="pemilihan desa & <b>lokus</b>",
    number="050/12/BAPPEDA/2017",
    day=date(2017, 7, 27),
    place="ruang rapat BAPPEDA",
    sections=[PaperSection("Peringkat", ["Tujuh desa {{ 7*7 }} dipilih."], TABLE)],
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
    annexes=[PaperSection("Daftar desa", [], TABLE)],
    is_draft=True,
)


def text_of_pdf(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def words_of_docx(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for place in (document, *cells) for p in place.paragraphs]


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
    paper = MinutesText(about="rapat", signers=[Signer("Pimpinan rapat")])

    assert any("......" in word for word in words_of_docx(paper_docx(paper)) if word.startswith("NIP"))
    assert paper_pdf(paper).startswith(b"%PDF-")


def test_shipped_templates_carry_no_macro_and_no_outside_reference():
    for paper in (MINUTES, DECREE):
        with zipfile.ZipFile(io.BytesIO(paper_docx(paper))) as archive:
            assert not [name for name in archive.namelist() if "vba" in name.lower()]
            assert b"TargetMode" not in archive.read("word/_rels/document.xml.rels")


def test_columns_are_as_wide_as_what_stands_in_them():
    document = Document(io.BytesIO(paper_docx(DECREE)))

    table = next(table for table in document.tables if table.rows[0].cells[0].text == "No")
    number, village, *_rest = (column.width for column in table.columns)
    assert number * 2 < village
    assert [cell.width for cell in table.rows[1].cells] == [column.width for column in table.columns]


def test_annexes_are_numbered_only_where_there_are_several():
    two = replace(DECREE, annexes=[PaperSection("Satu", [], TABLE), PaperSection("Dua", [], TABLE)])

    assert {"LAMPIRAN I KEPUTUSAN BUPATI SINTANG", "LAMPIRAN II KEPUTUSAN BUPATI SINTANG"} <= set(
        words_of_docx(paper_docx(two))
    )
    assert text_of_pdf(paper_pdf(two)) == 3


def test_a_decree_of_the_office_has_its_letterhead_and_the_regents_has_not():
    office = replace(DECREE, authority="Kepala BAPPEDA", signer=Signer(title="Kepala BAPPEDA"))
    kop = "BADAN PERENCANAAN PEMBANGUNAN DAERAH"

    assert kop in words_of_docx(paper_docx(office)) and kop not in words_of_docx(paper_docx(DECREE))
    assert paper_pdf(office).startswith(b"%PDF-")
    assert "PROVINSI KALIMANTAN BARAT" in words_of_docx(paper_docx(DECREE))


def test_columns_of_a_word_table_hold_their_longest_word():
    """A number column once broke "10" into two lines."""
    table = Table(["No.", "Kecamatan", "Alasan"], [["10", "Kayan Hulu", "kata " * 60], ["11", "Tempunak", "x"]])
    minutes = MinutesText(about="contoh", sections=[PaperSection("A", (), table)])

    drawn = Document(io.BytesIO(paper_docx(minutes))).tables
    found = next(each for each in drawn if each.rows[0].cells[0].text == "No.")

    widths = [cell.width for cell in found.rows[1].cells]
    needed = [CELL_MARGINS + signs * SIGN for signs in (3, 9, 6)]
    assert all(width >= least for width, least in zip(widths, needed, strict=True))
    assert widths[2] == max(widths)


def test_words_too_long_for_the_page_share_it():
    assert _sizes(1_000_000, [10, 10], [20, 20]) == [500_000, 500_000]
