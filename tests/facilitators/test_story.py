"""From an announced round to a facilitator who signs in, as one story through the pages, without JavaScript.

The office prepares and publishes, twenty people apply on their phones, files are checked, a test is imported, three
panellists score (one steps back), the head decides, the result is announced; then training, contract and placement.
"""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from facilitators.models import Application, RecruitmentRound
from p2emas import clock
from p2emas.models import Import
from tests.facilitators.recruitment.applying import address, fill, paper, send_page
from tests.factories import TargetLocationFactory
from tests.p2emas.imports.sheets import book, upload
from tests.person import Person

pytestmark = pytest.mark.django_db
Status = Application.Status
OPEN = datetime(2019, 10, 8, 3, 0, tzinfo=UTC)
AFTER = datetime(2019, 11, 1, 2, 0, tzinfo=UTC)
TEXTS = {
    "code": "pendamping-2020",
    "name": "Pendamping desa 2020",
    "year": "2020",
    "intro": "Pendamping tinggal di desa dan menggerakkan kelompok.",
    "contact": "Sekretariat seleksi, (0565) 000-000",
    "opens_at": "1-10-2019 08.00",
    "closes_at": "31-10-2019 16.00",
}


def url(name: str, *args: object) -> str:
    return reverse(f"recruitment:{name}", args=args)


@pytest.fixture
def locations(db):
    return TargetLocationFactory.create_batch(3)


@pytest.fixture
def office(client_as):
    return Person(client_as("coordinator"))


def prepare(office: Person, locations, panel) -> RecruitmentRound:
    """The round as the office sets it up, page by page, and publishes it."""
    office.open(url("round-list")).open(url("round-create")).send(having="opens_at", **TEXTS)
    record = RecruitmentRound.objects.get(code="pendamping-2020")
    numbers = {f"baris-{place}-number": "1" for place in range(len(locations))}
    office.open(url("round-places", record.code)).send(having="version", **numbers)
    office.open(url("round-requirements", record.code)).send(having="version", **{"baris-0-text": "Umur 21 sampai 45"})
    papers = {"baris-0-name": "KTP", "baris-1-name": "Ijazah terakhir"}
    office.open(url("round-documents", record.code)).send(having="version", **papers)
    rubric = {
        "baris-0-name": "Pengalaman",
        "baris-0-part": "DOSSIER",
        "baris-0-weight": "100",
        "baris-1-name": "Komunikasi",
        "baris-1-part": "INTERVIEW",
        "baris-1-weight": "100",
    }
    office.open(url("round-rubric", record.code)).send(having="version", **rubric)
    office.open(url("seat-list", record.code)).send(having="version", **{f"u{user.pk}": "1" for user in panel})
    office.open(url("round-step", record.code, "publish")).send(having="seen")
    record.refresh_from_db()
    return record


def apply(record: RecruitmentRound, number: int) -> Application:
    """A whole application from its first page to the receipt, on a phone of its own."""
    client = Client()
    draft = fill(client, record, number)
    answer = send_page(client, address(record, "periksa"), button="")
    assert answer.status_code == 302, answer.content.decode()
    assert "Terkirim" in client.get(answer.url).content.decode() or client.get(answer.url).status_code == 200
    draft.refresh_from_db()
    return draft


def refused_twice(record: RecruitmentRound, number: int) -> str:
    """What somebody reads who sends a second application with a NIK that was sent."""
    client = Client()
    fill(client, record, number)
    return send_page(client, address(record, "periksa"), button="").content.decode()


def check_files(office: Person, record: RecruitmentRound, unreadable: Application) -> None:
    """Everybody's files, one after another; the papers of ``unreadable`` are asked for again."""
    requirement = record.requirements.get()
    office.open(url("check-next", record.code))
    for _row in range(record.applications.sent().count()):
        asked = office.path == url("application-detail", record.code, unreadable.pk)
        typed = {"decision": "ask_completion", "missing": "Foto KTP tidak terbaca."} if asked else {}
        typed = {"decision": "pass_files", f"s{requirement.pk}": "1", **typed}
        office.send(having="decision", button="berikutnya", **typed)


def complete(application: Application) -> None:
    """The applicant comes back with code and phone, reads what is missing, and hands it in."""
    phone = Person(Client())
    phone.open(url("status")).send(having="code", code=application.code, phone="0812 3456 7890")
    assert "Foto KTP tidak terbaca." in phone.sees
    document = application.round.documents.get(name="KTP")
    phone.open(url("completion")).send(having=f"paper{document.pk}", **{f"paper{document.pk}": paper("ktp-baru.jpg")})
    phone.send(having="version", button="send")
    assert "Kelengkapan terkirim" in phone.sees


def import_test_scores(office: Person, record: RecruitmentRound, scores: dict[str, int], jobs) -> None:
    """The results of the written test as a workbook; what passed is applied on the page of the test."""
    rows = [[record.code, number, score, "Berita acara tes"] for number, score in scores.items()]
    table = book(rows, token="nilai-tes:1", headers=["Putaran", "Nomor lamaran", "Nilai", "Sumber"])
    with jobs():
        office.open(reverse("imports:import-upload", args=["nilai-tes"])).send(having="berkas", berkas=upload(table))
    batch = Import.objects.get()
    office.open(batch.get_absolute_url())
    assert f"{len(scores)} baru" in office.sees
    office.send(to=reverse("imports:import-apply", args=[batch.pk]))
    office.open(url("test-apply", record.code)).send(having="version")


def invite(office: Person, record: RecruitmentRound) -> None:
    plan = {"start": "12-11-2019 08.00", "minutes": "20", "room": "Ruang rapat Bappeda"}
    office.open(url("interview-propose", record.code)).send(having="minutes", **plan)
    office.open(url("interview-invite", record.code)).send(having="version")


def test_from_an_announced_round_to_a_facilitator_who_signs_in(
    client_as, office, locations, django_capture_on_commit_callbacks
):
    jobs = partial(django_capture_on_commit_callbacks, execute=True)
    panel = [client_as("panelist") for _seat in range(3)]
    record = prepare(office, locations, [client.user for client in panel])
    assert (record.status, record.places.count(), record.seats.count()) == ("PUBLISHED", 3, 3)

    with clock.at(OPEN):
        sent = [apply(record, number) for number in range(1, 21)]
    assert [application.status for application in sent] == ["SENT"] * 20
    assert sent[-1].number == "LMR-2020-0020"
    with clock.at(OPEN):
        assert "sudah dipakai" in refused_twice(record, 1)
    with clock.at(AFTER):
        office.open(url("round-step", record.code, "close")).send(having="seen")
        check_files(office, record, unreadable=sent[6])
        assert Application.objects.get(pk=sent[6].pk).status == "INCOMPLETE"
        complete(sent[6])
        office.open(url("check-next", record.code)).send(having="decision", decision="pass_files")
        office.open(url("round-step", record.code, "start_selection")).send(having="seen")
    assert set(record.applications.sent().values_list("status", flat=True)) == {"PASSED_FILES"}

    with clock.at(AFTER):
        scores = {application.number: 40 if n < 4 else 60 + n for n, application in enumerate(sent)}
        import_test_scores(office, record, scores, jobs)
        assert record.applications.in_state("REJECTED").count() == 4
        invite(office, record)
    assert record.applications.in_state("INVITED").count() == 16
