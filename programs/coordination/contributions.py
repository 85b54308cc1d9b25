"""What meetings contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import THERE, TRACE
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.coordination import (
    minutes,  # noqa: F401 - provides who was at a meeting
    search_kinds,
)
from programs.coordination.dates import DATES
from programs.coordination.items import ActionItem
from programs.coordination.models import AgendaLine, Meeting, MeetingAttendance
from programs.coordination.notices import NOTICES
from programs.coordination.noting import NOTES

MEETINGS = MenuEntry("Rakor", "coordination:meeting-list")
ITEMS = MenuEntry("Tindak lanjut", "coordination:item-list")

CONTRIBUTIONS = Contributions(
    menu_entries=(MEETINGS, ITEMS),
    notices=NOTICES,
    drafted_forms=(NOTES,),
    dates=DATES,
    search_kinds=(search_kinds.MEETINGS,),
    looks=(
        Looks(
            "meeting",
            {
                Meeting.Status.PREPARED: Look("", "half"),
                Meeting.Status.INVITED: Look("blue", "clock"),
                Meeting.Status.HELD: Look("green", "check"),
                Meeting.Status.CANCELLED: Look("open", "cross"),
            },
            Meeting,
        ),
        Looks(
            "action-item",
            {
                ActionItem.Status.OPEN: Look("violet", "clock"),
                ActionItem.Status.DONE: Look("green", "check"),
                ActionItem.Status.CANCELLED: Look("open", "cross"),
            },
            ActionItem,
        ),
    ),
    personal=(
        PersonalFields(Meeting, "prepared_by created_at invited_at", TRACE),
        PersonalFields(MeetingAttendance, "name title", THERE),
        PersonalFields(ActionItem, "created_by created_at ended_by ended_at", TRACE),
    ),
    not_personal={
        Meeting: "held_on place subject source status",
        AgendaLine: "kind title detail presenter note",
        ActionItem: "text due_on status",
    },
)
