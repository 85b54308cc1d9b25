"""What a village's public page says of an obstacle, in words of the office that runs the programme."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from districts.regions.models import Village
from p2emas import clock, schema
from p2emas.accounts.models import User
from p2emas.history.records import EditHistory, set_author
from p2emas.workflow.models import StepNotAllowed
from programs.obstacles.models import Obstacle


class ObstacleNoticeQuerySet(models.QuerySet["ObstacleNotice"]):
    def for_user(self, user: User) -> "ObstacleNoticeQuerySet":
        return self.filter(obstacle__in=Obstacle.objects.for_user(user))

    def of(self, obstacle: Obstacle) -> "ObstacleNotice | None":
        return self.filter(obstacle=obstacle).select_related("obstacle").first()

    def public(self) -> "ObstacleNoticeQuerySet":
        """Published, and still true: one that says "stuck" ends with its obstacle."""
        true = Q(says_solved=True, obstacle__status="SOLVED") | (Q(says_solved=False) & ~Q(obstacle__status="SOLVED"))
        return self.filter(true, withdrawn_at=None)

    def in_village(self, village: Village) -> "ObstacleNoticeQuerySet":
        """What is stuck first, then what was solved, the newest first."""
        found = self.filter(obstacle__village=village).select_related("obstacle__responsible")
        return found.order_by("says_solved", "-published_at", "-pk")


class ObstacleNotice(models.Model):
    """One for each obstacle; published again it says something else, and its history keeps what it said."""

    obstacle = models.OneToOneField(Obstacle, models.PROTECT, related_name="notice", verbose_name="kendala")
    text = models.CharField("kalimat untuk umum", max_length=240)
    says_solved = models.BooleanField("menyatakan selesai", default=False, editable=False)
    published_at = models.DateTimeField("terbit", default=schema.now, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    withdrawn_at = models.DateTimeField("ditarik", null=True, editable=False)

    objects = ObstacleNoticeQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "kalimat kendala untuk umum"
        verbose_name_plural = "kalimat kendala untuk umum"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="programs_obstaclenotice_says_something",
                violation_error_message="Tulis kalimat untuk umum.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_shown(self) -> bool:
        """Whether the public page has it now."""
        return self.withdrawn_at is None and self.says_solved == (self.obstacle.status == Obstacle.Status.SOLVED)


@transaction.atomic
def publish_notice(*, obstacle: Obstacle, text: str, says_solved: bool, by: User) -> ObstacleNotice:
    """Say it on the public page of the village. ``says_solved``: what the page told the person who wrote it."""
    current = Obstacle.objects.select_for_update(no_key=True).get(pk=obstacle.pk)
    if (current.status == Obstacle.Status.SOLVED) != says_solved:
        raise StepNotAllowed("Keadaan kendala ini baru saja berubah. Sesuaikan kalimatnya, lalu terbitkan lagi.")
    notice = ObstacleNotice.objects.of(current) or ObstacleNotice(obstacle=current)
    notice.text, notice.says_solved, notice.withdrawn_at = text, says_solved, None
    notice.published_at, notice.published_by = clock.now(), by
    set_author(notice, by)
    notice.save()
    return notice


@transaction.atomic
def withdraw_notice(*, obstacle: Obstacle, by: User) -> None:
    notice = ObstacleNotice.objects.select_for_update(no_key=True).filter(obstacle=obstacle, withdrawn_at=None).first()
    if notice is not None:
        notice.withdrawn_at = clock.now()
        set_author(notice, by)
        notice.save(update_fields=["withdrawn_at"])
