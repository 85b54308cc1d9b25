"""Back office of the programme's frame: BAPPEDA edits, the auditor reads, others stay out."""

import pytest
from django.urls import reverse

from programs.models import Activity, Indicator, IndicatorTarget, Program
from tests.factories import ActivityFactory, IndicatorFactory, IndicatorTargetFactory, OutcomeFactory, ProgramFactory
from tests.markup import tight

pytestmark = pytest.mark.django_db

MODELS = ["program", "outcome", "activity", "indicator"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("model", MODELS)
def test_list_finds_by_search_with_constant_queries(client_as, model, rows, django_assert_max_num_queries):
    for number in range(rows):
        IndicatorFactory(name=f"tenun {number}", activity__name=f"tenun {number}")
    client = client_as("coordinator")
    url = reverse(f"admin:programs_{model}_changelist")
    client.get(url)

    with django_assert_max_num_queries(12):
        response = client.get(url, {"q": "tenun"})

    assert response.status_code == 200


def test_coordinator_writes_a_program_with_its_outcomes(client_as):
    client = client_as("coordinator")

    client.post(
        reverse("admin:programs_program_add"),
        {
            "name": "P2-EMAS",
            "starts": 2017,
            "ends": 2021,
            "mission": "Ekonomi rakyat dari desa",
            "outcomes-TOTAL_FORMS": 1,
            "outcomes-INITIAL_FORMS": 0,
            "outcomes-0-name": "Pendapatan naik",
        },
    )

    program = Program.objects.get()
    assert [outcome.name for outcome in program.outcomes.all()] == ["Pendapatan naik"]
    assert program.history.get().history_user == client.user


def test_program_that_ends_before_it_starts_is_refused(client_as):
    response = client_as("coordinator").post(
        reverse("admin:programs_program_add"),
        {"name": "P", "starts": 2021, "ends": 2017, "outcomes-TOTAL_FORMS": 0, "outcomes-INITIAL_FORMS": 0},
    )

    assert "Tahun selesai tidak boleh sebelum tahun mulai." in response.content.decode()
    assert not Program.objects.exists()


def test_coordinator_writes_an_indicator_of_an_outcome_with_its_target(client_as):
    outcome = OutcomeFactory()

    client_as("coordinator").post(
        reverse("admin:programs_indicator_add"),
        {
            "outcome": outcome.pk,
            "name": "Angka kemiskinan",
            "unit": "persen",
            "formula": "decreasing",
            "ledger": "WELFARE",
            "source": "BPS",
            "targets-TOTAL_FORMS": 1,
            "targets-INITIAL_FORMS": 0,
            "targets-0-year": 2019,
            "targets-0-baseline": "10,07",
            "targets-0-target": "9,5",
        },
    )

    row = IndicatorTarget.objects.get()
    assert (row.indicator.outcome, str(row.baseline), str(row.target)) == (outcome, "10.070", "9.500")


@pytest.mark.parametrize("field", ["baseline", "target"])
def test_negative_value_of_a_target_is_refused_beside_its_field(client_as, field):
    data = {"outcome": OutcomeFactory().pk, "name": "X", "unit": "persen", "formula": "decreasing", "ledger": "WELFARE"}
    row = {"year": 2019, "baseline": "10,07", "target": "0"} | {field: "-0,5"}
    rows = {"targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 0} | {f"targets-0-{k}": v for k, v in row.items()}

    response = client_as("coordinator").post(reverse("admin:programs_indicator_add"), data | rows)

    page = tight(response.text)
    assert "<title>Galat:" in page and "Isi 0 atau lebih" in page and 'value="-0,5"' in page
    assert not IndicatorTarget.objects.exists() and not Indicator.objects.exists()


def test_indicator_of_both_or_neither_is_refused(client_as):
    activity = ActivityFactory()
    client = client_as("coordinator")
    data = {"name": "X", "unit": "orang", "formula": "increasing", "ledger": "PROGRESS", "targets-TOTAL_FORMS": 0, "targets-INITIAL_FORMS": 0}  # fmt: skip

    for parents in ({}, {"activity": activity.pk, "outcome": activity.outcome_id}):
        response = client.post(reverse("admin:programs_indicator_add"), data | parents)
        assert "Indikator mengukur sasaran atau kegiatan, tepat salah satu." in response.content.decode()
    assert not Indicator.objects.exists()


@pytest.mark.parametrize("who", ["auditor", "coordinator"])
def test_nobody_deletes(client_as, who):
    activity = ActivityFactory()

    response = client_as(who).post(reverse("admin:programs_activity_delete", args=[activity.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert Activity.objects.exists()


def test_auditor_reads_and_does_not_write(client_as):
    target = IndicatorTargetFactory()
    client = client_as("auditor")
    url = reverse("admin:programs_indicator_change", args=[target.indicator_id])

    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Lain"}).status_code == 403
    assert Indicator.objects.get().name == target.indicator.name


def test_program_name_is_what_people_read(client_as):
    program = ProgramFactory()

    text = client_as("coordinator").get(reverse("admin:programs_program_changelist")).content.decode()

    assert str(program) in text


def test_number_of_rows_that_is_sent_draws_no_more_than_a_page_may_hold(client_as):
    record = OutcomeFactory().program
    address = reverse("admin:programs_program_change", args=[record.pk])
    data = {"name": record.name, "starts": 2018, "ends": 2020, "outcomes-INITIAL_FORMS": 1}

    answer = client_as("coordinator").post(address, data | {"outcomes-TOTAL_FORMS": 1_000_000})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('name="outcomes-') < 21 * 12
    assert "outcomes-20-" in page and "outcomes-21-" not in page
