"""Loads the regions of a regency from its CSV file; without a file, those of Sintang."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

import districts.regions
from districts.regions.region_file import RegionFileError
from districts.regions.services import load_regions

SINTANG = Path(districts.regions.__file__).parent / "data" / "sintang.csv"
MAX_BYTES = 20 * 1024 * 1024


class Command(BaseCommand):
    help = "Muat kabupaten, kecamatan, desa, dan kelurahan dari berkas CSV (tanpa berkas: Kabupaten Sintang)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=SINTANG,
            help="Berkas CSV; kolomnya lihat districts/regions/data/README.md.",
        )

    def handle(self, *args, file: Path, verbosity: int, **options) -> None:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(f"Berkas {file} lebih besar dari 20 MB: bukan daftar wilayah.")
            result = load_regions(content=file.read_bytes())
        except OSError as error:
            raise CommandError(
                f"Berkas {file} tidak dapat dibaca ({error.strerror}). Periksa nama dan letaknya."
            ) from error
        except RegionFileError as error:
            lines = "\n".join(f"  - {problem}" for problem in error.problems)
            raise CommandError(f"Berkas {file} tidak dimuat, tidak ada yang berubah:\n{lines}") from error
        for change in result.changes if verbosity else ():
            self.stdout.write(f"  {change}")
        if result.missing and verbosity:
            self.stdout.write(
                f"{len(result.missing)} desa tidak disebut di berkas dan dibiarkan: {', '.join(result.missing[:10])}"
            )
        self.stdout.write(self.style.SUCCESS(str(result)))
