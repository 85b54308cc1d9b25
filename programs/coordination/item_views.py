"""Action items: what is to be done, by whom and until when; the addressee closes it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListFile, list_response, wanted_file
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page
from programs.coordination.forms import ActionItemForm
from programs.coordination.item_list_forms import ItemFilterForm
from programs.coordination.items import ActionItem
from programs.coordination.page import ItemPage, ItemRow, item_rows
from programs.coordination.services import add_action_item
from programs.coordination.views import get_meeting

HEADER = [
    *("Apa", "Keadaan", "Kode", "Kepada", "Pejabat", "Paling lambat", "Lewat (hari kerja)", "Rapat", "Yang dikerjakan"),
    "Data contoh",
]


def _cells(row: ItemRow) -> list[object]:
    item = row.item
    meeting = str(item.meeting) if item.meeting else "Disposisi"
    return [
        *(item.text, item.get_status_display(), item.responsible.code, item.responsible, item.official, item.due_on),
        *(row.late or None, meeting, row.done or None, item.is_sample),
    ]


@require_safe
def item_list(request: UserRequest) -> HttpResponse:
    today = clock.today()
    search = ItemFilterForm(request.GET, items=ActionItem.objects.for_user(request.user), user=request.user, on=today)
    if wanted_file(request):
        rows = item_rows(list(search.apply().for_table()[:LONGEST_FILE]), today)
        made = ListFile("tindak-lanjut", "Tindak lanjut dan disposisi", HEADER, (_cells(row) for row in rows))
        return list_response(request, made)
    page = paginate(search.apply().for_table(), request.GET)
    context = {
        "page": page,
        "rows": item_rows(page.rows, today),
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "today": today,
        "may_write": ActionItem.may_write(request.user),
    }
    return render(request, "programs/coordination/item_list.html", context)


def get_item(pk: int, request: UserRequest) -> ActionItem:
    return get_object_or_404(ActionItem.objects.for_user(request.user).for_table(), pk=pk)


@require_safe
def item_detail(request: UserRequest, pk: int) -> HttpResponse:
    item = get_item(pk, request)
    context = {
        "item": item,
        "shown": ItemPage(item, request.user, clock.today()),
        "history": timeline(item, limit=20)[:8],
    }
    return render(request, "programs/coordination/item_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_add(request: UserRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(pk, request)
    if not ActionItem.may_write(request.user):
        raise PermissionDenied
    if meeting.why_final:
        messages.warning(request, meeting.why_final)
        return redirect(meeting)
    form = ActionItemForm(request.POST if request.method == "POST" else None, item=ActionItem(meeting=meeting))
    if request.method == "POST" and form.is_valid():
        try:
            item = add_action_item(item=form.save(commit=False), by=request.user)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Tercatat: {item}. {item.responsible}.")
            return redirect(meeting)
    return render(request, "programs/coordination/item_form.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "HEAD", "POST"])
def item_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    return step_page(request, get_item(pk, request), name)


@require_safe
def item_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_item(pk, request))
