"""Anything that a browser can send, to any address: a page of ours, never an error. `make drills` sends each form 500 values."""

import logging
from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests import fuzzing, situations, worlds
from tests import permission_table as table
from tests.addresses import address_of, takes_get, takes_post
from tests.crawling import view_name
from tests.drawing import pages

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
EXAMPLES, QUERIES = 5, 4  # of each form on each database; `make drills` has 500
VERBS = ("put", "delete", "options", "head")
BODIES = {
    "application/json": b'{"a": [',
    "multipart/form-data": b"no boundary",
    "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="a\r\n\r\n\x00\xff',
    "application/x-www-form-urlencoded; charset=utf-7": b"a=%ff&&==&%",
    "": b"\xff\x00",
}
# What has no page with a form of its own: a button on another page sends it, and nothing that is typed.
BUTTONS = {
    "calendar:address-end", "calendar:address-make", "coordination:minutes-draft", "dashboards:summary-send",
    "drafts:draft-drop", "drafts:draft-open", "drafts:draft-save",  # the page itself sends the last two
    "aid:handover-fill",  # its form is behind a code that somebody was given
    "evaluation:evaluation-compute", "evaluation:evaluation-create", "evaluation:package-create",
    "fieldwork:photo-receive", "fieldwork:visit-receive",  # a phone sends them
    "fieldwork:sale-strike", "fieldwork:visit-correct", "fieldwork:visit-drop", "fieldwork:visit-reply",
    "imports:import-layout", "planning:file-columns",  # their forms are where a table has columns that nobody knows
    "imports:import-apply", "imports:lane-apply", "imports:lane-columns", "imports:lane-undo", "locations:photo-remove", "locations:run-start", "locations:weights-use",
    "mfa_download_recovery_codes", "notifications:notifications-read", "outbox:message-retry", "planning:file-apply", "planning:file-undo", "recruitment:application-export", "recruitment:leave",
    "reporting:decision-undo", "reporting:report-file-remove", "reporting:report-take-plan",
    "reporting:report-video-remove",
    "reporting:verification-claim", "reporting:verification-start", "staffing:invitation-copy", "staffing:invitation-resend",
    "staffing:user-reactivate", "training:course-close", "training:course-reopen", "training:participant-remove",
    "usersessions_list",
    "recruitment:round-submit",  # its page has a form, of one hidden value, once every choice is marked
}  # fmt: skip
QUICK = ("", "multipart/form-data; boundary=x")  # the drills send all of them


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as standing:
        yield standing
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def fuzzer(world) -> Iterator[fuzzing.Fuzzer]:
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=24 * 3600):  # a slow run asks for no password again
        yield fuzzing.Fuzzer(world)


@pytest.mark.parametrize("row", table.ROWS, ids=lambda row: row.name)
def test_every_form_takes_whatever_is_sent(fuzzer, row):
    fuzzed = fuzzer.fuzz_forms(row, examples=EXAMPLES, seeded=True)

    assert fuzzed or not takes_post(row)


@pytest.mark.parametrize("situation", situations.NAMES)
def test_every_form_that_needs_something_before_takes_it_too(fuzzer, situation):
    assert fuzzer.fuzz_situation(situation, examples=EXAMPLES, seeded=True)


def test_no_form_of_ours_is_left_out(fuzzer):
    """Everything that takes a POST shows its form somewhere here, or has none: its button is on another page."""
    shown = {view_name(each.sends or each.address) for each in fuzzer.situations.all.values()}
    ours = [row for row in table.ROWS if takes_post(row) and not row.name.startswith("admin:")]
    hidden = {row.name for row in ours if any(target.made_up for target in fuzzer.targets(row))}

    assert hidden - shown == BUTTONS
    assert set(fuzzer.situations.all) == set(situations.NAMES)


@pytest.mark.parametrize("row", [row for row in table.ROWS if takes_get(row)], ids=lambda row: row.name)
def test_every_page_takes_any_query_string(fuzzer, row):
    fuzzer.fuzz_query(row, examples=2 if row.name.startswith("admin:") else QUERIES, seeded=True)


def test_every_address_takes_any_path(world, fuzzer):
    asked = [(row, path) for row in table.ROWS for path in fuzzing.wild_paths(world, row)]

    refused = set()  # nearly all are, and of each room one refusal of each kind is drawn
    for row, path in asked:
        for verb in ("get", "post") if takes_post(row) else ("get",):
            request = ("admin" if row.name.startswith("admin:") else "coordinator_head", verb, path)
            with pages(drawn=False):
                status = fuzzer.ask(*request).status_code
            kind = row.name.partition(":")[0], status
            if status == 200 or kind not in refused:
                refused.add(kind)
                fuzzer.ask(*request)
    assert len(asked) > 100


@pytest.mark.parametrize(
    "content_type", [pytest.param(kind, marks=[] if kind in QUICK else pytest.mark.drill) for kind in BODIES]
)
def test_every_address_takes_any_verb_and_body(world, fuzzer, content_type):
    seen = set()  # a verb that no address takes gets the same page everywhere
    for row in table.ROWS:
        who, address = fuzzer.visitor(row), address_of(world, row, worlds.OURS)
        verbs = VERBS if content_type == "" else ("post",) if takes_post(row) else ()
        for verb in verbs:
            with pages(drawn=verb == "post" or (who, verb) not in seen):
                fuzzer.ask(who, verb, address, BODIES[content_type], content_type)
            seen.add((who, verb))


def test_an_error_of_ours_is_noticed(fuzzer, monkeypatch):
    """The guard itself: a reader of the query string that cannot take what is no number."""
    monkeypatch.setattr("p2emas.ui.paging._size", lambda query, size: int(query.get("baris", size)))

    with pytest.raises(ValueError, match="invalid literal"):
        fuzzer.fuzz_query(table.row("reporting:report-list", "* 200"), examples=20, seeded=True)


def test_wild_values_reach_every_control():
    form = fuzzing.page_forms('<form><input name="a"><input type="file" name="b"><input type="hidden" name="c"></form>')
    seen: dict[str, set[str]] = {"a": set(), "b": set(), "c": set()}

    def note(pairs: fuzzing.Pairs) -> None:
        for name, value in pairs:
            seen.get(name, set()).add(str(value))

    fuzzing.fuzzed(fuzzing.filled_in(form[0]), note, examples=20, seeded=True)

    assert min(len(values) for values in seen.values()) >= 5
