"""From fourteen candidates to seven target locations: ranking, draws, choices, submission, decision, decree, replay."""

import io
import re
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from docx import Document

from districts.locations.decision.choosing import submit_round
from districts.locations.decision.deciding import decide_round, draft_closing, promote_reserve
from districts.locations.decrees.drafting import draft_all
from districts.locations.decrees.services import enact_decree
from districts.locations.ranking.computing import digest_of, inputs_of
from districts.locations.runs import compute_run, end_orphaned_runs, request_run
from districts.models import Candidate, CandidateValue, DecreeItem, RankingRun, SelectionRound, TargetLocation, Village
from p2emas import clock
from p2emas.models import Decree
from p2emas.ui import states
from p2emas.workflow.models import BasisChanged, StepNotAllowed
from tests.decree_texts import SIGNER, ready
from tests.districts.locations.conftest import weighed_round
from tests.factories import (
    CandidateFactory,
    CandidateValueFactory,
    CriterionFactory,
    SelectionRoundFactory,
    VillageFactory,
)
from tests.markup import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def weighed(db) -> SelectionRound:
    return weighed_round()


def url(name, selection, *args):
    return reverse(f"locations:{name}", args=[selection.pk, *args])


def compute(selection, user):
    run = request_run(selection=selection, asked_by=user)
    compute_run.func(run.pk)
    return RankingRun.objects.get(pk=run.pk)


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the choices form, unchanged."""
    found = dict(re.findall(r'<input[^>]*name="((?:calon-|version)[^"]*)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(r'<select[^>]*name="(calon-[^"]*|minutes)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', body)
        found[name] = chosen.group(1) if chosen else ""
    found |= {n: t.strip() for n, t in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.S)}
    return found


def test_round_is_decided_and_its_villages_are_set(weighed, client_as, user_as, django_capture_on_commit_callbacks):
    coordinator, head = client_as("coordinator"), client_as("coordinator_head")
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(url("run-start", weighed))
    assert RankingRun.objects.get().results is not None

    ranking = squeezed(coordinator.get(url("round-ranking", weighed)).text)
    assert "Pakak di dalam kuota, Baning Panjang di luarnya dengan selisih 20 poin" in ranking
    assert "Garis kuota: 2 desa" in ranking and "Kokoh" in ranking

    page = coordinator.get(url("round-choices", weighed)).content.decode()
    answer = coordinator.post(url("round-choices", weighed), fields_of(page) | {"discussion": "Dibahas bersama SKPD."})
    assert answer.status_code == 302, answer.content.decode()
    marks = {c.village.name: (c.choice, c.reserve_rank) for c in Candidate.objects.select_related("village")}
    assert marks == {
        "Ensaid Panjang": ("CHOSEN", None),
        "Pakak": ("CHOSEN", None),
        "Baning Panjang": ("RESERVE", 1),
        "Bekuan Luyang": ("RESERVE", 2),
    }

    check = coordinator.get(url("round-submit", weighed)).content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', check).group(1)
    coordinator.post(url("round-submit", weighed), {"seen": "SCORING", "digest": digest, "note": ""})
    weighed.refresh_from_db()
    assert (weighed.status, weighed.run.digest) == ("SUBMITTED", digest)
    assert coordinator.get(url("round-decide", weighed)).status_code == 403

    head.post(url("round-decide", weighed), {"seen": "SUBMITTED", "note": ""})
    weighed.refresh_from_db()
    assert weighed.status == "DECIDED" and not Decree.objects.drafts().exists()

    page = reverse("profiles:decree-ready")
    assert f'href="{page}"' in coordinator.get(weighed.get_absolute_url()).text
    chosen = Candidate.objects.filter(status="CHOSEN")
    coordinator.post(page, {"candidate": [candidate.pk for candidate in chosen]})
    decree = Decree.objects.get(status=Decree.Status.DRAFT)
    assert f'href="{decree.get_absolute_url()}"' in coordinator.get(weighed.get_absolute_url()).text
    assert sorted(item.village.name for item in decree.items.select_related("village")) == ["Ensaid Panjang", "Pakak"]

    fields = {"number": "050/1/2017", "dated": "2017-07-27", "valid_from": "2017-07-27", **SIGNER}
    Decree.objects.filter(pk=decree.pk).update(**fields)
    head.post(reverse("profiles:decree-step", args=[decree.pk, "enact"]), {"seen": "DRAFT", "note": ""})
    weighed.refresh_from_db()
    assert (weighed.status, weighed.decree_id) == ("ENACTED", decree.pk)
    located = TargetLocation.objects.select_related("village", "candidate")
    assert {row.village.name: row.candidate.village_id == row.village_id for row in located} == {
        "Ensaid Panjang": True,
        "Pakak": True,
    }

    public = client_as("anonymous")
    assert "Hasil hitung ulang sama" in public.get(url("round-replay", weighed)).content.decode()
    CandidateValue.objects.filter(candidate__village__name="Baning Panjang").update(value=99)
    replay = squeezed(public.get(url("round-replay", weighed)).text)
    assert "2 angka berubah sejak itu" in replay
    assert re.search(r"masuk Baning Panjang \([^)]+\); keluar Pakak \(", replay)


def test_rounding_hides_neither_a_narrow_line_nor_a_place_just_below_the_threshold(weighed, client_as, user_as):
    """Not "0 poin" between two scores that differ, and not "70%" beside "Sensitif" (below 70 %)."""
    CandidateValue.objects.filter(candidate__village__name="Baning Panjang").update(value="59.99")
    run = compute(weighed, user_as("coordinator"))
    place = run.results["candidates"].index(weighed.candidates.get(village__name="Pakak").pk)
    run.results["in_quota"][place] = 0.699
    run.save()

    page = client_as("coordinator").get(url("round-ranking", weighed)).content.decode()

    assert "dengan selisih 0,01 poin" in page
    assert "Sensitif" in page and "pada 69,9% simulasi bobot" in page


@pytest.fixture
def submitted_later(weighed, user_as):
    """Another coordinator submits meanwhile; the state is all that matters here."""
    run = compute(weighed, user_as("coordinator"))
    return lambda: SelectionRound.objects.filter(pk=weighed.pk).update(status="SUBMITTED", run=run)


@pytest.fixture
def submitted(weighed, user_as):
    coordinator = user_as("coordinator")
    for place, candidate in enumerate(weighed.candidates.ranked().order_by("pk")):
        candidate.choice = "CHOSEN" if place < 2 else "RESERVE"
        candidate.reserve_rank = place - 1 if place >= 2 else None
        candidate.reason = "Menurut peringkat."
        candidate.save()
    run = compute(weighed, coordinator)
    submit_round(selection=weighed, seen="SCORING", digest=run.digest, actor=coordinator)
    return weighed


def test_departing_from_the_ranking_needs_words_of_ones_own(weighed, client_as):
    coordinator = client_as("coordinator")
    data = fields_of(coordinator.get(url("round-choices", weighed)).content.decode())
    last = weighed.candidates.get(village__name="Bekuan Luyang")
    data |= {f"calon-{last.pk}-choice": "CHOSEN", "discussion": "Kesepakatan rapat."}

    refused = coordinator.post(url("round-choices", weighed), data)
    accepted = coordinator.post(url("round-choices", weighed), data | {f"calon-{last.pk}-reason": "Kelompoknya kuat."})

    assert "tulis alasannya sendiri" in refused.content.decode() and "Kesepakatan rapat." in refused.content.decode()
    assert accepted.status_code == 302
    last.refresh_from_db()
    assert (last.choice, last.reason) == ("CHOSEN", "Kelompoknya kuat.")


def test_tie_at_the_line_is_parted_by_people_in_their_own_words(weighed, client_as):
    """No rule was written before: a name's place in the alphabet suggests nobody, and both keep their rank."""
    CandidateValue.objects.filter(candidate__village__name="Baning Panjang").update(value=60)
    coordinator = client_as("coordinator")
    data = fields_of(coordinator.get(url("round-choices", weighed)).content.decode()) | {"discussion": "Seri."}
    tied = [weighed.candidates.get(village__name=name) for name in ("Baning Panjang", "Pakak")]
    assert [data[f"calon-{one.pk}-choice"] for one in tied] == ["", ""]

    data |= {f"calon-{tied[0].pk}-choice": "NOT_CHOSEN", f"calon-{tied[1].pk}-choice": "CHOSEN"}
    fact = {f"calon-{one.pk}-reason": "Peringkat 2 dari 4 dengan skor 60." for one in tied}
    words = {f"calon-{one.pk}-reason": "Kesepakatan rapat." for one in tied}
    refused = coordinator.post(url("round-choices", weighed), data | fact).content.decode()
    assert coordinator.post(url("round-choices", weighed), data | words).status_code == 302
    check = coordinator.get(url("round-submit", weighed)).content.decode()

    assert "tulis alasannya sendiri" in refused
    assert check.count("peringkat 2<") == 2 and check.count("Seri di garis kuota") == 2
    assert "di luar kuota menurut peringkat" not in check


def test_ties_that_draws_count_as_inside_are_said_to_be(weighed, client_as, user_as):
    """Both of a tie are "di dalam kuota pada 100%" although one of them is below the line."""
    coordinator, address = client_as("coordinator"), url("round-ranking", weighed)
    compute(weighed, user_as("coordinator"))
    before = coordinator.get(address).content.decode()
    CandidateValue.objects.filter(candidate__village__name="Baning Panjang").update(value=60)
    compute(weighed, user_as("coordinator"))

    assert "Calon yang seri di garis kuota dihitung di dalam." in coordinator.get(address).content.decode()
    assert "seri di garis" not in before


def test_choice_without_all_values_is_not_called_outside_the_quota(weighed, client_as):
    CandidateValue.objects.filter(candidate__village__name="Pakak").first().delete()
    Candidate.objects.filter(village__name="Pakak").update(choice="CHOSEN", reason="Kelompoknya kuat.")

    check = client_as("coordinator").get(url("round-submit", weighed)).content.decode()

    assert "Dipilih walaupun nilainya belum lengkap" in check
    assert "di luar kuota menurut peringkat" not in check


def test_reason_taken_from_an_earlier_ranking_is_not_submitted(weighed, client_as):
    """The reason names rank and score; after a value has changed the minutes would contradict their own table."""
    coordinator = client_as("coordinator")
    data = fields_of(coordinator.get(url("round-choices", weighed)).content.decode()) | {"discussion": "Dibahas."}
    coordinator.post(url("round-choices", weighed), data)
    CandidateValue.objects.filter(candidate__village__name="Bekuan Luyang").update(value=70)

    check = coordinator.get(url("round-submit", weighed)).content.decode()
    again = fields_of(coordinator.get(url("round-choices", weighed)).content.decode()) | {"discussion": "Dibahas."}
    pakak, bekuan = (weighed.candidates.get(village__name=name) for name in ("Pakak", "Bekuan Luyang"))
    stale = again | {f"calon-{pakak.pk}-reason": "Peringkat 2 dari 4 dengan skor 60."}
    own = {f"calon-{one.pk}-reason": "Kesepakatan rapat." for one in (pakak, bekuan)}

    assert "menyebut peringkat yang sudah berubah" in check and "Pakak" in check
    assert again[f"calon-{pakak.pk}-reason"] == "Peringkat 3 dari 4 dengan skor 60."
    assert "tidak berlaku lagi" in coordinator.post(url("round-choices", weighed), stale).content.decode()
    assert coordinator.post(url("round-choices", weighed), again | own).status_code == 302
    assert "yang sudah berubah" not in coordinator.get(url("round-submit", weighed)).content.decode()


def test_marks_and_values_typed_while_somebody_else_submits_are_shown_not_lost(weighed, client_as, submitted_later):
    coordinator = client_as("coordinator")
    marks = fields_of(coordinator.get(url("round-choices", weighed)).content.decode())
    pakak = weighed.candidates.get(village__name="Pakak")
    criterion = weighed.criteria.first()
    submitted_later()

    typed = {f"calon-{pakak.pk}-reason": "Alasan yang lama ditulis.", f"c{pakak.pk}-v{criterion.pk}": "61"}
    answers = [coordinator.post(url(name, weighed), marks | typed) for name in ("round-choices", "value-table")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "<td>Alasan yang lama ditulis.</td>" in answers[0].content.decode().replace("<p>", "").replace("</p>", "")
    for text in (answer.content.decode() for answer in answers):  # no way on that would be refused
        assert f'<a class="btn btn-primary" href="{weighed.get_absolute_url()}">' in text
        assert "tidak dapat disimpan sekarang" in text and "sebagai gantinya" not in text
    assert "<td>61</td>" in answers[1].content.decode().replace("<p>", "").replace("</p>", "")
    assert coordinator.get(url("round-choices", weighed)).status_code == 403
    assert client_as("agency_operator").post(url("round-choices", weighed), marks).status_code in (403, 404)


def test_two_reserves_change_places(weighed, client_as):
    coordinator = client_as("coordinator")
    page = url("round-choices", weighed)
    coordinator.post(page, fields_of(coordinator.get(page).content.decode()))
    first, second = weighed.candidates.filter(choice="RESERVE").order_by("reserve_rank")
    data = fields_of(coordinator.get(page).content.decode())
    data |= {f"calon-{first.pk}-reserve_rank": "2", f"calon-{second.pk}-reserve_rank": "2"}

    same = coordinator.post(page, data)
    swapped = coordinator.post(page, data | {f"calon-{second.pk}-reserve_rank": "1"})

    assert "Urutan ini sudah dipakai" in same.content.decode() and swapped.status_code == 302
    assert list(weighed.candidates.filter(choice="RESERVE").order_by("reserve_rank")) == [second, first]


def test_second_saver_sees_both_versions(weighed, client_as):
    coordinator = client_as("coordinator")
    page = url("round-choices", weighed)
    data = fields_of(coordinator.get(page).content.decode())
    coordinator.post(page, data | {"discussion": "Yang pertama."})

    late = client_as("coordinator_head").post(page, data | {"discussion": "Yang kedua."})

    assert late.status_code == 409
    assert "Yang pertama." in late.content.decode() and "Yang kedua." in late.content.decode()
    weighed.refresh_from_db()
    assert weighed.discussion == "Yang pertama."


def test_submitting_a_ranking_that_has_changed_is_told_and_asked_again(weighed, client_as, user_as):
    coordinator = client_as("coordinator")
    coordinator.post(
        url("round-choices", weighed), fields_of(coordinator.get(url("round-choices", weighed)).content.decode())
    )
    digest = compute(weighed, user_as("coordinator")).digest
    CandidateValue.objects.filter(candidate__village__name="Pakak").update(value=10)

    answer = coordinator.post(url("round-submit", weighed), {"seen": "SCORING", "digest": digest, "note": ""})

    page = answer.content.decode()
    assert answer.status_code == 200 and "Angka berubah sejak peringkat ditampilkan" in page and "Pakak" in page
    weighed.refresh_from_db()
    assert weighed.status == "SCORING"


def test_round_is_not_submitted_before_everything_is_marked(weighed, user_as):
    coordinator = user_as("coordinator")
    run = compute(weighed, coordinator)
    CandidateFactory(round=weighed, village=VillageFactory(name="Terlambat"), status=Candidate.Status.PROPOSED)

    with pytest.raises(StepNotAllowed) as refused:
        submit_round(selection=weighed, seen="SCORING", digest=run.digest, actor=coordinator)

    assert "Syarat dasar Terlambat belum diperiksa." in str(refused.value)
    assert "Pilihan untuk" in str(refused.value)


def test_round_is_not_submitted_without_its_draws(weighed, user_as):
    with pytest.raises(StepNotAllowed, match="belum selesai"):
        submit_round(
            selection=weighed, seen="SCORING", digest=digest_of(inputs_of(weighed)), actor=user_as("coordinator")
        )


def test_run_whose_job_was_lost_ends_with_a_sentence_and_starts_again(weighed, client_as, user_as):
    run = request_run(selection=weighed, asked_by=user_as("coordinator"))  # its transaction never commits
    coordinator, page = client_as("coordinator"), url("round-ranking", weighed)
    looks = [coordinator.get(page), coordinator.get(page, {"segarkan": "tidak"})]
    assert [look.headers.get("Refresh", "").split(";")[0] for look in looks] == ["5", ""]

    assert end_orphaned_runs() == 1 and end_orphaned_runs() == 0
    ended = coordinator.get(page)
    assert "Jalankan lagi." in ended.content.decode() and "Refresh" not in ended.headers
    assert compute(weighed, user_as("coordinator")).problem == "" and run.pk == RankingRun.objects.get().pk


def test_decision_on_changed_figures_is_refused_and_leaves_nothing_half_done(submitted, user_as):
    CandidateValue.objects.filter(candidate__village__name="Pakak").update(value=10)

    with pytest.raises(BasisChanged):
        decide_round(selection=submitted, seen="SUBMITTED", actor=user_as("coordinator_head"))

    submitted.refresh_from_db()
    assert submitted.status == "SUBMITTED" and not Decree.objects.filter(status="DRAFT").exists()
    assert set(submitted.candidates.values_list("status", flat=True)) == {"SURVEYED"}


def test_name_mended_after_submission_does_not_stop_the_decision(submitted, user_as):
    """Kecamatan staff correct names at any time; no figure has changed, so there would be nothing to read again."""
    village = submitted.candidates.first().village
    village.name = "Nama Diperbaiki"
    village.save()

    decide_round(selection=submitted, seen="SUBMITTED", actor=user_as("coordinator_head"))

    submitted.refresh_from_db()
    assert submitted.status == "DECIDED"


def test_whoever_submitted_does_not_decide(submitted, user_as):
    head = user_as("coordinator_head")
    SelectionRound.objects.filter(pk=submitted.pk).update(submitted_by=head)

    with pytest.raises(StepNotAllowed):
        decide_round(selection=SelectionRound.objects.get(pk=submitted.pk), seen="SUBMITTED", actor=head)


def enacted(selection, user_as):
    head = user_as("coordinator_head")
    decide_round(selection=selection, seen="SUBMITTED", actor=head)
    decree = draft_all(head)
    Decree.objects.filter(pk=decree.pk).update(number="050/1/2017", dated="2017-07-27", valid_from="2017-07-27")
    decree.refresh_from_db()
    from districts.locations.decrees.services import enact_decree

    enact_decree(decree=ready(decree), seen="DRAFT", actor=head)
    return decree


def test_next_reserve_moves_up_by_an_amendment(submitted, user_as, client_as):
    decree = enacted(submitted, user_as)
    head = client_as("coordinator_head")
    first = submitted.candidates.get(reserve_rank=1)
    second = submitted.candidates.get(reserve_rank=2)
    leaving = TargetLocation.objects.order_by("pk").first()
    note = {"seen": "RESERVE", "note": "Kelompoknya bubar."}

    link = url("candidate-promote", submitted, first.pk)
    assert link in head.get(url("candidate-detail", submitted, first.pk)).content.decode()
    out_of_turn = head.post(url("candidate-promote", submitted, second.pk), note | {"leaving": leaving.pk})
    without_place = head.post(url("candidate-promote", submitted, first.pk), note)
    moved = head.post(url("candidate-promote", submitted, first.pk), note | {"leaving": leaving.pk})

    assert "lebih dahulu dalam urutan cadangan" in out_of_turn.content.decode()
    assert "Kuota masih penuh" in without_place.content.decode()
    assert moved.status_code == 302
    draft = Decree.objects.get(status=Decree.Status.DRAFT)
    assert draft.amends == decree
    items = {(item.action, item.village_id or item.target_location_id) for item in draft.items.all()}
    assert items == {(DecreeItem.Action.OPEN, first.village_id), (DecreeItem.Action.CLOSE, leaving.pk)}
    assert Candidate.objects.get(pk=first.pk).status == "CHOSEN"

    # the place that this draft makes free is not free for the next one too
    twice = head.post(url("candidate-promote", submitted, second.pk), note | {"leaving": leaving.pk})
    assert "Sudah ada konsep keputusan yang mengakhiri lokasi ini." in twice.content.decode()
    assert Candidate.objects.get(pk=second.pk).status == "RESERVE"


def test_decrees_call_no_kelurahan_a_desa(submitted, user_as):
    Village.objects.filter(name__in=("Pakak", "Baning Panjang")).update(kind="KELURAHAN")
    coordinator, head = user_as("coordinator"), user_as("coordinator_head")
    decree = enacted(submitted, user_as)
    submitted.refresh_from_db()
    leaving = TargetLocation.objects.get(village__name="Pakak")
    reserve = submitted.candidates.get(reserve_rank=1)

    moving = promote_reserve(candidate=reserve, leaving=leaving, seen="RESERVE", actor=head, note="Bubar.")
    moving.items.all().delete()
    ending = draft_closing(location=leaving, actor=coordinator, reason="selesai.")

    assert "Menetapkan 2 (dua) desa dan kelurahan sebagaimana" in decree.dictums
    assert "Mengakhiri Kelurahan Pakak sebagai" in ending.dictums
    village = reserve.village
    assert f"Menetapkan {village.get_kind_display()} {village}, Kecamatan" in moving.dictums
    assert "Desa Pakak" not in moving.dictums


def test_reserve_waits_for_the_decree_of_its_round(submitted, user_as):
    head = user_as("coordinator_head")
    decide_round(selection=submitted, seen="SUBMITTED", actor=head)
    first = submitted.candidates.get(reserve_rank=1)

    with pytest.raises(StepNotAllowed, match="ditetapkan dengan keputusan"):
        promote_reserve(candidate=first, leaving=None, seen="RESERVE", actor=head, note="Cepat.")


def test_location_is_ended_by_a_draft_decree_only_once(submitted, user_as, client_as):
    enacted(submitted, user_as)
    location = TargetLocation.objects.first()
    page = reverse("locations:location-close", args=[location.pk])
    assert page in client_as("coordinator").get(location.get_absolute_url()).content.decode()

    client_as("coordinator").post(page, {"reason": "sudah diteruskan desa sendiri."})
    again = client_as("coordinator").post(page, {"reason": "lagi"})

    draft = Decree.objects.get(status=Decree.Status.DRAFT)
    assert "sudah diteruskan desa sendiri" in draft.dictums and "Sudah ada konsep" in again.content.decode()
    location.refresh_from_db()
    assert location.valid_until is None


def test_location_that_a_decree_ends_on_a_later_day_says_until_when_it_holds(submitted, user_as, client_as):
    """The step is taken on the day of enacting, while the row is in force still."""
    enacted(submitted, user_as)
    location, head = TargetLocation.objects.first(), user_as("coordinator_head")
    decree = draft_closing(location=location, actor=user_as("coordinator"), reason="selesai.")
    text = decree.dictums.replace("tanggal ditetapkan", "1 Januari 2020")
    values = {"number": "9", "dated": "2019-10-08", "valid_from": "2020-01-01", "dictums": text}
    Decree.objects.filter(pk=decree.pk).update(**values)
    decree.refresh_from_db()
    enact_decree(decree=ready(decree), seen="DRAFT", actor=head)
    village, coordinator = location.village, client_as("coordinator")

    pages = [
        squeezed(coordinator.get(address).text)
        for address in (
            village.get_absolute_url(),
            f"{village.get_absolute_url()}dasar/",
            village.district.get_absolute_url(),
            reverse("locations:village-list"),
            f"{reverse('locations:village-list')}?format=csv",
        )
    ]
    again = coordinator.post(
        url_of_closing := reverse("locations:location-close", args=[location.pk]), {"reason": "Lagi"}
    )

    assert ["Selesai per 1 Januari 2020" in page for page in pages] == [True] * 5
    assert "masih berlaku sampai 31 Desember 2019" in pages[1]
    with clock.at(date(2020, 1, 1)):
        location.refresh_from_db()
        assert states.word_of(location) == "Selesai"
    assert url_of_closing not in pages[0]
    assert "sudah diakhiri oleh keputusan lain" in squeezed(again.text)


def test_small_value_of_a_candidate_is_not_rounded_to_nothing(weighed, client_as):
    candidate = weighed.candidates.first()
    candidate.values.update(value="0.0025")

    assert "0,0025" in client_as("coordinator").get(url("candidate-detail", weighed, candidate.pk)).content.decode()


def test_page_of_the_round_shows_the_weights_and_goalposts_of_its_minutes(weighed, client_as):
    """Weights typed as 60 and 60 are 50 % each, and a goalpost of 0.0025 is not 0."""
    weighed.criteria.update(weight=60, low="0.0025")
    client = client_as("coordinator")

    page = client.get(url("round-detail", weighed)).content.decode()
    answer = client.get(url("round-minutes-docx", weighed))
    cells = [cell.text for table in Document(io.BytesIO(answer.content)).tables for cell in table._cells]

    assert "50%" in cells and "0,0025" in cells
    assert page.count('<td class="num">50</td>') == 2 and page.count('<td class="num">0,0025</td>') == 2
    assert "Bobot yang diisi berjumlah 120" in page


def test_minutes_hold_candidates_ranking_and_reasons(submitted, client_as):
    answer = client_as("coordinator").get(url("round-minutes-docx", submitted))

    document = Document(io.BytesIO(answer.content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Ensaid Panjang", "Baning Panjang", "Terpilih", "Cadangan 1", "Menurut peringkat.", "80"} <= cells
    assert client_as("coordinator").get(url("round-minutes-pdf", submitted)).content.startswith(b"%PDF")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "count"), [("round-ranking", 8), ("round-choices", 13), ("round-submit", 11)])
def test_pages_of_a_decision_cost_the_same_for_every_number_of_rows(
    rows, name, count, client_as, django_assert_num_queries
):
    selection = SelectionRoundFactory(quota=1)
    criterion = CriterionFactory(round=selection)
    for _n in range(rows):
        candidate = CandidateFactory(round=selection, status=Candidate.Status.SURVEYED)
        CandidateValueFactory(candidate=candidate, criterion=criterion)
    coordinator = client_as("coordinator")
    ContentType.objects.get_for_model(SelectionRound)  # asked once a process

    with django_assert_num_queries(count):
        assert coordinator.get(url(name, selection)).status_code == 200
