"""Which slip a browser has opened: remembered in the session, never in an address."""

from django.http import HttpRequest

from p2emas import clock
from programs.aid.handover import HandoverSlip

KEY = "serah-terima"


def remember_slip(request: HttpRequest, slip: HandoverSlip) -> None:
    if not request.user.is_authenticated:  # the session of somebody who signed in is known by its key
        request.session.cycle_key()
    request.session[KEY] = slip.pk


def forget_slip(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def opened_slip(request: HttpRequest) -> HandoverSlip | None:
    """The slip that this browser has opened, while it is open."""
    pk = request.session.get(KEY)
    return None if pk is None else HandoverSlip.objects.open(clock.now()).with_package().filter(pk=pk).first()
