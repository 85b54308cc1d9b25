"""What a draft decree opens and closes, as a form whose typed fields are kept before they are saved."""

from zlib import crc32

from django.http import QueryDict
from django.urls import reverse

from districts.locations.decrees.amending import items_fingerprint
from districts.locations.models import DecreeItem
from p2emas.accounts.roles import COORDINATORS
from p2emas.documents.models import Decree
from p2emas.registry.kinds import DraftedForm
from p2emas.workflow.pages import versions_of
from programs.profiles.amend_forms import ItemsForm


def items_version(decree: Decree) -> int:
    """A number that changes with the items: a decree has none of its own."""
    return crc32(items_fingerprint(decree).encode()) & 0x7FFFFFFF


def _compare(decree: Decree, part: int | None, data: QueryDict) -> tuple[dict[str, str], dict[str, str]]:
    return versions_of(ItemsForm(data, decree=decree))


ITEMS = DraftedForm(
    name="isi-keputusan",
    label="Apa yang ditetapkan dan diakhiri",
    model=Decree,
    address=lambda decree, part: reverse("profiles:decree-items", args=[decree.pk]),
    may_fill=lambda user, decree: user.has_role(*COORDINATORS),
    is_open=lambda decree: decree.status == Decree.Status.DRAFT,
    compare=_compare,
    writes={DecreeItem: "action target_location core_competency determination candidate"},
)
