"""What a verifier asked of an agency before: a return that was taken back, and a decision that was put off."""

from dataclasses import dataclass, field

from programs.reporting.reports.models import ProgressReport

FINDINGS = "Temuan: "


@dataclass(frozen=True)
class Asked:
    """The kinds of findings that were ticked, and the note that was typed."""

    codes: list[str] = field(default_factory=list)
    note: str = ""

    @classmethod
    def before(cls, report: ProgressReport) -> "Asked":
        """What the form of a report on the desk begins with; three queries."""
        if report.status not in ProgressReport.ON_DESK:
            return cls()
        codes = list(report.comments.open_findings().order_by().values_list("finding", flat=True).distinct())
        last = report.last_change()
        returned = report.last_change("return") if last is not None and last.step == "undo" else None
        if returned is None or (last is not None and last.old != ProgressReport.Status.RETURNED):
            return cls(codes)
        return cls(codes, typed_note(returned.note))


def written_note(titles: list[str], typed: str) -> str:
    """The note of a return: the titles of its findings in the first line, what was typed below."""
    return "\n".join(filter(None, (f"{FINDINGS}{'; '.join(titles)}." if titles else "", typed)))


def typed_note(note: str) -> str:
    """What was typed of a note that ``written_note`` made."""
    first, _, rest = note.partition("\n")
    return rest if first.startswith(FINDINGS) else note
