"""The kinds of things that a room contributes to what the frame shows or runs for all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet, TextChoices

from p2emas.registry.dates import DateKind


@dataclass(frozen=True)
class MenuEntry:
    """A page by the name of its URL; ``claims`` is a pattern of paths below another entry that belong to this one."""

    label: str
    name: str
    claims: str = ""


@dataclass(frozen=True)
class MenuGroup:
    """Entries of one task in the panel "Semua menu"."""

    title: str
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True)
class RoleMenu:
    """What one kind of reader sees, in this order: what they open daily in the bar, and all of it in groups by task."""

    bar: tuple[MenuEntry, ...]
    groups: tuple[MenuGroup, ...] = ()

    @property
    def more(self) -> tuple[MenuEntry, ...]:
        """What only the groups have."""
        return tuple(entry for group in self.groups for entry in group.entries if entry not in self.bar)

    def all(self) -> tuple[MenuEntry, ...]:
        return (*self.bar, *self.more)


@dataclass(frozen=True)
class Menus:
    """The menu of everybody. A person with several roles gets that of the first of ``of_roles``."""

    of_roles: Mapping[str, RoleMenu]
    public: RoleMenu
    without_role: RoleMenu
    superuser: RoleMenu

    def all(self) -> tuple[RoleMenu, ...]:
        return (*self.of_roles.values(), self.public, self.without_role, self.superuser)


@dataclass(frozen=True)
class Look:
    """Colour ("open" has no fill) and shape of a badge; its word, unless the state's own label says it."""

    colour: str
    shape: str
    word: str = ""


@dataclass(frozen=True)
class Looks:
    """The badges of one chain. Templates find them by the name of the chain, a record by its model."""

    chain: str
    of_states: Mapping[TextChoices | str, Look]
    model: type[Model] | None = None


@dataclass(frozen=True)
class Suspect:
    """What is odd, where to look at it (an address or a command), and what to do if it is wrong."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} Lihat: {self.where} Bila keliru: {self.remedy}"


Check = Callable[[], Iterator[str]]
Search = Callable[[], Iterator[Suspect]]


@dataclass(frozen=True)
class Handling:
    """How some personal fields are treated. ``erased``: on request and when their time is over, out of histories too.

    ``basis`` names the article of UU 27/2022 (pelindungan data pribadi).
    """

    subject: str
    what: str
    purpose: str
    basis: str
    readers: str
    kept: str
    erased: bool = False


@dataclass(frozen=True)
class PersonalFields:
    """Fields of one model, their names in one string, that are handled alike."""

    model: type[Model]
    names: str
    handling: Handling

    @property
    def label(self) -> str:
        """The model as "facilitators.Application"."""
        return self.model._meta.label

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.names.split())


@dataclass(frozen=True)
class DraftedForm:
    """A form whose typed fields the server keeps before they are saved.

    ``model`` is the record whose steps end its drafts. ``parts(record)`` are the rows of that record which have a form
    each; without it the form is of the record itself. ``address(record, part)`` is its page, ``part`` the key of the
    row or None. ``may_fill`` says whose form it is in any state of the record, ``is_open`` whether the record can be
    filled now. ``compare(record, part, data)`` has (typed, stored) by label; only the fields that differ are shown.
    ``writes`` names the fields that the form fills, model by model; ``personal`` is set where one of them tells
    something about a person. ``closed_by`` has other records whose steps close this form, each with the records of
    ``model`` that are closed after a step on it. ``by_rows``: the fields of one row begin alike ("b7-"), and only rows
    in which something was typed are sent.
    """

    name: str
    label: str
    model: type[Model]
    address: Callable[[Any, int | None], str]
    may_fill: Callable[[Any, Any], bool]
    is_open: Callable[[Any], bool]
    compare: Callable[[Any, int | None, Any], tuple[Mapping[str, object], Mapping[str, object]]]
    writes: Mapping[type[Model], str]
    parts: Callable[[Any], Any] | None = None
    closed_by: Mapping[type[Model], Callable[[Any], Any]] = field(default_factory=dict)
    personal: bool = False
    by_rows: bool = False


@dataclass(frozen=True)
class Told:
    """What a person is told: a line that leads to the record, one below it, and what a letter says instead."""

    title: str
    detail: str = ""
    letter: str = ""


@dataclass(frozen=True)
class DayNotice:
    """What a day asks to be told of ``record``. ``occasion`` names it, once for good."""

    record: Model
    occasion: str
    told: Told


@dataclass(frozen=True)
class NoticeKind:
    """One kind of thing that people are told, in the product and by mail.

    ``whom(record)`` are the users; each sees it only while the record is in their scope (``for_user`` of ``model``).
    It comes from ``steps`` of the chain of ``model``, of which ``of_step(record, change)`` says the words, or from
    days: ``of_day(today)``. A day that was missed is told later with the words of the day on which it is told.
    ``switch`` is its word on /pemberitahuan/, where each of ``readers`` (roles) chooses whether it comes ``by_mail``
    too. Letters of a kind that ``waits`` are released by a person. ``letter`` is the kind of its letters in the outbox,
    ``address(record)`` the page that its line leads to, where that is not the page of the record.
    """

    code: str
    switch: str
    model: type[Model]
    whom: Callable[[Any], Any]
    readers: frozenset[str]
    shape: str = "dot"
    steps: tuple[str, ...] = ()
    of_step: Callable[[Any, Any], Told] | None = None
    of_day: Callable[[date], Iterable[DayNotice]] | None = None
    by_mail: bool = False
    waits: bool = False
    letter: str = ""
    address: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        unknown = set(self.steps) - set(getattr(self.model, "STEPS", ()))
        if unknown or bool(self.steps) != (self.of_step is not None):
            raise ValueError(
                f"{self.code}: steps {sorted(unknown) or self.steps} are not those of {self.model.__name__}"
            )

    def page_of(self, record: Any) -> str:
        """The path that a notice of ``record`` leads to."""
        return self.address(record) if self.address else record.get_absolute_url()


@dataclass(frozen=True)
class Hit:
    """One record that a search found: its name, its page, a line that tells it from others, and perhaps a badge."""

    label: str
    url: str
    about: str = ""
    record: Model | None = None  # with a status, whose badge is shown


@dataclass(frozen=True)
class SearchKind:
    """Records that the search finds by folded words of their own (``p2emas/search``).

    ``rows(reader)`` are those that the reader may open, with what ``hit`` and ``names`` read. ``names(record)`` are
    found whole and by each of their words, ``numbers(record)`` only from their beginning. ``related`` is what both read
    of other tables. ``forgiving``: a misspelt name is found too. ``place`` orders kinds in which equally near records
    are found.
    """

    code: str
    title: str
    place: int
    model: type[Model]
    rows: Callable[[Any], QuerySet[Any]]
    names: Callable[[Any], Iterable[str]]
    hit: Callable[[Any, Any], Hit]
    numbers: Callable[[Any], Iterable[str]] = lambda record: ()
    related: tuple[str, ...] = ()
    forgiving: bool = False


@dataclass(frozen=True)
class AskedKind:
    """What is searched where it is: people, who are never copied into words, and pages of help.

    ``ask(reader, text, limit)`` has at most ``limit`` hits that the reader may open, the nearest first.
    """

    code: str
    title: str
    place: int
    ask: Callable[[Any, str, int], list[Hit]]


@dataclass(frozen=True)
class Contributions:
    """What one room adds. ``checks`` and ``suspects`` have the name under which their command lists them.

    ``not_personal`` names fields of text, dates and files that tell nothing about a person, by model.
    """

    menu_entries: tuple[MenuEntry, ...] = ()
    menus: Menus | None = None
    looks: tuple[Looks, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    suspects: Mapping[str, Search] = field(default_factory=dict)
    drafted_forms: tuple[DraftedForm, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    search_kinds: tuple[SearchKind | AskedKind, ...] = ()
    dates: tuple[DateKind, ...] = ()
    personal: tuple[PersonalFields, ...] = ()
    not_personal: Mapping[type[Model], str] = field(default_factory=dict)
