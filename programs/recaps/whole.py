"""Papers as files: one at once, all agencies in one workbook by the worker."""

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


@dataclass(frozen=True)
class RecapFile:
    question: RecapQuestion
    name: str

    def sheets(self) -> list[RecapSheet]:
        return self.question.paper.make(self.question)

    def each(self) -> Iterator[RecapSheet]:
        """A paper of each agency is made when its turn comes: progress is told, and memory holds one."""
        if not self.question.paper.of_agency:
            yield from self.sheets()
            return
        for agency in self.question.agencies:
            yield from self.question.paper.make(replace(self.question, agencies=[agency]))

    def as_workbook(self, query: QueryDict, told: Callable[[int], None] = lambda done: None) -> bytes:
        asked = "; ".join(f"{key}: {value}" for key, value in query.items() if value and key != "format")
        return recap_workbook(self.each(), asked=asked or "bawaan", told=told)


def file_of(search: RecapForm) -> RecapFile:
    return RecapFile(search.question(), "-".join(["rekap", *search.address().values()]).lower())


def _make(user: User, query: QueryDict) -> RecapFile:
    return file_of(RecapForm(query, user=user, all_agencies=True))


def file_response(request: UserRequest, search: RecapForm, wanted: str) -> HttpResponse:
    """ "xlsx" or "pdf"; the workbook of all agencies is made by a worker."""
    made = file_of(search)
    if wanted == "xlsx" and search.asked is None and search.paper.of_agency:
        query = request.GET.copy()
        query.clear()
        query.update(search.address())
        return redirect(ask(RECAPS, request.user, query, len(search.agencies)))
    log_export(request.user, f"{made.name}.{wanted}")
    if wanted == "xlsx":
        return workbook_response(f"{made.name}.xlsx", made.as_workbook(request.GET))
    answer = HttpResponse(recap_pdf(made.sheets()[0]), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{made.name}.pdf"'
    return answer


RECAPS = LongWork("recaps", may_read_recaps, _make)
