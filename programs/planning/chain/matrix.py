"""The value chain of the villages in a year: who works on which link, what is empty and what is there twice.

Of each agency the newest version of its plan counts, set or still a draft: a gap has to be seen while there is time to
fill it. What a reader of another agency sees of a draft is link, agency and group (``is_open_to``), as ADR 0060
says: no activity, no money, no reason, and not whether it was returned.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from p2emas.accounts.models import Agency, User
from programs.planning.chain.models import ChainAnswer
from programs.planning.models import PlanLine, WorkPlan

LINKS = [(str(code), str(word)) for code, word in PlanLine.ChainLink.choices]
LINK_WORDS = dict(LINKS)


@dataclass(frozen=True)
class ChainFinding:
    """An empty link of a village (``group`` is None), or two agencies on one link for one group."""

    village: Village
    link: str
    group: CommunityGroup | None
    agencies: tuple[Agency, ...]
    answers: tuple[ChainAnswer, ...]

    @property
    def key(self) -> str:
        return f"{self.link}-{self.group.pk}" if self.group else self.link

    @property
    def link_word(self) -> str:
        return LINK_WORDS[self.link]

    @property
    def sentence(self) -> str:
        if self.group is None:
            return f"{self.village}: mata rantai {self.link_word.lower()} kosong, belum ada SKPD"
        names = " dan ".join(agency.short_name for agency in self.agencies)
        return f"{self.village}: {names} sama-sama mengerjakan {self.link_word.lower()} untuk {self.group}"

    @property
    def unanswered_by(self) -> tuple[Agency, ...]:
        """Agencies that work there twice and said nothing yet. A gap is answered by any agency."""
        said = {answer.agency_id for answer in self.answers}
        return tuple(agency for agency in self.agencies if agency.pk not in said)

    @property
    def is_answered(self) -> bool:
        return bool(self.answers) if self.group is None else not self.unanswered_by

    def concerns(self, agency_id: int) -> bool:
        return self.group is None or any(agency.pk == agency_id for agency in self.agencies)

    def is_answered_for(self, agency_id: int) -> bool:
        """Whether ``agency_id`` has nothing left to say to it."""
        if self.group is None:
            return self.is_answered
        return agency_id not in {agency.pk for agency in self.unanswered_by}


@dataclass
class VillageChain:
    """The lines of one village by link, and what is found in them."""

    village: Village
    is_target: bool
    lines: dict[str, list[PlanLine]] = field(default_factory=lambda: defaultdict(list))
    answers: list[ChainAnswer] = field(default_factory=list)

    @cached_property
    def agencies(self) -> list[Agency]:
        found = {line.plan.agency_id: line.plan.agency for lines in self.lines.values() for line in lines}
        return sorted(found.values(), key=lambda agency: (agency.short_name, agency.pk))

    @cached_property
    def findings(self) -> list[ChainFinding]:
        """Of target locations only: nobody has to complete the chain of another village."""
        return [each for link, _word in LINKS for each in self._of_link(link)] if self.is_target else []

    def _of_link(self, link: str) -> Iterable[ChainFinding]:
        lines = self.lines.get(link, [])
        if not lines:
            yield ChainFinding(self.village, link, None, (), self._answers(link, None))
        by_group: dict[CommunityGroup, dict[int, Agency]] = defaultdict(dict)
        for line in lines:
            if line.group:
                by_group[line.group][line.plan.agency_id] = line.plan.agency
        for group, agencies in by_group.items():
            if len(agencies) > 1:
                both = tuple(sorted(agencies.values(), key=lambda agency: (agency.short_name, agency.pk)))
                yield ChainFinding(self.village, link, group, both, self._answers(link, group))

    def _answers(self, link: str, group: CommunityGroup | None) -> tuple[ChainAnswer, ...]:
        key = group.pk if group else None
        return tuple(each for each in self.answers if each.link == link and each.group_id == key)

    @property
    def gaps(self) -> list[ChainFinding]:
        return [each for each in self.findings if each.group is None]

    @property
    def twice(self) -> list[ChainFinding]:
        return [each for each in self.findings if each.group is not None]

    @property
    def open_findings(self) -> list[ChainFinding]:
        return [each for each in self.findings if not each.is_answered]

    @property
    def line_count(self) -> int:
        return sum(len(lines) for lines in self.lines.values())


def newest_versions(year: int) -> dict[int, WorkPlan]:
    """The newest version of each agency's plan of ``year`` by its key, set or not; one query."""
    newest: dict[int, WorkPlan] = {}
    for plan in WorkPlan.objects.filter(year=year).select_related("agency").order_by("sequence", "pk"):
        newest[plan.agency_id] = plan
    return {plan.pk: plan for plan in newest.values()}


def village_chains(
    year: int, villages: Collection[Village], targets: Collection[int], *, named: bool = False
) -> dict[int, VillageChain]:
    """Village id -> its chain of ``year``; three queries, however many villages and lines.

    The lines share their plans, and have what findings need; ``named``: the names of their activities too.
    """
    chains = {village.pk: VillageChain(village, village.pk in targets) for village in villages}
    plans = newest_versions(year)
    lines = PlanLine.objects.filter(plan__in=list(plans)).placed().filter(place_village__in=list(chains))
    names = ("group__name", "activity__name") if named else ("group__name",)
    lines = lines.select_related(*(name.partition("__")[0] for name in names))
    for line in lines.only("plan", "chain_link", "amount", *names).order_by("pk"):
        line.plan = plans[line.plan_id]
        chains[line.place_village].lines[line.chain_link].append(line)
    for answer in ChainAnswer.objects.of_chain(year, list(chains)):
        chains[answer.village_id].answers.append(answer)
    return chains


def is_open_to(user: User, plan: WorkPlan) -> bool:
    """Whether ``user`` reads the lines of ``plan`` whole: agreed ones, their own, and everything for who sees it."""
    return plan.status == WorkPlan.Status.SET or user.sees_everything or plan.agency_id in user.staff_agency_ids


def findings_of_plan(plan: WorkPlan, villages: Mapping[int, Village], targets: Collection[int]) -> list[ChainFinding]:
    """What the chains of the target villages in which ``plan`` works lack or have twice, as far as it concerns it."""
    chains = village_chains(plan.year, villages.values(), targets)
    found = [each for chain in chains.values() for each in chain.findings if each.concerns(plan.agency_id)]
    return sorted(found, key=lambda each: (each.village.name, each.village.pk))
