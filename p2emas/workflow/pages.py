"""The pages behind the rooms' thin views: the one step page, and the two pages for "somebody was faster"."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar, cast

from crispy_forms.layout import LayoutObject
from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.history.records import last_edit
from p2emas.ui.links import address_of
from p2emas.workflow.editing import VERSION
from p2emas.workflow.forms import StepForm
from p2emas.workflow.models import Chain, StatusChange, Step, StepConflict, StepNotAllowed
from p2emas.workflow.riwayat import Part, timeline

Take = Callable[..., Any]
Row = TypeVar("Row", bound=models.Model)


def step_page(
    request: UserRequest,
    record: Chain,
    name: str,
    *,
    take: Take | None = None,
    after: Callable[[Any], Any] | None = None,
    along: LayoutObject | None = None,
    extra_context: Mapping[str, Any] | None = None,
    template: str = "p2emas/workflow/step.html",
    then: str = "",
) -> HttpResponse:
    """Show step ``name`` of ``record`` and take it: the whole of a room's step view but the fetch in scope.

    Unknown steps and those with a page of their own answer 404, people who may not take it 403, a record that
    moved meanwhile 409 with both versions; everything else that prevents it is a sentence on the page, with the
    note kept. ``take(record, seen=, actor=, note=)`` replaces ``take_step`` where a service does more (it also
    opens a step with a page of its own); ``after(record)`` runs in the same transaction. ``template`` extends the
    page with facts of the room (block ``step_facts``), ``along`` is more to send with the form; ``then`` is the
    address to lead to instead of the record's own page.
    """
    step = record.STEPS.get(name)
    if step is None or (step.own_page and take is None):
        raise Http404
    if not record.may_take(cast(User, request.user), name):
        raise PermissionDenied
    show = partial(_step_form, request, record, name, extra=extra_context, template=template)
    if request.method != "POST":
        if record.status not in step.sources:
            return _step_conflict(request, record, name, seen="", note="")
        return show(StepForm(step=step, along=along, initial={"seen": record.status}))
    form = StepForm(request.POST, step=step, along=along)
    if not form.is_valid():
        return show(form)
    note = form.cleaned_data["note"]
    try:
        with transaction.atomic():
            (take or _plain(name))(record, seen=form.seen_status, actor=request.user, note=note)
            if after:
                after(record)
    except StepConflict:
        return _taken_or_conflict(request, record, name, form.seen_status, note, then=then)
    except StepNotAllowed as refusal:
        _reload(record)
        form.add_error("note", str(refusal))
        return show(form)
    return _done(request, record, step, then)


def _plain(name: str) -> Take:
    def take(record: Chain, *, seen: str, actor: User, note: str) -> StatusChange:
        return record.take_step(name, seen=seen, actor=actor, note=note)

    return take


def _step_form(
    request: UserRequest,
    record: Chain,
    name: str,
    form: StepForm,
    *,
    extra: Mapping[str, Any] | None,
    template: str,
) -> HttpResponse:
    step = record.STEPS[name]
    target = record.status_words()[step.target]
    context = {"record": record, "record_url": record.get_absolute_url(), "step": step, "target": target, "form": form}
    return render(request, template, context | dict(extra or {}))


def _done(request: UserRequest, record: Chain, step: Step, then: str = "") -> HttpResponse:
    status = record.get_status_display()
    now = "" if status.casefold() == step.done.casefold() else f" Status sekarang: {status}."
    messages.success(request, f"{record}: {step.done[:1].lower()}{step.done[1:]}.{now}")
    return redirect(then or record.get_absolute_url())


def _reload(record: Chain) -> None:
    try:
        record.refresh_from_db()
    except ObjectDoesNotExist as gone:
        raise Http404 from gone


def _taken_or_conflict(
    request: UserRequest, record: Chain, name: str, seen: str, note: str, *, then: str
) -> HttpResponse:
    """A second click on the same button is no conflict: the step was taken as its author wanted it."""
    _reload(record)
    last = record.last_change()
    if last and (last.step, last.actor_id, last.old, last.note) == (name, request.user.pk, seen, note.strip()):
        return _done(request, record, record.STEPS[name], then)
    return _step_conflict(request, record, name, seen=seen, note=note)


def _step_conflict(request: UserRequest, record: Chain, name: str, *, seen: str, note: str) -> HttpResponse:
    """What was seen and wanted beside what is there now; 409. Where the step is still open, it can be sent again."""
    step = record.STEPS[name]
    words = record.status_words()
    last = record.last_change()
    last_step = record.STEPS.get(last.step) if last else None
    again = record.status in step.sources and record.may_take(cast(User, request.user), name)
    context = {
        "record": record,
        "record_url": record.get_absolute_url(),
        "step": step,
        "seen": words.get(seen, ""),
        "note": note,
        "posted": request.method == "POST",
        "last": last,
        "last_step": last_step.done if last_step else last and last.step,
        "again": StepForm(step=step, again=True, initial={"seen": record.status, "note": note}) if again else None,
    }
    return render(request, "p2emas/workflow/step_conflict.html", context, status=409)


# --- Lost updates of forms ------------------------------------------------------------------------------------------


def edit_conflict_page(
    request: UserRequest,
    record: models.Model,
    *,
    mine: Mapping[str, object],
    theirs: Mapping[str, object],
    replace: Mapping[str, object],
    parts: Iterable[Part] = (),
    url: str = "",
    is_open: bool = True,
    typed: QueryDict | None = None,
) -> HttpResponse:
    """Both versions of an edit, field by field; 409, nothing was written.

    ``mine`` and ``theirs`` hold the typed and the stored values as words, by label (``versions_of`` makes them of
    a bound form). Everything typed waits in a form that sends it again to this page's address with ``replace``
    (``{"version": record.version}``) put in, so that overwriting is a decision. ``url`` leads to the stored
    version (this page by default); ``parts`` are those whose edits count for "changed by" (see ``timeline``).
    ``is_open`` is False where the state moved on: the form cannot be opened nor sent again, so the record's own page
    is led to and nothing is offered that would be refused. ``typed`` is what was typed where it did not come with
    the request, as from a draft that is older than the record; nothing was refused then, so the answer is 200.
    """
    labels = [*mine, *(label for label in theirs if label not in mine)]
    rows = [(label, _word(theirs.get(label)), _word(mine.get(label))) for label in labels]
    kept = [
        (key, value)
        for key, values in (typed or request.POST).lists()
        for value in values
        if key != "csrfmiddlewaretoken"
    ]
    context = {
        "record": record,
        "rows": [row for row in rows if row[1] != row[2]],
        "kept": [*(pair for pair in kept if pair[0] not in replace), *replace.items()],
        "last": next(iter(timeline(record, parts=parts, limit=20)), None),
        "had_files": bool(request.FILES),
        "url": url or (_stored_version_url(request, typed) if is_open else address_of(record)),
        "is_open": is_open,
    }
    status = 409 if typed is None else 200
    return render(request, "p2emas/workflow/edit_conflict.html", context, status=status)


def _stored_version_url(request: UserRequest, typed: QueryDict | None) -> str:
    """This page; without its query where that asks for the draft which the page lays beside what is stored."""
    return request.get_full_path() if typed is None else request.path


def still_open(request: UserRequest, may: bool, works: Callable[[User], bool]) -> bool:
    """Whether what a page shows may still be written; False where the state moved on while somebody typed.

    ``may``: the right in the state of now, ``works``: the right in any state. Who sends with the second alone is
    shown both versions by the view; everybody else meets ``PermissionDenied``.
    """
    if not may and not (request.method == "POST" and works(cast(User, request.user))):
        raise PermissionDenied
    return may


def both_versions(
    request: UserRequest,
    typed: forms.ModelForm[Row],
    fresh: Callable[[Row], forms.ModelForm[Row]],
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """What was typed beside what is stored; where both say the same (a second click), simply ``done()``."""
    stored = type(typed.instance)._base_manager.get(pk=typed.instance.pk)
    mine, theirs = versions_of(typed)[0], versions_of(fresh(stored))[1]
    if mine == theirs:
        return done()
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace={"seen": last_edit(stored)})


def claimed_versions(
    request: UserRequest,
    form: forms.ModelForm,
    stored: models.Model,
    *,
    is_open: bool,
    typed: QueryDict | None = None,
) -> HttpResponse:
    """The same for a record that is claimed by its ``version``, whose form is made of its instance alone."""
    mine, theirs = versions_of(form)[0], versions_of(type(form)(instance=stored))[1]
    replace = {VERSION: getattr(stored, VERSION)}
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace=replace, is_open=is_open, typed=typed)


def versions_of(form: forms.BaseForm, prefix: str = "") -> tuple[dict[str, str], dict[str, str]]:
    """(typed, stored) of a bound form by label, in words; ``prefix`` tells the rows of a formset apart."""
    mine, theirs = {}, {}
    for bound in form:
        if not bound.is_hidden and not isinstance(bound.field, forms.FileField):
            label = f"{prefix}{bound.label}"
            mine[label] = _shown(bound.field, bound.value())
            theirs[label] = _shown(bound.field, bound.field.prepare_value(bound.initial))
    return mine, theirs


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _word(bool(value))
    if isinstance(field, forms.ModelChoiceField) and not isinstance(value, list | tuple):
        try:
            return str(field.clean(value) or "")
        except forms.ValidationError:
            return str(value or "")
    if isinstance(field, forms.ChoiceField):
        words = _words_of_choices(field)
        values = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words.get(str(each), str(each)) for each in values if each not in (None, ""))
    return _word(field.widget.format_value(value) if hasattr(field.widget, "format_value") else value)


def _words_of_choices(field: forms.ChoiceField) -> dict[str, str]:
    """Code -> word of every choice, those under a heading too."""
    words: dict[str, str] = {}
    for key, label in cast(Iterable[Any], field.choices):
        under = label if isinstance(label, list | tuple) else [(key, label)]
        words |= {str(each): str(word) for each, word in under}
    return words


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)
