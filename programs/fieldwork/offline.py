"""What a phone gets for the days without a signal: one JSON for each user, dated; no page of theirs is kept."""

import time
from collections import defaultdict
from datetime import date
from typing import Any

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.notifications.models import Notification
from p2emas.ui import formats
from programs.fieldwork.models import FieldReport
from programs.fieldwork.rules import last_day_to_send, lines_seen, villages_to_visit

SHOWN, NEWS_SHOWN = 2, 4
MOST_WORDS = 120
MOST_GROUPS = 20  # in a village; the sales of others are written with a signal
MOST_VILLAGES = 3  # of more, as a consultant has, a phone keeps names and lines only


def field_data(user: User, today: date) -> dict[str, Any]:
    """Villages with their lines, groups and last two visits, and what the user was told."""
    villages = villages_to_visit(user, today)
    few, lines = len(villages) <= MOST_VILLAGES, _lines_of(villages, today)
    last_day = last_day_to_send(user, today)
    unread = Notification.objects.for_user(user).unread()[:NEWS_SHOWN]
    return {
        "user": user.pk,
        "at": clock.now().isoformat(timespec="seconds"),
        "day": today.isoformat(),
        "now": int(time.time() * 1000),  # by which the phone sees whether its clock is right
        "until": last_day.isoformat() if last_day else "",
        "villages": [_village(each, user, lines[each.pk], few=few) for each in villages],
        "news": [{"title": each.title, "detail": each.detail[:MOST_WORDS]} for each in unread],
    }


def _lines_of(villages: list[Village], today: date) -> dict[int, list[dict[str, Any]]]:
    """Village -> its lines, of all villages in one query: a consultant has those of the whole programme."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in (
        lines_seen(villages, today).select_related("activity", "target_location").order_by("activity__name", "pk")
    ):
        village = line.target_location.village_id if line.target_location else line.other_village_id
        if village is not None:
            found[village].append({"id": line.pk, "name": line.activity.name[:70]})
    return found


def _village(village: Village, user: User, lines: list[dict[str, Any]], *, few: bool) -> dict[str, Any]:
    found = {
        "id": village.pk,
        "name": village.name,
        "district": village.district.name,
        "lines": lines,
    }
    if not few:
        return found
    visits = FieldReport.objects.of_author(user).arrived().in_village(village).for_table()[:SHOWN]
    groups = CommunityGroup.objects.filter(village=village, active=True).order_by("name", "pk")
    return found | {
        "groups": [{"id": group.pk, "name": group.name[:70]} for group in groups[:MOST_GROUPS]],
        "visits": [
            {"date": formats.long_date(each.visited_on), "text": each.text[:MOST_WORDS], "state": each.status}
            for each in visits
        ],
    }
