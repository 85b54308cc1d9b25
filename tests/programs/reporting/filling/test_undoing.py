"""The last saving of figures is taken back with one click, and texts of the quarter before are copied with one."""

import re

import pytest
from django.urls import reverse

from programs.models import ProgressReport
from tests.programs.reporting.helpers import figures_data, lines_of, report_before, report_with_lines, text_of

pytestmark = pytest.mark.django_db
BUTTON = "Batalkan penyimpanan terakhir"
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def report() -> ProgressReport:
    return report_with_lines(2)


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def url_of(report, name: str = "report-figures") -> str:
    return reverse(f"reporting:{name}", args=[report.pk])


def save(client, report, *rows: dict[str, str]) -> None:
    report.refresh_from_db()
    assert client.post(url_of(report), figures_data(report, *rows)).status_code == 302


def undo(client, report):
    page = client.get(url_of(report)).content.decode()
    form = next(form for form in page.split("<form") if BUTTON in form)
    return client.post(url_of(report), dict(HIDDEN.findall(form.split("</form>")[0])) | {"batal": "1"})


def figures(report) -> list[tuple]:
    return [(line.spent_to_date, line.physical_to_date, line.nil_reason) for line in lines_of(report)]


def test_saving_is_taken_back_with_one_click_and_again(operator, report):
    save(operator, report, {"money": "10.000.000", "physical": "12,5"}, {"reason": "Menunggu benih"})
    before = figures(report)
    save(operator, report, {"money": "99.000.000", "physical": "88"}, {"money": "5", "physical": "1"})
    assert figures(report) != before

    assert undo(operator, report).status_code == 302

    assert figures(report) == before
    undo(operator, report)  # of the undoing
    assert figures(report)[0][0] == 99_000_000


def test_nobody_takes_back_what_somebody_saved_after(operator, client_as, report):
    save(operator, report, {"money": "10.000.000"})
    other = client_as("agency_head", at=report.agency)
    save(other, report, {"money": "11.000.000"})

    assert BUTTON not in text_of(operator.get(url_of(report)))
    assert BUTTON in text_of(other.get(url_of(report)))


def test_button_of_an_older_page_takes_nothing_back(operator, report):
    save(operator, report, {"money": "10.000.000"})
    older = ProgressReport.objects.get(pk=report.pk).version
    save(operator, report, {"money": "11.000.000"})

    answer = operator.post(url_of(report), {"batal": "1", "version": older}, follow=True)

    assert "tidak dapat dibatalkan" in text_of(answer)
    assert figures(report)[0][0] == 11_000_000


def test_page_carries_nothing_of_what_it_could_take_back(operator, report):
    save(operator, report, {"money": "10.000.000", "physical": "12,5"}, {"reason": "Menunggu benih"})
    save(operator, report, {"money": "99.000.000", "physical": "88"}, {"money": "5", "physical": "1"})

    page = operator.get(url_of(report)).content.decode()
    form = next(form for form in page.split("<form") if BUTTON in form).split("</form>")[0]

    assert BUTTON in form
    assert {name for name, _value in HIDDEN.findall(form)} <= {"version", "csrfmiddlewaretoken"}
    assert len(form) < 700


def test_sent_report_is_not_taken_back(operator, report):
    save(operator, report, {"money": "10.000.000"})
    ProgressReport.objects.update(
        status="WAITING", has_obstacles=False, submitted_by=operator.user, submitted_at="2019-10-08T02:00Z"
    )

    assert BUTTON not in text_of(operator.get(url_of(report)))


def test_texts_of_the_quarter_before_are_copied_into_empty_boxes(operator, report):
    before = report_before(report)
    type(before).objects.filter(pk=before.pk).update(hindering_factor="Jalan rusak", next_step="Perbaiki jalan")
    ProgressReport.objects.filter(pk=report.pk).update(next_step="Sudah diisi")

    page = text_of(operator.get(url_of(report, "report-obstacles")))
    copied = operator.get(url_of(report, "report-obstacles"), {"salin": "1"}).content.decode()

    assert "Salin teks" in page and "Jalan rusak" not in page
    assert "Jalan rusak" in copied and "Sudah diisi" in copied and "Perbaiki jalan" not in copied
    report.refresh_from_db()
    assert report.hindering_factor == ""
