"""Lost updates: both versions side by side, nothing written, everything typed waits to be sent again."""

from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from p2emas import clock
from p2emas.models import Agency
from p2emas.workflow.views import both_versions, claimed_versions, edit_conflict_page, still_open, versions_of
from programs.models import WorkPlan
from tests.factories import AgencyFactory, PlanLineFactory, WorkPlanFactory
from tests.markup import squeezed, tight

pytestmark = pytest.mark.django_db


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = ["short_name", "kind", "successor", "member_from", "is_sample"]


def posted(user, data, files=None):
    request = RequestFactory().post("/ubah/?dari=daftar", {**data, **(files or {})})
    request.user = user
    return request


def test_versions_of_form_are_words():
    successor = AgencyFactory(short_name="Distanbun")
    agency = AgencyFactory(short_name="Lama", kind="DINAS", member_from=date(2017, 1, 2))
    form = AgencyForm({"short_name": "Baru", "kind": "BADAN", "successor": successor.pk}, instance=agency)

    mine, theirs = versions_of(form, prefix="Baris 1, ")

    assert mine == {
        "Baris 1, Nama pendek": "Baru",
        "Baris 1, Jenis": "Badan",
        "Baris 1, Dilanjutkan oleh": "Distanbun",
        "Baris 1, Anggota sejak": "",
        "Baris 1, Data contoh": "tidak",
    }
    assert theirs["Baris 1, Jenis"] == "Dinas" and theirs["Baris 1, Nama pendek"] == "Lama"
    assert theirs["Baris 1, Anggota sejak"].endswith("2017")


def test_versions_of_form_take_nonsense():
    form = AgencyForm({"successor": "tidak ada", "kind": ["x", "y"]}, instance=AgencyFactory())

    mine, _theirs = versions_of(form)

    assert (mine["Dilanjutkan oleh"], mine["Jenis"]) == ("tidak ada", "x, y")


def test_conflict_page_shows_what_differs_and_keeps_what_was_typed(user_as):
    plan, author = WorkPlanFactory(), user_as("agency_operator")
    line = PlanLineFactory(plan=plan)
    line._history_user, line.amount = author, 7
    with clock.at(clock.now() + timedelta(minutes=1)):
        line.save()
    request = posted(
        user_as("coordinator"),
        {"version": "1", "note": "<b>isi</b>", "pilih": ["a", "b"], "csrfmiddlewaretoken": "lama"},
    )

    answer = edit_conflict_page(
        request,
        plan,
        mine={"Pagu": "Rp 1", "Catatan": "sama", "Aktif": True},
        theirs={"Pagu": "Rp 2", "Catatan": "sama", "Aktif": False},
        replace={"version": 5},
        parts=["lines"],
        url="/terbaru/",
    )

    text = squeezed(answer.text)
    assert answer.status_code == 409 and "<title>Galat: " in text and 'href="/terbaru/"' in text
    assert "2 isian berbeda" in text and "Rp 2</td><td>Rp 1" in tight(text) and "tidak</td><td>ya" in tight(text)
    assert 'name="version" value="5"' in text and 'name="version" value="1"' not in text
    assert 'value="&lt;b&gt;isi&lt;/b&gt;"' in text and text.count('name="pilih"') == 2
    assert f"terakhir oleh {author}" in text
    assert text.count("csrfmiddlewaretoken") == 2 and 'value="lama"' not in text  # sign out, send again


def test_conflict_page_without_difference_offers_no_second_saving(user_as):
    request = posted(user_as("coordinator"), {"version": "1"})

    text = edit_conflict_page(
        request, WorkPlanFactory(), mine={"Pagu": 1}, theirs={"Pagu": "1"}, replace={"version": 2}
    ).content.decode()

    assert "sama dengan yang tersimpan" in text and 'name="version"' not in text and "/ubah/?dari=daftar" in text


def test_conflict_page_says_that_files_are_not_kept(user_as, tmp_path):
    request = posted(user_as("coordinator"), {"version": "1"}, {"foto": SimpleUploadedFile("a.jpg", b"x")})

    answer = edit_conflict_page(request, WorkPlanFactory(), mine={"a": 1}, theirs={"a": 2}, replace={})

    assert "Unggah lagi" in answer.content.decode()


def test_versions_of_form_name_choices_under_a_heading():
    choices = [("", "Pilih"), ("Perkebunan", [("1", "karet"), ("2", "lada")])]
    form = type("Skill", (forms.Form,), {"skill": forms.ChoiceField(label="Keahlian", choices=choices)})({"skill": "2"})

    assert versions_of(form)[0] == {"Keahlian": "lada"}


MAY_STILL = [  # method, right now, right in any state -> still open; None: refused
    ("GET", True, True, True),
    ("GET", True, False, True),
    ("GET", False, True, None),
    ("GET", False, False, None),
    ("POST", True, True, True),
    ("POST", False, True, False),
    ("POST", False, False, None),
]


@pytest.mark.parametrize(("method", "may", "works", "expected"), MAY_STILL)
def test_what_was_typed_too_late_is_shown_to_whoever_works_there(user_as, method, may, works, expected):
    request = RequestFactory().generic(method, "/ubah/")
    request.user = user_as("coordinator")

    def ask():
        return still_open(request, may, lambda user: works and user == request.user)

    if expected is None:
        with pytest.raises(PermissionDenied):
            ask()
    else:
        assert ask() is expected


def typed_form(agency: Agency, **changes) -> AgencyForm:
    kept = {"short_name": agency.short_name, "kind": agency.kind}
    return AgencyForm(kept | changes, instance=Agency.objects.get(pk=agency.pk))


def test_both_versions_stand_side_by_side_only_where_they_differ(user_as):
    agency = AgencyFactory(kind="DINAS", member_from=None)
    user = user_as("coordinator")

    def answer(form):
        return both_versions(
            posted(user, dict(form.data)), form, lambda stored: AgencyForm(instance=stored), lambda: "sudah"
        )

    assert answer(typed_form(agency)) == "sudah"
    page = answer(typed_form(agency, kind="BADAN"))
    assert page.status_code == 409
    assert "Dinas" in page.content.decode() and "Badan" in page.content.decode()


@pytest.mark.parametrize("is_open", [True, False])
def test_claimed_record_offers_its_version_and_leads_back_where_it_can_be_opened(user_as, is_open):
    plan = WorkPlanFactory()

    class PlanForm(forms.ModelForm):
        class Meta:
            model = WorkPlan
            fields = ["year"]

    typed = PlanForm({"year": "2031"}, instance=WorkPlan.objects.get(pk=plan.pk))
    WorkPlan.objects.filter(pk=plan.pk).update(version=7)
    stored = WorkPlan.objects.get(pk=plan.pk)

    page = claimed_versions(posted(user_as("coordinator"), {"year": "2031"}), typed, stored, is_open=is_open)

    text = page.content.decode()
    assert (page.status_code, "2031" in text, "2019" in text) == (409, True, True)
    assert ('name="version" value="7"' in text) is is_open
    assert ('href="/ubah/?dari=daftar"' in text) is is_open
    assert (f'href="{plan.get_absolute_url()}"' in text) is not is_open


class EverythingForm(forms.Form):
    """A field of each kind that is worded in its own way, or not shown at all."""

    seen = forms.CharField(widget=forms.HiddenInput)
    letter = forms.FileField(label="Surat")
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih salah satu"), ("a", "Dinas")])
    days = forms.MultipleChoiceField(label="Hari", choices=[("1", "Senin"), ("2", "Selasa")])
    members = forms.ModelMultipleChoiceField(Agency.objects.order_by("pk"), label="Anggota")


def test_versions_of_form_leave_out_what_nobody_sees_and_what_cannot_be_kept():
    form = EverythingForm({"seen": "3", "kind": "a"}, {"letter": SimpleUploadedFile("a.pdf", b"x")})

    mine, theirs = versions_of(form)

    assert set(mine) == set(theirs) == {"Jenis", "Hari", "Anggota"}


def test_nothing_chosen_is_empty_and_not_the_words_that_ask_for_a_choice():
    mine, _theirs = versions_of(EverythingForm({"kind": ""}))

    assert mine == {"Jenis": "", "Hari": "", "Anggota": ""}


def test_several_choices_are_named_one_after_the_other():
    agencies = [AgencyFactory(), AgencyFactory()]

    mine, _theirs = versions_of(EverythingForm({"days": ["1", "2"], "members": [each.pk for each in agencies]}))

    assert mine["Hari"] == "Senin, Selasa"
    assert mine["Anggota"] == ", ".join(str(each) for each in agencies)
