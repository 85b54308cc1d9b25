"""The part of an access copy about somebody who became a facilitator: contracts, training, places, appraisals.

Training and placements come after this room, so their rows are read through the person's own relations.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from facilitators.recruitment.result.people import Facilitator
from p2emas.ui.formats import long_date, moment, number, rupiah_echo


def own_work(person: Facilitator) -> dict[str, Any]:
    """Headings and values, ready for JSON."""
    rows: Any = person  # contracts, enrolments and placements are relations of the rooms above
    return {
        "nama": person.name,
        "telepon dinas": person.office_phone,
        "domisili": person.home_words,
        "bahasa": person.languages,
        "komoditas yang dikuasai": [str(each) for each in person.skills.all()],
        "akun": {"nama pengguna": person.user.username, "surel": person.user.email or ""} if person.user else "",
        "kontrak": [_contract(each) for each in rows.contracts.order_by("starts", "pk")],
        "pelatihan": [_enrolment(each) for each in rows.enrolments.select_related("course").order_by("pk")],
        "penempatan": [_placement(each) for each in _by_start(rows.placements.all())],
    }


def _by_start(placements: models.QuerySet) -> Iterable[Any]:
    return placements.select_related("target_location__village", "contract").order_by("starts", "pk")


def _contract(row: Any) -> dict[str, str]:
    return {
        "nomor": row.number,
        "tanggal": long_date(row.dated),
        "berlaku sejak": long_date(row.starts),
        "berlaku sampai": long_date(row.ends),
        "honor per bulan": "" if row.monthly_pay is None else rupiah_echo(row.monthly_pay),
    }


def _enrolment(row: Any) -> dict[str, Any]:
    return {
        "pelatihan": row.course.name,
        "hasil": row.get_outcome_display(),
        "alasan": row.outcome_reason,
        "tes awal": _score(row.first_test),
        "tes akhir": _score(row.final_test),
        "kehadiran": [
            {"materi": each.session.topic, "cara": each.get_how_display(), "waktu": moment(each.at)}
            for each in row.attendances.select_related("session").order_by("session__starts_at", "pk")
        ],
    }


def _score(value: Any) -> str:
    return "" if value is None else number(value)


def _placement(row: Any) -> dict[str, Any]:
    return {
        "tempat": row.place_name,
        "kontrak": row.contract.number,
        "sejak": long_date(row.starts),
        "sampai": long_date(row.ends),
        "berakhir lebih awal": long_date(row.ended_on) if row.ended_on else "",
        "alasan berakhir": row.get_end_reason_display(),
        "keterangan": row.end_note,
        "serah terima": row.handover,
        "alasan ditempatkan sebelum lulus": row.untrained_reason,
        "penilaian kinerja": [
            {
                "tanggal": long_date(each.appraised_on),
                "nilai": each.score,
                "catatan": each.findings,
                "usul": each.get_advice_display(),
            }
            for each in row.appraisals.order_by("appraised_on", "pk")
        ],
    }
