"""The legal check of a drafted decree: each planted fault is named, and a whole paper has none."""

from dataclasses import replace
from datetime import date

import pytest

from districts.locations.decision.legal import EFFECTIVE, Fixed, annex_name, faults_in, legal_points
from p2emas.documents.papers import DecreeText, PaperSection, Signer, Table

DAY = date(2019, 10, 21)
FUNDING = "Biaya Keputusan ini dibebankan pada Anggaran Pendapatan dan Belanja Daerah."
FIXES = "Menetapkan kompetensi inti 1 (satu) kecamatan sebagaimana tercantum dalam Lampiran I."
OPENS = "Menetapkan 1 (satu) desa sebagai lokasi sasaran sebagaimana tercantum dalam Lampiran II."
LAW = "Undang-Undang Nomor 6 Tahun 2014 tentang Desa;"
CHANGED = (
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah, terakhir "
    "dengan Undang-Undang Nomor 9 Tahun 2015;"
)
WHOLE = DecreeText(
    about="penetapan",
    authority="Bupati Sintang",
    number="050/1/2019",
    dated=DAY,
    considering=["bahwa perlu;", "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a;"],
    recalling=[LAW, CHANGED],
    dictums=[FIXES, OPENS, FUNDING, EFFECTIVE],
    signer=Signer(title="Bupati Sintang", name="Nama Bupati (contoh)"),
    annexes=[
        PaperSection("Kompetensi inti kecamatan", (), Table(["No."], [["1"]])),
        PaperSection("Lokasi sasaran", (), Table(["No."], [["1"]])),
    ],
)
FIXED = Fixed(first_day=DAY, competencies=1, locations=1)
FAULTS = {
    "number": {"number": " "},
    "dated": {"dated": None},
    "considering": {"considering": []},
    "letter": {"considering": ["bahwa perlu;", "bahwa dalam huruf a dan huruf c;"]},
    "basis": {"recalling": []},
    "citation": {"recalling": [LAW, "Peraturan tentang pedoman;"]},
    "last_change": {"recalling": [CHANGED.partition(", terakhir")[0] + ";"]},
    "dictums": {"dictums": [], "annexes": []},
    "competencies": {"dictums": [FIXES.replace("kompetensi inti", "usaha"), OPENS, FUNDING, EFFECTIVE]},
    "locations": {"dictums": [FIXES, OPENS.replace("lokasi sasaran", "desa binaan"), FUNDING, EFFECTIVE]},
    "annex_not_named": {"dictums": [FIXES, OPENS.replace(" Lampiran II", " catatan"), FUNDING, EFFECTIVE]},
    "annex_missing": {"dictums": [FIXES, OPENS.replace("Lampiran II", "Lampiran II dan III"), FUNDING, EFFECTIVE]},
    "dictum": {"dictums": [FIXES, OPENS + " Lihat diktum KEENAM.", FUNDING, EFFECTIVE]},
    "funding": {"dictums": [FIXES, OPENS, EFFECTIVE]},
    "effective": {"dictums": [FIXES, OPENS, FUNDING]},
    "other_day": {"dated": date(2019, 10, 20)},
    "signer": {"signer": Signer(title="Bupati Sintang")},
    "signer_office": {"signer": Signer(title="Bupati Sintang", name="BUPATI SINTANG")},
    "typed_number": {"recalling": ["1. " + LAW]},
}


def codes(text: DecreeText, fixed: Fixed = FIXED) -> list[str]:
    return [fault.code for fault in faults_in(legal_points(text, fixed))]


def test_whole_paper_has_no_fault():
    points = legal_points(WHOLE, FIXED)

    assert faults_in(points) == []
    assert all(point.holds.endswith(".") for point in points)


@pytest.mark.parametrize(("code", "change"), FAULTS.items(), ids=FAULTS)
def test_planted_fault_is_named(code, change):
    found = codes(replace(WHOLE, **change))

    assert found[0] == code and set(found) <= {code, "funding", "effective"}


def test_first_day_is_needed():
    assert codes(WHOLE, replace(FIXED, first_day=None)) == ["first_day"]


def test_what_ends_is_said():
    assert codes(WHOLE, replace(FIXED, endings=2)) == ["endings"]


@pytest.mark.parametrize("words", ["Lampiran", "lampiran Keputusan ini", "Lampiran I"])
def test_one_annex_is_named_with_or_without_number(words):
    text = replace(WHOLE, annexes=WHOLE.annexes[:1], dictums=[FIXES.replace("Lampiran I", words), FUNDING, EFFECTIVE])

    assert codes(text, replace(FIXED, locations=0)) == []


def test_annex_without_number_names_none_of_several():
    text = replace(WHOLE, dictums=[FIXES.replace("Lampiran I", "lampiran"), OPENS, FUNDING, EFFECTIVE])

    assert codes(text) == ["annex_not_named"]


def test_annex_that_is_not_there_is_named():
    text = replace(WHOLE, annexes=[], dictums=["Menetapkan panitia dalam Lampiran.", FUNDING, EFFECTIVE])
    sentences = [fault.sentence for fault in faults_in(legal_points(text, Fixed(first_day=DAY)))]

    assert sentences == ["Diktum menyebut lampiran, tetapi lampiran itu tidak ada."]


def test_names_of_annexes():
    assert [annex_name(0, 1), annex_name(1, 2)] == ["Lampiran", "Lampiran II"]
