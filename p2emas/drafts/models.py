"""What somebody typed into a form and has not saved yet. It is no data: nothing but the form itself reads it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.urls import reverse

from p2emas import schema
from p2emas.accounts.models import User
from p2emas.privacy.sealing import SealBroken, seal, unseal
from p2emas.registry.contributions import drafted_forms
from p2emas.registry.kinds import DraftedForm

KEPT = timedelta(days=90)
Fields = Mapping[str, Sequence[str]]


def page_key(data: Mapping[str, str]) -> UUID | None:
    """The key that the page was drawn with, or None."""
    try:
        return UUID(data.get("isian", ""))
    except (ValueError, TypeError, AttributeError):
        return None


class FormDraftQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "FormDraftQuerySet":
        """Those of ``user``: nobody else reads them, in no role."""
        return self.filter(user=user)

    def of_record(self, record: models.Model) -> "FormDraftQuerySet":
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def of_form(self, drafted: DraftedForm) -> "FormDraftQuerySet":
        """Those of one form, of any record."""
        return self.filter(content_type=ContentType.objects.get_for_model(drafted.model), form=drafted.name)

    def beside(self, draft: "FormDraft") -> "FormDraftQuerySet":
        """Drafts of others in the same form."""
        same = self.filter(content_type=draft.content_type, object_id=draft.object_id, form=draft.form, part=draft.part)
        return same.unsaved().exclude(user=draft.user)

    def unsaved(self) -> "FormDraftQuerySet":
        return self.filter(ended_at=None)

    def ended(self) -> "FormDraftQuerySet":
        return self.exclude(ended_at=None)

    def forget_old(self, at: datetime) -> int:
        """Remove what nobody has come back to for 90 days; how many."""
        return self.filter(saved_at__lt=at - KEPT).delete()[0]


class FormDraft(models.Model):
    """The typed fields of one form as one page holds them; ``key`` is drawn into that page.

    A page that is opened again has a key of its own, so that what is typed there never replaces an older draft that
    its owner has not looked at yet.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="form_drafts", verbose_name="pengisi"
    )
    key = models.UUIDField(editable=False)
    form = models.CharField("formulir", max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    part = models.PositiveBigIntegerField("bagian", null=True, blank=True)
    page = models.CharField("halaman", max_length=200)
    version = models.PositiveBigIntegerField("versi awal")
    sealed = models.TextField("isian tersegel")
    saved_at = models.DateTimeField("disimpan", default=schema.now)
    ended_at = models.DateTimeField("berakhir", null=True, blank=True)
    ended_by = models.CharField("diakhiri langkah", max_length=60, blank=True)

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "isian belum tersimpan"
        verbose_name_plural = "isian belum tersimpan"
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="p2emas_formdraft_key_once",
                violation_error_message="Isian ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_by=""),
                name="p2emas_formdraft_ended_by_a_step",
                violation_error_message="Isian yang berakhir menyebut langkah yang mengakhirinya.",
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id", "form"], name="p2emas_formdraft_record"),
            models.Index(fields=["saved_at"], name="p2emas_formdraft_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.saved_at:%d-%m-%Y %H.%M}"

    def get_absolute_url(self) -> str:
        return reverse("drafts:draft-detail", args=[self.pk])

    @property
    def drafted_form(self) -> DraftedForm | None:
        """None when a later version of the product no longer has this form."""
        return drafted_forms().get(self.form)

    @property
    def page_url(self) -> str:
        """The page of the form; "" when it takes the draft no more, or this version of the product has none."""
        return self.page if self.drafted_form and self.ended_at is None else ""

    @property
    def label(self) -> str:
        return self.drafted_form.label if self.drafted_form else self.form

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """The typed values by name; nothing when the key of the seal is gone."""
        try:
            return json.loads(unseal(self.sealed))
        except SealBroken:
            return {}

    @property
    def data(self) -> QueryDict:
        """The fields as a form takes them, with the key of this draft and the version it began with."""
        data = QueryDict(mutable=True)
        for name, values in self.fields.items():
            data.setlist(name, values)
        data["isian"] = str(self.key)
        if self.version:
            data["version"] = str(self.version)
        return data

    def put(self, fields: Fields) -> None:
        """Keep ``fields``; of a form by rows over those that are kept already, since a page sends only some rows."""
        by_rows = self.drafted_form is not None and self.drafted_form.by_rows
        whole = {**self.fields, **fields} if by_rows and self.sealed else fields
        self.__dict__.pop("fields", None)
        self.sealed = seal(json.dumps({name: list(values) for name, values in whole.items()}))
