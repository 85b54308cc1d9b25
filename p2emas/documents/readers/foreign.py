"""Files that are two things at once: a picture that is also an archive, a web page or a PDF."""

import io
import re
import zipfile

from p2emas.documents.readers.wire import Refused

# What some program along the way may take for a page or a script.
PAGE = re.compile(rb"<(?:html|script|!doctype html|\?php|svg)", re.IGNORECASE)


def check_picture(data: bytes) -> None:
    if b"%PDF-" in data or PAGE.search(data):
        _refuse()
    check_archive(data)


def check_archive(data: bytes) -> None:
    """Whether an archiver would open ``data``, no matter how it begins."""
    try:
        if zipfile.is_zipfile(io.BytesIO(data)):
            _refuse()
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - zipfile lets struct, Unicode and offset errors of a broken directory through
        return


def check_ends(data: bytes) -> None:
    """Of a PDF only where it can be mistaken: its own streams may speak of anything."""
    if PAGE.search(data[:2048]) or PAGE.search(data[-2048:]):
        _refuse()
    check_archive(data)


def _refuse() -> None:
    raise Refused("Di dalam berkas ini tersembunyi jenis berkas lain. Simpan ulang aslinya, lalu unggah.")
