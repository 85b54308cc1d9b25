"""Which applications somebody sees, and by what they are looked for."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Place
from p2emas.accounts.models import User
from p2emas.workflow.models import StatusChange

NOT_STANDING = ("DRAFT", "WITHDRAWN")


class ApplicationQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> "ApplicationQuerySet":
        """Whole applications, names included. Drafts are only for the applicant.

        A seat beats every other role: who has one sees an application only once their own dossier score is saved, and
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

    def begun_with(self, token: UUID, round: RecruitmentRound, fingerprint: str, phone: str) -> Any:
        """The draft that the same page began a moment earlier, of the same person."""
        return self.draft().filter(client_token=token, round=round, nik_fingerprint=fingerprint, phone=phone).first()

    def agreed_versions(self) -> set[str]:
        """Versions of the consent that somebody has agreed to."""
        return set(self.exclude(consent_version="").order_by().values_list("consent_version", flat=True).distinct())

    def standing_with(self, round: RecruitmentRound, fingerprint: str) -> "ApplicationQuerySet":
        """Sent and not withdrawn, of one NIK; an erased one belongs to no NIK."""
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

    def of_round(self, record: models.Model) -> Self:
        return self.filter(round=record)

    def of_seats(self, user: User) -> Self:
        """Of the rounds in which ``user`` has a seat."""
        return self.filter(round__in=user.panel_seats.values("round"))

    def numbered(self, number: str) -> Any:
        return self.filter(number__iexact=number).first()

    def search(self, text: str) -> Self:
        """By number or name."""
        text = text.strip()
        return self.filter(Q(number__icontains=text) | Q(name__icontains=text)) if text else self

    def tested(self) -> Self:
        """Who takes the written test, with who passed, failed or missed it."""
        out = Q(status=self.model.Status.REJECTED, rejected_for__in=("TEST", "ABSENT"))
        return self.filter(Q(status__in=self.model.SCORED) | out)

    def for_interview(self) -> Self:
        """Who has an interview or is to get one."""
        return self.filter(status__in=(self.model.Status.PASSED_TEST, self.model.Status.INVITED))

    def interviewed(self) -> Self:
        """Who had an interview, with any result."""
        return self.filter(interviews__isnull=False).distinct()

    def for_tests(self) -> Self:
        return self.select_related("round", "test_score").order_by("number", "pk")

    def awaiting_check(self, at: datetime) -> Self:
        """Sent, or with missing papers whose deadline is over at the moment ``at``."""
        sent, incomplete = self.model.Status.SENT, self.model.Status.INCOMPLETE
        return self.filter(Q(status=sent) | Q(status=incomplete, complete_by__lte=at))

    def still_there(self) -> Self:
        return self.exclude(status=self.model.Status.WITHDRAWN)

    def wishing(self, place: Place | None) -> Self:
        """Who named ``place`` among the wishes."""
        return self.filter(wishes__place=place) if place else self

    def next_after(self, other: Any) -> Any:
        """The next by number, beginning again at the first; never ``other`` itself."""
        rows = self.select_related("round").order_by("number", "pk")
        if other is None:
            return rows.first()
        rows = rows.exclude(pk=other.pk)
        return rows.filter(number__gt=other.number).first() or rows.first()

    def for_page(self) -> Self:
        rows = self.select_related("round", "home_village__district", "home_district")
        return rows.prefetch_related("round__seats")

    def for_export(self) -> Self:
        return self.select_related("home_village__district", "home_district").order_by("number", "pk")

    def judged(self) -> Self:
        """Of rounds whose selection has started: before that no dossier is open."""
        statuses = self.model._meta.get_field("round").related_model.JUDGED
        return self.filter(round__status__in=statuses)

    def invited(self) -> Self:
        return self.filter(status=self.model.Status.INVITED)

    def interviewees(self) -> Self:
        """Invited to the interview, also after what was decided then."""
        return self.filter(status__in=self.model.INTERVIEWEES)

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

    def reserves_of(self, place: Place) -> Self:
        """Reserves of its round who would take ``place``, the next one first: who named it, then who goes anywhere."""
        named = models.Exists(place.wishes.filter(application=models.OuterRef("pk")))
        waiting = self.filter(round=place.round_id, status=self.model.Status.RESERVE, erased_at=None)
        rows = waiting.annotate(named=named)
        return rows.filter(Q(named=True) | Q(anywhere=True)).order_by("-named", "reserve_rank", "number")

    def announced(self) -> Self:
        """Everybody whose result the public reads; who withdrew before it was decided stays private."""
        hidden = Q(status=self.model.Status.DRAFT) | Q(status=self.model.Status.WITHDRAWN, placed_at=None)
        return self.exclude(hidden)

    def reachable(self) -> Self:
        """Who gets a letter with the result."""
        return self.filter(status__in=self.model.OUTCOMES, erased_at=None).exclude(email="")

    def without_mail(self, record: models.Model) -> Self:
        """Applicants of the round who are told of the result on paper or by WhatsApp."""
        return self.filter(round=record, status__in=self.model.OUTCOMES, erased_at=None, email="")

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
