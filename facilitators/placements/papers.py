"""The work contract on paper, with what the record says of it; what is not recorded stays a line to write on."""

from datetime import date

from django.db.models import Q

from districts.locations.decision.legal import legal_basis
from districts.locations.decision.texts import enumerated
from facilitators.placements.models import Contract, Placement
from p2emas.documents.models import Decree
from p2emas.documents.papers import Agreement, PaperSection, Signer, date_in_words
from p2emas.naming import current, said
from p2emas.ui.formats import long_date, rupiah_echo

BLANK = "................................................"
DUTIES = (
    "Pihak Kedua mendampingi kelompok di tempat tugasnya: memotivasi, mengikuti perkembangannya, mencatatnya dalam "
    "laporan lapangan, dan menyampaikan kendala kepada Pihak Pertama.",
    "Pihak Kedua bertempat tinggal di tempat tugasnya atau di dekatnya, mengirim laporan lapangan tepat waktu, menjaga "
    "data warga, dan tidak menerima pemberian dari pihak mana pun sehubungan dengan tugasnya.",
    "Pihak Pertama membayar honor tepat waktu, memberi pembekalan, dan menindaklanjuti kendala yang disampaikan.",
)
SANCTIONS = (
    "Bila Pihak Kedua tidak melaksanakan kewajibannya, Pihak Pertama menegurnya secara tertulis, paling banyak tiga "
    "kali.",
    "Bila sesudah itu kewajiban tetap tidak dilaksanakan, atau ternyata laporan dipalsukan, Pihak Pertama mengakhiri "
    "kontrak ini secara tertulis. Honor dibayar sampai hari terakhir bertugas.",
)


def contract_text(contract: Contract) -> Agreement:
    person = contract.facilitator
    return Agreement(
        about=said("pendamping masyarakat {programme}"),
        number=contract.number,
        dated=contract.dated,
        place=current().seat,
        opening=(
            f"Pada hari ini, {date_in_words(contract.dated)}, kami yang bertanda tangan di bawah ini mengikat "
            "kontrak kerja:"
        ),
        parties=[("Pihak Pertama", _office(contract)), ("Pihak Kedua", f"{person.name}, {_home(contract)}")],
        articles=_articles(contract),
        signers=[
            Signer("Pihak Pertama,", contract.signer_title, contract.signer_name, nip=contract.signer_nip),
            Signer("Pihak Kedua,", "Pendamping", person.name),
        ],
        is_sample=contract.is_sample,
    )


def _office(contract: Contract) -> str:
    nip = f"NIP {contract.signer_nip}, " if contract.signer_nip else ""
    acting = said("bertindak untuk dan atas nama {office_name}")
    return f"{contract.signer_name}, {nip}{contract.signer_title}, {acting}"


def _home(contract: Contract) -> str:
    village, district = contract.facilitator.home_village, contract.facilitator.home_district
    if village:
        return f"berdomisili di {village.get_kind_display()} {village}, Kecamatan {village.district}"
    return f"berdomisili di Kecamatan {district}" if district else f"berdomisili di {BLANK}"


def _articles(contract: Contract) -> list[PaperSection]:
    period = {"from": long_date(contract.starts), "until": long_date(contract.ends)}
    return [
        PaperSection("Pasal 1: Dasar", [f"{place}. {line}" for place, line in enumerate(_basis(contract), 1)]),
        PaperSection("Pasal 2: Tugas dan kewajiban", [*DUTIES, _places(contract)]),
        PaperSection("Pasal 3: Jangka waktu", ["Kontrak ini berlaku sejak {from} sampai {until}.".format(**period)]),
        PaperSection("Pasal 4: Honor dan pembiayaan", [_pay(contract), _fund(contract)]),
        PaperSection("Pasal 5: Sanksi", SANCTIONS),
        PaperSection(
            "Pasal 6: Serah terima",
            [
                (
                    "Bila tugasnya berakhir atau diganti, Pihak Kedua menyerahkan secara tertulis pekerjaan yang "
                    "sedang berjalan, janji kepada kelompok, dan berkasnya kepada pengganti atau Pihak Pertama."
                )
            ],
        ),
        PaperSection(
            "Pasal 7: Perpanjangan",
            ["Kontrak hanya diperpanjang sesudah penilaian kinerja yang mengusulkannya."],
        ),
    ]


def _basis(contract: Contract) -> list[str]:
    """The regulations of the identity record, and the decree that appointed the facilitator before the contract."""
    lines = [line.rstrip(";.") for line in legal_basis()]
    decree = _appointing(contract)
    if decree is not None:
        lines.append(f"{decree} tanggal {long_date(decree.dated)} tentang {decree.about}")
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def _appointing(contract: Contract) -> Decree | None:
    application = contract.facilitator.application_id
    found = Decree.objects.public().filter(recruitments__applications=application, dated__lte=contract.dated)
    return found.first() if application else None


def _fund(contract: Contract) -> str:
    years = range(contract.starts.year, contract.ends.year + 1)
    words = said("Honor dan biaya kontrak ini dibebankan pada Anggaran Pendapatan dan Belanja Daerah {regency}")
    return f"{words} tahun anggaran {enumerated([str(year) for year in years])}."


def _places(contract: Contract) -> str:
    """What was agreed: an early end, a move to another place or an extension later on does not rewrite it."""
    places = []
    for row, ends in _agreed(contract):
        first, last = long_date(max(row.starts, contract.starts)), long_date(min(ends, contract.ends))
        places.append(f"{row.place_name} sejak {first} sampai {last}")
    named = "; ".join(places) or BLANK
    return f"Tempat tugas: {named}."


def _agreed(contract: Contract) -> list[tuple[Placement, date]]:
    """Placements with the last day that each was given under ``contract``, also when another one holds them today.

    One that never began is left out, and one that took the place of what had ended early. Where it never
    had a placement: where its time was spent.
    """
    ends: dict[int, date] = {}
    for pk, last in Placement.history.filter(contract=contract).order_by("pk").values_list("id", "ends"):
        ends.setdefault(pk, last)
    every = Placement.objects.of_facilitator(contract.facilitator).order_by("starts", "pk")
    rows = list(every.filter(Q(contract=contract) | Q(pk__in=ends))) or list(
        every.overlapping(contract.starts, contract.ends)
    )
    begun = [row for row in rows if not row.never_began]
    left = [row.ended_on for row in begun if row.ended_on and row.ended_on < ends.get(row.pk, row.ends)]
    return [(row, ends.get(row.pk, row.ends)) for row in begun if not any(row.starts > day for day in left)]


def _pay(contract: Contract) -> str:
    if contract.monthly_pay is None:
        return f"Pihak Kedua menerima honor sebesar {BLANK} setiap bulan."
    return f"Pihak Kedua menerima honor sebesar {rupiah_echo(contract.monthly_pay)} setiap bulan."
