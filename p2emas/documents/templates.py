"""Word templates of an office's own: which one a paper uses, whether an uploaded one can be used, and the download."""

import logging
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from p2emas.documents.kinds import DOCX, PDF, FileRefused
from p2emas.documents.models import PaperTemplate
from p2emas.documents.papers import (
    Agreement,
    DecreeText,
    MinutesText,
    Paper,
    PaperSection,
    Signer,
    Table,
    fill_template,
    paper_docx,
    paper_pdf,
)
from p2emas.documents.turns import NotRead

logger = logging.getLogger(__name__)
_PARTS = [PaperSection("Bagian", ["Isi."], Table(["No", "Desa"], [["1", "Desa"]], "Daftar"))]
# A paper with everything, and one in which nothing is known yet.
SPECIMENS: dict[str, Sequence[Paper]] = {
    "minutes": [
        MinutesText(about="contoh", number="1", sections=_PARTS, signers=[Signer("Pimpinan", "Kepala")]),
        MinutesText(about="contoh"),
    ],
    "decree": [
        DecreeText(
            about="contoh", authority="Kepala", considering=["bahwa"], recalling=["UU"], dictums=["Isi"], annexes=_PARTS
        ),
        DecreeText(about="contoh", authority="Kepala"),
    ],
    "contract": [
        Agreement(
            about="contoh",
            number="1",
            opening="Pembuka.",
            parties=[("Pihak Pertama", "Kepala")],
            articles=_PARTS,
            signers=[Signer("Pihak Pertama", "Kepala")],
        ),
        Agreement(about="contoh"),
    ],
}


def own_template(kind: str) -> bytes | None:
    """The office's template of ``kind``; None where the shipped one is used."""
    content = PaperTemplate.objects.filter(kind=kind).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def docx_of(paper: Paper) -> tuple[bytes, bool]:
    """The Word file of ``paper`` from the template in use, and whether it is that one.

    An office's own template was tried when it was uploaded; where it fails with this paper, the shipped one is used.
    """
    own = own_template(paper.template)
    if own is not None:
        try:
            return paper_docx(paper, own), True
        except NotRead:
            raise
        except FileRefused:
            logger.exception("the template of %s could not be filled", paper.template)
    return paper_docx(paper), own is None


def check_template(kind: str, content: bytes) -> None:
    """Raise ``FileRefused`` with a sentence when ``content`` cannot be the template of ``kind``."""
    fill_template(content, SPECIMENS[kind], strict=True)


def paper_answer(paper: Paper, form: str, name: str) -> HttpResponse:
    """The download of ``paper``; ``form`` is "pdf" or "docx"."""
    name = slugify(name)
    if form == "pdf":
        content, kind = paper_pdf(paper), PDF
    else:
        content, as_wanted = docx_of(paper)
        kind, name = DOCX, name if as_wanted else f"{name}-templat-bawaan"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    answer["Cache-Control"] = "private, no-cache"
    return answer
