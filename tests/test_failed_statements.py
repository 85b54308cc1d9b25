"""No matter at which statement the database fails, what somebody sent is done whole or not at all, and the answer says so."""

import uuid
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from p2emas.models import Import
from p2emas.staffing import password_links
from tests.decree_texts import ready
from tests.facilitator_factories import RecruitmentRoundFactory
from tests.facilitators.recruitment.applying import address, complete_draft
from tests.factories import (
    CommodityFactory,
    CompetencyDeterminationFactory,
    DecreeFactory,
    DecreeItemFactory,
    DistrictFactory,
    ProgressReportFactory,
    UserFactory,
    VillageFactory,
)
from tests.failing import check_every_statement, every_row
from tests.p2emas.imports.sheets import book, figure, upload

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


def sending(client: Client, address: str, data: dict) -> Callable:
    client.raise_request_exception = False
    return lambda: client.post(address, data)


def test_decision_on_a_report_is_taken_whole_or_not_at_all(client_as):
    """The next one that waits would be claimed by the same click, as an act of its own: here none waits."""
    report = ProgressReportFactory(verifying=True)
    typed = {"keputusan": "setujui", "komentar": "Lengkap", "status": report.status, "versi": report.version}

    act = sending(client_as("coordinator"), reverse("reporting:verification-decide", args=[report.pk]), typed)

    assert check_every_statement(act, every_row()) > 3


def test_link_to_a_new_password_is_sent_whole_or_not_at_all(client_as):
    act = sending(client_as("coordinator_head"), reverse("staffing:password-link", args=[UserFactory().pk]), {})

    assert check_every_statement(act, every_row()) > 3


def test_decree_comes_into_force_whole_or_not_at_all(client_as):
    decree = DecreeFactory(draft=True, number="050/9/2019", dated="2019-03-01", valid_from="2019-03-01")
    village = VillageFactory()
    determination = CompetencyDeterminationFactory(district=village.district, status="DECIDED", decree=None)
    DecreeItemFactory(decree=decree, village=village)
    DecreeItemFactory(decree=decree, village=None, determination=determination)
    ready(decree)
    client = client_as("coordinator_head")
    client.get("/akun/")

    act = sending(client, reverse("profiles:decree-step", args=[decree.pk, "enact"]), {"seen": "DRAFT", "note": ""})
    assert check_every_statement(act, every_row()) > 3


def test_import_is_applied_whole_or_not_at_all(client_as):
    kelam, lada = DistrictFactory(name="Kelam Permai"), CommodityFactory(name="lada")
    client = client_as("coordinator")
    rows = [figure(kelam, lada, 120), figure(DistrictFactory(name="Sepauk"), lada, 7)]
    client.post(reverse("imports:import-upload", args=["produksi"]), {"berkas": upload(book(rows), "angka.xlsx")})
    batch = Import.objects.latest("pk")

    act = sending(client, reverse("imports:import-apply", args=[batch.pk]), {"seen": "READY"})

    assert check_every_statement(act, every_row()) > 3


def test_application_is_sent_whole_or_not_at_all(client):
    record = RecruitmentRoundFactory(complete=True)
    draft = complete_draft(record, 1, phone="+6281234567890")
    client.post("/rekrutmen/status/", {"code": draft.code, "phone": draft.phone})

    act = sending(client, address(record, "periksa"), {"version": draft.version, "client_token": str(uuid.uuid4())})

    assert check_every_statement(act, every_row()) > 3


# --- Seen failing -------------------------------------------------------------------------------------------------


def test_half_of_an_act_is_noticed(client_as, monkeypatch):
    """Trace and letter without the transaction around them."""
    monkeypatch.setattr(password_links, "transaction", SimpleNamespace(atomic=nullcontext))
    monkeypatch.setattr(password_links.User.objects, "select_for_update", lambda **_how: password_links.User.objects)
    act = sending(client_as("coordinator_head"), reverse("staffing:password-link", args=[UserFactory().pk]), {})

    with pytest.raises(AssertionError, match=r"missing Counter.*OutboxMessage"):
        check_every_statement(act, every_row())
