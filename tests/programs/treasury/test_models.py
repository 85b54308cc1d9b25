from datetime import date

import pytest
from django.db import IntegrityError, transaction

from p2emas.ui.fields import LARGEST_RUPIAH
from programs.treasury.import_kinds import TreasuryKind
from programs.treasury.integrity import payments_elsewhere
from programs.treasury.models import TreasuryEntry
from tests.factories import ActivityFactory, AgencyFactory, TreasuryEntryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        ("programs_treasuryentry_numbered", {"sp2d_no": ""}),
        ("programs_treasuryentry_amount", {"amount": LARGEST_RUPIAH + 1}),
        ("programs_treasuryentry_amount", {"amount": -LARGEST_RUPIAH - 1}),
    ],
)
def test_bad_entry_is_refused(rule, bad):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        TreasuryEntryFactory(**bad)


def test_entry_of_one_number_activity_and_account_is_kept_once():
    first = TreasuryEntryFactory(amount=-5)
    same = {"activity": first.activity, "sp2d_no": first.sp2d_no}

    TreasuryEntryFactory(**same, account="5.2.2.01.02")
    with pytest.raises(IntegrityError), transaction.atomic():
        TreasuryEntryFactory(**same, account=first.account, amount=7)

    assert TreasuryEntry.objects.count() == 2 and first.is_refund


def test_entry_is_known_by_agency_year_number_activity_and_account():
    kind = TreasuryKind()
    row = {"agency_id": 1, "year": 2019, "sp2d_no": "001", "activity_id": 2, "account": "5.2.2.01.01"}
    others = [{"agency_id": 3}, {"year": 2018}, {"sp2d_no": "002"}, {"activity_id": 4}, {"account": ""}]

    assert len({kind.identity(each) for each in (row, *(row | other for other in others))}) == 6
    assert kind.identity(row | {"amount": 7, "text": "Lain"}) == kind.identity(row)


def test_abbreviation_keeps_its_capitals_in_a_heading(client_as):
    page = client_as("coordinator").get("/impor/baru/sp2d/").content.decode()

    assert "<h1>Impor SP2D</h1>" in page


def test_an_agency_reads_its_own(user_as):
    ours, theirs = TreasuryEntryFactory(), TreasuryEntryFactory()
    operator = user_as("agency_operator", at=ours.agency)

    assert list(TreasuryEntry.objects.for_user(operator)) == [ours]
    assert set(TreasuryEntry.objects.for_user(user_as("auditor"))) == {ours, theirs}
    assert not TreasuryEntry.objects.for_user(user_as("facilitator")).exists()


def test_sums_go_up_to_a_day_and_know_nothing_of_other_years(django_assert_num_queries):
    activity = ActivityFactory(year=2019)
    for day, amount in ((date(2019, 3, 31), 100), (date(2019, 4, 1), 30), (date(2019, 2, 1), -7)):
        TreasuryEntryFactory(activity=activity, paid_on=day, amount=amount)
    other = ActivityFactory(agency=activity.agency, year=2019)
    TreasuryEntryFactory(activity=other, paid_on=date(2019, 9, 2), amount=9)
    TreasuryEntryFactory(activity=ActivityFactory(agency=activity.agency, year=2018), paid_on=date(2018, 2, 1))
    TreasuryEntryFactory(activity=ActivityFactory(year=2019))

    with django_assert_num_queries(1):
        paid = TreasuryEntry.objects.paid_to_date(activity.agency_id, 2019, date(2019, 3, 31))

    assert paid.by_activity == {activity.pk: 93, other.pk: 0}
    assert paid.newest == date(2019, 9, 2)
    assert paid.of(activity.pk) == 93 and paid.of(0) == 0


def test_of_an_agency_without_entries_nothing_is_known():
    TreasuryEntryFactory()

    assert TreasuryEntry.objects.paid_to_date(AgencyFactory().pk, 2019, date(2019, 12, 31)) is None


def test_integrity_names_an_entry_of_another_agency_or_year():
    right = TreasuryEntryFactory()
    wrong = [
        TreasuryEntryFactory(agency=AgencyFactory()),
        TreasuryEntryFactory(year=2018),
        TreasuryEntryFactory(paid_on=date(2018, 12, 31)),
    ]

    found = list(payments_elsewhere())

    assert len(found) == len(wrong)
    assert all(entry.sp2d_no in sentence for entry, sentence in zip(wrong, found, strict=True))
    assert not any(right.sp2d_no in sentence for sentence in found)
