"""The work contract on paper, with what the record says of it; what is not recorded stays a line to write on."""

from django.conf import settings
from django.utils.translation import gettext as _

from facilitators.placements.models import Contract, Placement
from p2emas.documents.papers import Agreement, Section, Signer, date_in_words
from p2emas.ui.formats import long_date, rupiah_echo

BLANK = "................................................"


def contract_text(contract: Contract) -> Agreement:
    person = contract.facilitator
    return Agreement(
        about=_("pendamping desa P2-EMAS"),
        number=contract.number,
        dated=contract.dated,
        place=settings.REGENCY_NAME.split(" ", 1)[-1],
        opening=_("Pada hari ini, %s, kami yang bertanda tangan di bawah ini mengikat kontrak kerja:")
        % date_in_words(contract.dated),
        parties=[
            (_("Pihak Pertama"), f"{contract.signer_name}, {contract.signer_title}"),
            (_("Pihak Kedua"), f"{person.name}, {_home(contract)}"),
        ],
        articles=_articles(contract),
        signers=[
            Signer(_("Pihak Pertama,"), contract.signer_title, contract.signer_name, nip=contract.signer_nip),
            Signer(_("Pihak Kedua,"), _("Pendamping"), person.name),
        ],
        is_sample=contract.is_sample,
    )


def _home(contract: Contract) -> str:
    village, district = contract.facilitator.home_village, contract.facilitator.home_district
    if village:
        words = {"kind": village.get_kind_display(), "village": village, "district": village.district}
        return _("berdomisili di %(kind)s %(village)s, Kecamatan %(district)s") % words
    return _("berdomisili di %s") % (_("Kecamatan %s") % district if district else BLANK)


def _articles(contract: Contract) -> list[Section]:
    period = {"from": long_date(contract.starts), "until": long_date(contract.ends)}
    return [
        Section(
            _("Pasal 1: Tugas"),
            [
                _(
                    "Pihak Kedua mendampingi kelompok di tempat tugasnya: memotivasi, mengikuti perkembangannya, "
                    "mencatatnya dalam laporan lapangan, dan menyampaikan kendala kepada Pihak Pertama."
                ),
                _places(contract),
            ],
        ),
        Section(_("Pasal 2: Jangka waktu"), [_("Kontrak ini berlaku sejak %(from)s sampai %(until)s.") % period]),
        Section(_("Pasal 3: Honor"), [_pay(contract)]),
        Section(
            _("Pasal 4: Serah terima"),
            [
                _(
                    "Bila tugasnya berakhir atau diganti, Pihak Kedua menyerahkan secara tertulis pekerjaan yang "
                    "sedang berjalan, janji kepada kelompok, dan berkasnya kepada pengganti atau Pihak Pertama."
                )
            ],
        ),
        Section(
            _("Pasal 5: Perpanjangan"),
            [_("Kontrak hanya diperpanjang sesudah penilaian kinerja yang mengusulkannya.")],
        ),
    ]


def _places(contract: Contract) -> str:
    """Those under it; of a contract that an extension has followed: where its time was spent."""
    spent = Placement.objects.of_facilitator(contract.facilitator).overlapping(contract.starts, contract.ends)
    rows = list(contract.placements.for_table().order_by("starts", "pk")) or list(spent.order_by("starts", "pk"))
    places = [
        _("%(place)s sejak %(from)s sampai %(until)s")
        % {
            "place": row.place_name,
            "from": long_date(max(row.starts, contract.starts)),
            "until": long_date(min(row.last_day, contract.ends)),
        }
        for row in rows
        if not row.never_began
    ]
    return _("Tempat tugas: %s.") % ("; ".join(places) or BLANK)


def _pay(contract: Contract) -> str:
    if contract.monthly_pay is None:
        return _("Pihak Kedua menerima honor sebesar %s setiap bulan.") % BLANK
    return _("Pihak Kedua menerima honor sebesar %s setiap bulan.") % rupiah_echo(contract.monthly_pay)
