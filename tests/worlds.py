"""One world in which everything exists twice, ours and theirs, for the tests of access, leaks, markup and fuzzing.

``mark`` writes the text of every free field: a canary per owner, a piece of markup, or plain words.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.template import Template
from django.test import Client
from django.test.utils import _TestState, override_settings
from django.utils import timezone

from districts.competencies.panel.computing import compute
from districts.competencies.panel.snapshot import take_inputs
from districts.evidence.measures import EvidenceMeasure, measures
from districts.locations.candidates.visits import SurveyPhoto
from districts.locations.runs import compute_run, request_run
from p2emas import clock
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.tries import keys_of
from p2emas.documents.papers import shipped_template
from p2emas.imports.memory import keep_layout
from p2emas.models import (
    Agency,
    DecreeFile,
    Identity,
    Import,
    ImportFile,
    LaneUpload,
    MinutesFile,
    PaperTemplate,
    RegulationFile,
    StatusChange,
    User,
)
from programs.models import (
    AidCheckPhoto,
    FieldPhoto,
    HolderPhoto,
    ObstacleFile,
    PlanFile,
    PlanLine,
    ProcurementMethod,
    ProgressReport,
    ReportAttachment,
    ReportingPeriod,
    WorkPlan,
)
from programs.nomenclature.funds import fill_funds
from programs.nomenclature.versions import fill_versions
from programs.reporting.reopening.keeping import keep_approved
from tests import facilitator_factories as visits
from tests import factories as make
from tests import people as people_of
from tests import signed_in
from tests.pictures import JPEG
from tests.recruited import recruit

TODAY = date(2019, 10, 8)
SIGNED_IN = [*Role.values, "admin"]
EVERYBODY = ["anonymous", *SIGNED_IN]
OURS, THEIRS = "ours", "theirs"
SIDES = (OURS, THEIRS)
# Whose word is in what is not published. A district's words are in what its kecamatan office keeps.
DISTRICTS = {OURS: "our district", THEIRS: "their district"}
PLACED, LEAD, INTERNAL, SIGN_IN = "placed village", "lead agency", "internal remarks", "sign-in letters"
APPLICANTS, ANSWERS = "applicants", "answers of applicants"
DRAFTED, DRAFTED_BY_OTHERS = "unsaved drafts", "unsaved drafts of others"
PLANNERS = "what agencies say to each other while they plan"
VISITED, VISIT_DRAFTS = "visits that were sent", "drafts of visits"
OWNERS = (
    *SIDES,
    *DISTRICTS.values(),
    PLACED,
    LEAD,
    INTERNAL,
    SIGN_IN,
    APPLICANTS,
    ANSWERS,
    DRAFTED,
    DRAFTED_BY_OTHERS,
    PLANNERS,
    VISITED,
    VISIT_DRAFTS,
)
SENT_AT = datetime(2019, 10, 4, 3, 22, tzinfo=UTC)

Mark = Callable[[str], str]


@dataclass
class Side:
    """Everything of one agency and one kecamatan."""

    agency: Agency
    district: object
    village: object
    rows: dict[str, object] = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.__dict__["rows"][name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass
class World:
    sides: dict[str, Side]
    people: dict[str, User]
    lead: SimpleNamespace
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Signed in once a world; the tests roll back what its requests write."""
        if role not in self.clients:
            client = Client()
            if role != "anonymous":
                client.user = self.people[role]
                client.force_login(client.user)
            self.clients[role] = client
        return self.clients[role]


@contextmanager
def standing(blocker, mark: Mark = lambda owner: "biasa", *, counted: bool = False) -> Iterator[World]:
    """The world for all tests of a module, in one transaction that is rolled back at its end.

    Sign-ins are remembered, unless the queries of a request are ``counted``.
    """
    with blocker.unblock(), transaction.atomic():
        with clock.at(TODAY):
            world = build(mark)
            for role in EVERYBODY:
                world.client(role)
        with nullcontext() if counted else signed_in.remembered(), unobserved_templates():
            yield world
        transaction.set_rollback(True)


@contextmanager
def passwords_given(world: World) -> Iterator[World]:
    """Everybody gave the password a moment ago, however long it takes: what is grave asks nobody again."""
    for role in SIGNED_IN:
        people_of.just_now(world.client(role))
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=24 * 3600):
        yield world


@contextmanager
def unobserved_templates() -> Iterator[None]:
    """The tests of a world read what is sent; the test client would also copy the context of each partial."""
    observed = Template._render
    Template._render = _TestState.saved_data.template_render
    try:
        yield
    finally:
        Template._render = observed


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        signed_in.rolled_back()


def with_measures() -> None:
    """The measures of the migrations, where a test that commits has taken them away."""
    if not EvidenceMeasure.objects.exists():
        EvidenceMeasure.objects.bulk_create(measures().values())


def with_first_rows() -> None:
    """All that a new installation begins with, written again where a test that commits has taken it away."""
    Identity.objects.bulk_create([Identity(pk=1)], ignore_conflicts=True)  # some of them have a history
    with_measures()
    fill_funds()
    fill_versions()
    ProcurementMethod.objects.get_or_create(name="Tender", defaults={"working_days": 45})


def build(mark: Mark) -> World:
    with_measures()
    lead_agency = people_of.lead_agency()
    commodity = make.CommodityFactory()
    decree = make.DecreeFactory(source="Arsip terbuka")
    placed = None
    sides = {}
    for side in SIDES:
        sides[side] = places(side, mark, decree, commodity)
    placed = make.VillageFactory(district=sides[OURS].district, contact_name=mark(PLACED), contact_phone="0812")
    _group(placed, mark(PLACED), commodity)
    people = _people(sides, placed, lead_agency, mark)
    for side in SIDES:
        sides[side].rows["batch"] = import_of(sides[side], people["coordinator"], mark(DISTRICTS[side]))
    periods = _periods(people["coordinator"], mark)
    for side in SIDES:
        work(sides[side], side, periods, people, mark)
        uploader = people[Role.AGENCY_OPERATOR] if side == OURS else sides[side].sender
        made = sides[side]
        make.ChainAnswerFactory(
            agency=made.agency,
            village=made.rows["location"].village,
            text=f"Jawaban {mark(PLANNERS)}",
            answered_by=made.sender,
        )
        sides[side].rows["lane_upload"] = workbook_of(sides[side], uploader, mark(side))
        sides[side].rows["plan_file"] = plan_file_of(sides[side], uploader, mark(side))
        notices_of(sides[side], people, mark(side))
    lead = _lead(sides, decree, periods, people, commodity, mark)
    lead.placed = placed
    lead.measure = make.EvidenceMeasureFactory()
    lead.entry = make.NomenclatureEntryFactory()  # agencies choose from codes and funds, so these hide no word
    lead.crosswalk = make.CodeCrosswalkFactory(from_entry=lead.entry)
    lead.fund = make.FundFactory()
    lead.layout = make.RecapLabelFactory().layout
    lead.procurement = make.ProcurementMethodFactory()
    lead.list_request = make.ListRequestFactory(user=people["coordinator"], query=f"cari={mark(LEAD)}")
    lead.recruitment = recruit(sides, people, placed, mark(LEAD), mark(APPLICANTS), mark(ANSWERS))
    _visits(sides, people, lead.recruitment, mark)
    return World(sides, people, lead)


def _visits(sides: dict[str, Side], people: dict[str, User], recruited: SimpleNamespace, mark: Mark) -> None:
    """Of the facilitator who signs in, to work of ours, and of another one to theirs; each with a draft."""
    for side, made in sides.items():
        placement = recruited.placement if side == OURS else recruited.other_placement
        author = people["facilitator"] if side == OURS else make.UserFactory(name=f"Pendamping {mark(THEIRS)}")
        word, draft = (
            mark(VISITED if side == OURS else THEIRS),
            mark(VISIT_DRAFTS if side == OURS else DRAFTED_BY_OTHERS),
        )
        on = date(2019, 9, 20) if side == OURS else date(2018, 5, 4)
        fields = {"placement": placement, "author": author, "village": made.village, "visited_on": on}
        said = {"text": f"Dilihat {word}", "output_unit": f"kg {word}"[:30], "obstacle_text": f"Kendala {word}"[:500]}
        visit = visits.FieldReportFactory(**fields, **said)
        asked = visits.FieldReportFactory(asked=True, **fields, **said)
        visits.FieldReportFactory(waiting=True, **fields, **said)
        unsent = {name: text.replace(word, draft)[:30] for name, text in said.items()}
        made.rows |= {
            "visit": visit,
            "asked_visit": asked,
            "visit_draft": visits.FieldReportFactory(draft=True, **fields, **unsent),
        }
        for each in (visit, asked):
            visits.VisitedLineFactory(report=each, plan_line=made.line)
            visits.VisitReplyFactory(report=each, author=author, text=f"Balasan {word}")
        step(asked, "return", "SENT", "RETURNED", people["coordinator"], f"Berapa {word}")
        made.rows["field_photo"] = _file(
            FieldPhoto, report=visit, number=1, sent_sha256="0" * 64, original_name=f"{word}.jpg"[:120],
            caption=f"Foto {word}"[:160], uploaded_by=author,
        )  # fmt: skip
        made.rows["sale"] = visits.SalesEntryFactory(author=author, group=made.rows["group"], item=f"Kain {word}"[:80])
        made.rows["story"] = visits.StoryPartFactory(report=visits.FieldReportFactory(**fields, consent=True))
        visits.StoryPartFactory(report=visit, photo=made.rows["field_photo"], status="WITHDRAWN")


def places(side: str, mark: Mark, decree, commodity) -> Side:
    word = mark(DISTRICTS[side])
    agency = make.AgencyFactory()
    district = make.DistrictFactory()
    make.DistrictBoundaryFactory(district=district)
    competency = make.CoreCompetencyFactory(district=district, commodity=commodity, decree=decree)
    village = make.VillageFactory(district=district, contact_name=word, contact_phone=word[:20])
    location = make.TargetLocationFactory(village=village, core_competency=competency, decree=decree)
    made = Side(agency, district, village)
    made.rows |= {
        "location": location,
        "competency": competency,
        "determination": competency.determination,
        "group": _group(village, word, commodity),
        "alias": make.VillageAliasFactory(village=village),
        "district_alias": make.DistrictAliasFactory(district=district),
        "figure": make.AreaFigureFactory(village=village),
        "production": make.ProductionFigureFactory(district=district, commodity=commodity, source=f"Sumber {word}"),
        "aid": make.EarlierAidFactory(village=village, item=f"Bantuan {word}", source=f"Sumber {word}"),
        "other_village": make.VillageFactory(district=district),
    }
    return made


def import_of(made: Side, uploader: User, word: str) -> Import:
    """What a kecamatan office uploaded: one row to apply, one with an error."""
    batch = make.ImportFactory(ready=True, agency=made.district.office, uploaded_by=uploader, total=2, done=2)
    values = {"commodity_id": made.production.commodity_id, "district_id": made.district.pk, "year": 2015}
    after = values | {"measure": "HECTARE", "value": "12", "source": f"Sumber {word}", "is_sample": False}
    make.ImportRowFactory(batch=batch, action="NEW", key=f"Baris {word}"[:300], after=after)
    make.ImportRowFactory(batch=batch, action="ERROR", key=f"Galat {word}"[:300], cells=[word], message=f"Isi {word}")
    stored = ImportFile(
        batch=batch, original_name=f"{word}.csv"[:120], content_type="text/csv", size=len(JPEG), sha256="0" * 64,
        uploaded_by=uploader,
    )  # fmt: skip
    stored.file.save("berkas", ContentFile(JPEG), save=False)
    stored.save()
    keep_layout(batch.agency, batch.kind, {"columns": {"district_id": f"Judul {word}"[:60]}}, uploader)
    return batch


def workbook_of(made: Side, uploader: User, word: str) -> LaneUpload:
    """What an agency uploaded for its draft report and has not taken yet."""
    line = made.draft_report.lines.order_by("pk")[0]
    cells = {"spent_to_date": "77", "nil_reason": f"Alasan {word}"}
    return make.LaneUploadFactory(
        record=made.draft_report.pk,
        uploaded_by=uploader,
        file_name=f"{word}.xlsx"[:120],
        cells=[["Realisasi", {"spent_to_date": "D", "nil_reason": "F"}, [[5, f"b{line.pk}", cells, {}]]]],
    )


def plan_file_of(made: Side, uploader: User, word: str) -> PlanFile:
    """A file of a year's plan that names an outcome which is not there."""
    rows = [[1, ["Kode", "Kegiatan", "Sasaran"]], [2, ["9.9", f"Kegiatan {word}", f"Sasaran {word}"]]]
    columns = {"0": "code", "1": "name", "2": "outcome"}
    return make.PlanFileFactory(
        agency=made.agency,
        year=2020,
        uploaded_by=uploader,
        file_name=f"{word}.xlsx"[:120],
        tables=[[f"Renja {word}", rows]],
        layout={"sheets": [{"sheet": 0, "row": 1, "columns": columns}], "same": {}},
        notices=[f"Catatan {word}"],
    )


def notices_of(made: Side, people: dict[str, User], word: str) -> None:
    """An operator and a coordinator were told of the report of each side; theirs is in the scope of the second alone."""
    for reader in (people["agency_operator"], people["coordinator"]):
        make.NotificationFactory(user=reader, record=made.sent_report, title=f"Kabar {word}", detail=f"Isi {word}")
    make.SummarySendingFactory(period=made.sent_report.period, sent_by=people["coordinator"])
    make.CalendarAddressFactory(user=made.sender)
    make.NotificationChoiceFactory(user=made.sender)


def _group(village, word: str, commodity):
    group = make.CommunityGroupFactory(village=village, commodity=commodity, contact_name=word, contact_phone=word[:20])
    group.registration_no = f"REG {word}"[:60]
    group.save()
    return group


def _people(sides: dict[str, Side], placed, lead_agency: Agency, mark: Mark) -> dict[str, User]:
    people = {"admin": make.UserFactory(is_superuser=True, name="Admin")}
    for role in Role.values:
        agency = lead_agency
        if role in {Role.AGENCY_OPERATOR, Role.AGENCY_HEAD}:
            agency = sides[OURS].agency
        elif role == Role.DISTRICT_ADMIN:
            agency = sides[OURS].district.office
        people[role] = make.UserFactory(name=f"{role} penguji")
        make.AssignmentFactory(user=people[role], agency=agency, role=role)
        if role == Role.FACILITATOR:
            make.VillageScopeFactory(user=people[role], village=placed)
        make.SignInTryFactory(name_key=keys_of(people[role])[0])
        make.AccountTraceFactory(user=people[role])
    for side in SIDES:
        word = mark(side)
        sender = make.UserFactory(name=f"Pengirim {word}", phone=word[:20])
        make.AccountTraceFactory(user=sender, kind="LINK", about=sender, at=timezone.now() - timedelta(hours=1))
        make.AccountTraceFactory(user=sender, kind="EXPORTED", detail=f"{word}.xlsx, 1 baris")
        sides[side].rows |= {
            "sender": sender,
            "assignment": make.AssignmentFactory(user=sender, agency=sides[side].agency),
            "official": make.OfficialFactory(agency=sides[side].agency, name=f"Kepala {word}"),
        }
        clerk = make.UserFactory(name=f"Petugas {mark(DISTRICTS[side])}")
        make.AssignmentFactory(user=clerk, agency=sides[side].district.office, role=Role.DISTRICT_ADMIN)
    return people


def _periods(opener: User, mark: Mark) -> dict[str, ReportingPeriod]:
    numbers = {
        "draft": (2019, 3),
        "sent": (2019, 2),
        "approved": (2019, 1),
        "verifying": (2018, 4),
        "returned": (2018, 3),
    }
    periods = {
        name: make.ReportingPeriodFactory(year=year, number=number, opened_by=opener)
        for name, (year, number) in numbers.items()
    }
    periods["locked"] = make.ReportingPeriodFactory(
        year=2018, number=2, opened_by=opener, status=ReportingPeriod.Status.LOCKED
    )
    step(periods["locked"], "lock", "OPEN", "LOCKED", opener, mark(LEAD))
    return periods


def step(record, name: str, old: str, new: str, actor: User, note: str = "") -> StatusChange:
    return StatusChange.objects.create(
        content_type=ContentType.objects.get_for_model(type(record)),
        object_id=record.pk,
        step=name,
        old=old,
        new=new,
        actor=actor,
        note=note,
        at=SENT_AT,
    )


# a number and its date come together; what set a plan is public
REGULATION: dict[str, Any] = {"regulation_no": "27 Tahun 2018", "regulation_date": date(2018, 7, 2)}


def work(made: Side, side: str, periods: dict, people: dict[str, User], mark: Mark) -> None:
    word, coordinator = mark(side), people["coordinator"]
    plans = {
        year: make.WorkPlanFactory(agreed=True, agency=made.agency, year=year, submitted_by=made.sender, **REGULATION)
        for year in (2018, 2019)
    }
    lines = {}
    for year, plan in plans.items():
        line = lines[year] = make.PlanLineFactory(plan=plan, target_location=made.location)
        make.PlanLineTargetFactory(plan_line=line)
        made.rows[f"month_{year}"] = make.MonthlyProgressFactory(line=line, note=f"Catatan {word}")
        make.MonthlyPlanFactory(line=line)
        indicator = make.IndicatorFactory(activity=line.activity)
        make.IndicatorTargetFactory(indicator=indicator, year=year)
        made.rows[f"indicator_{year}"] = indicator
    _renstra(made, lines[2019].activity, made.rows["indicator_2019"], word)
    made.rows |= {
        "plan": plans[2019],
        "line": lines[2019],
        "draft_plan": _draft_plan(made, plans[2019], lines[2019], word),
    }
    for name, period in periods.items():
        if name != "locked":
            _report(made, name, period, plans[period.year], lines[period.year], coordinator, mark, word)
    _sent_on(made, word)
    _aid(made, word)
    _meetings(made, coordinator, word, mark(LEAD))
    texts = {"reason": mark(LEAD), "sources": mark(LEAD), "waived_reason": mark(LEAD)}  # of a draft sent back
    made.rows["evaluation"] = make.EvaluationFactory(
        submitted=True, target_location=made.location, submitted_by=coordinator, **texts
    )
    made.rows["comparison"] = make.ComparisonSetFactory()
    make.ComparisonVillageFactory(
        comparison_set=made.rows["comparison"], village=made.other_village, side="SPILLOVER", reason=mark(LEAD)[:200]
    )
    told = dict.fromkeys(("steps", "roles", "conditions", "risks"), mark(LEAD))
    made.rows["package"] = make.ModelPackageFactory(target_location=made.location, **told)
    _absence(made, word)
    made.rows["payment"] = make.TreasuryEntryFactory(
        activity=lines[2019].activity, sp2d_no=f"900/{word}"[:60], account=word[:40], text=f"Uraian {word}"[:300]
    )
    typist, owner = (people["agency_operator"], DRAFTED) if side == OURS else (made.sender, DRAFTED_BY_OTHERS)
    row = made.draft_report.lines.get()
    typed = {f"b{row.pk}-spent_to_date": ["1"], f"b{row.pk}-nil_reason": [f"Belum disimpan {mark(owner)}"]}
    made.rows["form_draft"] = make.FormDraftFactory(user=typist, record=made.draft_report, typed=typed)


def _sent_on(made: Side, word: str) -> None:
    """An obstacle that the agency raised outside its reports and has to answer itself."""
    routed = make.ObstacleFactory(
        routed=True,
        standalone=True,
        raised_by=made.agency,
        raised_by_user=made.sender,
        responsible=made.agency,
        activity=made.line.activity,
        village=make.VillageFactory(),
        text=f"Diteruskan {word}",
        cause=f"Sebabnya {word}",
        follow_up=f"Dicoba {word}",
    )
    made.rows["routed_obstacle"] = routed
    make.ObstacleNoticeFactory(obstacle=routed, text=f"Untuk umum {word}"[:240], published_by=made.sender)
    made.rows["obstacle_file"] = _file(
        ObstacleFile,
        obstacle=routed,
        original_name=f"{word}.jpg"[:120],
        caption=f"Surat {word}",
        uploaded_by=made.sender,
    )


def _aid(made: Side, word: str) -> None:
    """What the agency gave to a group elsewhere, counted once. The item is public, its papers are not."""
    group = make.CommunityGroupFactory(village=made.rows["routed_obstacle"].village)
    papers = {f"{name}_no": f"{name} {word}"[:80] for name in ("proposal", "recipient_decree", "grant", "handover")}
    given = make.AidPackageFactory(
        plan_line=made.line, group=group, created_by=made.sender, handed_on=date(2018, 10, 24), **papers
    )
    check = make.AidCheckFactory(package=given, note=f"Periksa {word}"[:300], checked_by=made.sender)
    photo = _file(
        AidCheckPhoto,
        check_made=check,
        original_name=f"{word}.jpg"[:120],
        caption=f"Kandang {word}",
        uploaded_by=made.sender,
    )
    duty = make.AidDutyFactory(package=given, clause=f"Klausul {word}"[:200])
    taker = make.CommunityGroupFactory(village=made.village)
    make.RevolvingStepFactory(duty=duty, to_group=taker, written_by=made.sender)
    slip = make.HandoverSlipFactory(package=given, printed_by=made.sender)
    said = make.HolderStatementFactory(package=given, slip=slip, note=f"Kata pemegang {word}"[:500])
    _file(
        HolderPhoto,
        statement=said,
        original_name=f"{word}.jpg"[:120],
        caption=f"Barang {word}",
        uploaded_by=None,
    )
    make.StatementWitnessFactory(statement=said, note=f"Telepon {word}"[:300], written_by=made.sender)
    made.rows |= {
        "aid_duty": duty,
        "aid_slip": slip,
        "aid_statement": said,
        "aid_package": given,
        "aid_check": check,
        "aid_photo": photo,
    }


def _meetings(made: Side, coordinator: User, word: str, person: str) -> None:
    """One that the agency is invited to, and what it promised at the one before."""
    coming = make.MeetingFactory(
        invited=True,
        place=f"Ruang {word}"[:160],
        subject=f"Acara {word}"[:300],
        source=f"Surat {word}"[:300],
        prepared_by=coordinator,
    )
    held = make.MeetingFactory(held=True, subject=f"Lalu {word}"[:300], prepared_by=coordinator)
    for meeting in (coming, held):
        make.MeetingAttendanceFactory(meeting=meeting, agency=made.agency)
        make.MeetingAttendanceFactory(
            meeting=meeting, agency=None, name=f"Kades {person}"[:120], title=f"Desa {person}"[:120], was_there=True
        )
    line = make.AgendaLineFactory(
        meeting=coming,
        note=f"Catatan {word}",
        title=f"Butir {word}"[:200],
        detail=f"Rinci {word}"[:600],
        presenter=f"Camat {word}"[:120],
    )
    fields = {"responsible": made.agency, "created_by": coordinator}
    item = make.ActionItemFactory(meeting=held, text=f"Janji {word}"[:500], **fields)
    done = make.ActionItemFactory(done=True, ended_by=made.sender, meeting=held, text=f"Beres {word}"[:500], **fields)
    step(done, "close", "OPEN", "DONE", made.sender, f"Dikerjakan {word}")
    made.rows |= {"meeting": coming, "held_meeting": held, "action_item": item, "done_item": done}
    made.rows["agenda_line"] = line


def _absence(made: Side, word: str) -> None:
    """The operator asks for a deputy."""
    made.rows["absence"] = make.AbsenceFactory(
        person=made.sender,
        agency=made.agency,
        stand_in=make.UserFactory(name=f"Pengganti {word}"[:120]),
        acting="PLH",
        replaces=made.official,
        rank=f"Pangkat {word}"[:60],
    )


def _renstra(made: Side, activity, indicator, word: str) -> None:
    """The five-year work that ``activity`` continues; an agency's own."""
    renstra = make.RenstraActivityFactory(
        agency=made.agency, code=word[:30], name=f"Renstra {word}", programme_name=f"Program Renstra {word}"
    )
    target = make.RenstraTargetFactory(activity=renstra, name=f"Sasaran Renstra {word}", unit=word[:30])
    activity.renstra, indicator.renstra_target = renstra, target
    activity.save()
    indicator.save()
    made.rows |= {"renstra": renstra, "renstra_target": target}


def _draft_plan(made: Side, agreed: WorkPlan, line: PlanLine, word: str) -> WorkPlan:
    """A change in preparation: nothing of it is anybody else's business."""
    draft = make.WorkPlanFactory(
        agency=made.agency,
        year=agreed.year,
        kind=WorkPlan.Kind.PERUBAHAN,
        sequence=2,
        supersedes=agreed,
        regulation_no=f"Peraturan {word}",
        regulation_date=REGULATION["regulation_date"],
    )
    secret = make.ActivityFactory(agency=made.agency, name=f"Kegiatan {word}", programme_name=f"Program {word}")
    indicator = make.IndicatorFactory(activity=secret, name=f"Indikator {word}", source=word)
    make.IndicatorTargetFactory(indicator=indicator, baseline_source=word)
    kept = make.PlanLineFactory(
        plan=draft,
        activity=line.activity,
        target_location=made.location,
        continues=line,
        proposal_no=word[:60],
        proposal_text=f"Usulan {word}",
    )
    new = make.PlanLineFactory(
        plan=draft, activity=secret, other_village=made.other_village, exception_reason=f"Alasan {word}", unit=word[:30]
    )
    step(draft, "withdraw", "SUBMITTED", "DRAFT", made.sender, f"Ditarik {word}")
    made.rows |= {"draft_line": new, "draft_kept_line": kept, "draft_indicator": indicator, "draft_activity": secret}
    return draft


def _report(made: Side, name: str, period, plan, line, coordinator: User, mark: Mark, word: str) -> None:
    traits = {"draft": {"draft": True}, "sent": {"sent": True}, "approved": {"approved": True}}
    fields = traits.get(name, {"sent": True})
    if name != "draft":
        fields |= {"submitted_by": made.sender}
    if name == "approved":
        fields |= {"decided_by": coordinator}
    if name == "verifying":
        fields |= {"status": ProgressReport.Status.VERIFYING, "claimed_by": coordinator}
    if name == "returned":
        fields |= {"status": ProgressReport.Status.RETURNED, "decided_by": coordinator, "decided_at": SENT_AT}
    report = make.ProgressReportFactory(
        period=period,
        agency=made.agency,
        plan=plan,
        supporting_factor=f"Pendorong {word}",
        hindering_factor=f"Penghambat {word}",
        next_step=f"Lanjut {word}",
        next_plan_step=f"Usulan {word}",
        letter_no=f"800/{word}",
        signer_name=f"Kepala {word}",
        **fields | {"has_obstacles": True},
    )
    row = make.ReportLineFactory(
        report=report, plan_line=line, correction="CORRECTION", correction_reason=f"Turun {word}"
    )
    obstacle = make.ObstacleFactory(
        raised_by=made.agency,
        raised_by_user=made.sender,
        text=f"Kendala {word}",
        cause=f"Sebab {word}",
        follow_up=f"Tindak {word}",
    )
    report.obstacles.add(obstacle)
    make.IndicatorValueFactory(report=report, indicator=made.rows[f"indicator_{period.year}"], source=f"Sumber {word}")
    make.ReportCommentFactory(report=report, line=row, author=coordinator, text=f"Mohon {word}")
    make.ReportCommentFactory(report=report, author=coordinator, text=f"Antar kita {mark(INTERNAL)}", internal=True)
    make.DueDateChangeFactory(report=report, by=coordinator, reason=f"Banjir {word}")
    if name != "draft":
        step(report, "submit", "DRAFT", "WAITING", made.sender)
        made.rows[f"{name}_receipt"] = make.ReceiptFactory(number=report.number, record=report)
    if name == "returned":
        step(report, "return", "VERIFYING", "RETURNED", coordinator, f"Kembali {word}")
    if name == "approved":
        made.rows["approved_request"] = make.ReopenRequestFactory(
            report=report, asked_by=made.sender, reason=f"Koreksi {word}"
        )
        keep_approved(report)  # of a correction that is approved since
    attachment = _file(
        ReportAttachment,
        report=report,
        line=row,
        kind=ReportAttachment.Kind.PHOTO,
        original_name=f"{word}.jpg"[:120],
        caption="" if name == "approved" else f"Foto {word}",  # the caption of an approved photo is published
        uploaded_by=made.sender,
    )
    made.rows |= {
        f"{name}_report": report,
        f"{name}_row": row,
        f"{name}_file": attachment,
        f"{name}_obstacle": obstacle,
    }


def _lead(sides, decree, periods, people, commodity, mark: Mark) -> SimpleNamespace:
    word = mark(LEAD)
    draft = make.DecreeFactory(draft=True, about=f"Rancangan {word}", source=word)
    _file(
        DecreeFile,
        decree=draft,
        original_name=f"{word}.jpg",
        caption=f"Pindaian {word}",
        uploaded_by=people["coordinator"],
    )
    make.DecreeItemFactory(decree=draft, village=sides[OURS].other_village)
    minutes = make.MinutesFactory(present=word, text="Isi rapat", source="Arsip terbuka")
    draft_minutes = make.MinutesFactory(draft=True, about=f"Rapat {word}", place=word, present=word, source=word)
    draft_regulation = make.RegulationFactory(is_public=False, about=f"Pedoman {word}", text=word, source=word)
    regulation = make.RegulationFactory(source="Arsip terbuka")
    for model, owner in (
        (MinutesFile, {"minutes": draft_minutes}),
        (RegulationFile, {"regulation": draft_regulation}),
    ):
        _file(
            model, **owner, original_name=f"{word}.jpg", caption=f"Pindaian {word}", uploaded_by=people["coordinator"]
        )
    step(draft_minutes, "note", "DRAFT", "DRAFT", people["coordinator"], word)
    determinations = {
        side: make.CompetencyDeterminationFactory(
            draft=True, district=sides[side].district, reason=f"Alasan {word}", dissent=word, sources=word
        )
        for side in SIDES
    }
    step(draft, "note", "DRAFT", "DRAFT", people["coordinator"], word)
    panels = {side: _panels(side, people, commodity, mark) for side in SIDES}
    ours = SimpleNamespace(
        decree=decree,
        draft_decree=draft,
        minutes=minutes,
        draft_minutes=draft_minutes,
        regulation=regulation,
        draft_regulation=draft_regulation,
        paper_template=PaperTemplate.objects.create(kind="minutes", content=shipped_template("minutes")),
        determinations=determinations,
        panels=panels,
        rounds=_rounds(sides, people, commodity, mark),
        periods=periods,
        letter=make.OutboxMessageFactory(subject=f"Undangan {word}", body=f"Isi {word}"),
        failed_letter=make.OutboxMessageFactory(
            subject=f"Gagal {word}", released_at=SENT_AT, last_error=f"Galat {word}", attempts=1
        ),
        sign_in_letter=make.OutboxMessageFactory(
            kind="password_reset", immediate=True, released_at=SENT_AT, subject=f"Sandi {mark(SIGN_IN)}"
        ),
        commodity=commodity,
        holiday=make.HolidayFactory(),
    )
    ours.outcome = make.OutcomeFactory()
    ours.program = ours.outcome.program
    ours.indicator = make.IndicatorFactory(
        activity=None,
        outcome=ours.outcome,
        name="Pendapatan keluarga",
        ledger="WELFARE",
        formula="end_value",
        unit="Rp ribu",
        notebook="SALES",
    )
    return ours


def _panels(side: str, people: dict[str, User], commodity, mark: Mark) -> SimpleNamespace:
    """Determinations by a panel: in preparation, scored (the panelist sits on ours), discussed, and set by a decree."""
    word = mark(LEAD)
    texts = {"reason": f"Alasan {word}", "dissent": word, "discussion": word, "sources": word}
    states = {"draft": "DRAFT", "scored": "SCORED", "discussed": "DISCUSSED", "enacted": "ENACTED"}
    made = {}
    for name, status in states.items():
        decree = make.DecreeFactory() if name == "enacted" else None
        published = {"reason": "Sudah lama diusahakan.", "sources": "Rapat"} if name == "enacted" else texts
        record = make.CompetencyDeterminationFactory(
            panel=True, status=status, decree=decree, chosen=commodity, **published
        )
        option = make.CompetencyOptionFactory(determination=record, commodity=commodity)
        if name != "enacted":
            analysis = make.DeterminationAnalysisFactory(determination=record, name=f"Hitungan {word}")
            option.analysis = analysis
            option.save()
            if name != "draft":  # which asks for a quotient: one commodity alone has none
                make.AnalysedCommodityFactory(analysis=analysis, commodity=commodity)
        criterion = make.DeterminationCriterionFactory(determination=record)
        sitting = people["panelist"] if side == OURS else make.UserFactory(name=f"Penilai {word}")
        seats = [make.AssessorSeatFactory(determination=record, user=sitting)] if name != "draft" else []
        if name != "draft":
            seats.append(make.AssessorSeatFactory(determination=record, note=f"Catatan {word}", scored_at=SENT_AT))
            make.PanelScoreFactory(option=option, criterion=criterion, seat=seats[1])
        record.inputs = _inputs(record, option, criterion, scored=name in ("discussed", "enacted"))
        record.results = compute(record.inputs) if name in ("discussed", "enacted") else None
        record.save()
        if name == "draft":
            make.InapplicableCriterionFactory(option=option, reason=f"Tidak ditimbang {word}")
        made[name] = record
    return SimpleNamespace(**made, analysis=made["draft"].analyses.get())


def _rounds(sides: dict[str, Side], people: dict[str, User], commodity, mark: Mark) -> SimpleNamespace:
    """Selection rounds: one that nobody outside has seen, one being weighed, one with the head, one set by a decree."""
    word = mark(LEAD)
    made = {}
    for name, status in {
        "draft": "DRAFT",
        "scoring": "SCORING",
        "submitted": "SUBMITTED",
        "enacted": "ENACTED",
    }.items():
        published = name == "enacted"
        record = make.SelectionRoundFactory(
            status="SCORING",
            quota=1,
            discussion="" if published else f"Pembahasan {word}",
            sources="Rapat" if published else word,
            decree=make.DecreeFactory() if published else None,
            submitted_by=people["coordinator"] if name in ("submitted", "enacted") else None,
        )
        criterion = make.CriterionFactory(round=record)
        for side in SIDES:
            owner = "" if published else f" {mark(DISTRICTS[side])}"
            candidate = make.CandidateFactory(
                round=record,
                village=sides[side].village,
                commodity=commodity,
                existing_activity=f"Menanam cabai{owner}",
                choice="RESERVE" if side == OURS else "CHOSEN",
                reserve_rank=1 if side == OURS else None,
                reason="Alasan" if published else f"Alasan {word}",
                status=("RESERVE" if side == OURS else "CHOSEN") if published else "ELIGIBLE",
            )
            make.CandidateValueFactory(candidate=candidate, criterion=criterion, value=40 if side == OURS else 60)
            visit = make.SurveyVisitFactory(candidate=candidate, findings=f"Temuan{owner}")
            _file(SurveyPhoto, visit=visit, original_name=f"foto{owner}.jpg", uploaded_by=people["coordinator"])
            made[f"{name}_{side}"] = candidate
        run = request_run(selection=record, asked_by=people["coordinator"])
        compute_run.func(run.pk)  # jobs start when the transaction ends, and this one never does
        type(record).objects.filter(pk=record.pk).update(
            status=status, run=run if name in ("submitted", "enacted") else None
        )
        record.refresh_from_db()
        made[name] = record
    make.CriterionFactory(round=made["draft"])  # two can be compared
    made |= _open_round(sides, commodity, mark)
    for side in SIDES:
        made[f"visit_{side}"] = _visit(made[f"scoring_{side}"], people["coordinator"], mark(DISTRICTS[side]))
    return SimpleNamespace(**made)


def _open_round(sides: dict[str, Side], commodity, mark: Mark) -> dict[str, object]:
    """A round that takes proposals today, with one of each kecamatan."""
    record = make.SelectionRoundFactory(
        status="OPEN", opens=date(2019, 10, 1), closes=date(2019, 10, 31), sources=mark(LEAD)
    )
    make.CriterionFactory(round=record)
    made: dict[str, object] = {"open": record}
    for side in SIDES:
        word = mark(DISTRICTS[side])
        made[f"open_{side}"] = make.CandidateFactory(
            round=record,
            village=sides[side].village,
            commodity=commodity,
            status="PROPOSED",
            existing_activity=f"Menenun {word}",
            output=word,
            source=word,
        )
    return made


def _visit(candidate, uploader: User, word: str):
    visit = make.SurveyVisitFactory(candidate=candidate, findings=f"Temuan {word}", letter_no=f"094/{word}"[:80])
    photo = SurveyPhoto(
        visit=visit,
        original_name=f"{word}.jpg"[:120],
        caption=f"Foto {word}",
        content_type="image/jpeg",
        size=len(JPEG),
        sha256="0" * 64,
        uploaded_by=uploader,
    )
    photo.file.save("berkas", ContentFile(JPEG), save=False)
    photo.save()
    return visit


def _inputs(record, option, criterion, *, scored: bool) -> dict:
    inputs = take_inputs(record)
    return inputs | {"assessors": 1, "scores": [[option.pk, criterion.pk, 1, 4]]} if scored else inputs


def _file(model, **fields):
    """A stored photo of one dot, no matter what its name says."""
    stored = model(content_type="image/jpeg", size=len(JPEG), sha256="0" * 64, **fields)
    stored.file.save("berkas", ContentFile(JPEG), save=False)
    stored.save()
    return stored
