"""`make help-pictures`: the upper part of each page that the help explains, as WebP, from the demo."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.screenshots import file_name, photograph  # noqa: E402
from tests.serving import Installation, Server  # noqa: E402

TARGET, WORK = ROOT / "static" / "help", ROOT / "build" / "help-pictures"
PAGE = 1280
MOST_BYTES = 25 * 1024
QUALITIES = range(70, 10, -5)


def main() -> None:
    installation = Installation(ROOT / "build" / "help-data", DEMO_TODAY="2019-10-08")
    try:
        installation.prepare()
        installation.manage("load_regions")
        installation.manage("demo")
        os.environ.update(installation.environment)
        import django

        django.setup()
        from programs.dashboards.helping import HELPS

        TARGET.mkdir(parents=True, exist_ok=True)
        shown = ((str(each.role), picture) for each in HELPS for picture in each.pictures if picture.file)
        wanted = {picture.file: (role, picture.path) for role, picture in shown}
        with Server(installation) as server:
            for file, (role, path) in sorted(wanted.items()):
                photograph(server.url, installation.session_of(role), WORK, PAGE, [path])
                print(f"{file}: {shrink(WORK / f'{file_name(path)}.png', TARGET / f'{file}.webp')} bytes", flush=True)
        for old in TARGET.glob("*.webp"):
            if old.stem not in wanted:
                old.unlink()
    finally:
        installation.remove()
        shutil.rmtree(WORK, ignore_errors=True)


def shrink(source: Path, target: Path) -> int:
    """In the best quality that keeps it small."""
    from PIL import Image

    from programs.dashboards.helping import HEIGHT, WIDTH

    with Image.open(source) as whole:
        upper: Any = Image.new("RGB", (PAGE, PAGE * HEIGHT // WIDTH), "white")
        upper.paste(whole.convert("RGB"), (0, 0))
        small = upper.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            small.save(target, "WEBP", quality=quality, method=6)
            if target.stat().st_size <= MOST_BYTES:
                break
    return target.stat().st_size


if __name__ == "__main__":
    main()
