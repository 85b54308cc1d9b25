"""The leaders' page on paper, as a browser prints it."""

import re
from datetime import UTC, datetime

import pytest

from tests.factories import (
    CompetencyDeterminationFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.programs.dashboards.regency import fill

PAGES = re.compile(rb"/Type\s*/Page\b")
LONG = "Kontrak pengadaan batal, diulang sesudah perubahan anggaran disetujui bulan depan"


@pytest.mark.parametrize("count", [0, 1, 20])
def test_it_is_printed_on_one_a4(page_as, user_as, count):
    page = page_as("leader")
    ReportingPeriodFactory()
    coordinator = user_as("coordinator")
    for _ in range(count):
        location = TargetLocationFactory()
        location.take_step("postpone", seen=location.status, actor=coordinator, note=LONG)
        CompetencyDeterminationFactory(
            status="SUBMITTED", submitted_by=UserFactory(), submitted_at=datetime(2019, 9, 2, tzinfo=UTC)
        )

    page.goto("/ringkasan/")
    paper = page.pdf(prefer_css_page_size=True)

    assert page.locator(".finding").count() == 7
    assert len(PAGES.findall(paper)) == 1


@pytest.mark.parametrize("villages", [14, 416])
def test_a_regency_of_any_size_is_printed_on_one_a4(page_as, user_as, villages):
    page = page_as("leader")
    fill(villages, user_as("coordinator"))

    page.goto("/ringkasan/?periode=2019-T3")
    paper = page.pdf(prefer_css_page_size=True)

    assert page.locator(".finding").count() == 7
    assert page.get_by_role("link", name=re.compile(r"^dan \d+ desa lainnya")).is_visible()
    assert len(PAGES.findall(paper)) == 1


def test_an_installation_without_a_quarter_is_printed_on_one_page(page_as):
    page = page_as("leader")

    page.goto("/ringkasan/")

    assert page.get_by_text("Belum ada triwulan yang dibuka").is_visible()
    assert len(PAGES.findall(page.pdf(prefer_css_page_size=True))) == 1
