"""Published cases with their source, by id, and values of another library."""

import json
from pathlib import Path


def _read(name):
    return json.loads(Path(__file__).with_name(name).read_text("utf-8"))


CASES = {case["id"]: case for case in _read("reference_cases.json")}
PYMCDM = _read("pymcdm_cases.json")
