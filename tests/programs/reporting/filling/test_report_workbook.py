"""A report filled as a workbook: download, difference, apply, undo."""

import io
from datetime import timedelta
from decimal import Decimal
from unittest import mock

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas import clock
from p2emas.imports.lanes.jobs import end_unread_uploads
from p2emas.imports.lanes.reading import BOOK
from p2emas.models import LaneUpload
from programs.models import ProgressReport, ReportLine
from tests.factories import IndicatorFactory, IndicatorTargetFactory, LaneUploadFactory, UserFactory
from tests.p2emas.imports.ods_files import ods, table
from tests.programs.reporting.helpers import figures_data, lines_of, report_before, report_with_lines, text_of

pytestmark = pytest.mark.django_db
MONEY, PHYSICAL, REASON = "D", "E", "F"


@pytest.fixture
def report():
    return report_with_lines(3)


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def lane(report, name="lane"):
    return reverse(f"imports:{name}", args=["laporan", report.pk])


def downloaded(client, report):
    answer = client.get(lane(report, "lane-workbook"))
    assert answer.status_code == 200
    return answer.content


def filled(content, cells, sheet="Realisasi"):
    """The workbook with ``cells`` ({"D5": 1}) typed in."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for address, value in cells.items():
        book[sheet][address] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def send(client, report, content, name="isian.xlsx", **extra):
    return client.post(lane(report), {"berkas": SimpleUploadedFile(name, content)}, **extra)


def paste(client, report, text):
    return client.post(lane(report), {"tempelan": text})


def apply(client, answer, **answers):
    """Press "Pakai semua isian" on the page to which ``answer`` leads."""
    page = client.get(answer.url)
    upload = LaneUpload.objects.latest("pk")
    data = {"version": str(page.context["page"].comparison.version), **answers}
    return client.post(reverse("imports:lane-apply", args=[upload.pk]), data)


def undo(client):
    return client.post(reverse("imports:lane-undo", args=[LaneUpload.objects.latest("pk").pk]))


def stored(report):
    return [(line.spent_to_date, line.physical_to_date) for line in lines_of(report)]


def test_workbook_holds_keys_figures_before_and_no_formula(operator, report):
    line = lines_of(report)[0]
    line.nil_reason = "=1+1"
    line.save()
    activity = line.plan_line.activity
    activity.name = "+Pelatihan"
    activity.save()
    report_before(report, spent=1_500_000, physical=40)
    book = openpyxl.load_workbook(io.BytesIO(downloaded(operator, report)))
    sheet = book["Realisasi"]
    keys = {sheet.cell(row, 1).value: row for row in range(5, 8)}
    row = keys[f"b{line.pk}"]
    assert [cell.value for cell in sheet[4]][:6] == [
        "Kode", "Kegiatan", "Tempat", "Realisasi keuangan (Rp)", "Realisasi fisik (%)", "Alasan nihil",
    ]  # fmt: skip
    assert (sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) == ("+Pelatihan", "s")
    assert (sheet.cell(row, 6).value, sheet.cell(row, 6).data_type) == ("=1+1", "s")
    assert (sheet.cell(row, 7).value, sheet.cell(row, 8).value) == (1_500_000, 40)
    assert sheet.protection.sheet
    assert (sheet.cell(row, 1).protection.locked, sheet.cell(row, 4).protection.locked) == (True, False)
    assert book["p2emas"].sheet_state == "veryHidden"
    assert "Petunjuk" in book.sheetnames


def test_unchanged_workbook_changes_nothing(operator, report):
    line = lines_of(report)[1]
    line.spent_to_date, line.physical_to_date = 1_250_000, "62.50"
    line.save()
    before = ReportLine.history.count()
    answer = send(operator, report, downloaded(operator, report))
    page = operator.get(answer.url)
    assert "tidak ada yang berubah" in text_of(page)
    assert "Pakai semua isian" not in text_of(page)
    assert ReportLine.history.count() == before


def test_figures_are_applied_through_the_form_and_undone(operator, report):
    content = filled(downloaded(operator, report), {"D5": 60_000_000, "E5": 62.5, "D6": 70_000_000})
    answer = send(operator, report, content)
    assert answer.status_code == 302
    page = text_of(operator.get(answer.url))
    assert "60.000.000" in page
    assert "Baru" in page
    done = apply(operator, answer)
    assert done.url == report.get_absolute_url()
    assert stored(report) == [(60_000_000, 62.5), (70_000_000, None), (None, None)]
    report.refresh_from_db()
    assert report.status == ProgressReport.Status.DRAFT
    assert {edit.history_user.username for edit in ReportLine.history.filter(history_type="~")} != {None}

    hub = text_of(operator.get(report.get_absolute_url()))
    assert "Batalkan isian Excel" in hub
    assert undo(operator).status_code == 302
    assert stored(report) == [(None, None)] * 3
    assert "Batalkan isian Excel" not in text_of(operator.get(report.get_absolute_url()))


def test_one_wrong_cell_applies_nothing_and_is_corrected_on_the_page(operator, report):
    content = filled(downloaded(operator, report), {"D5": 60_000_000, "E5": "6,4%%", "D6": 5})
    answer = send(operator, report, content)
    page = operator.get(answer.url)
    assert "Sel E5:" in text_of(page)
    assert "6,4%%" in page.content.decode()
    line = lines_of(report)[0]
    again = apply(operator, answer, **{f"isi-b{line.pk}-physical_to_date": "6,4%"})
    assert again.status_code == 302
    assert stored(report) == [(60_000_000, Decimal("6.4")), (5, None), (None, None)]


def test_one_wrong_cell_keeps_all_from_being_saved(operator, report):
    answer = send(operator, report, filled(downloaded(operator, report), {"D5": 60_000_000, "E6": 120}))
    refused = apply(operator, answer)
    assert refused.status_code == 200
    assert "<title>Galat:" in refused.content.decode()
    assert stored(report) == [(None, None)] * 3
    assert LaneUpload.objects.get().status == LaneUpload.Status.READY


def test_two_people_are_shown_both_values_of_a_cell_that_both_changed(operator, client_as, report):
    content = filled(downloaded(operator, report), {"D5": 60_000_000, "D6": 5})
    rina = client_as("agency_operator", at=report.agency)
    rows = {"money": "85.000.000"}, {"money": ""}, {"money": "9"}
    rina.post(reverse("reporting:report-figures", args=[report.pk]), figures_data(report, *rows))
    answer = send(operator, report, content)
    page = text_of(operator.get(answer.url))
    assert "Dua versi" in page
    assert "85.000.000, tersimpan" in page
    assert "60.000.000, berkas" in page

    undecided = apply(operator, answer)
    assert undecided.status_code == 200
    assert "pilih isi berkas atau yang tersimpan" in text_of(undecided)
    line = lines_of(report)[0]
    apply(operator, answer, **{f"pilih-b{line.pk}-spent_to_date": "berkas"})
    assert [spent for spent, _physical in stored(report)] == [60_000_000, 5, 9]


def test_somebody_who_saves_while_the_differences_are_shown_is_noticed(operator, client_as, report):
    answer = send(operator, report, filled(downloaded(operator, report), {"D5": 60_000_000}))
    version = operator.get(answer.url).context["page"].comparison.version
    rina = client_as("agency_operator", at=report.agency)
    rina.post(reverse("reporting:report-figures", args=[report.pk]), figures_data(report, {"money": "7"}))
    upload = LaneUpload.objects.get()
    refused = operator.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": version})
    assert stored(report)[0][0] == 7
    assert "7, tersimpan" in text_of(refused)


def test_nothing_is_undone_after_somebody_saved(operator, client_as, report):
    answer = send(operator, report, filled(downloaded(operator, report), {"D5": 60_000_000}))
    apply(operator, answer)
    rina = client_as("agency_operator", at=report.agency)
    rows = {"money": "60.000.000"}, {"money": "3"}
    rina.post(reverse("reporting:report-figures", args=[report.pk]), figures_data(report, *rows))
    refused = undo(operator)
    assert refused.status_code == 409
    assert "sudah ada yang menyimpan" in text_of(refused)
    assert [spent for spent, _physical in stored(report)] == [60_000_000, 3, None]


def test_another_report_or_a_forged_token_is_refused(operator, client_as, report):
    other = report_with_lines(1)
    theirs = client_as("agency_operator", at=other.agency)
    content = downloaded(theirs, other)
    assert "isian untuk data lain" in text_of(send(operator, report, content))
    book = openpyxl.load_workbook(io.BytesIO(downloaded(operator, report)))
    book["p2emas"]["A1"] = book["p2emas"]["A1"].value[:-3] + "abc"
    forged = io.BytesIO()
    book.save(forged)
    assert "Tanda isian pada berkas ini rusak" in text_of(send(operator, report, forged.getvalue()))
    assert not LaneUpload.objects.exists()


def test_rows_of_others_twice_or_without_code_are_named_and_nothing_is_saved(operator, report):
    other = lines_of(report_with_lines(1))[0]
    cells = {"A5": f"b{other.pk}", "D5": 1, "A8": "=1", "D6": 2, "D9": 3}
    content = filled(downloaded(operator, report), cells | {"A7": f"b{lines_of(report)[1].pk}"})
    answer = send(operator, report, content)
    page = text_of(operator.get(answer.url))
    assert "bukan baris isian ini" in page
    assert "ada dua kali" in page
    assert "tidak berkode" in page
    assert apply(operator, answer).status_code == 200
    assert stored(report) == [(None, None)] * 3


def test_formula_is_refused_with_a_remedy(operator, report):
    answer = send(operator, report, filled(downloaded(operator, report), {"D5": "=SUM(D6:D7)"}))
    assert "berisi rumus" in text_of(operator.get(answer.url))


def test_pasted_cells_are_compared_and_applied(operator, report):
    keys = [f"b{line.pk}" for line in lines_of(report)]
    text = f"Kode\tRealisasi keuangan (Rp)\tRealisasi fisik (%)\n{keys[0]}\t60.000.000\t62,5\n{keys[2]}\t5\t\n"
    answer = paste(operator, report, text)
    assert apply(operator, answer).status_code == 302
    assert stored(report) == [(60_000_000, 62.5), (None, None), (5, None)]


def test_text_that_is_no_table_stays_in_the_box(operator, report):
    refused = paste(operator, report, "tidak ada kolom\tsama sekali")
    assert refused.status_code == 200
    assert "tidak memuat baris judul" in text_of(refused)
    assert "tidak ada kolom" in refused.content.decode()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("koma.csv", "60.000.000;62,5"),
        ("titik.csv", '"60,000,000";62.5'),
        ("polos.csv", "60000000;62,50"),
    ],
)
def test_csv_gives_the_same_rows_as_the_workbook(operator, report, name, rows):
    key = f"b{lines_of(report)[0].pk}"
    content = f"Kode;Realisasi keuangan (Rp);Realisasi fisik (%)\r\n{key};{rows}\r\n".encode()
    apply(operator, send(operator, report, content, name))
    assert stored(report)[0] == (60_000_000, 62.5)


NUMBERS = [(60_000_000, 62.5), (1_250_000, 7.25), (5, 0)]
POINTS, COMMAS = ("60.000.000;62,5", "1.250.000;7,25", "5;0"), ("60,000,000;62.5", "1,250,000;7.25", "5;0")


def _csv_of(report, written):
    rows = [f"b{line.pk};{numbers}" for line, numbers in zip(lines_of(report), written, strict=True)]
    return "\r\n".join(["Kode;Realisasi keuangan (Rp);Realisasi fisik (%)", *rows]).encode()


def _ods_of(report, book):
    """The sheet and the hidden one, as LibreOffice keeps both when it saves the workbook as .ods."""
    said = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book))["p2emas"][1]]
    head = ["Kode", "Realisasi keuangan (Rp)", "Realisasi fisik (%)"]
    rows = [[f"b{line.pk}", *numbers] for line, numbers in zip(lines_of(report), NUMBERS, strict=True)]
    return ods(table("Realisasi", [head, *rows]), table("p2emas", [said], shown=False))


def test_same_numbers_give_the_same_rows_from_every_format(operator, report):
    book = downloaded(operator, report)
    cells = {f"{at}{row}": number for row, pair in enumerate(NUMBERS, 5) for at, number in zip("DE", pair, strict=True)}
    files = {
        "titik.csv": _csv_of(report, POINTS),
        "koma.csv": _csv_of(report, COMMAS),
        "isian.xlsx": filled(book, cells),
        "isian.ods": _ods_of(report, book),
    }
    for name, content in files.items():
        answer = send(operator, report, content, name)
        assert answer.status_code == 302, name
        texts = [
            [(cell.column.field, cell.typed) for cell in row.cells if cell.column.main]
            for sheet in operator.get(answer.url).context["page"].comparison.sheets
            for row in sheet.rows
            if sheet.name == "Realisasi"
        ]
        expected = [("60000000", "62,5"), ("1250000", "7,25"), ("5", "0")]
        fields = ("spent_to_date", "physical_to_date")
        assert texts == [list(zip(fields, pair, strict=True)) for pair in expected], name
        apply(operator, answer)
        assert stored(report) == NUMBERS, name
        undo(operator)


def test_fall_is_explained_in_the_workbook(operator, report):
    report_before(report, spent=50_000_000, physical=40)
    content = filled(downloaded(operator, report), {"D5": 45_000_000, "E5": 40, "D6": 45_000_000})
    refused = text_of(operator.get(send(operator, report, content).url))
    assert "di bawah triwulan lalu" in refused
    causes = {"I5": "Pengembalian ke kas daerah", "J5": "Sisa honor", "I6": "Koreksi pembukuan", "J6": "Dua kali"}
    answer = send(operator, report, filled(content, causes))
    page = text_of(operator.get(answer.url))
    assert "Pengembalian ke kas daerah" in page
    assert "di bawah triwulan lalu" not in page
    apply(operator, answer)
    kept = [(line.spent_to_date, line.correction, line.correction_reason) for line in lines_of(report)]
    assert kept[:2] == [(45_000_000, "REFUND", "Sisa honor"), (45_000_000, "CORRECTION", "Dua kali")]

    again = operator.get(send(operator, report, downloaded(operator, report)).url)
    assert "tidak ada yang berubah" in text_of(again)


def test_workbook_offers_the_causes_of_a_fall_of_the_form(operator, report):
    book = openpyxl.load_workbook(io.BytesIO(downloaded(operator, report)))
    sheet = book["Realisasi"]
    assert [sheet["I4"].value, sheet["J4"].value] == ["Sebab bila turun", "Penjelasan"]
    assert not sheet["I5"].protection.locked
    rule = next(rule for rule in sheet.data_validations.dataValidation if "I5" in rule.sqref)
    cells = rule.formula1.partition("!")[2].replace("$", "")
    words = [cell.value for (cell,) in book["p2emas"][cells]]
    assert words == ReportLine.Correction.labels


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"I5": "Koreksi pembukuan"}, "Pilih sebab dan tulis alasan turun"),
        ({"I5": "Lupa", "J5": "Lupa"}, "Pilih salah satu dari daftar"),
        ({"I5": "Koreksi pembukuan", "J5": "Dua kali", "E5": 30}, "Salah ketik"),
    ],
)
def test_half_or_wrong_cause_of_a_fall_is_named(operator, report, cells, sentence):
    report_before(report, spent=50_000_000, physical=40)
    answer = send(operator, report, filled(downloaded(operator, report), {"D5": 45_000_000} | cells))
    page = operator.get(answer.url)
    assert sentence in text_of(page)
    assert apply(operator, answer).status_code == 200
    assert stored(report)[0] == (None, None)


def test_wrong_cause_is_picked_from_the_list_on_the_page(operator, report):
    report_before(report, spent=50_000_000, physical=40)
    cells = {"D5": 45_000_000, "I5": "Lupa", "J5": "Dua kali"}
    answer = send(operator, report, filled(downloaded(operator, report), cells))
    content = operator.get(answer.url).content.decode()
    assert '<option value="Lupa" selected>Lupa</option>' in content
    assert '<option value="CORRECTION">Koreksi pembukuan</option>' in content
    line, *_others = lines_of(report)
    picked = {f"isi-b{line.pk}-correction": "CORRECTION", f"isi-b{line.pk}-correction_reason": "Dua kali"}
    apply(operator, answer, **picked | {f"isi-b{line.pk}-spent_to_date": "45.000.000"})
    line.refresh_from_db()
    assert (line.spent_to_date, line.correction) == (45_000_000, "CORRECTION")


def test_page_of_figures_leads_to_the_workbook(operator, report):
    page = operator.get(reverse("reporting:report-figures", args=[report.pk])).content.decode()
    hub = report.get_absolute_url()
    assert f'<a href="{hub}#excel">Isi lewat Excel</a>' in page
    assert 'id="excel"' in operator.get(hub).content.decode()


def test_cause_where_nothing_falls_is_no_change(operator, report):
    report_before(report, spent=50_000_000, physical=40)
    cells = {"D5": 55_000_000, "I5": "Koreksi pembukuan", "J5": "Dua kali"}
    answer = send(operator, report, filled(downloaded(operator, report), cells))
    assert operator.get(answer.url).context["page"].comparison.changed_cells == 1


def test_indicator_values_are_in_the_same_workbook(operator, report):
    indicator = IndicatorFactory(activity=report.lines.first().plan_line.activity)
    IndicatorTargetFactory(indicator=indicator)
    content = filled(downloaded(operator, report), {"D5": 8.4, "F5": "Daftar hadir"}, sheet="Indikator")
    answer = send(operator, report, filled(content, {"D5": 1}))
    apply(operator, answer)
    value = report.indicator_values.get()
    assert (float(value.value), value.source) == (8.4, "Daftar hadir")
    undo(operator)
    value.refresh_from_db()
    assert (value.value, value.source) == (None, "")


def test_sent_report_takes_no_workbook(operator, report):
    content = filled(downloaded(operator, report), {"D5": 1})
    send(operator, report, content)
    ProgressReport.objects.filter(pk=report.pk).update(
        status="WAITING", submitted_by=UserFactory(), submitted_at="2019-10-04T00:00Z", has_obstacles=False
    )
    assert "sudah dikirim atau dikunci" in text_of(send(operator, report, content))
    upload = LaneUpload.objects.get()
    refused = operator.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": "1"})
    assert refused.status_code == 409
    assert stored(report) == [(None, None)] * 3


def test_quarter_of_twelve_activities_takes_three_page_loads(client_as):
    report = report_with_lines(12)
    operator = client_as("agency_operator", at=report.agency)
    content = downloaded(operator, report)  # no page
    cells = {f"{column}{row}": 1_000_000 + row for row in range(5, 17) for column in "D"}
    content = filled(content, cells | {f"E{row}": row for row in range(5, 17)})
    pages = [operator.get(report.get_absolute_url())]
    pages.append(operator.get(send(operator, report, content).url))
    version = pages[-1].context["page"].comparison.version
    upload = LaneUpload.objects.get()
    done = operator.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": version})
    pages.append(operator.get(done.url))
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert len(pages) == 3
    assert "12 kegiatan, 12 sudah diisi" in text_of(pages[-1])


def in_kind(content: bytes, kind: str) -> tuple[bytes, str]:
    """The rows of a workbook's sheet Realisasi as another kind of file; an .ods with the mark of the workbook."""
    if kind == "xlsx":
        return content, "isian.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [
        ["" if cell is None else str(cell) for cell in row] for row in book["Realisasi"].iter_rows(values_only=True)
    ]
    if kind == "csv":
        return "\r\n".join(";".join(row) for row in rows).encode(), "isian.csv"
    mark = [[str(cell.value) for cell in book["p2emas"][1] if cell.value is not None]]
    return ods(table("Realisasi", rows), table("p2emas", mark)), "isian.ods"


@pytest.mark.parametrize("kind", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize(("most", "by_a_worker"), [(2, True), (3, False)])
def test_file_of_many_rows_is_read_by_a_worker(operator, report, monkeypatch, kind, most, by_a_worker):
    """The rows below the headings of the file count, not those of the report."""
    monkeypatch.setattr("p2emas.imports.lanes.receiving.MOST_ROWS", most)
    job = mock.Mock(**{"enqueue.return_value.id": "job"})
    monkeypatch.setattr("p2emas.imports.lanes.receiving.read_upload", job)
    content, name = in_kind(filled(downloaded(operator, report), {"D5": 60_000_000}), kind)

    send(operator, report, content, name)

    upload = LaneUpload.objects.get()
    assert (upload.status == LaneUpload.Status.READING, job.enqueue.called) == (by_a_worker, by_a_worker)


def test_worker_reads_a_file_of_any_length(operator, report, monkeypatch):
    monkeypatch.setattr("p2emas.imports.lanes.receiving.MOST_ROWS", 2)
    answer = send(operator, report, filled(downloaded(operator, report), {"D5": 60_000_000}))
    upload = LaneUpload.objects.get()
    assert (upload.status, upload.content) == (LaneUpload.Status.READY, None)  # tests do jobs at once
    apply(operator, answer)
    assert stored(report)[0][0] == 60_000_000


def test_short_file_for_a_long_report_is_read_at_once(operator, report, monkeypatch):
    monkeypatch.setattr("p2emas.imports.lanes.receiving.MOST_ROWS", 2)
    monkeypatch.setattr("p2emas.imports.lanes.receiving.read_upload", job := mock.Mock())
    book = openpyxl.load_workbook(io.BytesIO(filled(downloaded(operator, report), {"D5": 60_000_000})))
    book["Realisasi"].delete_rows(6, 2)
    made = io.BytesIO()
    book.save(made)

    apply(operator, send(operator, report, made.getvalue()))

    assert (stored(report)[0][0], job.enqueue.called) == (60_000_000, False)


def test_sheet_is_read_no_further_than_it_has_to_be(operator, report):
    """A file of twenty thousand rows tells so within the seconds of a request."""
    book = openpyxl.load_workbook(io.BytesIO(downloaded(operator, report)))
    for number in range(8, 15_000):
        book["Realisasi"].cell(number, 4, number)
    made = io.BytesIO()
    book.save(made)
    options = {"kind": "xlsx", "names": ["Realisasi"], "mark": "p2emas", "code": "Kode"}

    found = BOOK.read(made.getvalue(), most=500, **options)

    assert found.value == {"long": True}


def test_page_of_a_workbook_that_waits_looks_again_and_says_what_failed(operator, report):
    upload = LaneUploadFactory(record=report.pk, uploaded_by=operator.user, status="READING", job="gone")
    page = operator.get(upload.get_absolute_url())
    assert page["Refresh"].startswith("2; url=/")
    assert "sedang dibaca" in text_of(page)
    assert end_unread_uploads() == 1
    assert "Unggah berkasnya lagi" in text_of(operator.get(upload.get_absolute_url()))


def test_old_workbooks_are_forgotten(operator, report):
    LaneUploadFactory(record=report.pk, uploaded_by=operator.user, uploaded_at=clock.now() - timedelta(days=91))
    kept = LaneUploadFactory(record=report.pk, uploaded_by=operator.user)
    assert LaneUpload.objects.forget_old() == 1
    assert LaneUpload.objects.get() == kept


def test_hidden_rows_are_named(operator, report):
    book = openpyxl.load_workbook(io.BytesIO(downloaded(operator, report)))
    for row in (5, 7):
        book["Realisasi"].row_dimensions[row].hidden = True
    made = io.BytesIO()
    book.save(made)

    page = text_of(operator.get(send(operator, report, made.getvalue()).url))

    assert "2 baris tersembunyi atau tersaring pada lembar Realisasi ikut dibaca (baris 5, 7)." in page
