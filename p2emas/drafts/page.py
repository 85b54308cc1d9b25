"""What a page with a drafted form shows of its drafts."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID, uuid4

from crispy_forms.layout import LayoutObject
from django import forms
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.http import QueryDict
from django.template import RequestContext
from django.template.loader import get_template
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.keeping import DraftRefused, drop_draft, keep_draft
from p2emas.drafts.models import FormDraft, page_key
from p2emas.drafts.tokens import BrowserCopy, page_token
from p2emas.registry.kinds import DraftedForm

logger = logging.getLogger(__name__)
Versions = tuple[Mapping[str, object], Mapping[str, object]]
Row = tuple[str, object, object]  # label, stored, typed
FormOnPage = TypeVar("FormOnPage", bound=forms.BaseForm)
TAKE = "isian"  # in the address of a page: the key of the draft that fills it
MOST_NAMED = 20  # drafts of one record that its page names
MOST_OFFERED = 3  # drafts of one form that its page lays beside what is stored; the others are in the list
MOST_SAID = 3  # people named in a sentence
TYPING = "juga sedang mengisi bagian ini"
AT_WORK = 900  # seconds after which somebody who typed is no longer said to have the form open


@dataclass
class OfferedDraft:
    """A draft beside what is stored: (label, stored, typed) of each field that differs."""

    draft: FormDraft
    rows: list[Row]
    is_older: bool

    SHOWN = 25  # the form is on the same page; a table of three hundred lines has six hundred boxes

    @property
    def shown(self) -> list[Row]:
        return self.rows[: self.SHOWN]

    @property
    def others(self) -> int:
        return max(0, len(self.rows) - self.SHOWN)

    @property
    def take_url(self) -> str:
        """The page filled with it; without its own address a form would be drawn twice."""
        _page, _sign, query = self.draft.page.partition("?")
        return f"?{query}&{TAKE}={self.draft.key}" if query else f"?{TAKE}={self.draft.key}"


@dataclass
class DraftedPage:
    """The drafts of one form of one record, as ``request.user`` meets them; ``part`` is the row that has the form."""

    request: UserRequest
    drafted: DraftedForm
    record: Model
    version: int
    part: int | None = None
    offered: list[OfferedDraft] = field(default_factory=list)
    fresh_key: str = field(default_factory=lambda: str(uuid4()))
    was_kept: bool = False

    @cached_property
    def _unsaved(self) -> list[FormDraft]:
        drafts = FormDraft.objects.of_record(self.record).unsaved().filter(form=self.drafted.name, part=self.part)
        return list(drafts.select_related("user"))

    @property
    def own(self) -> list[FormDraft]:
        return [draft for draft in self._unsaved if draft.user_id == self.request.user.pk]

    @property
    def others_words(self) -> str:
        """Who else types here; who only has the form open is told when the page asks (``openings.py``)."""
        return people_said(people_at_work(self._unsaved, self.request.user), TYPING)

    @cached_property
    def taken(self) -> FormDraft | None:
        """The draft that the address asks for."""
        wanted = page_key(self.request.GET) if self.request.method != "POST" else None
        return next((draft for draft in self.own if draft.key == wanted), None) if wanted else None

    @property
    def is_older(self) -> bool:
        """Whether the record was saved after the taken draft began: then both versions are shown first."""
        return self.taken is not None and self.taken.version != self.version

    @property
    def typed(self) -> QueryDict | None:
        """What fills the form: the request, or the draft that was taken."""
        if self.request.method == "POST":
            return self.request.POST
        return self.taken.data if self.taken is not None else None

    @property
    def taken_data(self) -> QueryDict | None:
        """The fields of the taken draft, for the page with both versions; None where they came with the request."""
        return self.taken.data if self.taken is not None else None

    @property
    def key(self) -> str:
        """Goes with the form: a page that comes back with an error keeps its own."""
        if self.taken is not None:
            return str(self.taken.key)
        return str((self.request.method == "POST" and page_key(self.request.POST)) or self.fresh_key)

    @property
    def token(self) -> str:
        """By which what is typed finds its owner when the session has ended before it is sent."""
        return page_token(
            user=self.request.user, form=self.drafted.name, record=self.record, version=self.version, part=self.part
        )

    @property
    def save_url(self) -> str:
        return reverse("drafts:draft-save", args=[self.drafted.name, self.record.pk])

    @property
    def open_url(self) -> str:
        return reverse("drafts:draft-open", args=[self.drafted.name, self.record.pk])

    @cached_property
    def browser_copy(self) -> BrowserCopy | None:
        """Where the browser keeps what the server does not answer to; None for what tells something about a person."""
        if self.drafted.personal:
            return None
        return BrowserCopy.of(self.request.user, f"{self.drafted.name} {self.record.pk} {self.part}")

    def was_saved(self) -> None:
        """The form of the request is data now. A draft that cannot be removed is offered again, and fails nothing."""
        try:
            with transaction.atomic():
                drop_draft(user=self.request.user, key=page_key(self.request.POST))
        except DatabaseError:
            logger.warning("A draft of %s was saved and could not be removed.", self.drafted.name, exc_info=True)

    def keep_typed(self, data: QueryDict | None = None, *, version: int | None = None) -> None:
        """The request could not be saved as it was sent: a closed page loses nothing of it.

        ``data`` is what is left to save when a part was saved under other names. ``version`` is that of the record when
        a part of the form was saved; without it the page's own.
        """
        data = self.request.POST if data is None else data
        seen = self.request.POST.get("mulai") or self.request.POST.get("version", "")
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else self.version
        self.version = self.version if version is None else version
        self.was_kept = True
        with suppress(DraftRefused):
            keep_draft(
                user=self.request.user, form=self.drafted.name, record=self.record, part=self.part, key=UUID(self.key),
                data=data, version=number if version is None else version,
            )  # fmt: skip

    def offer(self, compare: Callable[[QueryDict], Versions] | None = None) -> None:
        """Lay each draft beside what is stored; one that says the same as that is not mentioned.

        A page that is drawn again after a POST could not save it, so what was sent is kept. ``compare`` spares a page
        that has read its rows already to read them for each draft again.
        """
        if self.request.method == "POST" and not self.was_kept:
            self.keep_typed()
        for draft in [each for each in self.own if str(each.key) != self.key][:MOST_OFFERED]:
            versions = compare(draft.data) if compare else self.drafted.compare(self.record, self.part, draft.data)
            if rows := _rows(versions):
                self.offered.append(OfferedDraft(draft, rows, draft.version != self.version))

    def on(self, form: FormOnPage) -> FormOnPage:
        """A form that crispy draws, with what its drafts need; it is sent to the page without the key of a draft."""
        helper = copy(form.helper)  # type: ignore[attr-defined]
        helper.attrs = {"action": self.request.path} | helper.attrs
        helper.layout = copy(helper.layout)
        helper.layout.fields = [DraftFields(self), *helper.layout.fields]
        form.helper = helper  # type: ignore[attr-defined]
        return form


class DraftFields(LayoutObject):
    """Key and token of a page with drafts, as the first thing in its form."""

    def __init__(self, drafts: DraftedPage) -> None:
        self.drafts = drafts
        self.fields: list[str] = []

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        return get_template("p2emas/drafts/_fields.html").render({"drafts": self.drafts})


def people_at_work(drafts: Iterable[FormDraft], user: User) -> list[User]:
    """Who else typed here a short while ago; what they typed is theirs."""
    now = clock.now()
    fresh = (each for each in drafts if (now - each.saved_at).total_seconds() < AT_WORK)
    return list({each.user_id: each.user for each in fresh if each.user_id != user.pk}.values())


def people_said(people: Iterable[User], what: str) -> str:
    names = ", ".join(person.name for person in list(people)[:MOST_SAID])
    return f"{names} {what}" if names else ""


@dataclass(frozen=True)
class UnsavedDrafts:
    """What is typed and not saved in the forms of a record: the reader's own, with their pages, and by whom else."""

    own: list[tuple[FormDraft, str]]
    others: list[FormDraft]
    ended: list[FormDraft]

    @classmethod
    def of(cls, record: Model, user: User, *, while_filling: bool = True) -> "UnsavedDrafts":
        """``while_filling``: the page is for those who fill the forms, so that they are named to each other."""
        drafts = list(FormDraft.objects.of_record(record).select_related("user").defer("sealed")[:MOST_NAMED])
        drafts = [draft for draft in drafts if while_filling or (draft.user_id == user.pk and draft.ended_at)]
        unsaved = [draft for draft in drafts if draft.ended_at is None]
        own = [draft for draft in unsaved if draft.user_id == user.pk]
        return cls(
            [(draft, draft.page_url) for draft in own],
            [draft for draft in unsaved if draft.user_id != user.pk],
            [draft for draft in drafts if draft.ended_at is not None and draft.user_id == user.pk],
        )


def told_rows(draft: FormDraft) -> list[Row]:
    """A draft by itself: against its record as it is stored; by the names of the fields when that is gone."""
    if draft.drafted_form is None or draft.record is None:
        return [(name, "", ", ".join(values)) for name, values in draft.fields.items() if any(values)]
    return _rows(draft.drafted_form.compare(draft.record, draft.part, draft.data))


def _rows(versions: Versions) -> list[Row]:
    mine, theirs = versions
    return [(label, theirs.get(label), mine[label]) for label in mine if mine[label] != theirs.get(label)]
