"""From the paper of a handover to what its holder says, without an account; and who confirms it."""

import io
from datetime import date, datetime, timedelta
from zipfile import ZipFile

import pikepdf
import pytest
import segno
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.roles import Role
from programs.aid.handover import MOST_ANSWERS, OPEN, HandoverSlip, HolderPhoto, HolderStatement
from programs.aid.models import AidPackage
from programs.aid.page import PackagePage
from programs.aid.papers import code_link, public_address
from programs.aid.stating import Said, confirm_statement, find_slip, make_slip, state_handover
from tests.factories import (
    AidPackageFactory,
    HandoverSlipFactory,
    HolderStatementFactory,
    UserFactory,
    VillageScopeFactory,
)
from tests.pictures import JPEG

pytestmark = pytest.mark.django_db
ENTER, FILL = reverse("aid:handover-enter"), reverse("aid:handover-fill")
WRONG = "ABCDE23456"


@pytest.fixture(autouse=True)
def no_tries():
    cache.clear()


@pytest.fixture
def slip():
    return HandoverSlipFactory(package__quantity=2000, package__unit="batang", package__item="Bibit cabai")


def entered(slip, typed="") -> Client:
    client = Client()
    assert client.post(ENTER, {"kode": typed or slip.shown_code.lower()}).url == FILL
    return client


def test_the_holder_says_what_came_without_an_account(slip):
    client = entered(slip)

    page = client.get(FILL).content.decode()
    photo = SimpleUploadedFile("a.jpg", JPEG)
    answer = client.post(FILL, {"arrived": "1.600", "condition": "PARTLY", "note": "150 layu.", "photo": photo})

    said = HolderStatement.objects.get()
    assert "tertulis 2.000 batang" in page and slip.code not in page
    assert answer.url == ENTER and client.get(FILL).url == ENTER  # the browser has forgotten the code
    assert (said.arrived, said.words, said.counts, said.recorded_by, said.slip) == (
        1600, "kurang 400 batang", True, None, slip,
    )  # fmt: skip
    assert HolderPhoto.objects.get().uploaded_by is None


def test_photos_of_strangers_count_towards_the_bytes_of_their_network(slip, settings):
    def sent(note: str):
        photo = SimpleUploadedFile("a.jpg", JPEG)
        return entered(slip).post(FILL, {"arrived": "1.600", "condition": "PARTLY", "note": note, "photo": photo})

    assert sent("150 layu.").url == ENTER
    settings.DRAFT_BYTES_A_DAY = HolderPhoto.objects.get().size * 3 // 2
    refused = sent("Sisanya hidup.")

    assert refused.status_code == 200 and "Terlalu banyak berkas" in refused.content.decode()
    assert HolderStatement.objects.count() == HolderPhoto.objects.count() == 1


def test_later_answers_are_kept_beside_the_first_and_a_newer_code_asks_again(slip):
    first = state_handover(package=slip.package, slip=slip, said=Said(1600, "GOOD"))
    twice = state_handover(package=slip.package, slip=slip, said=Said(1600, "GOOD"))
    later = state_handover(package=slip.package, slip=slip, said=Said(2000, "GOOD"))
    assert (twice.pk, later.counts) == (first.pk, False)

    newer = make_slip(package=slip.package, by=UserFactory(), seen=slip.pk)
    assert [each.words for each in HolderStatement.objects.short()] == ["kurang 400 batang"]  # it stays until answered
    state_handover(package=slip.package, slip=newer, said=Said(2000, "GOOD"))

    assert not HolderStatement.objects.short().exists()
    assert HolderStatement.objects.get(counts=True).slip == newer
    assert HolderStatement.objects.count() == 3


def test_a_new_code_ends_the_old_one_and_a_second_click_makes_no_other(slip):
    by = UserFactory()
    newer = make_slip(package=slip.package, by=by, seen=slip.pk)
    again = make_slip(package=slip.package, by=by, seen=slip.pk)

    assert again.pk == newer.pk and HandoverSlip.objects.count() == 2
    assert find_slip(slip.code, clock.now()) is None
    assert find_slip(newer.code, clock.now()) == newer
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverSlipFactory(package=slip.package)


def test_a_code_is_open_for_30_days_from_its_first_print(slip):
    end = slip.printed_at + OPEN

    assert find_slip(slip.code, end - timedelta(seconds=1)) == slip
    assert find_slip(slip.code, end) is None
    words = [slip.state(when, answered=said).label for when, said in ((end - OPEN, 0), (end, 0), (end, 1))]
    assert words == ["Terbuka", "Kedaluwarsa", "Dijawab"]
    client = entered(slip)
    with clock.at(datetime(2019, 11, 2, 9)):
        assert client.get(FILL).url == ENTER


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"arrived": "", "condition": "GOOD"}, "Isi jumlah yang datang, 0 bila tidak ada"),
        ({"arrived": "5"}, "Pilih keadaannya"),
        ({"arrived": "-1", "condition": "GOOD"}, "Isi 0 atau lebih"),
        ({"arrived": "5", "condition": "x"}, "Pilih"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_a_sentence(slip, typed, sentence):
    answer = entered(slip).post(FILL, typed)

    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not HolderStatement.objects.exists()


def test_a_refusal_needs_no_number_and_is_a_finding(slip, client_as):
    entered(slip).post(FILL, {"condition": "REFUSED"})
    client = client_as("coordinator")

    assert HolderStatement.objects.get().words == "ditolak"
    assert set(AidPackage.objects.arrived_short()) == {slip.package}
    rows = client.get(reverse("aid:package-list"), {"keadaan": "kurang"}).context["rows"]
    assert [row.package for row in rows] == [slip.package]


def test_wrong_codes_of_one_address_are_refused_and_right_ones_do_not_count(slip):
    with time_machine.travel(datetime(2019, 10, 8, 3), tick=False):
        for _right in range(40):
            assert Client().post(ENTER, {"kode": slip.code}).status_code == 302
        wrong = [Client().post(ENTER, {"kode": WRONG}).status_code for _try in range(31)]
        after = Client().post(ENTER, {"kode": slip.code})

    assert wrong == [200] * 30 + [429]
    assert after.status_code == 429 and "Terlalu banyak kode yang salah" in after.content.decode()


def test_wrong_codes_of_all_addresses_together_are_refused_too(slip):
    with time_machine.travel(datetime(2019, 10, 8, 3), tick=False):
        codes = [
            Client().post(ENTER, {"kode": WRONG}, REMOTE_ADDR=f"10.{n // 250}.{n % 250}.7").status_code
            for n in range(301)
        ]

    assert codes == [200] * 300 + [429]


def test_the_code_is_in_no_address_no_log_and_no_answer(slip, caplog):
    client = Client()
    answers = [client.post(ENTER, {"kode": slip.code}), client.get(FILL), client.post(FILL, {"arrived": "1"})]

    told = " ".join(f"{answer.request} {answer.headers} {answer.content.decode()}" for answer in answers)
    assert slip.code not in told.replace(str(answers[0].request), "")
    assert slip.code not in caplog.text
    assert code_link(slip) == f"{public_address()}#{slip.code}"  # behind "#": no browser sends it


def test_one_code_takes_so_many_answers_and_no_more(slip):
    for number in range(MOST_ANSWERS):
        state_handover(package=slip.package, slip=slip, said=Said(number, "GOOD"))

    answer = entered(slip).post(FILL, {"arrived": "500", "condition": "GOOD"})

    assert "sudah menerima cukup banyak jawaban" in answer.content.decode()
    assert HolderStatement.objects.count() == MOST_ANSWERS


def test_a_statement_is_a_witness_only_with_a_visit_or_a_call(slip, client_as):
    statement = state_handover(package=slip.package, slip=slip, said=Said(2000, "GOOD"))
    client = client_as("coordinator")

    before = client.get(slip.package.get_absolute_url()).content.decode()
    client.post(reverse("aid:handover-confirm", args=[slip.package.pk]), {"seen_on": "07-10-2019", "note": "Ya."})
    after = client.get(slip.package.get_absolute_url()).content.decode()

    assert "Pernyataan pemegang BAST" in before and "belum dikuatkan" in before
    assert "dikuatkan" in after and "telepon, 7 Oktober 2019" in after and "belum dikuatkan" not in after
    confirm_statement(statement=statement, seen_on=date(2019, 10, 7), by=client.user)
    assert statement.witnesses.count() == 1


def test_without_signal_the_facilitator_writes_it_down_which_is_a_visit(client_as):
    package = AidPackageFactory(handed=True)
    client = client_as(Role.FACILITATOR)
    VillageScopeFactory(user=client.user, village=package.village)

    client.post(reverse("aid:handover-record", args=[package.pk]), {"arrived": "12", "condition": "GOOD"})

    said = HolderStatement.objects.get()
    assert (said.recorded_by, said.slip, said.counts) == (client.user, None, True)
    assert [str(each) for each in said.witnesses.all()] == ["kunjungan pendamping, 8 Oktober 2019"]


def test_papers_carry_the_code_and_the_slip_only_while_it_is_open(client_as, slip):
    client = client_as("agency_operator", at=slip.package.agency)
    slip.ended_at = clock.now()
    slip.save()
    url = reverse("aid:handover-print", args=[slip.package.pk])
    paper = {form: reverse("aid:handover-paper", args=[slip.package.pk, form]) for form in ("bast.docx", "slip.pdf")}
    assert client.get(paper["slip.pdf"]).status_code == 404

    client.post(url, {"seen": str(slip.pk)})

    newest = HandoverSlip.objects.get(ended_at=None)
    text = ZipFile(io.BytesIO(client.get(paper["bast.docx"]).content)).read("word/document.xml").decode()
    assert newest.shown_code in text and "Bibit cabai" in text and "BERITA ACARA SERAH TERIMA" in text
    assert client.get(paper["slip.pdf"]).content.startswith(b"%PDF-")
    assert newest.shown_code in client.get(url).content.decode()


def drawn_squares(page) -> set[tuple[int, int]]:
    """Row and column of each dark square of the code on ``page``: strokes in its own units, a square high."""
    dark: set[tuple[int, int]] = set()
    inside, begin = False, (0.0, 0.0)
    for values, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "cm":
            inside = values[0] > 1 and values[0] == -values[3]
        elif inside and str(operator) in "ml":
            x, y = (float(each) for each in values)
            if str(operator) == "l":
                dark |= {(int(y), column) for column in range(round(begin[0]), round(x))}
            begin = (x, y)
    return dark


def test_the_slip_is_one_page_of_a6_with_the_code_that_leads_to_the_answer(client_as, slip, settings):
    client = client_as("agency_operator", at=slip.package.agency)

    paper = client.get(reverse("aid:handover-paper", args=[slip.package.pk, "slip.pdf"])).content

    with pikepdf.open(io.BytesIO(paper)) as made:
        (page,) = made.pages
        left, bottom, right, top = (float(each) * 25.4 / 72 for each in page.mediabox)
        assert [round(each, 1) for each in (left, bottom, right, top)] == [0, 0, 105, 148]
        code = segno.make(f"{settings.SITE_URL}/serah-terima/#{slip.code}", error="m")
        wanted = {(y, x) for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark}
        assert drawn_squares(page) == wanted


def test_the_page_shows_the_state_of_the_newest_code(slip):
    user = UserFactory(is_superuser=True)
    shown = PackagePage(slip.package, user, date(2019, 10, 8))
    assert shown.handover_state == "OPEN"
    HolderStatementFactory(package=slip.package, slip=slip)
    assert PackagePage(slip.package, user, date(2019, 10, 8)).handover_state == "ANSWERED"
