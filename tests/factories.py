"""Factories for every model: the smallest honest row, with what it depends on."""

import json
from datetime import UTC, date, datetime, time
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from districts.models import (
    AnalysedCommodity,
    AreaFigure,
    AssessorSeat,
    Candidate,
    CandidateValue,
    Commodity,
    CommunityGroup,
    CompetencyDetermination,
    CompetencyOption,
    CoreCompetency,
    Criterion,
    DecreeItem,
    DeterminationAnalysis,
    DeterminationCriterion,
    District,
    DistrictAlias,
    DistrictBoundary,
    EarlierAid,
    EvidenceMeasure,
    InapplicableCriterion,
    PairwiseJudgment,
    PanelScore,
    ProductionFigure,
    RankingRun,
    Regency,
    SelectionRound,
    SurveyVisit,
    TargetLocation,
    Village,
    VillageAlias,
    VillageScope,
)
from p2emas import clock
from p2emas.accounts.roles import Role
from p2emas.calendar.models import proof_of, token_digest
from p2emas.models import (
    Absence,
    AccountTrace,
    Agency,
    Assignment,
    CalendarAddress,
    Decree,
    FormDraft,
    Holiday,
    Import,
    ImportRow,
    LaneUpload,
    ListRequest,
    Minutes,
    Notification,
    NotificationChoice,
    Official,
    OutboxMessage,
    Receipt,
    Regulation,
    SearchWord,
    SignInTry,
    Spelling,
    User,
)
from p2emas.privacy.sealing import seal
from programs.evaluation.criteria import criterion_answers
from programs.models import (
    ActionItem,
    Activity,
    AgendaLine,
    AidCheck,
    AidDuty,
    AidPackage,
    ChainAnswer,
    ComparisonSet,
    ComparisonVillage,
    DueDateChange,
    Evaluation,
    HandoverSlip,
    HolderStatement,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    Meeting,
    MeetingAttendance,
    ModelPackage,
    MonthlyPlan,
    MonthlyProgress,
    Obstacle,
    ObstacleNotice,
    Outcome,
    PlanFile,
    PlanLine,
    PlanLineTarget,
    ProcurementMethod,
    Program,
    ProgressReport,
    RecapLabel,
    RecapLayout,
    RenstraActivity,
    RenstraTarget,
    ReopenRequest,
    ReportComment,
    ReportingPeriod,
    ReportLine,
    RevolvingStep,
    StatementWitness,
    SummarySending,
    TreasuryEntry,
    WorkPlan,
)
from programs.nomenclature.funds import Fund, fill_funds
from programs.nomenclature.models import CodeCrosswalk, NomenclatureEntry
from programs.nomenclature.versions import NomenclatureVersion

PASSWORD = "kata-sandi-uji"
LONG_AGO = date(2017, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"pengguna{n}")
    name = factory.Sequence(lambda n: f"Pengguna {n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.go.id")
    password = factory.django.Password(PASSWORD)


class AccountTraceFactory(DjangoModelFactory):
    class Meta:
        model = AccountTrace

    user = factory.SubFactory(UserFactory)
    kind = AccountTrace.Kind.SIGNED_IN
    network = "198.18.7.0/24"
    device = "Chrome, Android"
    at = factory.LazyFunction(timezone.now)


class FormDraftFactory(DjangoModelFactory):
    """``typed``: the fields as the page would send them."""

    class Meta:
        model = FormDraft

    class Params:
        typed = {"b0-nil_reason": ["Menunggu hujan"]}

    user = factory.SubFactory(UserFactory)
    key = factory.LazyFunction(uuid4)
    form = "realisasi"
    record = factory.SubFactory("tests.factories.ProgressReportFactory")
    page = factory.LazyAttribute(lambda o: f"/laporan/{o.record.pk}/realisasi/")
    version = factory.SelfAttribute("record.version")
    sealed = factory.LazyAttribute(lambda o: seal(json.dumps(o.typed)))


class SignInTryFactory(DjangoModelFactory):
    class Meta:
        model = SignInTry

    at = factory.LazyFunction(timezone.now)
    name_key = factory.Sequence(lambda n: f"{n:032x}")
    network = wide = factory.Sequence(lambda n: f"198.18.{n % 256}.0/24")


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"skpd-{n}")
    name = factory.Sequence(lambda n: f"Dinas Nomor {n}")
    short_name = factory.Sequence(lambda n: f"SKPD {n}")
    kind = Agency.Kind.DINAS
    member_from = LONG_AGO


class OfficialFactory(DjangoModelFactory):
    class Meta:
        model = Official

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Kepala Dinas {n}")
    nip = factory.Sequence(lambda n: f"{n:018d}")
    rank = "Pembina Utama Muda"
    title = "Kepala Dinas"
    valid_from = LONG_AGO


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.AGENCY_OPERATOR
    valid_from = LONG_AGO


class VillageScopeFactory(DjangoModelFactory):
    """Where a facilitator works, from long ago on; ``consultant=True``: in the whole regency."""

    class Meta:
        model = VillageScope

    class Params:
        consultant = factory.Trait(village=None, whole_regency=True)

    user = factory.SubFactory(UserFactory)
    village = factory.SubFactory("tests.factories.VillageFactory")
    valid_from = LONG_AGO


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    date = factory.Sequence(lambda n: date(2030, 1, 1 + n % 28))
    name = "Hari libur"


class DecreeFactory(DjangoModelFactory):
    """In force since 2017; ``draft=True`` for one that is being prepared."""

    class Meta:
        model = Decree

    class Params:
        draft = factory.Trait(number="", dated=None, valid_from=None, status=Decree.Status.DRAFT)

    number = factory.Sequence(lambda n: f"050/{n}/KEP-BAPPEDA/2017")
    dated = date(2017, 7, 27)
    valid_from = date(2017, 7, 27)
    about = factory.Sequence(lambda n: f"Penetapan lokasi sasaran nomor {n}")
    status = Decree.Status.IN_FORCE


class MinutesFactory(DjangoModelFactory):
    """Signed in 2017; ``draft=True`` for minutes that nobody has signed yet."""

    class Meta:
        model = Minutes

    class Params:
        draft = factory.Trait(number="", dated=None, signed_at=None, status=Minutes.Status.DRAFT)

    number = factory.Sequence(lambda n: f"050/{n}/BA/2017")
    dated = date(2017, 7, 20)
    about = factory.Sequence(lambda n: f"Rapat pembahasan nomor {n}")
    place = "Aula BAPPEDA"
    present = "Dinas Pertanian"
    signed_at = datetime(2017, 7, 20, 8, tzinfo=UTC)
    status = Minutes.Status.SIGNED


class RegulationFactory(DjangoModelFactory):
    """Public since 2017."""

    class Meta:
        model = Regulation

    number = factory.Sequence(lambda n: f"{n} Tahun 2017")
    dated = date(2017, 6, 12)
    about = factory.Sequence(lambda n: f"Pedoman nomor {n}")
    is_public = True


class ReceiptFactory(DjangoModelFactory):
    class Meta:
        model = Receipt

    number = factory.Sequence(lambda n: f"LAP-2019-T3-{n:04d}")
    record = factory.SubFactory("tests.factories.ProgressReportFactory")


class OutboxMessageFactory(DjangoModelFactory):
    class Meta:
        model = OutboxMessage

    kind = "invitation"
    recipient = factory.Sequence(lambda n: f"penerima{n}@example.go.id")
    subject = "Undangan"
    body = "Isi surat."


class AbsenceFactory(DjangoModelFactory):
    """Asked for; ``named=True`` without the rights, which the service writes."""

    class Meta:
        model = Absence

    class Params:
        named = factory.Trait(
            status="NAMED",
            named_by=factory.SubFactory("tests.factories.UserFactory"),
            named_at=datetime(2019, 10, 4, tzinfo=UTC),
        )

    person = factory.SubFactory("tests.factories.UserFactory")
    agency = factory.SubFactory("tests.factories.AgencyFactory")
    role = "agency_operator"
    valid_from = date(2019, 10, 14)
    valid_until = date(2019, 10, 25)
    stand_in = factory.SubFactory("tests.factories.UserFactory")
    asked_by = factory.SelfAttribute("person")


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    user = factory.SubFactory("tests.factories.UserFactory")
    kind = "report-returned"
    record = factory.SubFactory("tests.factories.ProgressReportFactory")
    occasion = factory.Sequence(lambda n: f"step-{n}")
    title = "Laporan dikembalikan untuk diperbaiki"


class CalendarAddressFactory(DjangoModelFactory):
    class Meta:
        model = CalendarAddress

    user = factory.SubFactory(UserFactory)
    digest = factory.Sequence(lambda n: token_digest(f"token {n}"))
    proof = factory.LazyAttribute(lambda o: proof_of(o.user))


class NotificationChoiceFactory(DjangoModelFactory):
    class Meta:
        model = NotificationChoice

    user = factory.SubFactory("tests.factories.UserFactory")
    kind = "report-due"
    by_mail = False


class SearchWordFactory(DjangoModelFactory):
    class Meta:
        model = SearchWord

    word = factory.Sequence(lambda n: f"kata{n}")
    kind = "village"
    record = factory.Sequence(lambda n: n + 1)
    whole = False


class SpellingFactory(DjangoModelFactory):
    class Meta:
        model = Spelling

    key = factory.Sequence(lambda n: f"eja{n}")
    word = factory.Sequence(lambda n: f"ejaan{n}")


class RegencyFactory(DjangoModelFactory):
    class Meta:
        model = Regency
        django_get_or_create = ["code"]

    code = "61.05"
    name = "Kabupaten Sintang"


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    regency = factory.SubFactory(RegencyFactory)
    code = factory.Sequence(lambda n: f"61.{5 + n // 70:02d}.{n % 70 + 30:02d}")
    name = factory.Sequence(lambda n: f"Kecamatan {n}")
    office = factory.SubFactory(AgencyFactory, kind=Agency.Kind.KECAMATAN, member_from=None)


class DistrictBoundaryFactory(DjangoModelFactory):
    class Meta:
        model = DistrictBoundary

    district = factory.SubFactory(DistrictFactory)
    rings = factory.LazyFunction(lambda: [[[111.0, 0.0], [111.2, 0.0], [111.1, 0.2]]])
    source = "Rekaan"


class VillageFactory(DjangoModelFactory):
    class Meta:
        model = Village

    district = factory.SubFactory(DistrictFactory)
    code = factory.Sequence(lambda n: f"61.05.99.{2000 + n}")
    name = factory.Sequence(lambda n: f"Desa Nomor {n}")
    slug = factory.Sequence(lambda n: f"desa-nomor-{n}")


class DistrictAliasFactory(DjangoModelFactory):
    class Meta:
        model = DistrictAlias

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Ejaan {n}")


class VillageAliasFactory(DjangoModelFactory):
    class Meta:
        model = VillageAlias

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"Nama Lama {n}")


class AreaFigureFactory(DjangoModelFactory):
    class Meta:
        model = AreaFigure

    village = factory.SubFactory(VillageFactory)
    kind = AreaFigure.Kind.POPULATION
    value = 2018
    unit = "jiwa"
    year = 2017
    source = "Profil desa"


class CommodityFactory(DjangoModelFactory):
    class Meta:
        model = Commodity

    name = factory.Sequence(lambda n: f"komoditas {n}")
    sector = "perkebunan"
    unit = "ton"


class CommunityGroupFactory(DjangoModelFactory):
    class Meta:
        model = CommunityGroup

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"Kelompok {n}")
    kind = CommunityGroup.Kind.POKTAN
    commodity = factory.SubFactory(CommodityFactory)


class EvidenceMeasureFactory(DjangoModelFactory):
    class Meta:
        model = EvidenceMeasure

    code = factory.Sequence(lambda n: f"U{n}")
    label = factory.Sequence(lambda n: f"Ukuran {n}")
    unit = "kg"
    slug = factory.Sequence(lambda n: f"ukuran-{n}")


class ProductionFigureFactory(DjangoModelFactory):
    class Meta:
        model = ProductionFigure

    district = factory.SubFactory(DistrictFactory)
    commodity = factory.SubFactory(CommodityFactory)
    year = 2016
    measure = ProductionFigure.Measure.HECTARE
    value = 120
    source = "Laporan tahunan kecamatan"


class EarlierAidFactory(DjangoModelFactory):
    class Meta:
        model = EarlierAid

    village = factory.SubFactory(VillageFactory)
    agency = factory.SubFactory(AgencyFactory)
    year = 2016
    item = factory.Sequence(lambda n: f"Bibit {n}")
    amount = 25_000_000
    source = "Berita acara serah terima"


class ImportFactory(DjangoModelFactory):
    """An upload whose file is being checked; ``ready=True`` after that, ``applied=True`` at the end."""

    class Meta:
        model = Import

    class Params:
        ready = factory.Trait(status=Import.Status.READY, done=1, total=1)
        applied = factory.Trait(
            status=Import.Status.APPLIED,
            done=1,
            total=1,
            applied_by=factory.SelfAttribute("uploaded_by"),
            applied_at=factory.SelfAttribute("uploaded_at"),
        )

    kind = "produksi"
    agency = factory.SubFactory(AgencyFactory)
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = factory.LazyFunction(clock.now)


class ListRequestFactory(DjangoModelFactory):
    class Meta:
        model = ListRequest

    user = factory.SubFactory(UserFactory)
    list = "bukti"
    status = "READY"
    name = "bukti.xlsx"
    content = b"PK"


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = ImportRow

    batch = factory.SubFactory(ImportFactory, ready=True)
    number = factory.Sequence(lambda n: n + 2)
    action = ImportRow.Action.SKIP
    key = "Kelam Permai, lada, 2016"


class LaneUploadFactory(DjangoModelFactory):
    """A workbook of a report that was read and is not applied yet."""

    class Meta:
        model = LaneUpload

    lane = "laporan"
    record = 1
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = factory.LazyFunction(clock.now)
    file_name = "isian.xlsx"


class PlanFileFactory(DjangoModelFactory):
    """A file of a year's plan that was read and is not applied yet."""

    class Meta:
        model = PlanFile

    agency = factory.SubFactory(AgencyFactory)
    year = 2019
    status = PlanFile.Status.READY
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = factory.LazyFunction(clock.now)
    file_name = "renja.xlsx"


class CompetencyDeterminationFactory(DjangoModelFactory):
    """A recorded decision that a decree has enacted; ``draft=True`` for one that is being written."""

    class Meta:
        model = CompetencyDetermination

    class Params:
        draft = factory.Trait(status=CompetencyDetermination.Status.DRAFT, decree=None)
        panel = factory.Trait(
            method=CompetencyDetermination.Method.EVIDENCE_AND_PANEL,
            measure=ProductionFigure.Measure.HECTARE,
            first_year=2014,
            last_year=2016,
            inputs={},
            results={},
        )

    district = factory.SubFactory(DistrictFactory)
    year = 2017
    chosen = factory.SubFactory(CommodityFactory)
    reason = "Sudah diusahakan turun-temurun."
    sources = "Rapat koordinasi 18 Mei 2017"
    decided_on = date(2017, 7, 27)
    decree = factory.SubFactory(DecreeFactory)
    status = CompetencyDetermination.Status.ENACTED


class CoreCompetencyFactory(DjangoModelFactory):
    class Meta:
        model = CoreCompetency

    district = factory.SubFactory(DistrictFactory)
    commodity = factory.SubFactory(CommodityFactory)
    decree = factory.SubFactory(DecreeFactory)
    determination = factory.SubFactory(
        CompetencyDeterminationFactory,
        district=factory.SelfAttribute("..district"),
        chosen=factory.SelfAttribute("..commodity"),
        decree=factory.SelfAttribute("..decree"),
    )
    valid_from = date(2017, 7, 27)


class DeterminationAnalysisFactory(DjangoModelFactory):
    class Meta:
        model = DeterminationAnalysis

    determination = factory.SubFactory(CompetencyDeterminationFactory, panel=True)
    name = factory.Sequence(lambda n: f"Hitungan {n}")
    measure = "HECTARE"


class AnalysedCommodityFactory(DjangoModelFactory):
    class Meta:
        model = AnalysedCommodity

    analysis = factory.SubFactory(DeterminationAnalysisFactory)
    commodity = factory.SubFactory(CommodityFactory)


class CompetencyOptionFactory(DjangoModelFactory):
    class Meta:
        model = CompetencyOption

    determination = factory.SubFactory(CompetencyDeterminationFactory, panel=True)
    commodity = factory.SubFactory(CommodityFactory)


class DeterminationCriterionFactory(DjangoModelFactory):
    class Meta:
        model = DeterminationCriterion

    determination = factory.SubFactory(CompetencyDeterminationFactory, panel=True)
    name = factory.Sequence(lambda n: f"Kriteria {n}")
    weight = 25


class InapplicableCriterionFactory(DjangoModelFactory):
    class Meta:
        model = InapplicableCriterion

    option = factory.SubFactory(CompetencyOptionFactory)
    criterion = factory.SubFactory(
        DeterminationCriterionFactory,
        determination=factory.SelfAttribute("..option.determination"),
        kind="EVIDENCE",
        figure="LQ",
    )
    reason = "Tidak diukur dalam hektare."


class AssessorSeatFactory(DjangoModelFactory):
    class Meta:
        model = AssessorSeat

    determination = factory.SubFactory(CompetencyDeterminationFactory, panel=True)
    user = factory.SubFactory(UserFactory)


class PanelScoreFactory(DjangoModelFactory):
    class Meta:
        model = PanelScore

    option = factory.SubFactory(CompetencyOptionFactory)
    seat = factory.SubFactory(AssessorSeatFactory, determination=factory.SelfAttribute("..option.determination"))
    criterion = factory.SubFactory(
        DeterminationCriterionFactory, determination=factory.SelfAttribute("..option.determination")
    )
    score = 4


class SelectionRoundFactory(DjangoModelFactory):
    """A round whose villages are being compared; from Diajukan on it also keeps its run (``run=``)."""

    class Meta:
        model = SelectionRound

    class Params:
        replication = factory.Trait(
            kind="PENULARAN", source=factory.SubFactory("tests.factories.TargetLocationFactory", status="READY")
        )

    name = factory.Sequence(lambda n: f"Lokasi sasaran {n}")
    year = 2018
    quota = 7
    opens = date(2017, 5, 18)
    closes = date(2017, 6, 2)
    gate = "Usaha warga sudah berjalan, tidak dari nol."
    status = SelectionRound.Status.SCORING


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    round = factory.SubFactory(SelectionRoundFactory)
    name = factory.Sequence(lambda n: f"Kriteria lokasi {n}")
    weight = 25
    low = 0
    high = 100


class PairwiseJudgmentFactory(DjangoModelFactory):
    class Meta:
        model = PairwiseJudgment

    round = factory.SubFactory(SelectionRoundFactory)
    user = factory.SubFactory(UserFactory)
    first = factory.SubFactory(CriterionFactory, round=factory.SelfAttribute("..round"))
    second = factory.SubFactory(CriterionFactory, round=factory.SelfAttribute("..round"))
    grade = 3


class RankingRunFactory(DjangoModelFactory):
    """A finished run, belonging to a round of its own unless told otherwise."""

    class Meta:
        model = RankingRun

    round = factory.SubFactory(SelectionRoundFactory)
    inputs = factory.LazyAttribute(
        lambda run: {"criteria": [], "candidates": [], "quota": 7, "seed": 2017, "tie_break": None}
    )
    digest = factory.Sequence(lambda n: f"{n:064x}")
    seed = 2017
    asked_by = factory.SubFactory(UserFactory)
    finished_at = datetime(2017, 7, 20, 9, tzinfo=UTC)
    results = factory.LazyAttribute(lambda run: {"candidates": [], "in_quota": [], "changes": [], "critical": None})


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = Candidate

    round = factory.SubFactory(SelectionRoundFactory)
    village = factory.SubFactory(VillageFactory)
    commodity = factory.SubFactory(CommodityFactory)
    existing_activity = "Menanam cabai di lahan 1,1 ha."
    members = 24
    active_since = 2012


class CandidateValueFactory(DjangoModelFactory):
    class Meta:
        model = CandidateValue

    candidate = factory.SubFactory(CandidateFactory)
    criterion = factory.SubFactory(CriterionFactory, round=factory.SelfAttribute("..candidate.round"))
    value = 50
    source = "Survei tim"


class SurveyVisitFactory(DjangoModelFactory):
    class Meta:
        model = SurveyVisit

    candidate = factory.SubFactory(CandidateFactory)
    visited_on = date(2017, 6, 13)
    letter_no = "094/12/BAPPEDA"
    surveyors = "Tim BAPPEDA"
    findings = "Kelompok bekerja rutin."


class TargetLocationFactory(DjangoModelFactory):
    class Meta:
        model = TargetLocation

    village = factory.SubFactory(VillageFactory)
    core_competency = factory.SubFactory(
        CoreCompetencyFactory,
        district=factory.SelfAttribute("..village.district"),
        decree=factory.SelfAttribute("..decree"),
    )
    decree = factory.SubFactory(DecreeFactory)
    valid_from = date(2017, 7, 27)


class DecreeItemFactory(DjangoModelFactory):
    class Meta:
        model = DecreeItem

    decree = factory.SubFactory(DecreeFactory, draft=True)
    action = DecreeItem.Action.OPEN
    village = factory.SubFactory(VillageFactory)


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = Program
        django_get_or_create = ["name"]

    name = "P2-EMAS"
    starts = 2017
    ends = 2021


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    program = factory.SubFactory(ProgramFactory)
    name = factory.Sequence(lambda n: f"Sasaran {n}")


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    agency = factory.SubFactory(AgencyFactory)
    year = 2019
    outcome = factory.SubFactory(OutcomeFactory)
    code = factory.Sequence(lambda n: f"2.01.03.15.{n:02d}")
    name = factory.Sequence(lambda n: f"Kegiatan {n}")


class RenstraActivityFactory(DjangoModelFactory):
    class Meta:
        model = RenstraActivity

    agency = factory.SubFactory(AgencyFactory)
    code = factory.Sequence(lambda n: f"2.01.03.15.{n:02d}")
    programme_name = "Peningkatan produksi"
    name = factory.Sequence(lambda n: f"Kegiatan lima tahun {n}")
    first_year = 2016
    last_year = 2021
    money = 400_000_000
    realised_until = 2017
    realised_money = 60_000_000


class RenstraTargetFactory(DjangoModelFactory):
    class Meta:
        model = RenstraTarget

    activity = factory.SubFactory(RenstraActivityFactory)
    name = factory.Sequence(lambda n: f"Kelompok dilatih selama Renstra {n}")
    unit = "kelompok"
    formula = RenstraTarget.Formula.INCREASING
    target = 200
    realised = 30


class RecapLayoutFactory(DjangoModelFactory):
    class Meta:
        model = RecapLayout

    paper = RecapLayout.Paper.E81
    version = "2020-1"


class RecapLabelFactory(DjangoModelFactory):
    class Meta:
        model = RecapLabel

    layout = factory.SubFactory(RecapLayoutFactory)
    number = "12"
    label = "Realisasi tahun {year}"


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    activity = factory.SubFactory(ActivityFactory)
    name = factory.Sequence(lambda n: f"Jumlah kelompok dilatih {n}")
    unit = "kelompok"
    formula = Indicator.Formula.INCREASING
    source = "Daftar hadir pelatihan"


class IndicatorTargetFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorTarget

    indicator = factory.SubFactory(IndicatorFactory)
    year = 2019
    baseline = 0
    baseline_year = 2017
    baseline_source = "Survei awal"
    target = 4


class WorkPlanFactory(DjangoModelFactory):
    """A draft; ``agreed=True`` for one that is set since January."""

    class Meta:
        model = WorkPlan

    class Params:
        agreed = factory.Trait(
            status=WorkPlan.Status.SET,
            budget_doc_no="DPA 1.05/2019",
            budget_doc_date=factory.LazyAttribute(lambda o: date(o.year - 1, 12, 28)),
            effective_on=factory.LazyAttribute(lambda o: date(o.year, 1, 2)),
        )

    agency = factory.SubFactory(AgencyFactory)
    year = 2019


class FundFactory(DjangoModelFactory):
    class Meta:
        model = Fund
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"F{n}")
    label = factory.Sequence(lambda n: f"Dana {n}")
    group = Fund.Group.TRANSFER


class NomenclatureVersionFactory(DjangoModelFactory):
    class Meta:
        model = NomenclatureVersion
        django_get_or_create = ["code"]

    code = "13/2006"
    regulation = factory.LazyAttribute(lambda version: f"Peraturan {version.code}")
    first_year = 2007
    last_year = None


class NomenclatureEntryFactory(DjangoModelFactory):
    class Meta:
        model = NomenclatureEntry

    version = factory.SubFactory(NomenclatureVersionFactory)
    level = "URUSAN"
    code = factory.Sequence(lambda n: f"{n % 90 + 10}")
    name = factory.Sequence(lambda n: f"Urusan {n}")


class CodeCrosswalkFactory(DjangoModelFactory):
    class Meta:
        model = CodeCrosswalk

    from_entry = factory.SubFactory(NomenclatureEntryFactory)
    to_entry = factory.SubFactory(NomenclatureEntryFactory, version__code="90/2019", version__first_year=2021)


class ProcurementMethodFactory(DjangoModelFactory):
    class Meta:
        model = ProcurementMethod
        django_get_or_create = ["name"]

    name = factory.Sequence(lambda n: f"Cara pengadaan {n}")
    working_days = 15


class PlanLineFactory(DjangoModelFactory):
    """A test that commits takes away the rows of the migrations: what tells village money from others is made again."""

    class Meta:
        model = PlanLine

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("fund") in ("ADD", "DD"):
            fill_funds()
        return super()._create(model_class, *args, **kwargs)

    class Params:
        located = factory.Trait(target_location=factory.SubFactory(TargetLocationFactory))

    plan = factory.SubFactory(WorkPlanFactory, agreed=True)
    activity = factory.SubFactory(
        ActivityFactory, agency=factory.SelfAttribute("..plan.agency"), year=factory.SelfAttribute("..plan.year")
    )
    chain_link = PlanLine.ChainLink.TRAINING
    start_month = 3
    amount = 100_000_000


class ChainAnswerFactory(DjangoModelFactory):
    class Meta:
        model = ChainAnswer

    agency = factory.SubFactory(AgencyFactory)
    year = 2019
    village = factory.SubFactory(VillageFactory)
    link = PlanLine.ChainLink.CAPITAL
    text = "BUMDes menyediakan pinjaman."
    answered_by = factory.SubFactory(UserFactory)


class PlanLineTargetFactory(DjangoModelFactory):
    class Meta:
        model = PlanLineTarget

    plan_line = factory.SubFactory(PlanLineFactory)
    quarter = 3
    money = 75_000_000
    physical = 75


class TreasuryEntryFactory(DjangoModelFactory):
    class Meta:
        model = TreasuryEntry

    activity = factory.SubFactory(ActivityFactory)
    agency = factory.SelfAttribute("activity.agency")
    year = factory.SelfAttribute("activity.year")
    sp2d_no = factory.Sequence(lambda n: f"{n:05d}/SP2D/LS/2019")
    paid_on = factory.LazyAttribute(lambda o: date(o.year, 6, 14))
    amount = 60_000_000
    account = "5.2.2.01.01"
    text = "Belanja bahan pelatihan"


class ObstacleFactory(DjangoModelFactory):
    class Meta:
        model = Obstacle

    class Params:
        routed = factory.Trait(
            status="ROUTED",
            responsible=factory.SubFactory(AgencyFactory),
            due_on=date(2019, 10, 22),
            routed_at=datetime(2019, 10, 1, tzinfo=UTC),
        )
        answered = factory.Trait(
            routed=True,
            status="ANSWERED",
            answer="Pengadaan diulang.",
            promised_on=date(2019, 11, 29),
            answered_by=factory.SubFactory(UserFactory),
            answered_at=datetime(2019, 10, 7, tzinfo=UTC),
        )

    text = factory.Sequence(lambda n: f"Kendala nomor {n}")
    raised_by = factory.SubFactory(AgencyFactory)
    raised_by_user = factory.SubFactory(UserFactory)


class AidPackageFactory(DjangoModelFactory):
    class Meta:
        model = AidPackage

    class Params:
        handed = factory.Trait(
            handed_on=date(2018, 10, 24), handover_no=factory.Sequence(lambda n: f"520/{n}/BAST/2018")
        )

    plan_line = factory.SubFactory(PlanLineFactory)
    group = factory.SubFactory(CommunityGroupFactory)
    item = factory.Sequence(lambda n: f"Kambing {n}")
    quantity = 12
    unit = "ekor"
    value = 30_000_000


class AidCheckFactory(DjangoModelFactory):
    class Meta:
        model = AidCheck

    package = factory.SubFactory(AidPackageFactory, handed=True)
    month = 6
    checked_on = date(2019, 4, 24)
    left = 9


class HandoverSlipFactory(DjangoModelFactory):
    class Meta:
        model = HandoverSlip

    package = factory.SubFactory(AidPackageFactory, handed=True)
    printed_at = datetime(2019, 10, 1, 2, tzinfo=UTC)


class HolderStatementFactory(DjangoModelFactory):
    class Meta:
        model = HolderStatement

    package = factory.SubFactory(AidPackageFactory, handed=True)
    arrived = 11
    condition = "PARTLY"
    counts = True


class StatementWitnessFactory(DjangoModelFactory):
    class Meta:
        model = StatementWitness

    statement = factory.SubFactory(HolderStatementFactory)
    kind = "CALL"
    seen_on = date(2019, 10, 2)


class AidDutyFactory(DjangoModelFactory):
    class Meta:
        model = AidDuty

    package = factory.SubFactory(AidPackageFactory, handed=True)
    quantity = 4
    due_on = date(2019, 10, 24)


class RevolvingStepFactory(DjangoModelFactory):
    class Meta:
        model = RevolvingStep

    duty = factory.SubFactory(AidDutyFactory)
    from_group = factory.SelfAttribute("duty.package.group")
    to_group = factory.SubFactory(CommunityGroupFactory)
    moved_on = date(2019, 9, 24)
    quantity = 1


class ObstacleNoticeFactory(DjangoModelFactory):
    class Meta:
        model = ObstacleNotice

    obstacle = factory.SubFactory(ObstacleFactory, routed=True)
    text = factory.Sequence(lambda n: f"Jalan {n} tertahan.")
    published_by = factory.SubFactory(UserFactory)


class SummarySendingFactory(DjangoModelFactory):
    class Meta:
        model = SummarySending

    period = factory.SubFactory("tests.factories.ReportingPeriodFactory")
    number = factory.Sequence(lambda n: n + 1)
    paper = b"%PDF-1.7"
    sent_by = factory.SubFactory("tests.factories.UserFactory")


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    class Params:
        invited = factory.Trait(status="INVITED", invited_at=datetime(2019, 10, 1, tzinfo=UTC))
        held = factory.Trait(status="HELD", held_on=date(2019, 9, 20))

    held_on = date(2019, 10, 15)
    starts = time(9)
    place = "Ruang rapat Bappeda"
    subject = "Rapat koordinasi"
    prepared_by = factory.SubFactory(UserFactory)


class AgendaLineFactory(DjangoModelFactory):
    class Meta:
        model = AgendaLine

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Butir {n}")
    position = factory.Sequence(lambda n: n)


class MeetingAttendanceFactory(DjangoModelFactory):
    class Meta:
        model = MeetingAttendance

    meeting = factory.SubFactory(MeetingFactory)
    agency = factory.SubFactory(AgencyFactory)


class ActionItemFactory(DjangoModelFactory):
    class Meta:
        model = ActionItem

    class Params:
        done = factory.Trait(
            status="DONE", ended_by=factory.SubFactory(UserFactory), ended_at=datetime(2019, 10, 4, tzinfo=UTC)
        )

    text = factory.Sequence(lambda n: f"Hitung benih kolam {n}")
    responsible = factory.SubFactory(AgencyFactory)
    due_on = date(2019, 10, 25)
    created_by = factory.SubFactory(UserFactory)
    created_at = datetime(2019, 9, 20, tzinfo=UTC)


class ComparisonSetFactory(DjangoModelFactory):
    class Meta:
        model = ComparisonSet

    class Params:
        frozen = factory.Trait(
            status="FROZEN",
            frozen_by=factory.SubFactory(UserFactory),
            frozen_at=datetime(2018, 3, 5, tzinfo=UTC),
            after_results=False,
        )

    kind = AreaFigure.Kind.POVERTY
    unit = "persen"
    earlier_year = 2016
    later_year = 2018


class ComparisonVillageFactory(DjangoModelFactory):
    """``figures``: the figure of the earlier and of the later year, None for one that is not recorded."""

    class Meta:
        model = ComparisonVillage
        skip_postgeneration_save = True

    comparison_set = factory.SubFactory(ComparisonSetFactory, frozen=True)
    village = factory.SubFactory(VillageFactory)
    side = ComparisonVillage.Side.COMPARED

    @factory.post_generation
    def figures(self, create, values, **kwargs):
        chosen = self.comparison_set
        for year, value in zip((chosen.earlier_year, chosen.later_year), values or (), strict=False):
            if value is not None:
                AreaFigureFactory(village=self.village, kind=chosen.kind, unit=chosen.unit, year=year, value=value)


class EvaluationFactory(DjangoModelFactory):
    """A draft of which nothing is known but the members, as many as before; ``decided=True``: not ready yet."""

    class Meta:
        model = Evaluation

    class Params:
        submitted = factory.Trait(
            status="SUBMITTED",
            submitted_by=factory.SubFactory(UserFactory),
            submitted_at=datetime(2019, 10, 1, tzinfo=UTC),
        )
        decided = factory.Trait(
            submitted=True,
            status="DECIDED",
            decided_by=factory.SubFactory(UserFactory),
            decided_at=datetime(2019, 10, 2, tzinfo=UTC),
            verdict="NOT_YET",
            reason="Angka penjualan belum ada.",
            sources="Rapat evaluasi",
        )

    target_location = factory.SubFactory(TargetLocationFactory)
    computed_on = date(2019, 9, 30)
    inputs = factory.LazyFunction(
        lambda: {
            "thresholds": {"output": 100, "quarters": 2, "aid": 80, "sales": 6, "needed": 5},
            "output": [],
            "aid": None,
            "members": [["Anggota aktif", 31.0, 31.0]],
            "sales": None,
            "contribution": {"lines": 0, "amount": 0, "spent": None},
            "reports": [],
            "visits": None,
        }
    )
    criteria = factory.LazyAttribute(lambda o: [each.kept for each in criterion_answers(o.inputs)])


class ModelPackageFactory(DjangoModelFactory):
    """A draft whose words are complete; ``published=True``: with one line of costs."""

    class Meta:
        model = ModelPackage

    class Params:
        published = factory.Trait(
            status="PUBLISHED",
            published_on=date(2019, 10, 3),
            costs=[
                {
                    "line": 1, "year": 2019, "agency": "DPMPD", "activity": "Pelatihan menenun", "link": "Pelatihan",
                    "volume": "8.00", "unit": "orang", "amount": 12_000_000, "spent": 10_000_000, "is_sample": False,
                }
            ],
        )  # fmt: skip

    target_location = factory.SubFactory(TargetLocationFactory)
    steps = "Bulan 1: kenali penenun."
    roles = "DPMPD: kelompok."
    conditions = "Sekurangnya 10 penenun."
    risks = "Benang terlambat dua bulan."


class ReportingPeriodFactory(DjangoModelFactory):
    class Meta:
        model = ReportingPeriod
        django_get_or_create = ["year", "number"]

    year = 2019
    number = 3
    starts = factory.LazyAttribute(lambda o: date(o.year, 3 * o.number - 2, 1))
    ends = factory.LazyAttribute(lambda o: date(o.year, 3 * o.number, 30))
    due_on = factory.LazyAttribute(lambda o: date(o.year + o.number // 4, 3 * o.number % 12 + 1, 7))
    opened_by = factory.SubFactory(UserFactory)


class ProgressReportFactory(DjangoModelFactory):
    """Not started; traits for the states further on. ``with_line=True`` adds a filled line."""

    class Meta:
        model = ProgressReport
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=ProgressReport.Status.DRAFT)
        sent = factory.Trait(
            status=ProgressReport.Status.WAITING,
            submitted_by=factory.SubFactory(UserFactory),
            submitted_at=datetime(2019, 10, 4, 3, 22, tzinfo=UTC),
            first_submitted_at=datetime(2019, 10, 4, 3, 22, tzinfo=UTC),
            has_obstacles=False,
        )
        verifying = factory.Trait(sent=True, status=ProgressReport.Status.VERIFYING)
        approved = factory.Trait(
            sent=True,
            status=ProgressReport.Status.APPROVED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=datetime(2019, 10, 7, 3, 0, tzinfo=UTC),
        )

    period = factory.SubFactory(ReportingPeriodFactory)
    agency = factory.SubFactory(AgencyFactory)
    plan = factory.SubFactory(
        WorkPlanFactory,
        agreed=True,
        agency=factory.SelfAttribute("..agency"),
        year=factory.SelfAttribute("..period.year"),
    )
    due_on = factory.LazyAttribute(lambda o: o.period.due_on)


class ReportLineFactory(DjangoModelFactory):
    class Meta:
        model = ReportLine

    report = factory.SubFactory(ProgressReportFactory)
    plan_line = factory.SubFactory(PlanLineFactory, plan=factory.SelfAttribute("..report.plan"))
    spent_to_date = 60_000_000
    physical_to_date = 70


class MonthlyPlanFactory(DjangoModelFactory):
    class Meta:
        model = MonthlyPlan

    line = factory.SubFactory(PlanLineFactory)
    month = 8
    money = 65_000_000
    physical = 66


class MonthlyProgressFactory(DjangoModelFactory):
    class Meta:
        model = MonthlyProgress

    line = factory.SubFactory(PlanLineFactory)
    month = 8
    money = 55_000_000
    physical = 61


class ReportCommentFactory(DjangoModelFactory):
    class Meta:
        model = ReportComment

    report = factory.SubFactory(ProgressReportFactory)
    author = factory.SubFactory(UserFactory)
    text = "Mohon dilengkapi."


class DueDateChangeFactory(DjangoModelFactory):
    class Meta:
        model = DueDateChange

    report = factory.SubFactory(ProgressReportFactory)
    old = date(2019, 10, 7)
    new = date(2019, 10, 14)
    reason = "Bencana banjir"
    by = factory.SubFactory(UserFactory)


class ReopenRequestFactory(DjangoModelFactory):
    class Meta:
        model = ReopenRequest

    report = factory.SubFactory(ProgressReportFactory, approved=True)
    reason = "Angka baris 2 tertukar."
    asked_by = factory.SubFactory(UserFactory)


class IndicatorValueFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    report = factory.SubFactory(ProgressReportFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    value = 2
