"""What happens when storage runs short: forgotten drafts go, then nobody begins. Who has begun can finish."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.workflow.hooks import Hook

REST = timedelta(hours=1)  # a draft without a name that old is none that somebody is writing
AT_ONCE = 3  # erased while somebody waits for a page
RETRY_SECONDS = 3600

erase_draft: Hook[[Application], None] = Hook("the erasing of a forgotten draft")


def is_short() -> bool:
    """Whether less is free than the reserve, which is there for applications that have begun."""
    try:
        return shutil.disk_usage(settings.MEDIA_ROOT).free < settings.STORAGE_RESERVE_MB * 1024 * 1024
    except FileNotFoundError:  # nothing was ever stored
        return False


def make_room(most: int = AT_ONCE) -> int:
    """Erase the oldest drafts that nobody put a name to, while storage is short; how many went."""
    gone = 0
    for draft in Application.objects.forgotten(clock.now() - REST)[:most]:
        if not is_short():
            break
        erase_draft(draft)
        gone += 1
    return gone


def has_room() -> bool:
    """For one more application; room is made where it can be."""
    if not is_short():
        return True
    make_room()
    return not is_short()


def full_page(request: HttpRequest, record: RecruitmentRound) -> HttpResponse:
    answer = render(request, "facilitators/recruitment/apply_full.html", {"round": record}, status=503)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer
