"""What is to be passed on from group to group, or given back by a day: beside the obstacles until it is done."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.accounts.roles import Role
from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.page import PackagePage, duties_of
from programs.aid.waiting import aid_tasks
from tests.factories import (
    AidCheckFactory,
    AidDutyFactory,
    AidPackageFactory,
    CommunityGroupFactory,
    HolderStatementFactory,
    RevolvingStepFactory,
    TargetLocationFactory,
    UserFactory,
    VillageScopeFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 8)


@pytest.fixture
def duty():
    """2,000 of 8,000 fingerlings by 24 October 2019."""
    return AidDutyFactory(package__quantity=8000, package__item="Benih lele", quantity=2000, due_on=date(2019, 10, 24))


@pytest.fixture
def neighbours():
    village = TargetLocationFactory().village
    return [CommunityGroupFactory(village=village) for _each in range(2)]


def read(duty) -> AidDuty:
    return AidDuty.objects.with_passed().for_table().get(pk=duty.pk)


def move(client, duty, to, quantity, day="01-10-2019", by=None):
    typed = {"from_group": (by or duty.package.group).pk, "to_group": to.pk, "moved_on": day, "quantity": quantity}
    return client.post(reverse("aid:step-record", args=[duty.pk]), typed)


def test_what_is_left_is_what_the_first_group_has_not_passed_on(client_as, duty, neighbours):
    second, third = neighbours
    client = client_as("coordinator")

    move(client, duty, second, "700")
    move(client, duty, second, "500", "02-10-2019")
    move(client, duty, third, "400", "03-10-2019", by=second)  # onwards: it fulfils nothing of the first group

    assert (read(duty).passed, read(duty).left) == (1200, 800)
    assert [(s.from_group, s.to_group, s.quantity) for s in duty.steps.for_table()] == [
        (duty.package.group, second, 700),
        (duty.package.group, second, 500),
        (second, third, 400),
    ]
    page = client.get(duty.package.get_absolute_url()).content.decode()
    assert "1.200 ekor, masih 800" in page and "Sisa 12 hari kerja" in page


@pytest.mark.parametrize(
    ("quantity", "day", "sentence"),
    [
        ("2.001", "01-10-2019", "Isi paling banyak 2.000"),
        ("0", "01-10-2019", "Isi jumlah lebih dari nol"),
        ("5", "23-10-2018", "Barang berpindah sesudah diserahkan"),
        ("5", "09-10-2019", "Isi tanggal 8 Oktober 2019 atau sebelumnya"),
    ],
)
def test_a_step_that_cannot_be_is_refused_in_a_sentence(client_as, duty, neighbours, quantity, day, sentence):
    answer = move(client_as("coordinator"), duty, neighbours[0], quantity, day)

    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not RevolvingStep.objects.exists()


def test_a_group_passes_on_no_more_than_it_received_and_a_second_click_nothing(client_as, duty, neighbours):
    second, third = neighbours
    client = client_as("coordinator")
    assert move(client, duty, second, "700").status_code == 302

    assert "Isi paling banyak 700" in move(client, duty, third, "701", by=second).content.decode()
    assert "sudah dicatat" in move(client, duty, second, "700").content.decode()
    assert RevolvingStep.objects.count() == 1


def test_the_facilitator_writes_a_step_down_and_the_agency_the_duty(client_as, neighbours):
    package = AidPackageFactory(handed=True)
    operator, facilitator = client_as("agency_operator", at=package.agency), client_as(Role.FACILITATOR)
    VillageScopeFactory(user=facilitator.user, village=package.village)
    url = reverse("aid:duty-create", args=[package.pk])
    typed = {"kind": "PASS_ON", "quantity": "3", "to_group": neighbours[0].pk, "due_on": "24-10-2019"}

    assert operator.post(url, typed).status_code == 302
    duty = AidDuty.objects.get()
    assert "sudah dicatat" in operator.post(url, typed).content.decode()
    assert facilitator.get(reverse("aid:duty-edit", args=[duty.pk])).status_code == 403
    assert move(facilitator, duty, neighbours[0], "2").status_code == 302


def test_a_return_goes_to_nobody_and_is_beside_the_obstacles_until_it_is_done(client_as):
    duty = AidDutyFactory(kind="RETURN", quantity=12, due_on=date(2019, 10, 1), clause="NPHD pasal 5")
    AidDutyFactory(quantity=5, due_on=date(2019, 12, 1))  # of another agency
    client = client_as("agency_operator", at=duty.package.agency)

    page = client.get(reverse("obstacles:obstacle-list")).content.decode()

    assert "Kewajiban dari paket bantuan" in page and "Dikembalikan: 12 ekor" in page and "Lewat batas" in page
    assert len(duties_of(client.user, ON)) == 1
    client.post(
        reverse("aid:step-record", args=[duty.pk]),
        {"from_group": duty.package.group_id, "moved_on": "07-10-2019", "quantity": "12"},
    )
    assert not duties_of(client.user, ON)
    assert "Kewajiban dari paket" not in client.get(reverse("obstacles:obstacle-list")).content.decode()


def test_a_late_duty_says_by_how_many_working_days(duty):
    shown = PackagePage(duty.package, UserFactory(is_superuser=True), date(2019, 10, 28)).duties

    assert [row.late for row in shown] == ["Lewat 2 hari kerja"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("programs_aidduty_quantity", {"quantity": 0}),
        ("programs_aidduty_returned_to_nobody", {"kind": "RETURN", "to_group": True}),
    ],
)
def test_duties_that_the_table_refuses(name, fields):
    if "to_group" in fields:
        fields = fields | {"to_group": CommunityGroupFactory()}
    package = AidPackageFactory(handed=True)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AidDutyFactory(package=package, **fields)


def test_steps_that_the_table_refuses(duty):
    group = duty.package.group
    with pytest.raises(IntegrityError, match="programs_revolvingstep_elsewhere"), transaction.atomic():
        RevolvingStepFactory(duty=duty, from_group=group, to_group=group)
    with pytest.raises(IntegrityError, match="programs_revolvingstep_quantity"), transaction.atomic():
        RevolvingStepFactory(duty=duty, from_group=group, quantity=0)


def test_checks_that_are_due_are_in_the_field_home_of_who_counts(client_as):
    late = AidPackageFactory(handed_on=date(2019, 3, 1))
    AidPackageFactory(handed_on=date(2019, 3, 1))  # of another village
    client = client_as(Role.FACILITATOR)
    VillageScopeFactory(user=client.user, village=late.village)
    home = reverse("fieldwork:field-home")

    page = client.get(home).content.decode()
    assert f'{reverse("aid:package-list")}?keadaan=jatuh-tempo">Periksa 1 paket bantuan' in page
    rows = client.get(reverse("aid:package-list"), {"keadaan": "jatuh-tempo"}).context["rows"]
    assert [row.package for row in rows] == [late]
    AidCheckFactory(package=late, checked_on=date(2019, 9, 1))
    assert "paket bantuan" not in client.get(home).content.decode()


def test_the_home_page_has_at_most_checks_overdue_and_shortages(client_as):
    late = AidPackageFactory(handed_on=date(2019, 3, 1))
    short = HolderStatementFactory(package__handed_on=date(2019, 9, 1)).package
    done = AidPackageFactory(handed_on=date(2019, 3, 1))
    AidCheckFactory(package=done, checked_on=date(2019, 9, 1))
    coordinator, facilitator = client_as("coordinator").user, client_as(Role.FACILITATOR).user
    VillageScopeFactory(user=facilitator, village=late.village)
    operator = client_as("agency_operator", at=short.agency).user

    told = {name: [(t.count, t.title) for t in aid_tasks(user, ON)] for name, user in
            (("coordinator", coordinator), ("facilitator", facilitator), ("operator", operator))}  # fmt: skip

    overdue, shortage = (1, "Pemeriksaan paket jatuh tempo"), (1, "Paket kurang atau ditolak")
    assert told == {"coordinator": [overdue, shortage], "facilitator": [overdue], "operator": [shortage]}
