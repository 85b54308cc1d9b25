"""Pre-service training: courses, sessions, attendance, and who passed."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.models import PERCENT, RecruitmentRound
from p2emas import schema
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.history.records import EditHistory

CODE_MARGIN = timedelta(minutes=30)  # before and after a session the code of the room is taken too


def may_manage_facilitators(user: User) -> bool:
    """Courses and placements are kept by BAPPEDA. A superuser repairs data and keeps no course."""
    return user.is_authenticated and not user.is_superuser and user.has_role(*COORDINATORS)


class CourseQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "CourseQuerySet":
        """Those who see everything; a facilitator their own courses."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(enrolments__facilitator__user=user)

    def for_table(self) -> "CourseQuerySet":
        return self.select_related("round")

    def with_counts(self) -> "CourseQuerySet":
        """``people``, ``passed`` and ``sittings`` of each course, by one query."""
        return self.annotate(
            people=models.Count("enrolments", distinct=True),
            passed=models.Count("enrolments", filter=Q(enrolments__outcome="PASSED"), distinct=True),
            sittings=models.Count("sessions", distinct=True),
        )

    def search(self, text: str) -> "CourseQuerySet":
        return self.filter(name__icontains=text.strip()) if text.strip() else self

    def in_year(self, year: int | None) -> "CourseQuerySet":
        return self.filter(starts__year=year) if year else self

    def held_between(self, first: date, last: date) -> "CourseQuerySet":
        return self.filter(starts__lte=last, ends__gte=first)

    def open(self) -> "CourseQuerySet":
        return self.filter(closed_at=None)


class Course(models.Model):
    """A course with its pass rule: enough sessions attended, and a final test of at least ``pass_mark``."""

    round = models.ForeignKey(
        RecruitmentRound,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name="tahap seleksi",
        help_text="Kosong: pelatihan penyegaran, bukan pembekalan dari satu tahap seleksi.",
    )
    name = models.CharField("nama pelatihan", max_length=120)
    place = models.CharField("tempat", max_length=160)
    starts = models.DateField("mulai")
    ends = models.DateField("selesai")
    min_attendance = models.DecimalField(
        "kehadiran paling sedikit (%)", max_digits=5, decimal_places=2, default=80, validators=PERCENT
    )
    pass_mark = models.DecimalField(
        "nilai lulus tes akhir", max_digits=5, decimal_places=2, default=60, validators=PERCENT
    )
    closed_at = models.DateTimeField("hasil ditutup", null=True, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)

    objects = CourseQuerySet.as_manager()
    history = EditHistory(excluded_fields=["closed_at"])

    class Meta:
        verbose_name = "pelatihan"
        verbose_name_plural = "pelatihan"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")),
                name="facilitators_course_dates",
                violation_error_message="Pelatihan tidak boleh selesai sebelum mulai.",
            ),
            models.CheckConstraint(
                condition=Q(min_attendance__gte=0, min_attendance__lte=100, pass_mark__gte=0, pass_mark__lte=100),
                name="facilitators_course_rule",
                violation_error_message="Aturan lulus antara 0 dan 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("training:course-detail", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def may_edit(self, user: User) -> bool:
        return self.closed_at is None and may_manage_facilitators(user)


class ThroughCourseQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ThroughCourseQuerySet":
        return self.filter(course__in=Course.objects.for_user(user))


class SessionQuerySet(ThroughCourseQuerySet):
    def with_counts(self) -> "SessionQuerySet":
        return self.annotate(present=models.Count("attendances"))

    def open_at(self, at: datetime) -> "SessionQuerySet":
        """Sessions that take signatures by code at the moment ``at``: half an hour around them, too."""
        return self.filter(starts_at__lte=at + CODE_MARGIN, ends_at__gte=at - CODE_MARGIN, course__closed_at=None)

    def with_code(self, code: str) -> "SessionQuerySet":
        return self.filter(code=code).select_related("course")


class EnrolmentQuerySet(ThroughCourseQuerySet):
    def for_user(self, user: User) -> "EnrolmentQuerySet":
        """Of a course, those who see everything read all, a facilitator their own row."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_everything else self.filter(facilitator__user=user)

    def for_table(self) -> "EnrolmentQuerySet":
        """Each with ``attended``, the number of sessions, and the application that it came from."""
        return self.select_related("facilitator__application__round", "facilitator__home_village").annotate(
            attended=models.Count("attendances")
        )

    def of_user(self, user: User) -> "EnrolmentQuerySet":
        return self.filter(facilitator__user=user)

    def for_home(self) -> "EnrolmentQuerySet":
        """Each with its course, ``attended`` and ``sittings``."""
        return self.select_related("course").annotate(
            attended=models.Count("attendances", distinct=True),
            sittings=models.Count("course__sessions", distinct=True),
        )

    def taking_part(self) -> "EnrolmentQuerySet":
        return self.exclude(outcome=Enrolment.Outcome.DROPPED)

    def passed(self) -> "EnrolmentQuerySet":
        return self.filter(outcome=Enrolment.Outcome.PASSED)


class Session(models.Model):
    """One sitting of a course; ``code`` is told in the room to those who sign in by phone."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sessions")
    topic = models.CharField("materi", max_length=160)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    code = models.CharField("kode hadir", max_length=6, default=schema.session_code, editable=False)

    objects = SessionQuerySet.as_manager()
    history = EditHistory(excluded_fields=["code"])

    class Meta:
        verbose_name = "sesi pelatihan"
        verbose_name_plural = "sesi pelatihan"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="facilitators_session_times",
                violation_error_message="Sesi harus selesai sesudah mulai.",
            )
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("training:attendance", args=[self.course_id, self.pk])

    @property
    def code_from(self) -> datetime:
        return self.starts_at - CODE_MARGIN

    @property
    def code_until(self) -> datetime:
        return self.ends_at + CODE_MARGIN

    def takes_code(self, at: datetime) -> bool:
        return self.code_from <= at <= self.code_until


class Enrolment(models.Model):
    """A facilitator in a course, and how it ended."""

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Sedang berjalan"
        PASSED = "PASSED", "Lulus"
        FAILED = "FAILED", "Tidak lulus"
        DROPPED = "DROPPED", "Gugur"

    course = models.ForeignKey(Course, models.CASCADE, related_name="enrolments")
    facilitator = models.ForeignKey(Facilitator, models.PROTECT, related_name="enrolments", verbose_name="pendamping")
    first_test = models.DecimalField(
        "tes awal", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    final_test = models.DecimalField(
        "tes akhir", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    outcome = models.CharField("hasil", max_length=7, choices=Outcome.choices, default=Outcome.OPEN, editable=False)
    outcome_reason = models.CharField("alasan", max_length=300, blank=True)

    objects = EnrolmentQuerySet.as_manager()
    history = EditHistory()

    class Meta:
        verbose_name = "peserta pelatihan"
        verbose_name_plural = "peserta pelatihan"
        ordering = ["facilitator__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "facilitator"],
                name="facilitators_enrolment_once",
                violation_error_message="Orang ini sudah menjadi peserta.",
            ),
            models.CheckConstraint(
                condition=(Q(first_test=None) | Q(first_test__gte=0, first_test__lte=100))
                & (Q(final_test=None) | Q(final_test__gte=0, final_test__lte=100)),
                name="facilitators_enrolment_tests",
                violation_error_message="Nilai tes antara 0 dan 100.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="DROPPED") | ~Q(outcome_reason=""),
                name="facilitators_enrolment_dropped_reasoned",
                violation_error_message="Tulis alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.facilitator)

    def get_absolute_url(self) -> str:
        return reverse("training:course-detail", args=[self.course_id])

    @property
    def is_dropped(self) -> bool:
        return self.outcome == self.Outcome.DROPPED


class Attendance(models.Model):
    """A participant was at a session. No row: not there."""

    class How(models.TextChoices):
        SHEET = "SHEET", "Daftar hadir"
        CODE = "CODE", "Kode di HP"

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendances")
    how = models.CharField("cara", max_length=5, choices=How.choices)
    at = models.DateTimeField("waktu", default=schema.now)

    history = EditHistory(excluded_fields=["at"])

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        ordering = ["session", "enrolment"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                name="facilitators_attendance_once",
                violation_error_message="Kehadiran ini sudah dicatat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.session}"
