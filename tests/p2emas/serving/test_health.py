import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from whitenoise.storage import CompressedManifestStaticFilesStorage

from p2emas import clock
from p2emas.serving import health

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture(autouse=True)
def forget():
    remembered = health._migrations
    remembered.cache_clear()
    yield
    remembered.cache_clear()


def test_alive_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/sehat/")
    assert (response.status_code, response.content) == (200, b"sehat\n")
    assert "no-store" in response["Cache-Control"]


def test_ready_when_everything_answers(client):
    response = client.get("/siap/")
    assert (response.status_code, response.content) == (200, b"siap\n")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("_database", "basis data"),
        ("_migrations", "migrasi"),
        ("_cache", "cache"),
        ("_static_files", "berkas statis"),
        ("_private_files", "berkas unggahan"),
        ("_business_day", "hari kerja"),
        ("_open", "pemeliharaan"),
    ],
)
def test_ready_names_what_is_missing(client, monkeypatch, part, said):
    def broken():
        raise OSError("rahasia")

    monkeypatch.setattr(health, part, broken)
    response = client.get("/siap/")
    assert (response.status_code, response.content.decode()) == (503, f"belum siap: {said}\n")


def test_ready_notices_a_missing_migration(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["0002"])
    said = client.get("/siap/").content.decode()
    assert said == "belum siap: migrasi\nAda migrasi yang belum dijalankan. Jalankan `manage.py migrate`.\n"


def test_ready_names_a_migration_that_no_file_has(client):
    MigrationRecorder(connection).record_applied("districts", "0999_from_tomorrow")

    response = client.get("/siap/")

    assert response.status_code == 503
    assert (
        "districts.0999_from_tomorrow tercatat di basis data, tetapi berkasnya tidak ada" in response.content.decode()
    )


def test_ready_looks_for_a_folder_that_can_be_written(client, settings, monkeypatch, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert client.get("/siap/").status_code == 200

    monkeypatch.setattr(health.os, "access", lambda path, mode: path != tmp_path)
    assert client.get("/siap/").content.decode().startswith("belum siap: berkas unggahan\nMEDIA_ROOT tidak dapat")

    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"
    assert client.get("/siap/").status_code == 503


def test_ready_notices_a_business_day_that_is_none(client, settings):
    settings.DEMO_TODAY = "yesterday"
    token = clock._moved.set(None)
    response = client.get("/siap/")
    clock._moved.reset(token)

    assert response.content.decode() == "belum siap: hari kerja\n"


def test_ready_notices_a_cache_that_forgets(client, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *args: None, raising=False)
    assert client.get("/siap/").content.decode() == "belum siap: cache\n"


def test_ready_notices_static_files_that_were_not_collected(client, monkeypatch, settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    monkeypatch.setattr(health, "staticfiles_storage", CompressedManifestStaticFilesStorage())

    assert client.get("/siap/").content.decode() == "belum siap: berkas statis\n"


@pytest.mark.parametrize("url", ["/sehat/", "/siap/"])
def test_health_is_read_only(client, url):
    assert client.post(url).status_code == 405
