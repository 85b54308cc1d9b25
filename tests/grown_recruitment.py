"""More of what recruitment, training and placements are made of, for tests/grown.py."""

from datetime import date, timedelta

from tests import facilitator_factories as make
from tests import factories, recruited, worlds

# What one round has at most: villages, papers and questions are few; people sit on one panel.
MOST = {"places": 6, "requirements": 10, "documents": 8, "criteria": 8, "seats": 9, "sessions": 20, "states": 3}
# Who is interviewed, and so who is marked on one page: three for each of the villages. Lists grow without end.
MOST_OF = {"INVITED": 42, "ACCEPTED": 14, "RESERVE": 42}
ENDLESS = {("published", "SENT"), ("selection", "PASSED_TEST"), ("announced", "REJECTED")}


def grow_recruitment(world: worlds.World, ours: worlds.Side, number: int, words) -> None:
    made = world.lead.recruitment
    location = _location(ours, number, words)
    for name, record in made.rounds.items():
        _parts(record, location, number, words)
        for status in _states_of(name, number):
            row = recruited.application_of(record, status, world.people, words(3), words(20))
            if name in ("selection", *recruited.JUDGED):
                _judge(row, words)
    again = recruited.round_of("published", ours.location, world.people, words(6))
    again.name = words(4)
    again.save()
    if number < MOST["states"]:
        for decree in (None, world.lead.draft_decree):
            _decided(location or ours.location, decree, words)
    _work(world, location or ours.location, number, words)


def _decided(location, decree, words) -> None:
    """A round that was decided: ready for a decree, or in a draft."""
    record = make.RecruitmentRoundFactory(status="DECIDED", judged=True, name=words(4), decree=decree)
    place = make.PlaceFactory(round=record, target_location=location)
    make.ApplicationFactory(round=record, status="ACCEPTED", placed_at=place, name=words(2))


def _location(ours: worlds.Side, number: int, words):
    """One more target location, as long as there are not too many; None afterwards."""
    if number >= MOST["places"]:
        return None
    village = factories.VillageFactory(district=ours.district, name=words(2))
    return factories.TargetLocationFactory(village=village, core_competency=ours.competency)


def _states_of(name: str, number: int) -> list[str]:
    """States that the round ``name`` gets one more application in."""
    states = dict.fromkeys(recruited.ROUNDS[name].values())
    return [status for status in states if (name, status) in ENDLESS or number < MOST_OF.get(status, MOST["states"])]


def _parts(record, location, number: int, words) -> None:
    if location:
        make.PlaceFactory(round=record, target_location=location)
    if number < MOST["requirements"]:
        make.RequirementFactory(round=record, text=f"{words(6)} {number}")
    if number < MOST["documents"]:
        make.DocumentKindFactory(round=record, name=f"{words(3)} {number}"[:80])
    if number < MOST["criteria"]:
        for part in ("DOSSIER", "INTERVIEW"):
            make.RubricCriterionFactory(round=record, part=part, name=f"{words(4)} {number}", weight=10)
    if number < MOST["seats"]:
        make.PanelSeatFactory(round=record)


def _judge(row, words) -> None:
    make.TestScoreFactory(application=row, source=words(4))
    make.InterviewFactory(application=row, room=words(2))
    seat = row.round.seats.order_by("pk").last()
    for part in ("DOSSIER", "INTERVIEW"):
        sheet = make.ScoreSheetFactory(application=row, seat=seat, part=part, note=words(9))
        score = make.SheetScoreFactory(sheet=sheet, criterion=row.round.criteria.filter(part=part).first())
        make.ScoreCorrectionFactory(score=score, minutes_no=words(2)[:80], reason=words(9)[:300])
    make.ConflictOfInterestFactory(application=row, seat=row.round.seats.order_by("pk").first(), reason=words(3))
    make.WithdrawnConflictFactory(
        application=row, seat=row.round.seats.order_by("pk").first(), reason=words(3), why=words(6)
    )
    make.ObjectionFactory(application=row, sender=words(2), text=words(20))


def _work(world: worlds.World, location, number: int, words) -> None:
    made = world.lead.recruitment
    make.CourseFactory(name=words(4))
    person = make.FacilitatorFactory(name=words(2), languages=words(2))
    row = make.EnrolmentFactory(course=made.course, facilitator=person)
    mine = make.EnrolmentFactory(course=make.CourseFactory(name=words(3)), facilitator=made.facilitator)
    if number < MOST["sessions"]:
        session = make.SessionFactory(course=made.course, topic=words(5))
        for each in (row, made.enrolment):
            make.AttendanceFactory(session=session, enrolment=each)
    make.SessionFactory(course=mine.course, topic=words(5))
    starts = date(2010, 1, 1) + timedelta(days=2 * number)
    over = {"starts": starts, "ends": starts + timedelta(days=1)}
    days = {"valid_from": over["starts"], "valid_until": over["ends"]}
    factories.VillageScopeFactory(user=world.people["facilitator"], village=location.village, **days)
    factories.VillageScopeFactory(user=world.people["facilitator"], village=location.village)
    for someone in (person, made.facilitator):
        contract = make.ContractFactory(facilitator=someone, signer_name=words(2), **over)
        placement = make.PlacementFactory(
            facilitator=someone, contract=contract, target_location=location, handover=words(20), **over
        )
        make.AppraisalFactory(placement=placement, findings=words(20))
    make.AppraisalFactory(placement=made.placement, findings=words(20))
    make.PlacementFactory(facilitator=person, contract__facilitator=person, target_location=location)
