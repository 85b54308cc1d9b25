"""Closes the site for everybody while it is worked on, and opens it again."""

from django.core.management.base import BaseCommand, CommandParser

from p2emas.serving import maintenance


class Command(BaseCommand):
    help = "Menutup situs untuk pemeliharaan (on), membukanya lagi (off), atau menyebutkan keadaannya (status)."
    requires_system_checks = []  # also where the database does not answer

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("on", "off", "status"))

    def handle(self, *args, what: str, **options) -> None:
        media = maintenance.files_of_this_installation()
        if what != "status":
            maintenance.switch(media, on=what == "on")
        self.stdout.write(
            "Situs ditutup untuk pemeliharaan: setiap halaman menjawab 503." if maintenance.is_on(media) else
            "Situs terbuka."
        )  # fmt: skip
