"""What plans and reports know of people: who wrote, sent, verified and signed them."""

from p2emas.data_map import ABOUT_A_FILE, OF_A_FILE, SIGNER, TRACE, UPLOAD

PERSONAL = [
    ("Obstacle", "created_by created_at", TRACE),
    ("WorkPlan", "created_at submitted_by submitted_at decided_by decided_at", TRACE),
    ("ReportingPeriod", "opened_by opened_at", TRACE),
    (
        "ProgressReport",
        "claimed_by submitted_by submitted_at first_submitted_at decided_by decided_at",
        TRACE,
    ),
    ("ProgressReport", "signer_name signer_nip signer_rank signer_title", SIGNER),
    ("DueDateChange", "by at", TRACE),
    ("ReportComment", "author text at resolved_at", TRACE),
    ("ReportAttachment", OF_A_FILE, UPLOAD),
    ("IndicatorValue", "entered_by", TRACE),
]
NOT_PERSONAL = {
    "Program": "name mission",
    "Outcome": "name",
    "Activity": "code nomenclature programme_name name level",
    "Indicator": "name unit formula source ledger",
    "IndicatorTarget": "baseline_source baseline_missing_reason",
    "Obstacle": "kind text cause follow_up due_on answer status",
    "WorkPlan": "kind budget_doc_no effective_on status",
    "PlanLine": "chain_link fund unit exception_reason",
    "ReportingPeriod": "kind starts ends due_on status",
    "ProgressReport": "due_on status letter_no letter_date supporting_factor hindering_factor next_step",
    "DueDateChange": "old new reason",
    "ReportLine": "started_on nil_reason",
    "ReportAttachment": f"{ABOUT_A_FILE} kind",
    "IndicatorValue": "missing_reason source",
}
