"""Survey visits to candidate villages, and the photos taken there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from districts.locations.candidates import Candidate, ThroughCandidateQuerySet
from p2emas.accounts.models import User
from p2emas.documents.kinds import PHOTOS
from p2emas.documents.models import PrivateFile
from p2emas.history import EditHistory


class SurveyVisit(models.Model):
    """A visit of the team to a candidate village, under a letter of assignment."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="visits", verbose_name=_("calon"))
    visited_on = models.DateField(_("tanggal kunjungan"))
    letter_no = models.CharField(_("nomor surat tugas"), max_length=80)
    surveyors = models.CharField(_("tim survei"), max_length=300, help_text=_("Jabatan atau unit anggota tim."))
    findings = models.TextField(_("temuan"))
    lat = models.DecimalField(_("lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    lng = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("data contoh"), default=False)

    objects = ThroughCandidateQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("kunjungan survei")
        verbose_name_plural = _("kunjungan survei")
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lng=None) | Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180),
                name="districts_surveyvisit_position",
                violation_error_message=_("Isi lintang dan bujur keduanya, dalam derajat."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.visited_on:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return self.candidate.get_absolute_url()


class SurveyPhotoQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "SurveyPhotoQuerySet":
        return self.filter(visit__in=SurveyVisit.objects.for_user(user))

    def find(self, pk: int) -> "SurveyPhoto | None":
        return self.filter(pk=pk).select_related("visit__candidate").first()


class SurveyPhoto(PrivateFile):
    """A photo taken on a survey visit."""

    OWNER = "visit"
    ALLOWED = PHOTOS

    visit = models.ForeignKey(SurveyVisit, models.PROTECT, related_name="photos", verbose_name=_("kunjungan"))

    objects = SurveyPhotoQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = _("foto survei")
        verbose_name_plural = _("foto survei")
