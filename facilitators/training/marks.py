"""The table of marks of a course: one saving, all or nothing; what somebody else wrote meanwhile shows in its row."""

from dataclasses import dataclass

from django.http import QueryDict

from facilitators.training.forms import MarksForm
from facilitators.training.models import Course, Enrolment
from facilitators.training.services import Mark, MarksChanged, save_tests
from p2emas.staffing.services import NotPossible
from p2emas.ui.formats import number
from p2emas.ui.forms import error_items

SHOWN = {"first_test": "seen_first", "final_test": "seen_final"}


@dataclass(frozen=True)
class MarksShown:
    """What ``training/tests.html`` shows."""

    course: Course
    rows: list[tuple[Enrolment, MarksForm]]
    errors: list[dict[str, str]]


class MarksPage:
    def __init__(self, course: Course, data: QueryDict | None) -> None:
        self.course, self.data = course, data
        rows = course.enrolments.taking_part().select_related("facilitator").order_by("facilitator__name", "pk")
        self.rows = [(row, MarksForm(data, enrolment=row)) for row in rows]
        self.refusals: list[str] = []

    def save(self) -> int | None:
        """How many marks changed; None when something is wrong, which its row then says."""
        valid = [form.is_valid() for _row, form in self.rows]
        if self.data is None or not all(valid):
            return None
        marks = {
            (row.pk, test): Mark(seen=form.cleaned_data[seen], typed=form.cleaned_data[test])
            for row, form in self.rows
            for test, seen in SHOWN.items()
        }
        try:
            return save_tests(course=self.course, marks=marks)
        except NotPossible as refusal:
            self.refusals.append(str(refusal))
        except MarksChanged as changed:
            self._show(changed, self.data)
        return None

    def _show(self, changed: MarksChanged, typed: QueryDict) -> None:
        """Both versions beside the field, so that sending again overwrites knowingly."""
        for row, form in self.rows:
            data = typed.copy()
            for test, seen in SHOWN.items():
                if (row.pk, test) in changed.found:
                    stored = changed.found[row.pk, test]
                    data[form.add_prefix(seen)] = "" if stored is None else form.fields[seen].prepare_value(stored)
                    words = {"stored": "kosong" if stored is None else number(stored), "typed": form[test].value()}
                    sentence = "Orang lain sudah menyimpan %(stored)s. Simpan lagi untuk menggantinya."
                    form.add_error(test, sentence % words)
            form.data = data

    def shown(self) -> MarksShown:
        forms = (form for _row, form in self.rows)
        return MarksShown(self.course, self.rows, error_items(self.refusals, *forms))
