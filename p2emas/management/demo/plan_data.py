"""Lines of the demo's work plans. Agencies' real plans were not published: every line and amount is invented."""

from dataclasses import dataclass, replace

BEKUAN, BINJAI, ENSAID, PAKAK = "61.05.06.2017", "61.05.21.2005", "61.05.19.2005", "61.05.08.2013"
SOLAM, MUNTAI, MENTAJOI = "61.05.20.2014", "61.05.03.2018", "61.05.14.2022"
JERORA, KENYABUR, KETUNGAU, PANDING = "61.05.01.2028", "61.05.02.2009", "61.05.04.2001", "61.05.05.2003"
DEDAI, TEBIDAH, KEMANGAI = "61.05.07.2002", "61.05.09.2001", "61.05.15.2001"
BANING_PANJANG, KELANSAM = "61.05.19.2004", "61.05.01.2010"
REGENCY = ""  # for the whole regency
NO_WORK = (TEBIDAH, KEMANGAI)  # the two villages without any work in 2019


@dataclass(frozen=True)
class Work:
    agency: str
    name: str
    place: str
    commodity: str
    link: str
    month: int
    million: int
    fund: str = "DAU"
    outside: str = ""  # reason, for a village that is no target location
    output: tuple[str, str, str, int] | None = None  # indicator of its own, where its link's does not fit


def _works(agency: str, rows: list[tuple]) -> list[Work]:
    return [Work(agency, *row) for row in rows]


def _own(work: Work, *output) -> Work:
    return replace(work, output=output)


# Field of government by the numbering of Permendagri 13/2006, where each agency has its activities, and the name of its
# programme. Numbers of agencies, programmes and activities below the field are invented, and so are the names.
FIELDS = {
    "bappeda": ("1.06", "Perencanaan pembangunan ekonomi"),
    "dpmpd": ("1.22", "Penguatan lembaga ekonomi desa"),
    "distanbun": ("2.01", "Pengembangan komoditas unggulan desa"),
    "dkpp": ("2.05", "Pengembangan perikanan budi daya"),
    "disperindagkop": ("1.15", "Pengembangan usaha kecil dan koperasi"),
    "disdikbud": ("1.01", "Pendidikan keterampilan masyarakat"),
    "dpmptsp": ("1.16", "Kemudahan usaha dan penanaman modal"),
    "dpupr": ("1.03", "Pembangunan jalan dan irigasi desa"),
    "dinkes": ("1.02", "Kesehatan kerja dan keamanan pangan"),
    "dlh": ("1.08", "Pengelolaan sumber daya alam desa"),
}
OUTSIDE = "Kelompok binaan lama; serah terima selesai tahun ini (contoh)."
# The year of preparation, as it was announced: no village was fixed yet, so all of it is for the whole regency.
WORKS_2017 = [
    _own(Work("bappeda", "Rapat koordinasi dan survei calon lokasi sasaran", REGENCY, "", "TRAINING", 4, 140),
         "Desa calon yang disurvei", "desa", "increasing", 8),
    _own(Work("bappeda", "Penyusunan perangkat hukum P2-EMAS", REGENCY, "", "TRAINING", 4, 60),
         "Peraturan dan keputusan yang terbit", "naskah", "increasing", 2),
    _own(Work("dpmpd", "Seleksi dan pembekalan pendamping masyarakat", REGENCY, "", "TRAINING", 8, 120),
         "Pendamping yang dibekali", "orang", "increasing", 7),
]  # fmt: skip
WORKS_2018 = [
    *_works("distanbun", [
        ("Pengadaan bibit lada", BEKUAN, "lada", "SEED", 3, 240),
        ("Pelatihan budidaya cabai", PAKAK, "cabai", "TRAINING", 4, 80),
        ("Pengembangan hortikultura", MUNTAI, "hortikultura", "PRODUCTION", 3, 260),
        ("Pengadaan bibit sapi", BINJAI, "ternak sapi", "SEED", 5, 350),
    ]),
    *_works("dkpp", [
        ("Kolam terpal dan benih ikan", SOLAM, "ikan kolam", "SEED", 4, 220),
        ("Pelatihan pembenihan", SOLAM, "benih ikan", "TRAINING", 6, 75),
        ("Pelatihan olahan ikan", KELANSAM, "olahan pangan", "PROCESSING", 6, 60, "DAU", OUTSIDE),
    ]),
    *_works("disperindagkop", [
        ("Sarana tenun dan benang", ENSAID, "tenun ikat", "TOOLS", 4, 150),
        ("Pelatihan anyaman rotan", MENTAJOI, "anyaman rotan", "TRAINING", 5, 90),
        ("Pameran produk unggulan", REGENCY, "", "MARKET", 8, 110),
    ]),
    *_works("dpmpd", [
        ("Pembinaan kelompok masyarakat", REGENCY, "", "TRAINING", 3, 140),
        ("Penyertaan modal BUM Desa", MUNTAI, "hortikultura", "CAPITAL", 6, 120, "DD"),
    ]),
    *_works("disdikbud", [("Muatan lokal tenun", ENSAID, "tenun ikat", "TRAINING", 7, 70)]),
    *_works("dpupr", [
        ("Jalan kebun lada", BEKUAN, "", "TOOLS", 6, 380, "DAK_FISIK"),
        ("Jalan lingkungan", BANING_PANJANG, "", "TOOLS", 6, 290, "DAK_FISIK", OUTSIDE),
    ]),
    *_works("dpmptsp", [("Kemudahan izin usaha kelompok", REGENCY, "", "MARKET", 4, 60)]),
    *_works("dinkes", [("Kesehatan kerja penenun", ENSAID, "tenun ikat", "TRAINING", 5, 45)]),
    *_works("dlh", [("Pewarna alam", ENSAID, "tenun ikat", "TOOLS", 6, 50)]),
    *_works("bappeda", [("Koordinasi P2-EMAS", REGENCY, "", "TRAINING", 1, 160)]),
]  # fmt: skip
WORKS_2019 = [
    *_works("distanbun", [
        ("Pengadaan bibit lada", BEKUAN, "lada", "SEED", 3, 210),
        ("Pelatihan budidaya cabai", PAKAK, "cabai", "TRAINING", 3, 85),
        ("Sarana produksi cabai", PAKAK, "cabai", "TOOLS", 4, 165),
        ("Pengembangan hortikultura", MUNTAI, "hortikultura", "PRODUCTION", 3, 280),
        ("Pakan dan kesehatan ternak sapi", BINJAI, "ternak sapi", "PRODUCTION", 2, 240),
        ("Demplot jagung", KETUNGAU, "jagung", "PRODUCTION", 5, 160),
        ("Peremajaan karet", PANDING, "karet", "SEED", 4, 190),
        ("Fermentasi kakao", DEDAI, "kakao", "PROCESSING", 5, 120),
        ("Bibit kopi", KEMANGAI, "kopi", "SEED", 6, 150),
    ]),
    *_works("dkpp", [
        ("Kolam dan pembenihan ikan", SOLAM, "ikan kolam", "PRODUCTION", 3, 260),
        ("Benih ikan unggul", SOLAM, "benih ikan", "SEED", 4, 140),
        ("Lumbung padi ladang", KENYABUR, "padi ladang", "TOOLS", 4, 130),
        ("Pakan ikan mandiri", SOLAM, "ikan kolam", "TOOLS", 5, 90),
        ("Pelatihan olahan ikan", KELANSAM, "olahan pangan", "PROCESSING", 6, 60, "DAU", OUTSIDE),
    ]),
    *_works("disperindagkop", [
        ("Pelatihan pewarnaan alam tenun ikat", ENSAID, "tenun ikat", "TRAINING", 2, 120),
        ("Sarana tenun dan benang", ENSAID, "tenun ikat", "TOOLS", 3, 175),
        ("Pelatihan desain anyaman rotan", MENTAJOI, "anyaman rotan", "TRAINING", 3, 95),
        ("Kemasan dan merek cabai olahan", PAKAK, "cabai", "PROCESSING", 4, 110),
        ("Pameran dan temu pembeli", REGENCY, "", "MARKET", 8, 130),
        ("Pendampingan koperasi Jasa Menenun Mandiri", ENSAID, "tenun ikat", "CAPITAL", 2, 60),
        ("Sarana olahan pangan", JERORA, "olahan pangan", "TOOLS", 5, 90),
    ]),
    *_works("dpmpd", [
        ("Pelatihan pengurus BUM Desa", ENSAID, "", "TRAINING", 3, 40),
        ("Pembinaan kelompok masyarakat", REGENCY, "", "TRAINING", 2, 150),
        ("Pembinaan kelompok madu hutan", TEBIDAH, "madu hutan", "TRAINING", 7, 55),
        ("Penyertaan modal BUM Desa", MUNTAI, "hortikultura", "CAPITAL", 4, 150, "DD"),
    ]),
    *_works("disdikbud", [
        ("Muatan lokal tenun", ENSAID, "tenun ikat", "TRAINING", 7, 75),
        ("Kursus anyaman rotan", MENTAJOI, "anyaman rotan", "TRAINING", 7, 60),
        ("Beasiswa keterampilan", REGENCY, "", "TRAINING", 7, 120),
    ]),
    *_works("dpmptsp", [("Kemudahan izin usaha kelompok", REGENCY, "", "MARKET", 3, 65)]),
    *_works("dpupr", [
        ("Jalan ke rumah produksi", ENSAID, "", "TOOLS", 5, 395, "DAK_FISIK"),
        ("Jalan kebun lada", BEKUAN, "lada", "TOOLS", 5, 420, "DAK_FISIK"),
        ("Irigasi desa", BANING_PANJANG, "cabai", "TOOLS", 6, 310, "DAK_FISIK", OUTSIDE),
        ("Jalan usaha tani kopi", KEMANGAI, "kopi", "TOOLS", 6, 260, "DAK_FISIK"),
    ]),
    *_works("dinkes", [
        ("Izin edar pangan rumah tangga", JERORA, "olahan pangan", "PROCESSING", 4, 45),
        ("Kesehatan kerja penenun", ENSAID, "tenun ikat", "TRAINING", 4, 35),
    ]),
    *_works("dlh", [
        ("Pewarna alam dan limbah tenun", ENSAID, "tenun ikat", "TOOLS", 3, 55),
        ("Kebun rotan lestari", MENTAJOI, "anyaman rotan", "SEED", 3, 70),
    ]),
    *_works("bappeda", [
        ("Koordinasi dan evaluasi P2-EMAS", REGENCY, "", "TRAINING", 1, 180),
        ("Pendataan awal kesejahteraan", REGENCY, "", "TRAINING", 2, 120),
    ]),
]  # fmt: skip
# What the change of August 2019 did to the plan of Pertanian dan Perkebunan: new amount in million rupiah, or new work.
CHANGED_2019 = {"Pengembangan hortikultura": 320, "Bibit kopi": 110}
ADDED_2019 = [Work("distanbun", "Mesin pengering lada", BEKUAN, "lada", "PROCESSING", 9, 95)]

# One output indicator for each activity, by its link in the chain: name, unit, formula, target of the year
OUTPUTS = {
    "SEED": ("Bibit tersalur yang hidup", "persen", "percentage", 90),
    "TOOLS": ("Kelompok yang menerima dan memakai sarana", "kelompok", "increasing", 4),
    "TRAINING": ("Orang dilatih", "orang", "increasing", 60),
    "PRODUCTION": ("Kelompok yang berproduksi", "kelompok", "end_value", 5),
    "PROCESSING": ("Produk olahan siap jual", "produk", "increasing", 4),
    "CAPITAL": ("Anggota yang menabung", "persen", "percentage", 80),
    "MARKET": ("Pembeli tetap", "pembeli", "end_value", 12),
}
# Welfare per village: activity that measures it -> village, baseline 2017, value by quarter from TW I 2018 (None = no data)
INCOME: dict[str, tuple[str, int, list[int | None]]] = {
    "Sarana tenun dan benang": (ENSAID, 720, [740, 800, 880, 960, 1050, 1190, 1310]),
    "Pelatihan budidaya cabai": (PAKAK, 860, [870, 910, 1000, 1090, 1180, 1300, 1420]),
    "Pengembangan hortikultura": (MUNTAI, 790, [790, 830, 880, 930, 990, 1080, 1150]),
    "Pengadaan bibit lada": (BEKUAN, 980, [980, 1000, 1040, 1090, 1130, 1190, 1240]),
    "Pengadaan bibit sapi": (BINJAI, 1100, [1100, 1100, 1110, 1120, None, None, None]),
    "Pakan dan kesehatan ternak sapi": (BINJAI, 1100, [None, None, None, None, 1130, 1160, 1180]),
    "Kolam terpal dan benih ikan": (SOLAM, 1040, [1040, 1050, 1060, 1050, None, None, None]),
    "Kolam dan pembenihan ikan": (SOLAM, 1040, [None, None, None, None, 1040, 1020, 1010]),
    "Pelatihan anyaman rotan": (MENTAJOI, 650, [650, None, None, None, None, None, None]),
    "Pelatihan desain anyaman rotan": (MENTAJOI, 650, [None] * 7),
}
# Active members, women and men: the same activities -> baseline 2017, both by quarter. So few men weave in Ensaid Panjang
# that neither part may be shown.
ACTIVE: dict[str, tuple[tuple[int, int], list[tuple[int, int] | None]]] = {
    "Sarana tenun dan benang": ((22, 3), [(22, 3), (24, 3), (25, 3), (27, 3), (29, 4), (31, 4), (33, 4)]),
    "Pelatihan budidaya cabai": ((11, 18), [(11, 18), (11, 18), (12, 19), (12, 20), (13, 20), (14, 20), (14, 20)]),
    "Kolam terpal dan benih ikan": ((9, 22), [(9, 22), (9, 22), (9, 21), (9, 20), None, None, None]),
    "Kolam dan pembenihan ikan": ((9, 22), [None, None, None, None, (9, 20), (9, 19), (9, 19)]),
}
