"""Survey visits to candidate villages, and the photos taken there."""

from django.db import models
from django.db.models import Q

from districts.locations.candidates.models import Candidate, ThroughCandidateQuerySet
from p2emas.accounts.models import User
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.models import PrivateFile
from p2emas.history.records import EditHistory


class SurveyVisit(models.Model):
    """A visit of the team to a candidate village, under a letter of assignment."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="visits", verbose_name="calon")
    visited_on = models.DateField("tanggal kunjungan")
    letter_no = models.CharField("nomor surat tugas", max_length=80)
    surveyors = models.CharField("tim survei", max_length=300, help_text="Jabatan atau unit anggota tim.")
    findings = models.TextField("temuan")
    lat = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    lng = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    source = models.CharField("sumber", max_length=300, blank=True)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = ThroughCandidateQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kunjungan survei"
        verbose_name_plural = "kunjungan survei"
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lng=None) | Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180),
                name="districts_surveyvisit_position",
                violation_error_message="Isi lintang dan bujur keduanya, dalam derajat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.visited_on:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return self.candidate.get_absolute_url()


class SurveyPhotoQuerySet(models.QuerySet["SurveyPhoto"]):
    def for_user(self, user: User) -> "SurveyPhotoQuerySet":
        return self.filter(visit__in=SurveyVisit.objects.for_user(user))

    def find(self, pk: int) -> "SurveyPhoto | None":
        return self.filter(pk=pk).select_related("visit__candidate").first()


class SurveyPhoto(PrivateFile):
    """A photo taken on a survey visit."""

    OWNER = "visit"
    ALLOWED = PHOTOS

    visit = models.ForeignKey(SurveyVisit, models.PROTECT, related_name="photos", verbose_name="kunjungan")

    objects = SurveyPhotoQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = "foto survei"
        verbose_name_plural = "foto survei"
