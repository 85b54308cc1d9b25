"""The page of one analysis: what it asks, what it refuses, and what becomes of the options."""

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.analyses import DeterminationAnalysis
from tests.factories import CompetencyDeterminationFactory, DeterminationAnalysisFactory
from tests.filled import page_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(counted):
    """By tons alone; lada and karet are suggested."""
    return services.open_determination(
        fields={"district": counted.district, "year": 2017, "measure": "TON", "first_year": 2014, "last_year": 2016}
    )


def url(record, name="analysis-add", *more):
    return reverse(f"competencies:{name}", args=[record.pk, *more])


def typed(record, **changes):
    version = CompetencyDetermination.objects.get(pk=record.pk).version
    return {"version": version, "name": "Ternak", "measure": "EKOR", "sector": "peternakan"} | changes


def cattle_of(record, client):
    client.post(url(record), typed(record))
    return record.analyses.get(name="Ternak")


def test_first_analysis_keeps_what_was_counted_until_now_as_another(client_as, draft, counted):
    client = client_as("coordinator")
    page = client.get(url(draft)).text
    assert "Hitungan yang sekarang (Produksi (ton), semua sektor) menjadi hitungan pertama." in " ".join(page.split())

    answer = client.post(url(draft), typed(draft))

    assert answer.url == url(draft, "panel-setup")
    rows = {row.name: (row.measure, row.sector) for row in draft.analyses.all()}
    assert rows == {"Produksi (ton)": ("TON", ""), "Ternak": ("EKOR", "peternakan")}
    assert {(str(option), str(option.analysis)) for option in draft.options.all()} == {
        ("lada", "Produksi (ton)"), ("karet", "Produksi (ton)")
    }  # fmt: skip
    setup = page_form(client.get(answer.url).text, having="options")
    own, cattle = draft.analyses.order_by("pk")
    assert set(setup.choices["options"]) == {
        f"{row.pk}-{counted.goods[name].pk}"
        for row, names in ((own, ("lada", "karet")), (cattle, ("sapi", "kambing")))
        for name in names
    }
    assert len([pair for pair in setup.fields if pair[0] == "options"]) == 2


def test_list_of_commodities_is_kept_and_emptied(client_as, draft, counted):
    client = client_as("coordinator")
    both = [counted.goods["sapi"].pk, counted.goods["kambing"].pk]
    client.post(url(draft), typed(draft, commodities=both))
    row = draft.analyses.get(name="Ternak")
    assert set(row.commodities.values_list("commodity", flat=True)) == set(both)
    link = f"hanya={min(both)}&amp;hanya={max(both)}"
    assert link in client.get(url(draft, "panel-setup")).text

    client.post(url(draft, "analysis-edit", row.pk), typed(draft, name="Sapi dan kambing"))

    row.refresh_from_db()
    assert (row.name, row.commodities.count()) == ("Sapi dan kambing", 0)
    assert row.commodities.model.history.filter(history_type="-").count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Nama hitungan"),
        ({"name": "produksi (TON)"}, "Hitungan dengan nama ini sudah ada."),
        ({"measure": ""}, "Pilih ukuran."),
        ({"commodities": "sapi"}, "Dengan satu komoditas semua LQ menjadi 1."),
        ({"commodities": "sapi lada"}, "Bukan sektor peternakan: lada."),
    ],
)
def test_wrong_analysis_is_a_sentence_and_keeps_what_was_typed(client_as, draft, counted, changes, sentence):
    if "commodities" in changes:
        changes = {"commodities": [counted.goods[name].pk for name in changes["commodities"].split()]}

    answer = client_as("coordinator").post(url(draft), typed(draft, **changes))

    assert answer.status_code == 200 and sentence in answer.text
    assert "<title>Galat: " in " ".join(answer.text.split())
    assert 'value="peternakan" selected' in answer.text
    assert not draft.analyses.exists()


def test_commodity_is_ticked_in_one_analysis_only(client_as, draft, counted):
    client = client_as("coordinator")
    own, again = cattle_of(draft, client), DeterminationAnalysisFactory(
        determination=draft, name="Lagi", measure="EKOR"
    )  # fmt: skip
    setup = page_form(client.get(url(draft, "panel-setup")).text, having="options")
    sapi = counted.goods["sapi"].pk
    data: dict[str, list[str]] = {}
    for key, value in [*setup.fields, ("options", f"{own.pk}-{sapi}"), ("options", f"{again.pk}-{sapi}")]:
        data.setdefault(key, []).append(value)

    answer = client.post(url(draft, "panel-setup"), data)

    assert answer.status_code == 200 and "Sapi dicentang di dua hitungan. Pilih satu." in answer.text
    data["options"].pop()
    client.post(url(draft, "panel-setup"), data)
    assert draft.options.get(commodity=sapi).analysis == own


def test_analysis_that_options_name_stays_and_the_last_gives_them_back(client_as, draft):
    client = client_as("coordinator")
    cattle = cattle_of(draft, client)
    own = draft.analyses.exclude(pk=cattle.pk).get()
    remove = {"remove": "on", "name": own.name, "measure": "TON", "sector": ""}

    answer = client.post(url(draft, "analysis-edit", own.pk), typed(draft, **remove))
    assert "Masih ada pilihan yang memakai hitungan ini." in answer.text and draft.analyses.count() == 2

    client.post(url(draft, "analysis-edit", cattle.pk), typed(draft, remove="on"))
    client.post(url(draft, "analysis-edit", own.pk), typed(draft, **remove))

    assert not draft.analyses.exists()
    assert {(str(option), option.analysis) for option in draft.options.all()} == {("lada", None), ("karet", None)}


def test_second_writer_sees_both_versions_and_overwrites_nothing(client_as, draft):
    cattle = cattle_of(draft, client_as("coordinator"))
    late = typed(draft, name="Yang kedua")
    client_as("coordinator").post(url(draft, "analysis-edit", cattle.pk), typed(draft, name="Ternak besar"))

    answer = client_as("coordinator_head").post(url(draft, "analysis-edit", cattle.pk), late)

    assert answer.status_code == 409 and "Yang kedua" in answer.text and "Ternak besar" in answer.text
    cattle.refresh_from_db()
    assert cattle.name == "Ternak besar"


def test_analysis_of_another_determination_is_not_found(client_as, draft):
    other = DeterminationAnalysisFactory(determination=CompetencyDeterminationFactory(panel=True, status="DRAFT"))

    assert client_as("coordinator").get(url(draft, "analysis-edit", other.pk)).status_code == 404


def test_at_most_six_analyses(client_as, draft):
    for number in range(DeterminationAnalysis.MOST):
        DeterminationAnalysisFactory(determination=draft, name=f"Ke-{number}")
    client = client_as("coordinator")

    answer = client.post(url(draft), typed(draft))

    assert "sudah punya enam hitungan" in answer.text and draft.analyses.count() == DeterminationAnalysis.MOST
