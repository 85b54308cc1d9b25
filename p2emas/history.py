"""Old -> new of every edit (django-simple-history), stamped with the business clock and tied to its author for good."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from p2emas import clock


class EditHistory(HistoricalRecords):
    """History of a model's edits.

    Leave status and stamps out (``excluded_fields``): steps are written by the workflow, and a queryset's
    ``update()`` is invisible here, so a step would be booked to whoever saves next.
    """

    def _get_history_user_fields(self):
        # The stock field forgets the author when a user is deleted; ours refuses the deletion.
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
            )
        }

    def create_historical_record(self, instance, history_type, using=None):
        instance._history_date = clock.now()
        try:
            return super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date
