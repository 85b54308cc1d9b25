"""What a meeting has to talk about, gathered from what is open; a line that has nothing to say is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q, Sum

from districts.competencies.models import CompetencyDetermination
from districts.locations.models import TargetLocation
from districts.locations.rounds.models import SelectionRound
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.naming import said
from p2emas.ui import formats
from programs.coordination.items import ActionItem
from programs.coordination.models import AgendaLine, Meeting
from programs.obstacles.models import Obstacle
from programs.planning.models import PlanLine
from programs.reporting.reading.approved import Published, published_lines
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.weighing import CEILING, put_together, weighed

Kind = AgendaLine.Kind
NAMED = 5  # names that a line gives before it says how many others there are
SMALL = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]


@dataclass(frozen=True)
class Gathered:
    """One line: what, which, who speaks about it and for how long."""

    kind: str
    title: str
    detail: str
    presenter: str
    minutes: int
    obstacles: tuple[Obstacle, ...] = ()


def gather_agenda(meeting: Meeting, today: date) -> dict[str, Gathered]:
    """Kind -> its line, in the order of the agenda. A meeting that was before ``today`` has nothing of what is open."""
    if meeting.is_recorded_late(today):
        return {}
    found = [line for make in GATHERING if (line := make(meeting, today)) is not None]
    return {line.kind: line for line in found}


def words_of_line(line: AgendaLine, found: Gathered) -> tuple[str, str, str, int]:
    """Title, detail, presenter and minutes: what somebody wrote, and of the rest what is gathered."""
    title, detail = line.title or found.title[:200], line.detail or found.detail[:600]
    minutes = found.minutes if line.minutes_planned is None else line.minutes_planned
    return title, detail, line.presenter or found.presenter[:120], minutes


def previous_meeting(meeting: Meeting) -> Meeting | None:
    return Meeting.objects.held_before(meeting.held_on).first()


def _promises(meeting: Meeting, today: date) -> Gathered | None:
    promised = list(ActionItem.objects.promised_before(meeting, previous_meeting(meeting)).values_list("status"))
    if not promised:
        return None
    still = sum(status == ActionItem.Status.OPEN for (status,) in promised)
    detail = f"{still} dari {len(promised)} masih terbuka" if still else f"{len(promised)} sudah selesai"
    return Gathered(Kind.PROMISES, "Janji rapat lalu", detail, said("{Office}"), 10)


def _obstacles(meeting: Meeting, today: date) -> Gathered | None:
    """Those without an answer by the day of the meeting; others that are open are counted."""
    late = tuple(Obstacle.objects.for_agenda(meeting.held_on))
    others = Obstacle.objects.unsolved().order_by().count() - len(late)
    if not late and not others:
        return None
    rest = f"{_count(others)} kendala lain masih terbuka" if others else ""
    if not late:
        return Gathered(Kind.OBSTACLES, f"{_capital(_count(others))} kendala terbuka", "", "Penjawab masing-masing", 20)
    places = _names([_place(each) for each in late])
    detail = f"{places}. {_capital(rest)}" if rest else places
    title = f"{_capital(_count(len(late)))} kendala yang batas jawabannya lewat"
    return Gathered(Kind.OBSTACLES, title, detail, "Penjawab masing-masing", 40, late)


def added_since(meeting: Meeting) -> tuple[Obstacle, ...]:
    """What became overdue between the invitation and the meeting: on the agenda all the same, as an addition."""
    if meeting.status != Meeting.Status.INVITED:
        return ()
    there = AgendaLine.objects.filter(meeting=meeting, obstacles__isnull=False)
    return tuple(Obstacle.objects.for_agenda(meeting.held_on).exclude(pk__in=there.values("obstacles")))


def added_words(obstacles: tuple[Obstacle, ...]) -> str:
    return f"Menyusul: {_names([_place(each) for each in obstacles])}"


def _place(obstacle: Obstacle) -> str:
    where = obstacle.village.name if obstacle.village else obstacle.get_kind_display()
    return f"{where} ({obstacle.responsible})"


def _reports(meeting: Meeting, today: date) -> Gathered | None:
    overdue = ProgressReport.objects.overdue(today).filter(period__status=ReportingPeriod.Status.OPEN)
    late = list(overdue.select_related("agency", "period").order_by("due_on", "pk"))
    if not late:
        return None
    names = _names([f"{report.agency} {report.period.short}" for report in late])
    return Gathered(Kind.REPORTS, f"{_capital(_count(len(late)))} laporan terlambat", names, "Kepala SKPD", 15)


def _villages(meeting: Meeting, today: date) -> Gathered | None:
    """Target locations in force where no plan in force has any work."""
    planned = PlanLine.objects.in_force(today).placed().filter(place_village__isnull=False).order_by()
    idle = TargetLocation.objects.in_force(today).exclude(village__in=planned.values("place_village"))
    rows = list(idle.select_related("village").order_by("village__name", "pk"))
    if not rows:
        return None
    title = f"{_capital(_count(len(rows)))} desa tanpa kegiatan tahun ini"
    return Gathered(Kind.VILLAGES, title, _names([row.village.name for row in rows]), "Camat", 20)


def _decisions(meeting: Meeting, today: date) -> Gathered | None:
    """What was submitted or waits for its decree. The meeting does not decide it: the head takes the step."""
    waiting = [name for record, name in _unfinished() if record.status in ("SUBMITTED", "DECIDED")]
    if not waiting:
        return None
    title = f"{_capital(_count(len(waiting)))} keputusan menunggu"
    detail = said(f"{_names(waiting)}. Tidak diputuskan rapat; langkahnya tetap pada {{office_head}}")
    return Gathered(Kind.DECISIONS, title, detail, said("{Office}"), 15)


def _unfinished() -> Iterator[tuple[Any, str]]:
    for determination in CompetencyDetermination.objects.unfinished().for_table():
        yield determination, f"kompetensi inti {determination.district}"
    for selection in SelectionRound.objects.unfinished():
        yield selection, f"lokasi sasaran {selection}"
    for recruitment in RecruitmentRound.objects.unfinished():
        yield recruitment, f"pendamping {recruitment}"


def _figures(meeting: Meeting, today: date) -> Gathered | None:
    """Of the newest quarter with approved reports, as the dashboard has them: weighed with the ceilings."""
    reports = ProgressReport.objects.published().select_related("period").order_by("-period__year", "-period__number")
    newest = reports.first()
    if newest is None:
        return None
    period = newest.period
    own = [Published.of(report) for report in reports.filter(period=period)]
    amount, spent, done = 0, 0, Fraction(0)
    for lines in published_lines(own):
        counted = lines.in_program_budget().exclude(spent_to_date=None)
        counted = counted.filter(~Q(physical_to_date=None) | ~Q(carried="")).order_by()
        sums = counted.aggregate(
            amount=Sum(CEILING, default=0), spent=Sum("spent_to_date", default=0), **weighed("done", "physical_to_date")
        )
        amount, spent = amount + int(sums["amount"]), spent + int(sums["spent"])
        done += put_together(sums["done_millions"], sums["done_rest"])
    if not amount:
        return None
    money = formats.percent(Fraction(spent * 100, amount))
    detail = f"Fisik {formats.percent(done / amount)}, keuangan {money}; {len(own)} laporan disetujui"
    return Gathered(Kind.FIGURES, f"Angka {period.short}", detail, said("{Office}"), 20)


GATHERING: tuple[Callable[[Meeting, date], Gathered | None], ...] = (
    _promises,
    _obstacles,
    _reports,
    _villages,
    _decisions,
    _figures,
)


def _names(names: list[str]) -> str:
    rest = len(names) - NAMED
    return "; ".join(names[:NAMED]) + (f"; dan {rest} lainnya" if rest > 0 else "")


def _count(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else formats.number(number, 0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
