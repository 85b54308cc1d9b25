"""The back office in a browser: what is wrong stands where it is read, above its field and in line with it."""

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.factories import CommunityGroupFactory, VillageFactory

LEFT_EDGES = """() => [...document.querySelectorAll('.form-row.errors')].map((row) => {
  const left = (name) => Math.round(row.querySelector(name).getBoundingClientRect().left);
  return [left('.errorlist li'), left('label')];
})"""


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_errors_stand_in_line_with_their_fields(page_as, viewport):
    village = VillageFactory()
    page = page_as("district_admin", at=village.district.office, viewport=viewport)
    page.goto("/kelola/districts/communitygroup/add/")
    page.locator("#id_active_since").fill("2100")

    page.locator("[name=_save]").click()

    edges = page.evaluate(LEFT_EDGES)
    assert len(edges) >= 3
    assert [edge for edge in edges if abs(edge[0] - edge[1]) > 2] == []


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
def test_bands_stand_in_line_with_the_heading_and_carry_no_picture_under_their_words(page_as, viewport):
    group = CommunityGroupFactory()
    page = page_as("district_admin", at=group.village.district.office, viewport=viewport)
    left = "e => Math.round(e.getBoundingClientRect().left)"
    for button in ("_save", "index"):  # saved: green; an action for nothing: yellow
        if button == "_save":
            page.goto(f"/kelola/districts/communitygroup/{group.pk}/change/")
        page.locator(f"[name={button}]").click()

        band = page.locator(".messagelist li")
        assert band.evaluate(left) == page.locator("h1").evaluate(left)
        assert band.evaluate("e => getComputedStyle(e).backgroundImage") == "none"
        assert band.evaluate("e => getComputedStyle(e).paddingLeft") == "16px"
