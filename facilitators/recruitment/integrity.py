"""Whether sealed numbers open and are found again, and whether results and people belong together."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from facilitators.recruitment.applications import Application
from facilitators.recruitment.rounds import RecruitmentRound
from p2emas.integrity import register
from p2emas.sealing import SealBroken, fingerprint, unseal


@register("NIK terkunci")
def sealed_numbers() -> Iterator[str]:
    """A sealed NIK opens with a key of this installation; fingerprint and last digits are its own."""
    rows = Application.objects.exclude(nik_sealed="").order_by("pk")
    for row in rows.only("pk", "nik_sealed", "nik_fingerprint", "nik_last4").iterator(chunk_size=500):
        try:
            nik = unseal(row.nik_sealed)
        except SealBroken:
            yield _("NIK lamaran %s tidak dapat dibuka dengan kunci yang ada.") % row.pk
            continue
        if row.nik_last4 != nik[-4:]:
            yield _("Empat angka terakhir NIK lamaran %s bukan miliknya.") % row.pk
        if row.nik_fingerprint != fingerprint(nik):
            yield _("Sidik NIK lamaran %s bukan miliknya. Jalankan `manage.py reseal`.") % row.pk


@register("Data terhapus")
def erased() -> Iterator[str]:
    """What was erased stays erased."""
    rows = Application.objects.exclude(erased_at=None).exclude(name="", phone="", email="", nik_sealed="")
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield _("Lamaran %s tercatat dihapus, padahal masih memuat data pribadi.") % pk


@register("Hasil rekrutmen")
def accepted() -> Iterator[str]:
    """After the announcement everybody accepted is a facilitator, and no place holds more people than it has."""
    announced = RecruitmentRound.objects.filter(status=RecruitmentRound.Status.ANNOUNCED)
    for row in Application.objects.accepted().filter(round__in=announced, facilitator=None).order_by("pk"):
        yield _("Lamaran %s diterima dan diumumkan, tetapi belum menjadi pendamping.") % row
    for record in announced.order_by("pk"):
        for place in record.places.select_related("target_location__village"):
            if (taken := place.applications.accepted().count()) > place.number:
                yield _("Formasi %(place)s di tahap seleksi %(round)s terisi %(n)d orang, lebih dari yang dicari.") % {
                    "place": place, "round": record.code, "n": taken,
                }  # fmt: skip
