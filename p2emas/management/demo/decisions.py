"""The decisions of 2017, made the way the product makes them: figures and panel, then a round, survey, ranking, decree.

The seven pilot villages and their products are real, so are the visit to Baning Panjang, which was not chosen, and the days.
The figures, the scores of the panel and the values of the villages are invented: everything they touch is a sample.
"""

from datetime import date, datetime

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services as competency
from districts.competencies.panel.analyses import DeterminationAnalysis
from districts.competencies.panel.analyses_saving import save_analysis
from districts.competencies.panel.models import CompetencyOption
from districts.evidence.models import Commodity
from districts.locations.candidates.models import Candidate, CandidateValue
from districts.locations.candidates.visits import SurveyVisit
from districts.locations.decision.choosing import submit_round
from districts.locations.decision.deciding import decide_round
from districts.locations.decrees.drafting import draft_all
from districts.locations.decrees.services import enact_decree
from districts.locations.ranking.computing import inputs_of, standing_of
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from districts.locations.runs import compute_run, request_run
from districts.regions.models import District, Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes
from p2emas.management.demo.meetings import ReportedMeeting, record_meeting
from p2emas.management.demo.people import Cast
from p2emas.management.demo.pilots import (
    BANING_PANJANG,
    EXPANSION,
    FIRST_MEETINGS,
    PILOT_SOURCES,
    PILOTS,
    SAMPLE_SOURCE,
    SIGNER,
    PilotChoice,
)

# name, unit, direction, weight, low, high
CRITERIA = [
    ("Usaha sudah berjalan", "tahun", 1, 30, 0, 20),
    ("Sesuai kompetensi inti", "nilai 1–5", 1, 25, 1, 5),
    ("Anggota kelompok aktif", "orang", 1, 20, 0, 65),
    ("Dukungan pemerintah desa", "nilai 1–5", 1, 15, 1, 5),
    ("Jarak ke pasar kecamatan", "km", -1, 10, 0, 80),
]
# village code -> values in the order of CRITERIA; invented but for the cooperative of Ensaid Panjang (1999, 63 members)
VALUES = {
    "61.05.06.2017": (8, 5, 28, 4, 46),
    "61.05.21.2005": (7, 5, 20, 4, 12),
    "61.05.19.2005": (18, 5, 63, 5, 30),
    "61.05.08.2013": (6, 5, 25, 4, 18),
    "61.05.20.2014": (7, 5, 25, 4, 15),
    "61.05.03.2018": (6, 5, 27, 5, 22),
    "61.05.14.2022": (9, 5, 23, 4, 61),
    "61.05.19.2004": (5, 2, 14, 4, 14),
    "61.05.01.2028": (4, 3, 12, 3, 6),
    "61.05.02.2009": (5, 3, 15, 3, 25),
    "61.05.04.2001": (3, 3, 18, 3, 33),
    "61.05.05.2003": (5, 3, 16, 2, 47),
    "61.05.07.2002": (3, 3, 14, 4, 20),
    "61.05.09.2001": (4, 3, 11, 3, 72),
}
# office days before the Idulfitri of 2017: one village and one letter of assignment each
SURVEY_DAYS = [datetime(2017, 6, day, 10) for day in (12, 13, 14, 15, 16, 19, 20, 21)]
WEAVING, COUNTED_ONCE = "tenun ikat", "Perajin baru dihitung sekali, tahun 2016 (contoh)."
GATE = "Kegiatan warga tidak dari nol: usahanya sudah berjalan, ada kelompoknya, dan ada hasilnya."
DISCUSSION = (
    "Camat memaparkan potensi kecamatannya pada 18 Mei 2017 dan ditanggapi forum SKPD. Baning Panjang dikunjungi pada "
    "Juni 2017: cabai 1,1 ha dengan 11.000 tanaman. Kompetensi inti Kelam Permai tenun ikat, jadi Baning Panjang tidak "
    "dipilih. Kompetensi yang diwarisi tidak diubah; desa di sekitarnya menyusul."
)


CHOICE = ReportedMeeting(date(2017, 7, 20), "050/398/BA/2017", "Pemilihan lokasi sasaran P2-EMAS 2018", SAMPLE_SOURCE)


def determine(cast: Cast, commodities: dict[str, Commodity], minutes: Minutes) -> list[CompetencyDetermination]:
    """Seven core competencies by figures and panel, decided by the head before a village is valued by them."""
    return [_determined(choice, cast, commodities, minutes) for choice in PILOTS]


def _determined(choice: PilotChoice, cast: Cast, commodities: dict[str, Commodity], minutes: Minutes):
    chosen = commodities[choice.commodity]
    with clock.at(datetime(2017, 5, 22, 9)):
        record = competency.open_determination(
            fields={
                "district": District.objects.get(code=f"61.05.{choice.district}"),
                "year": 2017,
                "measure": "HECTARE",
                "first_year": 2014,
                "last_year": 2016,
                "is_sample": True,
            }
        )
        _set_up(record, chosen, cast)
        competency.open_scoring(record, seen="DRAFT", actor=cast.coordinator)
    with clock.at(datetime(2017, 6, 5, 10)):
        for number, seat in enumerate(record.seats.order_by("pk")):
            competency.save_scores(seat=seat, scores=_marks(record, chosen, number), note="", finish=True)
    with clock.at(datetime(2017, 6, 19, 13)):
        competency.close_scoring(record, seen="SCORED", actor=cast.coordinator)
        record.refresh_from_db()
        fields = {
            "chosen": chosen,
            "reason": choice.reason,
            "sources": f"{FIRST_MEETINGS} Angka 2014 sampai 2016: {SAMPLE_SOURCE}.",
            "discussion": "Hasil hitungan dan nilai penilai dibahas bersama forum SKPD (contoh).",
            "decided_on": date(2017, 7, 4),
            "minutes": minutes,
        }
        competency.save_discussion(record=record, seen=record.version, fields=fields)
        record.take_step("submit", seen="DISCUSSED", actor=cast.coordinator)
    with clock.at(datetime(2017, 7, 4, 9)):
        record.take_step("decide", seen="SUBMITTED", actor=cast.head)
    return record


def _set_up(record: CompetencyDetermination, chosen: Commodity, cast: Cast) -> None:
    """Weaving is counted by its weavers, beside crops by hectares; another craft comes in without a figure."""
    crafts = _count_crafts(record) if chosen.name == WEAVING else None
    options = {row.commodity_id: row.note for row in record.options.all()}
    analyses = {row.commodity_id: row.analysis_id for row in record.options.all()}
    if crafts is not None:
        options[chosen.pk], analyses[chosen.pk] = "", crafts.pk
    elif chosen.pk not in options:
        options[chosen.pk] = "Kerajinan tanpa angka luas; ditambahkan karena sudah diusahakan warga."
    competency.save_setup(
        record=record, seen=record.version, options=options, criteria=[], dropped=[], people=cast.assessors,
        analyses=analyses,
    )  # fmt: skip
    if crafts is not None:
        option, growth = record.options.get(commodity=chosen), record.criteria.get(figure="DLQ")
        reasons = {(option.pk, growth.pk): COUNTED_ONCE}
        competency.save_inapplicable(record=record, seen=record.version, reasons=reasons)


def _count_crafts(record: CompetencyDetermination) -> DeterminationAnalysis:
    row = DeterminationAnalysis(name="Kerajinan", measure="WORKERS", sector="kerajinan")
    save_analysis(record=record, seen=record.version, row=row, commodities=[])
    return row


def _marks(record: CompetencyDetermination, chosen: Commodity, number: int) -> dict[tuple[int, int], int | None]:
    """Invented scores: the product that was chosen in fact is seen as the stronger one, not by all alike."""
    options = CompetencyOption.objects.filter(determination=record).order_by("pk")
    questions = record.criteria.filter(kind="PANEL").order_by("pk")
    return {
        (option.pk, question.pk): (5 if (number + place) % 3 else 4)
        if option.commodity_id == chosen.pk
        else 2 + (number + place + row) % 3
        for row, option in enumerate(options)
        for place, question in enumerate(questions)
    }


def select_pilots(cast: Cast, commodities: dict[str, Commodity], proposers: dict[str, User]) -> Decree:
    """The round of 2017 from its opening to the decree that sets seven competencies and seven villages."""
    selection = _opened(cast)
    with clock.at(datetime(2017, 5, 18, 11)):
        candidates = [
            _proposed(selection, choice, commodities, proposers.get(choice.district, cast.coordinator))
            for choice in (*PILOTS, BANING_PANJANG, *EXPANSION[:6])
        ]
    with clock.at(datetime(2017, 6, 5, 9)):
        for candidate in candidates:
            candidate.take_step("pass_gate", seen="PROPOSED", actor=cast.coordinator)
        selection.take_step("start_survey", seen="OPEN", actor=cast.coordinator)
    for number, (day, candidate) in enumerate(zip(SURVEY_DAYS, candidates, strict=False)):
        _visited(candidate, day, f"094/{31 + number}/BAPPEDA (contoh)", cast)
    with clock.at(datetime(2017, 7, 10, 9)):
        selection.take_step("start_scoring", seen="SURVEY", actor=cast.coordinator)
        _valued(selection, candidates)
    return _decided(selection, cast)


def _opened(cast: Cast) -> SelectionRound:
    with clock.at(datetime(2017, 5, 15, 9)):
        selection = SelectionRound.objects.create(
            name="Lokasi sasaran 2018", year=2018, quota=7, opens=date(2017, 5, 18), closes=date(2017, 6, 2), gate=GATE,
            sources=PILOT_SOURCES, is_sample=True,
        )  # fmt: skip
        for name, unit, direction, weight, low, high in CRITERIA:
            Criterion.objects.create(
                round=selection, name=name, unit=unit, direction=direction, weight=weight, low=low, high=high,
                source="Paparan camat dan survei tim",
            )  # fmt: skip
        selection.tie_break = selection.criteria.order_by("pk").first()
        selection.save()
        selection.take_step("open", seen="DRAFT", actor=cast.coordinator)
    return selection


def _proposed(selection: SelectionRound, choice: PilotChoice, commodities: dict[str, Commodity], by: User) -> Candidate:
    years, _fit, members, _support, _km = VALUES[choice.village]
    village = Village.objects.get(code=choice.village)
    return Candidate.objects.create(
        round=selection, village=village, commodity=commodities[choice.commodity], group=village.groups.first(),
        existing_activity=choice.reason, members=members, active_since=2017 - years, output=choice.output, proposed_by=by,
        source=SAMPLE_SOURCE, is_sample=True,
    )  # fmt: skip


def _visited(candidate: Candidate, at: datetime, letter: str, cast: Cast) -> None:
    real = candidate.village.code == BANING_PANJANG.village
    with clock.at(at):
        SurveyVisit.objects.create(
            candidate=candidate, visited_on=at.date(), letter_no=letter, surveyors="Tim BAPPEDA dan SKPD",
            findings="Cabai 1,1 ha, 11.000 tanaman." if real else "Kelompok bekerja rutin dan hasilnya terjual (contoh).",
            source="Pemberitaan survei lapangan, Juni 2017; tanggal dan surat rekaan" if real else SAMPLE_SOURCE,
            is_sample=True,
        )  # fmt: skip
        candidate.take_step("survey", seen="ELIGIBLE", actor=cast.coordinator)


def _valued(selection: SelectionRound, candidates: list[Candidate]) -> None:
    criteria = list(selection.criteria.order_by("pk"))
    for candidate in candidates:
        for criterion, value in zip(criteria, VALUES[candidate.village.code or ""], strict=True):
            CandidateValue.objects.create(
                candidate=candidate, criterion=criterion, value=value, source=SAMPLE_SOURCE, is_sample=True
            )


def _decided(selection: SelectionRound, cast: Cast) -> Decree:
    """Seven pilots, three reserves, four not chosen, each with a reason; then the decree of 27 July."""
    with clock.at(datetime(2017, 7, 20, 9)):
        run = request_run(selection=selection, asked_by=cast.coordinator)
        compute_run.func(run.pk)
        _marked(selection)
        selection.discussion = DISCUSSION
        selection.minutes = record_meeting(CHOICE, cast)
        selection.save()
        submit_round(selection=selection, seen="SCORING", digest=run.digest, actor=cast.coordinator)
    with clock.at(datetime(2017, 7, 24, 10)):
        decide_round(selection=selection, seen="SUBMITTED", actor=cast.head)
        decree = draft_all(cast.head)
    with clock.at(datetime(2017, 7, 27, 10)):
        decree.number, decree.dated, decree.valid_from = (
            "050/417/KEP-BAPPEDA/2017 (contoh)",
            date(2017, 7, 27),
            date(2017, 7, 27),
        )
        decree.about = "Penetapan Kompetensi Inti dan Lokasi Sasaran P2-EMAS Tahun 2018"
        decree.signer_name, decree.signer_title = SIGNER
        decree.source = "Tanggal dan isi 2017 menurut pemberitaan 27 Juli 2017; nomor rekaan."
        decree.save()
        enact_decree(decree=decree, seen="DRAFT", actor=cast.head)
    return decree


def _marked(selection: SelectionRound) -> None:
    pilots = {choice.village for choice in PILOTS}
    rows = {row.pk: row for row in selection.candidates.for_table()}
    reserve = 0
    for place, line in enumerate(standing_of(inputs_of(selection)).ranked, 1):
        row = rows[line.id]
        if row.village.code in pilots:
            row.choice = Candidate.Choice.CHOSEN
            row.reason = f"Peringkat {place}; usahanya sesuai kompetensi inti kecamatan."
        elif row.village.code == BANING_PANJANG.village:
            row.choice = Candidate.Choice.NOT_CHOSEN
            row.reason = "Dikunjungi; usahanya cabai, sedangkan kompetensi inti Kelam Permai tenun ikat."
        elif reserve < 2:
            reserve += 1
            row.choice, row.reserve_rank = Candidate.Choice.RESERVE, reserve
            row.reason = f"Peringkat {place}; kecamatannya belum punya kompetensi inti (contoh)."
        else:
            row.choice = Candidate.Choice.NOT_CHOSEN
            row.reason = f"Peringkat {place}, di luar kuota (contoh)."
        row.save()
