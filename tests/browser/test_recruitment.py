"""Recruiting a facilitator in a real Chromium on a phone of 360 px, with JavaScript and without it: from the published
round to the sign-in of the person who was chosen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from facilitators.models import Application, Contract, Course, Enrolment, Facilitator, RecruitmentRound
from p2emas.models import OutboxMessage, User
from tests.browser.conftest import NARROW
from tests.facilitator_factories import (
    DocumentKindFactory,
    PanelSeatFactory,
    PlaceFactory,
    RecruitmentRoundFactory,
    RequirementFactory,
    RubricCriterionFactory,
    nik_of,
)
from tests.facilitators.recruitment.applying import picture
from tests.factories import MinutesFactory
from tests.p2emas.imports.sheets import book

PHOTO = {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(900, 600))}
SHARPER = PHOTO | {"buffer": picture("red", size=(900, 600))}
UNREADABLE = 7


def url(name: str, *args: object) -> str:
    return reverse(f"recruitment:{name}", args=args)


def form_with(page: Page, name: str) -> Locator:
    return page.locator(f"form:has([name='{name}'])").first


def send(page: Page, having: str, *, button: str = "", **typed: object) -> None:
    """Type into the form that has the control ``having``, and press its button (or the one called ``button``)."""
    form = form_with(page, having)
    for name, value in typed.items():
        control = form.locator(f"[name='{name}']")
        kind = control.first.get_attribute("type") or control.first.evaluate("element => element.tagName.toLowerCase()")
        if kind == "checkbox" and value == "on":
            control.check()
        elif kind in {"radio", "checkbox"}:
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "select":
            control.select_option(str(value))
        elif kind == "file":
            control.set_input_files(value)
        else:
            control.fill(str(value))
    form.locator(f"button.btn-primary{f'[name={button}]' if button else ''}, button.btn-danger").first.click()
    page.wait_for_load_state()


@pytest.fixture
def record(db) -> RecruitmentRound:
    made = RecruitmentRoundFactory(draft=True, code="pendamping-2020", year=2020)
    PlaceFactory(round=made)
    RequirementFactory(round=made)
    DocumentKindFactory(round=made, name="KTP")
    RubricCriterionFactory(round=made, part="DOSSIER")
    RubricCriterionFactory(round=made, part="INTERVIEW")
    return made


@dataclass
class Story:
    """One round, and what opens a phone of 360 px on which somebody takes part in it."""

    record: RecruitmentRound
    page_as: Callable[..., Page]
    open_page: Callable[..., Page]
    settings: object
    javascript: bool

    def phone(self, role: str = "anonymous", **more: object) -> Page:
        return self.page_as(role, viewport=NARROW, javascript=self.javascript, **more)

    def on(self, day: str) -> None:
        self.settings.DEMO_TODAY = day


@pytest.fixture
def story(page_as, open_page, user_as, record, settings):
    def begin(*, javascript: bool) -> Story:
        return Story(record, page_as, open_page, settings, javascript)

    return begin


@pytest.mark.drill
@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_twenty_applications_on_a_phone(story, javascript):
    """All of twenty go through the pages: one with a NIK that was sent already and is withdrawn, one with papers nobody can read."""
    told = story(javascript=javascript)
    office = publish(told)
    sent = []
    for serial in range(1, 20):
        phone = told.phone()
        apply(phone, told.record, serial)
        sent.append(receipt(phone))
        if serial != UNREADABLE:
            phone.context.close()
    again = told.phone()
    apply(again, told.record, 1)
    assert receipt(again).status == "SENT"
    again.goto(url("withdraw"))
    again.locator("main form button[type=submit]").first.click()
    again.wait_for_load_state()
    assert told.record.applications.being_checked().count() == 19

    unreadable = sent[UNREADABLE - 1]
    check(told, office, unreadable=unreadable)
    select_and_sign_in(told, office, sent, scores=[90, *range(61, 78), 30])


def publish(told: Story) -> Page:
    office = told.phone("coordinator")
    office.goto(url("round-step", told.record.code, "publish"))
    send(office, "seen")
    return office


def apply(page: Page, record: RecruitmentRound, serial: int) -> None:
    """Page by page with one's thumb, from the start page to the button that sends."""
    page.goto(url("vacancy", record.code))
    page.locator("main a.btn-primary").first.click()
    send(page, "nik", nik=nik_of(serial), birth_date="17-03-1994", phone="0812-3456-7890", agreed="on")
    send(page, "name", name="PELAMAR CONTOH", home="luar", address="Nanga Pinoh", email="pelamar@example.id")
    send(page, "school", education="S1", school="Universitas Kapuas", graduated="2016")
    send(page, "experience", experience="Mendampingi kelompok.", motivation="Ingin kelompok maju.")
    send(page, "anywhere", wish1=record.places.get().pk)
    paper = f"paper{record.documents.get().pk}"
    send(page, paper, button="next", **{paper: PHOTO})
    send(page, "declared", declared="on")
    send(page, "client_token")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def receipt(page: Page) -> Application:
    expect(page.locator("main")).to_contain_text("LMR-2020-")
    number = re.search(r"LMR-2020-\d+", page.locator("main").inner_text())[0]
    return Application.objects.get(number=number)


def check(told: Story, office: Page, unreadable: Application | None = None) -> None:
    """Everybody's papers, one after another; what cannot be read is asked for again, and handed in."""
    told.on("2019-11-01")
    record, met = told.record, {f"s{told.record.requirements.get().pk}": "1"}
    office.goto(url("round-step", record.code, "close"))
    send(office, "seen")
    office.goto(url("check-next", record.code))
    for _application in range(record.applications.being_checked().count()):
        if unreadable and office.url.endswith(unreadable.get_absolute_url()):
            expect(office.locator("[name=missing]")).to_be_hidden()  # until that is what was found
            send(office, "decision", decision="ask_completion", missing="Foto KTP tidak terbaca.", **met)
        else:
            send(office, "decision", decision="pass_files", **met)
    if unreadable:
        complete(told, unreadable)
        office.goto(url("check-next", record.code))
        send(office, "decision", decision="pass_files", **met)
    office.goto(url("round-step", record.code, "start_selection"))
    send(office, "seen")
    record.refresh_from_db()
    assert record.status == "SELECTION", office.locator("main").inner_text()


def complete(told: Story, application: Application) -> None:
    """The applicant comes back with code and phone number, reads what is missing, and hands it in."""
    application.refresh_from_db()
    assert application.status == "INCOMPLETE"
    phone, paper = told.phone(), f"paper{told.record.documents.get().pk}"
    phone.goto(url("status"))
    send(phone, "code", code=application.code, phone="0812 3456 7890")
    expect(phone.locator("main")).to_contain_text("Foto KTP tidak terbaca.")
    phone.goto(url("completion"))
    send(phone, paper, button="send", **{paper: SHARPER})
    expect(phone.locator("main")).to_contain_text("Kelengkapan terkirim")


def select_and_sign_in(told: Story, office: Page, sent: list[Application], *, scores: list[int]) -> None:
    """From the written test to the sign-in. The first one does best, the last one fails the test."""
    record, mine, knows = told.record, sent[0], sent[1]
    test_and_invite(office, record, sent, scores)
    seats = [_seat(told) for _number in range(3)]
    for part in ("nilai", "wawancara"):
        for place, seat in enumerate(seats):
            score(seat, record, part, best=mine, barred=knows if place == 2 else None)
    signed = MinutesFactory()
    office.goto(url("choices", record.code))
    send(office, "discussion", discussion="Sesuai", minutes=signed.pk)
    head = told.phone("coordinator_head")
    for page, name in ((office, "round-submit"), (head, "round-decide"), (office, "round-announce")):
        page.goto(url(name, record.code))
        send(page, "seen")
    mine.refresh_from_db()
    assert mine.status == "ACCEPTED"
    result = told.phone()
    result.goto(url("announcement", record.code))
    expect(result.locator("main")).to_contain_text(mine.number)
    expect(result.locator("main")).not_to_contain_text("Pelamar Contoh")
    place_and_sign_in(told, office, mine)


def test_and_invite(office: Page, record: RecruitmentRound, sent: list[Application], scores: list[int]) -> None:
    rows = [[record.code, each.number, mark, "BA"] for each, mark in zip(sent, scores, strict=True)]
    table = book(rows, token="nilai-tes:1", headers=["Tahap seleksi", "Nomor lamaran", "Nilai", "Sumber"])
    office.goto(reverse("imports:import-upload", args=["nilai-tes"]))
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    send(office, "berkas", berkas={"name": "nilai.xlsx", "mimeType": mime, "buffer": table})
    expect(office.locator("main")).to_contain_text(f"{len(sent)} baru")
    office.locator("form[action$='/terapkan/'] button[type=submit]").click()
    office.wait_for_load_state()
    office.goto(url("test-apply", record.code))
    send(office, "version")
    office.goto(url("interview-propose", record.code))
    send(office, "minutes", start="12-11-2019 08.00", minutes="20", room="Ruang rapat")
    office.goto(url("interview-invite", record.code))
    send(office, "version")
    assert record.applications.in_state("INVITED").count() == len(sent) - 1


test_and_invite.__test__ = False  # a step of the story about the written test


def _seat(told: Story) -> Page:
    before = set(User.objects.values_list("pk", flat=True))
    page = told.phone("panelist", expects_errors=True)
    PanelSeatFactory(round=told.record, user=User.objects.exclude(pk__in=before).get())
    return page


def score(seat: Page, record: RecruitmentRound, part: str, *, best: Application, barred: Application | None) -> None:
    """Every applicant once. A panellist who knows one of them says so as soon as the name shows."""
    seat.goto(url("score-list", record.code))
    for _sheet in range(record.applications.in_state("INVITED").count()):
        link = seat.locator(f"main a.btn[href$='/{part}/']").first
        if link.count() == 0:  # barred from the last one
            break
        link.click()
        name = seat.locator("[name^='nilai-']").first.get_attribute("name")
        number = int(re.search(rf"/(\d+)/{part}/", seat.url)[1])
        send(seat, name, **{name: "5" if number == best.pk else str(1 + number % 4)})
        seat.goto(url("score-list", record.code))
    if barred and part == "nilai":
        seat.goto(url("conflict-declare", record.code, barred.pk))
        send(seat, "reason", reason="Sepupu")
        assert seat.goto(url("score-dossier", record.code, barred.pk)).status == 404


def place_and_sign_in(told: Story, office: Page, mine: Application) -> None:
    """Training, contract, placement, the letter with the link, and the first sign-in."""
    told.on("2019-12-02")
    office.goto(reverse("training:course-create"))
    send(office, "min_attendance", round=mine.round_id, name="Pembekalan", place="Aula", starts="2-12-2019",
         ends="2-12-2019")  # fmt: skip
    course = Course.objects.get()
    office.goto(reverse("training:participants", args=[course.pk]))
    send(office, "lamaran")
    office.goto(reverse("training:session-create", args=[course.pk]))
    send(office, "topic", topic="Tugas", day="2-12-2019", start="09.00", end="11.00")
    row = Enrolment.objects.get()
    office.goto(reverse("training:attendance", args=[course.pk, course.sessions.get().pk]))
    send(office, "hadir", hadir=row.pk)
    office.goto(reverse("training:tests", args=[course.pk]))
    send(office, f"p{row.pk}-final_test", **{f"p{row.pk}-final_test": "80"})
    office.goto(reverse("training:course-close", args=[course.pk]))
    office.locator("main form button[type=submit]").first.click()
    office.wait_for_load_state()

    told.on("2020-01-02")
    person = Facilitator.objects.get(application=mine)
    office.goto(reverse("placements:contract-create", args=[person.pk]))
    send(office, "number", number="800/1/2020", dated="2-1-2020", starts="2-1-2020", ends="31-12-2020",
         signer_name="Kepala Bappeda", signer_title="Kepala Bappeda")  # fmt: skip
    office.goto(reverse("placements:placement-create", args=[person.pk]))
    send(office, "contract", target_location=mine.placed_at.target_location_id, contract=Contract.objects.get().pk,
         starts="2-1-2020", ends="31-12-2020", email="pendamping@example.id", username="pendamping.satu")  # fmt: skip
    letter = OutboxMessage.objects.get(recipient="pendamping@example.id")
    office.goto(reverse("outbox:message-list"))
    send(office, "surat", surat=letter.pk)
    send(office, "surat")  # read once more, then released
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    phone = told.phone()
    phone.goto(link)
    send(phone, "password1", password1="kebun-karet-2020", password2="kebun-karet-2020")
    phone.goto(reverse("dashboards:home"))
    expect(phone.locator("main")).to_contain_text(str(mine.placed_at.target_location.village))
