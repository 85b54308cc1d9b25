"""Requirements in figures: who is outside one is told on the page, may apply all the same, and the office sees it."""

from datetime import date

import pytest
from django.test import Client

from facilitators.models import Application, Requirement
from facilitators.recruitment.applications.stated import age_on, outside_by_age, outside_by_education, own_words
from facilitators.recruitment.apply.missing import gaps_of
from facilitators.recruitment.apply.sending import NotSent, send_application
from facilitators.recruitment.rounds.framing import create_recruitment
from tests.facilitator_factories import OPENS, RecruitmentRoundFactory, RequirementFactory
from tests.facilitators.recruitment.applying import (
    ANSWERS,
    IDENTITY,
    address,
    begin,
    complete_draft,
    nik_of,
    send_page,
)
from tests.filled import own_form

pytestmark = pytest.mark.django_db
YOUNG = {"birth_date": "17-03-2000", "nik": nik_of(1, date(2000, 3, 17))}  # 19 when the round closes on 31-10-2019
SCHOOL = {**ANSWERS["pendidikan"], "education": "SMA"}
AGE, LEVEL = "Berusia 21 tahun atau lebih", "Pendidikan sekurangnya diploma"


@pytest.fixture
def record():
    made = RecruitmentRoundFactory(complete=True)
    RequirementFactory(round=made, text=AGE, least_age=21)
    RequirementFactory(round=made, text=LEVEL, least_education="D3")
    return made


def words(response) -> str:
    return " ".join(response.content.decode().split())


def tick(client, told, url):
    """Read what the page says, tick the box, send again."""
    return client.post(url, dict(own_form(told.content.decode(), url).filled(knowing="on")) | {"next": "1"})


# --- The rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1998, 10, 31), date(2019, 10, 31), 21),
        (date(1998, 11, 1), date(2019, 10, 31), 20),
        (date(2000, 2, 29), date(2021, 2, 28), 20),
        (date(2000, 2, 29), date(2021, 3, 1), 21),
    ],
)
def test_age_counts_birthdays_that_were(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("age", "least", "most", "inside"),
    [(20, 21, None, False), (21, 21, None, True), (35, None, 35, True), (36, None, 35, False), (50, None, None, True)],
)
def test_bounds_of_age_belong_to_the_requirement(age, least, most, inside):
    row = Requirement(text=AGE, least_age=least, most_age=most)

    assert (outside_by_age([row], date(2019 - age, 10, 31), date(2019, 10, 31)) == []) is inside


@pytest.mark.parametrize(
    ("education", "least", "inside"),
    [
        ("SMA", "D3", False),
        ("D3", "D3", True),
        ("S2", "S1", True),
        ("S1", "S2", False),
        ("SMA", "", True),
        ("", "D3", True),
    ],
)
def test_education_is_compared_by_level(education, least, inside):
    assert (outside_by_education([Requirement(text=LEVEL, least_education=least)], education) == []) is inside


def test_unknown_day_of_birth_is_outside_of_nothing():
    assert outside_by_age([Requirement(text=AGE, least_age=21)], None, date(2019, 10, 31)) == []


# --- The applicant's pages -------------------------------------------------------------------------------------------


def test_too_young_is_told_at_once_and_continues_knowingly(client, record):
    url = address(record, "identitas")
    told = send_page(client, url, **{**IDENTITY, **YOUNG})

    assert told.status_code == 200
    assert AGE in words(told) and "berumur 19 tahun saat pendaftaran ditutup" in words(told)
    assert "Saya tahu, dan tetap melamar." in words(told) and "<title>Galat:" in words(told)
    assert not Application.objects.exists()

    assert tick(client, told, url).status_code == 302
    draft = Application.objects.get()
    assert (draft.knows_age, draft.knows_education) == (True, False)
    assert 'name="knowing"' in words(client.get(address(record, "identitas")))


def test_old_enough_is_asked_nothing(client, record):
    page = words(client.get(address(record, "identitas")))
    draft = begin(client, record)

    assert 'name="knowing"' not in page
    assert draft.knows_age is False


def test_lower_education_is_told_and_kept_from_a_silent_saving(client, record):
    begin(client, record)
    url = address(record, "pendidikan")

    told = send_page(client, url, **SCHOOL)
    later = send_page(client, url, **SCHOOL, button="later")
    draft = Application.objects.get()

    assert (told.status_code, later.status_code) == (200, 302)
    assert LEVEL in words(told) and "pendidikan SMA atau sederajat" in words(told)
    assert (draft.education, draft.knows_education) == ("SMA", False)
    assert any("syarat pendidikan" in gap.sentence for gap in gaps_of(draft))

    assert tick(client, told, url).status_code == 409  # meanwhile "later" saved the rest of the page
    assert tick(client, send_page(client, url, **SCHOOL), url).status_code == 302
    assert Application.objects.get().knows_education is True


def test_a_corrected_answer_takes_the_mark_back(client, record):
    for step, typed in (("identitas", {**IDENTITY, **YOUNG}), ("pendidikan", SCHOOL)):
        tick(client, send_page(client, address(record, step), **typed), address(record, step))
    draft = Application.objects.get()
    assert (draft.knows_age, draft.knows_education) == (True, True)

    send_page(client, address(record, "pendidikan"), **ANSWERS["pendidikan"])
    send_page(client, address(record, "identitas"), **{**IDENTITY, "nik": nik_of(1)})

    draft = Application.objects.get()
    assert (draft.knows_age, draft.knows_education) == (False, False)


def test_nobody_sends_unknowingly(record):
    draft = complete_draft(record, 1, birth_date=date(2000, 3, 17), education="SMA")
    sending = {"version": draft.version, "client_token": "8f6c1f6e-6f44-4a9a-9a53-1f0e7f1f6a11", "arrived": OPENS}

    with pytest.raises(NotSent, match="Lengkapi"):
        send_application(application=draft, **sending)
    assert [gap.slug for gap in gaps_of(draft)] == ["identitas", "pendidikan"]

    Application.objects.filter(pk=draft.pk).update(knows_age=True, knows_education=True)
    draft.refresh_from_db()
    assert send_application(application=draft, **sending).number == "LMR-2020-0001"


# --- The office ------------------------------------------------------------------------------------------------------


def test_office_sees_the_mark_in_list_and_check(client_as, record):
    marked = complete_draft(
        record, 1, birth_date=date(2000, 3, 17), education="SMA", knows_age=True, knows_education=True
    )
    plain = complete_draft(record, 2)
    for row in (marked, plain):
        row.sent_at = OPENS
        Application.objects.filter(pk=row.pk).update(status="SENT", number=f"LMR-2020-000{row.pk}", sent_at=OPENS)
    client = client_as("coordinator")

    listed = words(client.get(f"/seleksi/{record.code}/lamaran/"))
    checked = words(client.get(f"/seleksi/{record.code}/lamaran/{marked.pk}/"))
    other = words(client.get(f"/seleksi/{record.code}/lamaran/{plain.pk}/"))

    assert listed.count("Di luar syarat, tahu") == 1
    assert "Menurut isian: berumur 19 tahun saat pendaftaran ditutup. Pelamar diberi tahu dan tetap melamar." in checked
    assert "Menurut isian: pendidikan SMA atau sederajat." in checked
    assert "Menurut isian" not in other
    assert set(own_words(marked)) == set(
        record.requirements.exclude(least_age=None, least_education="").values_list("pk", flat=True)
    )


def test_figures_of_requirements_are_written_and_copied(client_as):
    draft = RecruitmentRoundFactory(draft=True, complete=True)
    row = draft.requirements.get()
    client, url = client_as("coordinator"), f"/seleksi/{draft.code}/syarat/"

    wrong = send_page(client, url, **{"baris-0-least_age": "40", "baris-0-most_age": "30"}, button="")
    right = send_page(
        client, url, **{"baris-0-least_age": "21", "baris-0-most_age": "40", "baris-0-least_education": "D3"}, button=""
    )
    copy = create_recruitment(
        fields={
            "code": "lain",
            "name": "Lain",
            "year": 2021,
            "intro": "x",
            "contact": "x",
            "opens_at": draft.opens_at,
            "closes_at": draft.closes_at,
        },
        source=draft,
    )

    row.refresh_from_db()
    assert "Umur paling muda tidak boleh di atas umur paling tua" in words(wrong)
    assert right.status_code == 302
    assert (row.least_age, row.most_age, row.least_education) == (21, 40, "D3")
    assert copy.requirements.values_list("least_age", "most_age", "least_education").get() == (21, 40, "D3")


@pytest.mark.parametrize("typed", ["5", "81", "dua puluh", "21,5"])
def test_nonsense_as_age_of_a_requirement_is_a_sentence(client_as, typed):
    draft = RecruitmentRoundFactory(draft=True, complete=True)

    answer = send_page(
        client_as("coordinator"), f"/seleksi/{draft.code}/syarat/", **{"baris-0-least_age": typed}, button=""
    )

    assert answer.status_code == 200
    assert "Umur pelamar" in words(answer) or "Tulis umur" in words(answer)


# --- Coming back -----------------------------------------------------------------------------------------------------


def test_applicant_who_comes_back_continues_at_the_first_unfinished_page(client, record):
    draft = begin(client, record)
    status = "/rekrutmen/status/"

    assert f'href="{address(record, "nama-alamat")}"' in words(client.get(status))

    send_page(client, address(record, "nama-alamat"), **ANSWERS["nama-alamat"])
    send_page(client, address(record, "pengalaman"), **ANSWERS["pengalaman"])
    assert f'href="{address(record, "pendidikan")}"' in words(client.get(status))

    complete = complete_draft(record, 2)
    session = client.session
    session["lamaran"] = complete.pk
    session.save()
    assert f'href="{address(record, "periksa")}"' in words(client.get(status))
    assert draft.pk != complete.pk


def test_second_and_third_wish_are_optional_and_each_error_names_its_own(record):
    from tests.facilitator_factories import PlaceFactory

    places = [record.places.get(), PlaceFactory(round=record), PlaceFactory(round=record)]
    client = Client()
    begin(client, record)
    url = address(record, "desa")

    page = words(client.get(url))
    same = {f"wish{n}": str(places[0].pk) for n in (1, 2, 3)}
    twice = words(send_page(client, url, **same))

    assert page.count("(opsional)") >= 2
    assert "Pilihan pertama <span" not in page
    assert "Pilihan kedua: " in twice and "Pilihan ketiga: " in twice
