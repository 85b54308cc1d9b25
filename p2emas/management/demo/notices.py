"""What people were told up to the day of the demo: the dates of the last days, and of the years before all is read."""

from datetime import datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from p2emas import clock
from p2emas.notifications.models import Notification
from p2emas.notifications.telling import tell_of_day

DAYS, UNREAD = 14, timedelta(days=3)


def tell_last_days() -> None:
    """As ``manage.py tell_due`` would have done at half past seven."""
    today = clock.today()
    for before in range(DAYS, -1, -1):
        day = today - timedelta(days=before)
        with clock.at(timezone.make_aware(datetime.combine(day, time(7, 30)))):
            tell_of_day(day)
    now = clock.now()
    Notification.objects.forget_old(now)
    Notification.objects.filter(told_at__lt=now - UNREAD).update(read_at=F("told_at"))
