import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from p2emas.accounts.roles import Role
from p2emas.ui import navigation


def test_every_role_has_a_menu_of_six_entries_at_most():
    assert set(navigation.MENUS) == {role.value for role in Role}
    for bar, more in [*navigation.MENUS.values(), navigation.PUBLIC, navigation.SUPERUSER, navigation.WITHOUT_ROLE]:
        assert len(bar) + bool(more) <= 6
        assert len(set(bar + more)) == len(bar + more)


def links_of(menu) -> list[str]:
    return [link.url for link in menu.links + menu.more]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_menu_leads_to_pages(rf, user_as, role):
    from tests.factories import DistrictFactory

    request = rf.get("/")
    request.user = user_as(role, at=DistrictFactory().office if role == "district_admin" else None)
    assert all(url.startswith("/") for url in links_of(navigation.menu(request)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/verifikasi/", "Verifikasi"),
        ("/laporan/7/verifikasi/", "Verifikasi"),
        ("/laporan/7/", "Laporan"),
        ("/laporan/", "Laporan"),
        ("/keputusan/", "Keputusan"),
        ("/keputusan/kompetensi/7/", "Kompetensi inti"),
        ("/keputusan/lokasi/", "Pemilihan lokasi"),
        ("/sk/7/", "Keputusan"),
    ],
)
def test_menu_marks_where_one_is_and_nothing_else(rf, user_as, path, marked):
    request = rf.get(path)
    request.user = user_as("coordinator")
    menu = navigation.menu(request)
    assert [link.label for link in menu.links + menu.more if link.current] == [marked]


@pytest.mark.django_db
def test_menu_of_several_roles_is_that_of_the_first(rf, user_as, bappeda):
    from tests.factories import AssignmentFactory

    user = user_as("agency_operator")
    AssignmentFactory(user=user, role=Role.COORDINATOR, agency=bappeda)
    assert navigation._entries(user) == navigation.MENUS["coordinator"]
    assert navigation._entries(user_as("admin")) == navigation.SUPERUSER
    assert navigation._entries(AnonymousUser()) == navigation.PUBLIC


@pytest.mark.django_db
def test_base_page_of_a_signed_in_person_costs_one_query(rf, user_as, django_assert_num_queries):
    request = rf.get("/")
    request.user = user_as("coordinator")
    with django_assert_num_queries(1):  # the assignments of today, read once a request
        html = render_to_string("base.html", {}, request=request)
    assert 'action="/keluar/"' in html
    assert 'method="post"' in html
