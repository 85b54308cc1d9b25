"""What was typed when the session has ended travels through the sign-in and becomes a draft of its owner."""

import re
import time
import uuid
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import Client
from django.urls import reverse

from p2emas.models import FormDraft
from tests.factories import PASSWORD, AssignmentFactory, UserFactory
from tests.programs.reporting.helpers import report_with_lines, text_of

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


@pytest.fixture
def report():
    return report_with_lines(1)


@pytest.fixture
def operator(report):
    user = UserFactory(username="siti", name="Siti")
    AssignmentFactory(user=user, agency=report.agency, role="agency_operator")
    return user


def url_of(report) -> str:
    return reverse("reporting:report-figures", args=[report.pk])


def typed_on_page(user, report, **more) -> dict[str, str]:
    """The fields of the page that ``user`` opened, with a figure typed into it."""
    client = Client()
    client.force_login(user)
    hidden = dict(HIDDEN.findall(client.get(url_of(report)).content.decode()))
    line = report.lines.get()
    fields = {f"b{line.pk}-spent_to_date": "77.000.000", f"b{line.pk}-physical_to_date": "60"}
    return {name: hidden[name] for name in ("isian", "jaga", "version")} | fields | more


def sign_in(client, page, name="siti"):
    carried = dict(HIDDEN.findall(page.content.decode()))["titipan"]
    action = re.search(r'action="(/masuk/[^"]*)"', page.content.decode())[1].replace("&amp;", "&")
    return client.post(action, {"login": name, "password": PASSWORD, "titipan": carried}), carried


def test_typed_fields_become_a_draft_after_the_sign_in(operator, report):
    data, client = typed_on_page(operator, report), Client()

    page = client.post(url_of(report), data)
    assert "Sesi berakhir, isian Anda aman" in text_of(page)
    assert "77.000.000" not in page.content.decode()
    answer, _ = sign_in(client, page)

    assert answer.url == url_of(report)
    shown = text_of(client.get(answer.url))
    assert "Isian Anda aman" in shown
    assert "Baris 1, realisasi keuangan kosong 77.000.000" in shown
    assert FormDraft.objects.get().user == operator
    assert report.lines.get().spent_to_date is None


def test_wrong_password_first_loses_nothing(operator, report):
    client = Client()
    page = client.post(url_of(report), typed_on_page(operator, report))
    carried = dict(HIDDEN.findall(page.content.decode()))["titipan"]

    again = client.post("/masuk/", {"login": "siti", "password": "salah", "titipan": carried})

    assert dict(HIDDEN.findall(again.content.decode()))["titipan"] == carried


def test_it_passes_the_second_factor(operator, report):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(operator, secret)
    client = Client()

    answer, _ = sign_in(client, client.post(url_of(report), typed_on_page_with_code(operator, report)))
    assert not FormDraft.objects.exists()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    client.post(answer.url, {"code": code})

    assert FormDraft.objects.get().user == operator


def typed_on_page_with_code(user, report) -> dict[str, str]:
    """The page is drawn after the second factor was set up."""
    from p2emas.drafts.tokens import page_token

    line = report.lines.get()
    token = page_token(user=user, form="realisasi", record=report, version=report.version)
    return {
        "isian": str(uuid.uuid4()),
        "jaga": token,
        f"b{line.pk}-spent_to_date": "77.000.000",
        f"b{line.pk}-physical_to_date": "",
    }


def test_somebody_else_gets_nothing_of_it(operator, report):
    other = UserFactory(username="budi")
    AssignmentFactory(user=other, agency=report.agency, role="agency_operator")
    client = Client()

    answer, _ = sign_in(client, client.post(url_of(report), typed_on_page(operator, report)), "budi")

    shown = client.get(answer.url)
    assert "milik akun lain, jadi dibuang" in text_of(shown)
    assert "77.000.000" not in shown.content.decode()
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("change", ["password", "authenticator"])
def test_changed_password_or_authenticator_drops_it(operator, report, change):
    client, data = Client(), typed_on_page(operator, report)
    page = client.post(url_of(report), data)
    if change == "password":
        operator.set_password(PASSWORD)
        operator.save()
    else:
        Authenticator.objects.create(user=operator, type="recovery_codes", data={})

    sign_in(client, page)

    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "WzFd:1:2"])
def test_without_a_token_the_sign_in_page_carries_nothing(operator, report, token):
    data = typed_on_page(operator, report, jaga=token)

    client = Client()
    answer = client.post(url_of(report), data)

    assert answer.status_code == 302
    assert "Isian tadi tidak dapat dibawa masuk." in text_of(client.get(answer.url))


@pytest.mark.parametrize(("beyond", "carried"), [(timedelta(seconds=-5), True), (timedelta(seconds=5), False)])
def test_page_older_than_a_session_can_be_is_not_carried_and_that_is_said(operator, report, beyond, carried):
    """Its token is good for the days of a session and one more."""
    with time_machine.travel(time.time(), tick=False) as clock:
        data, client = typed_on_page(operator, report), Client()
        clock.shift(timedelta(days=settings.SESSION_DAYS + 1) + beyond)

        answer = client.post(url_of(report), data)

        if carried:
            assert "Sesi berakhir, isian Anda aman" in text_of(answer)
        else:
            assert answer.url.startswith("/masuk/")
            shown = text_of(client.get(answer.url))
            assert "Isian tadi tidak dapat dibawa masuk." in shown and "salin isian itu" in shown
            client.post(answer.url, {"login": "siti", "password": PASSWORD})
        assert not FormDraft.objects.exists()


def test_more_than_a_page_can_carry_is_said(operator, report):
    client, data = Client(), typed_on_page(operator, report, catatan="x" * 300_000)

    answer = client.post(url_of(report), data)

    assert "salin isian itu, lalu masuk lagi" in text_of(client.get(answer.url))
    assert not FormDraft.objects.exists()


def test_request_that_a_page_sends_by_itself_says_nothing(operator, report):
    client, data = Client(), typed_on_page(operator, report, jaga="x")

    client.post(f"/isian/realisasi/{report.pk}/simpan/", data)

    assert "tidak dapat dibawa" not in text_of(client.get("/masuk/"))


def test_forged_parcel_is_dropped_without_an_error(operator):
    client = Client()

    answer = client.post("/masuk/", {"login": "siti", "password": PASSWORD, "titipan": "palsu"})

    assert answer.status_code == 302
    assert not FormDraft.objects.exists()


def test_failed_csrf_check_draws_the_form_again_and_saves_nothing(operator, report):
    client, data = Client(enforce_csrf_checks=True), typed_on_page(operator, report)
    client.force_login(operator)

    answer = client.post(url_of(report), data)

    assert answer.url == f"{url_of(report)}?isian={data['isian']}"
    page = client.get(answer.url)
    assert 'value="77.000.000"' in page.content.decode()
    assert "belum disimpan" in text_of(page)
    assert report.lines.get().spent_to_date is None


def test_failed_csrf_check_of_somebody_else_stays_refused(operator, report):
    other = UserFactory()
    AssignmentFactory(user=other, agency=report.agency, role="agency_operator")
    client = Client(enforce_csrf_checks=True)
    client.force_login(other)

    assert client.post(url_of(report), typed_on_page(operator, report)).status_code == 403
    assert not FormDraft.objects.exists()


def test_failed_csrf_check_of_more_than_a_draft_holds_is_refused(operator, report):
    client = Client(enforce_csrf_checks=True)
    client.force_login(operator)

    assert client.post(url_of(report), typed_on_page(operator, report, catatan="x" * 300_000)).status_code == 403
