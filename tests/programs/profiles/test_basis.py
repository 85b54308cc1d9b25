""" "Dasar keputusan": from rupiah back to the decree, the ranking, the survey, the proof and the competency."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from districts.competencies.panel.computing import compute
from districts.locations.decrees.amending import item_fields
from districts.locations.runs import compute_run, request_run
from districts.models import Candidate, CompetencyDetermination, DecreeItem, RankingRun, SelectionRound
from tests.factories import (
    CandidateFactory,
    CandidateValueFactory,
    CommodityFactory,
    CompetencyDeterminationFactory,
    CompetencyOptionFactory,
    CoreCompetencyFactory,
    CriterionFactory,
    DeterminationCriterionFactory,
    DistrictFactory,
    MinutesFactory,
    SelectionRoundFactory,
    SurveyVisitFactory,
    TargetLocationFactory,
    UserFactory,
    VillageFactory,
)
from tests.markup import words

pytestmark = pytest.mark.django_db


def chosen_in_a_round(*, criteria=2, visits=1, status=SelectionRound.Status.ENACTED):
    """A target location that came first of two candidates (80 and 40), and its round as the decree left it."""
    selection = SelectionRoundFactory(quota=1)
    weighed = [CriterionFactory(round=selection, weight=10 * n, unit="orang") for n in range(1, criteria + 1)]
    competency = CoreCompetencyFactory(district=DistrictFactory())
    made = {}
    for name, value in {"Ensaid Panjang": 80, "Baning Panjang": 40}.items():
        village = VillageFactory(name=name, district=competency.district, contact_name="Kontak rahasia")
        made[name] = CandidateFactory(
            round=selection,
            village=village,
            commodity=competency.commodity,
            status="SURVEYED",
            output="12 lembar sebulan",
            price=750_000,
        )
        for criterion in weighed:
            CandidateValueFactory(candidate=made[name], criterion=criterion, value=value, source="Survei Juni")
    candidate = made["Ensaid Panjang"]
    for number in range(visits):
        SurveyVisitFactory(candidate=candidate, surveyors="Nama surveyor", letter_no=f"094/{number}", findings="Rutin.")
    run = request_run(selection=selection, asked_by=UserFactory(name="Nama peminta"))
    compute_run.func(run.pk)
    location = TargetLocationFactory(village=candidate.village, core_competency=competency, candidate=candidate)
    Candidate.objects.filter(pk=candidate.pk).update(status="CHOSEN", choice="CHOSEN", reason="Peringkat 1.")
    SelectionRound.objects.filter(pk=selection.pk).update(
        status=status, run=RankingRun.objects.get(), decree=location.decree
    )
    return location


def basis(location, client=None):
    answer = (client or Client()).get(f"{location.village.get_absolute_url()}dasar/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_small_value_is_not_rounded_to_nothing_on_the_walk_back():
    """Values have four decimals: 0.0025 that reads "0" would be a figure that nobody recorded."""
    location = chosen_in_a_round()
    inputs = RankingRun.objects.get().inputs
    next(each for each in inputs["candidates"] if each["id"] == location.candidate_id)["values"][0] = 0.0025
    RankingRun.objects.update(inputs=inputs)

    assert "0,0025 orang" in words(basis(location))


def test_reserve_that_moved_up_is_not_said_to_have_been_chosen_for_its_reason():
    location = chosen_in_a_round()
    Candidate.objects.filter(pk=location.candidate_id).update(choice="RESERVE", reserve_rank=1, reason="Menunggu.")

    said = words(basis(location))

    assert "Semula cadangan urutan 1, lalu naik dengan keputusan pada langkah 2" in said
    assert "Alasan sebagai cadangan Menunggu." in said and "Alasan memilih" not in said


def test_basis_of_a_village_chosen_in_a_round_walks_to_ranking_survey_and_proof():
    location = chosen_in_a_round()
    selection = location.candidate.round

    page = basis(location)
    said = words(page)

    assert "Peringkat 1 dari 2 calon yang nilainya lengkap, skor 80 dari 100, kuota 1 desa" in said
    assert "80 orang 26,7 33,3 Survei Juni" in said and "80 orang 53,3 66,7 Survei Juni" in said
    assert "surat tugas 094/0" in said and "12 lembar sebulan, Rp\xa0750.000 tiap satuan" in said.replace(
        "Rp ", "Rp\xa0"
    )
    assert f'href="/keputusan/lokasi/{selection.pk}/peringkat/"' in page
    assert f'href="/keputusan/lokasi/{selection.pk}/hitung-ulang/"' in page
    assert location.decree.get_absolute_url() in page


def test_basis_says_nothing_of_persons():
    location = chosen_in_a_round()

    page = basis(location)

    for word in ("Nama surveyor", "Nama peminta", "Kontak rahasia"):
        assert word not in page


def test_basis_shows_no_round_that_is_not_public(client_as):
    location = chosen_in_a_round(status=SelectionRound.Status.SUBMITTED)

    for page in (basis(location), basis(location, client_as("coordinator"))):
        assert "skor" not in page and "094/0" not in page
        assert "tidak dapat dihitung ulang" in page


def test_basis_of_a_recorded_village_says_what_is_not_recorded():
    said = words(basis(TargetLocationFactory()))

    assert "tanpa penjaringan dalam sistem ini" in said
    assert "4. Survei lapangan Tidak dicatat." in said
    assert "pilihan lain, angka, dan penilaiannya tidak dicatat" in said


def test_basis_shows_options_and_figures_of_a_panel():
    commodity, other = CommodityFactory(name="lada"), CommodityFactory(name="karet")
    record = CompetencyDeterminationFactory(
        panel=True, status="ENACTED", chosen=commodity, reason="Ya.", sources="Rapat"
    )
    options = [CompetencyOptionFactory(determination=record, commodity=each) for each in (commodity, other)]
    criterion = DeterminationCriterionFactory(determination=record)
    record.inputs = {
        "unit": "ha",
        "assessors": 1,
        "options": [{"id": o.pk, "commodity": o.commodity_id, "name": o.commodity.name, "note": ""} for o in options],
        "criteria": [
            {"id": criterion.pk, "name": "Pasar", "kind": "PANEL", "figure": "", "weight": "1", "low": "1", "high": "5"}
        ],
        "scores": [[options[0].pk, criterion.pk, 1, 5], [options[1].pk, criterion.pk, 1, 3]],
        "values": {},
        "figures": [
            [record.district_id, commodity.pk, 2016, "12.125", True],
            [record.district_id, other.pk, 2016, "9", False],
        ],
    }
    record.results = compute(record.inputs)
    record.save()
    competency = CoreCompetencyFactory(district=record.district, commodity=commodity, determination=record)
    location = TargetLocationFactory(village=VillageFactory(district=record.district), core_competency=competency)

    page = basis(location)
    said = words(page)

    assert "Lada (dipilih) 1 100 Karet 2 50" in said
    assert "2016 12,125 ha" in said and "2 angka kabupaten, sebagian DATA CONTOH" in said
    assert f'href="/keputusan/kompetensi/{record.pk}/hitung-ulang/"' in page
    assert not record.is_sample  # only one of its figures is: what rests on it says so all the same
    for address in (location.village.get_absolute_url(), record.district.get_absolute_url()):
        assert "DATA CONTOH" in Client().get(address).content.decode()
    item = DecreeItem(**item_fields("determination", record))
    assert item.is_sample


def test_basis_costs_the_same_queries_with_any_content():
    def asked(**much):
        location = chosen_in_a_round(**much)
        basis(location)
        with CaptureQueriesContext(connection) as seen:
            basis(location)
        SelectionRound.objects.filter(pk=location.candidate.round_id).update(run=None, status="SCORING")
        RankingRun.objects.all().delete()
        return len(seen)

    little = asked()

    assert asked(criteria=5, visits=4) == little
    assert little <= 20


@pytest.mark.parametrize(
    ("who", "linked"), {"anonymous": False, "facilitator": False, "agency_operator": False, "coordinator": True}.items()
)
def test_minutes_in_draft_are_a_link_only_for_those_who_may_open_them(client_as, who, linked):
    location = chosen_in_a_round()
    minutes = MinutesFactory(draft=True)
    SelectionRound.objects.update(minutes=minutes)
    CompetencyDetermination.objects.update(minutes=minutes)
    client = client_as(who)

    page = basis(location, client)

    assert page.count("Berita Acara (konsep)") == 2
    assert page.count(f'href="{minutes.get_absolute_url()}"') == (2 if linked else 0)
    assert client.get(minutes.get_absolute_url()).status_code == (200 if linked else 404)
