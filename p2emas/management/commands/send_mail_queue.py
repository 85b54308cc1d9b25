"""Sends what the outbox holds and is due. Run by cron every minute; two runs at once send each letter once."""

from django.core.management.base import BaseCommand

from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import deliver, real_now

BATCH = 500


class Command(BaseCommand):
    help = "Kirim surat yang sudah dilepas dan surat sandi yang belum terkirim."

    def handle(self, *args, **options) -> None:
        due = OutboxMessage.objects.due_by(real_now()).order_by("released_at", "pk")
        outcome = deliver(list(due.values_list("pk", flat=True)[:BATCH]))
        self.stdout.write(f"{outcome.sent} terkirim, {outcome.failed} gagal.")
