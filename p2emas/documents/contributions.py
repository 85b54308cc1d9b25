"""What decrees, papers and private files contribute to the frame; see ``p2emas/registry``."""

from typing import Any

from p2emas.documents import integrity, suspects
from p2emas.documents.forms import DECREE_TEXT, NEW_DECREE
from p2emas.documents.models import Decree, DecreeFile, PaperTemplate, Receipt
from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, SIGNER, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Hit, Look, Looks, PersonalFields, SearchKind
from p2emas.ui.formats import long_date


def _hit(decree: Decree, reader: Any) -> Hit:
    dated = f" · {long_date(decree.dated)}" if decree.dated else ""
    return Hit(str(decree), decree.get_absolute_url(), f"{decree.about}{dated}", record=decree)


# As people call them; the title of a regulation has the head of the regency, whose word may change.
CALLED = {Decree.Kind.SK: "SK", Decree.Kind.PERBUP: "Peraturan"}


def _names(decree: Decree) -> list[str]:
    return [*([f"{CALLED[Decree.Kind(decree.kind)]} {decree.number}"] if decree.number else []), decree.about]


DECREES = SearchKind(
    code="decree",
    title="SK",
    place=7,
    model=Decree,
    rows=Decree.objects.for_user,
    names=_names,
    numbers=lambda decree: [decree.number],
    hit=_hit,
)

CONTRIBUTIONS = Contributions(
    drafted_forms=(DECREE_TEXT, NEW_DECREE),
    search_kinds=(DECREES,),
    looks=(
        Looks(
            "decree",
            {
                Decree.Status.DRAFT: Look("", "half"),
                Decree.Status.IN_FORCE: Look("green", "check"),
                Decree.Status.REVOKED: Look("red", "cross"),
            },
            Decree,
        ),
    ),
    checks={
        "Berkas": integrity.files,
        "Berkas yatim": integrity.orphans,
        "Tanda terima": integrity.receipts,
    },
    suspects={"Berkas yang kini ditolak": suspects.refused_files},
    personal=(
        PersonalFields(Decree, "signer_name signer_nip signer_rank signer_title", SIGNER),
        PersonalFields(Decree, "created_by created_at", TRACE),
        PersonalFields(DecreeFile, OF_A_FILE, UPLOAD),
        PersonalFields(PaperTemplate, "uploaded_by uploaded_at", TRACE),
    ),
    not_personal={
        Decree: "kind number dated about valid_from valid_until considering recalling dictums origin "
        "recorded_because source status",
        DecreeFile: ABOUT_A_FILE,
        Receipt: "code number issued_at",
        PaperTemplate: "kind content original_name sha256",
    },
)
