"""Minutes are signed on paper; recording it keeps who was there as it was on that day."""

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.instruments.models import Minutes
from p2emas.workflow.hooks import Hook

attendance_of: "Hook[[Minutes], list[str] | None]" = Hook("who was at the meeting of minutes")


@transaction.atomic
def sign_minutes(*, minutes: Minutes, seen: str, actor: User, note: str = "") -> None:
    """Record that ``minutes`` were signed. Those of a meeting have its attendance, which is frozen with them."""
    came = attendance_of(minutes)
    if came and minutes.status == Minutes.Status.DRAFT and minutes.present.splitlines() != came:
        minutes.present = "\n".join(came)
        set_author(minutes, actor)
        minutes.save(update_fields=["present"])
    minutes.take_step("sign", seen=seen, actor=actor, note=note)
