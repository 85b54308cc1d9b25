"""The roles of the programme. Codes are fixed English strings, labels are Indonesian."""

from django.db import models


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "Koordinator"
    COORDINATOR_HEAD = "coordinator_head", "Kepala kantor atau bidang"
    LEADER = "leader", "Pimpinan daerah"
    AGENCY_OPERATOR = "agency_operator", "Operator SKPD"
    AGENCY_HEAD = "agency_head", "Kepala SKPD"
    DISTRICT_ADMIN = "district_admin", "Admin kecamatan"
    FACILITATOR = "facilitator", "Pendamping"
    PANELIST = "panelist", "Panelis atau penilai"
    AUDITOR = "auditor", "Inspektorat"


COORDINATORS = frozenset({Role.COORDINATOR, Role.COORDINATOR_HEAD})
AGENCY_STAFF = frozenset({Role.AGENCY_OPERATOR, Role.AGENCY_HEAD})
SEES_EVERYTHING = COORDINATORS | {Role.LEADER, Role.AUDITOR}
BACK_OFFICE = COORDINATORS | {Role.AUDITOR, Role.DISTRICT_ADMIN}
NEEDS_SECOND_FACTOR = COORDINATORS
WRITTEN_BY_PLACEMENTS = frozenset({Role.FACILITATOR})  # never given or ended by hand at /pengguna/
