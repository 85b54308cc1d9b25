"""What a new regency has of offices as tables: agencies, who signs for them, and the days on which they are closed."""

from collections.abc import Mapping
from typing import Any

from p2emas.accounts.agencies import Agency, AgencyQuerySet, DatedQuerySet, Holiday, HolidayQuerySet, Official
from p2emas.accounts.models import User
from p2emas.imports.cells import Unfit, Values, choice, day, day_or_year, text, yes_no
from p2emas.imports.kinds import Column, ImportKind, register
from p2emas.imports.offices import readers as find
from p2emas.imports.offices.readers import OfficeLookups, day_cell, day_word, may_keep_offices

KINDS = {str(code): str(word) for code, word in Agency.Kind.choices}
CAPACITIES = {str(code): str(word) for code, word in Official.Capacity.choices}
SAMPLE = Column(
    "Data contoh", "is_sample", yes_no, "Tulis ya bila rekaan. Kosong berarti tidak.", required=False, default=False,
    words=lambda value, lookups: "ya" if value else "tidak", options=lambda lookups: ["ya", "tidak"], width=12,
)  # fmt: skip


@register
class AgencyKind(ImportKind):
    """By their code; an agency that another one continues comes after that one."""

    code = "perangkat-daerah"
    title = "Perangkat daerah"
    intro = "SKPD beserta nama, jenis, dan sejak kapan menjadi anggota program. Kantor kecamatan punya templat sendiri."
    model = Agency
    columns = (
        Column(
            "Kode", "code", find.slug(30), "Kode pendek untuk alamat, misalnya distanbun.", key=True, width=20,
            also=("Kode SKPD", "Kode perangkat daerah", "Kode OPD"),
        ),
        Column(
            "Nama", "name", text(160), "Nama lengkap menurut peraturan daerah.", width=44,
            also=("Nama SKPD", "Nama perangkat daerah", "Nama OPD", "SKPD", "Perangkat daerah"),
        ),
        Column(
            "Nama pendek", "short_name", text(60), "Dipakai di tabel dan daftar.", width=26,
            also=("Singkatan", "Akronim"),
        ),
        Column(
            "Jenis", "kind", choice(KINDS), "Menurut susunan perangkat daerah.", width=16,
            words=lambda value, lookups: KINDS[value], options=lambda lookups: list(KINDS.values()),
        ),
        Column(
            "Dilanjutkan oleh", "successor_id", find.office,
            "Perangkat daerah yang meneruskan tugasnya; harus sudah tersimpan.", required=False, alone=False,
            words=find.office_word, options=find.office_options, width=26, also=("Penerus",),
        ),
        Column(
            "Anggota sejak", "member_from", day_or_year(),
            "Tanggal atau tahun. Hanya anggota program, yang mengisi rencana dan laporan.", required=False,
            words=day_word, also=("Anggota program sejak", "Tahun anggota"),
        ),
        Column(
            "Anggota sampai", "member_until", day_or_year(last=True), "Kosongkan bila masih anggota.", required=False,
            words=day_word, also=("Anggota program sampai",),
        ),
        SAMPLE,
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return may_keep_offices(user)

    def lookups(self, user: User) -> OfficeLookups:
        return OfficeLookups(user)

    def owned(self, user: User) -> AgencyQuerySet:
        return Agency.objects.for_user(user)

    def check(self, values: Values, lookups: OfficeLookups) -> None:
        sentence = "Kolom “Anggota sampai”: isi juga “Anggota sejak”, dan tanggal akhirnya tidak sebelum tanggal itu."
        find.in_order(values["member_from"], values["member_until"], sentence)
        successor = values["successor_id"]
        if successor and lookups.agencies[successor].code.casefold() == values["code"].casefold():
            raise Unfit("Kolom “Dilanjutkan oleh”: perangkat daerah tidak meneruskan dirinya sendiri. Kosongkan.")

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: OfficeLookups) -> list[list[Any]]:
        return [
            [
                each.code, each.name, each.short_name, each.get_kind_display(),
                each.successor_id and lookups.agency_word(each.successor_id),
                day_cell(each.member_from), day_cell(each.member_until), each.is_sample,
            ]
            for each in self.owned(user).order_by("short_name", "pk")
        ]  # fmt: skip


@register
class OfficialKind(ImportKind):
    """By agency, name and first day; who takes over is a new row, and the one before gets a last day."""

    code = "pejabat"
    title = "Pejabat penanda tangan"
    intro = "Siapa menandatangani untuk tiap perangkat daerah, dengan jabatan, pangkat, dan NIP."
    model = Official
    columns = (
        Column(
            "Perangkat daerah", "agency_id", find.office, "Nama, nama pendek, atau kodenya.", key=True, width=26,
            words=find.office_word, options=find.office_options, also=("SKPD", "OPD", "Unit kerja"),
        ),
        Column(
            "Nama", "name", text(120), "Nama lengkap dengan gelar.", key=True, width=34,
            also=("Nama pejabat", "Nama lengkap"),
        ),
        Column("NIP", "nip", find.nip, "18 angka, kosongkan bila tidak ada.", required=False, default="", width=22),
        Column(
            "Pangkat", "rank", text(60), "Misalnya Pembina Utama Muda.", required=False, default="", width=24,
            also=("Pangkat/golongan", "Golongan"),
        ),
        Column("Jabatan", "title", text(120), "Misalnya Kepala Dinas.", width=34, also=("Nama jabatan",)),
        Column(
            "Kedudukan", "capacity", choice(CAPACITIES, {"Plt": "PLT", "Plh": "PLH"}),
            "Definitif, pelaksana tugas, atau pelaksana harian. Kosong berarti definitif.", required=False,
            default=str(Official.Capacity.DEFINITIVE), words=lambda value, lookups: CAPACITIES[value],
            options=lambda lookups: list(CAPACITIES.values()), width=14,
        ),
        Column("Sejak", "valid_from", day, "Hari pertama menjabat, misalnya 02-01-2019.", key=True, words=day_word,
               also=("Mulai menjabat", "TMT")),
        Column("Sampai", "valid_until", day, "Kosongkan bila masih menjabat.", required=False, words=day_word),
        SAMPLE,
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return may_keep_offices(user)

    def lookups(self, user: User) -> OfficeLookups:
        return OfficeLookups(user)

    def owned(self, user: User) -> DatedQuerySet:
        return Official.objects.all()

    def check(self, values: Values, lookups: OfficeLookups) -> None:
        sentence = "Kolom “Sampai”: tanggal akhir jabatan tidak boleh sebelum tanggal mulainya."
        find.in_order(values["valid_from"], values["valid_until"], sentence)

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: OfficeLookups) -> list[list[Any]]:
        return [
            [
                lookups.agency_word(each.agency_id), each.name, each.nip, each.rank, each.title,
                each.get_capacity_display(), day_cell(each.valid_from), day_cell(each.valid_until), each.is_sample,
            ]
            for each in self.owned(user).order_by("agency__short_name", "valid_from", "pk")
        ]  # fmt: skip


@register
class HolidayKind(ImportKind):
    code = "hari-libur"
    title = "Hari libur"
    intro = "Libur nasional dan cuti bersama; batas waktu laporan menghitung hari kerja menurut daftar ini."
    model = Holiday
    columns = (
        Column("Tanggal", "date", day, "Misalnya 25-12-2019.", key=True, words=day_word, also=("Hari/tanggal", "Tgl")),
        Column(
            "Nama", "name", text(120), "Misalnya Hari Raya Natal.", width=44,
            also=("Nama hari libur", "Hari libur", "Keterangan"),
        ),
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return may_keep_offices(user)

    def lookups(self, user: User) -> OfficeLookups:
        return OfficeLookups(user)

    def owned(self, user: User) -> HolidayQuerySet:
        return Holiday.objects.all()

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: OfficeLookups) -> list[list[Any]]:
        return [[day_cell(each.date), each.name] for each in self.owned(user).order_by("date")]
