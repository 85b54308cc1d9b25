"""Who we are is read once for a request, job or command; each says it, and goes by its zone."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from p2emas import naming
from p2emas.models import Identity
from p2emas.naming import Names, named, said
from p2emas.ui.formats import short_moment
from tests.factories import AgencyFactory, ProgramFactory
from tests.our_names import NAMES

pytestmark = pytest.mark.django_db
NOON_IN_UTC = datetime(2019, 10, 8, 4, 0, tzinfo=UTC)


def store(**fields) -> None:
    Identity.objects.update_or_create(pk=1, defaults=fields)
    naming.forget()


def test_everything_is_neutral_until_it_is_filled_in(unnamed):
    names = naming.fresh()

    assert (names.regency, names.office, names.programme) == ("Kabupaten (belum diisi)", "kantor pengelola", "program")
    assert (names.site, names.contact) == ("Program (belum diisi)", "kontak belum diisi")


def test_names_come_from_the_record_the_agency_and_the_programme(unnamed):
    office = AgencyFactory(short_name="Bappelitbangda", name="Badan Perencanaan dan Penelitian")
    ProgramFactory(name="Singkawang Maju", starts=2018)
    store(kind="CITY", name="Singkawang", seat="Singkawang", lead_agency=office, phones="0562", opening_hours="pagi")

    names = naming.current()

    assert (names.regency, names.head, names.site) == ("Kota Singkawang", "Wali Kota", "Singkawang Maju Singkawang")
    assert (names.office, names.office_head) == ("Bappelitbangda", "Kepala Bappelitbangda")
    assert (names.lead_agency_id, names.contact) == (office.pk, "0562, pagi WIB")
    assert naming.letterhead()["office"] == "BADAN PERENCANAAN DAN PENELITIAN"


def test_programme_that_has_not_begun_names_nothing(unnamed):
    ProgramFactory(name="Lama", starts=2015)
    ProgramFactory(name="Sekarang", starts=2018)
    ProgramFactory(name="Kelak", starts=2020, ends=2024)

    assert naming.fresh().programme == "Sekarang"


def test_sentence_takes_the_names_when_it_is_shown():
    sentence = named("{Office} {regency}, {zone}: {programme} {anything} %s")

    with naming.held(Names(kind="Kota", place="Ende", zone_name="Asia/Makassar", programme="Maju 100%")):
        assert sentence % "x" == "Kantor pengelola Kota Ende, WITA: Maju 100% {anything} x"
        assert said("{programme}") == "Maju 100%"
    with naming.held(Names(office="Bapperida", place="Alor")):
        assert str(sentence).startswith("Bapperida Kabupaten Alor, WIB")


def test_request_reads_once_and_lets_go_after_its_last_byte(client):
    with CaptureQueriesContext(connection) as seen:
        client.get("/masuk/")

    assert len([query for query in seen if NAMES in query["sql"]]) == 1
    assert naming._held.get() is None
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"


def test_probe_reads_nothing(client):
    with CaptureQueriesContext(connection) as seen:
        client.get("/sehat/")

    assert not [query for query in seen if NAMES in query["sql"]]


def test_times_of_a_request_go_by_the_zone_of_the_record(client, unnamed, monkeypatch):
    store(zone="Asia/Jayapura")
    found = []
    monkeypatch.setattr("p2emas.ui.context.naming.current", lambda: found.append(short_moment(NOON_IN_UTC)) or Names())

    client.get("/masuk/")

    assert found[0] == "8 Oktober 2019 13.00 WIT"


def test_command_goes_by_the_zone_of_the_record(unnamed, monkeypatch):
    store(zone="Asia/Makassar")
    found = []
    monkeypatch.setattr(
        "p2emas.management.commands.reap_jobs.Command.handle",
        lambda *args, **kwargs: found.append(short_moment(NOON_IN_UTC)),
    )

    call_command("reap_jobs")

    assert found == ["8 Oktober 2019 12.00 WITA"]


def test_job_of_a_worker_that_lives_long_reads_anew(unnamed, monkeypatch):
    from p2emas.management.commands.work_jobs import NamedWorker, Worker

    said_by_job = []
    monkeypatch.setattr(Worker, "run_task", lambda self, result: said_by_job.append(naming.current().place))
    worker = NamedWorker.__new__(NamedWorker)
    for place in ("Alor", "Ende"):
        Identity.objects.filter(pk=1).update(name=place)  # as another process does it
        worker.run_task(None)

    assert said_by_job == ["Alor", "Ende"]


def test_process_keeps_a_copy_for_pages_without_a_database(unnamed, monkeypatch, rf):
    from p2emas.serving.errors import server_error

    store(kind="CITY", name="Singkawang", phones="(0562) 111")
    naming.fresh()
    monkeypatch.setattr(naming._Process, "read", staticmethod(away))
    naming.hold()

    page = server_error(rf.get("/")).content.decode()

    assert "Kota Singkawang" in page and "(0562) 111" in page


def away() -> Names:
    raise OperationalError("the database is away")


def test_without_a_copy_pages_are_neutral(unnamed, monkeypatch):
    monkeypatch.setattr(naming._Process, "read", staticmethod(away))
    naming.forget()

    assert naming.current() == Names()


def test_sender_has_our_name_and_the_address_of_the_server(unnamed, settings):
    settings.DEFAULT_FROM_EMAIL = "Siapa Saja <surat@example.go.id>"
    store(sender_name="Bapperida Alor", reply_to="tanya@example.go.id")

    assert naming.current().sender == "Bapperida Alor <surat@example.go.id>"
    assert Client().get("/masuk/").status_code == 200
