"""Gathers the rooms of the frame for Django."""

from p2emas.accounts.models import Agency, Assignment, Holiday, Official, User
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.calendar.models import CalendarAddress
from p2emas.documents.models import Decree, DecreeFile, PaperTemplate, Receipt
from p2emas.drafts.models import FormDraft
from p2emas.exports.models import ListRequest
from p2emas.identity.models import Identity
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.memory import TableLayout
from p2emas.imports.models import Import, ImportFile, ImportRow
from p2emas.instruments.models import Minutes, MinutesFile, Regulation, RegulationFile
from p2emas.notifications.models import Notification, NotificationChoice
from p2emas.outbox.models import OutboxMessage
from p2emas.search.models import SearchWord, Spelling
from p2emas.staffing.absences import Absence
from p2emas.workflow.models import StatusChange

__all__ = [
    "Absence",
    "AccountTrace",
    "Agency",
    "Assignment",
    "CalendarAddress",
    "Decree",
    "DecreeFile",
    "FormDraft",
    "Holiday",
    "Identity",
    "Import",
    "ImportFile",
    "ImportRow",
    "LaneUpload",
    "ListRequest",
    "Minutes",
    "MinutesFile",
    "Notification",
    "NotificationChoice",
    "Official",
    "OutboxMessage",
    "PaperTemplate",
    "Receipt",
    "Regulation",
    "RegulationFile",
    "SearchWord",
    "SignInTry",
    "Spelling",
    "StatusChange",
    "TableLayout",
    "User",
]
