"""The roles of the programme. Codes are fixed English strings; only labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Koordinator")
    COORDINATOR_HEAD = "coordinator_head", _("Kepala kantor atau bidang")
    LEADER = "leader", _("Pimpinan daerah")
    AGENCY_OPERATOR = "agency_operator", _("Operator SKPD")
    AGENCY_HEAD = "agency_head", _("Kepala SKPD")
    DISTRICT_ADMIN = "district_admin", _("Admin kecamatan")
    FACILITATOR = "facilitator", _("Pendamping")
    PANELIST = "panelist", _("Panelis atau penilai")
    AUDITOR = "auditor", _("Inspektorat")


COORDINATORS = frozenset({Role.COORDINATOR, Role.COORDINATOR_HEAD})
AGENCY_STAFF = frozenset({Role.AGENCY_OPERATOR, Role.AGENCY_HEAD})
SEES_EVERYTHING = COORDINATORS | {Role.LEADER, Role.AUDITOR}
BACK_OFFICE = COORDINATORS | {Role.AUDITOR, Role.DISTRICT_ADMIN}
NEEDS_SECOND_FACTOR = COORDINATORS
WRITTEN_BY_PLACEMENTS = frozenset({Role.FACILITATOR})  # never given or ended by hand at /pengguna/
