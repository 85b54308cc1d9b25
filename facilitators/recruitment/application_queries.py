"""Which applications somebody sees, and by what they are looked for."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from facilitators.recruitment.office_queries import ApplicationsInOffice
from facilitators.recruitment.panel_queries import ApplicationsOfPanel
from facilitators.recruitment.rounds import RecruitmentRound
from p2emas.accounts.models import User

if TYPE_CHECKING:
    from facilitators.recruitment.applications import Application

NOT_STANDING = ("DRAFT", "WITHDRAWN")


class ApplicationQuerySet(ApplicationsInOffice, ApplicationsOfPanel):
    def for_user(self, user: User) -> "ApplicationQuerySet":
        """Whole applications, names included. Drafts are nobody's but the applicant's.

        A seat beats every other role: who has one sees an application only once the own dossier score is saved, and
        never (again) after a conflict of interest. The blind page of the panel does not start here (``to_score``).
        """
        if not user.is_authenticated:
            return self.none()
        sent = self.exclude(status=self.model.Status.DRAFT)
        seated = user.panel_seats.values("round")
        shown = sent.filter(sheets__seat__user=user, sheets__part="DOSSIER", sheets__voided_at=None).exclude(
            conflicts__seat__user=user
        )
        if not user.sees_everything:
            return shown
        return sent.filter(~Q(round__in=seated) | Q(pk__in=shown.values("pk")))

    def to_score(self, user: User) -> "ApplicationQuerySet":
        """Applications that a seat of ``user`` covers: past the files, of the seat's panel, without a conflict."""
        seats = user.panel_seats.filter(round=models.OuterRef("round"), panel=models.OuterRef("panel"))
        return self.filter(models.Exists(seats), status__in=self.model.SCORED).exclude(conflicts__seat__user=user)

    def begun_with(self, token: UUID, round: RecruitmentRound, fingerprint: str, phone: str) -> "Application | None":
        """The draft that the same page began a moment earlier, of the same person."""
        return self.draft().filter(client_token=token, round=round, nik_fingerprint=fingerprint, phone=phone).first()

    def agreed_versions(self) -> set[str]:
        """Versions of the consent that somebody has agreed to."""
        return set(self.exclude(consent_version="").order_by().values_list("consent_version", flat=True).distinct())

    def standing_with(self, round: RecruitmentRound, fingerprint: str) -> "ApplicationQuerySet":
        """Sent and not withdrawn, of one NIK; an erased one is nobody's."""
        rows = self.filter(round=round, nik_fingerprint=fingerprint).exclude(nik_fingerprint="")
        return rows.exclude(status__in=NOT_STANDING).order_by("number", "pk")

    def with_doubles(self) -> "ApplicationQuerySet":
        """``is_double``: whether another standing application of the round has the same NIK."""
        others = self.model._base_manager.filter(
            round=models.OuterRef("round"), nik_fingerprint=models.OuterRef("nik_fingerprint")
        ).exclude(Q(pk=models.OuterRef("pk")) | Q(nik_fingerprint="") | Q(status__in=NOT_STANDING))
        return self.annotate(is_double=models.Exists(others))

    def draft(self) -> "ApplicationQuerySet":
        return self.filter(status=self.model.Status.DRAFT)

    def forgotten(self, before: datetime) -> "ApplicationQuerySet":
        """Drafts that nobody put a name to, begun before ``before``, the oldest first."""
        return self.draft().filter(name="", erased_at=None, started_at__lt=before).order_by("started_at", "pk")

    def sent(self) -> "ApplicationQuerySet":
        return self.exclude(status=self.model.Status.DRAFT)

    def accepted(self) -> "ApplicationQuerySet":
        return self.filter(status=self.model.Status.ACCEPTED)

    def being_checked(self) -> "ApplicationQuerySet":
        return self.filter(status__in=self.model.BEING_CHECKED)

    def in_running(self) -> "ApplicationQuerySet":
        """Past the files and not out: who is tested, scored and ranked."""
        return self.filter(status__in=self.model.SCORED)

    def in_state(self, status: str) -> "ApplicationQuerySet":
        return self.filter(status=status) if status else self

    def scored(self) -> "ApplicationQuerySet":
        return self.filter(Q(test_score__isnull=False) | Q(sheets__isnull=False))

    def for_table(self) -> "ApplicationQuerySet":
        return self.select_related(
            "round", "home_village__district", "home_district", "placed_at__target_location__village"
        ).order_by("number", "pk")
