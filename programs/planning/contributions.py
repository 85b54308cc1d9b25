"""What work plans contribute to the frame; see ``p2emas/registry``."""

from p2emas.imports.contributions import UNSAVED
from p2emas.privacy.handlings import TRACE
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.planning import (
    checks,  # noqa: F401 - provides what a plan lacks
)
from programs.planning.chain.drafts import ANSWERS
from programs.planning.chain.models import ChainAnswer
from programs.planning.completion.drafts import COMPLETION
from programs.planning.drafts import INDICATOR, LINE
from programs.planning.files import jobs  # noqa: F401 - registers the sweep of files nobody reads
from programs.planning.files.models import PlanFile
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.notices import NOTICES
from programs.planning.start.models import ProcurementMethod
from programs.planning.workbook import lane  # noqa: F401 - registers the workbook of a plan

PLANS = MenuEntry("Rencana", "planning:plan-list")

OF_PLANS = Looks(
    "plan",
    {
        WorkPlan.Status.DRAFT: Look("", "half"),
        WorkPlan.Status.SUBMITTED: Look("blue", "clock"),
        WorkPlan.Status.REVIEWING: Look("violet", "half"),
        WorkPlan.Status.RETURNED: Look("yellow", "back"),
        WorkPlan.Status.SET: Look("green", "check"),
    },
    WorkPlan,
)
OF_FILES = Looks(
    "plan_file",
    {
        PlanFile.Status.READING: Look("violet", "half"),
        PlanFile.Status.ASKING: Look("yellow", "alert"),
        PlanFile.Status.READY: Look("blue", "clock"),
        PlanFile.Status.FAILED: Look("red", "cross"),
        PlanFile.Status.APPLIED: Look("green", "check"),
        PlanFile.Status.UNDONE: Look("", "cross"),
    },
    PlanFile,
)
OF_KINDS = Looks(
    "plan_kind",
    {
        WorkPlan.Kind.INDUK: Look("", "dot"),
        WorkPlan.Kind.PERGESERAN: Look("violet", "half"),
        WorkPlan.Kind.PERUBAHAN: Look("violet", "half"),
    },
)

CONTRIBUTIONS = Contributions(
    menu_entries=(PLANS,),
    looks=(OF_PLANS, OF_KINDS, OF_FILES),
    drafted_forms=(LINE, INDICATOR, COMPLETION, ANSWERS),
    notices=NOTICES,
    personal=(
        PersonalFields(ChainAnswer, "answered_by answered_at", TRACE),
        PersonalFields(WorkPlan, "created_at submitted_by submitted_at decided_by decided_at", TRACE),
        PersonalFields(PlanFile, "uploaded_by uploaded_at file_name", UNSAVED),
    ),
    not_personal={
        ChainAnswer: "link text",
        ProcurementMethod: "name source",
        PlanFile: "status tables layout notices problem content content_type job before applied_at",
        WorkPlan: "kind budget_doc_no budget_doc_date regulation_no regulation_date effective_on status",
        PlanLine: "chain_link fund unit exception_reason proposal_no proposal_text",
    },
)
