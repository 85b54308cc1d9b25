"""Compares the words of the search with the records that they are made of."""

from collections.abc import Iterator

from p2emas.registry.kinds import SearchKind
from p2emas.search.keeping import (
    keys_in_chunks,
    kinds_in_words,
    words_stored,
    words_wanted,
    words_without_spellings,
)
from p2emas.search.models import SearchWord

REMEDY = "Susun lagi: manage.py rebuild_search."
NAMED = 5


def search_words() -> Iterator[str]:
    """Records whose words differ, words of records that are gone, and words of names without their spellings."""
    for kind in kinds_in_words():
        differ = [key for several in keys_in_chunks(kind) for key in _different(kind, several)]
        if differ:
            named = ", ".join(map(str, differ[:NAMED])) + (" …" if len(differ) > NAMED else "")
            yield f"{kind.title}: kata dari {len(differ)} data berbeda (nomor {named}). {REMEDY}"
        there = kind.model._base_manager.values("pk")
        gone = SearchWord.objects.filter(kind=kind.code).exclude(record__in=there).order_by()
        if count := gone.values("record").distinct().count():
            yield f"{kind.title}: {count} data yang sudah tidak ada masih punya kata. {REMEDY}"
        if count := len(words_without_spellings(kind)):
            yield f"{kind.title}: {count} kata tidak punya ejaan. {REMEDY}"


def _different(kind: SearchKind, keys: list[int]) -> list[int]:
    wanted, stored = words_wanted(kind, keys), words_stored(kind, keys)
    return [key for key in keys if wanted.get(key, {}) != stored.get(key, {})]
