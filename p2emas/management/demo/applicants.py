"""Invented applicants of the demo, sent through the product's own forms: drafts, papers that say so, sending."""

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from districts.evidence.models import Commodity
from districts.regions.models import Village
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply.drafts import add_paper, save_step, start_draft
from facilitators.recruitment.apply.sending import send_application
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind, RubricCriterion
from p2emas import clock
from p2emas.privacy.sealing import fingerprint, seal

TOKENS = UUID("6f0d6a0e-6a57-4d1b-9e59-0d3c2f6d2020")
SCHOOLS = [
    ("S1", "Universitas negeri (contoh)", "Agribisnis"), ("S1", "Universitas swasta (contoh)", "Sosiologi"),
    ("D3", "Politeknik (contoh)", "Budidaya perikanan"), ("S1", "Universitas negeri (contoh)", "Peternakan"),
    ("S1", "Sekolah tinggi (contoh)", "Ekonomi pembangunan"), ("D3", "Politeknik (contoh)", "Pengolahan hasil"),
]  # fmt: skip
EXPERIENCE = [
    "Dua tahun mendampingi kelompok tani: menyusun jadwal, mencatat hasil, menjual bersama.",
    "Kader desa tiga tahun; terbiasa memimpin musyawarah dan menulis laporan bulanan.",
    "Magang setahun di penyuluhan; membantu demplot dan pelatihan kelompok wanita tani.",
    "Mengelola usaha keluarga dan pembukuannya; melatih lima tetangga mengolah hasil.",
]
MOTIVATION = [
    "Ingin kelompok di desa menjual lebih baik dan mencatat usahanya.",
    "Tinggal di desa, mengenal warganya, dan ingin usaha yang sudah ada bertahan.",
    "Ingin belajar mendampingi dari dekat dan melaporkan apa adanya.",
]
LANGUAGES = ["Dayak Desa, Melayu Sintang", "Melayu Sintang", "Dayak Seberuang, Melayu Sintang", "Jawa, Melayu Sintang"]


def start(
    record: RecruitmentRound, number: int, *, name: str, wishes: list[int], email: str = "", papers: int = 9
) -> Application:
    """A complete draft. The NIK names a kabupaten and kecamatan that do not exist; the phone number is nobody's."""
    now = clock.now()
    born = date(1985, 1, 5) + timedelta(days=97 * number)
    nik = f"619999{born:%d%m%y}{number:04d}"
    values = {
        "birth_date": born, "phone": f"+62812000{record.year % 100:02d}{number:03d}", "nik_sealed": seal(nik),
        "nik_fingerprint": fingerprint(nik), "nik_last4": nik[-4:],
    }  # fmt: skip
    draft = start_draft(round=record, values=values, client_token=uuid5(TOKENS, f"{record.code}-{number}"), at=now)
    homes = Village.objects.select_related("district").order_by("code")
    home = homes[number * 13 % homes.count()]
    education, school, major = SCHOOLS[number % len(SCHOOLS)]
    save_step(
        application=draft, version=draft.version, wishes=wishes,
        skills=list(Commodity.objects.order_by("pk").values_list("pk", flat=True))[number % 5 :: 7],
        name=name, email=email, address=f"Jalan contoh nomor {number}", home_village=home,
        education=education, school=school, major=major, graduated=2008 + number % 9,
        languages=LANGUAGES[number % len(LANGUAGES)], experience=EXPERIENCE[number % len(EXPERIENCE)],
        motivation=MOTIVATION[number % len(MOTIVATION)], anywhere=True, declared_at=now,
    )  # fmt: skip
    for document in list(record.documents.order_by("pk"))[:papers]:
        add_paper(application=draft, document=document, upload=_paper(document.name), at=now)
    draft.refresh_from_db()
    return draft


def send(draft: Application) -> Application:
    token = uuid5(TOKENS, f"{draft.round.code}-{draft.phone}")
    send_application(application=draft, version=draft.version, client_token=token, arrived=clock.now())
    draft.refresh_from_db()
    return draft


def ask_for_papers(record: RecruitmentRound) -> None:
    """What the demo's rounds ask for and judge by."""
    for name, hint in (
        ("KTP", "Foto sisi depan."),
        ("Ijazah terakhir", "Foto atau pindaian, semua tulisannya terbaca."),
    ):
        DocumentKind.objects.create(round=record, name=name, hint=hint)
    for text, figures in (
        ("Warga negara Indonesia, berusia 21 tahun atau lebih", {"least_age": 21}),
        ("Pendidikan sekurangnya diploma", {"least_education": "D3"}),
        ("Bersedia tinggal di desa", {}),
    ):
        record.requirements.create(text=text, **figures)
    for part, name, weight in (
        ("DOSSIER", "Pengalaman mendampingi", 50), ("DOSSIER", "Alasan melamar", 30), ("DOSSIER", "Kecakapan komoditas", 20),
        ("INTERVIEW", "Cara bekerja dengan kelompok", 50), ("INTERVIEW", "Mengenal desa", 30), ("INTERVIEW", "Melaporkan apa adanya", 20),
    ):  # fmt: skip
        RubricCriterion.objects.create(round=record, part=part, name=name, weight=weight)


_papers: dict[str, bytes] = {}


def _paper(name: str) -> SimpleUploadedFile:
    """A drawn paper that cannot be taken for anybody's."""
    if name not in _papers:
        from PIL import Image, ImageDraw

        image = Image.new("RGB", (600, 380), "#EEF2F6")
        draw = ImageDraw.Draw(image)
        draw.rectangle((20, 20, 580, 360), outline="#5E6773", width=3)
        draw.text((48, 60), f"DATA CONTOH\n{name}\nbukan berkas siapa pun", fill="#1A1D21", font_size=36)
        data = BytesIO()
        image.save(data, "PNG")
        _papers[name] = data.getvalue()
    return SimpleUploadedFile(f"{name}.png", _papers[name], content_type="image/png")
