"""The planted faults of `make drills` still fit the source: a text that was rewritten would be planted nowhere."""

import re

import pytest

from scripts.fault_table import FAULTS
from tests.source_tree import ROOT


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_stands_once_in_its_file_and_names_tests_that_are_there(fault):
    assert (ROOT / fault.path).read_text().count(fault.old) == 1
    for named in fault.tests.split():
        path, _colons, test = named.partition("::")
        text = (ROOT / path).read_text()
        assert f"def {test.partition('[')[0]}" in text
        assert not re.search(r"^pytestmark = .*mark\.whole", text, re.MULTILINE)  # `make test` has to notice it


def test_no_two_faults_bear_one_name():
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names)) > 30
