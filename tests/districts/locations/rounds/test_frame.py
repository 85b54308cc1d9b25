"""A round in preparation: its form, its criteria with their version, and what locks when it opens."""

from datetime import date

import pytest

from districts.locations.rounds.framing import create_round, save_criteria
from districts.locations.rounds.models import SelectionRound
from p2emas.workflow.editing import EditConflict
from tests.factories import CriterionFactory, SelectionRoundFactory

from ..conftest import url

pytestmark = pytest.mark.django_db

FRAME = {
    "name": "Desa penularan 2021",
    "year": "2021",
    "quota": "7",
    "opens": "1 November 2019",
    "closes": "30-11-2019",
    "gate": "Tidak dari nol.",
    "seed": "2021",
    "sources": "",
}


def rows(*criteria, tie_break="", version=0, initial=0):
    """What the page posts; each row is (pk, name, weight, low, high) and further fields."""
    data = {"version": str(version), "tie_break": tie_break, "kriteria-INITIAL_FORMS": str(initial)}
    data["kriteria-TOTAL_FORMS"] = str(len(criteria))
    for place, (pk, name, weight, low, high, *rest) in enumerate(criteria):
        row = {"id": pk, "name": name, "weight": weight, "low": low, "high": high, "direction": "1"}
        row |= dict(rest)
        data |= {f"kriteria-{place}-{key}": value for key, value in row.items()}
    return data


@pytest.fixture
def draft(scene):
    return scene.to("DRAFT")


def stored(scene):
    return [(row.pk, row.name, "60" if row.weight == 60 else "40", "0", "100") for row in scene.criteria]


def test_new_round_copies_the_criteria_and_the_rule_of_the_last(scene):
    scene.selection.tie_break = scene.criteria[1]
    scene.selection.save()
    fields = {"name": "Baru", "year": 2021, "quota": 3, "opens": date(2020, 1, 1), "closes": date(2020, 2, 1)}
    made = create_round(fields=fields)
    assert [(row.name, row.weight) for row in made.criteria.all()] == [("Anggota", 60), ("Jarak", 40)]
    assert made.tie_break.name == "Jarak"
    assert made.tie_break.round == made


def test_new_round_offers_the_year_of_today_to_start_drawing_from(coordinator, draft, business_day):
    assert coordinator.get(url("round-create")).context["form"]["seed"].value() == business_day.year
    stored = coordinator.get(url("round-edit", draft.pk)).context["form"]["seed"].value()
    assert stored == draft.seed != business_day.year


def test_first_round_has_no_criteria(coordinator):
    answer = coordinator.post(url("round-create"), FRAME)
    made = SelectionRound.objects.get()
    assert answer.url == url("round-criteria", made.pk)
    assert (made.opens, made.closes, made.status) == (date(2019, 11, 1), date(2019, 11, 30), "DRAFT")
    assert not made.criteria.exists()


def test_form_sent_twice_makes_one_round(client_as):
    first, second = (client_as("coordinator").post(url("round-create"), FRAME) for _click in range(2))

    assert first.url == second.url
    assert SelectionRound.objects.count() == 1
    assert client_as("coordinator").post(url("round-create"), FRAME | {"name": "Penjaringan lain"}).url != first.url


def test_closing_before_opening_is_a_sentence(coordinator):
    answer = coordinator.post(url("round-create"), FRAME | {"closes": "1 Oktober 2019"})
    assert answer.context["form"].errors["closes"] == ["Penutupan tidak boleh sebelum pembukaan."]
    assert not SelectionRound.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("quota", "0"), ("year", "20"), ("year", "2025"), ("opens", "besok"), ("name", "")]
)
def test_wrong_frame_is_a_sentence(coordinator, field, value):
    answer = coordinator.post(url("round-create"), FRAME | {field: value})
    assert answer.status_code == 200
    assert not SelectionRound.objects.exists()


def test_two_editors_of_a_frame_see_both_versions(coordinator, draft):
    SelectionRound.objects.filter(pk=draft.pk).update(version=1, name="Nama lain")
    answer = coordinator.post(url("round-edit", draft.pk), FRAME | {"version": "0"})
    assert answer.status_code == 409
    assert "Nama lain" in answer.content.decode()
    assert "Desa penularan 2021" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.name == "Nama lain"


def test_of_an_open_round_only_the_closing_day_moves(coordinator, scene):
    sent = {"version": "0", "closes": "15 November 2019", "sources": ""}
    assert coordinator.post(url("round-edit", scene.selection.pk), sent).status_code == 302
    scene.selection.refresh_from_db()
    assert (scene.selection.closes, scene.selection.quota) == (date(2019, 11, 15), 2)
    assert scene.selection.name == "Lokasi sasaran 2020"


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        ("OPEN", FRAME | {"gate": "Lama ditulis."}),
        ("SURVEY", FRAME | {"gate": "Lama ditulis."}),
        ("SURVEY", {"closes": "kapan", "sources": "Lama ditulis."}),
    ],
)
def test_frame_typed_while_the_round_moved_is_shown_not_dropped(coordinator, client_as, scene, status, sent):
    """Of a draft's frame an open round would have taken the closing day and said that all is saved."""
    scene.to(status)
    address, before = url("round-edit", scene.selection.pk), scene.selection.closes

    late = coordinator.post(address, sent | {"version": "0"})

    assert (late.status_code, "Lama ditulis." in late.content.decode()) == (409, True)
    scene.selection.refresh_from_db()
    assert (scene.selection.closes, scene.selection.gate != "Lama ditulis.") == (before, True)
    assert client_as("auditor").post(address, sent).status_code == 403


@pytest.mark.parametrize("status", ["OPEN", "SURVEY", "SCORING"])
@pytest.mark.parametrize("page", ["round-criteria", "round-weights"])
def test_criteria_are_locked_once_the_round_is_open(coordinator, scene, status, page):
    scene.to(status)
    assert coordinator.get(url(page, scene.selection.pk)).status_code == 403
    first, second = stored(scene)
    late = coordinator.post(
        url(page, scene.selection.pk), rows((first[0], "Ditulis lama", *first[2:]), second, initial=2)
    )
    assert late.status_code == 409  # what was typed before the round opened is shown beside what is stored
    assert page != "round-criteria" or "Ditulis lama" in late.content.decode()
    assert not scene.selection.criteria.filter(name="Ditulis lama").exists()


def test_criteria_are_changed_added_and_removed_together(coordinator, scene, draft):
    first, second = stored(scene)
    data = rows(
        (*first[:2], "70", "0", "50"),
        (*second, ("DELETE", "on")),
        ("", "Lahan", "30", "0", "5"),
        ("", "", "", "", ""),
        initial=2,
        tie_break="kriteria-2",
    )
    assert coordinator.post(url("round-criteria", draft.pk), data).status_code == 302
    draft.refresh_from_db()
    assert [(row.name, int(row.weight), int(row.high)) for row in draft.criteria.all()] == [
        ("Anggota", 70, 50),
        ("Lahan", 30, 5),
    ]
    assert (draft.tie_break.name, draft.version) == ("Lahan", 1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "Lahan", "10", "5", "5"), "Batas atas harus di atas batas bawah."),
        (("", "anggota", "10", "0", "5"), "Kriteria dengan nama ini sudah ada."),
        (("", "Lahan", "-1", "0", "5"), "Isi 0 atau lebih"),
        (("", "Lahan", "NaN", "0", "5"), "bobot"),
        (("", "Lahan", "10", "", "5"), "Isi batas bawah"),
    ],
)
def test_wrong_row_is_a_sentence_and_nothing_is_written(coordinator, scene, draft, row, words):
    data = rows(*stored(scene), row, initial=2)
    answer = coordinator.post(url("round-criteria", draft.pk), data)
    assert answer.status_code == 200
    assert words.lower() in answer.content.decode().lower()
    assert draft.criteria.count() == 2


def test_rule_must_stand_in_a_row_that_stays(coordinator, scene, draft):
    first, second = stored(scene)
    data = rows(first, (*second, ("DELETE", "on")), initial=2, tie_break="kriteria-1")
    answer = coordinator.post(url("round-criteria", draft.pk), data)
    assert "Pilih penentu dari kriteria yang tetap ada di tabel." in answer.content.decode()
    assert draft.criteria.count() == 2


def test_more_than_ten_criteria_are_refused(coordinator, draft):
    data = rows(*(("", f"Kriteria {place}", "10", "0", "5") for place in range(11)))
    answer = coordinator.post(url("round-criteria", draft.pk), data)
    assert answer.status_code == 200
    assert draft.criteria.count() == 2


def test_criterion_of_another_round_cannot_be_taken(coordinator, scene, draft):
    alien = CriterionFactory(round=SelectionRoundFactory(status="DRAFT"), name="Asing")
    data = rows((alien.pk, "Dibajak", "10", "0", "5"), initial=1)
    other = alien.round_id
    coordinator.post(url("round-criteria", draft.pk), data)
    alien.refresh_from_db()
    assert (alien.name, alien.round_id) == ("Asing", other)
    assert [row.name for row in draft.criteria.all()] == ["Anggota", "Jarak"]


def test_two_editors_of_the_criteria_see_both_versions(coordinator, scene, draft):
    SelectionRound.objects.filter(pk=draft.pk).update(version=3)
    first, second = stored(scene)
    data = rows((*first[:2], "99", "0", "50"), second, initial=2, version=2)
    answer = coordinator.post(url("round-criteria", draft.pk), data)
    assert answer.status_code == 409
    scene.criteria[0].refresh_from_db()
    assert scene.criteria[0].weight == 60


def test_service_refuses_a_round_that_has_opened(scene):
    with pytest.raises(EditConflict):
        save_criteria(selection=scene.selection, seen=0, criteria=[], dropped=scene.criteria, tie_break="")
    assert scene.selection.criteria.count() == 2


def test_opening_needs_criteria_weights_and_the_gate(coordinator, draft):
    draft.criteria.update(weight=0)
    step = url("round-step", draft.pk, "open")
    answer = coordinator.post(step, {"seen": "DRAFT", "note": ""})
    assert "Isi sedikitnya dua kriteria dengan bobot" in answer.content.decode()
    draft.criteria.update(weight=50)
    SelectionRound.objects.filter(pk=draft.pk).update(gate=" ")
    assert "Tulis syarat dasar" in coordinator.post(step, {"seen": "DRAFT", "note": ""}).content.decode()
    SelectionRound.objects.filter(pk=draft.pk).update(gate="Tidak dari nol")
    assert coordinator.post(step, {"seen": "DRAFT", "note": ""}).status_code == 302
