"""Erasure takes every word of an applicant out of every table; number, states and scores stay."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from facilitators.models import Application, Facilitator, PersonalDataAccess
from facilitators.recruitment.privacy.erasing import BLANK, GONE, WRITTEN, erase_application, expired
from facilitators.recruitment.result.announcing import next_reserve
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.imports.models import Import, ImportRow
from p2emas.outbox.models import OutboxMessage
from p2emas.privacy.register import personal
from p2emas.workflow.models import StatusChange, StepNotAllowed
from tests import facilitator_factories as make
from tests.factories import AccountTraceFactory, AgencyFactory, UserFactory
from tests.planted import EVERY, NIK, PHONE, WORDS, plant

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 10, 8, 3, tzinfo=UTC)


def found_in_tables(words: list[str]) -> set[str]:
    """ "model.field: word" of every word that any column of any table holds."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            text = json.dumps(row, default=str)
            found |= {f"{model._meta.label}: {word}" for word in words if word[:20] in text}
    return found


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    def erase(row: Application, reason: str = "Surat pelamar") -> None:
        with django_capture_on_commit_callbacks(execute=True):
            erase_application(application=row, reason=reason, actor=UserFactory())

    return erase


def test_erasure_leaves_no_word_in_any_table_or_file(erase, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = plant()
    before = found_in_tables(EVERY)
    files = [path for path in Path(tmp_path).rglob("*") if path.is_file()]

    erase(row)

    assert {line.partition(": ")[2] for line in before} >= set(WORDS.values()) - {WORDS["file_content"]}
    assert len(files) == 2
    assert found_in_tables(EVERY) == set()
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []


def test_erasure_keeps_number_state_and_scores(erase):
    row = plant(person=False)
    number = row.number

    erase(row)

    row.refresh_from_db()
    assert (row.number, row.status) == (number, "WITHDRAWN")  # it was still a reserve
    assert row.erased_at is not None
    assert row.test_score.score is not None
    assert row.sheets.count() == 1
    trace = row.accesses.get(field="ERASURE")
    assert (trace.reason, trace.detail) == ("Surat pelamar", "")
    assert set(row.accesses.exclude(pk=trace.pk).values_list("field", "detail", "reason")) == {("NIK", "", GONE)}


def test_erased_facilitator_keeps_contract_and_state_under_the_number(erase):
    row = plant()

    erase(row)

    person = Facilitator.objects.get(application=row)
    assert (row.status, person.name, person.placements.count()) == ("RESERVE", row.number, 1)


def test_every_field_of_an_application_that_the_map_erases_is_blanked():
    erased = {name for name, handling in personal()["facilitators.Application"].items() if handling.erased}

    assert erased - {"skills"} == set(BLANK) - {"client_token"}


def test_every_table_with_erased_fields_is_rewritten():
    labels = {label for label, fields in personal().items() if any(handling.erased for handling in fields.values())}

    assert labels - {model._meta.label for model in WRITTEN} == set()


def test_facilitator_at_work_is_not_erased(erase):
    row = plant(person=False)
    person = make.FacilitatorFactory(application=row)
    make.PlacementFactory(
        facilitator=person, contract__facilitator=person, starts=date(2019, 1, 1), ends=date(2019, 12, 31)
    )

    with clock.at(NOW), pytest.raises(StepNotAllowed, match="Akhiri penempatannya dulu"):
        erase(row)

    row.refresh_from_db()
    assert (row.phone, row.erased_at) == (PHONE, None)


def test_an_application_that_is_judged_is_withdrawn_first(erase):
    row = make.ApplicationFactory(status="INVITED")

    erase(row)

    row.refresh_from_db()
    assert row.status == "WITHDRAWN"
    assert row.status_changes().get().step == "withdraw"


def test_accepted_person_who_never_worked_frees_the_place(erase):
    row = make.ApplicationFactory(
        round__status="ANNOUNCED", round__inputs={}, round__results={}, round__announced_at=NOW
    )
    Application.objects.filter(pk=row.pk).update(status="ACCEPTED", placed_at=make.PlaceFactory(round=row.round))
    person = make.FacilitatorFactory(application=row, name=row.name)
    starts = date(2019, 12, 1)  # called off before
    contract = make.ContractFactory(facilitator=person, ends=date(2020, 12, 31))
    make.PlacementFactory(
        facilitator=person, contract=contract, starts=starts, ended_on=starts - timedelta(days=1), end_reason="RESIGNED"
    )

    erase(row)

    row.refresh_from_db()
    assert (row.status, row.facilitator.name) == ("WITHDRAWN", row.number)


def test_second_erasure_changes_nothing(erase):
    row = make.ApplicationFactory(status="REJECTED", rejected_for="RANK")
    erase(row)
    first = row.erased_at

    erase(row)

    row.refresh_from_db()
    assert row.erased_at == first
    assert row.accesses.count() == 1


def test_erasure_touches_no_other_application(erase):
    row, other = plant(person=False), make.ApplicationFactory(name="Orang lain", email="lain@surel.example")
    OutboxMessage.objects.create(kind="reminder", recipient=other.email, subject="Hasil", body="Isi", record=other)

    erase(row)

    other.refresh_from_db()
    assert (other.name, other.erased_at) == ("Orang lain", None)
    assert OutboxMessage.objects.about(other).get().body == "Isi"


def test_erasure_ends_the_session_that_has_the_application_open(erase):
    row, keys = make.ApplicationFactory(), []
    for pk in (row.pk, row.pk + 1):
        session = SessionStore()
        session["lamaran"] = pk
        session.save()
        keys.append(session.session_key)

    erase(row)

    assert [Session.objects.filter(pk=key).exists() for key in keys] == [False, True]


@pytest.mark.parametrize("signed_in", [True, False])
def test_account_of_a_former_facilitator_keeps_no_word_of_the_person(erase, signed_in):
    row = plant(person=False)
    words = ["zqakun", "zqpengguna", "zqlama", "zqsurat", "zqalat"]
    user = UserFactory(name="Zqlama", username="zqlama", phone=PHONE, email="zqsurat@surel.example")
    user.name, user.username = "Pendamping zqakun", "zqpengguna"
    user.last_login = NOW if signed_in else None
    if not signed_in:
        user.set_unusable_password()
    user.save()
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=UserFactory(), content_type=kind, object_id=str(user.pk), object_repr="zqakun", action_flag=2
    )
    UserSession.objects.create(user=user, session_key="k", ip="10.0.0.1", user_agent="zqalat", data={})
    AccountTraceFactory(user=user, device="zqalat")
    AccountTraceFactory(user=user, about=user, kind="LINK", device="")
    OutboxMessage.objects.create(kind="INVITATION", recipient=user.email, subject="Akun", body="Yth. zqakun")
    change = StatusChange.objects.create(record=row, step="x", old="A", new="B", actor=user)
    make.FacilitatorFactory(application=row, user=user)

    erase(row)

    user.refresh_from_db()
    change.refresh_from_db()
    assert (user.name, user.username) == (f"Pendamping {row.number}", f"pendamping-{user.pk}")
    assert (user.phone, user.email, user.is_active, user.has_usable_password()) == ("", None, False, False)
    assert change.actor == user
    assert [trace.kind for trace in user.traces.all()] == ["LINK"]
    assert found_in_tables([*EVERY, *words, "Zqlama"]) == set()


def test_name_of_a_closed_account_is_its_own(erase):
    row, user = plant(person=False), UserFactory()
    UserFactory(username=f"Pendamping-{user.pk}")
    make.FacilitatorFactory(application=row, user=user)

    erase(row)

    user.refresh_from_db()
    assert user.username == f"pendamping-{user.pk}-2"


# --- Imported tables --------------------------------------------------------------------------------------------------


def test_rows_and_file_of_an_import_that_names_the_applicant_are_blanked(erase, monkeypatch, settings, tmp_path):
    from django.core.files.base import ContentFile

    from facilitators.models import TestScore
    from p2emas.imports.models import CSV, ImportFile

    settings.MEDIA_ROOT = tmp_path
    kind = type("Kind", (), {"model": TestScore})
    monkeypatch.setattr("p2emas.imports.erasing.kind_of", lambda code: kind if code == "uji" else None)
    row = plant(person=False)
    user = UserFactory()
    batch = Import.objects.create(kind="uji", agency=AgencyFactory(), uploaded_by=user)
    stored = ImportFile(batch=batch, original_name=f"{row.name}.csv", content_type=CSV, size=1, sha256="0" * 64)
    stored.file.save("a", ContentFile(row.name.encode()), save=False)
    stored.save()
    mine = ImportRow.objects.create(
        batch=batch, number=2, action="NEW", key=f"{row.number} {row.name}", after={"name": row.name, "score": 70},
        cells=[row.name], message=f"Nilai {row.name}",
    )  # fmt: skip
    other = ImportRow.objects.create(batch=batch, number=3, action="NEW", key=f"{row.number}9", after={"score": 71})

    erase(row)

    mine.refresh_from_db()
    other.refresh_from_db()
    stored.refresh_from_db()
    assert (mine.key, mine.after, mine.cells, mine.message) == (row.number, {"name": "", "score": 70}, [], row.number)
    assert other.key == f"{row.number}9"
    assert (stored.original_name, stored.file.read()[:11]) == ("dihapus.csv", b"Berkas ini ")
    assert len([path for path in Path(tmp_path).rglob("*") if path.is_file()]) == 1


# --- Retention --------------------------------------------------------------------------------------------------------


def announced(days_ago: int, **fields) -> Application:
    record = make.RecruitmentRoundFactory(
        status="ANNOUNCED", announced_at=NOW - timedelta(days=days_ago), inputs={}, results={}
    )
    return make.ApplicationFactory(round=record, **fields)


def test_retention_takes_who_was_not_accepted_a_year_after_the_announcement():
    rejected = announced(366, status="REJECTED", rejected_for="RANK")
    reserve = announced(365, status="RESERVE", reserve_rank=1)
    withdrawn = announced(400, status="WITHDRAWN")
    announced(364, status="REJECTED", rejected_for="RANK")
    accepted = announced(400)
    Application.objects.filter(pk=accepted.pk).update(
        status="ACCEPTED", placed_at=make.PlaceFactory(round=accepted.round)
    )
    announced(400, status="WITHDRAWN", erased_at=NOW)
    make.FacilitatorFactory(application=announced(400, status="RESERVE", reserve_rank=1))
    dropped, worked = (_once_accepted("DROPPED") for _each in range(2))
    make.PlacementFactory(facilitator=worked.facilitator)

    assert set(expired(NOW)) == {rejected, reserve, withdrawn, dropped}


def _once_accepted(status: str) -> Application:
    row = announced(400)
    Application.objects.filter(pk=row.pk).update(status=status, placed_at=make.PlaceFactory(round=row.round))
    make.FacilitatorFactory(application=row)
    return row


def test_retention_takes_drafts_thirty_days_after_the_closing():
    old = make.ApplicationFactory(
        draft=True, round__opens_at=NOW - timedelta(days=60), round__closes_at=NOW - timedelta(days=30)
    )
    make.ApplicationFactory(
        draft=True, round__opens_at=NOW - timedelta(days=60), round__closes_at=NOW - timedelta(days=29)
    )
    make.ApplicationFactory(round=old.round)  # sent: waits for the announcement

    assert expired(NOW) == [old]


def test_retention_counts_a_cancelled_round_from_its_cancellation(user_as):
    head, rows = user_as("coordinator_head"), []
    for days in (366, 364):
        row = make.ApplicationFactory()
        with clock.at(NOW - timedelta(days=days)):
            row.round.take_step("cancel", seen="PUBLISHED", actor=head, note="Anggaran dicabut")
        rows.append(row)

    assert expired(NOW) == rows[:1]


def test_command_of_retention_says_and_then_erases(monkeypatch):
    rewritten = []
    monkeypatch.setattr("p2emas.management.commands.erase_expired_applications.compact", rewritten.append)
    row, out = announced(400, status="WITHDRAWN"), StringIO()

    with clock.at(NOW):
        call_command("erase_expired_applications", dry_run=True, stdout=out)
        row.refresh_from_db()
        untouched = row.erased_at is None
        call_command("erase_expired_applications", stdout=out)

    row.refresh_from_db()
    assert untouched
    assert row.name == ""
    assert f"{row.round.code}: {row.number}" in out.getvalue()
    assert "1 lamaran dihapus" in out.getvalue()
    assert rewritten == [WRITTEN]


def test_command_erases_by_code_or_number_and_refuses_a_wrong_one():
    row, other, out = make.ApplicationFactory(), make.ApplicationFactory(), StringIO()

    call_command(
        "erase_application",
        application=f"{row.code[:5]}-{row.code[5:]}".lower(),
        reason="Surat",
        no_compact=True,
        stdout=out,
    )
    call_command("erase_application", application=other.number, reason="Surat", no_compact=True, stdout=out)
    with pytest.raises(CommandError, match="Tidak ada lamaran"):
        call_command("erase_application", application="SALAH", reason="Surat")

    assert set(Application.objects.values_list("name", flat=True)) == {""}
    assert PersonalDataAccess.objects.filter(field="ERASURE").count() == 2


def test_nik_is_nowhere_in_the_tables():
    row = make.ApplicationFactory()
    plant(person=False)

    assert row.nik_last4
    assert {line for line in found_in_tables([NIK]) if NIK in line} == set()


def test_retention_lets_nobody_withdraw_and_calls_no_erased_reserve(monkeypatch):
    monkeypatch.setattr("p2emas.management.commands.erase_expired_applications.compact", lambda tables: None)
    row = announced(400, status="RESERVE", reserve_rank=1, anywhere=True)
    place = make.PlaceFactory(round=row.round)
    assert next_reserve(place) == row

    call_command("erase_expired_applications", stdout=StringIO())

    row.refresh_from_db()
    assert row.erased_at
    assert (row.status, list(row.status_changes())) == ("RESERVE", [])  # no "Pelamar" who never withdrew
    Application.objects.filter(pk=row.pk).update(anywhere=True)
    assert next_reserve(place) is None
