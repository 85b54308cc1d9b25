"""Who came out of a recruitment: facilitators, and objections to a result."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.evidence.models import Commodity
from districts.regions.models import District, Village
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock, schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.history.records import EditHistory
from p2emas.naming import current
from p2emas.workflow.models import COORDINATOR_STEP, Chain, Step, StepNotAllowed


class FacilitatorQuerySet(models.QuerySet["Facilitator"]):
    def for_user(self, user: User) -> "FacilitatorQuerySet":
        """Those who see everything; a facilitator their own row. The public reads placements, not people."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(user=user)

    def outside(self, course: models.Model) -> "FacilitatorQuerySet":
        """Who does not take part in ``course``."""
        return self.exclude(enrolments__course=course)

    def who_worked(self, application: Application) -> bool:
        """Whether the person of ``application`` was placed: from then on the work ends, not the application.

        A placement that was called off before its first day does not count.
        """
        held = Q(placements__ended_on=None) | Q(placements__ended_on__gte=F("placements__starts"))
        return self.filter(held, application=application, placements__isnull=False).exists()

    def search(self, text: str) -> "FacilitatorQuerySet":
        return self.filter(name__icontains=text.strip()) if text.strip() else self


class Facilitator(models.Model):
    """A person whom a round accepted, or who already worked before there were rounds."""

    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="facilitator", verbose_name="lamaran"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="facilitator",
        verbose_name="akun",
    )
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("nomor HP", max_length=20, blank=True, help_text="Pribadi; tidak dipublikasikan.")
    office_phone = models.CharField(
        "telepon dinas", max_length=20, blank=True, help_text="Tampil untuk umum selama bertugas."
    )
    email = models.EmailField("surel", blank=True, help_text="Untuk undangan akun.")
    home_village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="desa domisili"
    )
    home_district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kecamatan domisili"
    )
    languages = models.CharField("bahasa", max_length=200, blank=True)
    skills = models.ManyToManyField(Commodity, blank=True, related_name="+", verbose_name="komoditas yang dikuasai")
    is_sample = models.BooleanField("data contoh", default=False)

    objects = FacilitatorQuerySet.as_manager()
    history = EditHistory(excluded_fields=["name", "phone", "email", "languages", "home_village", "home_district"])

    class Meta:
        verbose_name = "pendamping"
        verbose_name_plural = "pendamping"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(home_village=None) | Q(home_district=None),
                name="facilitators_facilitator_one_home",
                violation_error_message="Kecamatan domisili dicatat hanya bila desanya tidak diketahui.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("placements:facilitator-detail", args=[self.pk])

    @property
    def district_of_home(self) -> District | None:
        return self.home_village.district if self.home_village else self.home_district

    @property
    def lives_outside(self) -> bool:
        """An applicant with an address who named no village lives outside the regency; of others nothing is known."""
        inside = self.home_village_id or self.home_district_id
        return not inside and bool(self.application and self.application.address)

    @property
    def home_words(self) -> str:
        if self.lives_outside:
            return f"Di luar {current().regency}"
        return str(self.home_village or self.home_district or "")


class ObjectionQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ObjectionQuerySet":
        """The office's; a seat hides what names applicants until the round is announced (objections come after)."""
        return self if user.is_authenticated and user.sees_everything else self.none()

    def of_round(self, record: RecruitmentRound) -> "ObjectionQuerySet":
        return self.filter(round=record)

    def for_table(self) -> "ObjectionQuerySet":
        return self.select_related("application", "round")


class Objection(Chain):
    """An objection to an announced result, and the answer to it."""

    class Status(models.TextChoices):
        RECEIVED = "RECEIVED", "Diterima"
        ANSWERED = "ANSWERED", "Dijawab"

    STEPS = {
        "answer": Step(
            "Jawab",
            "Dijawab",
            (Status.RECEIVED,),
            Status.ANSWERED,
            COORDINATOR_STEP,
            help="Jawaban tersimpan dan tidak diubah lagi.",
            own_page=True,
        )
    }

    round = models.ForeignKey(RecruitmentRound, models.PROTECT, related_name="objections")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name="lamaran"
    )
    sender = models.CharField("pengirim", max_length=120)
    received_on = models.DateField("tanggal diterima")
    text = models.TextField("isi keberatan")
    answer = models.TextField("jawaban", blank=True)
    answered_at = models.DateTimeField("dijawab", null=True, editable=False)
    recorded_at = models.DateTimeField(default=schema.now, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.RECEIVED, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "keberatan"
        verbose_name_plural = "keberatan"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="RECEIVED") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="facilitators_objection_answered",
                violation_error_message="Tulis jawabannya.",
            )
        ]

    def __str__(self) -> str:
        return f"Keberatan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("recruitment:objection-detail", args=[self.round.code, self.pk])

    def may_edit(self, user: User) -> bool:
        return self.status == self.Status.RECEIVED and not user.is_superuser and user.has_role(*COORDINATORS)

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        return {"answered_at": clock.now()}

    def check_step(self, name: str) -> None:
        if not self.answer.strip():
            raise StepNotAllowed("Tulis jawabannya.")
