"""What a time zone holds to: once there are dates that people were promised, the zone stays."""

from django.db import models

_holders: list[tuple[type[models.Model], object]] = []


def holds_zone(model: type[models.Model], words: object) -> None:
    """The zone cannot change once there is a row of ``model``; ``words`` say what it is."""
    _holders.append((model, words))


def what_holds_zone() -> str:
    """The first thing that the zone holds to, in words; "" while it may still change."""
    return next((str(words) for model, words in _holders if model._base_manager.exists()), "")
