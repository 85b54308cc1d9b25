"""How names and questions become words: small letters a to z and digits, so that every database sorts them alike."""

import re
import unicodedata

LONGEST = 80
FROM, TO = "0", "z" * LONGEST  # the first and the last that a word can continue with
WORD = re.compile(r"[a-z0-9]+")
APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`]")
# Words that tell nothing: almost every title has them, and people write some of them before a name.
LITTLE = frozenset({"dan", "di", "ke", "dari", "yang", "untuk", "dengan", "pada", "dalam", "atau", "oleh"})
BEFORE_NAMES = frozenset({"desa", "kelurahan", "kecamatan", "kec", "kel", "ds", "nomor", "no"})


def folded_words(text: str) -> list[str]:
    """The folded words of a text in their order: "Ma'arif, Désa Ensaid" is maarif, desa, ensaid."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST] for word in WORD.findall(plain)]


def joined(words: list[str]) -> str:
    """A whole name or number as one word, however it was divided: "ensaidpanjang", "lap2019t30042"."""
    return "".join(words)[:LONGEST]


def telling(words: list[str]) -> list[str]:
    """Without words that tell nothing, unless there are no others."""
    return [word for word in words if word not in LITTLE] or words


def without_word_before(words: list[str]) -> list[str]:
    """Without "desa", "kecamatan" or "nomor" in front of a name."""
    rest = list(words)
    while len(rest) > 1 and rest[0] in BEFORE_NAMES:
        rest.pop(0)
    return rest
