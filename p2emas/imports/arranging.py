"""Which column is which: by our template, by what the office answered before, or by a question."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.imports.columns_shape import COLUMNS
from p2emas.imports.headings import is_template, template_table
from p2emas.imports.kinds import ImportKind, kind_of
from p2emas.imports.memory import keep_layout, known_to
from p2emas.imports.models import Import
from p2emas.imports.shapes import Json, ShapeForm, TableShape
from p2emas.imports.tables import ReadTable, ReceivedSheet


@dataclass(frozen=True)
class LayoutAsked:
    """What the page has to ask before the table can be read."""

    question: str
    found: Json


def shapes_of(kind: ImportKind) -> dict[str, TableShape]:
    return {shape.code: shape for shape in (*kind.shapes, COLUMNS)}


def read_or_ask(batch: Import, kind: ImportKind, sheet: ReceivedSheet) -> ReadTable | LayoutAsked:
    """The table, or what is not known of it yet. An answer from memory is kept with the import."""
    if is_template(kind, sheet):
        return template_table(kind, sheet)
    lookups, shapes = kind.lookups(batch.uploaded_by), shapes_of(kind)
    again = bool(batch.layout and batch.layout.get("again"))  # what is remembered was wrong for this file
    if batch.layout and not again:
        return shapes[batch.layout["shape"]].table(kind, sheet, batch.layout, lookups)
    known = known_to(batch.agency, kind.code)
    for code, shape in shapes.items():
        found = shape.recognise(kind, sheet, lookups)
        if found is None:
            continue
        answer = None if again else shape.remembered(kind, sheet, found, known, lookups)
        if answer is None:
            return LayoutAsked(shape.question, {"shape": code, **found})
        batch.layout = {"shape": code, **answer}
        Import.objects.filter(pk=batch.pk).update(layout=batch.layout)
        return shape.table(kind, sheet, answer, lookups)
    raise LookupError("no shape knows this table")  # the last one refuses what it does not know


def shape_asked(batch: Import) -> TableShape | None:
    """The shape about which an import asks, or None."""
    kind = kind_of(batch.kind)
    if kind is None or batch.status != Import.Status.ASKING or not batch.asked:
        return None
    return shapes_of(kind).get(batch.asked["shape"])


def question_form(batch: Import, user: User, data: Any = None) -> ShapeForm | None:
    """The form of what is asked, filled in as far as it can be guessed or is remembered."""
    kind, shape = kind_of(batch.kind), shape_asked(batch)
    if kind is None or shape is None or not batch.asked:
        return None
    known = known_to(batch.agency, batch.kind)
    form = shape.form(kind, data, batch.asked, known, kind.lookups(user))
    form.sent_to(reverse("imports:import-layout", args=[batch.pk]), batch.status)
    return form


def answer_of(batch: Import, form: ShapeForm) -> Json:
    return {"shape": (batch.asked or {})["shape"], **form.answer()}


def remember_answer(batch: Import, answer: Json, by: User) -> None:
    """Keep an answer for the office of the import."""
    shape = shape_asked(batch)
    if shape is not None and batch.asked:
        known = known_to(batch.agency, batch.kind)
        keep_layout(batch.agency, batch.kind, shape.to_remember(batch.asked, answer, known), by)
