"""Takes the second factor off one account: for a person who has lost the phone and the recovery codes as well."""

from django.core.management.base import CommandError, CommandParser

from p2emas import naming
from p2emas.accounts.models import User
from p2emas.management.named_command import NamedCommand
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import send_at_once
from p2emas.staffing.services import remove_second_factor

BODY = (
    "Verifikasi dua langkah pada akun {programme} Anda (%(username)s) baru saja dilepas oleh pengelola server, dan "
    "semua perangkatnya dikeluarkan.\n\n"
    "Masuk lagi dengan kata sandi Anda, lalu pasang aplikasi autentikator yang baru.\n\n"
    "Bila bukan Anda yang memintanya, segera hubungi kami.\n\n{Programme} {regency}\n{contact}"
)


class Command(NamedCommand):
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
            send_at_once(
                kind=OutboxMessage.Kind.NOTICE,
                recipient=person.email,
                subject="Verifikasi dua langkah dilepas",
                body=naming.said(BODY) % {"username": person.username},
            )
        if verbosity:
            self.stdout.write(f"Verifikasi dua langkah {person.username} dilepas; dipasang lagi saat masuk berikutnya.")
