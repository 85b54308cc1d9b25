"""Tells people what the day asks for. Run by cron every hour of the working day; what was told is not told again."""

from p2emas import clock
from p2emas.management.named_command import NamedCommand
from p2emas.notifications.models import Notification
from p2emas.notifications.telling import tell_of_day
from p2emas.serving import maintenance


class Command(NamedCommand):
    help = "Beritahukan tenggat hari ini, sekali untuk setiap orang; hari yang terlewat disusulkan."

    def handle(self, *args, verbosity: int, **options) -> None:
        with maintenance.at_work(maintenance.files_of_this_installation()) as may_work:
            if may_work:
                self.tell(verbosity)

    def tell(self, verbosity: int) -> None:
        letters = tell_of_day(clock.today())
        Notification.objects.forget_old(clock.now())
        if verbosity > 1 or (verbosity and letters):
            self.stdout.write(f"{len(letters)} surat ditulis.")
