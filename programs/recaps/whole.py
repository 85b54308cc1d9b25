"""Papers as files: short ones at once; long ones, and all agencies in one workbook, by the worker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import PDF
from p2emas.documents.tables import log_export
from p2emas.exports.lists import workbook_response
from p2emas.exports.long_lists import LongWork, ask
from programs.recaps.access import may_read_recaps
from programs.recaps.description import RecapQuestion, RecapSheet
from programs.recaps.forms import RecapForm
from programs.recaps.papers import recap_pdf
from programs.recaps.workbook import recap_workbook

LONG_PAPER = 400  # rows that are set and written while somebody waits


@dataclass(frozen=True)
class RecapFile:
    """``ending``: "xlsx" or "pdf"; a PDF is of one paper."""

    question: RecapQuestion
    name: str
    ending: str

    def sheets(self) -> list[RecapSheet]:
        return self.question.paper.make(self.question)

    def each(self, told: Callable[[int], None]) -> Iterator[RecapSheet]:
        """A paper of each agency is made when its turn comes, and memory holds one; ``told`` how many are done."""
        if not self.question.paper.of_agency:
            yield from self.question.paper.make(replace(self.question, told=told))
            return
        for done, agency in enumerate(self.question.agencies, start=1):
            yield from self.question.paper.make(replace(self.question, agencies=[agency]))
            told(done)  # its sheet was written meanwhile

    def as_file(self, query: QueryDict, told: Callable[[int], None] = lambda done: None) -> bytes:
        sheets = self.each(told)
        if self.ending == "pdf":
            (sheet,) = sheets
            return recap_pdf(sheet)
        return recap_workbook(sheets, asked=_asked(query))


def file_of(search: RecapForm, ending: str) -> RecapFile:
    return RecapFile(search.question(), "-".join(["rekap", *search.address().values()]).lower(), ending)


def _make(user: User, query: QueryDict) -> RecapFile:
    ending = "pdf" if query.get("format") == "pdf" else "xlsx"
    return file_of(RecapForm(query, user=user, all_agencies=ending == "xlsx"), ending)


def file_response(request: UserRequest, search: RecapForm, wanted: str) -> HttpResponse:
    """ "xlsx" or "pdf"; what has many rows, and the workbook of all agencies, is made by a worker."""
    made = file_of(search, wanted)
    is_whole = wanted == "xlsx" and search.asked is None and search.paper.of_agency
    sheets = [] if is_whole else made.sheets()
    rows = sum(len(sheet.rows) for sheet in sheets)
    if is_whole or rows > LONG_PAPER:
        query = request.GET.copy()
        query.clear()
        query.update(search.address() | {"format": wanted})
        return redirect(ask(RECAPS, request.user, query, len(made.question.agencies)))
    log_export(request.user, f"{made.name}.{wanted}")
    if wanted == "xlsx":
        return workbook_response(f"{made.name}.xlsx", recap_workbook(sheets, asked=_asked(request.GET)))
    answer = HttpResponse(recap_pdf(sheets[0]), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{made.name}.pdf"'
    return answer


def _asked(query: QueryDict) -> str:
    """What was asked for, as the workbook says it."""
    return "; ".join(f"{key}: {value}" for key, value in query.items() if value and key != "format") or "bawaan"


RECAPS = LongWork("recaps", may_read_recaps, _make, "SKPD")
