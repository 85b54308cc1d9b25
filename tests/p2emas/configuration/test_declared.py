"""Settings that cannot be used are refused with one line that names them; nothing that protects is off by a slip."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from p2emas.configuration import declared as configuration
from p2emas.configuration.declared import BY_NAME, SETTINGS, Wrong, read_settings

ROOT = Path(__file__).resolve().parents[3]
OFFICE = {
    "SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
    "DATABASE_URL": "postgres://p2emas:secret@127.0.0.1:5432/p2emas",
    "ENV_FILE": os.devnull,
}
SWITCHES = [setting.name for setting in SETTINGS if setting.kind is configuration.SWITCH]
WRONG = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "abc"),
    ("SECRET_KEY", "a" * 60),
    ("SECRET_KEY_FALLBACKS", "short"),
    ("PERSONAL_DATA_KEYS", "short"),
    ("SITE_URL", "emas.example.go.id"),
    ("SITE_URL", "https://"),
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "bla"),
    ("DATABASE_URL", "bla://x"),
    ("DATABASE_URL", "mysql://u:p@h/n"),
    ("DATABASE_URL", "postgres://p2emas:p#2@127.0.0.1:5432/p2emas"),
    ("DATABASE_URL", "postgres://p2emas:p/2@127.0.0.1:5432/p2emas"),
    ("DATABASE_URL", "postgres://p2emas:p?2@127.0.0.1:5432/p2emas"),
    ("DATABASE_URL", "postgres://p2emas:100%@127.0.0.1:5432/p2emas"),
    ("DATABASE_URL", "postgres://p2emas:p@127.0.0.1:port/p2emas"),
    ("DATABASE_URL", "postgres://p2emas:p@127.0.0.1:5432/"),
    ("DATABASE_URL", "postgres://p2emas:p@127.0.0.1:5432"),
    ("DATABASE_URL", "sqlite://"),
    ("REPORT_WORKING_DAYS", "abc"),
    ("REPORT_WORKING_DAYS", "-3"),
    ("REPORT_WORKING_DAYS", "0"),
    ("REPORT_WORKING_DAYS", "5.0"),
    ("REPORT_WORKING_DAYS", "٥"),
    ("TRUSTED_PROXIES", "one"),
    ("TRUSTED_PROXIES", "1 # one"),
    ("TRUSTED_PROXIES", "-1"),
    ("LOG_LEVEL", "LOUD"),
    ("EMAIL_URL", "smpt://mail.example.go.id"),
    ("EMAIL_URL", "mail.example.go.id"),
    ("EMAIL_URL", "smtp+tls://"),
    ("EMAIL_URL", "smtp+tls://user:p#2@mail.example.go.id:587"),
    ("DEFAULT_FROM_EMAIL", "P2-EMAS"),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "emas.example.go.id,*"),
    ("ALLOWED_HOSTS", "https://emas.example.go.id"),
    ("ALLOWED_HOSTS", "emas.example.go.id:8443"),
    ("CSRF_TRUSTED_ORIGINS", "emas.example.go.id"),
    ("FOCUS_TARGET_PERCENT", "800"),
    ("REDIS_URL", "foo"),
    ("REDIS_URL", "redis://"),
    ("DEMO_TODAY", "yesterday"),
    ("DEMO_TODAY", "2019-02-30"),
    ("DEMO_TODAY", "20191008"),
    ("TASKS_BACKEND", "celery"),
    ("BIND", "8000"),
    ("BIND", "127.0.0.1:99999"),
    ("PORT", "0"),
    ("WEB_CONCURRENCY", "none"),
    *((name, text) for name in SWITCHES for text in ("ture", "maybe", "of", "2", "on # always")),
]


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_wrong_value_is_refused_by_its_name(name, text):
    with pytest.raises(Wrong) as refused:
        read_settings({**OFFICE, name: text})

    sentence = str(refused.value)
    assert re.match(rf"{name}\b", sentence) and "\n" not in sentence and sentence.count(".") >= 1
    assert not (BY_NAME[name].secret and len(text) > 9 and text in sentence)


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize(
    ("text", "expected"), [("ya", True), ("ON", True), ("1", True), ("tidak", False), ("no", False)]
)
def test_switch_speaks_both_languages(name, text, expected):
    assert read_settings({**OFFICE, name: text})[name] is expected


def test_nothing_said_is_the_safe_value_also_when_it_is_said_emptily():
    silent, empty = read_settings(OFFICE), read_settings({**dict.fromkeys(SWITCHES, " "), **OFFICE})

    for values in (silent, empty):
        assert {name: values[name] for name in SWITCHES if values[name]} == {"REQUIRE_HTTPS": True, "REQUIRE_2FA": True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgres://u:p%232%2F%40@h:5432/n", ("django.db.backends.postgresql", "p#2/@")),
        ("postgres://u:a@b@h:5432/n", ("django.db.backends.postgresql", "a@b")),
        ("postgres:///n", ("django.db.backends.postgresql", "")),
        ("sqlite:////srv/data.sqlite3", ("django.db.backends.sqlite3", "")),
    ],
)
def test_database_address_is_read_as_it_is_meant(text, expected):
    database = read_settings({**OFFICE, "DATABASE_URL": text})["DATABASE_URL"]

    assert (database["ENGINE"], database["PASSWORD"] or "") == expected


def test_relative_sqlite_file_lies_beside_the_code_wherever_a_command_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert read_settings({**OFFICE, "DATABASE_URL": "sqlite:///x.sqlite3"})["DATABASE_URL"]["NAME"] == str(
        ROOT / "x.sqlite3"
    )


def test_only_the_demo_has_a_database_without_an_address():
    values = read_settings({**OFFICE, "DATABASE_URL": "", "DEMO_TODAY": "2019-10-08"})

    assert values["DATABASE_URL"]["NAME"] == str(ROOT / "p2emas.sqlite3")


@pytest.mark.parametrize("trial", [{"DEBUG": "on"}, {"DEMO_TODAY": "2019-10-08"}])
def test_every_host_is_answered_in_a_trial_only(trial):
    assert read_settings({**OFFICE, "ALLOWED_HOSTS": "*", **trial})["ALLOWED_HOSTS"] == ["*"]


def test_former_key_still_opens_what_it_sealed():
    """A person who rotates SECRET_KEY without PERSONAL_DATA_KEYS must not lose the sealed numbers."""
    old, new = OFFICE["SECRET_KEY"], "another-" + OFFICE["SECRET_KEY"]

    values = read_settings({**OFFICE, "SECRET_KEY": new, "SECRET_KEY_FALLBACKS": old})

    assert values["PERSONAL_DATA_KEYS"] == [new, old]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DATABSE_URL=postgres://u:p@h/n", "DATABSE_URL tidak dikenal. Maksudnya DATABASE_URL?"),
        ("require_2fa=off", "require_2fa tidak dikenal. Maksudnya REQUIRE_2FA?"),
        ("REQUIRE2FA=off", "Maksudnya REQUIRE_2FA?"),
        ("FOO=bar", "FOO tidak dikenal. Hapus baris itu."),
        ("TESTING=on", "TESTING hanya dibaca dari lingkungan proses."),
        ("just words", "bukan NAMA=NILAI."),
        ("DEBUG=off\nDEBUG=on", "baris 2: DEBUG sudah ditulis"),
        ("\n# a note\nSITE_URL", "baris 3: bukan NAMA=NILAI."),
    ],
)
def test_line_of_the_file_that_is_not_understood_is_refused(tmp_path, line, said):
    file = tmp_path / "env"
    file.write_text(line)

    with pytest.raises(Wrong, match=re.escape(said)):
        read_settings({**OFFICE, "ENV_FILE": str(file)})


def test_file_is_read_as_shells_write_it(tmp_path):
    file = tmp_path / "env"
    file.write_text(
        'export SITE_URL=\'https://a.example\'\nDEFAULT_FROM_EMAIL="P2 \\"x\\" <a@b.id>"\nREPORT_WORKING_DAYS = 7\n'
    )

    values = read_settings({**OFFICE, "ENV_FILE": str(file), "REPORT_WORKING_DAYS": "8"})

    assert (values["SITE_URL"], values["DEFAULT_FROM_EMAIL"]) == ("https://a.example", 'P2 "x" <a@b.id>')
    assert values["REPORT_WORKING_DAYS"] == 8  # the environment wins


def test_file_that_is_named_and_missing_is_refused(tmp_path):
    with pytest.raises(Wrong, match="berkasnya tidak ada"):
        read_settings({**OFFICE, "ENV_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("name", ["DATABSE_URL", "REQUIRE_2AF", "ALLOWED_HOST", "REQUIRE_HTTP"])
def test_near_miss_in_the_environment_is_refused(name):
    with pytest.raises(Wrong, match=f"{name} tidak dikenal"):
        read_settings({**OFFICE, name: "x"})


def test_environment_of_others_is_not_judged():
    assert read_settings({**OFFICE, "POSTGRES_URL": "x", "DEBUGS": "x", "LANG": "x", "http_proxy": "x"})


@pytest.mark.parametrize(
    "command",
    [["manage.py", "check"], ["scripts/backup.py"], ["-m", "gunicorn", "p2emas.wsgi"]],
    ids=lambda part: part[-1],
)
def test_every_door_ends_with_78_and_one_line(command):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **OFFICE, "REQUIRE_2FA": "maybe"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == "P2-EMAS: REQUIRE_2FA=maybe tidak dapat dipakai: isi on atau off.\n"


def test_document_holds_the_table_of_the_settings():
    assert configuration.table() in (ROOT / "docs" / "settings.md").read_text()


def test_file_that_the_demo_writes_can_be_read(tmp_path):
    text = runpy.run_path(str(ROOT / "scripts" / "run.py"))["ENV_TEXT"]
    file = tmp_path / "env"
    file.write_text(text.format(key=OFFICE["SECRET_KEY"]))

    values = read_settings({"ENV_FILE": str(file)})

    assert values["DEMO_TODAY"] == "2019-10-08"
    assert values["DATABASE_URL"]["NAME"] == str(ROOT / "p2emas.sqlite3")
