"""How long a whole visit takes on a phone without a signal: at most four minutes, as its taps and letters tell.

No clock is read. What is done is counted, and seconds stand for it: 1.35 to think and 1.1 to point for each tap (the
keystroke-level model of Card, Moran and Newell, 1980), and 36.2 words of five letters a minute (Palin and others, 2019,
37,370 people on their phones), of which somebody outdoors reaches two thirds. Nobody has published how long a photo and
the reading of a screen take: 10 and 5 are ours.
"""

import logging

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_browser_copies import browser, server, session_of  # noqa: F401 - fixtures
from tests.browser.test_three_days_offline import open_field, picture, waiting
from tests.browser.test_visits_offline import facilitator  # noqa: F401 - a fixture

logger = logging.getLogger(__name__)
TAP, PHOTO, SCREEN = 1.35 + 1.1, 10, 5  # seconds
LETTER = 60 / (36.2 * 5) / (2 / 3)
MOST = 4 * 60
SEEN = (
    "Empat puluh bibit ditanam, tiga mati karena kering. Kelompok sepakat menyiram bergiliran "
    "dan meminta tempat air sebelum bulan depan."
)
OBSTACLE = "Pompa air rusak, suku cadang belum datang."


class Thumb:
    """Taps and types, and adds up what that takes."""

    def __init__(self, page: Page) -> None:
        self.page, self.seconds = page, 0.0

    def tap(self, target: Locator) -> None:
        target.click()
        self.seconds += TAP

    def write(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self.tap(field)
        field.press_sequentially(text)
        self.seconds += len(text) * LETTER

    def take_photo(self, number: int) -> None:
        """The tap opens the camera, which a test has none of."""
        self.page.locator("#foto-file").set_input_files(picture(1, number))
        expect(self.page.locator("#foto-ada figure")).to_have_count(number, timeout=20_000)
        self.seconds += TAP + PHOTO

    def go_on_from(self, screen: int) -> None:
        self.seconds += SCREEN
        self.tap(self.page.locator(f"[data-langkah='{screen}'] button[type=submit]"))


def test_visit_with_everything_takes_less_than_four_minutes(browser, server, facilitator):  # noqa: F811
    with browser(session_of(facilitator)) as page:
        open_field(page)
        page.context.set_offline(True)
        open_field(page, "/lapangan/luring/")
        thumb = Thumb(page)
        thumb.tap(page.get_by_role("link", name="Buat laporan kunjungan"))
        thumb.go_on_from(1)
        thumb.write("Perempuan", "21")
        thumb.write("Laki-laki", "3")
        thumb.write("Hasil bulan ini", "40")
        thumb.write("Satuannya", "bibit")
        thumb.write("Yang dilihat dan dibicarakan", SEEN)
        thumb.tap(page.get_by_label("Ada", exact=True))
        thumb.write("Kendalanya apa, bila ada", OBSTACLE)
        thumb.go_on_from(2)
        for number in (1, 2):
            thumb.take_photo(number)
        thumb.tap(page.get_by_label("Orang pada foto setuju"))
        for screen in (3, 4, 5):
            thumb.go_on_from(screen)
        waiting(page, 1)

    logger.info("%.0f seconds of %d", thumb.seconds, MOST)
    assert thumb.seconds <= MOST
