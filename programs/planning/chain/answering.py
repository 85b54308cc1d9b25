"""Saving the answers of an agency."""

from collections.abc import Iterable

from django.db import transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from programs.planning.chain.forms import AnswerBox
from programs.planning.chain.models import ChainAnswer


@transaction.atomic
def answer_findings(*, boxes: Iterable[AnswerBox], year: int, by: User) -> int:
    """Store what changed; an emptied answer is deleted, its history stays. How many changed."""
    count = 0
    for box in boxes:
        finding = box.finding
        answer = box.stored or ChainAnswer(
            agency_id=box.agency_id, year=year, village=finding.village, link=finding.link, group=finding.group
        )
        set_author(answer, by)
        if box.text:
            answer.text, answer.answered_by, answer.answered_at = box.text, by, clock.now()
            answer.save()
        else:
            answer.delete()
        count += 1
    return count
