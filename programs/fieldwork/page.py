"""What the field home, the screens and the page of a visit show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count
from django.urls import reverse

from districts.regions.models import Village
from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS
from p2emas.documents.models import Receipt
from p2emas.notifications.models import Notification
from p2emas.ui import formats
from p2emas.workflow.hooks import Hook
from p2emas.workflow.models import Step, last_notes
from programs.fieldwork.models import FieldPhoto, FieldReport, VisitedLine, VisitReply
from programs.fieldwork.months import Month, UnvisitedVillage, unvisited
from programs.fieldwork.rules import last_day_to_send, villages_to_visit
from programs.fieldwork.services import receipt_of_visit
from programs.fieldwork.words import output_words, present_words

SHOWN = 8
NEWS_SHOWN = 4
checks_due: Hook[[User, date], int] = Hook("how many packages of aid are to be counted, for the field home")


@dataclass(frozen=True)
class FieldHome:
    """The boxes of one facilitator, and what is asked of them."""

    user: User
    today: date

    @cached_property
    def villages(self) -> list[Village]:
        return villages_to_visit(self.user, self.today)

    @property
    def heading(self) -> str:
        return str(self.villages[0]) if len(self.villages) == 1 else "Lapangan"

    @cached_property
    def last_day(self) -> date | None:
        return last_day_to_send(self.user, self.today)

    @property
    def _mine(self):
        return FieldReport.objects.of_author(self.user)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        rows = dict(self._mine.order_by().values_list("status").annotate(Count("pk")))
        sent = sum(rows.get(status, 0) for status in ("SENT", "RETURNED", "REPLACED"))
        return {"draft": rows.get("DRAFT", 0), "waiting": rows.get("WAITING", 0), "sent": sent}

    @cached_property
    def open(self) -> list[FieldReport]:
        """What is not finished, the newest first: drafts and what waits for photos."""
        found = self._mine.filter(status__in=("DRAFT", "WAITING")).for_table().prefetch_related("photos")
        return list(found.order_by("-created_at", "-pk")[:SHOWN])

    @cached_property
    def last(self) -> list[FieldReport]:
        found = self._mine.filter(status__in=("SENT", "RETURNED")).for_table()
        return list(found.order_by("-sent_at", "-pk")[:3])

    @cached_property
    def asked(self) -> list[tuple[FieldReport, str]]:
        """Visits that a coordinator asks about, with the question."""
        returned = list(self._mine.filter(status="RETURNED").for_table()[:SHOWN])
        questions = last_notes(returned, "return")
        return [(each, questions.get(each.pk, "")) for each in returned]

    @cached_property
    def month(self) -> Month:
        return Month.of(self.today)

    @cached_property
    def unvisited(self) -> list[UnvisitedVillage]:
        return unvisited(self.month, user=self.user)

    @cached_property
    def checks(self) -> int:
        """Packages of aid that they count by now."""
        return checks_due(self.user, self.today)

    @cached_property
    def news(self) -> list[Notification]:
        """What they were told and have not read; they read no mail."""
        unread = Notification.objects.for_user(self.user).unread().prefetch_related("record")
        return list(unread[:NEWS_SHOWN])

    @property
    def has_to_do(self) -> bool:
        return bool(self.asked or self.unvisited or self.checks)


@dataclass(frozen=True)
class Screen:
    """One of the five screens of a visit."""

    number: int
    slug: str
    title: str
    button: str


SCREENS = (
    Screen(1, "waktu", "Di mana dan kapan", "Lanjut ke kejadian"),
    Screen(2, "kejadian", "Apa yang terjadi", "Lanjut ke foto"),
    Screen(3, "foto", "Foto", "Lanjut ke tempat"),
    Screen(4, "tempat", "Tempat", "Lanjut ke periksa"),
    Screen(5, "periksa", "Periksa", "Kirim kunjungan"),
)


def screen_after(screen: Screen) -> Screen:
    return SCREENS[screen.number]


def url_before(report: FieldReport, screen: Screen) -> str:
    """Where "Kembali" leads."""
    if screen.number == 1:
        return reverse("fieldwork:field-home")
    return reverse("fieldwork:visit-fill", args=[report.pk, SCREENS[screen.number - 2].slug])


def spot_words(report: FieldReport) -> str:
    if report.lat is None:
        return "Desa saja"
    return f"±{report.accuracy} meter" if report.accuracy is not None else "Letak tercatat"


@dataclass(frozen=True)
class CheckedFact:
    label: str
    value: str
    slug: str


def checked_facts(report: FieldReport) -> list[CheckedFact]:
    """What the last screen shows of each of the others; what is empty is said."""
    obstacle = {True: report.obstacle_text, False: "Tidak ada", None: ""}[report.has_obstacle]
    size = sum(each["size"] for each in report.photo_list)
    photos = f"{len(report.photo_list)} foto, {formats.file_size(size)}" if report.photo_list else "Tanpa foto"
    lines = ", ".join(
        f"{each}{' (belum mulai)' if each.not_begun else ''}"
        for each in report.lines.select_related("plan_line__activity")
    )
    return [
        CheckedFact("Kunjungan", f"{report.village}, {formats.long_date(report.visited_on)}", "waktu"),
        CheckedFact("Jenis", report.get_kind_display(), "waktu"),
        CheckedFact("Kegiatan", lines, "waktu"),
        CheckedFact("Hadir", present_words(report), "kejadian"),
        CheckedFact("Hasil bulan ini", output_words(report), "kejadian"),
        CheckedFact("Tulisan", report.text, "kejadian"),
        CheckedFact("Kendala", obstacle, "kejadian"),
        CheckedFact("Foto", photos, "foto"),
        CheckedFact("Tempat", spot_words(report), "tempat"),
    ]


@dataclass(frozen=True)
class VisitStep:
    name: str
    step: Step
    url: str


@dataclass(frozen=True)
class VisitPage:
    """The page of one visit, for its author, agencies and coordinators."""

    report: FieldReport
    user: User
    today: date

    @property
    def is_author(self) -> bool:
        return self.report.author_id == self.user.pk

    @cached_property
    def steps(self) -> list[VisitStep]:
        open_steps = self.report.open_steps(self.user)
        if not self.report.text_may_be_released(self.today):
            open_steps = [(name, step) for name, step in open_steps if name != "release_text"]
        return [
            VisitStep(name, step, reverse("fieldwork:visit-step", args=[self.report.pk, name]))
            for name, step in open_steps
            if not step.own_page
        ]

    @property
    def may_correct(self) -> bool:
        return self.is_author and self.report.status in FieldReport.STEPS["replace"].sources

    @property
    def may_reply(self) -> bool:
        return may_reply(self.user, self.report)

    @cached_property
    def question(self) -> str:
        if self.report.status != FieldReport.Status.RETURNED:
            return ""
        return last_notes([self.report], "return").get(self.report.pk, "")

    @cached_property
    def lines(self) -> list[VisitedLine]:
        found = self.report.lines.select_related("plan_line__activity", "plan_line__plan__agency")
        return list(found.order_by("plan_line__activity__name", "pk"))

    @cached_property
    def photos(self) -> list[FieldPhoto]:
        return list(self.report.photos.order_by("number"))

    @cached_property
    def replies(self) -> list[VisitReply]:
        return list(self.report.replies.select_related("author").order_by("at", "pk"))

    @cached_property
    def newer(self) -> FieldReport | None:
        return FieldReport.objects.for_user(self.user).filter(replaces=self.report).first()

    @cached_property
    def receipt(self) -> Receipt | None:
        return receipt_of_visit(self.report) if self.is_author else None

    @property
    def about(self) -> str:
        report = self.report
        where = f"{report.village}, {report.village.district}"
        return f"{report.number} · {where} · {report.author} · {report.get_kind_display().lower()}"

    @property
    def facts(self) -> list[dict[str, object]]:
        report = self.report
        told = [
            ("Hadir", present_words(report)),
            ("Hasil bulan ini", output_words(report)),
            ("Kendala", report.obstacle_text if report.has_obstacle else "Tidak ada"),
            ("Tempat", spot_words(report)),
            ("Tulisan diterima", formats.moment(report.received_at) if report.received_at else None),
            ("Lengkap", formats.moment(report.sent_at) if report.sent_at else None),
        ]
        return [{"label": label, "value": value} for label, value in told]


def may_reply(user: User, report: FieldReport) -> bool:
    """The author, the agencies that may read it, and coordinators; nobody rewrites it."""
    if report.status in (FieldReport.Status.DRAFT, FieldReport.Status.WAITING) or user.is_superuser:
        return False
    return report.author_id == user.pk or user.has_role(*COORDINATORS, *AGENCY_STAFF)
