"""What an empty site still needs before its first quarter, as far as looking at the records can tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, QuerySet
from django.urls import reverse_lazy
from django.utils.functional import Promise

from districts.regions.models import Village
from p2emas.accounts.models import Agency, Assignment, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS
from p2emas.staffing.permissions import may_manage_people
from programs.framework.models import Outcome, Program
from programs.reporting.reports.models import ReportingPeriod


def _may_fill_in(user: User) -> bool:
    return user.is_superuser or user.has_role(*COORDINATORS)


def _may_open_a_quarter(user: User) -> bool:
    return user.has_role(*COORDINATORS)


@dataclass(frozen=True)
class FirstStep:
    """Done as soon as ``records`` has a row; told to whom ``may`` lets take it."""

    name: str
    records: Callable[[], QuerySet]
    sentence: str
    url: Promise
    action: str
    may: Callable[[User], bool] = _may_fill_in


STEPS = (
    FirstStep(
        "regions",
        Village.objects.all,
        "Wilayah belum dimuat. Minta pengelola server memuat kecamatan dan desa dengan perintah load_regions.",
        reverse_lazy("admin:districts_village_changelist"),
        "Lihat desa",
    ),
    FirstStep(
        "agencies",
        lambda: Agency.objects.filter(member_from__isnull=False),
        "Belum ada SKPD yang menjadi anggota program. Tambahkan, dan isi sejak kapan ia menjadi anggota.",
        reverse_lazy("admin:p2emas_agency_add"),
        "Tambah SKPD",
    ),
    FirstStep(
        "people",
        lambda: Assignment.objects.filter(role__in=AGENCY_STAFF),
        "Belum ada operator atau kepala SKPD. Undang mereka; undangan terkirim setelah suratnya Anda kirim.",
        reverse_lazy("staffing:user-invite"),
        "Undang pengguna",
        may_manage_people,
    ),
    FirstStep(
        "program",
        Program.objects.all,
        "Program belum dicatat. Isi nama dan tahunnya, beserta sasarannya.",
        reverse_lazy("admin:programs_program_add"),
        "Catat program",
    ),
    FirstStep(
        "outcomes",
        Outcome.objects.all,
        "Program belum punya sasaran. Setiap kegiatan menunjuk satu sasaran.",
        reverse_lazy("admin:programs_outcome_add"),
        "Tambah sasaran",
    ),
    FirstStep(
        "period",
        ReportingPeriod.objects.all,
        "Belum ada triwulan yang dibuka. Buka yang pertama setelah rencana kerja dan anggaran SKPD ditetapkan.",
        reverse_lazy("reporting:period-open"),
        "Buka triwulan",
        _may_open_a_quarter,
    ),
)


def missing_steps(user: User) -> list[FirstStep]:
    """What ``user`` can do of what is missing, in the order of doing; asked in one query, or in none."""
    steps = [step for step in STEPS if step.may(user)]
    if not steps:
        return []
    asked = {step.name: Exists(step.records()) for step in steps}
    sure = User.objects.filter(pk=user.pk).order_by()  # one row that is there for sure
    done: Mapping[str, object] = sure.values(**asked).get()
    return [step for step in steps if not done[step.name]]
