"""What minutes and regulations contribute to the frame; see ``p2emas/registry``."""

from typing import Any

from p2emas.instruments.forms import MINUTES_TEXT
from p2emas.instruments.models import Minutes, MinutesFile, Regulation, RegulationFile
from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, SIGNER, THERE, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Hit, Look, Looks, MenuEntry, PersonalFields, SearchKind
from p2emas.ui.formats import long_date

MINUTES = MenuEntry("Berita acara", "instruments:minutes-list")


def _hit(paper: Minutes | Regulation, reader: Any) -> Hit:
    dated = f" · {long_date(paper.dated)}" if paper.dated else ""
    record = paper if isinstance(paper, Minutes) else None
    return Hit(str(paper), paper.get_absolute_url(), f"{paper.about}{dated}", record=record)


def _names(called: str, paper: Minutes | Regulation) -> list[str]:
    return [*([f"{called} {paper.number}"] if paper.number else []), paper.about]


SEARCHED = (
    SearchKind(
        code="minutes",
        title="Berita acara",
        place=8,
        model=Minutes,
        rows=Minutes.objects.for_user,
        names=lambda minutes: _names("Berita Acara", minutes),
        numbers=lambda minutes: [minutes.number],
        hit=_hit,
    ),
    SearchKind(
        code="regulation",
        title="Peraturan",
        place=9,
        model=Regulation,
        rows=Regulation.objects.for_user,
        names=lambda regulation: _names("Peraturan", regulation),
        numbers=lambda regulation: [regulation.number],
        hit=_hit,
    ),
)

CONTRIBUTIONS = Contributions(
    menu_entries=(MINUTES,),
    drafted_forms=(MINUTES_TEXT,),
    search_kinds=SEARCHED,
    looks=(
        Looks(
            "minutes",
            {
                Minutes.Status.DRAFT: Look("", "half"),
                Minutes.Status.SIGNED: Look("green", "check"),
                Minutes.Status.CANCELLED: Look("open", "cross"),
            },
            Minutes,
        ),
    ),
    personal=(
        *(
            PersonalFields(model, "signer_name signer_nip signer_rank signer_title", SIGNER)
            for model in (Minutes, Regulation)
        ),
        *(PersonalFields(model, "created_by created_at", TRACE) for model in (Minutes, Regulation)),
        PersonalFields(Minutes, "present", THERE),
        *(PersonalFields(model, OF_A_FILE, UPLOAD) for model in (MinutesFile, RegulationFile)),
    ),
    not_personal={
        Minutes: "number dated about place text source signed_at status",
        Regulation: "number dated about text source",
        MinutesFile: ABOUT_A_FILE,
        RegulationFile: ABOUT_A_FILE,
    },
)
