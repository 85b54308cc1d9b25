"""The answers to a chain as a form whose typed fields are kept before they are saved.

The form is an agency's, of one village in one year: its part is a number that says both.
"""

from django.http import QueryDict
from django.urls import reverse

from districts.regions.models import Village
from p2emas.accounts.models import Agency, User
from p2emas.history.records import history_of, last_of
from p2emas.registry.kinds import DraftedForm
from programs.planning.chain.forms import AnswersForm
from programs.planning.chain.models import ChainAnswer
from programs.planning.chain.reads import answering_agency, village_chain

YEARS = 10_000
Versions = tuple[dict[str, object], dict[str, object]]


def part_of(village: Village, year: int) -> int:
    return village.pk * YEARS + year


def _village(part: int) -> Village | None:
    return Village.objects.select_related("district").filter(pk=part // YEARS).first()


class ChainsOfAgency:
    """The chains that an agency may answer: every village in every year, found as rows of a table are."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted

    def filter(self, *, pk: int) -> "ChainsOfAgency":
        return ChainsOfAgency(pk)

    def exists(self) -> bool:
        return self.wanted is not None and _village(self.wanted) is not None


def version_of_answers(agency: Agency, village: Village, year: int) -> int:
    """Rises with every answer of the agency; 1 where it has said nothing."""
    saved = history_of(ChainAnswer).filter(agency=agency.pk, village=village.pk, year=year)
    return 1 + (last_of(saved) or 0)


def versions_of_answers(form: AnswersForm) -> Versions:
    mine: dict[str, object] = {}
    theirs: dict[str, object] = {}
    for box in form.boxes.values():
        mine[box.finding.sentence] = box.text
        theirs[box.finding.sentence] = box.stored.text if box.stored else ""
    return mine, theirs


def _address(agency: Agency, part: int | None) -> str:
    village = _village(part or 0)
    if village is None:
        return reverse("planning:chain-list")
    return f"{reverse('planning:chain', args=[village.slug])}?tahun={(part or 0) % YEARS}"


def _compare(agency: Agency, part: int | None, data: QueryDict) -> Versions:
    village = _village(part or 0)
    if village is None:
        return {name: text for name, text in data.items() if name.startswith("jawaban-")}, {}
    return versions_of_answers(AnswersForm(village_chain(village, (part or 0) % YEARS), agency, data))


def _may_fill(user: User, agency: Agency) -> bool:
    own = answering_agency(user)
    return own is not None and own.pk == agency.pk


ANSWERS = DraftedForm(
    name="jawaban-rantai-nilai",
    label="Jawaban rantai nilai",
    model=Agency,
    address=_address,
    may_fill=_may_fill,
    is_open=lambda agency: True,
    compare=_compare,
    parts=lambda agency: ChainsOfAgency(),
    writes={ChainAnswer: "text"},
)
