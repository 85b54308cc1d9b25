"""Reads the whole database and every file, and says what does not fit together."""

from django.core.management.base import CommandError
from django.db import connection

from p2emas.configuration import database_state
from p2emas.management.named_command import NamedCommand
from p2emas.registry.contributions import checks


class Command(NamedCommand):
    help = "Memeriksa keutuhan basis data, berkas, riwayat, dan tanda terima. Tidak mengubah apa pun."

    def handle(self, *args, verbosity: int, **options) -> None:
        if not database_state.is_migrated(connection):
            raise CommandError(
                "Ada migrasi yang belum dijalankan, jadi belum ada yang dapat diperiksa: manage.py migrate."
            )
        if complaints := database_state.complaints(connection):
            raise CommandError(" ".join(complaints))
        total = 0
        for name, check in checks().items():
            found = 0
            for sentence in check():
                self.stdout.write(f"{name}: {sentence}")
                found += 1
            if not found and verbosity:
                self.stdout.write(f"{name}: baik")
            total += found
        if total:
            raise CommandError(f"{total} hal tidak cocok. Pulihkan dari cadangan atau tanyakan kepada pengembang.")
