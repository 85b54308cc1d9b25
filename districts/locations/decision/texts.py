"""Dictums of a draft decree, written from its items while nobody has written others."""

from collections.abc import Callable, Sequence
from functools import partial

from districts.locations.decision.legal import EFFECTIVE, annex_name, funding_clause
from districts.locations.decision.papers import ITEM_PARTS, items_of
from districts.locations.models import DecreeItem
from districts.regions.models import Village
from p2emas.documents.models import Decree
from p2emas.documents.papers import counted
from p2emas.naming import said

Action = DecreeItem.Action
CONSIDERING = (
    "bahwa bantuan yang tersebar ke semua desa tidak dapat diukur hasilnya, sehingga perlu dipusatkan;",
    "bahwa desa dipilih menurut kriteria yang ditetapkan sebelum data masuk dan dibahas bersama;",
    "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan keputusan ini;",
)
LISTED = "sebagaimana tercantum dalam %s"
FOUNDATION = "Kompetensi inti tiap kecamatan menjadi dasar kegiatan perangkat daerah di desa tersebut."
REST = "Yang tidak disebut dalam Keputusan ini tetap berlaku."


def dictums_of(decree: Decree, items: Sequence[DecreeItem], because: str = "") -> list[str]:
    """What the decree says of ``items``; ``because``: why it ends the one row that it ends."""
    parts = [(rows, write) for rows, write in _parts(items, because) if rows]
    found = [write(rows, annex_name(place, len(parts))) for place, (rows, write) in enumerate(parts)]
    writers = [write for _rows, write in parts]
    if _fixing in writers and _opening in writers:
        found.append(FOUNDATION)
    if decree.amends is not None:
        found = [f"Mengubah {decree.amends} tentang {decree.amends.about}.", *found, REST]
    return [*found, funding_clause(), EFFECTIVE]


def _parts(items: Sequence[DecreeItem], because: str) -> list[tuple[list[DecreeItem], Callable]]:
    """Items of each kind in the order of the annexes, and what writes their dictum."""
    closed = [*items_of(items, Action.CLOSE, "core_competency"), *items_of(items, Action.CLOSE, "target_location")]
    return [
        (items_of(items, Action.OPEN, "determination"), _fixing),
        (items_of(items, Action.CONFIRM, "determination"), _confirming),
        (items_of(items, Action.OPEN, "village"), _opening),
        (closed, partial(_ending, because=because)),
    ]


def _fixing(items: list[DecreeItem], annex: str) -> str:
    words = "Menetapkan kompetensi inti %s kecamatan sebagai dasar {programme}, " + LISTED + "."
    return said(words) % (counted(len(items)), annex)


def _confirming(items: list[DecreeItem], annex: str) -> str:
    words = "Menguatkan kompetensi inti %s kecamatan yang tetap berlaku, " + LISTED + "."
    return words % (counted(len(items)), annex)


def _opening(items: list[DecreeItem], annex: str) -> str:
    """A decree calls no kelurahan a desa."""
    villages = [item.village for item in items if item.village]
    if len(villages) == 1:
        words = "Menetapkan %(one)s sebagai lokasi sasaran {programme}, " + LISTED % "%(annex)s" + "."
        return said(words) % {"one": f"{_full_name(villages[0])}, Kecamatan {villages[0].district},", "annex": annex}
    kinds = " dan ".join(word.lower() for kind, word in Village.Kind.choices if kind in {row.kind for row in villages})
    words = "Menetapkan %(n)s %(kinds)s sebagaimana tercantum dalam %(annex)s sebagai lokasi sasaran {programme}."
    return said(words) % {"n": counted(len(villages)), "kinds": kinds, "annex": annex}


def _ending(closed: list[DecreeItem], annex: str, because: str) -> str:
    reason = f", karena {because.removesuffix('.')}" if because else ""
    location = closed[0].target_location
    if len(closed) == 1 and location is not None:
        words = "Mengakhiri %(one)s sebagai lokasi sasaran {programme}, %(listed)s%(reason)s."
        one = _full_name(location.village)
        return said(words) % {"one": one, "listed": LISTED % annex, "reason": reason}
    kinds = [
        name
        for name, found in (
            ("kompetensi inti", any(item.core_competency_id for item in closed)),
            ("lokasi sasaran", any(item.target_location_id for item in closed)),
        )
        if found
    ]
    return f"Mengakhiri {counted(len(closed))} {' dan '.join(kinds)} {LISTED % annex}{reason}."


def _full_name(village: Village) -> str:
    return f"{village.get_kind_display()} {village}"


def write_dictums(decree: Decree, because: str = "") -> None:
    """Write the dictums of a draft from the items that it has now."""
    items = list(decree.items.select_related(*ITEM_PARTS))
    decree.dictums = "\n".join(dictums_of(decree, items, because))
    decree.save(update_fields=["dictums"])


def still_as_written(decree: Decree) -> bool:
    """Whether the dictums are those that follow from the items, so that they may follow them further."""
    items = list(decree.items.select_related(*ITEM_PARTS))
    return decree.dictums == "\n".join(dictums_of(decree, items))
