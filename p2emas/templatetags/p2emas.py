"""Filters and tags that every template has without loading: formats, icons, badges, list links, form controls."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import AdminReadonlyField
from django.db.models import BigIntegerField, Model
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

from p2emas import clock, naming
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.tokens import owner_of
from p2emas.ui import controls, formats, states
from p2emas.ui.forms import error_items
from p2emas.ui.links import numbered, with_query
from p2emas.ui.samples import samples

register = template.Library()

for _each in (
    formats.number,
    formats.fixed,
    formats.figure,
    formats.bracketed,
    formats.signed,
    formats.points,
    formats.percent,
    formats.share,
    formats.rupiah,
    formats.rupiah_document,
    formats.rupiah_compact,
    formats.rupiah_million,
    formats.rupiah_echo,
    formats.spelled_out,
    formats.file_size,
    formats.long_date,
    formats.weekday_date,
    formats.short_day,
    formats.table_date,
    formats.month_year,
    formats.clock_time,
    formats.moment,
    formats.short_moment,
    formats.table_moment,
):
    register.filter(_each.__name__, _each)


register.filter("named", naming.said)


register.simple_tag(owner_of, name="copies_of")


@register.simple_tag
def our(mark: str) -> str:
    """A name of ours: ``{% our "office" %}``, and ``{% our "Office" %}`` where a sentence begins with it."""
    return naming.current().word(mark)


@register.filter
def open_to(record, user) -> bool:
    """Whether the page of ``record`` answers ``user``: a link is shown only to those who may follow it."""
    return record.is_open_to(user)


@register.simple_tag(takes_context=True)
def read_only(context: Context, field: AdminReadonlyField) -> str:
    """What a field of the back office shows to a reader: money and figures as every page writes them.

    A record that the reader may not open is named without the link of the stock page.
    """
    record, name = field.form.instance, field.field["name"]
    kind = next((each for each in record._meta.concrete_fields if each.name == name), None)
    value = getattr(record, name, None) if kind else None
    if kind is not None and isinstance(value, Decimal):
        return formats.number(value, kind.decimal_places)
    if isinstance(value, Model):
        page = field.model_admin
        return field.contents() if page and _opens(page.admin_site, context["request"], value) else str(value)
    return formats.rupiah(value) if value is not None and type(kind) is BigIntegerField else field.contents()


def _opens(site: AdminSite, request: UserRequest, record: Model) -> bool:
    """A reader of everything is not asked for row by row: a decree lists many."""
    model = type(record)
    if not site.is_registered(model):
        return False
    page = site.get_model_admin(model)
    return page.has_view_permission(request, None if request.user.sees_everything else record)


@register.filter
def quarter(period) -> str:
    """A reporting period (year, number) or a pair of both: "Triwulan I 2017"."""
    return formats.quarter(*_year_and_number(period))


@register.filter
def quarter_short(period) -> str:
    return formats.quarter_short(*_year_and_number(period))


def _year_and_number(period) -> tuple[int, int]:
    return period if isinstance(period, tuple) else (period.year, period.number)


# --- Icons, badges and signs -----------------------------------------------------------------
@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> str:
    """A shape of the sprite; always beside a word."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def state(chain, code="", label="") -> str:
    """``{% state report %}`` or ``{% state "report" code label %}``: word, shape and colour of a state."""
    look = states.badge(chain, code, label) if isinstance(chain, str) else states.badge_of(chain)
    return _marked(f"state {look['colour']}".strip(), look["shape"], look["word"])


@register.simple_tag
def sign(code, label="", shape="") -> str:
    """``{% sign "watch" "2 desa belum mulai" %}``: good, watch, late, none or desk, with its word."""
    look = states.sign(code, label, shape)
    return _marked(f"sign {look['code']}", look["shape"], look["word"])


@lru_cache(maxsize=512)  # a long list shows a handful of different badges
def _marked(css: str, shape: str, word: str) -> str:
    return format_html(
        '<span class="{}"><svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>{}</span>', css, shape, word
    )


@register.simple_tag
def printed_at() -> str:
    """The moment that a printed page shows at its foot."""
    return formats.short_moment(clock.now())


@register.inclusion_tag("partials/_breadcrumb.html")
def breadcrumb(*trail, here) -> dict:
    """``{% breadcrumb "Desa" "locations:village-list" village.district here=village %}``

    The pages above this one: a label with the name or address of its page, or a record, which has both.
    """
    parts, pages = iter(trail), []
    for part in parts:
        if isinstance(part, str):
            page = next(parts)
            pages.append((part, page if page.startswith("/") else reverse(page)))
        else:
            pages.append((part, part.get_absolute_url()))
    return {"trail": pages, "here": here}


# --- Lists -----------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def query_string(context, **changes) -> str:
    """The page's own query string with some keys changed; None drops one."""
    return with_query(context.request.GET, **changes)


@register.simple_tag
def row_url(name: str, pk: int) -> str:
    """``{% url name pk %}`` in the rows of a list, for a tenth of its price."""
    return numbered(name, pk)


register.simple_tag(samples)  # {% samples page as sample %}: sample.note in the caption, sample.star beside a row


@register.inclusion_tag("partials/_sort.html")
def sort_heading(sort, key: str, label: str, css: str = "") -> dict:
    """``<th>`` that sorts by ``key``; ``sort`` is the view's Sorting."""
    return {"sort": sort, "key": key, "label": label, "css": css, "link": sort.link(key), "way": sort.direction(key)}


# --- Forms -----------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def csrf_field(context) -> str:
    """``csrf_token`` that also works inside ``{% include ... only %}``."""
    return controls.csrf_input(context.request)


@register.filter
def laid_out(form: Any) -> str:
    """What the layout of a form drew. Without a helper crispy would draw an empty form and say nothing."""
    if form.helper.layout is None:  # asked here, because crispy takes a helper that fails for none
        raise LookupError(f"The helper of {type(form).__name__} has no layout")
    return form.form_html


@register.simple_tag
def errors_of(*sources) -> list[dict[str, str]]:
    """Every error of the given forms, formsets and sentences, for the summary."""
    return error_items(*sources)


@register.simple_tag
def cell(bound: BoundField, label: str, css: str = "num") -> dict[str, object]:
    """``{% cell form.money label css="num money" as box %}`` for partials/_input_cell.html."""
    return controls.cell(bound, label, css)


register.filter("attributes", flatatt)
register.filter("control_kind", controls.kind)
register.filter("control", controls.control)
register.filter("choices_of", controls.choices)
register.filter("groups_of", controls.groups)
register.filter("bare_control", controls.bare_control)
