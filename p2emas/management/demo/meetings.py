"""Meetings of 2017 and 2018 that were reported in public, as minutes; their numbers were not, so they are invented.

What was said at them is in ``about`` and ``source``. The meeting of 13 December 2019 lies after the demo's day:
BAPPEDA's report of the third quarter 2019 only announces it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from p2emas import clock
from p2emas.instruments.models import Minutes
from p2emas.instruments.signing import sign_minutes
from p2emas.management.demo.people import Cast

# The reports name no room and no list of names.
PLACE, PRESENT = "Sintang (contoh)", "SKPD dan kecamatan (contoh)"


@dataclass(frozen=True)
class ReportedMeeting:
    day: date
    number: str
    about: str
    source: str


FIRST = ReportedMeeting(
    date(2017, 3, 29), "050/112/BA/2017",
    "Rapat koordinasi SKPD di BAPPEDA: lokasi dan kompetensi inti akan ditetapkan; sepuluh SKPD, sampai 2021",
    "Pemberitaan rapat koordinasi 29 Maret 2017; nomor rekaan.",
)  # fmt: skip
SELECTION = ReportedMeeting(
    date(2017, 5, 18), "050/214/BA/2017",
    "Rapat koordinasi dan seleksi calon lokasi sasaran: camat memaparkan potensi, forum SKPD menanggapi; usaha warga "
    "tidak dari nol",
    "Pemberitaan rapat 18 Mei 2017; nomor rekaan.",
)  # fmt: skip
WORKSHOP = ReportedMeeting(
    date(2017, 10, 17), "050/489/BA/2017",
    "Lokakarya tiga hari kepala desa dan pendamping masyarakat; angka kemiskinan 2016 10,07 persen",
    "Pemberitaan lokakarya 17 Oktober 2017; nomor rekaan.",
)  # fmt: skip
PROGRESS = ReportedMeeting(
    date(2018, 10, 1), "050/463/BA/2018",
    "Rapat kemajuan: fisik di atas 60 persen dan lebih dari Rp 1,5 miliar terpakai; sasarannya kesejahteraan warga, "
    "pendamping mencatat tiap masalah petani dan membawanya ke SKPD yang berwenang",
    "Pemberitaan rapat 1 Oktober 2018; nomor rekaan.",
)  # fmt: skip
LAUNCH = ReportedMeeting(
    date(2018, 10, 24), "050/498/BA/2018",
    "Peluncuran dan penyerahan bantuan: satu konsultan kabupaten, satu pendamping di tiap lokasi sasaran; kelompok ikan "
    "menerima terpal dan benih tetapi belum menggulirkan usahanya",
    "Pemberitaan peluncuran 24 Oktober 2018; nomor rekaan.",
)  # fmt: skip


def record_meeting(meeting: ReportedMeeting, cast: Cast) -> Minutes:
    """Minutes, written and signed on the day of the meeting."""
    with clock.at(datetime.combine(meeting.day, time(14))):
        minutes = Minutes.objects.create(
            number=f"{meeting.number} (contoh)", dated=meeting.day, place=PLACE, present=PRESENT, about=meeting.about,
            source=meeting.source, is_sample=True, created_by=cast.coordinator,
        )  # fmt: skip
        sign_at_once(minutes, cast)
    return minutes


def sign_at_once(minutes: Minutes, cast: Cast) -> None:
    """Minutes are signed when they are written; what is public rests on them, so they are public too."""
    sign_minutes(minutes=minutes, seen=Minutes.Status.DRAFT, actor=cast.coordinator)
