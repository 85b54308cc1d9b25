"""A quarter from its opening to the receipt, through the pages an agency uses."""

from django.urls import reverse

from p2emas.models import Receipt
from programs.models import ProgressReport, ReportingPeriod
from tests.factories import AgencyFactory, OfficialFactory, PlanLineFactory, WorkPlanFactory
from tests.programs.reporting.helpers import figures_data, send_data, text_of


def test_quarter_is_opened_filled_and_sent(client_as):
    agency = AgencyFactory()
    plan = WorkPlanFactory(agreed=True, agency=agency)
    PlanLineFactory(plan=plan)
    OfficialFactory(agency=agency)
    coordinator, operator = client_as("coordinator"), client_as("agency_operator", at=agency)

    preview = coordinator.get(reverse("reporting:period-open"), {"triwulan": "2019-T3"})
    assert "Senin, 7 Oktober 2019" in text_of(preview)
    opened = coordinator.post(reverse("reporting:period-open"), {"triwulan": "2019-T3", "jatuh_tempo": "07-10-2019"})
    assert opened.status_code == 302
    report = ProgressReport.objects.get(agency=agency)
    assert ReportingPeriod.objects.get().reports.filter(plan=plan).get() == report

    assert "Empat bagian" in text_of(operator.get(report.get_absolute_url()))
    url = reverse("reporting:report-figures", args=[report.pk])
    response = operator.post(url, figures_data(report, {"money": "60.000.000", "physical": "70"}, lanjut="1"))
    assert response.url == reverse("reporting:report-obstacles", args=[report.pk])
    report.refresh_from_db()
    assert report.status == ProgressReport.Status.DRAFT

    factors = {"no_obstacles": "on", "supporting_factor": "Kelompok aktif", "version": report.version, "lanjut": "1"}
    response = operator.post(response.url, factors)
    assert response.status_code == 302

    check = reverse("reporting:report-check", args=[report.pk])
    assert "Kirim ke Bappeda" in text_of(operator.get(check))
    response = operator.post(check, send_data(report))
    assert response.url == reverse("reporting:report-receipt", args=[report.pk])
    report.refresh_from_db()
    assert report.status == ProgressReport.Status.WAITING
    assert report.signer_name == agency.officials.get().name
    assert Receipt.objects.get().number == report.number
    assert report.number in text_of(operator.get(response.url))
