"""A table that an office made itself fills each of the four lanes: its columns are asked once and kept for the office."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from p2emas.imports.memory import TableLayout
from p2emas.models import LaneUpload
from tests.p2emas.imports.ods_files import ods, table
from tests.programs import test_four_lanes as lanes
from tests.programs.reporting.helpers import lines_of, text_of

pytestmark = pytest.mark.django_db


@dataclass
class Office:
    """A lane, the table of the office and which of our fields its columns are."""

    lane: lanes.Lane
    rows: list[list[Any]]
    answer: dict[str, str]

    @property
    def client(self) -> Client:
        return self.lane.client

    def send(self, rows: list[list[Any]] | None = None, name: str = "tabel kami.xlsx"):
        saved = SAVED[name.rpartition(".")[2]](rows or self.rows)
        return self.client.post(self.lane.address, {"berkas": SimpleUploadedFile(name, saved)})

    def answered(self, **more: str):
        upload = LaneUpload.objects.latest("pk")
        url = reverse("imports:lane-columns", args=[upload.pk])
        return self.client.post(url, {"lembar": self.lane.sheet} | self.answer | more)

    def apply(self, answer):
        version = self.client.get(answer.url).context["page"].comparison.version
        upload = LaneUpload.objects.latest("pk")
        return self.client.post(reverse("imports:lane-apply", args=[upload.pk]), {"version": version})


def as_xlsx(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_csv(rows: list[list[Any]]) -> bytes:
    return "\r\n".join(
        ";".join("" if cell is None else str(cell).replace(".", ",") for cell in row) for row in rows
    ).encode()


SAVED = {"xlsx": as_xlsx, "csv": as_csv, "ods": lambda rows: ods(table("Lembar1", rows))}
TITLE = [["REALISASI DINAS KAMI"], []]


def figures(client_as: Callable[..., Client]) -> Office:
    lane = lanes.report_lane(client_as)
    first, second = lines_of(lane.record)
    rows = [
        *TITLE,
        ["No", "Uraian Kegiatan", "Serapan (Rp)", "Kemajuan (%)"],
        [1, first.plan_line.activity.name, 60_000_000, 62.5],
        [2, f"{second.plan_line.activity.code} {second.plan_line.activity.name}", 7_500_000, 7.25],
        [None, "JUMLAH", 67_500_000, None],
    ]
    return Office(lane, rows, {"kolom-tentang": "1", "kolom-spent_to_date": "2", "kolom-physical_to_date": "3"})


def indicators(client_as: Callable[..., Client]) -> Office:
    lane = lanes.indicator_lane(client_as)
    names = [row[1].rpartition(" (")[0] for row in lane.book()["Indikator"].iter_rows(min_row=5, values_only=True)]
    assert names[0] != names[1]
    rows = [["Indikator kinerja", "Capaian"], *([name, 12.5 + number] for number, name in enumerate(names))]
    return Office(lane, rows, {"kolom-tentang": "0", "kolom-value": "1", "sama-source": "Daftar hadir"})


def plan_lines(client_as: Callable[..., Client]) -> Office:
    lane = lanes.plan_lane(client_as)
    first, second = lane.record.lines.order_by("pk")
    rows = [
        ["Nama Kegiatan", "Lokasi Desa", "Anggaran"],
        [first.activity.name, f"Desa {first.village.name}", 120_000_000],
        [first.activity.name, second.village.name.upper(), 90_000_000],
    ]
    return Office(lane, rows, {"kolom-tentang": "0", "kolom-tempat": "1", "kolom-amount": "2"})


def targets(client_as: Callable[..., Client]) -> Office:
    lane = lanes.target_lane(client_as)
    name = lane.record.indicators().get().name
    rows = [["Tolok ukur", "Sasaran tahun ini"], [name, 1_250.5]]
    return Office(lane, rows, {"kolom-tentang": "0", "kolom-target": "1"})


def values(client_as: Callable[..., Client]) -> Office:
    lane = lanes.value_lane(client_as)
    criterion = lane.record.criteria.first()
    names = [candidate.village.name for candidate in lane.record.candidates.order_by("pk")]
    rows = [["Nama desa", "Luas"], [names[0], 12.25], [names[1], 1_234.5]]
    same = {"sama-" + f"s{criterion.pk}": "Survei"}
    return Office(lane, rows, {"kolom-tentang": "0", f"kolom-v{criterion.pk}": "1"} | same)


def stored(office: Office) -> list[Any]:
    record, sheet = office.lane.record, office.lane.sheet
    if sheet == "Realisasi":
        return [(line.spent_to_date, line.physical_to_date) for line in lines_of(record)]
    if sheet == "Indikator":
        return sorted(record.indicator_values.values_list("value", "source"))
    if sheet == "Baris rencana":
        return list(record.lines.order_by("pk").values_list("amount", flat=True))
    if sheet == "Target indikator":
        return [row.target for row in record.indicators().get().targets.filter(village=None)]
    found = [row for candidate in record.candidates.order_by("pk") for row in candidate.values.all()]
    return [(row.value, row.source) for row in found if row.value is not None]


def fields_of(page) -> list[tuple[str, Any]]:
    """Which column is which, as far as the page has guessed it."""
    form = page.context["form"]
    return [(name, box) for name, box in form.fields.items() if name.startswith("kolom-") and box.initial]


OFFICES = [
    (figures, [(60_000_000, Decimal("62.5")), (7_500_000, Decimal("7.25"))]),
    (indicators, [(Decimal("12.5"), "Daftar hadir"), (Decimal("13.5"), "Daftar hadir")]),
    (plan_lines, [120_000_000, 90_000_000]),
    (targets, [Decimal("1250.5")]),
    (values, [(Decimal("12.25"), "Survei"), (Decimal("1234.5"), "Survei")]),
]
each_office = pytest.mark.parametrize(("make", "expected"), OFFICES, ids=lambda each: getattr(each, "__name__", ""))


@each_office
def test_columns_are_asked_once_and_the_table_is_applied(client_as, make, expected):
    office = make(client_as)
    asked = office.send()
    page = office.client.get(f"{asked.url}?kolom=ubah&lembar={office.lane.sheet}")
    assert "Kolom mana berisi apa?" in text_of(page)
    assert not TableLayout.objects.exists()
    guessed = {name: str(page.context["form"].get_initial_for_field(box, name)) for name, box in fields_of(page)}
    if make is figures:
        assert guessed == {name: place for name, place in office.answer.items() if name.startswith("kolom-")}

    done = office.answered()
    assert done.status_code == 302, text_of(done)
    applied = office.apply(done)

    assert applied.status_code == 302, text_of(applied)
    assert stored(office) == expected
    assert LaneUpload.objects.get().content is None
    assert TableLayout.objects.get().kind == f"{office.lane.code}:{office.lane.sheet.lower()}"


@each_office
def test_next_file_of_the_office_is_not_asked_about(client_as, make, expected):
    office = make(client_as)
    office.send()
    office.answered()

    again = office.client.get(office.send().url)

    assert LaneUpload.objects.latest("pk").status == LaneUpload.Status.READY
    assert "menurut susunan yang diingat" in text_of(again)
    assert len(again.context["page"].comparison.rows) == len(expected)


@pytest.mark.parametrize("name", ["tabel.csv", "tabel.ods"])
def test_table_of_the_office_comes_from_any_program(client_as, name):
    office = figures(client_as)
    office.send(name=name)

    office.apply(office.answered())

    assert stored(office) == OFFICES[0][1]


def test_pasted_table_of_the_office_is_asked_about_too(client_as):
    office = figures(client_as)
    text = "\n".join(
        "\t".join("" if cell is None else str(cell).replace(".", ",") for cell in row) for row in office.rows
    )
    asked = office.client.post(office.lane.address, {"tempelan": text})
    assert "Kolom mana berisi apa?" in text_of(office.client.get(asked.url))

    office.apply(office.answered())

    assert stored(office) == OFFICES[0][1]


def test_long_table_is_read_by_the_worker_before_and_after_the_answer(client_as, monkeypatch):
    monkeypatch.setattr("p2emas.imports.lanes.receiving.MOST_ROWS", 2)
    office = figures(client_as)
    office.send()
    assert LaneUpload.objects.get().status == LaneUpload.Status.ASKING

    office.apply(office.answered())

    assert stored(office) == OFFICES[0][1]


def test_rows_that_are_none_of_ours_are_named_and_nothing_is_saved(client_as):
    office = plan_lines(client_as)
    activity = office.rows[1][0]
    office.rows += [["Kegiatan lain", "", 5], [activity, "Desa Antah", 6], [activity, None, 7]]
    office.send()

    page = office.client.get(office.answered().url)

    words = text_of(page)
    assert "Tidak ada baris dengan nama ini di sini." in words
    assert "Tidak ada baris dengan nama ini di Desa Antah." in words
    assert "2 baris di sini bernama sama." in words
    assert "Kegiatan lain" in words
    assert page.context["page"].comparison.to_decide == 3
    assert stored(office) == [100_000_000, 100_000_000]


def test_sums_below_a_table_are_passed_over_and_said(client_as):
    office = figures(client_as)
    office.send()

    assert "Baris jumlah tidak dibaca (baris 6)." in text_of(office.client.get(office.answered().url))


def test_wrong_answer_keeps_the_question_and_answer_is_changed_later(client_as):
    office = figures(client_as)
    office.send()
    refused = office.answered(**{"kolom-spent_to_date": "", "kolom-physical_to_date": ""})
    assert refused.status_code == 200
    assert "Pilih sedikitnya satu kolom yang berisi isian." in text_of(refused)
    refused = office.answered(**{"kolom-tentang": ""})
    assert "Pilih kolom kegiatan" in text_of(refused)

    ready = office.answered(**{"kolom-physical_to_date": ""})
    page = office.client.get(ready.url)
    assert "Ubah susunan kolom" in text_of(page)
    assert "Kolom mana berisi apa?" in text_of(office.client.get(f"{ready.url}?kolom=ubah"))
    office.apply(office.answered())

    assert stored(office) == OFFICES[0][1]
    late = office.answered()
    assert late.status_code == 409
    assert "tidak ditanyakan" in text_of(late)


def test_answer_for_a_report_that_was_closed_meanwhile_is_refused(client_as):
    office = figures(client_as)
    asked = office.send()
    type(office.lane.record.period).objects.filter(pk=office.lane.record.period_id).update(status="LOCKED")

    refused = office.answered()

    assert refused.status_code == 409
    assert "Ada 1 isian yang perlu diperbaiki" in text_of(refused)
    assert "sudah dikirim atau dikunci" in text_of(office.client.get(asked.url))
    assert not TableLayout.objects.exists()


def test_answer_of_one_office_is_not_that_of_another(client_as):
    office = figures(client_as)
    office.send()
    office.answered()
    other = figures(client_as)

    other.send([*TITLE, office.rows[2], [1, lines_of(other.lane.record)[0].plan_line.activity.name, 5, 1]])

    assert LaneUpload.objects.latest("pk").status == LaneUpload.Status.ASKING


def test_question_about_the_other_sheet_is_a_link_away(client_as):
    office = indicators(client_as)
    asked = office.send()

    page = office.client.get(f"{asked.url}?lembar=Realisasi")

    assert page.context["sheet"] == "Realisasi" or "Realisasi" in page.context["other_sheets"]
    assert set(page.context["other_sheets"]) | {page.context["sheet"]} == {"Realisasi", "Indikator"}


def test_file_without_any_heading_is_refused_with_what_is_needed(client_as):
    office = figures(client_as)

    refused = office.send([[1, 2], [3, 4]])

    assert refused.status_code == 200
    assert "Unduh isian Excel" in text_of(refused)
    assert not LaneUpload.objects.exists()


def test_workbook_of_ours_without_its_mark_is_still_refused(client_as):
    lane = lanes.report_lane(client_as)
    book = lane.filled()
    del book["p2emas"]
    made = io.BytesIO()
    book.save(made)

    refused = lane.client.post(lane.address, {"berkas": SimpleUploadedFile("isian.xlsx", made.getvalue())})

    assert "tidak memuat tanda isian" in text_of(refused)
