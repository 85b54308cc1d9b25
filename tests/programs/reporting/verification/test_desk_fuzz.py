"""Everything that is typed or put into an address at the desk gets an answer, never a crash.

``tests/test_fuzz.py`` sends each form fifty examples by itself; here several pages are sent what follows (FUZZ_EXAMPLES)."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.models import ProgressReport, ReportingPeriod
from tests.factories import ProgressReportFactory, ReportingPeriodFactory, ReportLineFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
fuzzed = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["", "\x00", "0", "-1", "9" * 25, "2147483648", "2019-T3", "VERIFYING", "OPEN", "LOCKED", "1,2,x"]),
    st.sampled_from(["setujui", "kembalikan", "tunda", "foto", "14 Oktober 2019", "31-02-2019", "9999-12-31", "on"]),
)


def values(*names):
    return st.dictionaries(st.sampled_from(names), text, max_size=len(names))


@pytest.fixture
def head(client_as):
    client = client_as("coordinator_head")
    client.raise_request_exception = True
    return client


@fuzzed
@given(query=values("periode", "skpd", "lewati", "tahun", "format", "laporan", "urut", "halaman"))
def test_any_query_string_is_answered(head, query):
    if not ProgressReport.objects.exists():
        ProgressReportFactory(sent=True)
    for address in ("/verifikasi/", "/verifikasi/selesai/", "/kepatuhan/", "/kepatuhan/tenggat/"):
        assert head.get(address, query).status_code == 200
    assert head.get("/verifikasi/berikutnya/", query).status_code == 302


@fuzzed
@given(
    data=values("status", "versi", "keputusan", "temuan", "catatan", "waktu", "lewati", "komentar", "internal"),
    comment=text,
)
def test_any_decision_is_answered(head, data, comment):
    report = ProgressReport.objects.first() or ReportLineFactory(report=ProgressReportFactory(verifying=True)).report
    ProgressReport.objects.update(status="VERIFYING", decided_by=None, decided_at=None, decided_version=None)
    line = report.lines.get()
    seen = {"status": "VERIFYING", "versi": "1", f"komentar-{line.pk}": comment}

    assert head.post(f"/laporan/{report.pk}/verifikasi/", seen | data).status_code in (200, 302, 409)
    assert head.post(f"/laporan/{report.pk}/batalkan-keputusan/", data).status_code in (302, 403, 409)
    assert head.post(f"/laporan/{report.pk}/verifikasi/mulai/", data).status_code == 302


@fuzzed
@given(data=values("jatuh_tempo", "alasan", "semula"))
def test_any_deadline_is_answered(head, data):
    report = ProgressReport.objects.first() or ProgressReportFactory()
    shown = {f"semula-{report.pk}": data.pop("semula", report.due_on.isoformat()), "laporan": report.pk}

    for address in (f"/laporan/{report.pk}/tenggat/", "/kepatuhan/tenggat/"):
        assert head.post(address, {"jatuh_tempo": "14-10-2019", "alasan": "x"} | data | shown).status_code in (
            200,
            302,
            409,
        )


@fuzzed
@given(data=values("status", "alasan"))
def test_any_step_of_a_period_is_answered(head, data):
    period = ReportingPeriod.objects.first() or ReportingPeriodFactory()

    for step in ("kunci", "buka-kembali"):
        assert head.post(f"/periode/{period.pk}/{step}/", data).status_code in (200, 302, 409)
