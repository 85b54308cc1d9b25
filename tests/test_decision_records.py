"""The records of docs/adr: a number leads to one decision, and the list names each of them."""

import re

from tests.source_tree import ROOT

RECORDS = ROOT / "docs" / "adr"
NUMBERED = re.compile(r"(\d{4})-[a-z0-9-]+\.md")


def test_each_number_is_one_decision():
    names = sorted(path.name for path in RECORDS.glob("*.md") if path.name != "README.md")
    numbers = [NUMBERED.fullmatch(name)[1] for name in names]

    assert len(numbers) > 20
    assert [number for number in set(numbers) if numbers.count(number) > 1] == []


def test_list_names_every_decision_once_in_order():
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \|", (RECORDS / "README.md").read_text("utf-8"), re.MULTILINE)

    assert [name for _number, name in listed] == sorted(path.name for path in RECORDS.glob("0*.md"))
    assert [number for number, name in listed if not name.startswith(f"{number}-")] == []
