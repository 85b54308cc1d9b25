"""What of who we are is still empty or an example: the administrator's first page and ``check --deploy`` name it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, Expression, OuterRef, QuerySet, Subquery

from p2emas.accounts.models import Agency, Official
from p2emas.identity.models import ONLY, Identity

EXAMPLE = "(contoh)"
_read: dict[str, Callable[[], Expression | Subquery]] = {}
_say: list[Callable[[Any], Iterator[str]]] = []


def add_gap(read: dict[str, Callable[[], Expression | Subquery]], say: Callable[[Any], Iterator[str]]) -> None:
    """What a room above misses: ``read`` is asked in the same query and set on the record that ``say`` judges."""
    _read.update(read)
    _say.append(say)


def gaps() -> list[str]:
    """One sentence for each thing that is missing or invented, the most needed first; asked in one query."""
    signers = Official.objects.standing().filter(agency=OuterRef("lead_agency"))
    odd = Agency.objects.filter(kind=Agency.Kind.KECAMATAN, member_from__isnull=False, member_until=None)
    added = {name: expression() for name, expression in _read.items()}
    asked = _stored().annotate(can_sign=Exists(signers), owes=Subquery(odd.values("short_name")[:1]), **added)
    ours = asked.first()
    if ours is None:
        return [*_unfilled(Identity())]
    of_others = [sentence for say in _say for sentence in say(ours)]
    rest = [*_without_signer(ours, can_sign=ours.can_sign), *_member_that_owes(ours.owes)]
    return [*of_others, *_unfilled(ours), *_examples(ours), *rest]


def identity() -> Identity:
    return _stored().first() or Identity()


def _stored() -> QuerySet[Identity]:
    return Identity.objects.select_related("lead_agency").defer(*Identity.EMBLEMS).filter(pk=ONLY)


def _unfilled(ours: Identity) -> Iterator[str]:
    needed = {
        "name": "Nama daerah belum diisi.",
        "lead_agency": "Kantor pengelola belum dipilih: sebelum itu tidak ada koordinator yang dapat ditugaskan.",
        "province": "Provinsi belum diisi; ia tertulis di kepala keputusan.",
        "seat": "Ibu kota belum diisi; keputusan dan kontrak ditetapkan di sana.",
        "phones": "Telepon belum diisi; setiap halaman menyebutnya untuk yang butuh bantuan.",
        "address": "Alamat kantor belum diisi; ia tertulis di kop surat.",
    }
    yield from (sentence for name, sentence in needed.items() if not getattr(ours, name))


def _examples(ours: Identity) -> Iterator[str]:
    for field in Identity._meta.concrete_fields:
        value = "" if field.name in Identity.EMBLEMS else getattr(ours, field.attname)
        if isinstance(value, str) and EXAMPLE in value.lower():
            yield f"{field.verbose_name.capitalize()} masih contoh: {value}."
    if ours.lead_agency and ours.lead_agency.is_sample:
        yield f"Kantor pengelola {ours.lead_agency} masih ditandai data contoh."


def _without_signer(ours: Identity, *, can_sign: bool) -> Iterator[str]:
    if ours.lead_agency and not can_sign:
        yield f"Belum ada pejabat {ours.lead_agency} yang dapat menandatangani. Tambahkan di Kelola, Pejabat."


def _member_that_owes(name: str | None) -> Iterator[str]:
    if name:
        yield f"{name} tercatat sebagai anggota program, jadi ditagih laporan triwulan. Kosongkan tanggalnya."
