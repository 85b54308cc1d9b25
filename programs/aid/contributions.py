"""What packages of aid contribute to the frame; see ``p2emas/registry``."""

from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, TRACE, UPLOAD
from p2emas.registry.kinds import Contributions, Look, Looks, MenuEntry, PersonalFields
from programs.aid import (
    integrity,
    package_lane,  # noqa: F401 - registers the workbook of packages
    page,  # noqa: F401 - provides the duties beside obstacles, and the checks in the field home
)
from programs.aid.duties import AidDuty, RevolvingStep
from programs.aid.handover import HandoverSlip, HolderPhoto, HolderStatement, StatementWitness
from programs.aid.models import AidCheck, AidCheckPhoto, AidPackage
from programs.aid.waiting import DATES

PACKAGES = MenuEntry("Paket bantuan", "aid:package-list")

CONTRIBUTIONS = Contributions(
    menu_entries=(PACKAGES,),
    dates=DATES,
    looks=(
        Looks(
            "handover",
            {
                HandoverSlip.State.OPEN: Look("violet", "clock"),
                HandoverSlip.State.ANSWERED: Look("green", "check"),
                HandoverSlip.State.EXPIRED: Look("", "half"),
            },
        ),
    ),
    checks={"pemeriksaan paket bantuan": integrity.counts_that_grow},
    personal=(
        PersonalFields(AidPackage, "created_by created_at", TRACE),
        PersonalFields(AidCheck, "checked_by", TRACE),
        PersonalFields(AidCheckPhoto, OF_A_FILE, UPLOAD),
        PersonalFields(HandoverSlip, "printed_by printed_at ended_at", TRACE),
        PersonalFields(HolderStatement, "recorded_by stated_at", TRACE),
        PersonalFields(HolderPhoto, OF_A_FILE, UPLOAD),
        PersonalFields(StatementWitness, "written_by", TRACE),
        PersonalFields(RevolvingStep, "written_by", TRACE),
    ),
    not_personal={
        AidPackage: (
            "item unit proposal_no proposal_on recipient_decree_no recipient_decree_on grant_no grant_on handover_no "
            "handed_on"
        ),
        AidCheck: "checked_on condition note",
        AidCheckPhoto: ABOUT_A_FILE,
        AidDuty: "kind due_on clause",
        RevolvingStep: "moved_on",
        HandoverSlip: "code",
        HolderStatement: "condition note",
        HolderPhoto: ABOUT_A_FILE,
        StatementWitness: "kind seen_on note",
    },
)
