"""How personal data is handled in more than one room, and words that the rooms' own handlings share."""

from p2emas.naming import named
from p2emas.registry.kinds import Handling

TASK = "Pelaksanaan tugas pemerintahan (Pasal 20 ayat (2) huruf e)"
DUTY = "Kewajiban hukum (Pasal 20 ayat (2) huruf c)"
SEERS = named("{Office}, pimpinan daerah, dan Inspektorat")

# Who saved what and when (``history_user`` of every history) is TRACE too.
TRACE = Handling(
    "Pengguna yang punya akun",
    "Nama pelaku dan waktunya",
    "Siapa melakukan apa dan kapan, supaya keputusan dapat dipertanggungjawabkan",
    TASK,
    "Siapa pun yang boleh melihat datanya",
    "Selama datanya ada",
)
SIGNER = Handling(
    "Pejabat penanda tangan",
    "Nama, NIP, pangkat, dan jabatan",
    "Nama, NIP, pangkat, dan jabatan pada naskah dinas seperti saat ditandatangani",
    DUTY,
    "Umum, pada naskah yang berlaku",
    "Selama naskahnya disimpan sebagai arsip",
)
UPLOAD = Handling(
    "Orang yang tampak atau disebut dalam berkas",
    "Berkas, foto, nama berkas, tempat dan waktu foto",
    "Bukti dan lampiran; letak dan waktu foto dibaca dari foto lalu dibuang dari berkasnya",
    TASK,
    "Siapa pun yang boleh melihat datanya",
    "Selama datanya ada",
)
THERE = Handling(
    "Orang yang hadir di rapat",
    "Nama dan jabatan",
    "Siapa yang hadir, untuk berita acara rapat",
    TASK,
    SEERS,
    "Selama berita acaranya disimpan sebagai arsip; nama pada daftar hadir dapat dihapus kapan saja",
)
# Fields of every private file.
OF_A_FILE = "file thumbnail original_name caption taken_at lat lng uploaded_by uploaded_at"
ABOUT_A_FILE = "content_type sha256"
