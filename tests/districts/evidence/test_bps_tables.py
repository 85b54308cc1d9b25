"""Tables of the statistics office become rows of figures: recognised, asked once, unpivoted in the preview."""

from collections import Counter

import pytest

from districts.evidence.bps_tables import bare_place_name
from districts.models import DistrictAlias, ProductionFigure
from p2emas.documents.kinds import ODS, XLSX
from p2emas.imports.arranging import LayoutAsked, read_or_ask
from p2emas.imports.judging import Judge
from p2emas.imports.kinds import kind_of
from p2emas.imports.memory import known_to
from p2emas.imports.shapes import close
from p2emas.imports.tables import cell_named, number_of_cell, read_table_file
from p2emas.models import Import
from tests.factories import CommodityFactory, DistrictFactory, ImportFactory

from .bps_files import FILES, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    for name in ("Kelam Permai", "Sepauk", "Dedai"):
        DistrictFactory(name=name)
    for name in ("lada", "karet", "cabai"):
        CommodityFactory(name=name)
    DistrictAlias.objects.create(district_id=kelam().pk, name="Kelam")


def kelam():
    from districts.models import District

    return District.objects.get(name="Kelam Permai")


@pytest.fixture
def user(user_as):
    return user_as("coordinator")


def asked(user, content: bytes, content_type: str = XLSX):
    batch = ImportFactory(uploaded_by=user)
    sheet = read_table_file(content, content_type)
    return batch, sheet, read_or_ask(batch, kind_of("produksi"), sheet)


def form_of(user, found, **answers):
    kind = kind_of("produksi")
    shape, lookups = kind.shapes[0], kind.lookups(user)
    blank = shape.form(kind, None, found, {}, lookups)
    proposed = {name: blank.get_initial_for_field(each, name) for name, each in blank.fields.items()}
    data = {name: value for name, value in proposed.items() if value} | answers
    return shape, shape.form(kind, {"sumber": "BPS", **data}, found, {}, lookups), lookups


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("name", FILES)
def test_table_gives_the_rows_that_were_counted_by_hand(world, user, name, ending):
    file = FILES[name]
    content = file.as_xlsx() if ending == "xlsx" else file.as_ods()
    _batch, sheet, question = asked(user, content, XLSX if ending == "xlsx" else ODS)
    assert isinstance(question, LayoutAsked) and question.found["shape"] == "bps"
    assert {key: question.found[key] for key in file.asked} == file.asked

    shape, form, lookups = form_of(user, question.found, **file.answers)
    assert form.is_valid(), form.errors
    table = shape.table(kind_of("produksi"), sheet, form.answer(), lookups)
    rows = list(Judge(kind_of("produksi"), user, table.letters, by_cell=True).rows(table.lines, 0))

    of = Counter(row.action for row in rows)
    values = [row.after["value"] for row in rows if row.action == "NEW" and row.after["value"] is not None]
    assert (of["NEW"], of["SKIP"], of["ERROR"], total(values)) == (*file.counted[:3], total([file.counted[3]]))


def test_what_was_rounded_or_left_out_is_said(world, user):
    _batch, sheet, question = asked(user, FILES["long decimals"].as_xlsx())
    shape, form, lookups = form_of(user, question.found)
    assert form.is_valid()
    table = shape.table(kind_of("produksi"), sheet, form.answer(), lookups)
    rows = list(Judge(kind_of("produksi"), user, table.letters, by_cell=True).rows(table.lines, 0))

    assert [row.notice for row in rows if cell_named(row.number) == "B3"] == [
        "Kolom “Nilai”: 1588,4349368 dibulatkan menjadi 1.588,435."
    ]
    totals = asked(user, FILES["two rows of headings, merged, in two languages"].as_xlsx())
    assert totals[2].found["skipped"] == [[7, "Jumlah/Total"]]


def test_dash_is_unknown_unless_somebody_says_that_it_is_zero(world, user):
    _batch, sheet, question = asked(user, FILES["dashes that are zero"].as_xlsx())
    for answer, value in (("tidak", None), ("ya", "0")):
        shape, form, lookups = form_of(user, question.found, nol=answer)
        assert form.is_valid()
        table = shape.table(kind_of("produksi"), sheet, form.answer(), lookups)
        rows = list(Judge(kind_of("produksi"), user, table.letters, by_cell=True).rows(table.lines, 0))
        assert rows[0].after["value"] == value
        assert any("dibaca 0 menurut jawaban" in notice for notice in table.notices) is (answer == "ya")


def test_it_is_asked_once_about_dashes_and_never_without_any(world, user):
    with_dashes, without = FILES["dashes that are zero"], FILES["one row of headings"]

    assert "nol" in form_of(user, asked(user, with_dashes.as_xlsx())[2].found)[1].fields
    assert "nol" not in form_of(user, asked(user, without.as_xlsx())[2].found)[1].fields


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"tahun": "2099"}, "Tulis tahun 1990"),
        ({"kolom-1": "", "kolom-2": ""}, "sedikitnya satu kolom"),
        ({"sumber": ""}, "Isi dokumen atau instansi"),
        ({"ukuran": ""}, "Pilih ukuran"),
        ({"tahun": ""}, "Isi tahun datanya"),
    ],
)
def test_answer_that_cannot_be_is_a_sentence(world, user, change, sentence):
    found = asked(user, FILES["one row of headings"].as_xlsx())[2].found

    form = form_of(user, found, **change)[1]

    assert not form.is_valid()
    assert sentence in str(form.errors)


def test_two_columns_of_one_commodity_are_refused(world, user):
    found = asked(user, FILES["one row of headings"].as_xlsx())[2].found
    lada = form_of(user, found)[1].data["kolom-1"]

    form = form_of(user, found, **{"kolom-2": lada})[1]

    assert "Pilih salah satu" in str(form.errors["kolom-2"])


def test_list_of_records_is_no_such_table(world, user):
    text = "Kecamatan | Komoditas | Tahun | Luas\nSepauk | lada | 2016 | 3\nSepauk | karet | 2016 | 4"
    from .bps_files import BpsFile

    assert asked(user, BpsFile(text, (0, 0, 0, "0")).as_xlsx())[2].found["shape"] == "columns"


def test_way_over_the_pages_keeps_what_a_heading_means(world, client_as):
    from tests.p2emas.imports.sheets import upload

    client = client_as("coordinator")
    file = FILES["another name, a name that nobody knows, a footnote, a column that nobody knows"]
    place = client.post("/impor/baru/produksi/", {"berkas": upload(file.as_xlsx(), "telur.xlsx")}).url
    batch = Import.objects.get()
    assert batch.status == "ASKING"
    page = client.get(place).content.decode()
    assert "Durian Montong" in page and "Tabel kecamatan" in page

    durian = CommodityFactory(name="durian").pk
    lada = batch.asked["columns"][0]["commodity"]
    sent = {"seen": "ASKING", "tahun": 2016, "ukuran": "BUTIR", "sumber": "BPS", "kolom-2": lada, "kolom-3": durian}
    assert client.post(f"{place}susunan/", sent | {"tahun": ""}).status_code == 200
    client.post(f"{place}susunan/", sent)
    batch.refresh_from_db()

    assert (batch.status, batch.rows.count()) == ("READY", 6)
    assert "C3" in client.get(place).content.decode()
    assert known_to(batch.agency, "produksi")["bps"]["durian montong"] == durian
    client.post(f"{place}terapkan/", {"seen": "READY"})
    assert set(ProductionFigure.objects.values_list("measure", "value")) == {
        ("BUTIR", 10),
        ("BUTIR", 20),
        ("BUTIR", 99),
    }


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("01. Susukan", "Susukan"),
        ("(3) Sepauk", "Sepauk"),
        ("6105010 Serawai", "Serawai"),
        ("B a w a n g", "Bawang"),
        ("Sepauk 1)", "Sepauk"),
        ("Sepauk*", "Sepauk"),
        ("Kayan Hulu", "Kayan Hulu"),
        (None, ""),
    ],
)
def test_name_without_what_tables_put_around_it(written, name):
    assert bare_place_name(written) == name


def test_numbers_of_cells_are_read_back():
    assert [cell_named(number_of_cell(row, place)) for row, place in ((1, 0), (20, 27), (19_999, 99))] == [
        "A1",
        "AB20",
        "CV19999",
    ]
    assert close("Nama Kecamatan", ["Kecamatan"]) == 1
