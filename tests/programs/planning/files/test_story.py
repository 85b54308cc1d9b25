"""An agency from nothing: a file of its own making becomes a plan of 300 lines, is submitted, and is taken back."""

import pytest
from django.db import connection
from django.urls import reverse

from programs.models import Activity, Indicator, IndicatorTarget, PlanLine, PlanLineTarget, WorkPlan
from programs.planning.files.models import PlanFile
from tests.factories import AgencyFactory, OutcomeFactory, TargetLocationFactory

from .books import book_of, file_of, plan_rows

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
UPLOAD = reverse("planning:file-upload")
TABLES = (WorkPlan, Activity, Indicator, IndicatorTarget, PlanLine, PlanLineTarget)


class Visitor:
    """A person with a browser: follows redirects, and counts the pages that were shown."""

    def __init__(self, client):
        self.client, self.pages = client, 0

    def get(self, url):
        self.pages += 1
        answer = self.client.get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    def send(self, url, data):
        answer = self.client.post(url, data)
        assert answer.status_code == 302, answer.content.decode()
        return self.get(answer.url), answer.url


def all_rows():
    """Every row of the tables that a plan is in, all columns as the database has them."""
    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")
            found[model.__name__] = cursor.fetchall()
    return found


def answer_of(page, file):
    """The question as the page has guessed it."""
    from programs.planning.files.views import _columns_form

    form = _columns_form(file)
    return {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}


@pytest.fixture
def agency():
    return AgencyFactory(short_name="Pertanian")


def test_three_hundred_lines_are_submitted_after_ten_pages_and_taken_back(client_as, agency):
    villages = [TargetLocationFactory().village for _number in range(30)]
    content = book_of({"Renja": plan_rows(villages, OutcomeFactory(), lines=300)})
    before, visitor = all_rows(), Visitor(client_as("agency_operator", at=agency))

    visitor.get(reverse("planning:plan-list"))
    visitor.get(UPLOAD)
    asked, url = visitor.send(UPLOAD, {"agency": agency.pk, "year": 2019, "berkas": file_of(content)})
    assert "Kolom mana berisi apa?" in asked
    file = PlanFile.objects.get()
    shown, _url = visitor.send(f"{url}kolom/", answer_of(asked, file))
    assert "320 hal akan berubah" in shown, shown
    assert all_rows() == before
    visitor.send(f"{url}pakai/", {"version": 0})
    plan = WorkPlan.objects.get()
    assert (plan.status, plan.lines.count(), plan.activities().count(), plan.indicators().count()) == (
        "DRAFT", 300, 10, 10,
    )  # fmt: skip
    check = reverse("planning:plan-check", args=[plan.pk])
    visitor.get(check)
    visitor.send(check, {"seen": "DRAFT", "version": plan.version})
    plan.refresh_from_db()

    assert plan.status == "SUBMITTED"
    assert visitor.pages <= 10

    withdraw = reverse("planning:plan-step", args=[plan.pk, "withdraw"])
    visitor.send(withdraw, {"seen": "SUBMITTED"})
    visitor.send(f"{url}batalkan/", {})
    assert all_rows() == before
