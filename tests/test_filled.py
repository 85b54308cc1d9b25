"""The reader of forms sends what a browser would."""

import pytest

from tests.filled import page_form, page_forms

PAGE = """
<form action="/cari/"><input name="q" value="karet"></form>
<form id="putusan" method="post" action="/simpan/">
<input type="hidden" name="versi" value="3"><input name="kosong">
<input type="checkbox" name="ya" checked><input type="checkbox" name="tidak" value="x">
<input type="radio" name="pilih" value="a"><input type="radio" name="pilih" value="b" checked>
<select name="satu"><option value="">Pilih<option value="2" selected>Dua</select>
<select name="pertama"><option value="p">P</option><option value="q">Q</option></select>
<textarea name="isi">
baris &amp; baris</textarea><button name="kirim" value="1">Kirim</button><input name="mati" value="x" disabled>
</form>
<textarea name="luar" form="putusan">komentar</textarea>
"""


def test_page_form_reads_what_a_browser_sends():
    form = page_form(PAGE, having="versi")

    assert (form.action, form.method) == ("/simpan/", "post")
    assert form.fields == [
        ("versi", "3"),
        ("kosong", ""),
        ("ya", "on"),
        ("pilih", "b"),
        ("satu", "2"),
        ("pertama", "p"),
        ("isi", "baris & baris"),
        ("luar", "komentar"),
    ]


def test_filled_replaces_and_adds():
    sent = page_form(PAGE, having="luar").filled(pilih="a", tidak="x", kirim="1")

    assert [pair for pair in sent if pair[0] in {"pilih", "tidak", "kirim"}] == [
        ("pilih", "a"),
        ("tidak", "x"),
        ("kirim", "1"),
    ]


def test_filled_refuses_a_control_that_is_not_there():
    with pytest.raises(AssertionError, match="the form has no"):
        page_form(PAGE, having="q").filled(z="1")


def test_page_forms_tell_kinds_and_choices():
    search, form = page_forms(PAGE)

    assert (search.action, search.kinds) == ("/cari/", {"q": "text"})
    assert form.kinds == {
        "versi": "hidden",
        "kosong": "text",
        "ya": "checkbox",
        "tidak": "checkbox",
        "pilih": "radio",
        "satu": "select",
        "pertama": "select",
        "isi": "textarea",
        "kirim": "submit",
        "luar": "textarea",
    }
    assert form.choices == {
        "ya": ["on"],
        "tidak": ["x"],
        "pilih": ["a", "b"],
        "satu": ["", "2"],
        "pertama": ["p", "q"],
        "kirim": ["1"],
    }
