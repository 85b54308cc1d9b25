"""What a new line of a plan may name, read once for all lines of a file: five queries, and no more for each line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q

from districts.evidence.models import Commodity
from p2emas.imports.cells import folded
from p2emas.naming import said
from programs.nomenclature.funds import Fund
from programs.planning import choices
from programs.planning.choices import LinePlace
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.start.models import ProcurementMethod

LONGEST = 200


class KnownRows:
    """Rows by the key that a form is sent, each with its word in the drop-down and other names that are read too."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}
        self.words: dict[str, str] = {}
        self._taken: set[str] = set()
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._key_of: dict[int, str] = {}

    def add(self, key: str, row: Any, word: str, *names: str) -> None:
        if word in self._taken:
            word = f"{word} [{key}]"
        self._taken.add(word)
        self.rows[key], self.words[key], self._key_of[id(row)] = row, word, key
        for name in filter(None, (key, word, *names)):
            self._keys[folded(name)].add(key)

    def find(self, text: str) -> Any:
        """The one row of this name, or None."""
        found = self._keys.get(folded(text), set())
        return self.rows[next(iter(found))] if len(found) == 1 else None

    def key_of(self, row: Any) -> str:
        return self._key_of[id(row)]


class Words(Mapping[str, str]):
    """The words of some rows by their keys; the rows are read when somebody asks for the first one."""

    def __init__(self, known: Any, name: str) -> None:
        self._known, self._name = known, name

    @cached_property
    def _words(self) -> dict[str, str]:
        found: KnownRows = getattr(self._known, self._name)
        return found.words

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class KnownField(forms.Field):
    """One of rows that are at hand, by its key, its word or its code."""

    def __init__(self, known: KnownRows, sentence: str, **kwargs: Any) -> None:
        super().__init__(error_messages={"required": sentence}, **kwargs)
        self.known, self.sentence = known, sentence

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.known.key_of(value)

    def to_python(self, value: Any) -> Any:
        text = "" if value is None else str(value).strip()[:LONGEST]
        if not text:
            return None
        if (row := self.known.find(text)) is None:
            raise ValidationError(f"“{text}” tidak ada dalam daftar, atau ada beberapa. {self.sentence}")
        return row

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether ``data`` names another row than the key that is stored."""
        try:
            row = self.to_python(data)
        except ValidationError:
            return True
        return (self.known.key_of(row) if row is not None else "") != (initial or "")


class LineChoices:
    """Of one plan; see ``choices`` for which rows are offered."""

    def __init__(self, plan: WorkPlan, funds: Mapping[str, Fund]) -> None:
        self.plan, self.funds = plan, funds
        self.taken: dict[tuple[Any, ...], str] = {}  # what a line says -> where it is, so that none comes twice

    def take(self, lines: Iterable[tuple[str, PlanLine]]) -> None:
        for where, line in lines:
            self.taken.setdefault(said_by(line), where)

    def words(self, name: str) -> Words:
        return Words(self, name)

    @cached_property
    def activities(self) -> KnownRows:
        known = KnownRows()
        for row in choices.activities(self.plan):
            known.add(_key(row), row, f"{row.code} {row.name}", row.code, row.name, f"{row.name} ({row.code})")
        return known

    @cached_property
    def places(self) -> KnownRows:
        """The whole territory, target locations and other villages: what the line is to be told of each."""
        known, empty = KnownRows(), PlanLine(plan=self.plan)
        whole = said("Seluruh {territory}")
        known.add("#0", (LinePlace.REGENCY, None), whole)
        for location in choices.target_locations(self.plan, empty):
            village, commodity = location.village, location.core_competency.commodity
            word = f"{village}, {village.district} ({commodity})"
            known.add(f"#t{location.pk}", (LinePlace.TARGET, location), word, village.name, village.code or "")
        for village in choices.other_villages(self.plan, empty):
            word = f"{village}, {village.district}"
            known.add(f"#d{village.pk}", (LinePlace.OTHER, village), word, village.name, village.code or "")
        return known

    @cached_property
    def groups(self) -> KnownRows:
        known = KnownRows()
        for row in choices.recipient_groups(self.plan, PlanLine(plan=self.plan), None):
            known.add(_key(row), row, f"{row}, {row.village}", str(row))
        return known

    @cached_property
    def methods(self) -> KnownRows:
        """Ways of procurement that are offered, and those that a line of the plan has already."""
        known = KnownRows()
        kept = Q(pk__in=PlanLine.objects.filter(plan=self.plan.pk).order_by().values("procurement"))
        for row in ProcurementMethod.objects.filter(Q(active=True) | kept):
            known.add(_key(row), row, str(row))
        return known

    @cached_property
    def commodities(self) -> KnownRows:
        known = KnownRows()
        for row in Commodity.objects.all():
            known.add(_key(row), row, str(row))
        return known


def _key(row: Model) -> str:
    return f"#{row.pk}"


def said_by(line: PlanLine) -> tuple[Any, ...]:
    """All that tells one line from another."""
    return (
        line.activity_id,
        line.target_location_id,
        line.other_village_id,
        line.group_id,
        line.commodity_id,
        line.chain_link,
        line.fund,
        line.start_month,
        line.volume,
        line.unit,
        line.amount,
    )
