"""The decisions of 2017 as one story through the pages: evidence, seven competencies, fourteen candidates, seven villages.

A person who has a task walks it at their own pages: kecamatan staff propose, assessors score, a coordinator prepares, the head
decides. The figures are those of the demo; that the seven pilots were chosen and Baning Panjang was not is what
happened.
"""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from districts.models import (
    Candidate,
    Commodity,
    CommunityGroup,
    CompetencyDetermination,
    CoreCompetency,
    District,
    ProductionFigure,
    RankingRun,
    SelectionRound,
    TargetLocation,
    Village,
)
from p2emas import clock
from p2emas.management.demo.decisions import CRITERIA, GATE, VALUES
from p2emas.management.demo.evidence import AREA_2014, CROPS, FASTER, GROWTH
from p2emas.management.demo.pilots import BANING_PANJANG, EXPANSION, PILOTS
from p2emas.management.demo.places import COMMODITIES
from p2emas.models import Decree, Import
from tests.factories import AgencyFactory, MinutesFactory
from tests.filled import page_form
from tests.p2emas.imports.sheets import book, upload
from tests.reader import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
CHOICES = (*PILOTS, BANING_PANJANG, *EXPANSION[:6])
SURVEYED = ("Baning Panjang", "Ensaid Panjang")
MOST_PAGES = 8


def url(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def sintang(db):
    """The regency with its kecamatan, each with an office, and the tree of commodities."""
    call_command("load_regions", verbosity=0)
    for district in District.objects.all():
        district.office = AgencyFactory(kind="KECAMATAN", code=f"kec-{district.code}")
        district.save()
    made: dict[str, Commodity] = {}
    for name, (parent, sector, unit) in COMMODITIES.items():
        made[name] = Commodity.objects.create(name=name, sector=sector, unit=unit, parent=made.get(parent))
    return made


@pytest.fixture
def jobs(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_decisions_of_2017(sintang, client_as, jobs):
    coordinator, head = client_as("coordinator"), client_as("coordinator_head")
    assessors = [client_as("panelist") for _ in range(3)]

    with clock.at(date(2017, 5, 15)):
        import_figures(coordinator, jobs)
    with clock.at(date(2017, 7, 3)):
        for choice in PILOTS:
            determine(choice, sintang, coordinator, head, assessors)
    selection = choose_villages(sintang, coordinator, head, client_as, jobs)

    enacted = {row.village.code for row in TargetLocation.objects.in_force(date(2017, 7, 27)).select_related("village")}
    assert enacted == {choice.village for choice in PILOTS}
    assert {
        row.district.short_code: row.commodity.name for row in CoreCompetency.objects.select_related("district")
    } == {choice.district: choice.commodity for choice in PILOTS}
    visited = Candidate.objects.get(village__name="Baning Panjang")
    assert (visited.status, visited.visits.count()) == ("NOT_CHOSEN", 1)
    everything_is_the_same_when_it_is_computed_again(client_as("anonymous"), selection)


def import_figures(client, jobs) -> None:
    """Figures of three years as a workbook: uploaded, previewed, applied."""
    names = {district.short_code: district.name for district in District.objects.all()}
    rows = [
        [
            names[code],
            crop,
            year,
            "Luas (ha)",
            round(area * (1 + FASTER.get((code, crop), GROWTH[crop]) / 100) ** n),
            "Rekaan",
            "ya",
        ]
        for code, areas in AREA_2014.items()
        for crop, area in zip(CROPS, areas, strict=True)
        for n, year in enumerate((2014, 2015, 2016))
    ]
    with jobs():
        client.post(url("imports:import-upload", "produksi"), {"berkas": upload(book(rows), "angka.xlsx")})
    batch = Import.objects.get()
    assert "420 baru" in client.get(url("imports:import-detail", batch.pk)).content.decode()
    client.post(url("imports:import-apply", batch.pk), {"seen": "READY"})
    assert ProductionFigure.objects.filter(is_sample=True).count() == 420


def determine(choice, commodities, coordinator, head, assessors) -> None:
    """One competency: opened on the figures, scored by three, discussed, decided by the head."""
    desk, chosen = Reader(coordinator), commodities[choice.commodity]
    district = District.objects.get(code=f"61.05.{choice.district}")
    desk.read(url("competencies:panel-open") + f"?kecamatan={district.code}&ukuran=HECTARE&sejak=2014&sampai=2016")
    desk.send(having="first_year", year="2017")
    record = CompetencyDetermination.objects.get(district=district)
    craft = {}
    if chosen.pk not in record.options.values_list("commodity", flat=True):
        craft = {"kerajinan-0-commodity": str(chosen.pk), "kerajinan-0-note": "Sudah diusahakan warga."}
    desk.send(having="options", add=[("people", str(each.user.pk)) for each in assessors], **craft)
    desk.send(having="seen")
    for number, client in enumerate(assessors):
        score(client, record, chosen, number)
    desk.read(url("competencies:discuss", record.pk))
    desk.send(having="seen")
    words = {"reason": choice.reason, "sources": "Hitungan 2014 sampai 2016 dan rapat 18 Mei 2017."}
    words["minutes"] = str(MinutesFactory().pk)
    desk.send(having="chosen", chosen=str(chosen.pk), **words)
    desk.send(having="seen")
    assert desk.pages <= MOST_PAGES
    own = Reader(head)
    own.read(url("competencies:determination-step", record.pk, "decide"))
    own.send(having="seen")
    record.refresh_from_db()
    assert record.status == "DECIDED"


def score(client, record, chosen, number: int) -> None:
    sheet = Reader(client)
    sheet.read(url("competencies:score", record.pk))
    names = page_form(sheet.html, having="note").names
    ours = {str(option.pk) for option in record.options.filter(commodity=chosen)}
    marks = {
        name: str(5 - number % 2 if name.rpartition("-")[2] in ours else 2 + number % 2)
        for name in names
        if name.startswith("nilai-")
    }
    sheet.send(having="note", **marks)
    assert "Nilai Anda lengkap dan terkunci" in sheet.html


def choose_villages(commodities, coordinator, head, client_as, jobs) -> SelectionRound:
    with clock.at(date(2017, 5, 16)):
        selection = open_round(coordinator)
    with clock.at(date(2017, 5, 18)):
        for choice in CHOICES:
            propose(choice, selection, commodities, client_as)
    with clock.at(date(2017, 6, 5)):
        marks = {f"c{pk}-step": "pass_gate" for pk in selection.candidates.values_list("pk", flat=True)}
        coordinator.post(url("locations:gate-check", selection.pk), marks)
        step(coordinator, selection, "start_survey")
    with clock.at(date(2017, 6, 14)):
        for candidate in selection.candidates.filter(village__name__in=SURVEYED):
            survey(coordinator, candidate)
    with clock.at(date(2017, 7, 10)):
        write_values(coordinator, selection)
        step(coordinator, selection, "start_scoring")
    with clock.at(date(2017, 7, 20)):
        mark_and_submit(coordinator, selection, jobs)
    with clock.at(date(2017, 7, 24)):
        own = Reader(head)
        own.read(url("locations:round-decide", selection.pk))
        own.send(having="seen")
    with clock.at(date(2017, 7, 27)):
        enact(head)
    selection.refresh_from_db()
    assert selection.status == "ENACTED"
    return selection


def open_round(client) -> SelectionRound:
    frame = {"name": "Lokasi sasaran 2018", "year": "2018", "quota": "7", "opens": "18 Mei 2017"}
    frame |= {"closes": "2 Juni 2017", "gate": GATE, "seed": "2017", "sources": "Rapat 18 Mei 2017"}
    client.post(url("locations:round-create"), frame)
    selection = SelectionRound.objects.get()
    data = {"kriteria-TOTAL_FORMS": str(len(CRITERIA)), "kriteria-INITIAL_FORMS": "0", "version": selection.version}
    for place, row in enumerate(CRITERIA):
        names = ("name", "unit", "direction", "weight", "low", "high")
        data |= {f"kriteria-{place}-{name}": value for name, value in zip(names, row, strict=True)}
        data[f"kriteria-{place}-source"] = "Paparan camat"
    answer = client.post(url("locations:round-criteria", selection.pk), data | {"tie_break": "kriteria-0"})
    assert answer.status_code == 302, answer.content.decode()
    step(client, selection, "open")
    return selection


def step(client, selection, name) -> None:
    selection.refresh_from_db()
    answer = client.post(
        url("locations:round-step", selection.pk, name), {"seen": selection.status, "note": "Sesuai jadwal."}
    )
    assert answer.status_code == 302, answer.content.decode()


def propose(choice, selection, commodities, client_as) -> None:
    village = Village.objects.select_related("district__office").get(code=choice.village)
    years, _fit, members, _support, _km = VALUES[choice.village]
    group = CommunityGroup.objects.create(
        village=village, name=f"Kelompok {village}", kind="POKTAN", commodity=commodities[choice.commodity]
    )
    proof = {
        "village": village.pk,
        "commodity": commodities[choice.commodity].pk,
        "group": group.pk,
        "existing_activity": choice.reason,
        "members": str(members),
        "active_since": str(2017 - years),
        "output": choice.output,
        "source": "Paparan camat",
    }
    answer = client_as("district_admin", at=village.district.office).post(
        url("locations:candidate-create", selection.pk), proof
    )
    assert answer.status_code == 302, answer.content.decode()


def survey(client, candidate) -> None:
    visit = {
        "visited_on": "13 Juni 2017",
        "letter_no": "094/31/BAPPEDA",
        "surveyors": "Tim BAPPEDA dan SKPD",
        "findings": "Cabai 1,1 ha, 11.000 tanaman."
        if candidate.village.name == "Baning Panjang"
        else "Perajin bekerja.",
    }
    answer = client.post(url("locations:visit-create", candidate.round_id, candidate.pk), visit)
    assert answer.status_code == 302, answer.content.decode()


def write_values(client, selection) -> None:
    selection.refresh_from_db()
    criteria = list(selection.criteria.all())
    data = {"kolom-version": selection.version} | {f"kolom-s{row.pk}": "Survei Juni 2017" for row in criteria}
    for candidate in selection.candidates.ranked().for_table():
        for criterion, value in zip(criteria, VALUES[candidate.village.code], strict=True):
            data[f"c{candidate.pk}-v{criterion.pk}"] = str(value)
    answer = client.post(url("locations:value-table", selection.pk), data)
    assert answer.status_code == 302, answer.content.decode()


def mark_and_submit(client, selection, jobs) -> None:
    """The coordinator's own part of the decision: ranking, draws, marks with reasons, check, submission."""
    desk = Reader(client)
    desk.read(url("locations:round-ranking", selection.pk))
    with jobs():
        client.post(url("locations:run-start", selection.pk))
    assert RankingRun.objects.get().results is not None
    desk.read(url("locations:round-ranking", selection.pk))
    assert "Mentajoi di dalam kuota, Nanga Dedai di luarnya" in desk.html
    desk.read(url("locations:round-choices", selection.pk))
    own_words = {"discussion": "Dibahas bersama forum SKPD.", "minutes": str(MinutesFactory().pk)}
    pilots = {choice.village for choice in PILOTS}
    reserve = 0
    for row in selection.candidates.ranked().for_table():
        name = f"calon-{row.pk}"
        if row.village.code in pilots and row.status == "ELIGIBLE":
            own_words[f"{name}-reason"] = "Dipaparkan camat dan diketahui dinas teknis; tidak dikunjungi lagi."
        if row.village.name == "Baning Panjang":
            own_words |= {f"{name}-choice": "NOT_CHOSEN", f"{name}-reserve_rank": ""}
            own_words[f"{name}-reason"] = "Kompetensi inti Kelam Permai tenun ikat, bukan cabai."
        elif row.village.code not in pilots:
            reserve += 1
            own_words |= {f"{name}-choice": "RESERVE", f"{name}-reserve_rank": str(reserve)}
            own_words[f"{name}-reason"] = "Kecamatannya belum punya kompetensi inti."
    desk.send(having="discussion", **own_words)
    assert "Dipilih tanpa disurvei" in desk.html
    desk.send(having="digest")
    assert desk.pages <= MOST_PAGES
    selection.refresh_from_db()
    assert selection.status == "SUBMITTED", desk.html


def enact(head) -> None:
    """All that was decided becomes a draft; number, date and first day come from the agenda book."""
    decided = CompetencyDetermination.objects.filter(status="DECIDED"), Candidate.objects.filter(status="CHOSEN")
    ticked = [[row.pk for row in rows] for rows in decided]
    head.post(url("profiles:decree-ready"), dict(zip(("determination", "candidate"), ticked, strict=True)))
    decree = Decree.objects.get(status=Decree.Status.DRAFT)
    assert decree.items.count() == 14  # seven competencies and seven villages
    decree.number, decree.dated, decree.valid_from = "050/417/2017", date(2017, 7, 27), date(2017, 7, 27)
    decree.signer_name = "Nama Bupati (contoh)"
    decree.save()
    desk = Reader(head)
    desk.read(url("profiles:decree-step", decree.pk, "enact"))
    desk.send(having="seen")


def everything_is_the_same_when_it_is_computed_again(public, selection) -> None:
    assert "Hasil hitung ulang sama" in public.get(url("locations:round-replay", selection.pk)).content.decode()
    for record in CompetencyDetermination.objects.all():
        page = public.get(url("competencies:replay", record.pk)).content.decode()
        assert "Hasil hitung ulang sama" in page and "Tidak ada angka yang berubah sejak itu" in page
    basis = public.get(url("profiles:village-basis", "ensaid-panjang")).content.decode()
    assert "tenun ikat" in basis
