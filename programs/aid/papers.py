"""The BAST of a package, as PDF and Word, and the slip on A6; both carry the code that its holder answers with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from p2emas.documents.papers import (
    Agreement,
    PaperSection,
    Signer,
    Table,
    compile_with_emblem,
    date_in_words,
    paper_docx,
    sample_words,
)
from p2emas.documents.pdf import compile_pdf, qr_svg
from p2emas.naming import current
from p2emas.ui import formats
from programs.aid.handover import HandoverSlip
from programs.aid.models import AidPackage

BLANK = "................................................"


@dataclass(frozen=True)
class HandoverText(Agreement):
    """The two sides, the goods, two signatures; in the layout of a contract, under the head of the agency."""

    office: str = ""

    def context(self) -> dict[str, Any]:
        head = {"title": "Berita Acara Serah Terima", "office": self.office, "address": ""}
        return super().context() | head


def handover_text(package: AidPackage, slip: HandoverSlip | None) -> HandoverText:
    day = package.handed_on
    began = f"Pada hari ini, {date_in_words(day)}" if day else f"Pada hari ini, {BLANK}"
    village = f"{package.village}, Kecamatan {package.village.district}"
    return HandoverText(
        about=f"bantuan {package.item} untuk {package.group}",
        number=package.handover_no,
        dated=day,
        place=str(package.village),
        opening=f"{began}, bertempat di {village}, kami yang bertanda tangan di bawah ini:",
        parties=[
            ("Pihak Pertama", f"{BLANK}, bertindak untuk dan atas nama {package.agency.name}"),
            ("Pihak Kedua", f"{BLANK}, bertindak untuk dan atas nama {package.group}, {village}"),
        ],
        articles=[
            PaperSection(
                "",
                ["Pihak Pertama menyerahkan, dan Pihak Kedua menerima, barang berikut:"],
                Table(["Barang", "Jumlah", "Satuan", "Nilai"], [_goods(package)]),
            ),
            PaperSection("", [*_papers(package), *_code(slip)]),
        ],
        signers=[Signer("Pihak Kedua,", f"Ketua {package.group}"), Signer("Pihak Pertama,", package.agency.name)],
        is_sample=package.is_sample,
        office=package.agency.name,
    )


def _goods(package: AidPackage) -> list[str]:
    value = formats.rupiah(package.value) if package.value is not None else "belum ada data"
    return [package.item, formats.number(package.quantity), package.unit, value]


def _papers(package: AidPackage) -> list[str]:
    told = (
        ("Proposal", package.proposal_no, package.proposal_on),
        ("SK penerima", package.recipient_decree_no, package.recipient_decree_on),
        ("NPHD", package.grant_no, package.grant_on),
    )
    known = [_named(name, number, day) for name, number, day in told if number or day]
    return [f"Dasar: {'; '.join(known)}."] if known else []


def _named(name: str, number: str, day: date | None) -> str:
    told = [f"nomor {number}" if number else "", f"tanggal {formats.long_date(day)}" if day else ""]
    return " ".join(part for part in (name, *told) if part)


def _code(slip: HandoverSlip | None) -> list[str]:
    if slip is None:
        return []
    until = formats.long_date(slip.open_until)
    return [
        f"Pemegang lembar ini menyatakan apa yang datang pada {public_address()} dengan kode {slip.shown_code}, paling "
        f"lambat {until}. Tidak perlu akun, dan nama tidak diminta."
    ]


def public_address() -> str:
    return f"{settings.SITE_URL}{reverse('aid:handover-enter')}"


def code_link(slip: HandoverSlip) -> str:
    """What the QR code carries: what follows "#" stays in the browser, in no address and no log of a server."""
    return f"{public_address()}#{slip.code}"


def handover_pdf(package: AidPackage, slip: HandoverSlip | None) -> bytes:
    context = handover_text(package, slip).context()
    if slip is None:
        return compile_with_emblem("contract.typ", context)
    return compile_with_emblem("contract.typ", context | {"qr": "qr.svg"}, files={"qr.svg": qr_svg(code_link(slip))})


def handover_docx(package: AidPackage, slip: HandoverSlip | None) -> bytes:
    return paper_docx(handover_text(package, slip))


def slip_pdf(package: AidPackage, slip: HandoverSlip) -> bytes:
    """One page of A6, to be cut and kept with the goods."""
    handed = f"BAST {package.handover_no}" if package.handover_no else "BAST"
    data = {
        "programme": current().programme,
        "office": package.agency.name,
        "title": "Barang sudah diterima?",
        "rows": [
            ["Barang", f"{package.item}, {formats.number(package.quantity)} {package.unit}"],
            ["Untuk", f"{package.group}, {package.village}"],
            [handed, formats.long_date(package.handed_on) if package.handed_on else "belum bertanggal"],
        ],
        "code": slip.shown_code,
        "address": public_address(),
        "until": formats.long_date(slip.open_until),
        "sample": sample_words(package.is_sample),
    }
    return compile_pdf("slip.typ", data, files={"qr.svg": qr_svg(code_link(slip))})
