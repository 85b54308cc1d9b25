"""Seals every NIK with the newest of PERSONAL_DATA_KEYS; an old key is then needed for fingerprints only."""

from django.core.management.base import CommandError

from facilitators.recruitment.privacy.personal import reseal_numbers
from p2emas.management.named_command import NamedCommand
from p2emas.privacy.sealing import SealBroken


class Command(NamedCommand):
    help = (
        "Mengunci ulang NIK dengan kunci terbaru (yang pertama di PERSONAL_DATA_KEYS) dan menghitung ulang sidiknya "
        "dengan yang terakhir. Untuk membuang kunci lama: jalankan, hapus kunci lama, hentikan situs, jalankan lagi."
    )

    def handle(self, *args, **options) -> None:
        try:
            count = reseal_numbers()
        except SealBroken as broken:
            raise CommandError(
                f"NIK lamaran {broken} tidak dapat dibuka: kuncinya tidak ada di PERSONAL_DATA_KEYS. "
                "Tidak ada yang diubah."
            ) from broken
        self.stdout.write(f"{count} NIK dikunci ulang.")
