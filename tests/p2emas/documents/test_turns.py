"""Turns: strangers wait among themselves, somebody with many files lets others in, a sender whose file cannot be read is told."""

import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from facilitators.models import ApplicationFile
from p2emas.documents import turns
from p2emas.documents.models import PaperTemplate
from p2emas.documents.papers import shipped_template
from p2emas.documents.turns import NETWORKS, SIGNED_IN, STRANGERS, Gate
from programs.models import ReportAttachment
from tests import facilitator_factories as make
from tests.facilitators.recruitment.applying import address, begin, paper, send_page
from tests.factories import DecreeFactory, ProgressReportFactory
from tests.p2emas.documents import corpus

TODAY = time.monotonic() + 60


# --- The gate -------------------------------------------------------------------------------------------------------


def run(*jobs) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


def test_one_reads_at_a_time_and_many_files_let_others_in():
    gate, order, inside = Gate(), [], []

    def visitor(name: str, files: int, delay: float):
        time.sleep(delay)
        for _n in range(files):
            with gate.entered("", time.monotonic() + 10) as entered:
                inside.append(name)
                assert entered and len(inside) == 1
                time.sleep(0.1)
                order.append(inside.pop())

    run(lambda: visitor("many", 4, 0), lambda: visitor("one", 1, 0.05))

    assert sorted(order) == ["many"] * 4 + ["one"]
    assert order.index("one") <= 1


def test_whoever_waits_too_long_is_sent_away_and_leaves_no_place_behind():
    gate = Gate(room=lambda: 2)

    with gate.entered("a", TODAY), gate.entered("b", time.monotonic() + 0.1) as entered:
        assert not entered
    with gate.entered("a", TODAY) as again:
        assert again


def test_room_is_bounded_for_strangers():
    gate = Gate(room=lambda: 1)

    begun = time.monotonic()
    with gate.entered("a", TODAY), gate.entered("b", TODAY) as entered:
        assert not entered and time.monotonic() - begun < 5


def test_network_that_is_read_elsewhere_waits_and_others_pass(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    networks = turns._Networks()
    code = (
        "import fcntl, sys, time; file = open(sys.argv[1], 'r+');"
        "fcntl.lockf(file, fcntl.LOCK_EX, 1, int(sys.argv[2])); print('held', flush=True); time.sleep(60)"
    )
    networks.enter("10.1.1.0/24")
    networks.leave("10.1.1.0/24")
    held = subprocess.Popen(
        [sys.executable, "-c", code, f"/proc/self/fd/{networks._file}", str(networks._place("10.1.1.0/24"))],
        stdout=subprocess.PIPE,
        pass_fds=[networks._file],
    )
    try:
        assert held.stdout.readline() == b"held\n"
        assert (networks.enter("10.1.1.0/24"), networks.enter("10.1.2.0/24")) == (False, True)
    finally:
        held.kill()
        held.wait()
    assert networks.enter("10.1.1.0/24")


def test_stranger_held_up_by_his_network_lets_the_next_pass(monkeypatch):
    gate, order, busy = Gate(), [], {"10.1.1.0/24"}
    monkeypatch.setattr(NETWORKS, "enter", lambda network: network not in busy)

    def visitor(network: str, delay: float):
        time.sleep(delay)
        with gate.entered(network, time.monotonic() + 10) as entered:
            assert entered
            order.append(network)
            busy.clear()

    run(lambda: visitor("10.1.1.0/24", 0), lambda: visitor("10.1.2.0/24", 0.3))

    assert order == ["10.1.2.0/24", "10.1.1.0/24"]


def test_machine_without_locks_reads_all_the_same(monkeypatch):
    def no_locks():
        raise OSError("no locks available")

    networks, gate = turns._Networks(), Gate()
    monkeypatch.setattr(networks, "_opened", no_locks)
    monkeypatch.setattr(turns, "NETWORKS", networks)

    for _n in range(2):
        with gate.entered("10.1.1.0/24", TODAY) as entered:
            assert entered


# --- The site -------------------------------------------------------------------------------------------------------


@pytest.fixture
def record(db):
    record = make.RecruitmentRoundFactory(complete=True)
    make.DocumentKindFactory(round=record, name="Ijazah")
    return record


def names(record) -> list[str]:
    return [f"paper{each.pk}" for each in record.documents.order_by("pk")]


def send(client, record, *files):
    return send_page(client, address(record, "berkas"), files=dict(files), button="upload")


def report_page(report) -> str:
    return f"/laporan/{report.pk}/lampiran/"


def attach(client, report):
    photo = SimpleUploadedFile("foto.jpg", corpus.image())
    return client.post(report_page(report), {"file": photo, "kind": "PHOTO", "caption": "Balai desa"})


def test_page_that_could_read_nothing_is_a_503_that_says_when_to_come_back(client, record, settings):
    settings.READ_WAIT_SECONDS = 0.2
    begin(client, record)

    with STRANGERS.entered("another", TODAY):
        answer = send(client, record, (names(record)[0], paper("ktp.jpg")))

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "ktp.jpg: Berkas ini belum terbaca" in answer.content.decode()
    assert send(client, record, (names(record)[0], paper("ktp.jpg"))).status_code == 302


def test_page_waits_until_the_file_of_another_is_read(client, record):
    begin(client, record)
    inside = threading.Event()

    def another():
        with STRANGERS.entered("another", TODAY):
            inside.set()
            time.sleep(0.5)

    reading = threading.Thread(target=another)
    reading.start()
    inside.wait(20)
    answer = send(client, record, (names(record)[0], paper("ktp.jpg")))
    reading.join(20)

    assert answer.status_code == 302


def test_large_form_is_answered_before_it_is_taken_apart(client, record, monkeypatch):
    begin(client, record)
    large = (names(record)[0], paper("ktp.jpg", b"\xff\xd8\xff" + b"x" * 200_000))
    monkeypatch.setattr(turns, "STRANGERS", Gate(room=lambda: 0))

    busy = send(client, record, large)
    cache.set("refused-files:127.0.0.0/24", [time.time()] * 5, 600)
    waiting = send(client, record, large)

    assert (busy.status_code, busy["Retry-After"]) == (503, "10")
    assert "Server sedang membaca berkas lain" in busy.content.decode()
    assert waiting.status_code == 429 and "Coba lagi dalam 10 menit" in waiting.content.decode()


def test_files_already_read_are_kept_and_the_missing_one_is_named(client, record, settings, monkeypatch):
    begin(client, record)
    enter, seen = STRANGERS._enter, []

    def one_only(mine, until):
        seen.append(mine)
        return enter(mine, until) if len(seen) == 1 else False

    monkeypatch.setattr(STRANGERS, "_enter", one_only)
    first, second = names(record)[:2]
    answer = send(client, record, (first, paper("ktp.jpg")), (second, paper("ijazah.jpg")))

    assert answer.status_code == 200 and "Retry-After" not in answer
    assert "ijazah.jpg: Berkas ini belum terbaca" in answer.content.decode()
    assert [each.original_name for each in ApplicationFile.objects.all()] == ["ktp.jpg"]


def test_strangers_hold_up_no_agency(client_as, settings, db):
    settings.READ_WAIT_SECONDS = 0.2
    report = ProgressReportFactory()
    operator = client_as("agency_operator", at=report.agency)

    with STRANGERS.entered("10.9.9.0/24", TODAY):
        answer = attach(operator, report)

    assert answer.status_code == 302 and ReportAttachment.objects.count() == 1
    with SIGNED_IN.entered("", TODAY):
        assert attach(operator, report).status_code == 503


def test_network_with_five_refused_files_waits_and_others_do_not(client, record, settings):
    begin(client, record)
    name = names(record)[0]
    bad = (name, SimpleUploadedFile("ktp.jpg", b"bukan gambar"))

    answers = [send(client, record, bad).status_code for _n in range(5)]
    begun = time.monotonic()
    sixth = send(client, record, (name, paper("ktp.jpg")))

    assert answers == [200] * 5
    assert sixth.status_code == 429 and 0 < int(sixth["Retry-After"]) <= 600 and time.monotonic() - begun < 5
    assert "berkas dari jaringan ini baru saja ditolak. Coba lagi dalam 10 menit." in sixth.content.decode()
    client.defaults["REMOTE_ADDR"] = "10.200.1.1"
    assert send(client, record, (name, paper("ktp.jpg"))).status_code == 302


def test_refused_files_of_the_last_ten_minutes_count_and_the_wait_is_told_to_the_second(client, record, monkeypatch):
    begin(client, record)
    clock = SimpleNamespace(monotonic=time.monotonic)
    monkeypatch.setattr(turns, "time", clock)
    first, second = names(record)[:2]

    def sent_at(second_of_it: int, name: str, content: bytes | None):
        clock.time = lambda: 1_000_000.0 + second_of_it
        return send(client, record, (name, paper("ktp.jpg", content)))

    bad = [sent_at(moment, first, b"bukan gambar") for moment in (0, 100, 200, 300, 601)]
    taken = sent_at(602, first, None)  # the refusal of ten minutes ago does not count any more
    fifth = sent_at(605, second, b"bukan gambar")
    waits = [sent_at(610, second, content) for content in (None, b"\xff\xd8\xff" + b"x" * 200_000)]

    assert [answer.status_code for answer in (*bad, taken, fifth, *waits)] == [200] * 5 + [302, 200, 429, 429]
    assert [answer["Retry-After"] for answer in waits] == ["90", "90"]
    assert all("Coba lagi dalam 2 menit" in answer.content.decode() for answer in waits)
    assert sent_at(701, second, None).status_code == 302


def test_refused_files_of_people_signed_in_do_not_count(client_as, db):
    report = ProgressReportFactory()
    operator = client_as("agency_operator", at=report.agency)

    for _n in range(6):
        bad = SimpleUploadedFile("foto.jpg", b"bukan gambar")
        operator.post(report_page(report), {"file": bad, "kind": "PHOTO", "caption": "x"})

    assert attach(operator, report).status_code == 302


# --- Papers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def papers(db) -> list[str]:
    decree = DecreeFactory()
    return [f"/sk/{decree.pk}/naskah.{form}" for form in ("pdf", "docx")]


def test_papers_of_strangers_take_turns_with_their_files(client, client_as, papers, settings):
    settings.READ_WAIT_SECONDS = 0.2

    with STRANGERS.entered("another", TODAY):
        refused = [client.get(path) for path in papers]
        of_the_office = [client_as("coordinator").get(path).status_code for path in papers]

    assert [(answer.status_code, answer["Retry-After"]) for answer in refused] == [(503, "10")] * 2
    assert all("muat ulang halaman ini" in answer.content.decode() for answer in refused)
    assert of_the_office == [200, 200]
    assert [client.get(path).status_code for path in papers] == [200, 200]


def test_paper_that_takes_too_long_is_a_503_and_no_error(client, papers, settings):
    settings.READ_TEMPLATE_SECONDS = 0.01

    answer = client.get(papers[1])

    assert answer.status_code == 503 and "Naskah belum dibuat" in answer.content.decode()


def test_own_template_is_not_tried_twice_when_no_turn_came(client, papers, settings, monkeypatch):
    settings.READ_WAIT_SECONDS = 0.2
    PaperTemplate.objects.create(kind=PaperTemplate.Kind.DECREE, content=shipped_template("decree"))
    entered = []
    enter = STRANGERS._enter
    monkeypatch.setattr(STRANGERS, "_enter", lambda mine, until: [entered.append(1), enter(mine, until)][1])

    with STRANGERS.entered("another", TODAY):
        assert client.get(papers[1]).status_code == 503

    assert len(entered) == 2  # ours above, and one of the paper
