"""The log of openings is append-only: nothing in the product changes or removes a row, but for the erasure itself."""

import ast

from tests.source_tree import ROOT, parsed, python_files

# What an erasure blanks in rows of the applicant: detail and reason, never who, what and when.
ERASURE = {"facilitators/recruitment/privacy/erasing.py": {"detail", "reason"}}


def changes_of_the_log(path) -> list[tuple[str, set[str]]]:
    """(method, fields) of every update or delete of rows named accesses or PersonalDataAccess."""
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            source = ast.unparse(node.func.value)
            if node.func.attr in {"update", "delete", "save", "bulk_update"} and (
                "accesses" in source or "PersonalDataAccess" in source
            ):
                found.append((node.func.attr, {keyword.arg for keyword in node.keywords}))
    return found


def test_no_code_changes_or_removes_a_row():
    found = {
        path.relative_to(ROOT).as_posix(): calls
        for path in python_files(ROOT)
        if "migrations" not in path.parts and (calls := changes_of_the_log(path))
    }

    assert set(found) == set(ERASURE)
    for path, calls in found.items():
        assert {method for method, _fields in calls} == {"update"}
        assert set().union(*(fields for _method, fields in calls)) == ERASURE[path]


def test_a_change_is_found(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("row.accesses.all().delete()\nPersonalDataAccess.objects.filter(pk=1).update(reason='')\n")

    assert changes_of_the_log(path) == [("delete", set()), ("update", {"reason"})]


def test_no_admin_page_shows_the_log():
    from django.contrib import admin

    from facilitators.models import PersonalDataAccess

    assert PersonalDataAccess not in admin.site._registry
