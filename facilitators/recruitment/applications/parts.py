"""What belongs to one application: wishes, papers, the checks of its files, and who opened what."""

from datetime import datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.requirements import DocumentKind, Place, Requirement
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.documents.kinds import SCANS
from p2emas.documents.models import PrivateFile

Row = TypeVar("Row", bound=models.Model)


class ThroughApplicationQuerySet(models.QuerySet[Row]):
    def for_user(self, user: User) -> Self:
        """The office's. The panel learns a name after its score, but opens no KTP and reads no check of the files."""
        if not (user.is_authenticated and user.sees_everything):
            return self.none()
        return self.filter(application__in=Application.objects.for_user(user))

    def with_key(self, key: UUID) -> Row | None:
        return self.filter(key=key).first()


class PlaceChoice(models.Model):
    """A place that the applicant named, the first choice first."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="wishes")
    place = models.ForeignKey(Place, models.PROTECT, related_name="wishes", verbose_name="formasi")
    rank = models.PositiveSmallIntegerField("urutan")

    objects = ThroughApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "pilihan desa"
        verbose_name_plural = "pilihan desa"
        ordering = ["application", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "place"],
                name="facilitators_placechoice_once",
                violation_error_message="Desa ini sudah dipilih.",
            ),
            models.UniqueConstraint(
                fields=["application", "rank"],
                name="facilitators_placechoice_rank_once",
                violation_error_message="Urutan ini sudah dipakai.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.place}"


class ApplicationFile(PrivateFile):
    """A photographed or uploaded paper of an applicant. Who opens a sensitive one leaves a trace."""

    OWNER = "application"
    ALLOWED = SCANS

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    document = models.ForeignKey(DocumentKind, models.PROTECT, related_name="files", verbose_name="berkas")

    objects = ThroughApplicationQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "berkas lamaran"
        verbose_name_plural = "berkas lamaran"

    def opened_by(self, user: User) -> None:
        """A paper with personal data (KTP, diploma) is not opened without a trace."""
        if user.is_authenticated and self.document.sensitive:
            PersonalDataAccess.objects.create(
                application_id=self.application_id,
                user=user,
                field=PersonalDataAccess.Field.FILE,
                detail=str(self.document)[:120],
            )


class RequirementCheck(models.Model):
    """Whether an application meets a requirement, as the office found."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="checks", verbose_name="syarat")
    met = models.BooleanField("terpenuhi")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=schema.now)

    objects = ThroughApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "pemeriksaan syarat"
        verbose_name_plural = "pemeriksaan syarat"
        ordering = ["application", "requirement"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "requirement"],
                name="facilitators_requirementcheck_once",
                violation_error_message="Syarat ini sudah diperiksa.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.met}"


class PersonalDataAccessQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "PersonalDataAccessQuerySet":
        """Those who see everything, but for the rounds in which they have a seat."""
        if not (user.is_authenticated and user.sees_everything):
            return self.none()
        seated = user.panel_seats.values("round")
        return self.exclude(application__round__in=seated).exclude(round__in=seated)

    def of_round(self, record: Any) -> "PersonalDataAccessQuerySet":
        return self.filter(Q(round=record) | Q(application__round=record))

    def about(self, application: Application) -> "PersonalDataAccessQuerySet":
        return self.filter(application=application)

    def numbers_opened(self, user: User, *, since: datetime) -> int:
        return self.filter(user=user, field=PersonalDataAccess.Field.NIK, at__gt=since).count()

    def of_kind(self, field: str) -> "PersonalDataAccessQuerySet":
        return self.filter(field=field) if field else self

    def for_table(self) -> "PersonalDataAccessQuerySet":
        return self.select_related("application__round", "user")


class PersonalDataAccess(models.Model):
    """Who saw which personal field of whom, when and why. Rows are only ever added."""

    class Field(models.TextChoices):
        NIK = "NIK", "NIK lengkap"
        FILE = "FILE", "Berkas"
        EXPORT = "EXPORT", "Ekspor data pribadi"
        COPY = "COPY", "Salinan data untuk pelamar"
        CORRECTION = "CORRECTION", "Perbaikan data"
        ERASURE = "ERASURE", "Penghapusan data"

    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="accesses", verbose_name="lamaran"
    )
    round = models.ForeignKey(
        "RecruitmentRound", models.PROTECT, null=True, blank=True, related_name="accesses", verbose_name="seleksi"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    field = models.CharField("yang dibuka", max_length=10, choices=Field.choices)
    detail = models.CharField("rincian", max_length=120, blank=True)
    reason = models.CharField("alasan", max_length=300, blank=True)
    at = models.DateTimeField("waktu", default=schema.now)

    objects = PersonalDataAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "pembukaan data pribadi"
        verbose_name_plural = "pembukaan data pribadi"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, round=None) | Q(application=None, round__isnull=False),
                name="facilitators_personaldataaccess_about_one",
                violation_error_message="Satu baris tentang satu lamaran atau satu tahap seleksi.",
            ),
            models.CheckConstraint(
                condition=~Q(field__in=("NIK", "EXPORT")) | ~Q(reason=""),
                name="facilitators_personaldataaccess_reasoned",
                violation_error_message="Tulis alasannya.",
            ),
        ]
        indexes = [models.Index(fields=["application", "-at"], name="facilitators_access_by_app")]

    def __str__(self) -> str:
        return f"{self.get_field_display()}, {self.at:%d-%m-%Y %H.%M}"
