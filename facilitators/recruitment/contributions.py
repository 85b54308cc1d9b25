"""What recruitment contributes to the frame; see ``p2emas/registry``."""

from facilitators.recruitment import (
    integrity,
    waiting,  # noqa: F401 - provides what of it is not finished
)
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import (
    ApplicationFile,
    PersonalDataAccess,
    PlaceChoice,
    RequirementCheck,
)
from facilitators.recruitment.dates import DATES
from facilitators.recruitment.notices import NOTICES
from facilitators.recruitment.panel import (
    import_kinds,  # noqa: F401 - registers what can be imported
    seat_letters,  # noqa: F401 - registers letters that a seat hides
)
from facilitators.recruitment.panel.conflict_records import ConflictOfInterest, WithdrawnConflict
from facilitators.recruitment.panel.corrections import ScoreCorrection
from facilitators.recruitment.panel.models import Interview, PanelSeat, ScoreSheet, SheetScore, TestScore
from facilitators.recruitment.privacy import (
    erasing,  # noqa: F401 - provides the erasing of drafts
    handlings,
)
from facilitators.recruitment.result import (
    appointing,  # noqa: F401 - provides the text of those whom a decree appoints
    papers,  # noqa: F401 - provides their annex
)
from facilitators.recruitment.result.drafts import MARKS
from facilitators.recruitment.result.people import Facilitator, Objection
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Requirement, RubricCriterion
from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, TRACE
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields

RECRUITMENT_ROUNDS = MenuEntry("Seleksi", "recruitment:round-list", claims=r"/seleksi/")
VACANCIES = MenuEntry("Rekrutmen", "recruitment:vacancy-list")

OF_ROUNDS = Looks(
    "recruitment",
    {
        RecruitmentRound.Status.DRAFT: Look("", "half"),
        RecruitmentRound.Status.PUBLISHED: Look("blue", "dot"),
        RecruitmentRound.Status.CLOSED: Look("", "lock"),
        RecruitmentRound.Status.SELECTION: Look("violet", "half"),
        RecruitmentRound.Status.SUBMITTED: Look("blue", "clock"),
        RecruitmentRound.Status.DECIDED: Look("teal", "dot"),
        RecruitmentRound.Status.ANNOUNCED: Look("green", "check"),
        RecruitmentRound.Status.CANCELLED: Look("", "cross"),
    },
    RecruitmentRound,
)
OF_APPLICATIONS = Looks(
    "application",
    {
        Application.Status.DRAFT: Look("", "half"),
        Application.Status.SENT: Look("blue", "clock"),
        Application.Status.INCOMPLETE: Look("yellow", "back"),
        Application.Status.PASSED_FILES: Look("teal", "check"),
        Application.Status.PASSED_TEST: Look("teal", "check"),
        "selecting": Look("violet", "half", "Sedang diseleksi"),  # what applicants read until the announcement
        Application.Status.INVITED: Look("violet", "half"),
        Application.Status.ACCEPTED: Look("green", "check"),
        Application.Status.RESERVE: Look("teal", "half"),
        Application.Status.REJECTED: Look("", "cross"),
        Application.Status.WITHDRAWN: Look("", "back"),
        Application.Status.DROPPED: Look("", "cross"),
    },
    Application,
)
OF_OBJECTIONS = Looks(
    "objection",
    {Objection.Status.RECEIVED: Look("blue", "clock"), Objection.Status.ANSWERED: Look("teal", "dot")},
    Objection,
)

CONTRIBUTIONS = Contributions(
    drafted_forms=(MARKS,),
    menu_entries=(RECRUITMENT_ROUNDS, VACANCIES),
    looks=(OF_ROUNDS, OF_APPLICATIONS, OF_OBJECTIONS),
    checks={
        "NIK terkunci": integrity.sealed_numbers,
        "Data terhapus": integrity.erased,
        "Hasil rekrutmen": integrity.accepted,
    },
    notices=NOTICES,
    dates=DATES,
    personal=(
        PersonalFields(RecruitmentRound, "submitted_by submitted_at decided_by decided_at announced_at", TRACE),
        PersonalFields(Application, "nik_sealed nik_fingerprint nik_last4 birth_date", handlings.IDENTITY),
        PersonalFields(Application, "name phone email address home_village home_district", handlings.PERSON),
        PersonalFields(
            Application,
            "education school major graduated languages skills experience motivation anywhere knows_age "
            "knows_education",
            handlings.ANSWERS,
        ),
        PersonalFields(Application, "choice_reason", handlings.JUDGED),
        PersonalFields(
            Application, "code number status choice rejected_for reserve_rank placed_at panel", handlings.OUTCOME
        ),
        PersonalFields(
            Application,
            "consent_version consented_to consented_at declared_at started_at sent_at complete_by erased_at",
            handlings.CONSENTED,
        ),
        PersonalFields(PlaceChoice, "place rank", handlings.OUTCOME),
        PersonalFields(ApplicationFile, OF_A_FILE, handlings.PAPERS),
        PersonalFields(RequirementCheck, "met checked_by checked_at", handlings.OUTCOME),
        PersonalFields(PersonalDataAccess, "user field at detail reason", handlings.ACCESS),
        PersonalFields(PanelSeat, "user given_at", TRACE),
        PersonalFields(ConflictOfInterest, "reason", handlings.CONFLICT),
        PersonalFields(ConflictOfInterest, "origin declared_at", handlings.OUTCOME),
        PersonalFields(WithdrawnConflict, "reason why", handlings.CONFLICT),
        PersonalFields(WithdrawnConflict, "origin declared_at withdrawn_at withdrawn_by", handlings.OUTCOME),
        PersonalFields(ScoreSheet, "note", handlings.JUDGED),
        PersonalFields(ScoreSheet, "part saved_at voided_at voided_for", handlings.OUTCOME),
        PersonalFields(SheetScore, "score", handlings.OUTCOME),
        PersonalFields(ScoreCorrection, "reason", handlings.JUDGED),
        PersonalFields(ScoreCorrection, "old new minutes_no minutes_on by at", handlings.OUTCOME),
        PersonalFields(TestScore, "score entered_at", handlings.OUTCOME),
        PersonalFields(Interview, "at room", handlings.OUTCOME),
        PersonalFields(Facilitator, "phone email home_village home_district languages skills", handlings.FACILITATOR),
        PersonalFields(Facilitator, "name office_phone", handlings.PUBLISHED),
        PersonalFields(Facilitator, "user", TRACE),
        PersonalFields(Objection, "sender text answer", handlings.OBJECTION),
        PersonalFields(Objection, "received_on answered_at recorded_at", handlings.OUTCOME),
    ),
    not_personal={
        RecruitmentRound: "code name intro terms opens_at closes_at test_on interviews_on announced_on training_on "
        "objections_until contact scale discussion inputs results status",
        Requirement: "text least_education",
        DocumentKind: "name hint",
        RubricCriterion: "part name hint",
        ApplicationFile: ABOUT_A_FILE,
        Objection: "status",
        TestScore: "source",
    },
)
