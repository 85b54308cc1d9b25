"""Gathers the rooms of the house for Django."""

from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.handover import HandoverSlip, HolderPhoto, HolderStatement, StatementWitness
from programs.aid.models import AidCheck, AidCheckPhoto, AidPackage
from programs.coordination.items import ActionItem
from programs.coordination.models import AgendaLine, Meeting, MeetingAttendance
from programs.dashboards.sending.models import SummarySending
from programs.evaluation.comparison.models import ComparisonSet, ComparisonVillage
from programs.evaluation.models import Evaluation
from programs.evaluation.packages import ModelPackage
from programs.fieldwork.models import FieldPhoto, FieldReport, VisitedLine, VisitReply
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.stories.models import StoryPart
from programs.framework.models import Activity, Indicator, IndicatorTarget, Outcome, Program
from programs.framework.renstra import RenstraActivity, RenstraTarget
from programs.monthly.models import MonthlyPlan, MonthlyProgress
from programs.nomenclature.models import CodeCrosswalk, Fund, NomenclatureEntry, NomenclatureVersion
from programs.obstacles.models import Obstacle, ObstacleFile
from programs.obstacles.notices import ObstacleNotice
from programs.planning.chain.models import ChainAnswer
from programs.planning.files.models import PlanFile
from programs.planning.models import PlanLine, PlanLineTarget, WorkPlan
from programs.planning.start.models import ProcurementMethod
from programs.recaps.models import RecapLabel, RecapLayout
from programs.reporting.reports.kept import KeptLine, KeptReport, KeptValue
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import DueDateChange, IndicatorValue, ReportAttachment, ReportComment, ReportLine
from programs.reporting.reports.reopening import ReopenRequest
from programs.treasury.models import TreasuryEntry

__all__ = [
    "ActionItem",
    "Activity",
    "AgendaLine",
    "AidCheck",
    "AidCheckPhoto",
    "AidDuty",
    "AidPackage",
    "ChainAnswer",
    "CodeCrosswalk",
    "ComparisonSet",
    "ComparisonVillage",
    "DueDateChange",
    "Evaluation",
    "FieldPhoto",
    "FieldReport",
    "Fund",
    "HandoverSlip",
    "HolderPhoto",
    "HolderStatement",
    "Indicator",
    "IndicatorTarget",
    "IndicatorValue",
    "KeptLine",
    "KeptReport",
    "KeptValue",
    "Meeting",
    "MeetingAttendance",
    "ModelPackage",
    "MonthlyPlan",
    "MonthlyProgress",
    "NomenclatureEntry",
    "NomenclatureVersion",
    "Obstacle",
    "ObstacleFile",
    "ObstacleNotice",
    "Outcome",
    "PlanFile",
    "PlanLine",
    "PlanLineTarget",
    "ProcurementMethod",
    "Program",
    "ProgressReport",
    "RecapLabel",
    "RecapLayout",
    "RenstraActivity",
    "RenstraTarget",
    "ReopenRequest",
    "ReportAttachment",
    "ReportComment",
    "ReportLine",
    "ReportingPeriod",
    "RevolvingStep",
    "SalesEntry",
    "StatementWitness",
    "StoryPart",
    "SummarySending",
    "TreasuryEntry",
    "VisitReply",
    "VisitedLine",
    "WorkPlan",
]
