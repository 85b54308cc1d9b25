"""Lines of the public announcement: nobody is named in full."""

import re
from dataclasses import dataclass

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound

REMARK = re.compile(r"\([^)]*\)")
ORDER = {Application.Status.ACCEPTED: 0, Application.Status.RESERVE: 1}


@dataclass(frozen=True)
class AnnouncedLine:
    number: str
    name: str
    state: str
    word: str
    detail: str

    @property
    def is_accepted(self) -> bool:
        return self.state == Application.Status.ACCEPTED


def masked(name: str) -> str:
    """ "Rukmini Sari (contoh)" -> "R*** S***"; the length of a name says nothing, a remark beside it too."""
    return " ".join(f"{part[0].upper()}***" for part in REMARK.sub(" ", name).split()) or "–"


def announced_rows(record: RecruitmentRound) -> list[AnnouncedLine]:
    """The accepted, the reserves in their order, then the others; by number."""
    rows = record.applications.announced().for_table().prefetch_related("wishes__place__target_location__village")
    ordered = sorted(rows, key=lambda row: (ORDER.get(row.status, 2), row.reserve_rank or 0, row.number))
    return [_line(row) for row in ordered]


def _line(row: Application) -> AnnouncedLine:
    return AnnouncedLine(row.number, masked(row.name), row.status, row.get_status_display(), _detail(row))


def _reserved(row: Application) -> str:
    """ "urutan 1 untuk Mentajoi, lalu Ensaid Panjang": the villages that this reserve is asked for, in that order."""
    villages = [str(wish.place.target_location.village) for wish in row.wishes.all()]
    if row.anywhere:
        villages.append("desa lain mana saja" if villages else "desa mana saja")
    words = {"rank": row.reserve_rank, "villages": ", lalu ".join(villages)}
    if row.reserve_rank is None:
        return "untuk {villages}".format(**words) if villages else ""
    return "urutan {rank} untuk {villages}".format(**words) if villages else "urutan {rank}".format(**words)


def _detail(row: Application) -> str:
    """Village of the accepted, order and villages of a reserve, category of the reason for the others."""
    if row.status == Application.Status.ACCEPTED:
        return str(row.place.target_location.village)
    if row.status == Application.Status.RESERVE:
        return _reserved(row)
    return row.get_rejected_for_display() if row.status == Application.Status.REJECTED else ""
