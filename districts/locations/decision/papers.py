"""Papers of this room: the minutes of a round, and the text of a decree with its annexes."""

from collections.abc import Iterable
from typing import Any

from districts.competencies.models import CoreCompetency
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.visits import SurveyVisit
from districts.locations.models import DecreeItem, TargetLocation
from districts.locations.ranking.computing import RankingLine, Standing, inputs_of, standing_of
from districts.locations.rounds.models import SelectionRound
from districts.regions.models import Village
from p2emas.documents.models import Decree
from p2emas.documents.papers import DecreeText, MinutesText, PaperSection, Signer, Table, counted
from p2emas.naming import current, said
from p2emas.ui.formats import long_date, number, percent, rupiah

Action = DecreeItem.Action
DASH = "–"
ITEM_PARTS = (
    "determination__district",
    "determination__chosen",
    "village__district",
    "candidate__commodity",
    "core_competency__district",
    "core_competency__commodity",
    "core_competency__decree",
    "target_location__village__district",
    "target_location__decree",
)


def round_minutes(selection: SelectionRound) -> MinutesText:
    """Berita acara of choosing villages: candidates, visits, ranking, what was agreed and why."""
    minutes = selection.minutes
    standing = standing_of(selection.run.inputs if selection.run else inputs_of(selection))
    candidates = list(selection.candidates.for_table().order_by("village__district__name", "village__name"))
    sections = [
        PaperSection("A. Calon dan syarat dasar", [selection.gate], _candidates(candidates)),
        PaperSection("B. Kriteria", (), _criteria(standing)),
        PaperSection("C. Survei lapangan", (), _visits(candidates)),
        PaperSection("D. Peringkat", _ranking_words(standing), _ranking(standing)),
        PaperSection("E. Pembahasan dan kesepakatan", _paragraphs(selection.discussion), _choices(candidates)),
    ]
    return MinutesText(
        about=said("pemilihan lokasi sasaran {programme}: %s") % selection.name,
        number=minutes.number if minutes else "",
        day=minutes.dated if minutes else None,
        sections=[section for section in sections if section.paragraphs or section.table],
        signers=[
            Signer("Pimpinan rapat", current().office_head),
            Signer("Notulis", said("Koordinator {programme}")),
        ],
        is_sample=selection.is_sample or any(candidate.is_sample for candidate in candidates),
    )


def _candidates(rows: Iterable[Candidate]) -> Table | None:
    return _table(
        [
            "No.",
            "Desa",
            "Kecamatan",
            "Usaha",
            "Anggota",
            "Sejak",
            "Hasil",
            "Harga",
            "Syarat",
        ],
        [
            [
                row.village.name,
                row.village.district.name,
                row.commodity.name,
                DASH if row.members is None else number(row.members),
                str(row.active_since or DASH),
                row.output or DASH,
                DASH if row.price is None else rupiah(row.price),
                row.get_status_display() if row.status in (Candidate.Status.INELIGIBLE, "PROPOSED") else "Lolos",
            ]
            for row in rows
        ],
    )


def _criteria(standing: Standing) -> Table | None:
    return _table(
        ["No.", "Kriteria", "Arah", "Bobot", "Batas bawah", "Batas atas"],
        [
            [
                criterion["name"],
                "makin tinggi makin baik" if criterion["direction"] > 0 else "makin rendah makin baik",
                percent(share * 100),
                number(criterion["low"], 4),
                number(criterion["high"], 4),
            ]
            for criterion, share in zip(standing.criteria, standing.weights, strict=True)
        ],
    )


def _visits(candidates: list[Candidate]) -> Table | None:
    visits = SurveyVisit.objects.filter(candidate__in=candidates).select_related("candidate__village")
    return _table(
        ["No.", "Tanggal", "Desa", "Surat tugas", "Temuan"],
        [
            [long_date(visit.visited_on), visit.candidate.village.name, visit.letter_no, visit.findings]
            for visit in visits.order_by("visited_on", "pk")
        ],
    )


def _ranking(standing: Standing) -> Table | None:
    return _table(
        ["No.", "Desa", "Kecamatan", "Skor", "Peringkat", "TOPSIS"],
        [
            [
                line.village,
                line.district,
                _score(line),
                _rank(line),
                line.topsis_word,
            ]
            for line in standing.lines
        ],
    )


def _score(line: RankingLine) -> str:
    """The score; of an incomplete candidate its worst and its best, as on the ranking page."""
    if line.score is not None:
        return number(line.score * 100, 1)
    if line.bounds is None:
        return DASH
    return _between(number(line.bounds.low * 100, 1), number(line.bounds.high * 100, 1))


def _rank(line: RankingLine) -> str:
    if line.rank is not None:
        return str(line.rank)
    between = line.bounds and _between(str(line.bounds.best_rank), str(line.bounds.worst_rank))
    return f"belum lengkap: {between}" if between else "belum lengkap"


def _between(one: str, other: str) -> str:
    return one if one == other else f"{one}\u00a0s.d.\u00a0{other}"


def _ranking_words(standing: Standing) -> list[str]:
    words = [
        "Skor adalah jumlah sumbangan tiap kriteria pada batas yang ditetapkan sebelum data masuk. "
        f"Kuota {counted(standing.quota)} desa."
    ]
    if standing.tied_at_line:
        names = ", ".join(line.village for line in standing.tied_at_line)
        words.append(f"Bernilai sama di garis kuota: {names}.")
    words += standing.remarks
    if standing.undecided:
        names = ", ".join(line.village for line in standing.undecided)
        words.append(f"Data yang belum lengkap menentukan garis kuota: {names}.")
    if standing.disagreeing:
        names = ", ".join(line.village for line in standing.disagreeing)
        words.append(f"Pembanding TOPSIS menempatkan di sisi lain garis: {names}.")
    return words


def _choices(rows: Iterable[Candidate]) -> Table | None:
    order: dict[str, int] = {Candidate.Choice.CHOSEN: 0, Candidate.Choice.RESERVE: 1, Candidate.Choice.NOT_CHOSEN: 2}
    marked = sorted((row for row in rows if row.choice), key=lambda row: (order[row.choice], row.reserve_rank or 0))
    return _table(
        ["No.", "Desa", "Kecamatan", "Keputusan", "Alasan"],
        [
            [
                row.village.name,
                row.village.district.name,
                f"{row.get_choice_display()} {row.reserve_rank or ''}".strip(),
                row.reason,
            ]
            for row in marked
        ],
    )


def decree_text(decree: Decree) -> DecreeText:
    """The decree as it is in the record: its typed paragraphs, and annexes made of its items."""
    items = list(decree.items.select_related(*ITEM_PARTS))
    head = said("{head} {place}")
    title = decree.signer_title.strip()
    signer = Signer(
        title=head if title.lower() in ("", current().head.lower()) else title,
        name=decree.signer_name,
        rank=decree.signer_rank,
        nip=decree.signer_nip,
    )
    return DecreeText(
        about=decree.about,
        authority=_authority(signer.title, head),
        number=decree.number,
        dated=decree.dated,
        place=current().seat,
        considering=_paragraphs(decree.considering),
        recalling=_paragraphs(decree.recalling),
        dictums=_paragraphs(decree.dictums),
        signer=signer,
        annexes=[section for section in _annexes(items) if section.table],
        is_draft=decree.status == Decree.Status.DRAFT,
        is_sample=decree.is_sample or any(item.is_sample for item in items),
    )


def _authority(title: str, head: str) -> str:
    """Whose decree it is, from the signer's office: acting heads and deputies sign in the name of the office."""
    names = current()
    offices = {names.head.lower(): head, names.office_head.lower(): names.office_head}
    return next((office for word, office in offices.items() if word in title.lower()), title)


def items_of(items: Iterable[DecreeItem], action: str, thing: str) -> list[DecreeItem]:
    """Items that do ``action`` to a ``thing`` (field of DecreeItem)."""
    return [item for item in items if item.action == action and getattr(item, thing) is not None]


def things_of(items: Iterable[DecreeItem], action: str, thing: str) -> list[Any]:
    return [getattr(item, thing) for item in items_of(items, action, thing)]


def _annexes(items: list[DecreeItem]) -> list[PaperSection]:
    competencies = things_of(items, Action.OPEN, "determination")
    confirmed = things_of(items, Action.CONFIRM, "core_competency")
    return [
        PaperSection(
            "Kompetensi inti kecamatan",
            (),
            _table(
                ["No.", "Kecamatan", "Kompetensi inti"],
                [[row.district.name, str(row.chosen or DASH)] for row in competencies],
            ),
        ),
        PaperSection(
            "Kompetensi inti yang dikuatkan",
            (),
            _table(
                ["No.", "Kecamatan", "Kompetensi inti", "Ditetapkan dengan", "Berlaku sejak"],
                [
                    [row.district.name, str(row.commodity), str(row.decree), long_date(row.valid_from)]
                    for row in confirmed
                ],
            ),
        ),
        PaperSection(
            "Lokasi sasaran",
            (),
            _table(
                ["No.", "Desa", "Kode", "Kecamatan", "Usaha"],
                [_fixed(item.village, item.candidate) for item in items if item.village],
            ),
        ),
        PaperSection(
            "Yang diakhiri",
            (),
            _table(
                ["No.", "Yang diakhiri", "Kecamatan", "Ditetapkan dengan", "Berlaku sejak"],
                [_ended(item.closed) for item in items if item.action == Action.CLOSE],
            ),
        ),
    ]


def _fixed(village: Village, candidate: Candidate | None) -> list[str]:
    commodity = candidate.commodity.name if candidate else DASH
    return [village.name, village.code or DASH, village.district.name, commodity]


def _ended(row: CoreCompetency | TargetLocation) -> list[str]:
    if isinstance(row, TargetLocation):
        what, district = f"lokasi sasaran {row}", row.village.district
    else:
        what, district = f"kompetensi inti {row.commodity}", row.district
    return [what, district.name, str(row.decree), long_date(row.valid_from)]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _table(header: list[str], rows: list[list[str]]) -> Table | None:
    """A numbered table; None without rows."""
    return Table(header, [[str(place), *row] for place, row in enumerate(rows, 1)]) if rows else None
