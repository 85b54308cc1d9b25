"""The demo tells what is known of the programme, and agrees with itself."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from districts.competencies.result.page import result_of
from districts.competencies.result.replaying import replay_result
from districts.models import (
    AreaFigure,
    Candidate,
    CandidateValue,
    CommunityGroup,
    CompetencyDetermination,
    ProductionFigure,
    SurveyVisit,
    TargetLocation,
)
from facilitators.models import Application, Contract, Course, Enrolment, Facilitator, RecruitmentRound
from p2emas.accounts.models import Agency, Holiday, Official, User
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes, Regulation
from p2emas.management.demo.plan_data import FIELDS
from p2emas.staffing.absences import Absence
from p2emas.ui.workdays import add_working_days
from p2emas.workflow.models import StatusChange
from programs.models import (
    Activity,
    IndicatorValue,
    Meeting,
    Obstacle,
    PlanLine,
    Program,
    ProgressReport,
    ReportLine,
    WorkPlan,
)

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db, pytest.mark.whole]
WORKSHOP = date(2017, 10, 17)


def test_third_quarter_of_2018_is_what_the_meeting_of_1_october_saw():
    lines = ReportLine.objects.filter(
        report__period__year=2018, report__period__number=3, report__status__in=ProgressReport.APPROVED_STATES
    ).values_list("plan_line__fund", "plan_line__amount", "spent_to_date", "physical_to_date")
    for rows in (list(lines), [row for row in lines if row[0] not in ("ADD", "DD")]):
        amount = sum(row[1] for row in rows)
        assert 1_550_000_000 <= sum(row[2] for row in rows) <= 1_650_000_000
        assert 61 <= sum(row[1] * row[3] for row in rows) / amount <= 63


def test_ten_agencies_from_the_start_with_the_lead_among_them():
    members = Agency.objects.exclude(member_from=None)

    assert members.count() == 10
    assert set(members.values_list("member_from", flat=True)) == {date(2017, 3, 29)}
    assert members.filter(code="bappeda").exists()
    for year in (2018, 2019):
        assert WorkPlan.objects.filter(year=year).values("agency").distinct().count() == 10


def test_codes_of_activities_are_those_of_their_agency_and_invented():
    rows = Activity.objects.values_list("agency__code", "code", "programme_name", "is_sample")

    assert rows and {agency for agency, *_rest in rows} == set(FIELDS)
    for agency, code, programme, is_sample in rows:
        assert is_sample and code.startswith(f"{FIELDS[agency][0]}.") and programme.endswith(" (contoh)")
    assert len({prefix for prefix, *_rest in FIELDS.values()}) == len(FIELDS)


def test_year_of_preparation_has_a_plan_and_a_regulation():
    lines = PlanLine.objects.filter(plan__year=2017)
    regulation = Regulation.objects.public().get()

    assert set(lines.values_list("plan__agency__code", "plan__status")) == {("bappeda", "SET"), ("dpmpd", "SET")}
    assert not lines.exclude(target_location=None, other_village=None).exists()  # no village was fixed yet
    assert lines.filter(activity__name__contains="perangkat hukum").count() == 1
    assert not ProgressReport.objects.filter(period__year=2017).exists()
    assert date(2017, 3, 29) < regulation.dated < date(2017, 7, 27)
    assert regulation.is_sample and regulation.number.endswith("(contoh)") and "pemberitaan" in regulation.source


def test_working_days_leave_out_the_election_of_2018():
    holidays = Holiday.objects.dates_around(date(2018, 6, 1), date(2018, 7, 31))

    assert add_working_days(date(2018, 6, 26), 1, holidays) == date(2018, 6, 28)


def test_mission_is_quoted_with_its_source():
    mission = Program.objects.get().mission.lower()

    assert "mengembangkan ekonomi kerakyatan berbasis pedesaan untuk meningkatkan kesejahteraan masyarakat" in mission
    assert "pemberitaan" in mission


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2017, 3, 29), "sepuluh SKPD, sampai 2021"),
        (date(2017, 5, 18), "tidak dari nol"),
        (date(2017, 10, 17), "10,07 persen"),
        (date(2018, 10, 1), "di atas 60 persen dan lebih dari Rp 1,5 miliar"),
        (date(2018, 10, 24), "belum menggulirkan"),
    ],
)
def test_meetings_reported_in_public_are_minutes_that_the_public_reads(day, said):
    minutes = Minutes.objects.public().get(dated=day)

    assert said in minutes.about
    assert "Pemberitaan" in minutes.source
    assert minutes.number.endswith("(contoh)")


def test_other_public_facts_name_their_day():
    assert "17 Oktober 2017" in AreaFigure.objects.get(kind="POVERTY", regency__isnull=False).source
    started = StatusChange.objects.filter(note__contains="24 Oktober 2018")
    assert started.count() == 7  # each pilot village starts with the launch
    report = ProgressReport.objects.get(agency__code="bappeda", period__year=2019, period__number=3)
    assert "13 Desember 2019" in report.next_step


def test_evaluation_of_2019_is_only_planned_on_the_day_of_the_demo():
    meeting = Meeting.objects.get(held_on=date(2019, 12, 13))

    assert (meeting.status, meeting.is_sample, meeting.attendance.count()) == ("PREPARED", False, 10)
    assert "baru direncanakan" in meeting.source and not meeting.action_items.exists()


def test_one_operator_is_on_leave_and_the_head_stands_in():
    absence = Absence.objects.get()

    assert (absence.status, absence.person.username, absence.stand_in.username) == (
        "NAMED", "agency_operator", "agency_head",
    )  # fmt: skip
    given = absence.assignment
    assert (given.role, given.valid_from, given.valid_until) == (absence.role, date(2019, 10, 21), date(2019, 10, 25))


def test_minutes_under_a_decision_in_force_are_signed():
    assert set(Minutes.objects.values_list("status", flat=True)) == {"SIGNED"}
    assert not CompetencyDetermination.objects.filter(decided_on__year=2017, minutes=None).exists()


def test_facilitators_are_chosen_before_the_workshop_and_sit_in_it():
    record = RecruitmentRound.objects.get(year=2018)
    workshop = Course.objects.get(name__startswith="Lokakarya")

    assert record.decree.dated < record.announced_on < record.objections_until < WORKSHOP
    assert (workshop.starts, workshop.ends) == (WORKSHOP, date(2017, 10, 19))
    accepted = set(record.applications.accepted().values_list("facilitator", flat=True))
    assert len(accepted) == 7
    assert set(workshop.enrolments.values_list("facilitator", flat=True)) == accepted
    assert not Enrolment.objects.filter(course=workshop).exclude(outcome="PASSED").exists()


def test_open_round_offers_the_seven_villages_of_2019():
    places = RecruitmentRound.objects.get(year=2020).places.all()
    wanted = TargetLocation.objects.filter(valid_from__year=2019)

    assert set(places.values_list("target_location", flat=True)) == set(wanted.values_list("pk", flat=True))


def test_cooperative_works_since_1999_with_63_members_on_every_sheet():
    group = CommunityGroup.objects.get(name="Koperasi Jasa Menenun Mandiri")
    candidate = Candidate.objects.get(village=group.village)

    assert (group.active_since, group.members_m + group.members_f) == (1999, 63)
    assert (candidate.active_since, candidate.members) == (1999, 63)


def test_weaving_of_kelam_permai_is_ranked_by_its_weavers_beside_crops():
    record = CompetencyDetermination.objects.get(district__name="Kelam Permai", year=2017)
    result = result_of(record)

    weaving = result.row(record.chosen_id)
    assert (weaving.name, weaving.rank, weaving.counted_in) == ("tenun ikat", 1, "Kerajinan, orang")
    assert list(weaving.left_out.reasons.values()) == ["Perajin baru dihitung sekali, tahun 2016 (contoh)."]
    assert weaving.left_out.worst_rank == 1 and result.is_sample
    assert {row.counted_in for row in result.rows} == {"Kerajinan, orang", "Luas (ha), ha"}
    assert replay_result(record).is_same and not replay_result(record).changed
    people = ProductionFigure.objects.filter(measure="WORKERS")
    assert people.count() == 28 and not people.filter(is_sample=False).exists()


def test_candidates_agree_with_their_groups_and_values():
    candidates = Candidate.objects.exclude(group=None).select_related("group")

    assert candidates.count() == 7
    for row in candidates:
        assert (row.active_since, row.members) == (row.group.active_since, row.group.members_m + row.group.members_f)
        values = dict(row.values.values_list("criterion__name", "value"))
        assert (2017 - values["Usaha sudah berjalan"], values["Anggota kelompok aktif"]) == (
            row.active_since,
            row.members,
        )
    for value in CandidateValue.objects.select_related("criterion"):
        assert value.criterion.low <= value.value <= value.criterion.high


def test_competencies_are_decided_before_villages_are_valued_by_them():
    decided = CompetencyDetermination.objects.filter(year=2017).values_list("decided_on", flat=True)
    valued = CandidateValue.history.order_by("history_date").first()

    assert len(decided) == 7
    assert max(decided) < valued.history_date.date()


def test_no_output_without_work():
    values = IndicatorValue.objects.exclude(indicator__ledger="WELFARE").select_related("indicator", "report")
    lines = {
        (line.report_id, line.plan_line.activity_id): line.physical_to_date
        for line in ReportLine.objects.select_related("plan_line")
    }
    idle = [row for row in values if lines[row.report_id, row.indicator.activity_id] == 0]

    assert len(idle) > 20  # the first quarters, and two villages without any work
    assert not [row for row in idle if row.value]
    assert all(row.missing_reason for row in values if row.value is None)


def test_survival_never_climbs_within_a_year():
    seen: dict[tuple, list] = {}
    rows = IndicatorValue.objects.filter(indicator__name__contains="hidup").exclude(value=None)
    for row in rows.order_by("report__period__number"):
        seen.setdefault((row.indicator_id, row.report.period.year), []).append(row.value)

    assert any(len(values) > 1 for values in seen.values())
    assert all(values == sorted(values, reverse=True) for values in seen.values())


def test_obstacles_have_a_place_and_go_to_who_can_solve_them():
    rows = list(Obstacle.objects.select_related("responsible", "raised_by"))

    assert len(rows) == 8
    for row in rows:
        assert row.village_id and row.is_sample
        assert row.activity_id or row.standalone
        assert row.responsible is None or row.responsible != row.raised_by
    today = date(2019, 10, 8)
    late = [row for row in rows if row.is_overdue(today)]
    assert len(late) == 1 and today - late[0].due_on < timedelta(days=14)
    assert {row.status for row in rows} == set(Obstacle.Status.values)


def test_surveys_are_on_office_days_with_a_letter_each():
    visits = list(SurveyVisit.objects.all())
    holidays = set(Holiday.objects.values_list("date", flat=True))

    assert len(visits) == 8
    assert len({visit.letter_no for visit in visits}) == 8
    assert not [v for v in visits if v.visited_on.weekday() >= 5 or v.visited_on in holidays]


def test_nobody_signs_with_the_name_of_the_office():
    decrees = Decree.objects.exclude(signer_name="")

    assert decrees.count() >= 3
    for decree in decrees:
        assert decree.signer_name.removesuffix(" (contoh)") not in (decree.signer_title, "Bupati Sintang")


def test_invented_people_say_so():
    names = [
        *User.objects.values_list("name", flat=True),
        *Official.objects.values_list("name", flat=True),
        *Facilitator.objects.values_list("name", flat=True),
        *Application.objects.exclude(name="").values_list("name", flat=True),
        *Decree.objects.exclude(signer_name="").values_list("signer_name", flat=True),
        *Contract.objects.values_list("signer_name", flat=True),
    ]

    assert len(names) > 60
    assert [name for name in names if name.count("(contoh)") != 1] == []


def test_stored_data_holds_together():
    out = StringIO()
    call_command("check_integrity", stdout=out)

    assert {line.rpartition(": ")[2] for line in out.getvalue().split("\n") if line} == {"baik"}


def test_demo_arouses_no_suspicion():
    out = StringIO()
    call_command("list_suspects", stdout=out)

    assert {line.rpartition(": ")[2] for line in out.getvalue().split("\n") if line} == {"tidak ada yang mencurigakan"}


# --- In the lists a table says once that it is invented; files and the database say it in each row ---------------------

LISTS = (
    "/keputusan/kompetensi/", "/keputusan/", "/keputusan/lokasi/", "/sk/", "/desa/?lokus=on", "/kecamatan/", "/pendamping/",
    "/pelatihan/", "/seleksi/", "/seleksi/pendamping-2020/lamaran/",
)  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_table_says_once_that_it_is_invented(client, address):
    client.force_login(User.objects.get(username="coordinator"))
    answer = client.get(address)
    assert answer.status_code == 200
    tables = re.findall(r"<table.*?</table>", answer.content.decode(), re.DOTALL)

    assert [table.count("DATA CONTOH") for table in tables] == [1]


@pytest.mark.parametrize("address", ["/kelola/districts/productionfigure/", "/kelola/districts/earlieraid/"])
def test_list_of_the_back_office_says_it_in_a_column_of_its_own(client, address):
    client.force_login(User.objects.get(username="coordinator"))
    page = client.get(address).content.decode()

    assert "DATA CONTOH" not in page.partition("<main")[2]
    assert page.count('<td class="field-sample_word">ya</td>') >= 1


def test_front_page_says_once_that_what_went_best_is_invented(client):
    page = client.get("/").content.decode().partition('id="terbaru"')[2].partition("</section>")[0]

    assert page.count("<li>") == 3 and page.count("DATA CONTOH") == 1


def test_file_of_a_list_says_it_in_each_row(client):
    lines = client.get("/kecamatan/?format=csv").content.decode().splitlines()

    assert lines[0].rstrip().endswith("Data contoh")
    assert sum(line.rstrip().endswith(";ya") for line in lines[1:]) == 14
