"""Sends what the outbox holds and is due. Run by cron every minute; two runs at once send each letter once."""

from p2emas.management.named_command import NamedCommand
from p2emas.outbox.models import OutboxMessage, real_now
from p2emas.outbox.services import deliver
from p2emas.serving import maintenance

BATCH = 500


class Command(NamedCommand):
    help = "Kirim surat yang sudah disetujui, surat sandi, dan pemberitahuan yang belum terkirim."

    def handle(self, *args, verbosity: int, **options) -> None:
        with maintenance.at_work(maintenance.files_of_this_installation()) as may_work:
            if may_work:
                self.send(verbosity)

    def send(self, verbosity: int) -> None:
        due = OutboxMessage.objects.due_by(real_now()).order_by("released_at", "pk")
        outcome = deliver(list(due.values_list("pk", flat=True)[:BATCH]))
        if verbosity > 1 or (verbosity and (outcome.sent or outcome.failed)):  # cron makes a letter of each line
            self.stdout.write(f"{outcome.sent} terkirim, {outcome.failed} gagal.")
