"""What decrees, papers and private files contribute to the frame; see ``p2emas/registry``."""

from typing import Any

from p2emas.documents import integrity, suspects
from p2emas.documents.forms import DECREE_TEXT, NEW_DECREE
from p2emas.documents.models import Decree, DecreeFile, PaperTemplate, Receipt
from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, SIGNER, TRACE, UPLOAD
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
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


def decree_days(span: Span) -> Dates:
    """The first and the last day of what was put in force, which anybody may read; a draft has no day yet."""
    published = Decree.objects.public().changing_between(span.first, span.last)
    for decree in published.order_by("valid_from", "pk"):
        called, url = CALLED[Decree.Kind(decree.kind)], decree.get_absolute_url()
        for name, day, what in (
            ("mulai", decree.valid_from, "mulai berlaku"),
            ("akhir", decree.valid_until, "berakhir"),
        ):
            if day is not None and day in span:
                key, word = f"sk-{decree.pk}-{name}", f"{called} {what}"
                yield CalendarDate(key, day, word, f"{decree} {what}", decree.number, decree.about, url)


def _of_reader(reader: Any, span: Span) -> Dates:
    return decree_days(span)


CONTRIBUTIONS = Contributions(
    dates=(DateKind("sk", "SK", 45, _of_reader, decree_days),),
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
