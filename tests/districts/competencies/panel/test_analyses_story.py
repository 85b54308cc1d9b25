"""Crops by the ton, cattle by the head and weaving by its weavers in one determination, from the figures to the decree."""

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.competencies.result.replaying import replay_result
from districts.locations.decrees.services import enact_decree
from tests.decree_texts import ready
from tests.factories import DecreeFactory, DecreeItemFactory, MinutesFactory
from tests.filled import page_form
from tests.markup import squeezed
from tests.reader import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
MARKS = {"lada": "3", "sapi": "4", "tenun": "5"}
SMALLER = {"lada": "2", "sapi": "2", "tenun": "4"}


def address(name, record, *more):
    return reverse(f"competencies:{name}", args=[record.pk, *more])


def test_weaving_is_ranked_beside_crops_and_cattle(client_as, counted):
    coordinator = Reader(client_as("coordinator"))
    assessors = [client_as("panelist") for _ in range(2)]
    record = opened(coordinator, counted)
    picked(coordinator, record, counted, assessors)

    coordinator.read(address("criteria-inapplicable", record))
    tenun = record.options.get(commodity=counted.goods["tenun"])
    growth = record.criteria.get(figure="DLQ")
    coordinator.send(having="version", **{f"alasan-{tenun.pk}-{growth.pk}": "Perajin baru dihitung satu kali."})
    page = squeezed(coordinator.html)
    assert "Produksi (ton); Populasi (ekor); Tenaga kerja (orang)" in page
    coordinator.send(having="seen")  # opens the scoring
    for client, marks in zip(assessors, (MARKS, SMALLER), strict=True):
        scored(client, record, marks)
    coordinator.read(address("discuss", record))
    coordinator.send(having="seen")  # closes it and leads to the discussion
    assert "Peringkat 1, skor" in squeezed(coordinator.html)
    coordinator.send(
        having="chosen",
        chosen=str(counted.goods["tenun"].pk),
        reason="Menenun diwariskan turun-temurun.",
        sources="Hitungan 2014 sampai 2016.",
        minutes=str(MinutesFactory().pk),
    )
    coordinator.send(having="seen")  # submits
    head = Reader(client_as("coordinator_head"))
    head.read(address("determination-step", record, "decide"))
    head.send(having="seen")
    decree = DecreeFactory(draft=True, number="1", dated="2017-07-27", valid_from="2017-07-27")
    DecreeItemFactory(decree=decree, village=None, determination=record)
    enact_decree(decree=ready(decree), seen="DRAFT", actor=head.client.user)

    assert CoreCompetency.objects.get().commodity == counted.goods["tenun"]
    the_public_reads_it(client_as("anonymous"), record)


def opened(desk, counted):
    """By tons; then two more analyses, and the first is kept to its sector."""
    desk.read(
        reverse("competencies:panel-open") + f"?kecamatan={counted.district.code}&ukuran=TON&sejak=2014&sampai=2016"
    )
    desk.send(having="first_year", year="2017")
    record = CompetencyDetermination.objects.get()
    for name, measure, sector in (("Ternak", "EKOR", "peternakan"), ("Kerajinan", "WORKERS", "kerajinan")):
        desk.read(address("analysis-add", record))
        desk.send(having="measure", name=name, measure=measure, sector=sector)
    crops = record.analyses.get(measure="TON")
    desk.read(address("analysis-edit", record, crops.pk))
    desk.send(having="measure", name="Kebun", sector="perkebunan")
    return record


def picked(desk, record, counted, assessors):
    """One option of each analysis; lada and karet were suggested."""
    boxes = {str(row.measure): row.pk for row in record.analyses.all()}
    goods = {"TON": "lada", "EKOR": "sapi", "WORKERS": "tenun"}
    ticked = [("options", f"{boxes[measure]}-{counted.goods[name].pk}") for measure, name in goods.items()]
    form = page_form(desk.html, having="options")
    data: dict[str, list[str]] = {}
    people = [("people", str(client.user.pk)) for client in assessors]
    for key, value in [*(pair for pair in form.fields if pair[0] != "options"), *ticked, *people]:
        data.setdefault(key, []).append(value)
    answer = desk.client.post(desk.url, data)
    assert answer.status_code == 302, answer.content.decode()
    assert {(str(row), str(row.analysis)) for row in record.options.all()} == {
        ("lada", "Kebun"), ("sapi", "Ternak"), ("tenun", "Kerajinan")
    }  # fmt: skip


def scored(client, record, marks):
    sheet = Reader(client)
    sheet.read(address("score", record))
    names = {str(option.pk): str(option) for option in record.options.all()}
    form = page_form(sheet.html, having="note")
    scores = {name: marks[names[name.rpartition("-")[2]]] for name in form.names if name.startswith("nilai-")}
    sheet.send(having="note", **scores)


def the_public_reads_it(visitor, record):
    page = squeezed(visitor.get(address("result", record)).text)
    for told in ("Tenun di peringkat 1", "Kebun, ton", "Ternak, ekor", "Kerajinan, orang", "Paling buruk",
                 "kriteria “Pemusatan yang menguat” tidak berlaku. Alasannya: Perajin baru dihitung satu kali.",
                 "Kerajinan: Tenaga kerja (orang), sektor kerajinan, 2 komoditas"):  # fmt: skip
        assert told in page, told
    stored = CompetencyDetermination.objects.get(pk=record.pk)
    ranks = {row["name"]: row["rank"] for row in stored.results["rows"]}
    assert ranks["tenun"] == 1 and set(ranks.values()) == {1, 2, 3}
    again = replay_result(stored)
    assert again.is_same and not again.changed  # to 1e-9
    assert "Hasil hitung ulang sama" in squeezed(visitor.get(address("replay", record)).text)
