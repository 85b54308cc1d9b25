"""Many rows of one model and their history in a handful of statements, where one by one each costs two or more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from p2emas import clock
from p2emas.history.records import WRITTEN, history_of

Row = TypeVar("Row", bound=models.Model)


class BulkEdit(Generic[Row]):
    """What is to become of rows of one model; ``write`` does it, with one edit in the history of each."""

    def __init__(self, model: type[Row]) -> None:
        self.model = model
        self.added: list[Row] = []
        self.removed: list[Row] = []
        self.changed: list[Row] = []
        self._fields: set[str] = set()

    def put(self, row: Row, fields: Iterable[str]) -> None:
        """Write these fields of a stored row; all of a new one. None of a stored row is no edit."""
        if row.pk is None:
            self.added.append(row)
        elif names := set(fields):
            self.changed.append(row)
            self._fields |= names

    def add(self, rows: Iterable[Row]) -> None:
        """Insert rows, those too that come back under the key that they had."""
        self.added += rows

    def put_or_drop(self, row: Row, values: Mapping[str, Any]) -> None:
        """Write ``values`` of a row that is kept only while one of them says something."""
        if all(value in (None, "") for value in values.values()):
            if row.pk is not None:
                self.removed.append(row)
            return
        changed = {name for name, value in values.items() if getattr(row, name) != value}
        for name, value in values.items():
            setattr(row, name, value)
        self.put(row, changed)

    def write(self, by: models.Model) -> None:
        stamps: dict[str, Any] = {"default_user": by, "default_date": clock.now()}
        if self.changed:
            bulk_update_with_history(self.changed, self.model, sorted(self._fields), **stamps)
        if self.added:
            bulk_create_with_history(self.added, self.model, **stamps)
        delete_with_history(self.removed, by)


def delete_with_history(rows: Sequence[models.Model], by: models.Model) -> None:
    """Delete rows of one model with what depends on them; raises ``ProtectedError`` like ``delete()``.

    What depends on them and has a history of its own costs a statement a row: delete it before.
    """
    if not rows:
        return
    past = history_of(type(rows[0]))
    fields = past.model.tracked_fields
    stamps = {"history_date": clock.now(), "history_user": by, "history_type": "-"}
    ended = [past.model(**stamps, **{f.attname: getattr(row, f.attname) for f in fields}) for row in rows]
    for row in rows:
        setattr(row, WRITTEN, True)
    collector = Collector(using=DEFAULT_DB_ALIAS)
    collector.collect(list(rows))
    past.model.objects.bulk_create(ended)
    collector.delete()
