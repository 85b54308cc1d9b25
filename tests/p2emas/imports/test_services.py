"""From the upload to the applied rows and back: what is written, and that it is all or nothing."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from districts.models import ProductionFigure
from p2emas import clock
from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.applying.writing import RowsMoved, apply_import
from p2emas.imports.kinds import ImportKind
from p2emas.imports.services import start_import
from p2emas.models import Import
from p2emas.workflow.models import StepConflict, StepNotAllowed
from tests.factories import CommodityFactory, ProductionFigureFactory

from .sheets import book, figure, produksi, received

pytestmark = pytest.mark.django_db


def start(user, rows, **damage) -> Import:
    batch = start_import(kind=produksi(), received=received(book(rows, **damage)), user=user)
    batch.refresh_from_db()
    return batch


def actions(batch) -> list[tuple[int, str]]:
    return list(batch.rows.order_by("number").values_list("number", "action"))


@pytest.fixture
def coordinator(user_as):
    return user_as("coordinator")


def test_preview_says_new_changed_left_out_and_wrong(land, coordinator):
    ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=100)
    ProductionFigureFactory(district=land.kelam, commodity=land.karet, value=50, source="Laporan kecamatan")
    rows = [
        figure(land.kelam, land.lada, 120.5),
        figure(land.kelam, land.karet, 50),
        figure("kec. kelam  permai", "CABAI", "1.250,5"),
        figure(land.sepauk, land.cabai, None),
        figure(land.sepauk, "emas", 3),
        figure(land.kelam, land.cabai, 9),
    ]

    batch = start(coordinator, rows)

    assert (batch.status, batch.done, batch.total) == ("READY", 6, 6)
    assert actions(batch) == [(2, "CHANGE"), (3, "SKIP"), (4, "NEW"), (5, "SKIP"), (6, "ERROR"), (7, "ERROR")]
    change, _same, new, _empty, unknown, twice = batch.rows.order_by("number")
    assert (change.before["value"], change.after["value"]) == ("100", "120.5")
    assert new.after["value"] == "1250.5"
    assert unknown.message == "Kolom B “Komoditas”: Komoditas “emas” tidak dikenal. Pilih dari daftar."
    assert twice.message == "Baris ini mengulang baris 4. Hapus salah satunya."
    assert ProductionFigure.objects.count() == 2  # a preview writes nothing


def test_apply_writes_rows_with_their_history(land, coordinator):
    old = ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=100)
    batch = start(coordinator, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, "belum ada data")])

    apply_import(batch=batch, seen="READY", actor=coordinator)

    old.refresh_from_db()
    new = ProductionFigure.objects.get(district=land.sepauk)
    assert (old.value, old.source, new.value) == (120, "Laporan kecamatan", None)
    assert (batch.status, batch.applied_by) == ("APPLIED", coordinator)
    assert {(h.history_type, h.history_user) for h in ProductionFigure.history.filter(id__in=[old.pk, new.pk])} == {
        ("+", None),
        ("~", coordinator),
        ("+", coordinator),
    }


def test_apply_that_fails_in_the_middle_leaves_nothing(land, coordinator, monkeypatch):
    ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=100)
    batch = start(coordinator, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, 7)])

    def crash(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(ImportKind, "change", crash)  # after the new rows were written
    with pytest.raises(RuntimeError), transaction.atomic():
        apply_import(batch=batch, seen="READY", actor=coordinator)

    batch.refresh_from_db()
    assert [f.value for f in ProductionFigure.objects.all()] == [100]
    assert (batch.status, batch.status_changes().count()) == ("READY", 1)


def test_what_changed_since_the_preview_is_told_and_asked_again(land, coordinator):
    stored = ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=100)
    batch = start(coordinator, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, 7)])
    stored.value = 110
    stored.save()
    ProductionFigureFactory(district=land.sepauk, commodity=land.lada, value=1)

    with pytest.raises(RowsMoved, match="2 baris"):
        apply_import(batch=batch, seen="READY", actor=coordinator)

    assert batch.status == "READY"
    rows = list(batch.rows.order_by("number"))
    assert [(r.action, r.before["value"], r.moved) for r in rows] == [("CHANGE", "110", True), ("CHANGE", "1", True)]
    assert {f.value for f in ProductionFigure.objects.all()} == {110, 1}
    apply_import(batch=batch, seen="READY", actor=coordinator)
    assert {f.value for f in ProductionFigure.objects.all()} == {120, 7}


def test_second_of_two_who_apply_is_told(land, coordinator, user_as):
    batch = start(coordinator, [figure(land.kelam, land.lada, 120)])
    same = Import.objects.get(pk=batch.pk)

    apply_import(batch=batch, seen="READY", actor=coordinator)
    with pytest.raises(StepConflict):
        apply_import(batch=same, seen="READY", actor=user_as("coordinator_head"))

    assert ProductionFigure.objects.count() == 1


def test_two_imports_of_the_same_row_apply_once_each_with_their_eyes_open(land, coordinator):
    first, second = (start(coordinator, [figure(land.kelam, land.lada, value)]) for value in (5, 6))

    apply_import(batch=first, seen="READY", actor=coordinator)
    with pytest.raises(RowsMoved):
        apply_import(batch=second, seen="READY", actor=coordinator)

    assert ProductionFigure.objects.get().value == 5
    row = second.rows.get()
    assert (row.action, row.before["value"], row.after["value"]) == ("CHANGE", "5", "6")


def test_kecamatan_staff_import_their_own_kecamatan_only(land, user_as):
    clerk = user_as("district_admin", at=land.kelam.office)

    batch = start(clerk, [figure(land.kelam, land.lada, 1), figure(land.sepauk, land.lada, 2)])

    assert batch.agency == land.kelam.office
    assert actions(batch) == [(2, "NEW"), (3, "ERROR")]
    assert batch.rows.get(number=3).message == "Kecamatan Sepauk bukan kecamatan Anda. Hapus baris ini."


def test_rows_of_a_kecamatan_that_the_person_lost_meanwhile_are_not_written(land, user_as):
    clerk = user_as("district_admin", at=land.kelam.office)
    batch = start(clerk, [figure(land.kelam, land.lada, 1)])
    land.kelam.office = None
    land.kelam.save()

    with pytest.raises(RowsMoved):
        apply_import(batch=batch, seen="READY", actor=type(clerk).objects.get(pk=clerk.pk))

    assert not ProductionFigure.objects.exists()
    assert batch.rows.get().action == "ERROR"


def test_nothing_but_errors_is_a_failure(land, coordinator):
    batch = start(coordinator, [figure(land.kelam, "emas", 1)])

    assert (batch.status, batch.problem) == ("FAILED", "Tidak ada baris yang dapat diterapkan: 1 baris galat.")


# --- Taking back ---------------------------------------------------------------------------------------------------


def test_undo_puts_everything_back(land, coordinator):
    old = ProductionFigureFactory(district=land.kelam, commodity=land.lada, value=Decimal("100.5"), source="Lama")
    batch = start(coordinator, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, 7)])
    apply_import(batch=batch, seen="READY", actor=coordinator)

    undo_import(batch, seen="APPLIED", actor=coordinator)

    old.refresh_from_db()
    assert (old.value, old.source, batch.status) == (Decimal("100.5"), "Lama", "CANCELLED")
    assert list(ProductionFigure.objects.all()) == [old]
    last = ProductionFigure.history.first()
    assert (last.history_type, last.history_user) == ("-", coordinator)


def test_undo_is_refused_when_a_row_was_changed_since(land, coordinator):
    batch = start(coordinator, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, 7)])
    apply_import(batch=batch, seen="READY", actor=coordinator)
    changed = ProductionFigure.objects.get(district=land.sepauk)
    changed.value = 8
    changed.save()

    with pytest.raises(StepNotAllowed, match=r"1 baris sudah diubah .* baris 3 \(Sepauk, lada, 2016"):
        undo_import(batch, seen="APPLIED", actor=coordinator)

    batch.refresh_from_db()
    assert (batch.status, ProductionFigure.objects.count()) == ("APPLIED", 2)


def test_undo_is_refused_when_a_row_is_gone(land, coordinator):
    batch = start(coordinator, [figure(land.kelam, land.lada, 120), figure(land.sepauk, land.lada, 7)])
    apply_import(batch=batch, seen="READY", actor=coordinator)
    ProductionFigure.objects.get(district=land.sepauk).delete()

    with pytest.raises(StepNotAllowed, match="1 baris sudah diubah"):
        undo_import(batch, seen="APPLIED", actor=coordinator)

    assert ProductionFigure.objects.count() == 1


def test_undo_ends_after_a_day(land, coordinator):
    batch = start(coordinator, [figure(land.kelam, land.lada, 120)])
    apply_import(batch=batch, seen="READY", actor=coordinator)

    with clock.at(clock.now() + timedelta(hours=24, minutes=1)):
        assert not batch.is_undoable(clock.now())
        with pytest.raises(StepNotAllowed, match="24 jam"):
            undo_import(batch, seen="APPLIED", actor=coordinator)

    assert ProductionFigure.objects.count() == 1


def test_five_thousand_rows_take_a_few_queries_each_hundred(land, coordinator, django_assert_max_num_queries):
    places = [(place, thing) for place in (land.kelam, land.sepauk) for thing in (land.lada, land.karet, land.cabai)]
    places += [(place, CommodityFactory(name="kopi")) for place in (land.kelam,)]
    rows = [figure(*places[n % 7], n, year=1990 + n // 7) for n in range(200)]

    with django_assert_max_num_queries(44):  # the type of the batch is one, where no test before has asked for it
        batch = start(coordinator, rows)

    with django_assert_max_num_queries(30):
        apply_import(batch=batch, seen="READY", actor=coordinator)
    assert ProductionFigure.objects.count() == 200


@pytest.mark.django_db(transaction=True)
def test_two_threads_apply_one_import_once(land, user_as):
    people = [user_as("coordinator") for _ in range(3)]
    batch = start(people[0], [figure(land.kelam, land.lada, n, year=2000 + n) for n in range(20)])
    begin, outcomes = threading.Barrier(len(people)), []

    def apply(person):
        try:
            mine = Import.objects.get(pk=batch.pk)
            begin.wait(timeout=20)
            apply_import(batch=mine, seen="READY", actor=person)
            outcomes.append("applied")
        except StepConflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=apply, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(outcomes) == ["applied", "told", "told"]
    assert ProductionFigure.objects.count() == ProductionFigure.history.count() == 20
