"""What people are told about obstacles; see ``p2emas/notifications``."""

from collections.abc import Iterator
from datetime import date

from districts.regions.scopes import VillageScope
from p2emas import clock, naming
from p2emas.accounts.models import Holiday, User, UserQuerySet
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.notifications.people import coordinators, holders
from p2emas.registry.kinds import DayNotice, NoticeKind, Told
from p2emas.ui.formats import long_date
from p2emas.workflow.models import StatusChange
from programs.obstacles.models import Obstacle
from programs.obstacles.querysets import ANSWERING, nobody_there

ANSWERERS = frozenset(ANSWERING)
SOON = 1  # working days before the day to answer, on which an obstacle is told of again
CLOSERS = AGENCY_STAFF | COORDINATORS | {Role.FACILITATOR}


def who_answers(obstacle: Obstacle) -> UserQuerySet:
    return holders(ANSWERING, agency=obstacle.responsible_id)


def who_closes(obstacle: Obstacle) -> UserQuerySet:
    """Those who are the first to accept an answer, as ``ObstacleQuerySet.to_close`` says of one person."""
    raised_by = obstacle.raised_by_id
    own = raised_by is not None and raised_by in (obstacle.responsible_id, naming.current().lead_agency_id)
    if own or Obstacle.objects.filter(nobody_there(clock.today()), pk=obstacle.pk).exists():
        return coordinators(obstacle) | _facilitators_of(obstacle)
    if raised_by is None:
        return _facilitators_of(obstacle)
    return holders(AGENCY_STAFF, agency=raised_by) | _facilitators_of(obstacle)


def both_sides(obstacle: Obstacle) -> UserQuerySet:
    return who_answers(obstacle) | who_closes(obstacle)


def _facilitators_of(obstacle: Obstacle) -> UserQuerySet:
    """Those of its village; a consultant of the whole regency is not told of each."""
    if obstacle.village_id is None:
        return User.objects.none()
    placed = VillageScope.objects.in_force(clock.today()).of_villages().filter(village=obstacle.village_id)
    return holders({Role.FACILITATOR}).filter(pk__in=placed.order_by().values("user"))


def _of_sending(obstacle: Obstacle, change: StatusChange) -> Told:
    return Told(f"Jawab kendala paling lambat {long_date(obstacle.due_on)}", f"{obstacle}.")


def _of_sending_back(obstacle: Obstacle, change: StatusChange) -> Told:
    title = f"Jawaban kendala dikembalikan, jawab lagi paling lambat {long_date(obstacle.due_on)}"
    return Told(title, f"{obstacle}. {change.note}")


def _of_answer(obstacle: Obstacle, change: StatusChange) -> Told:
    return Told(f"{obstacle.responsible} menjawab kendala", f"{obstacle}. Tutup bila selesai, atau kembalikan.")


def _of_declining(obstacle: Obstacle, change: StatusChange) -> Told:
    return Told(f"{obstacle.responsible} minta kendala dialihkan", f"{obstacle}. {change.note}")


def _of_closing(obstacle: Obstacle, change: StatusChange) -> Told:
    return Told("Kendala ditutup", f"{obstacle}. {change.note}".strip())


def of_due_answers(today: date) -> Iterator[DayNotice]:
    """One working day before the day to answer, and once after it; a moved date is a new occasion."""
    soon = Holiday.objects.working_day_after(today, SOON)
    for obstacle in Obstacle.objects.filter(status=Obstacle.Status.ROUTED, due_on__lte=soon).order_by("pk"):
        late = obstacle.is_overdue(today)
        words = "lewat batas jawaban" if late else f"dijawab paling lambat {long_date(obstacle.due_on)}"
        stage = "lewat" if late else str(SOON)
        told = Told(f"Kendala {words}", f"{obstacle}.")
        yield DayNotice(obstacle, f"kendala-{obstacle.pk}:{obstacle.due_on}:{stage}", told)


NOTICES = (
    NoticeKind(
        "obstacle-due", "Kendala jatuh tempo dan lewat batas", Obstacle, who_answers, ANSWERERS, "clock",
        of_day=of_due_answers, by_mail=True,
    ),
    NoticeKind(
        "obstacle-sent", "Kendala menunggu jawaban", Obstacle, who_answers, ANSWERERS, "alert",
        steps=("route", "pass_on"), of_step=_of_sending, by_mail=True,
    ),
    NoticeKind(
        "obstacle-back", "Jawaban kendala dikembalikan", Obstacle, who_answers, ANSWERERS, "back",
        steps=("send_back",), of_step=_of_sending_back, by_mail=True,
    ),
    NoticeKind(
        "obstacle-answered", "Kendala dijawab", Obstacle, who_closes, CLOSERS, "dot",
        steps=("answer",), of_step=_of_answer,
    ),
    NoticeKind(
        "obstacle-declined", "Kendala minta dialihkan", Obstacle, coordinators, COORDINATORS, "back",
        steps=("decline",), of_step=_of_declining,
    ),
    NoticeKind(
        "obstacle-closed", "Kendala ditutup", Obstacle, both_sides, ANSWERERS | CLOSERS, "check",
        steps=("close", "settle"), of_step=_of_closing,
    ),
)  # fmt: skip
