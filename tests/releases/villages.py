"""Which villages facilitators of a release see, day by day.

The assignments of 0.1.0 named a village by its slug; the functions that read or damage those columns are run after
the migrations have been taken back.
"""

from datetime import date

BEFORE = (("districts", "0005"), ("facilitators", "0009"), ("p2emas", "0010"), ("programs", "0004"))
OLD = """
    SELECT held.user_id, held.village_slug FROM p2emas_assignment held JOIN p2emas_user person ON person.id = held.user_id
    WHERE held.role = 'facilitator' AND held.village_slug <> '' AND person.is_active
    AND held.valid_from <= %s AND (held.valid_until IS NULL OR held.valid_until >= %s)
"""


SEVEN = ["bekuan-luyang", "binjai-hulu", "ensaid-panjang", "mentajoi", "pakak", "solam-raya", "temawang-muntai"]
NEW_VILLAGE = "desa-nomor-0"  # of an assignment that is open
# Release -> day -> the villages of each facilitator, "*" for all; read in the archive by the code of that release.
RIGHTS = {
    "0.1.0": {
        "2018-01-01": [NEW_VILLAGE],
        "2018-01-14": sorted([*SEVEN, NEW_VILLAGE]),
        "2018-01-15": sorted(["*", *SEVEN, NEW_VILLAGE]),
        "2019-10-08": sorted(["*", *SEVEN, NEW_VILLAGE]),
        "2019-12-31": sorted(["*", *SEVEN, NEW_VILLAGE]),
        "2020-01-01": [NEW_VILLAGE],
    }
}
DAYS = [date.fromisoformat(day) for day in RIGHTS["0.1.0"]]


def rights() -> dict[str, list[str]]:
    """One entry for each facilitator: their villages, joined where there are several."""
    from districts.models import Village
    from p2emas import clock
    from p2emas.models import User

    every, found = set(Village.objects.values_list("slug", flat=True)), {}
    for day in DAYS:
        with clock.at(day):
            people = User.objects.filter(assignments__role="facilitator").distinct()
            seen = [set(Village.objects.for_user(user).values_list("slug", flat=True)) for user in people]
        found[str(day)] = sorted("*" if slugs == every else " ".join(sorted(slugs)) for slugs in seen if slugs)
    return found


def old_rights() -> dict[str, list[str]]:
    """The same as the code of 0.1.0 read it."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for day in DAYS:
            people: dict[int, set[str]] = {}
            cursor.execute(OLD, [day, day])
            for user, slug in cursor.fetchall():
                people.setdefault(user, set()).add(slug)
            found[str(day)] = sorted("*" if "*" in slugs else " ".join(sorted(slugs)) for slugs in people.values())
    return found


def stored() -> dict[str, list]:
    """The old columns, row by row."""
    from django.db import connection

    queries = {
        "assignments": "SELECT user_id, agency_id, role, village_slug, valid_from, valid_until FROM p2emas_assignment",
        "placements": "SELECT p.id, a.village_slug, a.valid_from FROM facilitators_placement p "
        "LEFT JOIN p2emas_assignment a ON a.id = p.assignment_id",
        "slugs in the history": "SELECT history_id, village_slug FROM p2emas_historicalassignment "
        "WHERE history_change_reason IS NULL",
        "homes": "SELECT id, home_village_id, home_district_id FROM facilitators_application",
        "homes of facilitators": "SELECT id, home_village_id, home_district_id FROM facilitators_facilitator",
        "obstacles": "SELECT id, no_obstacles FROM programs_progressreport",
        "obstacles in the history": "SELECT history_id, no_obstacles FROM programs_historicalprogressreport",
    }
    with connection.cursor() as cursor:
        found = {}
        for name, query in queries.items():
            cursor.execute(query)
            found[name] = sorted(str(row) for row in cursor.fetchall())
    return found


def damage() -> None:
    """A second village on days of the first, a role without a village, a lost slug, and a report that was sent silent."""
    from django.db import connection

    row = "INSERT INTO p2emas_assignment (user_id, agency_id, role, village_slug, valid_from, valid_until) "
    with connection.cursor() as cursor:
        cursor.execute(
            f"{row}SELECT user_id, agency_id, role, 'pakak', '2019-03-01', NULL FROM p2emas_assignment "
            "WHERE village_slug = 'solam-raya'"
        )
        cursor.execute(
            f"{row}SELECT user_id, agency_id, role, 'lama-hilang', '2019-01-01', '2019-02-01' FROM p2emas_assignment "
            "WHERE village_slug = 'ensaid-panjang'"
        )
        cursor.execute(
            "UPDATE programs_progressreport SET no_obstacles = %s WHERE id = "
            "(SELECT min(id) FROM programs_progressreport WHERE status = 'LOCKED' AND no_obstacles)",
            [False],
        )


def repair() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM p2emas_assignment WHERE village_slug = 'lama-hilang'")
        cursor.execute(
            "UPDATE programs_progressreport SET no_obstacles = %s WHERE status = 'LOCKED' AND NOT EXISTS "
            "(SELECT 1 FROM programs_progressreport_obstacles o WHERE o.progressreport_id = programs_progressreport.id)",
            [True],
        )
