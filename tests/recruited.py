"""The part of the world (tests/worlds.py) in which facilitators are recruited, trained and placed.

``applicant`` is the word in what only the office reads of applicants and facilitators, ``answers`` the one in the
answers that the panel reads too.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.core.files.base import ContentFile

from facilitators.models import ApplicationFile, RecruitmentRound
from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.result.inputs import selection_inputs
from p2emas.models import User
from tests import facilitator_factories as make
from tests.pictures import JPEG

SAVED = datetime(2019, 10, 6, 3, 0, tzinfo=UTC)
# One round in each state that has pages of its own, the applications in it by name -> state.
ROUNDS = {
    "draft": {},
    "published": {"draft": "DRAFT", "sent": "SENT", "incomplete": "INCOMPLETE", "withdrawn": "WITHDRAWN"},
    "closed": {"sent": "SENT", "passed": "PASSED_FILES", "refused": "REJECTED"},
    "selection": {"passed": "PASSED_FILES", "tested": "PASSED_TEST", "invited": "INVITED", "barred": "INVITED"},
    "submitted": {"invited": "INVITED"},
    "decided": {"accepted": "ACCEPTED", "reserve": "RESERVE"},
    "announced": {"accepted": "ACCEPTED", "reserve": "RESERVE", "rejected": "REJECTED", "dropped": "DROPPED"},
}
JUDGED = {"submitted", "decided", "announced"}


def recruit(sides, people: dict[str, User], placed, lead_word: str, applicant: str, answers: str) -> SimpleNamespace:
    """Rounds in every state, their panels and applications, a course, placements. The panelist has a seat in all."""
    made = SimpleNamespace(rounds={}, applications={}, interviews={}, seats={})
    location = sides["ours"].location
    for name, states in ROUNDS.items():
        record = round_of(name, location, people, lead_word)
        made.rounds[name] = record
        made.seats[name] = record.seats.exclude(user=people["panelist"]).get()
        for each, status in states.items():
            made.applications[f"{name}_{each}"] = application_of(record, status, people, applicant, answers)
    _judge(made, people, applicant, answers)
    _work(made, sides, people, placed, applicant)
    return made


def round_of(name: str, location, people: dict[str, User], word: str) -> RecruitmentRound:
    hidden = name == "draft"
    record = make.RecruitmentRoundFactory(
        code=f"seleksi-{name}-{RecruitmentRound.objects.count()}",
        status=name.upper(),
        intro=f"Pengantar {word}" if hidden else "Pendamping tinggal di desa.",
        discussion=f"Pembahasan {word}",
        submitted_by=people["coordinator"] if name in JUDGED else None,
        decided_by=people["coordinator_head"] if name in ("decided", "announced") else None,
        announced_at=SAVED if name == "announced" else None,
        inputs={} if name in JUDGED else None,
        results={} if name in JUDGED else None,
    )
    make.PlaceFactory(round=record, target_location=location)
    make.RequirementFactory(round=record)
    make.DocumentKindFactory(round=record)
    make.RubricCriterionFactory(round=record, part="DOSSIER")
    make.RubricCriterionFactory(round=record, part="INTERVIEW")
    make.PanelSeatFactory(round=record, user=people["panelist"])
    make.PanelSeatFactory(round=record)
    return record


def application_of(record: RecruitmentRound, status: str, people: dict[str, User], applicant: str, answers: str):
    place = record.places.first()
    fields = {"draft": True} if status == "DRAFT" else {"status": status}
    row = make.ApplicationFactory(
        round=record,
        name=f"Pelamar {applicant}"[:120],
        phone=applicant[:20],
        address=f"Jalan {applicant}",
        school=f"Sekolah {applicant}",
        major=f"Jurusan {applicant}"[:120],
        languages=f"Bahasa {applicant}",  # the panel does not see it: it tells the ethnic group
        experience=f"Pengalaman {answers}",
        motivation=f"Alasan {answers}",
        choice_reason=f"Pilihan {applicant}",
        placed_at=place if status in ("ACCEPTED", "DROPPED") else None,
        reserve_rank=1 if status == "RESERVE" else None,
        rejected_for="RANK" if status == "REJECTED" else "",
        **fields,
    )
    make.PlaceChoiceFactory(application=row, place=place)
    document = record.documents.first()
    stored = ApplicationFile(
        application=row,
        document=document,
        original_name=f"{applicant}.jpg"[:120],
        caption=f"KTP {applicant}",
        content_type="image/jpeg",
        size=len(JPEG),
        sha256="0" * 64,
    )
    stored.file.save("berkas", ContentFile(JPEG), save=False)
    stored.save()
    if status != "DRAFT":
        make.RequirementCheckFactory(
            application=row, requirement=record.requirements.first(), checked_by=people["coordinator"]
        )
        make.PersonalDataAccessFactory(
            application=row, user=people["coordinator"], reason=f"Cocokkan {applicant}", detail=f"KTP {applicant}"
        )
    return row


def _judge(made: SimpleNamespace, people: dict[str, User], applicant: str, answers: str) -> None:
    """Somebody else of the panel has saved the sheets; the panelist has saved none, and is barred from one."""
    for key, row in made.applications.items():
        name = key.partition("_")[0]
        if name not in ("selection", *JUDGED):
            continue
        seat = row.round.seats.exclude(user=people["panelist"]).get()
        make.TestScoreFactory(application=row, source=f"Berita acara {applicant}")
        made.interviews[key] = make.InterviewFactory(application=row, room=f"Ruang {applicant}"[:120])
        for part in ("DOSSIER", "INTERVIEW"):
            sheet = make.ScoreSheetFactory(application=row, seat=seat, part=part, note=f"Catatan {applicant}")
            score = make.SheetScoreFactory(sheet=sheet, criterion=row.round.criteria.get(part=part))
            if (key, part) == ("selection_invited", "DOSSIER"):
                made.score = score
                make.ScoreCorrectionFactory(score=score, by=people["coordinator"], reason=f"Salah tekan {applicant}")
    barred = made.applications["selection_barred"]
    make.ConflictOfInterestFactory(
        application=barred, seat=barred.round.seats.get(user=people["panelist"]), reason=f"Ipar {applicant}"
    )
    made.conflict = barred.conflicts.get()
    made.other_conflict = make.ConflictOfInterestFactory(
        application=made.applications["published_sent"],
        seat=made.seats["published"],
        reason=f"Ipar {applicant}",
    )
    make.WithdrawnConflictFactory(
        application=barred, seat=made.seats["selection"], reason=f"Ipar {applicant}", why=f"Keliru {applicant}"
    )
    made.objection = make.ObjectionFactory(
        application=made.applications["announced_rejected"],
        sender=f"Pengirim {applicant}",
        text=f"Keberatan {applicant}",
        answer=f"Konsep jawaban {applicant}",
    )
    made.question = made.rounds["selection"].criteria.get(part="DOSSIER")
    made.other_objection = make.ObjectionFactory(
        application=None, round=made.rounds["published"], sender=f"Pengirim {applicant}", text=f"Keberatan {applicant}"
    )
    for name in JUDGED:
        record = made.rounds[name]
        record.applications.open_to_choice().update(choice="REJECT")
        inputs = selection_inputs(record)
        RecruitmentRound.objects.filter(pk=record.pk).update(inputs=inputs, results=compute_selection(inputs))


def _work(made: SimpleNamespace, sides, people: dict[str, User], placed, applicant: str) -> None:
    """A course that runs today and one of others, a placement in ours (its facilitator signs in), and one that is over in theirs."""
    own = make.FacilitatorFactory(
        application=made.applications["announced_accepted"],
        user=people["facilitator"],
        name="Pendamping bertugas",
        phone=applicant[:20],
        languages=f"Bahasa {applicant}",
    )
    made.facilitator = own
    made.other_facilitator = make.FacilitatorFactory(
        name=f"Pendamping {applicant}"[:120], phone=applicant[:20], languages=f"Bahasa {applicant}"
    )
    made.course = make.CourseFactory(round=made.rounds["announced"])
    made.session = make.SessionFactory(course=made.course)
    made.enrolment = make.EnrolmentFactory(course=made.course, facilitator=own, outcome_reason=f"Sebab {applicant}")
    made.other_enrolment = make.EnrolmentFactory(
        course=made.course, facilitator=made.other_facilitator, outcome_reason=f"Sebab {applicant}"
    )
    make.AttendanceFactory(session=made.session, enrolment=made.enrolment)
    made.other_course = make.CourseFactory()
    made.other_session = make.SessionFactory(course=made.other_course)
    made.their_enrolment = make.EnrolmentFactory(course=made.other_course, facilitator=made.other_facilitator)
    made.placement = make.PlacementFactory(
        facilitator=own,
        target_location=sides["ours"].location,
        contract__facilitator=own,
        assignment=people["facilitator"].assignments.first(),
        scope=people["facilitator"].village_scopes.first(),
    )
    over = {"starts": date(2018, 1, 2), "ends": date(2018, 12, 31)}
    made.other_placement = make.PlacementFactory(
        facilitator=made.other_facilitator,
        target_location=sides["theirs"].location,
        contract__facilitator=made.other_facilitator,
        ended_on=date(2018, 6, 30),
        end_reason="RESIGNED",
        end_note=f"Sebab {applicant}",
        handover=f"Serah terima {applicant}",
        **over,
    )
    made.third_facilitator = make.FacilitatorFactory(name="Pendamping cadangan")
    made.third_contract = make.ContractFactory(facilitator=made.third_facilitator)
    made.next_contract = make.ContractFactory(facilitator=own, starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    made.appraisal = make.AppraisalFactory(placement=made.placement, findings=f"Kinerja {applicant}")
    make.AppraisalFactory(placement=made.other_placement, findings=f"Kinerja {applicant}")
