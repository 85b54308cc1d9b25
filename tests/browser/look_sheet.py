"""One page with every part of the look, for the browser only: the URLconf of test_look.py."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import engines
from django.urls import include, path

from p2emas.ui import charts, states, tiles
from p2emas.ui.fields import IndonesianDateField, PercentField, RupiahField
from p2emas.ui.filters import Filters
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper
from p2emas.ui.paging import Page
from p2emas.ui.sorting import Sorting

PAGE = """{% extends "base.html" %}{% block title %}Lembar{% endblock %}
{% block before %}{% include "partials/_breadcrumb.html" with trail=trail here="Lembar" only %}{% endblock %}
{% block content %}<div class="page-head"><div><h1>Lembar komponen</h1><p class="meta">Satu contoh tiap bagian.</p></div></div>
<section class="block"><h2>Status</h2>{% for chain, codes in chains %}<p class="head-line">{% for code in codes %}{% state chain code %}{% endfor %}</p>{% endfor %}
<p class="links">{% for code in signs %}{% sign code %}{% endfor %}</p></section>
<section class="block"><h2>Isian</h2>{% load crispy_forms_tags %}{% crispy sheet %}</section>
<section class="block"><h2>Daftar</h2>{% include "partials/_filters.html" with filters=filters only %}
<div class="scroll" tabindex="0" role="group" aria-label="Daftar"><table class="table"><caption>Laporan, {{ page.range_text }}</caption>
<thead><tr>{% sort_heading sort "skpd" "SKPD" %}{% sort_heading sort "pagu" "Pagu" css="num" %}</tr></thead>
<tbody><tr><th scope="row"><a href="#isi">DPMPD</a></th><td class="num">{{ 1250000|rupiah }}</td></tr></tbody></table></div>
{% include "partials/_paging.html" with page=page only %}</section>
<section class="block"><h2>Angka</h2><div class="scroll" tabindex="0" role="group" aria-label="Angka"><table class="table figures">
<thead><tr><th scope="col">Kegiatan</th><th scope="col">Keuangan</th></tr></thead><tbody>{% for row in rows %}
<tr{% if row.errors %} class="bad-row join"{% endif %}><th scope="row">Pelatihan</th><td>{% cell row.money "Keuangan" css="num money" as box %}{% include "partials/_input_cell.html" with cell=box only %}</td></tr>
{% include "partials/_error_row.html" with form=row before=1 columns=1 only %}{% endfor %}</tbody></table></div></section>
<section class="block"><h2>Grafik</h2><div class="grid g2">{% for chart in charts %}{% include "partials/_chart.html" with chart=chart title="Grafik" legend=True only %}{% endfor %}</div>
{% include "partials/_bars.html" with rows=bars caption="Batang" head="SKPD" figure="Kegiatan" only %}</section>
<section class="block"><h2>Peta</h2>{% include "partials/_tiles.html" with map=map finding="Dua tertunda" only %}{% include "partials/_tile_thumb.html" with map=map name="Kelam Permai" only %}</section>
<section class="block"><h2>Lain</h2>{% include "partials/_tasks.html" with tasks=tasks only %}{% include "partials/_facts.html" with facts=facts only %}
{% include "partials/_trail.html" with items=items only %}{% include "partials/_empty.html" with text="Kosong." url="#isi" action="Tambah" only %}
{% include "partials/_receipt.html" with title="Terkirim" number="LAP-1" lines=lines pdf_url="#isi" only %}</section>{% endblock %}"""


class SheetForm(PlainForm):
    helper = form_helper("Simpan", second=("draft", "Simpan dulu"), ctrl_enter=True)

    name = forms.CharField(label="Nama kelompok", help_text="Seperti tertulis pada SK kelompok")
    fund = forms.ChoiceField(label="Sumber dana", choices=[("a", "APBD"), ("d", "Dana desa")], widget=forms.RadioSelect)
    village = forms.ChoiceField(label="Desa", choices=[("", "Pilih desa"), ("ep", "Ensaid Panjang")])
    money = RupiahField(label="Realisasi keuangan (Rp)")
    rate = PercentField(label="Realisasi fisik (%)", required=False)
    day = IndonesianDateField(label="Tanggal", required=False)
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Berita acara", required=False)
    agreed = forms.BooleanField(label="Isian ini benar", help_text="Dibaca BAPPEDA", required=False)


class RowForm(PlainForm):
    money = RupiahField(label="Keuangan")


class SearchForm(forms.Form):
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), ("a", "Disetujui")], required=False)
    late = forms.BooleanField(label="Terlambat", required=False)


def _context(form: SheetForm) -> dict[str, object]:
    query = QueryDict("status=a&urut=skpd")
    numbers = [{"number": n, "link": f"?halaman={n}", "current": n == 2} for n in (1, 2, 3)]
    sizes = [{"size": n, "link": f"?baris={n}", "current": n == 25} for n in (25, 50, 100)]
    drawn = tiles.tile_map(
        [
            Tile
            for code in tiles.SINTANG
            for Tile in [tiles.Tile(code, f"Kecamatan {code}", "#isi", "Kopi", "running", rate=50)]
        ],
        here="61.05.19",
    )
    return {
        "sheet": form,
        "form": form if form.is_bound else None,
        "trail": [("Beranda", "/")],
        "chains": [(chain, list(looks)) for chain, looks in states.chains().items()],
        "signs": list(states.SIGNS),
        "filters": Filters(SearchForm(query), query),
        "sort": Sorting(query, {"skpd": "a", "pagu": "b"}, "skpd"),
        "page": Page(
            [1], 25, 60, False, number=2, previous="?halaman=1", next="?halaman=3", numbers=numbers, sizes=sizes
        ),
        "rows": forms.formset_factory(RowForm)({"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-money": "1,2"}),
        "charts": [
            charts.bullet(84, 80, 71, label="84 persen"),
            charts.dumbbell(67, 59, 75, label="Fisik 67, keuangan 59", named=True),
            charts.stacked([("Lokasi", 27), ("Pasar", 12)], label="27 + 12"),
            charts.two_points(720, 1310, maximum=1500, label="720 menjadi 1.310"),
            charts.boxes([("f1", 3), ("fpale", 2)], label="3 dari 5"),
            charts.no_data(),
        ],
        "bars": charts.sorted_bars([("Tani", 60, "3 dari 5", "#isi")], target=80),
        "map": drawn,
        "tasks": [{"label": "Isi realisasi", "url": "#isi", "done": True}, {"label": "Lampiran", "done": False}],
        "facts": [{"label": "Pagu", "value": "Rp 5", "url": "#isi"}, {"label": "Kendala", "value": ""}],
        "items": [{"title": "Diubah", "meta": "Operator", "changes": [("Fisik", "35%", "42%")]}],
        "lines": ["BAPPEDA memeriksa."],
    }


@login_not_required
def sheet(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_bound and form.is_valid():
        messages.success(request, f"Tersimpan {form.cleaned_data['money']}.")
        form = SheetForm()
    return HttpResponse(engines["django"].from_string(PAGE).render(_context(form), request))


urlpatterns = [path("lembar/", sheet), path("", include("p2emas.urls"))]
