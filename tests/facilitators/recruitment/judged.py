"""A round whose selection runs: places, rubric, a panel, and applicants with the scores that a test gives them."""

from types import SimpleNamespace

from facilitators.models import Application, RecruitmentRound
from tests import facilitator_factories as make
from tests.factories import MinutesFactory, TargetLocationFactory, VillageFactory


def running_round(*, places: int = 1, seats=(), panels: int = 1, **fields) -> SimpleNamespace:
    """``seats``: users, or their number; the last half of them sits on the second panel when there are two."""
    fields.setdefault("minutes", MinutesFactory())
    record = make.RecruitmentRoundFactory(
        status=RecruitmentRound.Status.SELECTION, reserve_quota=2, panels=panels, **fields
    )
    users = list(seats) if not isinstance(seats, int) else [None] * seats
    made = SimpleNamespace(record=record, seats=[], applicants=[])
    made.places = [
        make.PlaceFactory(round=record, target_location=TargetLocationFactory(village=VillageFactory(name=f"Desa {n}")))
        for n in "ABCDEFG"[:places]
    ]
    made.dossier = make.RubricCriterionFactory(round=record, part="DOSSIER", name="Pengalaman kerja")
    made.interview = make.RubricCriterionFactory(round=record, part="INTERVIEW", name="Cara berbicara")
    for place, user in enumerate(users):
        panel = 1 + (panels > 1 and place >= len(users) / 2)
        made.seats.append(make.PanelSeatFactory(round=record, panel=panel, **({"user": user} if user else {})))
    return made


def applicant(made, *, test=80, marks=None, wishes=None, status="INVITED", **fields) -> Application:
    """``marks``: one mark, or one for each seat (None: no sheet); the same in both parts."""
    row = make.ApplicationFactory(round=made.record, status=status, **fields)
    for rank, place in enumerate(made.places if wishes is None else wishes, start=1):
        make.PlaceChoiceFactory(application=row, place=place, rank=rank)
    if test is not None:
        make.TestScoreFactory(application=row, score=test)
    given = marks if isinstance(marks, list | tuple) else [marks] * len(made.seats)
    for seat, mark in zip(made.seats, given, strict=True):
        for part, criterion in (("DOSSIER", made.dossier), ("INTERVIEW", made.interview)):
            if mark is not None:
                sheet = make.ScoreSheetFactory(application=row, seat=seat, part=part)
                make.SheetScoreFactory(sheet=sheet, criterion=criterion, score=mark)
    made.applicants.append(row)
    return row
