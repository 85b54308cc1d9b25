"""All states x all steps of every chain, who may take each, and that two never take the same one."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import transaction

from p2emas import clock
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.models import Decree, StatusChange, User
from p2emas.workflow.models import Chain, StepConflict, StepNotAllowed
from programs.models import WorkPlan
from tests.conftest import TODAY
from tests.factories import AgencyFactory, AssignmentFactory, DecreeFactory, WorkPlanFactory
from tests.people import lead_agency, person_as

from .chains import APPLICANT, CHAINS, LEFT_OUT, NOT_THE_SENDER, OTHER_KIND, PERSONAL, WITHOUT_HISTORY

pytestmark = pytest.mark.django_db
MODELS = {model._meta.label: model for model in apps.get_models() if issubclass(model, Chain)}
STEPS = [(label, name) for label, row in CHAINS.items() for name in row.steps]
PAIRS = [(label, state, name) for label, row in CHAINS.items() for state in sorted(row.states) for name in row.steps]
ROLES = [*Role.values, "agency_operator of another agency", "agency_head of another agency", "admin"]


# --- The table and the code say the same -----------------------------------------------------------------------------


def test_every_chain_has_a_row():
    assert set(MODELS) == set(CHAINS)


@pytest.mark.parametrize("label", CHAINS)
def test_chain_holds_exactly_the_steps_of_its_row(label):
    model, row = MODELS[label], CHAINS[label]

    assert {
        name: (set(map(str, step.sources)), str(step.target), set(map(str, step.roles)), step.note_required)
        for name, step in model.STEPS.items()
    } == row.steps
    assert {code for code, _word in model._meta.get_field("status").choices} == row.states


@pytest.mark.parametrize("label", CHAINS)
def test_status_is_nobodys_to_edit(label):
    field = MODELS[label]._meta.get_field("status")

    assert not field.editable and field.default in CHAINS[label].states
    assert max(len(state) for state in CHAINS[label].states) <= min(field.max_length, 20)
    assert max(len(name) for name in CHAINS[label].steps) <= 30


@pytest.mark.parametrize("label", sorted(set(CHAINS) - WITHOUT_HISTORY))
def test_history_of_edits_leaves_the_status_and_its_stamps_out(label):
    tracked = {field.name for field in MODELS[label].history.model.tracked_fields}

    stamps = {"status", "submitted_by", "submitted_at", "decided_by", "decided_at", "claimed_by", "version"}
    assert tracked & stamps == set()


def test_every_state_but_the_first_is_reached_by_a_step():
    unreached = {
        (label, state)
        for label, row in CHAINS.items()
        for state in row.states - {MODELS[label]._meta.get_field("status").default}
        if state not in {target for _sources, target, _roles, _note in row.steps.values()}
    }

    assert unreached == set()


# --- All states x all steps -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """One record of each chain and everybody who might act on it, for all tests of this module.

    A record has every stamp set, in any state. Each test changes it in a transaction of its own.
    """

    keys: dict[str | tuple[str, str], int]
    people: dict[tuple[str, int | None], User]  # by role and agency

    def record(self, label: str, name: str = "") -> Chain:
        """One that can take step ``name``."""
        return MODELS[label]._base_manager.get(pk=self.keys.get((label, name), self.keys[label]))

    def in_state(self, label: str, state: str, name: str) -> Chain:
        """Moved into ``state`` without ``take_step``."""
        record = self.record(label, name)
        MODELS[label]._base_manager.filter(pk=record.pk).update(status=state)
        record.refresh_from_db()
        return record

    def person(self, who: str, record: Chain) -> User:
        agency = agency_of(record)
        return self.people.get((who, agency and agency.pk)) or self.people[who, None]

    def actor(self, label: str, name: str, record: Chain) -> User | None:
        """Who may take step ``name``; nobody where the applicant takes it."""
        if (label, name) in APPLICANT:
            return None
        if (label, name) in PERSONAL:
            person = getattr(record, PERSONAL[label, name])
            AssignmentFactory(user=person, role=Role.COORDINATOR, agency=lead_agency())
            return User.objects.get(pk=person.pk)
        return self.person(sorted(takers(label, name))[0], record)


def takers(label: str, name: str) -> set[str]:
    """Roles that take this step of the record of the stage."""
    return CHAINS[label].steps[name][2] - LEFT_OUT.get(label, set())


def agency_of(record: Chain):
    named = ("agency", "raised_by", "responsible")
    return next((agency for name in named if (agency := getattr(record, name, None)) is not None), None)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(TODAY):
            made = {label: row.make() for label, row in CHAINS.items()}
            made |= {pair: make() for pair, make in OTHER_KIND.items()}
            people = {(who, None): person_as(who) for who in ROLES}
            for agency in {agency_of(record) for record in made.values()} - {None}:
                for role in (*AGENCY_STAFF, Role.DISTRICT_ADMIN):
                    people[str(role), agency.pk] = person_as(role, at=agency)
        yield Stage({key: record.pk for key, record in made.items()}, people)
        transaction.set_rollback(True)


@pytest.mark.parametrize(("label", "state", "name"), PAIRS)
def test_step_moves_only_from_its_own_states(label, state, name, stage, monkeypatch):
    sources, target, _roles, _note = CHAINS[label].steps[name]
    monkeypatch.setattr(MODELS[label], "check_step", lambda self, name: None)  # completeness is the rooms' affair
    record = stage.in_state(label, state, name)
    actor = stage.actor(label, name, record)

    if state in sources:
        record.take_step(name, seen=state, actor=actor, note="Alasan.")
    else:
        with pytest.raises(StepConflict):
            record.take_step(name, seen=state, actor=actor, note="Alasan.")

    record.refresh_from_db()
    changes = [(c.step, c.old, c.new, c.actor, c.note) for c in record.status_changes()]
    assert record.status == (target if state in sources else state)
    assert changes == ([(name, state, target, actor, "Alasan.")] if state in sources else [])


@pytest.mark.parametrize(("label", "name"), STEPS)
def test_step_is_refused_when_the_record_has_left_the_state_that_was_seen(label, name, stage):
    sources, target, _roles, _note = CHAINS[label].steps[name]
    seen = sorted(sources)[0]
    record = stage.in_state(label, target, name)
    actor = stage.actor(label, name, record)

    with pytest.raises(StepConflict):
        record.take_step(name, seen=seen, actor=actor, note="Alasan.")

    assert StatusChange.objects.count() == 0


# --- Who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "name"), [pair for pair in STEPS if pair not in PERSONAL])
def test_only_the_roles_of_the_step_take_it(label, name, stage):
    record = stage.record(label, name)

    may = {who for who in ROLES if record.may_take(stage.person(who, record), name)}

    assert may == takers(label, name)
    assert record.may_take(None, name) == ((label, name) in APPLICANT)


@pytest.mark.parametrize(("label", "name"), PERSONAL)
def test_personal_step_belongs_to_its_person(label, name, stage):
    record = stage.record(label, name)

    assert {who for who in ROLES if record.may_take(stage.person(who, record), name)} == set()
    assert record.may_take(stage.actor(label, name, record), name)


@pytest.mark.parametrize("label", NOT_THE_SENDER)
def test_sender_never_decides_whatever_roles_he_holds(label, stage):
    record = stage.record(label)
    sender = record.submitted_by or AssignmentFactory().user
    MODELS[label]._base_manager.filter(pk=record.pk).update(submitted_by=sender)
    record.refresh_from_db()
    for role in (Role.COORDINATOR, Role.COORDINATOR_HEAD, Role.AGENCY_HEAD):
        own = getattr(record, "agency", None) or AgencyFactory()
        AssignmentFactory(user=sender, role=role, agency=lead_agency() if role in COORDINATORS else own)
    sender = type(sender).objects.get(pk=sender.pk)

    closed = {name for name in CHAINS[label].steps if not record.may_take(sender, name)}

    assert NOT_THE_SENDER[label] <= closed


@pytest.mark.parametrize(("label", "name"), STEPS)
def test_superuser_takes_no_step_even_with_an_assignment(label, name, stage):
    record = stage.record(label, name)
    admin = stage.person("admin", record)
    for role in (Role.COORDINATOR_HEAD, Role.AGENCY_OPERATOR):
        own = getattr(record, "agency", None) or AgencyFactory()
        AssignmentFactory(user=admin, role=role, agency=lead_agency() if role in COORDINATORS else own)
    admin = type(admin).objects.get(pk=admin.pk)
    if (label, name) in PERSONAL:
        setattr(record, PERSONAL[label, name], admin)

    assert not record.may_take(admin, name)


def test_inactive_person_takes_no_step(user_as):
    user = user_as("coordinator")
    user.is_active = False

    assert not WorkPlanFactory().may_take(user, "review")


def test_ended_assignment_takes_no_step(user_as):
    from datetime import date

    user = user_as("coordinator")
    user.assignments.update(valid_until=date(2019, 10, 7))

    assert not WorkPlanFactory().may_take(user, "review")


# --- take_step -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "note", "piece"), [
    ("auditor", "Alasan.", "tidak berwenang"),
    ("coordinator", "", "alasannya"),
    ("coordinator", " \n\t ", "alasannya"),
])  # fmt: skip
def test_refused_step_changes_nothing(user_as, who, note, piece):
    plan = WorkPlanFactory(status=WorkPlan.Status.REVIEWING)

    with pytest.raises(StepNotAllowed, match=piece) as refused:
        plan.take_step("return", seen=plan.status, actor=user_as(who), note=note)

    plan.refresh_from_db()
    assert not isinstance(refused.value, StepConflict)
    assert (plan.status, StatusChange.objects.count()) == (WorkPlan.Status.REVIEWING, 0)


def test_check_that_fails_undoes_status_stamps_and_row(user_as, monkeypatch):
    plan = WorkPlanFactory(status=WorkPlan.Status.REVIEWING)

    def missing(self, name):
        assert (self.status, self.decided_by_id) == (WorkPlan.Status.RETURNED, actor.pk)  # it sees what would be
        raise StepNotAllowed("Belum lengkap.")

    actor = user_as("coordinator")
    monkeypatch.setattr(WorkPlan, "check_step", missing)
    monkeypatch.setattr(WorkPlan, "step_stamp", lambda self, name, actor: {"decided_by": actor})

    with pytest.raises(StepNotAllowed, match="Belum lengkap"):
        plan.take_step("return", seen=plan.status, actor=actor, note="Alasan.")

    plan.refresh_from_db()
    assert (plan.status, plan.decided_by, plan.status_changes().count()) == (WorkPlan.Status.REVIEWING, None, 0)


def test_constraint_that_stands_in_the_way_is_a_sentence(user_as):
    decree = DecreeFactory(draft=True, number="")

    with pytest.raises(StepNotAllowed, match="Data belum lengkap untuk langkah ini"):
        decree.take_step("enact", seen=decree.status, actor=user_as("coordinator_head"))

    decree.refresh_from_db()
    assert (decree.status, decree.status_changes().count()) == (Decree.Status.DRAFT, 0)


def test_record_says_what_is_missing_before_the_constraint_does(user_as, monkeypatch):
    decree = DecreeFactory(draft=True, number="")

    def check_step(self, name):
        raise StepNotAllowed(f"Isi nomornya ({name}).")

    monkeypatch.setattr(Decree, "check_step", check_step)

    with pytest.raises(StepNotAllowed, match=r"Isi nomornya \(enact\)"):
        decree.take_step("enact", seen=decree.status, actor=user_as("coordinator_head"))


def test_stamps_of_the_call_win_over_those_of_the_model(user_as, monkeypatch):
    plan = WorkPlanFactory(status=WorkPlan.Status.REVIEWING)
    actor, other = user_as("coordinator"), user_as("coordinator")
    monkeypatch.setattr(WorkPlan, "step_stamp", lambda self, name, actor: {"decided_by": actor, "version": 7})

    plan.take_step("return", seen=plan.status, actor=actor, note="Alasan.", decided_by=other)

    assert (plan.decided_by, plan.version) == (other, 7)


def test_stamp_that_the_edit_history_follows_is_a_mistake_of_the_programmer(user_as):
    plan = WorkPlanFactory(status=WorkPlan.Status.REVIEWING)

    with pytest.raises(TypeError, match="sequence"):
        plan.take_step("return", seen=plan.status, actor=user_as("coordinator"), note="Alasan.", sequence=7)

    assert not plan.status_changes().exists()


def test_open_steps_are_those_of_role_and_state(user_as):
    plan = WorkPlanFactory(status=WorkPlan.Status.SUBMITTED)

    assert [name for name, _step in plan.open_steps(user_as("coordinator"))] == ["review"]
    assert [name for name, _step in plan.open_steps(user_as("agency_operator", at=plan.agency))] == ["withdraw"]
    assert plan.open_steps(user_as("auditor")) == []


def test_last_change_and_when_the_state_began(user_as):
    plan = WorkPlanFactory(status=WorkPlan.Status.SUBMITTED)
    assert (plan.last_change(), plan.entered_at()) == (None, None)
    actor = user_as("coordinator")
    review = plan.take_step("review", seen="SUBMITTED", actor=actor)
    returned = plan.take_step("return", seen="REVIEWING", actor=actor, note="Alasan.")

    assert (plan.last_change(), plan.last_change("review")) == (returned, review)
    assert plan.entered_at() == returned.at
    assert str(review) == "review: SUBMITTED -> REVIEWING"


# --- Two at once ---------------------------------------------------------------------------------------------------


def test_second_of_two_that_saw_the_same_is_told(user_as):
    plan = WorkPlanFactory(status=WorkPlan.Status.REVIEWING)
    first, second = (WorkPlan.objects.get(pk=plan.pk) for _ in range(2))

    first.take_step("return", seen="REVIEWING", actor=user_as("coordinator"), note="Pertama.")
    with pytest.raises(StepConflict):
        second.take_step("return", seen="REVIEWING", actor=user_as("coordinator"), note="Kedua.")

    assert [change.note for change in plan.status_changes()] == ["Pertama."]
