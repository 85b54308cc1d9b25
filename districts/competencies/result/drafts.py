"""The discussion of a result, which makes its minutes, as a form whose typed fields are kept before they are saved."""

from django.http import QueryDict
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.forms import DiscussionForm
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of


def _compare(
    record: CompetencyDetermination, part: int | None, data: QueryDict
) -> tuple[dict[str, str], dict[str, str]]:
    return versions_of(DiscussionForm(data, instance=record))


DISCUSSION = DraftedForm(
    name="pembahasan",
    label="Pembahasan kompetensi inti",
    model=CompetencyDetermination,
    address=lambda record, part: reverse("competencies:discussion", args=[record.pk]),
    may_fill=lambda user, record: record.is_worked_by(user),
    is_open=lambda record: record.status == CompetencyDetermination.Status.DISCUSSED,
    compare=_compare,
    writes={CompetencyDetermination: "chosen reason discussion dissent sources decided_on minutes"},
)
