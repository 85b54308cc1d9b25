"""Minutes among the decrees, and regulations that fix nothing, become rows of their own tables under their numbers.

What was among the decrees stays there until a later migration takes it away, so that this one can be undone. A row
that fixes or ends something stays a decree; where it is minutes at once, there are minutes of the same number too.
"""

from datetime import datetime, time

from django.core.management.color import no_style
from django.db import connections, migrations
from django.db.models import DO_NOTHING, ManyToOneRel
from django.utils import timezone

MINUTES, REGULATION = "BERITA_ACARA", "PERBUP"
STATES = {"DRAFT": "DRAFT", "IN_FORCE": "SIGNED", "REVOKED": "CANCELLED"}
STEPS = {"enact": "sign", "revoke": "cancel"}
SHARED = "number dated about signer_name signer_nip signer_rank signer_title source is_sample".split()
OF_A_FILE = (
    "key file thumbnail original_name content_type size sha256 caption taken_at lat lng uploaded_by_id uploaded_at"
).split()
OF_AN_EDIT = "history_date history_change_reason history_type history_user_id".split()


def fixed(apps):
    """Numbers of decrees that rows of any house belong to: what they fix, end or appoint."""
    return referred(apps, lambda relation: relation.field.name != "minutes")


def discussed(apps):
    """Numbers of decrees that are named as the minutes of something."""
    return referred(apps, lambda relation: relation.field.name == "minutes")


def referred(apps, wanted):
    Decree, found = apps.get_model("p2emas", "Decree"), set()
    own = ("decree", "decreefile")
    for relation in Decree._meta.get_fields(include_hidden=True):
        points = isinstance(relation, ManyToOneRel) and relation.on_delete is not DO_NOTHING
        if points and relation.related_model._meta.model_name not in own and wanted(relation):
            name = relation.field.name
            rows = relation.related_model._base_manager.exclude(**{name: None})
            found |= set(rows.values_list(f"{name}_id", flat=True))
    return found


def minutes_among(apps):
    """Numbers of decrees that are minutes, or are named as such."""
    kinds = set(apps.get_model("p2emas", "Decree").objects.filter(kind=MINUTES).values_list("pk", flat=True))
    return kinds | discussed(apps)


def staying(apps):
    """Of these the ones that stay decrees as well."""
    others = set(apps.get_model("p2emas", "Decree").objects.exclude(kind=MINUTES).values_list("pk", flat=True))
    return minutes_among(apps) & (fixed(apps) | others)


def regulations_among(apps):
    """Numbers of regulations that fix and end nothing, and that no amendment has to do with."""
    decrees = apps.get_model("p2emas", "Decree").objects
    rows = decrees.filter(kind=REGULATION, status__in=("DRAFT", "IN_FORCE"), amends=None)
    amended = set(decrees.exclude(amends=None).values_list("amends_id", flat=True))
    return set(rows.values_list("pk", flat=True)) - amended - fixed(apps) - minutes_among(apps)


def text_of(row):
    """The text of a row, with the days that its new table has no field for."""
    parts = [row.considering, row.recalling, row.dictums]
    if row.valid_from and row.valid_from != row.dated:
        parts.append(f"Berlaku sejak {row.valid_from:%d-%m-%Y}.")
    if row.valid_until:
        parts.append(f"Berlaku sampai {row.valid_until:%d-%m-%Y}.")
    return "\n\n".join(part.strip() for part in parts if part and part.strip())


def shared(row):
    return {name: getattr(row, name) for name in SHARED}


def move(apps, schema_editor):
    move_minutes(apps)
    move_regulations(apps)
    connection = connections[schema_editor.connection.alias]
    models = [apps.get_model("p2emas", name) for name in ("Minutes", "Regulation")]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def move_minutes(apps):
    keys, stays = minutes_among(apps), staying(apps)
    if not keys:
        return
    decree, minutes = (kind_of(apps, name) for name in ("decree", "minutes"))
    changes = apps.get_model("p2emas", "StatusChange").objects
    of_decrees = changes.filter(content_type=decree, object_id__in=keys)
    signed = dict(of_decrees.filter(step="enact").order_by("pk").values_list("object_id", "at"))
    Minutes = apps.get_model("p2emas", "Minutes")
    seen = set()
    for row in apps.get_model("p2emas", "Decree").objects.filter(pk__in=keys).order_by("pk"):
        values = shared(row)
        if row.number and (row.number, row.dated) in seen:  # a decree that is named as minutes beside real ones
            values["number"] = f"{row.number[:68]} ({row.pk})"
        seen.add((values["number"], row.dated))
        at = signed.get(row.pk) or timezone.make_aware(datetime.combine(row.dated or row.created_at.date(), time(12)))
        Minutes.objects.create(
            pk=row.pk, moved_from=row.pk, text=text_of(row), status=STATES[row.status],
            signed_at=None if row.status == "DRAFT" else at, created_at=row.created_at, created_by_id=row.created_by_id,
            **values,
        )  # fmt: skip
        copy_edits(apps, "Minutes", row.pk, last=values)
    copy_files(apps, "MinutesFile", "minutes_id", keys)
    for change in of_decrees.order_by("pk"):
        if change.object_id in stays:
            change.pk = None
        change.content_type_id = minutes.pk
        change.step, change.old, change.new = said(change)
        change.save()
    hand_over(apps, decree, minutes, keys - stays)


def move_regulations(apps):
    keys = regulations_among(apps)
    if not keys:
        return
    Regulation = apps.get_model("p2emas", "Regulation")
    for row in apps.get_model("p2emas", "Decree").objects.filter(pk__in=keys).order_by("pk"):
        public = row.status == "IN_FORCE"
        Regulation.objects.create(
            pk=row.pk, moved_from=row.pk, text=text_of(row), is_public=public, created_at=row.created_at,
            created_by_id=row.created_by_id, **shared(row),
        )  # fmt: skip
        copy_edits(apps, "Regulation", row.pk, last={"is_public": public})
    copy_files(apps, "RegulationFile", "regulation_id", keys)
    decree, regulation = (kind_of(apps, name) for name in ("decree", "regulation"))
    apps.get_model("p2emas", "StatusChange").objects.filter(content_type=decree, object_id__in=keys).update(
        content_type=regulation
    )
    hand_over(apps, decree, regulation, keys)


def said(change):
    return STEPS.get(change.step, change.step), STATES.get(change.old, change.old), STATES.get(change.new, change.new)


def kind_of(apps, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="p2emas", model=model)[0]


def copy_edits(apps, name, key, last):
    """Old -> new of its edits under who made them; the last one says what the row says now."""
    History = apps.get_model("p2emas", f"Historical{name}")
    edits = list(apps.get_model("p2emas", "HistoricalDecree").objects.filter(id=key).order_by("history_id"))
    for edit in edits:
        values = shared(edit) | {"text": text_of(edit)} | (last if edit is edits[-1] else {})
        History.objects.create(id=key, **{each: getattr(edit, each) for each in OF_AN_EDIT}, **values)


def copy_files(apps, name, owner, keys):
    """Under their keys; the content stays where it is."""
    File = apps.get_model("p2emas", name)
    for row in apps.get_model("p2emas", "DecreeFile").objects.filter(decree__in=keys).order_by("pk"):
        File.objects.create(**{owner: row.decree_id}, **{each: getattr(row, each) for each in OF_A_FILE})


def hand_over(apps, old, new, keys):
    """Everything that points to a record by its kind and number."""
    for name in ("Receipt", "Notification", "OutboxMessage"):
        apps.get_model("p2emas", name).objects.filter(content_type=old, object_id__in=keys).update(content_type=new)
    log = apps.get_model("admin", "LogEntry").objects
    log.filter(content_type=old, object_id__in=[str(key) for key in keys]).update(content_type=new)


def move_back(apps, schema_editor):
    """As it was. Minutes that were written since have no place among the decrees, so they forbid it."""
    for name in ("Minutes", "Regulation"):
        if apps.get_model("p2emas", name).objects.filter(moved_from=None).exists():
            raise RuntimeError(f"There are rows of {name} that were written since: they would be lost.")
    keys, stays = minutes_among(apps), staying(apps)
    if keys:
        take_back(apps, "Minutes", "minutes", keys, stays)
    if regulations := regulations_among(apps):
        take_back(apps, "Regulation", "regulation", regulations, set())


def take_back(apps, name, kind, keys, stays):
    decree, own = kind_of(apps, "decree"), kind_of(apps, kind)
    states, steps = ({new: old for old, new in pairs.items()} for pairs in (STATES, STEPS))
    changes = apps.get_model("p2emas", "StatusChange").objects.filter(content_type=own)
    changes.filter(object_id__in=stays).delete()
    for change in changes.order_by("pk"):
        change.content_type_id = decree.pk
        if name == "Minutes":
            change.step = steps.get(change.step, change.step)
            change.old, change.new = states.get(change.old, change.old), states.get(change.new, change.new)
        change.save()
    hand_over(apps, own, decree, keys - stays)
    for each in (f"Historical{name}", f"{name}File", name):
        apps.get_model("p2emas", each).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("p2emas", "0027_minutes_and_regulations"),
        ("districts", "0012_items_that_confirm"),
        ("facilitators", "0013_one_home_checked"),
        ("programs", "0046_officials_of_meetings"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(move, move_back)]
