"""Write the Word templates that ship with the product: p2emas/documents/docx/{minutes,decree}.docx.

Run after a change of layout: .venv/bin/python scripts/docx_templates.py. An office that wants another layout uploads
its own in the back office (docs/documents.md); the words between braces are what papers.py fills in.
"""

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "p2emas" / "documents" / "docx"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def new_document() -> Document:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(215), Mm(330)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(20), Mm(20), Mm(22)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    style.element.rPr.append(language)
    return document


def line(document, text: str, *, size: float = 12, bold: bool = False, align=None, after: float = 4, underline=False):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size, run.underline = bold, Pt(size), underline
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def rule(paragraph) -> None:
    """A double line under the letterhead."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def letterhead(document) -> None:
    line(document, "{{ government }}", size=13, align=CENTRE, after=0)
    line(document, "{{ office }}", size=15, bold=True, align=CENTRE, after=0)
    rule(line(document, "{{ address }}", size=9.5, align=CENTRE, after=10))


def footer(document, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(text).font.size = Pt(8.5)
    paragraph.add_run("\tHalaman ").font.size = Pt(8.5)
    for kind, code in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(8.5)
        part = OxmlElement("w:instrText" if code else "w:fldChar")
        if code:
            part.text = code
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def flexible_table(document, header: str, rows: str) -> None:
    """A table whose columns and rows follow the data."""
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    texts = [
        (f"{{%tc for cell in {header} %}}", "{{ cell }}", "{%tc endfor %}"),
        (f"{{%tr for row in {rows} %}}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    ]
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        for cell, text in zip(row.cells, cells, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9.5), number == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)


def sections(document) -> None:
    line(document, "{%p for section in sections %}")
    line(document, "{%p if section.title %}")
    line(document, "{{ section.title }}", bold=True)
    line(document, "{%p endif %}")
    line(document, "{%p for paragraph in section.paragraphs %}")
    line(document, "{{ paragraph }}", align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    line(document, "{%p endfor %}")
    line(document, "{%p if section.header %}")
    line(document, "{{ section.caption }}", size=9.5)
    flexible_table(document, "section.header", "section.rows")
    line(document, "{%p endif %}")
    line(document, "{%p endfor %}")


def minutes() -> Document:
    document = new_document()
    letterhead(document)
    line(document, "{{ title|upper }}", size=13, bold=True, align=CENTRE, after=0, underline=True)
    line(document, "NOMOR: {{ number }}", align=CENTRE)
    line(document, "TENTANG", bold=True, align=CENTRE, after=0)
    line(document, "{{ about|upper }}", bold=True, align=CENTRE, after=10)
    line(document, "{{ opening }}", align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    sections(document)
    line(document, "Demikian berita acara ini dibuat untuk digunakan sebagaimana mestinya.", after=14)
    line(document, "{%p for signer in signers %}")
    line(document, "{{ signer.heading }}", after=0)
    line(document, "{{ signer.title }}", after=46)
    line(document, "{{ signer.name or '................................' }}", bold=True, after=0)
    line(document, "{{ signer.rank }}", after=0)
    line(document, "NIP {{ signer.nip or '................................' }}", after=14)
    line(document, "{%p endfor %}")
    footer(document, "{{ sample }}")
    return document


def looped_rows(document, loop: str, cells: tuple[str, ...], widths: tuple[int, ...]) -> None:
    """A table without lines, one row for each turn of ``loop``; widths in millimetres."""
    table = document.add_table(rows=3, cols=len(cells))
    table.autofit = False
    empty = ("",) * (len(cells) - 1)
    for row, texts in zip(table.rows, ((loop, *empty), cells, ("{%tr endfor %}", *empty)), strict=True):
        for cell, text, column, width in zip(row.cells, texts, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
            cell.paragraphs[0].add_run(text)


def points(document, word: str, name: str) -> None:
    first = (f"{{{{ '{word}' if loop.first else '' }}}}", "{{ ':' if loop.first else '' }}")
    cells = (*first, "{{ point.label }}", "{{ point.text }}")
    looped_rows(document, f"{{%tr for point in {name} %}}", cells, (30, 5, 8, 127))


def signature(document) -> None:
    for text, bold, after in (
        ("Ditetapkan di {{ place }}", False, 0),
        ("pada tanggal {{ dated }}", False, 4),
        ("{{ signer.title|upper }}", False, 46),
        ("{{ signer.name or '................................' }}", True, 0),
        ("{{ signer.rank }}", False, 0),
        ("{{ 'NIP ' ~ signer.nip if signer.nip else '' }}", False, 8),
    ):
        line(document, text, bold=bold, after=after).paragraph_format.left_indent = Mm(90)


def decree() -> Document:
    document = new_document()
    line(document, "{{ authority|upper }}", size=15, bold=True, align=CENTRE)
    line(document, "KEPUTUSAN {{ authority|upper }}", bold=True, align=CENTRE, after=0)
    line(document, "NOMOR {{ number }}", bold=True, align=CENTRE)
    line(document, "TENTANG", bold=True, align=CENTRE, after=0)
    line(document, "{{ about|upper }}", bold=True, align=CENTRE)
    line(document, "{{ authority|upper }},", bold=True, align=CENTRE, after=8)
    points(document, "Menimbang", "considering")
    line(document, "", after=0)
    points(document, "Mengingat", "recalling")
    line(document, "MEMUTUSKAN:", bold=True, align=CENTRE)
    line(document, "Menetapkan : {{ title|upper }} TENTANG {{ about|upper }}.", bold=True)
    dictum = ("{{ point.label }}", ":", "{{ point.text }}")
    looped_rows(document, "{%tr for point in dictums %}", dictum, (30, 5, 135))
    line(document, "", after=6)
    signature(document)
    line(document, "{%p for section in sections %}")
    line(document, "LAMPIRAN KEPUTUSAN {{ authority|upper }}", after=0).paragraph_format.page_break_before = True
    line(document, "NOMOR : {{ number }}", after=0)
    line(document, "TANGGAL : {{ dated }}", after=0)
    line(document, "TENTANG : {{ about }}", after=10)
    line(document, "{{ section.title|upper }}", bold=True, align=CENTRE)
    line(document, "{%p for paragraph in section.paragraphs %}")
    line(document, "{{ paragraph }}")
    line(document, "{%p endfor %}")
    line(document, "{%p if section.header %}")
    flexible_table(document, "section.header", "section.rows")
    line(document, "{%p endif %}")
    line(document, "", after=6)
    signature(document)
    line(document, "{%p endfor %}")
    footer(document, "{{ draft }} {{ sample }}")
    return document


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    minutes().save(FOLDER / "minutes.docx")
    decree().save(FOLDER / "decree.docx")
