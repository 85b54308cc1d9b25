"""What results contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import TRACE
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.evaluation import services  # noqa: F401 - provides whether a location may be passed on
from programs.evaluation.comparison.models import ComparisonSet, ComparisonVillage
from programs.evaluation.models import Evaluation
from programs.evaluation.notices import NOTICES
from programs.evaluation.packages import ModelPackage

RESULTS = MenuEntry("Hasil", "evaluation:result-overview")

REPLICATION = MenuEntry("Penularan", "evaluation:replication-overview", claims=r"/(kesiapan|paket-model)/")

CONTRIBUTIONS = Contributions(
    menu_entries=(RESULTS, REPLICATION),
    notices=NOTICES,
    looks=(
        Looks(
            "evaluation",
            {
                Evaluation.Status.DRAFT: Look("", "half"),
                Evaluation.Status.SUBMITTED: Look("blue", "clock"),
                Evaluation.Status.DECIDED: Look("green", "check"),
                Evaluation.Status.CANCELLED: Look("open", "cross"),
            },
            Evaluation,
        ),
        Looks(
            "comparison",
            {ComparisonSet.Status.OPEN: Look("", "half"), ComparisonSet.Status.FROZEN: Look("green", "lock")},
            ComparisonSet,
        ),
        Looks(
            "package",
            {
                ModelPackage.Status.DRAFT: Look("", "half"),
                ModelPackage.Status.PUBLISHED: Look("green", "check"),
                ModelPackage.Status.WITHDRAWN: Look("open", "cross"),
            },
            ModelPackage,
        ),
        Looks(
            "criterion",
            {
                "met": Look("green", "check", "Terpenuhi"),
                "not_met": Look("yellow", "circle", "Belum"),
                "unknown": Look("", "circle", "Belum diketahui"),
                "not_applicable": Look("open", "cross", "Tidak berlaku"),
            },
        ),
    ),
    personal=(
        PersonalFields(Evaluation, "submitted_by submitted_at decided_by decided_at", TRACE),
        PersonalFields(ComparisonSet, "frozen_by frozen_at", TRACE),
    ),
    not_personal={
        Evaluation: "computed_on computed_at inputs criteria waived waived_reason verdict reason sources status",
        ComparisonSet: "kind unit status",
        ComparisonVillage: "side reason",
        ModelPackage: "steps roles conditions risks costs published_on status",
    },
)
