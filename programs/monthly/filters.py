"""What the query of a page of months may say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms


class MonthYearForm(forms.Form):
    """``years`` can be chosen; the current one is shown where nothing else is said, or the latest that there is."""

    tahun = forms.TypedChoiceField(coerce=int, required=False)

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int], current: int) -> None:
        super().__init__(data)
        self.years, self.current = years, current
        self.fields["tahun"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]

    @property
    def year(self) -> int:
        wanted = self.cleaned_data.get("tahun") if self.is_valid() else None
        if wanted:
            return wanted
        return self.current if self.current in self.years or not self.years else self.years[0]
