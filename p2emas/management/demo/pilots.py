"""Which villages the demo knows: the seven pilots of 2017, one that was visited only, and the seven of 2019."""

from dataclasses import dataclass

SAMPLE_SOURCE = "DATA CONTOH, rekaan untuk demo"
FIRST_MEETINGS = "Rapat koordinasi SKPD, 29 Maret 2017; rapat koordinasi dan seleksi calon lokasi sasaran, 18 Mei 2017 (pemberitaan)."
PILOT_SOURCES = (
    "Rapat koordinasi dan seleksi calon lokasi sasaran, 18 Mei 2017; survei lapangan, Juni 2017; "
    "pengumuman tujuh lokasi sasaran, 27 Juli 2017 (pemberitaan)."
)
SIGNER = ("Nama Bupati (contoh)", "Bupati Sintang")  # name, title
# By village: the cooperative, its year and its 63 members are real; the other groups and all other figures are invented.
# name, kind, commodity, men, women, active since
GROUPS = {
    "61.05.19.2005": ("Koperasi Jasa Menenun Mandiri", "KOPERASI", "tenun ikat", 5, 58, 1999),
    "61.05.06.2017": ("Kelompok Tani Lada (contoh)", "POKTAN", "lada", 22, 6, 2009),
    "61.05.21.2005": ("Kelompok Ternak Sapi (contoh)", "POKTAN", "ternak sapi", 18, 2, 2010),
    "61.05.08.2013": ("Kelompok Tani Cabai (contoh)", "POKTAN", "cabai", 16, 9, 2011),
    "61.05.20.2014": ("Kelompok Pembudidaya Ikan (contoh)", "KUB", "ikan kolam", 21, 4, 2010),
    "61.05.03.2018": ("Kelompok Wanita Tani (contoh)", "KWT", "hortikultura", 0, 27, 2011),
    "61.05.14.2022": ("Kelompok Pengrajin Rotan (contoh)", "KUB", "anyaman rotan", 8, 15, 2008),
}


@dataclass(frozen=True)
class PilotChoice:
    district: str  # last two digits of the code
    village: str  # code
    commodity: str
    reason: str
    output: str = "dijual ke pasar kecamatan (contoh)"


PILOTS = [
    PilotChoice("06", "61.05.06.2017", "lada", "Kebun lada sudah diusahakan warga; tidak dari nol."),
    PilotChoice("21", "61.05.21.2005", "ternak sapi", "Kelompok ternak sapi sudah berjalan."),
    PilotChoice(
        "19",
        "61.05.19.2005",
        "tenun ikat",
        "Menenun diwariskan turun-temurun; koperasi Jasa Menenun Mandiri bekerja sejak 1999 dengan 63 anggota.",
    ),
    PilotChoice("08", "61.05.08.2013", "cabai", "Petani cabai sudah menjual ke pasar kabupaten."),
    PilotChoice("20", "61.05.20.2014", "ikan", "Kolam dan pembenihan ikan sudah berjalan."),
    PilotChoice("03", "61.05.03.2018", "hortikultura", "Sebagian besar rumah tangga berkebun sayur dan buah."),
    PilotChoice("14", "61.05.14.2022", "anyaman rotan", "Pengrajin rotan sudah aktif dan bahan baku tersedia."),
]
# Visited in June 2017 and not chosen.
BANING_PANJANG = PilotChoice(
    "19", "61.05.19.2004", "cabai", "Petani menanam cabai di lahan 1,1 ha.", "11.000 tanaman pada 1,1 ha"
)
# Real villages of the seven other kecamatan; that they were chosen, and for what, is invented.
EXPANSION = [
    PilotChoice("01", "61.05.01.2028", "olahan pangan", "Usaha rumah tangga keripik dan olahan sudah ada."),
    PilotChoice("02", "61.05.02.2009", "padi ladang", "Ladang padi dikerjakan hampir semua rumah tangga."),
    PilotChoice("04", "61.05.04.2001", "jagung", "Kelompok tani jagung sudah menanam dua musim."),
    PilotChoice("05", "61.05.05.2003", "karet", "Kebun karet rakyat sudah menghasilkan."),
    PilotChoice("07", "61.05.07.2002", "kakao", "Bibit kakao bantuan lama sudah berbuah."),
    PilotChoice("09", "61.05.09.2001", "madu hutan", "Pemanen madu hutan sudah terhimpun dalam kelompok."),
    PilotChoice("15", "61.05.15.2001", "kopi", "Kebun kopi warga sudah ada di tepi sungai."),
]
