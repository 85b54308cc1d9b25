"""What the targets of the Makefile do, as `make -n` says it, and which tests they ask for."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import meets_the_database

MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"


def dry_run(folder: Path, *goals: str) -> list[str]:
    command = ["make", "--dry-run", "--no-print-directory", f"--file={MAKEFILE}", *goals]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize(("goal", "script"), [("backup", "scripts/backup.py"), ("restore", "scripts/restore.py")])
def test_backup_leaves_the_packages_of_an_installation_alone(tmp_path, goal, script):
    """Made by hand as the README says, newer requirements beside it: cron has no network and the server runs."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in (".venv/bin/python", ".venv/bin/gunicorn", "requirements.txt"):
        (tmp_path / name).touch()

    lines = dry_run(tmp_path, goal, "FILE=backups/x.tar")

    assert [line for line in lines if "venv.sh" in line] == []
    assert any(script in line for line in lines)


def test_restore_on_a_bare_machine_installs_first(tmp_path):
    (tmp_path / "requirements.txt").touch()

    assert "venv.sh" in dry_run(tmp_path, "restore", "FILE=x.tar")[0]


def test_drill_for_both_databases_is_asked_on_postgres(request):
    """Its processes may come from any fixture."""
    assert not meets_the_database(request.node)
    request.node.add_marker("both_databases")
    assert meets_the_database(request.node)
