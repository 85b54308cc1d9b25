import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.documents.comparing import compare
from tests.serving import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.documents")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build").add_argument("folder", type=Path)
    for name, places in {
        "record": ("folder", "out"),
        "compare": ("before", "after"),
        "inside": ("folder", "out"),
    }.items():
        command = commands.add_parser(name)
        for place in places:
            command.add_argument(place, type=Path)
    options = parser.parse_args()
    if options.command == "build":
        from scripts.documents.building import build

        build(options.folder.resolve())
    elif options.command == "record":
        return record(options.folder.resolve(), options.out.resolve())
    elif options.command == "inside":
        from scripts.documents.recording import main as record_here

        record_here(options.folder, options.out)
    else:
        found = list(compare(options.before, options.after))
        sys.stdout.write("\n".join((*found, f"{len(found)} documents differ.")) + "\n")
        return bool(found)
    return 0


def record(folder: Path, out: Path) -> int:
    """In a process of its own on a copy, so that the database stays as it was built."""
    shutil.rmtree(out, ignore_errors=True)
    world = json.loads((folder / "world.json").read_text())
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        shutil.copy(folder / "data.sqlite3", copy / "data.sqlite3")
        shutil.copytree(folder / "media", copy / "media")
        environment = {
            **world["environment"],
            "DATABASE_URL": f"sqlite:///{copy / 'data.sqlite3'}",
            "MEDIA_ROOT": str(copy / "media"),
        }
        command = [sys.executable, "-m", "scripts.documents", "inside", str(folder), str(out)]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
