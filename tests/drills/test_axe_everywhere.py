"""axe, width and targets of every page that each role of the demo reaches by links, with data and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import browser_type_launch_args  # noqa: F401
from tests.drills.looking import look_at
from tests.drills.reach import APPLICANTS, ROLES, Reach, ask
from tests.permission_table import ROWS, SAME, answers
from tests.serving import Installation, Server


@pytest.mark.parametrize("role", (*ROLES, *APPLICANTS))
def test_every_link_of_a_role_leads_somewhere(filled, role):
    """No link that a page shows is missing, forbidden or broken for the one who sees it."""
    found = filled.found(role)
    wrong = [f"{page.status} {page.path}" for page in found if page.status >= 400 and page.linked]
    assert not wrong, "\n".join(wrong)
    assert sum(page.is_page for page in found) >= 3


@pytest.mark.parametrize("role", (*ROLES, *APPLICANTS))
def test_every_page_of_a_role_is_accessible(filled, browser: Browser, role):
    problems = filled.problems(browser, role)
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="module")
def empty(prepared, filled, workshop) -> Iterator[Reach]:
    """The morning after the installation: people, and nothing that they have done; what looks like the demo is known."""
    installation = Installation(workshop / "empty", postgres=prepared.postgres, name="empty").prepare(template=prepared)
    ask(installation, f"people({ROLES[1:]!r})")
    with Server(installation) as server:
        yield Reach(installation, server, seen=filled.looker.seen)
    installation.remove()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_without_data_is_accessible(empty, browser: Browser, role):
    problems = empty.problems(browser, role)
    assert not problems, "\n".join(problems)


def test_drill_sees_what_it_looks_for(browser: Browser):
    """The drill's own test: a page that is too wide, has a tiny button and a picture without words."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    sound = '<!doctype html><html lang="id"><title>Uji</title><main><h1>Uji</h1>{}</main></html>'
    planted = {
        "px wide": '<p style="width: 500px">lebar</p>',
        "smaller than 24 x 24": '<button style="width: 20px; height: 20px; padding: 0">x</button>',
        "image-alt": '<img src="data:,">',
        "color-contrast": '<p style="color: #999">pudar</p>',
        "target-size": '<a style="display: inline-block" href="#a">a</a><a style="display: inline-block" href="#b">b</a>',
        "label": '<input type="text" style="width: 100px; height: 44px">',
    }
    page.set_content(sound.format(""))
    assert look_at(page) == []
    for rule, damage in planted.items():
        page.set_content(sound.format(damage))
        assert rule in "\n".join(look_at(page)), rule
    page.close()


# Answered with 200 somewhere, and no page of their own that a link leads to.
NO_PAGE = {
    "aid:handover-paper": "a file",
    "health": "a word for machines",
    "ready": "a word for machines",
    "admin:jsi18n": "a script",
    "admin:p2emas_papertemplate_download": "a file",
    "calendar:public-file": "a file",
    "competencies:determination-minutes": "a file",
    "coordination:meeting-attendance": "a file",
    "coordination:meeting-invitations": "a file",
    "coordination:meeting-material": "a file",
    "coordination:meeting-minutes": "a file",
    "documents:file-download": "a file",
    "fieldwork:field-data": "a file for the phone",
    "fieldwork:field-worker": "a script",
    "fieldwork:month-report-docx": "a file",
    "fieldwork:month-report-pdf": "a file",
    "exports:list-download": "a file",
    "imports:problem-download": "a file",
    "imports:lane-workbook": "a file",
    "imports:template-download": "a file",
    "locations:round-minutes-docx": "a file",
    "locations:round-minutes-pdf": "a file",
    "placements:contract-docx": "a file",
    "placements:contract-pdf": "a file",
    "profiles:decree-paper": "a file",
    "profiles:village-csv": "a file",
    "recruitment:interview-letter": "a file",
    "recruitment:interview-letters": "a file",
    "recruitment:interview-letters-docx": "a file",
    "recruitment:result-papers": "a file",
    "recruitment:round-minutes-docx": "a file",
    "recruitment:round-minutes-pdf": "a file",
    "recruitment:round-poster": "a file",
    "reporting:report-paper": "a file",
    "dashboards:summary-pdf": "a file",
    "outbox:message-docx": "a file",
    "outbox:message-pdf": "a file",
    "reporting:reminder-docx": "a file",
    "reporting:reminder-pdf": "a file",
    "reporting:report-receipt-pdf": "a file",
    "training:attendance-sheet": "a file",
}


def has_page(text: str) -> bool:
    return 200 in answers(text).values()


def test_every_address_of_the_table_is_looked_at(filled):
    """Whatever has a page for anybody is reached by somebody, or stands above with its reason."""
    pages = {row.name for row in ROWS for text in (row.get, row.theirs) if text not in ("", SAME) and has_page(text)}
    reached = {found.view for role in ROLES for found in filled.found(role) if found.is_page}

    unseen, needless = sorted(pages - reached - set(NO_PAGE)), sorted(set(NO_PAGE) - pages | set(NO_PAGE) & reached)
    assert not unseen, "\n".join(unseen)
    assert not needless, "\n".join(needless)
