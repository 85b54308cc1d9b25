"""Who sees which entries of the menu, and in which order: at most six in the bar, and all in groups by task.

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
from p2emas.instruments.contributions import MINUTES
from p2emas.notifications.contributions import NOTICES
from p2emas.outbox.contributions import LETTERS
from p2emas.registry.kinds import MenuEntry, MenuGroup, Menus, RoleMenu
from p2emas.staffing.contributions import ABSENCES, PEOPLE
from programs.aid.contributions import PACKAGES
from programs.coordination.contributions import ITEMS, MEETINGS
from programs.evaluation.contributions import REPLICATION, RESULTS
from programs.fieldwork.contributions import FIELD, VISITS
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

# Groups that several menus share, in the order of the panel.
REPORTING = MenuGroup("Laporan", (VERIFICATION, REPORTS, COMPLIANCE, PERIODS, PLANS, MONTHS, RECAPS, TREASURY))
STUCK = MenuGroup("Kendala dan rakor", (OBSTACLES, MEETINGS, ITEMS))
DECIDING = MenuGroup(
    "Keputusan dan SK", (DECISIONS, COMPETENCIES, SELECTION_ROUNDS, RECRUITMENT_ROUNDS, DECREES, MINUTES)
)
PLACES = MenuGroup("Desa dan lapangan", (VILLAGES, DISTRICTS, EVIDENCE, PACKAGES, FACILITATORS, VISITS))
MANAGED = "Hasil dan kelola"

COORDINATOR_BAR = (HOME, VERIFICATION, OBSTACLES, MEETINGS, DECREES, DASHBOARD)
TODAY = MenuGroup("Hari ini", (HOME, NOTICES, CALENDAR, LETTERS, ABSENCES))
KEPT = (DASHBOARD, RESULTS, REPLICATION, SUMMARY, RENSTRA, NOMENCLATURE, IMPORTS)
AGENCY = RoleMenu(
    bar=(HOME, PLANS, REPORTS, OBSTACLES, RECAPS, VILLAGES),
    groups=(
        MenuGroup("Hari ini", (HOME, NOTICES, CALENDAR, ABSENCES)),
        MenuGroup("Laporan", (REPORTS, MONTHS, RECAPS, TREASURY)),
        MenuGroup("Rencana", (PLANS, RENSTRA, NOMENCLATURE)),
        STUCK,
        MenuGroup("Desa dan SK", (VILLAGES, PACKAGES, DECREES, VISITS)),
        MenuGroup("Berkas", (IMPORTS,)),
    ),
)

MENUS = Menus(
    of_roles={
        Role.COORDINATOR_HEAD: RoleMenu(
            bar=COORDINATOR_BAR,
            groups=(
                TODAY,
                REPORTING,
                STUCK,
                DECIDING,
                PLACES,
                MenuGroup(MANAGED, (*KEPT, PEOPLE, IDENTITY, BACK_OFFICE)),
            ),
        ),
        Role.COORDINATOR: RoleMenu(
            bar=COORDINATOR_BAR,
            groups=(TODAY, REPORTING, STUCK, DECIDING, PLACES, MenuGroup(MANAGED, (*KEPT, BACK_OFFICE))),
        ),
        Role.LEADER: RoleMenu(
            bar=(SUMMARY, DECISIONS, DASHBOARD, VILLAGES, MAP),
            groups=(
                MenuGroup("Hari ini", (SUMMARY, HOME, NOTICES, CALENDAR)),
                MenuGroup("Laporan", (RECAPS, MONTHS, TREASURY)),
                STUCK,
                DECIDING,
                MenuGroup("Desa dan lapangan", (VILLAGES, MAP, DISTRICTS, EVIDENCE, PACKAGES, FACILITATORS, VISITS)),
                MenuGroup("Hasil", (DASHBOARD, RESULTS, REPLICATION)),
            ),
        ),
        Role.AUDITOR: RoleMenu(
            bar=(HOME, DASHBOARD, DECREES, REPORTS, PLANS, VILLAGES),
            groups=(
                MenuGroup("Hari ini", (HOME, NOTICES, CALENDAR, LETTERS, ABSENCES)),
                MenuGroup("Laporan", (REPORTS, COMPLIANCE, PERIODS, PLANS, MONTHS, RECAPS, TREASURY)),
                STUCK,
                DECIDING,
                PLACES,
                MenuGroup(MANAGED, (*KEPT, PEOPLE, BACK_OFFICE)),
            ),
        ),
        Role.AGENCY_OPERATOR: AGENCY,
        Role.AGENCY_HEAD: AGENCY,
        Role.DISTRICT_ADMIN: RoleMenu(
            bar=(HOME, BACK_OFFICE, OBSTACLES, SELECTION_ROUNDS, VILLAGES),
            groups=(
                MenuGroup("Hari ini", (HOME, NOTICES, CALENDAR, ABSENCES)),
                MenuGroup("Data kecamatan", (BACK_OFFICE, EVIDENCE, IMPORTS)),
                STUCK,
                MenuGroup("Desa dan SK", (SELECTION_ROUNDS, VILLAGES, DISTRICTS, PACKAGES, DECREES)),
            ),
        ),
        Role.FACILITATOR: RoleMenu(bar=(HOME, FIELD, OBSTACLES, PACKAGES, VILLAGES, CALENDAR)),
        Role.PANELIST: RoleMenu(bar=(HOME, RECRUITMENT_ROUNDS, VILLAGES, BUDGET, CALENDAR)),
    },
    public=RoleMenu(
        bar=(PORTAL, VILLAGES, MAP, BUDGET, VACANCIES),
        groups=(
            MenuGroup("Tempat", (PORTAL, VILLAGES, DISTRICTS, MAP, RESULTS, REPLICATION)),
            MenuGroup("Anggaran dan SK", (BUDGET, DECREES)),
            MenuGroup("Rekrutmen dan tanggal", (VACANCIES, CALENDAR)),
        ),
    ),
    without_role=RoleMenu(bar=(HOME, VILLAGES, BUDGET)),
    superuser=RoleMenu(
        bar=(HOME, DASHBOARD, REPORTS, PLANS, DECREES),
        groups=(
            MenuGroup("Hari ini", (HOME, CALENDAR)),
            MenuGroup("Laporan", (REPORTS, PLANS, MONTHS, RECAPS, TREASURY)),
            MenuGroup("Desa dan SK", (VILLAGES, DISTRICTS, MAP, EVIDENCE, PACKAGES, DECREES, FACILITATORS)),
            MenuGroup(MANAGED, (DASHBOARD, SUMMARY, IMPORTS, PEOPLE, IDENTITY, BACK_OFFICE)),
        ),
    ),
)
