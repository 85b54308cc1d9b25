"""SP2D as a file: who was paid for which activity, from the treasury's own system; nobody types it again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from districts.regions.models import YEARS
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS
from p2emas.imports.cells import Cell, Unfit, Values, as_text, text, whole, yes_no
from p2emas.imports.kinds import Column, ImportKind, PrefillForm, register
from p2emas.imports.quantities import Rupiah, is_unknown
from p2emas.imports.tables import MOST_ROWS
from p2emas.ui import formats, reading
from p2emas.ui.fields import LARGEST_RUPIAH
from p2emas.ui.forms import depend_on_others, field_of
from programs.treasury import lookups as find
from programs.treasury.lookups import TreasuryLookups
from programs.treasury.models import TreasuryEntry, TreasuryEntryQuerySet

OLDEST, NEWEST = (bound.limit_value for bound in YEARS)


@dataclass(frozen=True)
class DerivedColumn(Column):
    """A column that may be missing: ``when_empty`` says its value from the columns before it, or why it cannot."""

    when_empty: Callable[[Values, Any], Any] = lambda row, lookups: None

    def value_of(self, cell: Cell, row: Values, lookups: Any) -> Any:
        return self.when_empty(row, lookups) if as_text(cell) == "" else super().value_of(cell, row, lookups)


# --- Readers ---------------------------------------------------------------------------------------------------------


def payment_day(cell: Cell, row: Values, lookups: Any) -> str:
    """A day up to today, as JSON keeps it."""
    found = cell if isinstance(cell, date) else _typed_day(cell)
    if found > clock.today():
        raise Unfit(f"Tanggal {formats.long_date(found)} belum tiba. Betulkan tanggalnya.")
    return date(found.year, found.month, found.day).isoformat()


def _typed_day(cell: Cell) -> date:
    if not isinstance(cell, str):
        raise Unfit("Sel ini berisi angka, bukan tanggal. Ubah format selnya menjadi tanggal, contoh 29-03-2019.")
    try:
        return reading.read_date(cell)
    except reading.Unreadable as refusal:
        raise Unfit(f"{str(refusal).rstrip('.')}.") from None


YEAR = whole(OLDEST, NEWEST, "2019")


def budget_year(cell: Cell, row: Values, lookups: Any) -> int:
    year: int = YEAR(cell, row, lookups)
    paid_on = row.get("paid_on")
    if paid_on and date.fromisoformat(paid_on).year != year:
        shown = formats.long_date(date.fromisoformat(paid_on))
        raise Unfit(f"Tanggal SP2D {shown} bukan dalam tahun anggaran {year}. Betulkan tanggal atau tahunnya.")
    return year


def year_of_day(row: Values, lookups: Any) -> int:
    if "paid_on" not in row:
        raise Unfit("Tahun dibaca dari tanggal SP2D. Perbaiki tanggalnya dahulu.")
    return date.fromisoformat(row["paid_on"]).year


class SignedRupiah(Rupiah):
    """Whole rupiah; less than nothing is money that came back, which the preview marks."""

    def __call__(self, cell: Cell, row: Values, lookups: Any) -> int:
        if is_unknown(cell):
            raise Unfit("Tulis jumlahnya dalam rupiah, contoh 1.250.000.")
        found = self.exact(cell)
        if found != found.to_integral_value():
            raise Unfit(f"Tulis rupiah bulat tanpa sen, bukan {as_text(cell)}.")
        if abs(found) > LARGEST_RUPIAH:
            raise Unfit(f"Paling besar {formats.number(LARGEST_RUPIAH, 0)}. Periksa angkanya.")
        return int(found)

    def exact(self, cell: Cell) -> Decimal:
        """Bookkeepers write what came back in brackets: "(1.250.000)"."""
        if isinstance(cell, str) and (inside := cell.strip()).startswith("(") and inside.endswith(")"):
            return -self._typed(inside[1:-1], getattr(cell, "written_in", ""))
        return super().exact(cell)

    def remark(self, cell: Cell, value: Any) -> str:
        return f"{formats.rupiah(value)} dibaca sebagai pengembalian." if value < 0 else ""


def code_text(cell: Cell, row: Values, lookups: Any) -> str:
    found = find.written_code(cell)
    if len(found) > 40:
        raise Unfit(f"Paling banyak 40 tanda, sel ini {len(found)}.")
    return found


def payment_day_word(value: Any, lookups: Any) -> str:
    return formats.table_date(date.fromisoformat(value))


def payment_word(value: Any, lookups: Any) -> str:
    return formats.rupiah(value)


# --- The kind --------------------------------------------------------------------------------------------------------


class EntryPrefill(PrefillForm):
    """Which stored entries are in the template."""

    skpd = forms.ModelChoiceField(
        label="SKPD",
        queryset=Agency.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Semua SKPD Anda",
    )
    tahun = forms.IntegerField(label="Tahun anggaran", min_value=OLDEST, max_value=NEWEST, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = TreasuryLookups(self.user).own
        field_of(self, "skpd", forms.ModelChoiceField).queryset = Agency.objects.filter(pk__in=own)
        self.fields["tahun"].initial = clock.today().year
        depend_on_others(self, "tahun")


@register
class TreasuryKind(ImportKind):
    """Entries by agency, year, number, activity and account; what is stored already is named and left as it is."""

    code = "sp2d"
    title = "SP2D"
    intro = (
        "Pembayaran dari kas daerah per kegiatan, dari berkas bendahara atau aplikasi keuangan. Dibandingkan dengan "
        "realisasi yang dilaporkan; dana desa dan ADD tidak termasuk."
    )
    model = TreasuryEntry
    made_by = "batch"
    prefill_form = EntryPrefill
    columns = (
        DerivedColumn(
            "SKPD", "agency_id", find.paid_agency, "Nama SKPD yang dibayar; boleh kosong bila hanya SKPD Anda.",
            key=True, required=False, when_empty=find.only_agency, words=find.paid_agency_word,
            options=lambda lookups: lookups.own_names, width=28,
            also=("Nama SKPD", "OPD", "Perangkat daerah", "Nama OPD", "Unit kerja"),
        ),
        Column(
            "Nomor SP2D", "sp2d_no", text(60), "Seperti tertulis pada SP2D.", key=True, width=28,
            also=("No SP2D", "No. SP2D", "SP2D", "Nomor"),
        ),
        Column(
            "Tanggal SP2D", "paid_on", payment_day, "Tanggal pencairan, contoh 29-03-2019.",
            words=payment_day_word, width=14,
            also=("Tgl SP2D", "Tgl. SP2D", "Tanggal", "Tanggal cair", "Tanggal pencairan"),
        ),
        DerivedColumn(
            "Tahun anggaran", "year", budget_year, "Kosong: tahun dari tanggal SP2D.", key=True, required=False,
            alone=False, when_empty=year_of_day, words=lambda value, lookups: str(value), width=10,
            also=("Tahun", "TA"),
        ),
        Column(
            "Kode kegiatan", "activity_id", find.activity, "Kode kegiatan atau sub kegiatan seperti dalam rencana.",
            key=True, alone=False, words=find.activity_word, width=24,
            also=("Kode sub kegiatan", "Kode subkegiatan", "Kegiatan", "Sub kegiatan", "Kd kegiatan"),
        ),
        Column(
            "Kode rekening", "account", code_text, "Kode rekening belanja; boleh kosong.", key=True, required=False,
            default="", width=24, also=("Rekening", "Kode akun", "Akun", "Kode rekening belanja"),
        ),
        Column(
            "Jumlah (Rp)", "amount", SignedRupiah(), "Rupiah bulat; negatif berarti pengembalian.", words=payment_word,
            also=("Jumlah", "Nilai", "Nilai SP2D", "Nilai (Rp)", "Realisasi"),
        ),
        Column(
            "Uraian", "text", text(300), "Untuk apa dibayar.", required=False, default="", width=40,
            also=("Keterangan", "Uraian SP2D", "Keperluan"),
        ),
        Column(
            "Data contoh", "is_sample", yes_no, "Tulis ya bila rekaan. Kosong berarti tidak.", required=False,
            default=False, words=lambda value, lookups: "ya" if value else "tidak",
            options=lambda lookups: ["ya", "tidak"], width=12,
        ),
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return not user.is_superuser and user.has_role(*COORDINATORS, *AGENCY_STAFF)

    def lookups(self, user: User) -> TreasuryLookups:
        return TreasuryLookups(user)

    def owned(self, user: User) -> TreasuryEntryQuerySet:
        return TreasuryEntry.objects.filter(agency__in=TreasuryLookups(user).own)

    def refusal(self, values: Values, lookups: TreasuryLookups) -> str:
        return lookups.refusal(values["agency_id"])

    def repeated(self, first: str) -> str:
        return (
            f"Nomor SP2D, kegiatan, dan kode rekening sama dengan {first}. Bila dua pembayaran, bedakan kode "
            "rekeningnya atau jumlahkan menjadi satu baris; bila terulang, hapus salah satunya."
        )

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: TreasuryLookups) -> list[list[Any]]:
        found = self.owned(user).filter(year=chosen.get("tahun") or clock.today().year).for_table()
        if chosen.get("skpd"):
            found = found.filter(agency=chosen["skpd"])
        return [
            [
                entry.agency.short_name, entry.sp2d_no, formats.table_date(entry.paid_on), entry.year,
                entry.activity.code, entry.account, entry.amount, entry.text, entry.is_sample,
            ]
            for entry in found.order_by("agency__short_name", "paid_on", "pk")[:MOST_ROWS]
        ]  # fmt: skip
