"""The attendance sheet to sign with a pen."""

from facilitators.training.models import Session
from p2emas import naming
from p2emas.documents.pdf import compile_pdf
from p2emas.ui.formats import clock_time, weekday_date

EMPTY_LINES = 3  # for whom the list forgot


def attendance_pdf(session: Session) -> bytes:
    course = session.course
    rows = course.enrolments.taking_part().select_related("facilitator__application").order_by("facilitator__name")
    is_sample = course.is_sample or any(row.facilitator.is_sample for row in rows)
    people = [[row.facilitator.name, application_number(row)] for row in rows]
    return compile_pdf(
        "attendance.typ",
        {
            **naming.letterhead(),
            "course": course.name,
            "place": course.place,
            "topic": session.topic,
            "day": weekday_date(session.starts_at),
            "time": f"{clock_time(session.starts_at)} sampai {clock_time(session.ends_at)} {naming.current().zone}",
            "people": people,
            "empty": EMPTY_LINES,
            "sample": "DATA CONTOH" if is_sample else "",
        },
    )


def application_number(enrolment) -> str:
    application = enrolment.facilitator.application
    return application.number if application else ""
