"""In another regency, or a kota, no page, paper or letter speaks of Sintang, its head, its province or its zone.

Each page of the permission table is read as who sees most of it. What the factories invented is data and is rewritten
first; what is left was said by the product.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import Model, Q
from django.template.loader import render_to_string
from django.utils import timezone

from p2emas import clock, naming
from p2emas.models import Identity, OutboxMessage
from p2emas.naming import Names
from p2emas.outbox.resets import reset_subject, write_reset_letter
from p2emas.outbox.services import deliver
from p2emas.staffing.services import draft_invitation
from programs.models import Program
from tests import canaries, our_names, worlds
from tests.addresses import PAGES, address_of, visitor
from tests.factories import OutboxMessageFactory, UserFactory
from tests.source_tree import ROOT, python_files, template_files

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
OURS_ONLY = re.compile(r"sintang|pontianak|bappeda\b|p2-emas", re.IGNORECASE)
OFFERS = {
    "identity:identity",
    "identity:identity-edit",
}  # every zone and title to choose from, and what was chosen before
DATA = re.compile(r"sintang|pontianak|bappeda|p2-emas|bupati|kabupaten|\bWIB\b", re.IGNORECASE)


@dataclass(frozen=True)
class Regency:
    kind: str
    name: str
    seat: str
    zone: str
    forbidden: str
    says: tuple[str, ...]


WIB, WITA = r"(?-i:\bWIB\b)", r"(?-i:\bWITA\b)"  # as written: a token drawn by chance may hold "wIta"
OTHER_KIND = r"kabupaten(?!\s+atau\s+kota)"  # of a kota; of places that may be either a sentence names both
REGENCIES = {
    "Kapuas Hulu": Regency(
        "REGENCY", "Kapuas Hulu", "Putussibau", "Asia/Jakarta", rf"wali\s+kota|{WITA}", ("Kapuas Hulu",)
    ),
    "Singkawang": Regency(
        "CITY", "Singkawang", "Singkawang", "Asia/Jakarta", rf"bupati|{WITA}|{OTHER_KIND}", ("Kota Singkawang",)
    ),
    "Bima": Regency("CITY", "Bima", "Raba", "Asia/Makassar", rf"bupati|{WIB}|{OTHER_KIND}", ("Kota Bima", "WITA")),
}


def rewrite_what_was_invented() -> None:
    """Texts of the factories are data of the office that runs the site."""
    for model, column in canaries.text_fields():
        if model is Identity:
            continue
        words = Q()
        for word in ("sintang", "pontianak", "bappeda", "p2-emas", "bupati", "kabupaten", "WIB"):
            words |= Q(**{f"{column.name}__icontains": word})
        kept = [model, model.history.model] if hasattr(model, "history") else [model]
        for rows in (each._base_manager.filter(words) for each in kept if has(each, column.name)):
            for row in rows:
                text = DATA.sub("lain", str(getattr(row, column.attname)))
                rows.model._base_manager.filter(pk=row.pk).update(**{column.attname: text})


def has(model: type[Model], name: str) -> bool:
    return any(column.name == name for column in model._meta.concrete_fields)


def move_to(regency: Regency) -> None:
    ours = Identity.objects.get(pk=1)
    ours.kind, ours.name, ours.seat = regency.kind, regency.name, regency.seat
    ours.province, ours.phones, ours.opening_hours = "Nusa", "(0500) 111", "pagi"
    ours.save()
    Identity._base_manager.filter(pk=1).update(zone=regency.zone)  # as if from its first day, before any period
    office = ours.lead_agency
    office.name, office.short_name = "Badan Perencanaan dan Riset", "Bapperida"
    office.save()
    Program.objects.update(name="Maju Bersama")
    naming.forget()


@pytest.fixture(scope="module")
def anywhere(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as world:
        rewrite_what_was_invented()
        yield world
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", params=REGENCIES)
def elsewhere(request, anywhere, django_db_blocker) -> Iterator[tuple[Regency, worlds.World]]:
    with django_db_blocker.unblock(), worlds.undone():
        move_to(REGENCIES[request.param])
        yield REGENCIES[request.param], anywhere
    naming.forget()


def slips(regency: Regency, text: str) -> set[str]:
    found = {match[0] for match in OURS_ONLY.finditer(text)}
    return found | {match[0] for match in re.finditer(regency.forbidden, text, re.IGNORECASE)}


@contextmanager
def named_as_stored() -> Iterator[None]:
    """Nothing of Sintang is filled in where the record says nothing."""
    assumed, our_names.ASSUMED = our_names.ASSUMED, Names()
    naming.forget()
    try:
        yield
    finally:
        our_names.ASSUMED = assumed


def test_no_page_and_no_paper_speaks_of_another_regency(elsewhere):
    regency, world = elsewhere
    found, read = {}, []
    with clock.at(worlds.TODAY), named_as_stored(), canaries.papers_as_text():
        for row in PAGES:
            address = address_of(world, row, worlds.OURS)
            with worlds.undone():
                answer = world.client(visitor(row)).get(address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = canaries.text_of(body)
            read.append(text)
            if slips(regency, text):
                found[row.name] = slips(regency, text)

    assert {name: words for name, words in found.items() if name not in OFFERS} == {}
    everything = " ".join(read)
    assert [word for word in (*regency.says, "Bapperida", "Maju Bersama", regency.seat) if word not in everything] == []


def test_no_letter_speaks_of_another_regency(elsewhere):
    regency, _world = elsewhere
    with worlds.undone(), clock.at(worlds.TODAY), named_as_stored(), naming.held():
        letters = [*_letters_of_the_library(), *_letters_of_ours()]

    assert len(letters) > 8
    assert {text: slips(regency, text) for text in letters if slips(regency, text)} == {}
    assert sum(f"{regency.name}" in text for text in letters) > 5


def _letters_of_the_library() -> Iterator[str]:
    context = {"username": "ani", "timestamp": timezone.now(), "ip": "10.0.0.1", "site_url": "https://a.example"}
    for path in sorted((ROOT / "templates").glob("*/email/*.txt")):
        yield render_to_string(str(path.relative_to(ROOT / "templates")), context)


def _letters_of_ours() -> Iterator[str]:
    new, known = UserFactory(), UserFactory()
    new.set_unusable_password()
    new.save()
    invitation = draft_invitation(new)
    yield f"{invitation.subject} {invitation.body}"
    asked = OutboxMessageFactory(kind="password_reset", immediate=True, recipient=known.email, subject=reset_subject())
    write_reset_letter(asked)
    yield f"{asked.subject} {asked.body}"
    OutboxMessage.objects.filter(pk=invitation.pk).update(released_at=clock.now())
    deliver([invitation.pk])
    yield from (f"{sent.from_email} {sent.reply_to} {sent.subject} {sent.body}" for sent in mail.outbox)


def test_command_line_speaks_of_us_too(elsewhere, capsys):
    regency, _world = elsewhere
    with worlds.undone(), named_as_stored():
        call_command("check", deploy=True, fail_level="CRITICAL")

    assert slips(regency, capsys.readouterr().out) == set()


# --- The source itself: what a page says only in a state that no world has ------------------------------------------

SAID = re.compile(rf"sintang|bupati|\bWIB\b|pontianak|bappeda|p2-emas|{OTHER_KIND}", re.IGNORECASE)
# Where a name is shown with reason.
ALLOWED = {
    "p2emas/identity/models.py": "the title by kind, the names of the zones",
    "p2emas/management": "the demo is of Sintang",
    "districts/management/commands/load_regions.py": "without a file: the regions of the demo",
    "districts/regions/data": "the regions of the demo",
    "p2emas/ui/tiles.py": "the hand-drawn tiles, used where all codes are Sintang's",
    "p2emas/migrations": "applied migrations are never edited",
    "districts/migrations": "applied migrations are never edited",
    "facilitators/migrations": "applied migrations are never edited",
    "programs/migrations": "applied migrations are never edited",
    "facilitators/recruitment/apply/consent.py": "2019-1 was agreed to, so it is never edited",
    "p2emas/configuration/declared.py": "the name of the software, on the server's console",
    "p2emas/configuration/kinds.py": "the name of the software, on the server's console",
    "p2emas/accounts/sign_in/context_words.py": "titles that nobody may use as a password",
    "p2emas/ui/reading.py": "what people type behind a time",
    "p2emas/naming.py": "the kind where nothing is filled in yet",
    "p2emas/identity/forms.py": "what people type before a name",
    "districts/regions/agreement.py": "what files write before a name",
    "districts/regions/region_file.py": "the word of the file for its first row",
    "districts/regions/boundary_file.py": "levels of official codes",
    "districts/evidence/bps_tables.py": "what tables of statistics write before their sums",
    "facilitators/recruitment/panel/blind.py": "words of places that the panel does not see",
}


def allowed(path: Path) -> bool:
    return any(str(path.relative_to(ROOT)).startswith(place) for place in ALLOWED)


def test_no_template_names_a_place():
    papers = sorted((ROOT / "p2emas" / "documents" / "typst").glob("*.typ"))
    texts = {
        path: re.sub(r"\{#.*?#\}|(?m:^\s*//.*$)", "", path.read_text("utf-8")) for path in [*template_files(), *papers]
    }
    for path in (ROOT / "p2emas" / "documents" / "docx").glob("*.docx"):
        with ZipFile(path) as parts:
            texts[path] = re.sub(r"<[^>]*>", "", parts.read("word/document.xml").decode())

    assert {str(path): SAID.findall(text) for path, text in texts.items() if SAID.search(text)} == {}


def test_no_sentence_of_the_code_names_a_place():
    found = {}
    for path in python_files():
        if not allowed(path):
            said = [text for text in sentences(path) if SAID.search(text)]
            if said:
                found[str(path.relative_to(ROOT))] = said
    assert found == {}


def sentences(path: Path) -> Iterator[str]:
    """Every string of a module but its docstrings."""
    import ast

    tree = ast.parse(path.read_text("utf-8"))
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_marks_in_sentences_are_known():
    """A misspelt mark would be on the page as it is."""
    marks = re.compile(r"\{([A-Za-z_]+)\}")
    known = {*naming.WORDS, *(word.capitalize() for word in naming.WORDS)}
    for path in python_files():
        text = path.read_text("utf-8")
        for call in re.findall(r"\b(?:named|said)\(\s*_?\(?\s*\"([^\"]*)\"", text):
            assert set(marks.findall(call)) <= known, f"{path}: {call}"
