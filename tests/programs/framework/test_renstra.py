"""/renstra/: one table that keeps an agency's Renstra and links the year's activities to it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.history.records import history_of
from programs.models import RenstraActivity, RenstraTarget
from tests.factories import (
    ActivityFactory,
    AgencyFactory,
    IndicatorFactory,
    RenstraActivityFactory,
    RenstraTargetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    made = ActivityFactory(name="Bibit lada", code="2.01.16.02")
    made.indicator = IndicatorFactory(activity=made, name="Bibit hidup", unit="batang")
    return made


def sent(activity, **fields) -> dict[str, str]:
    key, indicator = f"k{activity.pk}", activity.indicator.pk
    typed = {
        "seen": "",
        "first_year": "2016",
        "last_year": "2021",
        "realised_until": "2018",
        f"{key}-code": "2.01.16.02",
        f"{key}-money": "900.000.000",
        f"{key}-realised_money": "240.000.000",
        f"{key}-target_{indicator}": "60.000",
        f"{key}-realised_{indicator}": "18.000,5",
    }
    return typed | fields


def address(activity) -> str:
    return f"/renstra/?skpd={activity.agency.code}&tahun={activity.year}"


def test_table_begins_the_renstra_and_links_activity_and_indicator(activity, client_as):
    client = client_as("agency_operator", at=activity.agency)

    answer = client.post(address(activity), sent(activity))

    activity.refresh_from_db()
    target = RenstraTarget.objects.get()
    assert answer.status_code == 302, answer.context["errors"]
    assert (activity.renstra.money, activity.renstra.realised_money) == (900_000_000, 240_000_000)
    assert (activity.renstra.first_year, activity.renstra.realised_until) == (2016, 2018)
    assert (target.name, str(target.target), str(target.realised)) == ("Bibit hidup", "60000.000", "18000.500")
    assert activity.indicators.get().renstra_target == target
    assert history_of(target).get().history_user == client.user
    assert "Bibit lada" in client.get(reverse("framework:renstra-history", args=[activity.renstra.pk])).content.decode()


def test_the_same_code_in_another_year_continues_it(activity, client_as):
    renstra = RenstraActivityFactory(agency=activity.agency, code="2.01.16.02", name="Lama")
    goal = RenstraTargetFactory(activity=renstra, name="Bibit hidup")
    client = client_as("agency_head", at=activity.agency)

    client.post(address(activity), sent(activity, seen=f"{renstra.pk}.1"))

    activity.refresh_from_db()
    assert activity.renstra == renstra
    assert activity.indicators.get().renstra_target == goal


def test_code_of_another_year_without_figures_leaves_those_of_the_renstra(activity, client_as):
    renstra = RenstraActivityFactory(
        agency=activity.agency, code="2.01.16.02", money=400_000_000, realised_money=60_000_000
    )
    goal = RenstraTargetFactory(activity=renstra, name="Bibit hidup", target=200, realised=30)
    key, indicator = f"k{activity.pk}", activity.indicator.pk
    empty = {f"{key}-{name}": "" for name in ("realised_money", f"target_{indicator}", f"realised_{indicator}")}

    client_as("agency_head", at=activity.agency).post(
        address(activity), sent(activity, seen=f"{renstra.pk}.1", **empty, **{f"{key}-money": "500.000.000"})
    )

    activity.refresh_from_db(), renstra.refresh_from_db(), goal.refresh_from_db()
    assert activity.renstra == renstra
    assert (renstra.money, renstra.realised_money) == (500_000_000, 60_000_000)
    assert (goal.target, goal.realised) == (200, 30)


def test_row_that_moves_to_another_renstra_takes_its_figures(activity, client_as):
    old, new = (
        RenstraActivityFactory(agency=activity.agency, code=code, money=money, realised_money=1)
        for code, money in (("1.01", 100), ("1.02", 700))
    )
    activity.renstra = old
    activity.save()
    client, key = client_as("agency_head", at=activity.agency), f"k{activity.pk}"
    page = client.get(address(activity)).context["renstra"]

    client.post(address(activity), {"seen": page.seen, "first_year": "2016", "last_year": "2021",
                                    "realised_until": "2018", f"{key}-code": "1.02"})  # fmt: skip

    activity.refresh_from_db(), old.refresh_from_db(), new.refresh_from_db()
    assert (activity.renstra, old.money, new.money) == (new, 100, 700)


def test_link_that_somebody_made_meanwhile_is_not_taken_away(activity, client_as):
    renstra = RenstraActivityFactory(agency=activity.agency, code="1.01", money=100)
    client, key = client_as("agency_head", at=activity.agency), f"k{activity.pk}"
    seen = client.get(address(activity)).context["renstra"].seen
    activity.renstra = renstra
    activity.save()

    empty = {name: "" for name in sent(activity) if name.startswith(key)}
    page = client.post(address(activity), sent(activity, seen=seen, **empty))

    activity.refresh_from_db()
    assert page.status_code == 200
    assert activity.renstra == renstra
    assert "Kode Renstra sekarang 1.01" in page.content.decode()


def test_first_year_of_an_earlier_renstra_is_refused_in_words(activity, client_as):
    agency = activity.agency
    RenstraActivityFactory(agency=agency, code="2.01.16.02", first_year=2011, last_year=2015, realised_until=2010)
    present = RenstraActivityFactory(agency=agency, code="2.01.16.02", first_year=2016, last_year=2021)

    page = client_as("agency_head", at=agency).post(
        address(activity), sent(activity, seen=f"{present.pk}.1", first_year="2011")
    )

    assert "Kode 2.01.16.02 sudah ada dalam Renstra 2011 sampai 2015" in page.content.decode()


def test_what_is_wrong_is_named_with_its_row_and_nothing_is_saved(activity, client_as):
    client = client_as("agency_operator", at=activity.agency)

    page = client.post(
        address(activity),
        sent(
            activity,
            last_year="2018",
            realised_until="2019",
            **{f"k{activity.pk}-code": "", f"k{activity.pk}-money": "x"},
        ),
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert "Masa Renstra harus memuat tahun 2019" in text
    assert "Isi tahun sebelum 2019" in text
    assert "Baris 1: Isi kode Renstra, atau kosongkan seluruh baris" in text
    assert 'value="x"' in text
    assert not RenstraActivity.objects.exists()


def test_two_activities_of_a_year_have_no_one_renstra(activity, client_as):
    other = ActivityFactory(agency=activity.agency, code="2.01.16.03")
    client = client_as("agency_operator", at=activity.agency)

    page = client.post(address(activity), sent(activity, **{f"k{other.pk}-code": "2.01.16.02"}))

    assert "Baris 2: Kode 2.01.16.02 sudah dipakai baris 1" in page.content.decode()


def test_second_saver_sees_both_versions_and_may_save_again(activity, client_as):
    client = client_as("agency_operator", at=activity.agency)
    client.post(address(activity), sent(activity))

    page = client.post(address(activity), sent(activity, **{f"k{activity.pk}-money": "1.000.000.000"}))

    assert "Baris 1: Pagu Renstra sekarang 900.000.000" in page.content.decode()
    assert RenstraActivity.objects.get().money == 900_000_000

    again = client.post(
        address(activity),
        sent(activity, seen=page.context["renstra"].seen, **{f"k{activity.pk}-money": "1.000.000.000"}),
    )

    assert again.status_code == 302
    assert RenstraActivity.objects.get().money == 1_000_000_000


def test_others_read_and_write_nothing(activity, client_as):
    coordinator, stranger = client_as("coordinator"), client_as("agency_operator", at=AgencyFactory())

    assert coordinator.post(address(activity), sent(activity)).status_code == 403
    assert "disabled" in coordinator.get(address(activity)).content.decode()
    assert "Bibit lada" not in stranger.get(address(activity)).content.decode()
    stranger.post(address(activity), sent(activity))
    assert not RenstraActivity.objects.exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"first_year": 2022}, "programs_renstraactivity_years"),
        ({"realised_until": 2022}, "programs_renstraactivity_realised_until"),
        ({"money": -1}, "programs_renstraactivity_money"),
    ],
)
def test_bad_renstra_is_refused_by_the_table(fields, constraint):

    with pytest.raises(IntegrityError, match=constraint):
        RenstraActivityFactory(**fields)


def test_bad_target_and_a_second_one_are_refused_by_the_table():

    goal = RenstraTargetFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RenstraTargetFactory(activity=goal.activity, name=goal.name)
    with pytest.raises(IntegrityError, match="programs_renstratarget_not_negative"), transaction.atomic():
        RenstraTargetFactory(target=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        RenstraActivityFactory(agency=goal.activity.agency, code=goal.activity.code)
