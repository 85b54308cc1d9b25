"""Finding the application that a command is about."""

from django.core.management.base import CommandError, CommandParser

from facilitators.recruitment.applications.models import Application
from p2emas.documents.receipts import plain_code


def add_application(parser: CommandParser) -> None:
    parser.add_argument("--application", required=True, metavar="KODE", help="Kode lamaran, atau nomornya.")


def application_by_code(text: str) -> Application:
    rows = Application.objects.select_related("round")
    found = list(rows.filter(code=plain_code(text))[:2]) or list(rows.filter(number__iexact=text.strip())[:2])
    if len(found) != 1:
        raise CommandError(
            "Ada lebih dari satu lamaran dengan nomor ini. Pakai kode lamarannya." if found else
            "Tidak ada lamaran dengan kode atau nomor ini."
        )  # fmt: skip
    return found[0]
