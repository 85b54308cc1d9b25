"""WHO of the demo: the round of 2017, the work of 2018 and 2019 that came of it, and a round that is open for trying.

Facilitators sat in the workshop of 17 October 2017, so they were chosen before it.
The programme recruited in 2017; every person, number, score and day here is invented and marked.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from districts.locations.decrees.drafting import draft_decided
from districts.locations.decrees.services import enact_decree
from districts.locations.models import TargetLocation
from facilitators.recruitment.applications.checking import save_check
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.conflicts import record_conflict
from facilitators.recruitment.panel.interviews import invite_all, plan_interviews
from facilitators.recruitment.panel.scoring import save_sheet
from facilitators.recruitment.panel.seating import save_panel_seats
from facilitators.recruitment.panel.written_test import WrittenResult, apply_results, save_results
from facilitators.recruitment.privacy.personal import open_nik
from facilitators.recruitment.result.announcing import announce_round
from facilitators.recruitment.result.choosing import save_applicant_choices, submit_recruitment
from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.result.deciding import decide_recruitment
from facilitators.recruitment.result.inputs import inputs_digest, selection_inputs
from facilitators.recruitment.result.pending import suggestions
from facilitators.recruitment.rounds.framing import create_recruitment, save_places
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.status.withdrawing import withdraw_application
from p2emas import clock
from p2emas.management.demo.applicants import ask_for_papers, send, start
from p2emas.management.demo.meetings import ReportedMeeting, record_meeting
from p2emas.management.demo.people import Cast
from p2emas.management.demo.pilots import EXPANSION, PILOTS, SAMPLE_SOURCE, SIGNER

APPLICANTS = 24
WITHDRAWN, TOO_YOUNG, NO_PAPER = 5, (11, 19), 16  # by their serial number
ABSENT, FAILED = (8, 21), (3, 13, 17, 22)  # at the test
INTRO = (
    "Pendamping masyarakat tinggal di lokasi sasaran, menggerakkan kelompok yang sudah ada, memantau bantuan, dan melaporkan "
    "apa adanya sampai kegiatannya selesai."
)
TERMS = "Kontrak satu tahun, dapat diperpanjang sesudah penilaian kinerja. Tinggal di desa tugas (contoh)."
CONTACT = "Sekretariat seleksi BAPPEDA, (0565) 000-000 (contoh)"
CHOICE = ReportedMeeting(date(2017, 9, 19), "050/436/BA/2017", "Seleksi pendamping masyarakat 2018", SAMPLE_SOURCE)
OPEN_CODE = "ABCDE23456"  # of a draft that the README names, for trying to come back


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def recruit(cast: Cast, locations: dict[str, TargetLocation]) -> RecruitmentRound:
    """The round of 2017 from its publication to the announcement."""
    record = _published(cast, [locations[choice.village] for choice in PILOTS])
    _applied(record)
    _checked(record, cast)
    _tested(record, cast)
    _judged(record, cast)
    _decided(record, cast)
    return record


def _published(cast: Cast, where: list[TargetLocation]) -> RecruitmentRound:
    with clock.at(local(2017, 7, 28, 9)):
        record = create_recruitment(
            fields={
                "code": "pendamping-2018", "name": "Pendamping masyarakat 2018", "year": 2018, "intro": INTRO,
                "terms": TERMS, "opens_at": local(2017, 7, 31, 8), "closes_at": local(2017, 8, 18, 16),
                "test_on": date(2017, 8, 26), "interviews_on": date(2017, 9, 11), "announced_on": date(2017, 9, 26),
                "training_on": date(2017, 12, 4), "objections_until": date(2017, 10, 10), "contact": CONTACT,
                "reserve_quota": 1, "is_sample": True,
            }
        )  # fmt: skip
        ask_for_papers(record)
        save_places(record=record, seen=record.version, numbers={each.pk: 1 for each in where})
        record.refresh_from_db()
        save_panel_seats(record=record, seen=record.version, panels={user.pk: 1 for user in cast.assessors})
        record.refresh_from_db()
        record.take_step("publish", seen="DRAFT", actor=cast.coordinator)
    return record


def _applied(record: RecruitmentRound) -> None:
    places = list(record.places.order_by("pk").values_list("pk", flat=True))
    for number in range(1, APPLICANTS + 1):
        with clock.at(local(2017, 7, 31, 9) + timedelta(hours=16 * number, minutes=7 * number)):
            wishes = [places[(number + step * 3) % len(places)] for step in range(2)]
            name = f"Pelamar {number:02d} (contoh)"
            sent = send(start(record, number, name=name, wishes=wishes))
    with clock.at(local(2017, 8, 18, 12)):
        sent = _applicant(record, WITHDRAWN)
        withdraw_application(application=sent, arrived=clock.now())
    with clock.at(local(2017, 8, 21, 8)):
        record.refresh_from_db()


def _applicant(record: RecruitmentRound, number: int) -> Application:
    return record.applications.get(number=f"LMR-{record.year}-{number:04d}")


def _checked(record: RecruitmentRound, cast: Cast) -> None:
    with clock.at(local(2017, 8, 21, 8)):
        record.take_step("close", seen="PUBLISHED", actor=cast.coordinator)
    requirements = list(record.requirements.order_by("pk").values_list("pk", flat=True))
    for place, row in enumerate(record.applications.being_checked().order_by("number")):
        number = int(row.number[-4:])
        refused = number in TOO_YOUNG or number == NO_PAPER
        with clock.at(local(2017, 8, 22, 8) + timedelta(minutes=9 * place)):
            save_check(
                application=row, seen=row.version, actor=cast.coordinator,
                met={pk: not (number in TOO_YOUNG and pk == requirements[1]) for pk in requirements},
                decision="refuse_files" if refused else "pass_files",
                note="Ijazah tidak memenuhi syarat (contoh)." if number in TOO_YOUNG else "Foto ijazah tidak terbaca (contoh)." if refused else "",
                category="REQUIREMENT" if number in TOO_YOUNG else "FILES" if refused else "",
            )  # fmt: skip
    with clock.at(local(2017, 8, 25, 14)):
        record.refresh_from_db()
        record.take_step("start_selection", seen="CLOSED", actor=cast.coordinator)


def _tested(record: RecruitmentRound, cast: Cast) -> None:
    source = "Daftar nilai tes tertulis 26 Agustus 2017 (contoh)"
    with clock.at(local(2017, 8, 28, 10)):
        results = [
            WrittenResult(row, None if number in ABSENT else _mark(number), number in ABSENT, source)
            for row in record.applications.in_running().order_by("number")
            for number in [int(row.number[-4:])]
        ]
        record.refresh_from_db()
        save_results(record=record, seen=record.version, results=results, actor=cast.coordinator)
    with clock.at(local(2017, 8, 29, 9)):
        record.refresh_from_db()
        apply_results(record=record, seen=record.version, actor=cast.coordinator)


def _mark(number: int) -> Decimal:
    return Decimal(40 + number) if number in FAILED else Decimal(62) + Decimal(number * 37 % 100) / 4


def _judged(record: RecruitmentRound, cast: Cast) -> None:
    """Three panelists; the second is related to one applicant, who keeps two sheets."""
    seats = list(record.seats.order_by("pk"))
    with clock.at(local(2017, 8, 30, 9)):
        kin = record.applications.in_running().order_by("number")[2]
        record_conflict(seat=seats[1], application=kin, origin="STATEMENT", reason="Sepupu (contoh)")
        record.refresh_from_db()
        plan_interviews(
            record=record,
            seen=record.version,
            start=local(2017, 9, 11, 8),
            minutes=40,
            room="Ruang rapat BAPPEDA (contoh)",
        )
        record.refresh_from_db()
        invite_all(record=record, seen=record.version, actor=cast.coordinator)
    rows = list(record.applications.in_running().order_by("number"))
    for part, at in (("DOSSIER", local(2017, 9, 5, 9)), ("INTERVIEW", local(2017, 9, 14, 15))):
        criteria = list(record.criteria.filter(part=part).order_by("pk").values_list("pk", flat=True))
        for place, seat in enumerate(seats):
            for order, row in enumerate(rows):
                if (seat, row) == (seats[1], kin):
                    continue
                with clock.at(at + timedelta(hours=place, minutes=3 * order)):
                    scores = {pk: _score(int(row.number[-4:]), place, index, part) for index, pk in enumerate(criteria)}
                    save_sheet(application=row, seat=seat, part=part, scores=scores, note="")


def _score(number: int, panelist: int, criterion: int, part: str) -> int:
    """1 to 5: the panel sees the same differences, the third a little more severely; talk is not paper."""
    ability = number * 29 % 17 / 4
    if part == "INTERVIEW":
        ability = 0.7 * ability + number * 5 % 7 / 5
    return max(1, min(5, round(1.2 + ability - 0.4 * panelist + (number + criterion) % 3 * 0.5)))


def _decided(record: RecruitmentRound, cast: Cast) -> None:
    record.refresh_from_db()
    with clock.at(local(2017, 9, 19, 9)):
        inputs = selection_inputs(record)
        text = {"discussion": "Hasil tes, berkas, dan wawancara dibahas panel; benturan kepentingan dicatat (contoh)."}
        save_applicant_choices(
            record=record,
            version=record.version,
            choices=suggestions(compute_selection(inputs)),
            text=text,
            actor=cast.coordinator,
        )
        record.minutes = record_meeting(CHOICE, cast)
        record.save()
        submit_recruitment(
            record=record, seen="SELECTION", digest=inputs_digest(selection_inputs(record)), actor=cast.coordinator
        )
    with clock.at(local(2017, 9, 22, 10)):
        decide_recruitment(record=record, seen="SUBMITTED", actor=cast.head)
        decree = draft_decided(determinations=[], candidates=[], recruitments=[record], into=None, actor=cast.head)
        decree.number, decree.dated = "050/451/KEP-BAPPEDA/2017 (contoh)", date(2017, 9, 25)
        decree.valid_from, decree.source = date(2017, 9, 25), SAMPLE_SOURCE
        decree.signer_name, decree.signer_title = SIGNER
        decree.save()
    with clock.at(local(2017, 9, 25, 10)):
        enact_decree(decree=decree, seen="DRAFT", actor=cast.head)
    with clock.at(local(2017, 9, 26, 9)):
        record.refresh_from_db()
        announce_round(record=record, seen="DECIDED", actor=cast.coordinator)


# --- The round that is open on the demo's day ------------------------------------------------------------------------


def open_round(cast: Cast, locations: dict[str, TargetLocation], source: RecruitmentRound) -> None:
    """Places in the seven villages of 2019; eight have applied, one lacks a paper, four are still writing."""
    with clock.at(local(2019, 9, 20, 9)):
        record = create_recruitment(
            source=source,
            fields={
                "code": "pendamping-2020", "name": "Pendamping masyarakat 2020", "year": 2020, "intro": INTRO, "terms": TERMS,
                "opens_at": local(2019, 9, 23, 8), "closes_at": local(2019, 10, 25, 16), "test_on": date(2019, 11, 9),
                "interviews_on": date(2019, 11, 18), "announced_on": date(2019, 12, 2), "training_on": date(2019, 12, 9),
                "objections_until": date(2019, 12, 6), "contact": CONTACT, "is_sample": True,
            },
        )  # fmt: skip
        record.refresh_from_db()
        taken_over: dict[int, int | None] = dict.fromkeys(record.places.values_list("target_location", flat=True))
        numbers = taken_over | {locations[choice.village].pk: 1 for choice in EXPANSION}
        save_places(record=record, seen=record.version, numbers=numbers)
        record.refresh_from_db()
        record.take_step("publish", seen="DRAFT", actor=cast.coordinator)
    places = list(record.places.order_by("pk").values_list("pk", flat=True))
    for number in range(1, 13):
        with clock.at(local(2019, 9, 24, 9) + timedelta(days=number, minutes=11 * number)):
            name, wishes = f"Calon {number:02d} (contoh)", [places[number % 7], places[(number + 2) % 7]]
            row = start(record, number, name=name, wishes=wishes, papers=1 if number in (9, 10) else 9)
            if number <= 8:
                send(row)
            elif number == 9:
                Application.objects.filter(pk=row.pk).update(code=OPEN_CODE)
    _first_checks(record, cast)


def _first_checks(record: RecruitmentRound, cast: Cast) -> None:
    rows = list(record.applications.being_checked().order_by("number")[:3])
    met = dict.fromkeys(record.requirements.values_list("pk", flat=True), True)
    with clock.at(local(2019, 10, 7, 9)):
        open_nik(application=rows[0], user=cast.coordinator, reason="Mencocokkan KTP dengan isian (contoh)")
        for row in rows[:2]:
            save_check(application=row, seen=row.version, actor=cast.coordinator, met=met, decision="pass_files")
        save_check(
            application=rows[2], seen=rows[2].version, actor=cast.coordinator, met={}, decision="ask_completion",
            note="Foto ijazah terpotong. Unggah lagi, semua sudutnya terlihat.", complete_by=local(2019, 10, 18, 16),
        )  # fmt: skip
