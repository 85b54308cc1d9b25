"""What a page with a drafted form shows of its drafts."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid4

from django.db.models import Model
from django.http import QueryDict
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.keeping import DraftRefused, drop_draft, keep_draft, page_key
from p2emas.drafts.models import FormDraft
from p2emas.drafts.tokens import page_token

Versions = tuple[Mapping[str, object], Mapping[str, object]]
Row = tuple[str, object, object]  # label, stored, typed
TAKE = "isian"  # in the address of a page: the key of the draft that fills it
MOST_NAMED = 20  # drafts of one record that its page names
AT_WORK = 900  # seconds after which somebody who typed is no longer said to have the form open


@dataclass
class OfferedDraft:
    """A draft beside what is stored: (label, stored, typed) of each field that differs."""

    draft: FormDraft
    rows: list[Row]
    is_older: bool

    @property
    def take_url(self) -> str:
        """The page filled with it; without its own address a form would be drawn twice."""
        return f"?{TAKE}={self.draft.key}"


@dataclass
class DraftedPage:
    """The drafts of one form of one record, as ``request.user`` meets them."""

    request: UserRequest
    form: str
    record: Model
    version: int
    offered: list[OfferedDraft] = field(default_factory=list)
    fresh_key: str = field(default_factory=lambda: str(uuid4()))

    @cached_property
    def _unsaved(self) -> list[FormDraft]:
        drafts = FormDraft.objects.of_record(self.record).unsaved().filter(form=self.form)
        return list(drafts.select_related("user"))

    @property
    def own(self) -> list[FormDraft]:
        return [draft for draft in self._unsaved if draft.user_id == self.request.user.pk]

    @property
    def others(self) -> list[User]:
        """Who else typed here a short while ago; what they typed is theirs."""
        now = clock.now()
        fresh = (each for each in self._unsaved if (now - each.saved_at).total_seconds() < AT_WORK)
        return list({each.user_id: each.user for each in fresh if each.user_id != self.request.user.pk}.values())

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
    def key(self) -> str:
        """Goes with the form: a page that comes back with an error keeps its own."""
        if self.taken is not None:
            return str(self.taken.key)
        return str((self.request.method == "POST" and page_key(self.request.POST)) or self.fresh_key)

    @property
    def token(self) -> str:
        """By which what is typed finds its owner when the session has ended before it is sent."""
        return page_token(user=self.request.user, form=self.form, record=self.record, version=self.version)

    @property
    def save_url(self) -> str:
        return reverse("drafts:draft-save", args=[self.form, self.record.pk])

    def was_saved(self) -> None:
        """The form of the request is data now."""
        drop_draft(user=self.request.user, key=page_key(self.request.POST))

    def keep_typed(self, data: QueryDict | None = None, *, version: int | None = None) -> None:
        """The request could not be saved as it was sent: a closed page loses nothing of it.

        ``data`` is what is left to save when a part was saved under other names. ``version`` is that of the record when
        a part of the form was saved; without it the page's own.
        """
        data = self.request.POST if data is None else data
        seen = self.request.POST.get("version", "")
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        with suppress(DraftRefused):
            keep_draft(
                user=self.request.user, form=self.form, record=self.record, key=UUID(self.key), data=data,
                version=number if version is None else version,
            )  # fmt: skip

    def offer(self, compare: Callable[[QueryDict], Versions]) -> None:
        """Lay each draft beside what is stored; one that says the same as that is not mentioned."""
        for draft in self.own:
            if str(draft.key) == self.key:
                continue
            if rows := _rows(compare(draft.data)):
                self.offered.append(OfferedDraft(draft, rows, draft.version != self.version))


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
            [(draft, page_of(draft)) for draft in own],
            [draft for draft in unsaved if draft.user_id != user.pk],
            [draft for draft in drafts if draft.ended_at is not None and draft.user_id == user.pk],
        )


def page_of(draft: FormDraft) -> str:
    """The page of the form; "" when this version of the product has none."""
    return reverse(draft.drafted_form.url, args=[draft.object_id]) if draft.drafted_form else ""


def told_rows(draft: FormDraft) -> list[Row]:
    """A draft by itself: against its record as it is stored; by the names of the fields when that is gone."""
    if draft.drafted_form is None or draft.record is None:
        return [(name, "", ", ".join(values)) for name, values in draft.fields.items() if any(values)]
    return _rows(draft.drafted_form.compare(draft.record, draft.data))


def _rows(versions: Versions) -> list[Row]:
    mine, theirs = versions
    return [(label, theirs.get(label), mine[label]) for label in mine if mine[label] != theirs.get(label)]
