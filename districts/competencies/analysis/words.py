"""The words of the analysis: classes, reasons why a figure is undefined, agreement of a panel."""

from collections.abc import Mapping

from p2emas.naming import named

SLQ_DLQ = {
    "unggulan": "Unggulan",
    "andalan": "Andalan",
    "prospektif": "Prospektif",
    "tertinggal": "Tertinggal",
    "seimbang": "Seimbang",
}
KLASSEN = {
    "maju_tumbuh_pesat": "Maju dan tumbuh pesat",
    "maju_tertekan": "Maju tapi tertekan",
    "potensial_berkembang": "Potensial atau berkembang",
    "relatif_tertinggal": "Relatif tertinggal",
}
COMBINED = {
    "unggul_berdaya_saing": "Unggul dan berdaya saing",
    "basis_melemah": "Basis, daya saing melemah",
    "berkembang": "Berkembang",
    "bukan_prioritas": "Bukan prioritas",
}
REASONS = {
    "no_data": "belum ada data di kecamatan ini",
    "no_figures": "belum ada angka pada tahun ini",
    "alone": "hanya kecamatan ini yang punya angka, jadi LQ selalu 1",
    "single": "hanya satu komoditas yang punya angka, jadi LQ selalu 1",
    "district_zero": "jumlah semua komoditas di kecamatan 0",
    "commodity_zero": named("jumlah komoditas ini di {territory} 0"),
    "one_year": "baru satu tahun yang punya angka; perubahan perlu dua tahun",
    "no_start": "tidak ada dua tahun yang dapat dibandingkan",
    "new": "baru: tahun awalnya 0, jadi pertumbuhannya tidak terhitung",
    "start_zero": "tahun awalnya 0, jadi pertumbuhannya tidak terhitung",
    "regency_end_zero": named(
        "jumlah komoditas ini di {territory} pada tahun akhir 0, jadi LQ akhirnya tidak terhitung"
    ),
    "district_end_zero": "jumlah kecamatan pada tahun akhir 0, jadi LQ akhirnya tidak terhitung",
    "regency_start_zero": named("jumlah {territory} pada tahun awal 0, jadi pertumbuhannya tidak terhitung"),
}


def class_word(words: Mapping[str, str], code: str | None) -> str:
    """The word of a class; a dash where a commodity has none."""
    return words.get(code, "–") if code else "–"


def join_words(names: list[str], link: str = "") -> str:
    """ "lada", "lada dan karet", "lada, karet, dan kopi"; ``link`` instead of "dan"."""
    link = link or "dan"
    if len(names) < 3:
        return f" {link} ".join(names)
    return f"{', '.join(names[:-1])}, {link} {names[-1]}"


def agreement(value: float | None) -> str:
    """What an intraclass correlation means (bands of Koo and Li 2016)."""
    if value is None:
        return "tidak dapat dihitung"
    if value >= 0.9:
        return "sangat baik"
    if value >= 0.75:
        return "baik"
    return "sedang" if value >= 0.5 else "rendah"
