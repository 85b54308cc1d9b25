"""Facilitators by hand, and their contracts: each once, however often the button is pressed."""

from django.db import IntegrityError, transaction

from facilitators.placements.models import Contract
from facilitators.placements.refusals import PlacementRefused
from facilitators.recruitment.result.people import Facilitator
from p2emas.accounts.models import User

SAME_PERSON = ("name", "phone", "email", "home_village_id")
SAME_CONTRACT = ("facilitator_id", "dated", "starts", "ends", "monthly_pay", "signer_name", "signer_title")


def add_facilitator(*, facilitator: Facilitator, skills, actor: User) -> Facilitator:
    """Somebody who worked before there were rounds."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        same = {name: getattr(facilitator, name) for name in SAME_PERSON}
        if found := Facilitator.objects.filter(application=None, **same).first():
            return found
        facilitator.save()
        facilitator.skills.set(skills)
        return facilitator


def add_contract(contract: Contract) -> Contract:
    """Store a contract; its number is typed from the agenda book and used once.

    The contract of an invented person is marked as invented.
    """
    contract.is_sample |= contract.facilitator.is_sample
    try:
        with transaction.atomic():
            contract.save()
            return contract
    except IntegrityError:
        found = Contract.objects.filter(number=contract.number).first()
        if found is None:
            raise
    if all(getattr(found, name) == getattr(contract, name) for name in SAME_CONTRACT):
        return found
    raise PlacementRefused("Nomor kontrak ini sudah dipakai.", field="number")
