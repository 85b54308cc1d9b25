"""Taking a person out of tables that were imported: rows that name the person, and the file they came in."""

import hashlib
import json
import re
from collections.abc import Collection
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from p2emas.documents.removing import remove_when_committed
from p2emas.imports.kinds import kind_of
from p2emas.imports.models import CSV, Import, ImportRow


def blank_rows(of: Collection[type[models.Model]], words: Collection[str], *, key: str) -> int:
    """Blank the rows of imports into one of the models ``of`` that hold one of ``words``; how many there were.

    The uploaded file of such a row is replaced by a note: a row cannot be cut out of a sheet with a digest. ``key`` is
    what the row is called from now on. Numbers and keys stay, so that the import can still be read.
    """
    named = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)
    found, batches = 0, set()
    for row in ImportRow.objects.filter(batch__kind__in=_kinds(of)).iterator(chunk_size=500):
        if words and named.search(_text(row)):
            row.key, row.cells, row.notice = key, [], ""
            row.before, row.after = _without(row.before, named), _without(row.after, named)
            row.message = key if row.message else ""
            row.save()
            batches.add(row.batch_id)
            found += 1
    for batch in Import.objects.filter(pk__in=batches):
        _replace_file(batch)
    Import.objects.filter(pk__in=batches).update(asked=None, layout=None)
    return found


def _kinds(of: Collection[type[models.Model]]) -> list[str]:
    codes = Import.objects.order_by().values_list("kind", flat=True).distinct()
    return [code for code in codes if (kind := kind_of(code)) and kind.model in of]


def _text(row: ImportRow) -> str:
    return json.dumps([row.key, row.cells, row.before, row.after, row.message], ensure_ascii=False)


def _without(values: Any, named: re.Pattern[str]) -> Any:
    if not isinstance(values, dict):
        return values
    return {name: "" if isinstance(value, str) and named.search(value) else value for name, value in values.items()}


def _replace_file(batch: Import) -> None:
    stored = batch.file
    content = b"Berkas ini dihapus bersama data pribadi di dalamnya."
    old = [(each.storage, str(each.name)) for each in (stored.file, stored.thumbnail) if each]
    stored.thumbnail, stored.original_name, stored.content_type, stored.caption = "", "dihapus.csv", CSV, ""
    stored.size, stored.sha256 = len(content), hashlib.sha256(content).hexdigest()
    stored.file.save("dihapus", ContentFile(content), save=False)
    stored.save()
    for storage, name in old:
        remove_when_committed(storage, name)
