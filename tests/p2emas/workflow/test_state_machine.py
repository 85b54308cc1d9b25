"""Long walks through a chain: several people with pages of different age, against the table written by hand.

What the walk may do is ``chains.py``; a chain that drifts from it, a stale page that moves a record, a sender who
decides, or a step without its line in the history ends the walk.
"""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from p2emas import clock
from p2emas.accounts.roles import Role
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import ProgressReport, WorkPlan
from tests.conftest import TODAY
from tests.factories import AssignmentFactory, ProgressReportFactory, WorkPlanFactory
from tests.people import lead_agency, person_as

from .chains import CHAINS, NOT_THE_SENDER

PEOPLE = ("operator", "head of agency", "stranger", "coordinator", "another coordinator", "head", "both", "nobody")
PAGES = ("first", "second")
OPERATOR_SIDE = {"operator", "head of agency", "both"}
HOW = {
    "stateful_step_count": 40,
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
LEAD_SIDE = {"coordinator", "another coordinator", "head", "both"}


def report_stamps(name: str, actor: Any) -> dict[str, Any]:
    """What the services of reports set along with a step."""
    return {
        "submit": {
            "submitted_by": actor, "submitted_at": clock.now(), "first_submitted_at": clock.now(),
            "claimed_by": None, "decided_by": None, "decided_at": None,
        },
        "claim": {"claimed_by": actor},
        "approve": {"decided_by": actor, "decided_at": clock.now()},
        "return": {"decided_by": actor, "decided_at": clock.now()},
        "undo": {"claimed_by": actor, "decided_by": None, "decided_at": None},
        "reopen": {"claimed_by": None, "decided_by": None, "decided_at": None},
    }.get(name, {})  # fmt: skip


def plan_stamps(name: str, _actor: Any) -> dict[str, Any]:
    return {"set": {"budget_doc_no": "DPA 1.05/2019", "effective_on": date(2019, 1, 2)}}.get(name, {})


class Walk(RuleBasedStateMachine):
    model: type
    make: Any
    stamps: Any
    reached: set[str]
    stale: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.row, self.record = CHAINS[self.model._meta.label], type(self).make()
        self.state, self.taken, self.sender, self.decider = self.record.status, [], None, None
        agency = self.record.agency
        self.people = {
            "operator": person_as(Role.AGENCY_OPERATOR, at=agency),
            "head of agency": person_as(Role.AGENCY_HEAD, at=agency),
            "stranger": person_as(Role.AGENCY_OPERATOR),
            "coordinator": person_as(Role.COORDINATOR),
            "another coordinator": person_as(Role.COORDINATOR),
            "head": person_as(Role.COORDINATOR_HEAD),
            "both": person_as(Role.AGENCY_OPERATOR, at=agency),
            "nobody": None,
        }
        AssignmentFactory(user=self.people["both"], role=Role.COORDINATOR, agency=lead_agency())
        self.pages = {page: self.fetch() for page in PAGES}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def fetch(self) -> Any:
        return self.model._base_manager.get(pk=self.record.pk)

    def may(self, who: str, name: str) -> bool:
        roles = self.row.steps[name][2]
        if name == "undo" and who != self.decider:
            return False
        if who == self.sender and name in NOT_THE_SENDER[self.model._meta.label]:
            return False
        if "agency_operator" in roles:
            return who in OPERATOR_SIDE
        return who in (LEAD_SIDE if "coordinator" in roles else {"head"})

    @rule(page=st.sampled_from(PAGES))
    def look_again(self, page: str) -> None:
        self.pages[page] = self.fetch()

    @rule(
        page=st.sampled_from(PAGES), who=st.sampled_from(PEOPLE), data=st.data(), note=st.sampled_from(["", "Alasan."])
    )
    def take(self, page: str, who: str, data: Any, note: str) -> None:
        self._take(page, who, data.draw(st.sampled_from(sorted(self.row.steps))), note)

    @rule(page=st.sampled_from(PAGES), who=st.sampled_from(PEOPLE), data=st.data())
    @precondition(lambda self: any(self.state in sources for sources, *_rest in self.row.steps.values()))
    def go_on(self, page: str, who: str, data: Any) -> None:
        """A step that leads on from the present state, so that walks get far."""
        names = sorted(name for name, (sources, *_rest) in self.row.steps.items() if self.state in sources)
        self._take(page, who, data.draw(st.sampled_from(names)), "Alasan.")

    def _take(self, page: str, who: str, name: str, note: str) -> None:
        record, actor = self.pages[page], self.people[who]
        sources, target, _roles, note_needed = self.row.steps[name]
        fresh = record.status == self.state
        legal = fresh and self.state in sources and self.may(who, name) and (note or not note_needed)
        try:
            record.take_step(name, seen=record.status, actor=actor, note=note, **type(self).stamps(name, actor))
        except (StepConflict, StepNotAllowed) as refusal:
            assert not legal, f"{who} may {name} from {self.state}: {refusal}"
            self.stale += [name] * (not fresh)
            return
        assert legal, f"{who} took {name} from {self.state} on a page of {record.status}"
        self.taken.append((name, self.state, target))
        self.state = target
        self.reached.add(target)
        self.sender = who if name == "submit" else self.sender
        self.decider = (
            who
            if name in {"approve", "return", "set"}
            else None
            if name in {"undo", "submit", "reopen"}
            else self.decider
        )

    @invariant()
    def record_stands_where_its_history_leads(self) -> None:
        stored = self.fetch()
        changes = [(change.step, change.old, change.new) for change in stored.status_changes().order_by("pk")]
        assert (stored.status, changes) == (self.state, self.taken)
        assert stored.decided_by_id is None or stored.decided_by_id != stored.submitted_by_id


def walk(model: type, make: Any, stamps: Any) -> type[Walk]:
    return type("WalkOf", (Walk,), {
        "model": model, "make": staticmethod(make), "stamps": staticmethod(stamps), "reached": set(), "stale": [],
    })  # fmt: skip


WALKS = {
    "report": (ProgressReport, partial(ProgressReportFactory, has_obstacles=False), report_stamps),
    "plan": (WorkPlan, WorkPlanFactory, plan_stamps),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", WALKS)
def test_walks_of_many_people_keep_the_chain(name, monkeypatch):
    model, make, stamps = WALKS[name]
    monkeypatch.setattr(model, "check_step", lambda self, name: None)  # completeness is the room's affair
    machine = walk(model, make, stamps)

    with clock.at(TODAY):
        run_state_machine_as_test(machine, settings=settings(max_examples=10, **HOW))

    first = {model._meta.get_field("status").default}
    assert machine.reached | first == CHAINS[model._meta.label].states
    assert machine.stale


@pytest.mark.django_db
def test_step_that_trusts_an_old_page_ends_the_walk(monkeypatch):
    """Without the compare-and-swap."""

    def careless(self, name, seen, stamp):
        return type(self)._base_manager.filter(pk=self.pk).update(status=self.STEPS[name].target, **stamp)

    monkeypatch.setattr(WorkPlan, "_move", careless)
    monkeypatch.setattr(WorkPlan, "check_step", lambda self, name: None)

    with clock.at(TODAY), pytest.raises(AssertionError, match="on a page of"):
        run_state_machine_as_test(walk(*WALKS["plan"]), settings=settings(max_examples=10, **HOW))
