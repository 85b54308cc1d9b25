"""Checking and sending: what is asked for, one receipt no matter what happens, and the way back."""

import uuid
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.models import Official, Receipt
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from programs.models import ProgressReport, ReportComment, ReportingPeriod
from programs.reporting.compliance.measures import cell_of
from programs.reporting.reports.deadlines import due_seen_on, verified_by
from programs.reporting.sending.completeness import Completeness
from programs.reporting.sending.services import submit_report
from tests.factories import (
    AssignmentFactory,
    HolidayFactory,
    IndicatorFactory,
    OfficialFactory,
    ProgressReportFactory,
    ReportCommentFactory,
    UserFactory,
)
from tests.programs.reporting.helpers import (
    TOKEN,
    figures_data,
    lines_of,
    report_before,
    report_with_lines,
    send_data,
    text_of,
)

Status = ProgressReport.Status


@pytest.fixture
def sender(client_as):
    """``sender(report)``: the client of its agency, and the address of the check page."""

    def make(report: ProgressReport):
        return client_as("agency_operator", at=report.agency), reverse("reporting:report-check", args=[report.pk])

    return make


def test_empty_list_of_signers_says_who_fills_it_and_where(sender):
    report = report_with_lines(filled=True)
    client, url = sender(report)
    sentence = (
        f"Belum ada pejabat {report.agency} yang sedang menjabat. Minta Bappeda menambahkannya di Kelola, Pejabat"
    )
    assert sentence not in client.get(url).content.decode()
    report.agency.officials.all().delete()

    assert sentence in client.get(url).content.decode()


def test_sending_stamps_the_report_and_snapshots_the_signer(sender):
    report = report_with_lines(filled=True)
    official = report.agency.officials.get()
    Official.objects.filter(pk=official.pk).update(capacity=Official.Capacity.PLT)
    client, url = sender(report)

    response = client.post(url, send_data(report))

    assert response.url == reverse("reporting:report-receipt", args=[report.pk])
    report.refresh_from_db()
    assert report.status == Status.WAITING
    assert (report.submitted_by, report.submitted_at.date()) == (client.user, date(2019, 10, 8))
    assert report.first_submitted_at == report.submitted_at
    assert (report.signed_by, report.signer_name, report.signer_nip) == (official, official.name, official.nip)
    assert (report.signer_rank, report.signer_title) == (official.rank, "Plt. Kepala Dinas")
    assert (report.letter_no, report.letter_date) == ("050/12/2019", date(2019, 10, 4))
    assert report.status_changes().get().step == "submit"
    official.name = "Nama Lain"
    official.save()
    report.refresh_from_db()
    assert report.signer_name != "Nama Lain"


def test_double_click_reload_and_retry_find_one_receipt(sender):
    report = report_with_lines(filled=True)
    client, url = sender(report)
    data = send_data(report)

    answers = [client.post(url, data), client.post(url, data), client.post(url, data | {"client_token": uuid.uuid4()})]

    assert {answer.url for answer in answers} == {reverse("reporting:report-receipt", args=[report.pk])}
    assert Receipt.objects.count() == 1
    assert report.status_changes().count() == 1
    page = client.get(answers[0].url)
    assert report.number in text_of(page) and Receipt.objects.get().shown_code in text_of(page)
    assert client.get(url).url == answers[0].url


def test_simultaneous_replay_of_one_token_finds_the_receipt_of_the_first(db):
    """Both read "not sent yet"; the one that comes second in the database gets what the first one got."""
    report = report_with_lines(filled=True)
    operator = UserFactory()
    AssignmentFactory(user=operator, agency=report.agency)
    sending = {
        "seen": report.status,
        "version": report.version,
        "actor": operator,
        "client_token": uuid.UUID(TOKEN),
        "signer": report.agency.officials.get(),
        "letter_no": "1",
        "letter_date": date(2019, 10, 4),
    }
    stale = ProgressReport.objects.get(pk=report.pk)

    first, second = submit_report(report=report, **sending), submit_report(report=stale, **sending)

    assert first == second
    with pytest.raises(EditConflict):
        submit_report(report=stale, **sending | {"client_token": uuid.uuid4()})


def test_token_of_another_report_is_no_sending_of_this_one(sender):
    other, report = report_with_lines(filled=True), report_with_lines(filled=True)
    for each in (other, report):
        client, url = sender(each)
        client.post(url, send_data(each))

    assert {receipt.record for receipt in Receipt.objects.all()} == {other, report}


def test_losing_the_race_leads_to_the_receipt_of_the_winner(sender, monkeypatch):
    report = report_with_lines(filled=True)
    client, url = sender(report)
    data = send_data(report)

    def beaten(**sending):
        submit_report(**sending | {"client_token": uuid.uuid4()})
        raise EditConflict("x")

    monkeypatch.setattr("programs.reporting.sending.views.submit_report", beaten)

    assert client.post(url, data).url == reverse("reporting:report-receipt", args=[report.pk])


def test_report_that_was_saved_after_checking_is_not_sent(sender):
    report = report_with_lines(filled=True)
    client, url = sender(report)
    data = send_data(report)
    client.post(
        reverse("reporting:report-figures", args=[report.pk]),
        figures_data(report, {"money": "70000000", "physical": "71"}),
    )

    response = client.post(url, data)

    assert response.status_code == 409
    assert "Periksa lagi" in text_of(response)
    report.refresh_from_db()
    assert report.status == Status.DRAFT and not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"signer": ""}, "Pilih pejabat yang menandatangani laporan"),
        ({"signer": "999999"}, "Pilih pejabat"),
        ({"letter_no": " "}, "Isi nomor surat pengantar"),
        ({"letter_date": ""}, "Isi tanggal surat pengantar"),
        ({"letter_date": "09-10-2019"}, "8 Oktober 2019 atau sebelumnya"),
        ({"declared": ""}, "Centang pernyataan"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(sender, change, sentence):
    report = report_with_lines(filled=True)
    client, url = sender(report)

    response = client.post(url, send_data(report, **change))

    page = response.content.decode()
    assert response.status_code == 200 and "<title>Galat:" in page
    assert sentence in text_of(response)
    if "letter_no" not in change:
        assert 'value="050/12/2019"' in page
    assert TOKEN in page  # the corrected page is the same sending
    report.refresh_from_db()
    assert report.status == Status.DRAFT


def test_official_of_another_agency_or_out_of_office_cannot_sign(sender):
    report = report_with_lines(filled=True)
    foreign = OfficialFactory()
    former = OfficialFactory(agency=report.agency, valid_until=date(2019, 9, 30))
    client, url = sender(report)

    page = client.get(url).content.decode()
    assert foreign.name not in page and former.name not in page
    for official in (foreign, former):
        assert client.post(url, send_data(report, signer=official.pk)).status_code == 200
    report.refresh_from_db()
    assert report.status == Status.DRAFT


def blockers(client, url) -> list[tuple[str, str]]:
    return [(gap.sentence, gap.url) for gap in client.get(url).context["status"].gaps]


def test_check_page_links_each_missing_thing_to_its_field(sender):
    report = report_with_lines(3)
    first, second, third = lines_of(report)
    IndicatorFactory(activity=first.plan_line.activity, name="Kelompok dilatih")
    second.spent_to_date = third.spent_to_date = third.physical_to_date = 0
    second.save()
    third.save()
    OfficialFactory(agency=report.agency)
    client, url = sender(report)
    base = f"/laporan/{report.pk}"
    indicator = first.plan_line.activity.indicators.get()

    found = blockers(client, url)

    assert [address for _sentence, address in found] == [
        f"{base}/realisasi/#id_b{first.pk}-spent_to_date",
        f"{base}/realisasi/#id_b{second.pk}-physical_to_date",
        f"{base}/realisasi/#id_b{third.pk}-nil_reason",
        f"{base}/indikator/#id_i{indicator.pk}-0-value",
        f"{base}/kendala/#id_no_obstacles",
        f"{base}/kendala/#id_supporting_factor",
    ]
    response = client.post(url, send_data(report))
    assert response.status_code == 200 and found[0][0] in text_of(response)
    report.refresh_from_db()
    assert (report.status, report.version, report.letter_no) == (Status.DRAFT, 1, "")


def test_check_page_names_what_is_missing_part_by_part(sender):
    report = report_with_lines(7)
    IndicatorFactory(activity=lines_of(report)[0].plan_line.activity, name="Kelompok dilatih")
    client, url = sender(report)
    base, names = f"/laporan/{report.pk}", [line.plan_line.activity.name for line in lines_of(report)]

    page = client.get(url)

    assert "Lengkapi 3 bagian sebelum mengirim" in text_of(page)
    assert "Realisasi: 7 kegiatan belum lengkap" in text_of(page)
    assert f"5. {names[4]} ; dan 2 lainnya Nilai indikator: 1 belum diisi 1. Kelompok dilatih" in text_of(page)
    assert [part.url for part in page.context["status"].unfinished] == [
        f"{base}/realisasi/",
        f"{base}/indikator/",
        f"{base}/kendala/",
    ]
    assert page.content.decode().count('<a href="' + base + "/realisasi/#id_b") == 5


def test_finished_part_is_not_named_among_the_missing(sender):
    report = report_with_lines(1, filled=True)
    ProgressReport.objects.update(supporting_factor="", has_obstacles=None)
    client, url = sender(report)

    page = text_of(client.get(url))

    assert "Lengkapi 1 bagian" in page and "Kendala dan tindak lanjut: belum lengkap" in page
    assert "kegiatan belum lengkap" not in page


def test_reason_replaces_figures(sender):
    report = report_with_lines(2, filled=True)
    first, second = lines_of(report)
    for line, money in ((first, None), (second, 0)):
        line.spent_to_date, line.physical_to_date, line.nil_reason = money, money, "Lelang gagal"
        line.save()
    client, url = sender(report)

    assert blockers(client, url) == []


@pytest.mark.parametrize("status", [Status.VERIFYING, Status.APPROVED])
def test_check_page_of_a_sent_report(sender, status):
    trait = {"verifying": True} if status == Status.VERIFYING else {"approved": True}
    report = report_with_lines(filled=True, draft=False, **trait)
    client, url = sender(report)

    response = client.get(url)

    if status == Status.VERIFYING:
        assert response.url == reverse("reporting:report-receipt", args=[report.pk])
    else:
        assert "sudah disetujui" in text_of(response)


def test_locked_period_takes_no_report(sender):
    report = report_with_lines(filled=True)
    client, url = sender(report)
    data = send_data(report)
    ReportingPeriod.objects.filter(pk=report.period_id).update(status=ReportingPeriod.Status.LOCKED)

    assert "sudah dikunci" in text_of(client.post(url, data))
    report.refresh_from_db()
    assert report.status == Status.DRAFT


def test_step_itself_refuses_what_is_not_complete(sender):
    report = report_with_lines()
    client, _url = sender(report)

    with pytest.raises(StepNotAllowed, match="Isi realisasi keuangan baris 1"):
        report.take_step(
            "submit", seen=report.status, actor=client.user, submitted_by=client.user, submitted_at=clock.now()
        )

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.filter(pk=report.pk).update(plan=None, status=Status.WAITING)


def test_step_refuses_a_report_without_plan(db):
    report = report_with_lines(0, draft=False, plan=None)

    assert [gap.sentence for gap in Completeness(report).gaps] == [
        "Rencana kerja dan anggaran tahun ini belum ditetapkan."
    ]


# --- After sending --------------------------------------------------------------------------------------------------


def sent(sender, **fields) -> tuple[ProgressReport, object]:
    report = report_with_lines(filled=True, **fields)
    client, url = sender(report)
    client.post(url, send_data(report))
    report.refresh_from_db()
    return report, client


def test_receipt_says_what_happens_next_and_when(sender):
    report, client = sent(sender)

    page = text_of(client.get(reverse("reporting:report-receipt", args=[report.pk])))

    assert "paling lambat Selasa, 15 Oktober 2019" in page
    assert "Unduh tanda terima (PDF)" in page and "(0565) 000-000" in page


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("APPROVED", "Laporan ini sudah disetujui pada 8 Oktober 2019."),
        ("LOCKED", "Laporan ini sudah disetujui pada 8 Oktober 2019."),
        ("RETURNED", "Laporan ini dikembalikan."),
        ("DRAFT", "Laporan ini ditarik kembali."),
    ],
)
def test_receipt_promises_no_check_that_is_over(sender, status, sentence):
    report, client = sent(sender)
    decided = {"decided_by": UserFactory(), "decided_at": clock.now()} if status in ("APPROVED", "LOCKED") else {}
    ProgressReport.objects.filter(pk=report.pk).update(status=status, **decided)

    page = text_of(client.get(reverse("reporting:report-receipt", args=[report.pk])))

    assert sentence in page
    assert "memeriksa laporan ini paling lambat" not in page and "dapat ditarik kembali" not in page


def test_receipt_pdf_is_a_pdf_with_the_number_in_its_name(sender):
    report, client = sent(sender)

    answer = client.get(reverse("reporting:report-receipt-pdf", args=[report.pk]))

    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert report.number in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["report-receipt", "report-receipt-pdf"])
def test_report_that_was_never_sent_has_no_receipt(client_as, name):
    report = report_with_lines()

    url = reverse(f"reporting:{name}", args=[report.pk])
    assert client_as("agency_operator", at=report.agency).get(url).status_code == 404


def test_withdrawn_report_is_a_draft_again_and_keeps_its_first_sending(sender):
    report, client = sent(sender)
    first = report.first_submitted_at
    url = reverse("reporting:report-step", args=[report.pk, "withdraw"])
    assert "Tarik kembali" in text_of(client.get(report.get_absolute_url()))

    assert client.post(url, {"seen": report.status}).url == report.get_absolute_url()
    report.refresh_from_db()
    assert report.status == Status.DRAFT
    with clock.at(datetime(2019, 10, 9, 10)):
        client.post(reverse("reporting:report-check", args=[report.pk]), send_data(report, client_token=uuid.uuid4()))

    report.refresh_from_db()
    assert report.status == Status.WAITING
    assert report.first_submitted_at == first < report.submitted_at
    assert Receipt.objects.count() == 2


def test_withdrawing_after_verification_began_is_a_conflict_with_both_versions(sender):
    report, client = sent(sender)
    ProgressReport.objects.filter(pk=report.pk).update(status=Status.VERIFYING)

    response = client.post(reverse("reporting:report-step", args=[report.pk, "withdraw"]), {"seen": Status.WAITING})

    assert response.status_code == 409
    assert "Menunggu verifikasi" in text_of(response) and "Sedang diverifikasi" in text_of(response)


@pytest.mark.parametrize("name", ["submit", "begin", "approve", "tidak-ada"])
def test_steps_with_pages_of_their_own_are_not_on_the_shared_page(sender, name):
    report, client = sent(sender)

    assert client.get(reverse("reporting:report-step", args=[report.pk, name])).status_code == 404


# --- A returned report ----------------------------------------------------------------------------------------------


def returned(sender, *, remark_on: int | None, **remark) -> tuple[ProgressReport, object]:
    report, client = sent(sender)
    line = lines_of(report)[remark_on] if remark_on is not None else None
    ReportCommentFactory(report=report, line=line, text="Periksa angka ini.", **remark)
    ProgressReport.objects.filter(pk=report.pk).update(
        status=Status.RETURNED, decided_by=UserFactory(), decided_at=clock.now(), decided_version=report.version
    )
    report.refresh_from_db()
    return report, client


def open_lines(client, report) -> list[bool]:
    page = client.get(reverse("reporting:report-figures", args=[report.pk]))
    return [form is not None for _row, form, _cells in page.context["figures"].drawn]


@pytest.mark.parametrize(
    ("remark_on", "remark", "expected"),
    [
        (1, {}, [False, True]),
        (None, {}, [True, True]),
        (1, {"internal": True}, [True, True]),
        (1, {"resolved_at": datetime(2019, 10, 8, tzinfo=clock.now().tzinfo)}, [True, True]),
    ],
)
def test_returned_report_opens_on_the_flagged_lines(sender, remark_on, remark, expected):
    report, client = returned(sender, remark_on=remark_on, **remark)

    assert open_lines(client, report) == expected


def test_remark_is_beside_its_line_and_internal_ones_stay_hidden(sender):
    report, client = returned(sender, remark_on=1)
    ReportCommentFactory(report=report, text="RAHASIA BAPPEDA", internal=True)

    hub = text_of(client.get(report.get_absolute_url()))
    figures = text_of(client.get(reverse("reporting:report-figures", args=[report.pk])))

    assert "Periksa angka ini." in hub and "Perbaiki baris yang ditandai" in hub
    assert "Periksa angka ini." in figures
    assert "RAHASIA" not in hub + figures + text_of(client.get(reverse("reporting:report-check", args=[report.pk])))


def test_locked_line_of_a_returned_report_stays_as_it_is(sender):
    report, client = returned(sender, remark_on=1)
    url = reverse("reporting:report-figures", args=[report.pk])

    response = client.post(
        url, figures_data(report, {"money": "1", "physical": "1"}, {"money": "65000000", "physical": "75"}, lanjut="1")
    )

    assert response.url == reverse("reporting:report-check", args=[report.pk])
    assert [line.spent_to_date for line in lines_of(report)] == [60_000_000, 65_000_000]
    report.refresh_from_db()
    assert report.status == Status.RETURNED


def test_report_is_sent_again_and_its_remarks_are_settled(sender):
    report, client = returned(sender, remark_on=1)
    ReportCommentFactory(report=report, internal=True)
    check = reverse("reporting:report-check", args=[report.pk])
    assert "Kirim ulang ke Bappeda" in text_of(client.get(check))
    first = report.first_submitted_at

    client.post(check, send_data(report, client_token=uuid.uuid4()))

    report.refresh_from_db()
    assert report.status == Status.WAITING
    assert (report.decided_by, report.decided_at, report.claimed_by) == (None, None, None)
    assert report.first_submitted_at == first
    open_remarks = ReportComment.objects.filter(resolved_at=None)
    assert [remark.internal for remark in open_remarks] == [True]


def test_returned_report_without_line_remarks_offers_sending_again(sender):
    report, client = returned(sender, remark_on=None)

    page = text_of(client.get(report.get_absolute_url()))

    assert "Periksa dan kirim ulang" in page and "Periksa angka ini." in page


# --- Late -----------------------------------------------------------------------------------------------------------


def test_late_report_can_be_sent_and_is_marked(sender):
    report = report_with_lines(filled=True)
    client, url = sender(report)

    assert "terlambat 1 hari kerja" in text_of(client.get(report.get_absolute_url()))
    client.post(url, send_data(report))

    report.refresh_from_db()
    assert report.is_late(date(2019, 10, 8))
    assert "Terlambat" in text_of(client.get(report.get_absolute_url()))


WITHDRAWN = {"draft": True, "first_submitted_at": datetime(2019, 10, 1, tzinfo=clock.now().tzinfo)}


@pytest.mark.parametrize(
    ("fields", "late"),
    [
        ({"draft": True, "due_on": date(2019, 10, 8)}, False),
        ({"draft": True, "due_on": date(2019, 10, 7)}, True),
        ({"sent": True, "due_on": date(2019, 10, 4)}, False),
        ({"sent": True, "due_on": date(2019, 10, 3)}, True),
        (WITHDRAWN | {"due_on": date(2019, 10, 7)}, True),
        (WITHDRAWN | {"due_on": date(2019, 10, 8)}, False),
    ],
)
def test_late_is_the_same_on_the_record_and_in_the_list(db, fields, late):
    report = ProgressReportFactory(**fields)
    cell = cell_of(report, date(2019, 10, 8))

    assert report.is_late(date(2019, 10, 8)) is late
    assert ProgressReport.objects.late(date(2019, 10, 8)).exists() is late
    assert cell.is_problem is late
    assert ProgressReport.objects.received().exists() is cell.is_received


@pytest.mark.parametrize(
    ("due", "today", "left"),
    [
        (date(2019, 10, 7), date(2019, 10, 3), 2),
        (date(2019, 10, 7), date(2019, 10, 7), 0),
        (date(2019, 10, 4), date(2019, 10, 5), -1),
        (date(2019, 10, 4), date(2019, 10, 8), -2),
    ],
)
def test_working_days_left(db, due, today, left):
    seen = due_seen_on(due, today)

    assert (seen.left, seen.is_past) == (left, left < 0)
    assert seen.late_by == -left


def test_holiday_leaves_one_day_less(db):
    HolidayFactory(date=date(2019, 10, 4))

    assert due_seen_on(date(2019, 10, 7), date(2019, 10, 3)).left == 1


def test_verification_takes_longer_for_a_report_that_came_late(db):
    regular = ProgressReportFactory(draft=True)
    late = ProgressReportFactory(sent=True, submitted_at=datetime(2019, 10, 11, 12, tzinfo=clock.now().tzinfo))

    assert verified_by(regular) == date(2019, 10, 14)
    assert verified_by(late) == date(2019, 10, 18)


def test_check_page_shows_what_is_sent_with_the_quarter_before(sender):
    report = report_with_lines(1, filled=True)
    report_before(report, spent=20_000_000)
    client, url = sender(report)

    page = text_of(client.get(url))

    assert "60.000.000 40.000.000 70 20.000.000" in page
    assert "Tidak ada kendala." in page and "Kelompok aktif." in page and "Tidak diisi" in page
