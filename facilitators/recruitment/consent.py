"""What applicants agree to. A version that somebody has agreed to is never edited: a change is a new version.

A test holds the fingerprint of each text. Law: UU 27/2022 on personal data (purpose, extent, keeping, rights).
"""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Consent:
    version: str
    purpose: str
    points: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join([self.version, self.purpose, *self.points]).encode()).hexdigest()


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
    )
}
CURRENT = VERSIONS["2019-1"]
