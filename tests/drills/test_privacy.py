"""What a thief of the disk finds: no NIK in the database or a dump of it, and nothing of whoever was erased."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.planted import EVERY, NIK, PHONE, WORDS
from tests.serving import Installation, Server, Visitor

pytestmark = pytest.mark.both_databases
MANY = 1_000
SEALED = f"""
from facilitators.models import Application
from p2emas.privacy.sealing import fingerprint, seal
from tests import facilitator_factories as make
record = make.RecruitmentRoundFactory()
niks = [make.nik_of(n) for n in range({MANY})]
Application.objects.bulk_create(
    Application(round=record, code=f"K{{n:09d}}", nik_sealed=seal(nik), nik_fingerprint=fingerprint(nik), nik_last4=nik[-4:])
    for n, nik in enumerate(niks)
)
answer = niks
"""
PLANTED = """
from tests.planted import plant
from tests import factories as make
from tests.people import lead_agency
row = plant()
lead = lead_agency()
make.AssignmentFactory(user=make.UserFactory(username="coordinator_head"), agency=lead, role="coordinator_head")
answer = {"code": row.code, "url": f"/seleksi/{row.round.code}/lamaran/{row.pk}/"}
"""


def database_bytes(installation: Installation) -> bytes:
    """Every byte of the database's own files: tables and indexes, what lies beside an SQLite file included."""
    if not installation.postgres:
        return b"".join(path.read_bytes() for path in sorted(installation.folder.glob("data.sqlite3*")))
    import psycopg2

    connection = psycopg2.connect(installation.database_url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CHECKPOINT")
    cursor.execute(
        "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class "
        "WHERE relkind IN ('r', 't', 'i') AND pg_relation_filepath(oid) IS NOT NULL AND NOT relisshared"
    )
    content = b"".join(bytes(row[0]) for row in cursor.fetchall())
    connection.close()
    return content


def dump(installation: Installation) -> bytes:
    if installation.postgres and shutil.which("pg_dump"):
        return subprocess.run(["pg_dump", installation.database_url], capture_output=True, check=True).stdout
    return installation.manage("dumpdata", "facilitators", "p2emas").encode()


def files_and_logs(installation: Installation) -> Iterator[bytes]:
    for path in sorted(installation.folder.rglob("*")):
        if path.is_file() and not path.name.startswith("data.sqlite3"):
            yield path.read_bytes() + path.name.encode()


def held(words: list[str], *contents: bytes) -> set[str]:
    return {word for word in words if any(word[:20].encode() in content for content in contents)}


def test_no_nik_of_a_thousand_stands_in_the_database_or_a_dump(installation):
    niks = installation.ask(SEALED)

    found = held(niks, database_bytes(installation), dump(installation))

    assert len(set(niks)) == MANY
    assert found == set()


def test_a_nik_that_is_not_sealed_would_be_found(installation):
    niks = installation.ask(SEALED)
    installation.python(
        f"from facilitators.models import Application; Application.objects.filter(nik_last4={niks[7][-4:]!r}).update(address={niks[7]!r})"
    )

    assert held(niks, database_bytes(installation)) == held(niks, dump(installation)) == {niks[7]}


def test_erasure_leaves_no_word_on_the_disk(installation):
    made = installation.ask(PLANTED)
    planted = [*WORDS.values(), PHONE]
    before = held(planted, database_bytes(installation), *files_and_logs(installation))

    with Server(installation, environment={"ACCESS_LOG": "on", "LOG_LEVEL": "INFO"}) as server:
        head = Visitor(server.url, session=installation.session_of("coordinator_head"))
        shown = head.get(f"{made['url']}data-pribadi/perbaikan/")
        applicant = Visitor(server.url)
        opened = applicant.post("/rekrutmen/status/", {"code": made["code"], "phone": PHONE})
        while_served = held(EVERY, server.log.read_bytes())
        installation.manage("erase_application", "--application", made["code"], "--reason", "Surat pelamar")
        closed = Visitor(server.url).post("/rekrutmen/status/", {"code": made["code"], "phone": PHONE})
        erased_page = head.get(f"{made['url']}data-pribadi/")

    assert before == set(planted)
    assert WORDS["address"] in shown.body.decode()
    assert (opened.status, while_served) == (302, set())
    assert closed.status == 200  # as if there were no such application
    assert held(EVERY, erased_page.body) == set()
    assert held(EVERY, database_bytes(installation), dump(installation), *files_and_logs(installation)) == set()


def test_words_would_be_found_without_rewriting_the_tables(installation):
    if not installation.postgres:
        pytest.skip("SQLite overwrites as it deletes")
    made = installation.ask(PLANTED)

    installation.manage("erase_application", "--application", made["code"], "--reason", "Surat", "--no-compact")

    assert held([NIK, *WORDS.values()], database_bytes(installation)) != set()
