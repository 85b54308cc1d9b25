"""Writes the data map into docs/privacy.md, between its two marks."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from p2emas import naming
from p2emas.management.named_command import NamedCommand
from p2emas.privacy.register import handlings
from p2emas.registry.kinds import PersonalFields

DOCUMENT = Path(settings.BASE_DIR) / "docs/privacy.md"
BEGIN, END = "<!-- data map: written by manage.py data_map -->", "<!-- end of the data map -->"


class Command(NamedCommand):
    help = "Menulis peta data pribadi ke docs/privacy.md. Dengan --check: hanya memeriksa apakah masih sama."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="Jangan menulis; gagal bila dokumen berbeda.")

    def handle(self, *args, check: bool, **options) -> None:
        old = DOCUMENT.read_text()
        head, _, rest = old.partition(BEGIN)
        tail = rest.partition(END)[2]
        with naming.held(naming.Names()):  # the document is everybody's
            new = f"{head}{BEGIN}\n\n{written()}\n{END}{tail}"
        if new == old:
            self.stdout.write("docs/privacy.md sesuai dengan peta data.")
        elif check:
            raise CommandError("docs/privacy.md berbeda dari peta data. Jalankan `manage.py data_map`.")
        else:
            DOCUMENT.write_text(new)
            self.stdout.write("docs/privacy.md ditulis.")


def written() -> str:
    """One section for each way of handling: its sentences, then the fields."""
    parts = []
    for handling, entries in handlings().items():
        parts.append(
            f"**{handling.subject}: {handling.what}**\n\n"
            f"- Untuk: {handling.purpose}\n"
            f"- Dasar: {handling.basis}\n"
            f"- Yang membaca: {handling.readers}\n"
            f"- Disimpan: {handling.kept}\n"
            f"- Isian: {'; '.join(_line(entry) for entry in entries)}\n"
        )
    return "\n".join(parts)


def _line(entry: PersonalFields) -> str:
    return f"`{entry.label}` {', '.join(entry.fields)}"
