"""Writing an application until it is sent: starting, saving a page, adding and removing papers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import ApplicationFile, PlaceChoice
from facilitators.recruitment.apply import consent
from facilitators.recruitment.apply.limits import check_draft
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import DocumentKind
from p2emas.documents.files import receive_file
from p2emas.documents.kinds import FileRefused
from p2emas.documents.storing import store_file
from p2emas.workflow.editing import claim_version

MOST_OF_ONE_KIND = 5
NOT_AGREED: dict[str, Any] = {"lat": None, "lng": None, "taken_at": None}  # the consent names neither place nor time


def start_draft(*, round: RecruitmentRound, values: Mapping[str, Any], client_token: UUID, at: datetime) -> Application:
    """A draft for ``values`` of the identity form; the same page sent twice is the same draft."""
    agreed = consent.agreed(at) | {"started_at": at}
    try:
        with transaction.atomic():
            return Application.objects.create(
                round=round, client_token=client_token, is_sample=round.is_sample, **agreed, **values
            )
    except IntegrityError:
        same = Application.objects.begun_with(client_token, round, str(values["nik_fingerprint"]), str(values["phone"]))
        if same is not None:
            return same
    return Application.objects.create(round=round, is_sample=round.is_sample, **agreed, **values)


@transaction.atomic
def save_step(
    *,
    application: Application,
    version: int,
    skills: Sequence[int] | None = None,
    wishes: Sequence[int] | None = None,
    **fields: Any,
) -> None:
    """Save a page of a draft that still has ``version``, or raise ``EditConflict`` and change nothing."""
    claim_version(application, version, Application.Status.DRAFT)
    if fields:
        Application.objects.filter(pk=application.pk).update(**fields)
    if skills is not None:
        application.skills.set(skills)
    if wishes is not None:
        application.wishes.all().delete()
        PlaceChoice.objects.bulk_create(
            PlaceChoice(application=application, place_id=place, rank=rank)
            for rank, place in enumerate(wishes, start=1)
        )


def add_paper(*, application: Application, document: DocumentKind, upload: Any, at: datetime) -> ApplicationFile:
    """Keep one photo or PDF, or raise ``FileRefused`` with the sentence. Read and rewritten outside the transaction."""
    received = replace(receive_file(upload, allowed=ApplicationFile.ALLOWED), **NOT_AGREED)
    with transaction.atomic():
        held = _hold(application, at)
        same = held.files.filter(document=document)
        if same.count() >= MOST_OF_ONE_KIND and not same.filter(sha256=received.sha256).exists():
            raise FileRefused(f"Sudah ada {MOST_OF_ONE_KIND} berkas di sini. Hapus yang tidak perlu dahulu.")
        check_draft(held, received)
        return store_file(ApplicationFile, owner=held, upload=received, user=None, document=document)


@transaction.atomic
def remove_paper(*, application: Application, key: str, at: datetime) -> bool:
    """Whether a paper was there to remove: a second click finds none."""
    held = _hold(application, at)
    paper = next((each for each in removable_papers(held) if str(each.key) == key), None)
    if paper is None:
        return False
    paper.delete()
    return True


def removable_papers(application: Application) -> list[ApplicationFile]:
    """Of a draft all; of an application that came back only what was added since: the rest has been judged."""
    papers = list(application.files.select_related("document"))
    if application.status == Application.Status.DRAFT:
        return papers
    if application.status != Application.Status.INCOMPLETE:
        return []
    since = application.entered_at()
    return [paper for paper in papers if since is not None and paper.uploaded_at >= since]


def _hold(application: Application, at: datetime) -> Application:
    """The row, locked; ``FileRefused`` when papers are no longer taken."""
    held = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if not (held.may_edit() or held.is_completable(at)):
        raise FileRefused("Lamaran ini sudah terkirim, jadi berkasnya tidak dapat diubah lagi.")
    return held
