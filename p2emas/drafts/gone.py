"""A form whose record, or row, is gone while its page is open: deleted by somebody else, or no longer of its reader.

The token of the page says that the form was really drawn for this person. What was typed is then kept as a draft that
has ended, to be read and copied; of forms with people's data nothing is kept, since the person may have been erased.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from p2emas.accounts.models import User
from p2emas.drafts.access import form_and_record
from p2emas.drafts.keeping import MOST, DraftRefused, put_draft, typed_fields
from p2emas.drafts.models import FormDraft, page_key
from p2emas.drafts.parcels import token_of
from p2emas.drafts.tokens import PageToken
from p2emas.registry.contributions import drafted_forms

GONE = "data dihapus"
LOST = "Data ini sudah dihapus orang lain atau bukan wewenang Anda lagi, jadi tidak dapat disimpan."
COPY_PAGE = "Salin isian Anda dari halaman ini sebelum menutupnya."
COPY_LIST = "Isian Anda dapat disalin di sini, atau nanti di halaman Isian belum tersimpan."


def token_of_gone(request: HttpRequest) -> PageToken | None:
    """The token of a page of the signed-in person whose record is out of reach now; None for any other request."""
    token, user = token_of(request), request.user
    if token is None or not isinstance(user, User) or not token.is_of(user) or not token.is_current(user):
        return None
    try:
        form_and_record(user, token.form, token.record, token.part)
    except (Http404, PermissionDenied):
        return token if token.form in drafted_forms() else None
    return None


def keep_gone(request: HttpRequest, token: PageToken) -> FormDraft | None:
    """What was typed, as a draft that has ended; None where it is not kept."""
    drafted, key = drafted_forms()[token.form], page_key(request.POST)
    if drafted.personal or key is None:
        return None
    kind = ContentType.objects.get_for_model(drafted.model)
    where = {"form": token.form, "content_type": kind, "object_id": token.record, "part": token.part}
    try:
        fields = typed_fields(request.POST)
        draft = put_draft(FormDraft(user_id=token.user, key=key, version=token.version, **where), fields, ended_by=GONE)
    except DraftRefused:
        return None
    many = FormDraft.objects.filter(user=token.user, **where).ended().values_list("pk", flat=True)[MOST:]
    FormDraft.objects.filter(pk__in=list(many)).delete()
    return draft


def words_of_gone(draft: FormDraft | None) -> str:
    """For the page that sends by itself."""
    return f"{LOST} {COPY_LIST if draft else COPY_PAGE}"
