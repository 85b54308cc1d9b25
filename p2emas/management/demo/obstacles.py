"""Obstacles of the demo: each of one village and one activity, carried to the agency that can solve it. All invented.

That fish groups took tarpaulin and seed and did not roll the business on was said at the launch of 24 October 2018.
"""

from dataclasses import dataclass
from datetime import date

from districts.regions.models import Village
from p2emas.accounts.models import Agency, User
from p2emas.history.records import set_author
from p2emas.management.demo.plan_data import BEKUAN, ENSAID, KEMANGAI, PAKAK, SOLAM
from programs.framework.models import Activity
from programs.obstacles.models import Obstacle
from programs.obstacles.services import send_obstacle
from programs.reporting.reports.models import ProgressReport


@dataclass(frozen=True)
class Trouble:
    kind: str
    text: str
    cause: str
    follow_up: str
    village: str  # code
    activity: str
    responsible: str  # agency code
    due_on: date
    sent_on: bool = True


# by agency, year and quarter of the report that tells of it
TROUBLES = {
    ("dkpp", 2018, 4): Trouble(
        "PEOPLE", "Terpal dan benih diterima, kelompok belum menggulirkan.", "Aturan bergulir belum disepakati",
        "Musyawarah kelompok bersama pendamping sebelum panen kedua.", SOLAM, "Kolam terpal dan benih ikan", "dpmpd",
        date(2019, 9, 30),
    ),
    ("distanbun", 2019, 1): Trouble(
        "WEATHER", "Hujan panjang memutus jalan kebun; bibit lada terlambat dipindahkan.", "Musim hujan",
        "Jalan kebun diperbaiki sebelum musim tanam berikutnya.", BEKUAN, "Pengadaan bibit lada", "dpupr",
        date(2019, 10, 31),
    ),
    ("dpupr", 2019, 2): Trouble(
        "PROCUREMENT", "Kontrak jalan usaha tani kopi batal.", "Penyedia mundur", "Pengadaan diulang.", KEMANGAI,
        "Jalan usaha tani kopi", "dpmptsp", date(2019, 10, 18),
    ),
    ("disperindagkop", 2019, 2): Trouble(
        "MARKET", "Kemasan cabai olahan belum diterima toko.", "Izin edar belum terbit", "Pendampingan izin edar.", PAKAK,
        "Kemasan dan merek cabai olahan", "dinkes", date(2019, 10, 25),
    ),
    ("disperindagkop", 2019, 3): Trouble(
        "TECHNICAL", "Pewarna alam belum cukup untuk pesanan pameran.", "Kebun pewarna baru ditanam",
        "Bahan pewarna dari kebun kecamatan lain.", ENSAID, "Sarana tenun dan benang", "dlh", date(2019, 10, 31),
        sent_on=False,
    ),
}  # fmt: skip


def _trouble(report: ProgressReport) -> Trouble | None:
    return TROUBLES.get((report.agency.code, report.period.year, report.period.number))


def write_trouble(report: ProgressReport, operator: User) -> Obstacle | None:
    """Write the report's obstacle, if it has one, as its operator would."""
    trouble = _trouble(report)
    if trouble is None:
        return None
    obstacle = Obstacle(
        kind=trouble.kind, text=trouble.text, cause=trouble.cause, follow_up=trouble.follow_up,
        village=Village.objects.get(code=trouble.village),
        activity=Activity.objects.get(agency=report.agency, year=report.period.year, name=trouble.activity),
        responsible=Agency.objects.get(code=trouble.responsible), due_on=trouble.due_on, raised_by=report.agency,
        raised_by_user=operator, is_sample=True,
    )  # fmt: skip
    set_author(obstacle, operator)
    obstacle.save()
    report.obstacles.add(obstacle)
    return obstacle


def send_on(report: ProgressReport, coordinator: User) -> None:
    """What the coordinator does with it while verifying; the newest one still waits for that."""
    trouble = _trouble(report)
    if trouble is None or not trouble.sent_on:
        return
    for obstacle in report.obstacles.filter(status=Obstacle.Status.REPORTED):
        assert obstacle.responsible is not None  # write_trouble names one
        send_obstacle(
            obstacle=obstacle,
            name="route",
            responsible=obstacle.responsible,
            due_on=trouble.due_on,
            seen=obstacle.status,
            since=obstacle.held_since,
            actor=coordinator,
        )
