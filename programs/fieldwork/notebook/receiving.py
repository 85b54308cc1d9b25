"""A line of a notebook as a phone sends it, by signal or in a copy: the same form, taken once by its token."""

import uuid

from django.http import QueryDict
from django.urls import reverse

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Receipt
from programs.fieldwork.notebook.forms import SaleForm
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.notebook.page import groups_to_write
from programs.fieldwork.notebook.services import SaleRefused, receive_sale

WHAT, SALE = "isi", "penjualan"  # the field by which a sale differs from a visit


def is_sale(data: QueryDict) -> bool:
    return data.get(WHAT) == SALE


def take_sale(user: User, data: QueryDict) -> SalesEntry:
    """The line of ``data``; one whose token came before is answered as it was, and nothing is written.

    Raises ``StepNotAllowed`` with the sentence for its author.
    """
    if (there := _known(data.get("token", ""), user)) is not None:
        return there
    key = data.get("group", "")
    groups = groups_to_write(user, clock.today())
    group = groups.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if group is None:
        raise SaleRefused("Kelompok ini tidak ada di desa Anda, atau penugasannya sudah lama berakhir.")
    form = SaleForm(data, group=group, today=clock.today(), last=None)
    if not form.is_valid():
        raise SaleRefused(" ".join(str(message) for messages in form.errors.values() for message in messages))
    token = form.cleaned_data["token"]
    receive_sale(by=user, token=token, group=group, day=form.counts_on, values=form.values())
    return SalesEntry.objects.select_related("group__village").get(client_token=token)


def state_of_sale(entry: SalesEntry) -> dict[str, object]:
    """What the phone keeps of it, in the words of a visit: the same answer however often it is asked."""
    receipt = Receipt.objects.get(client_token=entry.client_token)
    return {
        "token": str(entry.client_token),
        "state": "SENT",
        "words": "Terkirim",
        "number": entry.number,
        "receipt": receipt.shown_code,
        "missing": [],
        "village": f"{entry.group.name}: {entry}",
        "date": entry.when,
        "url": reverse("fieldwork:sale-create", args=[entry.group_id]),
    }


def _known(token_said: str, user: User) -> SalesEntry | None:
    try:
        token = uuid.UUID(token_said)
    except ValueError:
        return None
    return SalesEntry.objects.of_author(user).filter(client_token=token).select_related("group__village").first()
