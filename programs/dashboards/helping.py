"""Help for each role: what it does, step by step, beside pictures of the real pages.

The words in “ ” of a caption are a heading, a link or a button of that page: a test looks for them there. The pictures
are made by `make help-pictures` from the demo.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from p2emas.accounts.roles import Role
from p2emas.accounts.signed_in import Anyone

WIDTH, HEIGHT = 720, 506  # of every picture


@dataclass(frozen=True)
class HelpPicture:
    """``file`` is static/help/<file>.webp, "" for words alone; ``name`` is the URL name of the page that it shows."""

    file: str
    name: str
    caption: str

    @property
    def path(self) -> str:
        return reverse(self.name)

    @property
    def source(self) -> str:
        return f"help/{self.file}.webp"


@dataclass(frozen=True)
class RoleHelp:
    """``word`` is the role in the address, ``role`` who has the pages."""

    word: str
    role: str
    sentence: str
    pictures: tuple[HelpPicture, ...]

    @property
    def title(self) -> str:
        return str(Role(self.role).label)


HELPS = (
    RoleHelp(
        "koordinator", Role.COORDINATOR,
        "Anda memeriksa laporan dan rencana, meneruskan kendala, dan menyiapkan rapat.",
        (
            HelpPicture(
                "koordinator-beranda", "dashboards:home",
                "Beranda: “Yang menunggu Anda” berurutan, masing-masing satu tombol; “Tanggal di depan” di kanan.",
            ),
            HelpPicture(
                "koordinator-verifikasi", "reporting:verification-queue",
                "Di “Antrean verifikasi” yang paling lama menunggu tampil dahulu; sesudah satu laporan, "
                "yang berikutnya terbuka sendiri.",
            ),
            HelpPicture(
                "koordinator-rakor", "coordination:meeting-list",
                "“Susun bahan rakor” mengisi agenda dari kendala, laporan terlambat, dan janji rapat lalu.",
            ),
        ),
    ),
    RoleHelp(
        "kepala", Role.COORDINATOR_HEAD,
        "Anda memutuskan yang diajukan, memberlakukan SK, dan menetapkan siapa bertugas.",
        (
            HelpPicture(
                "kepala-keputusan", "locations:decisions",
                "“Menunggu keputusan”: yang diajukan kepada Anda di atas, dengan apa yang masih ditunggu.",
            ),
            HelpPicture(
                "kepala-pengguna", "staffing:user-list",
                "“Undang pengguna” menulis undangan; penugasan berlaku pada halaman berikut yang dibuka orangnya.",
            ),
            HelpPicture(
                "kepala-pengganti", "staffing:absence-list",
                "“Cuti dan pengganti”: “Minta pengganti” memberi peran yang sama untuk tanggal itu saja.",
            ),
        ),
    ),
    RoleHelp(
        "pimpinan", Role.LEADER,
        "Anda membaca keadaan program pada satu halaman; tidak ada yang perlu diisi.",
        (
            HelpPicture(
                "pimpinan-ringkasan", "dashboards:summary",
                "“Unduh” memberi satu lembar A4: tujuh angka, desa yang tidak bergerak, dan tiga keputusan.",
            ),
            HelpPicture(
                "pimpinan-dasbor", "dashboards:dashboard",
                "Dasbor: “Di mana” menunjukkan kecamatannya, “Perlu perhatian” desa dan sebabnya.",
            ),
        ),
    ),
    RoleHelp(
        "operator", Role.AGENCY_OPERATOR,
        "Anda mengisi rencana dan laporan SKPD, dan menjawab kendala.",
        (
            HelpPicture(
                "operator-beranda", "dashboards:home",
                "Laporan yang harus dikirim ada di beranda dengan jatuh temponya; “Lanjutkan” membukanya.",
            ),
            HelpPicture(
                "operator-rencana", "planning:plan-list",
                "“Rencana kerja dan anggaran”: “Isi rencana dari berkas” memakai berkas SKPD sendiri.",
            ),
            HelpPicture(
                "operator-kendala", "obstacles:obstacle-list",
                "“Laporkan kendala” menulis yang baru; yang menunggu jawaban Anda tampil juga di beranda.",
            ),
        ),
    ),
    RoleHelp(
        "kepala-skpd", Role.AGENCY_HEAD,
        "Anda membaca keadaan SKPD, menjawab kendala, dan menetapkan pengganti bila seseorang cuti.",
        (
            HelpPicture(
                "operator-kendala", "obstacles:obstacle-list",
                "“Laporkan kendala” menulis yang baru; yang menunggu jawaban Anda tampil juga di beranda.",
            ),
            HelpPicture(
                "kepala-pengganti", "staffing:absence-list",
                "“Cuti dan pengganti”: “Minta pengganti” memberi peran yang sama untuk tanggal itu saja.",
            ),
        ),
    ),
    RoleHelp(
        "kecamatan", Role.DISTRICT_ADMIN,
        "Anda menjaga data desa dan kelompok kecamatan, mengusulkan desa, dan menjawab kendala.",
        (
            HelpPicture(
                "kecamatan-kendala", "obstacles:obstacle-list",
                "“Kendala” kecamatan Anda, yang paling lama menunggu lebih dahulu; buka satu untuk menjawabnya.",
            ),
        ),
    ),
    RoleHelp(
        "pendamping", Role.FACILITATOR,
        "Anda mengunjungi desa dan melaporkannya dari HP, menulis kendala, dan menutupnya bila sudah terjawab.",
        (
            HelpPicture(
                "", "fieldwork:field-home",
                "Di Lapangan, “Buat laporan kunjungan” dapat diisi juga tanpa sinyal: isian tersimpan di HP. "
                "Yang sudah sampai ada di “Terkirim”.",
            ),
            HelpPicture(
                "", "fieldwork:field-offline",
                "Sesudah “Simpan ke antrean”, laporan “Siap dikirim” menjadi “Terkirim” sendiri saat ada sinyal. "
                "Bila tampil “Masuk lagi untuk mengirim”, laporan aman di HP: masuk, dan pengiriman berjalan sendiri. "
                "HP tidak dapat mengirim? “Simpan salinan ke HP”; dari HP atau komputer lain, salinan itu dikirim di "
                "Lapangan, Terkirim, Kirim salinan.",
            ),
            HelpPicture(
                "pendamping-kendala", "obstacles:obstacle-list",
                "“Laporkan kendala” dari desa Anda; satu isian pendek, tidak ada yang ditanya dua kali.",
            ),
        ),
    ),
    RoleHelp(
        "panelis", Role.PANELIST,
        "Anda memberi nilai pada kompetensi inti dan calon pendamping, sendiri, tanpa melihat nilai panelis lain.",
        (
            HelpPicture(
                "panelis-beranda", "dashboards:home",
                "“Yang menunggu Anda”: lembar nilai yang belum lengkap, dengan tombol yang langsung membukanya.",
            ),
            HelpPicture(
                "panelis-seleksi", "recruitment:round-list",
                "“Seleksi pendamping”: kolom “Panel Anda” membuka nilai. Kenal dengan pelamar? Nyatakan di sana.",
            ),
        ),
    ),
    RoleHelp(
        "inspektorat", Role.AUDITOR,
        "Anda membaca semuanya dengan riwayatnya, dan tidak mengubah apa pun.",
        (
            HelpPicture(
                "inspektorat-sk", "profiles:decree-list",
                "“SK dan peraturan”: dari satu SK ke desa dan kompetensi yang ditetapkannya, dan dasarnya.",
            ),
            HelpPicture(
                "inspektorat-kepatuhan", "reporting:compliance",
                "“Kepatuhan pelaporan”: siapa mengirim kapan, dan berapa hari kerja terlambat.",
            ),
        ),
    ),
)  # fmt: skip


def help_of(reader: Anyone, query: QueryDict) -> RoleHelp | None:
    """The role that the address names, else the reader's first; a visitor chooses."""
    word = query.get("peran", "")
    named = next((each for each in HELPS if each.word == word), None)
    if named is not None:
        return named
    codes: frozenset[str] = getattr(reader, "role_codes", frozenset())
    return next((each for each in HELPS if each.role in codes), None)
