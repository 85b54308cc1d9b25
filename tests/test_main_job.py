"""The main job from the opening of a quarter to its lock, as one story; every form is read from the page before it.

What a browser would do and no more: follow a link that the page shows, type into the form that it shows, send it.
"""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from p2emas import clock
from p2emas.models import Receipt
from programs.models import ProgressReport, ReportAttachment, ReportComment, ReportingPeriod
from tests.crawling import links
from tests.filled import page_form
from tests.person import Person
from tests.programs.reporting.helpers import agency_with_work, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
S = ProgressReport.Status
WORDS = "Sertifikasi sudah dijadwalkan"  # a sentence that the operator writes


def photo() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (640, 480), (40, 120, 70)).save(content, "JPEG")
    return SimpleUploadedFile("pelatihan.jpg", content.getvalue(), content_type="image/jpeg")


@pytest.fixture(autouse=True)
def before_the_due_date(business_day):
    with clock.at(date(2019, 10, 4)):
        yield


@pytest.fixture
def agency(db):
    return agency_with_work()


@pytest.fixture
def people(client_as, agency):
    operator, coordinator = client_as("agency_operator", at=agency), client_as("coordinator")
    return Person(operator), Person(coordinator), Person(client_as("coordinator_head")), Person(Client())


def test_main_job_from_opening_to_lock(people, agency):
    operator, coordinator, head, public = people
    village = agency.plans.get().lines.first().target_location.village.get_absolute_url()

    open_quarter(coordinator)
    assert "0 dari 2 laporan masuk tepat waktu" in coordinator.open("/kepatuhan/").sees
    report = ProgressReport.objects.get(agency=agency)
    fill(operator, report)
    receipt = send(operator, report)
    check_receipt(operator, public, receipt)
    assert "Realisasinya belum ada yang disetujui" in public.open(village).sees
    return_it(coordinator, report)
    correct(operator, report)
    assert Receipt.objects.filter(object_id=report.pk).count() == 2
    board_before = coordinator.open("/dasbor/").sees
    approve(coordinator, report)
    check_what_all_see(coordinator, public, report, village, board_before)
    lock(head, report)
    check_locked(operator, report)
    check_history(coordinator, report, operator, head)


def open_quarter(coordinator: Person) -> None:
    coordinator.open("/periode/").follow("Buka triwulan")
    coordinator.open(coordinator.path + "?triwulan=2019-T3")
    assert "Senin, 7 Oktober 2019" in coordinator.sees
    coordinator.send(having="jatuh_tempo")
    assert "Triwulan III 2019 sudah dibuka." in coordinator.sees


def fill(operator: Person, report: ProgressReport) -> None:
    first, second = report.lines.order_by("plan_line__activity__code")
    operator.open(report.get_absolute_url()).follow("Isi realisasi")

    # a wrong amount: said beside the field, kept as typed, the right ones are saved
    money, physical = f"b{first.pk}-spent_to_date", f"b{first.pk}-physical_to_date"
    rest = {f"b{second.pk}-spent_to_date": "25.000.000", f"b{second.pk}-physical_to_date": "30"}
    operator.send(having="version", button="lanjut", **{money: "60.5", physical: "70"}, **rest)
    assert operator.title.startswith("Galat: ")
    assert (money, "60.5") in page_form(operator.response.content.decode(), having="lanjut").fields
    second.refresh_from_db()
    assert second.spent_to_date == 25_000_000

    # the first form of the page takes the last saving back
    operator.send(having="lanjut", button="lanjut", **{money: "Rp 60.000.000"})
    assert "/indikator/" in operator.path
    value = next(
        name for name in page_form(operator.response.content.decode(), having="version").names if "-value" in name
    )
    operator.send(having="version", button="lanjut", **{value: "3"})
    assert "/kendala/" in operator.path
    operator.send(having="version", button="lanjut", no_obstacles="on", supporting_factor="Kelompok aktif")
    assert "/lampiran/" in operator.path
    operator.send(having="file", file=photo(), caption="Pelatihan di balai", kind="PHOTO", line=first.pk)
    assert "Pelatihan di balai" in operator.sees
    assert ReportAttachment.objects.get(report=report).file.read(2).hex().upper() == "FFD8"


def send(operator: Person, report: ProgressReport) -> Receipt:
    operator.open(f"/laporan/{report.pk}/periksa/")
    for words in ("60.000.000", "25.000.000", "Kelompok dilatih", "Kelompok aktif", "Pelatihan di balai"):
        assert words in operator.sees
    signer = report.agency.officials.get()
    typed = {"signer": signer.pk, "letter_no": "050/12/2019", "letter_date": "04-10-2019"}
    operator.send(having="declared", **typed)  # forgets the declaration
    assert operator.title.startswith("Galat: ")
    operator.send(having="declared", declared="on")
    assert "/terkirim/" in operator.path
    operator.send_again()
    assert "/terkirim/" in operator.path
    receipt = Receipt.objects.get()
    report.refresh_from_db()
    assert (report.status, report.submitted_by) == (S.WAITING, operator.user)
    assert report.signer_name == signer.name
    return receipt


def check_receipt(operator: Person, public: Person, receipt: Receipt) -> None:
    assert receipt.number in operator.sees
    genuine = next(link for link in links(operator.response.content.decode()) if link.startswith("/asli/"))
    pdf = next(link for link in links(operator.response.content.decode()) if "pdf" in link)
    answer = operator.client.get(pdf)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert public.client.get(pdf).status_code == 302  # the receipt itself is not public
    assert receipt.number in public.open(genuine).sees
    assert "tidak" in public.open("/asli/ABCDE-23456/", status=404).sees


def return_it(coordinator: Person, report: ProgressReport) -> None:
    line = report.lines.order_by("plan_line__activity__code").last()
    coordinator.open("/verifikasi/")
    assert "Distanbun" in coordinator.sees
    coordinator.send(to="/verifikasi/mulai/")
    assert coordinator.path == f"/laporan/{report.pk}/verifikasi/"
    comment = {f"komentar-{line.pk}": "Lantai gedung belum terlihat di foto"}
    coordinator.send(having="keputusan", keputusan="kembalikan", **comment)  # forgets the reason
    assert coordinator.title.startswith("Galat: ")
    coordinator.send(having="keputusan", keputusan="kembalikan", catatan="Mohon foto gedung.")
    report.refresh_from_db()
    assert (report.status, report.decided_by) == (S.RETURNED, coordinator.user)


def correct(operator: Person, report: ProgressReport) -> None:
    line = report.lines.order_by("plan_line__activity__code").last()
    assert "Dikembalikan" in operator.open("/beranda/").sees
    operator.open(report.get_absolute_url())
    assert "Mohon foto gedung." in operator.sees
    operator.follow("Perbaiki baris yang ditandai")
    page = operator.response.content.decode()
    assert "Lantai gedung belum terlihat di foto" in page
    assert set(page_form(page, having="version").names) >= {f"b{line.pk}-spent_to_date"}
    operator.send(having="version", button="lanjut", **{f"b{line.pk}-spent_to_date": "26000000"})
    assert "/periksa/" in operator.path
    operator.send(having="declared", declared="on")
    assert "/terkirim/" in operator.path
    report.refresh_from_db()
    assert report.status == S.WAITING
    assert not ReportComment.objects.filter(report=report, resolved_at=None).exists()


def approve(coordinator: Person, report: ProgressReport) -> None:
    coordinator.open(report.get_absolute_url()).follow("Verifikasi laporan ini")
    coordinator.send(to=f"/laporan/{report.pk}/verifikasi/mulai/")
    coordinator.send(having="keputusan", keputusan="setujui")
    assert "disetujui, angkanya kini terbuka untuk umum" in coordinator.sees
    report.refresh_from_db()
    assert (report.status, report.decided_by) == (S.APPROVED, coordinator.user)


def check_what_all_see(coordinator: Person, public: Person, report: ProgressReport, village: str, before: str) -> None:
    """Approved figures are public in the same moment; matrix and dashboard follow."""
    assert "1 dari 2 laporan masuk tepat waktu" in coordinator.open("/kepatuhan/").sees
    after = coordinator.open("/dasbor/").sees
    assert ("43%" in before, "43%" in after) == (False, True)  # 86 of 200 million
    assert "60% sudah dibelanjakan" in public.open(village).sees
    assert "Pelatihan di balai" in public.sees
    shown = next(link for link in links(public.response.content.decode()) if link.startswith("/berkas/"))
    assert public.client.get(shown).status_code == 200


def lock(head: Person, report: ProgressReport) -> None:
    head.open(report.period.get_absolute_url()).follow("Kunci periode")
    head.send(having="status")
    assert "dikunci bersama 1 laporan" in head.sees
    report.refresh_from_db()
    assert (report.status, report.period.status) == (S.LOCKED, ReportingPeriod.Status.LOCKED)


def check_locked(operator: Person, report: ProgressReport) -> None:
    line = report.lines.order_by("plan_line__activity__code").first()
    figures = f"/laporan/{report.pk}/realisasi/"
    assert "Periode Triwulan III 2019 sudah dikunci" in operator.open(figures).sees
    assert "<form" not in operator.response.content.decode().split("<main")[1].split("</main")[0]

    forged = {"version": report.version, f"b{line.pk}-spent_to_date": "1", f"b{line.pk}-physical_to_date": "1"}
    answer = operator.client.post(figures, forged)
    assert "sudah dikunci" in text_of(answer)
    assert "Isian Anda yang tidak disimpan" in text_of(answer)
    assert operator.client.post(f"/laporan/{report.pk}/periksa/", forged).status_code == 200
    line.refresh_from_db(), report.refresh_from_db()
    assert (line.spent_to_date, report.status) == (60_000_000, S.LOCKED)


def check_history(coordinator: Person, report: ProgressReport, operator: Person, head: Person) -> None:
    steps = report.status_changes().order_by("pk").values_list("step", "actor", "old", "new")
    bappeda, skpd = coordinator.user.pk, operator.user.pk
    assert list(steps) == [
        ("begin", skpd, S.NOT_STARTED, S.DRAFT),
        ("submit", skpd, S.DRAFT, S.WAITING),
        ("claim", bappeda, S.WAITING, S.VERIFYING),
        ("return", bappeda, S.VERIFYING, S.RETURNED),
        ("submit", skpd, S.RETURNED, S.WAITING),
        ("claim", bappeda, S.WAITING, S.VERIFYING),
        ("approve", bappeda, S.VERIFYING, S.APPROVED),
        ("lock", head.user.pk, S.APPROVED, S.LOCKED),
    ]
    shown = coordinator.open(f"/laporan/{report.pk}/riwayat/").sees
    for words in ("Mohon foto gedung.", "Rp 25.000.000", "Rp 26.000.000", str(operator.user), str(head.user)):
        assert words in shown
    for label in ("Dikembalikan untuk diperbaiki", "Disetujui", "Dikunci"):
        assert label in shown
