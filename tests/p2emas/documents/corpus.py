"""Files made for the tests: honest ones and nasty ones, small enough to be made each time."""

import io
import re
import struct
import zipfile
import zlib

from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="{kind}"/>{more}</Types>'
)
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EOCD = b"PK\x05\x06"


def picture(width=60, height=40, mode="RGB", color=None):
    return Image.new(mode, (width, height), color if color is not None else (200, 30, 30)[: len(mode)] or 0)


def image(kind="JPEG", *, size=(60, 40), mode="RGB", noise=False, **options) -> bytes:
    made = Image.effect_noise(size, 90).convert(mode) if noise else Image.new(mode, size, 120 if mode == "L" else None)
    out = io.BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


def exif(*, lat=None, lng=None, taken=None, offset=None, orientation=None) -> bytes:
    notes = Image.Exif()
    if orientation:
        notes[0x0112] = orientation
    notes[0x010F] = "Kamera Rahasia"
    details = notes.get_ifd(0x8769)
    if taken:
        details[36867] = taken
    if offset:
        details[36881] = offset
    if lat is not None:
        gps = notes.get_ifd(0x8825)
        gps[1], gps[2] = ("S" if lat[0] < 0 else "N"), tuple(abs(part) for part in lat)
        gps[3], gps[4] = ("W" if lng[0] < 0 else "E"), tuple(abs(part) for part in lng)
    return notes.tobytes()


def heic(size=(64, 48), **options) -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "green")).save(out, **options)
    return out.getvalue()


def png_header_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    honest = image("PNG")
    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 20_000_000))
    return honest[:33] + bomb + honest[33:]


def office(kind="xlsx", *, parts=None, main=None, more="", types=None, compression=zipfile.ZIP_DEFLATED) -> bytes:
    part, content = ("xl/workbook.xml", XLSX_MAIN) if kind == "xlsx" else ("word/document.xml", DOCX_MAIN)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr(
            "[Content_Types].xml", types or CONTENT_TYPES.format(part=part, kind=main or content, more=more)
        )
        archive.writestr(part, '<?xml version="1.0"?><root/>')
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return out.getvalue()


def pdf(*, inside: bytes = b"", trailer: bytes = b"", catalog: bytes = b"") -> bytes:
    """One empty page; ``inside`` are further objects, each beginning a line, of which the table tells too."""
    body = (
        b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R" + catalog + b">>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n" + inside
    )
    return with_table(body, trailer)


def with_table(body: bytes, trailer: bytes = b"") -> bytes:
    """``body`` and the table that a PDF ends with: where each object begins."""
    places = {int(found[1]): found.start() for found in re.finditer(rb"^(\d+) 0 obj", body, re.MULTILINE)}
    free = b"0000000000 65535 f \n"
    rows = [b"%010d 00000 n \n" % places[n] if n in places else free for n in range(1, max(places) + 1)]
    table = b"xref\n0 %d\n" % (len(rows) + 1) + free + b"".join(rows)
    end = b"trailer\n<</Root 1 0 R/Size %d" % (len(rows) + 1) + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + table + end


def object_stream(text: bytes) -> bytes:
    packed = zlib.compress(text)
    return (
        b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>\nstream\n" % len(packed)
        + packed
        + (b"\nendstream\nendobj\n")
    )


def locked_pdf(**passwords: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        barred = pikepdf.Permissions(print_lowres=False, print_highres=False)
        made.save(out, encryption=pikepdf.Encryption(owner="pemilik", allow=barred, **{"user": "", **passwords}))
    return out.getvalue()


def rels(kind: str, target: str = "http://jahat.example/") -> str:
    return (
        '<?xml version="1.0"?><Relationships><Relationship Id="a" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


def encrypted_office() -> bytes:
    data = bytearray(office())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def lying_sizes() -> bytes:
    """A part that claims to be small and is not."""
    data = bytearray(office(parts={"xl/big.xml": "<a>" + "x" * 5_000_000 + "</a>"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def doubled_part() -> bytes:
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", "<a/>")
    return out.getvalue()


def zipped(name="a.txt", text="halo") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def nasty() -> dict[str, tuple[str, bytes]]:
    """Label -> (file name, content): every one of them must be refused."""
    photo, whole_pdf, sheet = image(), pdf(), office()
    return {
        "empty": ("kosong.jpg", b""),
        "text": ("foto.jpg", b"bukan gambar"),
        "page as photo": ("foto.jpg", b"<html><script>alert(1)</script></html>"),
        "svg": ("gambar.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        "gif": ("gerak.gif", image("GIF", mode="L")),
        "tiff": ("pindai.tif", image("TIFF")),
        "program": ("foto.jpg", b"MZ\x90\x00" + b"\0" * 100),
        "program by name": ("foto.exe", photo),
        "photo named pdf": ("surat.pdf", photo),
        "pdf named photo": ("foto.jpg", whole_pdf),
        "png named jpg": ("foto.jpg", image("PNG")),
        "word named excel": ("data.xlsx", office("docx")),
        "photo cut short": ("foto.jpg", image(size=(300, 300), noise=True)[:-2000]),
        "photo of three bytes": ("foto.jpg", b"\xff\xd8\xff"),
        "png cut short": ("foto.png", image("PNG", size=(90, 90), noise=True)[:-300]),
        "webp cut short": ("foto.webp", image("WEBP", size=(200, 200), noise=True)[:-500]),
        "heic cut short": ("foto.heic", heic()[:-200]),
        "heic of nothing": ("foto.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        "pixel bomb": ("foto.png", png_header_of(50_000, 50_000)),
        "pixel bomb just above": ("foto.png", png_header_of(8_000, 5_001)),
        "lying header": ("foto.png", png_header_of(900, 900)),
        "text bomb": ("foto.png", png_text_bomb()),
        "photo and archive": ("foto.jpg", photo + zipped()),
        "photo and page": ("foto.jpg", image(comment=b"<script>alert(1)</script>")),
        "photo and pdf": ("foto.jpg", photo + whole_pdf),
        "png and php": ("foto.png", image("PNG") + b"<?php system($_GET[0]);"),
        "pdf and archive": ("surat.pdf", whole_pdf + zipped()),
        "pdf and page": ("surat.pdf", b"%PDF-1.5\n<html><script>alert(1)</script></html>\n" + whole_pdf),
        "pdf of five bytes": ("surat.pdf", b"%PDF-"),
        "pdf cut short": ("surat.pdf", whole_pdf[:-20]),
        "pdf with password": ("surat.pdf", locked_pdf(user="rahasia")),
        "pdf with script": ("surat.pdf", pdf(inside=b"4 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj\n")),
        "pdf with escaped script": ("surat.pdf", pdf(inside=b"4 0 obj\n<</S/J#61vaScript>>\nendobj\n")),
        "pdf with packed script": ("surat.pdf", pdf(inside=object_stream(b"1 0 <</S/Launch/F(cmd.exe)>>"))),
        "pdf with file": ("surat.pdf", pdf(inside=b"4 0 obj\n<</Names<</EmbeddedFiles 3 0 R>>>>\nendobj\n")),
        "pdf bomb": ("surat.pdf", pdf(inside=object_stream(b" " * 30_000_000))),
        "archive": ("data.xlsx", zipped()),
        "old office": ("data.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500),
        "locked office": ("data.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage"),
        "excel with password": ("data.xlsx", encrypted_office()),
        "excel with macro part": ("data.xlsx", office(parts={"xl/vbaProject.bin": "x"})),
        "excel with macro type": ("data.xlsx", office(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        "excel named xlsm": ("data.xlsm", sheet),
        "word with macro type": (
            "surat.docx",
            office("docx", more='<Override PartName="/a" ContentType="application/vnd.ms-office.vbaProject"/>'),
        ),
        "word with ole": ("surat.docx", office("docx", parts={"word/embeddings/oleObject1.bin": "x"})),
        "word that loads a template": (
            "surat.docx",
            office("docx", parts={"word/_rels/settings.xml.rels": rels("attachedTemplate")}),
        ),
        "excel that starts a program": (
            "data.xlsx",
            office(
                parts={"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}
            ),
        ),
        "excel that reads files": ("data.xlsx", office(parts={"xl/sharedStrings.xml": XXE})),
        "word that laughs": ("surat.docx", office("docx", parts={"word/styles.xml": LAUGHS})),
        "excel that reads files in utf-16": (
            "data.xlsx",
            office(parts={"xl/a.xml": XXE.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")}),
        ),
        "excel with broken xml": ("data.xlsx", office(parts={"xl/a.xml": "<a><b></a>"})),
        "excel without types": ("data.xlsx", office(types="<Types/>")),
        "excel of two kinds": (
            "data.xlsx",
            office(more=f'<Override PartName="/word/document.xml" ContentType="{DOCX_MAIN}"/>'),
        ),
        "zip bomb": ("data.xlsx", office(parts={"xl/a.bin": b"\0" * 90_000_000})),
        "many parts": ("data.xlsx", office(parts={f"xl/{n}.bin": "" for n in range(2_100)})),
        "lying sizes": ("data.xlsx", lying_sizes()),
        "doubled part": ("data.xlsx", doubled_part()),
        "excel cut short": ("data.xlsx", sheet[:-10]),
        "excel and more": ("data.xlsx", sheet + b"<script>alert(1)</script>"),
        "script before excel": ("data.xlsx", b"PK\x03\x04<?php ?>" + sheet),
        "huge directory": ("data.xlsx", sheet[:-10] + (3_000_000).to_bytes(4, "little") + sheet[-6:]),
    }


def honest() -> dict[str, tuple[str, bytes, str]]:
    """Label -> (file name, content, stored name)."""
    return {
        "jpeg": ("IMG 1.JPG", image(), "IMG 1.jpg"),
        "jpeg of a camera with two pictures": (
            "foto.jpeg",
            image("MPO", save_all=True, append_images=[picture()]),
            "foto.jpeg",
        ),
        "grey jpeg": ("abu.jpg", image(mode="L"), "abu.jpg"),
        "cmyk jpeg": ("cetak.jpg", image(mode="CMYK"), "cetak.jpg"),
        "png": ("layar.png", image("PNG"), "layar.jpg"),
        "png with alpha": ("layar.png", image("PNG", mode="RGBA"), "layar.jpg"),
        "png with palette": ("layar.png", image("PNG", mode="P", transparency=0), "layar.jpg"),
        "png of 16 bits": ("layar.png", image("PNG", mode="I;16"), "layar.jpg"),
        "webp": ("wa.webp", image("WEBP"), "wa.jpg"),
        "heic": ("IMG_2.HEIC", heic(), "IMG_2.jpg"),
        "without ending": ("foto", image(), "foto.jpg"),
        "one pixel": ("titik.png", image("PNG", size=(1, 1)), "titik.jpg"),
        "pdf": ("surat.pdf", pdf(), "surat.pdf"),
        "pdf with a stream": (
            "surat.pdf",
            pdf(
                inside=b"4 0 obj\n<</Length 9>>\nstream\n/JS /JS \nendstream\nendobj\n" + object_stream(b"1 0 <</A/B>>")
            ),
            "surat.pdf",
        ),
        "excel": ("Data TW III.xlsx", office(parts={"xl/media/a.png": image("PNG")}), "Data TW III.xlsx"),
        "excel that reads another": (
            "data.xlsx",
            office(parts={"xl/externalLinks/_rels/e.xml.rels": rels("externalLinkPath", "lain.xlsx")}),
            "data.xlsx",
        ),
        "word with a link": (
            "surat.docx",
            office("docx", parts={"word/_rels/document.xml.rels": rels("hyperlink")}),
            "surat.docx",
        ),
    }
