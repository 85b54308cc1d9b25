"""Hostile and good files for every door, made each time: what a stranger may send, and what an office really has."""

import io
import random
import struct
import zipfile
import zlib

from PIL import Image

from tests.p2emas.documents import corpus, pdfs

SIDE = 6320  # 6320 x 6320 is just below 40 million points


def picture(kind: str, size: tuple[int, int], **options: object) -> bytes:
    """Soft noise, which compresses as a photo does."""
    small = Image.frombytes("RGB", (80, 60), random.Random(5).randbytes(80 * 60 * 3))
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BILINEAR).save(out, kind, **options)
    return out.getvalue()


def scans(times: int) -> bytes:
    """A progressive JPEG with ``times`` scans that say nothing: a decoder walks over all blocks for each."""
    out = io.BytesIO()
    Image.new("L", (SIDE, SIDE), 128).save(out, "JPEG", progressive=True, quality=30)
    data = out.getvalue()
    last = data.rfind(b"\xff\xda")
    length = int.from_bytes(data[last + 2 : last + 4])
    head = data[last : last + 2 + length]
    return data[:-2] + (head + b"\x00") * times + b"\xff\xd9"


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), "green").save(out, "WEBP", quality=10, method=0)
    return out.getvalue()


def png_of_16_bits() -> bytes:
    """40 million points of 16 bits in three colours: 240 MB of nothing in a few hundred KB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer, line = zlib.compressobj(1), b"\0" * (SIDE * 6 + 1)
    body = b"".join(packer.compress(line) for _row in range(SIDE)) + packer.flush()
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def heic(size: tuple[int, int], **options: object) -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    return picture("HEIF", size, enc_params={"preset": "ultrafast"}, **options)


def sheet(content: bytes) -> bytes:
    """``content`` as the one sheet of a workbook that is honest otherwise."""
    import xlsxwriter

    out, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Isian").write_string(0, 0, "Kecamatan")
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return changed.getvalue()


def worksheet(rows: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def ods() -> bytes:
    """A value in a cell that is repeated to the end of a sheet."""
    out = io.BytesIO()
    table = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value="1" '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content>{table}</office:document-content>")
    return out.getvalue()


def word(*lines: str) -> bytes:
    from docx import Document

    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def many_objects(number: int) -> bytes:
    """A PDF that takes a parser seconds."""
    inside = b"".join(b"%d 0 obj\n<</A[%d 0 R]>>\nendobj\n" % (n, n - 1) for n in range(4, number + 4))
    return corpus.pdf(inside=inside)


def hostile() -> dict[str, tuple[str, bytes]]:
    """Label -> (name, content): each must be refused."""
    half, whole = b"<a>" * 13_000_000, b"</a>" * 13_000_000
    found = {
        "10,000 scans": ("foto.jpg", scans(10_000)),
        "100,000 scans": ("foto.jpg", scans(100_000)),
        "13 million nested tags": ("data.xlsx", sheet(half + whole)),
        "60,000 unclosed rows": ("data.xlsx", sheet(worksheet(b"<!-- " + b"<row " * 60_000 + b" --><row "))),
        "archive in archive": ("data.xlsx", corpus.office(parts={"xl/embeddings/a.zip": corpus.zipped()})),
        "repeated cells": ("data.ods", ods()),
        "repeated cells as Excel": ("data.xlsx", ods()),
        "many objects": ("surat.pdf", many_objects(250_000)),
        "text": ("foto.jpg", b"bukan gambar"),
    }
    found |= {f"pdf with {label}": ("surat.pdf", content) for label, content in pdfs.hostile().items()}
    return found


def heavy() -> dict[str, tuple[str, bytes]]:
    """Label -> (name, content): as large as is allowed, or of a strange form; taken or refused, but soon."""
    return {
        "10 scans more": ("foto.jpg", scans(10)),
        "webp of 40 million points": ("foto.webp", webp()),
        "png of 16 bits": ("foto.png", png_of_16_bits()),
        "heic of 24 million points": ("foto.heic", heic((5600, 4200), quality=20)),
        "cell at the end of a sheet": (
            "data.xlsx",
            sheet(worksheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        ),
    }


def templates() -> dict[str, tuple[str, bytes]]:
    """Label -> (name, content): Word files that are refused as templates."""
    return {
        "loops": ("kop.docx", word("{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}")),
        "long text": ("kop.docx", word("{{ 'a'*200000000 }}")),
        "macro": ("kop.docx", word("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")),
        "division": ("kop.docx", word("{{ 1/0 }}")),
        "encoding": ("kop.docx", word("{{ 'x'.encode('zzz') }}")),
    }


def good() -> dict[str, tuple[str, bytes]]:
    """Label -> (name, content): each must be kept."""
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(2, 1_048_577))
    filled = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Kecamatan</t></is></c></row>' + rows
    return {
        "progressive photo of 12 MP": ("DSC_1.jpg", picture("JPEG", (4000, 3000), quality=85, progressive=True)),
        "photo of 40 MP": ("IMG_40.jpg", picture("JPEG", (7296, 5472), quality=80)),
        "photo of an iPhone": ("IMG_0001.HEIC", heic((4032, 3024), quality=40)),
        "scan of 30 pages": ("pindaian.pdf", pdfs.scan(30)),
        "signed PDF": ("bertanda-tangan.pdf", pdfs.signed()),
        "PDF that may not be printed": ("cetak.pdf", pdfs.good()["not to be printed"]),
        "Word": ("surat.docx", word("Dengan hormat,", "terlampir laporan.")),
        "Excel formatted to its last row": ("data.xlsx", sheet(worksheet(filled))),
    }
