"""Loads the regions of a regency from its CSV file; without a file, those of Sintang into an empty database."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

import districts.regions
from districts.regions.models import Regency
from districts.regions.region_file import RegionFileError
from districts.regions.services import LoadResult, load_regions
from p2emas.management.named_command import NamedCommand

SINTANG = Path(districts.regions.__file__).parent / "data" / "sintang.csv"
MAX_BYTES = 20 * 1024 * 1024


class Command(NamedCommand):
    help = "Muat kabupaten, kecamatan, desa, dan kelurahan dari berkas CSV (tanpa berkas: Kabupaten Sintang)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="Berkas CSV; kolomnya lihat districts/regions/data/README.md.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Sebut apa yang akan berubah tanpa mengubahnya.")

    def handle(self, *args, file: Path | None, verbosity: int, dry_run: bool, **options) -> None:
        result = self._loaded(file or self._default(), dry_run=dry_run)
        for change in result.changes if verbosity else ():
            self.stdout.write(f"  {change}")
        if result.missing and verbosity:
            self.stdout.write(
                f"{len(result.missing)} desa tidak disebut di berkas dan dibiarkan: {', '.join(result.missing[:10])}"
            )
        for notice in result.notices:
            self.stdout.write(f"Perhatikan: {notice}")
        self.stdout.write(self.style.SUCCESS(str(result)))
        if dry_run:
            self.stdout.write("Percobaan (--dry-run): tidak ada yang disimpan.")

    @staticmethod
    def _loaded(file: Path, *, dry_run: bool) -> LoadResult:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(f"Berkas {file} lebih besar dari 20 MB: bukan daftar wilayah.")
            return load_regions(content=file.read_bytes(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(
                f"Berkas {file} tidak dapat dibaca ({error.strerror}). Periksa nama dan letaknya."
            ) from error
        except RegionFileError as error:
            lines = "\n".join(f"  - {problem}" for problem in error.problems)
            raise CommandError(f"Berkas {file} tidak dimuat, tidak ada yang berubah:\n{lines}") from error

    def _default(self) -> Path:
        """The file of Sintang, for an empty database only."""
        if regency := Regency.objects.first():
            raise CommandError(
                f"Wilayah {regency.name} sudah ada. Sebut berkasnya: manage.py load_regions BERKAS. "
                "Tanpa berkas hanya basis data kosong yang diisi (Kabupaten Sintang)."
            )
        return SINTANG
