"""Papers of a selection: the minutes of the panel, and the list of those whom a decree appoints."""

from collections.abc import Iterable
from dataclasses import replace

from districts.locations.decrees.legal import further_annexes
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.corrections import ScoreCorrection
from facilitators.recruitment.result.announcement_page import masked
from facilitators.recruitment.result.announcing import outcome_words
from facilitators.recruitment.result.ranking_page import ApplicantRankingPage
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.signed_in import Anyone
from p2emas.documents.letters import AT_PLACE, Letter
from p2emas.documents.models import Decree
from p2emas.documents.papers import DecreeText, MinutesText, PaperSection, Signer, Table
from p2emas.naming import said
from p2emas.ui.formats import fixed, long_date, number, percent

DASH = "–"
TITLE = "Pendamping masyarakat"
CLOSED = "Daftarnya terbuka setelah hasil seleksi diumumkan."


def selection_minutes(record: RecruitmentRound, shown: ApplicantRankingPage) -> MinutesText:
    """Berita acara of the selection: rubric, ranking, agreement of the panel, what was agreed and why."""
    rows = list(record.applications.marked().for_table())
    sections = [
        PaperSection("A. Formasi", (), _places(shown)),
        PaperSection("B. Rubrik dan bobot", [_weights(shown)], _criteria(shown)),
        PaperSection("C. Peringkat", [f"{shown.finding}.", *_corrected(record)], _ranking(shown)),
        PaperSection("D. Kesepakatan panel", [_AGREEMENT], _agreement(shown)),
        PaperSection("E. Pembahasan dan kesepakatan", _paragraphs(record.discussion), _choices(rows)),
    ]
    minutes = record.minutes
    return MinutesText(
        about=f"seleksi {record.name}",
        number=minutes.number if minutes else "",
        day=minutes.dated if minutes else None,
        sections=[section for section in sections if section.paragraphs or section.table],
        signers=[
            Signer("Ketua panel", "Panitia seleksi"),
            Signer("Notulis", said("Koordinator {programme}")),
        ],
        is_sample=record.is_sample or any(row.is_sample for row in rows),
    )


def result_letter(application: Application, record: RecruitmentRound) -> Letter:
    """What a letter by mail says too, for those who gave no address."""
    return Letter(
        subject=f"Hasil seleksi {record.name}",
        to=[application.name, f"Nomor lamaran {application.number}", AT_PLACE],
        opening=outcome_words(application, record),
        signer=Signer(title="Ketua Panitia Seleksi,"),
    )


_AGREEMENT = "ICC(2,k): di bawah 0,5 rendah, mulai 0,5 sedang, 0,75 baik, 0,9 sangat baik."


def _weights(shown: ApplicantRankingPage) -> str:
    weights = shown.inputs["weights"]
    return (
        "Nilai akhir adalah rata-rata berbobot: tes {test}, berkas {dossier}, wawancara {interview}. "
        "Nilai lulus tes {mark}."
    ).format(
        **{name: number(weight) for name, weight in weights.items()},
        mark=number(shown.inputs["pass_mark"]),
    )


def _places(shown: ApplicantRankingPage) -> Table | None:
    rows = [[place["village"], str(place["number"])] for place in shown.inputs["places"]]
    return _table(["No.", "Desa", "Jumlah"], rows)


def _criteria(shown: ApplicantRankingPage) -> Table | None:
    words = {"DOSSIER": "Berkas", "INTERVIEW": "Wawancara"}
    rows = [[words[row["part"]], row["name"], percent(row["weight"])] for row in shown.inputs["criteria"]]
    return _table(["No.", "Bagian", "Kriteria", "Bobot"], rows)


def _ranking(shown: ApplicantRankingPage) -> Table | None:
    header = [
        "No.",
        "Nomor lamaran",
        "Nama",
        "Tes",
        "Berkas",
        "Wawancara",
        "Nilai akhir",
        "Peringkat",
        "Menurut peringkat",
    ]
    return _table(
        header,
        [
            [
                row.line["number"],
                row.person.name if row.person else DASH,
                *(_mark(part) for part in row.parts),
                _mark(row.line["final"]),
                str(row.line["rank"] or DASH),
                row.place or DASH,
            ]
            for row in shown.page
        ],
    )


def _corrected(record: RecruitmentRound) -> list[str]:
    """Each locked score that was corrected, with what it was and the minutes that say why."""
    sentence = (
        "Nilai dikoreksi: lamaran %(number)s, %(part)s, %(criterion)s, %(who)s, semula %(old)d, menjadi %(new)d, "
        "menurut berita acara %(minutes)s tanggal %(day)s."
    )
    return [
        sentence
        % {
            "number": row.score.sheet.application.number,
            "part": row.score.sheet.get_part_display().lower(),
            "criterion": row.score.criterion,
            "who": row.score.sheet.seat.user,
            "old": row.old,
            "new": row.new,
            "minutes": row.minutes_no,
            "day": long_date(row.minutes_on),
        }
        for row in ScoreCorrection.objects.of_round(record)
    ]


def _mark(value: float | None) -> str:
    return "belum ada data" if value is None else fixed(value, 2)


def _agreement(shown: ApplicantRankingPage) -> Table | None:
    return _table(
        ["No.", "Bagian", "Panel", "ICC(2,k)", "Artinya", "Pelamar", "Panelis"],
        [
            [row["part"], str(row["panel"]), number(row["icc"]), row["words"], str(row["n"]), str(row["k"])]
            for row in shown.agreement
        ],
    )


def _choices(rows: Iterable[Application]) -> Table | None:
    """As they were decided: a reserve who moved up since is listed as a reserve."""
    order = list(Application.Choice.values)
    marked = sorted(rows, key=lambda row: (order.index(row.choice), row.reserve_rank or 0, row.number))
    return _table(
        ["No.", "Nomor lamaran", "Nama", "Pilihan", "Formasi", "Alasan"],
        [
            [
                row.number,
                row.name,
                f"{row.get_choice_display()} {row.reserve_rank or ''}".strip(),
                str(row.placed_at or DASH) if row.choice == Application.Choice.ACCEPT else DASH,
                row.choice_reason or "menurut peringkat",
            ]
            for row in marked
        ],
    )


def with_appointments(text: DecreeText, decree: Decree, user: Anyone) -> DecreeText:
    """``text`` with the annexes of those whom recruitments appoint; any other decree as it is.

    Names are written in full for the office, masked in a decree that is public, and a panellist reads none before the
    announcement.
    """
    further = [_readable(decree, record, rows, user) for record, rows in _appointed_by(decree)]
    return replace(text, annexes=[*text.annexes, *further]) if further else text


def _readable(decree: Decree, record: RecruitmentRound, rows: list[Application], user: Anyone) -> PaperSection:
    """The annex as ``user`` may read it; a closed one keeps its place, so that dictums name the others rightly."""
    in_full = record.may_read_scores(user)
    if not in_full and (decree.status == Decree.Status.DRAFT or record.status != RecruitmentRound.Status.ANNOUNCED):
        return PaperSection(TITLE, (CLOSED,))
    return _appointments(rows, in_full)


@further_annexes.provide
def annexes_of_recruitment(decree: Decree) -> list[PaperSection]:
    """The same annexes for the check of the paper, which shows nobody a name."""
    return [_appointments(rows, in_full=False) for _record, rows in _appointed_by(decree)]


def _appointments(rows: list[Application], in_full: bool) -> PaperSection:
    listed = [[row.number, row.name if in_full else masked(row.name), str(row.placed_at or DASH)] for row in rows]
    return PaperSection(TITLE, (), _table(["No.", "Nomor lamaran", "Nama", "Lokasi sasaran"], listed))


def _appointed_by(decree: Decree) -> list[tuple[RecruitmentRound, list[Application]]]:
    """Rounds that have somebody to appoint, with those. A signed paper says what it said on its day."""
    rounds = list(decree.recruitments.for_office().order_by("pk"))
    rows = Application.objects.filter(round__in=rounds).for_table()
    signed = decree.dated if decree.status in Decree.PUBLISHED else None
    found: dict[int, list[Application]] = {}
    for row in (rows.accepted_on(signed) if signed else rows.accepted()) if rounds else ():
        found.setdefault(row.round_id, []).append(row)
    return [(record, found[record.pk]) for record in rounds if record.pk in found]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _table(header: list[str], rows: list[list[str]]) -> Table | None:
    """A numbered table; None without rows."""
    return Table(header, [[str(place), *row] for place, row in enumerate(rows, 1)]) if rows else None
