"""The number of the covering letter, which the agenda book often gives after the report was sent."""

from datetime import date

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.workflow.editing import EditConflict
from programs.reporting.reports.models import ProgressReport


def lacks_letter(report: ProgressReport) -> bool:
    """Whether a sent report still has no number of its letter. Before, it is typed on the page that sends it."""
    return not report.letter_no and report.status not in ProgressReport.WITH_AGENCY


@transaction.atomic
def number_letter(*, report: ProgressReport, letter_no: str, letter_date: date, actor: User) -> None:
    """Write number and date once; ``EditConflict`` when somebody else wrote others before."""
    held = ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if (held.letter_no, held.letter_date) == (letter_no, letter_date):
        return
    if not lacks_letter(held):
        raise EditConflict("Nomor surat pengantar sudah diisi orang lain.")
    held.letter_no, held.letter_date = letter_no, letter_date
    set_author(held, actor)
    held.save(update_fields=["letter_no", "letter_date"])
