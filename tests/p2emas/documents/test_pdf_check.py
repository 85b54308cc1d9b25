"""PDF files: what runs, sends, loads or carries something is found wherever it is; nothing is rewritten."""

import pytest

from p2emas.documents.files import receive_file
from p2emas.documents.kinds import FileRefused
from p2emas.documents.pdf_check import check_pdf

from . import pdfs
from .test_files import upload

HOSTILE, GOOD = pdfs.hostile(), pdfs.good()
REASONS = {
    "script": "skrip",
    "script by name": "skrip",
    "script behind comments": "skrip",
    "script in hexadecimal": "skrip",
    "script beside the table": "skrip",
    "script that may not be printed": "skrip",
    "program deep inside": "menjalankan program",
    "program named elsewhere": "menjalankan program",
    "form that is sent": "mengirim isian",
    "form that loads": "mengambil data",
    "form of XML": "formulir XFA",
    "media": "media",
    "file inside": "berkas lain",
    "file in a note": "berkas lain",
    "password": "berkata sandi",
}


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_pdf_is_refused_for_its_reason(label):
    with pytest.raises(FileRefused) as refused:
        check_pdf(HOSTILE[label])

    assert REASONS[label] in refused.value.messages[0]


@pytest.mark.parametrize("label", GOOD)
def test_good_pdf_is_kept_bit_for_bit(label):
    received = receive_file(upload("surat.pdf", GOOD[label]))

    assert received.content == GOOD[label]
