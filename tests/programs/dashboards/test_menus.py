"""What every role sees in the menu, written out by hand."""

import pytest

from p2emas.accounts.roles import Role
from p2emas.registry.contributions import menus
from p2emas.ui import navigation
from tests.factories import DistrictFactory

COORDINATOR = "Beranda, Verifikasi, Kendala, Rakor, SK, Dasbor"
DECIDING = "Keputusan dan SK: Menunggu keputusan, Kompetensi inti, Pemilihan lokasi, Seleksi, SK, Berita acara"
PLACES = "Desa dan lapangan: Desa, Kecamatan, Bukti, Paket bantuan, Pendamping, Kunjungan"
STUCK = "Kendala dan rakor: Kendala, Rakor, Tindak lanjut"
AGENCY = (
    "Beranda, Rencana, Laporan, Kendala, Rekap, Desa",
    "Hari ini: Beranda, Pemberitahuan, Kalender, Cuti dan pengganti",
    "Laporan: Laporan, Bulanan, Rekap, SP2D",
    "Rencana: Rencana, Renstra, Nomenklatur",
    STUCK,
    "Desa dan SK: Desa, Paket bantuan, SK, Kunjungan",
    "Berkas: Impor",
)
# role -> entries of the bar, then each group of the panel "Semua menu"
MENUS = {
    "coordinator_head": (
        COORDINATOR,
        "Hari ini: Beranda, Pemberitahuan, Kalender, Surat keluar, Cuti dan pengganti",
        "Laporan: Verifikasi, Laporan, Kepatuhan, Periode, Rencana, Bulanan, Rekap, SP2D",
        STUCK,
        DECIDING,
        PLACES,
        "Hasil dan kelola: Dasbor, Hasil, Penularan, Ringkasan, Renstra, Nomenklatur, Impor, Pengguna, Identitas, Kelola",
    ),
    "coordinator": (
        COORDINATOR,
        "Hari ini: Beranda, Pemberitahuan, Kalender, Surat keluar, Cuti dan pengganti",
        "Laporan: Verifikasi, Laporan, Kepatuhan, Periode, Rencana, Bulanan, Rekap, SP2D",
        STUCK,
        DECIDING,
        PLACES,
        "Hasil dan kelola: Dasbor, Hasil, Penularan, Ringkasan, Renstra, Nomenklatur, Impor, Kelola",
    ),
    "leader": (
        "Ringkasan, Menunggu keputusan, Dasbor, Desa, Peta",
        "Hari ini: Ringkasan, Beranda, Pemberitahuan, Kalender",
        "Laporan: Rekap, Bulanan, SP2D",
        STUCK,
        DECIDING,
        "Desa dan lapangan: Desa, Peta, Kecamatan, Bukti, Paket bantuan, Pendamping, Kunjungan",
        "Hasil: Dasbor, Hasil, Penularan",
    ),
    "auditor": (
        "Beranda, Dasbor, SK, Laporan, Rencana, Desa",
        "Hari ini: Beranda, Pemberitahuan, Kalender, Surat keluar, Cuti dan pengganti",
        "Laporan: Laporan, Kepatuhan, Periode, Rencana, Bulanan, Rekap, SP2D",
        STUCK,
        DECIDING,
        PLACES,
        "Hasil dan kelola: Dasbor, Hasil, Penularan, Ringkasan, Renstra, Nomenklatur, Impor, Pengguna, Kelola",
    ),
    "agency_operator": AGENCY,
    "agency_head": AGENCY,
    "district_admin": (
        "Beranda, Kelola, Kendala, Pemilihan lokasi, Desa",
        "Hari ini: Beranda, Pemberitahuan, Kalender, Cuti dan pengganti",
        "Data kecamatan: Kelola, Bukti, Impor",
        STUCK,
        "Desa dan SK: Pemilihan lokasi, Desa, Kecamatan, Paket bantuan, SK",
    ),
    "facilitator": ("Beranda, Lapangan, Kendala, Paket bantuan, Desa, Kalender",),
    "panelist": ("Beranda, Seleksi, Desa, Anggaran, Kalender",),
    "no role": ("Beranda, Desa, Anggaran",),
    "superuser": (
        "Beranda, Dasbor, Laporan, Rencana, SK",
        "Hari ini: Beranda, Kalender",
        "Laporan: Laporan, Rencana, Bulanan, Rekap, SP2D",
        "Desa dan SK: Desa, Kecamatan, Peta, Bukti, Paket bantuan, SK, Pendamping",
        "Hasil dan kelola: Dasbor, Ringkasan, Impor, Pengguna, Identitas, Kelola",
    ),
    "nobody": (
        "Beranda, Desa, Peta, Anggaran, Rekrutmen",
        "Tempat: Beranda, Desa, Kecamatan, Peta, Hasil, Penularan",
        "Anggaran dan SK: Anggaran, SK",
        "Rekrutmen dan tanggal: Rekrutmen, Kalender",
    ),
}
PATHS = {
    "Anggaran": "/anggaran/",
    "Beranda": "/beranda/",
    "Bukti": "/bukti/",
    "Bulanan": "/bulanan/",
    "Dasbor": "/dasbor/",
    "Hasil": "/hasil/",
    "Penularan": "/replikasi/",
    "Desa": "/desa/",
    "Identitas": "/identitas/",
    "Impor": "/impor/",
    "Nomenklatur": "/nomenklatur/",
    "Kalender": "/kalender/",
    "Cuti dan pengganti": "/pengganti/",
    "Kecamatan": "/kecamatan/",
    "Kelola": "/kelola/",
    "Kendala": "/kendala/",
    "Kepatuhan": "/kepatuhan/",
    "Kompetensi inti": "/keputusan/kompetensi/",
    "Kunjungan": "/kunjungan/",
    "Lapangan": "/lapangan/",
    "Laporan": "/laporan/",
    "Menunggu keputusan": "/keputusan/",
    "Paket bantuan": "/paket/",
    "Pemilihan lokasi": "/keputusan/lokasi/",
    "Pemberitahuan": "/pemberitahuan/",
    "Pendamping": "/pendamping/",
    "Pengguna": "/pengguna/",
    "Periode": "/periode/",
    "Peta": "/peta/",
    "Rakor": "/rakor/",
    "Rekap": "/rekap/",
    "Tindak lanjut": "/tindak-lanjut/",
    "Rekrutmen": "/rekrutmen/",
    "Rencana": "/rencana/",
    "Renstra": "/renstra/",
    "Ringkasan": "/ringkasan/",
    "SP2D": "/sp2d/",
    "SK": "/sk/",
    "Berita acara": "/berita-acara/",
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


def named(links: list[navigation.Link]) -> str:
    return ", ".join(link.label for link in links)


@pytest.mark.django_db
@pytest.mark.parametrize("who", MENUS)
def test_menu_of_a_role_has_its_entries_in_order(menu_of, who):
    menu = menu_of(who)

    groups = [f"{group.title}: {named(group.links)}" for group in menu.groups]
    assert (named(menu.links), *groups) == MENUS[who]
    paths = PATHS | ({"Beranda": "/"} if who == "nobody" else {})
    everywhere = [*menu.links, *(link for group in menu.groups for link in group.links)]
    assert [link.url for link in everywhere] == [paths[link.label] for link in everywhere]


def test_every_role_has_a_menu_of_six_entries_at_most():
    assert list(menus().of_roles) == [Role(code) for code in MENUS if code in Role.values]
    for menu in menus().all():
        assert len(menu.bar) <= 6 and len(menu.groups) <= 6
        assert len(set(menu.all())) == len(menu.all())
        assert not menu.groups or set(menu.bar) <= {entry for group in menu.groups for entry in group.entries}
