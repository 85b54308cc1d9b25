"""The rows of the regency's recap: urusan and bidang urusan with their sums, and under them the work of all agencies.

Levels are read from the codes, so that they are there however much of a list of codes is known; the list gives names.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from programs.nomenclature.levels import Level, urusan_of
from programs.nomenclature.models import NomenclatureEntry
from programs.recaps.description import PaperRow, Value
from programs.recaps.evaluation import AgencyYear, MeasuredProgramme
from programs.recaps.rows import money_of, programme_rows

UNNAMED = "nama belum ada di daftar"
NO_LEVEL = "Tanpa kode urusan"
Work = tuple[MeasuredProgramme, AgencyYear]
Key = tuple[str, str]  # version and code of a level


def regency_rows(years: Sequence[AgencyYear]) -> list[PaperRow]:
    """Programmes are numbered through; a level adds the activities under it, as a programme does. One query."""
    works = sorted(((programme, made) for made in years for programme in made.programmes), key=_order)
    names = _names({key for programme, _made in works for key in _levels_of(programme)})
    rows: list[PaperRow] = []
    number = 0
    for urusan, of_urusan in groupby(works, key=lambda work: _levels_of(work[0])[0]):
        within = list(of_urusan)
        rows.append(_level_row(Level.URUSAN, urusan, within, names))
        for bidang, of_bidang in groupby(within, key=lambda work: _levels_of(work[0])[1]):
            inside = list(of_bidang)
            if bidang[1]:
                rows.append(_level_row(Level.BIDANG, bidang, inside, names))
            for programme, made in inside:
                number += 1
                rows.extend(programme_rows(str(number), programme, made))
    return rows


def _levels_of(programme: MeasuredProgramme) -> tuple[Key, Key]:
    activity = programme.activities[0].activity
    urusan, bidang = urusan_of(activity.code)
    return (activity.nomenclature if urusan else "", urusan), (activity.nomenclature if urusan else "", bidang)


def _order(work: Work) -> tuple[bool, Key, str, str, str]:
    programme, made = work
    bidang = _levels_of(programme)[1]
    return not bidang[1], bidang, programme.code, made.agency.code, programme.name


def _names(keys: Iterable[Key]) -> dict[Key, str]:
    codes = {code for _version, code in keys if code}
    entries = NomenclatureEntry.objects.filter(code__in=codes, level__in=(Level.URUSAN, Level.BIDANG)).order_by()
    return {(version, code): name for version, code, name in entries.values_list("version__code", "code", "name")}


def _level_row(level: Level, key: Key, works: Sequence[Work], names: dict[Key, str]) -> PaperRow:
    whole = MeasuredProgramme("", key[1], [each for programme, _made in works for each in programme.activities])
    name = names.get(key) or f"{level.label} {key[1]} ({UNNAMED})" if key[1] else NO_LEVEL
    cells: dict[str, Value] = {"code": key[1], "name": name}
    return PaperRow(cells | {f"{of}_rp": value for of, value in money_of(whole).items()}, is_level=True)
