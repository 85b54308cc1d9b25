"""Takes the second factor off one account: for whoever has lost the phone and the recovery codes as well."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from p2emas.accounts.models import User
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import send_at_once
from p2emas.staffing.services import remove_second_factor

BODY = (
    "Verifikasi dua langkah pada akun P2-EMAS Anda ({username}) baru saja dilepas oleh pengelola server, dan semua "
    "perangkatnya dikeluarkan.\n\nMasuk lagi dengan kata sandi Anda, lalu pasang aplikasi autentikator yang baru.\n\n"
    "Bila bukan Anda yang memintanya, segera hubungi kami.\n\nP2-EMAS {regency}\n{contact}"
)


class Command(BaseCommand):
    help = "Lepaskan verifikasi dua langkah seorang pengguna yang kehilangan ponsel dan kode cadangannya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="Nama pengguna. Pastikan dahulu bahwa orang itu sendiri yang meminta.")

    def handle(self, *args, username: str, verbosity: int, **options) -> None:
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError(f"Tidak ada pengguna {username}.")
        if not remove_second_factor(person):
            raise CommandError(f"Verifikasi dua langkah {person.username} memang belum aktif.")
        if person.email:
            words = {"username": person.username, "regency": settings.REGENCY_NAME, "contact": settings.CONTACT_LINE}
            send_at_once(
                kind=OutboxMessage.Kind.NOTICE,
                recipient=person.email,
                subject="Verifikasi dua langkah dilepas",
                body=BODY.format(**words),
            )
        if verbosity:
            self.stdout.write(f"Verifikasi dua langkah {person.username} dilepas; dipasang lagi saat masuk berikutnya.")
