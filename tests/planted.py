"""An applicant of whom every place that may name them holds a word of its own, for tests of erasure."""

from datetime import date

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from facilitators.models import Application, ApplicationFile, Facilitator
from p2emas.accounts.models import User
from p2emas.outbox.services import draft_message
from p2emas.privacy.sealing import fingerprint, seal
from p2emas.workflow.models import StatusChange
from tests import facilitator_factories as make
from tests.factories import UserFactory

NIK = "6105190710950001"
WORDS = {
    name: f"zq{number:02d}tertanam"
    for number, name in enumerate(
        [
            "name", "email", "address", "school", "major", "languages", "experience", "motivation", "choice_reason",
            "step_note", "file_name", "file_caption", "file_content", "sheet_note", "correction", "conflict", "mistake", "sender", "objection",
            "answer", "access_detail", "access_reason", "letter_subject", "letter_body", "log_entry", "office_phone",
            "old_office_phone", "account_name", "account_username", "account_email",
        ],
        1,
    )
}  # fmt: skip
PHONE = "+6281299887766"
EVERY = [*WORDS.values(), PHONE, NIK]


def plant(*, person: bool = True) -> Application:
    """A reserve of an announced round, with a letter, papers, scores and an objection; ``person`` once worked."""
    w = WORDS
    record = make.RecruitmentRoundFactory(
        status="ANNOUNCED", announced_at=make.SENT, inputs={}, results={}, complete=True
    )
    row = make.ApplicationFactory(
        round=record, status="RESERVE", reserve_rank=1, name=f"Pelamar {w['name']}", phone=PHONE,
        email=f"{w['email']}@surel.example", address=w["address"], school=w["school"], major=w["major"],
        languages=w["languages"], experience=w["experience"], motivation=w["motivation"], choice_reason=w["choice_reason"],
        nik_sealed=seal(NIK), nik_fingerprint=fingerprint(NIK), nik_last4=NIK[-4:], birth_date=date(1995, 10, 7),
    )  # fmt: skip
    _tell(row)
    stored = ApplicationFile(
        application=row, document=record.documents.get(), original_name=f"{w['file_name']}.jpg",
        caption=w["file_caption"], content_type="image/jpeg", size=12, sha256="0" * 64,
    )  # fmt: skip
    stored.file.save("a", ContentFile(w["file_content"].encode()), save=False)
    stored.thumbnail.save("b", ContentFile(w["file_content"].encode()), save=False)
    stored.save()
    seat = make.PanelSeatFactory(round=record)
    make.TestScoreFactory(application=row)
    sheet = make.ScoreSheetFactory(application=row, seat=seat, part="DOSSIER", note=w["sheet_note"])
    make.ScoreCorrectionFactory(score__sheet=sheet, reason=w["correction"])
    make.ConflictOfInterestFactory(application=row, seat=make.PanelSeatFactory(round=record), reason=w["conflict"])
    make.WithdrawnConflictFactory(application=row, seat=seat, reason=w["conflict"], why=w["mistake"])
    make.ObjectionFactory(
        application=row, round=record, sender=w["sender"], text=w["objection"], answer=w["answer"], status="ANSWERED",
        answered_at=make.SENT,
    )  # fmt: skip
    make.PersonalDataAccessFactory(
        application=row, user=UserFactory(), field="NIK", detail=w["access_detail"], reason=w["access_reason"]
    )
    if person:
        _work(row)
    return row


def _tell(row: Application) -> None:
    w = WORDS
    StatusChange.objects.create(record=row, step="ask_completion", old="SENT", new="INCOMPLETE", note=w["step_note"])
    draft_message(
        kind="reminder", recipient=row.email, subject=w["letter_subject"], body=f"Yth. {w['letter_body']}", record=row
    )
    kind = ContentType.objects.get_for_model(Application)
    LogEntry.objects.create(
        user=UserFactory(), content_type=kind, object_id=str(row.pk), object_repr=w["log_entry"], action_flag=2
    )


def _work(row: Application) -> None:
    """A placement that is over; the office phone changed once, which the history knows."""
    person = make.FacilitatorFactory(
        application=row, name=row.name, phone=row.phone, email=row.email, languages=row.languages,
        office_phone=WORDS["old_office_phone"][:20], user=_account(),
    )  # fmt: skip
    person.office_phone = WORDS["office_phone"][:20]
    person.save()
    make.PlacementFactory(
        facilitator=person, contract__facilitator=person, starts=date(2018, 1, 2), ends=date(2018, 12, 31)
    )
    assert Facilitator.objects.filter(application=row).exists()


def _account() -> User:
    """Invited, never signed in; what the history has of it is the same."""
    w = WORDS
    user = UserFactory(
        name=w["account_name"], username=w["account_username"], email=f"{w['account_email']}@surel.example"
    )
    user.phone = PHONE
    user.save()
    return user
