"""A long list is written by a worker: asked once, shown to its owner alone, by the rights of the moment."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from p2emas import clock
from p2emas.exports import long_lists
from p2emas.exports.lists import ListFile
from p2emas.exports.long_lists import LOST, NOT_YOURS, LongList, ask, make_list, sweep_lists
from p2emas.models import ListRequest
from tests.factories import ListRequestFactory, ObstacleFactory

pytestmark = pytest.mark.django_db
KENDALA = "/kendala/"


@pytest.fixture
def few(monkeypatch):
    """Two rows are many."""
    monkeypatch.setattr(long_lists, "LONG", 1)
    ObstacleFactory(text="Jalan rusak")
    ObstacleFactory(text="Bibit terlambat")


def test_many_rows_lead_over_a_page_of_progress_to_the_file(few, client_as):
    client = client_as("coordinator")

    answer = client.get(KENDALA, {"format": "xlsx", "cari": "", "status": ""})
    page = client.get(answer.url)
    file = client.get(f"{answer.url}berkas/")

    assert answer.status_code == 302
    assert "sudah siap" in page.text and "kendala.xlsx" in page.text
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0].values)
    column = rows[0].index("Kendala")
    assert {row[column] for row in rows[1:]} == {"Jalan rusak", "Bibit terlambat"}
    assert 'filename="kendala.xlsx"' in file["Content-Disposition"]


def test_csv_and_few_rows_come_at_once(client_as):
    ObstacleFactory()
    client = client_as("coordinator")

    assert client.get(KENDALA, {"format": "xlsx"})["Content-Disposition"].endswith('kendala.xlsx"')
    assert not ListRequest.objects.exists()


def test_rows_of_the_file_are_those_that_the_person_may_read(few, client_as):
    other = client_as("agency_operator", at=ObstacleFactory().raised_by)
    ObstacleFactory(raised_by=other.user.current_assignments[0].agency, text="Milik sendiri")
    ObstacleFactory(raised_by=other.user.current_assignments[0].agency, text="Milik sendiri juga")

    file = other.get(f"{other.get(KENDALA, {'format': 'xlsx'}).url}berkas/")

    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0].values)
    assert "Jalan rusak" not in str(rows) and "Milik sendiri" in str(rows)


def test_nobody_else_sees_it_not_even_who_sees_everything(few, client_as):
    place = client_as("coordinator").get(KENDALA, {"format": "xlsx"}).url

    for who in ("coordinator", "auditor", "leader"):
        other = client_as(who)
        assert [other.get(each).status_code for each in (place, f"{place}berkas/")] == [404, 404]


def test_page_looks_again_by_itself_and_can_be_stopped(client_as):
    client = client_as("coordinator")
    asked = ListRequestFactory(user=client.user, status="WAITING", content=None, total=9_000, done=3_000)

    looking, still = client.get(asked.get_absolute_url()), client.get(f"{asked.get_absolute_url()}?segarkan=tidak")

    assert looking["Refresh"] == f"2; url={asked.get_absolute_url()}?otomatis=1" and "Refresh" not in still
    assert "3.000 dari 9.000 baris ditulis" in looking.text
    assert client.get(f"{asked.get_absolute_url()}berkas/").status_code == 404


def numbers(user, query):
    return ListFile("angka", "Angka", ["Satu"], ([n] for n in range(2_500)))


def test_the_same_request_that_waits_is_the_one(user_as):
    wanted, user = LongList("uji", lambda user: True, numbers), user_as("coordinator")
    made = ListRequestFactory(user=user, list="uji", query="a=1", status="WAITING", content=None)

    assert ask(wanted, user, QueryDict("a=1"), 2_500) == made


def test_who_lost_the_right_meanwhile_gets_a_sentence(user_as):
    LongList("uji", lambda user: False, numbers)
    asked = ListRequestFactory(user=user_as("coordinator"), list="uji", status="WAITING", content=None)

    make_list.call(asked.pk)

    asked.refresh_from_db()
    assert (asked.status, asked.problem, asked.content) == ("FAILED", NOT_YOURS, None)


def test_what_fails_ends_in_a_sentence(user_as, client_as):
    def broken(user, query):
        raise ValueError

    LongList("uji", lambda user: True, broken)
    client = client_as("coordinator")
    asked = ListRequestFactory(user=client.user, list="uji", status="WAITING", content=None)

    make_list.call(asked.pk)

    assert LOST in client.get(asked.get_absolute_url()).text


def test_progress_is_written_while_it_is_made(user_as, monkeypatch):
    seen = []
    monkeypatch.setattr(long_lists, "_note", lambda request, done: seen.append(done))
    LongList("uji", lambda user: True, numbers)
    asked = ListRequestFactory(user=user_as("coordinator"), list="uji", status="WAITING", content=None)

    make_list.call(asked.pk)

    assert seen == [1_000, 2_000]


def test_sweep_ends_lost_ones_and_removes_old_ones(user_as):
    user = user_as("coordinator")
    lost = ListRequestFactory(user=user, status="WAITING", content=None)
    ListRequestFactory(user=user, asked_at=clock.now() - timedelta(days=1, minutes=1))
    kept = ListRequestFactory(user=user, asked_at=clock.now() - timedelta(hours=23))

    assert sweep_lists() == 1

    assert set(ListRequest.objects.values_list("pk", "status")) == {(lost.pk, "FAILED"), (kept.pk, "READY")}


@pytest.mark.parametrize("wrong", [{"status": "READY", "content": None}, {"status": "FAILED", "problem": ""}])
def test_rules_of_the_table(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListRequestFactory(**wrong)
