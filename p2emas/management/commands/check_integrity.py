"""Reads the whole database and every file, and says what does not fit together."""

from django.core.management.base import BaseCommand, CommandError

from p2emas.integrity import checks
from p2emas.urls import ROOMS


class Command(BaseCommand):
    help = "Memeriksa keutuhan basis data, berkas, riwayat, dan tanda terima. Tidak mengubah apa pun."

    def handle(self, *args, **options) -> None:
        total = 0
        for name, check in checks(ROOMS).items():
            found = 0
            for sentence in check():
                self.stdout.write(f"{name}: {sentence}")
                found += 1
            if not found:
                self.stdout.write(f"{name}: baik")
            total += found
        if total:
            raise CommandError(f"{total} hal tidak cocok. Pulihkan dari cadangan atau tanyakan kepada pengembang.")
