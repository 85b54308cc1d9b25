"""The words of the analysis: classes, reasons why a figure is undefined, agreement of a panel."""

from django.utils.translation import gettext_lazy as _

from p2emas.naming import named

SLQ_DLQ = {
    "unggulan": _("Unggulan"),
    "andalan": _("Andalan"),
    "prospektif": _("Prospektif"),
    "tertinggal": _("Tertinggal"),
    "seimbang": _("Seimbang"),
}
KLASSEN = {
    "maju_tumbuh_pesat": _("Maju dan tumbuh pesat"),
    "maju_tertekan": _("Maju tapi tertekan"),
    "potensial_berkembang": _("Potensial atau berkembang"),
    "relatif_tertinggal": _("Relatif tertinggal"),
}
COMBINED = {
    "unggul_berdaya_saing": _("Unggul dan berdaya saing"),
    "basis_melemah": _("Basis, daya saing melemah"),
    "berkembang": _("Berkembang"),
    "bukan_prioritas": _("Bukan prioritas"),
}
REASONS = {
    "no_data": _("belum ada data di kecamatan ini"),
    "no_figures": _("belum ada angka pada tahun ini"),
    "alone": _("hanya kecamatan ini yang punya angka, jadi LQ selalu 1"),
    "single": _("hanya satu komoditas yang punya angka, jadi LQ selalu 1"),
    "district_zero": _("jumlah semua komoditas di kecamatan 0"),
    "commodity_zero": named(_("jumlah komoditas ini di {territory} 0")),
    "one_year": _("baru satu tahun yang punya angka; perubahan perlu dua tahun"),
    "no_start": _("tidak ada dua tahun yang dapat dibandingkan"),
    "new": _("baru: tahun awalnya 0, jadi pertumbuhannya tidak terhitung"),
    "start_zero": _("tahun awalnya 0, jadi pertumbuhannya tidak terhitung"),
    "regency_end_zero": named(
        _("jumlah komoditas ini di {territory} pada tahun akhir 0, jadi LQ akhirnya tidak terhitung")
    ),
    "district_end_zero": _("jumlah kecamatan pada tahun akhir 0, jadi LQ akhirnya tidak terhitung"),
    "regency_start_zero": named(_("jumlah {territory} pada tahun awal 0, jadi pertumbuhannya tidak terhitung")),
}


def in_words(names: list[str], link: str = "") -> str:
    """ "lada", "lada dan karet", "lada, karet, dan kopi"; ``link`` instead of "dan"."""
    link = link or str(_("dan"))
    if len(names) < 3:
        return f" {link} ".join(names)
    return f"{', '.join(names[:-1])}, {link} {names[-1]}"


def agreement(value: float | None) -> str:
    """What an intraclass correlation means (bands of Koo and Li 2016)."""
    if value is None:
        return str(_("tidak dapat dihitung"))
    if value >= 0.9:
        return str(_("sangat baik"))
    if value >= 0.75:
        return str(_("baik"))
    return str(_("sedang") if value >= 0.5 else _("rendah"))
