"""Loads boundaries of kecamatan from a GeoJSON file and turns on the real map; ``--remove`` goes back to tiles."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from districts.regions.boundaries import BoundaryResult, DistrictBoundary, import_boundaries, remove_boundaries
from districts.regions.boundary_file import BoundaryFileError
from p2emas.management.named_command import NamedCommand

NOTHING_SAVED = "Percobaan (--dry-run): tidak ada yang disimpan."
MAX_BYTES = 20 * 1024 * 1024


class Command(NamedCommand):
    help = "Impor batas kecamatan (indikatif) dari GeoJSON; peta sungguhan menggantikan peta ubin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="Berkas GeoJSON, WGS84 (bujur, lintang).")
        parser.add_argument("--source", default="", help="Asal garis batas; tanpa ini yang tertulis di berkas.")
        parser.add_argument(
            "--alias", action="append", default=[], help="NAMA=KODE bila nama di berkas lain. Berulang."
        )
        parser.add_argument("--skip-unknown", action="store_true", help="Lewati wilayah di luar daerah ini.")
        parser.add_argument("--dry-run", action="store_true", help="Sebut apa yang akan berubah tanpa mengubahnya.")
        parser.add_argument("--remove", action="store_true", help="Hapus batas dan kembali ke peta ubin.")

    def handle(self, *args, file: Path | None, source: str, alias: list[str], remove: bool, **options) -> None:
        dry_run = options["dry_run"]
        if remove and dry_run:
            self.stdout.write(f"{DistrictBoundary.objects.count()} batas akan dihapus. {NOTHING_SAVED}")
            return
        if remove:
            self.stdout.write(self.style.SUCCESS(f"{remove_boundaries()} batas dihapus; peta ubin dipakai lagi."))
            return
        if file is None:
            raise CommandError("Sebut berkas GeoJSON, atau --remove untuk kembali ke peta ubin.")
        aliases = dict(each.split("=", 1) for each in alias if "=" in each)
        if len(aliases) != len(alias):
            raise CommandError("Tulis --alias sebagai NAMA=KODE, tiap nama sekali.")
        self._tell(self._imported(file, source, aliases, skip_unknown=options["skip_unknown"], dry_run=dry_run))
        if dry_run:
            self.stdout.write(NOTHING_SAVED)

    @staticmethod
    def _imported(
        file: Path, source: str, aliases: dict[str, str], *, skip_unknown: bool, dry_run: bool
    ) -> BoundaryResult:
        try:
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(
                    f"Berkas {file} lebih besar dari 20 MB. Sederhanakan dahulu, misalnya dengan mapshaper."
                )
            return import_boundaries(
                content=file.read_bytes(),
                source=source,
                aliases=aliases,
                skip_unknown=skip_unknown,
                dry_run=dry_run,
            )
        except OSError as error:
            raise CommandError(
                f"Berkas {file} tidak dapat dibaca ({error.strerror}). Periksa nama dan letaknya."
            ) from error
        except BoundaryFileError as error:
            lines = "\n".join(f"  - {problem}" for problem in error.problems[:30])
            raise CommandError(f"Berkas {file} tidak diimpor, tidak ada yang berubah:\n{lines}") from error

    def _tell(self, result: BoundaryResult) -> None:
        if result.hairs:
            self.stdout.write(
                f"{result.hairs} garis batas sedikit memotong dirinya sendiri; gambarnya tidak terganggu."
            )
        if result.skipped:
            self.stdout.write(f"{len(result.skipped)} wilayah dilewati: {', '.join(result.skipped[:10])}")
        for words, names in (
            ("Batas baru", result.new),
            ("Batas diganti", result.replaced),
            ("Tidak disebut di berkas, batasnya tetap", result.kept),
        ):
            if names:
                self.stdout.write(f"{words}: {', '.join(names)}")
        if result.missing:
            self.stdout.write(
                f"Belum ada batas untuk {', '.join(result.missing)}: peta ubin tetap dipakai sampai lengkap."
            )
        self.stdout.write(self.style.SUCCESS(str(result)))
