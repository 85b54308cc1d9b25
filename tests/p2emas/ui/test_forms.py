import pytest
from django import forms

from p2emas.ui.forms import PlainForm, error_items, field_of
from p2emas.ui.sentences import in_sentence, required_sentence


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("Nama kelompok", "nama kelompok"),
        ("SKPD", "SKPD"),
        ("Realisasi (Rp)", "realisasi"),
        ("NIP lama", "NIP lama"),
        ("", ""),
    ],
)
def test_label_in_a_sentence(label, written):
    assert in_sentence(label) == written


@pytest.mark.parametrize(
    ("field", "label", "sentence"),
    [
        (forms.CharField(), "Nama kelompok", "Isi nama kelompok"),
        (forms.ChoiceField(), "Sumber dana", "Pilih sumber dana"),
        (forms.FileField(), "Berita acara", "Unggah berita acara"),
        (forms.FileField(), "Unggah berita acara", "Unggah berita acara"),
        (forms.BooleanField(), "Saya setuju", "Centang “Saya setuju”"),
    ],
)
def test_required_sentence_says_what_to_do(field, label, sentence):
    assert required_sentence(field, label) == sentence


class VisitForm(PlainForm):
    place = forms.CharField(label="Tempat")
    reason = forms.CharField(label="Alasan", error_messages={"required": "Tulis alasannya."})
    token = forms.CharField(widget=forms.HiddenInput)


def test_own_sentence_of_a_field_stays():
    form = VisitForm({})
    assert form.errors["place"] == ["Isi tempat"]
    assert form.errors["reason"] == ["Tulis alasannya."]


def test_sentences_of_one_form_do_not_change_the_next_class():
    class Other(PlainForm):
        place = forms.CharField(label="Lokasi")

    assert Other({}).errors["place"] == ["Isi lokasi"]
    assert VisitForm({}).errors["place"] == ["Isi tempat"]
    assert forms.Field.default_error_messages["required"] == forms.CharField().error_messages["required"]


def test_error_items_gather_every_source_in_order_and_once():
    items = error_items(VisitForm({}), None, ["Pagu berubah", {"id": "x", "message": "Baris 3"}], "Pagu berubah")
    assert [(item["id"], item["message"]) for item in items] == [
        ("id_place", "Isi tempat"),
        ("id_reason", "Tulis alasannya."),
        ("", "Isi token"),  # a hidden control cannot be led to
        ("", "Pagu berubah"),
        ("x", "Baris 3"),
    ]


def test_error_items_of_unbound_forms_are_none():
    assert error_items(VisitForm(), forms.formset_factory(VisitForm)(), "", []) == []


def test_error_items_of_a_broken_formset_are_sentences():
    formset = forms.formset_factory(VisitForm)({"form-TOTAL_FORMS": "x"})
    assert error_items(formset)[0]["message"]


class CountForm(PlainForm):
    people = forms.IntegerField(label="Jumlah orang", min_value=1, max_value=9)
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "A")])
    name = forms.CharField(label="Nama", max_length=3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"people": "0"}, "Isi 1 atau lebih."),
        ({"people": "10"}, "Isi paling besar 9."),
        ({"people": "banyak"}, "Isi angka bulat, misalnya 12."),
        ({"kind": "b"}, "Pilih salah satu dari daftar; isian tadi tidak ada di sana atau sudah berubah."),
        ({"name": "Rani"}, "Isi paling banyak 3 huruf, sekarang 4."),
    ],
)
def test_what_django_finds_is_said_in_our_words(typed, sentence):
    form = CountForm({"people": "2", "kind": "a", "name": "Ani"} | typed)

    assert form.errors == {name: [sentence] for name in typed}


def test_field_under_its_type_and_not_under_another():
    class Form(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "A")])

    form = Form()
    field_of(form, "kind", forms.ChoiceField).choices = [("b", "B")]

    assert form.fields["kind"].valid_value("b")
    with pytest.raises(TypeError, match="kind is a ChoiceField, not a DateField"):
        field_of(form, "kind", forms.DateField)
