"""Published cases with their source, by id."""

import json
from pathlib import Path

CASES = {case["id"]: case for case in json.loads(Path(__file__).with_name("reference_cases.json").read_text("utf-8"))}
