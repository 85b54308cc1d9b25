"""Ordinary forms: what a layout draws, and what it refuses to leave out."""

import re

import pytest
from crispy_forms.helper import FormHelper
from django import forms
from django.template import engines

from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import (
    Actions,
    Button,
    FieldsOf,
    Folded,
    FromTemplate,
    Group,
    Heading,
    Rest,
    Section,
    Sent,
    drawn_helper,
    form_helper,
)
from tests.markup import words


class GroupForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)
    name = forms.CharField(label="Nama kelompok", help_text="Seperti tertulis pada SK kelompok")
    phone = forms.CharField(label="Nomor HP", required=False)


class NoteForm(PlainForm):
    note = forms.CharField(label="Catatan")


@pytest.fixture
def drawn(rf):
    """The markup of a form whose helper is given."""

    def drawn(helper, form=None, **context) -> str:
        form = form or GroupForm()
        if helper is not None:
            form.helper = helper
        template = engines["django"].from_string("{% crispy form %}")
        return template.render({"form": form, **context}, rf.get("/"))

    return drawn


def order(html: str) -> list[str]:
    """Names of fields and words of buttons as they come."""
    return [name or text for name, text in re.findall(r'(?:<input[^>]*name="(\w+)"|<button[^>]*>([^<]*))', html)]


def test_form_without_layout_draws_token_fields_in_order_and_one_button(drawn):
    html = drawn(form_helper("Simpan"))

    assert order(html) == ["csrfmiddlewaretoken", "version", "name", "phone", "Simpan"]
    assert html.count("btn btn-primary") == 1
    assert '<form method="post" novalidate>' in html


def test_form_of_the_get_method_has_no_token(drawn):
    html = drawn(form_helper("Cari", method="get", action="/cari/?a=1&b=2"))

    assert order(html) == ["version", "name", "phone", "Cari"]
    assert 'action="/cari/?a=1&amp;b=2"' in html
    assert 'method="get"' in html


def test_form_with_a_file_is_multipart(drawn):
    class FileForm(PlainForm):
        file = forms.FileField(label="Berkas")

    assert 'enctype="multipart/form-data"' in drawn(form_helper("Unggah"), FileForm())
    assert "enctype" not in drawn(form_helper("Simpan"))


def test_token_is_drawn_where_the_context_has_none(rf):
    form = GroupForm()
    form.helper = form_helper("Simpan")
    inner = engines["django"].from_string("{% crispy form %}").template
    outer = engines["django"].from_string("{% include inner with form=form only %}")

    assert "csrfmiddlewaretoken" in outer.render({"inner": inner, "form": form}, rf.get("/"))


def test_actions_have_a_second_button_and_a_link(drawn):
    html = drawn(form_helper("Simpan", second=("draft", "Simpan dulu"), cancel=("/x/", "Batal"), look="btn-danger"))

    assert '<button class="btn btn-danger" type="submit">Simpan</button>' in html
    assert 'name="draft"' in html
    assert '<a href="/x/">Batal</a>' in html


def test_pieces_are_drawn_in_their_order(drawn):
    helper = drawn_helper(
        Sent(seen="DRAFT & baru"),
        "version",
        Heading("Isian"),
        Section("Kelompok", "name", name="kelompok", css="narrow"),
        Group("Bila ada", Folded("Nomor lain", "phone", is_open=True), css="when-ask"),
        FieldsOf(NoteForm({}), "note"),
        Actions("Kirim"),
        Button("Nanti", "btn-link"),
        css="narrow",
        ctrl_enter=True,
    )

    html = drawn(helper)

    assert order(html) == ["csrfmiddlewaretoken", "seen", "version", "name", "phone", "note", "Kirim", "Nanti"]
    assert '<input type="hidden" name="seen" value="DRAFT &amp; baru">' in html
    assert '<section class="block narrow" aria-labelledby="kelompok">' in html
    assert '<h2 id="kelompok">Kelompok</h2>' in html
    assert '<fieldset class="when-ask">' in html
    assert '<details class="mb-3" open>' in html
    assert html.index("Nomor lain") < html.index("id_note_error") < html.index("Kirim")
    assert 'class="narrow" data-ctrl-enter novalidate' in html


def test_words_of_a_layout_are_escaped_and_no_template(drawn):
    html = drawn(form_helper("<b>{{ form }}", Section("<i>{% now %}", Rest())))

    assert "&lt;b&gt;{{ form }}" in html
    assert "&lt;i&gt;{% now %}" in html


def test_part_is_drawn_with_the_context_of_the_page(drawn):
    helper = form_helper("Simpan", Rest(), FromTemplate("facilitators/recruitment/_consent.html"))

    html = drawn(helper, consent={"purpose": "Untuk seleksi", "points": ["NIK"], "version": "2"})

    assert "Untuk seleksi" in words(html)
    assert html.index("id_phone") < html.index("Untuk seleksi") < html.index("Simpan")


def test_fields_keep_what_was_typed_and_say_what_is_wrong(drawn):
    html = drawn(form_helper("Simpan"), GroupForm({"phone": "<0812>", "version": "3"}))

    assert 'value="&lt;0812&gt;"' in html
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert "alert" not in html  # the summary is base.html's


def test_names_of_the_page_do_not_reach_a_field(drawn):
    assert "<h1>" not in drawn(form_helper("Simpan"), legend=True, error_only=True)
    assert "Seperti tertulis" in drawn(form_helper("Simpan"), error_only=True)


def test_layout_without_a_place_for_a_field_fails(drawn):
    with pytest.raises(LookupError, match="GroupForm has no place for phone"):
        drawn(form_helper("Simpan", "version", "name"))


def test_layout_that_names_an_unknown_field_fails(drawn):
    with pytest.raises(Exception, match="Could not resolve form field 'nama'"):
        drawn(form_helper("Simpan", Rest(), "nama"))


def test_field_drawn_elsewhere_counts_as_drawn(drawn):
    rows = FromTemplate("facilitators/recruitment/_buttons.html", "phone")

    assert "id_phone" not in drawn(form_helper("Simpan", "version", "name", rows))


def test_form_without_helper_fails(drawn):
    with pytest.raises(AttributeError, match="'GroupForm' object has no attribute 'helper'"):
        drawn(None)


def test_helper_that_fails_says_why(drawn):
    class Failing(GroupForm):
        @property
        def helper(self):
            return self.nothing

    with pytest.raises(AttributeError, match="'Failing' object has no attribute 'nothing'"):
        drawn(None, Failing())


def test_helper_without_layout_fails(drawn):
    with pytest.raises(LookupError, match="The helper of GroupForm has no layout"):
        drawn(FormHelper())
