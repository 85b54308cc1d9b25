"""The page that revokes a decree says what ends on which day, what does not come back, and what depends on it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas.models import Decree
from tests.factories import DecreeFactory, PlanLineFactory, TargetLocationFactory

pytestmark = pytest.mark.django_db


def url(decree):
    return reverse("profiles:decree-step", args=[decree.pk, "revoke"])


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_rows_in_force_are_named_with_what_depends_on_them(client_as):
    location = TargetLocationFactory()
    later = TargetLocationFactory(core_competency=location.core_competency, village__district=location.village.district)
    PlanLineFactory(target_location=location)
    PlanLineFactory(target_location=later)  # set by another decree, on the competency of this one
    decree = location.core_competency.decree
    location.decree = decree
    location.save()

    page = text(client_as("coordinator_head").get(url(decree)))

    assert "Masih ada 2 baris yang berlaku karena keputusan ini." in page
    assert (
        f'Kompetensi inti <a href="{location.core_competency.get_absolute_url()}">{location.village.district}</a>'
        in page
    )
    assert f'Lokasi sasaran <a href="{location.get_absolute_url()}">{location.village}</a>' in page
    assert "2 kegiatan dari 2 SKPD" in page
    assert reverse("profiles:decree-amend", args=[decree.pk]) in page  # the way on
    assert 'name="seen"' not in page  # nothing to send while it would be refused


def test_an_amendment_says_its_last_day_and_that_nothing_comes_back(client_as):
    amendment = DecreeFactory(valid_from=date(2019, 1, 14), amends=DecreeFactory())
    closed = TargetLocationFactory(valid_until=date(2019, 1, 13), closed_by=amendment)
    ended = TargetLocationFactory(
        core_competency=closed.core_competency,
        decree=amendment,
        valid_from=date(2019, 1, 14),
        valid_until=date(2019, 9, 30),
        closed_by=DecreeFactory(),
    )
    further = DecreeFactory(amends=amendment, number="050/77/2019")
    head = client_as("coordinator_head")

    page = text(head.get(url(amendment)))

    assert "Berakhir, hari terakhir 7 Oktober 2019" in page
    assert f"{ended.village}</a>" in page and "hari terakhir 30 September 2019" in page
    assert "Tidak berlaku kembali" in page and f"{closed.village}</a>" in page
    assert "Tetap berlaku" in page and str(further) in page
    assert "Tidak ada kegiatan dalam rencana yang berlaku." in page

    head.post(url(amendment), {"seen": "IN_FORCE", "note": "Diganti"})
    amendment.refresh_from_db()
    closed.refresh_from_db()
    assert (amendment.status, amendment.valid_until) == (Decree.Status.REVOKED, date(2019, 10, 7))
    assert closed.valid_until == date(2019, 1, 13)


def test_the_last_day_is_never_later_than_the_decree_was_to_hold(client_as):
    decree = DecreeFactory(valid_from=date(2017, 7, 27), valid_until=date(2018, 12, 31))

    assert "hari terakhir 31 Desember 2018" in text(client_as("coordinator_head").get(url(decree)))


def test_queries_do_not_grow(client_as):
    head, decree = client_as("coordinator_head"), DecreeFactory()

    def asked():
        head.get(url(decree))
        with CaptureQueriesContext(connection) as seen:
            head.get(url(decree))
        return len(seen)

    def more():
        TargetLocationFactory(decree=decree)
        TargetLocationFactory(valid_until=date(2019, 1, 13), closed_by=decree)
        DecreeFactory(amends=decree)

    more()
    before = asked()
    more()
    more()
    assert asked() == before
