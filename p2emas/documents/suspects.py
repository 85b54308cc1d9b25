"""Files that were kept before and that today's gates refuse."""

from collections.abc import Iterator

from p2emas.documents.kinds import DOCX, PDF, XLSX, FileRefused
from p2emas.documents.models import PaperTemplate
from p2emas.documents.office import check_office
from p2emas.documents.pdf_check import check_pdf
from p2emas.documents.serving import private_file_kinds
from p2emas.registry.kinds import Suspect


def refused_files() -> Iterator[Suspect]:
    """PDF and Office files are kept as they came; photos were made again when they were received."""
    for model in private_file_kinds().values():
        stored = model._base_manager.filter(content_type__in=[PDF, XLSX, DOCX]).order_by("pk")
        for each in stored.iterator(chunk_size=100):
            try:
                with each.file.open("rb") as content:
                    why = _refusal(content.read(), each.content_type)
            except (OSError, ValueError):  # check_integrity names files that are not there
                continue
            if why:
                words = {"kind": model._meta.verbose_name, "pk": each.pk, "name": each.original_name, "why": why}
                what = "{kind} {pk}, {name}: {why}".format(**words)
                remedy = "jangan membukanya; minta pemiliknya mengunggah yang bersih, lalu hapus yang ini."
                yield Suspect(what, f"{each.get_absolute_url()}.", remedy)
    for template in PaperTemplate.objects.all():
        if why := _refusal(bytes(template.content), DOCX):
            what = f"Templat {template.original_name}: {why}"
            yield Suspect(what, "/kelola/.", "unggah templat lain.")


def _refusal(content: bytes, content_type: str) -> str:
    try:
        if content_type == PDF:
            check_pdf(content)
        else:
            check_office(content, content_type)
    except FileRefused as refused:
        return " ".join(refused.messages)
    return ""
