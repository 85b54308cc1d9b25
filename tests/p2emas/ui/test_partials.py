"""Every partial is drawn at least once, with what its first line says it needs."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import QueryDict
from django.template import Context, Template, engines
from django.urls import NoReverseMatch

from p2emas.ui import controls
from p2emas.ui.filters import Filters
from p2emas.ui.forms import PlainForm
from p2emas.ui.paging import Page
from p2emas.ui.sorting import Sorting
from tests.markup import tight, words
from tests.source_tree import ROOT

PARTIALS = sorted(path.name for path in (ROOT / "templates" / "partials").glob("_*.html"))


class GroupForm(PlainForm):
    name = forms.CharField(label="Nama kelompok", help_text="Seperti tertulis pada SK kelompok")
    phone = forms.CharField(label="Nomor HP", required=False)
    fund = forms.ChoiceField(
        label="Sumber dana", choices=[("apbd", "APBD kabupaten"), ("dd", "Dana desa")], widget=forms.RadioSelect
    )
    village = forms.ChoiceField(label="Desa", choices=[("", "Pilih desa"), ("ep", "Ensaid Panjang")])
    minutes = forms.FileField(label="Berita acara")
    agreed = forms.BooleanField(label="Saya menyatakan isian ini benar")


@pytest.mark.parametrize("name", PARTIALS)
def test_partial_says_in_its_first_line_what_it_needs(name):
    first = Path(ROOT / "templates" / "partials" / name).read_text("utf-8").splitlines()[0]
    assert "{# needs:" in first


def test_field_ties_hint_and_error_to_the_control(draw):
    form = GroupForm({})
    html = draw("_field", field=form["name"])
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'id="id_name_hint"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Isi nama kelompok" in words(html)
    assert html.index("id_name_hint") < html.index("Galat:") < html.index("<input")


def test_field_marks_what_is_optional_and_uses_no_asterisk(draw):
    form = GroupForm()
    assert "(opsional)" in draw("_field", field=form["phone"])
    assert "(opsional)" not in draw("_field", field=form["name"])
    assert "*" not in draw("_field", field=form["name"])


def test_field_draws_radios_in_a_fieldset(draw):
    html = draw("_field", field=GroupForm({})["fund"])
    assert re.search(r"<fieldset[^>]*aria-describedby=\"\s*id_fund_error\"", html)
    assert html.count('type="radio"') == 2
    assert 'for="id_fund_1"' in html
    assert "Pilih sumber dana" in words(html)


def test_errors_link_to_their_controls_each_once(draw):
    class Strict(GroupForm):
        def clean(self):
            raise forms.ValidationError("Tanggal selesai sebelum tanggal mulai")

    html = draw("_errors", form=Strict({}), errors=["Pagu sudah berubah"])
    assert 'href="#id_fund_0"' in html
    assert 'href="#id_name"' in html
    assert "<b>Tanggal selesai sebelum tanggal mulai</b>" in html
    assert "Pagu sudah berubah" in html
    assert "Ada 7 isian yang perlu diperbaiki" in words(html)


def test_errors_of_a_formset_lead_to_the_row(draw):
    rows = forms.formset_factory(GroupForm, extra=2)
    formset = rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-phone": "1"})
    assert 'href="#id_form-0-name"' in draw("_errors", formset=formset)


def test_errors_are_silent_without_any(draw):
    assert "errors" not in draw("_errors", form=GroupForm())


def test_input_cell_keeps_what_was_typed_and_escapes(draw):
    form = GroupForm({"name": '"><b>'})
    html = draw("_input_cell", cell=controls.cell(form["name"], "Nama, baris 1", "num money"))
    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert 'aria-label="Nama, baris 1"' in html
    assert "aria-invalid" not in html
    missing = draw("_input_cell", cell=controls.cell(GroupForm({})["name"], "Nama, baris 1"))
    assert 'aria-describedby="id_name_error"' in missing
    assert 'class="form-control num is-invalid"' in missing


@pytest.mark.parametrize("typed", ['"><b>', "", "Budi"])
def test_drawn_cell_is_the_input_of_the_partial(draw, typed):
    form = GroupForm({"name": typed})

    drawn = controls.drawn_cell(form["name"], "Nama <baris> 1", "num money")

    cell = controls.cell(form["name"], "Nama <baris> 1", "num money")
    assert tight(drawn) == tight(draw("_input_cell", cell=cell))
    noted = controls.drawn_cell(form["name"], "Nama", note="id_note")
    assert noted.count("id_note") == 1 and 'id_note"' in noted.partition("aria-describedby=")[2]


def test_error_row_speaks_under_the_bad_row(draw):
    html = tight(draw("_error_row", form=GroupForm({"phone": "1"}), before=2, columns=3))
    assert '<td colspan="2"></td><td colspan="3">' in html
    assert 'id="id_name_error"' in html
    assert "<tr" not in draw("_error_row", form=GroupForm(), before=2, columns=3)


def test_banner_says_berhasil_for_success_only(draw):
    html = draw("_banner", messages=[Message(constants.SUCCESS, "Laporan <disetujui>.")])
    assert "Berhasil. Laporan &lt;disetujui&gt;." in words(html)
    assert "Berhasil" not in draw("_banner", text="Jatuh tempo Senin", tone="info")


@pytest.mark.parametrize("tone", ["ok", "warn", "info"])
def test_banner_with_text_has_a_tone(draw, tone):
    assert "Jatuh tempo Senin" in words(draw("_banner", text="Jatuh tempo Senin", tone=tone))


def test_sort_heading_turns_round(draw):
    sort = Sorting(QueryDict("urut=skpd&status=menunggu&halaman=4"), {"skpd": "agency__name", "pagu": "total"}, "pagu")
    template = engines["django"].from_string(
        '{% sort_heading sort "skpd" "SKPD" %}{% sort_heading sort "pagu" "Pagu" css="num" %}'
    )
    html = template.render({"sort": sort})
    assert 'aria-sort="ascending"' in html
    assert 'href="?urut=-skpd&amp;status=menunggu"' in html
    assert '<th scope="col" class="num" aria-sort="none">' in html


def test_paging_draws_numbers_and_sizes(draw):
    page = Page(
        rows=[1],
        size=25,
        count=80,
        more=False,
        number=2,
        previous="?halaman=1",
        next="?halaman=3",
        numbers=[
            {"number": 1, "link": "?halaman=1"},
            {"gap": True},
            {"number": 2, "link": "?halaman=2", "current": True},
        ],
        sizes=[{"size": 25, "link": "?baris=25", "current": True}, {"size": 50, "link": "?baris=50"}],
    )
    html = draw("_paging", page=page)
    assert 'href="?halaman=2" aria-current="page"' in html
    assert words(html) == "Sebelumnya Halaman 1 … Halaman 2 Berikutnya Baris per halaman: 25 50"


def test_paging_of_one_page_draws_no_links(draw):
    assert "<a" not in draw("_paging", page=Page(rows=[1], size=25, count=1, more=False, number=1))


def test_filters_show_active_ones_as_chips(draw):
    class Search(forms.Form):
        status = forms.ChoiceField(label="Status", choices=[("", "Semua"), ("menunggu", "Menunggu")], required=False)
        text = forms.CharField(label="Cari", required=False)
        late = forms.BooleanField(label="Terlambat", required=False)

    query = QueryDict("status=menunggu&text=<b>&urut=-skpd&halaman=3")
    html = draw("_filters", filters=Filters(Search(query), query))
    assert "Status: Menunggu" in words(html)
    assert "Cari: &lt;b&gt;" in words(html)
    assert 'href="?status=menunggu&amp;urut=-skpd"' in html
    assert '<input type="hidden" name="urut" value="-skpd">' in html
    assert 'href="?urut=-skpd">Hapus semua' in html


def test_filters_that_are_refused_get_no_chip(draw):
    class Search(forms.Form):
        status = forms.ChoiceField(label="Status", choices=[("menunggu", "Menunggu")], required=False)

    query = QueryDict("status=apa+saja")
    assert Filters(Search(query), query).chips == []


def test_state_and_sign_have_word_shape_and_colour(draw):
    html = draw("_state", chain="report", code="WAITING")
    assert words(html) == "Menunggu verifikasi"
    assert 'class="state blue"' in html
    assert "#i-clock" in html
    html = draw("_sign", code="watch", label="2 desa belum mulai")
    assert words(html) == "2 desa belum mulai"
    assert 'class="sign watch"' in html


@pytest.mark.parametrize(
    ("name", "context", "said"),
    [
        ("_breadcrumb", {"trail": [("Desa", "/desa/")], "here": "Pakak"}, "Desa Pakak"),
        ("_back", {"url": "/laporan/", "label": "Laporan"}, "Kembali ke Laporan"),
        ("_empty", {"text": "Belum ada.", "url": "/x/", "action": "Tambah desa"}, "Belum ada. Tambah desa"),
        (
            "_facts",
            {"facts": [{"label": "Pagu", "value": 0}, {"label": "Kendala", "value": ""}]},
            "Pagu 0 Kendala Tidak diisi",
        ),
        (
            "_facts",
            {"facts": [{"label": "Pagu", "value": "Rp 5", "url": "/x/"}]},
            "Pagu Rp 5 Ubah Pagu",
        ),
        (
            "_trail",
            {
                "items": [
                    {
                        "title": "Diubah",
                        "meta": "Operator",
                        "changes": [("Fisik", "35%", "42%")],
                        "text": "Salah ketik.",
                    }
                ]
            },
            "Diubah Operator Fisik: 35% → 42% Salah ketik.",
        ),
        (
            "_tasks",
            {"tasks": [{"label": "Isi realisasi", "url": "/x/", "done": True}, {"label": "Lampiran", "done": False}]},
            "1. Isi realisasi Selesai 2. Lampiran Belum diisi",
        ),
        (
            "_receipt",
            {
                "title": "Laporan terkirim",
                "number": "LAP-2019-T3-0027",
                "moment": datetime(2019, 10, 4, 2, tzinfo=UTC),
                "lines": ["BAPPEDA memeriksa."],
                "pdf_url": "/x/",
            },
            "Laporan terkirim LAP-2019-T3-0027 Jumat, 4 Oktober 2019 pukul 09.00 WIB "
            "Apa yang terjadi setelah ini BAPPEDA memeriksa. Unduh tanda terima (PDF)",
        ),
        (
            "_sample",
            {"day": date(2019, 10, 8)},
            "DATA CONTOH. Angka, tahap, nama orang, dan nomor surat rekaan. Hari dipatok pada Selasa, 8 Oktober 2019.",
        ),
        ("_actions", {"submit": "Cabut SK", "danger": True}, "Cabut SK"),
    ],
)
def test_small_partials_say_what_they_are_given(draw, name, context, said):
    assert words(draw(name, **context)) == said


def test_sprite_stays_small_and_holds_every_shape_in_use(draw):
    html = draw("_sprite")
    assert len(html.encode()) < 2500
    shapes = set(re.findall(r'id="i-([a-z]+)"', html))
    from p2emas.ui import states

    used = {badge.shape for badges in states.chains().values() for badge in badges.values()}
    used |= {shape for _, shape in states.SIGNS.values()}
    for path in (ROOT / "templates").rglob("*.html"):
        used |= set(
            re.findall(r'#i-([a-z]+)"|{% icon "([a-z]+)" %}', path.read_text("utf-8"))
            and [a or b for a, b in re.findall(r'#i-([a-z]+)"|{% icon "([a-z]+)" %}', path.read_text("utf-8"))]
        )
    assert used <= shapes


def test_breadcrumb_leads_by_name_address_and_record():
    record = SimpleNamespace(get_absolute_url=lambda: "/desa/ensaid/")
    page = Template('{% breadcrumb "Desa" "locations:village-list" "Dasbor" address record here=title %}')

    html = page.render(Context({"record": record, "address": "/dasbor/?a=1&b=2", "title": "<Ini>"}))

    assert re.findall(r'href="([^"]*)"', html) == ["/desa/", "/dasbor/?a=1&amp;b=2", "/desa/ensaid/"]
    assert 'aria-current="page">&lt;Ini&gt;<' in html


def test_breadcrumb_refuses_a_page_that_is_not():
    with pytest.raises(NoReverseMatch):
        Template('{% breadcrumb "Desa" "locations:nowhere" here="Ini" %}').render(Context())
