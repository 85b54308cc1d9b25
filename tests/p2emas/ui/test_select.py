"""Selects: what ours draw is what Django draws, at a tenth of the price."""

from datetime import date

import pytest
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from pytest_django.asserts import assertHTMLEqual

from p2emas.ui.controls import bare_control, control
from tests.markup import tight

GROUPED = [("", "Pilih"), ("Kelam <1>", [("1", "Ensaid <b>"), ('"2"', "Merpak")])]


class Grouped(forms.Form):
    desa = forms.ChoiceField(choices=GROUPED, initial='"2"', required=False)


class Several(forms.Form):
    desa = forms.MultipleChoiceField(choices=GROUPED, required=False)


class Odd(forms.Form):
    desa = forms.TypedChoiceField(
        choices=[(None, gettext_lazy("Semua")), (1, mark_safe("<i>satu</i>")), (date(2019, 1, 1), "hari"), (1, "dua")],
        widget=forms.Select(attrs={"data-x": 'a"b', "id": "sendiri", "disabled": True, "hidden": False}),
    )


class Hinted(forms.Form):
    desa = forms.ChoiceField(choices=GROUPED, help_text="Petunjuk")


@pytest.mark.parametrize(
    "form",
    [
        Grouped(),
        Grouped({"desa": "1"}),
        Grouped({"desa": '"2"'}),
        Grouped({"desa": ""}),
        Grouped({"desa": "nowhere"}),
        Grouped({}, prefix="baris-0"),
        Grouped(auto_id=False),
        Several({"desa": ["1", '"2"']}),
        Several({}),
        Odd(),
        Odd({"desa": "1"}),
        Odd({"desa": "2019-01-01"}),
    ],
)
def test_control_draws_the_options_that_django_draws(form):
    css = "form-select is-invalid" if form.errors else "form-select"
    invalid = {"aria-invalid": "true"} if form.errors else {}

    assertHTMLEqual(bare_control(form["desa"]), form["desa"].as_widget(attrs={"class": css, **invalid}))


def test_plain_text_stays_escaped_beside_the_same_text_marked_up():
    choices = [("1", mark_safe("<i>satu</i>")), ("1", "<i>satu</i>")]
    field = type("Both", (forms.Form,), {"desa": forms.ChoiceField(choices=choices)})()["desa"]

    assert control(field).count("<i>satu</i>") == control(field).count("&lt;i&gt;satu&lt;/i&gt;") == 1


def test_control_is_tied_to_hint_and_error():
    assert 'aria-describedby="id_desa_hint id_desa_error"' in control(Hinted({})["desa"])


@pytest.mark.parametrize("value", ["1", '"2"', ""])
def test_template_for_other_selects_marks_the_one_chosen_and_escapes(value):
    html = tight(Grouped({"desa": value})["desa"].as_widget(attrs={"class": "form-select"}))

    expected = {
        "": f'<option value=""{" selected" if value == "" else ""}>Pilih</option>',
        "1": f'<option value="1"{" selected" if value == "1" else ""}>Ensaid &lt;b&gt;</option>',
        '"2"': f'<option value="&quot;2&quot;"{" selected" if value == chr(34) + "2" + chr(34) else ""}>Merpak</option>',
    }
    assert [part for part in expected.values() if part not in html] == []
    assert html.count("<option") == 3
    assert html.count("</optgroup>") == html.count('<optgroup label="Kelam &lt;1&gt;">') == 1
    assert html.startswith('<select name="desa" class="form-select" id="id_desa">')


class Own(forms.Select):
    template_name = "django/forms/widgets/select.html"

    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        option["attrs"]["data-own"] = "1"
        return option


def test_select_with_options_of_its_own_draws_itself():
    form = type("OwnForm", (forms.Form,), {"desa": forms.ChoiceField(choices=GROUPED, widget=Own)})()

    assert control(form["desa"]).count('data-own="1"') == 3


@pytest.mark.parametrize(("required", "word"), [(True, "Pilih"), (False, "Tidak dipilih")])
def test_select_has_words_where_django_has_hyphens(required, word):
    class Stock(forms.Form):
        desa = forms.ChoiceField(choices=[("", "---------"), ("1", "Merpak")], required=required)

    for html in (tight(str(Stock()["desa"])), control(Stock()["desa"])):
        assert f'<option value="" selected>{word}</option>' in html
        assert "---" not in html
