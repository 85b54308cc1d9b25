"""What one panellist sees: the list of own work, the blind dossier, and after their own score the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.blind import BlindDossier, ordinals
from facilitators.recruitment.panel.corrections import ScoreCorrection, counting
from facilitators.recruitment.panel.models import Interview, PanelSeat, Part, ScoreSheet, SheetScore
from facilitators.recruitment.panel.scoring import SCORABLE, save_sheet
from facilitators.recruitment.panel.scoring_forms import SheetForm
from facilitators.recruitment.rounds.models import RecruitmentRound

ADDRESS = {Part.DOSSIER: "recruitment:score-dossier", Part.INTERVIEW: "recruitment:score-interview"}


@dataclass(frozen=True)
class WorkRow:
    """One applicant in the list. ``name`` stays empty until the panellist's dossier score is saved."""

    pk: int
    ordinal: int
    name: str
    number: str
    dossier_saved: bool
    is_interviewed: bool
    interview_saved: bool


class SeatWork:
    """What a seat has to score in its round, in the order of the panel's own numbers."""

    def __init__(self, seat: PanelSeat) -> None:
        self.seat, self.record = seat, seat.round
        saved = set(seat.sheets.valid().values_list("application", "part"))
        self.ordinals = ordinals(seat.round.applications.sent().values_list("pk", "code"))
        found = Application.objects.to_score(seat.user).judged().filter(round=seat.round)
        self.rows = sorted((self._row(row, saved) for row in found), key=lambda row: row.ordinal)

    def _row(self, application: Application, saved: set[tuple[int, str]]) -> WorkRow:
        opened = (application.pk, Part.DOSSIER) in saved
        return WorkRow(
            pk=application.pk,
            ordinal=self.ordinals[application.pk],
            name=application.name if opened else "",
            number=application.number if opened else "",
            dossier_saved=opened,
            is_interviewed=application.status in Application.INTERVIEWEES,
            interview_saved=(application.pk, Part.INTERVIEW) in saved,
        )

    @property
    def is_open(self) -> bool:
        return self.record.status == RecruitmentRound.Status.SELECTION

    @property
    def done(self) -> int:
        return sum(row.dossier_saved for row in self.rows)

    @property
    def interviewees(self) -> list[WorkRow]:
        return [row for row in self.rows if row.is_interviewed and row.dossier_saved]

    @property
    def interviews_done(self) -> int:
        return sum(row.interview_saved for row in self.interviewees)

    def next_dossier(self, after: int = 0) -> WorkRow | None:
        """The first one still to score behind the applicant numbered ``after``, then from the start again."""
        return self._next([row for row in self.rows if not row.dossier_saved], after)

    def next_interview(self, after: int = 0) -> WorkRow | None:
        return self._next([row for row in self.interviewees if not row.interview_saved], after)

    def _next(self, waiting: list[WorkRow], after: int) -> WorkRow | None:
        ordered = [row for row in waiting if row.ordinal > after] + [row for row in waiting if row.ordinal < after]
        return ordered[0] if ordered else None


@dataclass(frozen=True)
class SheetPageShown:
    """What ``recruitment/score_sheet.html`` shows."""

    record: RecruitmentRound
    pk: int
    ordinal: int
    dossier: BlindDossier
    person: Application | None
    part: str
    interviews: Iterable[Interview]
    form: SheetForm | None
    is_open: bool
    work: SeatWork
    next: WorkRow | None
    next_name: str
    sheets: list[ScoreSheet]
    table: list[tuple]
    corrections: list[ScoreCorrection]


class SheetPage:
    """One part of one applicant for one seat: the form, or the saved sheet and those of the others."""

    def __init__(self, application: Application, seat: PanelSeat, part: str, data: QueryDict | None) -> None:
        self.application, self.seat, self.part = application, seat, part
        self.work = SeatWork(seat)
        self.ordinal = self.work.ordinals[application.pk]
        self.criteria = list(seat.round.criteria.filter(part=part))
        shown = ScoreSheet.objects.for_user(seat.user).valid().of_part(part).filter(application=application)
        self.sheets = list(shown.with_scores(counting()))
        self.own = next((sheet for sheet in self.sheets if sheet.seat_id == seat.pk), None)
        self.form = SheetForm(data, criteria=self.criteria, scale=seat.round.scale)

    @property
    def is_open(self) -> bool:
        """Whether the sheet can be filled in now."""
        return self.own is None and self.work.is_open and self.application.status in SCORABLE[Part(self.part)]

    def save(self) -> bool:
        """Raises ``StepNotAllowed``."""
        return save_sheet(
            application=self.application,
            seat=self.seat,
            part=self.part,
            scores=self.form.scores(),
            note=self.form.cleaned_data["note"],
        )

    def next(self) -> WorkRow | None:
        move = self.work.next_dossier if self.part == Part.DOSSIER else self.work.next_interview
        return move(self.ordinal)

    def shown(self) -> SheetPageShown:
        opened = self.part == Part.INTERVIEW or self.own is not None
        return SheetPageShown(
            record=self.seat.round,
            pk=self.application.pk,
            ordinal=self.ordinal,
            dossier=(BlindDossier.opened if opened else BlindDossier.of)(self.application, self.ordinal),
            person=self.application if opened else None,
            part=self.part,
            interviews=self.application.interviews.all() if self.part == Part.INTERVIEW else [],
            form=self.form,
            is_open=self.is_open,
            work=self.work,
            next=self.next(),
            next_name=ADDRESS[Part(self.part)],
            sheets=self.sheets if self.own else [],
            table=list(self._table()) if self.own else [],
            corrections=self._corrections() if self.own else [],
        )

    def _table(self) -> Iterator[tuple]:
        """(criterion, [score of each sheet, one's own first]); only what ``for_user`` opens."""
        self.sheets.sort(key=lambda sheet: sheet.seat_id != self.seat.pk)
        for criterion in self.criteria:
            yield criterion, [_score_of(sheet, criterion.pk) for sheet in self.sheets]

    def _corrections(self) -> list[ScoreCorrection]:
        """Asked for only where a score was corrected."""
        if all(row.counts == row.score for sheet in self.sheets for row in sheet.scores.all()):
            return []
        return list(ScoreCorrection.objects.of_sheets([sheet.pk for sheet in self.sheets]))


def _score_of(sheet: ScoreSheet, criterion: int) -> SheetScore | None:
    return next((row for row in sheet.scores.all() if row.criterion_id == criterion), None)
