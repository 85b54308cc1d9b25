"""Personal data that leave the mask: the whole NIK, and the export of a round. Each opening is one row of the log."""

import io
from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import shown_phone
from facilitators.recruitment.applications.parts import PersonalDataAccess
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.documents.tables import csv_cell
from p2emas.exports.workbook import looks_of, write_cell
from p2emas.naming import said
from p2emas.privacy.sealing import SealBroken, fingerprint, seal, unseal

Field = PersonalDataAccess.Field
HOUR = timedelta(hours=1)
HEADER = (
    "Nomor lamaran",
    "Nama",
    "NIK (disamarkan)",
    "Nomor HP",
    "Surel",
    "Tanggal lahir",
    "Alamat",
    "Desa domisili",
    "Kecamatan domisili",
    "Pendidikan",
    "Sekolah",
    "Jurusan",
    "Status",
    "Alasan tidak lolos",
    "Dikirim",
    "Data contoh",
)
WIDTHS = (18, 28, 20, 18, 28, 14, 36, 20, 20, 16, 28, 22, 22, 28, 18, 12)


class TooMany(Exception):
    """Somebody opened as many numbers as one does in an hour."""


def open_nik(*, application: Application, user: User, reason: str) -> str:
    """The whole number, after the log says who asked and why. Raises ``SealBroken``, ``TooMany``; nothing is logged."""
    most = application.round.nik_per_hour or settings.NIK_OPENINGS_PER_HOUR
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # of two clicks at once the second counts the first
        if PersonalDataAccess.objects.numbers_opened(user, since=clock.now() - HOUR) >= most:
            sentence = (
                "Anda sudah membuka %d NIK dalam satu jam terakhir. "
                "Lanjutkan nanti, atau minta kepala {office} menaikkan batasnya."
            )
            raise TooMany(said(sentence) % most)
        PersonalDataAccess.objects.create(application=application, user=user, field=Field.NIK, reason=reason)
        return unseal(application.nik_sealed)


def export_applications(*, record: RecruitmentRound, user: User, reason: str) -> bytes:
    """The sent applications of a round as a workbook, as far as ``user`` may see them, and one row in the log."""
    rows = Application.objects.for_user(user).of_round(record).for_export()
    with transaction.atomic():
        content, count = _workbook(rows)
        PersonalDataAccess.objects.create(
            round=record, user=user, field=Field.EXPORT, reason=reason, detail=f"{count} lamaran"
        )
    return content


def _workbook(rows) -> tuple[bytes, int]:
    import xlsxwriter

    content, count = io.BytesIO(), 0
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, head = book.add_worksheet("Lamaran"), book.add_format({"bold": True})
        looks = looks_of(book)
        for place, (title, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, head)
        sheet.freeze_panes(1, 0)
        for count, cells in enumerate(_cells(rows), start=1):
            for place, cell in enumerate(cells):
                write_cell(sheet, count, place, cell, looks)
        sheet.autofilter(0, 0, max(count, 1), len(HEADER) - 1)
    return content.getvalue(), count


def _cells(rows) -> Iterator[list[object]]:
    """Days and moments as such; text with the guard of CSV: this file is often saved as one."""
    for row in rows.iterator(chunk_size=500):
        values = (
            row.number,
            row.name,
            row.masked_nik,
            shown_phone(row.phone),  # the plus sign would look like a formula, and get a mark before it
            row.email,
            row.birth_date,
            row.address,
            row.home_village,
            row.district_of_home,
            row.get_education_display(),
            row.school,
            row.major,
            row.get_status_display(),
            row.get_rejected_for_display(),
            row.sent_at,
            row.is_sample,
        )
        yield [value if isinstance(value, date) else csv_cell(value) for value in values]


def reseal_numbers() -> int:
    """Seal every NIK with the newest key and make its fingerprint with the oldest, all or none; how many.

    Raises ``SealBroken`` with the key of the application whose number no key opens.
    """
    with transaction.atomic():
        rows = list(Application.objects.select_for_update(no_key=True).exclude(nik_sealed="").only("pk", "nik_sealed"))
        for row in rows:
            try:
                nik = unseal(row.nik_sealed)
            except SealBroken as broken:
                raise SealBroken(row.pk) from broken
            Application.objects.filter(pk=row.pk).update(nik_sealed=seal(nik), nik_fingerprint=fingerprint(nik))
    return len(rows)
