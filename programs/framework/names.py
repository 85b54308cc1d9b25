"""What the programme is called, read with the names of the office: that of the newest one that has begun."""

from django.db.models import Subquery

from p2emas import clock
from p2emas.identity.reading import add_name
from programs.framework.models import Program


def programme() -> Subquery:
    begun = Program.objects.filter(starts__lte=clock.today().year).order_by("-starts", "-pk")
    return Subquery(begun.values("name")[:1])


add_name("programme", programme)
