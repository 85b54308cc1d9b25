"""The legal check of one decree: its paper as it would be printed, beside what it fixes."""

from dataclasses import replace

from districts.locations.decision.legal import Fixed, LegalFault, LegalPoint, faults_in, legal_points
from districts.locations.decision.papers import decree_text
from districts.locations.models import DecreeItem
from p2emas.documents.models import Decree
from p2emas.documents.papers import PaperSection
from p2emas.workflow.hooks import Hook

Action = DecreeItem.Action
further_annexes: "Hook[[Decree], list[PaperSection]]" = Hook("annexes of a decree that later rooms make")


def is_checked(decree: Decree) -> bool:
    """A regulation has articles: its paper is not made here."""
    return decree.kind == Decree.Kind.SK


def legal_check(decree: Decree) -> list[LegalPoint]:
    """Each point of the check, with what is wrong with it."""
    text = decree_text(decree)
    text = replace(text, annexes=[*text.annexes, *further_annexes(decree)])
    items = list(decree.items.all())
    opened = [item for item in items if item.action == Action.OPEN]
    fixed = Fixed(
        first_day=decree.valid_from,
        competencies=sum(item.determination_id is not None for item in opened),
        confirmed=sum(item.action == Action.CONFIRM for item in items),
        locations=sum(item.village_id is not None for item in opened),
        endings=sum(item.action == Action.CLOSE for item in items),
    )
    return legal_points(text, fixed)


def legal_faults(decree: Decree) -> list[LegalFault]:
    return faults_in(legal_check(decree))
