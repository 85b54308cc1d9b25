"""The offices of the kecamatan as a table: each an agency, and the kecamatan that it is the office of."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from districts.regions.models import District, DistrictAlias, place_name
from p2emas.accounts.models import Agency, User
from p2emas.history.records import set_author
from p2emas.imports.cells import Cell, Unfit, Values, as_text, folded, text
from p2emas.imports.kinds import Column, ImportKind, register
from p2emas.imports.offices.readers import may_keep_offices, slug
from p2emas.search.keeping import keep_words


class DistrictLookups:
    """Kecamatan by name, other name and code, with the office that each has."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def districts(self) -> dict[int, District]:
        return {each.pk: each for each in District.objects.select_related("office").order_by("name", "pk")}

    @cached_property
    def words(self) -> dict[str, int]:
        """Other names first: the present name of a kecamatan wins over somebody's old one."""
        found = {folded(place_name(name)): pk for name, pk in DistrictAlias.objects.values_list("name", "district_id")}
        found |= {folded(place_name(each.name)): pk for pk, each in self.districts.items()}
        return found | {each.code: pk for pk, each in self.districts.items()}

    @cached_property
    def other_agencies(self) -> dict[str, str]:
        """Codes of agencies that are no offices of a kecamatan."""
        rows = Agency.objects.exclude(kind=Agency.Kind.KECAMATAN).values_list("code", "short_name")
        return {code.casefold(): name for code, name in rows}


def find_district(cell: Cell, row: Values, lookups: DistrictLookups) -> int:
    found = lookups.words.get(folded(place_name(as_text(cell))))
    if found is None:
        raise Unfit(f"Kecamatan “{as_text(cell)}” tidak dikenal. Pilih dari daftar.")
    return found


def _district_word(value: Any, lookups: DistrictLookups) -> str:
    return lookups.districts[value].name if value in lookups.districts else ""


@register
class DistrictOfficeKind(ImportKind):
    """By the code of the office. A kecamatan without an office comes in the template with its name alone."""

    code = "kantor-kecamatan"
    title = "Kantor kecamatan"
    intro = "Kantor camat tiap kecamatan: menjadi perangkat daerah dan langsung tersambung ke kecamatannya."
    model = Agency
    once = ("district",)
    columns = (
        Column(
            "Kecamatan", "district", find_district, "Nama kecamatan atau kode Kemendagri.", words=_district_word,
            options=lambda lookups: [each.name for each in lookups.districts.values()], width=26,
            also=("Kec", "Nama kecamatan", "Wilayah"),
        ),
        Column(
            "Kode kantor", "code", slug(30), "Kode pendek untuk alamat, misalnya kec-kelam. Kosong: baris dilewati.",
            key=True, required=False, default="", width=20, also=("Kode", "Kode SKPD", "Kode perangkat daerah"),
        ),
        Column(
            "Nama kantor", "name", text(160), "Misalnya Kecamatan Kelam Permai. Kosong: “Kecamatan” dan namanya.",
            required=False, default="", width=36, also=("Nama", "Nama SKPD", "Nama perangkat daerah"),
        ),
        Column(
            "Nama pendek", "short_name", text(60), "Misalnya Kec. Kelam Permai. Kosong: “Kec.” dan namanya.",
            required=False, default="", width=26, also=("Singkatan",),
        ),
    )  # fmt: skip

    def may(self, user: User) -> bool:
        return may_keep_offices(user)

    def lookups(self, user: User) -> DistrictLookups:
        return DistrictLookups(user)

    def owned(self, user: User):
        return Agency.objects.for_user(user).filter(kind=Agency.Kind.KECAMATAN)

    def skip_reason(self, values: Values, found: bool) -> str:
        return "" if values["code"] else "Kode kantor kosong."

    def identity(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Rows without a code are many, and none is the other."""
        return (folded(values["code"]),) if values["code"] else ("", values["district"])

    def label(self, values: Mapping[str, Any], lookups: DistrictLookups) -> str:
        return f"Kecamatan {_district_word(values['district'], lookups)} ({values['code'] or 'belum ada kode'})"

    def check(self, values: Values, lookups: DistrictLookups) -> None:
        if values["code"].casefold() in lookups.other_agencies:
            other = lookups.other_agencies[values["code"].casefold()]
            raise Unfit(f"Kolom “Kode kantor”: kode ini dipakai {other}. Tulis kode lain.")
        name = _district_word(values["district"], lookups)
        values["name"] = values["name"] or f"Kecamatan {name}"[:160]
        values["short_name"] = values["short_name"] or f"Kec. {name}"[:60]

    def refusal(self, values: Values, lookups: DistrictLookups) -> str:
        office = lookups.districts[values["district"]].office
        if values["code"] and office is not None and office.code.casefold() != values["code"].casefold():
            district = lookups.districts[values["district"]].name
            return f"Kecamatan {district} sudah berkantor {office} ({office.code}). Ganti kodenya, atau ubah di Kelola."
        return ""

    def create(self, rows: Sequence[Values], actor: User) -> None:
        super().create([{**values, "kind": Agency.Kind.KECAMATAN} for values in rows], actor)
        self._link({values["code"]: values["district"] for values in rows}, actor)

    def change(self, changes: Mapping[int, Values], actor: User) -> None:
        offices = {each.pk: each for each in Agency.objects.select_for_update(no_key=True).filter(pk__in=list(changes))}
        for pk, office in offices.items():
            office.name, office.short_name = changes[pk]["name"], changes[pk]["short_name"]
            set_author(office, actor)
            office.save()
        keep_words(Agency, offices)
        wanted = {office.code: changes[pk]["district"] for pk, office in offices.items()}
        self._unlink([pk for pk, office in offices.items() if self._moves(office, changes[pk])], actor)
        self._link(wanted, actor)

    @staticmethod
    def _moves(office: Agency, values: Values) -> bool:
        return not District.objects.filter(office=office, pk=values["district"]).exists()

    def remove(self, keys: Sequence[int], actor: User) -> None:
        self._unlink(keys, actor)
        super().remove(keys, actor)

    def _unlink(self, offices: Sequence[int], actor: User) -> None:
        for district in District.objects.select_for_update(no_key=True).filter(office__in=list(offices)):
            _set_office(district, None, actor)

    def _link(self, wanted: Mapping[str, int | None], actor: User) -> None:
        offices = {each.code: each for each in Agency.objects.filter(code__in=list(wanted))}
        keys = {pk: code for code, pk in wanted.items() if pk is not None}
        for district in District.objects.select_for_update(no_key=True).filter(pk__in=list(keys)):
            if district.office_id != offices[keys[district.pk]].pk:
                _set_office(district, offices[keys[district.pk]], actor)

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: DistrictLookups) -> list[list[Any]]:
        return [
            [each.name, *([each.office.code, each.office.name, each.office.short_name] if each.office else [None] * 3)]
            for each in lookups.districts.values()
        ]


def _set_office(district: District, office: Agency | None, actor: User) -> None:
    district.office = office
    set_author(district, actor)
    district.save()
