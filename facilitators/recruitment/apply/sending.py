"""Sending an application, and sending what was missing: steps of an applicant, who has no account."""

from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply.drafts import removable_papers
from facilitators.recruitment.apply.missing import gaps_of, missing_papers
from facilitators.recruitment.apply.steps import wished_places
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import issue_receipt
from p2emas.ui import formats
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed


class NotSent(StepNotAllowed):
    """The application stays a draft; the message says why."""


class TooLate(NotSent):
    """The request arrived after the closing time (or before the opening)."""


def takes_sendings(round: RecruitmentRound, arrived: datetime) -> bool:
    """Whether a sending that arrived at that moment counts, also when somebody closed the round while it waited."""
    return round.status in RecruitmentRound.CHECKING and round.opens_at <= arrived < round.closes_at


@transaction.atomic
def send_application(*, application: Application, version: int, client_token: UUID, arrived: datetime) -> Receipt:
    """Send a draft and confirm it: number, stamps, step and receipt together or nothing.

    ``arrived`` is when the request reached the server; it alone decides whether the sending is in time, and every
    stamp carries it, however long the sendings before it took. The same ``client_token`` gets the same receipt again.
    Raises ``EditConflict`` when another device saved meanwhile, ``TooLate``, or ``NotSent`` with what is missing.
    """
    round = (
        RecruitmentRound.objects.select_for_update(no_key=True).defer("inputs", "results").get(pk=application.round_id)
    )
    if already := receipt_with(application, client_token):
        return already
    # locked, so that no other device saves between this look and the step
    application.refresh_from_db(from_queryset=Application.objects.select_for_update(no_key=True))
    application.round = round
    if application.version != version or not application.may_edit():
        raise EditConflict("Lamaran ini diubah di perangkat lain setelah halaman ini dibuka.")
    if not takes_sendings(round, arrived):
        raise TooLate(f"Pendaftaran ditutup {formats.moment(round.closes_at)}.")
    if gaps_of(application):
        raise NotSent("Lamaran belum terkirim. Lengkapi dahulu yang tertulis di bawah ini.")
    serial = round.last_number + 1
    RecruitmentRound.objects.filter(pk=round.pk).update(last_number=serial)
    with clock.at(arrived):
        application.take_step(
            "send",
            seen=Application.Status.DRAFT,
            actor=None,
            number=f"LMR-{round.year}-{serial:04d}",
            panel=1 + (serial - 1) % round.panels,
            sent_at=arrived,
            version=F("version") + 1,
        )
        return issue_receipt(record=application, number=application.number, client_token=client_token)


@transaction.atomic
def send_again(*, application: Application, client_token: UUID, arrived: datetime) -> Receipt:
    """Hand in the papers that were missing, until the moment that the office set."""
    held = (
        Application.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=application.pk)
    )
    if already := receipt_with(held, client_token):
        return already
    if not held.is_completable(arrived):
        raise NotSent(f"Kelengkapan tidak dapat dikirim lagi. Hubungi {held.round.contact}.")
    if missing := missing_papers(held):
        names = ", ".join(str(each) for each in missing)
        raise NotSent(f"Unggah {names} sebelum mengirim.")
    if not removable_papers(held):
        raise NotSent("Belum ada berkas baru. Unggah yang diminta, bukan foto yang sudah terkirim, lalu kirim.")
    with clock.at(arrived):
        held.take_step("send_again", seen=Application.Status.INCOMPLETE, actor=None, version=F("version") + 1)
        return issue_receipt(record=held, number=held.number, client_token=client_token)


# --- Receipts -------------------------------------------------------------------------------------------------------


def receipt_with(application: Application, client_token: UUID) -> Receipt | None:
    """The receipt that this sending got before, if it did."""
    return _receipts(application).filter(client_token=client_token).first()


def last_receipt(application: Application) -> Receipt | None:
    return _receipts(application).order_by("-issued_at", "-pk").first()


def _receipts(application: Application):
    kind = ContentType.objects.get_for_model(Application)
    return Receipt.objects.filter(content_type=kind, object_id=application.pk)


def receipt_rows(application: Application) -> list[tuple[str, object]]:
    """What the receipt on paper says of the application."""
    wishes = wished_places(application)
    if application.anywhere:
        wishes.append("di mana saja")
    papers = application.files.select_related("document").order_by("document", "pk")
    return [
        ("Rekrutmen", application.round.name),
        ("Nama", application.name),
        ("NIK", application.masked_nik),
        ("Desa pilihan", "; ".join(wishes)),
        ("Berkas", ", ".join(dict.fromkeys(paper.document.name for paper in papers))),
        ("Kode lamaran", f"{application.code[:5]}-{application.code[5:]}"),
        ("Kontak", application.round.contact),
    ]
