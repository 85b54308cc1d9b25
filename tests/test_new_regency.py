"""A regency that has just installed the site: an empty database, who it is, its regions and its first head.

Each regency goes the way of its administrator, page by page. Every page, file, letter and command that exists then is
read by everybody who is there, and speaks of nobody else.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from p2emas import clock, naming
from p2emas.accounts.models import User
from p2emas.models import Agency, Identity, OutboxMessage
from p2emas.outbox.services import deliver
from tests import canaries, worlds
from tests.addresses import PAGES
from tests.crawling import STARTS, view_name
from tests.factories import PASSWORD, DecreeFactory, UserFactory
from tests.people import just_now
from tests.test_other_regencies import OTHER_KIND, WITA, named_as_stored

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
EVERYWHERE = r"sintang|pontianak|bappeda\b|p2-emas"
UNFILLED = rf"{EVERYWHERE}|bupati|wali kota"
# Who chooses sees every kind, title and zone that there is.
CHOICES = {"identity:identity-edit", "identity:identity"}
HEADER = "level,code,parent_code,name,kind,lat,lng,aliases\n"


@dataclass(frozen=True)
class Regency:
    typed: dict[str, str]
    regions: str
    forbidden: str
    says: tuple[str, ...]


REGENCIES = {
    "Kapuas Hulu": Regency(
        {"kind": "REGENCY", "name": "Kapuas Hulu", "seat": "Putussibau", "zone": "Asia/Jakarta"},
        "kabupaten,61.06,,Kabupaten Kapuas Hulu,,,,\n"
        "kecamatan,61.06.01,61.06,Putussibau Utara,,,,\n"
        "kecamatan,61.06.02,61.06,Bika,,,,\n"
        "desa,61.06.01.1001,61.06.01,Putussibau Kota,KELURAHAN,,,\n"
        "desa,61.06.02.2001,61.06.02,Bika,DESA,,,\n",
        rf"{EVERYWHERE}|wali kota|{WITA}",
        ("Kabupaten Kapuas Hulu", "BUPATI KAPUAS HULU", "Putussibau", "Bika"),
    ),
    "Singkawang": Regency(
        {"kind": "CITY", "name": "Kota Singkawang", "seat": "Singkawang", "zone": "Asia/Jakarta"},
        "kota,61.72,,Kota Singkawang,,,,\n"
        "kecamatan,61.72.01,61.72,Singkawang Tengah,,,,\n"
        "kecamatan,61.72.05,61.72,Singkawang Selatan,,,,\n"
        "desa,61.72.01.1001,61.72.01,Roban,KELURAHAN,,,\n"
        "desa,61.72.05.1001,61.72.05,Sedau,KELURAHAN,,,\n",
        rf"{EVERYWHERE}|bupati|{WITA}|{OTHER_KIND}",
        ("Kota Singkawang", "WALI KOTA SINGKAWANG", "Sedau"),
    ),
}


class Newcomer(canaries.Reader):
    """Follows every link and filter, and keeps what is on each page."""

    def __init__(self, client: Client, role: str) -> None:
        super().__init__(worlds.World({}, {}, None, {role: client}), role, each=1)
        self.texts: dict[str, str] = {}

    def ask(self, address: str) -> canaries.Answer:
        answer = self.world.client(self.role).get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = canaries.text_of(body)
        assert answer.status_code < 500, address
        if answer.status_code not in (301, 302):
            self.texts[address] = text
        return canaries.read_answer(self.role, address, answer.status_code, answer.headers, text)

    def guesses(self) -> Iterator[str]:
        return iter(())


def without_arguments() -> Iterator[str]:
    for row in PAGES:
        try:
            yield reverse(row.name)
        except NoReverseMatch:
            continue


def read_everything(client: Client, role: str) -> dict[str, str]:
    reader = Newcomer(client, role)
    with canaries.papers_as_text():
        reader.read([*STARTS, *without_arguments(), "/tidak-ada/"])
    return reader.texts


def slips(texts: dict[str, str], forbidden: str) -> dict[str, set[str]]:
    found = {
        address: {match[0] for match in re.finditer(forbidden, text, re.IGNORECASE)}
        for address, text in texts.items()
        if view_name(urlsplit(address).path) not in CHOICES
    }
    return {address: words for address, words in found.items() if words}


def send(client: Client, address: str, values: dict[str, object]) -> None:
    answer = client.post(address, values)
    assert answer.status_code == 302, answer.content.decode()


@dataclass
class Place:
    """What is read of one regency, on its way."""

    regency: Regency
    read: dict[str, dict[str, str]] = field(default_factory=dict)  # by who reads
    told: str = ""  # by commands
    letters: list[str] = field(default_factory=list)
    papers: dict[str, str] = field(default_factory=dict)


def begin(place: Place, folder) -> None:
    """From the first administrator to the first head, as a person does it."""
    call_command("createsuperuser", interactive=False, username="pengelola", name="Pengelola")
    admin = signed_in(with_password(User.objects.get()))
    office = {"code": "bapperida", "short_name": "Bapperida", "kind": "BADAN"}
    send(admin, "/kelola/p2emas/agency/add/", {**office, "name": "Badan Perencanaan dan Riset"})
    lead = Agency.objects.get()
    shared = {"province": "Nusa", "lead_agency": lead.pk, "phones": "(0500) 111", "opening_hours": "pagi"}
    send(admin, "/identitas/ubah/", {**shared, **place.regency.typed, "seen": ""})
    said, file = StringIO(), folder / "wilayah.csv"
    file.write_text(HEADER + place.regency.regions)
    call_command("load_regions", str(file), stdout=said)
    send(
        admin,
        "/kelola/p2emas/user/add/",
        {"username": "kepala", "name": "Kepala Kantor", "email": "a@b.example", "is_active": "on"},
    )
    head = User.objects.get(username="kepala")
    first = {"user": head.pk, "agency": lead.pk, "role": "coordinator_head", "valid_from": "2019-10-08"}
    send(admin, "/kelola/p2emas/assignment/add/", first)
    head = with_password(User.objects.get(username="kepala"))
    for name in ("check", "check_integrity", "list_suspects"):
        call_command(name, stdout=said, stderr=said)
    call_command("check", deploy=True, fail_level="CRITICAL", stdout=said, stderr=said)
    place.told = said.getvalue()
    place.letters = letters_of(signed_in(head), lead)
    for role, client in {"coordinator_head": signed_in(head), "admin": admin, "anonymous": Client()}.items():
        place.read[role] = read_everything(client, role)
    place.papers = papers_of(signed_in(head))


def with_password(person: User) -> User:
    """As the link of the letter lets the person set it."""
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.user = person
    client.force_login(person)
    return just_now(client)


def letters_of(head: Client, lead: Agency) -> list[str]:
    """An invitation and a new password, as they go out."""
    person = {"username": "rani", "name": "Rani", "email": "rani@b.example", "phone": "081234567890"}
    send(head, "/pengguna/undang/", {**person, "role": "coordinator", "agency": lead.pk, "valid_from": "2019-10-08"})
    OutboxMessage.objects.update(released_at=clock.now())
    send(Client(), "/lupa-sandi/", {"email": "a@b.example"})
    deliver(list(OutboxMessage.objects.unsent().values_list("pk", flat=True)))
    return [f"{sent.from_email} {sent.subject} {sent.body}" for sent in mail.outbox]


def papers_of(head: Client) -> dict[str, str]:
    """The first decree, as a draft on paper."""
    draft = DecreeFactory(draft=True, signer_title=naming.said("{Head} {place}"))
    addresses = [f"/sk/{draft.pk}/naskah.{form}" for form in ("pdf", "docx")]
    with canaries.papers_as_text():
        return {address: canaries.text_of(head.get(address).content) for address in addresses}


@pytest.fixture(scope="module", params=REGENCIES)
def place(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    logging.disable(logging.CRITICAL)
    made = Place(REGENCIES[request.param])
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("berkas"))  # of other tests some are left over
    with files, django_db_blocker.unblock(), clock.at(worlds.TODAY), named_as_stored(), transaction.atomic():
        worlds.with_first_rows()
        filled = [
            model.__name__
            for model in apps.get_models()
            if model.__module__.split(".")[0] in canaries.HOUSES and model._base_manager.exists()
            if not model.__name__.startswith("Historical")
        ]
        assert filled == ["Identity", "EvidenceMeasure", "Fund", "NomenclatureVersion", "ProcurementMethod"]
        assert str(Identity.objects.get()) == "Kabupaten"
        begin(made, tmp_path_factory.mktemp("wilayah"))
        transaction.set_rollback(True)
    naming.forget()
    logging.disable(logging.NOTSET)
    yield made


def test_before_it_is_filled_in_the_site_is_nobodys(unnamed):
    with named_as_stored():
        texts = read_everything(signed_in(UserFactory(is_superuser=True)), "admin")
        texts |= read_everything(Client(), "anonymous")

    assert len(texts) > 100
    assert slips(texts, UNFILLED) == {}


@pytest.mark.parametrize("role", ["coordinator_head", "admin", "anonymous"])
def test_every_page_and_file_speaks_of_the_regency_alone(place, role):
    texts = place.read[role]

    assert len(texts) > {"anonymous": 40}.get(role, 200)
    assert slips(texts, place.regency.forbidden) == {}


def test_regency_is_named_where_it_should_be(place):
    everything = " ".join(text for texts in place.read.values() for text in texts.values())

    assert [words for words in (*place.regency.says, "Bapperida") if words not in everything] == []


def test_first_paper_bears_the_head_of_the_regency(place):
    assert slips(place.papers, place.regency.forbidden) == {}
    for paper in place.papers.values():
        assert place.regency.says[1] in paper.upper() and place.regency.typed["seat"] in paper


def test_letters_and_commands_speak_of_the_regency_alone(place):
    told = {f"letter {number}": text for number, text in enumerate(place.letters)} | {"commands": place.told}

    assert len(place.letters) == 2
    assert slips(told, place.regency.forbidden) == {}
    assert all(place.regency.says[0] in letter for letter in place.letters)
