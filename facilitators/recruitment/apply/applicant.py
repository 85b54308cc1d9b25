"""Which application a browser has open: remembered in the session, never in an address."""

from django.http import HttpRequest

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import read_phone
from facilitators.recruitment.apply.sending import last_receipt
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import plain_code
from p2emas.ui.reading import Unreadable

KEY = "lamaran"


def remember_application(request: HttpRequest, application: Application) -> None:
    if not request.user.is_authenticated:  # the session of somebody who signed in is known by its key
        request.session.cycle_key()
    request.session[KEY] = application.pk


def forget_application(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def opened(request: HttpRequest, record: RecruitmentRound | None = None) -> Application | None:
    """The application that this browser has opened (in round ``record``), or None."""
    pk = request.session.get(KEY)
    if pk is None:
        return None
    found = Application.objects.select_related("round").filter(pk=pk, erased_at=None).first()
    return found if found and (record is None or found.round_id == record.pk) else None


def opened_sent(request: HttpRequest, code: str) -> tuple[Application, Receipt] | None:
    """The sent application in round ``code`` that this browser has opened, with its receipt."""
    application = opened(request)
    issued = last_receipt(application) if application and application.round.code == code else None
    return (application, issued) if application and issued else None


def find(code: str, phone: str) -> Application | None:
    """The application with that code and phone number; a wrong one of the two is answered like none at all."""
    try:
        phone = read_phone(phone)
    except Unreadable:
        phone = "-"
    return Application.objects.filter(code=plain_code(code), phone=phone, erased_at=None).first()


def shown_code(application: Application) -> str:
    """In two halves, as people read it: ABCDE-23456."""
    return f"{application.code[:5]}-{application.code[5:]}"
