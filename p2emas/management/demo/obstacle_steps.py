"""Obstacles of the demo on their way: raised outside the reports, answered, sent back, passed on, closed. All invented.

Said in public are only what they are about: packaging and marketing as the new problems of 2019, two villages without
any work for trouble with administration and procurement, and that facilitators carry problems to the agencies.
"""

from datetime import date

from districts.regions.models import Village
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.management.demo.people import Cast
from p2emas.management.demo.plan_data import BEKUAN, ENSAID, KEMANGAI, KETUNGAU, PAKAK, TEBIDAH
from programs.obstacles.models import Obstacle
from programs.obstacles.services import answer_obstacle, raise_obstacle, send_obstacle


def carry_on(cast: Cast) -> None:
    """After the reports, in the order of the days."""
    road, contract, label = (_of(code, start) for code, start in (
        (BEKUAN, "Hujan panjang"), (KEMANGAI, "Kontrak jalan"), (PAKAK, "Kemasan cabai"),
    ))  # fmt: skip
    access = _raised(cast)
    with clock.at(date(2019, 8, 13)):
        _answer(contract, cast.operators["dpmptsp"], "Pengadaan ulang sedang disiapkan.", date(2019, 9, 27))
    with clock.at(date(2019, 8, 20)):
        _send(contract, cast.operators["dpupr"], "send_back", contract.responsible, date(2019, 10, 18),
              "Belum ada tanggal kontrak.")  # fmt: skip
    with clock.at(date(2019, 9, 10)):
        _answer(
            label, cast.operators["dinkes"], "Izin edar terbit 9 September; label dicetak ulang.", date(2019, 9, 20)
        )
    with clock.at(date(2019, 9, 24)):
        label.take_step(
            "close", seen=label.status, actor=cast.operators["disperindagkop"], note="Toko menerima kemasan."
        )
    with clock.at(date(2019, 10, 3)):
        _answer(road, cast.operators["dpupr"], "Gorong-gorong dipasang; jalan kebun dapat dilalui.", date(2019, 10, 25))
    with clock.at(date(2019, 10, 7)):
        _answer(access, cast.proposers["19"], "Parit dibersihkan bersama warga; jalan sudah kering.", date(2019, 10, 7))


def _raised(cast: Cast) -> Obstacle:
    """What was raised on the page of its own, and where it was sent; the facilitator's is answered later."""
    facilitator = User.objects.get(username="facilitator")
    with clock.at(date(2019, 8, 19)):
        money = _raise(cast.operators["distanbun"], TEBIDAH, "BUDGET", "Anggaran bibit menunggu perubahan APBD.",
                       "Pekerjaan 2019 tidak masuk APBD murni.")  # fmt: skip
        _send(money, cast.coordinator, "route", _agency("bappeda"), date(2019, 10, 11))
    with clock.at(date(2019, 9, 17)):
        access = _raise(facilitator, ENSAID, "OTHER", "Jalan ke rumah produksi tergenang.", "Parit tersumbat.")
        _send(access, cast.coordinator, "route", _agency("kec-19"), date(2019, 10, 8))
    with clock.at(date(2019, 10, 7)):
        _raise(cast.operators["distanbun"], KETUNGAU, "WEATHER", "Hama tikus di demplot jagung.", "Panen tetangga.")
    return access


def _raise(by: User, village: str, kind: str, text: str, cause: str) -> Obstacle:
    held = by.assignments.exclude(role="facilitator").select_related("agency").first()
    obstacle = Obstacle(
        village=Village.objects.get(code=village),
        kind=kind,
        text=text,
        cause=cause,
        raised_by=held.agency if held else None,
        is_sample=True,
    )
    return raise_obstacle(obstacle=obstacle, files=[], by=by)


def _of(village: str, start: str) -> Obstacle:
    return Obstacle.objects.get(village__code=village, text__startswith=start)


def _agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


def _send(obstacle: Obstacle, by: User, name: str, responsible: Agency | None, due_on: date, note: str = "") -> None:
    assert responsible is not None  # what is sent back has one
    send_obstacle(
        obstacle=obstacle, name=name, responsible=responsible, due_on=due_on, seen=obstacle.status,
        since=obstacle.held_since, actor=by, note=note,
    )  # fmt: skip


def _answer(obstacle: Obstacle, by: User, text: str, promised_on: date) -> None:
    answer_obstacle(
        obstacle=obstacle, text=f"{text} (contoh)", promised_on=promised_on, files=[], seen=obstacle.status, actor=by
    )
