"""A draft of a decree that was made by mistake: it goes away with its items and files, unless something needs it.

No step was ever taken on a draft, so nothing of the chain's history goes with it; that of its edits stays. What was
decided is then ready for another draft.
"""

from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import Q
from django.utils.text import capfirst

from districts.locations.decrees.amending import set_recruitments
from districts.locations.models import DecreeItem
from p2emas.accounts.models import User
from p2emas.documents.models import Decree, DecreeFile
from p2emas.history.records import last_edit, set_author
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import StepConflict, StepNotAllowed

OWN = (DecreeItem, DecreeFile)  # what is nothing without its decree
LET_GO = "recruitments"  # what is ready for another draft


def mark_of(draft: Decree) -> str:
    """Which draft a page showed; another mark means that somebody has changed it or what it holds since."""
    parts = [*draft.items.order_by("pk").values_list("pk", flat=True)]
    rounds = [*draft.recruitments.order_by("pk").values_list("pk", flat=True)]
    files = [*draft.files.order_by("pk").values_list("pk", flat=True)]
    return ".".join("-".join(map(str, numbers)) for numbers in ([last_edit(draft) or 0], parts, files, rounds))


def needed_by(draft: Decree) -> list[str]:
    """Why ``draft`` has to stay, a sentence for each thing that depends on it."""
    return list(_records(draft))


def _records(draft: Decree) -> Iterator[str]:
    """Rows of every house that point to it: decided rounds of villages, determinations, amendments."""
    points: dict[type[models.Model], Q] = {}
    for relation in Decree._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is not models.DO_NOTHING:
            if relation.name == LET_GO:
                continue
            kind = relation.related_model
            points[kind] = points.get(kind, Q()) | Q(**{relation.field.name: draft.pk})
    for kind, point in points.items():
        for record in kind._base_manager.filter(point).order_by("pk")[:3] if kind not in OWN else ():
            words = {"kind": capfirst(kind._meta.verbose_name), "record": record}
            yield "{kind} {record} memakai konsep ini.".format(**words)


@transaction.atomic
def discard_draft(*, decree: Decree, seen: str, actor: User) -> None:
    """Remove a draft for good.

    Raises ``StepNotAllowed`` when it is no draft any more or something needs it, and ``StepConflict`` when it is no
    longer what the page showed (``mark_of``).
    """
    draft = Decree.objects.select_for_update().filter(pk=decree.pk).first()  # nothing begins to point to it meanwhile
    if draft is None:  # a second click
        return
    if draft.status != Decree.Status.DRAFT:
        raise StepNotAllowed("Keputusan ini tidak lagi konsep, jadi tidak dapat dihapus.")
    if needs := needed_by(draft):
        raise StepNotAllowed(needs[0])
    if mark_of(draft) != seen:
        raise StepConflict("Konsep ini sudah berubah sejak halaman dibuka. Periksa lagi, lalu hapus bila tetap perlu.")
    set_recruitments(draft, [])
    for stored in [*draft.items.all(), *draft.files.all(), draft]:
        set_author(stored, actor)
        stored.delete()
    keep_words(Decree, [decree.pk])
