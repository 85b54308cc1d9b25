"""What the database refuses, and whose figures are whose."""

import pytest
from django.db import IntegrityError, transaction

from districts.models import EarlierAid, ProductionFigure
from tests.factories import CommunityGroupFactory, EarlierAidFactory, ProductionFigureFactory

pytestmark = pytest.mark.django_db


def refuses(constraint: str, factory, **fields) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**fields)


def test_figure_stands_once_for_place_commodity_year_and_measure():
    first = ProductionFigureFactory()

    refuses("UNIQUE|districts_productionfigure_once", ProductionFigureFactory, district=first.district,
            commodity=first.commodity, source="Sumber lain", is_sample=True)  # fmt: skip
    ProductionFigureFactory(district=first.district, commodity=first.commodity, measure="TON")


def test_negative_or_sourceless_figure_is_refused():
    refuses("districts_productionfigure_not_negative", ProductionFigureFactory, value=-1)
    refuses("districts_productionfigure_sourced", ProductionFigureFactory, source="")
    assert ProductionFigureFactory(value=None).value is None


def test_aid_stands_once_for_a_group_and_once_for_the_village():
    group = CommunityGroupFactory()
    common = {"village": group.village, "agency": EarlierAidFactory().agency, "item": "Bibit", "year": 2016}
    EarlierAidFactory(**common)
    EarlierAidFactory(**common, group=group)

    refuses("UNIQUE|districts_earlieraid_village_once", EarlierAidFactory, **common)
    refuses("UNIQUE|districts_earlieraid_group_once", EarlierAidFactory, **common, group=group)
    refuses("districts_earlieraid_not_negative", EarlierAidFactory, amount=-1)
    refuses("districts_earlieraid_sourced", EarlierAidFactory, source="")


@pytest.mark.parametrize(("who", "sees", "writes"), [
    ("coordinator", True, True),
    ("coordinator_head", True, True),
    ("admin", True, True),
    ("leader", True, False),
    ("auditor", True, False),
    ("district_admin", True, True),
    ("district_admin of another kecamatan", False, False),
    ("agency_operator", False, False),
    ("panelist", False, False),
])  # fmt: skip
def test_whose_evidence_is_whose(user_as, who, sees, writes):
    figure = ProductionFigureFactory()
    aid = EarlierAidFactory(village__district=figure.district)
    user = user_as(who, at=figure.district.office if who == "district_admin" else None)

    seen = (figure in ProductionFigure.objects.for_user(user), aid in EarlierAid.objects.for_user(user))
    written = (figure in ProductionFigure.objects.own(user), aid in EarlierAid.objects.own(user))

    assert (seen, written) == ((sees, sees), (writes, writes))
