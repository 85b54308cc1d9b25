"""The timeline of a record: each change once, under who did it, in words, with a fixed number of queries."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.http import QueryDict
from django.utils import timezone

from p2emas import clock
from p2emas.workflow.models import Chain, StatusChange
from p2emas.workflow.riwayat import Change, Entry, _page, _step_entry, short_timeline, timeline
from programs.models import WorkPlan
from tests.factories import (
    AgencyFactory,
    CommodityFactory,
    CommunityGroupFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    WorkPlanFactory,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db
NINE = timezone.make_aware(datetime(2019, 10, 7, 9))
PARTS = ("lines", "lines__targets")
# What no button takes, or whose button already names what then is true.
SAYS_WHAT_HAPPENED = {
    "Berhenti karena galat",
    "Lolos syarat",
    "Selesai diperiksa",
    "Tidak jadi diterapkan",
    "Tidak lolos syarat",
}


def save(record, at, by=None, **values):
    """Save ``values`` as ``by`` would at ``at``."""
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = by
    with clock.at(at):
        record.save()


@pytest.fixture
def plan():
    with clock.at(NINE):
        return WorkPlanFactory(status=WorkPlan.Status.REVIEWING)


def shown(entries):
    return [(entry.who, entry.title, [(c.label, c.old, c.new) for c in entry.changes]) for entry in entries]


def test_steps_and_edits_make_one_timeline_newest_first(plan, user_as):
    coordinator, operator = user_as("coordinator"), user_as("agency_operator", at=plan.agency)
    save(plan, NINE + timedelta(minutes=1), operator, year=2020)
    with clock.at(NINE + timedelta(minutes=2)):
        plan.take_step("return", seen=plan.status, actor=coordinator, note="Pagu salah.")
    save(plan, NINE + timedelta(minutes=3), operator, year=2021)

    entries = timeline(plan)

    assert shown(entries) == [
        (str(operator), "Diubah", [("tahun", "2020", "2021")]),
        (str(coordinator), "Perbaikan diminta", [("Status", "Ditelaah", "Perlu perbaikan")]),
        (str(operator), "Diubah", [("tahun", "2019", "2020")]),
        ("Sistem", "Dibuat", []),
    ]
    assert [entry.note for entry in entries] == ["", "Pagu salah.", "", ""]


def chains() -> list[type[Chain]]:
    return [model for model in apps.get_models() if issubclass(model, Chain)]


@pytest.mark.parametrize("label", [model._meta.label for model in chains()])
def test_history_says_what_happened_and_not_which_button_was_pressed(label):
    labels = {step.label for model in chains() for step in model.STEPS.values()} - SAYS_WHAT_HAPPENED
    orders = {words.partition(" ")[0].rstrip(":") for words in labels} - {"Tidak"}
    model = apps.get_model(label)

    for name, step in model.STEPS.items():
        taken = StatusChange(step=name, old=step.sources[0], new=step.target, at=NINE)
        told = _step_entry(model(), taken).title
        assert told == step.done and told[:1].isupper() and not told.endswith(".")
        assert told.partition(" ")[0] not in orders, f"{name}: {told}"


def test_step_is_not_booked_again_to_whoever_saves_next(plan, user_as):
    operator = user_as("agency_operator", at=plan.agency)
    plan.take_step("return", seen=plan.status, actor=user_as("coordinator"), note="Pagu salah.")

    save(plan, NINE + timedelta(days=2), operator, year=2020)

    changes = [change for entry in timeline(plan) for change in entry.changes]
    assert changes.count(Change("Status", "Ditelaah", "Perlu perbaikan")) == 1
    assert [change.label for change in changes] == ["tahun", "Status"]


def test_parts_are_worded_as_on_every_page(plan, user_as):
    operator, agency = user_as("agency_operator", at=plan.agency), plan.agency
    with clock.at(NINE):
        line = PlanLineFactory(plan=plan, activity__agency=agency, amount=100_000_000, volume=Decimal("2.50"))
        target = PlanLineTargetFactory(plan_line=line, money=50_000_000, physical=Decimal(50))
    save(line, NINE + timedelta(minutes=5), operator, amount=125_000_000, fund="PAD")
    save(target, NINE + timedelta(minutes=5, seconds=1), operator, money=None)

    newest = timeline(plan, parts=PARTS)[0]

    assert (newest.who, newest.title) == (str(operator), "Diubah")
    labels = {change.label: (change.old, change.new) for change in newest.changes}
    assert labels[f"baris rencana: {line} – pagu"] == ("Rp\u00a0100.000.000", "Rp\u00a0125.000.000")
    assert ("Rp\u00a050.000.000", "–") in labels.values()
    assert len(labels) == len(newest.changes) == 3


def test_foreign_keys_dates_and_flags_are_words():
    agency = AgencyFactory(member_from=date(2017, 1, 1))
    group = CommunityGroupFactory()
    save(
        agency,
        NINE + timedelta(days=2),
        successor=AgencyFactory(short_name="Distanbun"),
        member_from=date(2018, 2, 3),
        is_sample=True,
    )

    changes = timeline(agency)[0].changes

    assert [(c.label, c.old, c.new) for c in changes] == [
        ("dilanjutkan oleh", "–", "Distanbun"),
        ("anggota sejak", "01-01-2017", "03-02-2018"),
        ("data contoh", "tidak", "ya"),
    ]
    assert timeline(group)[0].title == "Dibuat"


def test_deleted_part_stays_in_the_timeline(plan, user_as):
    line = PlanLineFactory(plan=plan)
    name = str(line)
    line._history_user = user_as("coordinator")
    line.delete()

    assert timeline(plan, parts=["lines"])[0].lines == [f"baris rencana: {name} dihapus"]


def test_many_new_parts_are_counted(plan):
    with clock.at(NINE + timedelta(hours=1)):
        for _n in range(4):
            PlanLineFactory(plan=plan)

    newest = timeline(plan, parts=["lines"])[0]

    assert (newest.lines, newest.title) == (["4 baris rencana ditambahkan"], "Diubah")


@pytest.mark.parametrize(("added", "title"), [(1, "Dibuat"), (2, "Diubah")])
def test_entry_of_one_part_says_what_happened_to_it_and_of_more_that_something_changed(plan, added, title):
    with clock.at(NINE + timedelta(hours=1)):
        for _n in range(added):
            PlanLineFactory(plan=plan)

    assert timeline(plan, parts=["lines"])[0].title == title


def test_short_timeline_counts_what_happened_to_parts(plan, user_as, django_assert_num_queries):
    operator = user_as("agency_operator", at=plan.agency)
    with clock.at(NINE):
        line, gone = PlanLineFactory(plan=plan), PlanLineFactory(plan=plan)
    save(plan, NINE + timedelta(minutes=1), operator, year=plan.year + 1, agency=AgencyFactory())
    save(line, NINE + timedelta(minutes=5), operator, amount=1, commodity=CommodityFactory())
    gone._history_user = operator
    with clock.at(NINE + timedelta(minutes=5, seconds=1)):
        gone.delete()

    with django_assert_num_queries(4):  # steps, and the history of the plan, of its lines and of their targets
        parts, own = short_timeline(plan, parts=PARTS)[:2]

    assert (parts.who, parts.title, parts.changes) == (str(operator), "Diubah", [])
    assert parts.lines == ["1 baris rencana dihapus", "2 isian baris rencana berubah"]
    assert (own.changes, own.lines) == ([Change("tahun", "2019", "2020")], ["SKPD diubah"])


def test_different_people_are_never_merged(plan, user_as):
    for _n in range(2):
        save(plan, NINE + timedelta(minutes=1), user_as("coordinator"), year=plan.year - 1)

    assert [len(entry.changes) for entry in timeline(plan)] == [1, 1, 0]


def test_saving_without_a_change_leaves_no_entry(plan):
    save(plan, NINE + timedelta(minutes=1))

    assert [entry.title for entry in timeline(plan)] == ["Dibuat"]


def test_record_adds_entries_of_its_own(plan, monkeypatch):
    own = Entry(NINE + timedelta(minutes=1), "Koordinator", "Jatuh tempo dipindahkan")
    monkeypatch.setattr(WorkPlan, "riwayat_extra", lambda self: [own], raising=False)

    assert [entry.title for entry in timeline(plan)] == ["Jatuh tempo dipindahkan", "Dibuat"]


def test_number_of_queries_does_not_grow_with_parts(plan, user_as, django_assert_num_queries):
    def grow(n):
        for _n in range(n):
            line = PlanLineFactory(plan=plan, located=True)
            for _time in range(2):
                save(line, NINE, user_as("coordinator"), amount=line.amount + 1)
            PlanLineTargetFactory(plan_line=line)

    grow(1)
    timeline(plan, parts=PARTS)  # content types are cached now
    # steps; plan rows; lines + activity, location (the plan is at hand); targets + lines
    with django_assert_num_queries(7):
        timeline(plan, parts=PARTS)
    grow(4)
    with django_assert_num_queries(6):  # of so many new targets only their number is told
        timeline(plan, parts=PARTS)


@pytest.mark.urls("tests.p2emas.workflow.urls")
@pytest.mark.parametrize("query", ["", "?halaman=2", "?halaman=99", "?halaman=-1", "?halaman=%00", "?halaman=²"])
def test_riwayat_page_pages(client_as, plan, query):
    for n in range(30):
        save(plan, NINE + timedelta(minutes=n + 1), year=2000 + n)

    answer = client_as("coordinator").get(f"/tes/riwayat/{plan.pk}/{query}")

    text = tight(answer.text)
    assert answer.status_code == 200
    last_page = query in ("?halaman=2", "?halaman=99")
    assert text.count("<li><svg") == (6 if last_page else 25) and ("Dibuat" in text) == last_page


@pytest.mark.urls("tests.p2emas.workflow.urls")
def test_riwayat_page_escapes_what_was_typed(client_as, plan):
    with clock.at(NINE):
        line = PlanLineFactory(plan=plan)
    save(line, NINE + timedelta(minutes=1), exception_reason="<script>")

    text = client_as("coordinator").get(f"/tes/riwayat/{plan.pk}/").content.decode()

    assert "&lt;script&gt;" in text and "<script>" not in text.replace("<script src", "")


def test_reason_of_a_save_is_its_note(plan):
    save(plan, NINE + timedelta(hours=1), year=plan.year + 1)
    plan._change_reason = "Pagu berubah"
    save(plan, NINE + timedelta(hours=1, seconds=1), year=plan.year + 1)
    assert next(entry.note for entry in timeline(plan)) == "Pagu berubah"  # and no empty line of the other save


def test_mark_of_an_entry_tells_a_beginning_from_a_change_and_a_step(plan, user_as):
    save(plan, NINE + timedelta(minutes=1), year=2020)
    with clock.at(NINE + timedelta(minutes=2)):
        plan.take_step("return", seen=plan.status, actor=user_as("coordinator"), note="Pagu salah.")

    assert [(entry.title, entry.icon) for entry in timeline(plan)] == [
        ("Perbaikan diminta", "check"),
        ("Diubah", "half"),
        ("Dibuat", "circle"),
    ]


@pytest.mark.parametrize(("entries", "pages"), [(0, 1), (1, 1), (25, 1), (26, 2), (50, 2)])
def test_timeline_has_as_many_pages_as_its_entries_fill(entries, pages):
    page = _page([Entry(NINE, "Sistem", "Langkah")] * entries, QueryDict("halaman=99"))

    assert (page.number, page.next, page.more) == (pages, "", False)
    assert page.previous == ("" if pages == 1 else "?halaman=1")


def test_save_of_a_long_table_is_continued_on_pages_of_its_own():
    long = Entry(NINE, "Sistem", "Diubah", note="Pagu", changes=[Change(f"Pagu {n}", "1", "2") for n in range(250)])
    entries = [Entry(NINE, "Sistem", "Kirim"), long, Entry(NINE, "Sistem", "Dibuat", lines=["300 baris"])]

    pages = [_page(entries, QueryDict(f"halaman={n}")).rows for n in (1, 2, 3, 4)]

    shown = [[(each.title, len(each.changes), each.note) for each in rows] for rows in pages]
    assert shown[:3] == [
        [("Kirim", 0, ""), ("Diubah", 100, "Pagu")],
        [("Diubah (lanjutan)", 100, "")],
        [("Diubah (lanjutan)", 50, ""), ("Dibuat", 0, "")],
    ]
    assert pages[3] == pages[2]
    assert [change.label for rows in pages[:3] for each in rows for change in each.changes] == [
        f"Pagu {n}" for n in range(250)
    ]


@pytest.mark.parametrize(
    ("asked", "number", "rows", "previous", "following"),
    [
        ("", 1, 25, "", "2"),
        ("0", 1, 25, "", "2"),
        ("x", 1, 25, "", "2"),
        ("2", 2, 25, "1", "3"),
        ("3", 3, 10, "2", ""),
        ("999999", 3, 10, "2", ""),
        ("1000000", 1, 25, "", "2"),  # longer than any number of pages: no number at all
    ],
)
def test_page_of_the_timeline_knows_its_neighbours(asked, number, rows, previous, following):
    query = QueryDict(f"halaman={asked}")

    page = _page([Entry(NINE, "Sistem", f"Langkah {n}") for n in range(60)], query)

    assert (page.number, len(page.rows), page.count) == (number, rows, 60)
    assert page.rows[0].title == f"Langkah {25 * (number - 1)}"
    assert (page.previous, page.next) == tuple(f"?halaman={each}" if each else "" for each in (previous, following))


def test_saves_within_three_seconds_are_one_and_later_ones_are_two(plan):
    for second in (10, 13, 17):
        save(plan, NINE + timedelta(seconds=second), year=2000 + second)

    found = [(entry.at - NINE).total_seconds() for entry in timeline(plan) if entry.title == "Diubah"]

    assert found == [17, 13]


@pytest.mark.parametrize(("lines", "named"), [(3, True), (4, False)])
def test_up_to_three_new_parts_are_named(plan, lines, named):
    save(plan, NINE + timedelta(minutes=1), year=2018)
    with clock.at(NINE + timedelta(minutes=2)):
        for _line in range(lines):
            PlanLineFactory(plan=plan)

    newest = timeline(plan, parts=PARTS)[0]

    assert len(newest.lines) == (lines if named else 1)
