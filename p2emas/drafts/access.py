"""Which form of which record, and whether the user fills it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

from p2emas.accounts.models import User
from p2emas.registry.contributions import drafted_forms
from p2emas.registry.kinds import DraftedForm


def form_and_record(user: User, name: str, pk: int, part: int | None = None) -> tuple[DraftedForm, Model]:
    """404 for what is out of reach: an unknown form, a record outside the scope, a part of another record."""
    drafted = drafted_forms().get(name)
    if drafted is None:
        raise Http404
    record = get_object_or_404(drafted.model.objects.for_user(user), pk=pk)  # type: ignore[attr-defined]
    if not drafted.may_fill(user, record):
        raise PermissionDenied
    if part is not None and (drafted.parts is None or not drafted.parts(record).filter(pk=part).exists()):
        raise Http404
    return drafted, record
