"""What a module refers to: imports, and strings that name a model, a dotted path or a template."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .source_tree import HOUSES, parsed

Models = dict[str, dict[str, str]]  # house -> lower-case class name -> "room.module" or "room.package"
ANY_HOUSE = "|".join(HOUSES)
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "GenericRelation", "HistoricForeignKey"}
TAKES_APP_LABEL = {"get_model", "get_app_config", "get_by_natural_key", "import_module", "import_string", "__import__"}
DOTTED = re.compile(rf"({ANY_HOUSE})(\.[A-Za-z_]\w*)+")
TEMPLATE = re.compile(rf"({ANY_HOUSE})/(\w+)/[\w./-]+\.\w+")
# The history of edits is used by accounts too and yet books each edit to a user.
NAMES_THE_USER = {"p2emas.history.records"}
# Salts keep the names that their modules once had: letters, browsers and rows still hold what was signed with them.
SALTS = {"p2emas.accounts.browsers", "p2emas.accounts.tries", "p2emas.accounts.tokens.InvitationTokenGenerator"}


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def references(path: Path, module: str, models: Models) -> Iterator[tuple[int, str]]:
    """(line, dotted target) of every import and every string reference in a file."""
    yield from imports(path, module)
    house = module.partition(".")[0]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if DOTTED.fullmatch(node.value) and node.value not in SALTS:
                yield node.lineno, of_model(node.value, models)
            elif match := TEMPLATE.fullmatch(node.value):
                yield node.lineno, f"{match[1]}.{match[2]}"
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, target) for target in call_targets(node, house, models))
        elif name_of(node) == "AUTH_USER_MODEL" and module not in NAMES_THE_USER:
            yield node.lineno, "p2emas.accounts"  # type: ignore[attr-defined]


def imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    """(line, dotted target) of every import, wherever it is."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = import_base(node, package)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def import_base(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, *filter(None, [node.module])])


def call_targets(node: ast.Call, house: str, models: Models) -> Iterator[str]:
    """Names that a call passes in another shape than "house.Name"."""
    called = name_of(node.func)
    if called == "get_user_model":
        yield "p2emas.accounts"
    strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    keywords = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
    if called in RELATIONS:
        for name in [*strings[:1], keywords.get("to"), keywords.get("through")]:
            if isinstance(name, str) and name.isidentifier() and name != "self":
                yield of_model(f"{house}.{name}", models)
    label = keywords.get("app_label") or (strings[0] if called in TAKES_APP_LABEL and strings else None)
    if label in HOUSES:
        name = strings[1] if len(strings) > 1 else keywords.get("model_name") or keywords.get("model") or ""
        yield of_model(f"{label}.{name}", models)


def of_model(dotted: str, models: Models) -> str:
    """ "districts.Village" -> "districts.regions.models": a label names the house, the class knows where it lies."""
    house, _, rest = dotted.partition(".")
    room = models[house].get(rest.lower()) if rest else None
    return f"{house}.{room}" if room else dotted


def name_of(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
