"""What the reference lists of codes and funds contribute to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions, MenuEntry
from programs.nomenclature import import_kinds  # noqa: F401 - registers what can be imported
from programs.nomenclature.models import CodeCrosswalk, Fund, NomenclatureEntry, NomenclatureVersion

NOMENCLATURE = MenuEntry("Nomenklatur", "nomenclature:entry-list")

CONTRIBUTIONS = Contributions(
    menu_entries=(NOMENCLATURE,),
    not_personal={
        Fund: "code label group",
        NomenclatureVersion: "code regulation completeness source",
        NomenclatureEntry: "level code name parent_code",
        CodeCrosswalk: "note",
    },
)
