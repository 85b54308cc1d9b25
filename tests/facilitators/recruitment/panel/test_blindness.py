"""Before their own dossier score no page, export or letter tells a panellist who applied, where, or what others gave.

Everything below is asked for: every address of recruitment filled with the round and its applicant, and everything
that the pages link to. A coordinator with a seat is a panellist.
"""

import logging
import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import URLPattern, get_resolver, reverse

from facilitators.models import RecruitmentRound
from p2emas.outbox.services import draft_message
from p2emas.privacy.sealing import fingerprint, seal
from tests import canaries, worlds
from tests import facilitator_factories as make
from tests.crawling import view_name
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.factories import VillageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]

NIK = "6105191703944711"
# Words that nothing else on the site says, by what they would tell.
SECRETS = {
    "name": "Zukmarini",
    "family name": "Qadrawatisy",
    "phone": "81298765431",
    "mail": "zqm.pelamar",
    "address": "Gang Xylofon",
    "home": "Wuluhxadem",
    "wish": "Jembraqulo",
    "school": "Sekolah Vwxyza",
    "NIK": NIK,
    "note of another": "Qkatakurang",
}
STATES = {  # round -> the applicant in it
    "PUBLISHED": "SENT",
    "CLOSED": "PASSED_FILES",
    "SELECTION": "INVITED",
    "SUBMITTED": "INVITED",
    "DECIDED": "ACCEPTED",
}
QUICK = {"SELECTION"}  # each takes seconds; the drills ask for all
QUERIES = ("", "?format=csv", "?q=Zukmarini", "?cari=Zukmarini", "?urut=-nomor")


@pytest.fixture(autouse=True)
def quiet():
    """Most of what is asked for here is refused, which the log would tell at length."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def blind(user_as):
    """``blind("SELECTION")``: a round in that state whose panel is a panellist, a coordinator and somebody who is done."""

    def make_round(state: str):
        people = {"panelist": user_as("panelist"), "coordinator": user_as("coordinator")}
        made = running_round(seats=[*people.values(), user_as("panelist")], scale="HUNDRED")
        village = made.places[0].target_location.village
        village.name = SECRETS["wish"]
        village.save()
        home = VillageFactory(name=SECRETS["home"])
        made.applicant = applicant(
            made,
            marks=[None, None, 73],
            status=STATES[state],
            name=f"{SECRETS['name']} {SECRETS['family name']}",
            phone=f"+62{SECRETS['phone']}",
            email=f"{SECRETS['mail']}@example.org",
            address=f"{SECRETS['address']} 7",
            school=SECRETS["school"],
            home_village=home,
            nik_sealed=seal(NIK),
            nik_fingerprint=fingerprint(NIK),
            nik_last4=NIK[-4:],
            experience=f"Saya ZUKMARINI dari {SECRETS['home']}, hubungi 0{SECRETS['phone']} atau zqm.pelamar@example.org.",
            motivation=f"{SECRETS['family name']} ingin ke desa jembraqulo. NIK {NIK[:6]} {NIK[6:12]} {NIK[12:]}.",
            languages=f"Bahasa orang {SECRETS['home']}",
            choice="ACCEPT",
            placed_at=made.places[0],
        )
        made.seats[2].sheets.update(note=f"Menurut saya {SECRETS['note of another']}")
        make.InterviewFactory(application=made.applicant, room="Aula")
        make.PersonalDataAccessFactory(application=made.applicant, user=user_as("coordinator"))
        draft_message(
            kind="interview",
            recipient=made.applicant.email,
            subject=f"Undangan {made.applicant.name}",
            body=f"Yth. {made.applicant.name}",
            record=made.applicant,
        )
        RecruitmentRound.objects.filter(pk=made.record.pk).update(status=state, inputs={}, results={})
        made.record.refresh_from_db()
        made.people = people
        return made

    return make_round


def addresses(made) -> list[str]:
    """Every address of the house, filled with this round, its applicant, and every step."""
    offered = {
        "code": [made.record.code],
        "pk": sorted({made.applicant.pk, made.record.pk}),
        "step": ["invite", "promote", "submit", "send_back", "nama"],
        "form": ["pdf", "docx"],
    }
    found = []
    for space in ("recruitment", "training", "placements"):
        for pattern in _patterns(space):
            names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
            filled = [{}]
            for name in names:
                filled = [each | {name: value} for each in filled for value in offered.get(name, [])]
            found += [reverse(f"{space}:{pattern.name}", kwargs=each) for each in filled]
    return sorted(set(found))


def _patterns(space: str) -> list[URLPattern]:
    return [
        pattern
        for resolver in get_resolver().url_patterns
        if getattr(resolver, "namespace", None) == space
        for pattern in resolver.url_patterns
        if pattern.name
    ]


def read(client, made, *, most: int = 1) -> tuple[dict[str, set[str]], int]:
    """(address -> secrets in its answer, number of pages read); what pages link to is followed."""
    asked = [address + query for address in addresses(made) for query in _queries(address)]
    waiting = deque(["/", *asked])
    seen, kinds, leaks, pages = set(waiting), Counter(), {}, 0
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        body = _text(answer)
        if found := secrets_in(body):
            leaks[address] = found
        if answer.status_code == 200:
            pages += 1
            if "html" in answer.headers["Content-Type"]:
                for link in canaries.Page(body).links:
                    _follow(waiting, seen, kinds, urljoin(f"http://testserver{address}", link), most)
    return leaks, pages


def _queries(address: str) -> tuple[str, ...]:
    """Lists are searched and exported, pages of one record are read."""
    return QUERIES[:1] if re.search(r"/\d+/|langkah|lamar/", address) else QUERIES


def _follow(waiting, seen, kinds, link: str, most: int) -> None:
    parts = urlsplit(link)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.netloc != "testserver" or address in seen or parts.path.startswith("/static/"):
        return
    kind = view_name(parts.path)
    if kinds[kind] < most and "logout" not in str(kind):
        kinds[kind] += 1
        seen.add(address)
        waiting.append(address)


def _text(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {body.decode('utf-8', 'replace')}"


def secrets_in(body: str) -> set[str]:
    flat = re.sub(r"[\s.-]", "", body).lower()
    found = {what for what, word in SECRETS.items() if word.lower() in body.lower() or word.lower() in flat}
    return found | ({"score of another"} if re.search(r">\s*73(?:,0+)?\s*<", body) else set())


@pytest.mark.parametrize(
    "state", [pytest.param(state, marks=() if state in QUICK else pytest.mark.drill) for state in STATES]
)
@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_no_page_tells_before_ones_own_score(blind, client, role, state):
    made = blind(state)
    client.force_login(made.people[role])

    with canaries.papers_as_text():
        leaks, pages = read(client, made)

    assert {address: found for address, found in leaks.items() if found - known_anyway(address)} == {}
    assert pages > 5


def known_anyway(address: str) -> set[str]:
    """Villages are in public lists, and a formasi is on the round's own page; whose they are is told nowhere."""
    asked = {"name"} if "Zukmarini" in address else set()  # a search says again what it was asked for
    return asked | ({"wish"} if address.startswith("/seleksi/") else {"wish", "home"})


@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_page_of_the_dossier_covers_the_place_too(blind, client, role):
    made = blind("SELECTION")
    client.force_login(made.people[role])

    answer = client.get(reverse("recruitment:score-dossier", args=[made.record.code, made.applicant.pk]))

    body = _text(answer)
    assert answer.status_code == 200
    assert secrets_in(body) == set()
    assert made.applicant.number not in body
    assert "███" in body


@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_no_sent_form_tells_either(blind, client, role):
    made = blind("SELECTION")
    client.force_login(made.people[role])
    leaks = {}

    for address in addresses(made):
        with worlds.undone():
            answer = client.post(address, {"reason": "Perlu", "note": "Perlu", "alasan": "Perlu", "seen": "INVITED"})
        if found := secrets_in(_text(answer)) - known_anyway(address):
            leaks[address] = found

    assert leaks == {}


@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_ones_own_score_opens_what_was_hidden(blind, client, role):
    """The reader above would hear it: after the score the name and the others' notes are there."""
    made = blind("SELECTION")
    client.force_login(made.people[role])
    address = reverse("recruitment:score-dossier", args=[made.record.code, made.applicant.pk])

    client.post(address, {f"nilai-{made.dossier.pk}": "55"})

    told = secrets_in(_text(client.get(address)))
    assert {"name", "family name", "note of another", "score of another"} <= told
    assert not {"NIK", "phone", "mail", "address", "school"} & told
