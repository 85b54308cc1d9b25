"""More of what recruitment, training and placements are made of, for tests/grown.py."""

from datetime import date, timedelta

from tests import facilitator_factories as make
from tests import factories, recruited, worlds

# What one round has at most: villages, papers and questions are few; people sit on one panel.
MOST = {"places": 14, "requirements": 10, "documents": 8, "criteria": 8, "seats": 9, "sessions": 20}


def grow_recruitment(world: worlds.World, ours: worlds.Side, number: int, words) -> None:
    made = world.lead.recruitment
    for name, record in made.rounds.items():
        _parts(record, ours, number, words)
        for status in dict.fromkeys(recruited.ROUNDS[name].values()):
            row = recruited.application_of(record, status, world.people, words(3), words(20))
            if name in ("selection", *recruited.JUDGED):
                _judge(row, words)
    again = recruited.round_of("published", ours.location, world.people, words(6))
    again.name = words(4)
    again.save()
    _work(world, ours, number, words)


def _parts(record, ours: worlds.Side, number: int, words) -> None:
    if number < MOST["places"]:
        village = factories.VillageFactory(district=ours.district, name=words(2))
        location = factories.TargetLocationFactory(village=village, core_competency=ours.competency)
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
        make.SheetScoreFactory(sheet=sheet, criterion=row.round.criteria.filter(part=part).first())
    make.ConflictOfInterestFactory(application=row, seat=row.round.seats.order_by("pk").first(), reason=words(3))
    make.ObjectionFactory(application=row, sender=words(2), text=words(20))


def _work(world: worlds.World, ours: worlds.Side, number: int, words) -> None:
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
    for someone in (person, made.facilitator):
        contract = make.ContractFactory(facilitator=someone, signer_name=words(2), **over)
        placement = make.PlacementFactory(
            facilitator=someone, contract=contract, target_location=ours.location, handover=words(20), **over
        )
        make.AppraisalFactory(placement=placement, findings=words(20))
    make.AppraisalFactory(placement=made.placement, findings=words(20))
    village = factories.VillageFactory(district=ours.district, name=words(2))
    location = factories.TargetLocationFactory(village=village, core_competency=ours.competency)
    make.PlacementFactory(facilitator=person, contract__facilitator=person, target_location=location)
