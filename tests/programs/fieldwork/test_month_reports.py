"""The monthly report of a facilitator: what is in it, who reads it, and the same on paper."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
from django.urls import reverse

from p2emas.accounts.roles import Role
from programs.fieldwork.month_reports.page import FacilitatorMonth
from programs.fieldwork.months import Month
from tests.facilitator_factories import (
    FieldReportFactory,
    PlacementFactory,
    SalesEntryFactory,
    VisitedLineFactory,
)
from tests.factories import (
    AssignmentFactory,
    CommunityGroupFactory,
    ObstacleFactory,
    PlanLineFactory,
    UserFactory,
    VillageScopeFactory,
)
from tests.people import lead_agency, sign_in
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 8)


@pytest.fixture
def placement():
    user = UserFactory(name="Maria Pendamping")
    held = AssignmentFactory(user=user, agency=lead_agency(), role=Role.FACILITATOR, valid_until=date(2019, 12, 31))
    made = PlacementFactory(facilitator__user=user, assignment=held)
    VillageScopeFactory(user=user, village=made.target_location.village)
    return made


@pytest.fixture
def person(placement):
    return placement.facilitator.user


@pytest.fixture
def village(placement):
    return placement.target_location.village


def visit(placement, day: int, month: int = 9, **fields):
    said = {"author": placement.facilitator.user, "village": placement.target_location.village}
    return FieldReportFactory(placement=placement, visited_on=date(2019, month, day), **(said | fields))


def url_of(person, name="month-report", month="2019-09") -> str:
    return f"{reverse(f'fieldwork:{name}', args=[person.pk])}?bulan={month}"


def test_month_has_its_visits_obstacles_and_notebooks(client, placement, person, village):
    visit(placement, 12, text="Benang sudah datang.", women=14, men=2)
    visit(placement, 3, 10, text="Bulan berikutnya.")
    visit(placement, 13, text="Draf saja.", draft=True)
    here = {"raised_by_user": person, "raised_by": None, "village": village}
    ObstacleFactory(text="Alat tenun rusak", created_at="2019-09-12T03:00Z", **here)
    ObstacleFactory(text="Selesai lama", status="SOLVED", created_at="2019-06-01T03:00Z", closed_at="2019-08-30T03:00Z")
    group = CommunityGroupFactory(village=village, name="KUB Rindai", members_m=3, members_f=4)
    small = CommunityGroupFactory(village=village, name="KUB Kecil", members_m=1, members_f=2)
    for each in (group, small):
        SalesEntryFactory(group=each, month=date(2019, 9, 1), sold_on=None, quantity=4, price=350_000, cost=700_000)
    sign_in(client, person)

    page = text_of(client.get(url_of(person)))

    assert "Laporan bulanan, September 2019" in page and "Maria Pendamping" in page
    assert "Benang sudah datang." in page and "1 kunjungan, 16 orang hadir" in page
    assert "Bulan berikutnya." not in page and "Draf saja." not in page
    assert "Alat tenun rusak" in page and "Selesai lama" not in page
    assert "Rp 1.400.000" in page.replace("\xa0", " ") and "KUB Kecil" in page
    assert page.count("1.400.000") == 1 and "kurang dari 5 orang" in page
    assert "pendapatan per anggota Rp 100.000" in page.replace("\xa0", " ")


def test_figures_walk_back_to_the_notebook_of_the_month(client, placement, person, village):
    group = CommunityGroupFactory(village=village, members_m=3, members_f=4)
    SalesEntryFactory(group=group, month=date(2019, 9, 1), sold_on=None, quantity=4, price=350_000)
    SalesEntryFactory(group=group, month=date(2019, 8, 1), sold_on=None, quantity=99, price=350_000)
    sign_in(client, person)
    back = f"{reverse('fieldwork:village-sales', args=[village.slug])}?tahun=2019&bulan=9"

    assert back.replace("&", "&amp;") in client.get(url_of(person)).content.decode()
    shown = text_of(client.get(back))
    assert "200.000" in shown and "1 dari 1" in shown and "pendamping, September 2019." in shown


def test_month_without_anything_says_so_and_has_no_paper_link(client, person):
    sign_in(client, person)

    for month in ("2019-02", "2019-09"):
        page = client.get(url_of(person, month=month)).content.decode()
        assert "Belum ada kunjungan, kendala, atau penjualan" in page and "naskah.pdf" not in page
    assert "Tanpa kunjungan bulan ini" in page
    for strange in ("2019-13", "x", "2030-01", "0001-01"):
        assert "Laporan bulanan, September 2019" in client.get(url_of(person, month=strange)).content.decode()
    own = client.get(reverse("fieldwork:month-report-own"))
    assert own.url == reverse("fieldwork:month-report", args=[person.pk])
    assert reverse("fieldwork:month-report-own") in client.get(reverse("fieldwork:field-home")).content.decode()


def test_agencies_read_the_visits_to_their_work_alone(client_as, placement, person):
    line = PlanLineFactory(target_location=placement.target_location)
    seen, other = visit(placement, 12, text="Kolam sudah terisi."), visit(placement, 20, text="Rapat kelompok.")
    agency = client_as("agency_operator", at=line.plan.agency)
    assert agency.get(url_of(person)).status_code == 404

    VisitedLineFactory(report=seen, plan_line=line)

    page = agency.get(url_of(person)).content.decode()
    assert seen.text in page and other.text not in page and "Tanpa kunjungan" not in page
    paper = agency.get(url_of(person, "month-report-docx"))
    assert other.text not in ZipFile(io.BytesIO(paper.content)).read("word/document.xml").decode()
    coordinator = client_as("coordinator").get(url_of(person)).content.decode()
    assert seen.text in coordinator and other.text in coordinator


def test_another_facilitator_and_people_who_are_none_have_no_page(client_as, placement, person):
    visit(placement, 12)
    other = client_as("facilitator")

    assert other.get(url_of(person)).status_code == 404
    assert client_as("coordinator").get(url_of(UserFactory())).status_code == 404
    assert client_as("coordinator").get(url_of(person)).status_code == 200


def test_paper_says_what_the_page_says(client, placement, person, village):
    visit(placement, 12, text="Benang sudah datang.", is_sample=True)
    group = CommunityGroupFactory(village=village, name="KUB Rindai", members_m=3, members_f=4)
    SalesEntryFactory(group=group, month=date(2019, 9, 1), sold_on=None, quantity=4, price=350_000)
    sign_in(client, person)

    word, pdf = (client.get(url_of(person, f"month-report-{form}")) for form in ("docx", "pdf"))

    text = ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    assert "LAPORAN BULANAN PENDAMPING" in text and "Benang sudah datang." in text
    assert "KUB Rindai" in text and "biaya belum dicatat" in text and "MARIA PENDAMPING" in text
    assert (
        pdf.content.startswith(b"%PDF")
        and 'laporan-bulanan-maria-pendamping-2019-09.pdf"' in pdf["Content-Disposition"]
    )


def test_more_rows_ask_no_more_queries(placement, person, village, django_assert_num_queries):
    def read() -> int:
        shown = FacilitatorMonth(person, Month(2019, 9), person, TODAY)
        return len(shown.visits) + len(shown.obstacles) + len(shown.books) + len(shown.unvisited) + bool(shown.places)

    visit(placement, 12)
    read()
    with django_assert_num_queries(8):
        read()
    for day in (13, 14):
        visit(placement, day)
        ObstacleFactory(raised_by_user=person, raised_by=None, village=village, created_at="2019-09-12T03:00Z")
        group = CommunityGroupFactory(village=village)
        SalesEntryFactory(group=group, month=date(2019, 9, 1), sold_on=None)
    with django_assert_num_queries(8):
        read()
