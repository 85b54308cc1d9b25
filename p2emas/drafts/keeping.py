"""Writing drafts: keep, drop, end. None of them touches the record."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import QueryDict

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.drafts.models import FormDraft
from p2emas.registry.contributions import drafted_forms

LARGEST = 256 * 1024  # characters of all fields of one form together
MOST = 10  # pages of one form of one record that one person has left unsaved
# of the page, not typed
OWN = frozenset(
    {"csrfmiddlewaretoken", "isian", "jaga", "mulai", "bagian", "pergi", "salinan", "version", "lanjut", "again"}
)
CLOSED = "Data tidak dapat diisi lagi"


class DraftRefused(Exception):
    """The draft was not kept; the message is a sentence for the screen."""


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """What somebody typed of all that a page sends; raises ``DraftRefused`` when it is too much."""
    fields = {name: data.getlist(name) for name in data if name not in OWN}
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LARGEST:
        raise DraftRefused("Isian terlalu panjang untuk disimpan otomatis. Simpan dengan tombolnya.")
    return fields


def keep_draft(
    *, user: User, form: str, record: Model, key: UUID, version: int, data: QueryDict, part: int | None = None
) -> FormDraft:
    """Keep what was typed on the page with ``key``; of a record that is closed meanwhile as one that has ended.

    Raises ``DraftRefused`` when it is too large or the key is that of another form.
    """
    fields, where = typed_fields(data), FormDraft.objects.for_user(user)
    page = drafted_forms()[form].address(record, part)
    whose = FormDraft(user=user, key=key, form=form, record=record, part=part, page=page, version=version)
    draft = put_draft(whose, fields)
    many = where.unsaved().of_record(record).filter(form=form).values_list("pk", flat=True)[MOST:]
    FormDraft.objects.filter(pk__in=list(many)).delete()
    return draft


def put_draft(page: FormDraft, fields: Mapping[str, list[str]], *, ended_by: str = "") -> FormDraft:
    """Lay ``fields`` over what the same page sent before, or begin with them; ended at once where that is said."""
    try:
        return _put(page, fields, ended_by)
    except IntegrityError:  # the last word of a page that closes may overtake the request before it
        page.pk = None
        return _put(page, fields, ended_by)


@transaction.atomic
def _put(page: FormDraft, fields: Mapping[str, list[str]], ended_by: str) -> FormDraft:
    stored = FormDraft.objects.select_for_update(no_key=True).filter(user=page.user, key=page.key).first()
    draft = stored or page
    same = (page.form, page.content_type_id, page.object_id, page.part)
    if (draft.form, draft.content_type_id, draft.object_id, draft.part) != same:
        raise DraftRefused("Isian ini milik formulir lain. Muat ulang halamannya.")
    draft.version, draft.saved_at = page.version, clock.now()
    draft.put(fields)
    if draft.ended_at is None and not ended_by and not drafted_forms()[page.form].is_open(page.record):
        ended_by = CLOSED
    if draft.ended_at is None and ended_by:
        draft.ended_at, draft.ended_by = draft.saved_at, ended_by
    draft.save()
    return draft


def drop_draft(*, user: User, key: UUID | None) -> int:
    """Forget the draft of one page: it was saved, or its owner does not want it."""
    return FormDraft.objects.for_user(user).filter(key=key).delete()[0] if key else 0


def end_drafts(record: Model, step: str) -> int:
    """A step was taken on ``record``: its drafts can be read and copied, and no longer be taken over.

    It also ends the drafts of other records whose forms the step has closed.
    """
    ended = {"ended_at": clock.now(), "ended_by": step}
    count = FormDraft.objects.of_record(record).unsaved().update(**ended)
    for drafted in drafted_forms().values():
        if closed := drafted.closed_by.get(type(record)):
            below = closed(record).order_by().values("pk")
            count += FormDraft.objects.of_form(drafted).filter(object_id__in=below).unsaved().update(**ended)
    return count


def end_part_drafts(record: Model, form: str, parts: Sequence[int], step: str) -> int:
    """The rows ``parts`` of ``record`` are gone, and the pages of their ``form`` with them."""
    ended = {"ended_at": clock.now(), "ended_by": step}
    return FormDraft.objects.of_record(record).unsaved().filter(form=form, part__in=parts).update(**ended)
