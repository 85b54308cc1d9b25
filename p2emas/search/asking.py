"""Answers a question: exact names and numbers first, then the words that begin so, and names that are nearly so.

Each kind is read through its own scope. How many rows are looked at has a bound, and the order of the answer is made
here, of folded words, so that it is the same on every database.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from p2emas.registry.contributions import search_kinds
from p2emas.registry.kinds import AskedKind, Hit, SearchKind
from p2emas.search import nearness
from p2emas.search.folding import folded_words, joined, telling, without_word_before
from p2emas.search.keeping import kinds_in_words
from p2emas.search.models import SearchWord, SearchWordQuerySet, Spelling, from_prefix

SHOWN = 10  # of each kind
LOOKED_AT = 100  # rows of one kind that are put in order
FOUND = 500  # rows of words that are read at once; of more, each kind asks in its scope
WORDS = 8  # of a question
EXACT, BEGINS, HAS_WORDS = range(3)


@dataclass(frozen=True)
class FoundKind:
    """The hits of one kind. ``more``: there are others than those."""

    title: str
    hits: list[Hit]
    more: bool = False
    nearest: tuple[int, ...] = (HAS_WORDS,)

    @property
    def heading(self) -> str:
        return f"{self.title}, {len(self.hits)} pertama" if self.more else f"{self.title}, {len(self.hits)}"


@dataclass(frozen=True)
class SearchAnswer:
    """What was found. ``nearly``: nothing is called so; these names are near. ``only``: the one that is called so."""

    kinds: list[FoundKind] = field(default_factory=list)
    nearly: bool = False
    only: Hit | None = None
    marked: frozenset[str] = frozenset()  # folded words to mark

    @property
    def count(self) -> int:
        return sum(len(kind.hits) for kind in self.kinds)

    @property
    def is_cut(self) -> bool:
        return any(kind.more for kind in self.kinds)


class Question:
    """What somebody typed, as folded words."""

    def __init__(self, text: str) -> None:
        typed = folded_words(text)
        self.text = " ".join(text.split())
        self.words = telling(without_word_before(typed))[:WORDS]
        self.names = list(dict.fromkeys([joined(typed), joined(without_word_before(typed))]))

    @property
    def is_askable(self) -> bool:
        """One letter would find everything."""
        return any(len(name) >= 2 for name in self.names)

    @cached_property
    def by_rarity(self) -> list[str]:
        """The word that the fewest records have first, as far as is counted; of those alike the longest."""
        words = list(dict.fromkeys(self.words))
        if len(words) == 1:
            return words
        counts = {word: SearchWord.objects.filter(from_prefix(word)).order_by()[:LOOKED_AT].count() for word in words}
        return sorted(words, key=lambda word: (counts[word], -len(word), word))

    @cached_property
    def near(self) -> dict[str, set[str]]:
        """Word of the question (the joined one too) -> words of names that are one slip apart; one query."""
        asked = [word for word in {*self.words, *self.names} if nearness.can_be_misspelt(word)]
        keys = {key: word for word in asked for key in nearness.keys_with_a_slip(word)}
        found: dict[str, set[str]] = {}
        for _key, word in Spelling.objects.meant_by(set(keys)):
            for typed in asked:
                if nearness.is_near(typed, word):
                    found.setdefault(typed, set()).add(word)
        return found

    def rows(self, among: SearchWordQuerySet) -> QuerySet[SearchWord]:
        """Words of records that have every word of the question, or words that begin so."""
        return _having(among, [from_prefix(word) for word in self.by_rarity])

    def near_rows(self) -> QuerySet[SearchWord]:
        """The same with words that are near, of kinds that are forgiving."""
        first = sorted(self.by_rarity, key=lambda word: word not in self.near)
        forgiving = [kind.code for kind in kinds_in_words() if kind.forgiving]
        conditions = [from_prefix(word) | Q(word__in=sorted(self.near.get(word, ()))) for word in first]
        return _having(SearchWord.objects.all(), conditions).filter(kind__in=forgiving)


def _having(among: SearchWordQuerySet, conditions: list[Q]) -> QuerySet[SearchWord]:
    """Words that fulfil the first condition, of records whose other words fulfil the others."""
    rows: QuerySet[SearchWord] = among.filter(conditions[0]).order_by()
    for condition in conditions[1:]:
        same = SearchWord.objects.filter(kind=OuterRef("kind"), record=OuterRef("record"))
        rows = rows.filter(Exists(same.filter(condition)))
    return rows


def answer_question(text: str, reader: Any) -> SearchAnswer:
    """What ``reader`` (somebody who has signed in, or nobody) finds for ``text``."""
    question = Question(text)
    if not question.is_askable:
        return SearchAnswer()
    search = _Search(question, reader)
    exact = search.exact()
    if len(exact) == 1 and len(exact[0].hits) == 1:
        return SearchAnswer(exact, only=exact[0].hits[0])
    kinds = search.answer()
    if kinds:
        return SearchAnswer(kinds, marked=frozenset(question.words))
    kinds = _NearSearch(question, reader).answer() if question.near else []
    marked = {word for words in question.near.values() for word in words}
    return SearchAnswer(kinds, nearly=bool(kinds), marked=frozenset({*marked, *question.words}))


Candidates = dict[str, dict[int, int]]  # kind -> record -> how near


class _Search:
    """One question of one reader."""

    def __init__(self, question: Question, reader: Any) -> None:
        self.question, self.reader = question, reader

    def exact(self) -> list[FoundKind]:
        """Records that are called so, or have this number."""
        kinds = [kind.code for kind in kinds_in_words()]
        rows = SearchWord.objects.wholly(self.question.names, kinds).order_by().values_list("kind", "record")[:FOUND]
        found: Candidates = {}
        for kind, record in rows:
            found.setdefault(kind, {})[record] = EXACT
        return self._kinds(found)

    def answer(self) -> list[FoundKind]:
        found = self._candidates()
        kinds = self._kinds(found) if found is not None else self._kinds_in_scope()
        asked = (self._asked(kind) for kind in search_kinds().values() if isinstance(kind, AskedKind))
        kinds += [kind for kind in asked if kind.hits]
        return sorted(kinds, key=lambda kind: kind.nearest)  # stable: kinds of one nearness stay in their order

    def _asked(self, kind: AskedKind) -> FoundKind:
        hits = kind.ask(self.reader, self.question.text, SHOWN + 1)
        return FoundKind(kind.title, hits[:SHOWN], len(hits) > SHOWN)

    def _candidates(self, kind: SearchKind | None = None) -> Candidates | None:
        """All records with the words of the question, no matter who may open them; None when they are too many."""
        found: Candidates = {}
        of_kind = SearchWord.objects.of_kind(kind.code) if kind else SearchWord.objects.all()
        for rows in self._sources(of_kind):
            read = list(rows.values_list("kind", "record", "word", "whole")[: FOUND + 1])
            if len(read) > FOUND:
                return None
            for code, record, word, whole in read:
                records = found.setdefault(code, {})
                records[record] = min(records.get(record, HAS_WORDS), self._nearness(word, whole))
        return found

    def _sources(self, among: SearchWordQuerySet, *, named: bool = False) -> list[QuerySet[SearchWord]]:
        """A name of several words, or a number of several parts, is looked for as one word too.

        ``named`` looks for names before words that are not a whole one, also where the words are the same.
        """
        whole = [among.wholly_from(name).order_by() for name in self.question.names]
        return [*(whole if named or len(self.question.words) > 1 else whole[1:]), self.question.rows(among)]

    def _nearness(self, word: str, whole: bool) -> int:
        names = self.question.names
        if whole and word in names:
            return EXACT
        return BEGINS if whole and any(word.startswith(name) for name in names) else HAS_WORDS

    def _kinds(self, found: Candidates) -> list[FoundKind]:
        kinds = (self._kind(kind, found[kind.code]) for kind in kinds_in_words() if kind.code in found)
        return [kind for kind in kinds if kind.hits]

    def _kind(self, kind: SearchKind, near: dict[int, int]) -> FoundKind:
        first = [record for record, nearness in near.items() if nearness < HAS_WORDS]
        rows = _first(kind.rows(self.reader).filter(pk__in=list(near)), Q(pk__in=first))
        return self._found(kind, [(row, near[row.pk]) for row in rows])

    def _kinds_in_scope(self) -> list[FoundKind]:
        """Too many to be read at once: those of one kind, and where these too are many, those that the reader opens."""
        kinds = []
        for kind in kinds_in_words():
            few = self._candidates(kind)
            if few is None:
                kinds.append(self._of_many(kind))
            elif few:
                kinds += self._kinds(few)
        return [kind for kind in kinds if kind.hits]

    def _of_many(self, kind: SearchKind) -> FoundKind:
        """The first names that begin so, then the first with the words; who may open few of these is asked in scope."""
        among = kind.rows(self.reader).order_by().values_list("pk", flat=True)
        keys: list[int] = []
        for rows in self._sources(SearchWord.objects.of_kind(kind.code), named=True):
            if len(keys) <= SHOWN:
                first = list(dict.fromkeys(rows.values_list("record", flat=True)[:FOUND]))
                open_ones = set(among.filter(pk__in=first))
                keys += [key for key in first if key in open_ones and key not in keys]
        if len(keys) <= SHOWN:
            words = SearchWord.objects.filter(kind=kind.code, record=OuterRef("pk")).order_by()
            has_words = [Exists(words.filter(from_prefix(word))) for word in self.question.words]
            keys += among.filter(*has_words).exclude(pk__in=keys).order_by("pk")[:LOOKED_AT]
        found = list(kind.rows(self.reader).filter(pk__in=keys[:LOOKED_AT]).order_by())
        near = self._whole_names(kind, found)
        return self._found(kind, [(row, near.get(row.pk, HAS_WORDS)) for row in found])

    def _whole_names(self, kind: SearchKind, rows: list[Any]) -> dict[int, int]:
        words = SearchWord.objects.of_records(kind.code, [row.pk for row in rows]).order_by()
        near: dict[int, int] = {}
        for record, word, whole in words.values_list("record", "word", "whole"):
            near[record] = min(near.get(record, HAS_WORDS), self._nearness(word, whole))
        return near

    def _found(self, kind: SearchKind, rows: list[tuple[Any, int]]) -> FoundKind:
        """In order: how near, then by the name that is shown, then by number."""
        hits = [((near, *folded_words(hit.label)), row.pk, hit) for row, near in rows if (hit := self._hit(kind, row))]
        hits.sort(key=lambda each: each[:2])
        shown = [hit for _order, _pk, hit in hits[:SHOWN]]
        nearest = (min((near for _row, near in rows), default=HAS_WORDS),)
        return FoundKind(kind.title, shown, len(hits) > SHOWN, nearest)

    def _hit(self, kind: SearchKind, row: Any) -> Hit:
        return kind.hit(row, self.reader)


def _first(rows: QuerySet[Any], first: Q) -> QuerySet[Any]:
    """At most as many as are put in order, those of ``first`` before others."""
    place = Case(When(first, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.alias(search_place=place).order_by("search_place", "pk")[:LOOKED_AT]


class _NearSearch(_Search):
    """The same question, its words misspelt."""

    def answer(self) -> list[FoundKind]:
        return sorted(self._kinds(self._nearly()), key=lambda kind: kind.nearest)

    def _near_sources(self) -> list[QuerySet[SearchWord]]:
        names = {word for name in self.question.names for word in self.question.near.get(name, ())}
        forgiving = [kind.code for kind in kinds_in_words() if kind.forgiving]
        whole = SearchWord.objects.wholly(sorted(names), forgiving).order_by()
        return [rows[: FOUND + 1] for rows in (whole, self.question.near_rows())]

    def _nearly(self) -> Candidates:
        """With how many slips the words of each record are found, and how much longer its name is."""
        found: Candidates = {}
        for rows in self._near_sources():
            for kind, record in rows.values_list("kind", "record")[:FOUND]:
                found.setdefault(kind, {})[record] = 0
        for kind, records in found.items():
            words: dict[int, list[tuple[str, bool]]] = {}
            for row in (
                SearchWord.objects.of_records(kind, list(records)).order_by().values_list("record", "word", "whole")
            ):
                words.setdefault(row[0], []).append(row[1:])
            found[kind] = {record: self._slips(having) for record, having in words.items()}
        return found

    def _slips(self, having: list[tuple[str, bool]]) -> int:
        """Ordered by slips, then by what the nearest name has more or less than the question."""
        typed = self.question.names[-1]
        wrong = sum(not any(word.startswith(asked) for word, _whole in having) for asked in self.question.words)
        length = min((abs(len(word) - len(typed)) for word, whole in having if whole), default=len(typed))
        return HAS_WORDS + 1000 * wrong + length
