from datetime import datetime

from django.utils import timezone


def security_now() -> datetime:
    """What sign-in asks: the real clock, which no pinned day of a demo moves."""
    return timezone.now()
