"""More of what determinations by a panel and selection rounds are made of, for tests/grown.py."""

from datetime import date

from django.core.files.base import ContentFile

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.computing import compute
from districts.competencies.panel.models import CompetencyOption, DeterminationCriterion
from districts.competencies.panel.snapshot import take_inputs
from districts.locations.candidates.visits import SurveyPhoto
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from districts.locations.runs import compute_run, request_run
from tests import factories as make
from tests import worlds

# What people weigh at most in one sitting; candidates: three of each kecamatan.
MOST = {
    "options": 10,
    "analyses": 5,
    "criteria": 8,
    "seats": 12,
    "waiting": 4,
    "candidates": 42,
    "decreed": 1,
    "visits": 4,
    "photos": 12,
}


def grow_panels(world: worlds.World, number: int, words) -> None:
    for record in _panels(world):
        option = criterion = None
        if number < MOST["options"]:
            commodity = make.CommodityFactory(name=f"{words(2)} {number}")
            option = make.CompetencyOptionFactory(determination=record, commodity=commodity, note=words(6))
        if number < MOST["criteria"]:
            criterion = make.DeterminationCriterionFactory(determination=record, name=f"{words(4)} {number}", weight=10)
        if option and record.status == "DRAFT":
            measured = record.criteria.filter(kind="EVIDENCE").first()
            make.InapplicableCriterionFactory(option=option, criterion=measured, reason=words(6))
        if number < MOST["analyses"] and option and record.status == "DRAFT":
            analysis = make.DeterminationAnalysisFactory(determination=record, name=f"{words(2)} {number}")
            make.AnalysedCommodityFactory(analysis=analysis, commodity=option.commodity)
        if number < MOST["seats"] and record.status != "DRAFT":
            make.AssessorSeatFactory(determination=record, note=words(8), scored_at=worlds.SENT_AT)
        _score(record, option, criterion)


def _panels(world: worlds.World) -> list[CompetencyDetermination]:
    found = vars(world.lead.panels[worlds.OURS]).values()
    return [each for each in found if isinstance(each, CompetencyDetermination)]


def _score(
    record: CompetencyDetermination, option: CompetencyOption | None, criterion: DeterminationCriterion | None
) -> None:
    """Each complete seat about what is new, and a new seat about everything."""
    seats = list(record.seats.exclude(scored_at=None))
    given = set(record.seats.values_list("pk", "scores__option", "scores__criterion"))
    criteria = list(record.criteria.all())
    for each in record.options.all():
        for asked in criteria:
            for seat in seats if option == each or criterion == asked else seats[-1:]:
                if (seat.pk, each.pk, asked.pk) not in given:
                    make.PanelScoreFactory(option=each, criterion=asked, seat=seat, score=1 + (each.pk + asked.pk) % 5)


def _compute(record: CompetencyDetermination) -> None:
    record.inputs = take_inputs(record)
    if record.status in ("DISCUSSED", "ENACTED"):
        numbers = {pk: number for number, pk in enumerate(record.seats.values_list("pk", flat=True), 1)}
        scores = [
            [score.option_id, score.criterion_id, numbers[score.seat_id], score.score]
            for seat in record.seats.all()
            for score in seat.scores.all()
        ]
        record.inputs |= {"assessors": len(numbers), "scores": scores}
        record.results = compute(record.inputs)
    record.save()


def grow_rounds(world: worlds.World, ours: worlds.Side, number: int, words) -> None:
    rounds = world.lead.rounds
    for name in ("draft", "open", "scoring", "submitted", "enacted"):
        _round_parts(world, ours, getattr(rounds, name), number, words)
    for candidate in (rounds.scoring_ours, rounds.open_ours, rounds.enacted_ours):
        _visit(candidate, ours, number, words)
        candidate.source = words(3)
        candidate.save()
    for status in ("ENACTED", *(SelectionRound.UNFINISHED if number < MOST["waiting"] else ())):
        _further_round(ours, status, words)


def _round_parts(world: worlds.World, ours: worlds.Side, record: SelectionRound, number: int, words) -> None:
    if number < MOST["criteria"]:
        criterion = make.CriterionFactory(round=record, name=f"{words(4)} {number}", weight=10)
        criterion.source = words(3)
        criterion.save()
        _judge(world, record, criterion, words)
        for candidate in record.candidates.all():
            make.CandidateValueFactory(candidate=candidate, criterion=criterion, value=50, source=words(3))
    if number < MOST["candidates"]:
        village = make.VillageFactory(district=ours.district, name=words(2))
        candidate = _candidate(record, village, world.lead.commodity, number, words)
        for criterion in record.criteria.all():
            value = 20 + (candidate.pk + criterion.pk) % 60
            make.CandidateValueFactory(candidate=candidate, criterion=criterion, value=value, source=words(3))
    if number < MOST["decreed"]:
        candidate = record.candidates.order_by("-pk")[0]
        make.DecreeItemFactory(decree=world.lead.draft_decree, village=candidate.village, candidate=candidate)
    record.discussion = words(12)
    record.save()


def _judge(world: worlds.World, record: SelectionRound, criterion: Criterion, words) -> None:
    """Everything by one person, as a consistent table needs, and one pair by somebody else."""
    others = list(record.criteria.exclude(pk=criterion.pk))
    pairs = [(world.people["coordinator"], other) for other in others]
    for user, other in [*pairs, (make.UserFactory(name=words(2)), others[0])]:
        make.PairwiseJudgmentFactory(round=record, user=user, first=other, second=criterion, grade=3)


def _candidate(record: SelectionRound, village, commodity, number: int, words):
    status = {"DRAFT": "PROPOSED", "OPEN": "PROPOSED", "ENACTED": "RESERVE"}.get(record.status, "ELIGIBLE")
    choice = {} if status == "PROPOSED" else {"choice": "RESERVE", "reserve_rank": number + 2, "reason": words(9)}
    group = make.CommunityGroupFactory(village=village, name=words(3), commodity=commodity)
    own = {"village": village, "commodity": commodity, "group": group, "existing_activity": words(12)}
    return make.CandidateFactory(round=record, status=status, **own, **choice)


def _visit(candidate, ours: worlds.Side, number: int, words) -> None:
    if number < MOST["visits"]:
        visit = make.SurveyVisitFactory(
            candidate=candidate, visited_on=date(2017, 7, 1 + number), surveyors=words(4), findings=words(30)
        )
        _photo(visit, ours, words)
    if number < MOST["photos"]:
        for visit in candidate.visits.all():
            _photo(visit, ours, words)


def _photo(visit, ours: worlds.Side, words) -> None:
    photo = SurveyPhoto(
        visit=visit,
        original_name=f"{words(3)}.jpg",
        caption=words(6),
        content_type="image/jpeg",
        size=len(worlds.JPEG),
        sha256=f"{SurveyPhoto.objects.count():064d}",
        uploaded_by=ours.sender,
    )
    photo.file.save("berkas", ContentFile(worlds.JPEG), save=False)
    photo.save()


def _further_round(ours: worlds.Side, status: str, words) -> None:
    """One that was decided before, or that waits for somebody beside those of the world."""
    decree = make.DecreeFactory(about=words(9), source=words(4)) if status == "ENACTED" else None
    dates = {"opens": date(2019, 10, 1), "closes": date(2019, 10, 31)} if status == "OPEN" else {}
    record = make.SelectionRoundFactory(name=words(5), status="SCORING", decree=decree, **dates)
    make.CriterionFactory(round=record)
    make.CandidateFactory(
        round=record, village=ours.village, commodity=ours.group.commodity, existing_activity=words(8)
    )
    run = make.RankingRunFactory(round=record) if status in ("SUBMITTED", "DECIDED", "ENACTED") else None
    SelectionRound.objects.filter(pk=record.pk).update(status=status, run=run)


def compute_again(world: worlds.World) -> None:
    """Results of what panels and rounds hold now; rounds with the head keep their run."""
    for record in _panels(world):
        _compute(record)
    for name in ("scoring", "submitted", "enacted"):
        record = getattr(world.lead.rounds, name)
        run = request_run(selection=record, asked_by=world.people["coordinator"])
        compute_run.func(run.pk)
        if name != "scoring":
            SelectionRound.objects.filter(pk=record.pk).update(run=run)
        record.refresh_from_db()
