"""Who is the deputy of a person on leave: the same role at the same agency, for those days and no longer."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from p2emas import clock, naming, schema
from p2emas.accounts.models import Agency, Assignment, Official, User, why_not_together
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.history.records import EditHistory
from p2emas.ui import formats
from p2emas.workflow.models import Chain, Step, StepNotAllowed

# A seat in a panel and a placement are given to one person; who reads what others do waits until they are back.
COVERED = COORDINATORS | AGENCY_STAFF | {Role.DISTRICT_ADMIN}
NAMING = frozenset({Role.COORDINATOR_HEAD, Role.AGENCY_HEAD})
READERS = frozenset({Role.AUDITOR, Role.LEADER})


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def for_user(self, user: User) -> "AbsenceQuerySet":
        """All for those who see everything, those of its agencies for staff, one's own for everybody else."""
        if user.sees_everything:
            return self
        own = Q(person=user) | Q(stand_in=user) | Q(asked_by=user)
        return self.filter(own | Q(agency__in=user.staff_agency_ids))

    def for_table(self) -> "AbsenceQuerySet":
        return self.select_related("person", "stand_in", "agency").order_by("-valid_from", "-pk")

    def live(self) -> "AbsenceQuerySet":
        """Asked for or in force: what was refused, taken back or ended says nothing about any day."""
        return self.filter(status__in=Absence.LIVE)

    def between(self, first: date, last: date) -> "AbsenceQuerySet":
        return self.filter(valid_from__lte=last, valid_until__gte=first)

    def named_on(self, on: date) -> "AbsenceQuerySet":
        return self.filter(status=Absence.Status.NAMED).between(on, on)

    def to_name(self, user: User, on: date) -> "AbsenceQuerySet":
        """Those that wait for this head."""
        if user.is_superuser:
            return self.none()
        asked = self.filter(status=Absence.Status.ASKED, valid_until__gte=on).exclude(stand_in=user)
        if user.has_role(Role.COORDINATOR_HEAD):
            return asked
        return asked.filter(agency__in=user.agency_ids(Role.AGENCY_HEAD), role__in=AGENCY_STAFF)


class Absence(Chain):
    """``assignment`` is what the naming wrote for the deputy; empty where they hold the role anyway."""

    class Status(models.TextChoices):
        ASKED = "ASKED", "Diminta"
        NAMED = "NAMED", "Ditetapkan"
        DECLINED = "DECLINED", "Tidak disetujui"
        WITHDRAWN = "WITHDRAWN", "Ditarik"
        ENDED = "ENDED", "Diakhiri"

    class Acting(models.TextChoices):
        PLH = "PLH", "Plh. (pejabatnya berhalangan sementara)"
        PLT = "PLT", "Plt. (jabatannya kosong)"

    LIVE = (Status.ASKED, Status.NAMED)

    STEPS = {
        "name": Step(
            "Tetapkan pengganti",
            "Pengganti ditetapkan",
            (Status.ASKED,),
            Status.NAMED,
            NAMING,
            help="Penggantinya mendapat penugasan yang sama pada tanggal itu. Penugasan itu berakhir sendiri.",
        ),
        "decline": Step(
            "Jangan setujui",
            "Tidak disetujui",
            (Status.ASKED,),
            Status.DECLINED,
            NAMING,
            note_required=True,
            help="Tulis alasannya; yang meminta membacanya.",
            ends_for_good=True,
        ),
        "withdraw": Step(
            "Tarik permintaan",
            "Permintaan ditarik",
            (Status.ASKED,),
            Status.WITHDRAWN,
            frozenset(),
            help="Permintaan ini tidak jadi. Yang baru dapat dibuat kapan saja.",
            ends_for_good=True,
        ),
        "end": Step(
            "Akhiri sekarang",
            "Diakhiri sebelum waktunya",
            (Status.NAMED,),
            Status.ENDED,
            NAMING,
            help="Yang digantikan bertugas lagi. Hak penggantinya berakhir kemarin; bila baru mulai hari ini, berakhir "
            "hari ini.",
            ends_for_good=True,
        ),
    }

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name="yang digantikan"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="perangkat daerah")
    role = models.CharField("peran", max_length=20, choices=Role.choices)
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name="pengganti"
    )
    replaces = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="jabatan yang diisi"
    )
    acting = models.CharField("kedudukan", max_length=3, choices=Acting.choices, blank=True)
    rank = models.CharField("pangkat pengganti", max_length=60, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="diminta oleh"
    )
    asked_at = models.DateTimeField("diminta", default=schema.now, editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name="ditetapkan oleh",
    )  # fmt: skip
    named_at = models.DateTimeField("ditetapkan", null=True, editable=False)
    assignment = models.OneToOneField(
        Assignment, models.PROTECT, null=True, editable=False, related_name="absence", verbose_name="penugasan"
    )
    official = models.OneToOneField(
        Official, models.PROTECT, null=True, editable=False, related_name="absence", verbose_name="pejabat sementara"
    )
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.ASKED, editable=False)

    objects = AbsenceQuerySet.as_manager()
    history = EditHistory(
        excluded_fields=["status", "asked_by", "asked_at", "named_by", "named_at", "assignment", "official"]
    )

    class Meta:
        verbose_name = "penggantian tugas"
        verbose_name_plural = "penggantian tugas"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")),
                name="p2emas_absence_dates",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("stand_in")),
                name="p2emas_absence_two_people",
                violation_error_message="Pilih orang lain sebagai pengganti.",
            ),
            models.CheckConstraint(
                condition=Q(named_by=None) | ~Q(named_by=F("stand_in")),
                name="p2emas_absence_named_by_another",
                violation_error_message="Pengganti tidak menetapkan dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["NAMED", "ENDED"]) | Q(named_by__isnull=False, named_at__isnull=False),
                name="p2emas_absence_named_when",
                violation_error_message="Pengganti yang ditetapkan mencatat oleh siapa dan kapan.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["NAMED", "ENDED"]) | Q(assignment=None, official=None),
                name="p2emas_absence_rights_when_named",
                violation_error_message="Hak baru ada sesudah pengganti ditetapkan.",
            ),
            models.CheckConstraint(
                condition=Q(acting="", replaces=None) | (~Q(acting="") & Q(replaces__isnull=False)),
                name="p2emas_absence_acts_in_an_office",
                violation_error_message="Plh. dan Plt. mengisi satu jabatan: isi keduanya, atau kosongkan keduanya.",
            ),
            models.UniqueConstraint(
                fields=["person", "agency", "role", "valid_from"],
                condition=Q(status__in=["ASKED", "NAMED"]),
                name="p2emas_absence_once",
                violation_error_message="Pengganti sejak tanggal itu sudah diminta.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in} menggantikan {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("staffing:absence-detail", args=[self.pk])

    @property
    def days(self) -> str:
        if self.valid_from == self.valid_until:
            return formats.long_date(self.valid_from)
        return f"{formats.long_date(self.valid_from)} sampai {formats.long_date(self.valid_until)}"

    @property
    def words(self) -> str:
        """The role at the agency, as an assignment says it."""
        return Assignment(agency=self.agency, role=self.role).words

    def is_over(self, on: date) -> bool:
        return self.status == self.Status.ENDED or (self.status == self.Status.NAMED and self.valid_until < on)

    def may_take(self, user: User | None, name: str) -> bool:
        """Who asked takes it back, and who is back ends it; nobody gives a right to themselves."""
        if user is None or not user.is_active or user.is_superuser:
            return False
        if name == "withdraw":
            return user.pk == self.asked_by_id
        if name == "end" and user.pk == self.person_id:
            return True
        if user.pk == self.stand_in_id:
            return False
        roles = self.roles_of(user)
        return Role.COORDINATOR_HEAD in roles or (self.role in AGENCY_STAFF and Role.AGENCY_HEAD in roles)

    def check_step(self, name: str) -> None:
        if name != "name":
            return
        today = clock.today()
        if self.valid_until < today:
            raise StepNotAllowed("Tanggal akhirnya sudah lewat. Jangan setujui, lalu buat permintaan baru.")
        if refusal := self.why_not(max(self.valid_from, today)):
            raise StepNotAllowed(refusal)

    def why_not(self, start: date) -> str | None:
        """Why this person cannot be the deputy from ``start`` to the end, as a sentence, or None."""
        person, stand_in = str(self.person), str(self.stand_in)
        if not self.stand_in.is_active or self.stand_in.is_superuser:
            return f"Akun {stand_in} tidak dapat dipakai untuk menggantikan."
        held = self.person.assignments.filter(agency=self.agency, role=self.role)
        if not held.overlapping(start, self.valid_until).exists():
            return f"{person} tidak memegang peran ini pada tanggal itu."
        away = Absence.objects.filter(status=self.Status.NAMED).between(start, self.valid_until)
        if away.filter(person=self.stand_in).exists():
            return f"{stand_in} sendiri tidak bertugas pada tanggal itu. Pilih orang lain."
        if self.role in COORDINATORS and self.agency_id != naming.current().lead_agency_id:
            return "Koordinator hanya bertugas di kantor pengelola program."
        same = self.stand_in.assignments.filter(agency=self.agency, role=self.role)
        if same.overlapping(start, self.valid_until).exists() and not self.holds_anyway(start):
            return f"{stand_in} memegang peran ini hanya pada sebagian tanggal itu. Sesuaikan tanggalnya."
        return why_not_together(self.role, self.agency, start)

    def holds_anyway(self, start: date) -> bool:
        """Whether the deputy has this role on all those days, so that nothing has to be written."""
        same = self.stand_in.assignments.filter(agency=self.agency, role=self.role, valid_from__lte=start)
        return same.filter(Q(valid_until=None) | Q(valid_until__gte=self.valid_until)).exists()

    def step_stamp(self, name: str, actor: User | None) -> Mapping[str, Any]:
        return {"named_by": actor, "named_at": clock.now()} if name == "name" else {}


def covered_by(user: User, on: date) -> models.QuerySet[Assignment]:
    """Assignments for which ``user`` may ask or name a deputy: their own, and those of whom they lead."""
    held = Assignment.objects.overlapping(on, None).filter(
        role__in=COVERED, user__is_active=True, user__is_superuser=False
    )
    if user.is_superuser:
        return held.none()
    if user.has_role(Role.COORDINATOR_HEAD):
        return held
    own = Q(user=user)
    if user.has_role(Role.COORDINATOR):
        own |= Q(role__in=COORDINATORS, agency=naming.current().lead_agency_id)
    own |= Q(role__in=AGENCY_STAFF, agency__in=user.agency_ids(Role.AGENCY_HEAD))
    return held.filter(own)


def possible_stand_ins(user: User, on: date) -> models.QuerySet[User]:
    """Who works at an agency where ``user`` asks for a deputy; a head of the lead office may choose anybody.

    The Inspektorat and leaders read what others do: they never do it for them.
    """
    held = Assignment.objects.overlapping(on, None)
    readers = held.filter(role__in=READERS)
    if not user.has_role(Role.COORDINATOR_HEAD):
        held = held.filter(agency__in=covered_by(user, on).order_by().values("agency"))
    people = User.objects.without_superusers().filter(is_active=True, pk__in=held.order_by().values("user"))
    return people.exclude(pk__in=readers.order_by().values("user")).order_by("name", "pk")
