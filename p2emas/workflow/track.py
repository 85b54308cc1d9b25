"""Where a record is on its way: the ordered states of its chain, the present one, and the tasks on its page."""

from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Task:
    """One row of the task list of a page (``partials/_tasks.html``); without ``url`` where nothing can be done now."""

    label: str
    done: bool
    url: str = ""
    hint: str = ""
    state: str = "Belum"  # the word while it is not done


@dataclass(frozen=True)
class Station:
    """One state of the way, as a page draws it."""

    word: str
    done: bool
    current: bool


@dataclass(frozen=True)
class Track:
    """The ``states`` of a chain in their order, and the ``present`` one.

    A chain may have states that are not on the way. ``after`` are those that follow the last one: a record that is
    revoked has left every state of the way behind. ``off`` are those that end it early: a record that is cancelled is
    nowhere on the way, so every question is answered with no and there are no stations. States that no list names,
    and questions about a state that is not on the way, are mistakes in the code and raise ``ValueError``.
    """

    states: tuple[TextChoices, ...]
    present: str
    after: tuple[TextChoices, ...] = ()
    off: tuple[TextChoices, ...] = ()

    def __post_init__(self) -> None:
        if self.present not in (*self.states, *self.after, *self.off):
            raise ValueError(f"{self.present!r} is neither on the way nor named as a state beside it")

    @property
    def is_off(self) -> bool:
        return self.present in self.off

    def past(self, state: TextChoices) -> bool:
        """Whether the record has left ``state`` behind."""
        return self._place_of(state) < self._here

    def at(self, state: TextChoices) -> bool:
        return self._place_of(state) == self._here

    def reached(self, state: TextChoices) -> bool:
        """Whether the record is at ``state`` or past it."""
        return self._place_of(state) <= self._here

    def stations(self) -> list[Station]:
        if self.is_off:
            return []
        return [Station(str(state.label), self.past(state), self.at(state)) for state in self.states]

    @property
    def _here(self) -> int:
        """Place of the present state: -1 off the way, one more than the last when all states are past."""
        if self.is_off:
            return -1
        return len(self.states) if self.present in self.after else self._place_of(self.present)

    def _place_of(self, state: str) -> int:
        return self.states.index(state)
