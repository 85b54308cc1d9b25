"""What the office sees of one application: the person, the papers, what was found, its steps and who opened what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from facilitators.recruitment.applications.check_form import AskedPaper, CheckForm
from facilitators.recruitment.applications.checking import TAKES, may_take_now
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.applications.parts import ApplicationFile, PersonalDataAccess, RequirementCheck
from facilitators.recruitment.applications.stated import age_on, closing_day, own_words
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Requirement
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.naming import said
from p2emas.ui import formats
from p2emas.workflow.models import Step
from p2emas.workflow.riwayat import Entry, timeline

Fact = dict[str, object]  # label and value
Verdict = tuple[Requirement, RequirementCheck | None, str]  # what was found, and what the answers say against it
ACCESSES = 20
DOUBLES = 10  # named of those with the same NIK: anybody may send more


@dataclass(frozen=True)
class Progress:
    """How far the check of a round is: ``done`` of ``total`` applications, and the next that waits."""

    done: int
    total: int
    next: Application | None


def check_progress(record: RecruitmentRound, after: Application | None = None) -> Progress:
    sent = record.applications.sent().still_there()
    waiting = sent.awaiting_check(clock.now())
    total = sent.count()
    return Progress(total - waiting.count(), total, waiting.next_after(after))


def papers_of(application: Application) -> list[AskedPaper]:
    """Every paper that the round asks for."""
    files: dict[int, list[ApplicationFile]] = {}
    for stored in application.files.all():
        files.setdefault(stored.document_id, []).append(stored)
    return [AskedPaper(kind, files.get(kind.pk, [])) for kind in application.round.documents.all()]


def check_form_of(application: Application, data: QueryDict | None) -> CheckForm:
    return CheckForm(
        data,
        application=application,
        requirements=list(application.round.requirements.all()),
        papers=papers_of(application),
        known=dict(application.checks.values_list("requirement", "met")),
        outside=own_words(application),
        doubles=list(application.same_nik()[: DOUBLES + 1]),
    )


@dataclass(frozen=True)
class ApplicationPage:
    """Context of ``recruitment/application_detail.html``."""

    record: RecruitmentRound
    application: Application
    person: list[Fact]
    answers: list[Fact]
    papers: list[AskedPaper]
    verdicts: list[Verdict]
    form: CheckForm | None
    doubles: Sequence[Application]
    most_doubles: int
    progress: Progress | None
    steps: list[tuple[str, Step]]
    may_open: bool
    may_manage: bool
    reads_scores: bool
    history: list[Entry]
    accesses: list[PersonalDataAccess]

    @classmethod
    def of(cls, application: Application, user: User, form: CheckForm | None) -> "ApplicationPage":
        record = application.round
        return cls(
            record=record,
            application=application,
            person=person_of(application),
            answers=answers_of(application),
            papers=form.papers if form else papers_of(application),
            verdicts=[] if form else _verdicts(application),
            form=form,
            doubles=form.doubles if form else list(application.same_nik()[: DOUBLES + 1]),
            most_doubles=DOUBLES,
            progress=check_progress(record, application) if form else None,
            steps=[(name, application.STEPS[name]) for name in TAKES if may_take_now(application, user, name)],
            may_open=record.may_open_personal(user),
            may_manage=application.may_manage_data(user),
            reads_scores=record.status in record.JUDGED,  # who has a seat does not come here
            history=timeline(application),
            accesses=list(application.accesses.select_related("user")[:ACCESSES]),
        )


def _verdicts(application: Application) -> list[Verdict]:
    outside = own_words(application)
    checks = {row.requirement_id: row for row in application.checks.select_related("checked_by")}
    return [(row, checks.get(row.pk), outside.get(row.pk, "")) for row in application.round.requirements.all()]


def person_of(application: Application) -> list[Fact]:
    home = application.home_village or application.home_district
    district = application.home_village.district if application.home_village else None
    rows: list[tuple[str, object]] = [
        ("Nama", application.name),
        ("NIK", application.masked_nik),
        ("Lahir", _born(application.birth_date, closing_day(application.round))),
        ("Nomor HP", shown_phone(application.phone)),
        ("Surel", application.email),
        ("Alamat", application.address),
        ("Domisili", f"{home}, {district}" if district else home or _outside(application)),
        ("Pendidikan", _education(application)),
        ("Bahasa", application.languages),
        ("Komoditas yang dikuasai", ", ".join(str(skill) for skill in application.skills.all())),
        ("Dikirim", formats.short_moment(application.sent_at) if application.sent_at else ""),
        ("Persetujuan", _consent(application)),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def _outside(application: Application) -> str:
    """The answer of an applicant who named no village of the list; nothing once the data are erased."""
    return said("Di luar {regency}") if application.address else ""


def answers_of(application: Application) -> list[Fact]:
    wishes = ", ".join(str(wish) for wish in application.wishes.select_related("place__target_location__village"))
    rest = "bersedia di desa mana saja" if application.anywhere else ""
    return [
        {"label": "Pilihan desa", "value": "; ".join(filter(None, (wishes, rest)))},
        {"label": "Pengalaman", "value": application.experience},
        {"label": "Alasan melamar", "value": application.motivation},
    ]


def _born(day: date | None, on: date) -> str:
    if day is None:
        return ""
    words = {"day": formats.long_date(day), "age": age_on(day, on)}
    return "{day} ({age} tahun saat pendaftaran ditutup)".format(**words)


def _education(application: Application) -> str:
    year = str(application.graduated) if application.graduated else ""
    parts = [application.get_education_display(), application.school, application.major, year]
    return ", ".join(part for part in parts if part)


def _consent(application: Application) -> str:
    if application.consented_at is None:
        return ""
    parts = [
        application.consented_to,
        f"versi {application.consent_version}",
        formats.short_moment(application.consented_at),
    ]
    return ", ".join(part for part in parts if part)
