"""One select for each pair of criteria, in words; a person fills in only their own judgments."""

from typing import Any

from django import forms

from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.pairwise import Pair, pairs_of
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper

DEGREES = {
    9: "%s mutlak lebih penting",
    8: "%s sangat, hampir mutlak lebih penting",
    7: "%s sangat lebih penting",
    6: "%s jelas, hampir sangat lebih penting",
    5: "%s jelas lebih penting",
    4: "%s sedikit, hampir jelas lebih penting",
    3: "%s sedikit lebih penting",
    2: "%s hampir sama penting, sedikit di atas",
}


def words_for(first: Criterion, second: Criterion) -> list[tuple[str, str]]:
    """Grades of one pair in words, from the first to the second."""
    upper = [(str(grade), word % first) for grade, word in DEGREES.items()]
    lower = [(str(-grade), word % second) for grade, word in reversed(DEGREES.items())]
    return [("", "Belum dinilai"), *upper, ("1", "Sama penting"), *lower]


class JudgmentsForm(PlainForm):
    helper = form_helper("Simpan penilaian", ctrl_enter=True)

    def __init__(self, *args: Any, criteria: list[Criterion], known: dict[Pair, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {criterion.pk: criterion for criterion in criteria}
        self.pairs = pairs_of(criteria)
        for first, second in self.pairs:
            self.fields[self.key((first, second))] = forms.TypedChoiceField(
                label=f"{named[first]} atau {named[second]}",
                choices=words_for(named[first], named[second]),
                coerce=int,
                empty_value=None,
                required=False,
                initial=known.get((first, second)),
            )

    @staticmethod
    def key(pair: Pair) -> str:
        return f"p-{pair[0]}-{pair[1]}"

    @property
    def grades(self) -> dict[Pair, int | None]:
        return {pair: self.cleaned_data[self.key(pair)] for pair in self.pairs}


class WeightsForm(PlainForm):
    """What the page showed when somebody says "use these weights"."""

    version = forms.IntegerField()
    seen = forms.CharField(max_length=200)
