"""What was paid for an activity, on the page of its work: who reads it, and what it adds up to."""

from datetime import date

import pytest
from django.urls import reverse

from programs.profiles.payments import LISTED, ActivityPayments
from tests.factories import (
    AgencyFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportLineFactory,
    TreasuryEntryFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return PlanLineFactory(plan=WorkPlanFactory(agreed=True))


def page(line):
    return reverse("profiles:activity-detail", args=[line.pk])


def pay(line, day, amount, **fields):
    return TreasuryEntryFactory(activity=line.activity, paid_on=day, amount=amount, **fields)


def test_paid_is_beside_spent_with_the_list_of_entries(client_as, line):
    report = ProgressReportFactory(approved=True, agency=line.plan.agency, plan=line.plan)
    ReportLineFactory(report=report, plan_line=line)
    pay(line, date(2019, 3, 31), 20_000_000, sp2d_no="A-1", is_sample=True)
    pay(line, date(2019, 4, 1), 31_000_000, sp2d_no="A-2", text="Bibit lada")
    pay(line, date(2019, 12, 31), -1_000_000, sp2d_no="A-3")

    words = text_of(client_as("agency_operator", at=line.plan.agency).get(page(line)))

    assert "Rp 50.000.000 dibayar menurut 3 baris SP2D." in words
    assert all(text in words for text in ("A-1 *", "A-2", "A-3", "Bibit lada", "pengembalian", "DATA CONTOH"))
    assert [words.count(f"SP2D {paid} ") for paid in ("20", "51", "50")] == [1, 2, 1]


def test_payments_of_a_day_belong_to_its_quarter(user_as, line):
    pay(line, date(2019, 3, 31), 1)
    pay(line, date(2019, 4, 1), 10)
    pay(line, date(2019, 12, 31), 100)

    payments = ActivityPayments(line, user_as("coordinator"))

    assert [payments.until_quarter(number) for number in (1, 2, 3, 4)] == [1, 11, 11, 111]


@pytest.mark.parametrize("who", ["anonymous", "district_admin", "facilitator", "agency_operator"])
def test_others_read_no_payments(client_as, line, who):
    pay(line, date(2019, 3, 31), 20_000_000, sp2d_no="A-1")

    words = text_of(client_as(who, at=AgencyFactory()).get(page(line)))

    assert "A-1" not in words and "dibayar menurut" not in words


def test_village_money_has_none(user_as, line):
    village = PlanLineFactory(plan=line.plan, activity=line.activity, fund="DD")
    pay(line, date(2019, 3, 31), 1)
    user = user_as("coordinator")

    assert len(ActivityPayments(line, user).entries) == 1 and ActivityPayments(village, user).entries == []


def test_lines_that_share_what_was_paid_are_counted(client_as, line):
    PlanLineFactory(plan=line.plan, activity=line.activity)
    PlanLineFactory(plan=line.plan, activity=line.activity, fund="ADD")
    pay(line, date(2019, 3, 31), 20_000_000)

    words = text_of(client_as("auditor").get(page(line)))

    assert "1 baris SP2D, untuk 2 baris rencana kegiatan ini bersama-sama." in words
    assert "SP2D seluruh kegiatan 20 " in words


def test_a_long_list_is_cut_and_leads_to_all(client_as, line):
    for number in range(LISTED + 2):
        pay(line, date(2019, 3, 31), 1, sp2d_no=f"A-{number:03d}")

    answer = client_as("coordinator").get(page(line))

    assert "dan 2 baris lainnya" in text_of(answer)
    address = ActivityPayments(line, answer.wsgi_request.user).address
    assert f"{LISTED + 2} baris" in text_of(client_as("coordinator").get(address))
