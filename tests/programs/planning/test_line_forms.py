"""The form of a plan line: what it takes, what it refuses and with which words, and that a conflict overwrites nothing."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2emas.models import Decree
from p2emas.workflow.editing import EditConflict
from programs.models import Activity, PlanLine, PlanLineTarget, WorkPlan
from programs.planning.editing import save_line
from programs.planning.line_forms import LineForm
from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    DecreeFactory,
    FormDraftFactory,
    TargetLocationFactory,
    VillageFactory,
    WorkPlanFactory,
)
from tests.programs.planning.conftest import add_line, line_data
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


def add_url(plan):
    return reverse("planning:line-add", args=[plan.pk])


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- Saving ------------------------------------------------------------------------------------------------------


def test_new_line_brings_its_activity_and_targets(operator, draft):
    response = operator.post(add_url(draft), line_data())

    line = draft.lines.latest("pk")
    assert response.url == draft.get_absolute_url()
    assert (line.activity.name, line.activity.code, line.activity.agency, line.activity.year) == (
        "Pelatihan tenun",
        "2.01.99",
        draft.agency,
        2019,
    )
    assert (line.amount, line.volume, line.unit, line.village) == (100_000_000, Decimal("12.50"), "paket", None)
    assert list(line.targets.values_list("quarter", "money", "physical")) == [(4, 90_000_000, 100)]
    assert line.history.get().history_user == operator.user
    assert line.activity.history.get().history_user == operator.user
    draft.refresh_from_db()
    assert draft.version == 2


@pytest.mark.parametrize(("year", "rules"), [(2020, ("13/2006", "KEGIATAN")), (2021, ("050-3708", "SUB_KEGIATAN"))])
def test_new_activity_follows_the_nomenclature_of_its_year(operator, draft, year, rules):
    WorkPlan.objects.update(year=year)

    operator.post(add_url(draft), line_data())

    added = Activity.objects.get(code="2.01.99")
    assert (added.nomenclature, added.level) == rules


def test_saving_and_adding_again_opens_an_empty_form(operator, draft):
    response = operator.post(add_url(draft), line_data(again="1"))

    assert response.url == add_url(draft)


def test_new_line_sent_twice_is_one_line(operator, draft):
    data = line_data(
        token=str(uuid.uuid4()), activity=draft.lines.get().activity_id, new_outcome="", new_code="", new_name=""
    )

    first = operator.post(add_url(draft), data)
    second = operator.post(add_url(draft), data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert draft.lines.count() == 2


def test_each_empty_form_carries_a_token_of_its_own(operator, draft):
    tokens = {operator.get(add_url(draft)).context["form"]["token"].value() for _ in range(2)}

    assert len(tokens) == 2


def test_line_is_edited_with_its_targets(operator, draft, line):
    response = operator.post(
        line.get_absolute_url(),
        line_data(line, amount="150.000.000", money_1="0", money_2="10 juta".replace(" juta", ".000.000")),
    )

    line.refresh_from_db()
    assert response.url == draft.get_absolute_url()
    assert (line.amount, line.version) == (150_000_000, 2)
    assert list(line.targets.values_list("quarter", "money", "physical")) == [
        (1, 0, None),
        (2, 10_000_000, None),
        (4, 90_000_000, 100),
    ]


def test_targets_that_did_not_change_write_no_history(operator, draft, line):
    targets = {f"money_{q}": q * 20_000_000 for q in (1, 2, 3, 4)} | {f"physical_{q}": q * 25 for q in (1, 2, 3, 4)}

    operator.post(line.get_absolute_url(), line_data(line, **targets))

    assert PlanLineTarget.history.count() == 4


def test_form_shows_what_is_stored(operator, line):
    form = operator.get(line.get_absolute_url()).context["form"]

    assert form["place"].value() == "target"
    assert form["amount"].value() in (100_000_000, "100.000.000")
    assert form["money_2"].value() in (40_000_000, "40.000.000")
    assert form["version"].value() == 1


def test_place_changes_clear_what_no_longer_applies(operator, line):
    village = VillageFactory()
    group = CommunityGroupFactory(village=village)
    data = line_data(line, place="other", other_village=village.pk, exception_reason="Bencana banjir", group=group.pk)

    operator.post(line.get_absolute_url(), data)
    line.refresh_from_db()
    assert (line.target_location, line.other_village, line.group) == (None, village, group)

    operator.post(line.get_absolute_url(), data | {"version": 2, "place": "regency", "group": ""})
    line.refresh_from_db()
    assert (line.target_location, line.other_village, line.exception_reason, line.group) == (None, None, "", None)


# --- Refusals ----------------------------------------------------------------------------------------------------

NO_ACTIVITY = {"activity": "", "new_outcome": "", "new_code": "", "new_name": ""}
KEPT = {
    "amount": ("12.50", "amount"),
    "money_1": ("1,250", "money_1"),
    "physical_1": ("101", "physical_1"),
    "volume": ("1.5", "volume"),
    "start_month": ("13", "start_month"),
    "fund": ("LAIN", "fund"),
    "chain_link": ("", "chain_link"),
    "place": ("di sana", "place"),
}


@pytest.mark.parametrize(("name", "case"), KEPT.items())
def test_unreadable_value_is_refused_beside_its_field(operator, draft, line, name, case):
    value, field = case

    response = operator.post(line.get_absolute_url(), line_data(line, **{name: value}))

    text = response.content.decode()
    assert response.status_code == 200
    assert field in errors(response)
    assert "<title>Galat:" in text
    assert f"#id_{field}" in text
    line.refresh_from_db()
    assert line.version == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"amount": ""}, {"amount": ["Isi pagu"]}),
        ({"place": ""}, {"place": ["Pilih tempat kegiatan"]}),
        ({"target_location": ""}, {"target_location": ["Pilih lokasi sasaran"]}),
        (
            {"place": "other", "target_location": "", "group": ""},
            {
                "other_village": ["Pilih desa"],
                "exception_reason": ["Tulis alasan mengapa kegiatan di luar lokasi sasaran"],
            },
        ),
        ({"place": "regency"}, {"group": ["Kosongkan kelompok bila kegiatan untuk seluruh kabupaten"]}),
        (NO_ACTIVITY, {"activity": ["Pilih kegiatan, atau isi kegiatan baru di bawahnya"]}),
        (
            {"new_name": "Baru"},
            {"activity": ["Pilih kegiatan yang ada, atau isi kegiatan baru, tidak keduanya"]},
        ),
        (
            NO_ACTIVITY | {"new_name": "Baru"},
            {"new_outcome": ["Pilih sasaran program"], "new_code": ["Isi kode kegiatan"]},
        ),
        ({"money_4": "100.000.001"}, {"money_4": ["Target keuangan TW IV tidak boleh melebihi pagu"]}),
        (
            {"money_1": "50.000.000", "money_2": "49.999.999"},
            {"money_2": ["Target keuangan TW II kumulatif, jadi tidak boleh di bawah triwulan sebelumnya"]},
        ),
        (
            {"physical_1": "60", "physical_3": "59,9"},
            {"physical_3": ["Target fisik TW III kumulatif, jadi tidak boleh di bawah triwulan sebelumnya"]},
        ),
    ],
)
def test_line_that_breaks_a_rule_is_refused_with_a_sentence(operator, line, changes, expected):
    response = operator.post(line.get_absolute_url(), line_data(line, **changes))

    assert errors(response) == expected
    assert PlanLine.objects.get().version == 1


def test_code_that_is_taken_is_refused(operator, draft, line):
    data = line_data(new_code=line.activity.code)

    response = operator.post(add_url(draft), data)

    assert errors(response) == {
        "new_code": [f"Kode {line.activity.code} sudah dipakai. Pilih kegiatan itu dari daftar"]
    }
    assert Activity.objects.count() == 1


def foreign_rows(line):
    """Rows that exist and are no choice of this form, by the field that a forged post would name them in."""
    draft = line.plan
    closed = TargetLocationFactory()
    closed.valid_until, closed.closed_by = date(2019, 6, 30), DecreeFactory(kind=Decree.Kind.SK)
    closed.save()
    return {
        "activity of another agency": {"activity": ActivityFactory(year=2019).pk},
        "activity of another year": {"activity": ActivityFactory(agency=draft.agency, year=2018).pk},
        "location not in force": {"target_location": closed.pk},
        "location as other village": {
            "place": "other",
            "target_location": "",
            "other_village": TargetLocationFactory().village_id,
            "exception_reason": "x",
            "group": "",
        },
        "inactive village": {
            "place": "other",
            "target_location": "",
            "other_village": VillageFactory(active=False).pk,
            "exception_reason": "x",
            "group": "",
        },
        "group of another village": {"group": CommunityGroupFactory().pk},
        "group of another target location": {
            "group": CommunityGroupFactory(village=TargetLocationFactory().village).pk
        },
        "inactive group": {"group": CommunityGroupFactory(village=line.target_location.village, active=False).pk},
        "missing commodity": {"commodity": 99_999},
        "huge id": {"activity": 10**30},
        "no id": {"target_location": "x\x00"},
    }


@pytest.mark.parametrize(
    "case",
    [
        "activity of another agency",
        "activity of another year",
        "location not in force",
        "location as other village",
        "inactive village",
        "group of another village",
        "group of another target location",
        "inactive group",
        "missing commodity",
        "huge id",
        "no id",
    ],
)
def test_forged_choice_is_refused(operator, line, case):
    forged = foreign_rows(line)[case]

    response = operator.post(line.get_absolute_url(), line_data(line, **forged))

    field = next(
        name
        for name in reversed(forged)
        if name in {"activity", "target_location", "other_village", "group", "commodity"} and forged[name] != ""
    )
    assert response.status_code == 200
    assert field in errors(response)
    assert PlanLine.objects.get().version == 1


def test_group_of_another_village_is_named(operator, line):
    group = CommunityGroupFactory(village=TargetLocationFactory().village)

    response = operator.post(line.get_absolute_url(), line_data(line, group=group.pk))

    assert errors(response) == {"group": [f"{group} bukan kelompok di {line.target_location.village}"]}


def test_line_keeps_a_location_that_was_closed_since(operator, line):
    location = line.target_location
    location.valid_until, location.closed_by = date(2019, 6, 30), DecreeFactory(kind=Decree.Kind.SK)
    location.save()

    response = operator.post(line.get_absolute_url(), line_data(line))

    assert response.status_code == 302


# --- Somebody was faster -----------------------------------------------------------------------------------------


def test_conflict_shows_both_versions_and_overwrites_nothing(client_as, draft, line):
    first, second = (client_as("agency_operator", at=draft.agency) for _ in range(2))
    first.post(line.get_absolute_url(), line_data(line, amount="110.000.000"))

    response = second.post(line.get_absolute_url(), line_data(line, amount="130.000.000"))

    text = response.content.decode()
    assert response.status_code == 409
    assert "110.000.000" in text
    assert "130.000.000" in text
    line.refresh_from_db()
    assert (line.amount, line.version) == (110_000_000, 2)

    second.post(line.get_absolute_url(), line_data(line, amount="130.000.000"))
    line.refresh_from_db()
    assert line.amount == 130_000_000


def test_edit_of_a_deleted_line_is_not_found(client_as, draft, line):
    add_line(draft)
    client = client_as("agency_operator", at=draft.agency)
    client.post(reverse("planning:line-delete", args=[draft.pk, line.pk]), {"version": 1})

    assert client.post(line.get_absolute_url(), line_data(line)).status_code == 404


def test_draft_of_a_deleted_line_is_read_and_copied_and_leads_nowhere(client_as, draft, line):
    other = add_line(draft)
    client = client_as("agency_operator", at=draft.agency)
    of_form = {"user": client.user, "record": draft, "form": "baris-rencana", "typed": {"new_name": ["Tenun ikat"]}}
    gone, stays = (FormDraftFactory(**of_form, part=at.pk, page=at.get_absolute_url()) for at in (line, other))

    client.post(reverse("planning:line-delete", args=[draft.pk, line.pk]), {"version": 1})

    listed = client.get(reverse("drafts:unsaved")).content.decode()
    page = client.get(gone.get_absolute_url())
    assert f'href="{gone.page}"' not in listed + page.content.decode()
    assert f'href="{stays.page}"' in listed and f'href="{gone.get_absolute_url()}"' in listed
    assert "berakhir karena “Baris dihapus”" in text_of(client.get(reverse("drafts:unsaved")))
    assert "Tenun ikat" in text_of(page)


def test_two_people_edit_different_lines_without_conflict(operator, draft, line):
    other = add_line(draft)

    first = operator.post(line.get_absolute_url(), line_data(line))
    second = operator.post(other.get_absolute_url(), line_data(other))

    assert (first.status_code, second.status_code) == (302, 302)


@pytest.mark.parametrize("url", ["add", "edit"])
def test_what_was_typed_before_the_plan_was_submitted_is_kept_and_not_saved(operator, draft, line, url):
    WorkPlan.objects.update(status="SUBMITTED")
    address = add_url(draft) if url == "add" else line.get_absolute_url()
    data = line_data(unit="karung") if url == "add" else line_data(line, unit="karung")

    response = operator.post(address, data)

    text = response.content.decode()
    assert "Rencana ini sudah diajukan, jadi tidak dapat diubah." in text
    assert "karung" in text
    assert (PlanLine.objects.count(), PlanLine.objects.get().unit, Activity.objects.count()) == (1, "", 1)


# --- Deleting ----------------------------------------------------------------------------------------------------


def test_line_is_deleted_after_confirmation_and_stays_in_the_history(operator, draft, line):
    url = reverse("planning:line-delete", args=[draft.pk, line.pk])
    page = operator.get(url)
    assert str(line.activity) in page.content.decode()
    assert draft.lines.count() == 1

    response = operator.post(url, {"version": page.context["form"]["version"].value()})

    assert response.url == draft.get_absolute_url()
    assert (draft.lines.count(), PlanLineTarget.objects.count()) == (0, 0)
    assert PlanLine.history.filter(history_type="-").get().history_user == operator.user
    assert PlanLineTarget.history.filter(history_type="-").count() == 4


@pytest.mark.parametrize("version", ["0", "x", ""])
def test_line_is_not_deleted_on_an_older_version(operator, draft, line, version):
    response = operator.post(reverse("planning:line-delete", args=[draft.pk, line.pk]), {"version": version})

    assert response.status_code == 200
    assert draft.lines.count() == 1
    if version == "0":
        assert "Orang lain menyimpan lebih dahulu." in response.content.decode()


def test_line_of_a_submitted_plan_is_not_deleted(operator, draft, line):
    WorkPlan.objects.update(status="SUBMITTED")

    response = operator.post(reverse("planning:line-delete", args=[draft.pk, line.pk]), {"version": 1})

    assert "Rencana ini sudah diajukan" in response.content.decode()
    assert draft.lines.count() == 1


# --- Anything at all ---------------------------------------------------------------------------------------------

TEXT = st.text(max_size=40) | st.sampled_from(
    ["1", "0", "-1", "Rp 1.000", "9" * 25, "\x00", "1e9", "NaN", "Infinity", "²"]
)
FIELDS = [*LineForm.base_fields, "money_1", "physical_1", "money_4", "physical_4"]


@pytest.mark.whole
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))  # the drills send 500
@given(st.dictionaries(st.sampled_from(FIELDS), TEXT, max_size=8))
def test_line_form_never_breaks(operator, draft, line, data):
    WorkPlan.objects.filter(pk=draft.pk).update(status="DRAFT")

    for url in (add_url(draft), line.get_absolute_url()):
        assert operator.post(url, line_data(line) | data).status_code in {200, 302, 409}


def test_plan_form_choices_stay_within_the_plan():
    plan = WorkPlanFactory()
    form = LineForm(instance=PlanLine(plan=plan))

    assert list(form.fields["activity"].queryset) == []


def test_line_that_vanished_between_reading_and_saving_is_a_conflict(line, operator):
    PlanLineTarget.objects.all().delete()
    PlanLine.objects.all().delete()

    with pytest.raises(EditConflict, match="baru saja dihapus orang lain"):
        save_line(line=line, seen=1, targets={}, by=operator.user)


@pytest.mark.parametrize("typed", ["bukan-angka", "²", "-1", "9" * 30])
def test_strange_other_village_is_refused_beside_its_field(operator, line, typed):
    response = operator.post(line.get_absolute_url(), line_data(line, place="other", other_village=typed))

    assert response.status_code == 200
    assert "other_village" in response.context["form"].errors
