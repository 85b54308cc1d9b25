"""Seven quarters of reports in the demo: sent in time or late, returned, approved, waiting and missing."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.storing import store_file
from p2emas.history.records import set_author
from p2emas.management.demo.obstacles import send_on, write_trouble
from p2emas.management.demo.outputs import NOTHING_DELIVERED, output_value
from p2emas.management.demo.people import Cast
from p2emas.management.demo.plan_data import ACTIVE, INCOME, NO_WORK
from p2emas.management.demo.plans import planned_progress
from programs.framework.models import Indicator, IndicatorTarget
from programs.planning.models import PlanLine
from programs.reporting.filling.saving import begin
from programs.reporting.periods.locking import lock_period
from programs.reporting.periods.opening import open_period
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import IndicatorValue, ReportAttachment, ReportComment, ReportLine
from programs.reporting.sending.services import submit_report
from programs.reporting.verification.deciding import Decision, Remark, claim, decide

QUARTERS = [(2018, 1), (2018, 2), (2018, 3), (2018, 4), (2019, 1), (2019, 2), (2019, 3)]
LOCKED_UNTIL = (2019, 1)
TOKENS = UUID("6f0d6a0e-6a57-4d1b-9e59-0d3c2f6d2019")  # the same demo has the same receipts' tokens

# How fast an agency works: realised share of its target, and money spent for each percent of work. In 2018 so that the
# third quarter closes where the meeting of 1 October 2018 saw it: over 60 percent of the work, over Rp 1.5 billion.
PACE_2018 = {
    "distanbun": (1.00, 0.92), "dkpp": (0.97, 0.93), "dpupr": (0.97, 0.86), "dpmpd": (0.98, 0.94),
}  # fmt: skip
PACE = {
    "distanbun": (0.97, 0.90), "dkpp": (0.94, 0.88), "disperindagkop": (1.02, 0.93), "dpmpd": (0.95, 0.90),
    "disdikbud": (0.60, 0.85), "dpmptsp": (1.00, 0.95), "dpupr": (0.70, 0.62), "dinkes": (0.98, 0.92),
    "dlh": (1.01, 0.90), "bappeda": (1.04, 0.95),
}  # fmt: skip
# Calendar days after the due date on which a report came; everything else came in time.
LATE = {
    ("disdikbud", 2018, 4): 9, ("disdikbud", 2019, 1): 5, ("disdikbud", 2019, 2): 13, ("dpupr", 2019, 2): 7,
    ("distanbun", 2018, 4): 6, ("disperindagkop", 2019, 1): 2, ("dpmpd", 2019, 2): 1, ("dpupr", 2018, 3): 4,
}  # fmt: skip
NEVER_SENT = {("disdikbud", 2018, 3)}
RETURNED_ONCE = {("distanbun", 2019, 2), ("dkpp", 2018, 4), ("dpupr", 2019, 1)}
# How far the reports of TW III 2019 are on the demo's day.
NOW = {
    "bappeda": "approved", "disperindagkop": "approved", "dpmpd": "waiting", "dpmptsp": "waiting", "dlh": "waiting",
    "dinkes": "verifying", "dkpp": "returned", "distanbun": "draft", "dpupr": "draft", "disdikbud": "not_started",
}  # fmt: skip
NO_WORK_REASON = "Pengadaan diulang, pekerjaan belum mulai (contoh)."
NOT_SCHEDULED = "Belum dijadwalkan pada triwulan ini."


def make_reports(cast: Cast) -> None:
    for index, (year, quarter) in enumerate(QUARTERS):
        opened = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
        with clock.at(datetime(opened.year, opened.month, opened.day, 7, 30)):
            period = open_period(year=year, quarter=quarter, opened_by=cast.coordinator)
        reports = period.reports.select_related("agency", "period", "plan").order_by("agency__code")
        for number, report in enumerate(reports):
            _play(cast, report, index, number)
        if (year, quarter) <= LOCKED_UNTIL:
            with clock.at(datetime.combine(period.due_on + timedelta(days=30), datetime.min.time().replace(hour=14))):
                lock_period(period=period, actor=cast.head, seen=ReportingPeriod.Status.OPEN)


def _play(cast: Cast, report: ProgressReport, index: int, number: int) -> None:
    """Bring one report to where the story has it."""
    code, period = report.agency.code, report.period
    key = (code, period.year, period.number)
    fate = NOW[code] if (period.year, period.number) == QUARTERS[-1] else "approved"
    if report.plan_id is None or key in NEVER_SENT or fate == "not_started":
        return
    operator = cast.operators[code]
    sent = _send_day(report, key, number)
    with clock.at(sent - timedelta(hours=3)):
        begin(report, operator)
        _fill(report, operator, index, half=fate == "draft")
    if fate == "draft":
        return
    with clock.at(sent):
        _send(report, operator, f"{code}-{period.code}-1")
    checked = _check_day(sent, number)
    if fate == "waiting":
        return
    with clock.at(checked):
        claim(report=report, actor=cast.coordinator)
        send_on(report, cast.coordinator)
    if fate == "verifying":
        return
    if key in RETURNED_ONCE or fate == "returned":
        with clock.at(checked + timedelta(minutes=20)):
            _decide(report, cast.coordinator, Decision.RETURN, "Foto kegiatan belum ada.")
        if fate == "returned":
            return
        again = _office_day(checked + timedelta(days=2))
        with clock.at(again):
            _correct(report, operator)
            _send(report, operator, f"{code}-{period.code}-2")
        checked = _office_day(again + timedelta(days=1))
        with clock.at(checked):
            claim(report=report, actor=cast.coordinator)
    with clock.at(checked + timedelta(minutes=30)):
        _decide(report, cast.coordinator, Decision.APPROVE, "")


def _send_day(report: ProgressReport, key: tuple, number: int) -> datetime:
    """In time: spread over the last office days before the due date; TW III 2019 up to the demo's eve."""
    late = LATE.get(key, 0)
    day = report.due_on + timedelta(days=late) if late else report.due_on - timedelta(days=number % 4)
    return _office_day(datetime(day.year, day.month, day.day, 13, 5 + number), back=not late)


def _check_day(sent: datetime, number: int) -> datetime:
    """The next office day at ten; on the demo's day that would be still to come for a person who looks before ten."""
    checked = _office_day(sent + timedelta(days=1)).replace(hour=10, minute=5 * number)
    return checked if checked.date() < clock.today() else sent + timedelta(hours=1)


def _office_day(moment: datetime, *, back: bool = False) -> datetime:
    while moment.weekday() >= 5:
        moment += timedelta(days=-1 if back else 1)
    return moment


def _by(record, user: User):
    set_author(record, user)
    return record


def _fill(report: ProgressReport, operator: User, index: int, *, half: bool) -> None:
    lines = list(
        report.lines.select_related("plan_line__activity", "plan_line__target_location__village").order_by("pk")
    )
    for position, line in enumerate(lines):
        if half and position >= (len(lines) + 1) // 2:
            break
        _fill_line(line, report, operator)
    if half:
        return
    _fill_indicators(report, operator, index)
    _tell(report, operator)
    if report.period.number >= 2 and report.agency.code in ("disperindagkop", "distanbun", "dlh"):
        _attach_photo(report, lines[0], operator)


def _fill_line(line: ReportLine, report: ProgressReport, operator: User) -> None:
    plan_line, quarter = line.plan_line, report.period.number
    percent = _percent_done(plan_line, report, quarter)
    if not percent:
        line.nil_reason = NO_WORK_REASON if _has_no_work(plan_line, report) else NOT_SCHEDULED
    line.physical_to_date = Decimal(min(100, round(percent)))
    line.spent_to_date = spent_to_date(plan_line, report, quarter)
    _by(line, operator).save()


def pace_of(code: str, year: int) -> tuple[float, float]:
    return PACE_2018.get(code, PACE[code]) if year == 2018 else PACE[code]


def spent_to_date(plan_line: PlanLine, report: ProgressReport, quarter: int) -> int:
    """What a line has cost at the end of ``quarter`` of the report's year."""
    percent, price = _percent_done(plan_line, report, quarter), _pace(report)[1]
    return plan_line.amount * round(min(100, percent) * price) // 100 // 50_000 * 50_000


def _pace(report: ProgressReport) -> tuple[float, float]:
    return pace_of(report.agency.code, report.period.year)


def work_is_missing(plan_line: PlanLine, year: int) -> bool:
    village = plan_line.target_location.village.code if plan_line.target_location else ""
    return village in NO_WORK and year == 2019


def _has_no_work(plan_line: PlanLine, report: ProgressReport) -> bool:
    return work_is_missing(plan_line, report.period.year)


def _percent_done(plan_line: PlanLine, report: ProgressReport, quarter: int) -> float:
    """Physical progress at the end of ``quarter`` of the report's year; none where the village has no work."""
    if _has_no_work(plan_line, report):
        return 0
    return planned_progress(plan_line.start_month)[quarter - 1] * _pace(report)[0] if quarter else 0


def _fill_indicators(report: ProgressReport, operator: User, index: int) -> None:
    lines = {line.plan_line.activity_id: line.plan_line for line in report.lines.select_related("plan_line__activity")}
    targets = IndicatorTarget.objects.filter(indicator__activity__in=lines, year=report.period.year)
    for target in targets.select_related("indicator__activity"):
        indicator, quarter = target.indicator, report.period.number
        activity = indicator.activity
        assert activity is not None  # the targets were asked for by it
        if indicator.ledger == Indicator.Ledger.WELFARE:
            value, missing = _welfare(indicator, activity.name, index), "Catatan pendamping belum lengkap (contoh)."
        else:
            line = lines[activity.pk]
            done = [round(_percent_done(line, report, number)) for number in (quarter - 1, quarter)]
            assert target.target is not None  # the demo sets one for every output
            value, missing = output_value(line.chain_link, float(target.target), *done), NOTHING_DELIVERED
        record = IndicatorValue(
            report=report,
            indicator=indicator,
            village=target.village,
            value=None if value is None else Decimal(value),
            missing_reason=missing if value is None else "",
            source=indicator.source,
            entered_by=operator,
        )
        _by(record, operator).save()


def _welfare(indicator: Indicator, activity: str, index: int) -> int | None:
    if not indicator.counts_people:
        return INCOME[activity][2][index]
    both = ACTIVE[activity][1][index]
    if both is None:
        return None
    return {"": sum(both), "FEMALE": both[0], "MALE": both[1]}[indicator.of_sex]


def _next_step(report: ProgressReport) -> str:
    """The evaluation of the year was held on 13 December 2019, after the demo's day: here it is only planned."""
    if (report.agency.code, report.period.year, report.period.number) == ("bappeda", 2019, 3):
        return "Rapat evaluasi P2-EMAS 2019 direncanakan 13 Desember 2019."
    return "Melanjutkan kegiatan sesuai jadwal (contoh)."


def _tell(report: ProgressReport, operator: User) -> None:
    obstacle = write_trouble(report, operator)
    report.refresh_from_db()
    report.has_obstacles = obstacle is not None
    report.supporting_factor = "Kelompok sudah bekerja sebelum program (contoh)."
    report.hindering_factor = "Jarak dan cuaca (contoh)."
    report.next_step = _next_step(report)
    report.next_plan_step = "Kegiatan yang belum tuntas diusulkan lagi (contoh)." if report.period.number > 2 else ""
    _by(report, operator).save()


def _correct(report: ProgressReport, operator: User) -> None:
    """What the return asked for: a photo on the first line."""
    report.refresh_from_db()
    _attach_photo(report, report.lines.order_by("pk")[0], operator)


def _attach_photo(report: ProgressReport, line: ReportLine, operator: User) -> None:
    name = f"{report.agency.code}-{report.period.code}.png"
    store_file(
        ReportAttachment,
        owner=report,
        upload=SimpleUploadedFile(name, _picture(line, report), content_type="image/png"),
        user=operator,
        line=line,
        kind=ReportAttachment.Kind.PHOTO,
        caption=f"{line.plan_line.activity.name} (DATA CONTOH)"[:160],
    )


def _picture(line: ReportLine, report: ProgressReport) -> bytes:
    """A drawn picture that cannot be taken for a photo of a real place."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (960, 640), "#DCE8F5")
    draw = ImageDraw.Draw(image)
    seed = line.pk * 37 + report.period.number
    draw.rectangle((0, 420, 960, 640), fill="#8FB58A")
    for tree in range(9):
        left = (seed * (tree + 3) * 53) % 900
        draw.polygon([(left, 430), (left + 30, 300), (left + 60, 430)], fill="#3F7C54")
    draw.rectangle((300, 300, 660, 470), fill="#C9A26B")
    draw.polygon([(270, 300), (480, 200), (690, 300)], fill="#7A4A2B")
    draw.text((24, 24), f"DATA CONTOH - {line.plan_line.activity.name}", fill="#1A1D21", font_size=30)
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def _send(report: ProgressReport, operator: User, name: str) -> None:
    report.refresh_from_db()
    today = clock.today()
    submit_report(
        report=report,
        seen=report.status,
        version=report.version,
        actor=operator,
        client_token=uuid5(TOKENS, name),
        signer=report.agency.officials.in_force(today).first(),
        letter_no=f"090/{report.pk}/{report.agency.code.upper()}/{today.year} (contoh)",
        letter_date=today,
    )


def _decide(report: ProgressReport, coordinator: User, decision: Decision, note: str) -> None:
    report.refresh_from_db()
    requests = []
    if decision == Decision.RETURN:
        line = report.lines.order_by("pk")[0]
        requests = [Remark("Foto kosong. Mohon lampirkan foto kegiatan ini.", False, line.pk, ReportComment.NO_PHOTO)]
    decide(
        report=report, actor=coordinator, decision=decision, seen=report.status, version=report.version, note=note,
        requests=requests,
    )  # fmt: skip
