"""Three things for somebody who signs in for the first time: how the site can reach them, and where their work is."""

from dataclasses import dataclass

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.workflow.models import StatusChange

FIRST_SIGN_INS = 3

NOTICES = (
    "Pilih kabar yang datang lewat surel",
    "Di halaman ini Anda selalu melihatnya juga.",
    "notifications:notification-list",
)
ACCOUNT = (
    "Periksa nama dan nomor telepon Anda",
    "Dipakai pada surat dan bila seseorang menghubungi Anda.",
    "accounts:profile",
)
CALENDAR = ("Buka kalender Anda", "Semua tanggal pekerjaan Anda, juga untuk telepon.", "calendar:calendar")
HELP = ("Baca bantuan", "Apa yang dikerjakan peran Anda, dengan gambar halamannya.", "dashboards:help")
OF_ROLES: dict[str, tuple[tuple[str, str, str], ...]] = {
    Role.COORDINATOR_HEAD: (
        (
            "Lihat siapa yang punya akun",
            "Undang yang belum, dan tetapkan penggantinya bila seseorang cuti.",
            "staffing:user-list",
        ),
        ("Lihat yang menunggu keputusan", "Kompetensi, lokasi, dan pendamping yang diajukan.", "locations:decisions"),
        NOTICES,
    ),
    Role.COORDINATOR: (
        ("Lihat siapa yang belum melapor", "Centang semuanya dan ingatkan sekaligus.", "reporting:compliance"),
        (
            "Verifikasi laporan pertama",
            "Yang paling lama menunggu tampil lebih dahulu.",
            "reporting:verification-queue",
        ),
        NOTICES,
    ),
    Role.LEADER: (
        (
            "Baca ringkasan satu halaman",
            "Tujuh angka, desa yang tidak bergerak, dan tiga keputusan.",
            "dashboards:summary",
        ),
        ("Lihat keputusan yang disiapkan", "Di tangan siapa, dan apa yang ditunggu.", "locations:decisions"),
        CALENDAR,
    ),
    Role.AUDITOR: (
        ("Buka SK dan dasarnya", "Dari rupiah ke desa, ke kompetensi, ke buktinya.", "profiles:decree-list"),
        ("Lihat kepatuhan laporan", "Siapa mengirim kapan, dan tenggat mana yang dipindah.", "reporting:compliance"),
        HELP,
    ),
    Role.AGENCY_OPERATOR: (
        ("Buka laporan triwulan Anda", "Isi sedikit demi sedikit; semuanya tersimpan.", "reporting:report-list"),
        ("Periksa rencana kerja", "Laporan mengikuti kegiatan di rencana yang ditetapkan.", "planning:plan-list"),
        NOTICES,
    ),
    Role.AGENCY_HEAD: (
        ("Buka laporan dinas Anda", "Keadaannya, dan apa yang dikembalikan.", "reporting:report-list"),
        (
            "Lihat kendala dinas Anda",
            "Yang harus dijawab, dan yang Anda minta dari orang lain.",
            "obstacles:obstacle-list",
        ),
        NOTICES,
    ),
    Role.DISTRICT_ADMIN: (
        ("Periksa desa dan kelompok kecamatan Anda", "Nama, anggota, dan komoditasnya.", "admin:index"),
        ("Lihat kendala yang harus Anda jawab", "Satu langkah: Jawab.", "obstacles:obstacle-list"),
        NOTICES,
    ),
    Role.FACILITATOR: (
        ("Lihat kendala desa Anda", "Tulis yang baru, tutup yang sudah dijawab.", "obstacles:obstacle-list"),
        CALENDAR,
        ACCOUNT,
    ),
    Role.PANELIST: (
        (
            "Buka tahap seleksi Anda",
            "Nilai pelamar; nilai orang lain tampil sesudah Anda menyimpan.",
            "recruitment:round-list",
        ),
        CALENDAR,
        ACCOUNT,
    ),
}


@dataclass(frozen=True)
class FirstThing:
    title: str
    sentence: str
    url: str


def three_things(user: User) -> list[FirstThing]:
    """Until the user has taken a step, or signed in a few times; of the first of their roles."""
    things = next((things for role, things in OF_ROLES.items() if user.has_role(role)), ())
    if not things or StatusChange.objects.filter(actor=user).exists():
        return []
    if AccountTrace.objects.sign_ins_of(user).count() > FIRST_SIGN_INS:
        return []
    return [FirstThing(title, sentence, reverse(name)) for title, sentence, name in things]
