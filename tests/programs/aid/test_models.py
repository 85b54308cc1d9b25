"""Rules of the tables, who sees which packages, and which are due."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from p2emas.accounts.roles import Role
from programs.aid.integrity import counts_that_grow
from programs.aid.models import AidCheckPhoto, AidPackage
from tests.factories import (
    AidCheckFactory,
    AidPackageFactory,
    AssignmentFactory,
    UserFactory,
    VillageScopeFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 8)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("programs_aidpackage_quantity", {"quantity": 0}),
        ("programs_aidpackage_quantity", {"quantity": 10**9 + 1}),
        ("programs_aidpackage_value", {"value": -1}),
        ("programs_aidpackage_named", {"item": ""}),
        ("programs_aidpackage_named", {"unit": ""}),
        ("programs_aidpackage_handed_when", {"handover_no": "520/1"}),
    ],
)
def test_packages_that_the_table_refuses(name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AidPackageFactory(**fields)


def test_one_package_for_an_item_a_group_and_a_paper():
    first = AidPackageFactory()
    same = {"plan_line": first.plan_line, "group": first.group, "item": first.item}

    AidPackageFactory(**same, handed_on=ON, handover_no="520/2")
    with pytest.raises(IntegrityError), transaction.atomic():
        AidPackageFactory(**same)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("programs_aidcheck_month", {"month": 7}),
        ("programs_aidcheck_left", {"left": -1}),
        ("programs_aidcheck_lost_reasoned", {"left": None}),
        ("programs_aidcheck_lost_reasoned", {"left": None, "note": "Kosong", "condition": "GOOD"}),
    ],
)
def test_checks_that_the_table_refuses(name, fields):
    package = AidPackageFactory(handed=True)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AidCheckFactory(package=package, **fields)


def test_one_check_of_a_month():
    check = AidCheckFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AidCheckFactory(package=check.package)


def test_each_sees_the_packages_of_their_agency_villages_or_kecamatan():
    """Three packages, each seen by one of the three; and nobody else sees any."""
    own, placed, near = (AidPackageFactory(handed=True) for _each in range(3))
    operator, facilitator, office, panelist = (UserFactory() for _each in range(4))
    AssignmentFactory(user=operator, agency=own.agency, role=Role.AGENCY_OPERATOR)
    AssignmentFactory(user=facilitator, agency=placed.agency, role=Role.FACILITATOR)
    VillageScopeFactory(user=facilitator, village=placed.village)
    AssignmentFactory(user=office, agency=near.village.district.office, role=Role.DISTRICT_ADMIN)
    AssignmentFactory(user=panelist, agency=own.agency, role=Role.PANELIST)

    seen = [set(AidPackage.objects.for_user(user)) for user in (operator, facilitator, office, panelist)]

    assert seen == [{own}, {placed}, {near}, set()]
    assert [p for p in (own, placed, near) if p.may_check(facilitator)] == [placed]
    assert [p for p in (own, placed, near) if p.may_edit(operator)] == [own]
    assert not own.may_check(operator) and not near.may_check(office) and not placed.may_edit(facilitator)


def test_a_photo_is_opened_in_the_scope_of_its_package_alone():
    check = AidCheckFactory()
    photo = AidCheckPhoto(check_made=check, original_name="a.jpg", content_type="image/jpeg", size=1, sha256="0" * 64)
    photo.file.name = "tidak-ada.jpg"
    photo.save()
    operator, other = UserFactory(), UserFactory()
    AssignmentFactory(user=operator, agency=check.package.agency, role=Role.AGENCY_OPERATOR)
    AssignmentFactory(user=other, role=Role.AGENCY_OPERATOR)

    assert list(AidCheckPhoto.objects.for_user(operator)) == [photo]
    assert not AidCheckPhoto.objects.for_user(other).exists()
    assert not hasattr(AidCheckPhoto.objects, "public")


def test_checks_fall_due_by_themselves_until_they_are_written_down():
    today = AidPackageFactory(handed_on=date(2019, 4, 8))
    done = AidPackageFactory(handed_on=date(2019, 4, 8))
    AidCheckFactory(package=done, month=6, checked_on=ON)
    second = AidPackageFactory(handed_on=date(2018, 9, 1))
    AidCheckFactory(package=second, month=6, checked_on=date(2019, 3, 1))
    AidPackageFactory(handed_on=date(2019, 4, 9))  # tomorrow
    AidPackageFactory(handed_on=date(2017, 9, 1), consumable=True)
    AidPackageFactory()  # not handed over

    assert set(AidPackage.objects.check_due(ON)) == {today, second}


def test_stored_counts_that_grow_are_found():
    AidCheckFactory(left=9)
    bad = AidPackageFactory(handed=True, quantity=12)
    AidCheckFactory(package=bad, month=6, left=5)
    AidCheckFactory(package=bad, month=12, left=6, checked_on=ON)

    assert [line.partition(":")[0] for line in counts_that_grow()] == [f"paket {bad.pk}"]
