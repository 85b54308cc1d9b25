"""What one sign or one number would break: sums to the third decimal, notes, whose turn it is, half of an act."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from districts.competencies.analysis.explain import sums_of
from districts.competencies.analysis.page import analysis_csv_rows, line_notes, multiples
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.computing import compute
from districts.competencies.record_page import determination_tasks
from districts.competencies.result.page import _agreement, _bar, _sentences, result_of
from p2emas.accounts.models import User
from tests.factories import (
    AssessorSeatFactory,
    CommodityFactory,
    CompetencyDeterminationFactory,
    CompetencyOptionFactory,
)
from tests.failing import check_every_statement, every_row
from tests.filled import page_form

from .analysis.test_analysis import HAND, KARET, LADA, analysed, figures
from .analysis.test_analysis_page import asked
from .conftest import fill
from .result.test_result_sentences import COLUMNS, NAMES
from .result.test_results import inputs

pytestmark = pytest.mark.django_db


def sending(client, record, name, **typed):
    """The form of a page as somebody sends it."""
    address = reverse(f"competencies:{name}", args=[record.pk])
    client.raise_request_exception = False
    form = page_form(client.get(address).content.decode(), having="version")
    data = {}
    for key, value in form.fields:
        data.setdefault(key, []).append(value)
    return lambda: client.post(address, data | typed)


# --- Figures ----------------------------------------------------------------------------------------------------------


def test_parts_of_a_change_are_written_to_the_third_decimal():
    """N = 13 × (600.375 ÷ 493 − 1), C = 60.375 − 13 × 150.375 ÷ 93: a clerk finds the same on a calculator."""
    table = {2014: HAND[2014] | {1: (13, 80)}, 2016: HAND[2016] | {1: ("60.375", 90)}}
    found = {each.title: each for each in sums_of(analysed(figures(table)).line(LADA))}

    check = found["Periksa: N + M + C = akhir − awal"]
    assert (check.working, check.result) == ("+2,831 +5,189 +39,355", "60,375 − 13 = +47,375")
    assert [each.result for title, each in found.items() if title[:2] in {"N:", "M:", "C:"}] == [
        "+2,831", "+5,189", "+39,355",
    ]  # fmt: skip


def test_share_of_a_commodity_is_worked_out_year_by_year():
    found = {each.title: each for each in sums_of(analysed(figures()).line(LADA))}

    share = found["Bagian dari kecamatan"]
    assert (share.working, share.result) == ("(20 ÷ 100 + 60 ÷ 150) ÷ 2", "30%")


def test_sum_of_a_change_names_only_who_had_no_figure():
    table = {year: {d: (*HAND[year][d], 10) for d in HAND[year]} for year in HAND}
    whole = analysed(figures(table)).line(LADA).change
    table[2016][1] = (60, 90, None)

    assert (whole.left_out, analysed(figures(table)).line(LADA).change.left_out) == ((), ("kopi",))


def test_file_of_an_analysis_holds_each_part_of_a_change_and_its_note():
    """Lada: N 4, M 6, C 30. Karet: N 16, M 10 − 16, C 0: only lada has grown in the regency beyond the others."""
    lada, karet = list(analysis_csv_rows(analysed(figures())))

    assert [float(part) for part in (*lada[9:12], *karet[9:12])] == pytest.approx([4, 6, 30, 16, -6, 0])
    assert ["Tumbuh di" in line[-2] for line in (lada, karet)] == [True, False]


def test_small_base_is_named_with_its_bound():
    table = {year: {1: (4, 96), 2: (1, 99), 3: (1, 99)} for year in (2014, 2016)}
    found = analysed(figures(table))

    said = "Dasar kecil, di bawah 5% dari kecamatan: jangan disebut inti"
    assert [said in line_notes(found.line(goods)) for goods in (LADA, KARET)] == [True, False]


def test_shares_of_two_years_are_drawn_on_one_scale():
    """Karet has 80 and 60 % of the kecamatan, lada 20 and 40: the highest point touches the top, the others lie below."""
    drawn = dict(multiples(analysed(figures())))
    heights = {
        name: [attrs["cy"] for tag, attrs, _text in chart.marks if tag == "circle"] for name, chart in drawn.items()
    }

    assert heights == {"karet": [24, 39], "lada": [69, 54]}


@pytest.mark.parametrize(("last", "refused"), [(2100, False), (2101, True)])
def test_years_of_an_analysis_end_with_the_century(client_as, evidence, last, refused):
    text = client_as("coordinator").get(asked(evidence.district, sejak=2090, sampai=last)).content.decode()

    assert ("Isi paling besar" in text) is refused


@pytest.mark.parametrize("who", ["agency_operator", "panelist", "facilitator"])
def test_analysis_is_not_for_those_who_read_no_figures(client_as, evidence, who):
    assert client_as(who).get(asked(evidence.district)).status_code == 403


# --- Results ----------------------------------------------------------------------------------------------------------


def ranked(name: str, *points: float) -> SimpleNamespace:
    cells = [(0, each, True) for each in points]
    return SimpleNamespace(name=name, rank=1, score=sum(points), high=sum(points), cells=cells)


@pytest.mark.parametrize(
    ("rows", "alike"),
    [
        ([ranked("Lada", 30, 10), ranked("Karet", 20, 10)], ["Lahan"]),
        ([ranked("Lada", 30, 10), ranked("Karet", 20, 5)], []),
        ([ranked("Lada", 30, 10)], []),
    ],
)
def test_criterion_that_tells_nobody_apart_is_named_where_there_are_two(rows, alike):
    found = list(_sentences({"changes": [], "winners": [1]}, COLUMNS, NAMES, rows))

    said = "Tidak membedakan pilihan, karena semua mendapat sumbangan yang sama: %s."
    assert found == [said % name for name in alike]


def test_agreement_is_written_to_the_third_decimal():
    found = {"assessors": 3, "all": {"mean": 0.81239, "one": 0.52341}, "criteria": {"1": {"mean": 0.91239}}}

    assert list(_agreement({"agreement": found}, {"criteria": [{"id": 1, "name": "Pasar"}]})) == [
        "3 penilai. Kesepakatan rata-rata panel baik: ICC(2,k) 0,812, satu penilai sendiri 0,523.",
        "Pasar: sangat baik (0,912).",
    ]


def test_result_of_figures_alone_has_no_assessor():
    alone = {name: value for name, value in inputs({}).items() if name not in ("assessors", "scores")}

    assert compute(alone)["agreement"] == {
        "assessors": 0, "options": 3, "all": None, "criteria": {"1": None, "2": None},
    }  # fmt: skip


def test_bar_has_five_colours_and_the_sixth_criterion_shares_the_last():
    chart = _bar([(f"K{n}", 10.0) for n in range(6)])

    assert [str(attrs["class"]).split()[0] for _tag, attrs, _text in chart.marks] == [
        "f1",
        "f2",
        "f3",
        "f4",
        "f5",
        "f5",
    ]


def test_table_of_sensitivity_names_the_changes_of_its_columns(discussed):
    assert result_of(discussed.record).changes == ("−50%", "−25%", "−10%", "+10%", "+25%", "+50%")


def test_only_a_sample_among_the_figures_makes_a_determination_one():
    plain = [[1, 10, 2014, "20", False], [1, 11, 2014, "80", False]]
    sample = [*plain, [1, 12, 2014, "5", True]]

    found = [CompetencyDetermination(inputs=each).rests_on_sample for each in (None, {"figures": plain})]
    assert [*found, CompetencyDetermination(inputs={"figures": sample}).rests_on_sample] == [False, False, True]


# --- Whose turn it is -------------------------------------------------------------------------------------------------


def open_tasks(record, user) -> list[str]:
    return [task.page for task in determination_tasks(record, user) if task.url]


def test_tasks_lead_only_to_what_waits_now(draft, user_as):
    coordinator, auditor = user_as("coordinator"), user_as("auditor")
    found = {}
    for status in ("DRAFT", "SCORED", "DISCUSSED", "SUBMITTED"):
        draft.status = status
        found[status] = open_tasks(draft, coordinator)
        assert open_tasks(draft, auditor) == []

    assert found == {
        "DRAFT": ["panel-setup", "scoring-open"], "SCORED": ["discuss"], "DISCUSSED": ["discussion"], "SUBMITTED": [],
    }  # fmt: skip


def test_seat_is_led_to_its_sheet_while_the_panel_scores(panel):
    fill(panel.seats[0])

    tasks = [
        {task.page: task for task in determination_tasks(panel.record, seat.user)}["score"] for seat in panel.seats[:2]
    ]

    assert [(task.done, bool(task.url)) for task in tasks] == [(True, True), (False, True)]


def test_page_of_a_determination_takes_nothing_and_its_forms_are_sent_in_one_way(client_as, panel):
    client, record = client_as("coordinator"), panel.record
    shows = ["determination-detail", "determination-history", "result", "replay"]

    assert [client.post(reverse(f"competencies:{name}", args=[record.pk])).status_code for name in shows] == [405] * 4
    forms = ["seat-edit", "panel-setup", "scoring-open", "score", "discuss", "discussion"]
    assert [client.put(reverse(f"competencies:{name}", args=[record.pk])).status_code for name in forms] == [405] * 6


# --- What is typed ----------------------------------------------------------------------------------------------------


def test_years_of_the_analysis_stand_in_the_form_that_opens_a_determination(client_as, evidence):
    address = f"{reverse('competencies:panel-open')}?kecamatan={evidence.district.code}&ukuran=HECTARE"

    found = [
        [client_as("coordinator").get(f"{address}&sejak={year}&sampai=2016").context["form"][name].value() for name in
         ("first_year", "last_year")]
        for year in ("2014", "20145", "²⁰¹⁴")
    ]  # fmt: skip

    assert found == [[2014, 2016], [None, 2016], [None, 2016]]


def test_setup_that_is_sent_as_it_stands_changes_no_criterion(client_as, draft):
    before = list(draft.criteria.order_by("pk").values_list("name", "kind", "figure", "weight", "low", "high"))

    assert sending(client_as("coordinator"), draft, "panel-setup")().status_code == 302

    assert list(draft.criteria.order_by("pk").values_list("name", "kind", "figure", "weight", "low", "high")) == before


def test_conflict_of_a_setup_shows_what_was_typed_of_a_criterion_and_nothing_that_stayed(client_as, draft, user_as):
    for name in ("Yosef", "Agustina"):  # neither the seats nor the options are in the order of the page here
        user = user_as("panelist")
        User.objects.filter(pk=user.pk).update(name=name)
        AssessorSeatFactory(determination=draft, user=user)
    act = sending(client_as("coordinator"), draft, "panel-setup", **{"kriteria-0-weight": "11,25"})
    CompetencyDetermination.objects.filter(pk=draft.pk).update(version=7)

    answer = act()

    assert answer.status_code == 409
    assert [(label, typed) for label, _stored, typed in answer.context["rows"]] == [("Kriteria 1, Bobot (%)", "11,25")]


@pytest.mark.parametrize(("letters", "refused"), [(300, False), (301, True)])
def test_reason_for_a_craft_is_told_when_it_is_too_long(client_as, draft, evidence, letters, refused):
    craft = {"kerajinan-0-commodity": str(evidence.tenun.pk), "kerajinan-0-note": "x" * letters}

    answer = sending(client_as("coordinator"), draft, "panel-setup", **craft)().content.decode()

    assert ("Isi paling banyak 300 huruf" in answer) is refused
    assert draft.options.filter(commodity=evidence.tenun).exists() is not refused


@pytest.mark.parametrize("name", ["reason", "discussion", "dissent", "sources"])
def test_long_text_of_a_discussion_is_told_and_kept(client_as, discussed, name):
    client, record = client_as("coordinator"), discussed.record
    address = reverse("competencies:discussion", args=[record.pk])
    sent = {"version": record.version, name: "x" * 4001}

    too_long, just = (client.post(address, sent | {name: "x" * letters}) for letters in (4001, 4000))

    text = too_long.content.decode()
    assert "Isi paling banyak 4.000 huruf" in text and "x" * 4001 in text
    assert just.status_code == 302


def test_note_of_an_option_that_is_there_can_be_written_anew(client_as, draft, evidence):
    CompetencyOptionFactory(determination=draft, commodity=evidence.tenun, note="Ada.")

    sending(client_as("coordinator"), draft, "panel-setup", **{"kerajinan-0-note": "Turun-temurun."})()

    assert draft.options.get(commodity=evidence.tenun).note == "Turun-temurun."


def test_seats_change_whole_or_not_at_all(client_as, panel, user_as):
    """One leaves, another comes: never a panel without either."""
    stays, comes = panel.seats[0].user, user_as("panelist")
    act = sending(client_as("coordinator"), panel.record, "seat-edit", people=[stays.pk, comes.pk])

    assert check_every_statement(act, every_row()) > 3


def test_past_decision_is_changed_whole_or_not_at_all(client_as):
    record = CompetencyDeterminationFactory(draft=True)
    act = sending(client_as("coordinator"), record, "determination-edit", chosen=CommodityFactory().pk, year="2018")

    assert check_every_statement(act, every_row()) > 3
