"""How the personal data of applicants, of people on panels and of facilitators is handled."""

from django.conf import settings

from p2emas.naming import named
from p2emas.privacy.handlings import SEERS, TASK
from p2emas.registry.kinds import Handling

CONSENT = "Persetujuan pelamar (Pasal 20 ayat (2) huruf a)"
CONTRACT = "Perjanjian kerja (Pasal 20 ayat (2) huruf b)"
OFFICE = named("{Office}, pimpinan daerah, dan Inspektorat; panelis setelah menyimpan nilai berkasnya sendiri")
KEPT = (
    f"Yang tidak diterima: sampai {settings.RETENTION_DAYS} hari setelah pengumuman atau pembatalan tahap seleksi; "
    f"draf: {settings.DRAFT_RETENTION_DAYS} hari setelah pendaftaran ditutup; yang diterima: selama bertugas; "
    "lebih cepat bila pelamar memintanya dihapus"
)

IDENTITY = Handling(
    "Pelamar",
    "NIK dan tanggal lahir",
    (
        "Memastikan hanya satu lamaran tiap orang lolos administrasi dalam satu tahap seleksi, dan memeriksa batas "
        "umur; NIK tersimpan terkunci, empat angka terakhir tampil"
    ),
    CONSENT,
    named("Empat angka terakhir: seperti nama; NIK lengkap: {office}, dengan alasan, dan tercatat"),
    KEPT,
    erased=True,
)
PERSON = Handling(
    "Pelamar",
    "Nama, nomor HP, surel, alamat, desa dan kecamatan domisili",
    "Menghubungi pelamar dan memeriksa syarat",
    CONSENT,
    OFFICE,
    KEPT,
    erased=True,
)
ANSWERS = Handling(
    "Pelamar",
    "Pendidikan, bahasa, komoditas yang dikuasai, pengalaman, dan alasan melamar",
    "Menilai kecakapan",
    CONSENT,
    "Panelis, tanpa nama dan tempat; setelah itu seperti nama",
    KEPT,
    erased=True,
)
PAPERS = Handling(
    "Pelamar",
    "Foto atau pindaian berkas",
    "Membuktikan syarat: KTP, ijazah, SKCK, dan berkas lain yang diminta",
    CONSENT,
    named("{Office} dan Inspektorat; setiap pembukaan tercatat"),
    KEPT,
    erased=True,
)
JUDGED = Handling(
    "Pelamar",
    "Catatan panelis dan alasan pilihan",
    "Catatan dan alasan penilaian",
    TASK,
    OFFICE,
    KEPT,
    erased=True,
)
OUTCOME = Handling(
    "Pelamar",
    "Nomor lamaran, pilihan desa, pemeriksaan, nilai, dan hasil",
    "Hasil setiap tahap, supaya keputusan dapat diperiksa; tanpa data di atas tidak menyebut siapa orangnya",
    TASK,
    OFFICE,
    "Selama tahap seleksinya disimpan sebagai arsip",
)
CONSENTED = Handling(
    "Pelamar",
    "Versi persetujuan dan waktu mengisi",
    "Membuktikan persetujuan: versi naskah dan waktunya",
    CONSENT,
    SEERS,
    "Selama tahap seleksinya disimpan sebagai arsip",
)
OBJECTION = Handling(
    "Pengirim keberatan",
    "Nama pengirim, isi, dan jawabannya",
    "Menjawab keberatan atas hasil",
    TASK,
    SEERS,
    "Seperti data pelamarnya",
    erased=True,
)
CONFLICT = Handling(
    "Panelis dan pelamar",
    "Hubungan panelis dengan pelamar",
    "Mencegah panelis menilai kerabat atau rekannya",
    TASK,
    SEERS,
    "Hubungannya: seperti data pelamarnya; bahwa ada benturan: selama tahap seleksinya disimpan",
    erased=True,
)
ACCESS = Handling(
    "Pelamar dan pengguna",
    "Siapa membuka apa, kapan, dan alasannya",
    "Jejak siapa membuka data pribadi siapa, kapan, dan mengapa",
    "Kewajiban hukum (Pasal 20 ayat (2) huruf c)",
    SEERS,
    "Jejaknya: selama tahap seleksinya disimpan; rincian dan alasannya: seperti data pelamarnya",
)
FACILITATOR = Handling(
    "Pendamping",
    "Nomor HP, surel, desa domisili, bahasa, dan komoditas yang dikuasai",
    "Undangan akun, kontrak, dan pencocokan dengan desa",
    CONTRACT,
    named("Yang bersangkutan, {office}, pimpinan daerah, dan Inspektorat"),
    "Selama bertugas; setelahnya sampai diminta dihapus",
    erased=True,
)
PUBLISHED = Handling(
    "Pendamping",
    "Nama dan telepon dinas",
    "Warga dan desa mengetahui siapa pendampingnya dan nomor dinasnya",
    CONTRACT,
    "Umum, selama bertugas",
    "Seperti data pendamping",
    erased=True,
)
WORK = Handling(
    "Pendamping",
    "Kontrak, kehadiran, nilai pelatihan, penempatan, dan kinerja",
    "Kontrak, pelatihan, penempatan, dan penilaian kinerja",
    CONTRACT,
    named("Yang bersangkutan, {office}, pimpinan daerah, dan Inspektorat"),
    "Selama arsip kontrak disimpan",
)
