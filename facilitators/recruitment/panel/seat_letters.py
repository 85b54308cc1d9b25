"""Letters to applicants name them: a panellist reads one only when the application itself may be read."""

from django.contrib.contenttypes.models import ContentType

from facilitators.recruitment.applications.models import Application
from p2emas.accounts.models import User
from p2emas.outbox.models import OutboxMessageQuerySet, narrow_by


@narrow_by
def hide_from_seats(messages: OutboxMessageQuerySet, user: User) -> OutboxMessageQuerySet:
    hidden = Application.objects.of_seats(user).exclude(pk__in=Application.objects.for_user(user).values("pk"))
    about = ContentType.objects.get_for_model(Application)
    return messages.exclude(content_type=about, object_id__in=hidden.values("pk"))
