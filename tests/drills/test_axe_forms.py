"""axe, width and targets of the answers to forms: refused with their errors beside the fields, and done."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Watch, browser_type_launch_args  # noqa: F401
from tests.crawling import Found, view_name
from tests.drills.looking import MAIN, forms_on, kind_of, send_form
from tests.drills.reach import APPLICANTS, ROLES, Reach
from tests.serving import Installation, Server

LAST = ("coordinator", "admin", "coordinator_head")  # they can take away what the others need
WRITERS = (*APPLICANTS, *(role for role in ROLES if role not in LAST), *LAST)
ENDS_THE_SESSION = {"account_logout", "account_change_password", "usersessions_list"}
STEPS = ("-step", "-submit", "-open", "-decide", "-delete", "-close")
REFUSALS = ("400 POST", "403 POST", "409 POST", "429 POST", "console: Failed to load resource")


class Forms:
    """Sends each form once, whoever reaches it first, and looks once at each kind of answer."""

    def __init__(self, reach: Reach, *, blank: bool) -> None:
        self.reach, self.blank = reach, blank
        self.tried: set[str] = set()
        self.answers: set[tuple[str, str]] = set()

    def send_all(self, browser: Browser, role: str, targets: list[Found]) -> list[str]:
        problems: list[str] = []
        with self.reach.page_as(browser, role) as (page, watch):
            for target in sorted(targets, key=moves_on):
                if self._is_new(target):
                    problems += self._send_those_of(page, watch, target)
        return problems

    def _is_new(self, target: Found) -> bool:
        view = kind_of(target.view)
        main = MAIN.search(target.body.decode()) if target.is_page else None
        return bool(main) and 'method="post"' in main[0] and view not in self.tried | ENDS_THE_SESSION

    def _send_those_of(self, page: Page, watch: Watch, target: Found) -> list[str]:
        self.tried.add(kind_of(target.view))
        page.goto(target.path)
        problems, count = [], forms_on(page)
        for number in range(count):
            if number and (page.goto(target.path).status != 200 or forms_on(page) != count):
                break  # the answer to the one before took it away
            watch.problems.clear()
            status = send_form(page, number, blank=self.blank)
            problems += self._answer(page, watch, f"answer {status} of {target.path}", target, status)
        return problems

    def _answer(self, page: Page, watch: Watch, name: str, target: Found, status: int) -> list[str]:
        refused = status >= 400 or page.title().startswith("Galat")
        view = target.view if refused else view_name(urlsplit(page.url).path)
        answer = (kind_of(view), str(status) if refused else "done")
        if answer in self.answers:
            return []
        self.answers.add(answer)
        watch.problems[:] = [problem for problem in watch.problems if not problem.startswith(REFUSALS)]
        return self.reach.looker.look(page, watch, name=name)


def moves_on(target: Found) -> bool:
    """Steps come last: what is submitted can be edited no longer."""
    return target.view.endswith(STEPS)


@pytest.fixture(scope="module", params=["blank", "as it stands"])
def forms(filled, workshop, request) -> Iterator[Forms]:
    """On a copy of the demo, where forms may be sent."""
    folder = workshop / f"written {request.param}"
    installation = Installation(folder, DEMO_TODAY="2019-10-08").prepare(template=filled.installation)
    with Server(installation) as server:
        yield Forms(Reach(installation, server, further=filled.further), blank=request.param == "blank")
    installation.remove()


@pytest.mark.parametrize("role", WRITERS)
def test_answers_to_forms_are_accessible(forms, filled, browser: Browser, role):
    problems = forms.send_all(browser, role, filled.found(role))
    assert not problems, "\n".join(problems)


def test_forms_were_refused_and_done(forms, filled, browser: Browser):
    """What the looks above are worth; where it runs alone, it sends those of one role itself."""
    if not forms.answers:
        forms.send_all(browser, "coordinator", filled.found("coordinator"))

    assert {outcome for _view, outcome in forms.answers} >= {"200", "done"}
