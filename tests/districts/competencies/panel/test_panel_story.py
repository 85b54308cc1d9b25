"""A determination from the figures to the decree, each person on their own pages, and what each must not see."""

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.decrees.services import enact_decree
from tests.decree_texts import ready
from tests.factories import DecreeFactory, DecreeItemFactory, MinutesFactory
from tests.filled import page_form
from tests.markup import squeezed
from tests.reader import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
PAGES = 8


def test_determination_from_figures_to_decree(client_as, evidence):
    coordinator = Reader(client_as("coordinator"))
    assessors = [client_as("panelist") for _ in range(3)]
    people = [("people", str(client.user.pk)) for client in assessors]

    coordinator.read(
        reverse("competencies:panel-open")
        + f"?kecamatan={evidence.district.code}&ukuran=HECTARE&sejak=2014&sampai=2016"
    )
    coordinator.send(having="first_year", year="2017")
    craft = {"kerajinan-0-commodity": str(evidence.tenun.pk), "kerajinan-0-note": "Turun-temurun."}
    coordinator.send(having="options", add=people, **craft)
    coordinator.send(having="seen")  # opens the scoring and leads to the progress of the panel
    assert "0 dari 3 penilai selesai" in squeezed(coordinator.html)
    record = CompetencyDetermination.objects.get()
    assert {option.commodity.name for option in record.options.all()} == {"lada", "karet", "tenun"}

    for number, client in enumerate(assessors):
        assert "Nilai kompetensi inti" in squeezed(client.get("/beranda/").text)
        sheet = Reader(client)
        sheet.read(reverse("competencies:score", args=[record.pk]))
        form = page_form(sheet.html, having="note")
        marks = {"lada": "543"[number], "karet": "223"[number], "tenun": "434"[number]}
        names = {str(option.pk): option.commodity.name for option in record.options.all()}
        scores = {name: marks[names[name.rpartition("-")[2]]] for name in form.names if name.startswith("nilai-")}
        sheet.send(having="note", **scores)
        assert "Nilai Anda lengkap dan terkunci" in squeezed(sheet.html)

    coordinator.read(reverse("competencies:discuss", args=[record.pk]))
    assert "3 dari 3 penilai selesai" in squeezed(coordinator.html)
    coordinator.send(having="seen")  # closes the scoring and leads to the discussion
    assert "Lada di peringkat 1" in squeezed(coordinator.html)
    coordinator.send(
        having="chosen",
        chosen=str(evidence.tenun.pk),
        reason="Menenun diwariskan turun-temurun.",
        dissent="Satu penilai memilih lada.",
        sources="Hitungan 2014 sampai 2016.",
        minutes=str(MinutesFactory().pk),
    )
    assert "belum lengkap angkanya. Peringkat 1: lada." in squeezed(coordinator.html)
    coordinator.send(having="seen")  # submits
    assert coordinator.pages <= PAGES
    record = CompetencyDetermination.objects.get()
    assert (record.status, record.submitted_by) == ("SUBMITTED", coordinator.client.user)

    head = Reader(client_as("coordinator_head"))
    head.read(reverse("competencies:determination-step", args=[record.pk, "decide"]))
    assert "belum lengkap angkanya. Peringkat 1: lada." in squeezed(head.html)
    head.send(having="seen")
    decree = DecreeFactory(draft=True, number="1", dated="2017-07-27", valid_from="2017-07-27")
    DecreeItemFactory(decree=decree, village=None, determination=record)
    result = reverse("competencies:result", args=[record.pk])
    assert client_as("anonymous").get(result).status_code == 404
    enact_decree(decree=ready(decree), seen="DRAFT", actor=head.client.user)

    assert CoreCompetency.objects.get().commodity == evidence.tenun
    public = squeezed(client_as("anonymous").get(result).text)
    assert "3 penilai" in public
    assert not [client.user.name for client in assessors if client.user.name in public]
    again = squeezed(client_as("anonymous").get(reverse("competencies:replay", args=[record.pk])).text)
    assert "Hasil hitung ulang sama" in again
    assert "Tidak ada angka yang berubah sejak itu" in again
