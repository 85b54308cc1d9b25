"""What the paper of a report adds to its page: whose it is above, who signed its covering letter below."""

import re

import pytest

from tests.factories import ProgressReportFactory
from tests.markup import tight, words
from tests.programs.reporting.helpers import report_with_lines, send_data

ON_PAPER = re.compile(r'<div class="(kop|signature) on-paper">(.*?)</div>', re.DOTALL)


def on_paper(answer) -> dict[str, str]:
    found = ON_PAPER.findall(answer.content.decode())
    return {name: words(part) for name, part in found}


def test_paper_of_a_sent_report_bears_the_head_of_its_office_and_the_signature(client_as):
    report = report_with_lines(filled=True)
    operator = client_as("agency_operator", at=report.agency)
    operator.post(f"/laporan/{report.pk}/periksa/", send_data(report))
    report.refresh_from_db()

    page = operator.get(report.get_absolute_url())

    parts = on_paper(page)
    assert parts["kop"].startswith("PEMERINTAH ") and parts["kop"].endswith(report.agency.name.upper())
    assert parts["signature"].startswith("Surat pengantar 050/12/2019, 4 Oktober 2019")
    assert f"{report.signer_title}, {report.signer_name}" in parts["signature"]
    assert '<section class="block no-print"><h2>Bantuan</h2>' in tight(page.text)  # no last sheet for it alone


@pytest.mark.django_db
def test_paper_of_a_draft_bears_no_signature(client_as):
    report = ProgressReportFactory(draft=True)

    assert list(on_paper(client_as("coordinator").get(report.get_absolute_url()))) == ["kop"]
