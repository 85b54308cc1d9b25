import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from p2emas.accounts.roles import Role
from p2emas.registry.contributions import menus
from p2emas.ui import navigation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/verifikasi/", "Verifikasi"),
        ("/laporan/7/verifikasi/", "Verifikasi"),
        ("/laporan/7/", "Laporan"),
        ("/laporan/", "Laporan"),
        ("/keputusan/", "Menunggu keputusan"),
        ("/keputusan/kompetensi/7/", "Kompetensi inti"),
        ("/keputusan/lokasi/", "Pemilihan lokasi"),
        ("/sk/7/", "SK"),
    ],
)
def test_menu_marks_where_one_is_and_nothing_else(rf, user_as, path, marked):
    request = rf.get(path)
    request.user = user_as("coordinator")
    menu = navigation.menu(request)
    everywhere = [*menu.links, *(link for group in menu.groups for link in group.links)]
    assert {link.label for link in everywhere if link.current} == {marked}
    assert menu.more_current == (marked not in {link.label for link in menu.links})


@pytest.mark.django_db
def test_menu_of_several_roles_is_that_of_the_first(rf, user_as, bappeda):
    from tests.factories import AssignmentFactory

    user = user_as("agency_operator")
    AssignmentFactory(user=user, role=Role.COORDINATOR, agency=bappeda)
    assert navigation.menu_of(user) == menus().of_roles["coordinator"]
    assert navigation.menu_of(user_as("admin")) == menus().superuser
    assert navigation.menu_of(AnonymousUser()) == menus().public


@pytest.mark.django_db
def test_base_page_of_a_signed_in_person_costs_one_query(rf, user_as, django_assert_num_queries):
    request = rf.get("/")
    request.user = user_as("coordinator")
    with django_assert_num_queries(1):  # the current assignments, read once a request
        html = render_to_string("base.html", {}, request=request)
    assert 'action="/keluar/"' in html
    assert 'method="post"' in html
