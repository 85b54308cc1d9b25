"""Minutes and regulations leave the decrees: there and back on the archive of a release, and whole at the end."""

import pytest

from tests.releases.unmigrated import LAST_WAY_BACK, migrate, unmigrated

pytestmark = pytest.mark.both_databases

BEFORE = (("programs", "0046"), ("facilitators", "0013"), ("districts", "0012"), ("p2emas", "0026"))
# What people did as well as the demo: minutes taken back, a draft of minutes that were typed, regulations that fix
# nothing and one that amends, and a decree that says that it amends minutes.
PLANT = """
from django.db import connection
cursor = connection.cursor()
def rows(query, *values):
    cursor.execute(query, values)
    return cursor.fetchall()
kinds = "SELECT id FROM p2emas_decree WHERE kind = 'BERITA_ACARA' ORDER BY id"
first, second, third = [row[0] for row in rows(kinds)][:3]
kind = rows("SELECT id FROM django_content_type WHERE app_label = 'p2emas' AND model = 'decree'")[0][0]
user, at = rows("SELECT actor_id, at FROM p2emas_statuschange WHERE content_type_id = %s AND object_id = %s", kind, second)[0]
cursor.execute("UPDATE p2emas_decree SET status = 'REVOKED' WHERE id = %s", [second])
cursor.execute(
    "INSERT INTO p2emas_statuschange (content_type_id, object_id, step, old, new, actor_id, at, note) "
    "VALUES (%s, %s, 'revoke', 'IN_FORCE', 'REVOKED', %s, %s, 'Salah tempat')", [kind, second, user, at])
cursor.execute(
    "INSERT INTO django_admin_log (content_type_id, object_id, object_repr, action_flag, change_message, user_id, action_time) "
    "VALUES (%s, %s, 'x', 2, '', %s, %s)", [kind, str(second), user, at])
cursor.execute(
    "INSERT INTO p2emas_receipt (code, number, content_type_id, object_id, issued_at) "
    "VALUES ('ABCDE23456', 'BA-1', %s, %s, %s)", [kind, second, at])
names = [row[0] for row in rows("SELECT * FROM p2emas_decree WHERE 1 = 0") or ()] or [c[0] for c in cursor.description]
def copied(source, **changed):
    values = dict(zip(names, rows(f"SELECT {', '.join(names)} FROM p2emas_decree WHERE id = %s", source)[0]))
    values |= changed
    del values["id"]
    marks = ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO p2emas_decree ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    return rows("SELECT max(id) FROM p2emas_decree")[0][0]
decree = rows("SELECT min(id) FROM p2emas_decree WHERE kind = 'SK'")[0][0]
plain = {"amends_id": None, "considering": "", "recalling": "", "dictums": ""}
answer = {
    "first": first, "second": second, "third": third, "decree": decree,
    "draft": copied(first, status="DRAFT", number="", considering="bahwa perlu;", valid_from=None),
    "regulation": copied(decree, kind="PERBUP", number="17 Tahun 2017", **plain),
    "written": copied(decree, kind="PERBUP", number="18 Tahun 2018", status="DRAFT", **plain),
    "amending": copied(decree, kind="PERBUP", number="19 Tahun 2018", status="DRAFT", **plain | {"amends_id": decree}),
    "odd": copied(decree, number="050/9/KEP/2019", status="DRAFT", **plain | {"amends_id": third}),
    "fixing": rows("SELECT min(decree_id) FROM districts_targetlocation")[0][0],
}
# minutes that fix a village, as an office may have entered them
fixing = copied(first, number="050/77/BA/2017")
cursor.execute("UPDATE districts_decreeitem SET decree_id = %s WHERE id = (SELECT min(id) FROM districts_decreeitem)", [fixing])
answer["both"] = fixing
"""
STORED = """
from django.db import connection
cursor, answer = connection.cursor(), {}
for table, columns in (
    ("p2emas_decree", "*"), ("p2emas_historicaldecree", "*"), ("p2emas_decreefile", "*"), ("p2emas_statuschange", "*"),
    ("p2emas_receipt", "*"), ("django_admin_log", "id, content_type_id, object_id"),
    ("districts_competencydetermination", "id, minutes_id"), ("districts_selectionround", "id, minutes_id"),
    ("districts_historicalselectionround", "history_id, minutes_id"),
    ("facilitators_recruitmentround", "id, minutes_id"), ("programs_meeting", "id, minutes_id"),
):
    cursor.execute(f"SELECT {columns} FROM {table}")
    names = [column[0] for column in cursor.description]
    answer[table] = sorted(str(sorted(zip(names, map(str, row)))) for row in cursor.fetchall())
"""
AFTER = """
from django.contrib.auth import get_user_model
from django.test import Client
from p2emas.models import *
from p2emas.registry.contributions import checks
from districts.models import CompetencyDetermination
visitor, coordinator = Client(), Client()
coordinator.force_login(get_user_model().objects.get(username="coordinator"))
def went(client, path):
    found = client.get(path)
    return [found.status_code, getattr(found, "url", "")]
second, first = Minutes.objects.get(pk={second}), Minutes.objects.get(pk={first})
stored = MinutesFile.objects.order_by("pk").first()
answer = {{
    "second": [second.status, second.number != "", second.signed_at is not None, second.moved_from],
    "steps": [[c.step, c.old, c.new, c.note] for c in second.status_changes().order_by("pk")],
    "edits": [first.history.count() > 0, first.history.latest("history_id").about == first.about],
    "draft": [Minutes.objects.get(pk={draft}).status, Minutes.objects.get(pk={draft}).text],
    "receipt": Receipt.objects.get(code="ABCDE23456").record == second,
    "regulations": [[r.pk, r.is_public] for r in Regulation.objects.filter(pk__in={gone}).order_by("pk")],
    "stay": list(Decree.objects.filter(pk__in={stay}).order_by("pk").values_list("pk", "kind")),
    "both": [Minutes.objects.filter(pk={both}).exists(), Decree.objects.get(pk={both}).source[-31:]],
    "odd": [Decree.objects.get(pk={odd}).amends_id, "Tercatat mengubah berita acara" in Decree.objects.get(pk={odd}).source],
    "gone": Decree.objects.filter(pk__in={gone}).count() + Decree.history.filter(id__in={gone}).count(),
    "determined": CompetencyDetermination.objects.exclude(minutes=None).first().minutes.moved_from is not None,
    "files": [MinutesFile.objects.count(), went(coordinator, f"/berkas/decreefile/{{stored.key}}/") if stored else None],
    "key": str(stored.key) if stored else "",
    "pages": [went(visitor, "/sk/{first}/"), went(visitor, "/sk/{draft}/"), went(coordinator, "/sk/{draft}/naskah/"),
              went(visitor, "/sk/{regulation}/"), went(visitor, "/sk/{written}/"), went(visitor, "/asli/ABCDE23456/"),
              went(visitor, "/berita-acara/{first}/"), went(visitor, "/peraturan/{regulation}/")],
    "complaints": [line for check in checks().values() for line in check() if "erita" in line or "eraturan" in line],
    "fresh": Minutes.objects.create(about="baru").pk > Minutes.objects.exclude(moved_from=None).latest("pk").pk,
}}
"""


@pytest.fixture
def archive(tmp_path):
    with unmigrated(tmp_path, "instruments") as installation:
        yield installation


def test_instruments_move_there_and_back_and_then_for_good(archive):
    migrate(archive, *reversed(BEFORE))
    ids = archive.ask(PLANT)
    before = archive.ask(STORED)
    assert before["p2emas_decreefile"] and len(before["p2emas_decree"]) > 14

    migrate(archive, *reversed(LAST_WAY_BACK))
    assert archive.ask(STORED) != before
    migrate(archive, *BEFORE)
    assert archive.ask(STORED) == before

    archive.manage("migrate", "--verbosity=0")
    archive.manage("rebuild_search", "--verbosity=0")
    archive.manage("collectstatic", "--no-input", "--verbosity=0")
    gone = [ids[name] for name in ("first", "second", "third", "draft", "regulation", "written")]
    stay = [ids[name] for name in ("amending", "odd", "fixing", "both")]
    found = archive.ask(AFTER.format(**ids, gone=gone, stay=stay))
    first, draft, regulation = (f"/berita-acara/{ids[n]}/" for n in ("first", "draft", "regulation"))
    assert found | {"files": 0, "key": 0} == {
        "second": ["CANCELLED", True, True, ids["second"]],
        "steps": [["sign", "DRAFT", "SIGNED", ""], ["cancel", "SIGNED", "CANCELLED", "Salah tempat"]],
        "edits": [True, True],
        "draft": ["DRAFT", "bahwa perlu;"],
        "receipt": True,
        "regulations": [[ids["regulation"], True], [ids["written"], False]],
        "stay": sorted([[ids["amending"], "PERBUP"], *([ids[name], "SK"] for name in ("odd", "fixing", "both"))]),
        "both": [True, "Naskahnya berjudul berita acara."[-31:]],
        "odd": [None, True],
        "gone": 0,
        "determined": True,
        "files": 0,
        "key": 0,
        "pages": [
            [301, first], [404, ""], [301, f"{draft}ubah/"], [301, regulation.replace("berita-acara", "peraturan")],
            [404, ""], [200, ""], [200, ""], [200, ""],
        ],
        "fresh": True,
        "complaints": [],
    }  # fmt: skip
    if found["key"]:
        assert found["files"][1] == [301, f"/berkas/minutesfile/{found['key']}/"]
    with pytest.raises(RuntimeError, match="Irreversible"):
        migrate(archive, ("p2emas", "0028"))
