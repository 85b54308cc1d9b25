"""What recruitment, training and placements know of people."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from p2emas.data_map import ABOUT_A_FILE, OF_A_FILE, SEERS, SIGNER, TASK, TRACE
from p2emas.naming import named
from p2emas.privacy import Handling

CONSENT = _("Persetujuan pelamar (Pasal 20 ayat (2) huruf a)")
CONTRACT = _("Perjanjian kerja (Pasal 20 ayat (2) huruf b)")
OFFICE = named(_("{Office}, pimpinan daerah, dan Inspektorat; panelis setelah menyimpan nilai berkasnya sendiri"))
KEPT = format_lazy(
    _(
        "Yang tidak diterima: sampai {days} hari setelah pengumuman atau pembatalan tahap seleksi; draf: {draft_days} "
        "hari setelah pendaftaran ditutup; yang diterima: selama bertugas; lebih cepat bila pelamar memintanya dihapus"
    ),
    days=settings.RETENTION_DAYS,
    draft_days=settings.DRAFT_RETENTION_DAYS,
)

IDENTITY = Handling(
    _("Pelamar"),
    _("NIK dan tanggal lahir"),
    _(
        "Memastikan hanya satu lamaran tiap orang lolos administrasi dalam satu tahap seleksi, dan memeriksa batas "
        "umur; NIK tersimpan terkunci, empat angka terakhir tampil"
    ),
    CONSENT,
    named(_("Empat angka terakhir: seperti nama; NIK lengkap: {office}, dengan alasan, dan tercatat")),
    KEPT,
    erased=True,
)
PERSON = Handling(
    _("Pelamar"),
    _("Nama, nomor HP, surel, alamat, desa dan kecamatan domisili"),
    _("Menghubungi pelamar dan memeriksa syarat"),
    CONSENT,
    OFFICE,
    KEPT,
    erased=True,
)
ANSWERS = Handling(
    _("Pelamar"),
    _("Pendidikan, bahasa, komoditas yang dikuasai, pengalaman, dan alasan melamar"),
    _("Menilai kecakapan"),
    CONSENT,
    _("Panelis, tanpa nama dan tempat; setelah itu seperti nama"),
    KEPT,
    erased=True,
)
PAPERS = Handling(
    _("Pelamar"),
    _("Foto atau pindaian berkas"),
    _("Membuktikan syarat: KTP, ijazah, SKCK, dan berkas lain yang diminta"),
    CONSENT,
    named(_("{Office} dan Inspektorat; setiap pembukaan tercatat")),
    KEPT,
    erased=True,
)
JUDGED = Handling(
    _("Pelamar"),
    _("Catatan panelis dan alasan pilihan"),
    _("Catatan dan alasan penilaian"),
    TASK,
    OFFICE,
    KEPT,
    erased=True,
)
OUTCOME = Handling(
    _("Pelamar"),
    _("Nomor lamaran, pilihan desa, pemeriksaan, nilai, dan hasil"),
    _("Hasil setiap tahap, supaya keputusan dapat diperiksa; tanpa data di atas tidak menyebut siapa orangnya"),
    TASK,
    OFFICE,
    _("Selama tahap seleksinya disimpan sebagai arsip"),
)
CONSENTED = Handling(
    _("Pelamar"),
    _("Versi persetujuan dan waktu mengisi"),
    _("Membuktikan persetujuan: versi naskah dan waktunya"),
    CONSENT,
    SEERS,
    _("Selama tahap seleksinya disimpan sebagai arsip"),
)
OBJECTION = Handling(
    _("Pengirim keberatan"),
    _("Nama pengirim, isi, dan jawabannya"),
    _("Menjawab keberatan atas hasil"),
    TASK,
    SEERS,
    _("Seperti data pelamarnya"),
    erased=True,
)
CONFLICT = Handling(
    _("Panelis dan pelamar"),
    _("Hubungan panelis dengan pelamar"),
    _("Mencegah panelis menilai kerabat atau rekannya"),
    TASK,
    SEERS,
    _("Hubungannya: seperti data pelamarnya; bahwa ada benturan: selama tahap seleksinya disimpan"),
    erased=True,
)
ACCESS = Handling(
    _("Pelamar dan pengguna"),
    _("Siapa membuka apa, kapan, dan alasannya"),
    _("Jejak siapa membuka data pribadi siapa, kapan, dan mengapa"),
    _("Kewajiban hukum (Pasal 20 ayat (2) huruf c)"),
    SEERS,
    _("Jejaknya: selama tahap seleksinya disimpan; rincian dan alasannya: seperti data pelamarnya"),
)
FACILITATOR = Handling(
    _("Pendamping"),
    _("Nomor HP, surel, desa domisili, bahasa, dan komoditas yang dikuasai"),
    _("Undangan akun, kontrak, dan pencocokan dengan desa"),
    CONTRACT,
    named(_("Yang bersangkutan, {office}, pimpinan daerah, dan Inspektorat")),
    _("Selama bertugas; setelahnya sampai diminta dihapus"),
    erased=True,
)
PUBLISHED = Handling(
    _("Pendamping"),
    _("Nama dan telepon dinas"),
    _("Warga dan desa mengetahui siapa pendampingnya dan nomor dinasnya"),
    CONTRACT,
    _("Umum, selama bertugas"),
    _("Seperti data pendamping"),
    erased=True,
)
WORK = Handling(
    _("Pendamping"),
    _("Kontrak, kehadiran, nilai pelatihan, penempatan, dan kinerja"),
    _("Kontrak, pelatihan, penempatan, dan penilaian kinerja"),
    CONTRACT,
    named(_("Yang bersangkutan, {office}, pimpinan daerah, dan Inspektorat")),
    _("Selama arsip kontrak disimpan"),
)

PERSONAL = [
    ("RecruitmentRound", "submitted_by submitted_at decided_by decided_at announced_at", TRACE),
    ("Application", "nik_sealed nik_fingerprint nik_last4 birth_date", IDENTITY),
    ("Application", "name phone email address home_village home_district", PERSON),
    ("Application", "education school major graduated languages skills experience motivation anywhere", ANSWERS),
    ("Application", "knows_age knows_education", ANSWERS),
    ("Application", "choice_reason", JUDGED),
    ("Application", "code number status choice rejected_for reserve_rank placed_at panel", OUTCOME),
    (
        "Application",
        "consent_version consented_to consented_at declared_at started_at sent_at complete_by erased_at",
        CONSENTED,
    ),
    ("PlaceChoice", "place rank", OUTCOME),
    ("ApplicationFile", OF_A_FILE, PAPERS),
    ("RequirementCheck", "met checked_by checked_at", OUTCOME),
    ("PersonalDataAccess", "user field at detail reason", ACCESS),
    ("PanelSeat", "user given_at", TRACE),
    ("ConflictOfInterest", "reason", CONFLICT),
    ("ConflictOfInterest", "origin declared_at", OUTCOME),
    ("WithdrawnConflict", "reason why", CONFLICT),
    ("WithdrawnConflict", "origin declared_at withdrawn_at withdrawn_by", OUTCOME),
    ("ScoreSheet", "note", JUDGED),
    ("ScoreSheet", "part saved_at voided_at voided_for", OUTCOME),
    ("SheetScore", "score", OUTCOME),
    ("ScoreCorrection", "reason", JUDGED),
    ("ScoreCorrection", "old new minutes_no minutes_on by at", OUTCOME),
    ("TestScore", "score entered_at", OUTCOME),
    ("Interview", "at room", OUTCOME),
    ("Facilitator", "phone email home_village home_district languages skills", FACILITATOR),
    ("Facilitator", "name office_phone", PUBLISHED),
    ("Facilitator", "user", TRACE),
    ("Objection", "sender text answer", OBJECTION),
    ("Objection", "received_on answered_at recorded_at", OUTCOME),
    ("Contract", "number dated starts ends monthly_pay", WORK),
    ("Contract", "signer_name signer_nip signer_title", SIGNER),
    ("Placement", "starts ends ended_on end_reason end_note handover untrained_reason", WORK),
    ("Appraisal", "appraised_on score findings advice", WORK),
    ("Enrolment", "first_test final_test outcome outcome_reason", WORK),
    ("Attendance", "how at", WORK),
]
NOT_PERSONAL = {
    "RecruitmentRound": "code name intro terms opens_at closes_at test_on interviews_on announced_on training_on "
    "objections_until contact scale discussion inputs results status",
    "Requirement": "text least_education",
    "DocumentKind": "name hint",
    "RubricCriterion": "part name hint",
    "ApplicationFile": ABOUT_A_FILE,
    "Objection": "status",
    "TestScore": "source",
    "Course": "name place starts ends closed_at",
    "Session": "topic starts_at ends_at code",
}
