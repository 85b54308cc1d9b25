"""Reads of applications for scoring, choosing and announcing; the model itself stands above."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from p2emas.workflow.models import StatusChange


class ApplicationsOfPanel(models.QuerySet):
    def judged(self) -> Self:
        """Of rounds whose selection has started: before that no dossier lies open."""
        statuses = self.model._meta.get_field("round").related_model.JUDGED
        return self.filter(round__status__in=statuses)

    def invited(self) -> Self:
        return self.filter(status=self.model.Status.INVITED)

    def heard(self) -> Self:
        """Invited to the interview, also after what was decided then."""
        return self.filter(status__in=self.model.HEARD)

    def open_to_choice(self) -> Self:
        return self.filter(status__in=self.model.OPEN_TO_CHOICE)

    def marked(self) -> Self:
        return self.exclude(choice="")

    def left_place(self) -> Self:
        """Once accepted for a place, and gone: withdrawn, or dropped from the training."""
        gone = (self.model.Status.WITHDRAWN, self.model.Status.DROPPED)
        return self.filter(status__in=gone, placed_at__isnull=False)

    def accepted_on(self, day: date) -> Self:
        """Accepted when ``day`` ended: who moved up later is not, who left later still is."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        kind = ContentType.objects.get_for_model(self.model)
        steps = StatusChange.objects.filter(content_type=kind, object_id=models.OuterRef("pk"))
        later = models.Exists(steps.filter(step="promote", at__gte=end))
        gone = models.Exists(steps.filter(step__in=("withdraw", "drop"), at__lt=end))
        status = self.model.Status
        held = self.filter(status__in=(status.ACCEPTED, status.WITHDRAWN, status.DROPPED), placed_at__isnull=False)
        return held.exclude(later).exclude(gone)

    def reserves_of(self, place: models.Model) -> Self:
        """Reserves of its round who would take ``place``, the next one first: who named it, then who goes anywhere."""
        named = models.Exists(place.wishes.filter(application=models.OuterRef("pk")))  # type: ignore[attr-defined]
        waiting = self.filter(round=place.round_id, status=self.model.Status.RESERVE, erased_at=None)
        rows = waiting.annotate(named=named)
        return rows.filter(Q(named=True) | Q(anywhere=True)).order_by("-named", "reserve_rank", "number")

    def announced(self) -> Self:
        """Everybody whose result the public reads; who withdrew before it was decided is nobody's business."""
        hidden = Q(status=self.model.Status.DRAFT) | Q(status=self.model.Status.WITHDRAWN, placed_at=None)
        return self.exclude(hidden)

    def reachable(self) -> Self:
        """Who gets a letter with the result."""
        return self.filter(status__in=self.model.OUTCOMES, erased_at=None).exclude(email="")

    def outcomes(self) -> dict[str, int]:
        """How many were accepted, are reserves, were refused."""
        return {code: self.filter(status=code).count() for code in self.model.OUTCOMES}

    def with_places(self) -> Self:
        """With home, wishes and skills: what the panel's page is made of, and what is blacked out in it."""
        return self.select_related("round", "home_village__district", "home_district").prefetch_related(
            "skills",
            "home_village__aliases",
            "wishes__place__target_location__village__district",
            "wishes__place__target_location__village__aliases",
        )
