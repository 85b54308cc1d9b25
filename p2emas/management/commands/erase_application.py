"""Erases the personal data of one applicant: rows, histories, letters, files, and what the database still holds."""

from django.core.management.base import CommandError

from facilitators.recruitment.privacy.erasing import WRITTEN, erase_application
from p2emas.management.applications import add_application, application_by_code
from p2emas.management.named_command import NamedCommand
from p2emas.privacy.compacting import compact
from p2emas.workflow.models import StepNotAllowed


class Command(NamedCommand):
    help = "Menghapus data pribadi seorang pelamar. Nomor, status, dan nilai tetap. Tidak dapat dibatalkan."

    def add_arguments(self, parser) -> None:
        add_application(parser)
        parser.add_argument("--reason", required=True, help="Alasan yang dicatat; jangan menulis nama di sini.")
        parser.add_argument("--no-compact", action="store_true", help="Jangan menulis ulang tabel basis data sekarang.")

    def handle(self, *args, application: str, reason: str, no_compact: bool, **options) -> None:
        row = application_by_code(application)
        try:
            erase_application(application=row, reason=reason)
        except StepNotAllowed as refused:
            raise CommandError(str(refused)) from refused
        if not no_compact:
            compact(WRITTEN)
        self.stdout.write(f"Data pribadi lamaran {row} dihapus. Cadangan lama masih memuatnya sampai diganti.")
