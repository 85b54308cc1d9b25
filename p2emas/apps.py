from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameConfig(AppConfig):
    name = "p2emas"
    verbose_name = _("Kerangka")
