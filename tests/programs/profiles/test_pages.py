"""Public pages of the chain: agreed and approved figures only, and the walk back to the decree."""

import io
import re
import time
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from districts.locations.decision.papers import decree_text
from districts.locations.decrees.services import revoke_decree
from p2emas.models import Decree
from programs.planning.models import PlanLine
from programs.profiles.village_page import GROUPS_SHOWN
from programs.profiles.works import total_of, works_of
from programs.reporting.reports.models import ProgressReport
from tests.decree_texts import ready
from tests.factories import (
    PASSWORD,
    CommunityGroupFactory,
    DecreeFactory,
    DecreeItemFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportLineFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.p2emas.documents import corpus
from tests.people import long_ago
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 8)


@pytest.fixture
def location():
    return TargetLocationFactory()


def reported(location, *, amount=100_000_000, spent=60_000_000, physical=70, approved=True, **line):
    plan_line = PlanLineFactory(target_location=location, amount=amount, **line)
    state = {"approved": True} if approved else {"sent": True}
    report = ProgressReportFactory(plan=plan_line.plan, agency=plan_line.plan.agency, **state)
    return ReportLineFactory(report=report, plan_line=plan_line, spent_to_date=spent, physical_to_date=physical)


def works_in(village):
    return works_of(PlanLine.objects.placed().filter(place_village=village.pk), year=2019, on=TODAY)


# --- Figures -----------------------------------------------------------------------------------------------------


def test_unapproved_figures_stay_inside(location):
    reported(location, approved=False)

    total = total_of(works_in(location.village))

    assert (total.works, total.known, total.planned, total.spent) == (1, 0, 100_000_000, None)


def test_totals_weigh_physical_by_ceiling_and_leave_village_money_beside(location):
    reported(location, amount=300_000_000, spent=150_000_000, physical=50)
    reported(location, amount=100_000_000, spent=90_000_000, physical=90)
    reported(location, amount=50_000_000, spent=50_000_000, physical=100, fund="DD")

    total = total_of(works_in(location.village))

    assert (total.planned, total.spent, total.village_money) == (400_000_000, 240_000_000, 50_000_000)
    assert total.physical == 60  # (50 x 300 + 90 x 100) / 400
    assert total.absorption == 60


def test_absorption_of_a_village_leaves_out_works_without_a_figure(location):
    reported(location, amount=100_000_000, spent=60_000_000)
    reported(location, amount=300_000_000, spent=None, physical=None)

    total = total_of(works_in(location.village))

    assert (total.planned, total.reported, total.absorption) == (400_000_000, 100_000_000, 60)


def test_figure_reported_on_an_earlier_version_is_found_through_continues(location):
    line = reported(location).plan_line
    change = WorkPlanFactory(
        agreed=True,
        agency=line.plan.agency,
        kind="PERUBAHAN",
        sequence=2,
        supersedes=line.plan,
        effective_on=date(2019, 9, 1),
    )
    PlanLineFactory(plan=change, activity=line.activity, target_location=location, amount=120_000_000, continues=line)

    works = works_in(location.village)

    assert [(work.line.amount, work.spent) for work in works] == [(120_000_000, 60_000_000)]


@pytest.mark.parametrize("what", ["activity", "plan", "report"])
def test_sample_anywhere_behind_a_work_marks_page_walk_and_file(location, what):
    """Rule 5: what rests on a sample is a sample and says so, also when only the report is one."""
    line = reported(location)
    part = {"activity": line.plan_line.activity, "plan": line.plan_line.plan, "report": line.report}[what]
    type(part).objects.filter(pk=part.pk).update(is_sample=True)
    address = location.village.get_absolute_url()

    assert "DATA CONTOH" in page(Client(), address)
    assert "memuat DATA CONTOH" in page(Client(), f"{address}dasar/")
    assert page(Client(), f"{address}kegiatan.csv").splitlines()[1].endswith(";ya")


# --- Pages -------------------------------------------------------------------------------------------------------


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_village_page_says_what_is_planned_spent_and_behind_it(location):
    CommunityGroupFactory(
        village=location.village, commodity=location.core_competency.commodity, name="Kelompok Lama", active_since=2010
    )
    reported(location)

    text = page(Client(), location.get_absolute_url())

    assert "Rp\xa0100\xa0juta" in text
    assert "60%" in text
    assert "Kelompok Lama, aktif sejak 2010" in text
    assert location.decree.get_absolute_url() in text


def test_of_many_groups_a_village_page_shows_the_working_ones_first(client_as, location):
    village, client = location.village, client_as("coordinator")
    for number in range(GROUPS_SHOWN):
        CommunityGroupFactory(village=village, name=f"Kelompok {number:02}")
    CommunityGroupFactory(village=village, name="Kelompok A bubar", active=False)
    address = village.get_absolute_url()

    first = page(client, address)
    whole = page(client, f"{address}?kelompok=semua")

    assert "Kelompok 19" in first and "Kelompok A bubar" not in first
    assert "kelompok=semua#kelompok" in first
    assert "Kelompok A bubar" in whole
    assert "kelompok=semua#kelompok" not in whole


def test_village_page_hides_contacts_from_the_public_and_foreign_staff(client_as, location):
    village = location.village
    village.contact_name = "Kontak rahasia"
    village.save()

    own = page(client_as("district_admin", at=village.district.office), village.get_absolute_url())
    foreign = page(
        client_as("district_admin of another district", at=village.district.office), village.get_absolute_url()
    )

    assert "Kontak rahasia" in own
    assert "Kontak rahasia" not in foreign
    assert "Kontak rahasia" not in page(Client(), village.get_absolute_url())


def test_village_without_anything_says_so(client):
    village = VillageFactory(code=None)

    text = page(client, village.get_absolute_url())

    assert "belum berkode" in text
    assert f"{village} bukan lokasi sasaran" in text
    assert "Belum ada kegiatan SKPD" not in text and "Belum ada foto" not in text


def test_inactive_village_is_not_there(client):
    village = VillageFactory(active=False)

    assert client.get(village.get_absolute_url()).status_code == 404


def test_village_page_shows_result_from_baseline_to_approved_value(client, location):
    line = reported(location)
    indicator = IndicatorFactory(
        activity=line.plan_line.activity, ledger="WELFARE", formula="end_value", name="Pendapatan", unit="Rp ribu"
    )
    IndicatorTargetFactory(indicator=indicator, village=location.village, baseline=700, target=1000)
    IndicatorValueFactory(report=line.report, indicator=indicator, village=location.village, value=910)

    text = page(client, location.get_absolute_url())

    assert "Pendapatan" in text
    assert "+30%" in text


@pytest.mark.parametrize(
    ("formula", "value", "told"),
    [
        ("end_value", 650, "Turun −7%"),
        ("end_value", 700, "Tetap 0%"),
        ("end_value", 770, "Membaik +10%"),
        ("decreasing", 770, "Naik, padahal harus turun +10%"),
        ("decreasing", 630, "Membaik −10%"),
    ],
)
def test_result_that_fell_is_said_to_have_fallen(client, client_as, location, formula, value, told):
    line = reported(location)
    indicator = IndicatorFactory(activity=line.plan_line.activity, ledger="WELFARE", formula=formula)
    IndicatorTargetFactory(indicator=indicator, village=location.village, baseline=700)
    IndicatorValueFactory(report=line.report, indicator=indicator, village=location.village, value=value)

    assert f"{told} sejak 2017" in text_of(client.get(location.get_absolute_url()))
    assert told in text_of(client_as("leader").get(reverse("dashboards:dashboard")))


def test_basis_walks_back_from_money_to_sources(client, location):
    reported(location)

    text = page(client, f"{location.get_absolute_url()}dasar/")

    determination = location.core_competency.determination
    for part in (location.decree.number, determination.reason, determination.sources, determination.get_absolute_url()):
        assert part in text


@pytest.mark.parametrize("query", ["", "?tahun=2018", "?tahun=abc", "?tahun=999999999999999999999", "?tahun=%00"])
def test_year_in_the_address_never_breaks_a_page(client, location, query):
    assert client.get(location.get_absolute_url() + query).status_code == 200
    assert client.get(location.village.district.get_absolute_url() + query).status_code == 200


def test_village_csv_holds_the_rows_of_the_page(client, location):
    reported(location)

    text = client.get(f"{location.get_absolute_url()}kegiatan.csv").content.decode()

    assert text.count("\r\n") == 2
    assert ";100000000;60000000;70,00;" in text


def test_district_page_lists_locations_and_money(client, location):
    reported(location)

    text = page(client, location.village.district.get_absolute_url())

    assert location.core_competency.commodity.name in text
    assert location.get_absolute_url() in text


def test_district_with_much_work_is_read_by_the_page_and_adds_up_all(client, location):
    lines = [reported(location, amount=10_000_000, spent=1_000_000) for _ in range(27)]
    url = f"{location.village.district.get_absolute_url()}?baris=25"

    first, second = page(client, url), page(client, f"{url}&halaman=2")

    assert [text.count('data-label="Desa"') for text in (first, second)] == [25, 2]
    assert all(f"Jumlah, {len(lines)} dari {len(lines)} kegiatan berangka" in text for text in (first, second))


def test_decree_page_tells_what_is_in_force_on_a_day(client, location):
    url = location.decree.get_absolute_url()

    before = page(client, f"{url}?tanggal=01-01-2017")
    after = page(client, f"{url}?tanggal=01-01-2018")

    assert before.count("Tidak berlaku") == 2
    assert "Tidak berlaku" not in after


def test_decree_draft_is_for_bappeda_only(client, client_as):
    draft = DecreeFactory(draft=True, about="Rahasia rancangan")
    DecreeItemFactory(decree=draft)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client_as("agency_operator").get(draft.get_absolute_url()).status_code == 404
    assert "Rahasia rancangan" in page(client_as("coordinator"), draft.get_absolute_url())
    assert "Rahasia rancangan" not in page(client, "/sk/")


# --- The signed scan ------------------------------------------------------------------------------------------------


def scan(name="sk.pdf", content=None):
    return SimpleUploadedFile(name, content or corpus.pdf())


@pytest.mark.parametrize("status", ["DRAFT", "IN_FORCE", "REVOKED"])
def test_scan_is_added_in_any_state_and_nothing_else_changes(client_as, settings, tmp_path, status):
    settings.MEDIA_ROOT = tmp_path
    decree = DecreeFactory(draft=True) if status == "DRAFT" else DecreeFactory(status=status)
    before = Decree.objects.values().get(pk=decree.pk)
    coordinator, url = client_as("coordinator"), f"{decree.get_absolute_url()}pindaian/"
    assert f'href="{url}"' in page(coordinator, decree.get_absolute_url())

    for _click in range(2):
        answer = coordinator.post(
            url, {"file": scan(), "caption": "Bertanda tangan", "about": "Lain", "status": "DRAFT"}
        )

    stored = decree.files.get()
    assert answer.url == decree.get_absolute_url()
    assert (stored.caption, stored.uploaded_by) == ("Bertanda tangan", coordinator.user)
    assert Decree.objects.values().get(pk=decree.pk) == before
    assert stored.get_absolute_url() in page(coordinator, decree.get_absolute_url())


def test_scan_of_a_decree_in_force_is_public_without_the_name_of_its_file(
    client, client_as, settings, tmp_path, location
):
    settings.MEDIA_ROOT = tmp_path
    url = location.decree.get_absolute_url()
    assert "Naskah bertanda tangan" not in page(client, url)
    client_as("coordinator_head").post(f"{url}pindaian/", {"file": scan("rahasia staf.pdf")})

    shown = page(client, url)

    stored = location.decree.files.get()
    assert stored.get_absolute_url() in shown and "rahasia staf" not in shown and "Unggah pindaian" not in shown
    assert "rahasia" not in client.get(stored.get_absolute_url())["Content-Disposition"]


@pytest.mark.parametrize(("upload", "sentence"), [
    (scan("sk.pdf", b"<html>"), "bukan jenis yang diterima"),
    (scan("data.xlsx", corpus.office()), "tidak diterima di sini"),
    ("", "Unggah berkas|Pilih berkas"),
])  # fmt: skip
def test_wrong_scan_is_refused_and_the_caption_kept(client_as, settings, tmp_path, location, upload, sentence):
    settings.MEDIA_ROOT = tmp_path

    answer = client_as("coordinator").post(
        f"{location.decree.get_absolute_url()}pindaian/", {"file": upload, "caption": "Lampiran II"}
    )

    text = answer.content.decode()
    assert answer.status_code == 200 and "<title>Galat: " in text and 'value="Lampiran II"' in text
    assert any(words in text for words in sentence.split("|"))
    assert not location.decree.files.exists() and not list(tmp_path.rglob("*"))


def test_head_enacts_a_decree_on_its_page(client_as, location):
    decree = DecreeFactory(draft=True, number="050/77/2019", dated=TODAY, valid_from=TODAY)
    DecreeItemFactory(decree=decree, action="CLOSE", village=None, target_location=location)
    ready(decree)
    head = client_as("coordinator_head")
    url = f"{decree.get_absolute_url()}langkah/enact/"
    assert head.get(url).status_code == 200

    response = head.post(url, {"seen": "DRAFT", "note": ""})

    decree.refresh_from_db()
    location.refresh_from_db()
    assert response.status_code == 302
    assert (decree.status, location.closed_by) == ("IN_FORCE", decree)


def test_enacting_asks_for_the_password_unless_it_was_just_given(client_as, location):
    decree = DecreeFactory(draft=True, number="050/77/2019", dated=TODAY, valid_from=TODAY)
    DecreeItemFactory(decree=decree, action="CLOSE", village=None, target_location=location)
    ready(decree)
    head = long_ago(client_as("coordinator_head"))
    url = f"{decree.get_absolute_url()}langkah/enact/"

    asked = head.post(url, {"seen": "DRAFT", "note": ""})
    decree.refresh_from_db()
    assert asked.url.startswith("/akun/pastikan/") and decree.status == "DRAFT"

    assert head.post(asked.url, {"password": PASSWORD}).url == decree.get_absolute_url()
    decree.refresh_from_db()
    assert decree.status == "IN_FORCE"


def test_password_of_six_minutes_ago_is_asked_for_again(client_as):
    decree = DecreeFactory(draft=True, number="050/77/2019", dated=TODAY, valid_from=TODAY)
    head = client_as("coordinator_head")

    with time_machine.travel(time.time() + 310):
        asked = head.post(f"{decree.get_absolute_url()}langkah/enact/", {"seen": "DRAFT", "note": ""})

    assert asked.url.startswith("/akun/pastikan/")


def test_enacting_an_incomplete_decree_says_what_is_missing(client_as):
    decree = DecreeFactory(draft=True)

    response = client_as("coordinator_head").post(
        f"{decree.get_absolute_url()}langkah/enact/", {"seen": "DRAFT", "note": ""}
    )

    decree.refresh_from_db()
    assert "Isi nomor, tanggal, dan tanggal mulai berlaku" in response.content.decode()
    assert decree.status == "DRAFT"


@pytest.mark.parametrize(
    ("who", "expected"), {"anonymous": 302, "agency_operator": 403, "auditor": 403, "coordinator": 403}.items()
)
def test_decree_step_permission(client_as, location, who, expected):
    assert client_as(who).get(f"{location.decree.get_absolute_url()}langkah/revoke/").status_code == expected


def test_coordinator_marks_a_location_as_running(client_as, location):
    url = f"{location.get_absolute_url()}lokasi-sasaran/{location.pk}/start/"

    client_as("coordinator").post(url, {"seen": "FIXED", "note": ""})

    location.refresh_from_db()
    assert location.status == "RUNNING"


def test_location_step_of_another_village_is_not_there(client_as, location):
    other = VillageFactory()

    assert client_as("coordinator").get(f"/desa/{other.slug}/lokasi-sasaran/{location.pk}/start/").status_code == 404


def test_approval_and_undo_change_the_public_page_at_once(client, location):
    line = reported(location)
    assert "60%" in page(client, location.get_absolute_url())

    ProgressReport.objects.filter(pk=line.report_id).update(status="VERIFYING", decided_by=None, decided_at=None)

    assert "Realisasinya belum ada yang disetujui" in page(client, location.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_village_page_queries_do_not_grow(client, django_assert_num_queries, location, rows):
    for _ in range(rows):
        reported(location)
        CommunityGroupFactory(village=location.village, commodity=location.core_competency.commodity)

    with django_assert_num_queries(VILLAGE_QUERIES):
        client.get(location.get_absolute_url())


VILLAGE_QUERIES = 17  # village, works 4, corrections, what is stuck, basis 3, results 2, photos 2, figures, aliases, facilitators, tile map


# --- Papers of a decree ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "head"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_paper_of_a_published_decree_is_public_and_that_of_a_draft_is_not(client, client_as, form, head):
    published = DecreeFactory(considering="bahwa perlu;", dictums="Menetapkan desa.")
    draft = DecreeFactory(status=Decree.Status.DRAFT)

    answer = client.get(f"{published.get_absolute_url()}naskah.{form}")

    assert answer.content.startswith(head)
    assert client.get(f"{draft.get_absolute_url()}naskah.{form}").status_code == 404
    assert client_as("coordinator").get(f"{draft.get_absolute_url()}naskah.{form}").status_code == 200
    assert f"{published.get_absolute_url()}naskah.{form}" in page(client, published.get_absolute_url())


def test_a_regulation_has_no_paper_of_a_decree(client):
    decree = DecreeFactory(kind=Decree.Kind.PERBUP)

    assert client.get(f"{decree.get_absolute_url()}naskah.pdf").status_code == 404
    assert "naskah.pdf" not in page(client, decree.get_absolute_url())


def test_paper_names_what_an_amendment_ends(client_as):
    location = TargetLocationFactory()
    draft = DecreeFactory(status=Decree.Status.DRAFT, amends=location.decree)
    DecreeItemFactory(decree=draft, action="CLOSE", village=None, target_location=location)

    content = client_as("coordinator").get(f"{draft.get_absolute_url()}naskah.docx").content

    cells = {cell.text for table in Document(io.BytesIO(content)).tables for row in table.rows for cell in row.cells}
    assert {"No.", f"lokasi sasaran {location}", location.village.district.name, str(location.decree)} <= cells


def test_decree_page_says_who_depends_on_it(client, location):
    reported(location)
    reported(location, approved=False)
    later = TargetLocationFactory(core_competency=location.core_competency, village__district=location.village.district)

    text = page(client, location.core_competency.decree.get_absolute_url())
    own = page(client, location.decree.get_absolute_url())

    assert later.village.name in text or later.decree == location.core_competency.decree
    assert "2 kegiatan dari 2 SKPD" in own and "1 laporan yang disetujui memuatnya" in own


@pytest.mark.parametrize(
    ("title", "authority", "signs"),
    [
        ("", "Bupati Sintang", "Bupati Sintang"),
        ("Bupati", "Bupati Sintang", "Bupati Sintang"),
        ("Plt. Bupati Sintang", "Bupati Sintang", "Plt. Bupati Sintang"),
        ("Kepala BAPPEDA", "Kepala Bappeda", "Kepala BAPPEDA"),
        ("Sekretaris Daerah", "Sekretaris Daerah", "Sekretaris Daerah"),
    ],
)
def test_decree_is_of_the_office_in_whose_name_it_is_signed(title, authority, signs):
    paper = decree_text(DecreeFactory(signer_title=title))

    assert (paper.authority, paper.signer.title) == (authority, signs)


def test_decree_without_contents_says_so_once(client):
    text = page(client, DecreeFactory(about="penetapan pendamping").get_absolute_url())

    assert "Tidak menetapkan kompetensi inti atau lokasi sasaran" in text
    assert "Lokasi sasaran yang ditetapkan" not in text
    assert "Penetapan pendamping" in text


def test_decree_list_shows_what_was_in_force_on_a_day(client, user_as):
    old = DecreeFactory(about="Yang lama", valid_from=date(2017, 7, 27))
    new = DecreeFactory(about="Yang baru", valid_from=date(2019, 1, 14))
    revoke_decree(decree=old, seen="IN_FORCE", actor=user_as("coordinator_head"), note="Diganti")

    def shown(query):
        text = page(client, f"/sk/{query}")
        return {decree for decree in (old, new) if decree.about in text}

    assert shown("") == {old, new}
    assert shown("?tanggal=26-07-2017") == set()
    assert shown("?tanggal=27-07-2017") == {old}
    assert shown("?tanggal=07-10-2019") == {old, new}  # the day before it was revoked
    assert shown("?tanggal=08-10-2019") == {new}
    assert shown("?tanggal=bukan") == {old, new}


def test_head_is_led_from_the_count_of_drafts_to_these_drafts(client_as):
    draft, held = DecreeFactory(draft=True, about="Konsep ini"), DecreeFactory(about="Yang berlaku")
    head = client_as("coordinator_head")

    home = page(head, "/beranda/")
    link = re.search(r'href="([^"]*)"[^>]*>Buka konsep<', home)[1]
    listed = page(head, link)

    assert link == "/sk/?status=konsep"
    assert draft.about in listed and held.about not in listed
    assert "Status: Konsep" in re.sub(r"<[^>]+>", "", listed)  # the filter is shown, and can be taken off


def test_list_of_decrees_begins_with_the_newest(client):
    middle, newest, oldest = (DecreeFactory(dated=date(year, 7, 27)) for year in (2018, 2019, 2017))

    listed = page(client, "/sk/")

    assert listed.index(newest.about) < listed.index(middle.about) < listed.index(oldest.about)


def test_public_is_offered_no_drafts_in_the_list_of_decrees(client):
    draft, held = DecreeFactory(draft=True, about="Konsep ini"), DecreeFactory(about="Yang berlaku")

    for query in ("", "?status=konsep", "?status=berlaku"):
        listed = page(client, f"/sk/{query}")
        assert held.about in listed and draft.about not in listed
        assert 'value="konsep"' not in listed
    assert "Tidak ada keputusan yang cocok dengan saringan itu." in page(client, "/sk/?status=dicabut")


def test_address_of_a_district_with_a_nul_is_not_found(client, db):
    assert client.get("/kecamatan/a%00b/").status_code == 404


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/sk/?tanggal=kemarin", "“kemarin” bukan tanggal"),
        ("/sk/?status=ditolak", "Pilih status dari daftar"),
        ("/sk/{decree}/?tanggal=kemarin", "“kemarin” bukan tanggal"),
        ("/desa/?cari=" + "x" * 81, "Isi paling banyak 80 huruf"),
        ("/kecamatan/?cari=" + "x" * 81, "Isi paling banyak 80 huruf"),
    ],
)
def test_a_refused_filter_is_told_as_every_error_is(client, address, sentence):
    page = client.get(address.format(decree=DecreeFactory().pk)).content.decode()

    assert "<title>Galat: " in page
    assert sentence in page.split('id="galat"')[1].split("</div>")[0]  # on top, and beside the field
    assert page.count(sentence) == 2
