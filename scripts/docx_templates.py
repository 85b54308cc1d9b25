"""Write the Word templates that ship with the product: p2emas/documents/docx/{minutes,decree,contract}.docx.

Run after a change of layout: .venv/bin/python scripts/docx_templates.py. An office that wants another layout uploads
its own in the back office (docs/documents.md); the words between braces are what papers.py fills in.
"""

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "p2emas" / "documents" / "docx"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


DOTS = "................................"


def new_document(font: str, size: float = 12) -> Document:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(215), Mm(330)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(20), Mm(20), Mm(22)
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    style.element.rPr.append(language)
    return document


def line(
    document, text: str, *, size: float | None = None, bold: bool = False, align=None, after: float = 4, underline=False
):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.underline = bold, underline
    if size:
        run.font.size = Pt(size)
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


def emblem(document) -> None:
    """A row of its own: an inline picture beside centred lines would push them aside."""
    line(document, "{%p if emblem %}")
    line(document, "{{ emblem }}", align=CENTRE, after=2)
    line(document, "{%p endif %}")


def letterhead(document) -> None:
    emblem(document)
    line(document, "{{ government }}", size=13, align=CENTRE, after=0)
    line(document, "{{ office }}", size=15, bold=True, align=CENTRE, after=0)
    rule(line(document, "{{ address }}", size=9.5, align=CENTRE, after=10))


def footer(document, text: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Normal"]  # the style of a foot has tab stops for letter paper
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    for piece in (text, "\tHalaman ", "=PAGE", " / ", "=NUMPAGES"):
        if piece.startswith("="):
            field(paragraph, piece[1:])
        else:
            paragraph.add_run(piece).font.size = Pt(8.5)


def field(paragraph, code: str) -> None:
    """A figure that Word computes."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(8.5)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def shade(cell) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EBEBEB")):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


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
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].paragraph_format.space_before = Pt(1)
            if number == 0:
                cell.paragraphs[0].alignment = CENTRE
                shade(cell)
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)


def sections(document) -> None:
    line(document, "{%p for section in sections %}")
    line(document, "{%p if section.title %}")
    line(document, "{{ section.title }}", bold=True).paragraph_format.space_before = Pt(10)
    line(document, "{%p endif %}")
    line(document, "{%p for paragraph in section.paragraphs %}")
    line(document, "{{ paragraph }}", align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    line(document, "{%p endfor %}")
    line(document, "{%p if section.header %}")
    line(document, "{%p if section.caption %}")
    line(document, "{{ section.caption }}", size=9.5)
    line(document, "{%p endif %}")
    flexible_table(document, "section.header", "section.rows")
    line(document, "{%p endif %}")
    line(document, "{%p endfor %}")


def minutes() -> Document:
    document = new_document("Times New Roman")
    letterhead(document)
    line(document, "{{ title|upper }}", size=13, bold=True, align=CENTRE, after=0, underline=True)
    line(document, "NOMOR: {{ number }}", align=CENTRE)
    line(document, "TENTANG", bold=True, align=CENTRE, after=0)
    line(document, "{{ about|upper }}", bold=True, align=CENTRE, after=10)
    line(document, "{{ opening }}", align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    sections(document)
    closing = line(document, "Demikian berita acara ini dibuat untuk digunakan sebagaimana mestinya.", after=14)
    closing.paragraph_format.space_before = Pt(10)
    closing.paragraph_format.keep_with_next = True
    line(document, "{%p if signers %}")  # a table without rows is no valid Word file
    signers(document)
    line(document, "{%p endif %}")
    footer(document, "{{ sample }}")
    return document


def signers(document, *, nip_always: bool = True) -> None:
    """Two blocks a row. Not everybody has a NIP: without ``nip_always`` there is no line to write one on."""
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].paragraphs[0].add_run("{%tr for pair in signers|batch(2) %}")
    table.rows[2].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for number, cell in enumerate(table.rows[1].cells):
        who = f"pair[{number}]"
        nip = f"'NIP ' ~ ({who}.nip or '{DOTS}') if {who} else ''"
        if not nip_always:
            nip = f"'NIP ' ~ {who}.nip if {who} and {who}.nip else ''"
        signature_lines(
            cell,
            (
                (f"{{{{ {who}.heading if {who} else '' }}}}", False, 0),
                (f"{{{{ {who}.title if {who} else '' }}}}", False, 46),
                (f"{{{{ ({who}.name|upper or '{DOTS}') if {who} else '' }}}}", True, 0),
                (f"{{{{ {who}.rank if {who} else '' }}}}", False, 0),
                (f"{{{{ {nip} }}}}", False, 14),
            ),
        )


def signature_lines(place, lines) -> None:
    """The name is bold and underlined."""
    for number, (text, is_name, after) in enumerate(lines):
        is_cell = not hasattr(place, "sections")
        paragraph = place.paragraphs[0] if is_cell and number == 0 else place.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = run.underline = is_name
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.keep_with_next = True
        if not is_cell:
            paragraph.paragraph_format.left_indent = Mm(90)


def looped_rows(document, loop: str, cells: tuple[str, ...], widths: tuple[int, ...], first=()) -> None:
    """A table without lines: ``first``, then one row for each turn of ``loop``; widths in millimetres."""
    empty = ("",) * (len(cells) - 1)
    rows = [*([first] if first else []), (loop, *empty), cells, ("{%tr endfor %}", *empty)]
    table = document.add_table(rows=len(rows), cols=len(cells))
    table.autofit = False
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, column, width in zip(row.cells, texts, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
            cell.paragraphs[0].add_run(text).bold = texts is first and len(text) > 20
        row.cells[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        row.cells[-1].paragraphs[0].paragraph_format.space_after = Pt(3)


def points(document, word: str, name: str) -> None:
    first = (f"{{{{ '{word}' if loop.first else '' }}}}", "{{ ':' if loop.first else '' }}")
    cells = (*first, "{{ point.label }}", "{{ point.text }}")
    line(document, f"{{%p if {name} %}}")
    looped_rows(document, f"{{%tr for point in {name} %}}", cells, (30, 5, 8, 127))
    line(document, "", after=0)
    line(document, "{%p endif %}")


def signature(document) -> None:
    signature_lines(
        document,
        (
            ("Ditetapkan di {{ place }}", False, 0),
            ("pada tanggal {{ dated }}", False, 4),
            ("{{ signer.title|upper }}", False, 46),
            (f"{{{{ signer.name|upper or '{DOTS}' }}}}", True, 0),
            ("{{ signer.rank }}", False, 0),
            ("{{ 'NIP ' ~ signer.nip if signer.nip else '' }}", False, 8),
        ),
    )


def annex_head(document) -> None:
    """The block on the right that says which decree the annex belongs to."""
    lines = (
        "LAMPIRAN{{ ' ' ~ section.numeral if section.numeral }} KEPUTUSAN {{ authority|upper }}",
        "NOMOR\t:\t{{ number }}",
        "TANGGAL\t:\t{{ dated }}",
        "TENTANG\t:\t{{ about|upper }}",
    )
    for number, text in enumerate(lines):
        form = line(document, text, size=10, after=14 if number == 3 else 0).paragraph_format
        form.page_break_before = number == 0
        form.left_indent = Mm(78)
        if number:
            form.left_indent, form.first_line_indent = Mm(104), Mm(-26)
            for place in (100, 104):
                form.tab_stops.add_tab_stop(Mm(place))


def decree() -> Document:
    document = new_document("Bookman Old Style", 11)
    line(document, "{%p if of_office %}")
    letterhead(document)
    line(document, "{%p else %}")
    line(document, "{%p if emblem %}")
    line(document, "{{ emblem }}", align=CENTRE, after=2)
    line(document, "{%p else %}")  # the place stays free: the state emblem is embossed on the regent's paper
    line(document, "").paragraph_format.space_before = Mm(14)
    line(document, "{%p endif %}")
    line(document, "{{ authority|upper }}", size=15, bold=True, align=CENTRE, after=0)
    line(document, "{{ province }}", bold=True, align=CENTRE, after=10)
    line(document, "{%p endif %}")
    line(document, "KEPUTUSAN {{ authority|upper }}", bold=True, align=CENTRE, after=0)
    line(document, "NOMOR {{ number }}", bold=True, align=CENTRE)
    line(document, "TENTANG", bold=True, align=CENTRE, after=0)
    line(document, "{{ about|upper }}", bold=True, align=CENTRE)
    line(document, "{{ authority|upper }},", bold=True, align=CENTRE, after=8)
    points(document, "Menimbang", "considering")
    points(document, "Mengingat", "recalling")
    line(document, "MEMUTUSKAN:", bold=True, align=CENTRE).paragraph_format.space_before = Pt(8)
    dictum = ("{{ point.label }}", ":", "{{ point.text }}")
    named = ("Menetapkan", ":", "{{ title|upper }} TENTANG {{ about|upper }}.")
    looped_rows(document, "{%tr for point in dictums %}", dictum, (30, 5, 135), named)
    line(document, "", after=6)
    signature(document)
    line(document, "{%p for section in sections %}")
    annex_head(document)
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
    footer(document, "{{ draft }}{{ ' \u00b7 ' if draft and sample else '' }}{{ sample }}")
    return document


def contract() -> Document:
    document = new_document("Times New Roman")
    letterhead(document)
    line(document, "{{ title|upper }}", size=13, bold=True, align=CENTRE, after=0, underline=True)
    line(document, "NOMOR: {{ number }}", align=CENTRE)
    line(document, "TENTANG", align=CENTRE, after=0)
    line(document, "{{ about|upper }}", bold=True, align=CENTRE, after=8)
    line(document, "{{ opening }}", align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    line(document, "{%p if parties %}")
    looped_rows(document, "{%tr for party in parties %}", ("{{ party.label }}", ":", "{{ party.text }}"), (40, 5, 125))
    line(document, "{%p endif %}")
    sections(document)
    line(document, "{{ place }}, {{ dated }}", after=8).paragraph_format.space_before = Pt(8)
    line(document, "{%p if signers %}")
    signers(document, nip_always=False)
    line(document, "{%p endif %}")
    footer(document, "{{ sample }}")
    return document


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    minutes().save(FOLDER / "minutes.docx")
    decree().save(FOLDER / "decree.docx")
    contract().save(FOLDER / "contract.docx")
