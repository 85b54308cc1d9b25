"""People as a table: each row becomes a person without a password and a letter that somebody releases."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.db.models.functions import Lower

from p2emas import clock
from p2emas.accounts.models import Assignment, User, why_not_together
from p2emas.accounts.roles import WRITTEN_BY_PLACEMENTS, Role
from p2emas.history.records import set_author
from p2emas.imports.cells import Cell, Unfit, Values, as_text, choice, day, folded, text
from p2emas.imports.kinds import Column, ImportKind, register
from p2emas.imports.offices import readers as find
from p2emas.imports.offices.readers import OfficeLookups, day_word
from p2emas.outbox.models import OutboxMessage
from p2emas.staffing.forms import FURTHEST_BACK, check_phone
from p2emas.staffing.permissions import may_manage_people, may_read_people
from p2emas.staffing.services import NotPossible, invite_user
from p2emas.workflow.models import StepNotAllowed

ROLES = {str(code): str(word) for code, word in Role.choices if code not in WRITTEN_BY_PLACEMENTS}
TAKEN = (
    "Nama pengguna “{username}” sudah dipakai. Pakai nama lain; bila orangnya sama, hapus baris ini dan ubah datanya "
    "di halaman Pengguna."
)


class PeopleLookups(OfficeLookups):
    @cached_property
    def usernames_by_email(self) -> dict[str, str]:
        rows = User.objects.exclude(email=None).order_by()
        return {email.lower(): username for email, username in rows.values_list("email", "username") if email}


def _checked(cell: Cell, rule: Callable[[str], None], longest: int) -> str:
    found = as_text(cell)
    if len(found) > longest:
        raise Unfit(f"Paling banyak {longest} huruf, sel ini {len(found)}.")
    try:
        rule(found)
    except ValidationError as refused:
        raise Unfit(" ".join(refused.messages)) from None
    return found


def _username(cell: Cell, row: Values, lookups: PeopleLookups) -> str:
    try:
        return _checked(cell, UnicodeUsernameValidator(), 60)
    except Unfit:
        raise Unfit("Tulis huruf, angka, titik, atau garis bawah, tanpa spasi, paling banyak 60.") from None


def _email(cell: Cell, row: Values, lookups: PeopleLookups) -> str:
    try:
        return _checked(cell, validate_email, 254).lower()
    except Unfit:
        raise Unfit(f"“{as_text(cell)[:60]}” bukan alamat surel. Tulis seperti nama@contoh.go.id.") from None


def _phone(cell: Cell, row: Values, lookups: PeopleLookups) -> str:
    return _checked(cell, check_phone, 20)


def _since(cell: Cell, row: Values, lookups: PeopleLookups) -> str:
    found = str(day(cell, row, lookups))
    earliest = clock.today() - FURTHEST_BACK
    if date.fromisoformat(found) < earliest:
        raise Unfit(f"Tulis tanggal {day_word(earliest.isoformat(), lookups)} atau sesudahnya.")
    return found


@register
class PeopleKind(ImportKind):
    """By user name. An account that is there is never changed by a table; the same row again is left out."""

    code = "pengguna"
    title = "Pengguna (undangan)"
    intro = "Tiap baris menjadi akun tanpa kata sandi dan surat undangan yang menunggu Anda kirim di Surat keluar."
    template_note = "Templat belum berisi siapa pun. Tulis satu baris untuk tiap orang yang diundang."
    model = User
    once = ("email",)
    next_step = ("Kirim undangannya di Surat keluar", "outbox:message-list")
    columns = (
        Column(
            "Nama pengguna", "username", _username, "Dipakai untuk masuk: huruf, angka, titik, atau garis bawah.",
            key=True, width=22, also=("Username", "User", "Akun"),
        ),
        Column("Nama", "name", text(120), "Nama lengkap, boleh dengan gelar.", width=34, also=("Nama lengkap",)),
        Column("Surel", "email", _email, "Undangan dikirim ke alamat ini.", width=30, also=("Email", "E-mail")),
        Column(
            "Telepon", "phone", _phone, "Boleh kosong; contoh 0812-3456-7890.", required=False, default="",
            also=("Nomor telepon", "No. HP", "HP", "Nomor HP"),
        ),
        Column(
            "Peran", "role", choice(ROLES, {"Operator": "agency_operator", "Kepala": "agency_head"}),
            "Menentukan haknya.", words=lambda value, lookups: ROLES[value], width=24,
            options=lambda lookups: list(ROLES.values()),
        ),
        Column(
            "Perangkat daerah", "agency_id", find.office, "Tempat bertugas; untuk admin kecamatan kantor kecamatannya.",
            words=find.office_word, options=find.office_options, width=26, also=("SKPD", "OPD", "Kantor", "Unit kerja"),
        ),
        Column(
            "Berlaku sejak", "valid_from", _since, "Hari pertama bertugas, misalnya 02-01-2019.", words=day_word,
            also=("Sejak", "Mulai"),
        ),
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return not user.is_superuser and may_manage_people(user)

    def may_read(self, user: User) -> bool:
        return may_read_people(user)

    def lookups(self, user: User) -> PeopleLookups:
        return PeopleLookups(user)

    def owned(self, user: User) -> QuerySet[User]:
        return User.objects.all()

    def check(self, values: Values, lookups: PeopleLookups) -> None:
        taken_by = lookups.usernames_by_email.get(values["email"])
        if taken_by is not None and folded(taken_by) != folded(values["username"]):
            raise Unfit("Kolom “Surel”: alamat ini sudah dipakai pengguna lain. Tulis alamat lain.")
        since = date.fromisoformat(values["valid_from"])
        if refused := why_not_together(values["role"], lookups.agencies[values["agency_id"]], since):
            raise Unfit(f"Kolom “Peran”: {refused}")

    def change_refusal(self, values: Values, stored: Values, lookups: PeopleLookups) -> str:
        return TAKEN.format(username=stored["username"])

    def existing(self, user: User, rows: list[Values]) -> dict[tuple[Any, ...], Values]:
        """The accounts of these names, each with the assignment that its row is about, else with none."""
        wanted = {folded(values["username"]): values for values in rows}
        accounts = User.objects.annotate(lowered=Lower("username")).filter(lowered__in=list(wanted)).order_by()
        found: dict[tuple[Any, ...], Values] = {
            self.identity(row): dict(row) for row in accounts.values("pk", "username", "name", "email", "phone")
        }
        held = self._held([account["pk"] for account in found.values()])
        for key, account in found.items():
            row = wanted[str(key[0])]
            same = [each for each in held[account["pk"]] if all(each[name] == row[name] for name in each)]
            found[key] |= same[0] if same else {"role": None, "agency_id": None, "valid_from": None}
        return found

    @staticmethod
    def _held(people: Sequence[int]) -> dict[int, list[Values]]:
        """Person -> what each assignment says, as JSON keeps it."""
        held: dict[int, list[Values]] = defaultdict(list)
        rows = Assignment.objects.filter(user__in=people).order_by("pk")
        for person, role, agency, since in rows.values_list("user_id", "role", "agency_id", "valid_from"):
            held[person].append({"role": role, "agency_id": agency, "valid_from": since.isoformat()})
        return held

    def create(self, rows: Sequence[Values], actor: User) -> None:
        """As the form of an invitation does: a person, an assignment, and a letter that waits for its release."""
        agencies = OfficeLookups(actor).agencies
        for values in rows:
            try:
                invite_user(
                    username=values["username"],
                    name=values["name"],
                    email=values["email"],
                    phone=values["phone"],
                    nip="",
                    agency=agencies[values["agency_id"]],
                    role=values["role"],
                    valid_from=date.fromisoformat(values["valid_from"]),
                    valid_until=None,
                )
            except NotPossible as refused:
                raise StepNotAllowed(f"{values['username']}: {refused} Tidak ada yang disimpan.") from refused

    def remove(self, keys: Sequence[int], actor: User) -> None:
        """Account, assignment and letter, as long as the letter waits: what was sent cannot be taken back."""
        for person in User.objects.filter(pk__in=list(keys)):
            letters = OutboxMessage.objects.about(person)
            if letters.exclude(released_at=None).exists():
                raise StepNotAllowed(
                    f"Undangan untuk {person.name} sudah dikirim, jadi impor ini tidak dapat dibatalkan. "
                    "Nonaktifkan akunnya di halaman Pengguna."
                )
            held = list(person.assignments.order_by("pk"))
            if len(held) > 1 or any(each.valid_until for each in held):
                raise StepNotAllowed(
                    f"Penugasan {person.name} sudah ditambah atau diakhiri sesudahnya, jadi impor ini tidak dapat "
                    "dibatalkan. Ubah datanya di halaman Pengguna."
                )
            letters.delete()
            for assignment in held:
                set_author(assignment, actor)
                assignment.delete()
            set_author(person, actor)
            person.delete()

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: PeopleLookups) -> list[list[Any]]:
        """Nobody who is there already: a list of names and addresses is no part of a template."""
        return []
