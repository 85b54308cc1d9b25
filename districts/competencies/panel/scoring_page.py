"""The page of one assessor, and what the coordinator sees of the panel's progress. Neither shows others' scores."""

from dataclasses import dataclass

from django.http import QueryDict

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.forms import ScoreForm
from districts.competencies.panel.models import AssessorSeat, DeterminationCriterion, PanelScore
from districts.competencies.panel.services import save_scores
from p2emas.accounts.models import User

EVIDENCE, PANEL = DeterminationCriterion.Kind.EVIDENCE, DeterminationCriterion.Kind.PANEL


@dataclass(frozen=True)
class SheetShown:
    """What ``competencies/score.html`` shows."""

    record: CompetencyDetermination
    seat: AssessorSeat
    form: ScoreForm
    is_open: bool
    rows: list[tuple]
    known: list[tuple]
    sheets: list[tuple]
    done: int
    needed: int


class Sheet:
    """One assessor's scores: the form, what is known from the figures, and the others' once their own are closed."""

    def __init__(self, record: CompetencyDetermination, seat: AssessorSeat, data: QueryDict | None) -> None:
        self.record, self.seat = record, seat
        self.options = list(record.options.select_related("commodity", "analysis"))
        self.criteria = list(record.criteria.all())
        own = {(row.option_id, row.criterion_id): row.score for row in seat.scores.all()}
        self.form = ScoreForm(
            data,
            options=self.options,
            criteria=[criterion for criterion in self.criteria if criterion.kind == PANEL],
            scores=own,
            initial={"note": seat.note},
        )
        self.own = own

    @property
    def is_open(self) -> bool:
        return self.record.status == CompetencyDetermination.Status.SCORED and self.seat.scored_at is None

    @property
    def filled(self) -> int:
        return sum(score is not None for score in self.form.scores().values())

    @property
    def gaps(self) -> int:
        return sum(score is None for score in self.form.scores().values())

    def save(self, *, finish: bool) -> bool:
        """Raises ``StepNotAllowed``."""
        note = self.form.cleaned_data["note"]
        return save_scores(seat=self.seat, scores=self.form.scores(), note=note, finish=finish)

    def shown(self) -> SheetShown:
        return SheetShown(
            record=self.record,
            seat=self.seat,
            form=self.form,
            is_open=self.is_open,
            rows=self.form.rows() if self.is_open else [],
            known=self._known(),
            sheets=[] if self.is_open else self._all_scores(),
            done=len(self.own),
            needed=len(list(self.form.pairs())),
        )

    def _known(self) -> list[tuple]:
        """(option, [value of each EVIDENCE criterion]) from the frozen inputs."""
        asked = [criterion for criterion in self.criteria if criterion.kind == EVIDENCE]
        values = (self.record.inputs or {}).get("values", {})
        rows = [(o, [values.get(str(o.pk), {}).get(criterion.figure) for criterion in asked]) for o in self.options]
        return [(asked, rows)] if asked else []

    def _all_scores(self) -> list[tuple]:
        """(criterion, [(option, [own score, others' ...])]): others' only as far as ``for_user`` opens them."""
        seats = list(self.record.seats.order_by("pk").values_list("pk", flat=True))
        ordered = [self.seat.pk, *(pk for pk in seats if pk != self.seat.pk)]
        found = {
            (row.option_id, row.criterion_id, row.seat_id): row.score
            for row in PanelScore.objects.for_user(self.seat.user).of(self.record)
        }
        return [
            (criterion, [(o, [found.get((o.pk, criterion.pk, seat)) for seat in ordered]) for o in self.options])
            for criterion in self.criteria
            if criterion.kind == PANEL
        ]


@dataclass(frozen=True)
class PanelProgress:
    """Further context of ``competencies/panel_progress.html``: who is done and how far the others are; no scores."""

    seats: list[AssessorSeat]
    needed: int
    done: int
    own_seat: AssessorSeat | None


def progress_of(record: CompetencyDetermination, user: User) -> PanelProgress:
    needed = record.options.count() * record.criteria.filter(kind=PANEL).count()
    seats = list(record.seats.with_progress().order_by("pk"))
    return PanelProgress(
        seats=seats,
        needed=needed,
        done=sum(seat.scored_at is not None for seat in seats),
        own_seat=next((seat for seat in seats if seat.user_id == user.pk), None),
    )
