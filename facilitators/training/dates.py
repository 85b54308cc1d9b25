"""The days of courses in the calendar."""

from typing import Any

from facilitators.training.models import Course
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span


def course_days(reader: Any, span: Span) -> Dates:
    for course in Course.objects.for_user(reader).held_between(span.first, span.last):
        yield CalendarDate(
            f"pelatihan-{course.pk}",
            course.starts,
            "Pelatihan pendamping",
            f"Pelatihan: {course.name}",
            str(course.pk),
            f"{course.place}.",
            course.get_absolute_url(),
            course.ends,
        )


DATES = (DateKind("pelatihan", "Pelatihan pendamping", 60, course_days),)
