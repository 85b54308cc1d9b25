"""A database of this version with a row in every table: the demo, the states that it has no need of, and the rest."""

import hashlib

from django.apps import apps

from p2emas.documents.models import PrivateFile
from p2emas.models import DecreeFile, User
from programs.models import ProgressReport
from tests import factories as make
from tests import worlds
from tests.drills.further import beginnings
from tests.releases.facts import rows


def fill() -> None:
    beginnings()
    user = User.objects.get(username="coordinator")
    make.SignInTryFactory()
    make.AccountTraceFactory(user=user)
    make.DistrictBoundaryFactory(district=first("districts.District"))
    selection = first("districts.SelectionRound")
    one, other = selection.criteria.order_by("pk")[:2]
    make.PairwiseJudgmentFactory(round=selection, user=user, first=one, second=other)
    make.DueDateChangeFactory(report=ProgressReport.objects.earliest("pk"), by=user)
    worlds._file(DecreeFile, decree=first("p2emas.Decree"), original_name="pindaian.jpg", uploaded_by=user)
    with_digests()
    if empty := [table for table, count in rows().items() if not count]:
        raise LookupError(f"An archive of a release has a row in every table, but none in {empty}.")


def first(label: str):
    return apps.get_model(label)._default_manager.earliest("pk")


def with_digests() -> None:
    """Factories write no digest of what they store."""
    for model in apps.get_models():
        if issubclass(model, PrivateFile):
            for row in model._default_manager.all():
                model._default_manager.filter(pk=row.pk).update(sha256=hashlib.sha256(row.file.read()).hexdigest())
