"""What training contributes to the frame; see ``p2emas/registry``."""

from facilitators.recruitment.privacy.handlings import WORK
from facilitators.training.dates import DATES
from facilitators.training.models import Attendance, Course, Enrolment, Session
from p2emas.registry.kinds import Contributions, PersonalFields

CONTRIBUTIONS = Contributions(
    dates=DATES,
    personal=(
        PersonalFields(Enrolment, "first_test final_test outcome outcome_reason", WORK),
        PersonalFields(Attendance, "how at", WORK),
    ),
    not_personal={Course: "name place starts ends closed_at", Session: "topic starts_at ends_at code"},
)
