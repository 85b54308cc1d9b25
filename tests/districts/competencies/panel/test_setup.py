"""Opening a determination and setting it up: what is suggested, what is refused, two people at once."""

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.models import DeterminationCriterion
from districts.evidence.figures import ProductionFigure
from p2emas.workflow.models import StepNotAllowed
from tests.factories import CompetencyDeterminationFactory, CompetencyOptionFactory, DistrictFactory
from tests.filled import page_form

pytestmark = pytest.mark.django_db


def url(record, name="panel-setup"):
    return reverse(f"competencies:{name}", args=[record.pk])


def opening(district, **changes):
    fields = {"district": district.pk, "year": "2017", "measure": "HECTARE", "first_year": "2014", "last_year": "2016"}
    return fields | changes


def test_opening_suggests_commodities_and_criteria(client_as, evidence):
    client = client_as("coordinator")

    response = client.post(reverse("competencies:panel-open"), opening(evidence.district))

    record = CompetencyDetermination.objects.get()
    assert response.url == url(record)
    assert (record.method, record.status) == ("EVIDENCE_AND_PANEL", "DRAFT")
    assert [str(option) for option in record.options.all()] == ["karet", "lada"]
    assert sum(criterion.weight for criterion in record.criteria.all()) == 100
    assert {criterion.kind for criterion in record.criteria.all()} == {"EVIDENCE", "PANEL"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_year": "2013"}, "Tahun terakhir tidak boleh sebelum tahun pertama."),
        ({"first_year": "1990"}, "Pilih paling banyak 15 tahun."),
        ({"year": "1066"}, "Isi tahun antara 2000 dan tahun depan."),
        ({"measure": ""}, "Pilih ukuran"),
        ({"first_year": ""}, "Isi angka sejak tahun"),
        ({"district": "999999"}, "ilihan"),
    ],
)
def test_wrong_opening_is_a_sentence(client_as, evidence, changes, sentence):
    response = client_as("coordinator").post(reverse("competencies:panel-open"), opening(evidence.district) | changes)

    text = response.content.decode()
    assert "<title>Galat: " in text
    assert sentence in text
    assert not CompetencyDetermination.objects.exists()


def test_kecamatan_with_an_unfinished_determination_is_refused(client_as, evidence):
    CompetencyDeterminationFactory(draft=True, district=evidence.district)

    response = client_as("coordinator").post(reverse("competencies:panel-open"), opening(evidence.district))

    assert "masih punya penetapan yang belum selesai" in response.content.decode()
    with pytest.raises(StepNotAllowed, match="belum selesai"):  # two at the same moment
        services.open_determination(
            fields={"district": evidence.district, "year": 2017, "measure": "HECTARE", "first_year": 2014,
                    "last_year": 2016}
        )  # fmt: skip


def test_kecamatan_without_figures_opens_without_options(client_as, db):
    client_as("coordinator").post(reverse("competencies:panel-open"), opening(DistrictFactory()))

    assert not CompetencyDetermination.objects.get().options.exists()


def posted(client, record, **changes):
    form = page_form(client.get(url(record)).content.decode(), having="options")
    data = {}
    for key, value in form.fields:
        data.setdefault(key, []).append(value)
    return data | changes


def test_setup_saves_options_criteria_and_seats_together(client_as, draft, evidence, user_as):
    client, panelist = client_as("coordinator"), user_as("panelist")
    data = posted(
        client,
        draft,
        **{
            "options": [str(evidence.lada.pk)],
            "people": [str(panelist.pk)],
            "kerajinan-0-commodity": str(evidence.tenun.pk),
            "kerajinan-0-note": "Turun-temurun.",
            "kriteria-0-weight": "35,5",
            "kriteria-5-DELETE": "on",
            "kriteria-6-name": "Daya saing",
            "kriteria-6-source": "COMPETITIVE",
            "kriteria-6-weight": "10",
            "kriteria-6-low": "0",
            "kriteria-6-high": "25",
        },
    )

    response = client.post(url(draft), data)

    assert response.url == url(draft, "scoring-open")
    assert {(str(o), o.note) for o in draft.options.all()} == {("lada", ""), ("tenun", "Turun-temurun.")}
    criteria = {row.name: row for row in draft.criteria.all()}
    assert str(criteria["Pemusatan di kecamatan"].weight) == "35.50"
    assert "Ramah lingkungan dan adat" not in criteria
    assert (criteria["Daya saing"].kind, criteria["Daya saing"].figure) == ("EVIDENCE", "COMPETITIVE")
    assert [seat.user for seat in draft.seats.all()] == [panelist]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kriteria-0-weight": "-5"}, "Isi 0 atau lebih"),
        ({"kriteria-0-weight": "NaN"}, "angka"),
        ({"kriteria-0-low": "3"}, "Batas atas harus di atas batas bawah."),
        ({"kriteria-4-high": "6"}, "Nilai panel 1 sampai 5"),
        ({"kriteria-1-name": "Pemusatan di kecamatan"}, "Kriteria dengan nama ini sudah ada."),
        ({"kerajinan-0-note": "Tanpa nama"}, "Pilih komoditasnya."),
        ({"options": ["999999"]}, "dari daftar"),
        ({"people": ["999999"]}, "dari daftar"),
        ({"kriteria-TOTAL_FORMS": "x"}, ""),
    ],
)
def test_wrong_setup_is_a_sentence_and_writes_nothing(client_as, draft, changes, sentence):
    client = client_as("coordinator")

    response = client.post(url(draft), posted(client, draft, **changes))

    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Galat: " in text
    assert sentence in text
    assert draft.options.count() == 2
    assert draft.criteria.count() == 6


def test_craft_needs_its_reason_and_is_named_once(client_as, draft, evidence):
    client = client_as("coordinator")
    craft = {"kerajinan-0-commodity": str(evidence.tenun.pk)}

    text = client.post(url(draft), posted(client, draft, **craft)).content.decode()
    assert "Tulis mengapa tenun dipertimbangkan." in text

    double = {"kerajinan-0-commodity": str(evidence.lada.pk), "kerajinan-0-note": "Ada."}
    text = client.post(url(draft), posted(client, draft, **double)).content.decode()
    assert "Lada sudah menjadi pilihan." in text


def test_craft_is_taken_out_by_emptying_its_name(client_as, draft, evidence):
    CompetencyOptionFactory(determination=draft, commodity=evidence.tenun, note="Turun-temurun.")
    client = client_as("coordinator")

    response = client.post(url(draft), posted(client, draft, **{"kerajinan-0-commodity": ""}))

    assert response.status_code == 302
    assert {str(option) for option in draft.options.all()} == {"lada", "karet"}


def test_second_saver_sees_both_versions(client_as, draft, user_as):
    client = client_as("coordinator")
    mine = posted(client, draft, **{"kriteria-0-weight": "11"})
    client_as("coordinator").post(url(draft), posted(client, draft, **{"kriteria-0-weight": "77"}))

    response = client.post(url(draft), mine)

    text = response.content.decode()
    assert response.status_code == 409
    assert "11" in text
    assert "77" in text
    assert str(draft.criteria.first().weight) == "77.00"


def test_heads_do_not_stand_among_the_assessors(client_as, draft, user_as):
    head, panelist = user_as("coordinator_head"), user_as("panelist")

    form = page_form(client_as("coordinator").get(url(draft)).content.decode(), having="options")

    assert form.names >= {"people"}
    text = client_as("coordinator").get(url(draft)).content.decode()
    assert f'value="{panelist.pk}"' in text
    response = client_as("coordinator").post(url(draft), posted(client_as("coordinator"), draft, people=[head.pk]))
    assert "<title>Galat: " in response.content.decode()
    assert not draft.seats.exists()


def test_page_of_a_recorded_decision_is_no_panel_and_the_other_way_round(client_as, draft):
    recorded = CompetencyDeterminationFactory(draft=True)
    client = client_as("coordinator")

    assert client.get(url(recorded)).status_code == 404
    assert client.get(reverse("competencies:determination-edit", args=[draft.pk])).status_code == 404


# --- Opening the scoring ---------------------------------------------------------------------------------------------


def refused(client_as, record):
    response = client_as("coordinator").post(url(record, "scoring-open"), {"seen": "DRAFT", "note": ""})
    record.refresh_from_db()
    assert record.status == "DRAFT"
    return response.content.decode()


def test_scoring_waits_for_two_options_a_weight_and_an_assessor(client_as, draft):
    assert "Pilih sedikitnya satu penilai" in refused(client_as, draft)
    for criterion in draft.criteria.all():
        criterion.weight = 0
        criterion.save()
    assert "dengan bobot di atas 0" in refused(client_as, draft)
    draft.options.first().delete()
    assert "Pilih sedikitnya dua komoditas" in refused(client_as, draft)
    for _ in range(12):
        CompetencyOptionFactory(determination=draft)
    assert "Pilih paling banyak 12 komoditas dan kriteria" in refused(client_as, draft)


def test_scoring_is_refused_with_the_cell_that_cannot_be_analysed(client_as, draft, evidence, user_as):
    draft.seats.create(user=user_as("panelist"))
    for figure in ProductionFigure.objects.exclude(district=evidence.district):
        figure.delete()

    assert "Hanya kecamatan Sepauk yang punya angka" in refused(client_as, draft)


def test_scoring_freezes_what_it_is_decided_on(draft, evidence, user_as):
    draft.seats.create(user=user_as("panelist"))

    services.open_scoring(draft, seen="DRAFT", actor=user_as("coordinator"))

    inputs = CompetencyDetermination.objects.get().inputs
    assert len(inputs["figures"]) == 18
    lada = next(option for option in inputs["options"] if option["name"] == "lada")
    values = inputs["values"][str(lada["id"])]
    assert (values["DISTRICT_SHARE"], values["COMPETITIVE"]) == pytest.approx(
        ((20 / 100 + 40 / 125 + 60 / 150) / 3 * 100, 30.0)
    )
    assert inputs["criteria"][0]["weight"] == "20.00"


def test_draft_can_be_taken_back_until_a_score_is_saved(panel, user_as):
    coordinator = user_as("coordinator")
    option, criterion = panel.record.options.first(), panel.record.criteria.filter(kind="PANEL").first()
    services.save_scores(seat=panel.seats[0], scores={(option.pk, criterion.pk): 3}, note="", finish=False)

    with pytest.raises(StepNotAllowed, match="Sudah ada nilai yang disimpan"):
        panel.record.take_step("reopen_draft", seen="SCORED", actor=coordinator, note="Salah kriteria.")

    services.save_scores(seat=panel.seats[0], scores={(option.pk, criterion.pk): None}, note="", finish=False)
    panel.record.take_step("reopen_draft", seen="SCORED", actor=coordinator, note="Salah kriteria.")
    assert panel.record.inputs is None
    assert DeterminationCriterion.objects.filter(determination=panel.record).count() == 6
