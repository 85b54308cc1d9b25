"""One badge for every state: the word comes from the record, shape and colour from its chain and code.

Remove colour, shape or word and the page still reads. Red is for late, error and revoked only.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from django.db.models import Model

from p2emas.ui import formats

# code -> (word, colour of the badge, shape of the sprite); "open" has no fill.
Looks = Mapping[str, tuple[str, str, str]]

_DRAFT = ("Draf", "", "half")
_CONCEPT = ("Konsep", "", "half")
_CANCELLED = ("Dibatalkan", "", "cross")
_REVOKED = ("Dicabut", "red", "cross")
_SET = ("Ditetapkan", "green", "check")
_PROPOSED = ("Diajukan", "blue", "clock")
_DECIDED = ("Diputuskan", "teal", "dot")

CHAINS: Mapping[str, Looks] = {
    "report": {
        "not_started": ("Belum diisi", "open", "circle"),
        "draft": _DRAFT,
        "waiting": ("Menunggu verifikasi", "blue", "clock"),
        "verifying": ("Sedang diverifikasi", "violet", "half"),
        "returned": ("Dikembalikan", "yellow", "back"),
        "approved": ("Disetujui", "green", "check"),
        "locked": ("Dikunci", "", "lock"),
    },
    "plan": {
        "draft": _DRAFT,
        "submitted": _PROPOSED,
        "reviewing": ("Ditelaah", "violet", "half"),
        "returned": ("Perlu perbaikan", "yellow", "back"),
        "set": _SET,
        "superseded": ("Digantikan", "", "lock"),
    },
    "plan_kind": {
        "induk": ("Renja murni/DPA", "", "dot"),
        "pergeseran": ("Pergeseran", "violet", "half"),
        "perubahan": ("Perubahan", "violet", "half"),
    },
    "period": {"open": ("Terbuka", "blue", "dot"), "locked": ("Dikunci", "", "lock")},
    "determination": {
        "draft": _CONCEPT,
        "scored": ("Dinilai", "blue", "half"),
        "discussed": ("Dibahas", "violet", "half"),
        "submitted": _PROPOSED,
        "decided": _DECIDED,
        "enacted": _SET,
        "revoked": _REVOKED,
        "cancelled": _CANCELLED,
    },
    "decree": {
        "draft": _CONCEPT,
        "in_force": ("Berlaku", "green", "check"),
        "revoked": _REVOKED,
    },
    "round": {
        "draft": _CONCEPT,
        "open": ("Dibuka", "blue", "dot"),
        "survey": ("Survei", "violet", "half"),
        "scoring": ("Penilaian", "violet", "half"),
        "submitted": _PROPOSED,
        "decided": _DECIDED,
        "enacted": _SET,
        "revoked": _REVOKED,
        "cancelled": _CANCELLED,
    },
    "candidate": {
        "proposed": ("Diusulkan", "blue", "clock"),
        "eligible": ("Lolos syarat", "teal", "dot"),
        "ineligible": ("Tidak lolos syarat", "", "cross"),
        "surveyed": ("Disurvei", "violet", "half"),
        "chosen": ("Terpilih", "green", "check"),
        "reserve": ("Cadangan", "teal", "half"),
        "not_chosen": ("Tidak terpilih", "", "cross"),
    },
    "location": {
        "candidate": ("Calon", "open", "circle"),
        "fixed": ("Lokasi sasaran", "", "half"),
        "running": ("Berjalan", "blue", "dot"),
        "postponed": ("Tertunda", "yellow", "alert"),
        "ready": ("Siap ditularkan", "green", "check"),
        "closed": ("Selesai", "", "lock"),
    },
    "recruitment": {
        "draft": _CONCEPT,
        "published": ("Terbit", "blue", "dot"),
        "closed": ("Ditutup", "", "lock"),
        "selection": ("Seleksi", "violet", "half"),
        "submitted": _PROPOSED,
        "decided": _DECIDED,
        "announced": ("Diumumkan", "green", "check"),
        "cancelled": _CANCELLED,
    },
    "application": {
        "draft": _DRAFT,
        "sent": ("Terkirim", "blue", "clock"),
        "incomplete": ("Berkas kurang", "yellow", "back"),
        "passed_files": ("Lolos administrasi", "teal", "check"),
        "passed_test": ("Lolos tertulis", "teal", "check"),
        "selecting": ("Sedang diseleksi", "violet", "half"),  # what applicants read until the announcement
        "invited": ("Diundang wawancara", "violet", "half"),
        "accepted": ("Diterima", "green", "check"),
        "reserve": ("Cadangan", "teal", "half"),
        "rejected": ("Tidak lolos", "", "cross"),
        "withdrawn": ("Mengundurkan diri", "", "back"),
        "dropped": ("Gugur pratugas", "", "cross"),
    },
    "objection": {"received": ("Diterima", "blue", "clock"), "answered": ("Dijawab", "teal", "dot")},
    "obstacle": {
        "reported": ("Dilaporkan", "", "half"),
        "routed": ("Diteruskan", "blue", "clock"),
        "answered": ("Dijawab", "teal", "dot"),
        "solved": ("Selesai", "green", "check"),
        "escalated": ("Dieskalasi", "yellow", "up"),
    },
    "import": {
        "checking": ("Diperiksa", "violet", "half"),
        "asking": ("Menunggu jawaban", "yellow", "alert"),
        "ready": ("Siap diterapkan", "blue", "clock"),
        "applied": ("Diterapkan", "green", "check"),
        "failed": ("Galat", "red", "cross"),
        "cancelled": _CANCELLED,
    },
    "import_row": {
        "new": ("Baru", "green", "check"),
        "change": ("Diubah", "blue", "half"),
        "skip": ("Dilewati", "", "circle"),
        "error": ("Galat", "red", "alert"),
    },
    "message": {
        "waiting": ("Menunggu dikirim", "blue", "clock"),
        "queued": ("Sedang dikirim", "violet", "half"),
        "failed": ("Gagal, dicoba lagi", "yellow", "alert"),
        "sent": ("Terkirim", "green", "check"),
        "discarded": _CANCELLED,
    },
    "account": {
        "active": ("Aktif", "green", "check"),
        "invited": ("Diundang", "blue", "clock"),
        "inactive": ("Nonaktif", "", "lock"),
    },
    # Flags beside a state, never a state.
    "flag": {
        "late": ("Terlambat", "red", "alert"),
        "due_soon": ("Segera jatuh tempo", "yellow", "clock"),
        "nil": ("Nihil", "", "circle"),
    },
}

# Model -> chain, so that a template can hand over the record itself.
MODELS = {
    "progressreport": "report",
    "workplan": "plan",
    "reportingperiod": "period",
    "competencydetermination": "determination",
    "selectionround": "round",
    "targetlocation": "location",
    "recruitmentround": "recruitment",
    "outboxmessage": "message",
}

# How the program does, in words of performance: class of the sign -> (word, shape).
SIGNS: Mapping[str, tuple[str, str]] = {
    "good": ("Sesuai", "dot"),
    "watch": ("Perhatian", "alert"),
    "late": ("Terlambat", "square"),
    "none": ("Belum ada data", "circle"),
    "desk": ("Di meja verifikasi", "square"),
}

_BY_WORD = {word.casefold(): (colour, shape) for looks in CHAINS.values() for word, colour, shape in looks.values()}


def badge(chain: str, code: object, label: object = "") -> dict[str, str]:
    """Word, colour and shape; ``label`` replaces the word. An unknown code is found by its word, else stays grey."""
    known = CHAINS.get(str(chain), {}).get(str(code).lower())
    if known:
        word, colour, shape = known
        return {"word": str(label) or word, "colour": colour, "shape": shape}
    word = str(label) or str(code)
    colour, shape = _BY_WORD.get(word.casefold(), ("", "half"))
    return {"word": word, "colour": colour, "shape": shape}


def badge_of(record: Model) -> dict[str, str]:
    """The badge of a record that has a ``status``."""
    return badge(_chain_of(type(record)), record.status, word_of(record))


def look_of(model: type[Model]) -> Mapping[str, tuple[str, str, str]]:
    """State in small letters -> word, colour and shape, of every state of ``model``'s chain."""
    return CHAINS.get(_chain_of(model), {})


def _chain_of(model: type[Model]) -> str:
    name = str(model._meta.model_name)
    return MODELS.get(name, name)


def word_of(record: Model) -> str:
    """The word of its state; where a decree ends it on a later day only, with the day from which that is so."""
    word, last = _word(type(record), record.status), getattr(record, "holds_until", None)
    return f"{word} per {formats.long_date(last + timedelta(days=1))}" if last else word


@cache  # get_status_display makes a dictionary of every choice again for every row
def _word(model: type[Model], status: str) -> str:
    return model(status=status).get_status_display()


def sign(code: str, label: object = "", shape: str = "") -> dict[str, str]:
    word, standard = SIGNS.get(str(code), SIGNS["none"])
    return {"code": code if code in SIGNS else "none", "word": str(label) or word, "shape": shape or standard}
