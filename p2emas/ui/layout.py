"""One crispy helper for every ordinary form; the look of a field is templates/bootstrap5/field.html."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, LayoutObject
from django.template.loader import render_to_string


class Actions(LayoutObject):
    """The buttons below a form: one primary, an outlined second (name, label), a link (url, label)."""

    def __init__(self, submit: str, *, second=None, cancel=None, danger: bool = False) -> None:
        self.values = {"submit": submit, "second": second, "cancel": cancel, "danger": danger}
        self.fields: list[str] = []

    def render(self, form, context, template_pack=None, **kwargs) -> str:
        return render_to_string("partials/_actions.html", self.values)


def form_helper(
    submit: str, *layout: str | LayoutObject, second=None, cancel=None, danger: bool = False, ctrl_enter: bool = False
) -> FormHelper:
    """The helper of a form: ``self.helper = form_helper("Simpan", Group("Pemohon", "name"), "reason")``.

    Without ``layout`` all fields follow in their order.
    """
    helper = FormHelper()
    helper.attrs = {"novalidate": ""} | ({"data-ctrl-enter": ""} if ctrl_enter else {})
    helper.form_show_errors = False  # the summary above h1 and the sentence beside the field say it
    helper.render_unmentioned_fields = not layout
    helper.layout = Layout(*layout, Actions(submit, second=second, cancel=cancel, danger=danger))
    return helper


class Group(Fieldset):
    """Fields under one heading."""

    def __init__(self, legend: str, *fields: str | LayoutObject) -> None:
        super().__init__(legend, *fields, css_class="group")


__all__ = ["HTML", "Actions", "Group", "Layout", "form_helper"]
