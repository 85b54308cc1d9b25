"""The table of values: missing stays missing, each value has a source, two savings show both versions."""

from decimal import Decimal

import pytest

from districts.locations.candidates.models import CandidateValue
from districts.locations.ranking.computing import inputs_of, standing_of
from districts.locations.rounds.models import SelectionRound
from tests.factories import CandidateValueFactory, VillageFactory

from ..conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(scene):
    scene.to("SCORING")
    return scene.candidate(status="SURVEYED"), scene.candidate(scene.foreign, status="ELIGIBLE")


def posted(scene, values, *, source="Survei 2019", version=None):
    """``values``: (candidate, first, second)."""
    data = {"kolom-version": scene.selection.version if version is None else version}
    for criterion in scene.criteria:
        data[f"kolom-s{criterion.pk}"] = source
    for candidate, *row in values:
        for criterion, value in zip(scene.criteria, row, strict=True):
            data[f"c{candidate.pk}-v{criterion.pk}"] = value
    return data


def stored():
    rows = CandidateValue.objects.order_by("candidate__village__name", "criterion")
    return [(row.candidate.village.name, row.value, row.source) for row in rows]


def test_values_are_stored_and_missing_ones_stay_missing(coordinator, scene, table):
    own, foreign = table
    data = posted(scene, [(own, "1.250,5", "0"), (foreign, "", "12,25")])
    assert coordinator.post(url("value-table", scene.selection.pk), data).status_code == 302
    assert stored() == [
        ("Baning Panjang", Decimal("1250.5"), "Survei 2019"),
        ("Baning Panjang", Decimal(0), "Survei 2019"),
        ("Canari Asing", Decimal("12.25"), "Survei 2019"),
    ]
    scene.selection.refresh_from_db()
    assert scene.selection.version == 1
    standing = standing_of(inputs_of(scene.selection))
    assert [line.village for line in standing.incomplete] == ["Canari Asing"]


def test_value_that_is_emptied_becomes_unknown_not_zero(coordinator, scene, table):
    own, foreign = table
    CandidateValueFactory(candidate=own, criterion=scene.criteria[0], value=5)
    coordinator.post(url("value-table", scene.selection.pk), posted(scene, [(own, "", ""), (foreign, "", "")]))
    assert stored() == [("Baning Panjang", None, "")]
    page = coordinator.get(own.get_absolute_url()).content.decode()
    assert "belum ada data" in page


def test_source_of_a_value_that_stays_is_kept(coordinator, scene, table):
    own, foreign = table
    CandidateValueFactory(candidate=own, criterion=scene.criteria[0], value=5, source="BPS 2018")
    data = posted(scene, [(own, "5", "7"), (foreign, "", "")], source="Survei 2019")
    coordinator.post(url("value-table", scene.selection.pk), data)
    assert [source for _village, _value, source in stored()] == ["BPS 2018", "Survei 2019"]


def test_source_can_be_written_cell_by_cell(coordinator, scene, table):
    own, foreign = table
    data = posted(scene, [(own, "5", "7"), (foreign, "", "")])
    data[f"c{own.pk}-s{scene.criteria[0].pk}"] = "Catatan kelompok"
    address = url("value-table", scene.selection.pk) + "?sumber=sel"
    assert coordinator.post(address, data).status_code == 302
    assert [source for _village, _value, source in stored()] == ["Catatan kelompok", "Survei 2019"]


def test_value_without_any_source_is_a_sentence_in_its_row(coordinator, scene, table):
    own, foreign = table
    data = posted(scene, [(own, "5", "7"), (foreign, "3", "4")], source="")
    answer = coordinator.post(url("value-table", scene.selection.pk), data)
    assert answer.status_code == 200
    assert "Tulis sumber untuk Anggota." in answer.content.decode()
    assert 'value="7"' in answer.content.decode()
    assert stored() == []


def test_what_the_table_shows_can_be_saved_again(coordinator, scene, table):
    """1,125 could be read as thousands; the table shows it so that it cannot."""
    own, foreign = table
    CandidateValueFactory(candidate=own, criterion=scene.criteria[0], value=Decimal("1.125"))
    CandidateValueFactory(candidate=own, criterion=scene.criteria[1], value=Decimal("111.7290"))
    page = coordinator.get(url("value-table", scene.selection.pk))
    shown = [value["value"] for _candidate, _form, cells in page.context["drawn"] for _c, value, _s in cells]
    rows = [(own, shown[0], shown[1]), (foreign, shown[2], shown[3])]
    assert coordinator.post(url("value-table", scene.selection.pk), posted(scene, rows)).status_code == 302
    assert [value for _village, value, _source in stored()] == [Decimal("1.125"), Decimal("111.729")]


@pytest.mark.parametrize("value", ["banyak", "NaN", "Infinity", "1,250", "1e9", "9" * 20])
def test_dishonest_number_is_a_sentence_and_nothing_is_written(coordinator, scene, table, value):
    own, foreign = table
    answer = coordinator.post(
        url("value-table", scene.selection.pk), posted(scene, [(own, value, "7"), (foreign, "3", "4")])
    )
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert stored() == []


def test_two_savings_show_both_versions_and_can_be_sent_again(coordinator, scene, table):
    own, foreign = table
    CandidateValueFactory(candidate=own, criterion=scene.criteria[0], value=8)
    SelectionRound.objects.filter(pk=scene.selection.pk).update(version=4)
    data = posted(scene, [(own, "5", "7"), (foreign, "", "")], version=3)
    answer = coordinator.post(url("value-table", scene.selection.pk), data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Baning Panjang, Anggota" in page
    assert 'name="kolom-version" value="4"' in page
    assert stored() == [("Baning Panjang", Decimal(8), "Survei tim")]
    assert coordinator.post(url("value-table", scene.selection.pk), data | {"kolom-version": 4}).status_code == 302
    assert stored()[0] == ("Baning Panjang", Decimal(5), "Survei 2019")


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_strange_version_writes_nothing(coordinator, scene, table, version):
    own, foreign = table
    data = posted(scene, [(own, "5", "7"), (foreign, "", "")], version=version)
    assert coordinator.post(url("value-table", scene.selection.pk), data).status_code in (200, 409)
    assert stored() == []


@pytest.mark.parametrize("status", ["DRAFT", "OPEN", "CANCELLED"])
def test_values_are_closed_outside_survey_and_scoring(coordinator, scene, status):
    candidate = scene.candidate(status="ELIGIBLE")
    scene.to(status)
    assert coordinator.get(url("value-table", scene.selection.pk)).status_code == 403
    late = coordinator.post(url("value-table", scene.selection.pk), posted(scene, [(candidate, "5", "7")]))
    assert late.status_code == 409  # what was typed while the state moved is shown, nothing is stored
    assert stored() == []


def test_candidates_that_failed_or_wait_have_no_row(coordinator, scene):
    scene.to("SURVEY")
    failed = scene.candidate(status="INELIGIBLE")
    answer = coordinator.get(url("value-table", scene.selection.pk))
    assert "Belum ada calon yang lolos syarat dasar." in answer.content.decode()
    data = posted(scene, [(failed, "5", "7")])
    coordinator.post(url("value-table", scene.selection.pk), data)
    assert stored() == []


def test_fifty_candidates_a_page_and_the_next_one_follows(coordinator, scene, django_assert_max_num_queries):
    scene.to("SCORING")
    for _number in range(51):
        scene.candidate(VillageFactory(district=scene.own.district), status="ELIGIBLE")
    with django_assert_max_num_queries(12):
        answer = coordinator.get(url("value-table", scene.selection.pk) + "?baris=100")
    assert len(answer.context["drawn"]) == 50
    rows = [(candidate, "", "") for candidate, _form, _cells in answer.context["drawn"]]
    sent = coordinator.post(url("value-table", scene.selection.pk), posted(scene, rows) | {"lanjut": "1"})
    assert "halaman=2" in sent.url
    assert len(coordinator.get(sent.url).context["drawn"]) == 1
