"""After the scoring: the result in words, its discussion, what the person who decides must see, minutes, computing it again."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.panel.computing import compute
from districts.competencies.result.page import result_of
from districts.competencies.result.papers import minutes_data, minutes_of
from districts.competencies.result.replaying import replay_result
from districts.evidence.figures import ProductionFigure
from p2emas.workflow.models import StepNotAllowed
from tests.factories import AssessorSeatFactory
from tests.markup import squeezed, tight

from ..conftest import fill

pytestmark = pytest.mark.django_db


def url(record, name, **more):
    return reverse(f"competencies:{name}", kwargs={"pk": record.pk, **more})


def fresh(record):
    return CompetencyDetermination.objects.get(pk=record.pk)


def chosen(record, commodity, **fields):
    values = {
        "chosen": commodity,
        "reason": "Sudah berjalan.",
        "sources": "Hitungan.",
        "dissent": "Satu memilih karet.",
    }
    services.save_discussion(record=record, seen=record.version, fields=values | fields)
    return fresh(record)


def test_scoring_is_not_closed_while_somebody_is_missing(panel, user_as):
    fill(panel.seats[0])

    with pytest.raises(StepNotAllowed, match="Belum lengkap: nilai panelist penguji, panelist penguji"):
        services.close_scoring(panel.record, seen="SCORED", actor=user_as("coordinator"))
    assert fresh(panel.record).results is None


def test_gap_that_could_equal_the_first_is_not_said_to_stay_below_it(discussed):
    """The craft without a figure could reach exactly the score of the first, when both are at the upper goalposts."""
    record = discussed.record
    rows = record.results["rows"]
    best = max(row["score"] for row in rows if row["score"] is not None)
    next(row for row in rows if row["score"] is None)["high"] = best

    text = " ".join(result_of(record).sentences)

    assert "dapat menyamai peringkat 1" in text and "di bawah peringkat 1" not in text


def test_panel_that_had_nothing_to_score_is_not_told_to_have_more_assessors(discussed):
    record = discussed.record
    record.results["agreement"] |= {"assessors": 3, "all": None, "criteria": {}}

    assert result_of(record).agreement == ["Tidak ada kriteria yang dinilai panel."]


def test_criterion_in_which_all_options_are_alike_is_named(discussed):
    record = discussed.record
    for row in record.results["rows"]:
        if row["contributions"]:
            row["contributions"][1] = 0.125
    name = record.inputs["criteria"][1]["name"]

    said = f"Tidak membedakan pilihan, karena semua mendapat sumbangan yang sama: {name}."
    assert said in result_of(record).sentences and said in minutes_data(record).findings


def test_result_explains_itself(client_as, discussed):
    text = squeezed(client_as("coordinator").get(url(discussed.record, "result")).text)

    assert "Lada di peringkat 1" in text
    assert "Peringkat 1 tidak berubah bila bobot mana pun naik atau turun 10, 25, atau 50%." in text
    assert "Tenun belum lengkap" in text
    assert "3 penilai. Kesepakatan rata-rata panel" in text
    result = result_of(discussed.record)
    assert result.has_remarks and ">Keterangan<" in tight(text)
    whole = [row for row in result.rows if not row.missing and not row.tied]
    assert not replace(result, rows=whole).has_remarks
    for row in result.rows:
        if row.score is not None:
            assert sum(points for _value, points, _applies in row.cells) == pytest.approx(row.score)


def test_reopened_scoring_lets_everybody_close_anew(discussed, user_as):
    services.reopen_scoring(discussed.record, seen="DISCUSSED", actor=user_as("coordinator"), note="Ada salah paham.")

    record = fresh(discussed.record)
    assert (record.status, record.results, record.computed_at) == ("SCORED", None, None)
    assert not record.seats.exclude(scored_at=None).exists()
    assert record.seats.first().scores.count() == 9


def test_discussion_is_kept_and_leads_to_submitting(client_as, discussed):
    client, record = client_as("coordinator"), discussed.record
    data = {"version": record.version, "chosen": discussed.evidence.lada.pk, "reason": "Alasan.", "sources": "Sumber.",
            "discussion": "Pokok.", "dissent": "", "decided_on": "24 Juli 2017", "minutes": ""}  # fmt: skip

    response = client.post(url(record, "discussion"), data)

    assert response.url == url(record, "determination-step", step="submit")
    record = fresh(record)
    assert (record.chosen, record.discussion, str(record.decided_on)) == (
        discussed.evidence.lada,
        "Pokok.",
        "2017-07-24",
    )


@pytest.mark.parametrize(("field", "value"), [("chosen", "999999"), ("decided_on", "kapan"), ("version", "x")])
def test_wrong_discussion_is_a_sentence(client_as, discussed, field, value):
    data = {"version": discussed.record.version, "reason": "Tetap tertulis."} | {field: value}

    text = client_as("coordinator").post(url(discussed.record, "discussion"), data).content.decode()

    assert "<title>Galat: " in text
    assert "Tetap tertulis." in text


def test_discussion_and_setup_typed_while_the_state_moved_are_shown_not_lost(client_as, discussed):
    record = chosen(discussed.record, discussed.evidence.lada)
    CompetencyDetermination.objects.filter(pk=record.pk).update(status="SUBMITTED")
    coordinator = client_as("coordinator")

    late = coordinator.post(url(record, "discussion"), {"version": record.version, "reason": "Lama ditulis."})
    setup = coordinator.post(url(record, "panel-setup"), {"version": record.version})

    assert (late.status_code, "Lama ditulis." in late.content.decode(), setup.status_code) == (409, True, 409)
    for text in (late.content.decode(), setup.content.decode()):  # no way on that would be refused
        assert f'<a class="btn btn-primary" href="{record.get_absolute_url()}">' in text
        assert "tidak dapat disimpan sekarang" in text and "sebagai gantinya" not in text
    assert fresh(record).reason == "Sudah berjalan."
    assert coordinator.get(url(record, "discussion")).status_code == 403
    assert client_as("auditor").post(url(record, "discussion"), {}).status_code == 403


def test_second_saver_of_a_discussion_sees_both(client_as, discussed):
    record = chosen(discussed.record, discussed.evidence.lada, reason="Alasan pertama.")

    response = client_as("coordinator").post(
        url(record, "discussion"), {"version": record.version - 1, "reason": "Alasan kedua."}
    )

    assert response.status_code == 409
    assert "Alasan pertama." in response.content.decode()
    assert "Alasan kedua." in response.content.decode()
    assert fresh(record).reason == "Alasan pertama."


def test_result_computed_anew_makes_an_open_discussion_a_conflict(client_as, discussed, user_as):
    record, coordinator = discussed.record, user_as("coordinator")
    seen = record.version
    services.reopen_scoring(record, seen="DISCUSSED", actor=coordinator, note="Ulang.")
    for seat in fresh(record).seats.all():
        fill(seat)
    services.close_scoring(fresh(record), seen="SCORED", actor=coordinator)

    response = client_as("coordinator").post(url(record, "discussion"), {"version": seen, "reason": "Lama."})

    assert response.status_code == 409


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("lada", ""), ("karet", "berada di peringkat 2. Peringkat 1: lada."), ("tenun", "belum lengkap angkanya.")],
)
def test_whoever_decides_sees_when_another_was_chosen(client_as, discussed, name, sentence):
    record = chosen(discussed.record, getattr(discussed.evidence, name))
    record.take_step("submit", seen="DISCUSSED", actor=discussed.coordinator)

    text = client_as("coordinator_head").get(url(record, "determination-step", step="decide")).content.decode()

    assert sentence in text
    assert ("Yang dipilih, " in text) is bool(sentence)


def test_choosing_needs_a_reason(discussed):
    record = chosen(discussed.record, discussed.evidence.karet, reason="")

    with pytest.raises(StepNotAllowed, match="Isi kompetensi inti, alasan, dan sumbernya"):
        record.take_step("submit", seen="DISCUSSED", actor=discussed.coordinator)


# --- Hitung ulang ----------------------------------------------------------------------------------------------------


def test_replay_is_the_same(client_as, discussed):
    found = replay_result(discussed.record)

    assert (found.is_same, found.changed, found.winners) == (True, [], "lada")
    assert "Hasil hitung ulang sama" in client_as("auditor").get(url(discussed.record, "replay")).content.decode()


def test_replay_names_each_figure_that_has_changed_since(client_as, discussed):
    evidence = discussed.evidence
    figure = ProductionFigure.objects.get(district=evidence.district, commodity=evidence.lada, year=2016)
    figure.value = 1
    figure.save()
    ProductionFigure.objects.get(district=evidence.districts[2], commodity=evidence.karet, year=2014).delete()

    found = replay_result(fresh(discussed.record))

    assert found.is_same
    assert [(row.what, row.old, row.new) for row in found.changed] == [
        ("Karet, Kayan Hulu, 2014 (ha)", "150", "belum ada data"),
        ("Lada, Sepauk, 2016 (ha)", "60", "1"),
    ]
    text = client_as("auditor").get(url(discussed.record, "replay")).content.decode()
    assert "2 angka berubah sejak itu" in text
    assert "Dengan angka sekarang peringkat 1 tetap lada." in text


def test_replay_says_when_the_winner_would_be_another(discussed):
    record = fresh(discussed.record)
    for criterion in record.inputs["criteria"]:
        if criterion["kind"] == "PANEL":
            criterion["weight"] = "0"
    record.results = compute(record.inputs)
    evidence = discussed.evidence
    for year in (2014, 2015, 2016):
        figure = ProductionFigure.objects.get(district=evidence.district, commodity=evidence.lada, year=year)
        figure.value = 0
        figure.save()

    found = replay_result(record)

    assert (found.winners, found.winners_today, found.winner_moves) == ("lada", "karet", True)


def test_replay_finds_a_stored_result_that_was_tampered_with(client_as, discussed):
    record = fresh(discussed.record)
    row = next(row for row in record.results["rows"] if row["name"] == "karet")
    row["score"] = 0.99
    record.save()

    found = replay_result(record)

    assert [(each.what, each.old) for each in found.differences] == [("Hasil, rows, karet, score", "0,99")]
    assert "Hasil hitung ulang berbeda" in client_as("auditor").get(url(record, "replay")).content.decode()


def test_replay_of_figures_that_can_no_longer_be_analysed_says_why(client_as, discussed):
    for figure in ProductionFigure.objects.exclude(district=discussed.evidence.district):
        figure.delete()

    text = client_as("auditor").get(url(discussed.record, "replay")).content.decode()

    assert "Hasil hitung ulang sama" in text
    assert "Hanya kecamatan Sepauk yang punya angka" in text


# --- Minutes ---------------------------------------------------------------------------------------------------------


def test_minutes_hold_what_was_weighed_and_no_name_of_an_assessor(client_as, discussed):
    record = chosen(discussed.record, discussed.evidence.tenun, discussion="Dibahas lama.")
    data = minutes_data(record)

    assert [row.name for row in data.rows] == ["lada", "karet", "tenun"]
    assert (data.chosen, data.dissent, data.assessors) == ("tenun", "Satu memilih karet.", 3)
    assert "belum lengkap angkanya" in data.deviation
    assert "panelist penguji" not in str(data)


def test_minutes_come_as_word_and_as_pdf(client_as, discussed):
    record = chosen(discussed.record, discussed.evidence.tenun)
    client = client_as("coordinator")

    word = client.get(url(record, "determination-minutes", form="docx"))
    text = zipfile.ZipFile(io.BytesIO(word.content)).read("word/document.xml").decode()
    pdf = client.get(url(record, "determination-minutes", form="pdf"))

    assert "Rapat memilih tenun sebagai kompetensi inti." in text
    assert "Satu memilih karet." in text
    assert pdf.content.startswith(b"%PDF")
    assert url(record, "determination-minutes", form="docx") in client.get(record.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["coordinator", "anonymous", "panelist"])
def test_result_is_nobodys_outside_until_the_decree(client_as, discussed, who):
    expected = 200 if who == "coordinator" else 404

    assert client_as(who).get(url(discussed.record, "result")).status_code == expected
    assert client_as(who).get(url(discussed.record, "replay")).status_code == expected


def test_csv_of_a_result_adds_up(client_as, discussed):
    text = client_as("leader").get(url(discussed.record, "result") + "?format=csv").content.decode("utf-8-sig")

    rows = [line.split(";") for line in text.splitlines()]
    assert len(rows) == 1 + 3 * 6
    district = discussed.record.district
    assert all(row[:2] == [district.code, district.name] for row in rows[1:])
    lada = [row for row in rows if row[3] == "lada"]
    total = sum(float(row[9].replace(",", ".")) for row in lada)
    assert total == pytest.approx(float(lada[0][4].replace(",", ".")), abs=1e-3)
    assert all(row[9] == "" for row in rows if row[3] == "tenun")


def test_notes_of_assessors_are_read_at_the_discussion_by_number(client_as, discussed):
    seat = discussed.seats[1]
    seat.refresh_from_db()
    seat.note = "Pasar lada naik turun."
    seat.save()

    text = tight(client_as("coordinator").get(url(discussed.record, "discussion")).text)

    assert "Penilai 2</dt><dd>Pasar lada naik turun.</dd>" in text
    assert seat.user.name not in text


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow_with_options(client_as, panel, user_as, django_assert_num_queries, more):
    for _ in range(more):
        seat = AssessorSeatFactory(determination=panel.record, user=user_as("panelist"))
        panel.seats.append(seat)
    for seat in panel.seats:
        pairs = {
            (option.pk, criterion.pk): 1 + (option.pk + seat.pk) % 5
            for option in panel.record.options.all()
            for criterion in panel.record.criteria.filter(kind="PANEL")
        }
        services.save_scores(seat=seat, scores=pairs, note="", finish=True)
    services.close_scoring(panel.record, seen="SCORED", actor=user_as("coordinator"))
    client = client_as("coordinator")

    detail = 16 if more else 17  # Riwayat names three added parts, and only counts more of them
    for name, queries in (("result", 4), ("replay", 7), ("discussion", 10), ("determination-detail", detail)):
        with django_assert_num_queries(queries):
            client.get(url(panel.record, name))


def test_minutes_head_their_columns_in_indonesian(discussed):
    header = minutes_of(discussed.record).sections[1].table.header

    assert list(header) == ["No.", "Kriteria", "Dijawab oleh", "Bobot", "Batas"]
