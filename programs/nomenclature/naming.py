"""Names come with the code: what a form of an activity fills in, and where it contradicts the list."""

from typing import Any

from django import forms

from programs.nomenclature.checking import CodeCheck, check_code, programme_of
from programs.nomenclature.models import NomenclatureEntry, NomenclatureEntryQuerySet
from programs.nomenclature.versions import NomenclatureVersion


def entries_offered(year: int, level: str) -> NomenclatureEntryQuerySet:
    """Entries of the newest list for the budget of ``year``, at the level of activities."""
    newest = NomenclatureVersion.objects.in_force(year).values("pk")[:1]
    return NomenclatureEntry.objects.filter(version__in=newest, level=level).order_by("code")


def take_from_list(
    form: forms.BaseForm, data: dict[str, Any], *, year: int, code: str, name: str, programme: str, entry: str
) -> CodeCheck | None:
    """Fill what is empty in ``data`` from the list, and say what contradicts it; the words name the form's fields."""
    chosen = data.get(entry)
    if chosen and not data.get(code):
        data[code] = chosen.code
    if not data.get(code):
        return None
    check = check_code(data[code], year, name=data.get(name) or "")
    if check.refused:
        form.add_error(code, check.sentence)
    elif chosen and check.entry != chosen:
        form.add_error(code, f"Kode {data[code]} bukan kode yang dipilih, {chosen}. Kosongkan salah satunya")
    elif check.entry:
        _take_names(form, data, check, name, programme)
    return check


def _take_names(form: forms.BaseForm, data: dict[str, Any], check: CodeCheck, name: str, programme: str) -> None:
    found = check.entry
    if found is None:
        return
    typed = " ".join((data.get(name) or "").split())
    if not typed:
        data[name] = found.name[:200]
    elif check.version.is_whole and typed.casefold() != found.name[:200].casefold():
        form.add_error(name, f"Menurut {check.version}, kode {found.code} bernama “{found.name}”. Kosongkan nama ini")
    if not data.get(programme):
        data[programme] = programme_of(found)[:200]
