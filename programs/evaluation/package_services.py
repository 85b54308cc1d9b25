"""Drafting the model package of a location."""

from django.db import transaction

from districts.locations.models import TargetLocation
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.workflow.models import StepNotAllowed
from programs.evaluation.packages import ModelPackage
from programs.evaluation.services import has_verdict


@transaction.atomic
def draft_package(*, location: TargetLocation, actor: User) -> ModelPackage:
    """The package that ``location`` has, or a new draft.

    The lock lets two people who ask at one moment open one and the same. Raises ``StepNotAllowed`` without a verdict.
    """
    TargetLocation.objects.select_for_update(no_key=True, of=["self"]).get(pk=location.pk)
    kept = ModelPackage.objects.kept().filter(target_location=location).first()
    if kept is not None:
        return kept
    if not has_verdict(location):
        raise StepNotAllowed("Paket model dibuat untuk lokasi yang punya putusan siap ditularkan.")
    made = ModelPackage(target_location=location, is_sample=location.rests_on_sample)
    set_author(made, actor)
    made.save()
    return made
