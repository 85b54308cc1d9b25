"""Checks of what is stored about visits."""

from collections.abc import Iterator

from django.db.models import Count, F

from programs.fieldwork.models import FieldReport


def visits() -> Iterator[str]:
    """Placements that were not in force on the day, complete visits without their photos, and versions left open."""
    wrong = FieldReport.objects.exclude(
        placement__starts__lte=F("visited_on"), placement__ends__gte=F("visited_on")
    ) | FieldReport.objects.filter(placement__ended_on__lt=F("visited_on"))
    for each in wrong.select_related("village").order_by("pk"):
        yield f"{each.number}: penempatannya tidak berlaku pada {each.visited_on:%d-%m-%Y}."
    arrived = FieldReport.objects.filter(status="SENT").annotate(there=Count("photos"))
    for each in arrived.select_related("village").order_by("pk"):
        released = each.there < len(each.photo_list) and not each.status_changes().filter(step="release_text").exists()
        if released:
            yield f"{each.number}: lengkap, tetapi fotonya {each.there} dari {len(each.photo_list)}."
    left = FieldReport.objects.exclude(status="REPLACED").filter(replaced_by__isnull=False)
    for each in left.exclude(replaced_by__status="DRAFT").select_related("village").order_by("pk"):
        yield f"{each.number}: sudah ada versi barunya, tetapi statusnya belum Diganti."
