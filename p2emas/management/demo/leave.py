"""One invented absence of the demo: an operator is on leave in two weeks, the head of their office is the deputy."""

from datetime import date, datetime

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.management.demo.people import Cast
from p2emas.staffing.absence_services import ask_absence, name_stand_in
from p2emas.staffing.absences import Absence


def go_on_leave(cast: Cast) -> None:
    """Asked by the operator themselves, named by the head of BAPPEDA: a deputy never names themselves."""
    operator = cast.operators["distanbun"]
    with clock.at(datetime(2019, 10, 4, 10)):
        absence = Absence(
            person=operator, agency=cast.agencies["distanbun"], role=Role.AGENCY_OPERATOR,
            valid_from=date(2019, 10, 21), valid_until=date(2019, 10, 25),
            stand_in=User.objects.get(username="agency_head"),
        )  # fmt: skip
        ask_absence(absence=absence, by=operator)
    with clock.at(datetime(2019, 10, 7, 8)):
        name_stand_in(absence, seen=Absence.Status.ASKED, actor=cast.head, note="")
