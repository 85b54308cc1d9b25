"""What applicants agree to. A version that somebody has agreed to is never edited: a change is a new version.

A test holds the fingerprint of each text. Law: UU 27/2022 on personal data (purpose, extent, keeping, rights). Who
answers for the data is written as marks in the text and is kept with the application, as it read when they agreed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from p2emas.naming import said

CONTROLLER = "{office_name} {regency}"


@dataclass(frozen=True)
class Consent:
    version: str
    purpose: str
    points: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join([self.version, self.purpose, *self.points]).encode()).hexdigest()

    def shown(self) -> "Consent":
        """The text as people read it, with our names in the place of their marks."""
        return replace(self, purpose=said(self.purpose), points=tuple(said(point) for point in self.points))


VERSIONS: dict[str, Consent] = {
    consent.version: consent
    for consent in (
        Consent(
            "2019-1",
            "BAPPEDA Kabupaten Sintang memakai data ini hanya untuk menyeleksi pendamping dan, bila Anda diterima, "
            "untuk menugaskan Anda.",
            (
                "Yang dikumpulkan: NIK, nama, tanggal lahir, alamat, nomor HP, surel, pendidikan, pengalaman, pilihan "
                "desa, dan foto berkas.",
                "Yang melihat: panitia seleksi BAPPEDA. Panel menilai jawaban Anda tanpa nama. Setiap pembukaan NIK "
                "dan berkas dicatat.",
                "Yang diumumkan: nomor lamaran dan nama yang disamarkan. Nama lengkap pendamping yang ditempatkan "
                "diumumkan bersama desanya.",
                "Lama simpan: data pelamar yang tidak diterima dihapus setelah masa simpan berakhir.",
                "Hak Anda: meminta salinan, perbaikan, atau penghapusan data, dan menarik persetujuan ini dengan "
                "mengundurkan diri, melalui kontak di halaman rekrutmen.",
            ),
        ),
        Consent(
            "2019-2",
            "{office_name} {regency} memakai data ini hanya untuk menyeleksi pendamping dan, bila Anda diterima, "
            "untuk menugaskan Anda.",
            (
                "Yang dikumpulkan: NIK, nama, tanggal lahir, alamat, nomor HP, surel, pendidikan, pengalaman, pilihan "
                "desa, dan foto berkas.",
                "Yang melihat: panitia seleksi {office}. Panel menilai jawaban Anda tanpa nama. Setiap pembukaan NIK "
                "dan berkas dicatat.",
                "Yang diumumkan: nomor lamaran dan nama yang disamarkan. Nama lengkap pendamping yang ditempatkan "
                "diumumkan bersama desanya.",
                "Lama simpan: data pelamar yang tidak diterima dihapus setelah masa simpan berakhir.",
                "Hak Anda: meminta salinan, perbaikan, atau penghapusan data, dan menarik persetujuan ini dengan "
                "mengundurkan diri, melalui kontak di halaman rekrutmen.",
            ),
        ),
    )
}
CURRENT = VERSIONS["2019-2"]


def agreed(at: datetime) -> dict[str, object]:
    """What an application keeps of a consent given now: to which text, to whom, when."""
    return {"consent_version": CURRENT.version, "consented_to": said(CONTROLLER)[:260], "consented_at": at}


def in_use(versions: Iterable[str]) -> list[Consent]:
    """The texts that somebody can still point to: the current one and those of ``versions``."""
    wanted = {CURRENT.version, *versions}
    return [consent.shown() for version, consent in VERSIONS.items() if version in wanted]
