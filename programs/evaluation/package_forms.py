"""What a model package says in words; its costs come from the lines."""

from typing import Any

from django import forms

from p2emas.history.records import last_edit
from p2emas.ui.forms import PlainModelForm
from p2emas.ui.layout import form_helper
from programs.evaluation.packages import ModelPackage


class ModelPackageForm(PlainModelForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the edit that the page showed as the last
    helper = form_helper("Simpan")

    class Meta:
        model = ModelPackage
        fields = list(ModelPackage.TEXTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ModelPackage.TEXTS:
            self.fields[name].widget.attrs["rows"] = 5
        self.initial["seen"] = last_edit(self.instance)
