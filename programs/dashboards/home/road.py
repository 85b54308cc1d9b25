"""What waits on the road from what was talked over to the decree that sets it in force."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.locations.decrees.amending import offer_for
from districts.locations.rounds.models import SelectionRound
from p2emas.documents.models import Decree
from p2emas.instruments.models import Minutes
from programs.dashboards.home.task import MOST, Waiting


def road_tasks() -> Iterator[Waiting]:
    """For coordinators, in the order of the road."""
    talked = CompetencyDetermination.objects.filter(status=CompetencyDetermination.Status.DISCUSSED)
    scored = SelectionRound.objects.filter(status=SelectionRound.Status.SCORING)
    yield Waiting(
        _counted(talked, scored),
        "Keputusan belum diajukan",
        "Sudah dibahas atau dinilai; lengkapi berita acara, lalu ajukan kepada kepala.",
        reverse("locations:decisions"),
        "Lihat",
    )
    yield Waiting(
        _counted(Minutes.objects.filter(status=Minutes.Status.DRAFT)),
        "Berita acara belum ditandatangani",
        "SK yang melaksanakannya baru dapat berlaku sesudah itu.",
        f"{reverse('instruments:minutes-list')}?status=konsep",
        "Buka konsep",
    )
    offer = offer_for(None)
    yield Waiting(
        _counted(offer.determination, offer.candidate, offer.recruitment),
        "Siap dibuatkan SK",
        "Sudah diputuskan, belum ada pada konsep SK mana pun.",
        reverse("profiles:decree-ready"),
        "Buat konsep",
    )
    yield Waiting(
        _counted(Decree.objects.drafts()),
        "SK masih konsep",
        "Belum berlaku.",
        f"{reverse('profiles:decree-list')}?status=konsep",
        "Buka konsep",
    )


def _counted(first: QuerySet, *others: QuerySet) -> int:
    """How many there are, counted no further than the page says; in one statement."""
    keys = [rows.order_by().values_list("pk") for rows in (first, *others)]
    return len(keys[0].union(*keys[1:], all=True)[: MOST + 1])
