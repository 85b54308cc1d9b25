"""Who sees which entries of the menu, and in which order: at most six in the bar, the others under "Lainnya".

Each room has its entries in its ``contributions.py``; this house's last room knows all of them.
"""

from districts.competencies.contributions import COMPETENCIES
from districts.evidence.contributions import EVIDENCE
from districts.locations.contributions import DECISIONS, DISTRICTS, SELECTION_ROUNDS, VILLAGES
from facilitators.placements.contributions import FACILITATORS
from facilitators.recruitment.contributions import RECRUITMENT_ROUNDS, VACANCIES
from p2emas.accounts.contributions import BACK_OFFICE
from p2emas.accounts.roles import Role
from p2emas.calendar.contributions import CALENDAR
from p2emas.identity.contributions import IDENTITY
from p2emas.imports.contributions import IMPORTS
from p2emas.notifications.contributions import NOTICES
from p2emas.outbox.contributions import LETTERS
from p2emas.registry.kinds import MenuEntry, Menus, RoleMenu
from p2emas.staffing.contributions import PEOPLE
from programs.framework.contributions import RENSTRA
from programs.monthly.contributions import MONTHS
from programs.nomenclature.contributions import NOMENCLATURE
from programs.obstacles.contributions import OBSTACLES
from programs.planning.contributions import PLANS
from programs.profiles.contributions import DECREES
from programs.recaps.contributions import RECAPS
from programs.reporting.contributions import COMPLIANCE, PERIODS, REPORTS, VERIFICATION
from programs.treasury.contributions import TREASURY

HOME = MenuEntry("Beranda", "dashboards:home")
PORTAL = MenuEntry("Beranda", "dashboards:public-home")
SUMMARY = MenuEntry("Ringkasan", "dashboards:summary")
DASHBOARD = MenuEntry("Dasbor", "dashboards:dashboard")
MAP = MenuEntry("Peta", "dashboards:map")
BUDGET = MenuEntry("Anggaran", "dashboards:budget")

# Parts that several menus share, in their order.
CHECKING = (RENSTRA, RECAPS, COMPLIANCE, PERIODS, MONTHS, OBSTACLES, TREASURY, EVIDENCE, NOMENCLATURE)
DECIDING = (DECISIONS, COMPETENCIES, SELECTION_ROUNDS, RECRUITMENT_ROUNDS, FACILITATORS)
PLACES = (DISTRICTS, VILLAGES)
AGENCY = RoleMenu(
    bar=(HOME, PLANS, REPORTS, OBSTACLES, RECAPS),
    more=(MONTHS, RENSTRA, VILLAGES, DECREES, TREASURY, NOMENCLATURE, IMPORTS, CALENDAR, NOTICES),
)

MENUS = Menus(
    of_roles={
        Role.COORDINATOR_HEAD: RoleMenu(
            bar=(HOME, VERIFICATION, REPORTS, DASHBOARD, DECREES),
            more=(
                SUMMARY,
                PLANS,
                *CHECKING,
                *DECIDING,
                *PLACES,
                IMPORTS,
                CALENDAR,
                NOTICES,
                LETTERS,
                PEOPLE,
                IDENTITY,
                BACK_OFFICE,
            ),
        ),
        Role.COORDINATOR: RoleMenu(
            bar=(HOME, VERIFICATION, REPORTS, DASHBOARD, DECREES),
            more=(SUMMARY, PLANS, *CHECKING, *DECIDING, *PLACES, IMPORTS, CALENDAR, NOTICES, LETTERS, BACK_OFFICE),
        ),
        Role.LEADER: RoleMenu(
            bar=(SUMMARY, HOME, DASHBOARD, DECREES, MAP),
            more=(OBSTACLES, RECAPS, MONTHS, *PLACES, TREASURY, EVIDENCE, *DECIDING, CALENDAR),
        ),
        Role.AUDITOR: RoleMenu(
            bar=(HOME, REPORTS, PLANS, DASHBOARD, DECREES),
            more=(SUMMARY, *CHECKING, *DECIDING, *PLACES, IMPORTS, CALENDAR, LETTERS, PEOPLE, BACK_OFFICE),
        ),
        Role.AGENCY_OPERATOR: AGENCY,
        Role.AGENCY_HEAD: AGENCY,
        Role.DISTRICT_ADMIN: RoleMenu(
            bar=(HOME, OBSTACLES, SELECTION_ROUNDS, BACK_OFFICE, VILLAGES),
            more=(EVIDENCE, IMPORTS, DISTRICTS, DECREES, CALENDAR),
        ),
        Role.FACILITATOR: RoleMenu(bar=(HOME, OBSTACLES, VILLAGES, BUDGET, CALENDAR)),
        Role.PANELIST: RoleMenu(bar=(HOME, RECRUITMENT_ROUNDS, VILLAGES, BUDGET, CALENDAR)),
    },
    public=RoleMenu(bar=(PORTAL, VILLAGES, MAP, BUDGET, VACANCIES), more=(DECREES, DISTRICTS, CALENDAR)),
    without_role=RoleMenu(bar=(HOME, VILLAGES, BUDGET)),
    superuser=RoleMenu(
        bar=(HOME, DASHBOARD, REPORTS, PLANS, DECREES),
        more=(
            SUMMARY,
            RECAPS,
            MONTHS,
            TREASURY,
            EVIDENCE,
            MAP,
            *PLACES,
            FACILITATORS,
            IMPORTS,
            CALENDAR,
            PEOPLE,
            IDENTITY,
            BACK_OFFICE,
        ),
    ),
)
