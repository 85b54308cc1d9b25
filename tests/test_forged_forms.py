"""What no page offers and somebody sends all the same: rows of others in a choice, fields that no form declares.

Every address that takes a POST is sent its own form as it is (``TYPED`` fills what is asked for), then forged.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from tests import permission_table as table
from tests import worlds
from tests.addresses import address_of, takes_post
from tests.drawing import pages
from tests.filled import own_form
from tests.worlds import OURS, THEIRS

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
WRITERS = ("agency_operator", "coordinator_head", "coordinator", "admin", "panelist")  # the first that may
HOUSES = ("p2emas", "districts", "facilitators", "programs")
HERE = "_dari_uji"  # tells the forms that read what was sent from filters and searches
BY_CHANCE = {
    "Receipt.code",
    "Receipt.number",  # the key of a new record
    "HandoverSlip.code",
    "Session.code",
    "OutboxMessage.body",
    "Application.code",
    "Application.nik_sealed",
    "SearchWord.record",  # the key of a new record, which PostgreSQL never gives twice
    "SearchWord.word",  # a number made of such a key
    "Notification.occasion",  # the key of the step
    "CalendarAddress.digest",  # of a random token
    "SummarySending.paper",  # a PDF says when it was made
    "Import.last_edit",  # the key of a row of history
}  # and, of any model:
BY_CHANCE |= {"key", "file", "thumbnail", "password", "session_mark", "client_token", "object_id"}

# What is typed over the form of an address, so that it would be saved; "{ours...}" and "{lead...}" are of the world.
TYPED: dict[str, dict[str, str]] = {
    "recruitment:apply": {
        "nik": "6105191703940001",
        "birth_date": "17-03-1994",
        "phone": "081234567890",
        "agreed": "on",
    },
    "evaluation:package-step": {"note": "Harganya berubah."},
    "evaluation:evaluation-step": {"note": "Angka penjualannya diperiksa lagi."},
    "evaluation:evaluation-decide": {"verdict": "NOT_YET", "reason": "Belum ada angka penjualan.", "sources": "Rapat"},
    "outbox:message-detail": {"body": "Buka [tautan pribadi]."},
    "staffing:user-invite": {
        "name": "Orang Baru",
        "username": "orangbaru",
        "email": "orang.baru@example.go.id",
        "role": "agency_operator",
        "agency": "{ours.agency.pk}",
    },
    "identity:identity-edit": {"name": "Sintang", "province": "Kalimantan Barat", "seat": "Sintang"},
    "staffing:assignment-add": {"role": "agency_head", "agency": "{ours.agency.pk}"},
    "staffing:absence-ask": {"stand_in": "{ours.sender.pk}", "valid_from": "14-10-2019", "valid_until": "25-10-2019"},
    "staffing:absence-step": {"note": "Pilih orang lain."},
    "competencies:panel-setup": {"kerajinan-0-note": "Banyak dianyam"},
    "competencies:analysis-add": {"name": "Ternak", "measure": "EKOR"},
    "locations:round-create": {
        "name": "Lokasi sasaran baru",
        "year": "2020",
        "quota": "7",
        "opens": "10-10-2019",
        "closes": "31-10-2019",
    },
    "locations:visit-create": {
        "visited_on": "07-10-2019",
        "letter_no": "094/9/BAPPEDA",
        "surveyors": "Tim BAPPEDA",
        "findings": "Kelompok bekerja rutin.",
    },
    "locations:visit-photos": {"file": "JPEG"},
    "locations:candidate-promote": {"note": "Yang terpilih mundur"},
    "locations:location-close": {"reason": "Selesai"},
    "profiles:decree-step": {"note": "Diganti"},
    "profiles:decree-scan": {"file": "JPEG"},
    "instruments:minutes-create": {"about": "Rapat"},
    "instruments:minutes-step": {"note": "Keliru"},
    "instruments:minutes-scan": {"file": "JPEG"},
    "recruitment:round-create": {
        "code": "seleksi-baru",
        "name": "Tahap seleksi baru",
        "year": "2021",
        "intro": "Tinggal di desa.",
        "contact": "Sekretariat seleksi",
        "opens_at": "1-11-2020 08.00",
        "closes_at": "30-11-2020 16.00",
    },
    "recruitment:round-schedule": {"reason": "Jaringan terputus"},
    "recruitment:round-openings": {"nik_per_hour": "60", "reason": "Kontrak sedang dibuat"},
    "recruitment:round-copy": {"source": "{lead.recruitment.rounds[closed].pk}"},
    "recruitment:conflict-create": {
        "seat": "{lead.recruitment.seats[published].pk}",
        "number": "{lead.recruitment.applications[published_sent].number}",
        "reason": "Keluarga",
    },
    "recruitment:conflict-withdraw": {"why": "Nomor keliru"},
    "recruitment:application-detail": {"decision": "pass_files"},
    "recruitment:application-step": {"note": "Salah baca"},
    "recruitment:interview-propose": {"start": "12-11-2019 08.00", "room": "Aula"},
    "recruitment:score-correct": {
        "score": "{lead.recruitment.score.pk}-5",
        "new": "3",
        "minutes_no": "050/9/BA/2019",
        "minutes_on": "07-10-2019",
        "reason": "Salah tekan",
    },
    "recruitment:score-dossier": {"nilai-{lead.recruitment.question.pk}": "4"},
    "recruitment:objection-create": {"sender": "Pelamar", "received_on": "07-10-2019", "text": "Mohon ditinjau."},
    "recruitment:personal-copy": {"reason": "Surat pelamar"},
    "recruitment:personal-correct": {"phone": "+6281200000001", "reason": "Salah ketik"},
    "recruitment:personal-erase": {"reason": "Surat pelamar"},
    "planning:plan-create": {"year": "2020"},
    "planning:line-add": {
        "activity": "{ours.line.activity.pk}",
        "place": "target",
        "target_location": "{ours.location.pk}",
        "chain_link": "TRAINING",
        "start_month": "3",
        "amount": "1000000",
    },
    "planning:indicator-add": {
        "name": "Jumlah kelompok",
        "unit": "kelompok",
        "formula": "increasing",
        "source": "Daftar hadir",
    },
    "training:attend": {"kode": "123456", "nomor": "0812"},
    "training:course-create": {"name": "Penyegaran", "place": "Aula", "starts": "07-10-2019", "ends": "09-10-2019"},
    "training:participants": {"pendamping": "{lead.recruitment.third_facilitator.pk}"},
    "training:session-create": {"topic": "Materi baru", "day": "08-10-2019", "start": "09.00", "end": "11.00"},
    "training:enrolment-drop": {"reason": "Pindah kerja"},
    "placements:facilitator-create": {"name": "Pendamping Baru"},
    "placements:facilitator-edit": {"phone": "0812-3456-7890"},
    "placements:contract-create": {
        "number": "800/99/KTR/2019",
        "dated": "07-10-2019",
        "starts": "07-10-2019",
        "ends": "31-12-2020",
        "signer_name": "Kepala Bappeda",
        "signer_title": "Kepala Bappeda",
    },
    "placements:placement-create": {
        "target_location": "",
        "consultant": "on",
        "contract": "{lead.recruitment.placement.contract.pk}",
        "untrained_reason": "Konsultan lama",
    },
    "placements:placement-end": {"reason": "RESIGNED", "handover": "Berkas di kantor desa"},
    "placements:placement-replace": {
        "contract": "{lead.recruitment.third_contract.pk}",
        "handover": "Berkas di kantor desa",
        "reason": "REPLACED",
        "untrained_reason": "Mendesak",
        "email": "ketiga@example.go.id",
        "ends": "31-12-2019",
    },
    "placements:placement-appraise": {"score": "80", "findings": "Rajin", "advice": "EXTEND"},
    "placements:placement-extend": {
        "contract": "{lead.recruitment.next_contract.pk}",
        "ends": "31-12-2020",
    },
    "fieldwork:visit-begin": {"village": "{ours.village.pk}", "visited_on": "08-10-2019", "kind": "TRAINING"},
    "fieldwork:visit-fill": {"women": "3", "men": "4", "text": "Kelompok bertemu.", "has_obstacle": "tidak"},
    "fieldwork:visit-receive": {"token": "3f2f6a10-4c9e-4a55-9d55-2f2f10240001"},
    "fieldwork:sale-create": {
        "day": "12-09-2019",
        "item": "Kain tenun",
        "quantity": "4",
        "unit": "lembar",
        "price": "450.000",
        "buyer": "OUTSIDE",
        "token": "3f2f6a10-4c9e-4a55-9d55-2f2f10240002",
    },
    "fieldwork:story-release": {"tulisan": "{ours.story.report.pk}", "langkah": "tarik"},
    "fieldwork:visit-reply": {"text": "Kami datang."},
    "fieldwork:visit-step": {"note": "Berapa kilogram?"},
    "obstacles:obstacle-raise": {"text": "Bibit layu.", "kind": "WEATHER", "activity": "{ours.line.activity.pk}"},
    "obstacles:obstacle-send": {"responsible": "{ours.agency.pk}", "days": "5"},
    "obstacles:obstacle-answer": {"answer": "Bibit diganti.", "promised_on": "31-10-2019"},
    "obstacles:obstacle-publish": {"text": "Jalan tertahan."},
    "obstacles:obstacle-step": {"note": "Selesai sendiri."},
    "aid:package-create": {"group": "{ours.group.pk}", "item": "Kambing", "quantity": "12", "unit": "ekor"},
    "aid:package-edit": {"quantity": "13"},
    "aid:handover-enter": {"kode": "{ours.aid_slip.code}"},
    "aid:duty-create": {"kind": "RETURN", "quantity": "3", "due_on": "24-10-2019"},
    "aid:duty-edit": {"quantity": "5"},
    "aid:step-record": {"to_group": "{ours.group.pk}", "moved_on": "07-10-2019", "quantity": "1"},
    "aid:handover-record": {"arrived": "12", "condition": "GOOD"},
    "aid:handover-confirm": {"seen_on": "07-10-2019"},
    "aid:check-record": {"checked_on": "07-10-2019", "left": "8"},
    "coordination:meeting-create": {"held_on": "15-10-2019", "place": "Ruang rapat", "subject": "Rapat koordinasi"},
    "coordination:meeting-edit": {"place": "Ruang lain"},
    "coordination:meeting-agenda": {"seen": "INVITED", "new": "Pameran tenun"},
    "coordination:agenda-line": {"title": "Pameran tenun"},
    "coordination:meeting-notes": {"name": "Kepala Desa", "title": "Kepala Desa Nanga Tebidah"},
    "coordination:meeting-step": {"note": "Tidak jadi."},
    "coordination:names-erase": {"names": "Kades biasa (Desa biasa)"},
    "coordination:disposisi-create": {
        "text": "Hitung benih.",
        "responsible": "{ours.agency.pk}",
        "due_on": "31-10-2030",
    },
    "coordination:item-add": {"text": "Hitung benih.", "responsible": "{ours.agency.pk}", "due_on": "31-10-2019"},
    "coordination:item-step": {"note": "Sudah dihitung."},
    "reporting:period-open": {"triwulan": "2019-T4"},
    "reporting:period-reopen": {"alasan": "Salah ketik"},
    "reporting:report-ask-reopen": {"alasan": "Angka tertukar"},
    "reporting:reopen-step": {"note": "Angkanya sudah benar"},
    "reporting:report-letter": {"letter_no": "050/9", "letter_date": "07-10-2019"},
    "reporting:report-files": {"file": "JPEG"},
    "reporting:report-check": {"signer": "{ours.official.pk}", "letter_date": "07-10-2019", "declared": "on"},
    "reporting:verification-decide": {"keputusan": "setujui"},
    "reporting:decision-undo": {"status": "APPROVED", "versi": "{ours.approved_report.version}"},
    "reporting:due-date-change": {"jatuh_tempo": "31-10-2019", "alasan": "Banjir"},
    "reporting:reminder-send": {"laporan": "{ours.draft_report.pk}", "kalimat": "Rekap disusun besok."},
    "reporting:due-date-bulk": {
        "jatuh_tempo": "31-10-2019",
        "alasan": "Banjir",
        "laporan": "{ours.draft_report.pk}",
        "semula-{ours.draft_report.pk}": "{ours.draft_report.due_on}",
    },
    "admin:p2emas_agency_add": {"code": "baru", "name": "Dinas Baru", "short_name": "Dinba", "kind": "DINAS"},
    "admin:p2emas_official_add": {
        "agency": "{ours.agency.pk}",
        "name": "Kepala Baru",
        "title": "Kepala",
        "valid_from": "01-10-2019",
    },
    "framework:renstra": {"first_year": "2016", "last_year": "2021", "realised_until": "2018"},
    "admin:programs_recaplayout_add": {"paper": "rkpd", "version": "2020-1"},
    "admin:p2emas_holiday_add": {"date": "25-12-2019", "name": "Natal"},
    "admin:p2emas_user_add": {"username": "orangbaru", "name": "Orang Baru"},
    "admin:p2emas_assignment_add": {
        "user": "{ours.sender.pk}",
        "role": "agency_head",
        "agency": "{ours.agency.pk}",
        "valid_from": "01-10-2019",
    },
    "admin:p2emas_decree_add": {"about": "Rancangan"},
    "admin:p2emas_regulation_add": {"about": "Pedoman"},
    "admin:districts_regency_add": {"code": "61.06", "name": "Kapuas Hulu"},
    "admin:districts_district_add": {"regency": "{ours.district.regency.pk}", "code": "61.05.29", "name": "Baru"},
    "admin:districts_village_add": {"district": "{ours.district.pk}", "name": "Desa Baru"},
    "admin:districts_areafigure_add": {
        "village": "{ours.other_village.pk}",
        "kind": "POPULATION",
        "value": "7",
        "unit": "jiwa",
        "year": "2018",
        "source": "Profil desa",
    },
    "admin:districts_candidate_add": {
        "round": "{lead.rounds.open.pk}",
        "village": "{ours.other_village.pk}",
        "commodity": "{lead.commodity.pk}",
        "existing_activity": "Menanam cabai.",
    },
    "admin:districts_productionfigure_add": {
        "district": "{ours.district.pk}",
        "commodity": "{lead.commodity.pk}",
        "year": "2012",
        "measure": "TON",
        "value": "7,5",
        "source": "Laporan kecamatan",
    },
    "admin:districts_earlieraid_add": {
        "village": "{ours.village.pk}",
        "agency": "{ours.agency.pk}",
        "year": "2012",
        "item": "Bibit karet",
        "source": "Berita acara",
    },
    "admin:districts_commodity_add": {"name": "madu", "sector": "kehutanan", "unit": "liter"},
    "admin:districts_evidencemeasure_add": {
        "code": "BATANG",
        "label": "Batang",
        "unit": "batang",
        "slug": "batang",
        "position": "9",
    },
    "admin:programs_nomenclatureversion_add": {
        "code": "900.1-2850",
        "regulation": "Kepmendagri Nomor 900.1-2850 Tahun 2025",
        "first_year": "2026",
        "completeness": "SEBAGIAN",
        "position": "9",
    },
    "admin:programs_nomenclatureentry_add": {
        "version": "{lead.entry.version.pk}",
        "level": "URUSAN",
        "code": "7",
        "name": "Urusan ketujuh",
    },
    "admin:programs_codecrosswalk_add": {
        "from_entry": "{lead.crosswalk.to_entry.pk}",
        "to_entry": "{lead.entry.pk}",
        "note": "digabung",
    },
    "admin:programs_fund_add": {
        "code": "BANKEU",
        "label": "Bantuan keuangan",
        "group": "OTHER_BUDGET",
        "counts_in_absorption": "on",
        "active": "on",
        "position": "9",
    },
    "admin:districts_communitygroup_add": {
        "village": "{ours.village.pk}",
        "name": "Kelompok Baru",
        "kind": "POKTAN",
        "commodity": "{lead.commodity.pk}",
    },
    "admin:programs_procurementmethod_add": {"name": "Pengadaan khusus", "working_days": "30"},
    "admin:programs_program_add": {"name": "Program Baru", "starts": "2018", "ends": "2020"},
    "admin:programs_outcome_add": {"program": "{lead.program.pk}", "name": "Sasaran Baru"},
    "admin:programs_activity_add": {
        "agency": "{ours.agency.pk}",
        "year": "2019",
        "outcome": "{lead.outcome.pk}",
        "code": "2.09",
        "name": "Kegiatan Baru",
    },
    "admin:programs_indicator_add": {
        "outcome": "{lead.outcome.pk}",
        "name": "Pendapatan",
        "unit": "rupiah",
        "formula": "end_value",
    },
}
# Whose own form is not taken in this world all the same, and why.
NOT_TAKEN = {
    "evaluation:comparison-create": "every village with a figure is a target location",
    "evaluation:comparison-edit": "every village with a figure is a target location",
    "evaluation:comparison-step": "no village is chosen",
    "recruitment:round-step": "people still apply",
    "recruitment:application-nik": "the number is shown at once",
    "recruitment:application-export": "the table is sent at once",
    "calendar:address-make": "the address is shown at once",
    "fieldwork:copy-import": "what became of each visit is shown at once",
    "placements:phone-code-make": "the code is shown at once",
    "staffing:phone-code": "no code was made",
    "recruitment:personal-copy": "the copy is sent at once",
    "recruitment:status": "no application has such a code",
    "recruitment:interview-repeat": "nobody ties",
    "admin:districts_regency_add": "one regency a database",
    "locations:round-submit": "no minutes are linked",
    "recruitment:round-submit": "no choice is marked",
    "recruitment:application-replace": "its place is taken again",
    "locations:candidate-create": "a coordinator names the kecamatan in the address first",
    "admin:p2emas_papertemplate_add": "no document is sent along",
    "admin:p2emas_papertemplate_change": "no document is sent along",
    "imports:import-upload": "no table is sent along",
    "imports:import-format": "the file of this world asks nothing",
    "imports:import-layout": "the file of this world asks nothing",
    "imports:import-apply": "its button is on another page and says what was seen",
    "imports:lane": "no table is sent along",
    "imports:lane-apply": "its button is on another page and says what was seen",
    "imports:lane-columns": "its form is where a table has columns that nobody knows",
    "imports:lane-undo": "its button is on another page",
    "drafts:draft-open": "the page is told at once who else is there",
    "planning:file-upload": "no table is sent along",
    "planning:file-columns": "its headings are those of this file",
    "planning:file-apply": "its button is on another page and says what was seen",
    "planning:file-undo": "its button is on another page",
    "competencies:determination-create": "each kecamatan has an unfinished one",
    "competencies:panel-open": "each kecamatan has an unfinished one",
    "competencies:scoring-open": "with one commodity there is nothing to compare",
    "competencies:discuss": "a seat has not scored yet",
    "profiles:decree-ready": "nothing is ticked",
    "profiles:decree-step": "rows in force belong to the decree",
    "planning:plan-set": "the plan was not submitted",
    "planning:plan-step": "there is nothing to withdraw",
    "training:attend": "nobody is told the code",
    "training:course-close": "a test is missing",
    "reporting:report-ask-reopen": "it was asked already",
    "reporting:report-letter": "its letter has a number",
    "reporting:report-take-plan": "no other version of the plan is set",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as standing, worlds.passwords_given(standing):
        yield standing
    logging.disable(logging.NOTSET)


Keys = dict[type[models.Model], set]


@contextmanager
def forms_made() -> Iterator[list[forms.BaseForm]]:
    """Every form that is made inside."""
    made, real = [], forms.BaseForm.__init__

    def noted(self, *args, **kwargs):
        real(self, *args, **kwargs)
        made.append(self)

    forms.BaseForm.__init__ = noted
    try:
        yield made
    finally:
        forms.BaseForm.__init__ = real


class Sender:
    """Sends the form of one address as one role; what is written is looked at and rolled back."""

    def __init__(self, world: worlds.World, row: table.Row, role: str) -> None:
        self.world, self.row, self.client = world, row, world.client(role)
        self.session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        self.address = address_of(world, row, OURS)
        page = self.client.get(self.address)
        form = own_form(page.content.decode(), self.address) if page.status_code in {200, 409} else None
        typed = {
            name.format(ours=world.sides[OURS], lead=world.lead): value.format(ours=world.sides[OURS], lead=world.lead)
            for name, value in TYPED.get(row.name, {}).items()
        }
        self.names = (form.names if form else set()) | set(typed)
        kept = [pair for pair in (form.fields if form else []) if pair[0] not in typed]
        self.fields = [*kept, *typed.items()]

    def data(self, forged: dict[str, str]) -> dict[str, list]:
        data: dict[str, list] = {HERE: ["1"]}
        for name, value in self.fields:
            photo = SimpleUploadedFile("foto.jpg", worlds.JPEG) if value == "JPEG" else value
            data.setdefault(name, []).append(photo)
        return data | {name: [value] for name, value in forged.items()}

    def post(self, data: dict[str, list], *, follow: bool = False):
        self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return self.client.post(self.address, data, follow=follow)

    def send(self, forged: dict[str, str], before: Keys | None = None):
        """The answer, the forms that read what was sent and, for the keys ``before``, all rows afterwards."""
        with worlds.undone(), forms_made() as made, pages(False):
            answer = self.post(self.data(forged))
            stored = rows(before) if before else Counter()
        read = [form for form in made if form.is_bound and form.data.get(HERE)]
        return answer, read, stored


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in HOUSES and not model.__name__.startswith("Historical")
    ]


@pytest.fixture(scope="module")
def keys(world) -> Keys:
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in our_models()}


def rows(before: Keys) -> Counter:
    """Every row as text; the key of a new one, what is drawn by lot and what a clock wrote are left out."""
    found: Counter = Counter()
    for model in before:
        columns = [
            column
            for column in model._meta.concrete_fields
            if not isinstance(column, models.DateTimeField)
            and not {column.name, f"{model.__name__}.{column.name}"} & BY_CHANCE
        ]
        for values in model._base_manager.values_list(*(column.attname for column in columns)):
            shown = [model.__name__]
            for column, value in zip(columns, values, strict=True):
                record = getattr(model, "instance_type", None) if column.name == "id" else None  # of a history
                of = record or (model if column.primary_key else column.related_model)
                new = of in before and value is not None and value not in before[of]
                plain = bytes(value) if isinstance(value, memoryview) else value  # binary columns of PostgreSQL
                shown.append(f"{column.name}={'new' if new else plain}")
            found[" ".join(shown)] += 1
    return found


def writers(row: table.Row) -> list[str]:
    declared = table.answers(row.post)
    found = [role for role in WRITERS if declared[role] in {200, 302, 409}][:1]
    kecamatan = row.name.startswith("admin:districts") and declared["district_admin"] == 200
    return [*found, "district_admin"] if kecamatan else found


ASIDE = re.compile(
    r"account_|mfa_|usersessions_|admin:(index|log|app_list|password)|admin:.*_(changelist|history|delete|download)$"
)
CASES = [(row, role) for row in table.ROWS if takes_post(row) and not ASIDE.match(row.name) for role in writers(row)]
IDS = [f"{row.name} as {role}" for row, role in CASES]


def undeclared(world: worlds.World, names: set[str]) -> dict[str, str]:
    """Names of columns, and of what a form might be tempted to read, with values that would matter."""
    theirs, person = world.sides[THEIRS], str(world.people["coordinator"].pk)
    people = ("submitted_by", "decided_by", "claimed_by", "opened_by", "uploaded_by", "author", "user", "actor", "by")
    values = {
        **dict.fromkeys(people, person),
        **dict.fromkeys(("agency", "raised_by", "office"), str(theirs.agency.pk)),
        "status": "APPROVED",
        "plan": str(theirs.plan.pk),
        "report": str(theirs.sent_report.pk),
        "period": str(world.lead.periods["locked"].pk),
        "district": str(theirs.district.pk),
        "village": str(theirs.village.pk),
        "decree": str(world.lead.draft_decree.pk),
        "supersedes": str(theirs.plan.pk),
        "continues": str(theirs.line.pk),
        "role": "coordinator_head",
        "due_on": "2030-01-01",
        "year": "2031",
        "sequence": "9",
        "version": "77",
        "decided_version": "77",
        "effective_on": "2019-01-01",
        "first_submitted_at": "2019-01-01T00:00",
        "submitted_at": "2019-01-01T00:00",
        "released_at": "2019-01-01T00:00",
        **dict.fromkeys(
            ("is_superuser", "is_staff", "is_active", "is_sample", "active", "internal", "immediate"), "on"
        ),
        **dict.fromkeys(("id", "pk"), str(theirs.sent_report.pk)),
    }
    both = values | {f"{name}_id": value for name, value in values.items()}
    both |= {  # rows of others under the names that the forms give to their own
        f"b{theirs.draft_row.pk}-spent_to_date": "1",
        f"i{theirs.indicator_2019.pk}-0-value": "1",
        f"k{theirs.draft_obstacle.pk}-text": "Palsu",
        f"komentar-{theirs.verifying_row.pk}": "Palsu",
        "laporan": str(theirs.draft_report.pk),
        "surat": str(world.lead.sign_in_letter.pk),
    }
    return {name: value for name, value in both.items() if name not in names}


def forged_choices(world: worlds.World, read: list[forms.BaseForm]) -> Iterator[tuple[str, str]]:
    """A row that the choice does not offer: one of the other side where there is one, else none at all."""
    for form in read:
        for name, choice in form.fields.items():
            if isinstance(choice, forms.ModelChoiceField):
                left = choice.queryset.model._base_manager.exclude(pk__in=choice.queryset.values("pk"))
                other = left.order_by("-pk").first()
                yield form.add_prefix(name), str(other.pk if other else 99_999_999)
            elif isinstance(choice, forms.ChoiceField):
                yield form.add_prefix(name), "99999999"


@pytest.mark.parametrize(("row", "role"), CASES, ids=IDS)
def test_forged_form_gets_nothing(world, keys, row, role):
    """Undeclared fields change nothing, and a choice that is not offered is refused or left unread."""
    sender = Sender(world, row, role)
    answer, read, stored = sender.send({}, keys)
    declared = sender.names | {form.add_prefix(name) for form in read for name in form.fields}

    beside, _, forged = sender.send(undeclared(world, declared), keys)
    taken = [
        f"{name}={value}" for name, value in forged_choices(world, read) if takes(sender, name, value, keys, stored)
    ]

    assert beside.status_code == answer.status_code
    assert (forged - stored, stored - forged) == (Counter(), Counter())
    assert taken == []
    errors = [f"{form.add_prefix(name)}: {words}" for form in read for name, words in form.errors.items()]
    told = f"say in TYPED what its form needs, or in NOT_TAKEN why it is refused here: {errors}"
    assert (row.name in NOT_TAKEN) == (answer.status_code != 302), told


def takes(sender: Sender, name: str, value: str, keys: Keys, stored: Counter) -> bool:
    answer, read, _ = sender.send({name: value})
    if any(form.add_prefix(field) == name for form in read for field in form.errors):
        return False
    return answer.status_code != 302 or sender.send({name: value}, keys)[2] != stored


# --- Seen failing ------------------------------------------------------------------------------------------------


def case(name: str, role: str) -> tuple[table.Row, str]:
    return next(found for found in CASES if found[0].name == name and found[1] == role)


def test_form_that_takes_any_row_is_noticed(world, keys, monkeypatch):
    def anything(self, value):
        return self.queryset.model._base_manager.filter(pk=value or None).first()

    monkeypatch.setattr(forms.ModelChoiceField, "to_python", anything)

    with pytest.raises(AssertionError, match="village="):
        test_forged_form_gets_nothing(world, keys, *case("admin:districts_communitygroup_change", "district_admin"))


def test_form_that_reads_undeclared_fields_is_noticed(world, keys, monkeypatch):
    real = forms.BaseModelForm._post_clean

    def careless(self):
        real(self)
        self.instance.is_superuser = "is_superuser" in self.data

    monkeypatch.setattr(forms.BaseModelForm, "_post_clean", careless)

    with pytest.raises(AssertionError, match="is_superuser=True"):
        test_forged_form_gets_nothing(world, keys, *case("staffing:user-edit", "coordinator_head"))
