"""Conventions that the source itself can show: each check reads the tree and knows its reviewed exceptions.

An exception is "path:function" (or "path" for a template or a whole module) with the reason; one that no longer
means anything fails, so that the lists stay short.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from .source_tree import ROOT, parsed, plant, python_files, template_files

# Writes past the history: each must concern fields that the history leaves out, or rows that have none.
PAST_HISTORY: dict[str, str] = {
    "p2emas/accounts/sign_in/session_store.py:SessionStore.touch": "sessions have no history",
    "facilitators/recruitment/apply/sending.py:send_application": "last_number is left out of the history",
    "p2emas/identity/models.py:IdentityQuerySet.update": "update itself, only refused where the zone is held",
    "p2emas/workflow/editing.py:claim_version": "the version counts savings; what was saved is in the history",
    "programs/framework/renstra_saving.py:_write": "the version of a Renstra is left out of the history",
    "programs/planning/editing.py:open_draft": "the plan's version is left out of the history",
    "programs/planning/workbook/saving.py:_save_parts": "the version of a row is left out of the history",
    "p2emas/history/bulk.py:delete_with_history": "the rows that it writes are the history",
    "programs/planning/completion/saving.py:_count_up": "versions are left out of the history",
    "p2emas/workflow/models.py:Chain._move": "status and stamps are left out of the history; StatusChange has them",
    "districts/locations/decrees/services.py:enact_decree": "whether items are in a draft is left out of the history",
    "p2emas/jobs/queue.py:take_up_lost_jobs": "rows of the queue, which have no history",
    "p2emas/jobs/queue.py:give_up": "rows of the queue, which have no history",
    "p2emas/imports/arranging.py:read_or_ask": "how a file is read is left out of the history",
    "p2emas/imports/erasing.py:blank_rows": "how a file was read is left out of the history",
    "p2emas/imports/jobs.py:show_progress": "progress is left out of the history",
    "p2emas/imports/services.py:_waits_for": "the number of the job is left out of the history",
    "p2emas/imports/applying/writing.py:apply_import": "a mark for undoing, left out of the history; ImportRow has none",
    "districts/locations/decision/choosing.py:_changed": "places among the reserves are emptied before they are set and saved",
    "p2emas/notifications/models.py:NotificationQuerySet.mark_read": "what somebody has read has no history",
    "p2emas/outbox/services.py:blank_letters": "an erasure: letters have no history",
    "facilitators/recruitment/privacy/erasing.py:_erase_parts": "an erasure: notes, papers and traces have no history",
    "facilitators/recruitment/privacy/erasing.py:_blank_log": "an erasure: the log of the back office has no history",
    "facilitators/recruitment/privacy/erasing.py:_erase_person": "an erasure of a telephone number in the history itself",
    "facilitators/recruitment/privacy/erasing.py:_close_account": "an erasure of contacts in the history itself",
    "facilitators/recruitment/result/objecting.py:answer_objection": "objections have no history: personal data is erasable",
    "programs/reporting/reports/due_dates.py:change_due_date": "due_on is left out: a DueDateChange is its history",
}
# Unescaped text: each must be built from constants or escaped parts only.
UNESCAPED: dict[str, str] = {
    "districts/regions/fields.py": "only the type of what format_html gives back",
    "districts/regions/fields.py:VillageInput.render": "only the type of what format_html gives back",
    "p2emas/ui/controls.py": "for fill, which escapes every value itself; its tests send what hurts",
    "p2emas/ui/controls.py:_escaped": "the same",
    "p2emas/ui/controls.py:fill": "the same",
    "p2emas/ui/controls.py:fill_each": "the same",
    "p2emas/ui/selects.py:_parts": "a pattern of nothing but {}, one for each part",
}
# Style, script and on... attributes, which the Content-Security-Policy would block.
INLINE: dict[str, str] = {}
PRINTED: dict[str, str] = {}
# The real clock: only for security (sessions, tokens, limits) and for how long something took.
REAL_CLOCK: dict[str, str] = {
    "p2emas/clock.py:now": "the business clock itself",
    "p2emas/accounts/sign_in/real_time.py:security_now": "sessions, tries and traces of a sign-in are real time",
    "p2emas/accounts/models.py:User": "when the account was made belongs to security",
    "p2emas/documents/integrity.py:remove_orphans": "the age of a file on disk is real time",
    "p2emas/jobs/queue.py:waits_long": "how long a job has been waiting is real time",
    "p2emas/jobs/queue.py:take_up_lost_jobs": "how long a process has been working is real time",
    "p2emas/jobs/queue.py:give_up": "when a process was ended is real time",
    "p2emas/outbox/models.py:real_now": "the wait between two attempts to send is real time",
}
UNBOUND_FORM: dict[str, str] = {}
LONG_VIEW: dict[str, str] = {}
ANY_METHOD: dict[str, str] = {}
NAMELESS_READ: dict[str, str] = {}
SIGNALS: dict[str, str] = {}
LONG_MODULE: dict[str, str] = {}
TRANSLATED: dict[str, str] = {}
KEY_LOCK: dict[str, str] = {
    "districts/locations/decrees/discarding.py:discard_draft": "it deletes the row: nobody may begin to point to it",
}

MAX_MODULE_LINES = 400
MAX_VIEW_LINES = 25

Found = tuple[str, int, str]  # its key in the lists above, line, sentence


# --- Reading -----------------------------------------------------------------------------------------------------


@cache
def nodes(path: Path) -> list[tuple[ast.AST, str]]:
    """Every node of a file with the function or class around it ("Report.take_step", "" at the top)."""
    found: list[tuple[ast.AST, str]] = []
    stack: list[tuple[ast.AST, str]] = [(parsed(path), "")]
    while stack:
        node, scope = stack.pop()
        found.append((node, scope))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            scope = f"{scope}.{node.name}".lstrip(".")
        stack += [(child, scope) for child in ast.iter_child_nodes(node)]
    return found


def business_files(root: Path) -> Iterator[Path]:
    return (path for path in python_files(root) if "migrations" not in path.parts)


def scan(root: Path) -> Iterator[tuple[ast.AST, str, int]]:
    """(node, key, line) of every node that has a line, over all houses."""
    for path in business_files(root):
        name = path.relative_to(root).as_posix()
        for node, scope in nodes(path):
            if hasattr(node, "lineno"):
                yield node, f"{name}:{scope}".rstrip(":"), node.lineno


def views(root: Path) -> Iterator[tuple[ast.FunctionDef, str]]:
    for path in business_files(root):
        if path.stem.endswith("views"):
            for node in parsed(path).body:
                if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "request":
                    yield node, f"{path.relative_to(root).as_posix()}:{node.name}"


def dotted(node: ast.AST) -> str:
    """ "timezone.now" for that expression or a call of it; "" for what is no plain name."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def strings(root: Path) -> Iterator[tuple[str, str, int]]:
    """(text, key, line) of every string in the code, pieces of f-strings included."""
    for node, key, line in scan(root):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, key, line


# --- Checks ------------------------------------------------------------------------------------------------------


def past_history(root: Path) -> Iterator[Found]:
    """update(), bulk_create() and bulk_update() write no history row; so does nobody see who changed what."""
    tracked = history_of_classes(root)
    for node, key, line in scan(root):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called = node.func.attr.removeprefix("a")
        # dict.update(other) and hash.update(data) take a positional argument, QuerySet.update() never does
        if called in {"bulk_create", "bulk_update"} or (called == "update" and node.keywords and not node.args):
            model = dotted(node.func.value).partition(".")[0]
            if tracked.get(model, True):
                yield key, line, f"{model or 'this'}.{node.func.attr}() writes past the history"


def history_of_classes(root: Path) -> dict[str, bool]:
    """Class name -> whether it, or a base class of the tree, keeps a history."""
    bases: dict[str, set[str]] = {}
    tracked: set[str] = set()
    for path in business_files(root):
        for node, _ in nodes(path):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(dotted(base).rpartition(".")[2] for base in node.bases)
                targets = [t for item in node.body if isinstance(item, ast.Assign) for t in item.targets]
                if any(isinstance(target, ast.Name) and target.id == "history" for target in targets):
                    tracked.add(node.name)

    def keeps(name: str, seen: frozenset[str]) -> bool:
        return name in tracked or any(keeps(base, seen | {base}) for base in bases.get(name, set()) - seen)

    return {name: keeps(name, frozenset({name})) for name in bases}


MARKUP_ARGUMENTS = {
    "format_html": 1,
    "format_html_join": 2,
    "fill": 1,
    "fill_each": 1,
}  # how many of the first ones are taken as markup


def unescaped(root: Path) -> Iterator[Found]:
    """Text that reaches the page as it is."""
    for node, key, line in scan(root):
        names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else [dotted(node)]
        if any(name.rpartition(".")[2] in {"mark_safe", "SafeString", "SafeText"} for name in names):
            yield key, line, "unescaped: use format_html or a template"
        patterns = node.args[: MARKUP_ARGUMENTS.get(dotted(node), 0)] if isinstance(node, ast.Call) else []
        if not all(isinstance(pattern, ast.Constant) for pattern in patterns):
            yield key, line, "format_html escapes its values, not its pattern: write the pattern out"
    yield from in_templates(root, re.compile(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off"), "unescaped: let it escape")


def in_templates(root: Path, pattern: re.Pattern[str], what: str, *, tags: bool = True) -> Iterator[Found]:
    """Matches in the markup templates, comments left out, template tags too where ``tags`` is False."""
    ignored = r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->"
    if not tags:
        ignored += r"|\{%.*?%\}|\{\{.*?\}\}"
    for path in template_files(root):
        if path.suffix != ".txt":  # plain text is no markup
            text = re.sub(ignored, lambda m: "\n" * m[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL)
            for match in pattern.finditer(text):
                yield path.relative_to(root).as_posix(), text.count("\n", 0, match.end()) + 1, what


INLINE_MARKUP = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc\s*=)|(?:^|[\s"'])(?:style|on[a-z]{3,})\s*=\s*["']|\bjavascript:""",
    re.IGNORECASE,
)
INLINE_ATTRIBUTE = re.compile(r"style|on(?:click|change|submit|input|load|error|focus|blur|toggle|key\w+|mouse\w+)")


def inline(root: Path) -> Iterator[Found]:
    """Style and script are in static files: the Content-Security-Policy blocks anything else."""
    yield from in_templates(root, INLINE_MARKUP, "inline style or script", tags=False)
    for text, key, line in strings(root):
        if "<" in text and INLINE_MARKUP.search(text):
            yield key, line, "inline style or script in a string"
    for node, key, line in scan(root):
        keys = node.keys if isinstance(node, ast.Dict) else []
        if any(isinstance(k, ast.Constant) and INLINE_ATTRIBUTE.fullmatch(str(k.value)) for k in keys):
            yield key, line, "inline style or script among attributes"


def printed(root: Path) -> Iterator[Found]:
    for node, key, line in scan(root):
        if isinstance(node, ast.Call) and dotted(node) == "print":
            yield key, line, "print(): log it, or write to a command's stdout"


CLOCKS = re.compile(r"(.*\.)?(timezone\.now|datetime\.(now|today|utcnow)|date\.today|Now|localtime|localdate)")
BARE_NOW = "django.utils.timezone.now"
CONVERSIONS = ("localtime", "localdate")  # of a given moment; without one they ask the clock


def real_clock(root: Path) -> Iterator[Found]:
    """Deadlines, validity and stamps ask p2emas.clock, which the demo and the tests can move."""
    conversions = set()
    for node, key, line in scan(root):  # a call comes before its parts
        if isinstance(node, ast.Call) and node.args and dotted(node).endswith(CONVERSIONS):
            conversions.add(node.func)
        elif isinstance(node, ast.Attribute | ast.Name) and node not in conversions:
            if CLOCKS.fullmatch(dotted(node)):
                yield key, line, f"{dotted(node)} is the real clock: use p2emas.clock"
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield key, line, f"{node.arg} is the real clock: use default=schema.now"
        elif isinstance(node, ast.ImportFrom) and any(f"{node.module}.{x.name}" == BARE_NOW for x in node.names):
            yield key, line, "the real clock: use p2emas.clock"


def unbound_form(root: Path) -> Iterator[Found]:
    """``Form(request.POST or None)`` leaves an empty POST unbound: it is answered with no error at all."""
    for node, key, line in scan(root):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and dotted(node.values[0]) == "request.POST":
            yield key, line, 'bind with request.POST if request.method == "POST" else None'


def long_view(root: Path) -> Iterator[Found]:
    for node, key in views(root):
        first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
        lines = (node.end_lineno or 0) - first.lineno + 1
        if lines > MAX_VIEW_LINES:
            yield key, node.lineno, f"a view of {lines} lines: at most {MAX_VIEW_LINES}"


def any_method(root: Path) -> Iterator[Found]:
    """A view says which methods it answers."""
    for node, key in views(root):
        allowed = {dotted(decorator).rpartition(".")[2] for decorator in node.decorator_list}
        if not allowed & {"require_safe", "require_POST", "require_GET", "require_http_methods"}:
            yield key, node.lineno, "a view without require_safe, require_POST or require_http_methods"


def nameless_read(root: Path) -> Iterator[Found]:
    """What a view reads has a name on a queryset or a model, where the next view finds it."""
    for node, key, line in scan(root):
        if key.partition(":")[0].endswith("views.py") and isinstance(node, ast.Call):
            read = dotted(node)
            if read.endswith((".filter", ".exclude", ".objects.get")):
                yield key, line, f"{read}() in a view: give the read a name on the queryset"


def signals(root: Path) -> Iterator[Found]:
    """Our rooms call each other; a signal hides who does what."""
    for node, key, line in scan(root):
        if isinstance(node, ast.ImportFrom) and node.module in {"django.dispatch", "django.db.models.signals"}:
            yield key, line, "a signal: call the service instead"


def key_lock(root: Path) -> Iterator[Found]:
    """A lock on the key of a row stops everybody who writes a row that points to it: on PostgreSQL a deadlock."""
    for node, key, line in scan(root):
        locks = isinstance(node, ast.Call) and dotted(node).endswith(".select_for_update")
        if locks and all(given.arg != "no_key" for given in node.keywords):
            yield key, line, "select_for_update() without no_key=True"


TRANSLATION = re.compile(r"(.*\.)?(u?gettext|ngettext|pgettext|npgettext)(_lazy|_noop)?|(.*\.)?format_lazy")
TRANSLATION_TAG = re.compile(r"\{%\s*(trans|translate|blocktrans|blocktranslate|load\b[^%]*\bi18n)\b|\{\{\s*_\(")


def translated(root: Path) -> Iterator[Found]:
    """Screens speak Indonesian and nothing else: a sentence is written where it is used, as it is."""
    for node, key, line in scan(root):
        names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Attribute):
            names = [dotted(node)]
        if any(TRANSLATION.fullmatch(name) for name in names):
            yield key, line, "a call that translates nothing: write the sentence itself, or p2emas.naming for names"
    yield from in_templates(root, TRANSLATION_TAG, "a tag that translates nothing: write the sentence itself")


def long_module(root: Path) -> Iterator[Found]:
    scripts = [path for folder in ("scripts", "benchmarks") for path in sorted((root / folder).rglob("*.py"))]
    for path in [*business_files(root), *scripts]:
        lines = len(path.read_text("utf-8").splitlines())
        if lines > MAX_MODULE_LINES:
            yield path.relative_to(root).as_posix(), lines, f"{lines} lines: split it by noun (300), never above 400"


CHECKS: dict[str, tuple[Callable[[Path], Iterator[Found]], dict[str, str]]] = {
    "past_history": (past_history, PAST_HISTORY),
    "unescaped": (unescaped, UNESCAPED),
    "inline": (inline, INLINE),
    "printed": (printed, PRINTED),
    "real_clock": (real_clock, REAL_CLOCK),
    "unbound_form": (unbound_form, UNBOUND_FORM),
    "long_view": (long_view, LONG_VIEW),
    "any_method": (any_method, ANY_METHOD),
    "nameless_read": (nameless_read, NAMELESS_READ),
    "signals": (signals, SIGNALS),
    "long_module": (long_module, LONG_MODULE),
    "key_lock": (key_lock, KEY_LOCK),
    "translated": (translated, TRANSLATED),
}


@cache
def found(name: str) -> list[Found]:
    """What the check ``name`` finds in our tree, for both of its tests."""
    return list(CHECKS[name][0](ROOT))


@pytest.mark.parametrize("name", CHECKS)
def test_tree_keeps_the_convention(name):
    _, exceptions = CHECKS[name]

    assert [f"{key}, line {line}: {what}" for key, line, what in found(name) if key not in exceptions] == []


@pytest.mark.parametrize("name", CHECKS)
def test_every_exception_still_stands_for_something_and_has_a_reason(name):
    _, exceptions = CHECKS[name]

    assert set(exceptions) - {key for key, _, _ in found(name)} == set()
    assert all(reason.strip() for reason in exceptions.values())


# --- Each check seen failing -------------------------------------------------------------------------------------

MODELS = """
class Base:
    history = HistoricalRecords(inherit=True)
class Village(Base):
    pass
class Import:
    pass
"""
VIEW = "@require_safe\ndef page(request):\n    '''Doc.'''\n"
BREAKS = [
    ("past_history", "districts/x.py", "def f():\n    Village.objects.filter(a=1).update(b=2)", "districts/x.py:f"),
    ("past_history", "districts/x.py", "class A:\n    def f(self):\n        self.update(b=2)", "districts/x.py:A.f"),
    ("past_history", "districts/x.py", "type(self).objects.update(**stamp)", "districts/x.py"),
    ("past_history", "districts/x.py", "Village.objects.bulk_create(rows)", "districts/x.py"),
    ("past_history", "districts/x.py", "rows.bulk_update(rows, ['a'])", "districts/x.py"),
    ("past_history", "districts/x.py", "async def f():\n    await Village.objects.aupdate(a=1)", "districts/x.py:f"),
    ("unescaped", "districts/x.py", "from django.utils.safestring import mark_safe", "districts/x.py"),
    ("unescaped", "districts/x.py", "x = safestring.SafeString(y)", "districts/x.py"),
    ("unescaped", "districts/x.py", "x = format_html(f'<b>{y}</b>')", "districts/x.py"),
    ("unescaped", "districts/x.py", "x = format_html_join('', '<b>' + y, rows)", "districts/x.py"),
    ("unescaped", "templates/a.html", "<p>{{ x|safe }}</p>", "templates/a.html"),
    ("unescaped", "templates/a.html", "<p>{{ x|default:'' | safeseq|join:',' }}</p>", "templates/a.html"),
    ("unescaped", "templates/a.html", "{% autoescape off %}", "templates/a.html"),
    ("inline", "templates/a.html", '<p class="a" style="color: {{ x }}">', "templates/a.html"),
    ("inline", "templates/a.html", "<p\nstyle='color: red'>", "templates/a.html"),
    ("inline", "templates/a.html", '<button{% if a %} onclick="f()"{% endif %}>', "templates/a.html"),
    ("inline", "templates/a.html", "<style>p {}</style>", "templates/a.html"),
    ("inline", "templates/a.html", "<script>f()</script>", "templates/a.html"),
    ("inline", "templates/a.html", '<script type="module">f()</script>', "templates/a.html"),
    ("inline", "templates/a.html", '<a href="javascript:f()">', "templates/a.html"),
    ("inline", "districts/x.py", "x = format_html('<i style=\"{}\">', y)", "districts/x.py"),
    ("inline", "districts/x.py", "x = f'<i onclick=\"{y}\">'", "districts/x.py"),
    ("inline", "districts/x.py", "x = TextInput(attrs={'style': y})", "districts/x.py"),
    ("printed", "districts/x.py", "def f():\n    print(1)", "districts/x.py:f"),
    ("real_clock", "districts/x.py", "x = timezone.now()", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = DateTimeField(default=timezone.now)", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = django.utils.timezone.localdate()", "districts/x.py"),
    ("real_clock", "districts/x.py", "from django.utils.timezone import now", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = localtime()", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = date.today()", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = datetime.datetime.now(UTC)", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = DateTimeField(auto_now_add=True)", "districts/x.py"),
    ("real_clock", "districts/x.py", "x = rows.filter(until__lt=Now())", "districts/x.py"),
    ("unbound_form", "districts/x.py", "x = Form(request.POST or None)", "districts/x.py"),
    ("long_view", "districts/views.py", VIEW + "    f()\n" * 26, "districts/views.py:page"),
    ("any_method", "districts/public_views.py", "def page(request):\n    f()", "districts/public_views.py:page"),
    ("nameless_read", "districts/views.py", "def f():\n    Village.objects.get(pk=1)", "districts/views.py:f"),
    ("nameless_read", "districts/x_views.py", "x = rows().filter(a=1).count()", "districts/x_views.py"),
    ("signals", "districts/x.py", "from django.db.models.signals import post_save", "districts/x.py"),
    ("signals", "districts/x.py", "from django.dispatch import receiver", "districts/x.py"),
    ("long_module", "districts/x.py", "x = 1\n" * 401, "districts/x.py"),
    ("long_module", "scripts/x.py", "x = 1\n" * 401, "scripts/x.py"),
    ("key_lock", "districts/x.py", "def f():\n    rows.select_for_update().get(pk=1)", "districts/x.py:f"),
    ("key_lock", "districts/x.py", "rows().filter(a=1).select_for_update(of=('self',))", "districts/x.py"),
    ("translated", "districts/x.py", "from django.utils.translation import gettext_lazy as _", "districts/x.py"),
    ("translated", "districts/x.py", "from django.utils.translation import override, ngettext", "districts/x.py"),
    ("translated", "districts/x.py", "def f():\n    return translation.gettext('Desa')", "districts/x.py:f"),
    ("translated", "districts/x.py", "from django.utils.text import format_lazy", "districts/x.py"),
    ("translated", "templates/a.html", "{% blocktranslate with a=b %}Desa{% endblocktranslate %}", "templates/a.html"),
    ("translated", "templates/a.html", "{% load i18n static %}", "templates/a.html"),
]
KEEPS = [
    ("past_history", "districts/x.py", "Import.objects.filter(a=1).update(b=2)\nImport.objects.bulk_create(rows)"),
    (
        "past_history",
        "districts/x.py",
        "context.update(other)\ndigest.update(b'')\nVillage.objects.update_or_create(a=1)",
    ),
    ("past_history", "districts/migrations/0002_x.py", "Village.objects.update(a=1)"),
    ("unescaped", "districts/x.py", "x = format_html('<b>{}</b>', y)\ny = format_html_join('', '<b>{}</b>', rows)"),
    ("unescaped", "templates/a.html", "{# x|safe #}{% comment %}\n{{ x|safe }}\n{% endcomment %}{{ x|safe_name }}"),
    ("inline", "templates/a.html", "<script defer\n  src=\"{% static 'a.js' %}\"></script>"),
    ("inline", "templates/a.html", '<script src="{% static \'a.js\' %}" defer></script><rect width="3" fill="red"/>'),
    ("unescaped", "templates/a.txt", "{% autoescape off %}{{ x }}{% endautoescape %}"),
    ("inline", "templates/a.html", '{% include "partials/_x.html" with only="a" style="b" only %}{# style="" #}'),
    ("inline", "templates/a.html", '<p data-onset="a" class="button-style">on = off</p>'),
    ("inline", "districts/x.py", "x = {'once': 1}\ny = TextInput(attrs={'class': 'a'})"),
    ("printed", "districts/x.py", "self.stdout.write('x')"),
    ("real_clock", "districts/x.py", "x = clock.now()\ny = clock.today()\nz = DateTimeField(default=schema.now)"),
    ("real_clock", "districts/x.py", "x = timezone.make_aware(y)\nfrom django.utils import timezone"),
    ("real_clock", "districts/x.py", "x = timezone.localtime(moment)\ny = localdate(moment)"),
    ("unbound_form", "districts/x.py", "x = Form(request.POST if request.method == 'POST' else None)"),
    ("long_view", "districts/views.py", VIEW + "    f()\n" * 25),
    ("any_method", "districts/views.py", VIEW + "    f()\n\ndef helper(rows):\n    f()"),
    ("any_method", "districts/views.py", "@require_http_methods(['GET', 'POST'])\ndef page(request):\n    f()"),
    ("nameless_read", "districts/views.py", "x = Village.objects.for_user(user).active()\ny = request.GET.get('a')"),
    ("nameless_read", "districts/models.py", "x = Village.objects.filter(a=1)"),
    ("signals", "districts/x.py", "from django.db import transaction"),
    ("long_module", "districts/x.py", "x = 1\n" * 400),
    ("key_lock", "districts/x.py", "rows.select_for_update(no_key=True).get(pk=1)"),
    ("translated", "districts/x.py", "from django.utils.translation import activate, override\nx = y.translate(z)"),
    ("translated", "templates/a.html", '<p class="i18n">Transmigrasi, gettext</p>{% load static %}'),
    ("long_module", "districts/migrations/0001_initial.py", "x = 1\n" * 900),
]


@pytest.mark.parametrize(("name", "path", "text", "key"), BREAKS)
def test_planted_break_is_caught(tmp_path, name, path, text, key):
    plant(tmp_path, {"districts/models.py": MODELS, path: text})

    assert {found for found, _, _ in CHECKS[name][0](tmp_path)} == {key}


@pytest.mark.parametrize(("name", "path", "text"), KEEPS)
def test_planted_habit_is_allowed(tmp_path, name, path, text):
    plant(tmp_path, {"districts/models.py": MODELS, path: text})

    assert list(CHECKS[name][0](tmp_path)) == []


def test_every_check_was_seen_failing_and_passing():
    assert {row[0] for row in BREAKS} == set(CHECKS) == {row[0] for row in KEEPS}


ONE_TAG = re.compile(r"\s*\{%(?:(?!%\}).)*%\}")


def test_lines_of_templates_are_short():
    """At most 120 characters; a line that is one template tag, which cannot be broken, at most 200."""
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > (200 if ONE_TAG.fullmatch(line) else 120)
    ]
    assert long == []


# --- Words -------------------------------------------------------------------------------------------------------

# Where the words of CONTRIBUTING.md are kept already; it grows until it is the whole tree.
PLAIN = (
    "docs",
    "scripts",
    "benchmarks",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "programs",
    "tests/programs",
    "templates/programs",
    "districts",
    "tests/districts",
    "templates/districts",
    "facilitators",
    "tests/facilitators",
    "templates/facilitators",
    "p2emas",
    "tests/p2emas",
    "templates/p2emas",
    "templates/partials",
    "templates/admin",
    "templates/bootstrap5",
    "static",
    *(f"tests/{path.name}" for path in sorted((ROOT / "tests").glob("*.py")) if path.name != "test_conventions.py"),
)
ODD_FOR_A_REASON = {
    "p2emas/migrations/0009_neutral_territory.py: hold for": "an applied migration is never edited",
    "districts/migrations/0005_neutral_territory.py: hold for": "an applied migration is never edited",
    "scripts/documents/recording.py: stands": "a label that recordings of older code have too",
    "facilitators/migrations/0009_neutral_territory.py: hold for": "an applied migration is never edited",
}
WRITTEN = {".md", ".py", ".sh", ".html", ".css", ".js", ".conf", ".service", ""}  # and no picture


def odd_words() -> re.Pattern[str]:
    """The left column of the first table under "Words", between any white space."""
    words = (
        (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Words\n")[2].partition("\n\nWhere a screen")[0]
    )
    phrases = [
        phrase for row in re.findall(r"^\| (.+) \| .+ \|$", words, re.MULTILINE)[1:] for phrase in row.split(", ")
    ]
    return re.compile(
        r"\b(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + r")\b", re.I
    )


def without_words(text: str) -> str:
    """``text`` with empty lines in place of the section that lists the odd words."""
    return re.sub(r"^## Words$.*?(?=^## )", lambda m: "\n" * m[0].count("\n"), text, flags=re.MULTILINE | re.DOTALL)


def oddities(places: tuple[str, ...], root: Path = ROOT) -> Iterator[str]:
    pattern = odd_words()
    for place in places:
        for path in sorted((root / place).rglob("*")) if (root / place).is_dir() else [root / place]:
            if path.is_file() and path.suffix in WRITTEN:
                text = without_words(path.read_text("utf-8"))
                for match in pattern.finditer(text):
                    yield f"{path.relative_to(root)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"


def test_words_are_plain_where_they_have_been_cleaned():
    found = {re.sub(r":\d+", "", line): line for line in oddities(PLAIN)}

    assert [line for key, line in found.items() if key not in ODD_FOR_A_REASON] == []
    assert [key for key in ODD_FOR_A_REASON if key not in found] == []


def test_planted_odd_word_is_caught_and_its_list_is_not(tmp_path):
    plant(
        tmp_path,
        {
            "docs/a.md": "Whoever\nmends it.\n\n## Words\n\n| mend | fix |\n\n## How\n\nthe\nown page, amended",
            "docs/a.svg": "mend",
        },
    )

    assert list(oddities(("docs",), tmp_path)) == [
        "docs/a.md:1: Whoever",
        "docs/a.md:2: mends",
        "docs/a.md:10: the\nown",
    ]
