"""Agencies, officials, calendar and accounts of the demo. Agencies named in public are real; the rest are marked."""

from dataclasses import dataclass
from datetime import date

from districts.regions.models import District
from p2emas import naming
from p2emas.accounts.models import Agency, Assignment, Holiday, Official, User
from p2emas.accounts.roles import Role
from p2emas.identity.models import ONLY, Identity
from p2emas.management.demo.emblem import placeholder

PASSWORD = "demo-sintang"  # noqa: S105 - printed on the sign-in page of the demo
START = date(2017, 3, 29)  # the first coordination meeting

# The ten agencies of the programme from its start, the lead among them: code, name, short name, kind, named in public
MEMBERS = [
    ("bappeda", "Badan Perencanaan Pembangunan Daerah", "Bappeda", "BADAN", True),
    ("dpmpd", "Dinas Pemberdayaan Masyarakat dan Pemerintahan Desa", "DPMPD", "DINAS", True),
    ("distanbun", "Dinas Pertanian dan Perkebunan", "Pertanian dan Perkebunan", "DINAS", True),
    ("dkpp", "Dinas Ketahanan Pangan dan Perikanan", "Ketahanan Pangan dan Perikanan", "DINAS", True),
    ("disperindagkop", "Dinas Perindustrian, Perdagangan, Koperasi dan UKM", "Perindagkop UKM", "DINAS", True),
    ("disdikbud", "Dinas Pendidikan dan Kebudayaan", "Pendidikan dan Kebudayaan", "DINAS", True),
    ("dpmptsp", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP", "DINAS", True),
    ("dpupr", "Dinas Pekerjaan Umum (contoh)", "Pekerjaan Umum (contoh)", "DINAS", False),
    ("dinkes", "Dinas Kesehatan (contoh)", "Kesehatan (contoh)", "DINAS", False),
    ("dlh", "Dinas Lingkungan Hidup (contoh)", "Lingkungan Hidup (contoh)", "DINAS", False),
]
OTHERS = [
    ("setda", "Sekretariat Daerah Kabupaten Sintang", "Sekretariat Daerah", "SEKRETARIAT", True),
    ("inspektorat", "Inspektorat Kabupaten Sintang", "Inspektorat", "INSPEKTORAT", True),
]
# National holidays and collective leave of 2017-2019 (joint decrees of three ministers); weekends need no row.
HOLIDAYS = {
    "2017-01-02": "Cuti bersama Tahun Baru", "2017-03-28": "Hari Raya Nyepi", "2017-04-14": "Wafat Isa Almasih",
    "2017-04-24": "Isra Mikraj", "2017-05-01": "Hari Buruh", "2017-05-11": "Hari Raya Waisak",
    "2017-05-25": "Kenaikan Isa Almasih", "2017-06-01": "Hari Lahir Pancasila", "2017-06-23": "Cuti bersama Idulfitri",
    "2017-06-26": "Idulfitri", "2017-06-27": "Cuti bersama Idulfitri", "2017-06-28": "Cuti bersama Idulfitri",
    "2017-06-29": "Cuti bersama Idulfitri", "2017-06-30": "Cuti bersama Idulfitri", "2017-08-17": "Hari Kemerdekaan",
    "2017-09-01": "Iduladha", "2017-09-21": "Tahun Baru Islam", "2017-12-01": "Maulid Nabi",
    "2017-12-25": "Hari Raya Natal", "2017-12-26": "Cuti bersama Natal",
    "2018-01-01": "Tahun Baru", "2018-02-16": "Tahun Baru Imlek", "2018-03-30": "Wafat Isa Almasih",
    "2018-05-01": "Hari Buruh", "2018-05-10": "Kenaikan Isa Almasih", "2018-05-29": "Hari Raya Waisak",
    "2018-06-01": "Hari Lahir Pancasila", "2018-06-11": "Cuti bersama Idulfitri", "2018-06-12": "Cuti bersama Idulfitri",
    "2018-06-13": "Cuti bersama Idulfitri", "2018-06-14": "Cuti bersama Idulfitri", "2018-06-15": "Idulfitri",
    "2018-06-18": "Cuti bersama Idulfitri", "2018-06-19": "Cuti bersama Idulfitri", "2018-06-20": "Cuti bersama Idulfitri",
    "2018-06-27": "Pemilihan kepala daerah",
    "2018-08-17": "Hari Kemerdekaan", "2018-08-22": "Iduladha", "2018-09-11": "Tahun Baru Islam",
    "2018-11-20": "Maulid Nabi", "2018-12-24": "Cuti bersama Natal", "2018-12-25": "Hari Raya Natal",
    "2019-01-01": "Tahun Baru", "2019-02-05": "Tahun Baru Imlek", "2019-03-07": "Hari Raya Nyepi",
    "2019-04-03": "Isra Mikraj", "2019-04-17": "Pemilihan umum", "2019-04-19": "Wafat Isa Almasih",
    "2019-05-01": "Hari Buruh", "2019-05-30": "Kenaikan Isa Almasih", "2019-06-03": "Cuti bersama Idulfitri",
    "2019-06-04": "Cuti bersama Idulfitri", "2019-06-05": "Idulfitri", "2019-06-06": "Idulfitri",
    "2019-06-07": "Cuti bersama Idulfitri", "2019-12-24": "Cuti bersama Natal", "2019-12-25": "Hari Raya Natal",
    "2020-01-01": "Tahun Baru",
}  # fmt: skip

# user name = role code (the second operator has a number), role, agency code
ACCOUNTS = [
    ("coordinator", Role.COORDINATOR, "bappeda", "Koordinator BAPPEDA (contoh)"),
    ("coordinator_head", Role.COORDINATOR_HEAD, "bappeda", "Kepala BAPPEDA (contoh)"),
    ("leader", Role.LEADER, "setda", "Pimpinan daerah (contoh)"),
    ("agency_operator", Role.AGENCY_OPERATOR, "distanbun", "Operator Pertanian dan Perkebunan (contoh)"),
    ("agency_operator_2", Role.AGENCY_OPERATOR, "dkpp", "Operator Ketahanan Pangan dan Perikanan (contoh)"),
    ("agency_head", Role.AGENCY_HEAD, "distanbun", "Kepala Dinas Pertanian dan Perkebunan (contoh)"),
    ("panelist", Role.PANELIST, "bappeda", "Panelis (contoh)"),
    ("auditor", Role.AUDITOR, "inspektorat", "Auditor Inspektorat (contoh)"),
]


@dataclass(frozen=True)
class Cast:
    """Who acts in the demo."""

    agencies: dict[str, Agency]
    coordinator: User
    head: User
    operators: dict[str, User]  # by agency code
    assessors: list[User]  # who score the competencies of 2017
    proposers: dict[str, User]  # by the last two digits of the kecamatan that proposes


def invented(name: str) -> str:
    """The name of somebody who does not exist, marked once even where an office in it is marked too."""
    return f"{name.replace(' (contoh)', '')} (contoh)"


def _agency(code: str, name: str, short: str, kind: str, real: bool, *, member: bool) -> Agency:
    return Agency.objects.create(
        code=code, name=name, short_name=short, kind=kind, member_from=START if member else None, is_sample=not real
    )


def _user(username: str, name: str, role: Role, agency: Agency, *, password: str | None) -> User:
    user = User.objects.create_user(
        username, password, name=name, email=f"{username.replace('_', '-')}@sintang.example"
    )
    Assignment.objects.create(user=user, agency=agency, role=role, valid_from=START)
    return user


def make_people() -> Cast:
    """Create agencies, officials, holidays and accounts; regions must be there already."""
    agencies = _agencies()
    say_who(agencies["bappeda"])
    for code, name, *_rest in MEMBERS:
        Official.objects.create(
            agency=agencies[code],
            name=invented(f"Pejabat {agencies[code].short_name}"),
            rank="Pembina Utama Muda",
            title="Kepala Badan" if name.startswith("Badan") else "Kepala Dinas",
            valid_from=START,
            is_sample=True,
        )
    for day, holiday in HOLIDAYS.items():
        Holiday.objects.create(date=date.fromisoformat(day), name=holiday)
    return _accounts(agencies)


LEGAL_BASIS = (  # as it was in 2017 and on the demo's day
    "Undang-Undang Nomor 27 Tahun 1959 tentang Penetapan Undang-Undang Darurat Nomor 3 Tahun 1953 tentang Pembentukan "
    "Daerah Tingkat II di Kalimantan sebagai Undang-Undang;",
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa;",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah, terakhir "
    "dengan Undang-Undang Nomor 9 Tahun 2015;",
)


def say_who(lead: Agency) -> None:
    """Who runs the demo, as it is known in public; the numbers are invented and say so."""
    identity = Identity.objects.get_or_create(pk=ONLY)[0]
    identity.kind, identity.name, identity.seat = Identity.Kind.REGENCY, "Sintang", "Sintang"
    identity.province, identity.lead_agency = "Kalimantan Barat", lead
    identity.phones = "Telepon dan WhatsApp (0565) 000-000 (contoh)"
    identity.opening_hours = "hari kerja 07.30–15.30"
    identity.legal_basis = "\n".join(LEGAL_BASIS)
    identity.emblem_of_head = identity.emblem_of_office = placeholder()
    identity.save()
    naming.forget()


def _agencies() -> dict[str, Agency]:
    """By code: members of the team, others of the regency, and the office of each kecamatan."""
    agencies = {row[0]: _agency(*row, member=True) for row in MEMBERS}
    agencies |= {row[0]: _agency(*row, member=False) for row in OTHERS}
    for district in District.objects.all():
        office = _agency(
            f"kec-{district.short_code}", f"Kantor Camat {district.name}", f"Kec. {district.name}", "KECAMATAN", True,
            member=False,
        )  # fmt: skip
        district.office = office
        district.save()
        agencies[office.code] = office
    return agencies


def _accounts(agencies: dict[str, Agency]) -> Cast:
    users = {
        username: _user(username, name, role, agencies[code], password=PASSWORD)
        for username, role, code, name in ACCOUNTS
    }
    camat = _user(
        "district_admin",
        "Admin Kecamatan Kelam Permai (contoh)",
        Role.DISTRICT_ADMIN,
        agencies["kec-19"],
        password=PASSWORD,
    )
    others = [
        _user(f"penilai-{number}", f"Penilai {number} (contoh)", Role.PANELIST, agencies["bappeda"], password=None)
        for number in (2, 3)
    ]
    User.objects.create_user(
        "facilitator", PASSWORD, name="Pendamping Ensaid Panjang (contoh)"
    )  # placed by postings.post
    User.objects.create_superuser("admin", PASSWORD, name="Pengelola sistem (contoh)")
    operators = {"distanbun": users["agency_operator"], "dkpp": users["agency_operator_2"]}
    for code, *_rest in MEMBERS:
        if code not in operators:
            name = invented(f"Operator {agencies[code].short_name}")
            operators[code] = _user(f"operator-{code}", name, Role.AGENCY_OPERATOR, agencies[code], password=None)
    assessors = [users["panelist"], *others]
    return Cast(agencies, users["coordinator"], users["coordinator_head"], operators, assessors, {"19": camat})
