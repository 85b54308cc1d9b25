"""Our template of a select, which draws its options without an include each."""

import pytest
from django import forms


class Grouped(forms.Form):
    desa = forms.ChoiceField(
        choices=[("", "Pilih"), ("Kelam", [("1", "Ensaid <b>"), ('"2"', "Merpak")])], initial='"2"', required=False
    )


@pytest.mark.parametrize("value", ["1", '"2"', ""])
def test_select_marks_the_one_chosen_and_escapes(value):
    html = Grouped({"desa": value})["desa"].as_widget(attrs={"class": "form-select"})

    expected = {
        "": f'<option value=""{" selected" if value == "" else ""}>Pilih</option>',
        "1": f'<option value="1"{" selected" if value == "1" else ""}>Ensaid &lt;b&gt;</option>',
        '"2"': f'<option value="&quot;2&quot;"{" selected" if value == chr(34) + "2" + chr(34) else ""}>Merpak</option>',
    }
    assert [part for part in expected.values() if part not in html] == []
    assert html.count("<option") == 3
    assert html.count("</optgroup>") == html.count('<optgroup label="Kelam">') == 1
    assert html.startswith('<select name="desa" class="form-select" id="id_desa">')
