"""Everything that is sent to the agency's pages is answered with a page: never an error of ours.

``tests/test_fuzz.py`` sends each form fifty examples by itself; here the values of a filled report come together.
"""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import IndicatorFactory, ObstacleFactory
from tests.programs.reporting.helpers import report_with_lines

pytestmark = pytest.mark.whole

ODD = (
    "\x00",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "Infinity",
    "٣",
    "12.50",
    "1,250",
    "Rp",
    "{{7*7}}",
    "<script>",
    "😀" * 80,
)
TEXT = st.one_of(st.sampled_from(ODD), st.text(max_size=60), st.integers(-(10**20), 10**20).map(str))
FUZZ = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def desk(client_as):
    """A client with a report that has a line, an indicator and an obstacle, and the names that its forms use."""
    report = report_with_lines(1, filled=True)
    line = report.lines.get()
    indicator = IndicatorFactory(activity=line.plan_line.activity)
    obstacle = ObstacleFactory(raised_by=report.agency)
    report.obstacles.add(obstacle)
    names = {
        "report-figures": [f"b{line.pk}-{n}" for n in ("spent_to_date", "physical_to_date", "unchanged", "nil_reason")],
        "report-indicators": [f"i{indicator.pk}-0-{n}" for n in ("value", "missing_reason", "source")],
        "report-obstacles": [
            *(f"{p}-{n}" for p in ("baru", f"k{obstacle.pk}") for n in ("text", "kind", "village", "cause", "remove")),
            *("carried", "no_obstacles", "supporting_factor", "next_step"),
        ],
        "report-files": ["file", "kind", "line", "caption"],
        "report-check": ["signer", "letter_no", "letter_date", "declared", "seen", "client_token"],
    }
    return client_as("agency_operator", at=report.agency), report, names


@pytest.mark.parametrize(
    "name", ["report-figures", "report-indicators", "report-obstacles", "report-files", "report-check"]
)
def test_any_form_value_gets_a_page(desk, name):
    client, report, names = desk
    url = reverse(f"reporting:{name}", args=[report.pk])

    @FUZZ
    @given(st.dictionaries(st.sampled_from([*names[name], "version", "lanjut"]), TEXT))
    def send(data):
        report.refresh_from_db()
        assert client.post(url, {"version": str(report.version)} | data).status_code in (200, 302, 409)

    send()


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        (
            "reporting:report-list",
            ["periode", "skpd", "status", "nomor", "terlambat", "urut", "halaman", "baris", "setelah"],
        ),
        ("reporting:period-list", ["halaman", "setelah", "sebelum", "baris"]),
        ("reporting:period-open", ["triwulan", "jatuh_tempo"]),
        ("obstacles:obstacle-list", ["status", "jenis", "skpd", "urut", "setelah", "format"]),
    ],
)
def test_any_query_string_gets_a_page(client_as, address, keys):
    report_with_lines(1)
    client, url = client_as("coordinator"), reverse(address)

    @FUZZ
    @given(st.dictionaries(st.sampled_from(keys), TEXT))
    def ask(query):
        assert client.get(url, query).status_code == 200

    ask()
