"""A world (tests/worlds.py) with more of everything that any page lists, for counting queries and weighing pages."""

from datetime import date, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.test import Client

from p2emas.accounts.sign_in.tries import keys_of
from p2emas.imports.memory import keep_layout
from p2emas.models import DecreeFile, MinutesFile, RegulationFile
from programs.models import (
    AidCheckPhoto,
    FieldPhoto,
    HolderPhoto,
    Meeting,
    ObstacleFile,
    PlanLine,
    ReportAttachment,
    ReportingPeriod,
    StatementWitness,
    WorkPlan,
)
from tests import facilitator_factories as visits
from tests import factories as make
from tests import grown_recruitment, grown_selection, worlds

TEXT = """
pelatihan pengadaan bibit karet tenun ikat sawit lada rotan kelompok tani wanita desa kecamatan pendampingan pasar
rumah produksi jalan usaha penyuluhan sertifikasi lahan kebun benih pupuk alat pascapanen koperasi modal pameran
promosi wisata madu ikan kolam ternak air bersih listrik jembatan gudang mutu kemasan survei pemetaan bimbingan
"""
VOCABULARY = TEXT.split()


# What one page holds at most: files are counted, villages decreed, agencies members of the forum; nobody writes more
# obstacles into one quarter.
MOST = {"files": 30 - 1, "villages": 14, "agencies": 30, "obstacles": 14}


class Words:
    """Text as people write it, the same in every run and no two alike: what repeats itself compresses too well."""

    def __init__(self, seed: int) -> None:
        self.random, self.given = Random(seed), set()

    def __call__(self, count: int) -> str:
        text = " ".join(self.random.choices(VOCABULARY, k=count)).capitalize()
        if text in self.given:  # of two words there are not many: a number tells them apart
            text = f"{text} {len(self.given)}"
        self.given.add(text)
        return text

    def money(self) -> int:
        return self.random.randrange(10_000_000, 900_000_000, 12_500)


def grow(world: worlds.World, more: int, *, sides: int = 0, lines: int = 0) -> None:
    """``more`` further rows of everything that no page holds fewer of (``MOST``).

    ``sides`` (or as many) further agencies with their kecamatan and work; ``lines`` (or as many) in each plan.
    """
    first = ReportingPeriod.objects.count() - len(world.lead.periods)  # a world may grow again
    words = Words(first)
    _more_sides(world, sides or more, words)
    ours = world.sides[worlds.OURS]
    for number in range(first, first + more):
        _places(world, ours, number, words)
        _lead(world, number, words)
        _references(world, ours, number, words)
        _people(world, ours, number, words)
        _period(world, ours, number)
        grown_selection.grow_panels(world, number, words)
        grown_selection.grow_rounds(world, ours, number, words)
        grown_recruitment.grow_recruitment(world, ours, number, words)
        _visits(world, ours, number, words)
    grown_selection.compute_again(world)
    _lines(world, ours, lines or more, words)
    _steps_and_edits(world, ours, more, words)


def _more_sides(world: worlds.World, sides: int, words: Words) -> None:
    first = world.sides[worlds.OURS]
    for _number in range(sides):
        made = worlds.places(worlds.OURS, lambda owner: words(3), world.lead.decree, world.lead.commodity)
        made.agency.short_name, made.agency.name = words(2), f"Dinas {words(4)}"
        made.agency.save()
        made.rows |= {"sender": first.sender, "official": make.OfficialFactory(agency=made.agency)}
        worlds.work(made, worlds.OURS, world.lead.periods, world.people, lambda owner: words(5))


def _places(world: worlds.World, ours: worlds.Side, number: int, words: Words) -> None:
    village = make.VillageFactory(district=ours.district, name=words(2))
    group = make.CommunityGroupFactory(village=ours.village, name=words(3), commodity=world.lead.commodity)
    group.name = words(3)
    group.save()
    make.CommunityGroupFactory(village=village, name=words(3))
    make.VillageAliasFactory(village=ours.village, name=words(2))
    make.DistrictAliasFactory(district=ours.district, name=f"{words(2)} {number}")
    make.AreaFigureFactory(village=ours.village, year=1900 + number, source=words(4))
    commodity = make.CommodityFactory(name=f"{words(3)} {number}", parent=world.lead.commodity)
    _evidence(world, ours, commodity, number, words)
    decree = make.DecreeFactory(about=words(9), source=words(4))
    over = {
        "valid_from": date(2000, 1, 1) + timedelta(days=number),
        "valid_until": date(2016, 1, 1),
        "closed_by": decree,
    }
    competency = make.CoreCompetencyFactory(district=ours.district, commodity=commodity, decree=decree, **over)
    make.TargetLocationFactory(village=ours.village, core_competency=competency, decree=decree, **over)
    more = make.TargetLocationFactory(village=village, core_competency=ours.competency, decree=world.lead.decree)
    decided = {"decided": True, "reason": words(20), "sources": words(6), "minutes": world.lead.minutes}
    make.EvaluationFactory(target_location=more, **decided)
    make.EvaluationFactory(target_location=ours.location, **decided)
    compared = make.ComparisonSetFactory(frozen=True, later_year=2017 + number)
    for side, where in (("SUPPORTED", ours.village), ("COMPARED", village)):
        make.ComparisonVillageFactory(comparison_set=compared, village=where, side=side)
    make.ComparisonVillageFactory(comparison_set=ours.comparison, village=village)
    told = {name: words(30) for name in ("steps", "roles", "conditions", "risks")}
    make.ModelPackageFactory(target_location=more, published=True, **told)
    if number < MOST["villages"]:
        make.DecreeItemFactory(decree=world.lead.draft_decree, village=village)
    make.DecreeItemFactory(decree=world.lead.decree, village=village)
    for made in (world.lead.decree, world.lead.draft_decree):
        _stored(DecreeFile, ours, words, decree=made)
    _instruments(world, ours, words)
    make.CompetencyDeterminationFactory(
        district=ours.district,
        year=1950 + number,
        reason=words(12),
        chosen=world.lead.commodity,
        minutes=world.lead.minutes,
    )


def _visits(world: worlds.World, ours: worlds.Side, number: int, words: Words) -> None:
    """Further visits of the facilitator who signs in, in each state, to the work of ours; photos are five at most."""
    fields = {
        "placement": world.lead.recruitment.placement,
        "author": world.people["facilitator"],
        "village": ours.village,
    }
    for trait in ({}, {"asked": True}, {"waiting": True}, {"draft": True}):
        report = visits.FieldReportFactory(**fields, **trait, text=words(30), output_unit=words(1))
        visits.VisitedLineFactory(report=report, plan_line=ours.line)
        if "asked" in trait:
            worlds.step(report, "return", "SENT", "RETURNED", world.people["coordinator"], words(8))
    for item in (words(2), words(2)):
        visits.SalesEntryFactory(author=fields["author"], group=ours.group, item=item, unit=words(1)[:30])
    visits.StoryPartFactory(
        report__placement=fields["placement"],
        report__author=fields["author"],
        report__village=ours.village,
        report__text=words(60),
    )
    visits.VisitReplyFactory(report=ours.visit, author=ours.sender, text=words(12))
    if number < 4:
        _stored(FieldPhoto, ours, words, report=ours.visit, number=number + 2, sent_sha256="0" * 64, caption=words(6))
    village = make.VillageFactory(district=ours.district, name=words(2))
    location = make.TargetLocationFactory(village=village, core_competency=ours.competency, decree=world.lead.decree)
    visits.PlacementFactory(target_location=location, starts=date(2019, 1, 2))


def _instruments(world: worlds.World, ours: worlds.Side, words: Words) -> None:
    make.MinutesFactory(about=words(9), place=words(3), present=words(5), text=words(20), source=words(4))
    make.RegulationFactory(about=words(9), text=words(20), source=words(4))
    Meeting.objects.filter(pk=ours.rows["meeting"].pk).update(minutes=world.lead.minutes)
    for made in (world.lead.minutes, world.lead.draft_minutes):
        _stored(MinutesFile, ours, words, minutes=made)
    for made in (world.lead.regulation, world.lead.draft_regulation):
        _stored(RegulationFile, ours, words, regulation=made)


def _evidence(world: worlds.World, ours: worlds.Side, commodity, number: int, words: Words) -> None:
    make.EvidenceMeasureFactory(unit=words(1)[:20])
    make.FundFactory(label=words(2)[:80])
    above = world.lead.entry
    below = make.NomenclatureEntryFactory(
        version=above.version, parent_code=above.code, level="BIDANG", code=f"{above.code}.{number}"
    )
    make.CodeCrosswalkFactory(note=words(3), from_entry=below, to_entry=world.lead.crosswalk.to_entry)
    make.ProductionFigureFactory(district=ours.district, commodity=commodity, source=words(4))
    make.ProductionFigureFactory(district=ours.district, commodity=commodity, year=2015, source=words(4))
    make.EarlierAidFactory(village=ours.village, item=words(4), source=words(3))
    worlds.import_of(ours, world.people["coordinator"], words(2))
    worlds.workbook_of(ours, world.people["agency_operator"], "isian")
    make.ListRequestFactory(user=world.people["coordinator"], query=f"cari={words(1)}")
    after = ours.batch.rows.to_apply().order_by("number")[0].after
    make.ImportRowFactory(batch=ours.batch, action="NEW", key=words(3), after=after)
    make.ImportRowFactory(batch=ours.batch, action="ERROR", key=words(3), message=words(6), cells=[words(2)])


def _references(world: worlds.World, ours: worlds.Side, number: int, words: Words) -> None:
    """What plans are made of: lists, ways of procurement, answers to each other, files that wait."""
    make.NomenclatureVersionFactory(code=f"contoh-{number}", regulation=words(5))
    make.ProcurementMethodFactory(name=f"{words(2)} {number}"[:60])
    make.RecapLabelFactory(layout=world.lead.layout, number=str(20 + number), label=words(3))
    operator = world.people["agency_operator"]
    answer = {"agency": ours.agency, "village": ours.other_village, "answered_by": operator}
    make.ChainAnswerFactory(**answer, year=1990 + number, text=words(8))
    make.PlanFileFactory(agency=ours.agency, uploaded_by=operator)


def _lead(world: worlds.World, number: int, words: Words) -> None:
    make.OutboxMessageFactory(subject=words(5), body=words(30))
    make.OutboxMessageFactory(subject=words(5), released_at=worlds.SENT_AT, last_error=words(4), attempts=1)
    make.OutboxMessageFactory(subject=words(5), released_at=worlds.SENT_AT, sent_at=worlds.SENT_AT)
    for role in ("coordinator", "agency_operator"):
        for record in (world.sides[worlds.OURS].sent_report, world.sides[worlds.OURS].plan):
            make.NotificationFactory(user=world.people[role], record=record, title=words(8), detail=words(6))
    make.HolidayFactory(name=words(3), date=date(2021, 1, 1) + timedelta(days=number))
    program = make.ProgramFactory(name=f"{words(4)} {number}")
    make.OutcomeFactory(program=program, name=words(6))
    outcome = make.OutcomeFactory(program=world.lead.program, name=words(6))
    indicator = make.IndicatorFactory(activity=None, outcome=outcome, name=words(5), ledger="WELFARE")
    make.IndicatorTargetFactory(indicator=indicator)


def _people(world: worlds.World, ours: worlds.Side, number: int, words: Words) -> None:
    person = make.UserFactory(name=words(2), phone="0812000000")
    make.AssignmentFactory(user=person, agency=ours.agency)
    member = {} if number < MOST["agencies"] else {"member_from": None}
    agency = make.AgencyFactory(short_name=words(2), name=f"Dinas {words(4)}", **member)
    make.AssignmentFactory(user=ours.sender, agency=agency)
    keep_layout(agency, "produksi", {"columns": {"district_id": words(2)}}, ours.sender)
    make.WorkPlanFactory(agency=agency, agreed=True)
    _meetings(world, ours, agency, words)
    make.OfficialFactory(agency=ours.agency, name=words(2))
    away = {"valid_from": date(2018, 1, 1) + timedelta(days=number), "rank": words(2)}
    make.AbsenceFactory(agency=ours.agency, person=ours.sender, asked_by=person, stand_in=person, **away)
    make.AbsenceFactory(agency=ours.agency, person=person, stand_in=ours.sender, named=True)
    for role in ("coordinator_head", "agency_operator"):
        Client().force_login(world.people[role])
        make.SignInTryFactory(name_key=keys_of(world.people[role])[0])
        make.AccountTraceFactory(user=world.people[role])
    draft_of = {"user": world.people["agency_operator"], "record": ours.draft_report}
    make.FormDraftFactory(**draft_of, typed={"b0-nil_reason": [words(8)]})
    ended = {"ended_at": worlds.SENT_AT, "ended_by": "Dikirim"}
    make.FormDraftFactory(**draft_of, **ended, typed={"b0-nil_reason": [words(8)]})


def _meetings(world: worlds.World, ours: worlds.Side, agency, words: Words) -> None:
    fields = {"prepared_by": world.people["coordinator"], "subject": words(9), "place": words(3)}
    held = make.MeetingFactory(held=True, **fields)
    for meeting in (held, make.MeetingFactory(invited=True, **fields)):
        make.MeetingAttendanceFactory(meeting=meeting, agency=ours.agency)
        make.AgendaLineFactory(meeting=meeting, title=words(6), detail=words(9))
        make.MeetingAttendanceFactory(meeting=meeting, agency=None, name=words(2), title=words(3), was_there=True)
    make.MeetingAttendanceFactory(meeting=ours.meeting, agency=None, name=words(2), was_there=True)
    make.AgendaLineFactory(meeting=ours.meeting, title=words(6), detail=words(9))
    make.MeetingAttendanceFactory(meeting=ours.meeting, agency=agency)
    for meeting in (held, ours.held_meeting, ours.meeting):
        item = {"meeting": meeting, "responsible": ours.agency, "created_by": world.people["coordinator"]}
        make.ActionItemFactory(**item, text=words(12))
        done = make.ActionItemFactory(done=True, ended_by=ours.sender, **item, text=words(12))
        worlds.step(done, "close", "OPEN", "DONE", ours.sender, words(9))


def _period(world: worlds.World, ours: worlds.Side, number: int) -> None:
    """Quarters of the past, each with a report that was approved."""
    period = make.ReportingPeriodFactory(
        year=2017 - number // 4, number=number % 4 + 1, opened_by=world.people["coordinator"]
    )
    if number % 2:
        ReportingPeriod.objects.filter(pk=period.pk).update(status=ReportingPeriod.Status.LOCKED)
    plan = WorkPlan.objects.filter(agency=ours.agency, year=period.year).first() or make.WorkPlanFactory(
        agreed=True, agency=ours.agency, year=period.year
    )
    make.ProgressReportFactory(period=period, agency=ours.agency, plan=plan, approved=True, submitted_by=ours.sender)


def _lines(world: worlds.World, ours: worlds.Side, more: int, words: Words) -> None:
    reports = [getattr(ours, f"{name}_report") for name in ("draft", "sent", "approved", "verifying", "returned")]
    for number in range(more):
        _draft_line(ours, number, words)
        for plan in {report.plan for report in reports}:
            line = _plan_line(ours, plan, words)
            for report in reports:
                if report.plan_id == plan.pk:
                    _report_rows(world, ours, report, line, number, words)


def _draft_line(ours: worlds.Side, number: int, words: Words) -> PlanLine:
    line = _plan_line(ours, ours.draft_plan, words)
    make.PlanLineFactory(
        plan=ours.draft_plan,
        activity=line.activity,
        other_village=ours.other_village,
        exception_reason=words(8),
        commodity=make.CommodityFactory(name=words(5)),
    )
    other = make.IndicatorFactory(activity=ours.draft_activity, name=words(7), source=words(3))
    make.IndicatorTargetFactory(indicator=other, baseline_source=words(3))
    if number < MOST["villages"]:
        village = make.VillageFactory(district=ours.district, name=words(2))
        make.IndicatorTargetFactory(indicator=ours.draft_indicator, village=village)
    return line


def _plan_line(ours: worlds.Side, plan, words: Words) -> PlanLine:
    activity = make.ActivityFactory(agency=plan.agency, year=plan.year, name=words(7), programme_name=words(5))
    line = make.PlanLineFactory(
        plan=plan, activity=activity, target_location=ours.location, amount=words.money(), unit="paket"
    )
    for quarter in (2, 3, 4):
        make.PlanLineTargetFactory(
            plan_line=line, quarter=quarter, money=line.amount // 5 * quarter, physical=quarter * 25
        )
    for month in (7, 8):
        make.MonthlyProgressFactory(line=line, month=month, money=line.amount // 12 * month, physical=month * 8)
        make.MonthlyPlanFactory(line=line, month=month, money=line.amount // 11 * month, physical=month * 9)
    make.TreasuryEntryFactory(activity=activity, amount=line.amount // 3, text=words(6))
    indicator = make.IndicatorFactory(activity=activity, name=words(7), source=words(3))
    make.IndicatorTargetFactory(indicator=indicator, year=plan.year, baseline_source=words(3))
    line.made_indicator = indicator
    return line


def _report_rows(world: worlds.World, ours: worlds.Side, report, line: PlanLine, number: int, words: Words) -> None:
    coordinator = world.people["coordinator"]
    row = make.ReportLineFactory(
        report=report, plan_line=line, spent_to_date=line.amount // 3, physical_to_date=40, nil_reason=words(5)
    )
    row.video_url = f"https://video.example/{row.pk}"
    row.save()
    make.IndicatorValueFactory(report=report, indicator=line.made_indicator, source=words(3), value=3)
    if number < MOST["obstacles"]:
        obstacle = make.ObstacleFactory(
            raised_by=ours.agency, raised_by_user=ours.sender, text=words(14), cause=words(8), follow_up=words(8)
        )
        report.obstacles.add(obstacle)
    else:
        make.ObstacleFactory(raised_by=ours.agency, raised_by_user=ours.sender, text=words(14))
    routed = make.ObstacleFactory(
        routed=True, raised_by=ours.agency, raised_by_user=ours.sender, responsible=ours.agency, text=words(14)
    )
    make.ObstacleNoticeFactory(obstacle=routed, text=words(8), published_by=coordinator)
    _aid(ours, line, words)
    make.ReportCommentFactory(report=report, line=row, author=coordinator, text=words(9))
    make.ReportCommentFactory(report=report, author=coordinator, text=words(9), internal=True)
    make.DueDateChangeFactory(report=report, by=coordinator, reason=words(6))
    asked = make.ReopenRequestFactory(report=report, asked_by=ours.sender, reason=words(8), status="WITHDRAWN")
    worlds.step(asked, "withdraw", "ASKED", "WITHDRAWN", asked.asked_by, words(3))
    worlds.step(report, "return", "VERIFYING", "RETURNED", coordinator, words(9))
    make.ReceiptFactory(number=f"{report.number}-{row.pk}", record=report)
    if number < MOST["files"]:
        _stored(ObstacleFile, ours, words, obstacle=ours.routed_obstacle, caption=words(6))
        _stored(ReportAttachment, ours, words, report=report, line=row, kind="PHOTO", caption=words(6))


def _aid(ours: worlds.Side, line: PlanLine, words: Words) -> None:
    """For the group that has some already, for one of our village, and further photos of one check."""
    kept = {"plan_line": ours.line, "group": ours.aid_package.group}
    for fields in (kept, {"plan_line": line, "group": ours.group}):
        package = make.AidPackageFactory(handed=True, item=words(3), **fields)
        make.AidCheckFactory(package=package, note=words(5), checked_by=ours.sender)
        make.AidPackageFactory(item=words(3), **fields)
    _stored(AidCheckPhoto, ours, words, check_made=ours.aid_check, caption=words(3))
    make.RevolvingStepFactory(duty=ours.aid_duty, to_group=make.CommunityGroupFactory(village=ours.village))
    make.AidDutyFactory(package=package, clause=words(4))
    make.HandoverSlipFactory(package=ours.aid_package, ended_at=worlds.SENT_AT)
    said = make.HolderStatementFactory(package=ours.aid_package, counts=False, note=words(4))
    _stored(HolderPhoto, ours, words, statement=said, caption=words(3))
    for statement in (said, ours.aid_statement):
        seen = date(2019, 1, 1) + timedelta(days=StatementWitness.objects.count())
        make.StatementWitnessFactory(statement=statement, seen_on=seen, note=words(3))


def _stored(model, ours: worlds.Side, words: Words, **fields) -> None:
    stored = model(
        original_name=f"{words(3)}.jpg",
        content_type="image/jpeg",
        size=len(worlds.JPEG),
        sha256=f"{model.objects.count():064d}",
        uploaded_by=ours.sender,
        **fields,
    )
    stored.file.save("berkas", ContentFile(worlds.JPEG), save=False)
    stored.save()


def _steps_and_edits(world: worlds.World, ours: worlds.Side, more: int, words: Words) -> None:
    """What the pages of Riwayat tell: further steps, and edits by several people."""
    lead = world.lead
    steps = [
        (ours.draft_plan, "withdraw", "SUBMITTED", "DRAFT"),
        (ours.draft_obstacle, "route", "REPORTED", "ROUTED"),
        (ours.meeting, "invite", "PREPARED", "INVITED"),
        (ours.action_item, "reopen", "DONE", "OPEN"),
        (ours.absence, "decline", "ASKED", "DECLINED"),
        (ours.location, "start", "PLANNED", "ACTIVE"),
        (lead.decree, "revoke", "IN_FORCE", "REVOKED"),
        (lead.draft_decree, "note", "DRAFT", "DRAFT"),
        (lead.minutes, "note", "SIGNED", "SIGNED"),
        (lead.determinations["ours"], "submit", "DRAFT", "REVIEW"),
        (lead.periods["draft"], "reopen", "LOCKED", "OPEN"),
        (lead.panels["ours"].scored, "send_back", "DISCUSSED", "SCORED"),
        (lead.rounds.open, "open", "DRAFT", "OPEN"),
        (lead.rounds.open_ours, "fail_gate", "PROPOSED", "PROPOSED"),
    ]
    records = [getattr(ours, name) for name in ("agency", "official", "district", "village", "figure", "group")]
    records += [ours.sender, ours.assignment, ours.draft_activity, ours.draft_indicator, ours.draft_line]
    records += [lead.holiday, lead.decree, lead.draft_decree, lead.commodity, lead.program, lead.outcome]
    records += [
        ours.meeting,
        ours.action_item,
        ours.absence,
        ours.draft_plan,
        ours.draft_obstacle,
        ours.determination,
        ours.district.regency,
        ours.draft_row,
    ]
    records += [lead.rounds.draft, lead.rounds.open, lead.rounds.open_ours, lead.panels["ours"].scored]
    records += [lead.paper_template, lead.measure, lead.minutes, lead.draft_minutes, lead.draft_regulation]
    for _number in range(more):
        editor = make.UserFactory(name=words(2))
        for record, name, old, new in steps:
            worlds.step(record, name, old, new, editor, words(5))
        for record in records:
            record._history_user = editor
            _edit(record, words)


def _edit(record, words: Words) -> None:
    for name in ("name", "about", "reason", "cause", "unit", "nil_reason", "phone", "source"):
        field = next((field for field in record._meta.concrete_fields if field.name == name), None)
        if field is not None:
            text = words(3)[: min(field.max_length or 50, 20) - 6]  # cut off alike it would be somebody else's name
            setattr(record, name, f"{text} {len(words.given)}")
            break
    record.save()
