"""Decided rounds in a draft decree: which it may take, which it takes, and what its text says of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from districts.locations.decision.texts import FurtherPart, further_parts
from districts.locations.decrees.amending import offered_recruitments, set_recruitments
from districts.locations.decrees.drafting import IN_A_DRAFT
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.querysets import RecruitmentRoundQuerySet
from p2emas.documents.models import Decree
from p2emas.documents.papers import counted
from p2emas.workflow.models import StepNotAllowed

REASONS = (
    "bahwa kelompok di lokasi sasaran perlu didampingi sampai kegiatannya dilaporkan;",
    "bahwa pendamping dipilih secara terbuka dengan syarat, rubrik, dan bobot yang ditetapkan lebih dahulu;",
)
DUTY = "Pendamping bertugas di desa masing-masing setelah mengikuti pembekalan dan menandatangani kontrak."


@offered_recruitments.provide
def recruitments_for(draft: Decree | None) -> RecruitmentRoundQuerySet:
    return RecruitmentRound.objects.decreed(draft)


@set_recruitments.provide
def set_recruitments_of(draft: Decree, wanted: Sequence[RecruitmentRound]) -> None:
    """Make the rounds of ``draft`` those of ``wanted``. Each is in one decree at most: the round points to it.

    Two people who draft the same round wait for one another; the second gets ``StepNotAllowed``.
    """
    keys = {record.pk for record in wanted}
    held = RecruitmentRound.objects.select_for_update(no_key=True).filter(Q(pk__in=keys) | Q(decree=draft))
    for record in held.for_table().order_by("pk"):
        if record.pk in keys and record.decree_id == draft.pk:
            continue
        if record.pk in keys and (record.decree_id or record.status not in RecruitmentRound.SETTLED):
            raise StepNotAllowed(IN_A_DRAFT % record)
        record.decree = draft if record.pk in keys else None
        record.save(update_fields=["decree"])


@further_parts.provide
def parts_of_recruitment(decree: Decree) -> list[FurtherPart]:
    """One part, and one annex, for each round that has somebody to appoint."""
    rounds: Iterable[Any] = decree.recruitments.for_decree()
    return [_part(record.accepted) for record in rounds if record.accepted]


def _part(accepted: int) -> FurtherPart:
    return FurtherPart(
        reasons=REASONS,
        dictum=lambda annex: (
            f"Menetapkan {counted(accepted)} pendamping masyarakat sebagaimana tercantum dalam {annex}."
        ),
        rest=(DUTY,),
    )
