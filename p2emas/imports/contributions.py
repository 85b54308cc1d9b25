"""What imports contribute to the frame; see ``p2emas/registry``."""

from p2emas.imports import jobs  # noqa: F401 - registers the sweep of imports whose worker died
from p2emas.imports.lanes import jobs as lane_jobs  # noqa: F401 - registers the sweep of workbooks nobody reads
from p2emas.imports.lanes.comparing import Fate
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.memory import TableLayout
from p2emas.imports.models import Import, ImportFile, ImportRow
from p2emas.imports.offices import agency_kinds, people_kind  # noqa: F401 - register what can be imported
from p2emas.naming import named
from p2emas.privacy.handlings import ABOUT_A_FILE, OF_A_FILE, TASK, TRACE
from p2emas.registry.kinds import Contributions, Handling, Look, Looks, MenuEntry, PersonalFields

IMPORTS = MenuEntry("Impor", "imports:import-list")

TABLE = Handling(
    "Orang yang disebut dalam tabel yang diimpor",
    "Berkas tabel dan baris-barisnya",
    "Pratinjau, penerapan, dan pembatalan impor",
    TASK,
    named("{Office}, pimpinan daerah, dan Inspektorat; tabel pengguna hanya kepala dan Inspektorat"),
    "Selama riwayat impor disimpan; baris dan berkas yang menyebut pelamar dihapus bersama data pelamar",
)

UNSAVED = Handling(
    "Pengguna yang punya akun",
    "Siapa mengunggah isian Excel, kapan, nama berkasnya, dan judul serta contoh isi kolomnya bila ditanyakan",
    "Menunjukkan perbedaan sebelum dipakai, dan membatalkannya",
    TASK,
    "Pengunggahnya sendiri",
    "90 hari",
)

CONTRIBUTIONS = Contributions(
    menu_entries=(IMPORTS,),
    looks=(
        Looks(
            "import",
            {
                Import.Status.CHECKING: Look("violet", "half"),
                Import.Status.ASKING: Look("yellow", "alert"),
                Import.Status.READY: Look("blue", "clock"),
                Import.Status.APPLYING: Look("violet", "half"),
                Import.Status.APPLIED: Look("green", "check"),
                Import.Status.FAILED: Look("red", "cross"),
                Import.Status.CANCELLED: Look("", "cross"),
            },
            Import,
        ),
        Looks(
            "import_row",
            {
                ImportRow.Action.NEW: Look("green", "check"),
                ImportRow.Action.CHANGE: Look("blue", "half"),
                ImportRow.Action.SKIP: Look("", "circle"),
                ImportRow.Action.ERROR: Look("red", "alert"),
            },
        ),
        Looks(
            "lane_upload",
            {
                LaneUpload.Status.READING: Look("violet", "half"),
                LaneUpload.Status.ASKING: Look("yellow", "alert"),
                LaneUpload.Status.READY: Look("blue", "clock"),
                LaneUpload.Status.FAILED: Look("red", "cross"),
                LaneUpload.Status.APPLIED: Look("green", "check"),
                LaneUpload.Status.UNDONE: Look("", "cross"),
            },
            LaneUpload,
        ),
        Looks(
            "lane_row",
            {
                Fate.ADDED.value: Look("blue", "plus", "Baris baru"),
                Fate.NEW.value: Look("blue", "check", "Baru"),
                Fate.CHANGE.value: Look("yellow", "half", "Diubah"),
                Fate.SAME.value: Look("open", "circle", "Tetap"),
                Fate.WRONG.value: Look("red", "alert", "Galat"),
                Fate.BOTH.value: Look("violet", "back", "Dua versi"),
            },
        ),
    ),
    personal=(
        PersonalFields(Import, "uploaded_by uploaded_at applied_by applied_at", TRACE),
        PersonalFields(Import, "asked layout", TABLE),
        PersonalFields(TableLayout, "known", TABLE),
        PersonalFields(TableLayout, "saved_by saved_at", TRACE),
        PersonalFields(ImportFile, OF_A_FILE, TABLE),
        PersonalFields(LaneUpload, "uploaded_by uploaded_at file_name asked", UNSAVED),
        PersonalFields(ImportRow, "key before after cells message notice", TABLE),
    ),
    not_personal={
        Import: "kind status job problem number_format asked_cell asked_text notices",
        ImportFile: ABOUT_A_FILE,
        ImportRow: "action",
        LaneUpload: "lane status made_at cells held notices problem content content_type job before added applied_at "
        "layout",
        TableLayout: "kind",
    },
)
