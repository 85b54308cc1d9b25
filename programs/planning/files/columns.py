"""What a file of a year's plan may say: one column for each thing, by the headings that agencies use for it."""

from dataclasses import dataclass

ACTIVITY, INDICATOR, LINE = "activity", "indicator", "line"
PARTS = {ACTIVITY: "Kegiatan", INDICATOR: "Indikator", LINE: "Baris rencana"}
# What forms and regulations call the kinds of formula; folded word -> key.
FORMULA_WORDS = {
    "tren positif": "increasing",
    "positif": "increasing",
    "kumulatif": "increasing",
    "tren negatif": "decreasing",
    "negatif": "decreasing",
    "persentase": "percentage",
    "persen": "percentage",
    "nilai akhir": "end_value",
}
QUARTERS = {1: "TW I", 2: "TW II", 3: "TW III", 4: "TW IV"}
TEXT, NUMBER, MONEY = "text", "number", "money"


@dataclass(frozen=True)
class FileColumn:
    """``field``: the name in the form of its part. ``whole``: may be the same for all rows, as the page asks."""

    name: str
    header: str
    part: str
    field: str
    hint: str
    also: tuple[str, ...] = ()
    kind: str = TEXT
    width: int = 18
    whole: bool = False

    @property
    def words_met(self) -> tuple[str, ...]:
        return (self.header, *self.also)


def _money(quarter: int, name: str) -> FileColumn:
    return FileColumn(
        f"money_{quarter}", f"Keuangan s.d. {name} (Rp)", LINE, f"money_{quarter}", "Rupiah, kumulatif sejak Januari.",
        (f"Keuangan {name}", f"Target keuangan {name}", f"Anggaran kas {name}", f"{name} (Rp)"), MONEY,
    )  # fmt: skip


def _physical(quarter: int, name: str) -> FileColumn:
    return FileColumn(
        f"physical_{quarter}", f"Fisik s.d. {name} (%)", LINE, f"physical_{quarter}", "Persen, kumulatif.",
        (f"Fisik {name}", f"Target fisik {name}", f"{name} (%)"), NUMBER, 12,
    )  # fmt: skip


CODE = FileColumn(
    "code", "Kode kegiatan", ACTIVITY, "code", "Kode rekening kegiatan. Kosong: sama dengan baris di atasnya.",
    ("Kode", "Kode rekening", "Kode sub kegiatan", "Kode rekening kegiatan"), width=22,
)  # fmt: skip
COLUMNS: tuple[FileColumn, ...] = (
    CODE,
    FileColumn(
        "name", "Nama kegiatan", ACTIVITY, "name", "Seperti tertulis dalam DPA.",
        ("Kegiatan", "Uraian kegiatan", "Sub kegiatan", "Nama sub kegiatan", "Uraian", "Program/Kegiatan"), width=40,
    ),
    FileColumn(
        "programme", "Nama program", ACTIVITY, "programme", "Program SKPD dalam Renja.", ("Program",), width=30,
        whole=True,
    ),
    FileColumn(
        "outcome", "Sasaran program", ACTIVITY, "outcome", "Sasaran program yang dilayani kegiatan.",
        ("Sasaran", "Outcome", "Sasaran daerah"), width=30, whole=True,
    ),
    FileColumn(
        "indicator", "Indikator", INDICATOR, "name", "Apa yang diukur dari kegiatan ini.",
        ("Indikator kinerja", "Indikator kegiatan", "Tolok ukur", "Indikator keluaran", "Indikator kinerja kegiatan"),
        width=36,
    ),
    FileColumn("indicator_unit", "Satuan indikator", INDICATOR, "unit", "Misalnya kelompok.", ("Satuan target",)),
    FileColumn(
        "formula", "Jenis rumus", INDICATOR, "formula", "Bagaimana capaian dihitung dari triwulan ke triwulan.",
        ("Rumus", "Formula", "Tren"), whole=True,
    ),
    FileColumn(
        "source", "Sumber data indikator", INDICATOR, "source", "Siapa mencatat dan dokumen apa.", ("Sumber data",),
        width=28, whole=True,
    ),
    FileColumn(
        "target", "Target indikator", INDICATOR, "target", "Nilai yang dituju tahun ini.",
        ("Target", "Target kinerja", "Target tahun ini", "Volume target"), NUMBER,
    ),
    FileColumn("baseline", "Nilai awal", INDICATOR, "baseline", "Kosong berarti belum ada data.", kind=NUMBER),
    FileColumn("baseline_year", "Tahun nilai awal", INDICATOR, "baseline_year", "Tahun nilai awal dicatat.", width=12),
    FileColumn(
        "baseline_source", "Sumber nilai awal", INDICATOR, "baseline_source", "Dokumen atau survei asalnya.", width=28
    ),
    FileColumn(
        "baseline_missing_reason", "Mengapa nilai awal belum ada", INDICATOR, "baseline_missing_reason",
        "Isi bila nilai awal kosong.", width=28, whole=True,
    ),
    FileColumn(
        "target_village", "Desa target", INDICATOR, "target_village",
        "Hanya pada baris target satu desa; kosong berarti seluruh kegiatan.",
        ("Target desa", "Desa target indikator"), width=28,
    ),
    FileColumn(
        "place", "Tempat", LINE, "where", "Nama atau kode desa, atau pilihan untuk semua desa dari daftar templat.",
        ("Lokasi", "Desa", "Lokasi kegiatan", "Desa/Kelurahan", "Desa lokasi"), width=28, whole=True,
    ),
    FileColumn(
        "reason", "Alasan di luar lokasi sasaran", LINE, "exception_reason",
        "Wajib bila tempatnya desa lain, bukan lokasi sasaran.", ("Alasan",), width=30,
    ),
    FileColumn(
        "group", "Kelompok penerima", LINE, "group", "Boleh kosong.",
        ("Kelompok", "Penerima", "Penerima manfaat", "Kelompok sasaran"), width=28,
    ),
    FileColumn("commodity", "Komoditas", LINE, "commodity", "Boleh kosong.", ("Jenis komoditas",), whole=True),
    FileColumn(
        "chain_link", "Mata rantai", LINE, "chain_link", "Bibit, sarana, pelatihan, produksi, olahan, modal, pasar.",
        ("Mata rantai nilai", "Rantai nilai"), whole=True,
    ),
    FileColumn(
        "fund", "Sumber dana", LINE, "fund", "Misalnya DAU.", ("Dana", "Sumber pendanaan", "Sumber anggaran"),
        whole=True,
    ),
    FileColumn(
        "start_month", "Bulan mulai", LINE, "start_month", "Nama bulan, atau angka 1 sampai 12.",
        ("Mulai", "Jadwal mulai", "Bulan"), whole=True,
    ),
    FileColumn("volume", "Volume", LINE, "volume", "Banyaknya, misalnya 12,5.", ("Jumlah volume", "Vol"), NUMBER, 12),
    FileColumn("unit", "Satuan", LINE, "unit", "Misalnya paket, ekor, orang.", ("Satuan volume",), width=14),
    FileColumn(
        "amount", "Pagu (Rp)", LINE, "amount", "Rupiah penuh.",
        ("Pagu", "Anggaran", "Pagu indikatif", "Jumlah (Rp)", "Pagu anggaran", "Jumlah anggaran", "Jumlah"), MONEY, 20,
    ),
    *(_money(quarter, name) for quarter, name in QUARTERS.items()),
    *(_physical(quarter, name) for quarter, name in QUARTERS.items()),
    FileColumn(
        "procurement", "Cara pengadaan", LINE, "procurement", "Boleh kosong; pilih dari daftar templat.",
        ("Metode pengadaan", "Cara pelaksanaan"), whole=True,
    ),
    FileColumn("season_first", "Musim dari bulan", LINE, "season_first", "Boleh kosong.", ("Awal musim",), width=14),
    FileColumn(
        "season_last", "Musim sampai bulan", LINE, "season_last", "Boleh melewati akhir tahun.", ("Akhir musim",),
        width=14,
    ),
    FileColumn(
        "proposal_no", "Nomor usulan Musrenbang", LINE, "proposal_no", "Bila berasal dari usulan warga.",
        ("Nomor usulan", "No. usulan"),
    ),
    FileColumn(
        "proposal_text", "Usulan Musrenbang", LINE, "proposal_text", "Boleh kosong.", ("Usulan", "Usulan warga"),
        width=32,
    ),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}


def columns_of(part: str) -> list[FileColumn]:
    return [column for column in COLUMNS if column.part == part]
