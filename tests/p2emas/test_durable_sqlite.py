"""What makes SQLite durable is set for every connection of an installation: each process and thread opens its own."""

import json
import os

from tests.p2emas.configuration.test_settings import SECRET_KEY, run

ASK = """
import json, threading
import django
django.setup()
from django.db import connection
found = []
def ask():
    with connection.cursor() as cursor:
        names = ["synchronous", "foreign_keys", "busy_timeout", "secure_delete", "journal_mode"]
        found.append([cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names])
    connection.close()
ask()
ask()
thread = threading.Thread(target=ask)
thread.start()
thread.join()
print(json.dumps(found))
"""


def test_every_connection_waits_for_the_disk_keeps_references_and_wipes_what_is_deleted(tmp_path):
    done = run(ASK, SECRET_KEY=SECRET_KEY, DATABASE_URL=f"sqlite:///{tmp_path / 'x.sqlite3'}")

    answers = json.loads(done.stdout)
    full, twenty_seconds = 2, 20_000
    assert len(answers) == 3
    for answer in answers:
        assert answer[:4] == [full, 1, twenty_seconds, 1]
        assert answer[4] in {"delete", "wal"}
    assert os.listdir(tmp_path) == ["x.sqlite3"]  # noqa: PTH208
