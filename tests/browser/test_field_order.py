"""What a screen reader says of the pages in the field comes in the order in which the eye finds it."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW
from tests.browser.test_three_days_offline import open_field
from tests.facilitator_factories import PlacementFactory

SPOKEN = {"heading", "link", "button", "textbox", "combobox", "checkbox", "radio", "Date", "spinbutton"}
SAME_LINE = 30  # points; a link beside another is not below it


def spoken(page: Page) -> list[tuple[str, str, float]]:
    """Role, name and upper edge of what the accessibility tree holds inside the content, in its order."""
    tools = page.context.new_cdp_session(page)
    nodes = {each["nodeId"]: each for each in tools.send("Accessibility.getFullAXTree")["nodes"]}
    found: list[tuple[str, str, float]] = []

    def walk(node: dict, inside: bool) -> None:
        role = node.get("role", {}).get("value")
        if role in SPOKEN and inside and not node.get("ignored"):
            box = tools.send("DOM.getBoxModel", {"backendNodeId": node["backendDOMNodeId"]})
            found.append((role, node.get("name", {}).get("value", ""), box["model"]["border"][1]))
        for child in node.get("childIds", ()):
            if child in nodes:
                walk(nodes[child], inside or role == "main")

    walk(next(node for node in nodes.values() if "parentId" not in node), False)
    return found


def in_order(page: Page) -> list[str]:
    """The names, once each has been found no higher than what was said before it."""
    found = spoken(page)
    for (_role, before, above), (_next_role, after, below) in pairwise(found):
        assert below >= above - SAME_LINE, f"{after!r} is spoken after {before!r} and is above it"
    assert all(name for _role, name, _edge in found), found
    return [name for _role, name, _edge in found]


def test_field_pages_are_spoken_in_the_order_of_the_eye(page_as, client_as, live_server):
    client = client_as("facilitator")
    placement = PlacementFactory(facilitator__user=client.user)
    page = page_as("anonymous", viewport=NARROW)
    session = client.cookies["sessionid"]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    open_field(page)
    names = in_order(page)
    assert names[0] == str(placement.target_location.village)
    assert names.index("Buat laporan kunjungan") < names.index("Harus dilakukan") < names.index("Belum selesai")

    open_field(page, "/lapangan/luring/")
    assert in_order(page)[:2] == ["Di HP ini", "Buat laporan kunjungan"]
    page.get_by_role("link", name="Buat laporan kunjungan").click()
    titles = []
    for number in range(1, 6):
        page.locator(f"[data-langkah='{number}']").wait_for()
        titles.append(in_order(page)[1])
        if number == 2:
            page.get_by_label("Perempuan").fill("3")
            page.get_by_label("Laki-laki").fill("0")
            page.get_by_label("Yang dilihat dan dibicarakan").fill("Dibaca.")
            page.get_by_label("Tidak ada").check()
        if number < 5:
            page.locator(f"[data-langkah='{number}'] button[type=submit]").click()
    assert titles == ["Di mana dan kapan", "Apa yang terjadi", "Foto", "Tempat", "Periksa"]
    page.evaluate("document.querySelector('#laporan .row-line').style.cssText = 'position: relative; top: 400px'")
    with pytest.raises(AssertionError, match="is spoken after"):
        in_order(page)
