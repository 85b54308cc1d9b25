"""What the page reads from a photo before it makes it small: the browser's canvas drops time and place.

One text for each file, "2019:09:12 09:14:00|+07:00|0.166|111.729|4200000": moment, offset, place, and the bytes that
the file had. It comes from a browser, so that everything in it is judged like the notes inside a file.
"""

from dataclasses import dataclass, replace

from p2emas.documents.images import photo_moment, photo_place
from p2emas.documents.kinds import ReceivedFile

LARGEST = 100_000_000  # bytes; what is beyond is no photo


@dataclass(frozen=True)
class DeviceNotes:
    moment: str = ""
    offset: str = ""
    lat: float | None = None
    lng: float | None = None
    size: int = 0

    @classmethod
    def read(cls, text: str) -> "DeviceNotes":
        parts = text[:120].split("|")
        if len(parts) != 5:
            return cls()
        moment, offset, lat, lng, size = parts
        return cls(moment, offset, _number(lat), _number(lng), _size(size))

    def on(self, received: ReceivedFile) -> ReceivedFile:
        """``received`` with what its own notes do not say."""
        known = received.taken_at or photo_moment(self.moment, self.offset)
        lat, lng = (received.lat, received.lng) if received.lat is not None else photo_place(self.lat, self.lng)
        return replace(received, taken_at=known, lat=lat, lng=lng)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _size(text: str) -> int:
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 12 else 0
