"""The layout of an ordinary form, declared in its class and drawn by ``{% crispy form %}``.

    class GroupForm(PlainForm):
        helper = form_helper("Simpan", Section("Kelompok", "name", "phone"), "reason")

A field is drawn by partials/_field.html, the <form> itself by templates/bootstrap5/whole_uni_form.html. Rows of
figures keep a template of their own: ``FromTemplate``.
"""

from typing import Any, TypeAlias

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template import RequestContext
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join

from p2emas.ui.controls import csrf_input

Piece: TypeAlias = "str | LayoutObject"


def form_helper(
    submit: str,
    *layout: Piece,
    method: str = "post",
    action: str = "",
    css: str = "",
    ctrl_enter: bool = False,
    **buttons: Any,
) -> FormHelper:
    """The helper of a form whose buttons are those of ``Actions``; without ``layout`` all fields in their order."""
    actions = Actions(submit, **buttons)
    return drawn_helper(*(layout or (Rest(),)), actions, method=method, action=action, css=css, ctrl_enter=ctrl_enter)


def drawn_helper(
    *layout: Piece, method: str = "post", action: str = "", css: str = "", ctrl_enter: bool = False
) -> FormHelper:
    """The helper of a form that has its buttons in ``layout``."""
    helper = FormHelper()
    helper.form_method = method
    attrs = {"class": css, "action": action, "novalidate": True, "data-ctrl-enter": ctrl_enter}
    helper.attrs = {name: value for name, value in attrs.items() if value}
    helper.layout = _Whole(*layout, token=method == "post")
    return helper


def drawn_fields(form: forms.BaseForm) -> set[str]:
    """The names that crispy has noted while it draws ``form``."""
    return form.__dict__["rendered_fields"]


class _Whole(Layout):
    """Token and pieces; a field that no piece draws would be lost without a word, so it is an error."""

    def __init__(self, *pieces: Piece, token: bool) -> None:
        super().__init__(*pieces)
        self.token = token

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        token = csrf_input(context.request) if self.token else ""
        html = format_html("{}{}", token, super().render(form, context, **kwargs))
        if left := form.fields.keys() - drawn_fields(form):
            raise LookupError(f"The layout of {type(form).__name__} has no place for {', '.join(sorted(left))}")
        return html


class _Piece(LayoutObject):
    """A piece drawn by ``template``; inside it ``pieces`` is the markup of the fields."""

    template = ""

    def __init__(self, *fields: Piece, **values: Any) -> None:
        self.fields = list(fields)
        self.values = values

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        values = {**self.values, "pieces": self.get_rendered_fields(form, context, **kwargs)}
        return get_template(self.template).render(values)


class _Leaf(LayoutObject):
    """A piece that holds no others."""

    fields: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        return True


class Section(_Piece):
    """Fields under one heading: a block of the page. ``name`` is the heading's id, by which the block is called."""

    template = "partials/_section.html"

    def __init__(self, heading: str, *fields: Piece, css: str = "", name: str = "") -> None:
        super().__init__(*fields, heading=heading, css=css, name=name)


class Group(_Piece):
    """A few fields that belong together, inside the form."""

    template = "partials/_group.html"

    def __init__(self, legend: str, *fields: Piece, css: str = "") -> None:
        super().__init__(*fields, legend=legend, css=css)


class Folded(_Piece):
    """Fields that most people do not need, behind one line."""

    template = "partials/_folded.html"

    def __init__(self, summary: str, *fields: Piece, is_open: bool) -> None:
        super().__init__(*fields, summary=summary, is_open=is_open)


class Heading(_Leaf):
    def __init__(self, words: str) -> None:
        self.words = words

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        return format_html("<h2>{}</h2>", self.words)


class Button(_Leaf):
    """A button outside a row of ``Actions``."""

    def __init__(self, words: str, look: str = "btn-primary") -> None:
        self.words, self.look = words, look

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        return format_html('<button class="btn {}" type="submit">{}</button>', self.look, self.words)


class Rest(_Leaf):
    """The fields that have not been drawn yet, in the order of the form."""

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        left = [name for name in form.fields if name not in drawn_fields(form)]
        return Layout(*left).render(form, context, **kwargs)


class FromTemplate(_Leaf):
    """What the page's own template draws with the page's context: rows of figures, sentences about the record.

    ``names`` are the fields that it draws.
    """

    def __init__(self, template: str, *names: str) -> None:
        self.template, self.names = template, names

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        drawn_fields(form).update(self.names)
        return get_template(self.template).render(
            {str(key): value for key, value in context.flatten().items()} | {"form": form}
        )


class Sent(_Leaf):
    """Hidden values that are no fields: what the page showed, sent along so that the server can compare."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', self.values.items())


class FieldsOf(_Leaf):
    """Fields of another form that is sent with this one."""

    def __init__(self, form: forms.BaseForm, *names: str) -> None:
        self.form, self.names = form, names

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        field = get_template("partials/_field.html")
        return format_html_join("", "{}", ((field.render({"field": self.form[name]}),) for name in self.names))


class Actions(_Leaf):
    """The buttons below a form: see partials/_actions.html for what it can be told."""

    def __init__(self, submit: str, **values: Any) -> None:
        self.values = {"submit": submit, **values}

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        return get_template("partials/_actions.html").render(self.values)
