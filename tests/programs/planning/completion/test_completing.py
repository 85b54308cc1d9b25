"""One table completes a copied plan: what it shows, what it saves, and what comes back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from p2emas.documents.models import Decree
from programs.framework.models import IndicatorTarget
from programs.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.completion.table import CompletionTable
from programs.planning.services import create_plan
from tests.factories import (
    CommunityGroupFactory,
    DecreeFactory,
    ProcurementMethodFactory,
    TargetLocationFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.programs.planning.conftest import add_line

pytestmark = pytest.mark.django_db


def missing(plan):
    """Without the way of procurement, which a line may say and need not."""
    return set(CompletionTable(plan).rows[0].missing) - {"procurement"}


def url(plan):
    return reverse("planning:plan-complete", args=[plan.pk])


def typed(plan, **boxes):
    """A page with only some boxes of the first line, as the script of drafts sends rows."""
    line = plan.lines.order_by("activity__code", "pk").first()
    return {"version": plan.version} | {f"b{line.pk}-{name}": text for name, text in boxes.items()}


@pytest.fixture
def copied():
    """A plan of 2019 copied from that of 2018: its indicators have no target for the year."""
    before = WorkPlanFactory(year=2018, agreed=True)
    for _number in range(3):
        add_line(before)
    return create_plan(agency=before.agency, year=2019, kind="INDUK", by=UserFactory())


def test_copied_plan_is_completed_in_one_saving(client_as, copied):
    operator = client_as("agency_operator", at=copied.agency)
    table = CompletionTable(copied)
    assert table.missing_count == 3 and len(table.check.blockers) == 3
    data = {"version": copied.version, "periksa": "1"}
    for row in table.rows:
        data |= {f"{row.prefix}-{name}": text for name, text in row.stored.items()}
        data[f"{row.prefix}-target_{row.indicators[0].pk}"] = "12,5"
        data[f"{row.prefix}-amount"] = "250.000.000"

    answer = operator.post(url(copied), data)

    assert answer.status_code == 302 and answer.url.endswith("/periksa/")
    assert set(copied.lines.values_list("amount", flat=True)) == {250_000_000}
    assert CompletionTable(copied).check.blockers == []
    targets = IndicatorTarget.objects.filter(year=2019, indicator__activity__year=2019)
    assert set(targets.values_list("target", flat=True)) == {Decimal("12.5")}
    line = copied.lines.first()
    assert (line.version, line.history.count(), line.history.first().history_user) == (2, 2, operator.user)


def test_right_rows_are_saved_and_wrong_ones_come_back_as_typed(operator, draft):
    wrong, right = draft.lines.get(), add_line(draft)
    data = {
        "version": draft.version,
        f"b{wrong.pk}-money_2": "999.999.999.999",
        f"b{right.pk}-physical_1": "15",
    }

    page = operator.post(url(draft), data)

    text = page.content.decode()
    assert page.status_code == 200 and "<title>Galat:" in text
    assert "Target keuangan TW II tidak boleh melebihi pagu" in text and 'value="999.999.999.999"' in text
    assert f'id="id_b{wrong.pk}-money_2"' in text and f'href="#id_b{wrong.pk}-money_2"' in text
    assert right.targets.get(quarter=1).physical == 15
    assert wrong.targets.get(quarter=2).money == 40_000_000


@pytest.mark.parametrize(
    ("box", "text", "sentence"),
    [
        ("amount", "", "Isi pagu"),
        ("amount", "banyak", "bukan angka"),
        ("amount", "-5", "Baris 1"),
        ("physical_1", "140", "Baris 1"),
        ("money_1", "30.000.000", ""),
        ("physical_4", "10", "kumulatif, jadi tidak boleh di bawah triwulan sebelumnya"),
    ],
)
def test_box_is_answered_by_the_rules_of_the_line_form(operator, draft, box, text, sentence):
    page = operator.post(url(draft), typed(draft, **{box: text}))

    assert page.status_code == (200 if sentence else 302)
    assert not sentence or sentence in page.content.decode()


def test_what_is_missing_has_a_box_and_what_is_there_has_none(operator, draft):
    line = draft.lines.get()
    group = CommunityGroupFactory(village=line.village)
    elsewhere = CommunityGroupFactory()
    assert missing(draft) == set()
    commodity, line.group, line.commodity = line.commodity, None, None
    line.save()

    page = operator.get(url(draft)).content.decode()
    assert group.name in page and elsewhere.name not in page
    refused = operator.post(url(draft), typed(draft, commodity="kristal", group=str(elsewhere.pk)))
    operator.post(url(draft), typed(draft, commodity=commodity.name.upper(), group=str(group.pk)))

    line.refresh_from_db()
    assert "“kristal” tidak ada dalam daftar" in refused.content.decode()
    assert (line.group, line.commodity) == (group, commodity)


def test_line_on_a_location_that_ended_asks_for_another_place(operator, draft):
    line, other = draft.lines.get(), TargetLocationFactory()
    ended = line.target_location
    ended.valid_until, ended.closed_by = date(2019, 6, 30), DecreeFactory(kind=Decree.Kind.SK)
    ended.save()
    assert missing(draft) == {"target_location"}

    operator.post(url(draft), typed(draft, target_location=f"{other.village.name}, {other.village.district.name}"))

    line.refresh_from_db()
    assert line.target_location == other


def test_second_saver_sees_both_versions_and_nothing_is_overwritten(operator, draft):
    data = typed(draft, amount="90.000.000")
    WorkPlan.objects.filter(pk=draft.pk).update(version=9)

    page = operator.post(url(draft), data)

    assert page.status_code == 409
    assert "90.000.000" in page.content.decode() and "100.000.000" in page.content.decode()
    assert draft.lines.get().amount == 100_000_000


def test_submitted_plan_keeps_what_was_typed_and_saves_nothing(operator, draft):
    WorkPlan.objects.filter(pk=draft.pk).update(status="SUBMITTED")

    page = operator.post(url(draft), typed(draft, amount="90.000.000"))

    assert page.status_code == 409 and "90.000.000" in page.content.decode()
    assert PlanLine.objects.get().amount == 100_000_000


def test_emptied_target_reads_as_no_data(operator, draft):
    operator.post(url(draft), typed(draft, money_1="", physical_1=""))

    target = PlanLineTarget.objects.get(quarter=1)
    assert (target.money, target.physical) == (None, None)
    assert "Target TW I belum lengkap." in {each.sentence for each in CompletionTable(draft).check.warnings}


def test_saving_takes_the_same_number_of_statements_for_one_and_thirteen_rows(operator, draft):

    counts = []
    for more in (0, 12):
        for _number in range(more):
            add_line(draft)
        draft.refresh_from_db()
        data = {"version": draft.version}
        for line in draft.lines.all():
            data |= {f"b{line.pk}-amount": "91.000.000" if not more else "92.000.000", f"b{line.pk}-physical_1": "9"}
        with CaptureQueriesContext(connection) as queries:
            assert operator.post(url(draft), data).status_code == 302
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1


def test_way_of_procurement_is_typed_by_its_name_and_asked_only_where_it_is_not_said(operator, draft):
    line, method = draft.lines.get(), ProcurementMethodFactory(name="Pengadaan khusus")
    assert 'list="cara"' in operator.get(url(draft)).content.decode()

    operator.post(url(draft), typed(draft, procurement="pengadaan KHUSUS"))

    line.refresh_from_db()
    assert line.procurement == method
    assert 'list="cara"' not in operator.get(url(draft)).content.decode()
