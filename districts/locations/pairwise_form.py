"""One select for each pair of criteria, in words; whoever fills it in gives the own judgments alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.locations.criteria import Criterion
from districts.locations.pairwise import Pair, pairs_of
from p2emas.ui.forms import PlainForm

DEGREES = {
    9: _("%s mutlak lebih penting"),
    8: _("%s sangat, hampir mutlak lebih penting"),
    7: _("%s sangat lebih penting"),
    6: _("%s jelas, hampir sangat lebih penting"),
    5: _("%s jelas lebih penting"),
    4: _("%s sedikit, hampir jelas lebih penting"),
    3: _("%s sedikit lebih penting"),
    2: _("%s hampir sama penting, sedikit di atas"),
}


def words_for(first: Criterion, second: Criterion) -> list[tuple[str, str]]:
    """Grades of one pair in words, from the first to the second."""
    upper = [(str(grade), str(word) % first) for grade, word in DEGREES.items()]
    lower = [(str(-grade), str(word) % second) for grade, word in reversed(DEGREES.items())]
    return [("", _("Belum dinilai")), *upper, ("1", _("Sama penting")), *lower]


class JudgmentsForm(PlainForm):
    def __init__(self, *args: Any, criteria: list[Criterion], known: dict[Pair, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {criterion.pk: criterion for criterion in criteria}
        self.pairs = pairs_of(criteria)
        for first, second in self.pairs:
            self.fields[self.key((first, second))] = forms.TypedChoiceField(
                label=_("%(one)s atau %(other)s") % {"one": named[first], "other": named[second]},
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
