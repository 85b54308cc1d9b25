"""E.81 and RKPD once more, by plain SQL and loops that share no code with the room: what its cells have to be.

A row is a list of cells in the order of the form; None is "belum ada data", "" an empty cell. Numbers are exact.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from django.db import connection

VILLAGE_MONEY = "SELECT code FROM programs_fund WHERE NOT counts_in_absorption"
TABLES = {
    "agency": "SELECT id, code, short_name FROM p2emas_agency",
    "outcome": "SELECT id, name FROM programs_outcome",
    "plan": "SELECT id, agency_id, year, sequence, status, effective_on FROM programs_workplan WHERE status = 'SET'",
    "line": "SELECT l.id, l.plan_id, l.activity_id, l.fund, l.amount, l.continues_id, p.year FROM programs_planline l "
    "JOIN programs_workplan p ON p.id = l.plan_id",
    "activity": "SELECT id, agency_id, year, code, name, programme_name, outcome_id, renstra_id FROM programs_activity",
    "indicator": "SELECT id, activity_id, name, unit, formula, renstra_target_id FROM programs_indicator "
    "WHERE activity_id IS NOT NULL",
    "target": "SELECT indicator_id, village_id, year, target FROM programs_indicatortarget",
    "report": "SELECT r.id, r.agency_id, r.plan_id, r.status, p.year, p.number FROM programs_progressreport r "
    "JOIN programs_reportingperiod p ON p.id = r.period_id",
    "said": "SELECT report_id, plan_line_id, spent_to_date, carried FROM programs_reportline ORDER BY id",
    "value": "SELECT report_id, indicator_id, village_id, value FROM programs_indicatorvalue",
    "renstra": "SELECT id, money, realised_until, realised_money FROM programs_renstraactivity",
    "goal": "SELECT id, target, realised FROM programs_renstratarget",
}
APPROVED, SENT = ("APPROVED", "LOCKED"), ("WAITING", "VERIFYING")


class Recomputed:
    def __init__(self, year: int, quarter: int) -> None:
        self.year, self.quarter = year, quarter
        self.t = {name: _fetch(sql) for name, sql in TABLES.items()}
        self.village_funds = {row["code"] for row in _fetch(VILLAGE_MONEY)}
        self.line = {row["id"]: row for row in self.t["line"]}

    # --- Forms ---

    def e81(self, code: str) -> list[list]:
        """16 columns, K and Rp apart."""
        agency = self._agency(code)
        rows = []
        for level in self._of_agency(agency):
            figures = [cell for key in ("5", "6", "7", *_q(), "12", "13", "14") for cell in level[key]]
            names = [level["no"], level["outcome"], level["work"], level["measured"]]
            rows.append([*names, *figures, agency["short_name"], level["remark"]])
        return rows

    def e81_wide(self, code: str) -> list[list]:
        """17 columns: the unit is between K and Rp, and 12 of 7 before what the Renstra came to."""
        agency = self._agency(code)
        rows = []
        for level in self._of_agency(agency):
            cells = [level["no"], level["outcome"], level["work"], level["indicator"]]
            for key in ("5", "6", "7", *_q(), "12", "12/7", "13", "14"):
                performance, money = level[key]
                cells += [performance, money] if key in ("12/7", "14") else [performance, level["unit"], money]
            rows.append([*cells, agency["short_name"], level["remark"]])
        return rows

    def rkpd(self) -> list[list]:
        """17 columns, of all agencies with a plan, by their codes."""
        planned = {plan["agency_id"] for plan in _fetch("SELECT agency_id FROM programs_workplan")}
        blocks = [
            (agency, *programme)
            for agency in self.t["agency"]
            if agency["id"] in planned
            for programme in self._programmes(agency)
        ]
        blocks.sort(key=lambda block: (_bidang(block[3]), block[1], block[0]["code"], block[2]))
        rows, levels = [], []
        for number, (agency, *programme) in enumerate(blocks, 1):
            bidang = _bidang(programme[2])
            for code in (bidang.partition(".")[0], bidang):
                if code not in levels:
                    levels.append(code)
                    under = [block[4] for block in blocks if (_bidang(block[3]) + ".").startswith(code + ".")]
                    rows.append(self._above(code, [money for made in under for money in made]))
            for level in self._rows(number, *programme, self._shown(agency["id"])):
                figures = [cell for key in ("5", "6", "7", *_q(), "12", "12/7", "13", "14") for cell in level[key]]
                names = [level["no"], level["outcome"], level["code"], level["name"], level["measured"]]
                rows.append([*names, *figures, agency["short_name"]])
        return rows

    def _above(self, code: str, made: list) -> list:
        """An urusan or a bidang; no list of codes is loaded in the demo."""
        level = self._level("", code, "", [], made)
        word = "Bidang urusan" if "." in code else "Urusan"
        name = f"{word} {code} (nama belum ada di daftar)"
        figures = [cell for key in ("5", "6", "7", *_q(), "12", "12/7", "13", "14") for cell in level[key]]
        return ["", "", code, name, "", *figures, ""]

    def achievements(self, code: str) -> list:
        return [row["12/7"][0] for row in self._of_agency(self._agency(code)) if row["is_indicator"]]

    # --- Rows ---

    def _agency(self, code: str) -> dict:
        return next(row for row in self.t["agency"] if row["code"] == code)

    def _of_agency(self, agency: dict) -> list[dict]:
        reports = self._shown(agency["id"])
        rows = []
        for number, programme in enumerate(self._programmes(agency), 1):
            rows += self._rows(number, *programme, reports)
        return rows

    def _programmes(self, agency: dict) -> list[tuple]:
        """Code, name, activities and their money, of each programme."""
        reports = self._shown(agency["id"])
        plan = self._plan(agency["id"])
        spent = {number: self._spent(report) for number, report in reports.items()}
        lines = [row for row in self.t["line"] if row["plan_id"] == plan]
        here = {row["activity_id"] for row in lines} | {pk for each in spent.values() for pk in each}
        activities = sorted((a for a in self.t["activity"] if a["id"] in here), key=lambda a: (a["code"], a["id"]))
        programmes: dict = {}
        for activity in activities:
            key = (".".join(activity["code"].split(".")[:-1]), activity["programme_name"])
            programmes.setdefault(key, []).append(activity)
        return [
            (*key, members, [self._money(each, lines, spent) for each in members])
            for key, members in programmes.items()
        ]

    def _rows(self, number: int, code: str, name: str, members: list, made: list, reports: dict) -> list[dict]:
        rows = [self._level(number, code, name, members, made)]
        for place, (activity, money) in enumerate(zip(members, made, strict=True), 1):
            rows += self._work(f"{number}.{place}", activity, money, reports)
        return rows

    def _level(self, number: int | str, code: str, name: str, members: list, made: list) -> dict:
        outcomes = {row["id"]: row["name"] for row in self.t["outcome"]}
        whole = {key: _all([money[key] for money in made]) for key in ("5", "6")}
        known = {key: _known([money[key] for money in made]) for key in ("7", *_q(), "12")}
        total = _all([whole["6"], known["12"]])
        money = {
            **whole,
            **known,
            "13": total,
            "14": _percent(total, whole["5"]) if all(m["whole"] and m["12"] is not None for m in made) else None,
            "12/7": _percent(known["12"], _known([money["told"] for money in made])),
        }
        missing = sum(money["missing"] for money in made)
        return {
            "no": str(number),
            "outcome": "; ".join(sorted({outcomes[each["outcome_id"]] for each in members})),
            "code": code, "name": name, "work": f"{code} {name}", "measured": "", "indicator": "", "unit": "",
            "is_indicator": False,
            "remark": f"{missing} baris belum ada data" if missing else "",
            **{key: ["", value] for key, value in money.items()},
        }  # fmt: skip

    def _work(self, number: str, activity: dict, money: dict, reports: dict) -> list[dict]:
        indicators = sorted(
            (i for i in self.t["indicator"] if i["activity_id"] == activity["id"]), key=lambda i: i["id"]
        )
        assert indicators, "every activity of the demo is measured"
        rows = []
        for place, indicator in enumerate(indicators):
            figures, silent = self._figures(indicator, reports)
            first = place == 0
            said = [money["remark"]] if first else []
            said += [f"kinerja tanpa {silent} desa yang belum ada data"] if silent else []
            rows.append({
                "no": number if first else "", "outcome": "", "code": activity["code"] if first else "",
                "name": activity["name"] if first else "",
                "work": f"{activity['code']} {activity['name']}" if first else "",
                "measured": f"{indicator['name']}, {indicator['unit']}",
                "indicator": indicator["name"], "unit": indicator["unit"],
                "remark": "; ".join(filter(None, said)), "is_indicator": True,
                **{key: [figures[key], money[key] if first else ""] for key in figures},
            })  # fmt: skip
        return rows

    def _money(self, activity: dict, lines: list, spent: dict) -> dict:
        own = [row for row in lines if row["activity_id"] == activity["id"]]
        agency_money = [row["amount"] for row in own if row["fund"] not in self.village_funds]
        budget = 0 if not own else sum(agency_money) if agency_money else None
        said = {number: each[activity["id"]] for number, each in spent.items() if activity["id"] in each}
        quarters, last = self._by_quarter(said)
        works = {self._first(row): row["amount"] for row in own if row["fund"] not in self.village_funds}
        told_budget = None if budget is None else sum(amount for work, amount in works.items() if work in last)
        whole = not ({work for each in said.values() for work in each} | works.keys()) - last.keys()
        renstra = next((row for row in self.t["renstra"] if row["id"] == activity["renstra_id"]), None)
        earlier = self._earlier_money(renstra) if renstra else None
        year = _known(quarters)
        total = None if earlier is None or year is None else earlier + year
        goal = renstra["money"] if renstra else None
        remark = "" if own else "tidak ada lagi dalam rencana"
        if own and budget is None:
            remark = "dana desa, di luar serapan"
        missing = sum(money is None for money in said[max(said)].values()) if said else 0
        told = len(works.keys() & last.keys())
        remarks = [
            remark,
            f"{missing} baris belum ada data" if missing else "",
            f"keuangan dari {told} dari {len(works)} baris" if 0 < told < len(works) else "",
            "" if renstra else "belum bertaut ke Renstra",
        ]
        return {
            "5": goal, "6": earlier, "7": budget, **dict(zip(_q(), quarters, strict=True)), "12": year, "13": total,
            "14": _percent(total, goal) if whole else None, "12/7": _percent(year, told_budget),
            "remark": "; ".join(filter(None, remarks)), "told": told_budget, "whole": whole, "missing": missing,
        }  # fmt: skip

    def _figures(self, indicator: dict, reports: dict) -> tuple[dict, int]:
        formula = indicator["formula"]
        targets = [
            (row["village_id"], row["target"])
            for row in self.t["target"]
            if row["indicator_id"] == indicator["id"] and row["year"] == self.year
        ]
        quarters = [self._value(indicator, reports[n]) if n in reports else None for n in (1, 2, 3, 4)]
        silent = self._silent(indicator, reports.values(), targets) if formula == "increasing" else set()
        told = _one([cell for cell in targets if cell[0] not in silent], formula)
        goal = next((row for row in self.t["goal"] if row["id"] == indicator["renstra_target_id"]), None)
        target, year = _one(targets, formula), _over(quarters, formula)
        before = self._earlier_value(goal, formula) if goal else None
        if formula == "increasing":
            total = None if before is None or year is None else before + year
        else:
            total = before if year is None else year
        wanted = goal["target"] if goal else None
        return {
            "5": wanted, "6": before, "7": target, **dict(zip(_q(), quarters, strict=True)), "12": year, "13": total,
            "14": None if silent else _reached(total, wanted, formula), "12/7": _reached(year, told, formula),
        }, len(silent)  # fmt: skip

    def _silent(self, indicator: dict, reports, targets: list) -> set:
        """Villages that were asked and never said a value."""
        ids = {report["id"] for report in reports}
        rows = [r for r in self.t["value"] if r["indicator_id"] == indicator["id"] and r["report_id"] in ids]
        asked = {row["village_id"] for row in rows} | {village for village, _target in targets}
        return set() if None in asked else asked - {row["village_id"] for row in rows if row["value"] is not None}

    # --- What was reported ---

    def _shown(self, agency: int) -> dict:
        mine = [r for r in self.t["report"] if (r["agency_id"], r["year"]) == (agency, self.year)]
        return {r["number"]: r for r in mine if r["number"] <= self.quarter and r["status"] in APPROVED + SENT}

    def _plan(self, agency: int) -> int | None:
        own = (agency, self.year, self.quarter)
        for report in self.t["report"]:
            if report["plan_id"] and (report["agency_id"], report["year"], report["number"]) == own:
                return report["plan_id"]
        mine = [p for p in self.t["plan"] if (p["agency_id"], p["year"]) == (agency, self.year)]
        begins = f"{self.year}-{3 * self.quarter - 2:02d}-01"
        mine.sort(key=lambda p: (str(p["effective_on"]), p["sequence"]))
        due = [p for p in mine if str(p["effective_on"]) <= begins]
        return (due[-1] if due else mine[0])["id"] if mine else None

    def _spent(self, report: dict) -> dict:
        """Activity -> the first line of a piece of work -> what is said of it; None where nothing is."""
        found: dict = defaultdict(dict)
        rows = [said for said in self.t["said"] if said["report_id"] == report["id"]]
        for said in sorted(rows, key=lambda row: row["carried"] == ""):  # what the plan has comes last and stays
            line = self.line[said["plan_line_id"]]
            if line["fund"] not in self.village_funds:
                found[line["activity_id"]][self._first(line)] = said["spent_to_date"]
        return found

    def _first(self, line: dict) -> int:
        while line["continues_id"] and self.line[line["continues_id"]]["year"] == line["year"]:
            line = self.line[line["continues_id"]]
        return line["id"]

    @staticmethod
    def _by_quarter(said: dict) -> tuple[list, dict]:
        """What each quarter added, line by line, and the last known figure of each line."""
        added, last = [], {}
        for number in (1, 2, 3, 4):
            known = {work: money for work, money in said.get(number, {}).items() if money is not None}
            added.append(sum(known[work] - last.get(work, 0) for work in known) if known else None)
            last.update(known)
        return added, last

    def _value(self, indicator: dict, report: dict):
        cells = [
            (row["village_id"], row["value"])
            for row in self.t["value"]
            if (row["report_id"], row["indicator_id"]) == (report["id"], indicator["id"])
        ]
        return _one(cells, indicator["formula"])

    def _approved(self, activity: dict) -> list:
        mine = [r for r in self.t["report"] if (r["agency_id"], r["year"]) == (activity["agency_id"], activity["year"])]
        return sorted((r for r in mine if r["status"] in APPROVED), key=lambda r: r["number"])

    def _earlier_money(self, renstra: dict) -> int | None:
        """None as soon as a line of one of the years never said a figure."""
        total = renstra["realised_money"]
        for activity in self.t["activity"]:
            if activity["renstra_id"] == renstra["id"] and renstra["realised_until"] < activity["year"] < self.year:
                said = {r["number"]: self._spent(r).get(activity["id"], {}) for r in self._approved(activity)}
                last = self._by_quarter(said)[1]
                asked = {work for each in said.values() for work in each}
                total = None if not last or asked - last.keys() or total is None else total + sum(last.values())
        return total

    def _earlier_value(self, goal: dict, formula: str):
        activities = {row["id"]: row for row in self.t["activity"]}
        until = {row["id"]: row["realised_until"] for row in self.t["renstra"]}
        parts = [goal["realised"]]
        for indicator in self.t["indicator"]:
            activity = activities[indicator["activity_id"]]
            linked = indicator["renstra_target_id"] == goal["id"]
            if linked and until[activity["renstra_id"]] < activity["year"] < self.year:
                reports = self._approved(activity)
                said = [self._value(indicator, report) for report in reports]
                silent = formula == "increasing" and self._silent(indicator, reports, [])
                parts.append(None if silent else _over(said, formula))
        return _all(parts) if formula == "increasing" else _over(parts, formula)


def _fetch(sql: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [{name: _plain(cell) for name, cell in zip(names, row, strict=True)} for row in cursor.fetchall()]


def _plain(cell):
    return Decimal(str(cell)) if isinstance(cell, float | Decimal) else cell


def _bidang(activities: list) -> str:
    return ".".join(activities[0]["code"].split(".")[:2])


def _q() -> tuple[str, ...]:
    return ("8", "9", "10", "11")


def _known(values):
    there = [value for value in values if value is not None]
    return sum(there) if there else None


def _all(values):
    return None if None in values else sum(values)


def _over(values, formula: str):
    there = [value for value in values if value is not None]
    if not there:
        return None
    return sum(there) if formula == "increasing" else there[-1]


def _one(cells, formula: str):
    """The figure for the whole, from (village, figure)."""
    for village, figure in cells:
        if village is None:
            return figure
    if formula == "increasing":
        return _known([figure for _village, figure in cells])
    return cells[0][1] if len(cells) == 1 else None


def _percent(part, whole):
    return None if part is None or not whole else Fraction(part) * 100 / Fraction(whole)


def _reached(actual, target, formula: str):
    if actual is None or not target:
        return None
    if formula == "decreasing":
        return Fraction(target) * 100 / Fraction(actual) if actual else None
    return Fraction(actual) * 100 / Fraction(target)
