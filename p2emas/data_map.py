"""What the frame knows of people: accounts, signers, letters, uploads, and who did what."""

from p2emas.naming import named
from p2emas.privacy.register import Handling

TASK = "Pelaksanaan tugas pemerintahan (Pasal 20 ayat (2) huruf e)"
DUTY = "Kewajiban hukum (Pasal 20 ayat (2) huruf c)"
SEERS = named("{Office}, pimpinan daerah, dan Inspektorat")

ACCOUNT = Handling(
    "Pengguna yang punya akun",
    "Nama, nama pengguna, surel, telepon, NIP, dan penugasan",
    "Masuk ke situs, hak akses menurut penugasan, undangan dan kata sandi baru",
    TASK,
    named("Yang bersangkutan, kepala {office}, dan Inspektorat"),
    (
        "Selama akun ada; akun dinonaktifkan, tidak dihapus, karena riwayat menyebut pelakunya. Bila data pendamping "
        "dihapus, nama, nama pengguna, surel, telepon, dan NIP akunnya diganti kata netral, juga dalam riwayatnya"
    ),
)
SIGN_IN = Handling(
    "Pengguna yang punya akun",
    "Sesi, perangkat, alamat internetnya, dan jaringan saat masuk dan percobaan yang gagal",
    "Menjaga tetap masuk, mengenali perangkat sendiri, verifikasi dua langkah",
    TASK,
    "Yang bersangkutan",
    (
        "Sesi 7 hari; perangkat sampai keluar; masuk 90 hari; percobaan yang gagal 30 hari; verifikasi dua langkah "
        "selama akun ada"
    ),
)
ACCOUNT_TRACE = Handling(
    "Pengguna yang punya akun",
    "Kapan masuk, mengunduh daftar nama, atau mengirim tautan kata sandi, dan kepada siapa",
    "Siapa membawa daftar nama keluar dan membuka jalan ke akun, supaya dapat dipertanggungjawabkan",
    TASK,
    named("Yang bersangkutan, kepala {office}, dan Inspektorat"),
    "Masuk 90 hari; yang lain 5 tahun",
)
TRACE = Handling(
    "Pengguna yang punya akun",
    "Nama pelaku dan waktunya",
    "Siapa melakukan apa dan kapan, supaya keputusan dapat dipertanggungjawabkan",
    TASK,
    "Siapa pun yang boleh melihat datanya",
    "Selama datanya ada",
)
NOTE = Handling(
    "Orang yang disebut dalam catatan langkah",
    "Catatan sebuah langkah",
    "Alasan sebuah langkah, misalnya berkas apa yang kurang",
    TASK,
    "Siapa pun yang boleh melihat datanya",
    "Selama datanya ada; pada lamaran dikosongkan bersama data pelamar",
)
SIGNER = Handling(
    "Pejabat penanda tangan",
    "Nama, NIP, pangkat, dan jabatan",
    "Nama, NIP, pangkat, dan jabatan pada naskah dinas seperti saat ditandatangani",
    DUTY,
    "Umum, pada naskah yang berlaku",
    "Selama naskahnya disimpan sebagai arsip",
)
LETTER = Handling(
    "Penerima surat",
    "Alamat surel, perihal, dan isi surat",
    "Undangan, kata sandi baru, pengingat, dan hasil seleksi",
    TASK,
    named("{Office} dan Inspektorat"),
    "Selama riwayat surat disimpan; surat kepada pelamar dihapus bersama data pelamar",
)
UPLOAD = Handling(
    "Orang yang tampak atau disebut dalam berkas",
    "Berkas, foto, nama berkas, tempat dan waktu foto",
    "Bukti dan lampiran; letak dan waktu foto dibaca dari foto lalu dibuang dari berkasnya",
    TASK,
    "Siapa pun yang boleh melihat datanya",
    "Selama datanya ada",
)
TABLE = Handling(
    "Orang yang disebut dalam tabel yang diimpor",
    "Berkas tabel dan baris-barisnya",
    "Pratinjau, penerapan, dan pembatalan impor",
    TASK,
    SEERS,
    "Selama riwayat impor disimpan; baris dan berkas yang menyebut pelamar dihapus bersama data pelamar",
)
# Of a private file, whatever its owner. Who saved what when (history_user of every history) is TRACE.
OF_A_FILE = "file thumbnail original_name caption taken_at lat lng uploaded_by uploaded_at"
ABOUT_A_FILE = "content_type sha256"

PERSONAL = [
    ("User", "username name email phone nip password last_login date_joined", ACCOUNT),
    ("Assignment", "user role village_slug valid_from valid_until", ACCOUNT),
    ("Official", "name nip rank title capacity valid_from valid_until", SIGNER),
    ("StatusChange", "actor at", TRACE),
    ("StatusChange", "note", NOTE),
    ("Decree", "signer_name signer_nip signer_rank signer_title", SIGNER),
    ("Decree", "created_by created_at", TRACE),
    ("DecreeFile", OF_A_FILE, UPLOAD),
    ("PaperTemplate", "uploaded_by uploaded_at", TRACE),
    ("Import", "uploaded_by uploaded_at applied_by applied_at", TRACE),
    ("ImportFile", OF_A_FILE, TABLE),
    ("ImportRow", "key before after cells message notice", TABLE),
    ("OutboxMessage", "recipient subject body last_error", LETTER),
    ("OutboxMessage", "released_by released_at discarded_by discarded_at", TRACE),
    # Tables of the libraries that this product installs.
    ("account.EmailAddress", "user email", ACCOUNT),
    ("account.EmailConfirmation", "email_address", ACCOUNT),
    ("admin.LogEntry", "user action_time object_repr change_message", TRACE),
    ("AccountTrace", "user kind about detail at", ACCOUNT_TRACE),
    ("AccountTrace", "network device", SIGN_IN),
    ("SignInTry", "at name_key network wide browser", SIGN_IN),
    ("mfa.Authenticator", "user data", SIGN_IN),
    ("sessions.Session", "session_data", SIGN_IN),
    ("usersessions.UserSession", "user ip user_agent data created_at last_seen_at", SIGN_IN),
]
NOT_PERSONAL = {
    "Agency": "code name short_name kind member_from member_until",
    "Holiday": "date name",
    "User": "session_mark",
    "Identity": "kind name province seat head_title office_head_title address phones opening_hours zone sender_name "
    "reply_to",
    "StatusChange": "step old new",
    "Decree": "kind number dated about valid_from valid_until considering recalling dictums source status",
    "DecreeFile": ABOUT_A_FILE,
    "Receipt": "code number issued_at",
    "PaperTemplate": "kind content original_name sha256",
    "Import": "kind status job problem number_format asked_cell asked_text notices",
    "ImportFile": ABOUT_A_FILE,
    "ImportRow": "action",
    "OutboxMessage": "kind drafted_at sent_at next_attempt_at",
}
