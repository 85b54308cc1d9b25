"""The database fails at one statement of a request: afterwards all of its work is stored, or nothing of it.

What happens inside is one transaction of the test, in which each transaction of the request is a savepoint.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse

from p2emas.documents.models import PrivateFile
from tests import worlds
from tests.drawing import pages
from tests.test_forged_forms import Keys, rows
from tests.test_permission_matrix import ASIDE, WRITES

BEGINS = (*WRITES, "SAVEPOINT")
TABLE = re.compile(r'"(\w+)"')


@dataclass
class Outcome:
    answer: HttpResponse
    statements: list[str]
    stored: Counter
    waits: int  # what would be done after the commit: letters, removal of files
    lost: set[str]  # files that a row names and nobody finds


@contextmanager
def failing_at(place: int | None) -> Iterator[list[str]]:
    """Statement number ``place`` is refused before the database sees it; every statement is noted."""
    seen: list[str] = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        if len(seen) - 1 == place:
            raise OperationalError("planted")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def outcome(act: Callable[[], HttpResponse], keys: Keys, place: int | None = None) -> Outcome:
    with worlds.undone(), pages(False):
        before = len(connection.run_on_commit)
        with failing_at(place) as statements:
            answer = act()
        # A request has no transaction around it: what one statement outside of any failed at undoes nothing else.
        transaction.set_rollback(False)
        return Outcome(answer, statements, rows(keys), len(connection.run_on_commit) - before, lost_files(keys))


def lost_files(keys: Keys) -> set[str]:
    return {
        stored.file.name
        for model in keys
        if issubclass(model, PrivateFile)
        for stored in model._base_manager.exclude(file="")
        if not stored.file.storage.exists(stored.file.name)
    }


def check_every_statement(act: Callable[[], HttpResponse], keys: Keys, *, changes: bool = True) -> int:
    """Fail once at each statement from the first that may write; how many times. ``keys``: every row before."""
    nothing = untouched(keys)
    outcome(act, {})  # what is read once for a process is read now
    whole = outcome(act, keys)
    assert whole.answer.status_code < 400 or not changes, whole.answer.status_code
    assert (whole.stored != nothing.stored) or not changes, "the act changes nothing"
    touched = tables_written(whole.statements)
    known = {model: keys[model] for model in keys if model._meta.db_table in touched}
    none, all_ = (Counter({row: n for row, n in of.stored.items() if named(row, known)}) for of in (nothing, whole))
    first = next((n for n, sql in enumerate(whole.statements) if sql.startswith(BEGINS)), 0)
    last = max((n for n, sql in enumerate(whole.statements) if writes(sql)), default=0)
    for place in range(first, len(whole.statements)):
        found = outcome(act, known, place)
        where = f"statement {place}: {whole.statements[place][:200]}"
        strange = tables_written(found.statements) - touched
        assert strange == set(), f"{where}: {strange}"
        assert found.stored in (none, all_), f"{where}: missing {all_ - found.stored}, done {found.stored - none}"
        done = found.stored == all_ and changes
        assert found.answer.status_code == 503 or found.answer.status_code < 500, where
        assert done or found.waits == 0, f"{where}: {found.waits} acts wait for a commit of nothing"
        assert done <= (found.answer.status_code < 400 or place > last), where
        assert found.lost <= nothing.lost, where
    return len(whole.statements) - first


def untouched(keys: Keys) -> Outcome:
    return Outcome(HttpResponse(), [], rows(keys), 0, lost_files(keys))


def named(row: str, known: Keys) -> bool:
    return row.split(" ", 1)[0] in {model.__name__ for model in known}


def writes(sql: str) -> bool:
    return sql.startswith(WRITES) and TABLE.search(sql)[1] not in ASIDE


def tables_written(statements: list[str]) -> set[str]:
    return {TABLE.search(sql)[1] for sql in statements if writes(sql)}


def every_row() -> Keys:
    """The keys of all rows, histories and tables between two others included, without those of sign-in."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table not in ASIDE]
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in found}
