"""Errors that Django's own fields and validators bring, in sentences of ours that say what to do."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models

from p2emas.ui import formats

_UNIT = re.compile(r"\s*\([^)]*\)$")  # "Realisasi keuangan (Rp)"
_VERBS = ("Isi ", "Pilih ", "Unggah ", "Centang ", "Tulis ")


def in_sentence(label: object) -> str:
    """ "Nama kelompok (lengkap)" -> "nama kelompok"; an abbreviation keeps its capitals."""
    words = _UNIT.sub("", str(label))
    return words[:1].lower() + words[1:] if len(words) > 1 and words[1:2].islower() else words


def required_sentence(field: forms.Field, label: object) -> str:
    if str(label).startswith(_VERBS):  # the label asks already
        return _UNIT.sub("", str(label))
    if isinstance(field, forms.FileField):
        return f"Unggah {in_sentence(label)}"
    if isinstance(field, forms.BooleanField):
        return f"Centang “{label}”"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Pilih {in_sentence(label)}"
    return f"Isi {in_sentence(label)}"


# By the code of the error. What a field of one kind says of "invalid" is in INVALID.
SENTENCES = {
    "min_value": "Isi %(limit_value)s atau lebih.",
    "max_value": "Isi paling besar %(limit_value)s.",
    "min_length": "Isi paling sedikit %(limit_value)s huruf, sekarang %(show_value)s.",
    "max_length": "Isi paling banyak %(limit_value)s huruf, sekarang %(show_value)s.",
    "max_digits": "Isi paling banyak %(max)s angka.",
    "max_decimal_places": "Isi paling banyak %(max)s angka di belakang koma.",
    "max_whole_digits": "Isi paling banyak %(max)s angka di depan koma.",
    "step_size": "Isi kelipatan %(limit_value)s.",
    "invalid_choice": "Pilih salah satu dari daftar; isian tadi tidak ada di sana atau sudah berubah.",
    "invalid_list": "Pilih dari daftar.",
    "invalid_pk_value": "Pilih dari daftar.",
    "invalid_extension": "Unggah berkas dengan akhiran %(allowed_extensions)s.",
    "missing": "Unggah berkasnya.",
    "empty": "Berkas ini kosong. Unggah yang berisi.",
    "contradiction": "Unggah berkas atau centang hapus, jangan keduanya.",
    "invalid_image": "Unggah gambar; berkas ini bukan gambar atau rusak.",
    "null_characters_not_allowed": "Hapus tanda yang tidak terbaca dari isian ini.",
    "unique": "%(field_label)s ini sudah dipakai %(model_name)s lain.",
    "unique_together": "Sudah ada %(model_name)s dengan %(field_labels)s yang sama.",
    "unique_for_date": "Sudah ada isian lain dengan nilai ini pada tanggal yang sama.",
}
INVALID: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DecimalField, "Isi angka, misalnya 1.250,5."),
    (forms.FloatField, "Isi angka, misalnya 1.250,5."),
    (forms.IntegerField, "Isi angka bulat, misalnya 12."),
    (forms.DateField, "Isi tanggal, misalnya 8 Oktober 2019."),
    (forms.TimeField, "Isi jam, misalnya 09.30."),
    (forms.DateTimeField, "Isi tanggal dan jam, misalnya 8 Oktober 2019 09.30."),
    (forms.URLField, "Isi alamat web, misalnya https://contoh.go.id."),
    (forms.SlugField, "Pakai huruf, angka, tanda hubung, dan garis bawah saja."),
    (forms.FileField, "Unggah lagi berkasnya; yang tadi tidak sampai."),
)
ANYTHING = "Isian ini tidak dapat dipakai. Periksa lagi."
EMPTY = frozenset({"required", "null", "blank"})


@cache
def _of_django() -> dict[int, Any]:
    """Django's own messages by their identity: copies of a field keep the very same objects."""
    found = [
        message
        for kind in (*_kinds(forms.Field), *_kinds(models.Field))
        if kind.__module__.startswith("django.")
        for message in vars(kind).get("default_error_messages", {}).values()
    ]
    for each in vars(validators).values():
        if isinstance(each, type) and each is not validators.EmailValidator:  # its sentence is ours (FrameConfig)
            messages = vars(each).get("messages")
            found += messages.values() if isinstance(messages, dict) else [vars(each).get("message")]
        elif isinstance(each, validators.RegexValidator):  # validate_slug and its like
            found.append(each.message)
    return {id(message): message for message in found if message is not None}


def _kinds(base: type) -> Iterator[type]:
    yield base
    below: list[type] = base.__subclasses__()
    for kind in below:
        yield from _kinds(kind)


def is_of_django(error: ValidationError) -> bool:
    return id(error.message) in _of_django() or error.code in {"unique_together", "unique_for_date"}


def in_our_words(error: ValidationError, field: forms.Field | None, label: str) -> ValidationError:
    """``error`` with a sentence of ours; what was ours already stays as it is."""
    if not is_of_django(error):
        return error
    if error.code in EMPTY and field is not None:
        sentence = f"{required_sentence(field, label)}."
    elif error.code == "invalid":
        sentence = next((each for kind, each in INVALID if isinstance(field, kind)), ANYTHING)
    else:
        sentence = _filled(SENTENCES.get(error.code or "", ANYTHING), error.params or {}, label)
    return ValidationError(sentence, code=error.code)


def _filled(sentence: str, params: dict[str, Any], label: str) -> str:
    shown = dict(params)
    if isinstance(shown.get("limit_value"), int | Decimal):  # what was typed may be too long for any format
        shown["limit_value"] = formats.number(shown["limit_value"])
    if "field_labels" in shown:
        shown["field_labels"] = in_sentence(shown["field_labels"])
    if "model_name" in shown:
        shown["model_name"] = in_sentence(shown["model_name"])
    shown.setdefault("field_label", label)
    if isinstance(shown.get("field_label"), str):
        shown["field_label"] = shown["field_label"][:1].upper() + shown["field_label"][1:]
    return sentence % shown if "%(" in sentence else sentence


def add_in_our_words(form: forms.BaseForm, field: str | None, error: Any) -> None:
    """In the place of a form's ``add_error``: each error in our words, found by anything: field, validator or model."""
    forms.BaseForm.add_error(form, field, all_in_our_words(form, field, error))


def all_in_our_words(form: forms.BaseForm, field: str | None, error: Any) -> ValidationError:
    """What ``add_error`` is given: a sentence, an error, a list of them, or a dictionary by field."""
    if not isinstance(error, ValidationError):
        error = ValidationError(error)
    if hasattr(error, "error_dict"):
        named = {name: [_worded(form, each, name) for each in errors] for name, errors in error.error_dict.items()}
        return ValidationError(named)
    return ValidationError([_worded(form, each, field) for each in error.error_list])


def _worded(form: forms.BaseForm, error: ValidationError, name: str | None) -> ValidationError:
    field = form.fields.get(name) if name else None
    label = field.label if field is not None and field.label is not None else (name or "").replace("_", " ")
    return in_our_words(error, field, str(label))
