"""The back office of regions and evidence: who sees and changes what, and that forged requests change nothing."""

import pytest
from django.contrib import admin
from django.urls import reverse

from districts.models import (
    AreaFigure,
    Commodity,
    CommunityGroup,
    District,
    Regency,
    SelectionRound,
    Village,
    VillageAlias,
)
from p2emas.models import Agency, Holiday, Official
from tests.factories import (
    AgencyFactory,
    AreaFigureFactory,
    CandidateFactory,
    CommodityFactory,
    CommunityGroupFactory,
    DecreeFactory,
    DistrictFactory,
    EarlierAidFactory,
    HolidayFactory,
    OfficialFactory,
    RankingRunFactory,
    RegencyFactory,
    VillageAliasFactory,
    VillageFactory,
)
from tests.markup import tight

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(record, what="change"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{what}", args=[record.pk])


def add_page_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def rows_of(response):
    return set(response.context["cl"].result_list)


def filled(response, **changes):
    """What the form on the page would post, its inline rows included, with ``changes``."""
    data = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False:
                data[form.add_prefix(name)] = "on" if value is True else value
    return data | changes


@pytest.fixture
def own(db):
    """A village, group and figure of the kecamatan that the staff member under test works in."""
    district = DistrictFactory(name="Kelam Permai")
    return VillageFactory(district=district, name="Ensaid Panjang", code="61.05.19.2005", slug="ensaid-panjang")


@pytest.fixture
def foreign(db):
    return VillageFactory(
        district__name="Tempunak", name="Canari Asing", code="61.05.02.2001", contact_name="Kontak Asing"
    )


@pytest.fixture
def staff(client_as, own):
    return client_as("district_admin", at=own.district.office)


# --- Who enters --------------------------------------------------------------------------------------------------

EVERYTHING = {model.__name__ for model in admin.site._registry}
ENTRIES = {
    "coordinator": EVERYTHING - {"User", "Assignment"},
    "coordinator_head": EVERYTHING - {"User", "Assignment"},
    "admin": EVERYTHING,
    "auditor": EVERYTHING,
    "district_admin": {
        "Village",
        "AreaFigure",
        "Candidate",
        "Commodity",
        "CommunityGroup",
        "EarlierAid",
        "ProductionFigure",
    },
}


@pytest.mark.parametrize(("who", "entries"), ENTRIES.items())
def test_index_lists_what_the_role_works_on(client_as, who, entries):
    response = client_as(who).get(reverse("admin:index"))

    assert {model["object_name"] for app in response.context["app_list"] for model in app["models"]} == entries


@pytest.mark.parametrize("who", ["leader", "agency_operator", "agency_head", "facilitator", "panelist"])
def test_other_roles_may_not_enter(client_as, who, own):
    client = client_as(who, village=own if who == "facilitator" else None)

    for url in (reverse("admin:index"), list_of(Village), page_of(own), page_of(own, "history")):
        assert client.get(url).status_code == 403
    assert client.post(page_of(own), {"contact_name": "Rebut"}).status_code == 403
    assert autocomplete(client, CommunityGroup, "village") == 403


def test_anonymous_is_led_to_the_sign_in_page(client, own):
    for url in (list_of(Village), page_of(own)):
        assert client.get(url).url == f"/masuk/?next={url}"
    sign_in = client.get(reverse("admin:index")).url
    assert client.get(sign_in).url == "/masuk/?next=%2Fkelola%2F"


def test_site_has_only_our_scoped_pages():
    from p2emas.accounts.back_office.site import ScopedAdmin

    ours = {Agency, Official, Holiday, Regency, District, Village, AreaFigure, Commodity, CommunityGroup}
    assert ours <= set(admin.site._registry)
    assert all(isinstance(page, ScopedAdmin) for page in admin.site._registry.values())


@pytest.fixture
def one_of_each(own):
    return [
        AgencyFactory(),
        OfficialFactory(),
        HolidayFactory(),
        RegencyFactory(),
        own.district,
        own,
        AreaFigureFactory(village=own),
        CommodityFactory(),
        CommunityGroupFactory(village=own),
    ]


@pytest.mark.parametrize("who", ["coordinator", "coordinator_head", "admin"])
def test_coordinators_open_and_save_every_page(client_as, who, one_of_each):
    client = client_as(who)

    for record in one_of_each:
        assert client.get(list_of(type(record))).status_code == 200
        assert client.get(add_page_of(type(record))).status_code == 200
        page = client.get(page_of(record))
        saved = client.post(page_of(record), filled(page))
        assert (type(record).__name__, saved.status_code) == (type(record).__name__, 302), saved.context["problems"]
        assert client.get(page_of(record, "history")).status_code == 200


def test_auditor_reads_every_page_and_changes_nothing(client_as, one_of_each):
    client = client_as("auditor")

    for record in one_of_each:
        assert client.get(list_of(type(record))).status_code == 200
        assert client.get(page_of(record)).context["has_change_permission"] is False
        assert client.get(page_of(record, "history")).status_code == 200
        assert client.post(page_of(record), {"name": "ubahan"}).status_code == 403
        assert client.get(add_page_of(type(record))).status_code == 403
        assert client.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403
        assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize(("who", "blank"), [("auditor", False), ("coordinator", True)])
def test_blank_row_stands_where_it_may_be_saved(client_as, own, who, blank):
    AreaFigureFactory(village=own, kind="HOUSEHOLDS")

    shown = client_as(who).get(page_of(own)).content.decode()

    assert 'name="figures-0-id"' in shown or not blank
    assert ('name="figures-1-kind"' in shown) is blank
    assert ('name="aliases-0-name"' in shown) is blank
    assert (">Belum ada.<" in shown) is not blank


def test_reader_sees_figures_as_every_page_writes_them(client_as, own):
    figure = AreaFigureFactory(village=own, value="2018")
    aid = EarlierAidFactory(village=own, amount=12_500_000)
    unknown = EarlierAidFactory(village=own, amount=None)
    client = client_as("auditor")

    def shown(record):
        return client.get(page_of(record)).content.decode().replace("\u00a0", " ")

    assert ">2.018<" in shown(figure)
    assert "<p>2.018</p>" in shown(own)
    assert ">Rp 12.500.000<" in shown(aid)
    assert "Rp 1" not in shown(unknown)


def test_pages_carry_no_inline_style_and_no_jquery(client_as, one_of_each):
    client = client_as("coordinator")

    for record in one_of_each:
        for url in (list_of(type(record)), add_page_of(type(record)), page_of(record), page_of(record, "history")):
            text = client.get(url).content.decode()
            assert "<style" not in text
            assert " style=" not in text
            assert "jquery" not in text.lower()


def test_village_page_links_district_admin_nowhere_closed(staff, own):
    assert (
        reverse("admin:districts_district_change", args=[own.district_id])
        not in staff.get(page_of(own)).content.decode()
    )


# --- Scope of kecamatan staff ------------------------------------------------------------------------------------


def test_lists_of_district_admin_hold_only_the_own_kecamatan(staff, own, foreign):
    groups = CommunityGroupFactory(village=own), CommunityGroupFactory(village=foreign, name="Kelompok Asing")
    figures = AreaFigureFactory(village=own), AreaFigureFactory(village=foreign)
    of_district = AreaFigureFactory(village=None, district=own.district)
    AreaFigureFactory(village=None, district=foreign.district)
    AreaFigureFactory(village=None, regency=own.district.regency)

    assert rows_of(staff.get(list_of(Village))) == {own}
    assert rows_of(staff.get(list_of(CommunityGroup))) == {groups[0]}
    assert rows_of(staff.get(list_of(AreaFigure))) == {figures[0], of_district}
    for model in (Village, CommunityGroup, AreaFigure):
        text = staff.get(list_of(model)).content.decode()
        assert "Asing" not in text
        assert "Tempunak" not in text


def test_counts_of_district_admin_leave_out_other_kecamatan(staff, own, foreign):
    response = staff.get(list_of(Village), {"_facets": "True"})

    assert response.context["cl"].result_count == 1
    assert "Desa (1)" in response.content.decode()


@pytest.mark.parametrize(
    "query", [{"q": "Canari"}, {"q": "61.05.02.2001"}, {"kecamatan": "FOREIGN"}, {"q": "nama lama"}]
)
def test_search_and_filter_of_district_admin_find_nothing_foreign(staff, own, foreign, query):
    VillageAliasFactory(village=foreign, name="Nama Lama")
    if query == {"kecamatan": "FOREIGN"}:
        query = {"kecamatan": foreign.district.code}

    assert rows_of(staff.get(list_of(Village), query)) == set()


def test_search_finds_an_alias(staff, own):
    VillageAliasFactory(village=own, name="Ensait")
    VillageFactory(district=own.district, name="Kebong")

    assert rows_of(staff.get(list_of(Village), {"q": "ensait"})) == {own}


def test_search_finds_what_is_in_a_village_by_its_old_name(staff, own):
    VillageAliasFactory(village=own, name="Ensait")
    VillageAliasFactory(village=own, name="Ensait Lama")
    there = [
        CommunityGroupFactory(village=own),
        EarlierAidFactory(village=own),
        AreaFigureFactory(village=own),
        CandidateFactory(village=own),
    ]
    for make in (CommunityGroupFactory, EarlierAidFactory, AreaFigureFactory, CandidateFactory):
        make(village=VillageFactory(district=own.district))

    found = [list(staff.get(list_of(type(row)), {"q": "ensait"}).context["cl"].result_list) for row in there]

    assert found == [[row] for row in there]


def test_filter_offers_district_admin_only_the_own_kecamatan(staff, own, foreign, client_as):
    assert "Tempunak" not in staff.get(list_of(CommunityGroup)).content.decode()
    coordinator = client_as("coordinator").get(list_of(Village)).content.decode()
    assert "Tempunak" in coordinator
    assert "Kelam Permai" in coordinator


def test_filter_by_kecamatan_is_shown_only_where_there_is_a_choice(staff, own, foreign, client_as):
    coordinator = client_as("coordinator")
    for model in (Village, CommunityGroup):
        one, many = (
            [each.title for each in client.get(list_of(model)).context["cl"].filter_specs]
            for client in (staff, coordinator)
        )
        assert ("kecamatan" in one, "kecamatan" in many) == (False, True)


def autocomplete(client, model, field, term=""):
    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field, "term": term},
    )
    return {row["text"] for row in response.json()["results"]} if response.status_code == 200 else response.status_code


def test_autocomplete_offers_district_admin_only_own_villages(staff, own, foreign, client_as):
    assert autocomplete(staff, CommunityGroup, "village") == {"Ensaid Panjang"}
    assert autocomplete(staff, AreaFigure, "village", "canari") == set()
    assert autocomplete(client_as("coordinator"), CommunityGroup, "village") == {"Ensaid Panjang", "Canari Asing"}


@pytest.mark.parametrize(
    ("model", "field"), [(Village, "district"), (District, "office"), (Agency, "successor"), (Official, "agency")]
)
def test_autocomplete_of_reference_data_is_closed_to_district_admin(staff, foreign, model, field):
    assert autocomplete(staff, model, field) == 403


@pytest.mark.parametrize("term", ["a\x00b", "%", "'", "\\", "x" * 5000])
def test_autocomplete_takes_any_term(staff, own, term):
    assert autocomplete(staff, CommunityGroup, "village", term) <= {"Ensaid Panjang"}


@pytest.mark.parametrize("what", ["change", "history", "delete"])
@pytest.mark.parametrize("kind", ["village", "group", "figure"])
def test_foreign_record_is_answered_like_a_missing_one(staff, own, foreign, what, kind):
    records = {
        "village": foreign,
        "group": CommunityGroupFactory(village=foreign),
        "figure": AreaFigureFactory(village=foreign),
    }
    url = page_of(records[kind], what)
    missing = url.replace(f"/{records[kind].pk}/", "/999999/")

    for address in (url, missing):
        response = staff.get(address)
        assert response.status_code == (403 if what == "delete" else 404)
        assert "Asing" not in response.content.decode()


@pytest.mark.parametrize("pk", ["99999999999999999999999", "abc", "-1", "9_9999", "%00", "0"])
@pytest.mark.parametrize("what", ["change", "history"])
def test_strange_ids_are_answered_like_missing_ones(staff, pk, what):
    assert staff.get(f"{list_of(Village)}{pk}/{what}/").status_code == 404


STRANGE = [
    {"p": "abc"},
    {"p": "-1"},
    {"p": "99999999999999999999"},
    {"o": "x.y"},
    {"o": "99999999999999999999"},
    {"q": "a\x00b"},
    {"q": "'\"%_\\"},
    {"kecamatan": "\x00"},
    {"kecamatan": "x" * 3000},
    {"kind__exact": "\x00"},
    {"active__exact": "99999999999999999999"},
    {"name__regex": "["},
    {"code__iregex": "(a+)+$"},
    {"contact_phone__startswith": "08"},
    {"district__regency__name": "x"},
    {"all": ""},
    {"_to_field": "code"},
    {"_facets": "\x00"},
    {"e": "1"},
]


@pytest.mark.parametrize("query", STRANGE, ids=str)
@pytest.mark.parametrize("model", [Village, CommunityGroup, AreaFigure])
def test_lists_answer_any_query(staff, own, model, query):
    assert staff.get(list_of(model), query).status_code in (200, 302, 400)


def test_filter_by_kecamatan_shows_its_rows(client_as, own, foreign):
    client = client_as("coordinator")

    assert rows_of(client.get(list_of(Village), {"kecamatan": own.district.code})) == {own}
    assert rows_of(client.get(list_of(Village), {"kecamatan": "xx"})) == set()


def test_list_refuses_lookups_that_no_filter_offers(staff, own):
    VillageFactory(district=own.district, contact_phone="0812")

    assert staff.get(list_of(Village), {"contact_phone__startswith": "08"}).status_code == 400
    assert staff.get(list_of(Village), {"name__regex": "["}).status_code == 400
    assert rows_of(staff.get(list_of(Village), {"kind__exact": "DESA"})) == set(Village.objects.all())


# --- Changing ----------------------------------------------------------------------------------------------------


def test_district_admin_edits_contact_aliases_and_figures(staff, own):
    page = staff.get(page_of(own))
    data = filled(page, contact_name="Sekretaris desa", contact_phone="0812-000", lat="0,166", lng="111.729")
    data |= {"aliases-TOTAL_FORMS": 1, "aliases-0-name": "Ensait", "aliases-0-village": own.pk}
    data |= {
        "figures-TOTAL_FORMS": 1,
        "figures-0-kind": "POPULATION",
        "figures-0-value": "512",
        "figures-0-unit": "jiwa",
    }
    data |= {"figures-0-year": 2018, "figures-0-source": "Profil desa", "figures-0-village": own.pk}

    response = staff.post(page_of(own), data)

    assert response.status_code == 302, response.context["problems"]
    own.refresh_from_db()
    assert (own.contact_name, str(own.lat), str(own.lng)) == ("Sekretaris desa", "0.166000", "111.729000")
    assert [alias.name for alias in own.aliases.all()] == ["Ensait"]
    assert [(figure.kind, figure.value) for figure in own.figures.all()] == [("POPULATION", 512)]
    assert own.history.first().history_user == staff.user


def test_district_admin_cannot_change_what_is_read_only(staff, own, foreign):
    before = (own.name, own.code, own.kind, own.slug, own.district_id, own.active)
    data = filled(staff.get(page_of(own)), contact_name="Baru", name="Lain", code="61.05.19.9999", kind="KELURAHAN")
    data |= {"slug": "lain", "district": foreign.district_id, "active": ""}

    assert staff.post(page_of(own), data).status_code == 302

    own.refresh_from_db()
    assert (own.name, own.code, own.kind, own.slug, own.district_id, own.active) == before
    assert own.contact_name == "Baru"


@pytest.mark.parametrize(("who", "linked"), {"district_admin": False, "coordinator": True}.items())
def test_read_only_record_is_a_link_only_for_those_who_may_open_it(client_as, own, foreign, who, linked):
    candidate = CandidateFactory(village=foreign, status="CHOSEN", choice="CHOSEN", reason="Peringkat 1.")
    run = RankingRunFactory(round=candidate.round)
    SelectionRound.objects.update(status="ENACTED", run=run, decree=DecreeFactory())
    client = client_as(who, at=own.district.office)

    page = client.get(page_of(candidate)).content.decode()

    assert str(foreign) in page
    assert (f'href="{page_of(foreign)}"' in page) is linked
    assert client.get(page_of(foreign)).status_code == (200 if linked else 404)


@pytest.mark.parametrize("url_of", [page_of, lambda v: add_page_of(Village), lambda v: page_of(v, "delete")])
def test_district_admin_posts_to_closed_pages_change_nothing(staff, own, foreign, url_of):
    before = set(Village.objects.values_list())

    response = staff.post(url_of(foreign), {"name": "Rebut", "contact_name": "Rebut", "post": "yes"})

    assert response.status_code in (302, 403, 404)
    assert set(Village.objects.values_list()) == before


def test_forged_inline_rows_of_another_village_are_refused(staff, own, foreign):
    alias = VillageAliasFactory(village=foreign, name="Nama Asing")
    figure = AreaFigureFactory(village=foreign, value=7)
    data = filled(staff.get(page_of(own)))
    data |= {"aliases-TOTAL_FORMS": 1, "aliases-INITIAL_FORMS": 1, "aliases-0-id": alias.pk, "aliases-0-name": "Rebut"}
    data |= {
        "aliases-0-village": own.pk,
        "figures-TOTAL_FORMS": 1,
        "figures-INITIAL_FORMS": 1,
        "figures-0-id": figure.pk,
    }
    data |= {
        "figures-0-village": own.pk,
        "figures-0-kind": "POPULATION",
        "figures-0-value": 1,
        "figures-0-unit": "jiwa",
    }
    data |= {"figures-0-year": 2017, "figures-0-source": "rebut", "aliases-0-DELETE": "on"}

    staff.post(page_of(own), data)

    assert [(a.village, a.name) for a in VillageAlias.objects.all()] == [(foreign, "Nama Asing")]
    assert [(f.village, f.value) for f in AreaFigure.objects.all()] == [(foreign, 7)]


def test_forged_inline_parent_is_ignored(staff, own, foreign):
    data = filled(staff.get(page_of(own)))
    data |= {"aliases-TOTAL_FORMS": 1, "aliases-0-name": "Nama Titipan", "aliases-0-village": foreign.pk}

    staff.post(page_of(own), data)

    assert not foreign.aliases.exists()


GROUP = {"name": "Kelompok Baru", "kind": "POKTAN", "active": "on"}


def test_district_admin_adds_a_group_in_an_own_village(staff, own):
    response = staff.post(add_page_of(CommunityGroup), GROUP | {"village": own.pk, "commodity": CommodityFactory().pk})

    assert response.status_code == 302
    assert CommunityGroup.objects.get().village == own


def test_forged_foreign_village_of_a_new_group_is_no_choice(staff, own, foreign):
    response = staff.post(
        add_page_of(CommunityGroup), GROUP | {"village": foreign.pk, "commodity": CommodityFactory().pk}
    )

    assert set(response.context["adminform"].form.errors) == {"village"}
    assert not CommunityGroup.objects.exists()


def test_forged_foreign_village_of_an_own_group_is_no_choice(staff, own, foreign):
    group = CommunityGroupFactory(village=own)

    response = staff.post(page_of(group), filled(staff.get(page_of(group)), village=foreign.pk))

    assert set(response.context["adminform"].form.errors) == {"village"}
    group.refresh_from_db()
    assert group.village == own


@pytest.mark.parametrize("area", ["regency", "district", "village"])
def test_forged_foreign_area_of_a_figure_is_refused(staff, own, foreign, area):
    areas = {"regency": own.district.regency, "district": foreign.district, "village": foreign}
    data = {"kind": "AREA", "value": "1", "unit": "km2", "year": 2017, "source": "rebut", area: areas[area].pk}

    response = staff.post(add_page_of(AreaFigure), data)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors
    assert not AreaFigure.objects.exists()


def test_district_admin_adds_a_figure_of_the_own_kecamatan(staff, own):
    data = {"kind": "AREA", "value": "523,8", "unit": "km2", "year": 2017, "source": "BPS", "district": own.district.pk}

    assert staff.post(add_page_of(AreaFigure), data).status_code == 302
    assert AreaFigure.objects.get().district == own.district


def test_forged_list_edit_changes_nothing(staff, own, foreign):
    group = CommunityGroupFactory(village=foreign, name="Kelompok Asing")
    data = {
        "_save": "Simpan",
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": group.pk,
        "form-0-name": "Rebut",
    }

    staff.post(list_of(CommunityGroup), data)

    group.refresh_from_db()
    assert group.name == "Kelompok Asing"


@pytest.mark.parametrize("inline", ["aliases", "figures"])
def test_inline_rows_given_twice_are_refused_with_a_sentence(staff, own, inline):
    VillageAliasFactory(village=own, name="Ensait")
    AreaFigureFactory(village=own, kind="POPULATION", year=2017)
    row = {
        "aliases": {"name": "Ensait"},
        "figures": {"kind": "POPULATION", "value": 1, "unit": "jiwa", "year": 2017, "source": "x"},
    }
    data = filled(staff.get(page_of(own)), **{f"{inline}-TOTAL_FORMS": 2, f"{inline}-1-village": own.pk})
    data |= {f"{inline}-1-{name}": value for name, value in row[inline].items()}

    response = staff.post(page_of(own), data)

    assert response.status_code == 200
    assert response.context["problems"]
    assert (own.aliases.count(), own.figures.count()) == (1, 1)


# --- In place of deletion ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "coordinator_head", "admin", "district_admin"])
def test_records_with_history_are_never_deleted(client_as, own, who):
    records = [own, CommunityGroupFactory(village=own), AreaFigureFactory(village=own), own.district, RegencyFactory()]
    client = client_as(who, at=own.district.office)

    for record in records:
        assert client.post(page_of(record, "delete"), {"post": "yes"}).status_code == 403
        client.post(
            list_of(type(record)), {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        )
        assert type(record).objects.filter(pk=record.pk).exists()


def test_district_admin_deactivates_own_groups_only(staff, own, foreign):
    mine, other = CommunityGroupFactory(village=own), CommunityGroupFactory(village=foreign)

    staff.post(list_of(CommunityGroup), {"action": "deactivate", "_selected_action": [mine.pk, other.pk]})

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.active, other.active) == (False, True)
    assert [(row.history_user, row.active) for row in mine.history.all()] == [(staff.user, False), (None, True)]

    staff.post(list_of(CommunityGroup), {"action": "activate", "_selected_action": [mine.pk]})

    mine.refresh_from_db()
    assert mine.active


@pytest.mark.parametrize("chosen", [["abc"], ["99999999999999999999"], ["\x00"], ["-1"], ["²"], []])
@pytest.mark.parametrize("action", ["deactivate", "", "meledak"])
def test_action_with_strange_ids_changes_nothing(staff, own, chosen, action):
    group = CommunityGroupFactory(village=own)

    response = staff.post(list_of(CommunityGroup), {"action": action, "_selected_action": chosen, "index": "x"})

    assert response.status_code in (200, 302)
    group.refresh_from_db()
    assert group.active


def test_district_admin_does_not_deactivate_villages(staff, own, client_as):
    staff.post(list_of(Village), {"action": "deactivate", "_selected_action": [own.pk]})
    own.refresh_from_db()
    assert own.active

    client_as("coordinator").post(list_of(Village), {"action": "deactivate", "_selected_action": [own.pk]})
    own.refresh_from_db()
    assert not own.active


def test_holiday_entered_by_mistake_can_be_deleted_by_a_coordinator(client_as):
    holiday = HolidayFactory()

    client_as("coordinator").post(page_of(holiday, "delete"), {"post": "yes"})

    assert not Holiday.objects.exists()
    assert Holiday.history.first().history_type == "-"


# --- Reference data ----------------------------------------------------------------------------------------------


def test_coordinator_adds_a_village_with_its_address(client_as, own):
    neighbour = DistrictFactory(name="Binjai Hulu")
    inlines = {f"{name}-{part}_FORMS": 0 for name in ("aliases", "figures") for part in ("TOTAL", "INITIAL")}
    data = {"district": neighbour.pk, "name": "Ensaid Panjang", "kind": "DESA", "code": "", "active": "on"}

    response = client_as("coordinator").post(add_page_of(Village), data | inlines)

    assert response.status_code == 302, response.context["problems"]
    assert Village.objects.get(district=neighbour).slug == "ensaid-panjang-binjai-hulu"


def test_coordinator_renames_a_village_and_the_old_name_is_kept(client_as, own):
    client = client_as("coordinator")

    client.post(page_of(own), filled(client.get(page_of(own)), name="Ensaid Panjang Raya"))

    own.refresh_from_db()
    assert (own.name, own.slug) == ("Ensaid Panjang Raya", "ensaid-panjang")
    assert [alias.name for alias in own.aliases.all()] == ["Ensaid Panjang"]


@pytest.mark.parametrize(
    ("field", "value"), [("code", "6105.19"), ("lat", "91"), ("lng", "-181"), ("lat", "utara"), ("name", "")]
)
def test_village_form_refuses_with_a_sentence_and_keeps_what_was_typed(client_as, own, field, value):
    client = client_as("coordinator")

    response = client.post(page_of(own), filled(client.get(page_of(own)), **{field: value}))

    form = response.context["adminform"].form
    assert set(form.errors) == {field}
    assert form[field].value() == value
    assert "<title>Galat: " in tight(response.text)


def test_second_regency_is_refused_and_the_first_can_be_changed(client_as):
    regency = RegencyFactory()
    client = client_as("coordinator")

    refused = client.post(add_page_of(Regency), filled(client.get(add_page_of(Regency)), code="61.10", name="Melawi"))
    saved = client.post(page_of(regency), filled(client.get(page_of(regency)), name="Sintang Raya"))

    assert refused.status_code == 200
    said = [str(each) for each in refused.context["adminform"].form.non_field_errors()]
    assert said == [
        f"Basis data ini milik {regency}. Satu basis data untuk satu kabupaten atau kota: ubah yang sudah ada."
    ]
    assert saved.status_code == 302
    assert list(Regency.objects.values_list("name", flat=True)) == ["Sintang Raya"]


def test_commodity_cannot_descend_from_itself(client_as):
    horticulture = CommodityFactory(name="hortikultura")
    chilli = CommodityFactory(name="cabai", parent=horticulture)
    client = client_as("coordinator")

    response = client.post(page_of(horticulture), filled(client.get(page_of(horticulture)), parent=chilli.pk))

    assert set(response.context["adminform"].form.errors) == {"parent"}
    assert Commodity.objects.get(pk=horticulture.pk).parent is None


def test_every_field_has_a_help_text():
    bare = {
        f"{model.__name__}.{field.name}"
        for model, page in admin.site._registry.items()
        for field in model._meta.fields
        if field.editable
        and not field.primary_key
        and not field.help_text
        and (page.fields is None or field.name in page.fields)
    }

    assert bare == set()


def test_history_page_shows_old_and_new(client_as, own):
    client = client_as("coordinator")
    client.post(page_of(own), filled(client.get(page_of(own)), contact_name="Sekretaris desa", kind="KELURAHAN"))
    VillageAliasFactory(village=own, name="Ensait")

    response = client.get(page_of(own, "history"))

    edits = [(edit.kind, edit.thing, edit.author, edit.changes) for edit in response.context["edits"]]
    assert sorted(edits, key=str) == sorted(
        [
            ("+", "nama lain desa: Ensait", "", []),
            (
                "~",
                "desa atau kelurahan: Ensaid Panjang",
                "coordinator penguji",
                [("jenis", "Desa", "Kelurahan"), ("nama kontak", "–", "Sekretaris desa")],
            ),
            ("+", "desa atau kelurahan: Ensaid Panjang", "", []),
        ],
        key=str,
    )
    assert "Sekretaris desa" in response.content.decode()


@pytest.mark.parametrize(
    "model", [Village, CommunityGroup, AreaFigure, Commodity, District, Regency, Agency, Official, Holiday]
)
def test_lists_take_as_many_queries_for_three_rows_as_for_one(client_as, model, one_of_each):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories = {
        Village: VillageFactory,
        CommunityGroup: CommunityGroupFactory,
        AreaFigure: AreaFigureFactory,
        Commodity: CommodityFactory,
        District: DistrictFactory,
        Agency: AgencyFactory,
        Official: OfficialFactory,
        Holiday: HolidayFactory,
    }
    client = client_as("coordinator")
    client.get(list_of(model))
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get(list_of(model))
    for number in range(2):
        if model is Regency:
            RegencyFactory(code=f"61.1{number}")
        else:
            factories[model]()

    with CaptureQueriesContext(connection) as second:
        client.get(list_of(model))
    assert len(first) == len(second) <= 13  # with the one for who we are


def test_empty_name_of_the_key_field_is_as_none(client_as):
    commodity = CommodityFactory()
    address = reverse("admin:districts_commodity_change", args=[commodity.pk])

    assert client_as("coordinator").get(address, {"_to_field": ""}).status_code == 200
