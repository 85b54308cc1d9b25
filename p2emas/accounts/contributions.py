"""What accounts contribute to the frame; see ``p2emas/registry``."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from p2emas.accounts.agencies import Agency, Holiday, Official
from p2emas.accounts.models import Assignment, User
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.naming import named
from p2emas.privacy.handlings import SIGNER, TASK, TRACE
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, MenuEntry, PersonalFields

BACK_OFFICE = MenuEntry("Kelola", "admin:index")

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

CONTRIBUTIONS = Contributions(
    menu_entries=(BACK_OFFICE,),
    looks=(
        Looks(
            "account",
            {
                User.Condition.ACTIVE: Look("green", "check"),
                User.Condition.INVITED: Look("blue", "clock", "Diundang"),
                User.Condition.INACTIVE: Look("", "lock"),
            },
        ),
    ),
    personal=(
        PersonalFields(User, "username name email phone nip password last_login date_joined", ACCOUNT),
        PersonalFields(Assignment, "user role valid_from valid_until", ACCOUNT),
        PersonalFields(Assignment.history.model, "village_slug", ACCOUNT),
        PersonalFields(Official, "name nip rank title capacity valid_from valid_until", SIGNER),
        # Tables of the libraries that this product installs.
        PersonalFields(EmailAddress, "user email", ACCOUNT),
        PersonalFields(EmailConfirmation, "email_address", ACCOUNT),
        PersonalFields(LogEntry, "user action_time object_repr change_message", TRACE),
        PersonalFields(AccountTrace, "user kind about detail at", ACCOUNT_TRACE),
        PersonalFields(AccountTrace, "network device", SIGN_IN),
        PersonalFields(SignInTry, "at name_key network wide browser", SIGN_IN),
        PersonalFields(Authenticator, "user data", SIGN_IN),
        PersonalFields(Session, "session_data", SIGN_IN),
        PersonalFields(UserSession, "user ip user_agent data created_at last_seen_at", SIGN_IN),
    ),
    not_personal={
        Agency: "code name short_name kind member_from member_until",
        Holiday: "date name",
        User: "session_mark",
    },
)
