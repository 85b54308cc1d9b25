"""Writing in a notebook: taken once by its token, struck out by the person who wrote it."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from districts.evidence.models import CommunityGroup
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import issue_receipt
from p2emas.workflow.models import StepNotAllowed
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.rules import placement_on


class SaleRefused(StepNotAllowed):
    """Why a line of a notebook is not taken: a sentence for the phone."""


@transaction.atomic
def receive_sale(
    *, by: User, token: uuid.UUID, group: CommunityGroup, day: date, values: Mapping[str, Any], is_sample: bool = False
) -> Receipt:
    """A line of the notebook and its receipt. The same token again changes nothing and gets the same answer.

    ``day``: of the sale, or the last one of the month that it sums up; the placement in force on it decides.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    there = SalesEntry.objects.filter(client_token=token).first()
    if there is not None and there.author_id != by.pk:
        raise SaleRefused("Catatan ini ditulis oleh pemakai lain. Ia masuk sendiri untuk mengirimnya.")
    if there is None:
        if placement_on(by, group.village, day, clock.today()) is None:
            raise SaleRefused("Pada bulan itu Anda tidak bertugas di desa ini, atau penugasannya sudah lama berakhir.")
        there = SalesEntry.objects.create(
            author=by, client_token=token, group=group, month=day.replace(day=1), received_at=clock.now(),
            is_sample=is_sample, **values,
        )  # fmt: skip
    return issue_receipt(there, there.number, token)


@transaction.atomic
def strike_sale(*, entry: SalesEntry) -> bool:
    """Whether it counted until now; a second click changes nothing."""
    return bool(SalesEntry.objects.counted().filter(pk=entry.pk).update(struck_at=clock.now()))
