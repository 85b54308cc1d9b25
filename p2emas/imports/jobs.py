"""The jobs of an import: writing the preview of a file, holding nothing open while it reads; applying a long one."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import transaction
from django_tasks import task

from p2emas.accounts.models import User
from p2emas.imports.applying.writing import (
    RowsMoved,
    apply_import,
    gather,
    kind_of_import,
    moved_rows,
    moved_sentence,
    parts_of,
    show_moved,
)
from p2emas.imports.arranging import LayoutAsked, read_or_ask
from p2emas.imports.judging import Judge
from p2emas.imports.kinds import kind_of
from p2emas.imports.models import Import, ImportRow
from p2emas.imports.number_choice import choose_format, in_format
from p2emas.imports.numbers import Cited
from p2emas.imports.tables import TableRefused, read_table_file
from p2emas.jobs.queue import is_under_way, register_sweep, took_too_long
from p2emas.workflow.models import StepNotAllowed

logger = logging.getLogger(__name__)
BATCH = 1_000
LOST = "Pemeriksaan terhenti dua kali di tengah jalan. Unggah berkasnya lagi."
NOT_APPLIED = "Penerapan berhenti karena galat di server. Tidak ada yang tersimpan; terapkan lagi."
APPLYING_LOST = "Penerapan terhenti dua kali di tengah jalan. Tidak ada yang tersimpan; terapkan lagi."
APPLYING_TOO_LONG = (
    "Penerapan terlalu lama, jadi dihentikan. Tidak ada yang tersimpan. Bagi berkasnya menjadi beberapa, lalu unggah "
    "lagi."
)
TOO_LONG = "Pemeriksaan berkas ini terlalu lama, jadi dihentikan. Bagi menjadi beberapa berkas, lalu unggah lagi."


@task()
def check_import(batch_id: int) -> None:
    """Read the file of an import and store what each row would do; safe to run again from the start."""
    batch = Import.objects.being_checked().filter(pk=batch_id).first()
    if batch is None:  # cancelled meanwhile, or checked already
        return
    try:
        write_preview(batch)
    except TableRefused as refused:
        fail(batch, str(refused))
    except Exception:
        logger.exception("import %s could not be checked", batch_id)
        fail(batch, "Pemeriksaan berhenti karena galat di server. Unggah berkasnya lagi.")


def write_preview(batch: Import) -> None:
    kind = kind_of(batch.kind)
    if kind is None:
        raise TableRefused("Jenis impor ini tidak ada lagi.")
    batch.rows.all().delete()  # of an attempt whose worker died
    stored = batch.file
    with no_collecting(), stored.file.open("rb") as content:
        sheet = read_table_file(content.read(), stored.content_type)
        table = read_or_ask(batch, kind, sheet)
        if isinstance(table, LayoutAsked):
            ask_layout(batch, table)
            return
        choice = choose_format(kind, table, answered=batch.number_format)
        if choice.question:
            ask_format(batch, choice.question)
            return
        in_format(kind, table.lines, choice.format)
        show_progress(batch, 0, len(table.lines))
        judge = Judge(kind, batch.uploaded_by, table.letters, by_cell=table.by_cell)
        store_rows(batch, iter(judge.rows(table.lines, batch.pk)), len(table.lines))
    end_check(batch, choice.format, [*filter(None, [choice.why]), *table.notices])


def store_rows(batch: Import, rows: Iterator[ImportRow], total: int) -> None:
    done = 0
    while several := list(islice(rows, BATCH)):
        done += len(several)
        with transaction.atomic():  # short: the site works between two batches
            ImportRow.objects.bulk_create(several)
            show_progress(batch, done, total)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Ten thousand rows make half a million objects and no cycles: looking for some takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@task()
def apply_long_import(batch_id: int, actor_id: int) -> None:
    """Apply an import that was handed over, or hand it back with a sentence; safe to run again from the start."""
    batch = Import.objects.being_applied().filter(pk=batch_id).first()
    if batch is None:  # applied already
        return
    try:
        actor = User.objects.get(pk=actor_id)
        look_again(batch, actor)
        apply_import(batch=batch, seen=Import.Status.APPLYING, actor=actor)
    except StepNotAllowed as refused:
        hand_back(batch, str(refused))
    except Exception:
        logger.exception("import %s could not be applied", batch_id)
        hand_back(batch, NOT_APPLIED)


def look_again(batch: Import, actor: User) -> None:
    """Judge every row before the first is written, with progress: what is written at once cannot show any."""
    judge = Judge(kind_of_import(batch), actor)
    gather(batch, judge)
    total, done = batch.rows.exclude(action=ImportRow.Action.ERROR).count(), 0
    show_progress(batch, done, total)
    moved: list[ImportRow] = []
    for rows in parts_of(batch, judge.kind):
        moved += moved_rows(judge, rows)
        done += len(rows)
        show_progress(batch, done, total)
    if moved:
        show_moved(moved)
        raise RowsMoved(moved_sentence(len(moved)))


def hand_back(batch: Import, sentence: str) -> None:
    try:
        batch.take_step(
            "hand_back", seen=Import.Status.APPLYING, actor=batch.uploaded_by, note=sentence, problem=sentence[:500]
        )
    except StepNotAllowed:
        logger.info("import %s was no longer being applied", batch.pk)


def show_progress(batch: Import, done: int, total: int) -> None:
    Import.objects.filter(pk=batch.pk).update(done=done, total=total)


def ask_format(batch: Import, cell: Cited) -> None:
    """No cell tells how the file writes numbers: the person who uploaded it knows."""
    move(batch, "ask", note=f"Sel {cell} dapat dibaca dua cara.", asked_cell=cell.address, asked_text=cell.text)


def ask_layout(batch: Import, asked: LayoutAsked) -> None:
    """A foreign table: the person who uploaded it knows which column is which."""
    move(batch, "ask", note=asked.question, asked=asked.found, asked_cell="", asked_text="susunan kolom")


def end_check(batch: Import, number_format: str, notices: list[str]) -> None:
    """Ready when there is something to apply, or nothing but what is stored already; else the import has failed."""
    read_as = {"number_format": number_format, "notices": "\n".join(notices)}
    wrong = batch.rows.wrong().count()
    if wrong and not batch.rows.to_apply().exists():
        fail(batch, f"Tidak ada baris yang dapat diterapkan: {wrong} baris galat.", **read_as)
        return
    move(batch, "finish", note=read_as["notices"], **read_as)


def fail(batch: Import, sentence: str, **read_as: str) -> None:
    move(batch, "fail", problem=sentence[:500], **read_as)


def move(batch: Import, step: str, **stamp: Any) -> None:
    try:
        batch.take_step(step, seen=Import.Status.CHECKING, actor=batch.uploaded_by, **stamp)
    except StepNotAllowed:  # cancelled while it was being checked
        logger.info("import %s was no longer being checked", batch.pk)


@register_sweep
def end_orphans() -> int:
    """Imports that are being checked or applied by nobody: their job was given up, or died before it could say so."""
    orphans = [batch for batch in Import.objects.being_checked() if not is_under_way(batch.job)]
    for batch in orphans:
        fail(batch, TOO_LONG if took_too_long(batch.job) else LOST)
    lost = [batch for batch in Import.objects.being_applied() if not is_under_way(batch.job)]
    for batch in lost:
        hand_back(batch, APPLYING_TOO_LONG if took_too_long(batch.job) else APPLYING_LOST)
    return len(orphans) + len(lost)
