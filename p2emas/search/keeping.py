"""Keeps the words of the search as the records are: each service that writes or deletes a name calls ``keep_words``."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import Count

from p2emas.registry.contributions import search_kinds
from p2emas.registry.kinds import SearchKind
from p2emas.search import nearness
from p2emas.search.folding import folded_words, joined, telling
from p2emas.search.models import SearchWord, Spelling

CHUNK = 500
BATCH = 2000
Words = dict[str, bool]  # word -> whether it is a whole name or number


def kinds_in_words() -> Iterator[SearchKind]:
    """The kinds whose records are found by stored words."""
    return (kind for kind in search_kinds().values() if isinstance(kind, SearchKind))


def _kind_of(model: type[models.Model]) -> SearchKind | None:
    return next((kind for kind in kinds_in_words() if kind.model is model), None)


def keep_words(model: type[models.Model], keys: Iterable[int]) -> None:
    """Write the words of these records as they are stored now; of those that are gone, take them away.

    Call it after the write, in its transaction. A model that the search does not find has no words.
    """
    kind = _kind_of(model)
    if kind is None:
        return
    wanted = list(dict.fromkeys(keys))
    with transaction.atomic():
        for several in (wanted[at : at + CHUNK] for at in range(0, len(wanted), CHUNK)):
            _keep(kind, several)


def rebuild() -> int:
    """Make all words again, as after an update that brings the search; the number of records with words."""
    count = 0
    for kind in kinds_in_words():
        for several in keys_in_chunks(kind):
            with transaction.atomic():
                _keep(kind, several)
            count += len(several)
        gone = SearchWord.objects.filter(kind=kind.code).exclude(record__in=_all(kind).values("pk"))
        gone.delete()
    SearchWord.objects.exclude(kind__in=[kind.code for kind in kinds_in_words()]).delete()
    _make_spellings_again()
    return count


def keys_in_chunks(kind: SearchKind) -> Iterator[list[int]]:
    last = 0
    while several := list(_all(kind).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield several
        last = several[-1]


def words_wanted(kind: SearchKind, keys: list[int]) -> dict[int, Words]:
    """Record -> the words that it should have."""
    rows = _all(kind).filter(pk__in=keys).prefetch_related(*kind.related)
    return {row.pk: _words(kind, row) for row in rows}


def words_stored(kind: SearchKind, keys: list[int]) -> dict[int, Words]:
    """Record -> the words that it has."""
    found: dict[int, Words] = {}
    rows = SearchWord.objects.of_records(kind.code, keys).order_by().values_list("record", "word", "whole")
    for record, word, whole in rows:
        found.setdefault(record, {})[word] = whole
    return found


def spellings_wanted(words: Iterable[str]) -> list[Spelling]:
    told = sorted({word for word in words if nearness.can_be_misspelt(word)})
    return [Spelling(key=key, word=word) for word in told for key in sorted(nearness.keys_with_a_slip(word))]


def words_without_spellings(kind: SearchKind) -> list[str]:
    """Words of a forgiving kind that have none of their spellings, or not all of them."""
    if not kind.forgiving:
        return []
    words = SearchWord.objects.filter(kind=kind.code).order_by().values("word").distinct()
    counted = Spelling.objects.filter(word__in=words).order_by().values_list("word").annotate(Count("pk"))
    has = dict(counted)
    return sorted(
        word
        for word in words.values_list("word", flat=True)
        if nearness.can_be_misspelt(word) and has.get(word, 0) != len(nearness.keys_with_a_slip(word))
    )


def _all(kind: SearchKind) -> "models.QuerySet[Any]":
    return kind.model._base_manager.all()


def _words(kind: SearchKind, record: models.Model) -> Words:
    found: Words = {}
    for name in kind.names(record):
        words = folded_words(name)
        found.update({word: found.get(word, False) for word in telling(words)})
        found[joined(words)] = True
    found.update({joined(folded_words(number)): True for number in kind.numbers(record)})
    found.pop("", None)
    return found


def _keep(kind: SearchKind, keys: list[int]) -> None:
    """The same number of queries for any number of records."""
    wanted = words_wanted(kind, keys)
    rows = SearchWord.objects.of_records(kind.code, keys).order_by().values_list("pk", "record", "word", "whole")
    goes, stays = [], set()
    for pk, record, word, whole in rows:
        if wanted.get(record, {}).get(word) is whole:
            stays.add((record, word))
        else:
            goes.append(pk)
    if goes:
        SearchWord.objects.filter(pk__in=goes).delete()
    missing = [
        SearchWord(word=word, kind=kind.code, record=record, whole=whole)
        for record, words in wanted.items()
        for word, whole in words.items()
        if (record, word) not in stays
    ]
    # Two who save one record at once write the same words.
    SearchWord.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    if kind.forgiving:
        new = spellings_wanted({row.word for row in missing})
        Spelling.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)


def _make_spellings_again() -> None:
    """Missing ones come; those of words that no name has any more go. Such find nothing: no edit looks for them."""
    for kind in kinds_in_words():
        missing = spellings_wanted(words_without_spellings(kind))
        Spelling.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    forgiving = [kind.code for kind in kinds_in_words() if kind.forgiving]
    used = SearchWord.objects.filter(kind__in=forgiving).order_by().values("word")
    Spelling.objects.exclude(word__in=used).delete()
