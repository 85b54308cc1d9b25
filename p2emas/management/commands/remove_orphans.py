"""Removes files that a killed process had written before its transaction committed; for cron, once a day."""

from datetime import timedelta

from p2emas.documents.integrity import remove_orphans
from p2emas.management.named_command import NamedCommand


class Command(NamedCommand):
    help = "Membuang berkas yang tidak dimiliki data mana pun, misalnya sisa proses yang mati saat mengunggah."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--minutes", type=int, default=60, help="Hanya yang lebih tua dari sekian menit (60).")

    def handle(self, *args, minutes: int, verbosity: int, **options) -> None:
        removed = remove_orphans(older_than=timedelta(minutes=minutes))
        if verbosity > 1 or (verbosity and removed):
            self.stdout.write(f"{len(removed)} berkas yatim dibuang.")
