"""Paging on outbox messages: they have a text, a nullable moment and many equal values."""

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.db.models import F
from django.http import QueryDict

from p2emas.models import Holiday, OutboxMessage
from p2emas.ui import paging
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from tests.factories import HolidayFactory, OutboxMessageFactory

pytestmark = pytest.mark.django_db
START = datetime(2019, 1, 1, tzinfo=UTC)


def query(link: str) -> QueryDict:
    return QueryDict(link.removeprefix("?"))


def flat(pages):
    return list(chain.from_iterable(pages))


def walk(rows, link="", step="next", **options):
    """Every row met by following the links, as lists of keys."""
    seen, pages = [], 0
    while True:
        page = paginate(rows, query(link), **options)
        seen.append([row.pk for row in page.rows])
        link = getattr(page, step)
        pages += 1
        assert pages < 100
        if not link:
            return seen


@pytest.fixture
def messages():
    """120 messages: three subjects, the moment of the next attempt missing in every fourth."""
    rows = OutboxMessageFactory.create_batch(120)
    for number, row in enumerate(rows):
        row.subject = f"Perihal {number % 3}"
        row.next_attempt_at = None if number % 4 == 0 else START + timedelta(hours=number % 10)
        row.save()
    return OutboxMessage.objects.all()


ORDERS = [
    ["pk"],
    ["-pk"],
    ["subject"],
    ["-subject", "next_attempt_at"],
    ["next_attempt_at"],
    ["-next_attempt_at", "subject"],
]


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_pages_hold_every_row_once_by_number_and_by_key(messages, order, monkeypatch):
    rows = messages.order_by(*order)
    by_number = flat(walk(rows))
    assert sorted(by_number) == sorted(row.pk for row in messages)

    monkeypatch.setattr(paging, "COUNT_LIMIT", 50)  # from row 51 on by key
    forward = walk(rows)
    assert flat(forward) == by_number
    assert [len(each) for each in forward] == [25, 25, 25, 25, 20]


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_pages_by_key_lead_back_the_same_way(messages, order, monkeypatch):
    rows = messages.order_by(*order)
    in_order = flat(walk(rows))
    monkeypatch.setattr(paging, "COUNT_LIMIT", 50)
    link = ""
    while True:
        page = paginate(rows, query(link))
        if not page.next:
            break
        link = page.next

    back = walk(rows, link, "previous")

    assert flat(reversed(back)) == in_order


@pytest.mark.parametrize("order", ORDERS, ids=",".join)
def test_keys_read_first_give_the_same_pages(messages, order, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_LIMIT", 50)
    rows = messages.annotate(when=F("next_attempt_at")).order_by(*order)

    pages = walk(rows, keys_first=True)

    assert pages == walk(rows)
    assert paginate(rows, query(""), keys_first=True).rows[0].when == rows.get(pk=pages[0][0]).next_attempt_at


def test_page_goes_by_key_over_an_annotation(messages, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_LIMIT", 50)
    rows = messages.annotate(when=F("next_attempt_at")).order_by("when")
    assert len(set(flat(walk(rows)))) == 120


def test_count_stops_at_the_limit_and_says_so(messages, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_LIMIT", 50)
    page = paginate(messages.order_by("pk"), QueryDict("halaman=2"))
    assert (page.count, page.more, page.count_text) == (50, True, "lebih dari 50")
    assert page.range_text == "26–50 dari lebih dari 50"
    assert query(page.next)["setelah"]
    deep = paginate(messages.order_by("pk"), query(page.next))
    assert deep.number is None
    assert deep.range_text == "25 baris, dari lebih dari 50"
    assert deep.start == "?"


def test_page_of_a_list_that_ends_at_the_limit_has_no_next(messages, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_LIMIT", 120)
    page = paginate(messages.order_by("pk"), QueryDict("halaman=5"))
    assert (page.more, page.next, page.count_text) == (False, "", "120")


def test_page_costs_two_queries(messages, django_assert_num_queries):
    with django_assert_num_queries(2):  # the bounded count and the rows
        paginate(messages.order_by("pk"), QueryDict("halaman=2"))
    with django_assert_num_queries(3):
        paginate(messages.order_by("pk"), QueryDict("halaman=2"), keys_first=True)


@pytest.mark.parametrize(
    ("asked", "number", "size"),
    [
        ("", 1, 25),
        ("halaman=3", 3, 25),
        ("halaman=999", 5, 25),
        ("halaman=0", 1, 25),
        ("halaman=-1", 1, 25),
        ("halaman=9999999999999999999999", 1, 25),
        ("halaman=%C2%B2", 1, 25),
        ("halaman=dua", 1, 25),
        ("baris=50&halaman=2", 2, 50),
        ("baris=100", 1, 100),
        ("baris=7", 1, 25),
        ("baris=999999", 1, 25),
        ("setelah=", 1, 25),
        ("setelah=%00", 1, 25),
        ("setelah=bukan-kunci", 1, 25),
        ("setelah=%F0%9F%98%80", 1, 25),
        ("sebelum=W10", 1, 25),
    ],
)
def test_page_takes_nonsense_for_the_first(messages, asked, number, size):
    page = paginate(messages.order_by("pk"), QueryDict(asked))
    assert (page.number, page.size) == (number, size)
    assert page.rows


@pytest.mark.parametrize(
    "values",
    [[None], [[]], [{}], ["x"], ["\x00"], [10**30], [1, 2], 5, [1.5e308], [True, False], ["NaN"], [-(10**19)]],
)
def test_page_refuses_a_forged_key(messages, values):
    text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    assert paginate(messages.order_by("pk"), QueryDict(f"setelah={text}")).rows


@pytest.mark.parametrize(
    "value",
    [
        "\x00",
        "31-31-2019",
        "2019-01-01T00:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        5,
        [],
        "9999-99-99",
        10**30,
        "x" * 1000,
        None,
    ],
)
def test_page_refuses_a_forged_moment(messages, value):
    text = base64.urlsafe_b64encode(json.dumps([value, 1]).encode()).decode()
    assert paginate(messages.order_by("-next_attempt_at", "pk"), QueryDict(f"setelah={text}")) is not None


def test_links_keep_the_filter_and_drop_the_old_place(messages):
    page = paginate(messages.order_by("pk"), QueryDict("status=menunggu&halaman=2&baris=25"))
    assert page.next == "?status=menunggu&halaman=3&baris=25"
    assert page.sizes[1]["link"] == "?status=menunggu&baris=50"
    assert [each.get("number") for each in page.numbers] == [1, 2, 3, 4, 5]


def test_page_of_an_empty_list():
    page = paginate(Holiday.objects.order_by("pk"), QueryDict())
    assert (page.rows, page.count_text, page.range_text, page.next, page.numbers) == ([], "0", "tidak ada", "", [])
    assert len(page) == 0


def test_page_numbers_leave_gaps():
    assert paging._shown(1, 1) == [1]
    assert paging._shown(1, 40) == [1, 2, None, 40]
    assert paging._shown(4, 40) == [1, 2, 3, 4, 5, None, 40]
    assert paging._shown(20, 40) == [1, None, 19, 20, 21, None, 40]


def test_sorting_takes_known_columns_only():
    columns = {"tanggal": "date", "nama": ["name", "-date"]}
    assert Sorting(QueryDict("urut=-nama"), columns, "tanggal").fields == ["-name", "date"]
    for asked in ("urut=password", "urut=--nama", "urut=date", "urut=%00", ""):
        assert Sorting(QueryDict(asked), columns, "-tanggal").fields == ["-date"]
    assert Sorting(QueryDict("urut=nama"), columns, "tanggal").direction("nama") == "ascending"
    assert Sorting(QueryDict("urut=-nama"), columns, "tanggal").direction("nama") == "descending"
    assert Sorting(QueryDict("urut=-nama"), columns, "tanggal").direction("tanggal") == "none"


def test_sorting_orders_rows_and_ends_in_the_key():
    late, early = HolidayFactory(date="2019-12-25"), HolidayFactory(date="2019-01-01")
    sort = Sorting(QueryDict("urut=tanggal"), {"tanggal": "date"}, "tanggal")
    assert list(sort.apply(Holiday.objects.all())) == [early, late]
    assert sort.apply(Holiday.objects.all()).query.order_by == ("date", "pk")
