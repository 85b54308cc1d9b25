"""WSGI entry point, used by gunicorn (see gunicorn.conf.py)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from p2emas.serving import maintenance
from p2emas.serving.stack import with_room

gc.disable()  # what is loaded stays: to look for garbage in it again and again is a sixth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2emas.settings")

application = with_room(get_wsgi_application())

from p2emas.registry.checks import refuse_wrong_names  # noqa: E402 - the applications must be there

refuse_wrong_names()
maintenance.announce_serving(maintenance.files_of_this_installation())
gc.enable()
