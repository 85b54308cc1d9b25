"""`make screenshots`: the demo on a free port; every page each role reaches by links, at 360 and 1280 px.

Writes build/screenshots/<role>/<width>/<path>.png and build/screenshots/index.html.
"""

import argparse
import html
import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.run import ACCOUNTS  # noqa: E402
from tests.crawling import crawl  # noqa: E402
from tests.serving import Installation, Server, Visitor  # noqa: E402

ANONYMOUS = "anonymous"
TARGET = ROOT / "build" / "screenshots"
SIZES = {360: 740, 1280: 900}
# Photos far down a page wait for a reader who scrolls; a picture of the whole page does not scroll.
PHOTOS = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--role", action="append", help="only this role (may be repeated)")
    parser.add_argument("--each-view", type=int, default=2, help="addresses of one view for each role")
    parser.add_argument("--readme", action="store_true", help="instead the pictures of the README, into docs/pictures/")
    options = parser.parse_args()
    roles = options.role or [ANONYMOUS, *ACCOUNTS]
    begun = time.monotonic()
    if not options.role and not options.readme:
        shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    installation = Installation(ROOT / "build" / "screenshots-data", DEMO_TODAY="2019-10-08")
    try:
        print("Filling a demo for the pictures ...", flush=True)
        installation.prepare()
        installation.manage("load_regions")
        installation.manage("demo")
        os.environ.update(installation.environment)
        import django

        django.setup()
        with Server(installation) as server:
            if options.readme:
                take_for_readme(server, installation)
                return
            pages = {role: take(server, installation, role, options.each_view) for role in roles}
    finally:
        installation.remove()
    write_index()
    count = sum(len(found) for found in pages.values())
    print(f"{count} pages, {count * len(SIZES)} pictures in {time.monotonic() - begun:.0f} s: {TARGET / 'index.html'}")


def take(server: Server, installation: Installation, role: str, each_view: int) -> list[str]:
    session = "" if role == ANONYMOUS else installation.session_of(role)
    visitor = Visitor(server.url, session=session)
    found = list(crawl(visitor, each_view=each_view))
    for page in found:
        if page.status >= 500:
            print(f"  {role}: {page.status} on {page.path}", flush=True)
    paths = [page.path for page in found if page.is_page]
    print(f"  {role}: {len(paths)} pages", flush=True)
    with ThreadPoolExecutor(len(SIZES)) as pool:
        list(pool.map(lambda w: photograph(server.url, session, TARGET / role / str(w), w, paths), SIZES))
    return paths


def take_for_readme(server: Server, installation: Installation) -> None:
    """In few colours, so that a clone stays small; of a long page its upper part."""
    from PIL import Image

    from programs.models import ProgressReport

    draft = ProgressReport.objects.filter(agency__code="distanbun", status=ProgressReport.Status.DRAFT).latest("pk")
    wanted = {
        "dasbor": ("coordinator", "/dasbor/"),
        "realisasi": ("agency_operator", f"/laporan/{draft.pk}/realisasi/"),
        "desa": (ANONYMOUS, "/desa/ensaid-panjang/"),
    }
    folder = TARGET / "readme"
    for name, (role, path) in wanted.items():
        session = "" if role == ANONYMOUS else installation.session_of(role)
        photograph(server.url, session, folder, 1280, [path])
        with Image.open(folder / f"{file_name(path)}.png") as picture:
            upper = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, 1900)))
            colours = upper.quantize(64, dither=Image.Dither.NONE)
            colours.save(ROOT / "docs" / "pictures" / f"{name}.png", optimize=True)
    shutil.rmtree(folder)


def file_name(path: str) -> str:
    return path.strip("/").replace("/", "--") or "index"


def photograph(url: str, session: str, folder: Path, width: int, paths: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*arguments, "--no-first-run", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]}, locale="id-ID", reduced_motion="reduce"
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = context.new_page()
        for path in paths:
            page.goto(f"{url}{path}", wait_until="load")
            page.evaluate(PHOTOS)
            page.screenshot(path=folder / f"{file_name(path)}.png", full_page=True)
        browser.close()


def write_index() -> None:
    """A gallery of all that is in the folder, so that a run for one role keeps the others."""
    rows = []
    for role in sorted(path for path in TARGET.iterdir() if path.is_dir()):
        rows.append(f"<h2>{html.escape(role.name)}</h2>")
        for picture in sorted((role / "1280").glob("*.png")):
            cells = "".join(
                f'<a href="{role.name}/{width}/{picture.name}">'
                f'<img loading="lazy" src="{role.name}/{width}/{picture.name}" height="300" alt="{width}"></a>'
                for width in SIZES
            )
            rows.append(f"<figure>{cells}<figcaption>{html.escape(picture.stem)}</figcaption></figure>")
    style = "body{font-family:sans-serif}figure{display:inline-block;margin:8px}img{border:1px solid #999;margin:2px}"
    (TARGET / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><title>P2-EMAS</title><style>{style}</style>{"".join(rows)}'
    )


if __name__ == "__main__":
    main()
