"""Two people type into one report at random, with drafts: nothing is overwritten unseen, and no draft is seen."""

import random
import re
import uuid
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from p2emas.models import FormDraft
from tests.programs.reporting.helpers import lines_of, report_with_lines

pytestmark = [pytest.mark.drill, pytest.mark.django_db]
EDITS = 200
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SAVED, STALE = 302, 409


@dataclass
class Typist:
    """One person with one page open. ``shown``: what the page said was stored; ``typed``: what differs by now."""

    name: str
    client: Client
    report: object
    version: int = 0
    key: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("reporting:report-figures", args=[self.report.pk])

    def get(self, **query: str) -> str:
        text = self.client.get(self.url, query).content.decode()
        self.read.append(text)
        return text

    def open(self) -> None:
        text = self.get()
        self.version = int(dict(HIDDEN.findall(text))["version"])
        self.key, self.shown, self.typed = str(uuid.uuid4()), stored(self.report), {}

    def type(self, dice: random.Random) -> None:
        word = f"kata{self.name}{dice.randrange(10**9)}"
        self.words.add(word)
        self.typed[dice.choice(list(self.shown))] = word

    def row_of(self, cell: str) -> dict[str, str]:
        line = cell.split("-", maxsplit=1)[0]
        return {f"{line}-spent_to_date": "", f"{line}-physical_to_date": "", cell: self.typed[cell]}

    def data(self) -> dict[str, str]:
        rows = {name: value for cell in self.typed for name, value in self.row_of(cell).items()}
        return rows | {"isian": self.key, "version": str(self.version)}

    def autosave(self) -> None:
        cache.clear()  # as if ten seconds had gone by
        answer = self.client.post(reverse("drafts:draft-save", args=["realisasi", self.report.pk]), self.data())
        assert answer.status_code == 200
        self.read.append(answer.content.decode())

    def save(self) -> tuple[int, dict[str, str]]:
        """The status, and the fields of the page with both versions."""
        answer = self.client.post(self.url, self.data())
        self.read.append(answer.content.decode())
        kept = dict(answer.context["kept"]) if answer.status_code == STALE else {}
        return answer.status_code, kept

    def take(self) -> None:
        """A draft fills the form, or both versions are shown first: the page shows what is stored either way."""
        drafts = list(FormDraft.objects.filter(user=self.client.user).unsaved())
        if not drafts:
            return
        draft = random.Random(len(self.read)).choice(drafts)
        self.get(isian=str(draft.key))
        self.report.refresh_from_db()
        self.version, self.key, self.shown = self.report.version, str(draft.key), stored(self.report)
        self.typed = {name: values[0] for name, values in draft.fields.items() if name.endswith("-nil_reason")}


def stored(report) -> dict[str, str]:
    return {f"b{line.pk}-nil_reason": line.nil_reason for line in lines_of(report)}


def replace_seen(typist: Typist, kept: dict[str, str], before: dict[str, str]) -> None:
    """ "Simpan isian saya sebagai gantinya": the page has shown both versions."""
    typist.shown = dict(before)
    typist.report.refresh_from_db()
    assert typist.client.post(typist.url, kept | {"version": str(typist.report.version)}).status_code == SAVED


@pytest.mark.parametrize("seed", [7, 2019])
def test_random_edits_of_two_people_lose_nothing_unseen(client_as, seed):
    dice, report = random.Random(seed), report_with_lines(4)
    typists = [
        Typist("satu", client_as("agency_operator", at=report.agency), report),
        Typist("dua", client_as("agency_head", at=report.agency), report),
    ]
    for typist in typists:
        typist.open()
    edits = conflicts = 0
    while edits < EDITS:
        typist = dice.choice(typists)
        step = dice.choice(["type", "type", "type", "autosave", "save", "open", "take"])
        before = stored(report)
        if step == "type":
            typist.type(dice)
            edits += 1
        elif step == "autosave" and typist.typed:
            typist.autosave()
        elif step == "save" and typist.typed:
            status, kept = typist.save()
            if status == STALE:
                conflicts += 1
                assert stored(report) == before
                if dice.random() < 0.5:
                    replace_seen(typist, kept, before)
                    changed = {cell for cell, value in stored(report).items() if value != before[cell]}
                    assert changed <= set(typist.typed)
            else:
                changed = {cell for cell, value in stored(report).items() if value != before[cell]}
                assert all(typist.shown[cell] == before[cell] for cell in changed), "overwritten unseen"
                assert changed <= set(typist.typed)
            typist.open()
        elif step == "open":
            typist.open()
        elif step == "take":
            typist.take()
        if step in {"autosave", "type"}:
            assert stored(report) == before, "a draft is no data"
    assert conflicts > 5
    _nobody_saw_words_of_the_other(typists, report)


def _nobody_saw_words_of_the_other(typists: list[Typist], report) -> None:
    """Words that were ever stored may be read by both; those that stayed drafts by nobody else."""
    history = {row.nil_reason for line in lines_of(report) for row in type(line).history.filter(id=line.pk)}
    for reader, writer in (typists, reversed(typists)):
        secret = writer.words - history
        assert secret, "nothing stayed a draft"
        everything = "\n".join(reader.read)
        assert not [word for word in secret if word in everything]
