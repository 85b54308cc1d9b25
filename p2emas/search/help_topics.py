"""What the page of help explains, in words that the search finds too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from p2emas.registry.kinds import AskedKind, Hit
from p2emas.search.folding import folded_words, telling


@dataclass(frozen=True)
class Term:
    name: str
    meaning: str

    @property
    def anchor(self) -> str:
        return f"istilah-{slugify(self.name)}"


TERMS = (
    Term("Kompetensi inti", "Satu komoditas atau kerajinan yang menjadi andalan sebuah kecamatan."),
    Term("Lokasi sasaran", "Desa yang ditetapkan dengan keputusan untuk dikerjakan bersama."),
    Term(
        "DPA, DPA pergeseran, DPPA",
        "Dokumen pelaksanaan anggaran SKPD, pergeserannya, dan perubahannya. Rencana kerja dan anggaran punya satu "
        "versi untuk tiap dokumen; laporan memakai versi yang berlaku pada hari pertama triwulannya.",
    ),
    Term(
        "Renstra, Renja, E.81",
        "Renstra adalah janji SKPD untuk lima tahun, Renja untuk satu tahun. Bentuk E.81 membandingkan hasil tiap "
        "triwulan dengan keduanya; isinya diambil dari laporan, jadi tidak diketik ulang.",
    ),
    Term(
        "Kode kegiatan, nomenklatur",
        "Kode urusan, bidang, program, kegiatan, dan sub kegiatan menurut peraturan tahunnya. Selama daftarnya baru "
        "sebagian, kode di luar daftar diterima dan ditandai “belum ada di daftar”; bila lengkap, kode itu ditolak dan "
        "yang dekat disebut. Kode yang sudah tersimpan tidak pernah diubah.",
    ),
    Term(
        "SP2D",
        "Surat perintah pencairan dana: pembayaran dari kas daerah. Diimpor dari berkas, tidak diketik, lalu "
        "dibandingkan dengan realisasi keuangan yang dilaporkan sampai akhir triwulan.",
    ),
    Term("Pagu", "Batas anggaran sebuah kegiatan."),
    Term("Serapan", "Realisasi keuangan dibagi pagu."),
    Term("s.d.", "Sampai dengan; angka kumulatif sejak Januari."),
    Term("DATA CONTOH", "Angka rekaan untuk mencoba aplikasi, bukan kenyataan."),
)
# Title, address, and words that people may look for it by.
PAGES = (
    ("Bantuan: hubungi kami", "dashboards:help", "hubungi", "telepon kontak whatsapp nomor permintaan"),
    ("Bantuan: menurut peran", "dashboards:help", "peran", "gambar langkah mulai pertama koordinator operator"),
    ("Bantuan: rencana dari berkas", "dashboards:help", "rencana-berkas", "renja isi unggah excel"),
    ("Bantuan: SP2D dan realisasi keuangan", "dashboards:help", "sp2d", "impor bendahara ambil"),
    ("Bantuan: papan ketik", "dashboards:help", "papan-ketik", "keyboard tombol pintasan"),
    ("Aksesibilitas", "dashboards:accessibility", "", "pembaca layar"),
    ("Privasi", "dashboards:privacy", "", "data pribadi pelindungan"),
    ("Apa yang berubah", "dashboards:changes", "", "versi rilis pembaruan"),
)


def _topics() -> Iterator[tuple[Hit, list[str]]]:
    """A page of help, and the words by which it is found."""
    page = reverse("dashboards:help")
    for term in TERMS:
        yield Hit(f"Arti istilah: {term.name}", f"{page}#{term.anchor}", term.meaning), folded_words(term.name)
    for title, name, anchor, words in PAGES:
        url = reverse(name) + (f"#{anchor}" if anchor else "")
        yield Hit(title, url), folded_words(f"{title} {words}")


def _ask(reader: Any, text: str, limit: int) -> list[Hit]:
    asked = telling(folded_words(text))
    found = [hit for hit, words in _topics() if all(any(w.startswith(word) for w in words) for word in asked)]
    return found[:limit] if asked else []


HELP = AskedKind(code="help", title="Bantuan", place=12, ask=_ask)
