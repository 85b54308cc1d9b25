"""Prints what an administrator should know; from cron each line becomes a letter. Silent when there is nothing."""

from p2emas.management.named_command import NamedCommand
from p2emas.management.unusual import unusual


class Command(NamedCommand):
    help = "Sebut tebakan sandi, banyak NIK yang dibuka, daftar nama yang diunduh, dan hak baru dalam jam terakhir."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--hours", type=int, default=1, help="Berapa jam ke belakang (1).")

    def handle(self, *args, hours: int, **options) -> None:
        for sentence in unusual(hours):
            self.stdout.write(sentence)
