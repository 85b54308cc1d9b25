"""The files that an installation copies: they name commands that exist, and what the guide promises of them."""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "operation"


def commands_of(text: str) -> list[list[str]]:
    return [shlex.split(found, comments=True) for found in re.findall(r"manage\.py ([a-z_]+[^\n`;)&]*)", text)]


@pytest.mark.parametrize("file", ["docs/operation/crontab", "docs/operation/p2emas-jobs.service", "docs/operating.md"])
def test_commands_that_are_named_can_be_run_as_they_stand(file):
    known = get_commands()
    found = commands_of((ROOT / file).read_text())

    assert found
    for name, *arguments in found:
        assert name in known, name
        if file.endswith("crontab") and name != "prune_db_task_results":  # which wants the queue that tests do without
            load_command_class(known[name], name).create_parser("manage.py", name).parse_args(arguments)


def test_cron_looks_after_all_that_comes_due():
    names = {name for name, *_ in commands_of((FOLDER / "crontab").read_text())}

    assert names == {
        "send_mail_queue", "tell_due", "reap_jobs", "remove_orphans", "erase_expired_applications", "clearsessions",
        "prune_db_task_results", "forget_old_traces", "check_integrity",
        "tell_unusual",
    }  # fmt: skip
    assert "make --silent backup KEEP=" in (FOLDER / "crontab").read_text()


def test_units_do_not_start_again_and_again_with_a_wrong_setting():
    for unit in FOLDER.glob("*.service"):
        assert "RestartPreventExitStatus=78" in unit.read_text()


def test_proxy_leaves_secrets_and_query_strings_out_of_its_log():
    text = (FOLDER / "nginx.conf").read_text()
    masks = re.findall(r'"~(\S+)" "\$\{before\}\*\*\*";', text)

    assert "$request " not in text and "$request_uri $" not in text and text.count("access_log ") == 2
    for path in ("/kalender/pribadi/rahasia.ics", "/undangan/MTI/rahasia/", "/lupa-sandi/2n-rahasia/"):
        assert any(re.match(mask.replace("(?<", "(?P<"), path) for mask in masks), path
    assert not any(re.match(mask.replace("(?<", "(?P<"), "/kalender/umum.ics") for mask in masks)


def test_proxy_keeps_the_port_and_answers_in_indonesian_where_only_it_can():
    text = (FOLDER / "nginx.conf").read_text()

    assert "proxy_set_header Host $http_host;" in text
    assert "return 301 https://" in text and "client_max_body_size 20m;" in text
    pages = re.findall(r"error_page [0-9 ]+ /galat/(\S+);", text)
    assert sorted(pages) == sorted(page.name for page in (FOLDER / "pages").iterdir())
    for page in pages:
        content = (FOLDER / "pages" / page).read_text()
        assert 'lang="id"' in content and "style" not in content and "script" not in content


def test_guide_names_every_command_of_ours():
    ours = {name for name, app in get_commands().items() if app in {"p2emas", "districts", "facilitators", "programs"}}
    guide = (ROOT / "docs" / "operating.md").read_text().partition("## Commands")[2]
    listed = set(re.findall(r"[a-z_]+", " ".join(line.split("|")[1] for line in guide.splitlines() if "|" in line)))

    assert ours - listed == set()
