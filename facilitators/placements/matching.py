"""Who fits a target location: every facilitator with the reasons in words, the free ones first. It hides nobody."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from districts.evidence.models import commodity_tree, descendants
from districts.locations.models import TargetLocation
from facilitators.placements.models import Contract, Placement
from facilitators.placements.rules import most_at_once
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import Enrolment
from p2emas.accounts.models import User
from p2emas.naming import current
from p2emas.ui.formats import long_date

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SAME_COMMODITY, RELATED_COMMODITY = 4, 3
SAME_VILLAGE, SAME_DISTRICT = 3, 2
WISHED, ANYWHERE = 2, 1
TRAINED = 2
ORDER = (
    "Yang bebas didahulukan, lalu menurut alasan: komoditas (4 sama, 3 turunan atau induknya), domisili (3 sedesa, "
    "2 sekecamatan), pilihan pada lamaran (2, atau 1 bersedia di mana saja), lulus pelatihan (2)."
)


@dataclass(frozen=True)
class Reason:
    text: str
    points: int

    @property
    def speaks_for(self) -> bool:
        return self.points > 0


@dataclass(frozen=True)
class Match:
    facilitator: Facilitator
    reasons: list[Reason]
    busy: list[Placement]  # what holds or is to begin
    is_free: bool
    contract: Contract | None  # one that can carry a placement

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True)
class Wanted:
    """What is compared: the place, its commodity, and the commodities above and below it."""

    location: TargetLocation
    below: set[int]
    above: set[int]


class Prepared(TypedDict):
    trained: bool
    busy: list[Placement]
    open_contracts: list[Contract]


Candidate: TypeAlias = "WithAnnotations[Facilitator, Prepared]"


def matches_for(location: TargetLocation, user: User, on: date) -> list[Match]:
    """All facilitators in scope, best first, in a constant number of queries."""
    wanted = wanted_of(location)
    passed = Enrolment.objects.passed().filter(facilitator=OuterRef("pk"))
    people: QuerySet[Candidate] = (
        Facilitator.objects.for_user(user)
        .annotate(trained=Exists(passed))
        .select_related("home_village", "home_district", "application")
        .prefetch_related(
            "skills",
            "application__wishes__place",
            Prefetch("placements", Placement.objects.open(on).for_table().order_by("starts"), to_attr="busy"),
            Prefetch("contracts", Contract.objects.filter(ends__gte=on), to_attr="open_contracts"),
        )
    )
    found = [match_of(person, wanted) for person in people]
    return sorted(found, key=lambda match: (not match.is_free, -match.points, match.facilitator.name))


def wanted_of(location: TargetLocation) -> Wanted:
    tree = commodity_tree()
    core = location.core_competency.commodity_id
    above: set[int] = set()
    parent = tree.get(core)
    while parent is not None and parent not in above:
        above.add(parent)
        parent = tree.get(parent)
    return Wanted(location, descendants(core, tree) - {core}, above)


def match_of(person: Candidate, wanted: Wanted) -> Match:
    villages = [each for each in person.busy if not each.is_consultant]
    free = not villages or most_at_once(villages, villages[0].starts) < settings.FACILITATOR_VILLAGE_CAP
    there = any(each.target_location_id == wanted.location.pk for each in villages)
    reasons = [_commodity(person, wanted), _home(person, wanted), _wish(person, wanted), _training(person)]
    reasons.append(_language(person))
    contract = person.open_contracts[0] if person.open_contracts else None
    return Match(person, [each for each in reasons if each], list(person.busy), free and not there, contract)


def _commodity(person: Facilitator, wanted: Wanted) -> Reason:
    core = wanted.location.core_competency.commodity
    skills = list(person.skills.all())
    for skill in skills:
        if skill.pk == core.pk:
            return Reason(f"Menguasai {core}, kompetensi inti kecamatan", SAME_COMMODITY)
    for skill in skills:
        words = {"skill": skill, "core": core}
        if skill.pk in wanted.below:
            return Reason("Menguasai {skill}, bagian dari {core}".format(**words), RELATED_COMMODITY)
        if skill.pk in wanted.above:
            return Reason("Menguasai {skill}, yang mencakup {core}".format(**words), RELATED_COMMODITY)
    if not skills:
        return Reason("Komoditas yang dikuasai belum dicatat", 0)
    names = ", ".join(map(str, skills))
    return Reason(f"Menguasai {names}, bukan kompetensi inti kecamatan", 0)


def _home(person: Facilitator, wanted: Wanted) -> Reason:
    village = wanted.location.village
    if person.home_village_id == village.pk:
        return Reason("Tinggal di desa ini", SAME_VILLAGE)
    district = person.home_village.district_id if person.home_village else person.home_district_id
    if district == village.district_id:
        return Reason("Tinggal di kecamatan ini", SAME_DISTRICT)
    if person.home_village or person.home_district:
        return Reason(f"Tinggal di {person.home_village or person.home_district}", 0)
    if person.lives_outside:
        return Reason(f"Tinggal di luar {current().regency}", 0)
    return Reason("Domisili belum dicatat", 0)


def _wish(person: Facilitator, wanted: Wanted) -> Reason | None:
    application = person.application
    if application is None:
        return None
    for wish in application.wishes.all():
        if wish.place.target_location_id == wanted.location.pk:
            return Reason(f"Memilih desa ini dalam lamaran, pilihan ke-{wish.rank}", WISHED)
    return Reason("Bersedia di mana saja menurut lamaran", ANYWHERE) if application.anywhere else None


def _training(person: Candidate) -> Reason:
    return Reason("Lulus pelatihan", TRAINED) if person.trained else Reason("Belum lulus pelatihan", 0)


def _language(person: Facilitator) -> Reason | None:
    """No figure says which languages a village speaks: the office reads and judges."""
    return Reason(f"Berbahasa {person.languages}", 0) if person.languages else None


def busy_words(match: Match) -> str:
    return "; ".join(f"{each.place_name} sampai {long_date(each.last_day)}" for each in match.busy)
