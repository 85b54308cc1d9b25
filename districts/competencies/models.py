"""Core competency of a kecamatan: how it was decided, and what is in force."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from districts.evidence.models import Commodity
from districts.regions.models import District
from p2emas import clock
from p2emas.accounts.models import DatedQuerySet, User
from p2emas.documents.models import Decree
from p2emas.history import EditHistory
from p2emas.workflow.models import COORDINATOR_STEP, HEAD_STEP, Chain, Step, StepNotAllowed


class DeterminationQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "DeterminationQuerySet":
        """What is being decided is BAPPEDA's; what a decree has set is public."""
        return self if user.is_authenticated and user.sees_everything else self.public()

    def public(self) -> "DeterminationQuerySet":
        return self.filter(status__in=CompetencyDetermination.PUBLISHED)

    def unfinished(self) -> "DeterminationQuerySet":
        return self.filter(status__in=CompetencyDetermination.UNFINISHED)

    def for_table(self) -> "DeterminationQuerySet":
        return self.select_related("district", "chosen", "decree", "minutes")


class CompetencyDetermination(Chain):
    """How ONE core competency was chosen for a kecamatan. RECORDED is a past decision, entered as it was."""

    class Method(models.TextChoices):
        RECORDED = "RECORDED", _("Keputusan masa lalu yang dicatat")

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Konsep")
        SUBMITTED = "SUBMITTED", _("Diajukan")
        DECIDED = "DECIDED", _("Diputuskan")
        ENACTED = "ENACTED", _("Ditetapkan")
        REVOKED = "REVOKED", _("Dicabut")
        CANCELLED = "CANCELLED", _("Dibatalkan")

    UNFINISHED = (Status.DRAFT, Status.SUBMITTED, Status.DECIDED)
    PUBLISHED = (Status.ENACTED, Status.REVOKED)

    STEPS = {
        "submit": Step(_("Ajukan"), (Status.DRAFT,), Status.SUBMITTED, COORDINATOR_STEP),
        "send_back": Step(_("Kembalikan ke konsep"), (Status.SUBMITTED,), Status.DRAFT, HEAD_STEP, note_required=True),
        "decide": Step(_("Putuskan"), (Status.SUBMITTED,), Status.DECIDED, HEAD_STEP),
        "cancel": Step(_("Batalkan"), UNFINISHED, Status.CANCELLED, COORDINATOR_STEP, note_required=True),
        "enact": Step(_("Tetapkan"), (Status.DECIDED,), Status.ENACTED, HEAD_STEP, own_page=True),
        "revoke": Step(_("Cabut"), (Status.ENACTED,), Status.REVOKED, HEAD_STEP, own_page=True),
    }

    district = models.ForeignKey(District, models.PROTECT, related_name="determinations", verbose_name=_("kecamatan"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    method = models.CharField(_("cara"), max_length=24, choices=Method.choices, default=Method.RECORDED)
    chosen = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kompetensi inti")
    )
    decided_on = models.DateField(_("tanggal keputusan"), null=True, blank=True)
    reason = models.TextField(_("alasan"), blank=True)
    dissent = models.TextField(_("pendapat berbeda"), blank=True)
    sources = models.TextField(_("sumber"), blank=True, help_text=_("Dari mana keputusan ini diketahui."))
    minutes = models.ForeignKey(
        Decree, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("berita acara")
    )
    decree = models.ForeignKey(
        Decree, models.PROTECT, null=True, blank=True, related_name="determinations", verbose_name=_("keputusan")
    )
    is_sample = models.BooleanField(_("data contoh"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = DeterminationQuerySet.as_manager()
    # ``decree`` is set by the step that enacts, so the step is its history
    history = EditHistory(
        excluded_fields=["status", "submitted_by", "submitted_at", "decided_by", "decided_at", "decree"]
    )

    class Meta:
        verbose_name = _("penetapan kompetensi inti")
        verbose_name_plural = _("penetapan kompetensi inti")
        ordering = ["-year", "district", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(status__in=("DRAFT", "SUBMITTED", "DECIDED")),
                name="districts_determination_one_unfinished",
                violation_error_message=_("Kecamatan ini masih punya penetapan yang belum selesai."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="districts_determination_submitter_not_decider",
                violation_error_message=_("Yang mengajukan tidak boleh memutuskan."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("DRAFT", "CANCELLED"))
                | (Q(chosen__isnull=False) & ~Q(reason="") & ~Q(sources="")),
                name="districts_determination_reasoned",
                violation_error_message=_("Isi kompetensi inti, alasan, dan sumbernya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("competencies:determination-detail", args=[self.pk])

    def may_edit(self, user: User) -> bool:
        return self.status == self.Status.DRAFT and bool(COORDINATOR_STEP & self.roles_of(user))

    def step_stamp(self, name: str, actor: User) -> dict[str, object]:
        if name == "submit":
            return {"submitted_by": actor, "submitted_at": clock.now()}
        if name == "send_back":
            return {"submitted_by": None, "submitted_at": None}
        return {"decided_by": actor, "decided_at": clock.now()} if name == "decide" else {}

    def may_take(self, user: User | None, name: str) -> bool:
        if name == "decide" and user is not None and user.pk == self.submitted_by_id:
            return False
        return super().may_take(user, name)

    def check_step(self, name: str) -> None:
        if name == "submit" and not (self.chosen_id and self.reason.strip() and self.sources.strip()):
            raise StepNotAllowed(_("Isi kompetensi inti, alasan, dan sumbernya sebelum mengajukan."))


class CoreCompetency(models.Model):
    """The core competency of a kecamatan while a decree has it in force. Written only by ``enact_decree``."""

    district = models.ForeignKey(District, models.PROTECT, related_name="competencies", verbose_name=_("kecamatan"))
    commodity = models.ForeignKey(Commodity, models.PROTECT, related_name="+", verbose_name=_("kompetensi inti"))
    determination = models.ForeignKey(CompetencyDetermination, models.PROTECT, related_name="competencies")
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="competencies", verbose_name=_("keputusan"))
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    closed_by = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="closed_competencies")

    objects = DatedQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = _("kompetensi inti")
        verbose_name_plural = _("kompetensi inti")
        ordering = ["district", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(valid_until=None),
                name="districts_corecompetency_one_open",
                violation_error_message=_("Kecamatan ini sudah punya kompetensi inti yang berlaku."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="districts_corecompetency_dates",
                violation_error_message=_("Akhir masa berlaku tidak boleh sebelum mulainya."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None, closed_by=None) | Q(valid_until__isnull=False, closed_by__isnull=False),
                name="districts_corecompetency_closed_by_decree",
                violation_error_message=_("Baris hanya ditutup oleh sebuah keputusan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}: {self.commodity}"

    def get_absolute_url(self) -> str:
        return self.district.get_absolute_url()

    def is_in_force(self, on: date | None = None) -> bool:
        on = on or clock.today()
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
