"""Four houses, read from the ground up: a module sees lower floors, and in its own house the rooms before it.

A large room has packages in the order of its work, which is held the same way inside it; no import leads in a circle.

Read from the source (AST), so that imports inside functions and under TYPE_CHECKING count, and so do references
that are only strings: model fields, ``get_model``, dotted paths, templates. URL names may point anywhere.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from .references import ANY_HOUSE, TEMPLATE, Models, imports, module_name, references
from .source_tree import HOUSES, ROOT, parsed, plant, python_files, template_files

# The order of the design, rooms that do not exist yet included. A new folder gets its place here first.
ROOMS = {
    "p2emas": (
        "methods",
        "configuration",
        "serving",
        "jobs",
        "history",
        "registry",
        "privacy",
        "integrity",
        "ui",
        "search",
        "accounts",
        "drafts",
        "workflow",
        "identity",
        "documents",
        "instruments",
        "exports",
        "outbox",
        "notifications",
        "calendar",
        "staffing",
        "imports",
    ),
    "districts": ("regions", "evidence", "competencies", "locations"),
    "facilitators": ("recruitment", "training", "placements"),
    "programs": (
        "nomenclature",
        "framework",
        "planning",
        "treasury",
        "obstacles",
        "fieldwork",
        "aid",
        "reporting",
        "monthly",
        "recaps",
        "coordination",
        "evaluation",
        "profiles",
        "dashboards",
    ),
}
# Inside a large room: its packages, and the modules that some of them need, in their order. A module that is not
# named here (urls, admin, waiting) gathers the packages: it is above them.
PACKAGES = {
    "p2emas.accounts": (
        "roles",
        "agencies",
        "models",
        "signed_in",
        "backends",
        "sign_in",
        "second_factor",
        "back_office",
    ),
    "p2emas.ui": ("locale_formats", "drawing"),
    "p2emas.documents": ("kinds", "turns", "readers"),
    "p2emas.imports": (
        "numbers",
        "cells",
        "quantities",
        "models",
        "kinds",
        "workbook_parts",
        "ods_reader",
        "sheet_reader",
        "tables",
        "headings",
        "workbooks",
        "number_choice",
        "forms",
        "judging",
        "applying",
        "memory",
        "shapes",
        "columns_shape",
        "lanes",
        "offices",
    ),
    "districts.competencies": ("models", "forms", "analysis", "panel", "result"),
    "districts.locations": (
        "rounds",
        "candidates",
        "models",
        "ranking",
        "runs",
        "decision",
        "decrees",
        "overview",
    ),
    "facilitators.recruitment": (
        "rounds",
        "applications",
        "apply",
        "panel",
        "result",
        "privacy",
        "status",
        "overview",
    ),
    "programs.dashboards": ("sending", "home", "handover"),
    "programs.planning": (
        "start",
        "work_plans",
        "models",
        "choices",
        "versions",
        "access",
        "measures",
        "services",
        "forms",
        "editing",
        "chain",
        "reach",
        "checks",
        "line_forms",
        "indicator_forms",
        "completion",
        "workbook",
        "forms",
        "files",
    ),
    "programs.fieldwork": (
        "querysets",
        "models",
        "months",
        "words",
        "rules",
        "telling",
        "services",
        "list_forms",
        "stories",
        "notebook",
        "month_reports",
    ),
    "programs.reporting": (
        "reports",
        "periods",
        "filling",
        "sending",
        "verification",
        "compliance",
        "reopening",
        "printing",
        "reading",
    ),
    "programs.recaps": ("evaluation", "reading"),
    "programs.evaluation": ("comparison",),
    "programs.monthly": (
        "models",
        "figures",
        "findings",
        "stored",
        "reading",
        "comparing",
        "totals",
        "overview",
        "curve",
    ),
    "programs.profiles": ("forms", "levels"),
}
MOST_MODULES = (
    25  # in one folder, not counting __init__.py; of how many lines a module may be, tests/test_conventions.py says
)
# A round that passes a success on points to the location that it comes from, which an earlier round chose: the rows lead
# back, but no import may.
ROWS_LEAD_BACK = {("districts.locations.rounds.models", "districts.locations.models")}
# On top of their house: they gather its rooms, and no room may lean on them.
GATHERERS = {"models", "admin", "urls", "apps", "migrations", "templatetags", "management"}
# Sees everything, and nothing sees it.
ROOF = re.compile(rf"p2emas\.(urls|settings|wsgi)\b|({ANY_HOUSE})\.management\b")
BANNED = {"core", "common", "utils"}

TEMPLATE_HOME = re.compile(rf"(?:.*/)?templates/({ANY_HOUSE})/(?:(\w+)/)?")
TEMPLATE_TAG = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")

FOUNDATION, TOP = 0, 99
Place = tuple[int, int, int]  # floor, position on it, position in the room; the roof is above all floors


def place(dotted: str) -> Place:
    """The place of a module. Loose files of a house (clock, errors, middleware) are under its rooms."""
    if ROOF.match(dotted):
        return len(HOUSES), TOP, FOUNDATION
    house, _, rest = dotted.partition(".")
    first, _, inside = rest.partition(".")
    rooms = ROOMS[house]
    if first in rooms:
        return HOUSES.index(house), rooms.index(first) + 1, place_inside(f"{house}.{first}", inside)
    return HOUSES.index(house), TOP if first in GATHERERS else FOUNDATION, FOUNDATION


def place_inside(room: str, inside: str) -> int:
    """The position of a package or module of ``room``; the room itself is below all of them."""
    packages, first = PACKAGES.get(room, ()), inside.partition(".")[0]
    if first in packages:
        return packages.index(first) + 1
    return TOP if packages and first else FOUNDATION


def violations(root: Path) -> list[str]:
    """Every reference of the tree below ``root`` that goes up, as "file:line: sentence"."""
    models = model_rooms(root)
    found = list(misplaced_folders(root))
    for path in python_files(root):
        module = module_name(path, root)
        for line, target in references(path, module, models):
            problem = judge(module, target)
            if problem:
                found.append(f"{path.relative_to(root)}:{line}: {problem}")
    for path in template_files(root):
        found += template_violations(path, root)
    return found


def judge(module: str, target: str) -> str | None:
    """What is wrong with ``module`` referring to ``target``, or None."""
    first = target.partition(".")[0]
    if module.startswith("p2emas.methods"):
        allowed = first in sys.stdlib_module_names or target.startswith("p2emas.methods")
        return None if allowed else f"methods are pure Python, but this refers to {target}"
    if first not in HOUSES or (module, target) in ROWS_LEAD_BACK:
        return None
    here, there = place(module), place(target)
    return None if there <= here else f"{module} may not see {target}: it is above"


def model_rooms(root: Path) -> Models:
    """House -> lower-case class name -> "room.module" or "room.package" (a label says the house only)."""
    rooms: Models = defaultdict(dict)
    for path in python_files(root):
        house, *inside = module_name(path, root).split(".")
        if len(inside) > 1 and inside[0] in ROOMS[house]:
            for node in parsed(path).body:
                if isinstance(node, ast.ClassDef):
                    rooms[house].setdefault(node.name.lower(), ".".join(inside[:2]))
    return rooms


def misplaced_folders(root: Path) -> Iterator[str]:
    for path in python_files(root):
        inside = path.relative_to(root).with_suffix("").parts[1:]
        if BANNED & set(inside):
            yield f"{path.relative_to(root)}:1: no core, common or utils: name it after its subject"
    for house in HOUSES:
        folders = {path.relative_to(root / house).parts[0] for path in (root / house).rglob("*/*.py")}
        for folder in sorted(folders - set(ROOMS[house]) - GATHERERS):
            yield f"{house}/{folder}:1: a room that the order of rooms does not know"
        for room in ROOMS[house]:
            known = PACKAGES.get(f"{house}.{room}", ())
            packages = {
                path.relative_to(root / house / room).parts[0] for path in (root / house / room).rglob("*/*.py")
            }
            for package in sorted(packages - set(known)):
                yield f"{house}/{room}/{package}:1: a package that the order of its room does not know"


def template_violations(path: Path, root: Path) -> Iterator[str]:
    """A template uses what its own room may see; the shared ones (base, partials, allauth's) the frame only."""
    name = path.relative_to(root).as_posix()
    home = TEMPLATE_HOME.match(name)
    here = place(f"{home[1]}.{home[2]}") if home and home[2] else (HOUSES.index(home[1]) if home else 0, TOP)
    for line, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for used in TEMPLATE_TAG.findall(text):
            target = TEMPLATE.fullmatch(used)
            if target and place(f"{target[1]}.{target[2]}") > here:
                yield f"{name}:{line}: uses {used}, which is above"


def test_no_module_looks_upward():
    assert violations(ROOT) == []


def crowded(root: Path) -> dict[str, int]:
    """Folder -> how many modules are in it, of those with too many; migrations come one by one and stay."""
    found: dict[str, int] = defaultdict(int)
    for path in python_files(root):
        if path.name != "__init__.py" and "migrations" not in path.parts:
            found[path.parent.relative_to(root).as_posix()] += 1
    return {folder: number for folder, number in found.items() if number > MOST_MODULES}


def circle(root: Path) -> list[str]:
    """Modules that import each other in a circle, the first one again at the end; [] for none."""
    modules = {module_name(path, root): path for path in python_files(root)}
    graph = {
        module: {found for _line, target in imports(path, module) if (found := imported(target, modules)) != module}
        for module, path in modules.items()
    }
    try:
        TopologicalSorter({module: found - {""} for module, found in graph.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def imported(target: str, modules: dict[str, Path]) -> str:
    """The module that an import of ``target`` (a module, or a name in one) loads; "" for one that is not ours."""
    while target and target not in modules:
        target = target.rpartition(".")[0]
    return target


def test_no_import_leads_in_a_circle():
    assert circle(ROOT) == []


def test_no_folder_has_too_many_modules():
    assert not crowded(ROOT)


def test_order_names_what_there_is():
    unknown = [
        f"{room}.{name}"
        for room, names in PACKAGES.items()
        for name in names
        if not (ROOT / room.replace(".", "/") / name).is_dir()
        and not (ROOT / room.replace(".", "/") / f"{name}.py").is_file()
    ]

    assert unknown == []


def test_every_house_is_read():
    assert {path.relative_to(ROOT).parts[0] for path in python_files()} == set(HOUSES)


LOWER = {
    "programs/planning/models.py": "class WorkPlan:\n    pass\n",
    "programs/profiles/views.py": "",
    "programs/reporting/reports/models.py": "class ProgressReport:\n    pass\n",
    "districts/regions/models.py": "class Village:\n    pass\n",
    "districts/locations/models.py": "class TargetLocation:\n    pass\n",
    "programs/reporting/reports/parts.py": "class ReportLine:\n    pass\n",
    "programs/reporting/filling/models.py": "class FilledPage:\n    pass\n",
    "p2emas/accounts/models.py": "class User:\n    pass\n",
    "p2emas/clock.py": "",
}
UPWARD = {
    "import": ("districts/regions/views.py", "import programs.planning.models"),
    "from import": ("districts/regions/views.py", "from programs.planning.models import WorkPlan"),
    "from house import room": ("districts/regions/views.py", "from districts import locations"),
    "inside a function": ("p2emas/ui/formats.py", "def f():\n    from districts.regions import models"),
    "for type checkers only": ("p2emas/ui/formats.py", "if TYPE_CHECKING:\n    from p2emas.accounts import models"),
    "relative to a sibling room": ("districts/regions/views.py", "from ..locations import models"),
    "relative from a package": ("districts/regions/__init__.py", "from ..locations.models import TargetLocation"),
    "relative bare": ("programs/planning/views.py", "from .. import reporting"),
    "foundation to room": ("p2emas/naming.py", "from p2emas.accounts.models import User"),
    "foundation relative": ("p2emas/naming.py", "from .ui import formats"),
    "room to gatherer": ("programs/planning/views.py", "from programs.models import WorkPlan"),
    "to the settings": ("programs/dashboards/views.py", "from p2emas import settings"),
    "to the root urls": ("programs/dashboards/views.py", "from p2emas.urls import urlpatterns"),
    "to a command": ("p2emas/ui/formats.py", "from p2emas.management.commands import demo"),
    "gatherer to a higher house": ("districts/models.py", "from programs.planning.models import WorkPlan"),
    "tags to a higher house": ("p2emas/templatetags/p2emas.py", "from districts.regions.models import Village"),
    "foreign key": ("districts/regions/models.py", 'x = models.ForeignKey("programs.WorkPlan", models.PROTECT)'),
    "foreign key by keyword": ("districts/regions/models.py", 'x = ForeignKey(to="programs.WorkPlan")'),
    "foreign key inside the house": ("districts/regions/models.py", 'x = ForeignKey("districts.TargetLocation")'),
    "foreign key without label": ("districts/regions/models.py", 'x = models.ForeignKey("TargetLocation", PROTECT)'),
    "through": ("districts/regions/models.py", 'x = ManyToManyField("self", through="TargetLocation")'),
    "user model below accounts": ("p2emas/ui/models.py", "x = models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT)"),
    "get_user_model below accounts": ("p2emas/ui/models.py", "x = get_user_model()"),
    "migration": ("districts/migrations/0001_initial.py", 'x = models.ForeignKey(to="programs.workplan")'),
    "get_model": ("districts/regions/views.py", 'apps.get_model("programs", "WorkPlan")'),
    "get_model with one string": ("districts/regions/views.py", 'apps.get_model("programs.WorkPlan")'),
    "get_model by keyword": ("districts/regions/x.py", 'get_model(app_label="districts", model_name="TargetLocation")'),
    "content type": ("p2emas/workflow/models.py", 'ContentType.objects.get(app_label="programs", model="workplan")'),
    "import_module": ("p2emas/workflow/models.py", 'import_module("programs")'),
    "dotted path": ("p2emas/workflow/models.py", 'import_string("programs.planning.models.WorkPlan")'),
    "permission": ("districts/regions/views.py", 'user.has_perm("programs.view_workplan")'),
    "template of a higher house": ("districts/regions/views.py", 'render(request, "programs/profiles/village.html")'),
    "template includes upward": ("templates/districts/regions/a.html", '{% include "programs/profiles/_x.html" %}'),
    "template in a deeper folder": ("templates/districts/regions/a/b.html", "{% extends 'programs/profiles/x.html' %}"),
    "shared template includes a room": ("templates/base.html", '{% include "programs/profiles/_x.html" only %}'),
    "methods see Django": ("p2emas/methods/ahp.py", "from django.utils.timezone import now"),
    "methods see a library": ("p2emas/methods/ahp.py", "def f():\n    import numpy"),
    "methods see the frame": ("p2emas/methods/ahp.py", "from p2emas import clock"),
    "package to a later package": ("programs/reporting/filling/forms.py", "from programs.reporting.sending import forms"),
    "package to a later package, bare": ("programs/reporting/filling/forms.py", "from programs.reporting import sending"),
    "package to a later package, relative": ("programs/reporting/filling/forms.py", "from ..sending import forms"),
    "package inside a function": (
        "programs/reporting/reports/models.py",
        "def f():\n    from programs.reporting.filling.figures import x",
    ),
    "package to what gathers its room": ("programs/reporting/filling/views.py", "from programs.reporting import urls"),
    "foreign key to a later package": (
        "programs/reporting/reports/models.py",
        'x = models.ForeignKey("FilledPage", models.PROTECT)',
    ),
    "dotted path to a later package": (
        "programs/reporting/reports/models.py",
        'import_string("programs.reporting.filling.figures.x")',
    ),
    "module under the packages": ("p2emas/accounts/models.py", "from p2emas.accounts.sign_in import tries"),
    "unknown package": ("programs/reporting/experiments/views.py", "x = 1"),
    "package of a room without an order": ("programs/obstacles/lines/views.py", "x = 1"),
    "unknown room": ("programs/experiments/views.py", "x = 1"),
    "banned folder": ("programs/planning/utils/dates.py", "x = 1"),
    "banned module": ("p2emas/ui/common.py", "x = 1"),
    "banned house folder": ("p2emas/core/models.py", "x = 1"),
}  # fmt: skip
DOWNWARD = {
    "lower house": ("programs/planning/views.py", "from districts.locations.models import TargetLocation"),
    "room above in the list": ("programs/reporting/views.py", "from ..planning.models import WorkPlan"),
    "own room": ("programs/planning/views.py", "from .models import WorkPlan\nfrom . import models"),
    "own room from the room itself": ("districts/regions/__init__.py", "from .models import Village"),
    "own package": ("programs/reporting/filling/views.py", "from .models import FilledPage\nfrom . import models"),
    "package before": ("programs/reporting/filling/views.py", "from ..reports.models import ProgressReport"),
    "foreign key to a package before": (
        "programs/reporting/filling/views.py",
        'x = models.ForeignKey("ReportLine", models.PROTECT)',
    ),
    "what gathers its room": ("programs/reporting/urls.py", "from programs.reporting.reading import views"),
    "later package of a room before": ("programs/profiles/views.py", "from programs.reporting.reading import views"),
    "module under the packages": ("p2emas/accounts/sign_in/tries.py", "from p2emas.accounts.models import User"),
    "ui in accounts": ("p2emas/accounts/forms.py", "from p2emas.ui import formats"),
    "clock anywhere": ("p2emas/ui/formats.py", "from p2emas import clock\nfrom p2emas.clock import today"),
    "gatherers": ("programs/models.py", "from programs.planning.models import *\nfrom .reporting.models import *"),
    "one gatherer another": ("programs/admin.py", "from programs import models"),
    "lower house's gatherer": ("programs/planning/models.py", "from districts.models import Village"),
    "root urls": ("p2emas/urls.py", 'x = include("programs.urls")\nfrom programs.profiles import views'),
    "settings": ("p2emas/settings.py", 'x = ["programs", "programs.dashboards.context.site"]'),
    "command": ("p2emas/management/commands/demo.py", "from programs.planning.models import WorkPlan"),
    "string downward": ("programs/planning/models.py", 'x = models.ForeignKey("districts.Village", PROTECT)'),
    "self": ("programs/planning/models.py", 'x = models.ForeignKey("self", PROTECT)'),
    "user model": ("p2emas/workflow/models.py", "x = models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT)"),
    "URL name upward": ("districts/regions/models.py", 'x = reverse("profiles:village-detail", args=[1])'),
    "prose": ("districts/regions/models.py", '"""Shown by programs.profiles, see programs/profiles/views.py."""'),
    "template downward": ("templates/programs/profiles/a.html", '{% include "districts/regions/_x.html" only %}'),
    "partial": ("templates/districts/regions/a.html", '{% extends "a.html" %}\n{% include "partials/_x.html" %}'),
    "sign-in page": ("templates/account/login.html", '{% include "p2emas/accounts/_x.html" %}'),
    "methods": ("p2emas/methods/ahp.py", "import math\nfrom .inputs import x\nfrom p2emas.methods.inputs import x"),
    "data folder": ("programs/planning/data/a.csv", "a;b"),
}  # fmt: skip


@pytest.mark.parametrize("name", UPWARD)
def test_planted_upward_reference_is_caught(tmp_path, name):
    path, text = UPWARD[name]

    found = violations(plant(tmp_path, LOWER | {path: text}))

    assert found
    assert all(line.startswith(path.split("/")[0]) for line in found)


@pytest.mark.parametrize("name", DOWNWARD)
def test_planted_downward_reference_is_allowed(tmp_path, name):
    path, text = DOWNWARD[name]

    assert violations(plant(tmp_path, LOWER | {path: text})) == []


CIRCLES = {
    "two modules": {
        "programs/planning/models.py": "from programs.planning import checks",
        "programs/planning/checks.py": "from programs.planning.models import WorkPlan",
    },
    "inside a function": {
        "programs/planning/models.py": "def f():\n    from programs.planning.checks import blockers",
        "programs/planning/checks.py": "from programs.planning.models import WorkPlan",
    },
    "for type checkers only": {
        "programs/planning/models.py": "from .querysets import Lines",
        "programs/planning/querysets.py": "if TYPE_CHECKING:\n    from .models import WorkPlan",
    },
    "over three": {
        "programs/planning/a.py": "import programs.planning.b",
        "programs/planning/b.py": "from . import c",
        "programs/planning/c.py": "from .a import x",
    },
}


@pytest.mark.parametrize("name", CIRCLES)
def test_planted_circle_is_caught(tmp_path, name):
    found = circle(plant(tmp_path, CIRCLES[name]))

    assert len(set(found)) == len(CIRCLES[name])


def test_relation_back_by_its_name_is_no_circle(tmp_path):
    files = {
        "programs/planning/models.py": 'x = models.ForeignKey("programs.PlanLine", models.PROTECT)',
        "programs/planning/lines.py": "from programs.planning.models import WorkPlan\nclass PlanLine:\n    pass",
    }

    assert circle(plant(tmp_path, files)) == []


def test_planted_crowd_is_caught(tmp_path):
    files = {f"programs/planning/m{number}.py": "" for number in range(MOST_MODULES + 1)}
    files |= {f"programs/migrations/{number:04}_m.py": "" for number in range(MOST_MODULES + 1)}
    files |= {f"programs/profiles/m{number}.py": "" for number in range(MOST_MODULES)}

    assert crowded(plant(tmp_path, files)) == {"programs/planning": MOST_MODULES + 1}
