"""A copy of their data, and corrections: what they hold, and the trace they leave."""

import json
import stat
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from facilitators.models import ApplicationFile, Facilitator
from facilitators.recruitment.privacy.own_data import access_copy, correct_application, own_data
from p2emas.outbox.services import draft_message
from p2emas.privacy.sealing import fingerprint, unseal
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from tests import facilitator_factories as make
from tests.factories import UserFactory
from tests.planted import NIK, WORDS, plant

pytestmark = pytest.mark.django_db
OTHER_NIK = "6105194107960002"


def unpacked(parcel: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(parcel)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_copy_holds_data_and_files_and_leaves_a_trace(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row, user = plant(), UserFactory()

    files = unpacked(access_copy(application=row, reason="Surat 3 Oktober", actor=user))

    text = files["data.json"].decode()
    assert {NIK, row.number, row.phone, WORDS["motivation"], WORDS["step_note"], WORDS["objection"]} <= {
        word for word in (NIK, row.number, row.phone, *WORDS.values()) if word in text
    }
    assert [content for name, content in files.items() if name.startswith("berkas/")] == [
        WORDS["file_content"].encode()
    ]
    assert WORDS["file_name"] not in "".join(files)
    trace = row.accesses.get(field="COPY")
    assert (trace.user, trace.reason) == (user, "Surat 3 Oktober")


def test_copy_tells_no_result_before_the_announcement():
    row = plant(person=False)
    row.round.status = "DECIDED"
    row.round.save()
    draft_message(kind="reminder", recipient=row.email, subject="Hasil rahasia", body="x", record=row)

    text = json.dumps(own_data(row))

    assert [word for word in ("choice_reason", "sheet_note", "letter_body") if WORDS[word] in text] == []
    assert "Hasil rahasia" not in text
    assert "Cadangan" not in text


def test_copy_holds_check_interview_and_test_in_words_once_announced():
    row = plant(person=False)
    make.RequirementCheckFactory(application=row, requirement__round=row.round, requirement__text="Usia 21", met=False)
    make.InterviewFactory(application=row, room="Aula kecamatan")
    row.test_score.score = Decimal("72.50")
    row.round.status = "DECIDED"
    before = own_data(row)
    row.round.status = "ANNOUNCED"

    told = own_data(row)

    assert {"syarat": "Usia 21", "hasil": "tidak terpenuhi"} in told["pemeriksaan berkas"]
    assert "Aula kecamatan" in [each["tempat"] for each in told["wawancara"]]
    assert told["nilai tes"] == "72,5"
    assert "mulai diisi" in before
    assert not {"wawancara", "pemeriksaan berkas", "nilai tes"} & set(before)


def test_copy_of_who_became_a_facilitator_holds_the_work():
    row = plant()
    person = row.facilitator
    placement = person.placements.get()
    make.AppraisalFactory(placement=placement, findings="Rajin turun ke kebun", score=81)
    placement.ended_on, placement.end_reason, placement.handover = date(2018, 10, 20), "RESIGNED", "Buku kas"
    placement.save()
    enrolment = make.EnrolmentFactory(facilitator=person, outcome="PASSED", final_test=Decimal("77.50"))
    make.AttendanceFactory(enrolment=enrolment, session__course=enrolment.course, session__topic="Membaca pasar")
    other = make.PlacementFactory()

    told = own_data(row)["pendamping"]

    (contract,), (course,), (place,) = told["kontrak"], told["pelatihan"], told["penempatan"]
    assert contract["nomor"] == placement.contract.number
    assert (course["hasil"], course["tes akhir"], course["tes awal"]) == ("Lulus", "77,5", "")
    assert [each["materi"] for each in course["kehadiran"]] == ["Membaca pasar"]
    assert (place["tempat"], place["berakhir lebih awal"]) == (placement.place_name, "20 Oktober 2018")
    assert place["penilaian kinerja"][0]["catatan"] == "Rajin turun ke kebun"
    assert told["akun"]["nama pengguna"] == person.user.username
    assert other.contract.number not in json.dumps(told)
    assert "pendamping" not in own_data(make.ApplicationFactory())


def test_copy_of_somebody_else_holds_nothing_of_the_applicant():
    plant(person=False)

    text = json.dumps(own_data(make.ApplicationFactory()))

    assert [word for word in (NIK, *WORDS.values()) if word in text] == []


def test_command_writes_a_file_that_only_its_owner_reads_and_overwrites_none(tmp_path):
    row, target = make.ApplicationFactory(), tmp_path / "salinan.zip"

    call_command("access_copy", application=row.code, out=target, stdout=StringIO())
    with pytest.raises(CommandError, match="sudah ada"):
        call_command("access_copy", application=row.code, out=target)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "data.json" in unpacked(target.read_bytes())
    assert row.accesses.filter(field="COPY").count() == 1


def test_correction_writes_and_names_the_fields_only():
    row = make.ApplicationFactory(name="Pelamar lama", address="Jalan lama")

    changed = correct_application(
        application=row, values={"name": "Pelamar baru", "address": "Jalan lama"}, seen=0, reason="Salah ketik"
    )

    row.refresh_from_db()
    trace = row.accesses.get()
    assert changed == ["nama lengkap"]
    assert (row.name, row.version) == ("Pelamar baru", 1)
    assert (trace.field, trace.detail, trace.reason) == ("CORRECTION", "nama lengkap", "Salah ketik")


def test_correction_of_an_old_version_is_refused_and_changes_nothing():
    row = make.ApplicationFactory(name="Pelamar lama", version=3)

    with pytest.raises(EditConflict):
        correct_application(application=row, values={"name": "Pelamar baru"}, seen=2, reason="x")

    row.refresh_from_db()
    assert (row.name, row.version, row.accesses.count()) == ("Pelamar lama", 3, 0)


def test_correction_without_a_difference_leaves_nothing():
    row = make.ApplicationFactory()

    assert correct_application(application=row, values={"name": row.name}, seen=0, reason="x") == []

    row.refresh_from_db()
    assert (row.version, row.accesses.count()) == (0, 0)


def test_corrected_nik_is_sealed_and_found_again():
    row = make.ApplicationFactory()

    changed = correct_application(application=row, values={"nik": OTHER_NIK}, seen=0, reason="KTP dicocokkan")

    row.refresh_from_db()
    assert unseal(row.nik_sealed) == OTHER_NIK
    assert (row.nik_fingerprint, row.nik_last4) == (fingerprint(OTHER_NIK), OTHER_NIK[-4:])
    assert changed == ["NIK (4 angka terakhir)"]


def test_corrected_nik_is_named_where_its_last_digits_stay():
    row = make.ApplicationFactory(nik_last4=OTHER_NIK[-4:])

    changed = correct_application(application=row, values={"nik": OTHER_NIK}, seen=0, reason="KTP dicocokkan")

    assert changed == ["NIK (4 angka terakhir)"]
    assert row.accesses.get().detail == "NIK (4 angka terakhir)"


def test_nik_of_another_that_passed_the_check_is_refused_and_changes_nothing():
    row = make.ApplicationFactory(status="PASSED_FILES")
    make.ApplicationFactory(round=row.round, nik_fingerprint=fingerprint(OTHER_NIK), status="PASSED_FILES")

    with pytest.raises(StepNotAllowed, match="sudah dipakai"):
        correct_application(application=row, values={"nik": OTHER_NIK, "name": "Lain"}, seen=0, reason="x")

    row.refresh_from_db()
    assert (row.name != "Lain", row.accesses.count()) == (True, 0)


def test_facilitator_made_of_the_application_is_corrected_too():
    row = make.ApplicationFactory(status="RESERVE", reserve_rank=1)
    person = make.FacilitatorFactory(application=row, name=row.name, languages="Dayak")

    correct_application(application=row, values={"name": "Pelamar baru"}, seen=0, reason="x")

    person.refresh_from_db()
    assert (person.name, person.languages) == ("Pelamar baru", "Dayak")
    assert Facilitator.history.model.objects.filter(id=person.pk).exists()


def test_what_was_judged_is_not_corrected():
    with pytest.raises(ValueError, match="motivation"):
        correct_application(application=make.ApplicationFactory(), values={"motivation": "x"}, seen=0, reason="x")


def test_command_corrects_and_refuses_what_cannot_be():
    row, out = make.ApplicationFactory(), StringIO()

    call_command(
        "correct_application",
        "name=Nama Baru",
        "birth_date=17 Maret 1994",
        application=row.code,
        reason="Surat pelamar",
        stdout=out,
    )
    for field in ("motivation=x", "email=bukan surel", "nik=123"):
        with pytest.raises(CommandError):
            call_command("correct_application", field, application=row.code, reason="Surat pelamar")

    row.refresh_from_db()
    assert (row.name, row.birth_date) == ("Nama Baru", date(1994, 3, 17))
    assert "nama lengkap" in out.getvalue()


def test_correction_of_erased_data_is_refused():
    row = make.ApplicationFactory(erased_at=make.SENT)

    with pytest.raises(StepNotAllowed, match="sudah dihapus"):
        correct_application(application=row, values={"name": "x"}, seen=0, reason="x")


def test_file_in_the_copy_keeps_no_name_of_a_person(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = make.ApplicationFactory()
    stored = ApplicationFile(
        application=row, document=make.DocumentKindFactory(round=row.round), original_name="KTP Pelamar.pdf",
        content_type="application/pdf", size=1, sha256="0" * 64,
    )  # fmt: skip
    stored.file.save("a", ContentFile(b"%PDF"), save=False)
    stored.save()

    names = [name for name in unpacked(access_copy(application=row)) if name.startswith("berkas/")]

    assert [(name.startswith("berkas/01-berkas-lamaran-"), name.endswith(".pdf")) for name in names] == [(True, True)]
