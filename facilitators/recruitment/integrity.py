"""Whether sealed numbers open and are found again, and whether results and people belong together."""

from collections.abc import Iterator

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.privacy.sealing import SealBroken, fingerprint, unseal


def sealed_numbers() -> Iterator[str]:
    """A sealed NIK opens with a key of this installation; fingerprint and last digits are its own."""
    rows = Application.objects.exclude(nik_sealed="").order_by("pk")
    for row in rows.only("pk", "nik_sealed", "nik_fingerprint", "nik_last4").iterator(chunk_size=500):
        try:
            nik = unseal(row.nik_sealed)
        except SealBroken:
            yield f"NIK lamaran {row.pk} tidak dapat dibuka dengan kunci yang ada."
            continue
        if row.nik_last4 != nik[-4:]:
            yield f"Empat angka terakhir NIK lamaran {row.pk} bukan miliknya."
        if row.nik_fingerprint != fingerprint(nik):
            yield f"Sidik NIK lamaran {row.pk} bukan miliknya. Jalankan `manage.py reseal`."


def erased() -> Iterator[str]:
    """What was erased stays erased."""
    rows = Application.objects.exclude(erased_at=None).exclude(name="", phone="", email="", nik_sealed="")
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"Lamaran {pk} tercatat dihapus, padahal masih memuat data pribadi."


def accepted() -> Iterator[str]:
    """After the announcement everybody accepted is a facilitator, and no place holds more people than it has."""
    announced = RecruitmentRound.objects.filter(status=RecruitmentRound.Status.ANNOUNCED)
    for row in Application.objects.accepted().filter(round__in=announced, facilitator=None).order_by("pk"):
        yield f"Lamaran {row} diterima dan diumumkan, tetapi belum menjadi pendamping."
    for record in announced.order_by("pk"):
        for place in record.places.select_related("target_location__village"):
            if (taken := place.applications.accepted().count()) > place.number:
                where = f"Formasi {place} di tahap seleksi {record.code}"
                yield f"{where} terisi {taken} orang, lebih dari yang dicari."
