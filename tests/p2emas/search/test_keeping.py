"""Every way by which a name is written leaves the words as ``rebuild`` would make them."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from districts.locations.decision.deciding import new_decree
from districts.locations.decrees.discarding import discard_draft, mark_of
from districts.models import CommunityGroup, District, DistrictAlias, Village, VillageAlias
from districts.regions.services import keep_old_name
from p2emas.imports.kinds import kind_of
from p2emas.models import Agency, Decree, Minutes, Regulation, SearchWord, Spelling
from p2emas.search.integrity import search_words
from p2emas.search.keeping import keep_words, rebuild
from programs.models import Activity, Meeting, ProgressReport
from programs.planning.editing import save_line
from programs.reporting.periods.opening import open_period
from tests import factories as make
from tests.filled import page_form
from tests.people import lead_agency
from tests.source_tree import ROOT, python_files

pytestmark = pytest.mark.django_db
FILE = ROOT / "districts" / "regions" / "data" / "sintang.csv"


def found(word: str) -> set[str]:
    return set(SearchWord.objects.filter(word=word).values_list("kind", flat=True))


@pytest.fixture
def group(db):
    group = make.CommunityGroupFactory(name="Tenun Lama")
    group.village.name = "Ensaid Panjang"
    group.village.save()
    lead_agency()
    make.AgencyFactory()
    make.DecreeFactory()
    rebuild()
    return group


def agree() -> None:
    assert list(search_words()) == []


def send(client, page, *args, **typed):
    """Save a page of the back office with ``typed`` over what is in it."""
    url = reverse(f"admin:{page}", args=args)
    form = page_form(client.get(url).content.decode(), having=next(iter(typed)))
    answer = client.post(url, dict(form.filled(**typed)) | {"_save": ""})
    assert answer.status_code == 302, answer.content.decode()


def test_the_back_office_renames_and_keeps_old_and_other_names(group, client_as):
    coordinator = client_as("coordinator")
    village = group.village

    send(coordinator, "districts_village_change", village.pk, name="Ensaid Baru", **{"aliases-0-name": "Ensaik"})
    assert (found("baru"), found("ensaidpanjang"), found("ensaik")) == ({"village"},) * 3
    send(coordinator, "districts_district_change", village.district_id, **{"aliases-0-name": "Kelan"})
    send(coordinator, "districts_communitygroup_change", group.pk, name="Tenun Kini")
    send(coordinator, "p2emas_agency_change", Agency.objects.first().pk, short_name="Pertanian")
    send(coordinator, "p2emas_decree_add", about="Penetapan kriteria", number="050/99/2019")

    assert (found("kelan"), found("kini"), found("lama"), found("pertanian")) == (
        {"district"},
        {"group"},
        set(),
        {"agency"},
    )
    assert found("050992019") == {"decree"}
    agree()


def test_imports_create_change_and_take_back(group, user_as):
    user, kind = user_as("coordinator_head"), kind_of("kelompok")
    row = {
        "village_id": group.village_id,
        "name": "Anyaman Jaya",
        "kind": "KUB",
        "registration_no": "REG-77",
        "commodity_id": group.commodity_id,
        "members_m": None,
        "members_f": None,
        "active_since": None,
        "is_sample": False,
    }
    kind.create([row], user)
    made = CommunityGroup.objects.get(name="Anyaman Jaya")
    assert (found("anyaman"), found("reg77")) == ({"group"}, {"group"})
    agree()
    kind.change({made.pk: row | {"registration_no": "REG-78"}}, user)
    assert (found("reg77"), found("reg78")) == (set(), {"group"})
    agree()
    kind.remove([made.pk], user)
    assert found("anyaman") == set()
    agree()


def test_imports_of_agencies_and_offices(group, user_as):
    user = user_as("coordinator_head")
    district = make.DistrictFactory(office=None)
    keep_words(District, [district.pk])
    office = {"code": "kec-baru", "name": "Kecamatan Baru", "short_name": "Kec. Baru", "district": district.pk}
    kind = kind_of("kantor-kecamatan")

    kind.create([office], user)
    made = Agency.objects.get(code="kec-baru")
    agree()
    kind.change({made.pk: office | {"name": "Kecamatan Lain"}}, user)
    assert found("kecamatanlain") == {"agency"}
    agree()
    kind.remove([made.pk], user)
    agree()


def test_regions_are_loaded_and_loaded_again():
    call_command("load_regions", verbosity=0)
    agree()
    Village.objects.filter(name="Ensaid Panjang").update(name="Ensaid Pendek")  # past every service
    Village.objects.filter(name="Solam Raya").update(name="Solam")
    assert [complaint.split(":")[1].split("(")[0] for complaint in search_words()] == [" kata dari 2 data berbeda "]
    call_command("load_regions", FILE, verbosity=0)

    assert VillageAlias.objects.filter(name="Ensaid Pendek").exists()
    assert found("ensaidpendek") == {"village"}
    agree()


def test_an_old_name_is_kept(group):
    keep_old_name(village=group.village, old_name="Ensaid Lampau")

    assert found("lampau") == {"village"}
    agree()


def test_services_that_make_and_discard_decrees(group, user_as):
    user = user_as("coordinator")
    decree = new_decree(user, about="Penetapan pendamping", is_sample=False)
    assert found("pendamping") == {"decree"}
    agree()
    discard_draft(decree=decree, seen=mark_of(decree), actor=user)

    assert not SearchWord.objects.filter(kind="decree", record=decree.pk).exists()
    agree()


def test_a_line_brings_its_activity(group, user_as):
    plan = make.WorkPlanFactory(year=2019)
    line = make.PlanLineFactory.build(plan=plan, activity=None)
    activity = make.ActivityFactory.build(
        agency=plan.agency, outcome=make.OutcomeFactory(), name="Rumah tenun", code="3.06.02"
    )
    rebuild()
    save_line(line=line, seen=None, targets={}, by=user_as("agency_operator", at=plan.agency), activity=activity)

    assert (found("tenun"), found("30602")) == ({"group", "activity"}, {"activity"})
    agree()


def test_opening_a_period_numbers_its_reports(group, user_as):
    make.WorkPlanFactory(agreed=True, year=2019, agency=make.AgencyFactory(member_from="2017-01-01"))
    rebuild()
    open_period(year=2019, quarter=3, opened_by=user_as("coordinator_head"))

    report = ProgressReport.objects.first()
    assert found(re.sub(r"\W", "", report.number).lower()) == {"report"}
    agree()


def test_a_meeting_is_found_by_its_subject_and_forgets_the_old_one(group, client_as):
    coordinator, agency = client_as("coordinator"), Agency.objects.get(code="bappeda")
    typed = {"held_on": "15-10-2019", "starts": "09.00", "place": "Aula", "agencies": [agency.pk]}
    Agency.objects.filter(pk=agency.pk).update(member_from=date(2017, 1, 1))

    coordinator.post(reverse("coordination:meeting-create"), typed | {"subject": "Rakor pameran tenun"})
    meeting = Meeting.objects.get()
    assert found("pameran") == {"meeting"}
    agree()

    edited = typed | {"subject": "Rakor jalan kopi", "seen": meeting.mark}
    coordinator.post(reverse("coordination:meeting-edit", args=[meeting.pk]), edited)
    assert found("pameran") == set() and found("kopi") == {"meeting"}
    agree()


def test_what_differs_is_named_and_made_again(group):
    SearchWord.objects.filter(word="ensaidpanjang").delete()
    SearchWord.objects.filter(word="lama").update(word="lain")
    Spelling.objects.filter(word="ensaid").delete()
    make.SearchWordFactory(record=987654321)

    complaints = list(search_words())
    assert len(complaints) == 5 and all("rebuild_search" in each for each in complaints)

    call_command("rebuild_search", verbosity=0)
    agree()
    assert not Spelling.objects.filter(word="lain").exists()


# Modules that make searched records and leave their words to somebody else.
ELSEWHERE = {
    "districts/regions/services.py": "",
    "programs/planning/line_forms.py": "unsaved; save_line keeps it",
    "programs/coordination/views.py": "unsaved; prepare_meeting keeps it",
    "programs/planning/files/row_forms.py": "unsaved; the services of plan files keep it",
}
MADE = re.compile(
    r"\b(Village|VillageAlias|District|DistrictAlias|Agency|CommunityGroup|Activity|ProgressReport|Decree|Meeting|Minutes|Regulation)"
    r"(\.objects\.(create|bulk_create|get_or_create|update_or_create)\(|\()"
)


def test_every_module_that_makes_a_searched_record_keeps_its_words():
    makers = set()
    for path in python_files():
        name, text = path.relative_to(ROOT).as_posix(), path.read_text()
        if "/migrations/" in name or "/management/demo/" in name:  # the demo makes all words at its end
            continue
        lines = [line for line in text.splitlines() if MADE.search(line) and not re.match(r"\s*(class|@|#)", line)]
        if lines and "keep_words" not in text:
            makers.add(name)

    assert makers == {name for name, why in ELSEWHERE.items() if why}


def test_models_in_this_file_are_those_that_are_searched():
    from p2emas.search.keeping import kinds_in_words

    searched = {kind.model for kind in kinds_in_words()}
    assert searched == {
        Village,
        District,
        Agency,
        CommunityGroup,
        Activity,
        ProgressReport,
        Decree,
        Meeting,
        Minutes,
        Regulation,
    }
    assert {part.__name__ for part in (VillageAlias, DistrictAlias)} <= set(re.findall(r"\w+", MADE.pattern))
