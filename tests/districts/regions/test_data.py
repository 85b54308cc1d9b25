"""The rows of Sintang that the product ships, checked without a database."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import districts.regions

SINTANG = Path(districts.regions.__file__).parent / "data" / "sintang.csv"

# number of desa and kelurahan of each kecamatan that carry a code (Kemendagri)
DESA_AND_KELURAHAN = {
    "61.05.01": 29,
    "61.05.02": 26,
    "61.05.03": 39,
    "61.05.04": 24,
    "61.05.05": 29,
    "61.05.06": 29,
    "61.05.07": 31,
    "61.05.08": 43,
    "61.05.09": 31,
    "61.05.14": 38,
    "61.05.15": 33,
    "61.05.19": 17,
    "61.05.20": 26,
    "61.05.21": 11,
}


@pytest.fixture(scope="module")
def rows():
    with SINTANG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_sintang_has_the_official_counts(rows):
    counts = Counter((row["level"], row["kind"], bool(row["code"])) for row in rows)

    assert counts == {
        ("kabupaten", "", True): 1,
        ("kecamatan", "", True): 14,
        ("desa", "KELURAHAN", True): 16,
        ("desa", "DESA", True): 390,
        ("desa", "DESA", False): 1,
    }


def test_sintang_counts_per_kecamatan(rows):
    counts = Counter(row["parent_code"] for row in rows if row["level"] == "desa" and row["code"])

    assert counts == DESA_AND_KELURAHAN
    assert {row["parent_code"] for row in rows if row["kind"] == "KELURAHAN"} == {"61.05.01"}


def test_sintang_codes_are_unique_and_hang_from_their_parent(rows):
    codes = [row["code"] for row in rows if row["code"]]

    assert len(codes) == len(set(codes))
    assert [row for row in rows if row["code"] and row["parent_code"] != row["code"].rpartition(".")[0]][1:] == []
    kinds = {"1": "KELURAHAN", "2": "DESA"}
    assert [r for r in rows if r["level"] == "desa" and r["code"] and kinds[r["code"][9]] != r["kind"]] == []


def test_sintang_village_without_a_code_is_bungkong_baru(rows):
    assert [(row["name"], row["parent_code"]) for row in rows if not row["code"]] == [("Bungkong Baru", "61.05.03")]


def test_sintang_pilot_villages_of_2018(rows):
    named = {row["code"]: row["name"] for row in rows}
    pilots = {
        "61.05.06.2017": "Bekuan Luyang",
        "61.05.21.2005": "Binjai Hulu",
        "61.05.19.2005": "Ensaid Panjang",
        "61.05.08.2013": "Pakak",
        "61.05.20.2014": "Solam Raya",
        "61.05.03.2018": "Temawang Muntai",
        "61.05.14.2022": "Mentajoi",
    }

    assert {code: named[code] for code in pilots} == pilots


def test_sintang_renamed_villages_keep_the_old_name_as_alias(rows):
    found = {row["code"]: (row["name"], set(row["aliases"].split(";"))) for row in rows if row["aliases"]}

    assert found == {
        "61.05.02.2005": ("Mangkurat Baru", {"Mengkurat", "Mengkurat Baru"}),
        "61.05.02.2006": ("Paribang Baru", {"Peribang", "Peribang Baru"}),
        "61.05.07.2007": ("Tauk", {"Taok"}),
        "61.05.07.2010": ("Pengkadan Sungai Rupa", {"Pangkadan", "Pangkadan Sungai Rupa"}),
        "61.05.07.2013": ("Menaong Baru", {"Manaong", "Manaong Baru"}),
        "61.05.09.2009": ("Lintang Tambuk", {"Lintak"}),
        "61.05.09.2023": ("Emponyang", {"Empoyang"}),
        "61.05.15.2023": ("Nusa Koring", {"Nusa Poring"}),
        "61.05.21.2004": ("Binjai Hilir", {"Binai"}),
        "61.05.06.2017": ("Bekuan Luyang", {"Bekuan"}),
        "61.05.08.2013": ("Pakak", {"Pangkak"}),
        "61.05.21.2005": ("Binjai Hulu", {"Binjai"}),
    }


def test_sintang_kecamatan_have_a_centre_inside_the_regency(rows):
    centres = [(float(row["lat"]), float(row["lng"])) for row in rows if row["level"] == "kecamatan"]

    assert len(set(centres)) == 14
    assert [c for c in centres if not (-1.2 < c[0] < 1.3 and 110.8 < c[1] < 113.4)] == []


def test_sintang_names_are_in_title_case(rows):
    assert [row["name"] for row in rows if not re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z]+)*", row["name"])] == []
