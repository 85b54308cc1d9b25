"""Writing a visit: a draft at the server, the sending of one, and what a phone sends piece by piece."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.kinds import ReceivedFile
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import issue_receipt
from p2emas.documents.storing import store_file
from p2emas.workflow.models import StatusChange, StepNotAllowed
from programs.fieldwork.models import MOST_PHOTOS, FieldPhoto, FieldReport, VisitedLine, VisitReply
from programs.fieldwork.rules import lines_seen, placement_on
from programs.fieldwork.telling import tell_of_reply
from programs.obstacles.models import Obstacle
from programs.obstacles.services import raise_obstacle
from programs.planning.models import PlanLine

SeenLine = tuple[PlanLine, bool]  # and whether nothing of it had begun
NOT_YOURS = "Pada tanggal itu Anda tidak bertugas di desa ini, atau penugasannya sudah terlalu lama berakhir."


class VisitRefused(StepNotAllowed):
    """Why a visit or a photo is not taken: a sentence for the phone."""


@transaction.atomic
def start_visit(
    *,
    by: User,
    token: uuid.UUID,
    village: Village,
    visited_on: date,
    values: Mapping[str, Any],
    lines: Iterable[SeenLine] | None = None,
    replaces: FieldReport | None = None,
    is_sample: bool = False,
) -> FieldReport:
    """A draft of ``by``; the one that is there when the token came before."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    there = FieldReport.objects.filter(client_token=token).first()
    if there is not None:
        return _own(there, by)
    report = FieldReport(
        author=by, client_token=token, replaces=_replaceable(replaces, by), created_at=clock.now(), is_sample=is_sample
    )
    return write_visit(report=report, village=village, visited_on=visited_on, values=values, lines=lines)


@transaction.atomic
def write_visit(
    *,
    report: FieldReport,
    village: Village | None = None,
    visited_on: date | None = None,
    values: Mapping[str, Any],
    lines: Iterable[SeenLine] | None = None,
) -> FieldReport:
    """Fill in one screen of a draft. Where a day or a village is said, its placement is looked up again."""
    if report.pk is not None:
        report = locked_draft(report)
    if village is not None and visited_on is not None:
        placement = placement_on(report.author, village, visited_on, clock.today())
        if placement is None:
            raise VisitRefused(NOT_YOURS)
        report.village, report.visited_on, report.placement = village, visited_on, placement
    for name, value in values.items():
        setattr(report, name, value)
    report.save()
    if lines is not None:
        _note_lines(report, lines)
    return report


def locked_draft(report: FieldReport) -> FieldReport:
    """Under a lock, and still a draft."""
    current = FieldReport.objects.select_for_update(no_key=True).select_related("author").get(pk=report.pk)
    if current.status != FieldReport.Status.DRAFT:
        raise VisitRefused("Kunjungan ini sudah dikirim. Perbaikan menjadi versi baru.")
    return current


def _own(report: FieldReport, by: User) -> FieldReport:
    if report.author_id != by.pk:
        raise VisitRefused("Laporan ini ditulis oleh pemakai lain. Ia masuk sendiri untuk mengirimnya.")
    return report


def _replaceable(earlier: FieldReport | None, by: User) -> FieldReport | None:
    if earlier is None:
        return None
    if earlier.author_id != by.pk or earlier.status not in FieldReport.STEPS["replace"].sources:
        raise VisitRefused("Kunjungan yang diperbaiki tidak ada, atau sudah diganti.")
    if FieldReport.objects.filter(replaces=earlier).exists():
        raise VisitRefused("Perbaikan kunjungan ini sudah ada.")
    return earlier


def _note_lines(report: FieldReport, lines: Iterable[SeenLine]) -> None:
    """The work that was seen; what a later version of the plan had replaced by then is taken and marked."""
    in_force = set(lines_seen([report.village], report.visited_on).values_list("pk", flat=True))
    VisitedLine.objects.filter(report=report).delete()
    VisitedLine.objects.bulk_create(
        VisitedLine(report=report, plan_line=line, not_begun=not_begun, ended=line.pk not in in_force)
        for line, not_begun in lines
    )


@transaction.atomic
def send_visit(*, report: FieldReport, actor: User) -> FieldReport:
    """Send a draft: the text arrives, its obstacle is raised, and with all of its photos it is complete."""
    current = locked_draft(report)
    if placement_on(actor, current.village, current.visited_on, clock.today()) is None:
        raise VisitRefused(NOT_YOURS)
    current.take_step("send", seen=current.status, actor=actor)
    earlier = current.replaces
    if earlier is not None:
        earlier.take_step("replace", seen=earlier.status, actor=actor)
    obstacle = _obstacle_of(current, earlier)
    if obstacle is not None:
        current.obstacle = obstacle
        current.save(update_fields=["obstacle"])
    _complete(current, actor)
    current.refresh_from_db()
    return current


def _obstacle_of(report: FieldReport, earlier: FieldReport | None) -> Obstacle | None:
    """Raised once: a correction keeps that of the version it replaces."""
    if not report.has_obstacle:
        return None
    if earlier is not None and earlier.obstacle is not None:
        return earlier.obstacle
    lines = list(report.lines.select_related("plan_line__activity"))
    activity = lines[0].plan_line.activity if len(lines) == 1 else None
    obstacle = Obstacle(
        text=report.obstacle_text.strip(),
        kind=Obstacle.Kind.OTHER,  # the phone asks for none, and none is made up
        village=report.village,
        activity=activity,
        is_sample=report.is_sample,
    )
    return raise_obstacle(obstacle=obstacle, files=(), by=report.author)


def _complete(report: FieldReport, actor: User) -> None:
    """With its last photo; one that was released or replaced before has arrived too, and the phone may let go of it."""
    if report.photos_missing:
        return
    if report.status == FieldReport.Status.WAITING:
        report.take_step("complete", seen=report.status, actor=actor)
    receipt_for(report)


def receipt_for(report: FieldReport) -> Receipt:
    """The same one however often it is asked for: it belongs to the token."""
    return issue_receipt(report, report.number, report.client_token)


def receipt_of_visit(report: FieldReport) -> Receipt | None:
    return Receipt.objects.filter(client_token=report.client_token).first()


@transaction.atomic
def receive_visit(
    *,
    by: User,
    token: uuid.UUID,
    village: Village,
    visited_on: date,
    values: Mapping[str, Any],
    lines: Sequence[SeenLine],
    replaces: FieldReport | None = None,
) -> FieldReport:
    """A whole visit as a phone sends it. The same token again changes nothing and gets the same answer."""
    report = start_visit(
        by=by,
        token=token,
        village=village,
        visited_on=visited_on,
        values=values,
        lines=lines,
        replaces=replaces,
    )
    return send_visit(report=report, actor=by) if report.status == FieldReport.Status.DRAFT else report


@transaction.atomic
def receive_photo(*, report: FieldReport, number: int, received: ReceivedFile, sha256: str, by: User) -> FieldReport:
    """Keep photo ``number`` of a visit that waits for it; one that is there is not asked for again.

    ``received`` is the photo after cleaning, ``sha256`` of the bytes that came. The last one completes the visit.
    """
    current = FieldReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    announced = next((each for each in current.photo_list if each["number"] == number), None)
    if announced is None or announced["sha256"] != sha256:
        raise VisitRefused("Foto ini bukan foto yang disebut dalam laporannya.")
    if not current.photos.filter(number=number).exists():
        caption = str(announced.get("caption", ""))
        _keep_photo(current, received, number=number, sha256=sha256, caption=caption)
    _complete(current, by)
    current.refresh_from_db()
    return current


def _keep_photo(report: FieldReport, received: ReceivedFile, *, number: int, sha256: str, caption: str) -> FieldPhoto:
    """Where it was taken stays out: the form asks for the place of the visit, and homes have no coordinates."""
    fields = {"number": number, "sent_sha256": sha256, "caption": caption, "lat": None, "lng": None}
    return store_file(FieldPhoto, owner=report, upload=received, user=report.author, **fields)


@transaction.atomic
def add_photos(*, report: FieldReport, photos: Iterable[ReceivedFile], consent: bool) -> FieldReport:
    """Photos of a draft that is written at the server; no more than ``MOST_PHOTOS``."""
    current = locked_draft(report)
    there = {photo.sent_sha256 for photo in current.photos.all()}
    taken = {each["number"] for each in current.photo_list}
    for received in photos:
        if received.sha256 in there:
            continue
        number = next((n for n in range(1, MOST_PHOTOS + 1) if n not in taken), None)
        if number is None:
            raise VisitRefused(f"Paling banyak {MOST_PHOTOS} foto. Hapus satu sebelum menambah.")
        _keep_photo(current, received, number=number, sha256=received.sha256, caption="")
        size = len(received.content)
        current.photo_list.append({"number": number, "sha256": received.sha256, "size": size, "caption": ""})
        taken.add(number)
    current.consent = consent
    current.save()
    return current


@transaction.atomic
def remove_field_photo(*, report: FieldReport, number: int) -> None:
    current = locked_draft(report)
    for photo in current.photos.filter(number=number):
        photo.delete()
    current.photo_list = [each for each in current.photo_list if each["number"] != number]
    current.save()


@transaction.atomic
def drop_visit(*, report: FieldReport) -> None:
    """Nobody but its author has seen it."""
    current = locked_draft(report)
    for photo in current.photos.all():
        photo.delete()
    current.delete()


@transaction.atomic
def answer_visit(report: FieldReport, *, seen: str, actor: User, note: str) -> StatusChange:
    """The author's answer, among the replies too, where agencies read it."""
    change = report.take_step("answer", seen=seen, actor=actor, note=note)
    VisitReply.objects.create(report=report, author=actor, text=note.strip()[:1000], at=clock.now())
    return change


@transaction.atomic
def reply_to_visit(*, report: FieldReport, by: User, text: str) -> VisitReply:
    """Said once: a second click is the same reply."""
    FieldReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    said = {"report": report, "author": by, "text": text.strip()}
    if (twice := VisitReply.objects.filter(**said).first()) is not None:
        return twice
    reply = VisitReply.objects.create(**said, at=clock.now())
    tell_of_reply(reply)
    return reply


COPIED = ("kind", "women", "men", "output", "output_unit", "text", "has_obstacle", "obstacle_text", "lat", "lng")


@transaction.atomic
def start_correction(*, report: FieldReport, by: User) -> FieldReport:
    """A draft that says what ``report`` says and will replace it; the one that is there when it was begun before.

    Photos stay with the version that they were sent with.
    """
    there = FieldReport.objects.filter(replaces=report).first()
    if there is not None and there.author_id == by.pk and there.status == FieldReport.Status.DRAFT:
        return there
    return start_visit(
        by=by,
        token=uuid.uuid4(),
        village=report.village,
        visited_on=report.visited_on,
        values={name: getattr(report, name) for name in (*COPIED, "accuracy")},
        lines=[(each.plan_line, each.not_begun) for each in report.lines.select_related("plan_line")],
        replaces=report,
        is_sample=report.is_sample,
    )
