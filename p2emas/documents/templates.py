"""Word templates of an office's own: which one a paper uses, whether an uploaded one can be used, and the download."""

import io

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from p2emas.documents.kinds import DOCX, PDF
from p2emas.documents.models import PaperTemplate
from p2emas.documents.papers import (
    Agreement,
    DecreeText,
    Minutes,
    Paper,
    Section,
    Signer,
    Table,
    paper_docx,
    paper_pdf,
)

_PARTS = [Section("Bagian", ["Isi."], Table(["No", "Desa"], [["1", "Desa"]], "Daftar"))]
SPECIMENS: dict[str, Paper] = {
    "minutes": Minutes(about="contoh", number="1", sections=_PARTS, signers=[Signer("Pimpinan", "Kepala")]),
    "decree": DecreeText(
        about="contoh", authority="Bupati", considering=["bahwa"], recalling=["UU"], dictums=["Isi"], annexes=_PARTS
    ),
    "contract": Agreement(
        about="contoh",
        number="1",
        opening="Pembuka.",
        parties=[("Pihak Pertama", "Kepala")],
        articles=_PARTS,
        signers=[Signer("Pihak Pertama", "Kepala")],
    ),
}


def own_template(kind: str) -> bytes | None:
    """The office's template of ``kind``; None where the shipped one is used."""
    content = PaperTemplate.objects.filter(kind=kind).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def docx_of(paper: Paper) -> bytes:
    """The Word file of ``paper`` from the template in use."""
    return paper_docx(paper, own_template(paper.template))


def check_template(kind: str, content: bytes) -> None:
    """Raise ``ValidationError`` with a sentence when ``content`` cannot be the template of ``kind``."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    specimen = SPECIMENS[kind]
    try:
        unknown = DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables() - specimen.context().keys()
        if not unknown:
            paper_docx(specimen, content)
    except TemplateError as error:
        raise ValidationError(
            _("Templat ini tidak dapat diisi: %(problem)s. Bandingkan dengan templat bawaan.")
            % {"problem": str(error)[:160]}
        ) from error
    except (KeyError, TypeError, ValueError) as error:  # what python-docx and lxml say of a file they cannot read
        raise ValidationError(
            _("Berkas ini tidak dapat dibaca sebagai dokumen Word. Simpan ulang, lalu coba lagi.")
        ) from error
    if unknown:
        raise ValidationError(
            _("Kata dalam kurung kurawal ini tidak dikenal: %(names)s. Pakai nama yang ada di templat bawaan.")
            % {"names": ", ".join(sorted(unknown))}
        )


def paper_answer(paper: Paper, form: str, name: str) -> HttpResponse:
    """The download of ``paper``; ``form`` is "pdf" or "docx"."""
    content, kind = (paper_pdf(paper), PDF) if form == "pdf" else (docx_of(paper), DOCX)
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, f"{slugify(name)}.{form}")
    answer["Cache-Control"] = "private, no-cache"
    return answer
