"""The villages of facilitators, homes and answers on obstacles go back to the columns of 0.1.0 and come over again.

On the way stands what no person could write there: a second village on days of the first, a slug that leads to no
village, a report that was sent without an answer.
"""

import pytest

from tests.releases import villages
from tests.releases.unmigrated import LAST_WAY_BACK, migrate, unmigrated
from tests.serving import Installation

pytestmark = [pytest.mark.drill, pytest.mark.both_databases]
RIGHTS = villages.RIGHTS["0.1.0"]
ROLES_AT_ONCE = """
from p2emas.models import User
user = User.objects.get(village_scopes__village__slug="solam-raya")
answer = [user.assignments.count(), user.village_scopes.count()]
"""


@pytest.fixture
def archive(tmp_path):
    with unmigrated(tmp_path, "wayback") as installation:
        yield installation


def asked(installation: Installation, name: str):
    return installation.ask(f"from tests.releases import villages\nanswer = villages.{name}()")


def there_and_back(installation: Installation) -> None:
    migrate(installation, *reversed(LAST_WAY_BACK))
    migrate(installation, *villages.BEFORE)


def test_way_back_and_forth_changes_no_right_and_no_column(archive):
    there_and_back(archive)
    assert asked(archive, "old_rights") == RIGHTS

    asked(archive, "damage")
    with pytest.raises(RuntimeError, match=r"lama-hilang \(penugasan \d+\)"):
        migrate(archive, ("facilitators", "0013"))
    with pytest.raises(RuntimeError, match=r"tanpa jawaban tentang kendala: nomor \d+\."):
        migrate(archive, ("programs", "0006"))
    migrate(archive, *villages.BEFORE)
    asked(archive, "repair")
    rights, stored = asked(archive, "old_rights"), asked(archive, "stored")

    there_and_back(archive)
    assert asked(archive, "stored") == stored

    archive.manage("migrate", "--verbosity=0")
    assert asked(archive, "rights") == rights != RIGHTS
    assert archive.ask(ROLES_AT_ONCE) == [1, 2]
