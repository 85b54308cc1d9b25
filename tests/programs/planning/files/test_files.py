"""A year's plan as a file: what is new, changed and wrong, applied as a whole, and taken back as it was."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from p2emas.imports.memory import known_to
from p2emas.imports.tables import receive_table
from p2emas.workflow import integrity
from programs.models import Activity, Indicator, PlanLine, WorkPlan
from programs.planning.files.comparing import PlanFileComparison
from programs.planning.files.forms import PlanColumnsForm
from programs.planning.files.layout import KIND, find_sheets
from programs.planning.files.models import PlanFile
from programs.planning.files.receiving import FileNotTaken, answer_columns
from programs.planning.files.services import apply_plan_file, take_plan_file, undo_plan_file
from programs.planning.files.template import plan_template
from tests.factories import (
    ActivityFactory,
    AgencyFactory,
    CommunityGroupFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    OutcomeFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)

from .books import book_of, file_of, plan_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def operator(user_as, agency):
    return user_as("agency_operator", at=agency)


def taken(agency, user, content, *, answered=True, year=2019, name="renja.xlsx"):
    file = take_plan_file(agency=agency, year=year, received=receive_table(file_of(content, name)), user=user)
    if answered and file.status == "ASKING":
        empty = PlanColumnsForm(None, file=file, sheets=find_sheets(file.tables), known={})
        said = {n: empty.get_initial_for_field(f, n) or "" for n, f in empty.fields.items()}
        form = PlanColumnsForm(said, file=file, sheets=find_sheets(file.tables), known={})
        assert form.is_valid(), form.errors
        answer_columns(file=file, chosen=form.chosen, same=form.same, actor=user)
    return file


def told(file):
    """(row, cell or "", sentence) of all that is wrong."""
    return {(p.row.number, cell, sentence) for p in PlanFileComparison(file).parts for cell, sentence in p.errors}


@pytest.fixture
def draft(agency):
    """A draft with what plans have: targets, a group, a line for the whole regency and one in another village."""
    plan = WorkPlanFactory(agency=agency)
    activity = ActivityFactory(agency=agency, code="2.01.03.15.01", name="Pembinaan")
    location = TargetLocationFactory()
    group = CommunityGroupFactory(village=location.village)
    line = PlanLineFactory(
        plan=plan, activity=activity, target_location=location, group=group, volume="12.50", unit="m"
    )
    PlanLineTargetFactory(plan_line=line, quarter=1, money=1_000, physical="12.50")
    PlanLineFactory(plan=plan, activity=activity, target_location=None, chain_link="MARKET")
    village = VillageFactory()
    PlanLineFactory(plan=plan, activity=activity, other_village=village, exception_reason="Dekat pasar")
    PlanLineFactory(plan=plan, activity=activity, other_village=village, exception_reason="Dekat pasar", amount=5)
    IndicatorTargetFactory(
        indicator=IndicatorFactory(activity=activity), year=2019, target=10, baseline=2, baseline_year=2018
    )
    return plan


def test_template_of_a_draft_comes_back_without_a_change(agency, operator, draft):
    file = taken(agency, operator, plan_template(agency, 2019), answered=False)
    found = PlanFileComparison(file)

    assert file.status == "READY"
    assert [(p.part, p.label, p.changes, p.errors) for p in found.parts if p.fate.value != "same"] == []
    assert sorted(p.part for p in found.parts) == ["activity", "indicator", "line", "line", "line", "line"]


def test_template_of_an_empty_year_has_the_headings(agency, operator):
    book = openpyxl.load_workbook(io.BytesIO(plan_template(agency, 2019)))

    assert book.sheetnames == ["Kegiatan", "Indikator", "Baris rencana", "Petunjuk", "p2emas"]
    assert [cell.value for cell in book["Baris rencana"][1]][:3] == [
        "Kode kegiatan",
        "Tempat",
        "Alasan di luar lokasi sasaran",
    ]


FAULTS = {  # row of the file -> what is put where -> cell and beginning of what is told
    3: (0, "", "A3", "Isi kode kegiatan"),
    4: (11, "Entah", "L4", "“Entah” tidak ada dalam daftar"),
    5: (12, "Panen", "M5", "Tidak dikenal. Pilih: Bibit, Sarana"),
    6: (13, "Uang saku", "N6", "Tidak dikenal. Pilih: "),
    7: (14, "Bulan 13", "O7", "Tidak dikenal. Pilih: Januari"),
    8: (17, "sepuluh juta", "R8", "Tulis seluruh angkanya tanpa kata “juta”"),
    9: (17, -5, "R9", "Isi 0 atau lebih"),
    10: (17, None, "R10", "Isi pagu"),
    11: (21, 99_000_000, "V11", "Target keuangan TW IV tidak boleh melebihi pagu"),
    12: (19, 1, "T12", "Target keuangan TW II kumulatif"),
    13: (22, 101, "W13", "Isi paling besar 100"),
    14: (23, 1, "X14", "Target fisik TW II kumulatif"),
    15: (15, "dua belas", "P15", "“dua belas” bukan angka"),
    16: (16, "s" * 31, "Q16", "Isi paling banyak 30 huruf"),
    17: (13, None, "N17", "Pilih sumber dana"),
    18: (12, None, "M18", "Pilih mata rantai"),
    19: (14, None, "O19", "Pilih bulan mulai"),
    20: (11, None, "L20", "Pilih tempat"),
    21: (17, "=1+1", "R21", "berisi rumus"),
    22: (21, "1,5 juta", "V22", "Tulis seluruh angkanya tanpa kata"),
}


def test_twenty_faults_are_named_with_row_column_and_remedy(agency, operator):
    villages = [TargetLocationFactory().village for _number in range(25)]
    rows = plan_rows(villages, OutcomeFactory(), lines=25, activities=1)
    for number, (place, value, _cell, _sentence) in FAULTS.items():
        rows[number - 1][place] = value
    rows[2][0] = "2.01.03.15.00"  # the first row holds the code of all
    file = taken(agency, operator, book_of({"Renja": rows}))

    found = {(number, cell): sentence for number, cell, sentence in told(file)}
    wanted = {(number, cell): sentence for number, (_p, _v, cell, sentence) in FAULTS.items() if number != 3}
    assert set(found) == set(wanted), set(found) ^ set(wanted)
    assert {key: found[key] for key in wanted if not found[key].startswith(wanted[key])} == {}
    assert apply_plan_file(file=file, version=0, actor=operator).wrong == len(wanted)
    assert not WorkPlan.objects.exists() and not Activity.objects.exists()


def test_fault_of_an_activity_or_indicator_is_told_once_where_it_is(agency, operator):
    villages = [TargetLocationFactory().village for _number in range(3)]
    rows = plan_rows(villages, "Sasaran yang tidak ada", lines=3, activities=1)

    assert told(taken(agency, operator, book_of({"Renja": rows}))) == {
        (3, "D3", "“Sasaran yang tidak ada” tidak ada dalam daftar, atau ada beberapa. Pilih sasaran dari daftar."),
        *((n, "", "Kegiatan 2.01.03.15.00 belum benar; perbaiki barisnya dahulu.") for n in (3, 4, 5)),
    }


def test_line_that_a_file_has_twice_is_an_error(agency, operator):
    rows = plan_rows([TargetLocationFactory().village], OutcomeFactory(), lines=1, activities=1)
    rows.append([None] * 11 + rows[2][11:])

    assert told(taken(agency, operator, book_of({"Renja": rows}))) == {
        (4, "", "Sama dengan baris 3 lembar Renja. Hapus baris ini, atau ubah isinya.")
    }


def stored(plan):
    names = {f.attname for f in PlanLine._meta.concrete_fields} - {"version"}
    lines = list(plan.lines.order_by("pk").values(*sorted(names)))
    targets = [list(line.targets.order_by("pk").values()) for line in plan.lines.order_by("pk")]
    indicators = list(plan.indicators().order_by("pk").values("pk", "name", "unit", "formula", "source"))
    return lines, targets, indicators, [list(i.targets.values()) for i in plan.indicators().order_by("pk")]


def test_changes_of_a_draft_are_shown_applied_and_taken_back_as_they_were(agency, operator, draft):
    before = stored(draft)
    book = openpyxl.load_workbook(io.BytesIO(plan_template(agency, 2019)))
    lines = book["Baris rencana"]
    place = {cell.value: cell.column for cell in lines[1]}
    first = next(row for row in range(2, 6) if lines.cell(row, place["Volume"]).value)
    lines.cell(first, place["Pagu (Rp)"]).value = 77_000_000
    lines.cell(first, place["Keuangan s.d. TW I (Rp)"]).value = None
    lines.cell(first, place["Fisik s.d. TW I (%)"]).value = None
    lines.cell(first, place["Fisik s.d. TW IV (%)"]).value = 100
    book["Indikator"].cell(2, 6).value = 25
    content = io.BytesIO()
    book.save(content)
    file = taken(agency, operator, content.getvalue())

    found = PlanFileComparison(file)
    assert (found.wrong, found.to_apply) == (0, 2)
    version = WorkPlan.objects.get().version
    assert apply_plan_file(file=file, version=version, actor=operator).wrong == 0
    assert plan_amounts(draft) == {77_000_000, 100_000_000, 5}
    assert PlanLine.history.latest().history_user == operator

    undo_plan_file(file=file, actor=operator)
    assert stored(draft) == before


def plan_amounts(plan):
    return set(plan.lines.values_list("amount", flat=True))


def test_undo_is_refused_once_somebody_saved_after_it(agency, operator, draft):
    rows = plan_rows([TargetLocationFactory().village], OutcomeFactory(), lines=1, activities=1)
    file = taken(agency, operator, book_of({"Renja": rows}))
    apply_plan_file(file=file, version=draft.version, actor=operator)
    WorkPlan.objects.filter(pk=draft.pk).update(version=99)

    with pytest.raises(FileNotTaken, match="sudah ada yang menyimpan"):
        undo_plan_file(file=file, actor=operator)
    assert plan_amounts(draft) > {5}


def test_undo_is_refused_once_the_plan_was_returned_with_remarks(agency, operator, user_as):
    plan = new_plan_of_a_file(agency, operator)
    head, file = user_as("coordinator"), PlanFile.objects.get()
    plan.take_step("submit", seen="DRAFT", actor=operator)
    plan.take_step("review", seen="SUBMITTED", actor=head)
    plan.take_step("return", seen="REVIEWING", actor=head, note="Perbaiki TW II.")

    with pytest.raises(FileNotTaken, match="diminta diperbaiki"):
        undo_plan_file(file=file, actor=operator)
    assert WorkPlan.objects.get().lines.count() == 1


def test_undo_of_a_plan_that_was_submitted_and_withdrawn_leaves_no_step_behind(agency, operator):
    plan = new_plan_of_a_file(agency, operator)
    plan.take_step("submit", seen="DRAFT", actor=operator)
    plan.take_step("withdraw", seen="SUBMITTED", actor=operator)

    undo_plan_file(file=PlanFile.objects.get(), actor=operator)

    assert not WorkPlan.objects.exists()
    assert list(integrity.steps()) == []


def new_plan_of_a_file(agency, operator):
    rows = plan_rows([TargetLocationFactory().village], OutcomeFactory(), lines=1, activities=1)
    apply_plan_file(file=taken(agency, operator, book_of({"Renja": rows})), version=0, actor=operator)
    return WorkPlan.objects.get()


def test_second_file_with_the_same_headings_is_not_asked_about(agency, operator):
    rows = plan_rows([TargetLocationFactory().village], OutcomeFactory(), lines=1, activities=1)
    rows[1] = [f"{heading} (2019)" if heading == "Vol" else heading for heading in rows[1]]
    taken(agency, operator, book_of({"Renja": rows}))

    again = taken(agency, operator, book_of({"Lembar lain": rows}), answered=False)
    other = AgencyFactory()

    assert again.status == "READY" and "susunan yang diingat" in again.notices[-1]
    assert known_to(other, KIND) == {}
    assert (
        take_plan_file(
            agency=other, year=2019, received=receive_table(file_of(book_of({"Renja": rows}))), user=operator
        ).status
        == "ASKING"
    )


def test_first_plan_continues_the_lines_of_the_year_before(agency, operator):
    location = TargetLocationFactory()
    old = WorkPlanFactory(agency=agency, year=2018, agreed=True)
    activity = ActivityFactory(agency=agency, year=2018, code="2.01.03.15.00")
    line = PlanLineFactory(plan=old, activity=activity, target_location=location, chain_link="SEED")
    rows = plan_rows([location.village], OutcomeFactory(), lines=1, activities=1)
    file = taken(agency, operator, book_of({"Renja": rows}))
    apply_plan_file(file=file, version=0, actor=operator)

    assert PlanLine.objects.get(plan__year=2019).continues == line


@pytest.mark.parametrize("state", ["SUBMITTED", "SET"])
def test_closed_year_is_refused_with_what_to_do(client_as, agency, state):
    extra = {"agreed": True} if state == "SET" else {"status": state}
    WorkPlanFactory(agency=agency, **extra)
    client = client_as("agency_operator", at=agency)
    page = client.post(
        reverse("planning:file-upload"), {"agency": agency.pk, "year": 2019, "berkas": file_of(book_of({"A": [["a"]]}))}
    )

    text = page.content.decode()
    assert ("sudah diajukan" in text) if state == "SUBMITTED" else ("pergeseran" in text)
    assert not PlanFile.objects.exists()


def test_csv_in_our_habit_of_numbers_is_read(agency, operator):
    village = TargetLocationFactory().village
    outcome = OutcomeFactory()
    lines = [
        "Kode;Kegiatan;Sasaran;Desa;Mata rantai;Sumber dana;Bulan mulai;Pagu;Volume",
        f"1.1;Pembinaan;{outcome};{village.name};Bibit;DAU;3;1.250.000;12,5",
    ]
    file = taken(agency, operator, "\r\n".join(lines).encode(), name="renja.csv")
    apply_plan_file(file=file, version=0, actor=operator)

    line = PlanLine.objects.get()
    assert (line.amount, float(line.volume), line.start_month, line.chain_link) == (1_250_000, 12.5, 3, "SEED")
    assert not Indicator.objects.exists()


def test_large_file_is_read_by_a_worker(client_as, agency, monkeypatch):
    monkeypatch.setattr("programs.planning.files.services.AT_ONCE", 1)
    client = client_as("agency_operator", at=agency)
    rows = plan_rows([TargetLocationFactory().village], OutcomeFactory(), lines=1, activities=1)
    sent = {"agency": agency.pk, "year": 2019, "berkas": file_of(book_of({"Renja": rows}))}
    page = client.post(reverse("planning:file-upload"), sent, follow=True)

    assert "Kolom mana berisi apa?" in page.content.decode()
    assert PlanFile.objects.get().content is None


def test_nobody_else_sees_a_file_or_takes_it(client_as, user_as, agency, operator):
    rows = plan_rows([TargetLocationFactory().village], OutcomeFactory(), lines=1, activities=1)
    file = taken(agency, operator, book_of({"Renja": rows}))
    page = reverse("planning:file-detail", args=[file.pk])
    colleague = client_as("agency_operator", at=agency)

    assert colleague.get(page).status_code == 404
    assert colleague.post(f"{page}pakai/", {"version": 0}).status_code == 404
    assert client_as("coordinator").get(reverse("planning:file-upload")).status_code == 403
    assert date(2019, 1, 1) < file.uploaded_at.date()


def test_hidden_rows_are_named_the_first_ten_of_them(agency, operator):
    villages = [VillageFactory() for _ in range(3)]
    book = openpyxl.load_workbook(
        io.BytesIO(book_of({"Renja": plan_rows(villages, OutcomeFactory(), lines=12, activities=1)}))
    )
    for row in range(3, 15):
        book["Renja"].row_dimensions[row].hidden = True
    made = io.BytesIO()
    book.save(made)

    file = taken(agency, operator, made.getvalue())

    assert file.notices[0] == (
        "12 baris tersembunyi atau tersaring pada lembar Renja ikut dibaca "
        "(baris 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, dan 2 lainnya)."
    )


def test_file_is_sent_to_its_own_address_from_the_page_of_a_refused_template(agency, client_as):
    """The workbook that no year is chosen for is answered by a page, and an address of files takes no POST there."""
    answer = client_as("agency_operator", at=agency).get(reverse("planning:file-template"), {"year": "1"})

    upload, template = reverse("planning:file-upload"), reverse("planning:file-template")
    assert re.findall('<form[^>]* action="([^"]*)"[^>]*>', answer.content.decode())[-2:] == [upload, template]
