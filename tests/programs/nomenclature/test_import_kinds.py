"""Lists of codes and crosswalks as files: levels nest within the file, all or nothing, taken back."""

import pytest

from p2emas.imports.kinds import kind_of
from p2emas.imports.services import apply_import, start_import, undo_import
from p2emas.models import Import
from programs.nomenclature.models import CodeCrosswalk, NomenclatureEntry
from programs.nomenclature.versions import fill_versions
from tests.factories import NomenclatureEntryFactory
from tests.p2emas.imports.sheets import book, csv_file, received

pytestmark = pytest.mark.django_db
ROWS = [  # the level above may come later in the file
    ["13/2006", "Kegiatan", "2.01.XX.15.02", "Penyuluhan (contoh)", None],
    ["13/2006", "Program", "2.01.XX.15", "Program contoh", None],
    ["13/2006", "Bidang", "2.01", "Pertanian", "2"],
    ["13/2006", "Urusan", "2", "Urusan pilihan", None],
]


@pytest.fixture(autouse=True)
def versions():
    fill_versions()


def run(user, rows, code="nomenklatur", *, as_csv=False):
    kind = kind_of(code)
    headers = [column.header for column in kind.columns]
    made = csv_file(rows, headers=headers) if as_csv else book(rows, token=kind.token, headers=headers)
    batch = start_import(kind=kind, received=received(made, "daftar.csv" if as_csv else "daftar.xlsx"), user=user)
    batch.refresh_from_db()
    return batch


def apply(batch, user):
    apply_import(batch=batch, seen=batch.status, actor=user)
    batch.refresh_from_db()


def test_list_is_loaded_and_taken_back(user_as):
    user = user_as("coordinator")

    batch = run(user, ROWS)
    assert [row.action for row in batch.rows.all()] == ["NEW"] * 4
    apply(batch, user)

    found = dict(NomenclatureEntry.objects.values_list("code", "parent_code"))
    assert found == {"2": "", "2.01": "2", "2.01.XX.15": "2.01", "2.01.XX.15.02": "2.01.XX.15"}
    assert NomenclatureEntry.history.filter(history_user=user).count() == 4

    undo_import(batch, seen=Import.Status.APPLIED, actor=user)
    assert not NomenclatureEntry.objects.exists()


def test_rows_that_do_not_nest_are_named(user_as):
    rows = [
        *ROWS,
        ["13/2006", "Program", "2.05.XX.15", "Tanpa bidang", None],
        ["13/2006", "Kegiatan", "2.01.07", "x", None],
    ]

    batch = run(user_as("coordinator"), rows)

    wrong = {row.number: row.message for row in batch.rows.filter(action="ERROR")}
    assert wrong == {
        6: "Induknya, bidang urusan 2.05, belum ada dalam daftar. Tambahkan barisnya, di berkas yang sama pun boleh.",
        7: "Induknya 2.01 bertingkat bidang urusan, seharusnya program.",
    }


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["1/1999", "Urusan", "2", "x", None], "Versi “1/1999” tidak dikenal"),
        (["13/2006", "Bidang", 2.01, "x", None], "Tulis kode sebagai teks"),
        (["13/2006", "Bidang", "2,01", "x", None], "Tulis kode sebagai teks"),
        (["13/2006", "Bidang", "2.01", "x", "3"], "Induk kode 2.01 adalah 2."),
        (["13/2006", "Dinas", "2", "x", None], "“Dinas” tidak dikenal"),
    ],
)
def test_cell_that_cannot_be_taken_says_what_to_write(user_as, row, sentence):
    batch = run(user_as("coordinator"), [row, ["13/2006", "Urusan", "9", "Lain", None]])

    assert sentence in batch.rows.get(action="ERROR").message


def test_csv_keeps_codes_as_they_are(user_as):
    user = user_as("coordinator")

    batch = run(
        user,
        [["13/2006", "Urusan", "2", "Urusan pilihan", ""], ["13/2006", "Bidang", "2.10", "Contoh", ""]],
        as_csv=True,
    )

    assert [row.after["code"] for row in batch.rows.order_by("number")] == ["2", "2.10"]


def test_changed_name_is_a_change_and_the_same_row_none(user_as):
    NomenclatureEntryFactory(version__code="13/2006", code="2", name="Lama")
    NomenclatureEntryFactory(version__code="13/2006", code="3", name="Sama")

    batch = run(
        user_as("coordinator"), [["13/2006", "Urusan", "2", "Baru", None], ["13/2006", "Urusan", "3", "Sama", None]]
    )

    assert [row.action for row in batch.rows.order_by("number")] == ["CHANGE", "SKIP"]


def test_crosswalk_names_entries_of_both_lists(user_as):
    user = user_as("coordinator")
    old = NomenclatureEntryFactory(version__code="13/2006", code="2")
    new = NomenclatureEntryFactory(version__code="90/2019", code="3")

    batch = run(
        user, [["13/2006", "2", "90/2019", "3", "digabung"], ["13/2006", "8", "90/2019", "3", None]], "padanan-kode"
    )
    assert [row.action for row in batch.rows.order_by("number")] == ["NEW", "ERROR"]

    batch = run(user, [["13/2006", "2", "90/2019", "3", "digabung"]], "padanan-kode")
    apply(batch, user)
    link = CodeCrosswalk.objects.get()
    assert (link.from_entry, link.to_entry, link.note) == (old, new, "digabung")


@pytest.mark.parametrize("role", ["district_admin", "agency_operator", "auditor"])
def test_only_coordinators_load_lists(client_as, role):
    assert client_as(role).get("/impor/baru/nomenklatur/").status_code in (403, 404)


def test_coordinator_gets_the_page(client_as):
    assert client_as("coordinator").get("/impor/baru/nomenklatur/").status_code == 200
