"""What becomes of each row: new, a change, left out, or an error that says where and what to do."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from p2emas.accounts.models import User
from p2emas.imports.cells import Cell, Unfit, Values, as_text, as_written
from p2emas.imports.kinds import Column, ImportKind
from p2emas.imports.models import ImportRow
from p2emas.imports.tables import Line, cell_named, letter

Action = ImportRow.Action
Stored = dict[tuple[Any, ...], Values]


@dataclass(frozen=True)
class Verdict:
    action: str
    object_id: int | None = None
    before: Values | None = None
    message: str = ""


class Judge:
    """Reads lines for one person and says what each would do; three or four queries for any number of them."""

    def __init__(self, kind: ImportKind, user: User, letters: Sequence[str] = (), *, by_cell: bool = False) -> None:
        self.kind, self.user = kind, user
        letters = letters or [letter(position) for position in range(len(kind.columns))]
        pairs = zip(letters, kind.columns, strict=True)
        self.named = [f"{each} “{column.header}”" if each else f"“{column.header}”" for each, column in pairs]
        self.by_cell = by_cell
        self.lookups = kind.lookups(user)
        self.columns = kind.columns
        self._remarking = [position for position, column in enumerate(kind.columns) if column.remarks]
        self._known: list[dict[Any, Any]] = [{} for _column in kind.columns]  # a table says the same thing often

    def read(self, line: Line) -> tuple[Values, str]:
        """The values of a line, and what is wrong with it ("" when nothing is)."""
        values: Values = {}
        wrong = []
        for position, (column, cell) in enumerate(zip(self.columns, line.cells, strict=True)):
            try:
                values[column.name] = self._value(position, column, cell, values)
            except Unfit as unfit:
                wrong.append(f"Kolom {self.named[position]}: {unfit}")
        if not wrong:
            try:
                self.kind.check(values, self.lookups)
            except Unfit as unfit:
                wrong.append(str(unfit))
        return values, "\n".join(wrong)

    def _value(self, position: int, column: Column, cell: Cell, values: Values) -> Any:
        """The value of a cell, read once for each thing that the column says."""
        if not column.alone:
            return column.value_of(cell, values, self.lookups)
        known, said = self._known[position], (type(cell), cell if isinstance(cell, Hashable) else id(cell))
        if said not in known:
            known[said] = column.value_of(cell, values, self.lookups)
        return known[said]

    def judge(self, values: Values, existing: Stored) -> Verdict:
        """What a readable row would do to what is stored now."""
        refused = self.kind.refusal(values, self.lookups)
        if refused:
            return Verdict(Action.ERROR, message=refused)
        stored = existing.get(self.kind.identity(values))
        reason = self.kind.skip_reason(values, stored is not None)
        before = {column.name: stored[column.name] for column in self.kind.changeable} if stored else None
        if reason:
            return Verdict(Action.SKIP, stored["pk"] if stored else None, before, reason)
        if stored is None:
            return Verdict(Action.NEW)
        if all(stored[column.name] == values[column.name] for column in self.kind.changeable):
            return Verdict(Action.SKIP, stored["pk"], before, "Sudah sama dengan data tersimpan.")
        if refused := self.kind.change_refusal(values, stored, self.lookups):
            return Verdict(Action.ERROR, message=refused)
        return Verdict(Action.CHANGE, stored["pk"], before)

    def rows(self, lines: list[Line], batch_id: int) -> Iterable[ImportRow]:
        """One ImportRow for each line, judged against what is stored now."""
        read = [(line, *self.read(line)) for line in lines]
        readable = [values for _line, values, wrong in read if not wrong]
        self.kind.gather(readable, self.lookups)
        existing = self.kind.existing(self.user, readable)
        seen: dict[tuple[Any, ...], int] = {}
        for line, values, wrong in read:
            verdict = self._verdict(line, values, wrong, existing, seen)
            failed = verdict.action == Action.ERROR
            yield ImportRow(
                batch_id=batch_id,
                number=line.number,
                action=verdict.action,
                key=self.kind.label(values, self.lookups) if not wrong else self._name(line),
                object_id=verdict.object_id,
                before=verdict.before,
                after=None if failed else self.kept(values),
                cells=[as_written(cell) for cell in line.cells] if failed else [],
                message=verdict.message,
                notice="" if failed else self._remarks(line, values),
            )

    def _verdict(self, line: Line, values: Values, wrong: str, existing: Stored, seen: dict) -> Verdict:
        if wrong:
            return Verdict(Action.ERROR, message=wrong)
        first = seen.setdefault(self.kind.identity(values), line.number)
        if first != line.number:
            before = f"sel {cell_named(first)}" if self.by_cell else f"baris {first}"
            return Verdict(Action.ERROR, message=self.kind.repeated(before))
        for column, named in zip(self.columns, self.named, strict=True):
            if column.name in self.kind.once and (value := values[column.name]) not in (None, ""):
                first = seen.setdefault((column.name, value), line.number)
                if first != line.number:
                    repeated = f"Kolom {named}: isinya sama dengan baris {first}. Isi yang lain, atau hapus barisnya."
                    return Verdict(Action.ERROR, message=repeated)
        return self.judge(values, existing)

    def _remarks(self, line: Line, values: Values) -> str:
        """What was taken otherwise than the file has it, a line each."""
        told = []
        for position in self._remarking:
            column = self.columns[position]
            if remark := column.remark(line.cells[position], values[column.name]):
                told.append(f"Kolom {self.named[position]}: {remark}")
        return "\n".join(told)

    def kept(self, values: Values) -> Values:
        return {column.name: values[column.name] for column in self.kind.stored}

    def _name(self, line: Line) -> str:
        """A row that could not be read, by its key cells."""
        words = (as_text(cell) for column, cell in zip(self.columns, line.cells, strict=True) if column.key)
        return ", ".join(word for word in words if word)[:300]
