"""check_integrity finds planted damage, each kind of it, and says nothing on a sound database."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from p2emas import clock
from p2emas.documents.receipts import issue_receipt
from p2emas.documents.storing import store_file
from p2emas.models import Receipt, StatusChange
from p2emas.search.keeping import rebuild
from programs.models import PlanLine, ReportAttachment, WorkPlan
from tests.factories import PlanLineFactory, ProgressReportFactory, ReportLineFactory, WorkPlanFactory

from . import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def sound(user_as):
    """A plan with steps and edits, a report with a receipt and two files."""
    user = user_as("coordinator")
    plan = WorkPlanFactory(status=WorkPlan.Status.SUBMITTED)
    plan.take_step("review", seen="SUBMITTED", actor=user)
    plan.take_step("return", seen="REVIEWING", actor=user, note="Alasan.")
    line = PlanLineFactory(plan=plan, amount=5)
    line.amount = 6
    line.save()
    report = ProgressReportFactory(sent=True)
    ReportLineFactory(report=report)
    issue_receipt(report, report.number)
    for name, content in (("a.jpg", corpus.image()), ("b.pdf", corpus.pdf())):
        store_file(ReportAttachment, owner=report, upload=SimpleUploadedFile(name, content), user=user)
    return plan


def findings() -> list[str]:
    rebuild()  # factories write records without their words of the search
    out = StringIO()
    try:
        call_command("check_integrity", stdout=out)
    except CommandError as error:
        lines = [line for line in out.getvalue().splitlines() if not line.endswith(": baik")]
        assert str(error).startswith(f"{len(lines)} hal tidak cocok")
        return lines
    assert all(line.endswith(": baik") for line in out.getvalue().splitlines())
    return []


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def photo() -> ReportAttachment:
    return ReportAttachment.objects.get(content_type="image/jpeg")


DAMAGE = {
    "file gone": (lambda: Path(photo().file.path).unlink(), "berkasnya tidak ada"),
    "file changed": (lambda: Path(photo().file.path).write_bytes(b"x" * photo().size), "isi berkasnya berubah"),
    "file cut": (lambda: Path(photo().file.path).write_bytes(b""), "isi berkasnya berubah"),
    "thumbnail gone": (lambda: Path(photo().thumbnail.path).unlink(), "gambar kecilnya tidak ada"),
    "size changed": (lambda: sql("UPDATE programs_reportattachment SET size = 1 WHERE id = %s", photo().pk), "berubah"),
    "digest changed": (lambda: ReportAttachment.objects.filter(pk=photo().pk).update(sha256="0" * 64), "berubah"),
    "path emptied": (
        lambda: sql("UPDATE programs_reportattachment SET file = '' WHERE id = %s", photo().pk),
        "tidak ada",
    ),
    "row of a file gone": (lambda: ReportAttachment.objects.filter(pk=photo().pk).delete(), "tidak dimiliki"),
    "status moved by hand": (
        lambda: WorkPlan.objects.filter(status="RETURNED").update(status="DRAFT"),
        "berstatus DRAFT",
    ),
    "status unknown": (
        lambda: sql("UPDATE programs_workplan SET status = 'ENTAH' WHERE status = 'RETURNED'"),
        "tidak dikenal",
    ),
    "last step gone": (lambda: StatusChange.objects.filter(step="return").delete(), "berstatus RETURNED"),
    "step in between gone": (
        lambda: StatusChange.objects.filter(step="review").update(new="SET"),
        "padahal langkah sebelumnya menuju SET",
    ),
    "step of nothing": (lambda: StatusChange.objects.filter(step="review").update(object_id=999_999), "yang tidak ada"),
    "amount changed by hand": (lambda: PlanLine.objects.filter(amount=6).update(amount=7), "amount"),
    "row gone without a trace": (
        lambda: sql("DELETE FROM programs_planline WHERE amount = 6"),
        "hilang tanpa catatan penghapusan",
    ),
    "receipt of nothing": (lambda: Receipt.objects.update(object_id=999_999), "menunjuk data yang tidak ada"),
    "receipt without number": (lambda: Receipt.objects.update(number=""), "tidak berkode atau bernomor"),
    "receipt with a bad code": (lambda: Receipt.objects.update(code="1"), "tidak berkode atau bernomor"),
}


def test_sound_database_has_no_findings(sound):
    assert findings() == []


def test_earlier_hour_of_the_pinned_day_is_no_damage(user_as):
    """The second evening somebody tries the demo begins before the end of the first."""
    user = user_as("coordinator")
    with clock.at(datetime(2019, 10, 8, 20, tzinfo=UTC)):
        plan = WorkPlanFactory(status=WorkPlan.Status.SUBMITTED)
        line = PlanLineFactory(plan=plan, amount=5)
        plan.take_step("review", seen="SUBMITTED", actor=user)
    with clock.at(datetime(2019, 10, 8, 9, tzinfo=UTC)):
        line.amount = 6
        line.save()
        plan.take_step("return", seen="REVIEWING", actor=user, note="Alasan.")

    assert findings() == []


@pytest.mark.parametrize("label", DAMAGE)
def test_planted_damage_is_found(sound, label):
    plant, piece = DAMAGE[label]
    plant()

    found = findings()

    assert any(piece in sentence for sentence in found), found


def test_record_without_a_known_state_and_a_removed_row_are_named_by_their_numbers(sound):
    line = PlanLine.objects.get(amount=6)
    sql("UPDATE programs_workplan SET status = 'ENTAH' WHERE id = %s", sound.pk)
    sql("DELETE FROM programs_planline WHERE id = %s", line.pk)

    found = findings()

    assert f"Status: rencana kerja dan anggaran {sound.pk} berstatus yang tidak dikenal." in found
    assert f"Riwayat isian: baris rencana {line.pk} hilang tanpa catatan penghapusan." in found


def test_orphan_file_is_found(sound, media):
    (media / "zz").mkdir()
    (media / "zz" / "yatim").write_bytes(b"x")

    assert findings() == ["Berkas yatim: Berkas zz/yatim tidak dimiliki data mana pun."]


def test_orphan_is_removed_once_it_is_old_and_nothing_else_is(sound, media):
    owned = set(stored(media))
    (media / "zz").mkdir()
    (media / "zz" / "yatim").write_bytes(b"x")

    said = [StringIO(), StringIO()]
    call_command("remove_orphans", stdout=said[0])
    assert set(stored(media)) == {*owned, "zz/yatim"}  # a transaction may still be about to own it
    call_command("remove_orphans", "--minutes=0", stdout=said[1])

    assert set(stored(media)) == owned
    assert [out.getvalue() for out in said] == ["", "1 berkas yatim dibuang.\n"]
    assert owned
    assert findings() == []


def stored(media: Path) -> list[str]:
    return [path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_foreign_key_that_leads_nowhere_is_found():
    """Checked at the end of the transaction: until then both databases let a key lead nowhere."""
    line = PlanLineFactory()
    sql("UPDATE programs_planline SET activity_id = 999999 WHERE id = %s", line.pk)

    found = findings()
    sql("UPDATE programs_planline SET activity_id = %s WHERE id = %s", line.activity_id, line.pk)

    assert any(sentence.startswith("Basis data: ") and "999999" in sentence for sentence in found)
