"""What applicants read of their own application: no pending choice, and no decision before it is announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply.missing import missing_papers
from facilitators.recruitment.apply.steps import resume_address
from facilitators.recruitment.panel.models import Interview
from facilitators.recruitment.result.announcing import outcome_letter
from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, Place
from p2emas.ui import formats

Status = Application.Status
SELECTING = "SELECTING"  # the word for everybody who is still in it, also when an unseen decision exists
HIDING = (RecruitmentRound.Status.SUBMITTED, RecruitmentRound.Status.DECIDED)
OUT_EARLIER = ("refuse_files", "fail_test")  # found in the open, each at its own time


def shown_status(application: Application) -> tuple[str, str]:
    """(code, word) that the applicant reads. Until the announcement accepted, reserve and refused read alike."""
    status, announced = application.status, application.round.status == RecruitmentRound.Status.ANNOUNCED
    if status == Status.REJECTED and not announced:
        last = application.last_change()
        hidden = last is None or last.step not in OUT_EARLIER
    else:
        in_running = status in (*Application.OPEN_TO_CHOICE, Status.ACCEPTED, Status.RESERVE)
        decided = status in (Status.ACCEPTED, Status.RESERVE, Status.DROPPED)
        hidden = not announced and (decided or (in_running and application.round.status in HIDING))
    return (SELECTING, "Sedang diseleksi") if hidden else (status, application.get_status_display())


def may_withdraw(application: Application) -> bool:
    """Not between the decision and its announcement: who may and who may not would tell what was decided."""
    if application.round.status == RecruitmentRound.Status.CANCELLED:
        return False
    if application.status == Status.ACCEPTED and Facilitator.objects.who_worked(application):
        return False  # somebody who is placed ends the work through the office, which hands it over
    return application.status in Application.WITHDRAWABLE and shown_status(application)[0] != SELECTING


def shown_interviews(application: Application) -> list[Interview]:
    """When and where, once somebody is invited; they stay readable while the panel decides."""
    if shown_status(application)[0] not in (Status.INVITED, SELECTING):
        return []
    return list(application.interviews.select_related("application__round").order_by("at"))


def what_follows(application: Application, interviews: Sequence[Interview] = ()) -> list[dict[str, str]]:
    """The steps from here to the result, with the dates that are fixed; none once it is over.

    With ``interviews``: their time, not the day on which those of the round begin.
    """
    record = application.round
    if shown_status(application)[0] not in UNDER_WAY or record.status == RecruitmentRound.Status.CANCELLED:
        return []
    later = "Tanggal menyusul"
    dates = [
        (
            "Pemeriksaan berkas",
            None,
            f"Selesai sesudah pendaftaran ditutup {formats.long_date(record.closes_at)}",
        ),
        ("Tes tertulis", record.test_on, later),
        ("Wawancara", record.interviews_on, later),
        ("Pengumuman", record.announced_on, later),
    ]
    reached = _reached(application)
    if interviews:
        dates[2] = ("Wawancara", None, formats.moment(interviews[-1].at))
    return [
        {
            "title": title,
            "meta": formats.weekday_date(day) if day else ("Selesai" if place < reached else otherwise),
            "icon": "check" if place < reached else "half" if place == reached else "circle",
        }
        for place, (title, day, otherwise) in enumerate(dates)
    ]


def _reached(application: Application) -> int:
    code, _word = shown_status(application)
    places: dict[str, int] = {Status.PASSED_FILES: 1, Status.PASSED_TEST: 2, Status.INVITED: 2, SELECTING: 3}
    finished: dict[str, int] = {Status.ACCEPTED: 4, Status.RESERVE: 4, Status.DROPPED: 4}
    return {**places, **finished}.get(code, 0)


@dataclass
class StatusPage:
    """Context of ``recruitment/status.html``: what the applicant may read now."""

    application: Application
    round: RecruitmentRound
    code: str
    word: str
    sendable: bool
    resume: str
    track: list[dict[str, str]]
    reopens: bool
    may_withdraw: bool
    interviews: list[Interview]
    asked: str = ""
    missing: Sequence[DocumentKind] = ()
    completable: bool = False
    place: Place | None = None
    letter: str = ""
    reason: str = ""

    @classmethod
    def of(cls, application: Application, at: datetime) -> "StatusPage":
        """Everything that the status page shows of the application at the moment ``at``."""
        code, word = shown_status(application)
        record, interviews = application.round, shown_interviews(application)
        page = cls(
            application=application,
            round=record,
            code=code,
            word=word,
            sendable=application.is_sendable(at),
            resume=resume_address(application) if application.is_sendable(at) else "",
            track=what_follows(application, interviews),
            reopens=record.is_accepting(at),
            may_withdraw=may_withdraw(application),
            interviews=interviews,
        )
        if code == Status.INCOMPLETE:
            asked = application.last_change("ask_completion")
            page.asked = asked.note if asked else ""
            page.missing = missing_papers(application)
            page.completable = application.is_completable(at)
        if code in (Status.ACCEPTED, Status.RESERVE, Status.DROPPED):
            page.place = application.placed_at
        if record.status == RecruitmentRound.Status.ANNOUNCED and code in Application.OUTCOMES:
            page.letter = outcome_letter(application, record)
        if code == Status.REJECTED:
            page.reason = application.get_rejected_for_display()
        return page


UNDER_WAY = (
    Status.SENT,
    Status.INCOMPLETE,
    Status.PASSED_FILES,
    Status.PASSED_TEST,
    Status.INVITED,
    SELECTING,
)
