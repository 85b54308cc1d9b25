"""Erases the personal data of applicants whose time is over; for cron, once a day."""

from facilitators.recruitment.apply.space import make_room
from facilitators.recruitment.privacy.erasing import WRITTEN, erase_application, expired
from p2emas import clock
from p2emas.management.named_command import NamedCommand
from p2emas.privacy.compacting import compact
from p2emas.serving import maintenance
from p2emas.workflow.models import StepNotAllowed


class Command(NamedCommand):
    help = "Menghapus data pribadi lamaran yang masa simpannya habis (RETENTION_DAYS, DRAFT_RETENTION_DAYS)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Sebutkan saja, jangan menghapus.")

    def handle(self, *args, dry_run: bool, verbosity: int, **options) -> None:
        with maintenance.at_work(maintenance.files_of_this_installation()) as may_work:
            if may_work:
                self.erase(dry_run=dry_run, verbosity=verbosity)

    def erase(self, *, dry_run: bool, verbosity: int) -> None:
        rows, erased = expired(clock.now()), 0
        for row in rows:
            if dry_run:
                self.stdout.write(f"{row.round.code}: {row} ({row.get_status_display()})")
                continue
            try:
                erase_application(application=row, reason="Masa simpan habis", withdraws=False)
                erased += 1
            except StepNotAllowed as refused:
                self.stderr.write(f"{row.round.code}: {row}: {refused}")
        if not dry_run:
            erased += make_room(most=10_000)
            compact(WRITTEN)  # also what was erased on a page since yesterday
        if verbosity > 1 or (verbosity and rows):
            self.stdout.write(
                f"{len(rows)} lamaran akan dihapus datanya." if dry_run else f"{erased} lamaran dihapus datanya."
            )
