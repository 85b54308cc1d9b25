"""Looks after jobs whose worker died: they are started again once, then ended with a sentence."""

from p2emas.jobs.queue import sweep_records, take_up_lost_jobs
from p2emas.management.named_command import NamedCommand


class Command(NamedCommand):
    help = "Kembalikan pekerjaan yang pekerjanya mati ke antrean; yang gagal dua kali diakhiri dengan keterangan."

    def handle(self, verbosity: int, **options) -> None:
        again, given_up = take_up_lost_jobs()
        ended = sweep_records()
        if verbosity > 1 or (verbosity and (again or given_up or ended)):
            self.stdout.write(f"Diulang {again}, dihentikan {given_up}, impor diakhiri {ended}.")
