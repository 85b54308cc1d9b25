"""One row as an answer: a select of few, a box for many; nothing outside the scope, nothing on a guess."""

import re

import pytest
from django import forms

from districts.models import Village
from p2emas.ui import rows
from p2emas.ui.controls import control
from p2emas.ui.rows import RowField, key_typed
from tests.factories import DistrictFactory, VillageFactory

pytestmark = pytest.mark.django_db


class OfVillages(RowField):
    search_fields = ("name", "code", "district__name")

    def label_from_instance(self, village: Village) -> str:
        return f"{village.name}, Kec. {village.district.name}"


class Place(forms.Form):
    village = OfVillages(Village.objects.none(), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = Village.objects.public().select_related("district").order_by("name")


@pytest.fixture
def villages(monkeypatch):
    """Five in two kecamatan where a select has at most four; one more is out of scope."""
    monkeypatch.setattr(rows, "MOST", 4)
    kelam, sepauk = DistrictFactory(name="Kelam"), DistrictFactory(name="Sepauk")
    made = {
        "jaya": VillageFactory(name="Mekar Jaya", district=kelam),
        "twin": VillageFactory(name="Tanjung Hulu", district=kelam),
        "other twin": VillageFactory(name="Tanjung Hulu", district=sepauk),
        "new": VillageFactory(name="Tanjung Baru", district=sepauk, code="61.05.07.2012"),
        "last": VillageFactory(name="Ulak", district=sepauk),
    }
    return made | {"gone": VillageFactory(name="Nanga Lama", district=sepauk, active=False)}


def typed(text: object) -> Place:
    return Place({"village": str(text)})


def sentence(text: object) -> str:
    return typed(text).errors["village"][0]


def words(village: Village) -> str:
    return f"{village.name}, Kec. {village.district.name} [{village.pk}]"


def test_few_rows_are_a_select_and_its_key_is_taken(villages, monkeypatch):
    monkeypatch.setattr(rows, "MOST", 5)
    form = typed(villages["jaya"].pk)

    drawn = control(form["village"])

    assert re.findall(r'<option value="(\d+)"', drawn) == [
        str(village.pk) for village in Village.objects.public().order_by("name")
    ]
    assert form.cleaned_data == {"village": villages["jaya"]}


def test_many_rows_are_a_box_that_shows_the_stored_one(villages, django_assert_num_queries):
    form = Place(initial={"village": villages["twin"].pk})

    with django_assert_num_queries(3):  # are they too many, is there any, the stored one
        drawn = control(form["village"])

    assert f'value="{words(villages["twin"])}"' in drawn
    assert "form-control" in drawn
    assert "<option" not in drawn


@pytest.mark.parametrize("text", ["Mekar Jaya", " mekar jaya ", "{jaya}"])
def test_row_is_named_by_its_name_or_as_the_box_shows_it(villages, text):
    form = typed(text.format(jaya=words(villages["jaya"])))

    assert form.is_valid()
    assert form.cleaned_data == {"village": villages["jaya"]}


def test_row_is_named_by_its_code(villages):
    form = typed("61.05.07.2012")

    assert form.is_valid()
    assert form.cleaned_data == {"village": villages["new"]}


def test_part_of_a_name_is_offered_and_not_taken(villages):
    form = typed("mekar")

    assert form.errors["village"] == [
        f"“mekar” dibaca sebagai {words(villages['jaya'])}. Kirim sekali lagi bila benar."
    ]
    assert f'value="{words(villages["jaya"])}"' in control(form["village"])


def test_name_of_two_asks_which(villages):
    first, second = villages["twin"], villages["other twin"]

    assert sentence("Tanjung Hulu") == (
        f"Ada 2 yang cocok dengan “Tanjung Hulu”. Tulis salah satu: {words(first)}; {words(second)}."
    )
    drawn = control(typed("Tanjung Hulu")["village"])
    assert [words(first), words(second)] == re.findall(r'<option value="([^"]*)">', drawn)
    assert 'value="Tanjung Hulu"' in drawn


def test_words_of_the_label_are_read_in_any_column(villages):
    assert (
        sentence("hulu kec. sepauk")
        == f"“hulu kec. sepauk” dibaca sebagai {words(villages['other twin'])}. Kirim sekali lagi bila benar."
    )


@pytest.mark.parametrize(
    "text",
    [
        "{gone.name}",
        "{gone.code}",
        "x [{gone.pk}]",
        "{gone.pk}",
        "{jaya.pk}",
        "[999999]" * 3,  # of no village; small numbers come back after a test that empties the tables
        "[99999999999999999999]",
        "x\x00y",
    ],
)
def test_what_the_scope_lacks_is_refused(villages, text):
    form = typed(text.format(**villages))

    assert not form.is_valid()
    assert "Nanga Lama, Kec" not in str(form.errors)


def test_unknown_name_says_so(villages):
    assert sentence("Entah") == "“Entah” tidak ada dalam daftar. Periksa ejaannya, atau tulis sebagian saja."


def test_row_that_stays_has_not_changed(villages):
    initial = {"village": villages["jaya"].pk}

    assert not Place({"village": words(villages["jaya"])}, initial=initial).has_changed()
    assert not Place({"village": str(villages["jaya"].pk)}, initial=initial).has_changed()
    assert Place({"village": words(villages["twin"])}, initial=initial).has_changed()
    assert Place({"village": ""}, initial=initial).has_changed()
    assert not Place({"village": ""}).has_changed()


@pytest.mark.parametrize("most", [4, 5])
def test_row_that_was_chosen_once_stays_a_choice_and_no_other_that_is_gone(villages, monkeypatch, most):
    monkeypatch.setattr(rows, "MOST", most)  # a box, a select
    gone, never = villages["gone"], VillageFactory(name="Lubuk Lama", active=False)

    def taken(village: Village) -> bool:
        form = typed(village.pk if most == 5 else words(village))
        form.fields["village"].use(form.fields["village"].offer.joined_by(gone))
        return form.is_valid() and form.cleaned_data == {"village": village}

    assert [taken(village) for village in (villages["jaya"], gone, never)] == [True, True, False]


def test_select_lists_a_row_that_was_chosen_once_beside_the_others(villages, monkeypatch):
    monkeypatch.setattr(rows, "MOST", 5)
    listed = [village.pk for village in Village.objects.public().order_by("name")]

    for village, keys in ((villages["gone"], [*listed, villages["gone"].pk]), (villages["jaya"], listed)):
        form = Place()
        form.fields["village"].use(form.fields["village"].offer.joined_by(village))
        assert [int(key) for key in re.findall(r'<option value="(\d+)"', control(form["village"]))] == keys


def test_words_of_stored_rows_are_read_together(villages, django_assert_num_queries):
    field = Place().fields["village"]
    stored = [villages["jaya"], villages["twin"]]
    field.tell([*(village.pk for village in stored), None])

    with django_assert_num_queries(0):
        assert [field.prepare_value(village.pk) for village in stored] == [words(village) for village in stored]


@pytest.mark.parametrize(
    ("answer", "key"),
    [("12", "12"), ("Kelam [12]", "12"), ("9" * 18, "9" * 18), ("9" * 19, ""), ("Kelam", ""), ("\u00b2", ""), ("", "")],
)
def test_key_of_an_answer_is_a_number_that_a_key_can_be_or_stands_in_brackets(answer, key):
    assert key_typed(answer) == key
