"""Passwords made of the words of the place are refused, others made of words are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from p2emas.accounts.sign_in.context_words import ENDS, LEET, remains
from tests.factories import AgencyFactory
from tests.people import lead_agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agencies(bappeda):
    AgencyFactory(code="perindagkop", short_name="Perindagkop UKM")


@pytest.mark.parametrize(
    "password",
    [
        "bappeda2019", "fasilitator1", "pendamping2019", "P@ssw0rd2019", "sintang2019", "bappedasintang", "Sintang#2019!",
        "2019bappeda", "B4pp3d42019", "Perindagkop-2019", "koordinator_2020", "k00rdinator99", "p2emas2019", "P2-EMAS-2019",
        "kabupatensintang1", "BupatiSintang", "admin-bappeda-01", "inspektorat2019", "fasi1itator2019", "ｂａｐｐｅｄａ２０１９",
        "kata-sandi-2019", "pendampingdesa2020", "dinas.sintang.2019",
    ],
)  # fmt: skip
def test_words_of_the_place_are_refused_with_a_sentence(password):
    with pytest.raises(ValidationError, match="mudah ditebak di sini"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["kelapa-sawit-2019", "orang-lain-2019", "tenun ikat di sungai", "kelapa-hijau-77", "密码很长但是没有问题吗对"],
)
def test_other_words_are_taken(password):
    validate_password(password)


def test_page_says_it_beside_the_field(client_as):
    assert lead_agency().short_name == "Bappeda"
    client = client_as("leader")
    client.user.set_password("kelapa-sawit-2019")
    client.user.save()
    client.force_login(client.user)

    page = client.post(
        "/akun/sandi/", {"oldpassword": "kelapa-sawit-2019", "password1": "bappeda-2020", "password2": "bappeda-2020"}
    )

    assert "nama instansi, program, daerah, atau peran" in " ".join(page.context["form"].errors["password1"])


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    for signs in LEET:
        for ends in ENDS:
            assert "bappeda" not in remains(text, ["bappeda"], signs, ends)
