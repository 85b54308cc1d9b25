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

    assert page.locator(".finding").count() == 6
    assert len(PAGES.findall(paper)) == 1
