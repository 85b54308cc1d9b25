"""A function that a later module provides: called where it is asked, and missed before anybody asks."""

import pytest
from django.core.checks import run_checks

from p2emas.workflow import hooks
from p2emas.workflow.hooks import Hook


@pytest.fixture
def hook(monkeypatch) -> Hook[[int], str]:
    monkeypatch.setattr(hooks, "_hooks", [])
    return Hook("the word of a number")


def test_answers_with_the_function_that_was_provided(hook):
    @hook.provide
    def word(number: int) -> str:
        return f"number {number}"

    assert hook(3) == "number 3"
    assert word(3) == "number 3"
    assert hooks.provided() == []


def test_call_fails_while_nobody_provides_it(hook):
    with pytest.raises(RuntimeError, match="nobody provides the word of a number"):
        hook(3)


def test_check_names_what_nobody_provides(hook):
    assert [problem.msg for problem in run_checks() if problem.id == "p2emas.E010"] == [
        "nobody provides the word of a number"
    ]


def test_second_function_is_refused(hook):
    hook.provide(str)

    with pytest.raises(RuntimeError, match="has its function already"):
        hook.provide(repr)


def test_every_hook_of_the_houses_is_provided():
    assert hooks._hooks
    assert hooks.provided() == []
