"""What the regions contribute to the frame; see ``p2emas/registry``."""

from districts.regions import (
    agreement,  # noqa: F401 - says where regions and identity disagree
    office_import,  # noqa: F401 - registers what can be imported
    suspects,
)
from districts.regions.boundaries import DistrictBoundary
from districts.regions.figures import AreaFigure
from districts.regions.models import District, DistrictAlias, Regency, Village, VillageAlias
from districts.regions.scopes import VillageScope
from districts.regions.search_kinds import DISTRICTS, VILLAGES
from p2emas.naming import named
from p2emas.privacy.handlings import SEERS, TASK
from p2emas.registry.kinds import Contributions, Handling, PersonalFields

CONTACT = Handling(
    "Kontak desa dan kelompok masyarakat",
    "Nama dan telepon kontak",
    "Menghubungi desa atau kelompok untuk survei dan pendampingan",
    TASK,
    named("{Office}, pimpinan daerah, Inspektorat, dan kecamatan yang bersangkutan; tidak untuk umum"),
    "Selama desa atau kelompoknya tercatat; isian lama dalam riwayat",
)

WORKPLACE = Handling(
    "Pendamping yang ditempatkan",
    "Desa tempat bertugas dan tanggalnya",
    "Hak membaca data desa tempat bertugas",
    TASK,
    SEERS,
    "Selama penempatannya disimpan sebagai riwayat kerja",
)

CONTRIBUTIONS = Contributions(
    search_kinds=(VILLAGES, DISTRICTS),
    suspects={"Daerah": suspects.second_regency, "Batas wilayah": suspects.boundaries},
    personal=(
        PersonalFields(Village, "contact_name contact_phone", CONTACT),
        PersonalFields(VillageScope, "user village whole_regency valid_from valid_until", WORKPLACE),
    ),
    not_personal={
        Regency: "code name",
        District: "code name",
        Village: "code name kind slug",
        DistrictAlias: "name",
        VillageAlias: "name",
        DistrictBoundary: "rings source imported_at",
        AreaFigure: "kind unit source",
    },
)
