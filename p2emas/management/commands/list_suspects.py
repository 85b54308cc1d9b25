"""Lists what was possibly damaged before there was a guard against it: figures, boundaries, regions, files."""

from django.core.management.base import BaseCommand, CommandError

from p2emas.registry.contributions import suspects


class Command(BaseCommand):
    help = (
        "Menyebut data yang mungkin rusak sebelum ada penjaganya: angka seribu kali tetangganya, tahun yang tidak "
        "mungkin, batas wilayah yang tertimpa, daerah kedua, berkas yang kini ditolak. Tidak mengubah apa pun."
    )

    def handle(self, *args, **options) -> None:
        total = 0
        for name, search in suspects().items():
            found = 0
            for suspect in search():
                self.stdout.write(f"{name}: {suspect}")
                found += 1
            if not found:
                self.stdout.write(f"{name}: tidak ada yang mencurigakan")
            total += found
        if total:
            raise CommandError(f"{total} hal patut diperiksa orang. Sebuah dugaan belum tentu salah.")
