"""Words for what the stock admin says in English or in signs."""

from django import forms
from django.contrib.admin.templatetags import admin_list

from p2emas.ui.sentences import add_in_our_words

ICON = "_boolean_icon"  # the function of ``admin_list`` that draws true and false


def boolean_word(value: bool | None) -> str:
    """ "Ya" where the stock admin draws an icon that a screen reader calls "True"."""
    return {True: "Ya", False: "Tidak", None: "Belum diketahui"}[value]


def use_words() -> None:
    """Lists and read-only fields ask this one function of Django, which has no setting for it."""
    setattr(admin_list, ICON, boolean_word)


def spoken(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form in our words: errors say what to do, labels are as everywhere, without a colon.

    ``form`` is a class that Django made for this request alone, so it is changed in place: a subclass of it would
    make all fields again, and ask for the choices of each a second time.
    """
    made = form.__init__

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        made(self, *args, **kwargs)

    for name, method in {"__init__": __init__, "add_error": add_in_our_words}.items():
        setattr(form, name, method)
    return form
