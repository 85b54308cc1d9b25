"""The only entry point for states: chains written as data, ``take_step`` as the only code that changes a status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF, SEES_EVERYTHING, Role
from p2emas.drafts.keeping import end_drafts
from p2emas.history.records import history_of
from p2emas.workflow.hooks import Hook

step_taken: "Hook[[Chain, StatusChange], None]" = Hook("who is told of a step")


class StepNotAllowed(Exception):
    """The step may not be taken; the message is a sentence for the screen."""


class StepConflict(StepNotAllowed):
    """Somebody else moved the record after the page was shown."""


class BasisChanged(StepNotAllowed):
    """The figures that a decision rests on have changed since the page was shown; nothing was written."""


@dataclass(frozen=True)
class Step:
    """One arrow of a chain. ``label`` is on its button, ``done`` says afterwards what happened.

    ``help`` says on the step page what will happen.
    """

    label: str
    done: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    note_required: bool = False
    help: str = ""
    ends_for_good: bool = False  # what it ends cannot be started again: its button is red
    keeps_drafts: bool = False  # what others type in its forms stays possible: the first saving of a record
    own_page: bool = False  # taken on a page of its own (check page, decision form), not on the shared step page


class StatusChange(models.Model):
    """One step that was taken. Rows are only ever added."""

    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    step = models.CharField(max_length=30)
    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Kosong: pelamar, dengan kode.",
    )
    at = models.DateTimeField(default=schema.now)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "perubahan status"
        verbose_name_plural = "perubahan status"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-at"], name="p2emas_statuschange_record")]

    def __str__(self) -> str:
        return f"{self.step}: {self.old} -> {self.new}"


class Chain(models.Model):
    """A record with states. The subclass has a ``status`` field with choices and its arrows in ``STEPS``."""

    STEPS: ClassVar[Mapping[str, Step]] = {}
    status: Any

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str: ...
        def get_status_display(self) -> str: ...

    @classmethod
    def status_words(cls) -> dict[str, str]:
        """Code -> word of every state."""
        field = cls._meta.get_field("status")
        return {str(code): str(word) for code, word in field.flatchoices} if isinstance(field, models.Field) else {}

    @property
    def rests_on(self) -> str:
        """What the pages of the record name beside it: the version of a plan, for example."""
        return ""

    def scope_agency_id(self) -> int | None:
        """The agency whose staff act on this record; None when no agency owns it."""
        return getattr(self, "agency_id", None)

    def roles_of(self, user: User) -> frozenset[str]:
        """Roles that ``user`` holds on this record today. Superusers have none: they repair and never decide."""
        if user.is_superuser:
            return frozenset()
        agency = self.scope_agency_id()
        return frozenset(
            held.role
            for held in user.current_assignments
            if held.role in SEES_EVERYTHING or (held.role in AGENCY_STAFF and agency and held.agency_id == agency)
        )

    def may_take(self, user: User | None, name: str) -> bool:
        """Whether ``user`` is one who takes step ``name`` on this record (in any status)."""
        return user is not None and user.is_active and bool(self.STEPS[name].roles & self.roles_of(user))

    def check_step(self, name: str) -> None:
        """Raise ``StepNotAllowed`` with the sentence that says what is missing. Called inside the transaction."""

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        """Fields that step ``name`` sets in the same statement as the status: who submitted, when."""
        return {}

    def riwayat_extra(self) -> list[Any]:
        """Entries (``workflow.riwayat.Entry``) of this record's timeline that are neither steps nor edits."""
        return []

    def open_steps(self, user: User) -> list[tuple[str, Step]]:
        """Steps that ``user`` can take from the present status, in the chain's order."""
        return [(n, s) for n, s in self.STEPS.items() if self.status in s.sources and self.may_take(user, n)]

    def take_step(self, name: str, *, seen: str, actor: User | None, note: str = "", **stamp: Any) -> StatusChange:
        """Move along the chain and write history, or raise ``StepNotAllowed`` and change nothing.

        ``seen`` is the status the page showed. The UPDATE is a compare-and-swap on it: of two simultaneous
        clicks one moves the row and the other raises ``StepConflict``, on SQLite and PostgreSQL alike.
        ``step_stamp`` and ``stamp`` set fields of the same row in the same statement (who submitted, when).
        """
        step = self.STEPS[name]
        if not self.may_take(actor, name):
            raise StepNotAllowed("Anda tidak berwenang untuk langkah ini.")
        if seen not in step.sources:
            raise StepConflict("Langkah ini tidak berlaku untuk status yang Anda lihat.")
        if step.note_required and not note.strip():
            raise StepNotAllowed("Tulis alasannya.")
        stamp = {**self.step_stamp(name, actor), **stamp}
        self._refuse_tracked(stamp)
        with transaction.atomic():
            if not self._move(name, seen, stamp):
                raise StepConflict("Status sudah diubah orang lain.")
            self.refresh_from_db()
            self.check_step(name)
            if not step.keeps_drafts:
                end_drafts(self, step.done)
            change = StatusChange.objects.create(
                content_type=ContentType.objects.get_for_model(type(self)),
                object_id=self.pk,
                step=name,
                old=seen,
                new=step.target,
                actor=actor,
                note=note.strip(),
            )
            step_taken(self, change)
            return change

    def _move(self, name: str, seen: str, stamp: Mapping[str, Any]) -> int:
        """The compare-and-swap itself: how many rows it moved (0 or 1).

        Where a constraint of the database refuses, the sentence of ``check_step`` says what is missing.
        """
        rows: models.QuerySet = type(self)._base_manager.filter(pk=self.pk)
        try:
            with transaction.atomic():
                return rows.filter(status=seen).update(status=self.STEPS[name].target, **stamp)
        except IntegrityError as error:
            self.check_step(name)
            raise StepNotAllowed("Data belum lengkap untuk langkah ini. Lengkapi isiannya, lalu coba lagi.") from error

    def _refuse_tracked(self, stamp: Mapping[str, Any]) -> None:
        """A stamp that the edit history follows would be booked to the next person who saves: leave it out there."""
        history = getattr(type(self), "history", None)
        tracked = {field.name for field in history.model.tracked_fields} if history else set()
        if wrong := tracked & stamp.keys():
            raise TypeError(f"stamps of {type(self).__name__} are in its EditHistory: {', '.join(sorted(wrong))}")

    def status_changes(self) -> models.QuerySet[StatusChange]:
        return StatusChange.objects.filter(
            content_type=ContentType.objects.get_for_model(type(self)), object_id=self.pk
        ).select_related("actor")

    def last_change(self, *steps: str) -> StatusChange | None:
        changes = self.status_changes()
        return (changes.filter(step__in=steps) if steps else changes).first()

    def entered_at(self) -> datetime | None:
        """When the record came into its present status."""
        change = self.last_change()
        return change.at if change else None


def last_notes(records: Sequence[Chain], step: str) -> dict[int, str]:
    """Record id -> what was written when ``step`` was last taken; one query for records of one model."""
    if not records:
        return {}
    changes = StatusChange.objects.filter(
        content_type=ContentType.objects.get_for_model(type(records[0])),
        object_id__in=[record.pk for record in records],
        step=step,
    )
    return dict(changes.order_by("at", "pk").values_list("object_id", "note"))


def since_when(model: type[Chain]) -> Coalesce:
    """For ``annotate``: when a row came into its status; where no step was taken yet, when it was written."""
    kind = ContentType.objects.get_for_model(model)
    steps = StatusChange.objects.filter(content_type=kind, object_id=OuterRef("pk")).order_by("-at", "-pk")
    written = history_of(model).filter(id=OuterRef("pk"), history_type="+").order_by("history_id")
    return Coalesce(Subquery(steps.values("at")[:1]), Subquery(written.values("history_date")[:1]))


class DecidedChain(Chain):
    """A record that one person submits and another decides. The steps set who and when: the edit history omits them."""

    STAMPS: ClassVar[tuple[str, ...]] = ("submitted_by", "submitted_at", "decided_by", "decided_at")

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


COORDINATOR_STEP = frozenset({Role.COORDINATOR, Role.COORDINATOR_HEAD})
HEAD_STEP = frozenset({Role.COORDINATOR_HEAD})
AGENCY_STEP = frozenset(AGENCY_STAFF)
