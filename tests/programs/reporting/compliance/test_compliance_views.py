"""/kepatuhan/ and the deadlines that are moved from it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from programs.models import DueDateChange, ProgressReport, ReportingPeriod
from tests.factories import (
    AgencyFactory,
    DueDateChangeFactory,
    HolidayFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
)

pytestmark = pytest.mark.django_db
PAGE, BULK = "/kepatuhan/", "/kepatuhan/tenggat/"
OLD, NEW = date(2019, 10, 7), date(2019, 10, 14)


def text(response):
    return " ".join(response.content.decode().split())


def sent(day, **fields):
    moment = datetime(2019, 10, day, 3, tzinfo=UTC)
    return ProgressReportFactory(sent=True, submitted_at=moment, first_submitted_at=moment, due_on=OLD, **fields)


def words(response):
    return {row.agency: [cell.words for cell in row.cells] for row in response.context["matrix"].rows}


# --- The page ---------------------------------------------------------------------------------


def test_matrix_is_shown_in_words_with_rates_and_links(client_as):
    in_time, late, unsent = sent(4), sent(9), ProgressReportFactory(due_on=OLD)
    newcomer = AgencyFactory(member_from=date(2019, 9, 1))

    response = client_as("leader").get(PAGE)

    assert {agency: cells for agency, cells in words(response).items() if agency.code != "bappeda"} == {
        in_time.agency: ["Tepat"],
        late.agency: ["Terlambat 2 hari"],
        unsent.agency: ["Belum, terlambat 1 hari"],
        newcomer: ["belum ikut"],
    }
    shown = text(response)
    assert "1 dari 3 laporan masuk tepat waktu" in shown
    assert "2 dari 3 (67%)" in shown
    assert "1 dari 3 (33%)" in shown
    assert in_time.get_absolute_url() in shown


@pytest.mark.parametrize("who", ["agency_operator", "agency_head"])
def test_agency_sees_its_own_row_only(client_as, who):
    own, other = sent(4), sent(9)

    response = client_as(who, at=own.agency).get(PAGE)

    assert words(response) == {own.agency: ["Tepat"]}
    assert other.agency.short_name not in text(response)
    csv = client_as(who, at=own.agency).get(PAGE, {"format": "csv"}).content.decode()
    assert other.agency.name not in csv


def test_year_is_chosen_in_the_address_and_the_latest_is_shown_first(client_as):
    this = sent(4)
    before = ProgressReportFactory(approved=True, period=ReportingPeriodFactory(year=2018, number=4))
    client = client_as("auditor")

    assert client.get(PAGE).context["matrix"].periods == [this.period]
    assert client.get(PAGE, {"tahun": "2018"}).context["matrix"].periods == [before.period]
    assert "?tahun=2018" in text(client.get(PAGE))


@pytest.mark.parametrize("year", ["1999", "abc", "9" * 50])
def test_strange_year_shows_the_latest_and_says_so(client_as, year):
    report = sent(4)

    response = client_as("coordinator").get(PAGE, {"tahun": year})

    assert (response.status_code, response.context["matrix"].periods) == (200, [report.period])
    assert "Belum ada periode pada tahun" in text(response)


def test_without_any_period_the_page_says_so(client_as):
    client = client_as("coordinator")

    assert "Belum ada periode pelaporan yang dibuka" in text(client.get(PAGE))
    assert client.get(PAGE, {"format": "csv"})["Content-Disposition"] == 'attachment; filename="kepatuhan.csv"'


def test_csv_says_what_the_page_says(client_as):
    client = client_as("coordinator")
    first = sent(4, agency=AgencyFactory(name="Dinas A", short_name="A"))
    sent(9, agency=AgencyFactory(name="=Dinas B", short_name="B"), is_sample=True)

    response = client.get(PAGE, {"format": "csv"})

    rows = [line.split(";") for line in response.content.decode("utf-8-sig").splitlines()]
    assert rows[0] == ["Kode SKPD", "SKPD", "2019-T3", "Diharapkan", "Diterima", "Tepat waktu", "Data contoh"]
    assert rows[1] == [first.agency.code, first.agency.name, "Tepat", "1", "1", "1", "tidak"]
    assert rows[2][1:] == ["'=Dinas B", "Terlambat 2 hari", "1", "1", "0", "ya"]
    assert response["Content-Disposition"] == 'attachment; filename="kepatuhan-2019.csv"'
    assert "memuat DATA CONTOH" in client.get(PAGE).text


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_agency_and_three(client_as, count, django_assert_num_queries):
    client = client_as("coordinator")
    for _ in range(count):
        ProgressReportFactory(due_on=OLD)

    # session, user, assignments, years, periods, agencies, reports, holidays, placements
    with django_assert_num_queries(9):
        client.get(PAGE)


def test_only_coordinators_are_offered_to_move_deadlines_of_unsent_reports(client_as):
    unsent, gone = ProgressReportFactory(), sent(4)
    ProgressReportFactory(period=ReportingPeriodFactory(number=2, status=ReportingPeriod.Status.LOCKED))

    response = client_as("coordinator").get(PAGE)

    ((period, rows),) = response.context["movable"]
    assert (period, [row["report"] for row in rows]) == (unsent.period, [unsent])
    assert gone not in [row["report"] for row in rows]
    assert client_as("leader").get(PAGE).context["movable"] == []


# --- One deadline -----------------------------------------------------------------------------


def one(report):
    return reverse("reporting:due-date-change", args=[report.pk])


def typed(*reports, **fields):
    shown = {f"semula-{report.pk}": report.due_on.isoformat() for report in reports}
    return {"laporan": [r.pk for r in reports], "jatuh_tempo": "14 Oktober 2019", "alasan": "Banjir", **shown, **fields}


def test_moving_a_deadline_leaves_a_trace_that_the_page_shows(client_as):
    client = client_as("coordinator")
    report = ProgressReportFactory()

    client.post(one(report), typed(report))

    change = DueDateChange.objects.get()
    assert (change.old, change.new, change.reason, change.by) == (OLD, NEW, "Banjir", client.user)
    shown = text(client.get(one(report)))
    assert "7 Oktober 2019 menjadi 14 Oktober 2019" in shown
    assert "Banjir" in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"jatuh_tempo": ""}, "Isi jatuh tempo baru"),
        ({"jatuh_tempo": "besok"}, "besok"),
        ({"jatuh_tempo": "30 September 2019"}, "Isi tanggal sesudah akhir triwulan, 30 September 2019"),
        ({"jatuh_tempo": "1 Desember 2020"}, "Isi tanggal paling lambat 30 September 2020"),
        ({"jatuh_tempo": "12 Oktober 2019"}, "Isi misalnya Senin, 14 Oktober 2019"),
        ({"jatuh_tempo": "15 Oktober 2019"}, "Isi misalnya Rabu, 16 Oktober 2019"),
        ({"jatuh_tempo": "7 Oktober 2019"}, "Jatuh temponya memang tanggal itu"),
        ({"alasan": "  "}, "Isi alasan"),
        ({"alasan": "x" * 301}, "300"),
    ],
)
def test_bad_deadline_is_refused_with_a_sentence(client_as, fields, sentence):
    HolidayFactory(date=date(2019, 10, 15))
    report = ProgressReportFactory()

    response = client_as("coordinator").post(one(report), typed(report) | fields)

    shown = text(response)
    assert response.status_code == 200
    assert "<title>Galat: " in shown
    assert sentence in shown
    assert DueDateChange.objects.count() == 0


def test_deadline_moved_meanwhile_shows_both(client_as):
    report = ProgressReportFactory(due_on=date(2019, 10, 9))

    response = client_as("coordinator").post(
        one(report), typed(report) | {f"semula-{report.pk}": OLD.isoformat(), "alasan": "Alasan saya"}
    )

    shown = text(response)
    assert response.status_code == 409
    for each in ("07-10-2019", "09-10-2019", "14 Oktober 2019", "Alasan saya"):
        assert each in shown
    report.refresh_from_db()
    assert report.due_on == date(2019, 10, 9)


@pytest.mark.parametrize("shown", ["", "abc", "2019-99-99", "\x00"])
def test_page_that_does_not_say_what_it_showed_counts_as_old(client_as, shown):
    report = ProgressReportFactory()

    response = client_as("coordinator").post(one(report), typed(report) | {f"semula-{report.pk}": shown})

    assert response.status_code == 409


def test_second_click_moves_once(client_as):
    client = client_as("coordinator")
    report = ProgressReportFactory()
    data = typed(report)
    client.post(one(report), data)

    assert client.post(one(report), data).status_code == 302
    assert DueDateChange.objects.count() == 1


def test_sent_report_keeps_its_deadline(client_as):
    report = sent(4)
    client = client_as("coordinator")

    assert "sudah dikirim" in text(client.get(one(report)))
    assert client.post(one(report), typed(report)).status_code == 409
    assert DueDateChange.objects.count() == 0


# --- Several deadlines ------------------------------------------------------------------------


def test_preview_shows_the_ticked_and_moves_nothing(client_as):
    first, second, other = ProgressReportFactory(), ProgressReportFactory(), ProgressReportFactory()
    gone = sent(4)

    response = client_as("coordinator").get(BULK, {"laporan": [first.pk, second.pk, gone.pk, "x", "9" * 30]})

    shown = text(response)
    assert "Ubah jatuh tempo 2 laporan" in shown
    assert {report for report, _day in response.context["form"].rows} == {first, second}
    assert other.agency.short_name not in shown
    assert DueDateChange.objects.count() == 0


def test_bulk_moves_all_with_one_reason_each(client_as):
    first, second, other = ProgressReportFactory(), ProgressReportFactory(), ProgressReportFactory()

    response = client_as("coordinator").post(BULK, typed(first, second), follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "Jatuh tempo 2 laporan menjadi Senin, 14 Oktober 2019" in text(response)
    assert dict(ProgressReport.objects.values_list("pk", "due_on")) == {first.pk: NEW, second.pk: NEW, other.pk: OLD}
    assert set(DueDateChange.objects.values_list("report", "reason")) == {(first.pk, "Banjir"), (second.pk, "Banjir")}


def test_bulk_is_all_or_nothing(client_as):
    first, second = ProgressReportFactory(), ProgressReportFactory()
    data = typed(first, second)
    ProgressReport.objects.filter(pk=second.pk).update(due_on=date(2019, 10, 9))

    response = client_as("coordinator").post(BULK, data)

    assert response.status_code == 409
    first.refresh_from_db()
    assert (first.due_on, DueDateChange.objects.count()) == (OLD, 0)


def test_bulk_error_keeps_ticks_and_what_was_typed(client_as):
    report = ProgressReportFactory()

    response = client_as("coordinator").post(BULK, typed(report, jatuh_tempo="12 Oktober 2019"))

    shown = text(response)
    assert "<title>Galat: " in shown
    assert "12 Oktober 2019" in shown
    assert f'name="semula-{report.pk}" value="2019-10-07"' in shown


@pytest.mark.parametrize("method", ["get", "post"])
def test_bulk_without_a_tick_says_so(client_as, method):
    response = getattr(client_as("coordinator"), method)(BULK)

    assert (response.status_code, "Belum ada laporan yang dipilih" in text(response)) == (200, True)


def test_moved_deadline_makes_a_late_report_punctual(client_as):
    """A due date that BAPPEDA moved counts from then on."""
    report = ProgressReportFactory(due_on=OLD)
    client = client_as("coordinator")
    client.post(one(report), typed(report))

    assert words(client.get(PAGE))[report.agency] == ["Belum"]


def test_earlier_changes_are_listed(client_as):
    change = DueDateChangeFactory(reason="Libur panjang")

    assert "Libur panjang" in text(client_as("coordinator").get(one(change.report)))


def test_moved_deadline_is_in_the_history_with_its_reason(client_as):
    change = DueDateChangeFactory(reason="Libur panjang")

    shown = text(client_as("auditor").get(f"/laporan/{change.report_id}/riwayat/"))

    for words in ("Jatuh tempo dipindah", "Libur panjang", "7 Oktober 2019", "14 Oktober 2019", str(change.by)):
        assert words in shown


def test_report_page_offers_a_coordinator_to_move_the_deadline_while_it_can(client_as):
    unsent, gone = ProgressReportFactory(), sent(4)
    client = client_as("coordinator")

    assert one(unsent) in text(client.get(unsent.get_absolute_url()))
    assert one(gone) not in text(client.get(gone.get_absolute_url()))
    assert one(unsent) not in text(client_as("leader").get(unsent.get_absolute_url()))
