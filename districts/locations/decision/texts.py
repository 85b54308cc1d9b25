"""Considerations and dictums of a draft decree, written from what it fixes while nobody has written others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from districts.locations.decision.legal import EFFECTIVE, annex_name, funding_clause
from districts.locations.decision.papers import ITEM_PARTS, items_of
from districts.locations.models import DecreeItem
from districts.regions.models import Village
from p2emas.documents.models import Decree
from p2emas.documents.papers import counted
from p2emas.naming import said
from p2emas.workflow.hooks import Hook

Action = DecreeItem.Action
REASONS = (
    "bahwa bantuan yang tersebar ke semua desa tidak dapat diukur hasilnya, sehingga perlu dipusatkan;",
    "bahwa desa dipilih menurut kriteria yang ditetapkan sebelum data masuk dan dibahas bersama;",
)
LISTED = "sebagaimana tercantum dalam %s"
FOUNDATION = "Kompetensi inti tiap kecamatan menjadi dasar kegiatan perangkat daerah di desa tersebut."
REST = "Yang tidak disebut dalam Keputusan ini tetap berlaku."


@dataclass(frozen=True)
class FurtherPart:
    """What a decree fixes that a later room knows; its annex comes after those of the items."""

    reasons: Sequence[str]
    dictum: Callable[[str], str]  # of the name of its annex
    rest: Sequence[str] = ()  # what is said once, no matter how many such parts there are


further_parts: "Hook[[Decree], list[FurtherPart]]" = Hook("what a decree fixes that later rooms decide")


def concluded(reasons: Sequence[str]) -> list[str]:
    """``reasons`` and the line that concludes from all of them, each by its letter."""
    letters = enumerated([f"huruf {chr(97 + place)}" for place in range(len(reasons))])
    words = f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam {letters}, perlu menetapkan keputusan ini;"
    return [*reasons, words]


def enumerated(words: Sequence[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


CONSIDERING = tuple(concluded(REASONS))


def considering_of(items: Sequence[DecreeItem], further: Sequence[FurtherPart]) -> list[str]:
    """Why the decree fixes what it fixes; those of an empty draft are those of villages."""
    own = REASONS if items or not further else ()
    return concluded([*own, *_once(reason for part in further for reason in part.reasons)])


def _rest_of(further: Sequence[FurtherPart]) -> list[str]:
    return _once(sentence for part in further for sentence in part.rest)


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))


def dictums_of(
    decree: Decree, items: Sequence[DecreeItem], further: Sequence[FurtherPart] = (), because: str = ""
) -> list[str]:
    """What the decree says of ``items``; ``because``: why it ends the one row that it ends."""
    parts = [(rows, write) for rows, write in _parts(items, because) if rows]
    total = len(parts) + len(further)
    found = [write(rows, annex_name(place, total)) for place, (rows, write) in enumerate(parts)]
    found += [part.dictum(annex_name(place, total)) for place, part in enumerate(further, len(parts))]
    writers = [write for _rows, write in parts]
    if _fixing in writers and _opening in writers:
        found.append(FOUNDATION)
    found += _rest_of(further)
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


def written_text(decree: Decree, because: str = "") -> dict[str, str]:
    """Considerations and dictums as they follow from what the decree fixes now."""
    items, further = list(decree.items.select_related(*ITEM_PARTS)), further_parts(decree)
    return {
        "considering": "\n".join(considering_of(items, further)),
        "dictums": "\n".join(dictums_of(decree, items, further, because)),
    }


def write_dictums(decree: Decree, because: str = "") -> None:
    """Write the dictums of a draft from what it fixes now."""
    decree.dictums = written_text(decree, because)["dictums"]
    decree.save(update_fields=["dictums"])


def unchanged_text(decree: Decree) -> list[str]:
    """The parts of its text that nobody has changed, so that they may follow what it fixes."""
    return [name for name, text in written_text(decree).items() if getattr(decree, name) == text]


def rewrite(decree: Decree, names: Iterable[str]) -> None:
    """Let the parts ``names`` of its text follow what it fixes now."""
    text = written_text(decree)
    changed = [name for name in names if getattr(decree, name) != text[name]]
    for name in changed:
        setattr(decree, name, text[name])
    if changed:
        decree.save(update_fields=changed)
