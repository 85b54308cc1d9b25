"""Pages that read a round: list, hub, candidates, CSV, what waits; who sees what, in a constant number of queries."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from tests.factories import (
    CandidateFactory,
    DecreeItemFactory,
    SelectionRoundFactory,
    SurveyVisitFactory,
    VillageFactory,
)

from ..conftest import enacted, url, weighed_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(scene):
    """A round in scoring with pending marks on both candidates."""
    scene.to("SCORING")
    for village, rank in ((scene.own, 1), (scene.foreign, 2)):
        scene.candidate(village, status="SURVEYED", choice="RESERVE", reserve_rank=rank, reason="Rahasia rapat")
    SelectionRound.objects.filter(pk=scene.selection.pk).update(discussion="Perdebatan rapat", sources="Nota internal")
    scene.selection.refresh_from_db()
    return scene.selection


def page_of(client, selection) -> str:
    answer = client.get(selection.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_pending_marks_are_bappedas_alone(coordinator, staff, client_as, marked):
    assert "Rahasia rapat" in page_of(coordinator, marked)
    assert "Perdebatan rapat" in page_of(client_as("auditor"), marked)
    page = page_of(staff, marked)
    for secret in ("Rahasia rapat", "Perdebatan rapat", "Nota internal", "Canari Asing"):
        assert secret not in page
    assert "Baning Panjang" in page
    candidate = marked.candidates.get(village__name="Baning Panjang")
    assert "Rahasia rapat" not in staff.get(candidate.get_absolute_url()).content.decode()
    table = staff.get(url("candidate-list", marked.pk) + "?format=csv").content.decode()
    assert "Baning Panjang" in table
    assert "Rahasia rapat" not in table
    assert "Canari Asing" not in table


@pytest.mark.parametrize("who", ["anonymous", "agency_operator", "facilitator", "panelist"])
def test_round_is_nobody_elses_until_a_decree_sets_it(client_as, marked, who):
    client = client_as(who)
    candidate = marked.candidates.first()
    assert client.get(marked.get_absolute_url()).status_code == 404
    assert client.get(url("candidate-list", marked.pk)).status_code == 404
    assert client.get(candidate.get_absolute_url()).status_code == 404
    assert "Lokasi sasaran 2020" not in client.get(url("round-list")).content.decode()


@pytest.mark.parametrize("who", ["anonymous", "agency_operator", "facilitator"])
def test_result_is_public_with_its_reasons_and_without_persons(client_as, user_as, scene, who):
    proposer = user_as("district_admin", at=scene.own.district.office)
    proposer.name = "Nama Pengusul"
    proposer.save()
    group = scene.own.groups.get()
    group.contact_name = "Nama Ketua"
    group.save()
    selection = enacted(SelectionRoundFactory(name="Sudah ditetapkan"))
    candidate = CandidateFactory(
        round=selection, village=scene.own, status="NOT_CHOSEN", choice="NOT_CHOSEN", reason="Di luar kompetensi inti",
        group=group, proposed_by=proposer,
    )  # fmt: skip
    SurveyVisitFactory(candidate=candidate)
    SelectionRound.objects.filter(pk=selection.pk).update(discussion="Perdebatan rapat")
    client = client_as(who)
    pages = [page_of(client, selection), client.get(candidate.get_absolute_url()).content.decode()]
    assert all("Di luar kompetensi inti" in page for page in pages)
    for secret in ("Nama Pengusul", "Nama Ketua", "Perdebatan rapat", "Riwayat"):
        assert all(secret not in page for page in pages)
    assert "Sudah ditetapkan" in client.get(url("round-list")).content.decode()


def test_staff_see_no_round_in_preparation(staff, scene):
    scene.to("DRAFT")
    assert staff.get(scene.selection.get_absolute_url()).status_code == 404
    assert staff.get(url("round-list")).context["page"].rows == []


@pytest.mark.parametrize(
    ("status", "open_tasks"),
    [
        ("DRAFT", ["round-criteria", "round-weights"]),
        ("OPEN", ["candidate-list", "gate-check"]),
        ("SURVEY", ["gate-check", "candidate-list", "value-table", "round-ranking"]),
        ("SCORING", ["gate-check", "candidate-list", "value-table", "round-ranking", "round-choices", "round-submit"]),
        ("CANCELLED", []),
    ],
)
def test_tasks_lead_to_what_can_be_done_now(coordinator, scene, status, open_tasks):
    scene.candidate()
    scene.to(status)
    tasks = coordinator.get(scene.selection.get_absolute_url()).context.get("tasks", [])
    assert [task.url for task in tasks if task.url] == [url(name, scene.selection.pk) for name in open_tasks]


def test_result_leads_to_its_ranking_and_papers(client, scene):
    page = page_of(client, enacted(scene.selection))
    for name in ("round-ranking", "round-replay", "round-minutes-pdf", "round-minutes-docx"):
        assert url(name, scene.selection.pk) in page


def test_decided_round_leads_to_the_draft_decree(coordinator, scene):
    candidate = scene.candidate()
    enacted(scene.selection)
    scene.to("DECIDED")
    item = DecreeItemFactory(village=scene.own, candidate=candidate)
    tasks = coordinator.get(scene.selection.get_absolute_url()).context["tasks"]
    assert tasks[-1].url == item.decree.get_absolute_url()


def test_auditor_reads_tasks_without_links_to_forms(client_as, scene):
    scene.candidate()
    tasks = client_as("auditor").get(scene.selection.get_absolute_url()).context["tasks"]
    assert [task.url for task in tasks if task.url] == [url("candidate-list", scene.selection.pk)]


def test_list_searches_filters_and_says_when_empty(coordinator, scene):
    SelectionRoundFactory(name="Desa penularan 2019")
    found = coordinator.get(url("round-list") + "?cari=penularan").context["page"].rows
    assert [str(row) for row in found] == ["Desa penularan 2019"]
    found = coordinator.get(url("round-list") + "?status=OPEN").context["page"].rows
    assert [str(row) for row in found] == ["Lokasi sasaran 2020"]
    answer = coordinator.get(url("round-list") + "?cari=tidakada")
    assert "Tidak ada penjaringan yang cocok dengan saringan." in answer.content.decode()
    assert coordinator.get(url("round-list") + "?status=%00&cari=%00").status_code == 200


def test_candidates_are_searched_filtered_and_downloaded(coordinator, scene):
    scene.candidate()
    scene.candidate(scene.foreign, status="INELIGIBLE", members=None)
    address = url("candidate-list", scene.selection.pk)
    assert [str(row) for row in coordinator.get(address + "?status=INELIGIBLE").context["page"].rows] == [
        "Canari Asing"
    ]
    assert [str(row) for row in coordinator.get(address + "?cari=desa baning").context["page"].rows] == [
        "Baning Panjang"
    ]
    code = scene.foreign.district.code
    assert [str(row) for row in coordinator.get(f"{address}?kecamatan={code}").context["page"].rows] == ["Canari Asing"]
    lines = coordinator.get(address + "?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("Canari Asing;")
    assert ";;" in lines[2]  # members are unknown, not 0


def test_file_of_a_ranking_has_the_codes_of_villages_and_kecamatan(coordinator):
    address, counts = url("round-ranking", weighed_round().pk), []
    for more in (None, "Sungai Risap"):
        if more:
            CandidateFactory(round=SelectionRound.objects.get(), village__name=more, status="SURVEYED")
        with CaptureQueriesContext(connection) as seen:
            text = coordinator.get(address + "?format=csv").content.decode("utf-8-sig")
        counts.append(len(seen))

    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    codes = {row["Desa"]: (row["Kode desa"], row["Kode kecamatan"]) for row in rows}
    villages = [each.village for each in Candidate.objects.for_table()]
    assert codes == {village.name: (village.code, village.district.code) for village in villages}
    assert (len(codes), counts[0]) == (5, counts[1])
    assert coordinator.get(address + "?format=xlsx").content.startswith(b"PK")


def test_what_waits_names_what_it_waits_for(coordinator, staff, client_as, scene):
    enacted(SelectionRoundFactory(name="Sudah ditetapkan"))
    page = coordinator.get(url("decisions")).content.decode()
    assert "Usulan desa dari kecamatan" in page
    assert "Sudah ditetapkan" not in page
    assert "Lokasi sasaran 2020" in staff.get(url("decisions")).content.decode()
    nothing = client_as("agency_operator").get(url("decisions")).content.decode()
    assert "Tidak ada keputusan yang menunggu." in nothing


def test_home_shows_cards_to_those_who_can_act(coordinator, staff, client_as, scene):
    home = reverse("dashboards:home")
    proposing, checking = url("candidate-create", scene.selection.pk), url("gate-check", scene.selection.pk)
    assert proposing in staff.get(home).content.decode()
    assert checking not in coordinator.get(home).content.decode()
    scene.candidate()
    assert checking in coordinator.get(home).content.decode()
    assert "1 desa kecamatan Anda sudah diusulkan" in staff.get(home).content.decode()
    other = client_as("district_admin", at=scene.foreign.district.office)
    assert "0 desa kecamatan Anda" in other.get(home).content.decode()
    assert proposing not in client_as("agency_operator").get(home).content.decode()


MOST = {"candidate-detail": 14}  # five of them name what the history points to
PAGES = ["round-list", "decisions", "round-detail", "candidate-list", "gate-check", "value-table", "candidate-detail"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_the_same_for_one_row_and_three(coordinator, scene, django_assert_max_num_queries, name):
    scene.to("SCORING")
    first = scene.candidate(status="PROPOSED" if name == "gate-check" else "SURVEYED")
    address = url(
        name, *([] if name in PAGES[:2] else [scene.selection.pk]), *([first.pk] if name == PAGES[-1] else [])
    )
    if first.status == "SURVEYED":
        SurveyVisitFactory(candidate=first)
    coordinator.get(address)
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(20) as seen:
            assert coordinator.get(address).status_code == 200
        counts.append(len(seen.captured_queries))
        for _more in range(2):
            village = VillageFactory()
            scene.candidate(village, status=first.status)
            SelectionRoundFactory(status="SURVEY")
            if first.status == "SURVEYED":
                SurveyVisitFactory(candidate=first)
    assert counts[0] <= MOST.get(name, 12)
    assert counts[0] == counts[1]


def test_round_marks_sample_data(coordinator, scene):
    SelectionRound.objects.filter(pk=scene.selection.pk).update(is_sample=True)
    assert "DATA CONTOH" in page_of(coordinator, scene.selection)
    coordinator.post(
        url("candidate-create", scene.selection.pk) + f"?kecamatan={scene.own.district.code}", scene.evidence()
    )
    assert Candidate.objects.get().is_sample


@pytest.mark.parametrize(
    ("name", "parts"),
    [("candidate-edit", (2**63, 1)), ("candidate-promote", (2**63, 1)), ("visit-edit", (2**63, 2**63, 1))],
)
def test_number_beyond_every_key_is_not_found(client_as, name, parts):
    assert client_as("coordinator_head").get(reverse(f"locations:{name}", args=parts)).status_code == 404
