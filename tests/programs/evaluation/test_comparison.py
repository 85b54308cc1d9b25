"""Target locations against villages without support: who may be chosen, when it is frozen, and what is joined with what."""

import math
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas import clock
from p2emas.methods.student import quantile
from p2emas.workflow.models import StepNotAllowed
from programs.evaluation.comparison.models import ComparisonSet, ComparisonVillage
from programs.evaluation.comparison.page import comparison_cards
from programs.evaluation.comparison.places import untouched
from programs.evaluation.comparison.reading import comparison_results
from tests.factories import (
    AreaFigureFactory,
    ComparisonSetFactory,
    ComparisonVillageFactory,
    DistrictFactory,
    TargetLocationFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
Side = ComparisonVillage.Side
BEFORE, AFTER = 2016, 2018
# No two are equal; changes -2, -1, -4, -3, 0 and 1, -1, 0, 2, -2, 3
WITH_SUPPORT = ((14, 12), (9, 8), (17, 13), (12, 9), (11, 11))
WITHOUT = ((10, 11), (13, 12), (8, 8), (15, 17), (16, 14), (7, 10))


def members(chosen, side, figures):
    return [
        ComparisonVillageFactory(comparison_set=chosen, side=side, figures=each).village for each in figures
    ]  # fmt: skip


@pytest.fixture
def chosen():
    """A frozen set of 5 and 6 villages, every figure recorded."""
    made = ComparisonSetFactory(frozen=True)
    made.supported = members(made, Side.SUPPORTED, WITH_SUPPORT)
    made.compared = members(made, Side.COMPARED, WITHOUT)
    return made


def test_the_difference_is_that_of_the_mean_changes(chosen):
    """By hand: means -2 and 0.5, squared errors 2.5/5 and 3.5/6."""
    for village in chosen.supported:  # other figures and years are not read
        AreaFigureFactory(village=village, kind="POVERTY", unit="persen", year=2017, value=99)
        AreaFigureFactory(village=village, kind="POPULATION", unit="jiwa", year=AFTER, value=2018)
    (result,) = comparison_results([chosen])

    found = result.difference
    squares = 2.5 / 5, 3.5 / 6
    freedom = sum(squares) ** 2 / (squares[0] ** 2 / 4 + squares[1] ** 2 / 5)
    assert (found.supported.mean, found.others.mean, found.value) == (-2, 0.5, -2.5)
    assert (found.supported.n, found.others.n) == (5, 6)
    assert found.freedom == pytest.approx(freedom) == pytest.approx(8.98936, abs=1e-5)
    assert found.low == pytest.approx(-2.5 - quantile(0.975, freedom) * math.sqrt(sum(squares)))
    assert found.high == pytest.approx(-0.145, abs=0.001)


def test_one_village_has_a_place_and_no_interval(chosen, client):
    place = comparison_results([chosen])[0].place_of(chosen.supported[1])  # -1, beside 1, -1, 0, 2, -2, 3

    assert (place.change, place.smaller, place.equal, place.larger, place.n) == (-1, 1, 1, 4, 6)
    page = client.get(reverse("evaluation:result-village", args=[chosen.supported[1].slug])).text
    assert "Perubahan desa ini −1: lebih tinggi daripada 1 dari 6 desa pembanding, sama dengan 1" in page
    assert "Selang kepercayaan" not in page
    assert (
        "Terhadap desa pembanding"
        not in client.get(reverse("evaluation:result-village", args=[chosen.compared[0].slug])).text
    )


def test_the_programme_says_it_with_its_interval_and_day(chosen, client):
    page = client.get(reverse("evaluation:result-overview")).text

    assert "Selisih −2,5: lokasi sasaran naik lebih sedikit atau turun lebih banyak" in page
    assert "Rata-rata perubahan 5 lokasi sasaran −2, 6 desa pembanding +0,5." in page
    assert "Dibekukan 5 Maret 2018" in page and "sesudah hasil diketahui" not in page
    assert str(chosen.frozen_by) not in page  # a visitor reads the day, not the person


def test_what_is_missing_is_left_out_and_said_and_never_zero(chosen, client):
    members(chosen, Side.SUPPORTED, [(14, None)])
    members(chosen, Side.COMPARED, [(None, 9)])
    other = ComparisonVillageFactory(comparison_set=chosen, figures=(3, None)).village
    AreaFigureFactory(village=other, kind="POVERTY", unit="KK", year=AFTER, value=120)  # not what the set asks for

    (card,) = comparison_cards()

    assert card.result.difference.value == -2.5
    assert card.result.unknown == 3
    page = client.get(chosen.get_absolute_url()).text
    assert "Tidak dihitung: 3 desa belum ada data untuk kedua tahun." in page
    assert page.count("belum ada data") >= 4


@pytest.mark.parametrize(("supported", "compared"), [(4, 6), (5, 4)])
def test_below_five_and_five_nothing_is_said(client, supported, compared):
    made = ComparisonSetFactory(frozen=True)
    ours = members(made, Side.SUPPORTED, WITH_SUPPORT[:supported])
    members(made, Side.COMPARED, WITHOUT[:compared])

    page = client.get(reverse("evaluation:result-overview")).text

    assert (
        "Tidak dapat dikatakan" in page
        and "Selisih" not in page.split("Terhadap desa pembanding")[1].split("Hanya desa")[0]
    )
    assert f"untuk {supported} lokasi sasaran dan {compared} desa pembanding; perlu sedikitnya 5 dan 5" in page
    place = comparison_results([made])[0].place_of(ours[0])
    assert (place is None) == (compared < 5)


def test_a_village_of_the_list_or_that_was_reached_later_is_no_comparison(chosen):
    ComparisonVillageFactory(comparison_set=chosen, side=Side.SPILLOVER, reason="Membeli bibit", figures=(20, 1))
    later = TargetLocationFactory(valid_from=date(2018, 12, 31))
    ComparisonVillageFactory(comparison_set=chosen, village=later.village, figures=(20, 1))
    beside = VillageFactory(district=later.village.district)
    ComparisonVillageFactory(comparison_set=chosen, village=beside, figures=(20, 2))
    after = TargetLocationFactory(valid_from=date(2019, 1, 1))  # after the later year
    ComparisonVillageFactory(comparison_set=chosen, village=after.village, figures=(20, 20))

    (result,) = comparison_results([chosen])

    assert {each.village for each in result.compared} == {*chosen.compared, after.village}
    assert result.touched == 2


def test_neighbours_are_near_by_their_points_or_of_one_kecamatan_without():
    here, there = DistrictFactory(), DistrictFactory()
    target = VillageFactory(district=here, lat="0.1", lng="111.5")
    near = VillageFactory(district=there, lat="0.1", lng="111.58")  # 8.9 km
    far = VillageFactory(district=here, lat="0.1", lng="111.6")  # 11.1 km
    blank, away = VillageFactory(district=here), VillageFactory(district=there)

    assert untouched([target, near, far, blank, away], [target]) == [far, away]


@pytest.fixture
def places():
    """A target location of 2017 and three villages elsewhere, the figure of 2016 recorded; another beside the target."""
    target = TargetLocationFactory(valid_from=date(2017, 7, 27)).village
    villages = [target, *(VillageFactory() for _each in range(3)), VillageFactory(district=target.district)]
    for number, village in enumerate(villages):
        AreaFigureFactory(village=village, kind="POVERTY", unit="persen", year=BEFORE, value=10 + number)
    return villages


def typed(**other):
    return {
        "measure": "POVERTY|persen",
        "earlier_year": BEFORE,
        "later_year": AFTER,
        "compared": "",
        "spillover": "",
    } | other


def create(client, **other):
    return client.post(reverse("evaluation:comparison-create"), typed(**other))


def sides(made):
    return {(each.village, each.side) for each in made.members.select_related("village")}


def test_a_coordinator_takes_all_that_may_be_compared_and_freezes_them(client_as, places):
    target, first, second, spilled, _neighbour = places
    client = client_as("coordinator")

    answer = create(client, spillover=f"{spilled.name}; menjual ke pasar yang sama")

    made = ComparisonSet.objects.get()
    assert answer.status_code == 302
    assert sides(made) == {
        (target, "SUPPORTED"), (first, "COMPARED"), (second, "COMPARED"), (spilled, "SPILLOVER"),
    }  # fmt: skip
    assert "Hasilnya dihitung sesudah" in client.get(made.get_absolute_url()).text
    assert client_as("facilitator").get(made.get_absolute_url()).status_code == 404

    done = client.post(reverse("evaluation:comparison-step", args=[made.pk, "freeze"]), {"seen": "OPEN"})

    made.refresh_from_db()
    assert done.status_code == 302
    assert (made.status, made.frozen_by, made.after_results) == ("FROZEN", client.user, False)
    edit = reverse("evaluation:comparison-edit", args=[made.pk])
    assert client.get(edit).status_code == 403


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"compared": "{neighbour}"}, "lokasi sasaran atau tetangganya"),
        ({"compared": "{target}"}, "lokasi sasaran atau tetangganya"),
        ({"compared": "{first}", "spillover": "{first}; ikut dilatih"}, "ada di daftar limpahan"),
        ({"compared": "Entah"}, "Desa “Entah” tidak dikenal"),
        ({"spillover": "{first}"}, "Tulis alasan untuk"),
        ({"later_year": "2016"}, "Isi tahun sesudah tahun awal"),
        ({"earlier_year": "2015"}, "Angka 2015 belum ada untuk satu pun lokasi sasaran"),
        ({"later_year": "0"}, "1990"),
        ({"measure": "AREA|km2"}, "Pilih"),
    ],
)
def test_what_is_no_comparison_is_refused_in_a_sentence(client_as, places, other, sentence):
    names = dict(zip(("target", "first", "second", "third", "neighbour"), (each.name for each in places), strict=True))

    answer = create(client_as("coordinator"), **{name: value.format(**names) for name, value in other.items()})

    assert answer.status_code == 200 and sentence in answer.text
    assert not ComparisonSet.objects.exists()


@pytest.mark.parametrize("deleted", [False, True])
def test_chosen_after_a_figure_of_the_later_year_was_recorded_is_said(client_as, client, places, deleted):
    """Also where somebody entered the figure, looked, and deleted it again."""
    figure = AreaFigureFactory(village=places[1], kind="POVERTY", unit="persen", year=AFTER, value=7)
    if deleted:
        figure.delete()
    create(client_as("coordinator"))
    made = ComparisonSet.objects.get()
    made.take_step("freeze", seen="OPEN", actor=client_as("coordinator").user)

    assert made.after_results is True
    assert "Dipilih sesudah hasil diketahui" in client.get(reverse("evaluation:result-overview")).text


def test_target_locations_that_changed_since_are_saved_again_first(client_as, places):
    coordinator = client_as("coordinator")
    create(coordinator)
    made = ComparisonSet.objects.get()
    TargetLocationFactory(valid_from=date(2018, 6, 1))

    with pytest.raises(StepNotAllowed, match="Lokasi sasaran berubah"):
        made.take_step("freeze", seen="OPEN", actor=coordinator.user)
    made.refresh_from_db()
    assert (made.status, made.frozen_at) == ("OPEN", None)


def test_two_who_edit_notice_each_other(client_as, places):
    coordinator = client_as("coordinator")
    create(coordinator)
    made = ComparisonSet.objects.get()
    edit = reverse("evaluation:comparison-edit", args=[made.pk])
    seen = coordinator.get(edit).context["form"].initial["seen"]
    assert coordinator.post(edit, typed(compared=places[1].name, seen=seen)).status_code == 302

    answer = client_as("coordinator").post(edit, typed(compared=places[2].name, seen=seen))

    assert "Orang lain menyimpan lebih dahulu" in answer.text
    assert {village for village, side in sides(made) if side == "COMPARED"} == {places[1]}


def test_the_set_is_written_with_the_day_of_its_business(client_as, places):
    create(client_as("coordinator"))
    made = ComparisonSet.objects.get()
    with clock.at(datetime(2018, 3, 5, 10)):
        made.take_step("freeze", seen="OPEN", actor=client_as("coordinator").user)
    assert made.frozen_at.astimezone(UTC).date() == date(2018, 3, 5)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("programs_comparisonset_years", lambda: ComparisonSetFactory(earlier_year=2018)),
        ("programs_comparisonset_frozen", lambda: ComparisonSetFactory(status="FROZEN")),
        ("programs_comparisonvillage_reason", lambda: ComparisonVillageFactory(side="SPILLOVER")),
        ("programs_comparisonvillage_reason", lambda: ComparisonVillageFactory(reason="Dekat")),
    ],
)
def test_rows_that_the_tables_refuse(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_a_village_is_once_in_a_set(chosen):
    with pytest.raises(IntegrityError), transaction.atomic():
        ComparisonVillageFactory(comparison_set=chosen, village=chosen.supported[0])


def test_the_number_of_queries_does_not_depend_on_villages_and_sets(chosen, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        comparison_cards()
    another = ComparisonSetFactory(frozen=True, later_year=2019)
    members(another, Side.COMPARED, WITHOUT)
    with django_assert_num_queries(len(few)):
        comparison_cards()
