"""Who is reminded, and the coordinator's own sentence."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import FromTemplate, drawn_helper
from programs.reporting.compliance.reminding import Debtor


class ReminderForm(PlainForm):
    """Boxes of agencies with their reports; those that are late are ticked, unless the page before says which."""

    helper = drawn_helper(FromTemplate("programs/reporting/_remind.html", "laporan", "kalimat"))
    laporan = forms.TypedMultipleChoiceField(
        label="Penerima",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu SKPD"},
    )
    kalimat = forms.CharField(
        label="Kalimat tambahan",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="Ikut dalam surel dan pemberitahuan.",
    )

    def __init__(self, data: QueryDict | None, debtors: Sequence[Debtor], ticked: Sequence[int] = ()) -> None:
        super().__init__(data)
        self.debtors = debtors
        choices = [(str(each.report.pk), each.report.agency.short_name) for each in debtors]
        field_of(self, "laporan", forms.TypedMultipleChoiceField).choices = choices
        asked = {key for key in ticked if any(each.report.pk == key for each in debtors)}
        late = {each.report.pk for each in debtors if each.is_late}
        self.initial["laporan"] = [str(key) for key in (asked or late)]

    @property
    def boxes(self) -> list[tuple[Debtor, bool]]:
        """Each with whether its box is ticked."""
        ticked = {str(value) for value in self["laporan"].value() or []}
        return [(each, str(each.report.pk) in ticked) for each in self.debtors]

    @property
    def chosen(self) -> list[Debtor]:
        return [debtor for debtor, ticked in self.boxes if ticked]

    @property
    def extra(self) -> str:
        """One line: it becomes a part of a sentence in letters and notices."""
        return " ".join(str(self["kalimat"].value() or "").split())[:300]
