"""What a visit says in figures, in words."""

from p2emas.ui import formats
from programs.fieldwork.models import FieldReport


def present_words(report: FieldReport) -> str:
    if report.women is None or report.men is None:
        return ""
    return f"{report.present} orang, perempuan {report.women}"


def output_words(report: FieldReport) -> str:
    if report.output is None:
        return ""
    return f"{formats.number(report.output)} {report.output_unit}".strip()
