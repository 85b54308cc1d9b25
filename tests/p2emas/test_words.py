"""Words that officials would misread are nowhere on a screen, in a paper, in a mail or in a table to download."""

import ast
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.markup import squeezed
from tests.source_tree import parsed

ROOT = Path(__file__).resolve().parents[2]
HOUSES = ("p2emas", "districts", "facilitators", "programs")
# pattern -> what is said instead
REFUSED = {
    r"pendamping\s+desa\b": "pendamping masyarakat",
    r"\bundian\b|\bbenih (undian|acak)\b|\bbobot acak\b|\bdiacak\b": "simulasi, angka awal simulasi",
    r"\b(di)?janjikan|penjanji|\bberjanji\b": "direncanakan",
    r"\b(desa|lokasi) (lokus|percontohan)\b|\bdesa sasaran\b|\blokus\b": "lokasi sasaran",
    r"hidup warga membaik": "ukuran kesejahteraan membaik",
    r"\buangnya\b": "anggaran",
    r"\bkursi(nya)?\b": "anggota panel, penilai",
    r"\bputaran(nya)?\b": "tahap seleksi, penjaringan",
    r"\bbuku: |^buku$": "kelompok ukuran",
    r"naskah dari catatan": "naskah keputusan",
    r"naikkan cadangan": "tetapkan cadangan",
    r"\blepas(kan)? (\w+ )?surat|surat\w* (\w+ )?dilepas|(menunggu|siap|setelah|sampai) (Anda )?(di)?lepas": "kirim surat",
    r"wajib berfoto": "perlu foto",
    r"(rencana|renja) induk|(?-i:^Induk$)": "DPA",
}
ANY = re.compile("|".join(REFUSED), re.IGNORECASE)
ATTRIBUTES = re.compile(
    r"\b(?:title|alt|label|aria-label|aria-description|placeholder|content|value|data-label)=\"([^\"]*)\""
)
TAGS = re.compile(r"<[^>]*>", re.DOTALL)
BLOCKS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
QUOTED = re.compile(r"\"([^\"]*)\"")


def of_template(text: str) -> Iterator[str]:
    """What a reader may see: text, attributes that are read out, and words that tags and filters are given."""
    for block in BLOCKS.findall(text):
        if not block.startswith("{#"):
            yield from (words for words in QUOTED.findall(block) if " " in words or words[:1].isupper())
    bare = BLOCKS.sub(" ", text)
    yield from ATTRIBUTES.findall(bare)
    yield TAGS.sub(" ", bare)


def of_python(tree: ast.Module) -> Iterator[str]:
    """Strings that are neither docstrings nor names, keys and addresses in code."""
    nodes = list(ast.walk(tree))
    comments = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
            yield node.value


def of_paper(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as book:
        yield TAGS.sub("", book.read("word/document.xml").decode())


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            yield from ((str(path.relative_to(ROOT)), words) for words in of_template(path.read_text()))
    for house in HOUSES:
        for path in sorted((ROOT / house).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix == ".py" and "migrations" not in path.parts and name != "p2emas/serving/renamed.py":
                yield from ((name, words) for words in of_python(parsed(path)))
            elif path.suffix == ".typ":
                yield name, path.read_text()
            elif path.suffix == ".docx":
                yield from ((name, words) for words in of_paper(path))


NAMES = {"lokus", "putaran"}  # of parameters in an address


def refused(words: str) -> list[str]:
    if words in NAMES or words.startswith("/"):
        return []
    words = squeezed(words)
    if not ANY.search(words):
        return []
    return [instead for pattern, instead in REFUSED.items() if re.search(pattern, words, re.IGNORECASE)]


def test_no_sentence_uses_a_refused_word():
    found = {(name, instead, words.strip()[:80]) for name, words in sentences() for instead in refused(words)}

    assert found == set()


@pytest.mark.parametrize(
    "words",
    [
        "Dicari: pendamping desa", "Pendamping Desa 2020", "Benih undian", "pada 70% bobot acak", "SKPD penjanji",
        "dijanjikan, belum mulai", "12 desa lokus", "Lokus", "Alasan di luar lokus", "Desa percontohan 2018",
        "Hidup warga membaik", "Ke mana uangnya", "Tanpa kursi", "Putaran tersimpan.", "buku", "Naskah dari catatan ini",
        "Naikkan cadangan", "Lepas 2 surat", "Surat belum dilepas", "Menunggu dilepas", "Rencana induk 2019", "Induk",
        "Kegiatan fisik wajib berfoto.", "12 desa\n  sasaran",
    ],
)  # fmt: skip
def test_each_old_word_is_found(words):
    assert refused(words)


@pytest.mark.parametrize("words", ["janji kepada kelompok", "Dari buku agenda.", "Kabupaten induk.", "benih ikan"])
def test_words_of_another_sense_pass(words):
    assert not refused(words)
