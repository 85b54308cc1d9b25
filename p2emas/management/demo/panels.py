"""Two determinations that are under way on the demo's day: one waits for the panelist's scores, one is discussed.

Everything about them is invented.
"""

from collections.abc import Sequence
from datetime import datetime

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.models import AssessorSeat, CompetencyOption
from districts.evidence.figures import ProductionFigure
from districts.evidence.models import Commodity
from districts.regions.models import District
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.management.demo.people import Cast

CRAFT, CRAFT_NOTE = "anyaman rotan", "Sudah lama dikerjakan warga, belum tercatat dalam statistik (contoh)."
# score of the favourite and of the others, by assessor; the third sees it a little differently
FAVOURITE, REST = (5, 4, 4), (3, 2, 4)


def make_open_panels(cast: Cast) -> None:
    with clock.at(datetime(2019, 9, 23, 9)):
        _scored("14", CRAFT, cast, silent=cast.assessors[:1])
        record = _scored("20", "ikan", cast)
        services.close_scoring(record, seen="SCORED", actor=cast.coordinator)


def _scored(district: str, favourite: str, cast: Cast, silent: Sequence[User] = ()) -> CompetencyDetermination:
    record = services.open_determination(
        fields={
            "district": District.objects.get(code=f"61.05.{district}"),
            "year": 2019,
            "measure": ProductionFigure.Measure.HECTARE,
            "first_year": 2014,
            "last_year": 2016,
            "is_sample": True,
        }
    )
    CompetencyOption.objects.create(determination=record, commodity=Commodity.objects.get(name=CRAFT), note=CRAFT_NOTE)
    seats = [AssessorSeat.objects.create(determination=record, user=user) for user in cast.assessors]
    services.open_scoring(record, seen="DRAFT", actor=cast.coordinator)
    for number, seat in enumerate(seats):
        if seat.user not in silent:
            _score(record, seat, number, favourite)
    return record


def _score(record: CompetencyDetermination, seat: AssessorSeat, number: int, favourite: str) -> None:
    """The others differ by criterion and option, so that the panel agrees only so far."""
    scores: dict[tuple[int, int], int | None] = {}
    for place, criterion in enumerate(record.criteria.filter(kind="PANEL")):
        for row, option in enumerate(record.options.select_related("commodity")):
            liked = option.commodity.name == favourite
            scores[option.pk, criterion.pk] = FAVOURITE[number] if liked else max(1, REST[number] - (row + place) % 3)
    services.save_scores(seat=seat, scores=scores, note="", finish=True)
