"""Obstacles of the states that are gone, and those that no longer fit theirs, go back to where they can be carried on.

Escalated ones return to the agency that has to answer: overdue follows from the date. What names no agency or no date
is reported again, an answer without words was none. No step of 0.1.0 led to these states, so no step is rewritten.
"""

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def go_back(apps, schema_editor):
    Obstacle = apps.get_model('programs', 'Obstacle')
    ContentType = apps.get_model('contenttypes', 'ContentType')
    StatusChange = apps.get_model('p2emas', 'StatusChange')
    Obstacle.objects.filter(status='ESCALATED').update(status='ROUTED')
    Obstacle.objects.filter(status='ANSWERED', answer='').update(status='ROUTED')
    homeless = Q(responsible=None) | Q(due_on=None)
    Obstacle.objects.filter(homeless, status__in=('ROUTED', 'ANSWERED')).update(status='REPORTED')
    kind = ContentType.objects.filter(app_label='programs', model='obstacle').first()
    sent = StatusChange.objects.filter(content_type=kind, object_id=OuterRef('pk'), step='route').order_by('-pk')
    routed = Obstacle.objects.exclude(status='REPORTED')
    routed.update(routed_at=Coalesce(Subquery(sent.values('at')[:1]), F('created_at')))
    Obstacle.objects.filter(status='ANSWERED').update(answered_at=F('routed_at'))
    Obstacle.objects.filter(status='SOLVED').update(closed_at=F('routed_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('programs', '0036_obstacles_to_their_end'),
    ]

    operations = [migrations.RunPython(go_back, migrations.RunPython.noop)]
