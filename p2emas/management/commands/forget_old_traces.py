"""Removes traces of accounts, failed tries to sign in, drafts of forms and uploaded workbooks whose time is over."""

from p2emas import clock
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.drafts.models import FormDraft
from p2emas.imports.lanes.models import LaneUpload
from p2emas.management.named_command import NamedCommand


class Command(NamedCommand):
    help = "Hapus jejak akun, percobaan masuk, isian belum tersimpan, dan isian Excel yang masa simpannya berakhir."

    def handle(self, verbosity: int, **options) -> None:
        gone = AccountTrace.objects.forget_old() + SignInTry.objects.forget_old()
        gone += FormDraft.objects.forget_old(clock.now()) + LaneUpload.objects.forget_old()
        if verbosity:
            self.stdout.write(f"{gone} baris dihapus.")
