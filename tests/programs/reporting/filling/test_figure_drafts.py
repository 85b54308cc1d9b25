"""Figures that were typed and not saved: kept, offered again, taken or dropped, ended by a step."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from p2emas import clock
from p2emas.drafts.page import OfferedDraft
from p2emas.models import FormDraft
from programs.models import ProgressReport
from tests.factories import AssignmentFactory, FormDraftFactory
from tests.programs.reporting.helpers import figures_data, lines_of, report_with_lines, text_of

pytestmark = pytest.mark.django_db


def url_of(name: str, report: ProgressReport) -> str:
    return reverse(f"reporting:{name}", args=[report.pk])


def keep(client, report: ProgressReport, *, key: str = "", **typed):
    """What the page sends by itself some time after it did so last: the row of the first line."""
    cache.clear()
    line = report.lines.first()
    row = {"spent_to_date": "", "physical_to_date": "", "nil_reason": ""} | typed
    data = {f"b{line.pk}-{name}": value for name, value in row.items()}
    data |= {"isian": key or str(uuid.uuid4()), "version": report.version}
    return client.post(reverse("drafts:draft-save", args=["realisasi", report.pk]), data)


@pytest.fixture
def report():
    return report_with_lines(2)


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


def test_typed_figure_is_kept_and_is_no_data(operator, report):
    answer = keep(operator, report, spent_to_date="77.000.000", physical_to_date="60")

    assert answer.json() == {"words": "Tersimpan 09.00"}
    report.refresh_from_db()
    assert {line.spent_to_date for line in lines_of(report)} == {None}
    assert "77.000.000" not in FormDraft.objects.get().sealed


def test_long_draft_is_shown_in_part_with_the_way_to_all_of_it(operator, report, monkeypatch):
    monkeypatch.setattr(OfferedDraft, "SHOWN", 1)
    keep(operator, report, spent_to_date="77.000.000", physical_to_date="60")

    page = operator.get(url_of("report-figures", report))

    assert "2 isian berbeda dari yang tersimpan" in text_of(page)
    assert "77.000.000" in text_of(page) and "dan 1 lainnya" in text_of(page)
    address = reverse("drafts:draft-detail", args=[FormDraft.objects.get().pk])
    assert f'href="{address}"' in page.content.decode() and "60" in text_of(operator.get(address))


def test_coming_back_shows_the_draft_beside_what_is_stored(operator, report):
    keep(operator, report, spent_to_date="77.000.000", physical_to_date="60")

    page = operator.get(url_of("report-figures", report))

    assert "belum tersimpan" in text_of(page)
    assert "Baris 1, realisasi keuangan kosong 77.000.000" in text_of(page)
    assert page.context["figures"].is_bound is False


def test_taking_a_draft_fills_the_form_and_saving_it_ends_the_draft(operator, report):
    keep(operator, report, spent_to_date="77.000.000", physical_to_date="60")
    draft = FormDraft.objects.get()

    page = operator.get(url_of("report-figures", report), {"isian": str(draft.key)})
    assert 'value="77.000.000"' in page.content.decode()
    assert page.context["drafts"].key == str(draft.key)
    line = report.lines.first()
    sent = {f"b{line.pk}-spent_to_date": "77.000.000", f"b{line.pk}-physical_to_date": "60"}
    operator.post(url_of("report-figures", report), sent | {"isian": draft.key, "version": report.version})

    assert not FormDraft.objects.exists()
    assert report.lines.first().spent_to_date == 77_000_000


def test_what_is_typed_beside_an_offered_draft_does_not_replace_it(operator, report):
    keep(operator, report, spent_to_date="77.000.000")
    operator.post(url_of("report-figures", report), figures_data(report, {}, {"money": "5"}))

    page = operator.get(url_of("report-figures", report))

    assert "Baris 1, realisasi keuangan kosong 77.000.000" in text_of(page)


def test_rows_of_one_page_are_laid_over_each_other(operator, report):
    key = str(uuid.uuid4())
    keep(operator, report, key=key, spent_to_date="1")
    second = report.lines.last()
    data = {f"b{second.pk}-spent_to_date": "2", "isian": key, "version": report.version, "pergi": "1"}
    operator.post(reverse("drafts:draft-save", args=["realisasi", report.pk]), data)

    assert {tuple(values) for values in FormDraft.objects.get().fields.values()} == {("1",), ("2",), ("",)}


def test_older_draft_goes_through_the_page_with_both_versions(operator, report):
    keep(operator, report, spent_to_date="77.000.000", physical_to_date="60")
    draft = FormDraft.objects.get()
    operator.post(url_of("report-figures", report), figures_data(report, {"money": "5"}))

    page = operator.get(url_of("report-figures", report), {"isian": str(draft.key)})

    assert page.status_code == 200
    assert "Baris 1, realisasi keuangan 5 77.000.000" in text_of(page)
    kept = dict(page.context["kept"])
    report.refresh_from_db()
    assert (kept["isian"], kept["version"]) == (str(draft.key), report.version)
    operator.post(url_of("report-figures", report), kept)
    assert report.lines.first().spent_to_date == 77_000_000
    assert not FormDraft.objects.exists()


def test_dropping_a_draft_leads_back_to_its_page(operator, report):
    keep(operator, report, spent_to_date="7")
    draft = FormDraft.objects.get()

    answer = operator.post(reverse("drafts:draft-drop", args=[draft.pk]), {"kembali": "1"})

    assert answer.url == url_of("report-figures", report)
    assert not FormDraft.objects.exists()


def test_wrong_cell_and_lost_race_are_kept_too(operator, report):
    key = str(uuid.uuid4())
    data = figures_data(report, {"money": "banyak"}, {"money": "7"}) | {"isian": key}
    operator.post(url_of("report-figures", report), data)
    report.refresh_from_db()
    draft = FormDraft.objects.get()
    assert (str(draft.key), draft.version) == (key, report.version)

    answer = operator.post(
        url_of("report-figures", report), figures_data(report, {"money": "9"}) | {"isian": key, "version": 1}
    )

    assert answer.status_code == 409
    assert FormDraft.objects.get().version == 1


def test_draft_of_somebody_else_is_named_and_never_shown(operator, client_as, report):
    other = client_as("agency_head", at=report.agency)
    keep(other, report, nil_reason="Rahasia saya")
    draft = FormDraft.objects.get()

    page = operator.get(url_of("report-figures", report), {"isian": str(draft.key)})

    assert f"{other.user.name} juga sedang mengisi bagian ini" in text_of(page)
    assert "Rahasia" not in page.content.decode()
    assert operator.get(reverse("drafts:draft-detail", args=[draft.pk])).status_code == 404
    assert operator.post(reverse("drafts:draft-drop", args=[draft.pk])).status_code == 404


def test_step_ends_the_drafts_and_their_owner_can_still_copy(client_as):
    report = report_with_lines(1, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    keep(operator, report, nil_reason="Menunggu hujan reda")
    draft = FormDraft.objects.get()

    report.take_step("submit", seen="DRAFT", actor=operator.user, **sent(report, operator))

    draft.refresh_from_db()
    assert draft.ended_by == "Dikirim"
    page = operator.get(reverse("drafts:draft-detail", args=[draft.pk]))
    assert "Menunggu hujan reda" in text_of(page)
    assert "berakhir karena “Dikirim”" in text_of(operator.get(reverse("drafts:unsaved")))
    assert "Isian Anda yang berakhir" in text_of(operator.get(reverse("dashboards:home")))
    operator.post(reverse("drafts:draft-drop", args=[draft.pk]))
    assert "Isian Anda yang berakhir" not in text_of(operator.get(reverse("dashboards:home")))


def test_first_saving_keeps_the_drafts_of_others(operator, client_as):
    report = report_with_lines(1, draft=False)
    operator = client_as("agency_operator", at=report.agency)
    keep(client_as("agency_head", at=report.agency), report, nil_reason="Masih saya ketik")

    operator.post(url_of("report-figures", report), figures_data(report, {"money": "5"}))

    report.refresh_from_db()
    assert report.status == "DRAFT"
    assert FormDraft.objects.unsaved().count() == 1


def test_what_arrives_after_a_step_is_kept_as_ended(client_as):
    report = report_with_lines(1, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    ProgressReport.objects.filter(pk=report.pk).update(
        status="WAITING", submitted_by=operator.user, submitted_at="2019-10-08T02:00Z"
    )

    answer = keep(operator, report, spent_to_date="7")

    assert "dapat disalin" in answer.json()["words"]
    assert FormDraft.objects.get().ended_at is not None


@pytest.mark.parametrize("typed", [{"isian": "bukan-kunci"}, {"version": "x"}, {"version": "99999999999999999999"}])
def test_broken_request_keeps_nothing(operator, report, typed):
    data = {"isian": str(uuid.uuid4()), "version": "1"} | typed

    answer = operator.post(reverse("drafts:draft-save", args=["realisasi", report.pk]), data)

    assert answer.status_code == 400
    assert not FormDraft.objects.exists()


def test_too_much_is_refused_with_a_sentence(operator, report):
    answer = keep(operator, report, nil_reason="x" * 300_000)

    assert answer.status_code == 400
    assert "terlalu panjang" in answer.json()["words"]


def test_key_of_one_form_is_not_taken_by_another(operator, report):
    draft = FormDraftFactory(user=operator.user)
    AssignmentFactory(user=operator.user, agency=draft.record.agency)

    assert keep(operator, report, key=str(draft.key), spent_to_date="7").status_code == 400


def test_two_first_requests_of_one_page_leave_one_draft(operator, report, monkeypatch):
    """A page that closes sends its last word while the request before is on its way."""
    key, save = str(uuid.uuid4()), FormDraft.save

    def overtaken(draft, *args, **kwargs):
        monkeypatch.setattr(FormDraft, "save", save)
        keep(operator, report, key=key, spent_to_date="1")
        save(draft, *args, **kwargs)

    monkeypatch.setattr(FormDraft, "save", overtaken)

    assert keep(operator, report, key=key, spent_to_date="2").status_code == 200
    assert "2" in str(FormDraft.objects.get().fields)


def sent(report, client) -> dict:
    return {"submitted_by": client.user, "submitted_at": report.period.starts.isoformat() + "T02:00Z"}


def test_check_page_names_unsaved_drafts_before_sending(client_as):
    report = report_with_lines(1, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    head = client_as("agency_head", at=report.agency)
    keep(operator, report, nil_reason="Punya saya")
    keep(head, report, nil_reason="Punya kepala")

    page = operator.get(url_of("report-check", report))

    assert "Ada isian yang belum tersimpan" in text_of(page)
    assert f"Isi realisasi, isian {head.user.name}" in text_of(page)
    assert "Punya" not in text_of(page)


def test_page_sends_once_in_ten_seconds_and_once_more_on_leaving(operator, report):
    key = str(uuid.uuid4())
    line = report.lines.first()
    data = {"isian": key, "version": report.version, f"b{line.pk}-spent_to_date": "1"}
    url = reverse("drafts:draft-save", args=["realisasi", report.pk])
    last = data | {f"b{line.pk}-spent_to_date": "3", "pergi": "1"}

    answers = [operator.post(url, data), operator.post(url, data), operator.post(url, last), operator.post(url, last)]

    assert [answer.status_code for answer in answers] == [200, 429, 200, 429]
    assert answers[1].json() == {"words": "Disimpan sebentar lagi"}
    assert FormDraft.objects.get().fields[f"b{line.pk}-spent_to_date"] == ["3"]


@pytest.mark.parametrize(("money", "kept"), [("75.000", 0), ("76.000", 1)])
def test_copy_of_a_page_that_was_saved_leaves_no_draft(operator, report, money, kept):
    """What the browser kept is brought by the next page, also when the page that it is of was saved meanwhile."""
    line = report.lines.first()
    report.lines.filter(pk=line.pk).update(spent_to_date=75_000)
    data = {"isian": str(uuid.uuid4()), "version": report.version, f"b{line.pk}-spent_to_date": money}
    data |= {"pergi": "1", "salinan": "1"}

    answer = operator.post(reverse("drafts:draft-save", args=["realisasi", report.pk]), data)

    assert (answer.json().get("known", False), FormDraft.objects.count()) == (not kept, kept)


def test_limit_is_for_each_user_and_form(operator, client_as, report):
    url = reverse("drafts:draft-save", args=["realisasi", report.pk])
    other = client_as("agency_head", at=report.agency)
    keep(operator, report, spent_to_date="1")

    answer = other.post(url, {"isian": str(uuid.uuid4()), "version": report.version})

    assert answer.json()["words"] == f"Tersimpan 09.00. {operator.user.name} juga sedang mengisi bagian ini"


def test_drafts_are_forgotten_after_ninety_days_by_the_command(operator, report):
    keep(operator, report, spent_to_date="1")
    kept, old = FormDraftFactory(record=report), FormDraftFactory(record=report)
    FormDraft.objects.filter(pk=kept.pk).update(saved_at=clock.now() - timedelta(days=89))
    FormDraft.objects.filter(pk=old.pk).update(saved_at=clock.now() - timedelta(days=91))

    call_command("forget_old_traces", verbosity=0)

    assert FormDraft.objects.count() == 2
    assert not FormDraft.objects.filter(pk=old.pk).exists()
