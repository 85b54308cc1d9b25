"""What every role sees in the menu, written out by hand."""

import pytest

from p2emas.accounts.roles import Role
from p2emas.registry.contributions import menus
from p2emas.ui import navigation
from tests.factories import DistrictFactory

COORDINATOR = "Beranda, Verifikasi, Laporan, Dasbor, Keputusan"
AGENCY = "Beranda, Rencana, Laporan, Kendala, Rekap"
# role -> entries of the bar, entries under "Lainnya"
MENUS = {
    "coordinator_head": (
        COORDINATOR,
        "Ringkasan, Rencana, Renstra, Rekap, Kepatuhan, Periode, Bulanan, Kendala, SP2D, Bukti, Nomenklatur, Menunggu keputusan, "
        "Kompetensi inti, Pemilihan lokasi, Seleksi, Pendamping, Kecamatan, Desa, Impor, Kalender, "
        "Pemberitahuan, Surat keluar, Pengguna, Identitas, Kelola",
    ),
    "coordinator": (
        COORDINATOR,
        "Ringkasan, Rencana, Renstra, Rekap, Kepatuhan, Periode, Bulanan, Kendala, SP2D, Bukti, Nomenklatur, Menunggu keputusan, "
        "Kompetensi inti, Pemilihan lokasi, Seleksi, Pendamping, Kecamatan, Desa, Impor, Kalender, Pemberitahuan, "
        "Surat keluar, Kelola",
    ),
    "leader": (
        "Ringkasan, Beranda, Dasbor, Keputusan, Peta",
        "Kendala, Rekap, Bulanan, Kecamatan, Desa, SP2D, Bukti, Menunggu keputusan, Kompetensi inti, Pemilihan lokasi, "
        "Seleksi, Pendamping, Kalender",
    ),
    "auditor": (
        "Beranda, Laporan, Rencana, Dasbor, Keputusan",
        "Ringkasan, Renstra, Rekap, Kepatuhan, Periode, Bulanan, Kendala, SP2D, Bukti, Nomenklatur, Menunggu keputusan, "
        "Kompetensi inti, Pemilihan lokasi, Seleksi, Pendamping, Kecamatan, Desa, Impor, Kalender, Surat keluar, Pengguna, "
        "Kelola",
    ),
    "agency_operator": (AGENCY, "Bulanan, Renstra, Desa, Keputusan, SP2D, Nomenklatur, Impor, Kalender, Pemberitahuan"),
    "agency_head": (AGENCY, "Bulanan, Renstra, Desa, Keputusan, SP2D, Nomenklatur, Impor, Kalender, Pemberitahuan"),
    "district_admin": (
        "Beranda, Kendala, Pemilihan lokasi, Kelola, Desa",
        "Bukti, Impor, Kecamatan, Keputusan, Kalender",
    ),
    "facilitator": ("Beranda, Kendala, Desa, Anggaran, Kalender", ""),
    "panelist": ("Beranda, Seleksi, Desa, Anggaran, Kalender", ""),
    "no role": ("Beranda, Desa, Anggaran", ""),
    "superuser": (
        "Beranda, Dasbor, Laporan, Rencana, Keputusan",
        "Ringkasan, Rekap, Bulanan, SP2D, Bukti, Peta, Kecamatan, Desa, Pendamping, Impor, Kalender, Pengguna, Identitas, Kelola",
    ),
    "nobody": ("Beranda, Desa, Peta, Anggaran, Rekrutmen", "Keputusan, Kecamatan, Kalender"),
}
PATHS = {
    "Anggaran": "/anggaran/",
    "Beranda": "/beranda/",
    "Bukti": "/bukti/",
    "Bulanan": "/bulanan/",
    "Dasbor": "/dasbor/",
    "Desa": "/desa/",
    "Identitas": "/identitas/",
    "Impor": "/impor/",
    "Nomenklatur": "/nomenklatur/",
    "Kalender": "/kalender/",
    "Kecamatan": "/kecamatan/",
    "Kelola": "/kelola/",
    "Kendala": "/kendala/",
    "Kepatuhan": "/kepatuhan/",
    "Keputusan": "/sk/",
    "Kompetensi inti": "/keputusan/kompetensi/",
    "Laporan": "/laporan/",
    "Menunggu keputusan": "/keputusan/",
    "Pemilihan lokasi": "/keputusan/lokasi/",
    "Pemberitahuan": "/pemberitahuan/",
    "Pendamping": "/pendamping/",
    "Pengguna": "/pengguna/",
    "Periode": "/periode/",
    "Peta": "/peta/",
    "Rekap": "/rekap/",
    "Rekrutmen": "/rekrutmen/",
    "Rencana": "/rencana/",
    "Renstra": "/renstra/",
    "Ringkasan": "/ringkasan/",
    "SP2D": "/sp2d/",
    "Seleksi": "/seleksi/",
    "Surat keluar": "/pengingat/",
    "Verifikasi": "/verifikasi/",
}


@pytest.fixture
def menu_of(rf, user_as):
    def drawn(who: str) -> navigation.Menu:
        request = rf.get("/tidak-ada/")
        if who == "no role":
            request.user = user_as("coordinator")
            request.user.assignments.all().delete()
            request.user = type(request.user).objects.get(pk=request.user.pk)
        elif who != "nobody":
            role = "admin" if who == "superuser" else who
            request.user = user_as(role, at=DistrictFactory().office if who == "district_admin" else None)
        return navigation.menu(request)

    return drawn


@pytest.mark.django_db
@pytest.mark.parametrize("who", MENUS)
def test_menu_of_a_role_has_its_entries_in_order(menu_of, who):
    menu = menu_of(who)

    assert tuple(", ".join(link.label for link in links) for links in (menu.links, menu.more)) == MENUS[who]
    paths = PATHS | ({"Beranda": "/"} if who == "nobody" else {})
    assert [link.url for link in menu.links + menu.more] == [paths[link.label] for link in menu.links + menu.more]


def test_every_role_has_a_menu_of_six_entries_at_most():
    assert list(menus().of_roles) == [Role(code) for code in MENUS if code in Role.values]
    for menu in menus().all():
        assert len(menu.bar) + bool(menu.more) <= 6
        assert len(set(menu.all())) == len(menu.all())
