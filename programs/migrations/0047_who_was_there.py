"""Place and people of a meeting go into its minutes, which have a table of their own by now."""

from django.db import migrations


def hand_over(apps, schema_editor):
    Minutes = apps.get_model("p2emas", "Minutes")
    HistoricalMinutes = apps.get_model("p2emas", "HistoricalMinutes")
    for meeting in apps.get_model("programs", "Meeting").objects.exclude(minutes=None).order_by("pk"):
        Minutes.objects.filter(pk=meeting.minutes_id).update(place=meeting.place, present=meeting.present)
        last = HistoricalMinutes.objects.filter(id=meeting.minutes_id).order_by("history_id").last()
        if last is not None:
            HistoricalMinutes.objects.filter(pk=last.pk).update(place=meeting.place)


def take_back(apps, schema_editor):
    Minutes = apps.get_model("p2emas", "Minutes")
    for meeting in apps.get_model("programs", "Meeting").objects.exclude(minutes=None).order_by("pk"):
        meeting.present = Minutes.objects.get(pk=meeting.minutes_id).present
        meeting.save(update_fields=["present"])


class Migration(migrations.Migration):
    dependencies = [("programs", "0046_officials_of_meetings"), ("p2emas", "0028_minutes_move")]

    operations = [migrations.RunPython(hand_over, take_back)]
