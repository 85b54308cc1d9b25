"""Saving the answers of an agency."""

from collections.abc import Mapping

from django.db import transaction

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.history.records import set_author
from programs.planning.chain.forms import AnswerBox, AnswersForm
from programs.planning.chain.models import ChainAnswer
from programs.planning.chain.reads import village_chain


@transaction.atomic
def answer_findings(
    *, village: Village, year: int, agency: Agency, data: Mapping[str, str], by: User
) -> tuple[AnswersForm, int]:
    """Store the boxes that are right; the form, and how many changed. An emptied answer is deleted, its history stays.

    The agency is held before its answers are read: of two of its people who answer at once the second is told.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    form = AnswersForm(village_chain(village, year), agency, data)
    for box in form.changed:
        _answer(box, year, by)
    return form, len(form.changed)


def _answer(box: AnswerBox, year: int, by: User) -> None:
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
