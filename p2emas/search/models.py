"""The words by which records are found. They are made of what is stored and can be made again at any time."""

from typing import Self

from django.db import models
from django.db.models import Q

from p2emas.search.folding import LONGEST, TO


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    def of_records(self, kind: str, keys: list[int]) -> Self:
        return self.filter(kind=kind, record__in=keys)

    def of_kind(self, kind: str) -> Self:
        """``whole`` is named, so that the index by kind is a range of words; without it all words alike were read."""
        return self.filter(kind=kind, whole__in=(True, False))

    def wholly(self, words: list[str], kinds: list[str]) -> Self:
        """Names and numbers of these kinds that are one of these joined words."""
        return self.filter(kind__in=kinds, whole__in=(True,), word__in=words)

    def wholly_from(self, word: str) -> Self:
        """Names and numbers that begin with a joined word."""
        return self.filter(from_prefix(word), whole__in=(True,))


def from_prefix(word: str) -> Q:
    """Words that begin so: a range of the index on either database, where LIKE needs an index of its own."""
    return Q(word__gte=word, word__lte=(word + TO)[:LONGEST])


class SearchWord(models.Model):
    """One folded word of one record; ``keeping.keep_words`` is the only function that writes it."""

    word = models.CharField("kata", max_length=LONGEST)
    kind = models.CharField("jenis", max_length=20)
    record = models.BigIntegerField("nomor data")
    whole = models.BooleanField("seluruh nama")  # a name or a number without its spaces

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        verbose_name = "kata pencarian"
        verbose_name_plural = "kata pencarian"
        ordering = ["word", "kind", "record"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "kind", "record"],
                name="p2emas_searchword_once",
                violation_error_message="Kata ini sudah dicatat untuk data itu.",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "record", "word"], name="p2emas_searchword_of_record"),
            models.Index(fields=["kind", "whole", "word", "record"], name="p2emas_searchword_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.kind} {self.record})"


class SpellingQuerySet(models.QuerySet["Spelling"]):
    def meant_by(self, keys: set[str]) -> list[tuple[str, str]]:
        """(key, word) for each of ``keys``."""
        return list(self.filter(key__in=keys).order_by("key", "word").values_list("key", "word"))


class Spelling(models.Model):
    """A word of a name, with one letter left out or none: what a misspelt word has in common with it."""

    key = models.CharField("ejaan", max_length=LONGEST)
    word = models.CharField("kata", max_length=LONGEST)

    objects = SpellingQuerySet.as_manager()

    class Meta:
        verbose_name = "ejaan"
        verbose_name_plural = "ejaan"
        ordering = ["key", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "word"],
                name="p2emas_spelling_once",
                violation_error_message="Ejaan ini sudah dicatat untuk kata itu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.word})"
