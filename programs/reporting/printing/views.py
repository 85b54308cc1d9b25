"""The report on paper, and the number of its covering letter."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.fields import IndonesianDateField
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper
from p2emas.workflow.editing import EditConflict
from programs.reporting.printing.papers import report_pdf
from programs.reporting.printing.services import lacks_letter, number_letter
from programs.reporting.reports.access import for_agency, get_report
from programs.reporting.reports.models import ProgressReport


class LetterNumberForm(PlainForm):
    helper = form_helper("Simpan nomor")
    letter_no = forms.CharField(label="Nomor surat pengantar", max_length=80)
    letter_date = IndonesianDateField(label="Tanggal surat pengantar", help_text="Contoh 04-10-2019.")

    def __init__(self, data=None) -> None:
        super().__init__(data)
        field_of(self, "letter_date", IndonesianDateField).latest = clock.today()


@require_safe
def report_paper(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    answer = HttpResponse(report_pdf(report), content_type="application/pdf")
    draft = "konsep-" if report.status in ProgressReport.WITH_AGENCY else ""
    answer["Content-Disposition"] = f'inline; filename="{draft}{report.number}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_agency
def report_letter(request: UserRequest, report: ProgressReport) -> HttpResponse:
    """The number of the covering letter of a report that was sent without."""
    form = LetterNumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            number_letter(report=report, actor=request.user, **form.cleaned_data)
        except EditConflict as refusal:
            report.refresh_from_db()
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Nomor surat pengantar tersimpan.")
            return redirect(report)
    context = {"report": report, "form": form, "lacks_letter": lacks_letter(report)}
    return render(request, "programs/reporting/letter.html", context)
