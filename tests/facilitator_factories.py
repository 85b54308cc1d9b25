"""Factories of the house of facilitators: the smallest honest row, with what it depends on."""

import uuid
from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from facilitators.models import (
    Application,
    Appraisal,
    Attendance,
    ConflictOfInterest,
    Contract,
    Course,
    DocumentKind,
    Enrolment,
    Facilitator,
    Interview,
    Objection,
    PanelSeat,
    PersonalDataAccess,
    Place,
    PlaceChoice,
    Placement,
    RecruitmentRound,
    Requirement,
    RequirementCheck,
    RubricCriterion,
    ScoreCorrection,
    ScoreSheet,
    Session,
    SheetScore,
    TestScore,
    WithdrawnConflict,
)
from p2emas.privacy.sealing import fingerprint, seal
from programs.models import FieldPhoto, FieldReport, SalesEntry, StoryPart, VisitedLine, VisitReply
from tests.factories import CommunityGroupFactory, PlanLineFactory, TargetLocationFactory, UserFactory

OPENS = datetime(2019, 10, 1, 1, 0, tzinfo=UTC)
CLOSES = datetime(2019, 10, 31, 9, 0, tzinfo=UTC)
SENT = datetime(2019, 10, 5, 2, 0, tzinfo=UTC)


def nik_of(n: int, born: date = date(1994, 3, 17)) -> str:
    """A number of the right shape for a man born on ``born`` in Kabupaten Sintang."""
    return f"610519{born:%d%m%y}{n % 10_000:04d}"


class RecruitmentRoundFactory(DjangoModelFactory):
    """Published and open on 8 October 2019; ``complete=True`` adds place, requirement, paper and both rubrics."""

    class Meta:
        model = RecruitmentRound
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=RecruitmentRound.Status.DRAFT)
        judged = factory.Trait(  # everything that later states ask for
            submitted_by=factory.SubFactory(UserFactory),
            decided_by=factory.SubFactory(UserFactory),
            inputs={},
            results={},
        )

    code = factory.Sequence(lambda n: f"pendamping-{n}")
    name = factory.Sequence(lambda n: f"Pendamping masyarakat {n}")
    year = 2020
    intro = "Pendamping tinggal di desa dan menggerakkan kelompok."
    opens_at = OPENS
    closes_at = CLOSES
    contact = "Sekretariat seleksi, (0565) 000-000"
    status = RecruitmentRound.Status.PUBLISHED

    @factory.post_generation
    def complete(self, create, wanted, **kwargs):
        if wanted:
            PlaceFactory(round=self)
            RequirementFactory(round=self)
            DocumentKindFactory(round=self)
            RubricCriterionFactory(round=self, part="DOSSIER")
            RubricCriterionFactory(round=self, part="INTERVIEW")


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    round = factory.SubFactory(RecruitmentRoundFactory)
    target_location = factory.SubFactory(TargetLocationFactory)


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = Requirement

    round = factory.SubFactory(RecruitmentRoundFactory)
    text = factory.Sequence(lambda n: f"Syarat nomor {n}")


class DocumentKindFactory(DjangoModelFactory):
    class Meta:
        model = DocumentKind

    round = factory.SubFactory(RecruitmentRoundFactory)
    name = factory.Sequence(lambda n: f"Berkas {n}")


class RubricCriterionFactory(DjangoModelFactory):
    class Meta:
        model = RubricCriterion

    round = factory.SubFactory(RecruitmentRoundFactory)
    part = RubricCriterion.Part.DOSSIER
    name = factory.Sequence(lambda n: f"Kriteria {n}")
    weight = 100


class ApplicationFactory(DjangoModelFactory):
    """Sent on 5 October 2019; ``draft=True`` for one that is still being written."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        serial = factory.Sequence(lambda n: n + 1)
        draft = factory.Trait(status=Application.Status.DRAFT, number="", sent_at=None, declared_at=None)

    round = factory.SubFactory(RecruitmentRoundFactory)
    number = factory.LazyAttribute(lambda o: f"LMR-{o.round.year}-{o.serial:04d}")
    name = factory.LazyAttribute(lambda o: f"Pelamar {o.serial}")
    phone = factory.LazyAttribute(lambda o: f"+62812{o.serial:08d}")
    nik_sealed = factory.LazyAttribute(lambda o: seal(nik_of(o.serial)))
    nik_fingerprint = factory.LazyAttribute(lambda o: fingerprint(nik_of(o.serial)))
    nik_last4 = factory.LazyAttribute(lambda o: nik_of(o.serial)[-4:])
    birth_date = date(1994, 3, 17)
    address = "Jalan Lintas Melawi"
    education = Application.Education.S1
    school = "Universitas Kapuas"
    major = "Agribisnis"
    graduated = 2016
    experience = "Mendampingi kelompok tani selama dua tahun."
    motivation = "Ingin kelompok menjual bersama."
    consent_version = "2019-2"
    consented_at = SENT
    declared_at = SENT
    sent_at = SENT
    status = Application.Status.SENT


class PlaceChoiceFactory(DjangoModelFactory):
    class Meta:
        model = PlaceChoice

    application = factory.SubFactory(ApplicationFactory)
    place = factory.SubFactory(PlaceFactory, round=factory.SelfAttribute("..application.round"))
    rank = 1


class RequirementCheckFactory(DjangoModelFactory):
    class Meta:
        model = RequirementCheck

    application = factory.SubFactory(ApplicationFactory)
    requirement = factory.SubFactory(RequirementFactory, round=factory.SelfAttribute("..application.round"))
    met = True
    checked_by = factory.SubFactory(UserFactory)


class PersonalDataAccessFactory(DjangoModelFactory):
    class Meta:
        model = PersonalDataAccess

    application = factory.SubFactory(ApplicationFactory)
    user = factory.SubFactory(UserFactory)
    field = PersonalDataAccess.Field.NIK
    reason = "Mencocokkan dengan KTP"


class PanelSeatFactory(DjangoModelFactory):
    class Meta:
        model = PanelSeat

    round = factory.SubFactory(RecruitmentRoundFactory)
    user = factory.SubFactory(UserFactory)


class ConflictOfInterestFactory(DjangoModelFactory):
    class Meta:
        model = ConflictOfInterest

    application = factory.SubFactory(ApplicationFactory)
    seat = factory.SubFactory(PanelSeatFactory, round=factory.SelfAttribute("..application.round"))
    origin = ConflictOfInterest.Origin.STATEMENT


class WithdrawnConflictFactory(DjangoModelFactory):
    class Meta:
        model = WithdrawnConflict

    application = factory.SubFactory(ApplicationFactory)
    seat = factory.SubFactory(PanelSeatFactory, round=factory.SelfAttribute("..application.round"))
    origin = ConflictOfInterest.Origin.STATEMENT
    declared_at = SENT
    withdrawn_by = factory.SubFactory(UserFactory)
    why = "Nomor lamaran keliru"


class ScoreSheetFactory(DjangoModelFactory):
    class Meta:
        model = ScoreSheet

    application = factory.SubFactory(ApplicationFactory)
    seat = factory.SubFactory(PanelSeatFactory, round=factory.SelfAttribute("..application.round"))
    part = RubricCriterion.Part.DOSSIER


class SheetScoreFactory(DjangoModelFactory):
    class Meta:
        model = SheetScore

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.SubFactory(
        RubricCriterionFactory,
        round=factory.SelfAttribute("..sheet.application.round"),
        part=factory.SelfAttribute("..sheet.part"),
    )
    score = 4


class ScoreCorrectionFactory(DjangoModelFactory):
    class Meta:
        model = ScoreCorrection

    score = factory.SubFactory(SheetScoreFactory)
    old = factory.SelfAttribute("score.score")
    new = 5
    minutes_no = factory.Sequence(lambda n: f"050/{n}/BA/2019")
    minutes_on = date(2019, 10, 7)
    reason = "Salah tekan."
    by = factory.SubFactory(UserFactory)


class TestScoreFactory(DjangoModelFactory):
    __test__ = False

    class Meta:
        model = TestScore

    application = factory.SubFactory(ApplicationFactory)
    score = 72


class InterviewFactory(DjangoModelFactory):
    class Meta:
        model = Interview

    application = factory.SubFactory(ApplicationFactory)
    at = datetime(2019, 11, 12, 2, 0, tzinfo=UTC)
    room = "Ruang rapat"


class FacilitatorFactory(DjangoModelFactory):
    class Meta:
        model = Facilitator
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Pendamping {n}")
    phone = factory.Sequence(lambda n: f"+62813{n:08d}")
    office_phone = factory.Sequence(lambda n: f"0565{n:06d}")


class ObjectionFactory(DjangoModelFactory):
    class Meta:
        model = Objection

    application = factory.SubFactory(ApplicationFactory)
    round = factory.SelfAttribute("application.round")
    sender = factory.Sequence(lambda n: f"Pengirim keberatan {n}")
    received_on = date(2019, 11, 20)
    text = "Nilai wawancara mohon ditinjau."


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    name = factory.Sequence(lambda n: f"Pembekalan {n}")
    place = "Balai pelatihan"
    starts = date(2019, 10, 7)
    ends = date(2019, 10, 11)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    course = factory.SubFactory(CourseFactory)
    topic = factory.Sequence(lambda n: f"Materi {n}")
    starts_at = datetime(2019, 10, 8, 1, 0, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    course = factory.SubFactory(CourseFactory)
    facilitator = factory.SubFactory(FacilitatorFactory)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    enrolment = factory.SubFactory(EnrolmentFactory, course=factory.SelfAttribute("..session.course"))
    how = Attendance.How.SHEET


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = Contract

    facilitator = factory.SubFactory(FacilitatorFactory)
    number = factory.Sequence(lambda n: f"800/{n}/KTR/2019")
    dated = date(2019, 1, 2)
    starts = date(2019, 1, 2)
    ends = date(2019, 12, 31)
    signer_name = "Kepala Bappeda"
    signer_title = "Kepala Bappeda Kabupaten Sintang"


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    facilitator = factory.SubFactory(FacilitatorFactory)
    contract = factory.SubFactory(ContractFactory, facilitator=factory.SelfAttribute("..facilitator"))
    target_location = factory.SubFactory(TargetLocationFactory)
    starts = factory.SelfAttribute("contract.starts")
    ends = factory.SelfAttribute("contract.ends")


class AppraisalFactory(DjangoModelFactory):
    class Meta:
        model = Appraisal

    placement = factory.SubFactory(PlacementFactory)
    appraised_on = date(2019, 9, 30)
    score = 80
    findings = "Kelompok bertemu dua minggu sekali."
    advice = Appraisal.Advice.EXTEND


class FieldReportFactory(DjangoModelFactory):
    """A complete visit of 20 September 2019; ``draft=True``, ``waiting=True`` (for one photo), ``asked=True``."""

    class Meta:
        model = FieldReport

    class Params:
        draft = factory.Trait(status="DRAFT", received_at=None, sent_at=None)
        waiting = factory.Trait(
            status="WAITING",
            sent_at=None,
            consent=True,
            photo_list=[{"number": 1, "sha256": "0" * 64, "size": 9, "caption": ""}],
        )
        asked = factory.Trait(status="RETURNED")

    placement = factory.SubFactory(PlacementFactory, facilitator__user=factory.SubFactory(UserFactory))
    author = factory.SelfAttribute("placement.facilitator.user")
    village = factory.SelfAttribute("placement.target_location.village")
    client_token = factory.LazyFunction(uuid.uuid4)
    visited_on = date(2019, 9, 20)
    women, men = 12, 5
    text = factory.Sequence(lambda n: f"Kelompok bertemu, hal {n}.")
    has_obstacle = False
    status = "SENT"
    received_at = sent_at = datetime(2019, 9, 20, 9, 0, tzinfo=UTC)


class VisitedLineFactory(DjangoModelFactory):
    class Meta:
        model = VisitedLine

    report = factory.SubFactory(FieldReportFactory)
    plan_line = factory.SubFactory(PlanLineFactory)


class SalesEntryFactory(DjangoModelFactory):
    """Four cloths sold on 12 September 2019 to somebody outside the village."""

    class Meta:
        model = SalesEntry

    author = factory.SubFactory(UserFactory)
    client_token = factory.LazyFunction(uuid.uuid4)
    group = factory.SubFactory(CommunityGroupFactory)
    month = date(2019, 9, 1)
    sold_on = date(2019, 9, 12)
    item, unit = "Kain tenun", "lembar"
    quantity, price = 4, 450_000
    buyer = "OUTSIDE"


class StoryPartFactory(DjangoModelFactory):
    """The released text of a visit; of one of its photos with ``photo``."""

    class Meta:
        model = StoryPart

    report = factory.SubFactory(FieldReportFactory, consent=True)
    status = "PUBLISHED"


class VisitReplyFactory(DjangoModelFactory):
    class Meta:
        model = VisitReply

    report = factory.SubFactory(FieldReportFactory)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Kami datang minggu depan, hal {n}.")


class FieldPhotoFactory(DjangoModelFactory):
    class Meta:
        model = FieldPhoto

    report = factory.SubFactory(FieldReportFactory)
    number = 1
    sent_sha256 = "0" * 64
    original_name = "foto.jpg"
    content_type = "image/jpeg"
    size = 9
    sha256 = "0" * 64
