"""Writes everything that is kept of one applicant into a zip file: the copy that UU 27/2022 gives a right to."""

import os
from pathlib import Path

from django.core.management.base import CommandError

from facilitators.recruitment.privacy.own_data import access_copy
from p2emas.management.applications import add_application, application_by_code
from p2emas.management.named_command import NamedCommand


class Command(NamedCommand):
    help = "Salinan data pribadi seorang pelamar (zip: data.json dan berkasnya). Pemberian salinan dicatat."

    def add_arguments(self, parser) -> None:
        add_application(parser)
        parser.add_argument("--out", required=True, type=Path, metavar="BERKAS", help="Berkas zip yang ditulis.")
        parser.add_argument("--reason", default="Permintaan pelamar", help="Alasan yang dicatat.")

    def handle(self, *args, application: str, out: Path, reason: str, **options) -> None:
        row = application_by_code(application)
        if out.exists():
            raise CommandError(f"{out} sudah ada. Pilih nama lain.")
        try:
            out.touch(mode=0o600)  # nobody else on this machine reads it
            out.write_bytes(access_copy(application=row, reason=reason))
        except OSError as error:
            raise CommandError(f"{out} tidak dapat ditulis: {os.strerror(error.errno or 0)}.") from error
        self.stdout.write(f"Salinan data lamaran {row} ditulis ke {out}. Serahkan, lalu hapus berkas ini.")
