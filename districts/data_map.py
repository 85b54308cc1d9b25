"""What the evidence and the decisions on places know of people."""

from p2emas.data_map import ABOUT_A_FILE, OF_A_FILE, SEERS, TASK, TRACE, UPLOAD
from p2emas.naming import named
from p2emas.privacy.register import Handling

CONTACT = Handling(
    "Kontak desa dan kelompok masyarakat",
    "Nama dan telepon kontak",
    "Menghubungi desa atau kelompok untuk survei dan pendampingan",
    TASK,
    named("{Office}, pimpinan daerah, Inspektorat, dan kecamatan yang bersangkutan; tidak untuk umum"),
    "Selama desa atau kelompoknya tercatat; isian lama dalam riwayat",
)
SURVEY = Handling(
    "Petugas survei",
    "Nama petugas dan tanggal kunjungan",
    "Siapa yang mengunjungi calon lokasi, menurut surat tugas",
    TASK,
    SEERS,
    "Selama penjaringan lokasi disimpan sebagai dasar keputusan",
)

PERSONAL = [
    ("Village", "contact_name contact_phone", CONTACT),
    ("CommunityGroup", "contact_name contact_phone", CONTACT),
    ("CompetencyDetermination", "submitted_by submitted_at decided_by decided_at", TRACE),
    ("AssessorSeat", "user given_at scored_at note", TRACE),
    ("PanelScore", "saved_at", TRACE),
    ("SelectionRound", "submitted_by submitted_at decided_by decided_at", TRACE),
    ("PairwiseJudgment", "user", TRACE),
    ("RankingRun", "asked_by at", TRACE),
    ("Candidate", "proposed_by proposed_at", TRACE),
    ("SurveyVisit", "surveyors visited_on", SURVEY),
    ("SurveyPhoto", OF_A_FILE, UPLOAD),
]
NOT_PERSONAL = {
    "Regency": "code name",
    "District": "code name",
    "Village": "code name kind slug",
    "VillageAlias": "name",
    "Commodity": "name sector unit",
    "CommunityGroup": "name kind registration_no",
    "ProductionFigure": "measure source",
    "CompetencyDetermination": "method measure inputs results computed_at discussion decided_on reason "
    "dissent sources status",
    "CoreCompetency": "valid_from valid_until",
    "CompetencyOption": "note",
    "DeterminationCriterion": "name kind figure",
    "EarlierAid": "item source",
    "SelectionRound": "name opens closes gate discussion sources status",
    "Criterion": "name unit source",
    "RankingRun": "inputs digest results problem job finished_at",
    "Candidate": "existing_activity output choice reason source status",
    "CandidateValue": "source",
    "SurveyVisit": "letter_no findings source",
    "SurveyPhoto": ABOUT_A_FILE,
    "TargetLocation": "valid_from valid_until status",
    "DecreeItem": "action",
    "DistrictBoundary": "rings source imported_at",
    "AreaFigure": "kind unit source",
}
