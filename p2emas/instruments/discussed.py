"""What was discussed with minutes: each record with the step that still waits. A meeting decides nothing by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes, records_on
from p2emas.naming import current
from p2emas.workflow.hooks import Hook

drafts_with: "Hook[[Sequence[models.Model]], dict[models.Model, Decree]]" = Hook("open drafts that carry records out")
BEFORE = {"DRAFT", "OPEN", "SURVEY", "SCORED", "SCORING", "DISCUSSED", "PUBLISHED", "CLOSED", "SELECTION"}
DECIDED = {"DECIDED", "ANNOUNCED"}


@dataclass(frozen=True)
class Discussed:
    """``page``: where the reader sees the record. ``waits``: the step that is still to be taken, and by whom; ``url``:
    where that is, for those who may."""

    record: Any
    page: str
    waits: str = ""
    url: str = ""


def discussed_with(minutes: Minutes, user: User | AnonymousUser) -> list[Discussed]:
    """What names ``minutes``, as far as ``user`` may open it; the steps are told to those who see everything."""
    records = list(records_on(minutes, user))
    if not isinstance(user, User) or not user.sees_everything:
        return [Discussed(record, page_to_open(record, user)) for record in records]
    drafts = drafts_with(records) if records else {}
    return [_followed(record, minutes, drafts.get(record), user) for record in records]


def _followed(record: Any, minutes: Minutes, draft: Decree | None, user: User) -> Discussed:
    own, head = page_to_open(record, user), current().office_head
    if record.status in BEFORE:
        return Discussed(record, own, "Belum diajukan oleh koordinator", own)
    if record.status == "SUBMITTED":
        return Discussed(record, own, f"Menunggu diputuskan {head}", own)
    if record.status not in DECIDED or not record.NEEDS_DECREE or (record.decree_id and draft is None):
        return Discussed(record, own)
    if draft is None:
        ready = reverse("profiles:decree-ready") if user.has_role(*COORDINATORS) else ""
        return Discussed(record, own, "Siap dibuatkan SK oleh koordinator", ready)
    check = reverse("profiles:decree-check", args=[draft.pk])
    if not minutes.is_signed:
        return Discussed(record, own, "Berita acara ini ditandatangani dahulu, lalu SK diberlakukan", check)
    return Discussed(record, own, f"Konsep SK menunggu diberlakukan {head}", check)


def page_to_open(record: Any, reader: User | AnonymousUser) -> str:
    """Its one page, or that of ``reader`` where the office and the public have different ones."""
    return record.page_for(reader) if hasattr(record, "page_for") else record.get_absolute_url()
