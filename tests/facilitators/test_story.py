"""From an announced round to a facilitator who signs in, as one story through the pages, without JavaScript.

The office prepares and publishes, twenty people apply on their phones, files are checked, a test is imported, three
panellists score (one steps back), the head decides, the result is announced; then training, contract and placement.
"""

import re
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from facilitators.models import Application, Contract, Course, Enrolment, Facilitator, RecruitmentRound
from p2emas import clock
from p2emas.models import Import, OutboxMessage
from tests.facilitators.recruitment.applying import address, fill, paper, picture, send_page
from tests.factories import MinutesFactory, TargetLocationFactory
from tests.p2emas.imports.sheets import book, upload
from tests.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
Status = Application.Status
OPEN = datetime(2019, 10, 8, 3, 0, tzinfo=UTC)
AFTER = datetime(2019, 11, 1, 2, 0, tzinfo=UTC)
TEXTS = {
    "code": "pendamping-2020",
    "name": "Pendamping masyarakat 2020",
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


def check_files(office: Person, record: RecruitmentRound, unreadable: Application, double: Application) -> None:
    """Everybody's files, one after another; ``unreadable`` is asked for papers, ``double`` may not pass too."""
    requirement = record.requirements.get()
    office.open(url("check-next", record.code))
    for _row in range(record.applications.sent().count()):
        asked = office.path == url("application-detail", record.code, unreadable.pk)
        typed = {"decision": "ask_completion", "missing": "Foto KTP tidak terbaca."} if asked else {}
        typed = {"decision": "pass_files", f"s{requirement.pk}": "1", **typed}
        twin = office.path == url("application-detail", record.code, double.pk)
        office.send(having="decision", button="berikutnya", **typed)
        if twin:
            assert "yang sudah lolos administrasi" in office.sees
            why = {"decision": "refuse_files", "category": "DOUBLE", "sentence": "KTP-nya orang yang sama"}
            office.send(having="decision", button="berikutnya", **typed | why)


def complete(application: Application) -> None:
    """The applicant comes back with code and phone, reads what is missing, and hands it in."""
    phone = Person(Client())
    phone.open(url("status")).send(having="code", code=application.code, phone="0812 3456 7890")
    assert "Foto KTP tidak terbaca." in phone.sees
    document = application.round.documents.get(name="KTP")
    phone.open(url("completion")).send(
        having=f"paper{document.pk}", **{f"paper{document.pk}": paper("ktp-baru.jpg", picture("red"))}
    )
    phone.send(having="version", button="send")
    assert "Kelengkapan terkirim" in phone.sees


def import_test_scores(office: Person, record: RecruitmentRound, scores: dict[str, int], jobs) -> None:
    """The results of the written test as a workbook; what passed is applied on the page of the test."""
    rows = [[record.code, number, score, "Berita acara tes"] for number, score in scores.items()]
    table = book(rows, token="nilai-tes:1", headers=["Tahap seleksi", "Nomor lamaran", "Nilai", "Sumber"])
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


def score(seat: Person, record: RecruitmentRound, part: str, *, severity: int = 0) -> None:
    """One sheet for each applicant, one page each, as long as "Simpan dan berikutnya" leads to another."""
    criterion = record.criteria.get(part=part)
    page = "score-dossier" if part == "DOSSIER" else "score-interview"
    order = seat_rows(seat, record)
    seat.open(url(page, record.code, order[0].pk))
    for _sheet in order:
        number = int(re.search(r"(\d+)/(nilai|wawancara)/", seat.path)[1])
        mark = str(max(1, 2 + number % 4 - severity))
        seat.send(having=f"nilai-{criterion.pk}", **{f"nilai-{criterion.pk}": mark})
    assert seat.path == url("score-list", record.code)


def seat_rows(seat: Person, record: RecruitmentRound) -> list[Application]:
    return list(Application.objects.to_score(seat.user).in_state("INVITED").filter(round=record).order_by("number"))


def decide(office: Person, head: Person, record: RecruitmentRound) -> None:
    """Marks as the ranking proposes them, handed over, decided by somebody else, announced."""
    words = {"discussion": "Sesuai peringkat.", "minutes": str(MinutesFactory().pk)}
    office.open(url("ranking", record.code))
    office.open(url("choices", record.code)).send(having="discussion", **words)
    office.open(url("round-submit", record.code)).send(having="digest")
    head.open(url("round-decide", record.code)).send(having="seen")
    office.open(url("round-announce", record.code)).send(having="seen")
    record.refresh_from_db()
    assert record.status == "ANNOUNCED"


def train(office: Person, record: RecruitmentRound) -> None:
    """A course for those who were accepted: one session, all there, all pass."""
    typed = {"round": record.pk, "name": "Pembekalan 2020", "place": "Aula", "starts": "2-12-2019", "ends": "2-12-2019"}
    office.open(reverse("training:course-create")).send(having="min_attendance", **typed)
    course = Course.objects.get()
    office.open(reverse("training:participants", args=[course.pk])).send(having="lamaran")
    session = {"topic": "Tugas pendamping", "day": "2-12-2019", "start": "09.00", "end": "11.00"}
    office.open(reverse("training:session-create", args=[course.pk])).send(having="topic", **session)
    there = list(Enrolment.objects.values_list("pk", flat=True))
    sheet = reverse("training:attendance", args=[course.pk, course.sessions.get().pk])
    office.client.post(sheet, {"hadir": there})
    marks = {f"p{pk}-final_test": "80" for pk in there}
    office.open(reverse("training:tests", args=[course.pk])).send(having=f"p{there[0]}-final_test", **marks)
    office.client.post(reverse("training:course-close", args=[course.pk]))
    assert set(Enrolment.objects.values_list("outcome", flat=True)) == {"PASSED"}


def place(office: Person, application: Application, jobs) -> Client:
    """Contract, placement and invitation; the facilitator makes a password and is signed in."""
    person = Facilitator.objects.get(application=application)
    contract = {
        "number": "800/1/2019",
        "dated": "2-1-2020",
        "starts": "2-1-2020",
        "ends": "31-12-2020",
        "monthly_pay": "2.500.000",
        "signer_name": "Kepala Bappeda",
        "signer_title": "Kepala Bappeda Kabupaten Sintang",
    }
    office.open(reverse("placements:contract-create", args=[person.pk])).send(having="number", **contract)
    typed = {
        "target_location": application.placed_at.target_location_id,
        "contract": Contract.objects.get().pk,
        "starts": "2-1-2020",
        "ends": "31-12-2020",
        "email": "pendamping@example.id",
        "username": "pendamping.satu",
    }
    office.open(reverse("placements:placement-create", args=[person.pk])).send(having="contract", **typed)
    letter = OutboxMessage.objects.get(recipient="pendamping@example.id")
    with jobs():
        office.client.post(reverse("outbox:message-release"), {"surat": letter.pk})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    phone = Client()
    phone.post(link, {"password1": "kebun-karet-2020", "password2": "kebun-karet-2020"}, follow=True)
    return phone


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
        double = apply(record, 1)  # with a NIK that was sent: taken without a word about it
    with clock.at(AFTER):
        office.open(url("round-step", record.code, "close")).send(having="seen")
        check_files(office, record, unreadable=sent[6], double=double)
        assert Application.objects.get(pk=sent[6].pk).status == "INCOMPLETE"
        complete(sent[6])
        office.open(url("check-next", record.code)).send(having="decision", decision="pass_files")
        office.open(url("round-step", record.code, "start_selection")).send(having="seen")
    passed = record.applications.in_state("PASSED_FILES")
    assert set(record.applications.sent()) - set(passed) == {double}

    with clock.at(AFTER):
        scores = {application.number: 40 if n < 4 else 60 + n for n, application in enumerate(sent)}
        import_test_scores(office, record, scores, jobs)
        assert record.applications.in_state("REJECTED").count() == 4 + 1
        invite(office, record)
    assert record.applications.in_state("INVITED").count() == 16

    seats = [Person(client) for client in panel]
    with clock.at(AFTER):
        for severity, seat in enumerate(seats):
            score(seat, record, "DOSSIER", severity=severity)
        barred = seat_rows(seats[2], record)[0]
        seats[2].open(url("conflict-declare", record.code, barred.pk)).send(having="reason", reason="Sepupu")
        seats[2].open(url("score-dossier", record.code, barred.pk), status=404)
        for severity, seat in enumerate(seats):
            score(seat, record, "INTERVIEW", severity=severity)
        decide(office, Person(client_as("coordinator_head")), record)

    accepted = list(record.applications.in_state("ACCEPTED").select_related("placed_at__target_location__village"))
    assert {application.placed_at.target_location for application in accepted} == set(locations)
    public = Client().get(url("announcement", record.code)).content.decode()
    assert all(application.number in public for application in accepted)
    assert "Pelamar Contoh" not in public
    with clock.at(datetime(2019, 12, 2, 5, 0, tzinfo=UTC)):
        train(office, record)
    with clock.at(date(2020, 1, 2)):
        phone = place(office, accepted[0], jobs)
        home = phone.get(reverse("dashboards:home")).content.decode()
    assert str(accepted[0].placed_at.target_location.village) in home
