"""Which entry an activity's code means, as part of a query: the same as ``levels.written_as`` says in Python.

The places are counted in characters, because codes of activities begin with one digit and two ("2.01.03.").
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Substr, Upper

from programs.nomenclature.levels import written_as
from programs.nomenclature.models import NomenclatureEntry


def written_in_sql(code: Combinable) -> list[Combinable]:
    """How a list may have ``code``: as it is, with and without an open number of the agency, with an open function."""
    code = Upper(code)
    return [
        code,
        Concat(Substr(code, 1, 5), Value("XX"), Substr(code, 8)),
        Concat(Substr(code, 1, 5), Substr(code, 9)),
        Concat(Value("X.XX"), Substr(code, 5)),
        Concat(Value("X.XX.XX"), Substr(code, 8)),
    ]


def entry_of(version: str, code: str, level: str) -> Subquery:
    """The key of the entry for each row: the names lead to the version, code and level that the row stores as text."""
    return Subquery(_same(version, code, level).order_by("code").values("pk")[:1])


def is_unlisted(version: str, code: str, level: str) -> Combinable:
    """Whether the list has no entry for the code of a row: "belum ada di daftar"."""
    return ~Exists(_same(version, code, level))


def unlisted_among(codes: Collection[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those of (version, level, code) that their list has no entry for; one query."""
    written = {code: written_as(code.upper()) for _version, _level, code in codes}
    asked = {each for of in written.values() for each in of}
    entries = NomenclatureEntry.objects.filter(code__in=asked).order_by()
    known = set(entries.values_list("version__code", "level", "code"))
    return [
        (version, level, code)
        for version, level, code in codes
        if not any((version, level, each) in known for each in written[code])
    ]


def _same(version: str, code: str, level: str) -> QuerySet[NomenclatureEntry]:
    return NomenclatureEntry.objects.filter(
        version__code=OuterRef(version), level=OuterRef(level), code__in=written_in_sql(OuterRef(code))
    )
