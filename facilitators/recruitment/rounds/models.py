"""A round that recruits facilitators: places, schedule, and the chain from its announcement to its result."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from districts.regions.models import YEARS
from facilitators.recruitment.rounds.chain import RoundChain
from facilitators.recruitment.rounds.querysets import RecruitmentRoundQuerySet
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.accounts.signed_in import Anyone
from p2emas.documents.models import Decree
from p2emas.history.records import EditHistory
from p2emas.instruments.models import OnMinutes
from p2emas.ui import formats
from p2emas.workflow.models import DecidedChain, StepNotAllowed

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class RecruitmentRound(RoundChain, OnMinutes):
    """One open recruitment: what is sought, until when, how it is judged, and how it was decided."""

    class Scale(models.TextChoices):
        FIVE = "FIVE", "1 sampai 5"
        HUNDRED = "HUNDRED", "0 sampai 100"

    code = models.SlugField(
        "kode",
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Pakai huruf kecil, angka, dan tanda hubung.")],
        help_text="Bagian alamat web, misalnya pendamping-2020.",
        error_messages={"unique": "Kode ini sudah dipakai."},
    )
    name = models.CharField("nama tahap seleksi", max_length=120, help_text="Misalnya Pendamping masyarakat 2020.")
    year = models.PositiveSmallIntegerField("tahun kerja", validators=YEARS, help_text="Tahun mulai bertugas.")
    intro = models.TextField("pengantar", help_text="Dua tiga kalimat: tugas pendamping dan untuk siapa.")
    terms = models.TextField(
        "masa kerja dan imbalan", blank=True, help_text="Lama kontrak, tempat tinggal, dan imbalan."
    )
    opens_at = models.DateTimeField("pendaftaran dibuka")
    closes_at = models.DateTimeField("pendaftaran ditutup", help_text="Tepat sampai detiknya, waktu server.")
    test_on = models.DateField("tes tertulis", null=True, blank=True)
    interviews_on = models.DateField("wawancara mulai", null=True, blank=True)
    announced_on = models.DateField("pengumuman", null=True, blank=True, help_text="Rencana tanggalnya.")
    training_on = models.DateField("pembekalan mulai", null=True, blank=True)
    objections_until = models.DateField(
        "masa sanggah sampai", null=True, blank=True, help_text="Hari terakhir keberatan diterima."
    )
    contact = models.CharField(
        "kontak", max_length=200, help_text="Nama jabatan dan nomor yang dapat ditelepon atau di-WhatsApp."
    )
    scale = models.CharField("skala nilai panel", max_length=7, choices=Scale.choices, default=Scale.FIVE)
    weight_test = models.DecimalField("bobot tes", max_digits=5, decimal_places=2, default=30, validators=PERCENT)
    weight_dossier = models.DecimalField("bobot berkas", max_digits=5, decimal_places=2, default=30, validators=PERCENT)
    weight_interview = models.DecimalField(
        "bobot wawancara", max_digits=5, decimal_places=2, default=40, validators=PERCENT
    )
    pass_mark = models.DecimalField(
        "nilai lulus tes",
        max_digits=5,
        decimal_places=2,
        default=60,
        validators=PERCENT,
        help_text="0 sampai 100. Yang di bawahnya tidak diundang wawancara.",
    )
    reserve_quota = models.PositiveSmallIntegerField(
        "cadangan", default=3, help_text="Berapa pelamar yang menjadi cadangan untuk tiap formasi."
    )
    panels = models.PositiveSmallIntegerField(
        "jumlah panel",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="Lebih dari satu: pelamar dibagi, dan nilai disetarakan antar-panel (nilai z).",
    )
    nik_per_hour = models.PositiveSmallIntegerField(
        "NIK yang dibuka seseorang dalam satu jam",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text="1 sampai 500. Kosongkan agar batas yang biasa berlaku.",
    )
    discussion = models.TextField("catatan pembahasan", blank=True)
    decree = models.ForeignKey(
        Decree, models.PROTECT, null=True, blank=True, related_name="recruitments", verbose_name="keputusan"
    )
    inputs = models.JSONField("masukan yang dipakai", null=True, editable=False)
    results = models.JSONField("hasil hitungan", null=True, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    is_sample = models.BooleanField("data contoh", default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(
        "status", max_length=10, choices=RoundChain.Status.choices, default=RoundChain.Status.DRAFT, editable=False
    )
    announced_at = models.DateTimeField(null=True, editable=False)

    objects = RecruitmentRoundQuerySet.as_manager()
    history = EditHistory(
        excluded_fields=[
            "status",
            *DecidedChain.STAMPS,
            "announced_at",
            "inputs",
            "results",
            "last_number",
            "version",
        ]
    )

    class Meta:
        verbose_name = "tahap seleksi"
        verbose_name_plural = "tahap seleksi"
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="facilitators_recruitmentround_dates",
                violation_error_message="Pendaftaran harus ditutup sesudah dibuka.",
            ),
            models.CheckConstraint(
                condition=Q(weight_test__gte=0, weight_dossier__gte=0, weight_interview__gte=0)
                & (Q(weight_test__gt=0) | Q(weight_dossier__gt=0) | Q(weight_interview__gt=0)),
                name="facilitators_recruitmentround_weights",
                violation_error_message="Bobot tidak boleh negatif, dan sedikitnya satu di atas 0.",
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=0, pass_mark__lte=100),
                name="facilitators_recruitmentround_pass_mark",
                violation_error_message="Nilai lulus tes antara 0 dan 100.",
            ),
            models.CheckConstraint(
                condition=Q(panels__gte=1),
                name="facilitators_recruitmentround_panels",
                violation_error_message="Sedikitnya satu panel.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(submitted_by=F("decided_by")),
                name="facilitators_recruitmentround_submitter_not_decider",
                violation_error_message="Yang mengajukan tidak boleh memutuskan.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("DRAFT", "PUBLISHED", "CLOSED", "SELECTION", "CANCELLED"))
                | Q(inputs__isnull=False, results__isnull=False),
                name="facilitators_recruitmentround_keeps_results",
                violation_error_message="Masukan dan hasil hitungan harus tersimpan sebelum diajukan.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("recruitment:round-detail", args=[self.code])

    def page_for(self, reader: Anyone) -> str:
        """The page of the office for those who may open it, for everybody else the public one."""
        if isinstance(reader, User):
            asks = reader.sees_everything or reader.has_role(Role.PANELIST)  # others need no look at its seats
            if asks and self.may_read_office(reader):
                return self.get_absolute_url()
        return reverse("recruitment:vacancy", args=[self.code])

    @property
    def is_called_off(self) -> bool:
        return self.status == self.Status.CANCELLED

    def is_accepting(self, at: datetime) -> bool:
        return self.status == self.Status.PUBLISHED and self.opens_at <= at < self.closes_at

    def seats_of(self, user: User) -> bool:
        """Without a query where the seats were prefetched with the round."""
        if "seats" in getattr(self, "_prefetched_objects_cache", {}):
            return any(seat.user_id == user.pk for seat in self.seats.all())
        return self.seats.filter(user=user).exists()

    def corrected_by(self, user: User) -> bool:
        """Asked only where it can matter: nobody decides before the result is submitted."""
        if self.status != self.Status.SUBMITTED:
            return False
        return self.seats.filter(sheets__scores__corrections__by=user).exists()

    def step_stamp(self, name: str, actor: User | None) -> dict[str, object]:
        if name == "submit":
            return {"submitted_by": actor, "submitted_at": clock.now()}
        if name == "send_back":
            return {"submitted_by": None, "submitted_at": None, "inputs": None, "results": None}
        if name == "announce":
            return {"announced_at": clock.now()}
        return {"decided_by": actor, "decided_at": clock.now()} if name == "decide" else {}

    def check_step(self, name: str) -> None:
        if name == "publish":
            self._check_complete()
        if name == "submit":
            self.check_has_minutes()
        if name == "close" and clock.now() < self.closes_at:
            raise StepNotAllowed("Pendaftaran masih dibuka. Tutup sesudah batas waktunya lewat.")
        if name == "start_selection" and (waiting := self.applications.being_checked().count()):
            raise StepNotAllowed(f"Masih ada {waiting} lamaran yang berkasnya belum selesai diperiksa.")
        if name == "announce" and self.objections_until and self.objections_until < clock.today():
            sentence = "Masa sanggah berakhir %s, sebelum hasilnya diumumkan. Undurkan dahulu tanggalnya."
            raise StepNotAllowed(sentence % formats.long_date(self.objections_until))
        if name == "back_to_checking" and self.applications.scored().exists():
            raise StepNotAllowed("Sudah ada nilai tes atau nilai panel, jadi pemeriksaan berkas tetap ditutup.")

    def _check_complete(self) -> None:
        if not self.places.exists():
            raise StepNotAllowed("Isi sedikitnya satu formasi (desa) sebelum menerbitkan.")
        if not self.requirements.exists() or not self.documents.exists():
            raise StepNotAllowed("Isi syarat dan berkas yang diminta sebelum menerbitkan.")
        parts = set(self.criteria.filter(weight__gt=0).values_list("part", flat=True))
        if parts != {"DOSSIER", "INTERVIEW"}:
            raise StepNotAllowed("Isi rubrik berkas dan rubrik wawancara, masing-masing dengan bobot.")
        if clock.now() >= self.closes_at:
            raise StepNotAllowed("Batas pendaftaran sudah lewat. Ubah dulu jadwalnya.")


class ThroughRecruitmentQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "ThroughRecruitmentQuerySet":
        return self.filter(round__in=RecruitmentRound.objects.for_user(user))

    def public(self) -> "ThroughRecruitmentQuerySet":
        return self.filter(round__in=RecruitmentRound.objects.public())
