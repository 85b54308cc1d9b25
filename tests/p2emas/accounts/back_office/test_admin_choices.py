"""Back office with more rows than a select can have: a box instead, in the same scope, without a script."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from districts.models import Commodity, CommunityGroup, District
from p2emas.ui import rows
from p2emas.ui.rows import RowField
from programs.models import IndicatorTarget
from tests.districts.test_admin import filled
from tests.factories import (
    ActivityFactory,
    CommodityFactory,
    CommunityGroupFactory,
    DistrictFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    UserFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

ADD = "/kelola/districts/communitygroup/add/"


@pytest.fixture(autouse=True)
def one_is_many(monkeypatch):
    monkeypatch.setattr(rows, "MOST", 1)


@pytest.fixture
def own(client_as):
    """Kecamatan staff at their desk, with two villages of their own; a third one lies elsewhere."""
    client = client_as("district_admin")
    CommodityFactory()
    district = District.objects.get(office__in=client.user.agency_ids("district_admin"))
    District.objects.filter(pk=district.pk).update(name="Kelam")
    made = [VillageFactory(name=name, district=district) for name in ("Merpak", "Ensaid Panjang")]
    VillageFactory(name="Kebong", district=DistrictFactory(name="Sepauk"))
    return client, made


def group(page, village: str) -> dict[str, str]:
    return filled(page, name="Kelompok Baru", kind="POKTAN", village=village, commodity=Commodity.objects.get().pk)


def test_kecamatan_staff_type_a_village_of_their_own(own):
    client, (village, _other) = own
    page = client.get(ADD)

    answer = client.post(ADD, group(page, "merpak"))

    assert '<input type="text" name="village"' in page.content.decode()
    assert answer.status_code == 302
    assert CommunityGroup.objects.get().village == village


@pytest.mark.parametrize("typed", ["Kebong", "kebong kec. sepauk", "x [{pk}]", "{pk}", "{code}"])
def test_row_outside_the_scope_is_refused_however_it_is_named(own, typed):
    client, _own = own
    foreign = VillageFactory(name="Kebong Hulu", district=DistrictFactory())

    answer = client.post(ADD, group(client.get(ADD), typed.format(pk=foreign.pk, code=foreign.code)))

    form = answer.context["adminform"].form
    assert list(form.errors) == ["village"]
    assert foreign.name not in str(form.errors)
    assert not CommunityGroup.objects.exists()


def test_what_is_stored_stays_when_the_page_is_saved_again(own):
    client, (_one, village) = own
    stored = CommunityGroupFactory(village=village, name="Lama")
    page = reverse("admin:districts_communitygroup_change", args=[stored.pk])
    shown = client.get(page)

    answer = client.post(page, filled(shown, name="Baru") | {"seen": shown.context["seen"]})

    stored.refresh_from_db()
    assert f'value="Ensaid Panjang, Kec. Kelam [{village.pk}]"' in shown.content.decode()
    assert answer.status_code == 302
    assert (stored.name, stored.village) == ("Baru", village)


def test_second_saver_sees_the_stored_row_in_words(client_as):
    stored = CommunityGroupFactory(village__name="Merpak")
    VillageFactory(name="Kebong")
    page = reverse("admin:districts_communitygroup_change", args=[stored.pk])
    shown = client_as("coordinator").get(page)
    stored.name = "Nama baru"
    stored.save()

    late = client_as("coordinator").post(page, filled(shown, village="Kebong") | {"seen": shown.context["seen"]})

    told = str(late.context["adminform"].form.errors["village"])
    assert "Yang tersimpan sekarang: Merpak, Kec." in told


@pytest.mark.parametrize("count", [1, 3])
def test_rows_of_a_table_read_their_words_together(client_as, count, django_assert_num_queries):
    indicator = IndicatorFactory()
    for _number in range(count):
        IndicatorTargetFactory(indicator=indicator, village=VillageFactory(name="Merpak"))
    VillageFactory()
    client = client_as("coordinator")
    page = reverse("admin:programs_indicator_change", args=[indicator.pk])
    client.get(page)

    with django_assert_num_queries(13):
        text = client.get(page).content.decode()

    assert text.count('value="Merpak, Kec.') == count


def test_activity_of_an_indicator_is_told_from_others_of_its_name(client_as):
    one, _other = ActivityFactory(name="Pelatihan", code="1.01"), ActivityFactory(name="Pelatihan", code="1.02")
    client, page = client_as("coordinator"), reverse("admin:programs_indicator_add")
    typed = filled(client.get(page), name="Jumlah", unit="orang", formula="increasing")

    refused = client.post(page, typed | {"activity": "pelatihan"})
    taken = client.post(page, typed | {"activity": "1.01"})

    assert f"1.01 Pelatihan, {one.agency.short_name} {one.year} [{one.pk}]" in str(
        refused.context["adminform"].form.errors["activity"]
    )
    assert taken.status_code == 302
    assert not IndicatorTarget.objects.exists()


def test_every_box_of_the_back_office_can_be_searched():
    request = RequestFactory().get("/")
    request.user = UserFactory(is_superuser=True)

    fields = {}
    for model, page in admin.site._registry.items():
        made = [
            page.get_form(request),
            *(inline.get_formset(request).form for inline in page.get_inline_instances(request)),
        ]
        for form in made:
            fields |= {
                f"{model.__name__}.{name}": field
                for name, field in form.base_fields.items()
                if isinstance(field, RowField)
            }

    assert len(fields) > 20
    for name, field in fields.items():
        if field.queryset.model._meta.model_name != "regency":
            assert field.search_fields, name
        field._with_words_of("entah [1]")
