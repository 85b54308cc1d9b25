"""Makes the words of the search again, of everything that is stored."""

from p2emas.management.named_command import NamedCommand
from p2emas.search.keeping import rebuild


class Command(NamedCommand):
    help = "Menyusun ulang kata pencarian dari data tersimpan, misalnya sesudah pembaruan. Boleh dijalankan kapan saja."

    def handle(self, *args, verbosity: int, **options) -> None:
        count = rebuild()
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"Kata pencarian {count} data tersusun."))
