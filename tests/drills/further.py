"""For the look at every page: records that the demo has no need of, and addresses that no link of the demo leads to."""

from collections.abc import Iterable
from types import SimpleNamespace
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from districts.locations.decision.deciding import draft_closing
from districts.models import Commodity, CompetencyDetermination, District, TargetLocation, Village
from p2emas import clock
from p2emas.documents.models import PaperTemplate, Receipt
from p2emas.documents.papers import shipped_template
from p2emas.documents.storing import store_file
from p2emas.models import Agency, User
from programs.models import AidDuty, FieldReport, ProgressReport, ReportAttachment, ReportingPeriod, WorkPlan
from programs.planning.services import create_plan
from tests import worlds
from tests.drills.further_recruitment import recruitment
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    CodeCrosswalkFactory,
    ComparisonSetFactory,
    ComparisonVillageFactory,
    CompetencyDeterminationFactory,
    DistrictFactory,
    FormDraftFactory,
    ImportFactory,
    LaneUploadFactory,
    ListRequestFactory,
    MinutesFactory,
    ModelPackageFactory,
    NomenclatureEntryFactory,
    OutboxMessageFactory,
    RecapLabelFactory,
    ReceiptFactory,
    ReopenRequestFactory,
    UserFactory,
    VillageFactory,
    VillageScopeFactory,
)
from tests.people import lead_agency

NOTHING = {"cari": "zzz"}  # what no list holds


def sessions(names: Iterable[str]) -> dict[str, str]:
    """User name -> key of a session."""
    found = {}
    for user in User.objects.filter(username__in=names):
        client = Client()
        client.force_login(user)
        found[user.username] = client.cookies["sessionid"].value
    return found


def people(names: Iterable[str]) -> None:
    """One person of each role, named like it, in an installation where nobody has done anything."""
    lead, member = lead_agency(), AgencyFactory()
    village = VillageFactory(district=DistrictFactory())
    places = {"agency_operator": member, "agency_head": member, "district_admin": village.district.office}
    for name in names:
        user = UserFactory(username=name, is_superuser=name == "admin")
        if name != "admin":
            AssignmentFactory(user=user, agency=places.get(name, lead), role=name)
        if name == "facilitator":
            VillageScopeFactory(user=user, village=village)


def address(name: str, *ids: object, **query: object) -> str:
    return reverse(name, args=ids) + (f"?{urlencode(query)}" if query else "")


def beginnings() -> dict[str, dict]:
    """``starts``: role -> where its crawl begins, besides the usual places; ``sessions`` of those without an account."""
    recruited = recruitment()
    starts = _addresses()
    for role, paths in recruited.starts.items():
        starts[role] = starts.get(role, []) + paths
    return {"starts": starts, "sessions": recruited.sessions}


def _addresses() -> dict[str, list[str]]:
    commodity = Commodity.objects.all()[0]
    panels = worlds._panels(worlds.OURS, _by_name("panelist"), commodity, lambda owner: "(contoh)")
    office = SimpleNamespace(district=District.objects.all()[0], production=SimpleNamespace(commodity_id=commodity.pk))
    PaperTemplate.objects.create(kind=PaperTemplate.Kind.MINUTES, content=shipped_template("minutes"))
    rounds = _rounds(_by_name("coordinator"), commodity)
    batch = worlds.import_of(office, _by_name("coordinator")["coordinator"], "(contoh)")
    empty_lists = [address("locations:village-list", **NOTHING), address("locations:district-list", **NOTHING)]
    receipt = _receipt()
    return {
        "anonymous": [
            *map(address, ("account_inactive", "account_reset_password_done", "account_reset_password_from_key_done")),
            address("account_reset_password_from_key", "1", "bukan-kunci"),
            address("documents:receipt-search"),
            address("documents:receipt-genuine", receipt.code),
            address("competencies:result", panels.enacted.pk),
            address("competencies:replay", panels.enacted.pk),
            "/tidak-ada/",
            *_searches(),
            *empty_lists,
        ],
        "panelist": [address("account_logout"), address("competencies:score", panels.scored.pk)],
        "coordinator": [
            *_aid(),
            *_comparison(),
            *_package(),
            *_letters(),
            *_codes(),
            *_coordinator(),
            *_visit(),
            *_panel_pages(panels),
            *_round_pages(rounds),
            *_draft_decree(_by_name("coordinator")["coordinator"]),
            batch.get_absolute_url(),
            *_tables(_by_name("coordinator")["coordinator"]),
            *empty_lists,
        ],
        "coordinator_head": [
            address("locations:round-decide", rounds.submitted.pk),
            address("locations:candidate-promote", rounds.enacted.pk, rounds.enacted_ours.pk),
            address("staffing:user-list", **NOTHING),
            _invitation(),
            address("reporting:period-lock", _period(ReportingPeriod.Status.OPEN).pk),
            address("reporting:period-reopen", _period(ReportingPeriod.Status.LOCKED).pk),
            *_request_to_correct(),
        ],
        "agency_operator": [
            *_plan_in_preparation(),
            *_plan_file(_by_name("agency_operator")["agency_operator"]),
            *_workbooks(),
            *_approved_report(),
            *_drafts(_by_name("agency_operator")["agency_operator"]),
            *_photos(_by_name("agency_operator")["agency_operator"]),
        ],
        "leader": [address("dashboards:summary-decisions")],
        "agency_head": [*_sent_report(), address("reporting:report-receipt", receipt.object_id)],
    }


def _drafts(user: User) -> list[str]:
    """What somebody typed and has not saved: one of each form's kind, and one that a step has ended."""
    report = ProgressReport.objects.filter(agency__in=user.staff_agency_ids, status__in=ProgressReport.EDITABLE)[0]
    line = report.lines.all()[0]
    typed = {f"b{line.pk}-spent_to_date": ["7"], f"b{line.pk}-nil_reason": ["(contoh)"]}
    ended = {"ended_at": clock.now(), "ended_by": "Kirim"}
    drafts = [FormDraftFactory(user=user, record=report, typed=typed, **more) for more in ({}, ended)]
    return [address("drafts:unsaved"), *(draft.get_absolute_url() for draft in drafts), drafts[0].page]


def _photos(user: User) -> list[str]:
    """A photo that nobody has given an activity."""
    report = ProgressReport.objects.filter(agency__in=user.staff_agency_ids, status__in=ProgressReport.EDITABLE)[0]
    upload = SimpleUploadedFile("foto-contoh.jpg", worlds.JPEG, content_type="image/jpeg")
    store_file(ReportAttachment, owner=report, upload=upload, user=user, kind=ReportAttachment.Kind.PHOTO)
    return [address("reporting:report-photos", report.pk)]


def _tables(user: User) -> list[str]:
    """What is asked about tables of others, what is remembered of them, and a long list in each of its states."""
    heading = {"place": 0, "text": "KEC.", "samples": ["Sepauk"]}
    column = {"place": 1, "heading": "Lada", "commodity": None, "year": None, "measure": ""}
    table = {"columns": [column], "year": 2016, "measure": "TON", "source": "", "dashes": 1}
    asked = [{"shape": "columns", "row": 1, "headings": [heading]}, {"shape": "bps", **table}]
    pages = [address("imports:layout-edit", "produksi")]
    for each in asked:
        batch = ImportFactory(status="ASKING", asked=each, asked_text="susunan kolom", uploaded_by=user)
        batch.files.create(original_name="kebun.xlsx", size=1, sha256="0" * 64, uploaded_by=user)
        pages.append(batch.get_absolute_url())
    states = [{"status": "WAITING", "content": None, "total": 9_000}, {}, {"status": "FAILED", "problem": "Ulangi."}]
    return [*pages, *(ListRequestFactory(user=user, **state).get_absolute_url() for state in states)]


def _by_name(*names: str) -> dict[str, User]:
    return {user.username: user for user in User.objects.filter(username__in=names)}


def _panel_pages(panels: SimpleNamespace) -> list[str]:
    """A determination by a panel, in each of its states."""
    pages = {
        panels.draft: ("panel-setup", "scoring-open", "analysis-add"),
        panels.scored: ("seat-edit", "discuss", "determination-detail"),
        panels.discussed: ("discussion",),
    }
    edited = address("competencies:analysis-edit", panels.draft.pk, panels.analysis.pk)
    return [edited, *(address(f"competencies:{name}", record.pk) for record, names in pages.items() for name in names)]


def _rounds(people: dict[str, User], commodity: Commodity) -> SimpleNamespace:
    """Selection rounds in preparation, being weighed, with the head and enacted."""
    villages = Village.objects.select_related("district")[:2]
    sides = {side: SimpleNamespace(village=village) for side, village in zip(worlds.SIDES, villages, strict=True)}
    with transaction.atomic():  # the job of a ranking finds at the end that it is computed
        return worlds._rounds(sides, people, commodity, lambda owner: "(contoh)")


def _round_pages(rounds: SimpleNamespace) -> list[str]:
    """A selection round in each of its states, and a target location that a decree may end."""
    pages = ("round-detail", "round-ranking", "round-choices", "round-submit")
    in_force = TargetLocation.objects.in_force(clock.today())[0]
    return [
        *(address(f"locations:{name}", rounds.scoring.pk) for name in pages),
        *(address("locations:round-detail", record.pk) for record in (rounds.draft, rounds.submitted)),
        address("locations:candidate-detail", rounds.scoring.pk, rounds.scoring_ours.pk),
        address("locations:location-close", in_force.pk),
    ]


def _draft_decree(coordinator: User) -> list[str]:
    """A decree in preparation that ends a target location."""
    location = TargetLocation.objects.in_force(clock.today())[1]
    draft = draft_closing(location=location, actor=coordinator, reason="(contoh)")
    return [
        draft.get_absolute_url(),
        *(
            address(f"profiles:{name}", draft.pk)
            for name in ("decree-items", "decree-text", "decree-check", "decree-discard")
        ),
        *_draft_minutes(),
    ]


def _draft_minutes() -> list[str]:
    draft = MinutesFactory(draft=True, is_sample=True)
    return [
        address("instruments:minutes-create"),
        *(address(f"instruments:{name}", draft.pk) for name in ("minutes-detail", "minutes-edit", "minutes-scan")),
        *(address("instruments:minutes-step", draft.pk, step) for step in ("sign", "cancel")),
    ]


def _workbooks() -> list[str]:
    """Workbooks of a report: with a wrong cell and one that was changed here and there, read just now, and refused."""
    user = _by_name("agency_operator")["agency_operator"]
    report = ProgressReport.objects.for_user(user).filter(status=ProgressReport.Status.DRAFT)[0]
    line = report.lines.all()[0]
    letters, key = {"spent_to_date": "D", "physical_to_date": "E"}, f"b{line.pk}"
    shared = {"record": report.pk, "uploaded_by": user}
    asking = LaneUploadFactory(
        **shared,
        cells=[["Realisasi", letters, [[5, key, {"spent_to_date": "1", "physical_to_date": "6%%"}, {}]]]],
        held={"Realisasi": {"": ["spent_to_date"], key: ["2"]}},
    )
    failed = LaneUploadFactory(**shared, status="FAILED", problem="Berkas ini tidak dapat dibaca.")
    reading = LaneUploadFactory(**shared, status="READING")
    headings = [{"place": place, "text": text, "samples": ["5"]} for place, text in enumerate(("Uraian", "Serapan"))]
    columns = LaneUploadFactory(
        **shared,
        status="ASKING",
        content=b"Uraian;Serapan",
        content_type="text/csv",
        asked={"sheet": "Realisasi", "found": {"Realisasi": {"row": 1, "headings": headings}}, "guessed": 1},
    )
    pages = [upload.get_absolute_url() for upload in (asking, failed, columns)]
    return [*pages, f"{reading.get_absolute_url()}?segarkan=tidak", address("imports:lane", "laporan", report.pk)]


def _period(status: str) -> ReportingPeriod:
    return ReportingPeriod.objects.filter(status=status).latest("year", "number")


def _request_to_correct() -> list[str]:
    """A report that waits to be opened, and both steps of a head."""
    approved = ProgressReport.objects.filter(status=ProgressReport.Status.APPROVED)[0]
    asked = ReopenRequestFactory(report=approved)
    steps = [address("reporting:reopen-step", asked.pk, name) for name in ("open", "refuse")]
    return [approved.get_absolute_url(), *steps]


def _approved_report() -> list[str]:
    """What an agency may ask of a report of its own that is approved, and its letter."""
    own = ProgressReport.objects.filter(
        agency__in=_by_name("agency_operator")["agency_operator"].staff_agency_ids,
        status__in=ProgressReport.APPROVED_STATES,
    )[0]
    return [address(f"reporting:report-{name}", own.pk) for name in ("ask-reopen", "letter")]


def _receipt() -> Receipt:
    waiting = ProgressReport.objects.filter(status=ProgressReport.Status.WAITING)[0]
    return ReceiptFactory(number=waiting.number, record=waiting)


def _aid() -> list[str]:
    """A package whose holder has answered and that has a duty, with every form of both."""
    duty = AidDuty.objects.filter(package__statements__counts=True)[0]
    names = ("check-record", "handover-print", "handover-record", "handover-confirm", "duty-create")
    pages = [address(f"aid:{name}", duty.package_id, *([12] if name == "check-record" else [])) for name in names]
    pages += [address("aid:package-create", duty.package.plan_line_id), address("aid:package-edit", duty.package_id)]
    return [*pages, address("aid:duty-edit", duty.pk), address("aid:step-record", duty.pk)]


def _comparison() -> list[str]:
    """A set that is not frozen: the demo has none."""
    made = ComparisonVillageFactory(comparison_set=ComparisonSetFactory(), village=Village.objects.all()[0])
    open_set = made.comparison_set_id
    pages = [address(f"evaluation:comparison-{name}", open_set) for name in ("detail", "edit")]
    return [*pages, address("evaluation:comparison-step", open_set, "freeze")]


def _letters() -> list[str]:
    letter = OutboxMessageFactory()
    pages = [address("outbox:message-detail", letter.pk), address("outbox:message-discard", letter.pk)]
    return [
        *pages,
        address("outbox:message-release", surat=letter.pk),
        address("outbox:message-list", status="failed"),
    ]


def _coordinator() -> list[str]:
    district = CompetencyDetermination.objects.all()[0].district
    draft = CompetencyDeterminationFactory(draft=True, district=district, year=2020, chosen=Commodity.objects.all()[0])
    reviewing = _plan("agency_operator_2")
    WorkPlan.objects.filter(pk=reviewing.pk).update(status=WorkPlan.Status.REVIEWING)
    late = ProgressReport.objects.filter(status=ProgressReport.Status.DRAFT)[0]
    return [
        address("competencies:determination-edit", draft.pk),
        address("competencies:determination-step", draft.pk, "submit"),
        address("planning:plan-set", reviewing.pk),
        address("planning:plan-list", tahun=2031),
        address("reporting:report-list", nomor="zzz"),
        address("reporting:due-date-bulk", laporan=late.pk),
        address("admin:app_list", "districts"),
        address("admin:districts_village_changelist", q="zzz"),
    ]


def _searches() -> list[str]:
    """What a search finds, what it forgives, and what it does not find."""
    return [
        address("search:search", **query)
        for query in ({}, {"cari": "sintang"}, {"cari": "ensait panjang"}, {"cari": "zzz"})
    ]


def _codes() -> list[str]:
    """A list of codes, what follows from one of its codes, and the words of a recap: the demo chooses none of them."""
    entry, layout = NomenclatureEntryFactory(), RecapLabelFactory().layout
    crosswalk = CodeCrosswalkFactory(from_entry=entry)
    records = {"nomenclatureentry": entry, "codecrosswalk": crosswalk, "recaplayout": layout}
    return [
        address("framework:entry-detail", entry.pk),
        *(
            address(f"admin:programs_{name}_{page}", record.pk)
            for name, record in records.items()
            for page in ("change", "history")
        ),
    ]


def _invitation() -> str:
    """The link of somebody who has never signed in."""
    invited = AssignmentFactory(user=UserFactory(), agency=lead_agency(), role="coordinator").user
    return address("staffing:invitation-copy", invited.pk)


def _visit() -> list[str]:
    """A visit that BAPPEDA has not read yet, and the question back to its author."""
    visit = FieldReport.objects.filter(status=FieldReport.Status.SENT)[0]
    return [visit.get_absolute_url(), address("fieldwork:visit-step", visit.pk, "return")]


def _plan_file(user: User) -> list[str]:
    """A file of a plan that was read and waits to be applied, and the template asked for without a year."""
    agency = Agency.objects.get(pk__in=user.staff_agency_ids)
    file = worlds.plan_file_of(SimpleNamespace(agency=agency), user, "(contoh)")
    return [file.get_absolute_url(), address("planning:file-template")]


def _plan(username: str) -> WorkPlan:
    user = User.objects.get(username=username)
    agency = Agency.objects.get(pk__in=user.staff_agency_ids)
    return create_plan(agency=agency, year=2020, kind=WorkPlan.Kind.INDUK, by=user)


def _plan_in_preparation() -> list[str]:
    plan = _plan("agency_operator")
    line = plan.lines.filter(activity__indicators__isnull=False)[0]
    indicator = line.activity.indicators.all()[0]
    return [
        plan.get_absolute_url(),
        *(
            address(f"planning:{name}", plan.pk)
            for name in ("line-add", "plan-complete", "plan-check", "indicator-list")
        ),
        *(address(f"planning:{name}", plan.pk, line.pk) for name in ("line-edit", "line-delete")),
        *(address(f"planning:{name}", plan.pk, indicator.pk) for name in ("indicator-edit", "indicator-delete")),
        address("planning:indicator-add", plan.pk, line.activity_id),
    ]


def _sent_report() -> list[str]:
    """A report that waits on the desk, and the head of its agency, who may take it back."""
    waiting = ProgressReport.objects.filter(status=ProgressReport.Status.WAITING)[0]
    head = User.objects.get(username="agency_head")
    AssignmentFactory(user=head, agency=waiting.agency, role="agency_head")
    return [address("reporting:report-step", waiting.pk, "withdraw")]


def _package() -> list[str]:
    """A model package in preparation: the demo has no location that is ready."""
    draft = ModelPackageFactory(target_location=TargetLocation.objects.in_force(clock.today())[0])
    pages = [address(f"evaluation:package-{name}", draft.pk) for name in ("detail", "edit", "history")]
    return [*pages, address("evaluation:package-step", draft.pk, "publish")]
