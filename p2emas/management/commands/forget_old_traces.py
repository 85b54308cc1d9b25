"""Removes traces of accounts, failed tries to sign in, drafts of forms and uploaded files whose time is over."""

from p2emas import clock
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.drafts.models import FormDraft
from p2emas.imports.lanes.models import LaneUpload
from p2emas.management.named_command import NamedCommand
from programs.planning.files.models import PlanFile


class Command(NamedCommand):
    help = (
        "Hapus jejak akun, percobaan masuk, isian belum tersimpan, isian Excel, dan berkas rencana yang masa simpannya "
        "berakhir."
    )

    def handle(self, verbosity: int, **options) -> None:
        gone = AccountTrace.objects.forget_old() + SignInTry.objects.forget_old()
        gone += FormDraft.objects.forget_old(clock.now()) + LaneUpload.objects.forget_old()
        gone += PlanFile.objects.forget_old()
        if verbosity:
            self.stdout.write(f"{gone} baris dihapus.")
