"""Applying, sending, coming back and being read by the office leaves no NIK, phone or name in a log or an address."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from facilitators.models import Application
from tests import facilitator_factories as make

from ..applying import ANSWERS, IDENTITY, address, fill, send_page

pytestmark = pytest.mark.django_db
NAME, NUMBER = "Zulfikriansyah Peladang", 4321
WORDS = {"NIK": make.nik_of(NUMBER), "name": "Zulfikriansyah", "phone": "34567890", "spelled": "3456-7890"}
WORDS |= {"typed wrongly": "0813-9999-1111", "street": "Lintas Rahasia"}


class Watched(Client):
    """Keeps every address that it asked for or was led to."""

    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self.seen = seen

    def request(self, **request):
        answer = super().request(**request)
        self.seen += [answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"], answer.get("Location", "")]
        self.seen.append(answer.get("Content-Disposition", ""))
        return answer


@pytest.fixture
def seen(monkeypatch, settings, tmp_path, caplog) -> list[str]:
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    answers = {**ANSWERS, "nama-alamat": {**ANSWERS["nama-alamat"], "name": NAME, "address": "Jalan Lintas Rahasia 7"}}
    monkeypatch.setattr("tests.facilitators.recruitment.applying.ANSWERS", answers)
    caplog.set_level(logging.DEBUG)
    return []


def told(seen: list[str], caplog) -> set[str]:
    """What of the person is in an address or a logged line, its arguments and tracebacks included."""
    lines = [*seen, *(f"{record.getMessage()} {record.__dict__}" for record in caplog.records), caplog.text]
    return {what for what, word in WORDS.items() if any(word in line for line in lines)}


def test_application_from_the_first_page_to_the_office_leaves_no_trace(seen, caplog, client_as, monkeypatch):
    record = make.RecruitmentRoundFactory(complete=True)
    visitor = Watched(seen)
    send_page(visitor, address(record, "identitas"), **{**IDENTITY, "nik": make.nik_of(NUMBER)[:-1]})  # refused
    row = fill(visitor, record, NUMBER)
    sent = send_page(visitor, address(record, "periksa"))
    back = Watched(seen)
    for phone in ("0813-9999-1111", row.phone):
        back.post("/rekrutmen/status/", {"code": row.code, "phone": phone})
    back.get("/rekrutmen/status/")
    office = client_as("coordinator_head")
    office.__class__, office.seen = Watched, seen
    row.refresh_from_db()
    pages = [
        office.get(row.get_absolute_url()),
        office.post(reverse("recruitment:application-nik", args=[record.code, row.pk]), {"reason": "Cocokkan KTP"}),
        office.get(reverse("recruitment:application-list", args=[record.code]), {"status": "SENT"}),
        office.get(reverse("recruitment:personal-correct", args=[record.code, row.pk])),
        office.get(row.files.get().get_absolute_url()),
    ]

    assert sent.status_code == 302
    assert (row.name, row.status) == (NAME, Application.Status.SENT)
    assert [page.status_code for page in pages] == [200] * 5
    assert make.nik_of(NUMBER) in pages[1].content.decode()
    assert len(seen) > 30
    assert told(seen, caplog) == set()


def test_failure_in_the_middle_logs_no_answer(seen, caplog, monkeypatch):
    """The traceback of an error goes to the log; what was typed does not."""
    record = make.RecruitmentRoundFactory(complete=True)
    visitor = Watched(seen)
    visitor.raise_request_exception = False
    fill(visitor, record, NUMBER)

    def broken(**fields):
        raise RuntimeError("disk")

    monkeypatch.setattr("facilitators.recruitment.apply.answers.save_step", broken)
    answer = send_page(
        visitor, address(record, "nama-alamat"), name=f"{NAME} Baru", home="luar", address="Jalan Lintas Rahasia 8"
    )

    assert answer.status_code == 500
    assert "disk" in caplog.text
    assert told(seen, caplog) == set()


def test_a_trace_is_found(seen, caplog):
    logging.getLogger("p2emas").info("opened %s", make.nik_of(NUMBER))
    seen.append("/rekrutmen/status/?phone=34567890")

    assert told(seen, caplog) == {"NIK", "phone"}
