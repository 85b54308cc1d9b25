"""Pages of plans: who may open them, what they show and how many queries they take."""

import re
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from p2emas.models import StatusChange
from programs.models import Indicator, PlanLine, WorkPlan
from programs.planning.access import may_see_agreed_lines, may_see_plans
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    IndicatorFactory,
    PlanLineFactory,
    UserFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.markup import squeezed, tight
from tests.programs.planning.conftest import add_line, indicator_data, line_data

pytestmark = pytest.mark.django_db

REVIEWERS = {
    "anonymous": 302,
    "agency_operator of another agency": 404,
    "district_admin": 404,
    "facilitator": 404,
    "panelist": 404,
    "agency_operator": 403,
    "agency_head": 403,
    "auditor": 403,
    "leader": 403,
    "coordinator": 200,
    "coordinator_head": 200,
    "admin": 403,
}


def page(name, plan):
    line = plan.lines.first()
    more = {
        "line-edit": [line.pk],
        "line-delete": [line.pk],
        "indicator-add": [line.activity_id],
        "indicator-edit": [line.activity.indicators.get().pk],
        "indicator-delete": [line.activity.indicators.get().pk],
        "plan-step": ["review"],
    }
    return reverse(f"planning:{name}", args=[plan.pk, *more.get(name, [])])


@pytest.mark.parametrize(("who", "expected"), REVIEWERS.items())
def test_review_of_a_submitted_plan_is_for_coordinators(client_as, draft, who, expected):
    WorkPlan.objects.filter(pk=draft.pk).update(status="SUBMITTED")

    response = client_as(who, at=draft.agency if "agency" in who else None).get(page("plan-step", draft))

    assert response.status_code == expected


@pytest.mark.parametrize("agency_from", [None, date(2020, 1, 1)])
def test_plan_create_is_for_members_only(client_as, agency_from):
    client = client_as("agency_operator", at=AgencyFactory(member_from=agency_from))

    assert client.get(reverse("planning:plan-create")).status_code == 403


def test_missing_plan_is_not_found(client_as):
    client = client_as("coordinator")

    for pk in (99_999, 10**30):
        assert client.get(f"/rencana/{pk}/").status_code == 404
        assert client.get(f"/rencana/{pk}/langkah/review/").status_code == 404


def test_line_and_indicator_of_another_plan_are_not_found(operator, draft, client_as):
    other = WorkPlanFactory(agency=draft.agency, year=2020)
    foreign_line = add_line(other)
    foreign = [
        reverse("planning:line-edit", args=[draft.pk, foreign_line.pk]),
        reverse("planning:line-delete", args=[draft.pk, foreign_line.pk]),
        reverse("planning:indicator-add", args=[draft.pk, foreign_line.activity_id]),
        reverse("planning:indicator-edit", args=[draft.pk, foreign_line.activity.indicators.get().pk]),
        reverse("planning:indicator-delete", args=[draft.pk, IndicatorFactory().pk]),
        reverse("planning:line-edit", args=[draft.pk, 10**30]),
    ]

    assert [operator.get(url).status_code for url in foreign] == [404] * len(foreign)
    assert [operator.post(url).status_code for url in foreign] == [404] * len(foreign)


# --- Lists -------------------------------------------------------------------------------------------------------


def rows_of(response):
    return list(response.context["page"])


def test_plan_list_shows_an_agency_its_own_plans_only(client_as, draft):
    old = WorkPlanFactory(agency=draft.agency, year=2018, agreed=True)
    other = WorkPlanFactory(agreed=True, agency__short_name="Dinas Rahasia")

    own = client_as("agency_operator", at=draft.agency).get(reverse("planning:plan-list"))
    everything = client_as("coordinator").get(reverse("planning:plan-list"))

    assert rows_of(own) == [draft, old]
    assert "Dinas Rahasia" not in own.content.decode()
    assert set(rows_of(everything)) == {draft, old, other}


def test_plan_list_filters_and_sorts_by_the_url(client_as):
    big, small = WorkPlanFactory(agreed=True), WorkPlanFactory()
    PlanLineFactory(plan=big, amount=900_000_000)
    PlanLineFactory(plan=big, amount=50_000_000, fund="DD")
    PlanLineFactory(plan=small, amount=1_000_000)
    old = WorkPlanFactory(year=2018)
    client = client_as("coordinator")

    def found(query):
        return rows_of(client.get(reverse("planning:plan-list") + query))

    assert found("?urut=-pagu") == [big, small, old]
    assert [plan.budget for plan in found("?urut=-pagu")] == [900_000_000, 1_000_000, 0]
    assert found("?tahun=2018") == [old]
    assert found(f"?skpd={big.agency.code}") == [big]
    assert set(found("?status=draf")) == {small, old}
    assert found("?status=draf&tahun=2019") == [small]
    assert found("?jenis=PERUBAHAN") == []


@pytest.mark.parametrize(
    "query", ["?tahun=abc", "?skpd=%00", "?status=X", "?urut=rahasia", "?halaman=-1", "?baris=9e9"]
)
@pytest.mark.parametrize("name", ["plan-list", "line-list"])
def test_list_takes_nonsense_for_no_filter(client_as, name, query):
    line = PlanLineFactory()

    response = client_as("coordinator").get(reverse(f"planning:{name}") + query)

    assert response.status_code == 200
    assert rows_of(response) == [line.plan if name == "plan-list" else line]


@pytest.mark.parametrize("rows", [1, 3])
def test_plan_list_queries(client_as, django_assert_num_queries, rows):
    for _ in range(rows):
        PlanLineFactory()
    client = client_as("coordinator")
    url = reverse("planning:plan-list")
    client.get(url)

    with django_assert_num_queries(7):  # session, user, assignments, years, agencies, count, rows
        client.get(url)


@pytest.mark.parametrize("rows", [1, 3])
def test_line_list_queries(client_as, django_assert_num_queries, rows):
    for _ in range(rows):
        add_line(WorkPlanFactory(agreed=True))
    client = client_as("coordinator")
    url = reverse("planning:line-list")
    client.get(url)

    with django_assert_num_queries(10):  # session, user, assignments, 3 filters, count, keys, rows, totals
        client.get(url)


QUERIES = {  # with session, user, assignments and the plan itself
    "plan-detail": 22,  # findings 8, focus 1, spread 1, Riwayat 5, asked to be corrected 1, last workbook 1, last file 1
    "plan-check": 15,  # the chain of its villages: plans of the year, their lines, answers
    "indicator-list": 7,
    "plan-compare": 8,
    "line-add": 16,  # funds, ways of procurement and codes of the list are rows; drafts of the form, digest of the authenticators
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_plan_page_queries(client_as, draft, name, rows, django_assert_num_queries):
    before = WorkPlanFactory(agency=draft.agency, year=2018, agreed=True)
    WorkPlan.objects.filter(pk=draft.pk).update(kind="PERUBAHAN", supersedes=before)
    client = client_as("agency_operator", at=draft.agency)
    url = page(name, draft)
    client.get(url)
    for _ in range(rows):
        add_line(draft)
        add_line(before)

    with django_assert_num_queries(QUERIES[name]):
        client.get(url)


def test_line_list_shows_every_agencys_agreed_lines_once(client_as):
    induk = WorkPlanFactory(agreed=True)
    PlanLineFactory(plan=induk, amount=111)
    change = WorkPlanFactory(
        agency=induk.agency,
        kind="PERUBAHAN",
        sequence=2,
        supersedes=induk,
        agreed=True,
        effective_on=date(2019, 9, 1),
    )
    changed = PlanLineFactory(plan=change, amount=70_000_000)
    village_money = PlanLineFactory(plan=change, amount=5_000_000, fund="ADD")
    PlanLineFactory(plan=WorkPlanFactory())  # a draft

    response = client_as("agency_operator").get(reverse("planning:line-list"))

    assert set(rows_of(response)) == {changed, village_money}
    assert response.context["totals"] == [{"year": 2019, "budget": 70_000_000, "village_money": 5_000_000}]


def test_line_list_shows_kecamatan_staff_their_own_villages(client_as):
    line = add_line(WorkPlanFactory(agreed=True))
    near = VillageFactory(district=line.target_location.village.district)
    other = PlanLineFactory(other_village=near, exception_reason="Bencana")
    add_line(WorkPlanFactory(agreed=True))
    PlanLineFactory()  # the whole regency

    response = client_as("district_admin", at=near.district.office).get(reverse("planning:line-list"))

    assert set(rows_of(response)) == {line, other}


def test_line_list_filters_by_place_agency_year_and_link(client_as):
    line = add_line(WorkPlanFactory(agreed=True), amount=40_000_000)
    elsewhere = PlanLineFactory(
        other_village=VillageFactory(), exception_reason="x", chain_link="MARKET", plan__year=2018
    )
    client = client_as("coordinator")
    village, other = line.target_location.village, elsewhere.other_village

    def found(query):
        return rows_of(client.get(reverse("planning:line-list") + query))

    assert found(f"?desa={village.slug}") == [line]
    assert found(f"?desa={other.slug}") == [] and found(f"?desa={other.slug}&tahun=semua") == [elsewhere]
    assert found(f"?kecamatan={village.district.code}") == [line]
    assert found(f"?kecamatan={other.district.code}&tahun=2018") == [elsewhere]
    assert found(f"?skpd={line.plan.agency.code}") == [line]
    assert found("?tahun=2018") == [elsewhere]
    assert found("?tahun=semua&mata_rantai=MARKET") == [elsewhere]
    every = client.get(reverse("planning:line-list") + "?tahun=semua")
    both = [(total["year"], total["budget"]) for total in every.context["totals"]]
    assert found("") == [line] and set(rows_of(every)) == {line, elsewhere}
    one = client.get(reverse("planning:line-list") + f"?desa={village.slug}").context["totals"]
    assert both == [(2019, 40_000_000), (2018, 100_000_000)]
    assert one == [{"year": 2019, "budget": 40_000_000, "village_money": 0}]


def test_line_list_offers_the_villages_of_the_chosen_kecamatan_alone(client_as):
    """More than four hundred villages are no choice."""
    village = add_line(WorkPlanFactory(agreed=True)).target_location.village
    elsewhere, client = VillageFactory(), client_as("coordinator")

    def offered(query):
        form = client.get(reverse("planning:line-list") + query).context["filters"].form
        return [slug for slug, _name in form.fields["desa"].choices if slug]

    assert offered("") == []
    assert offered(f"?kecamatan={village.district.code}") == [village.slug]
    assert offered(f"?desa={elsewhere.slug}") == [elsewhere.slug]


def test_csv_of_the_lists_follows_the_filters(client_as):
    line = add_line(WorkPlanFactory(agreed=True), amount=40_000_000)
    PlanLineFactory(plan__year=2018)
    client = client_as("coordinator")

    plans = client.get(reverse("planning:plan-list") + "?format=csv&tahun=2019").content.decode("utf-8-sig")
    lines = client.get(reverse("planning:line-list") + "?format=csv&tahun=2019").content.decode("utf-8-sig")

    assert plans.splitlines()[1:] == [
        f"{line.plan.agency.code};{line.plan.agency};2019;DPA;1;Ditetapkan;1;40000000;DPA 1.05/2019;28-12-2018;;;02-01-2019;tidak"
    ]
    village = line.target_location.village
    assert lines.splitlines()[1:] == [
        f"2019;{line.plan.agency.code};{line.plan.agency};{line.activity.code};{line.activity};"
        f"{village.code};{village};{village.district};ya;"
        f"{line.commodity};Pelatihan;DAU;Maret;;;;;;;40000000;;tidak"
    ]


# --- One plan ----------------------------------------------------------------------------------------------------


def test_plan_detail_shows_money_beside_village_money(operator, draft):
    PlanLineFactory(plan=draft, fund="DD", amount=5_000_000)

    text = squeezed(operator.get(draft.get_absolute_url()).text).replace("\xa0", " ")

    assert "2 baris, pagu Rp 100 juta" in text
    assert "Rp 5 juta uang desa (ADD dan Dana Desa) pada 1 baris" in text
    assert "100%" in text


def test_plan_detail_offers_each_role_its_own_steps(client_as, draft):
    def offered(who):
        text = client_as(who, at=draft.agency).get(draft.get_absolute_url()).content.decode()
        return {
            word
            for word in ("periksa", "baris/tambah", "langkah/withdraw", "langkah/review", "langkah/return", "tetapkan")
            if f"{draft.get_absolute_url()}{word}/" in text
        }

    assert offered("agency_operator") == {"periksa", "baris/tambah"}
    assert offered("coordinator") == set()
    WorkPlan.objects.filter(pk=draft.pk).update(status="SUBMITTED")
    assert offered("agency_operator") == {"langkah/withdraw"}
    assert offered("coordinator") == {"langkah/review"}
    WorkPlan.objects.filter(pk=draft.pk).update(status="REVIEWING")
    assert offered("agency_operator") == set()
    assert offered("coordinator") == {"langkah/return", "tetapkan"}
    assert offered("auditor") == set()


def test_plan_detail_of_a_returned_plan_says_why(client_as, draft):
    WorkPlan.objects.filter(pk=draft.pk).update(status="REVIEWING")
    draft.refresh_from_db()
    client_as("coordinator").post(
        page("plan-step", draft).replace("review", "return"), {"seen": "REVIEWING", "note": "Lengkapi target"}
    )

    text = client_as("agency_operator", at=draft.agency).get(draft.get_absolute_url()).content.decode()

    assert "Lengkapi target" in text
    assert f"{draft.get_absolute_url()}periksa/" in text


def test_a_plan_is_returned_corrected_and_submitted_again(client_as, draft):
    """What was asked for is shown until the plan is set: to those who correct, submit and review it again."""
    operator, coordinator = client_as("agency_operator", at=draft.agency), client_as("coordinator")
    line, step, words = draft.lines.get(), page("plan-step", draft), "Turunkan target keuangan TW IV"

    def submit():
        check = operator.get(page("plan-check", draft))
        seen = {"seen": check.context["plan"].status, "version": check.context["plan"].version}
        assert operator.post(page("plan-check", draft), seen).status_code == 302
        return check.text

    assert words not in submit()
    coordinator.post(step, {"seen": "SUBMITTED"})
    refused = coordinator.post(step.replace("review", "return"), {"seen": "REVIEWING", "note": " "})
    assert "Tulis alasannya." in refused.text
    coordinator.post(step.replace("review", "return"), {"seen": "REVIEWING", "note": words})
    assert "Perbaiki<" in operator.get("/beranda/").text
    assert words in operator.get(draft.get_absolute_url()).text

    operator.post(page("line-edit", draft), line_data(line, money_4="80.000.000"))
    assert line.targets.get(quarter=4).money == 80_000_000
    assert words in submit()
    again = coordinator.get(draft.get_absolute_url()).text
    assert words in again.partition("<aside")[0] and "Perbaikan yang diminta:" in again

    coordinator.post(step, {"seen": "SUBMITTED"})
    coordinator.post(page("plan-set", draft), {"seen": "REVIEWING", "budget_doc_no": "DPPA 1", "budget_doc_date": "28-12-2018", "effective_on": "1 September 2019"})  # fmt: skip
    draft.refresh_from_db()
    assert draft.status == "SET"
    assert words not in operator.get(draft.get_absolute_url()).text.partition("<aside")[0]


def test_a_corrected_plan_that_is_withdrawn_keeps_what_was_asked(client_as, draft):
    operator, step = client_as("agency_operator", at=draft.agency), page("plan-step", draft)
    WorkPlan.objects.filter(pk=draft.pk).update(status="REVIEWING")
    client_as("coordinator").post(step.replace("review", "return"), {"seen": "REVIEWING", "note": "Lengkapi target"})
    WorkPlan.objects.filter(pk=draft.pk).update(status="SUBMITTED")

    operator.post(step.replace("review", "withdraw"), {"seen": "SUBMITTED"})

    page_of_plan = operator.get(draft.get_absolute_url()).text.partition("<aside")[0]
    assert "Perbaikan yang diminta:" in page_of_plan and "Lengkapi target" in page_of_plan


def test_whole_way_from_draft_to_set(client_as, draft):
    operator = client_as("agency_operator", at=draft.agency)
    coordinator = client_as("coordinator")
    check = operator.get(page("plan-check", draft))
    assert check.context["check"].blockers == []

    operator.post(page("plan-check", draft), {"seen": "DRAFT", "version": draft.version})
    coordinator.post(page("plan-step", draft), {"seen": "SUBMITTED", "note": ""})
    response = coordinator.post(
        page("plan-set", draft),
        {
            "seen": "REVIEWING",
            "budget_doc_no": "DPA 1/2019",
            "budget_doc_date": "28-12-2018",
            "effective_on": "2 Januari 2019",
            "note": "",
        },
    )

    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.status, draft.budget_doc_no, draft.effective_on) == ("SET", "DPA 1/2019", date(2019, 1, 2))
    assert (draft.submitted_by, draft.decided_by) == (operator.user, coordinator.user)
    steps = StatusChange.objects.filter(content_type=ContentType.objects.get_for_model(WorkPlan))
    assert [change.step for change in steps.order_by("pk")] == ["submit", "review", "set"]


def test_check_page_clicked_twice_is_one_submission(operator, draft):
    data = {"seen": "DRAFT", "version": draft.version}

    first = operator.post(page("plan-check", draft), data)
    second = operator.post(page("plan-check", draft), data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert StatusChange.objects.count() == 1


def test_check_page_of_a_plan_that_changed_asks_to_check_again(operator, draft):
    response = operator.post(page("plan-check", draft), {"seen": "DRAFT", "version": draft.version - 1})

    draft.refresh_from_db()
    assert (response.status_code, draft.status) == (409, "DRAFT")
    assert "Rencana berubah setelah Anda membuka halaman periksa" in response.content.decode()


def test_check_page_refuses_what_is_incomplete(operator, draft):
    Indicator.objects.update(source="")

    response = operator.post(page("plan-check", draft), {"seen": "DRAFT", "version": draft.version})

    draft.refresh_from_db()
    text = response.content.decode()
    assert (response.status_code, draft.status) == (409, "DRAFT")
    assert "Isi sumber data indikator" in text
    assert "<title>Galat:" in text
    assert ">Ajukan</button>" not in tight(text)


def test_closed_plan_leads_back_with_a_sentence(operator, draft):
    WorkPlan.objects.update(status="SUBMITTED")

    response = operator.get(page("line-add", draft), follow=True)

    assert response.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert "Rencana ini berstatus diajukan, jadi tidak dapat diubah." in response.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"budget_doc_no": ""}, "Isi nomor DPA atau DPPA"),
        ({"budget_doc_date": ""}, "Isi tanggal DPA atau DPPA"),
        ({"rka_amount": "-5"}, "Pagu RKA"),
        ({"budget_doc_date": "31-12-2017"}, "Isi tanggal 1 Januari 2018 atau sesudahnya"),
        ({"regulation_no": "Perbup 21/2018"}, "Isi tanggal peraturan itu, atau kosongkan juga nomornya"),
        ({"regulation_date": "06-07-2018"}, "Isi nomor peraturan itu, atau kosongkan juga tanggalnya"),
        ({"effective_on": "kemarin"}, "bukan tanggal"),
        ({"effective_on": "31-12-2018"}, "Isi tanggal 1 Januari 2019 atau sesudahnya"),
        ({"effective_on": "01-01-2020"}, "Isi tanggal 31 Desember 2019 atau sebelumnya"),
        ({"seen": "SUBMITTED"}, "Langkah ini tidak berlaku untuk status yang Anda lihat."),
    ],
)
def test_set_page_refuses_with_a_sentence_and_keeps_what_was_typed(client_as, draft, data, sentence):
    WorkPlan.objects.update(status="REVIEWING")

    response = client_as("coordinator").post(
        page("plan-set", draft),
        {
            "seen": "REVIEWING",
            "budget_doc_no": "DPA X",
            "budget_doc_date": "28-12-2018",
            "effective_on": "02-01-2019",
            "note": "catatan kami",
        }
        | data,
    )

    draft.refresh_from_db()
    text = response.content.decode()
    assert draft.status == "REVIEWING"
    assert sentence in text
    assert "catatan kami" in text
    assert "<title>Galat:" in text


def test_set_page_clicked_twice_is_one_setting_and_another_coordinator_is_told(client_as, draft):
    WorkPlan.objects.update(status="REVIEWING")
    data = {
        "seen": "REVIEWING",
        "budget_doc_no": "DPA X",
        "budget_doc_date": "28-12-2018",
        "effective_on": "02-01-2019",
        "note": "",
    }
    first, second = client_as("coordinator"), client_as("coordinator")

    answers = [client.post(page("plan-set", draft), data) for client in (first, first, second)]

    draft.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert "Status sudah diubah orang lain." in answers[2].content.decode()
    assert draft.decided_by == first.user
    assert StatusChange.objects.count() == 1


def test_set_page_of_a_plan_that_is_not_under_review_says_so(client_as, draft):
    text = squeezed(client_as("coordinator").get(page("plan-set", draft)).text)

    assert "Hanya rencana yang sedang ditelaah yang dapat ditetapkan." in text


def test_submitter_does_not_decide_even_with_another_role(draft, user_as, client):
    user = user_as("coordinator")
    WorkPlan.objects.filter(pk=draft.pk).update(status="REVIEWING", submitted_by=user)
    client.force_login(user)

    assert client.get(page("plan-set", draft)).status_code == 403
    assert client.post(page("plan-step", draft).replace("review", "return"), {"note": "x"}).status_code == 403


# --- Creating ----------------------------------------------------------------------------------------------------


def test_plan_is_created_and_shown(client_as):
    agency = AgencyFactory()
    client = client_as("agency_operator", at=agency)

    response = client.post(reverse("planning:plan-create"), {"agency": agency.pk, "year": "2019", "kind": "INDUK"})

    plan = WorkPlan.objects.get()
    assert response.url == plan.get_absolute_url()
    assert (plan.agency, plan.year, plan.kind, plan.sequence) == (agency, 2019, "INDUK", 1)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"agency": "foreign"}, "agency"),
        ({"agency": "x"}, "agency"),
        ({"year": "1900"}, "year"),
        ({"year": ""}, "year"),
        ({"kind": "LAIN"}, "kind"),
        ({"kind": "PERUBAHAN"}, "year"),
    ],
)
def test_plan_create_refuses(client_as, data, field):
    agency, foreign = AgencyFactory(), AgencyFactory()
    client = client_as("agency_operator", at=agency)
    data = {"agency": agency.pk, "year": "2019", "kind": "INDUK"} | data
    if data["agency"] == "foreign":
        data["agency"] = foreign.pk

    response = client.post(reverse("planning:plan-create"), data)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert not WorkPlan.objects.exists()


def test_plan_create_twice_leaves_one(client_as):
    agency = AgencyFactory()
    client = client_as("agency_operator", at=agency)
    data = {"agency": agency.pk, "year": "2019", "kind": "INDUK"}
    client.post(reverse("planning:plan-create"), data)

    response = client.post(reverse("planning:plan-create"), data)

    assert response.context["form"].errors["year"] == [
        "Masih ada versi rencana 2019 yang belum ditetapkan. Selesaikan versi itu dahulu."
    ]
    assert WorkPlan.objects.count() == 1


# --- Comparison and history ----------------------------------------------------------------------------------------


def test_comparison_shows_added_removed_and_changed_lines(operator, draft):
    before = WorkPlanFactory(agency=draft.agency, year=2018, agreed=True)
    old = add_line(before, amount=60_000_000)
    gone = add_line(before, amount=10_000_000)
    same = add_line(before)
    WorkPlan.objects.filter(pk=draft.pk).update(kind="PERUBAHAN", supersedes=before)
    added = draft.lines.get()
    add_line(draft, activity=old.activity, location=old.target_location, continues=old, amount=75_000_000)
    copy = PlanLine.objects.get(pk=same.pk)
    copy.pk, copy.plan, copy.continues, copy.client_token = None, draft, same, None
    copy.save()
    for target in same.targets.all():
        target.pk, target.plan_line = None, copy
        target.save()

    response = operator.get(page("plan-compare", draft))

    found = response.context["differences"]
    assert (found.added, found.removed, found.unchanged) == ([added], [gone], 1)
    row = found.changed[0]
    assert (row.old, row.difference) == (old, 15_000_000)
    assert ("Pagu", "Rp\xa060.000.000", "Rp\xa075.000.000") in [(c.label, c.old, c.new) for c in row.changes]
    assert found.difference == 75_000_000 + 200_000_000 - 170_000_000
    assert found


def test_comparison_of_the_first_version_says_so(operator, draft):
    text = operator.get(page("plan-compare", draft)).content.decode()

    assert "Ini versi pertama, jadi belum ada yang dibandingkan." in text


def test_history_tells_edits_and_steps_with_their_author(client_as, draft, line):
    operator = client_as("agency_operator", at=draft.agency)
    operator.post(page("line-edit", draft), line_data(line, amount="120.000.000"))
    indicator = line.activity.indicators.get()
    operator.post(page("indicator-edit", draft), indicator_data(version=1, unit="penenun"))
    operator.post(reverse("planning:indicator-add", args=[draft.pk, line.activity_id]), indicator_data(name="Salah"))
    wrong = line.activity.indicators.exclude(pk=indicator.pk).get()
    operator.post(reverse("planning:indicator-delete", args=[draft.pk, wrong.pk]), {"version": 1})
    draft.refresh_from_db()
    operator.post(page("plan-check", draft), {"seen": "DRAFT", "version": draft.version})

    text = client_as("auditor").get(page("plan-history", draft)).content.decode().replace("\xa0", " ")

    assert "Rp 100.000.000" in text
    assert "Rp 120.000.000" in text
    assert "kelompok → penenun" in text
    assert "Salah dihapus" in text
    assert "Diajukan" in text
    assert str(operator.user) in text


@pytest.mark.parametrize(
    ("who", "plans", "lines"),
    [
        ("coordinator", True, True),
        ("agency_operator", True, True),
        ("district_admin", False, True),
        ("facilitator", False, False),
        ("panelist", False, False),
    ],
)
def test_who_reads_plans_and_agreed_lines(user_as, who, plans, lines):
    user = user_as(who)

    assert (may_see_plans(user), may_see_agreed_lines(user)) == (plans, lines)
    assert (may_see_plans(UserFactory()), may_see_agreed_lines(UserFactory())) == (False, False)


def test_people_of_two_agencies_choose_which_one_plans(client_as):
    first, second = AgencyFactory(), AgencyFactory()
    client = client_as("agency_operator", at=first)
    AssignmentFactory(user=client.user, agency=second)

    form = client.get(reverse("planning:plan-create")).context["form"]

    assert set(form.fields["agency"].queryset) == {first, second}
    assert form["agency"].value() is None


def test_plans_that_wait_for_the_coordinator():
    waiting = [WorkPlanFactory(status=status, submitted_by=UserFactory()) for status in ("SUBMITTED", "REVIEWING")]
    WorkPlanFactory()
    WorkPlanFactory(agreed=True)

    assert set(WorkPlan.objects.awaiting_coordinator()) == set(waiting)


@pytest.mark.parametrize("kind", ["INDUK", "PERUBAHAN"])
def test_plan_list_filters_by_kind(client_as, kind):
    induk = WorkPlanFactory(agreed=True)
    change = WorkPlanFactory(agency=induk.agency, kind="PERUBAHAN", sequence=2, supersedes=induk)

    response = client_as("coordinator").get(reverse("planning:plan-list"), {"jenis": kind})

    assert rows_of(response) == [{"INDUK": induk, "PERUBAHAN": change}[kind]]


def test_version_that_was_superseded_names_its_successor(operator, draft):
    old = WorkPlanFactory(agency=draft.agency, year=2018, agreed=True)
    WorkPlan.objects.filter(pk=draft.pk).update(kind="PERUBAHAN", supersedes=old)

    text = operator.get(old.get_absolute_url()).content.decode()

    assert f'href="{draft.get_absolute_url()}"' in text


@pytest.mark.parametrize(
    ("typed", "shown"), [("1.250.000.000", "Pagu RKA: Rp\u00a01.250.000.000"), ("", "Pagu RKA: belum ada data")]
)
def test_amount_of_the_rka_is_recorded_with_the_documents(client_as, draft, typed, shown):
    WorkPlan.objects.update(status="REVIEWING")
    data = {"seen": "REVIEWING", "budget_doc_no": "1", "budget_doc_date": "28-12-2018", "effective_on": "02-01-2019"}
    coordinator = client_as("coordinator")

    coordinator.post(page("plan-set", draft), data | {"rka_amount": typed})

    draft.refresh_from_db()
    assert draft.rka_amount == (1_250_000_000 if typed else None)
    text = coordinator.get(draft.get_absolute_url()).content.decode()
    assert shown in re.sub(r"[ \n]+", " ", text)
