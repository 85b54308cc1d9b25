"""Removes traces of accounts and failed tries to sign in whose time is over."""

from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.management.named_command import NamedCommand


class Command(NamedCommand):
    help = "Hapus jejak akun dan percobaan masuk yang masa simpannya berakhir."

    def handle(self, verbosity: int, **options) -> None:
        gone = AccountTrace.objects.forget_old() + SignInTry.objects.forget_old()
        if verbosity:
            self.stdout.write(f"{gone} baris dihapus.")
