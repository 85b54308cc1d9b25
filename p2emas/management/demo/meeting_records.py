"""Meetings of the demo as records: those that were reported in public, and one that is invented, with what was promised.

Reported are day, subject and what was said; what each agency promised on 20 September 2019 is invented. The evaluation of
13 December 2019 was reported too; on the demo's day it is ahead, so only that it is planned is told.
"""

from datetime import date, datetime, time

from districts.locations.models import TargetLocation
from p2emas import clock
from p2emas.accounts.models import Agency
from p2emas.management.demo.meetings import FIRST, PROGRESS, SELECTION, ReportedMeeting
from p2emas.management.demo.people import Cast
from p2emas.management.demo.plan_data import ENSAID, PAKAK, SOLAM
from programs.coordination.items import ActionItem
from programs.coordination.models import AgendaLine, Meeting
from programs.coordination.services import add_action_item, close_meeting, invite_to_meeting, prepare_meeting
from programs.evaluation.models import Evaluation
from programs.evaluation.services import decide_evaluation, draft_evaluation

PLACE, NOT_REPORTED = "Bappeda", "Tempatnya tidak diberitakan"
INVENTED, EVALUATION = date(2019, 9, 20), date(2019, 12, 13)
ANNOUNCED = "Pemberitaan rapat evaluasi 13 Desember 2019; pada hari demo baru direncanakan."
PROMISED = (  # agency, what, until when, what was done (none: still open), when
    ("dkpp", "Pindahkan jadwal tebar benih ke Februari", date(2019, 9, 30), "Dicatat dalam jadwal kelompok.", 27),
    ("disperindagkop", "Daftar calon toko untuk cabai olahan", date(2019, 10, 4), "Enam toko, dua bersedia.", 30),
    ("distanbun", "Jadwal serah terima bibit lada", date(2019, 10, 11), "", 0),
    ("dpupr", "Penyedia pengganti jalan usaha tani kopi", date(2019, 9, 30), "", 0),
)


def keep_meetings(cast: Cast) -> None:
    for reported in (FIRST, SELECTION, PROGRESS):
        _reported(reported, cast)
    _invented(cast)
    with clock.at(datetime(2019, 10, 8, 7)):
        _prepare(date(2019, 10, 15), "Rapat koordinasi triwulan III 2019", cast, is_sample=True)
        _prepare(EVALUATION, "Rapat evaluasi P2-EMAS 2019", cast, source=ANNOUNCED, starts=None)


def _reported(reported: ReportedMeeting, cast: Cast) -> None:
    with clock.at(datetime.combine(reported.day, time(13))):
        meeting = _prepare(reported.day, reported.about, cast, source=reported.source.partition(";")[0], starts=None)
        meeting.agenda.exclude(kind=AgendaLine.Kind.OTHER).delete()
        close_meeting(meeting, seen=meeting.status, actor=cast.coordinator, note="")


def _invented(cast: Cast) -> None:
    with clock.at(datetime(2019, 9, 13, 10)):
        meeting = _prepare(INVENTED, "Rapat koordinasi bulan September 2019", cast, is_sample=True)
        invite_to_meeting(meeting, seen=meeting.status, actor=cast.coordinator, note="")
    with clock.at(datetime.combine(INVENTED, time(12))):
        made = [(_promise(meeting, row, cast), row) for row in PROMISED]
        close_meeting(meeting, seen=meeting.status, actor=cast.coordinator, note="")
    for item, (code, _text, _due_on, done, day) in made:
        if done:
            with clock.at(datetime(2019, 9, day, 9)):
                item.take_step("close", seen=item.status, actor=cast.operators[code], note=done)


def _promise(meeting: Meeting, row: tuple[str, str, date, str, int], cast: Cast) -> ActionItem:
    code, text, due_on, *_done = row
    item = ActionItem(
        meeting=meeting, text=text, responsible=Agency.objects.get(code=code), due_on=due_on, is_sample=True
    )
    return add_action_item(item=item, by=cast.coordinator)


def _prepare(
    day: date, subject: str, cast: Cast, *, source: str = "", starts: time | None = time(9), is_sample: bool = False
) -> Meeting:
    meeting = Meeting(
        held_on=day,
        starts=starts,
        place=NOT_REPORTED if source and day != FIRST.day else PLACE,
        subject=subject[:300],
        source=source,
        is_sample=is_sample,
    )
    members = Agency.objects.members(day)
    return prepare_meeting(
        meeting=meeting, agencies=members if is_sample or day > clock.today() else [], by=cast.coordinator
    )


# Readiness: one village was judged, two wait for the head. None is ready, as on 13 December 2019, when it was said that
# success "cannot be judged with certainty yet".
REASON = (
    "DATA CONTOH. Kolam dan benih tersalur, tetapi pendapatan anggota turun sejak 2017 dan anggota aktif berkurang. "
    "Bantuan yang masih dipakai dan penjualan ke luar desa belum dicatat. Dinilai lagi setelah panen berikutnya."
)


def make_verdicts(cast: Cast, locations: dict[str, TargetLocation]) -> None:
    judged = _propose(cast, locations[SOLAM], datetime(2019, 9, 24, 9))
    with clock.at(datetime(2019, 9, 27, 10)):
        decide_evaluation(
            evaluation=judged, seen=judged.status, actor=cast.head, verdict=Evaluation.Verdict.NOT_YET, reason=REASON,
            sources="Rapat evaluasi triwulan, 26 September 2019 (contoh)",
        )  # fmt: skip
    for code in (ENSAID, PAKAK):
        _propose(cast, locations[code], datetime(2019, 10, 7, 14))


def _propose(cast: Cast, location: TargetLocation, moment: datetime) -> Evaluation:
    day = date(moment.year, moment.month, moment.day)
    with clock.at(moment):
        made = draft_evaluation(location=location, on=day, actor=cast.coordinator)
        made.take_step("submit", seen=made.status, actor=cast.coordinator)
    return made
