"""Making a round known: a poster for the wall and a text for WhatsApp groups."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Place
from facilitators.recruitment.rounds.vacancies import FILLING_MINUTES, place_words, places_of
from p2emas import naming
from p2emas.ui import formats

POSTER_LINES = 16  # of each list: the rest is behind the code


def start_link(record: RecruitmentRound) -> str:
    """The whole public address of the start page."""
    return f"{settings.SITE_URL}{reverse('recruitment:vacancy', args=[record.code])}"


def whatsapp_text(record: RecruitmentRound) -> str:
    """Ready to send: what, where, until when, the link, whom to ask."""
    places = "\n".join(f"- {_wanted(place)}" for place in places_of(record))
    lines = [
        f"*{record.name}*" + (" (data contoh)" if record.is_sample else ""),
        record.intro,
        f"Desa yang dicari pendampingnya:\n{places}",
        f"Pendaftaran {formats.moment(record.opens_at)} sampai {formats.moment(record.closes_at)}.",
        f"Lamar dengan HP, sekitar {FILLING_MINUTES} menit, tanpa biaya:\n{start_link(record)}",
        f"Pertanyaan: {record.contact}",
    ]
    return "\n\n".join(line.strip() for line in lines)


def whatsapp_link(record: RecruitmentRound) -> str:
    """Opens WhatsApp with the text of the round. Never with somebody's own data: an address is kept by others."""
    return f"https://wa.me/?{urlencode({'text': whatsapp_text(record)})}"


def poster(record: RecruitmentRound) -> bytes:
    """One A4 page as PDF with a QR code to the start page."""
    from p2emas.documents.pdf import compile_pdf, qr_svg

    places = _some([_wanted(place) for place in places_of(record)])
    requirements = _some([_short(each.text, 90) for each in record.requirements.all()], 6)
    papers = _some([_short(each.name, 60) for each in record.documents.all()], 6)
    data = {
        "title": record.name,
        "office": naming.current().office,
        "regency": naming.current().regency,
        "intro": _short(record.intro, 300),
        "closes": formats.moment(record.closes_at),
        "places": places,
        "requirements": requirements,
        "papers": papers,
        "size": _size(places, [*requirements, *papers]),
        "contact": record.contact,
        "link": start_link(record),
        "sample": "Data contoh: lowongan ini rekaan." if record.is_sample else "",
    }
    return compile_pdf("poster.typ", data, files={"qr.svg": qr_svg(start_link(record))})


def _wanted(place: Place) -> str:
    return place_words(place) + (f": {place.number} orang" if place.number > 1 else "")


SIZES = ((16, 29, 15), (14, 34, 18), (12, 39, 22))  # points, letters in a line, lines in a column of the poster


def _size(*columns: list[str]) -> float:
    """Points: as large as the longer column allows on one page."""
    for points, letters, lines in SIZES:
        if max(sum(-(-len(line) // letters) for line in column) for column in columns) <= lines:
            return points
    return 10


def _some(lines: list[str], most: int = POSTER_LINES) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"dan {len(lines) - most + 1} lainnya, lihat halaman pendaftaran"]


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
