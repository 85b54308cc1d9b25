"""Where facilitators work: a village or the whole regency, from when until when.

A facilitator reads the villages of these rows. The services of placements write them and nothing else does;
``check_integrity`` compares the two.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from districts.regions.models import Village
from p2emas.accounts.models import Assignment, DatedQuerySet, User
from p2emas.accounts.roles import Role
from p2emas.history.records import EditHistory
from p2emas.naming import said
from p2emas.staffing.workplaces import Workplace, workplaces_of


class VillageScopeQuerySet(DatedQuerySet):
    def for_user(self, user: User) -> "VillageScopeQuerySet":
        """Those who see everything; a facilitator their own."""
        return self if user.sees_everything else self.filter(user=user)

    def of_villages(self) -> "VillageScopeQuerySet":
        return self.filter(whole_regency=False)

    def of_the_regency(self) -> "VillageScopeQuerySet":
        return self.filter(whole_regency=True)


class VillageScope(models.Model):
    """One facilitator in one village, or in the whole regency. Says where; the role comes from an assignment."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="village_scopes", verbose_name="pengguna"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="scopes", verbose_name="desa"
    )
    whole_regency = models.BooleanField("seluruh daerah", default=False)
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects = VillageScopeQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "cakupan desa"
        verbose_name_plural = "cakupan desa"
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(village=None, whole_regency=True) | Q(village__isnull=False, whole_regency=False),
                name="districts_villagescope_one_place",
                violation_error_message="Pilih satu desa atau seluruh daerah.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="districts_villagescope_dates",
                violation_error_message="Tanggal akhir cakupan tidak boleh sebelum tanggal mulainya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.words}"

    @property
    def words(self) -> str:
        """ "Ensaid Panjang", "seluruh kabupaten"; of two villages with one name the slug tells which."""
        return self.village.slug.replace("-", " ").title() if self.village else said("seluruh {territory}")

    def shares_a_day_with(self, held: Assignment) -> bool:
        begun = held.valid_until is None or self.valid_from <= held.valid_until
        return begun and (self.valid_until is None or self.valid_until >= held.valid_from)


@workplaces_of.provide
def villages_of(assignments: Iterable[Assignment]) -> dict[int, list[Workplace]]:
    """Assignment -> the villages of a facilitator on its days."""
    roles = [held for held in assignments if held.role == Role.FACILITATOR]
    users = {held.user_id for held in roles}
    scopes = VillageScope.objects.filter(user__in=users).select_related("village").order_by("valid_from", "pk")
    return {
        held.pk: [
            Workplace(scope.words, scope.village.slug if scope.village else "")
            for scope in scopes
            if scope.user_id == held.user_id and scope.shares_a_day_with(held)
        ]
        for held in roles
    }
