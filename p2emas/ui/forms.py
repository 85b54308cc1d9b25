"""Forms that speak in sentences: "Isi nama kelompok" instead of "This field is required", and their error summary."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.forms.models import construct_instance

from p2emas.ui.sentences import add_in_our_words, required_sentence

FieldType = TypeVar("FieldType", bound=forms.Field)
FormType = TypeVar("FormType", bound=forms.Form)


def field_of(form: forms.BaseForm, name: str, kind: type[FieldType]) -> FieldType:
    """The field ``name`` of ``form`` under its own type, to set its choices or its queryset."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}")
    return field


class SharedFields(dict[str, forms.Field]):
    """Fields that all forms of a class use together: Django's form copies its ``base_fields``, and these stay one."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


def share_fields(form: type[FormType]) -> type[FormType]:
    """For a form of which a page has hundreds and which changes none of its fields; copying them costs a tenth."""
    form.base_fields = SharedFields(form.base_fields)
    return form


def depend_on_others(form: forms.BaseForm, *names: str) -> None:
    """Fields that another answer makes necessary: they are not drawn as "(opsional)"."""
    for name in names:
        form.fields[name].conditional = True  # type: ignore[attr-defined]


def bound_year(field: forms.Field, latest: int) -> None:
    """A year that has been, or one that is planned, lies no further ahead than ``latest``."""
    sentence = f"Isi tahun sampai {latest}."
    field.validators.append(MaxValueValidator(latest, sentence))
    field.widget.attrs["max"] = latest


def bound_length(field: forms.Field, longest: int) -> None:
    """At most ``longest`` letters. To set ``max_length`` of a field that is there already would check nothing.

    No ``maxlength`` in the page: a browser cuts off silently what is pasted beyond it.
    """
    field.max_length = longest  # type: ignore[attr-defined]
    field.validators.append(MaxLengthValidator(longest))


def put_on(record: Model, values: dict[str, Any]) -> set[str]:
    """Set the fields of a record; the names of those that differed."""
    changed = {name for name, value in values.items() if getattr(record, name) != value}
    for name in changed:
        setattr(record, name, values[name])
    return changed


class SentencesMixin(forms.BaseForm):
    """Each required field asks for itself by its label, unless it brought a sentence of its own."""

    def __init__(self, *args, like: forms.BaseForm | None = None, **kwargs) -> None:
        """``like``: a form of the same class whose fields this one takes, where a page makes hundreds of them."""
        kwargs.setdefault("label_suffix", "")
        self.is_like_another = like is not None
        if like is not None:
            vars(self)["base_fields"] = SharedFields(like.fields)  # what Django copies
        super().__init__(*args, **kwargs)
        if self.is_like_another:
            return
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                label = field.label if field.label is not None else name.replace("_", " ")
                field.error_messages["required"] = required_sentence(field, label)

    def add_error(self, field: str | None, error: Any) -> None:
        """What Django's own fields and validators find is said in our words too."""
        add_in_our_words(self, field, error)


class PlainForm(SentencesMixin, forms.Form):
    pass


class PlainModelForm(SentencesMixin, forms.ModelForm):
    pass


class FieldsAlone(forms.BaseModelForm):
    """One of many of which each field says what the constraints of its table would say.

    For a constraint that needs a field outside the form Django builds a query and then leaves it out: two thousand of
    them in a file of 300 lines. Here none is begun.
    """

    def _post_clean(self) -> None:
        left_out = self._get_validation_exclusions()  # type: ignore[attr-defined]
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.full_clean(exclude=left_out, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]
        self.validate_unique()


class NamedRowsFormSet(forms.BaseModelFormSet):
    """Rows of a table of which no two may have one name; a subclass has the sentence."""

    twice = "Nama ini sudah ada."

    def kept_names(self) -> list[str]:
        """Names of the rows that stay, as they will be stored."""
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        return [row["name"].strip() for row in rows if row.get("name") and not row.get("DELETE")]

    def clean(self) -> None:
        super().clean()
        names = [name.casefold() for name in self.kept_names()]
        for form in self.forms:
            name = form.cleaned_data.get("name", "").strip().casefold()
            if name and not form.cleaned_data.get("DELETE") and names.count(name) > 1:
                form.add_error("name", self.twice)


def control_id(bound: BoundField) -> str:
    """The id that a link in the error summary leads to: for radios and boxes the first of them."""
    if bound.id_for_label:
        return bound.id_for_label
    return f"{bound.auto_id}_0" if bound.auto_id else ""


def form_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    items = [{"id": "", "message": str(message)} for message in form.non_field_errors()]
    for bound in form:
        for message in bound.errors:
            items.append({"id": "" if bound.is_hidden else control_id(bound), "message": str(message)})
    return items


def error_items(*sources) -> list[dict[str, str]]:
    """Every error of forms, formsets, lists of sentences or ready items, in the order of the page, each once."""
    items: list[dict[str, str]] = []
    for source in sources:
        if not source:
            continue
        if isinstance(source, forms.BaseFormSet):
            if source.is_bound:
                items += [{"id": "", "message": str(message)} for message in source.non_form_errors()]
                for form in source.forms:
                    items += form_errors(form)
        elif isinstance(source, forms.BaseForm):
            items += form_errors(source) if source.is_bound else []
        elif isinstance(source, str):
            items.append({"id": "", "message": source})
        else:
            for item in source:
                items.append(item if isinstance(item, dict) else {"id": "", "message": str(item)})
    return [item for position, item in enumerate(items) if item not in items[:position]]
