"""What a spreadsheet cell holds of each kind of value, whose a decree is, and what a form of files still takes."""

import io
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.documents.files import detect, receive_file
from p2emas.documents.forms import PrivateFileField
from p2emas.documents.kinds import HEIC, WEBP, XLSX, FileRefused
from p2emas.documents.office import MOST_DIRECTORY
from p2emas.documents.turns import NotRead
from p2emas.instruments.forms import RoundDiscussionForm
from p2emas.models import Decree
from tests.factories import DecreeFactory, MinutesFactory

from . import corpus


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "draft"), [("coordinator", True), ("auditor", True), ("agency_operator", False)])
def test_draft_of_a_decree_is_open_to_whoever_sees_everything(user_as, who, draft):
    user = user_as(who)

    assert DecreeFactory(draft=True, number="").is_open_to(user) is draft
    assert DecreeFactory().is_open_to(user)


@pytest.mark.django_db
def test_draft_of_a_decree_is_closed_to_the_public():
    assert not DecreeFactory(draft=True, number="").is_open_to(AnonymousUser())
    assert DecreeFactory().is_open_to(AnonymousUser())


@pytest.mark.django_db
def test_decrees_of_one_number_are_those_of_its_kind_however_it_is_typed_and_drafts_without_one_have_none():
    first, again = DecreeFactory(number="050/7/2019"), DecreeFactory(number="050/8/2019", draft=True)
    DecreeFactory(number="050/9/2019")
    DecreeFactory(number="050/7/2019", kind=Decree.Kind.PERBUP)
    blank = [DecreeFactory(number="", draft=True) for _n in range(2)]
    again.number = " 050/7/2019 "

    assert list(again.same_number()) == [first]
    assert not first.same_number() and not blank[0].same_number()


@pytest.mark.django_db
def test_button_that_ends_a_decree_for_good_is_red_and_the_one_that_begins_it_is_not(client_as):
    client = client_as("coordinator_head")
    draft, decree = DecreeFactory(draft=True, number="050/1/2019"), DecreeFactory()
    pages = [reverse("profiles:decree-step", args=each) for each in ((draft.pk, "enact"), (decree.pk, "revoke"))]

    assert ["btn-danger" in client.get(page).content.decode() for page in pages] == [False, True]


@pytest.mark.django_db
def test_minutes_of_a_round_are_chosen_among_minutes_and_notes_take_four_thousand_letters():
    minutes, cancelled = MinutesFactory(), MinutesFactory(status="CANCELLED")

    def errors(**typed):
        return set(RoundDiscussionForm(typed).errors)

    assert errors(discussion="x" * 4000, minutes=minutes.pk) == set()
    assert errors(discussion="x" * 4001, minutes=cancelled.pk) == {"discussion", "minutes"}


def test_field_of_a_file_asks_for_it_unless_it_may_stay_empty():
    assert PrivateFileField(required=False).clean(None) is None
    with pytest.raises(ValidationError):
        PrivateFileField().clean(None)
    assert PrivateFileField(label="Foto balai desa").label == "Foto balai desa"


def test_file_that_was_not_read_says_why_and_when_to_come_back():
    told = NotRead("Kirim lagi sebentar lagi.", status=503, retry_after=10)

    assert (told.messages, told.status, told.retry_after) == (["Kirim lagi sebentar lagi."], 503, 10)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_address_of_a_file_is_only_read(client, method):
    address = reverse("documents:file-download", args=["decreefile", "00000000-0000-4000-8000-000000000000"])

    assert getattr(client, method)(address).status_code == 405


# --- What a file is -------------------------------------------------------------------------------------------------


def test_heic_is_known_by_any_of_the_brands_that_it_names():
    def kind(*brands: bytes) -> str:
        return detect((16 + 4 * len(brands)).to_bytes(4, "big") + b"ftypabcd\0\0\0\0" + b"".join(brands) + b"heic")

    assert [kind(b"heic"), kind(b"efgh", b"heic"), kind(b"efgh", b"ijkl", b"mif1")] == [HEIC] * 3
    assert [kind(), kind(b"efgh", b"ijkl"), kind(b"xhei", b"cxxx"), kind(b"xxxx", b"xxhe", b"icxx")] == [""] * 4


def test_sound_in_a_riff_file_and_letters_elsewhere_are_no_webp_picture():
    starts = (b"RIFF\0\0\0\0WEBPVP8 ", b"RIFF\0\0\0\0WAVEfmt ", b"\0\0\0\0\0\0\0\0WEBPVP8 ")

    assert [detect(start) for start in starts] == [WEBP, "", ""]


def test_ending_of_five_letters_is_judged_and_a_longer_word_after_a_point_is_part_of_the_name():
    def received(name: str) -> str:
        return receive_file(SimpleUploadedFile(name, corpus.pdf())).original_name

    with pytest.raises(FileRefused, match=r"padahal namanya berakhiran \.xhtml"):
        received("surat.xhtml")
    assert received("surat.edaran") == "surat.edaran.pdf"


def test_list_of_parts_of_an_archive_is_read_up_to_its_bound():
    def archive(more: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name in ("[Content_Types].xml", "xl/workbook.xml", *"abcdefg"):
                part = zipfile.ZipInfo(name)
                part.comment = b"x" * (more if name == "g" else 50_000)
                made.writestr(part, b"")
        return out.getvalue()

    left = MOST_DIRECTORY - int.from_bytes(archive(0)[-10:-6], "little")

    assert [detect(archive(left)), detect(archive(left + 1))] == [XLSX, ""]
