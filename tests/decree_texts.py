"""A draft decree whose paper passes the legal check, for tests that put decrees in force."""

from districts.locations.decision.legal import legal_basis
from districts.locations.decision.texts import CONSIDERING, write_dictums
from p2emas.documents.models import Decree

SIGNER = {"signer_name": "Nama Bupati (contoh)", "signer_title": "Bupati"}


def ready(decree: Decree) -> Decree:
    """Write the text that follows from its items, and who signs; number and days are the caller's."""
    decree.refresh_from_db()
    decree.considering = decree.considering or "\n".join(CONSIDERING)
    decree.recalling = decree.recalling or "\n".join(legal_basis())
    for name, value in SIGNER.items():
        setattr(decree, name, value)
    decree.save()
    if not decree.dictums:
        write_dictums(decree)
    if decree.dated != decree.valid_from:
        decree.dictums = decree.dictums.replace("tanggal ditetapkan", "hari yang disebut di bawah ini")
        decree.save()
    return decree
