"""What core competencies contribute to the frame; see ``p2emas/registry``."""

from districts.competencies import integrity
from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.competencies.notices import NOTICES
from districts.competencies.panel.analyses import DeterminationAnalysis
from districts.competencies.panel.models import (
    AssessorSeat,
    CompetencyOption,
    DeterminationCriterion,
    InapplicableCriterion,
    PanelScore,
)
from districts.competencies.result.drafts import DISCUSSION
from p2emas.privacy.handlings import TRACE
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields

COMPETENCIES = MenuEntry("Kompetensi inti", "competencies:determination-list", claims=r"/keputusan/kompetensi/")

CONTRIBUTIONS = Contributions(
    drafted_forms=(DISCUSSION,),
    menu_entries=(COMPETENCIES,),
    looks=(
        Looks(
            "determination",
            {
                CompetencyDetermination.Status.DRAFT: Look("", "half"),
                CompetencyDetermination.Status.SCORED: Look("blue", "half"),
                CompetencyDetermination.Status.DISCUSSED: Look("violet", "half"),
                CompetencyDetermination.Status.SUBMITTED: Look("blue", "clock"),
                CompetencyDetermination.Status.DECIDED: Look("teal", "dot"),
                CompetencyDetermination.Status.ENACTED: Look("green", "check"),
                CompetencyDetermination.Status.REVOKED: Look("red", "cross"),
                CompetencyDetermination.Status.CANCELLED: Look("", "cross"),
            },
            CompetencyDetermination,
        ),
    ),
    notices=NOTICES,
    checks={"pilihan kompetensi dan hitungannya": integrity.analyses_elsewhere},
    personal=(
        PersonalFields(CompetencyDetermination, "submitted_by submitted_at decided_by decided_at", TRACE),
        PersonalFields(AssessorSeat, "user given_at scored_at note", TRACE),
        PersonalFields(PanelScore, "saved_at", TRACE),
    ),
    not_personal={
        CompetencyDetermination: "method measure inputs results computed_at discussion decided_on reason "
        "dissent sources status",
        CoreCompetency: "valid_from valid_until",
        CompetencyOption: "note",
        DeterminationAnalysis: "name measure sector",
        DeterminationCriterion: "name kind figure",
        InapplicableCriterion: "reason",
    },
)
