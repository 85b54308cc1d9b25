"""Lists of codes and crosswalks as files: levels nest within the file, all or nothing, taken back."""

import pytest

from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.applying.writing import apply_import
from p2emas.imports.jobs import APPLYING_LOST, end_orphans
from p2emas.imports.kinds import kind_of
from p2emas.imports.services import begin_applying, start_import
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


def national_list(count):
    """``count`` codes of four levels, each with the level above it, the levels above last."""
    rows = [["13/2006", "Urusan", "2", "Urusan pilihan", None], ["13/2006", "Bidang", "2.01", "Pertanian", None]]
    programmes = (count - 2) // 100 + 1
    rows += [["13/2006", "Program", f"2.01.XX.{n:03d}", f"Program {n}", None] for n in range(programmes)]
    for n in range(count - len(rows)):
        rows.append(
            ["13/2006", "Kegiatan", f"2.01.XX.{n % programmes:03d}.{n // programmes:04d}", f"Kegiatan {n}", None]
        )
    return rows[::-1]


@pytest.fixture
def long_files(monkeypatch):
    """A handful of rows is a long file: written by a worker, two at a time."""
    monkeypatch.setattr("p2emas.imports.services.AT_ONCE", 3)
    monkeypatch.setattr(kind_of("nomenklatur").__class__, "rows_at_once", 2)


def test_long_list_is_applied_by_a_worker_and_taken_back(user_as, long_files):
    user = user_as("coordinator")
    batch = run(user, ROWS)

    begin_applying(batch=batch, seen="READY", actor=user)

    batch.refresh_from_db()
    assert [change.step for change in batch.status_changes()][:2] == ["apply", "hand_over"]
    assert (batch.status, batch.applied_by, batch.done, batch.total) == ("APPLIED", user, 4, 4)
    assert NomenclatureEntry.objects.count() == 4
    undo_import(batch, seen=Import.Status.APPLIED, actor=user)
    assert not NomenclatureEntry.objects.exists()
    assert NomenclatureEntry.history.filter(history_type="-", history_user=user).count() == 4


def test_long_list_that_moved_meanwhile_is_handed_back_whole(user_as, long_files):
    user = user_as("coordinator")
    batch = run(user, ROWS)
    NomenclatureEntryFactory(version__code="13/2006", level="URUSAN", code="2", name="Lain")

    begin_applying(batch=batch, seen="READY", actor=user)

    batch.refresh_from_db()
    assert (batch.status, batch.rows.moved().count()) == ("READY", 1)
    assert "1 baris. Tidak ada yang disimpan" in batch.problem
    assert NomenclatureEntry.objects.count() == 1
    begin_applying(batch=batch, seen="READY", actor=user)
    batch.refresh_from_db()
    assert (batch.status, batch.problem, NomenclatureEntry.objects.count()) == ("APPLIED", "", 4)


def test_what_moves_while_a_long_list_is_written_undoes_the_parts_before(user_as, long_files, monkeypatch):
    user = user_as("coordinator")
    batch = run(user, ROWS)
    NomenclatureEntryFactory(version__code="13/2006", level="URUSAN", code="2", name="Lain")
    monkeypatch.setattr("p2emas.imports.jobs.look_again", lambda batch, actor: None)

    begin_applying(batch=batch, seen="READY", actor=user)

    batch.refresh_from_db()
    assert (batch.status, batch.rows.moved().count(), NomenclatureEntry.objects.count()) == ("READY", 1, 1)


def test_long_list_whose_worker_died_can_be_applied_again(user_as, client_as, long_files, monkeypatch):
    client = client_as("coordinator")
    batch = run(client.user, ROWS)
    batch.take_step("hand_over", seen="READY", actor=client.user)
    page = client.get(batch.get_absolute_url()).text
    assert "Menerapkan impor" in page and "Batalkan unggahan" not in page

    assert end_orphans() == 1

    batch.refresh_from_db()
    assert (batch.status, batch.problem) == ("READY", APPLYING_LOST)
    text = client.get(batch.get_absolute_url()).text
    assert APPLYING_LOST in text and "Terapkan 4 baris" in text


def test_list_longer_than_any_is_refused(user_as, monkeypatch):
    monkeypatch.setattr(kind_of("nomenklatur").__class__, "most_rows", 3)

    batch = run(user_as("coordinator"), ROWS)

    assert (batch.status, batch.problem) == ("FAILED", "Berkas ini berisi lebih dari 3 baris. Bagi menjadi beberapa.")


@pytest.mark.whole
def test_national_list_of_12000_codes_is_loaded(user_as):
    user = user_as("coordinator")
    batch = run(user, national_list(12_000), as_csv=True)
    assert (batch.status, batch.rows.to_apply().count()) == ("READY", 12_000), batch.problem

    begin_applying(batch=batch, seen="READY", actor=user)

    batch.refresh_from_db()
    assert (batch.status, NomenclatureEntry.objects.count()) == ("APPLIED", 12_000)
    undo_import(batch, seen=Import.Status.APPLIED, actor=user)
    assert not NomenclatureEntry.objects.exists()
