"""The switch closes every page but the two of those who watch; locks tell who works and who serves."""

from io import StringIO

import pytest
from django.core.management import call_command

from p2emas.serving import maintenance


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.mark.django_db
def test_closed_site_says_so_calmly_and_asks_to_come_back(client, client_as, media):
    person = client_as("coordinator")
    maintenance.switch(media, on=True)

    for browser, path in ((client, "/"), (person, "/beranda/"), (client, "/tidak-ada/"), (client, "/kelola/")):
        response = browser.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "300")
        assert "<h1>Sedang dalam pemeliharaan</h1>" in response.content.decode()
        assert "default-src 'none'" in response["Content-Security-Policy"]
    assert client.post("/masuk/", {"login": "a", "password": "b"}).status_code == 503
    assert client.get("/sehat/").status_code == 200
    ready = client.get("/siap/")
    assert (ready.status_code, ready.content.decode().splitlines()[0]) == (503, "belum siap: pemeliharaan")


@pytest.mark.django_db
def test_closed_page_asks_no_database(client, media, django_assert_num_queries):
    maintenance.switch(media, on=True)

    with django_assert_num_queries(0):
        client.get("/")


def test_command_turns_and_tells(media):
    said = []
    for what in ("status", "on", "status", "off", "off"):
        out = StringIO()
        call_command("maintenance", what, stdout=out)
        said.append(out.getvalue().startswith("Situs ditutup"))

    assert said == [False, True, True, False, False]


@pytest.mark.django_db
def test_request_is_at_work_until_its_answer_has_ended(rf, media):
    from django.http import HttpResponse

    from p2emas.serving.errors import MaintenanceMiddleware

    response = MaintenanceMiddleware(lambda request: HttpResponse("ya"))(rf.get("/"))

    with pytest.raises(maintenance.Busy), maintenance.alone(media, seconds=0):
        pass
    response.close()
    with maintenance.alone(media, seconds=0):
        assert maintenance.is_closed(media)
        assert MaintenanceMiddleware(lambda request: HttpResponse("ya"))(rf.get("/")).status_code == 503
    assert not maintenance.is_closed(media)


def test_request_that_fails_is_at_work_no_longer(rf, media):
    from p2emas.serving.errors import MaintenanceMiddleware

    def broken(request):
        raise SystemExit

    with pytest.raises(SystemExit):
        MaintenanceMiddleware(broken)(rf.get("/"))

    with maintenance.alone(media, seconds=0):
        pass


def test_threads_do_not_give_back_each_others_locks(media):
    media.mkdir()
    with maintenance.at_work(media) as first:
        with maintenance.at_work(media) as second:
            assert (first, second) == (True, True)
        with pytest.raises(maintenance.Busy), maintenance.alone(media, seconds=0):
            pass


def test_who_serves_is_known_while_the_process_lives(media):
    import os

    media.mkdir()
    assert not maintenance.is_serving(media)
    maintenance.announce_serving(media)
    assert maintenance.is_serving(media)
    os.close(maintenance._held.pop())
    assert not maintenance.is_serving(media)


@pytest.mark.django_db
def test_folder_that_cannot_be_written_stops_nobody(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "missing" / "media"

    assert client.get("/masuk/").status_code == 200


@pytest.mark.django_db
def test_cron_and_jobs_wait_while_the_site_is_closed(media, monkeypatch):
    called = []
    monkeypatch.setattr("p2emas.management.commands.send_mail_queue.deliver", called.append)
    monkeypatch.setattr("p2emas.management.commands.erase_expired_applications.expired", called.append)
    monkeypatch.setattr("p2emas.management.commands.work_jobs.take_up_lost_jobs", lambda: called.append("jobs"))
    maintenance.switch(media, on=True)

    call_command("send_mail_queue")
    call_command("erase_expired_applications")
    call_command("work_jobs", once=True, interval=0)

    assert called == []


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["send_mail_queue", "remove_orphans", "reap_jobs", "erase_expired_applications"])
def test_command_of_cron_is_silent_when_nothing_happened(media, monkeypatch, command):
    monkeypatch.setattr("p2emas.management.commands.erase_expired_applications.compact", lambda tables: None)
    out = StringIO()
    call_command(command, stdout=out)

    assert out.getvalue() == ""
