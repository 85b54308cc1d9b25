"""Indicators of a plan's activities: baseline, targets, villages, and what stays fixed once a plan is set."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.models import Indicator, IndicatorTarget, WorkPlan
from programs.planning.indicator_forms import IndicatorForm
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.markup import squeezed
from tests.programs.planning.conftest import add_line, indicator_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(line):
    return line.activity.indicators.get()


def add_url(line):
    return reverse("planning:indicator-add", args=[line.plan_id, line.activity_id])


def edit_url(line, indicator):
    return reverse("planning:indicator-edit", args=[line.plan_id, indicator.pk])


def delete_url(line, indicator):
    return reverse("planning:indicator-delete", args=[line.plan_id, indicator.pk])


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_indicator_is_added_with_baseline_and_targets(operator, line):
    village = line.target_location.village
    data = indicator_data(**{f"baseline_{village.pk}": "", f"baseline_missing_reason_{village.pk}": "Survei berjalan", f"target_{village.pk}": "20"})  # fmt: skip

    response = operator.post(add_url(line), data)

    added = line.activity.indicators.latest("pk")
    assert response.url == reverse("planning:indicator-list", args=[line.plan_id])
    assert (added.name, added.formula, added.source) == ("Jumlah penenun terlatih", "increasing", "Daftar hadir")
    rows = {row.village_id: row for row in added.targets.all()}
    assert set(rows) == {None, village.pk}
    assert (rows[None].baseline, rows[None].baseline_year, rows[None].target) == (0, 2018, Decimal("1250.5"))
    assert (rows[village.pk].baseline, rows[village.pk].target) == (None, 20)
    assert rows[village.pk].baseline_missing_reason == "Survei berjalan"
    assert added.history.get().history_user == operator.user


def test_indicator_is_edited_and_emptied_targets_go(operator, line, indicator):
    village = line.target_location.village
    IndicatorTargetFactory(indicator=indicator, village=village)

    operator.post(edit_url(line, indicator), indicator_data(version=1, name="Baru"))

    indicator.refresh_from_db()
    assert (indicator.name, indicator.version) == ("Baru", 2)
    assert [(row.village_id, row.target) for row in indicator.targets.all()] == [(None, Decimal("1250.5"))]
    assert IndicatorTarget.history.filter(history_type="-").count() == 1


def test_bound_of_a_quarter_is_typed_with_a_comma_and_may_stay_empty(operator, line, indicator):
    operator.post(edit_url(line, indicator), indicator_data(version=1, largest_change="2,5"))
    indicator.refresh_from_db()
    typed = indicator.largest_change

    operator.post(edit_url(line, indicator), indicator_data(version=2, largest_change=""))

    indicator.refresh_from_db()
    assert (typed, indicator.largest_change) == (Decimal("2.5"), None)


def test_form_shows_what_is_stored(operator, line, indicator):
    village = line.target_location.village
    IndicatorTargetFactory(indicator=indicator, village=village, baseline=3, target=7)
    IndicatorTargetFactory(indicator=indicator, village=VillageFactory())
    IndicatorTargetFactory(indicator=indicator, year=2018, target=99)

    form = operator.get(edit_url(line, indicator)).context["form"]

    assert form.villages == [village]
    assert (form.initial["target"], form.initial[f"target_{village.pk}"]) == (4, 7)
    assert form.initial[f"baseline_{village.pk}"] == 3


def test_targets_of_other_years_and_villages_stay(operator, line, indicator):
    IndicatorTargetFactory(indicator=indicator, year=2018, target=99)
    elsewhere = IndicatorTargetFactory(indicator=indicator, village=VillageFactory())

    operator.post(edit_url(line, indicator), indicator_data(version=1))

    assert indicator.targets.get(year=2018).target == 99
    assert IndicatorTarget.objects.filter(pk=elsewhere.pk).exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Isi indikator"),
        ({"source": ""}, "source", "Isi sumber data"),
        ({"formula": ""}, "formula", "Pilih jenis rumus"),
        ({"formula": "rata-rata"}, "formula", ""),
        ({"baseline": "1.5"}, "baseline", ""),
        ({"baseline_year": ""}, "baseline_year", "Isi tahun nilai awal"),
        ({"baseline_year": "2020"}, "baseline_year", "Isi tahun sampai 2019."),
        ({"baseline_missing_reason": "belum"}, "baseline_missing_reason", "Kosongkan alasan bila nilai awal sudah ada"),
        ({"target": "banyak"}, "target", ""),
        ({"target": "-5"}, "target", "Isi 0 atau lebih"),
        ({"largest_change": "-1"}, "largest_change", "Isi 0 atau lebih"),
        ({"largest_change": "banyak"}, "largest_change", ""),
    ],
)
def test_indicator_that_is_wrong_is_refused_beside_its_field(operator, line, changes, field, sentence):
    response = operator.post(add_url(line), indicator_data(**changes))

    text = response.content.decode()
    assert set(errors(response)) == {field}
    assert sentence in errors(response)[field][0]
    assert "<title>Galat:" in text
    assert f"#id_{field}" in text
    assert line.activity.indicators.count() == 1


def test_village_row_that_is_wrong_says_so_under_it(operator, line):
    village = line.target_location.village
    data = indicator_data(**{f"baseline_{village.pk}": "3", f"baseline_missing_reason_{village.pk}": "belum"})

    response = operator.post(add_url(line), data)

    assert errors(response) == {f"baseline_missing_reason_{village.pk}": ["Kosongkan alasan bila nilai awal sudah ada"]}
    assert f'id="id_baseline_missing_reason_{village.pk}_error"' in response.content.decode()


def test_indicator_of_a_set_plan_keeps_name_unit_and_formula(operator, line, indicator):
    before = WorkPlanFactory(agency=line.plan.agency, agreed=True, sequence=2)
    add_line(before, activity=line.activity)

    typed = {"name": "Lain", "unit": "lain", "formula": "end_value", "largest_change": "9", "target": "9"}
    response = operator.post(edit_url(line, indicator), indicator_data(version=1, **typed))

    indicator.refresh_from_db()
    assert response.status_code == 302
    assert indicator.largest_change is None
    assert (indicator.unit, indicator.formula) == ("kelompok", "increasing")
    assert indicator.name != "Lain"
    assert indicator.targets.get().target == 9
    assert "nama, satuan, dan rumusnya tetap" in operator.get(edit_url(line, indicator)).content.decode()


def test_conflict_shows_both_versions_and_overwrites_nothing(operator, line, indicator):
    operator.post(edit_url(line, indicator), indicator_data(version=1, target="5"))

    response = operator.post(edit_url(line, indicator), indicator_data(version=1, target="6", name="Nama lain"))

    text = response.content.decode()
    assert response.status_code == 409
    assert "Nama lain" in text
    assert indicator.targets.get().target == 5
    indicator.refresh_from_db()
    assert indicator.version == 2


@pytest.mark.parametrize("which", ["add", "edit"])
def test_what_was_typed_before_the_plan_was_submitted_is_kept_and_not_saved(operator, line, indicator, which):
    WorkPlan.objects.update(status="SUBMITTED")
    url = add_url(line) if which == "add" else edit_url(line, indicator)

    response = operator.post(url, indicator_data(version=1 if which == "edit" else "", source="Buku tamu"))

    text = response.content.decode()
    assert "Rencana ini sudah diajukan" in text
    assert "Buku tamu" in text
    assert Indicator.objects.get().source == "Daftar hadir pelatihan"


def test_indicator_is_deleted_after_confirmation(operator, line, indicator):
    page = operator.get(delete_url(line, indicator))
    assert str(indicator) in page.content.decode()

    response = operator.post(delete_url(line, indicator), {"version": page.context["form"]["version"].value()})

    assert response.status_code == 302
    assert not Indicator.objects.exists()
    assert Indicator.history.filter(history_type="-").get().history_user == operator.user


def test_indicator_with_a_reported_value_is_not_deleted(operator, line, indicator):
    IndicatorValueFactory(indicator=indicator)

    response = operator.post(delete_url(line, indicator), {"version": 1})

    assert "sudah punya nilai dalam laporan" in response.content.decode()
    assert indicator.targets.count() == 1


def test_indicator_is_not_deleted_on_an_older_version(operator, line, indicator):
    response = operator.post(delete_url(line, indicator), {"version": 0})

    assert "Orang lain menyimpan lebih dahulu." in response.content.decode()
    assert Indicator.objects.filter(pk=indicator.pk).exists()


def test_list_names_every_indicator_with_its_targets(client_as, draft, line, indicator):
    bare = IndicatorFactory(activity=line.activity, source="")
    IndicatorTarget.objects.filter(indicator=indicator).update(baseline=None, baseline_missing_reason="Survei berjalan")

    text = squeezed(client_as("auditor").get(reverse("planning:indicator-list", args=[draft.pk])).text)

    assert str(indicator) in text
    assert str(bare) in text
    assert "Survei berjalan" in text
    assert text.count("belum diisi") == 2  # source and target of the bare one
    assert "Tambah indikator" not in text


TEXT = st.text(max_size=40) | st.sampled_from(["1", "-1", "9" * 25, "\x00", "1e9", "NaN", "Infinity", "²", "1.250"])
FIELDS = [*IndicatorForm.base_fields, "target"]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))  # the drills send 500
@given(st.dictionaries(st.sampled_from(FIELDS), TEXT, max_size=6))
def test_indicator_form_never_breaks(operator, line, indicator, data):
    for url in (add_url(line), edit_url(line, indicator)):
        assert operator.post(url, indicator_data(version=1) | data).status_code in {200, 302, 409}
