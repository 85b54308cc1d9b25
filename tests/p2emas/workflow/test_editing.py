"""The compare-and-swap on a version: of two savings one wins, and only while the record may still be edited."""

from datetime import timedelta

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import SelectionRound
from p2emas import clock
from p2emas.history.records import last_edit
from p2emas.workflow.editing import EditConflict, check_last_edit, claim_version, save_edit
from tests.factories import SelectionRoundFactory

pytestmark = pytest.mark.django_db


def test_version_that_was_seen_is_counted_up_in_its_own_row_only():
    record, other = SelectionRoundFactory(version=4, status="DRAFT"), SelectionRoundFactory(version=4, status="DRAFT")

    claim_version(record, 4, "DRAFT", "OPEN")

    assert record.version == 5
    for row in (record, other):
        row.refresh_from_db()
    assert (record.version, other.version) == (5, 4)


@pytest.mark.parametrize(
    ("seen", "statuses", "still"),
    [(3, ("DRAFT",), {}), (5, ("DRAFT",), {}), (4, ("OPEN", "SCORING"), {}), (4, ("DRAFT",), {"quota": 999})],
    ids=["older", "newer", "moved", "lookup"],
)
def test_what_differs_is_a_conflict_that_changes_nothing_and_shows_the_stored_row(seen, statuses, still):
    record = SelectionRoundFactory(version=4, status="DRAFT", sources="Risalah")
    record.sources = "Diketik"

    with pytest.raises(EditConflict, match="Orang lain menyimpan lebih dahulu"):
        claim_version(record, seen, *statuses, **still)

    assert (record.version, record.sources) == (4, "Risalah")


def test_edit_that_was_seen_may_be_followed_and_an_older_one_not():
    record = SelectionRoundFactory(sources="Risalah")
    seen = last_edit(record)
    check_last_edit(record, seen)

    record.sources = "Notulen"
    record.save()

    with pytest.raises(EditConflict, match="menyimpan lebih dahulu"):
        check_last_edit(record, seen)


def test_an_edit_counts_as_the_last_one_though_the_clock_of_the_demo_ran_back():
    record = SelectionRoundFactory(status="DRAFT")
    with clock.at(clock.now() + timedelta(hours=5)):
        record.save()
    seen = last_edit(record)

    record.save()

    assert last_edit(record) != seen
    with pytest.raises(EditConflict):
        check_last_edit(record, seen)


class SourcesForm(forms.ModelForm):
    seen = forms.IntegerField(required=False)

    class Meta:
        model = SelectionRound
        fields = ["sources"]


def typed(record: SelectionRound, seen: int | None) -> SourcesForm:
    form = SourcesForm({"sources": "Notulen", "seen": seen}, instance=SelectionRound.objects.get(pk=record.pk))
    assert form.is_valid()
    return form


def test_form_is_saved_over_the_edit_that_its_page_showed_and_over_no_other():
    record = SelectionRoundFactory(sources="Risalah")
    seen = last_edit(record)

    for wrong in (None, seen + 1):
        with pytest.raises(EditConflict):
            save_edit(typed(record, wrong))
    record.refresh_from_db()
    assert record.sources == "Risalah"

    assert save_edit(typed(record, seen)) == record
    record.refresh_from_db()
    assert record.sources == "Notulen"


def test_record_is_locked_before_its_last_edit_is_asked_for():
    record = SelectionRoundFactory()
    form = typed(record, last_edit(record))

    with CaptureQueriesContext(connection) as queries:
        save_edit(form)

    first = next(query["sql"] for query in queries if query["sql"].startswith("SELECT"))
    assert f'FROM "{SelectionRound._meta.db_table}"' in first
    assert ("FOR NO KEY UPDATE" in first) == connection.features.has_select_for_update
