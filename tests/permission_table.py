"""Who gets which answer from which address: declared by hand, checked by test_permission_matrix.py.

Letters: C coordinator, H coordinator_head, L leader, U auditor, A superuser, O agency_operator, K agency_head,
D district_admin, F facilitator, P panelist, - anonymous. ``"CH 200, * 403"``: coordinators get 200, everybody else
who is signed in 403. Anonymous people are led to the sign-in page unless "-" is named.

``at`` names the record of the address (and of what is below it). On the record of somebody else ("theirs") a person who
sees everything gets the same answer as on "ours", everybody else 404, unless ``theirs`` says otherwise; so is one
that does not exist, unless ``missing`` names who is turned away before anybody looks for it.
"""

from dataclasses import dataclass, field

LETTERS = {
    "C": "coordinator",
    "H": "coordinator_head",
    "L": "leader",
    "U": "auditor",
    "A": "admin",
    "O": "agency_operator",
    "K": "agency_head",
    "D": "district_admin",
    "F": "facilitator",
    "P": "panelist",
    "-": "anonymous",
}
SEES_ALL = "CHLUA"
SAME = "as ours"  # what is public, or reference data: theirs is answered like ours


@dataclass(frozen=True)
class Row:
    name: str
    get: str
    post: str = "* 405"
    at: dict[str, str] = field(default_factory=dict)  # part of the address -> record, or literal with "="
    theirs: str = ""  # "": the rule; SAME; or answers of GET
    theirs_post: str = ""
    missing: str = "* 404"
    missing_post: str = ""
    wrong: str = "* 405"


def answers(text: str) -> dict[str, int]:
    """``"CH 200, * 403"`` by role; anonymous is 302 unless named."""
    found = {}
    for part in text.split(","):
        letters, status = part.split()
        named = letters.replace("*", "".join(LETTERS).replace("-", ""))
        for letter in named:
            found.setdefault(LETTERS[letter], int(status))
    found.setdefault("anonymous", 302)
    return found


def row(name: str, get: str, post: str = "* 405", **rest) -> Row:
    return Row(name, get, post, **rest)


ENTRY = [  # health, sign-in, the account of who is signed in
    row("health", "*- 200", "*- 405", wrong="*- 405"),
    row("ready", "*- 200", "*- 405", wrong="*- 405"),
    row("account_login", "- 200, * 302", "- 200, * 302", wrong="- 405, * 302"),
    row("account_logout", "- 302, * 200", "*- 302", wrong="*- 405"),
    row("account_reset_password", "*- 200", "*- 200", wrong="*- 405"),
    row("account_reset_password_done", "*- 200", "*- 405", wrong="*- 405"),
    row("account_reset_password_from_key_done", "*- 200", "*- 405", wrong="*- 405"),
    row(
        "account_reset_password_from_key",
        "*- 200",
        "*- 200",
        at={"uidb36": "=1", "key": "=bukan-kunci"},
        wrong="*- 200",  # the sentence that the link is over, with any verb
    ),
    row("accounts:profile", "* 200"),
    row("drafts:unsaved", "* 200"),
    row("drafts:draft-detail", "O 200, * 404", at={"pk": "form_draft"}, theirs="* 404"),
    row("drafts:draft-drop", "* 405", "O 302, * 404", at={"pk": "form_draft"}, theirs_post="* 404"),
    row(
        "drafts:draft-save",
        "* 405",
        "OK 400, CHLUA 403, * 404",
        at={"form": "=realisasi", "pk": "draft_report"},
    ),
    row(
        "drafts:draft-open",
        "* 405",
        "OK 200, CHLUA 403, * 404",
        at={"form": "=realisasi", "pk": "draft_report"},
    ),
    row("account_inactive", "*- 200", "*- 405", wrong="*- 405"),
    row("account_change_password", "* 200", "* 200"),
    row("account_reauthenticate", "* 200", "* 200"),
    row("usersessions_list", "* 200", "* 302"),
    row("mfa_index", "* 200"),
    row("mfa_authenticate", "*- 302", "*- 302", wrong="*- 302"),
    row("mfa_reauthenticate", "* 302", "* 302", wrong="* 302"),
    row("mfa_activate_totp", "* 302", "* 302", wrong="* 302"),  # asks for the password again
    row("mfa_deactivate_totp", "* 404", "* 404", wrong="* 404"),
    row("mfa_view_recovery_codes", "* 404"),
    row("mfa_generate_recovery_codes", "* 302", "* 302", wrong="* 302"),
    row("mfa_download_recovery_codes", "* 404", "* 404", wrong="* 404"),
]

PAPERS = [  # documents, outbox, people
    row(
        "documents:file-download",
        "CHLUAOK 200, * 404",
        "*- 405",
        wrong="*- 405",
        at={"model_name": "=reportattachment", "key": "draft_file#key"},
    ),
    row("documents:receipt-search", "*- 200", "*- 405", wrong="*- 405"),
    row(
        "documents:receipt-genuine",
        "*- 200",
        "*- 405",
        at={"code": "sent_receipt#code"},
        theirs=SAME,
        wrong="*- 405",
    ),
    row("instruments:minutes-list", "*- 200", "*- 405", wrong="*- 405"),
    row("instruments:minutes-create", "CH 200, * 403", "CH 200, * 403"),  # nothing was typed
    row(
        "instruments:minutes-detail",
        "*- 200",
        "*- 405",
        at={"pk": "world.lead.minutes|world.lead.draft_minutes"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row(
        "instruments:minutes-edit",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",  # nothing was typed
        at={"pk": "world.lead.draft_minutes|world.lead.draft_minutes"},
        theirs=SAME,
    ),
    row(
        "instruments:minutes-step",
        "CH 200, * 403",
        "CH 200, * 403",  # no note was written
        at={"pk": "world.lead.minutes|world.lead.draft_minutes", "step": "=cancel"},
        theirs="CH 200, LUA 403, * 404",
    ),
    row(
        "instruments:minutes-scan",
        "CH 200, * 403",
        "CH 200, * 403",  # no file was sent
        at={"pk": "world.lead.minutes|world.lead.draft_minutes"},
        theirs="CH 200, LUA 403, * 404",
    ),
    row(
        "instruments:minutes-history",
        "CHLUA 200, * 403",
        at={"pk": "world.lead.minutes|world.lead.draft_minutes"},
        theirs="CHLUA 200, * 404",
    ),
    row("instruments:regulation-list", "*- 200", "*- 405", wrong="*- 405"),
    row(
        "instruments:regulation-detail",
        "*- 200",
        "*- 405",
        at={"pk": "world.lead.regulation|world.lead.draft_regulation"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row("notifications:notification-list", "* 200", "* 302"),
    row("notifications:notifications-read", "* 405", "* 302"),
    row("calendar:calendar", "*- 200", "*- 405", wrong="*- 405"),
    row("calendar:public-file", "*- 200", "*- 405", wrong="*- 405"),
    row("calendar:private-file", "*- 404", "*- 405", wrong="*- 405", at={"token": "=bukan-alamat"}),
    row("calendar:address-make", "* 405", "* 200"),
    row("calendar:address-end", "* 405", "* 302"),
    row("outbox:message-list", "CHUA 200, * 403"),
    row("outbox:message-release", "CH 200, * 403", "CH 302, * 403"),
    row(
        "outbox:message-detail",
        "CHUA 200, * 403",
        "CH 200, * 403",
        at={"pk": "world.lead.letter|world.lead.sign_in_letter"},
        theirs="HUA 200, C 404, * 403",
        theirs_post="C 404, * 403",
        missing="CHUA 404, * 403",
    ),
    *(
        row(
            name,
            "CHUA 200, * 403",
            at={"pk": "world.lead.letter|world.lead.sign_in_letter"},
            theirs="HUA 200, C 404, * 403",
            missing="CHUA 404, * 403",
        )
        for name in ("outbox:message-pdf", "outbox:message-docx")
    ),
    row(
        "outbox:message-discard",
        "CH 200, * 403",
        "CH 302, * 403",
        at={"pk": "world.lead.letter|world.lead.sign_in_letter"},
        theirs="H 200, C 404, * 403",
        theirs_post="H 302, C 404, * 403",
        missing="CHUA 404, * 403",
    ),
    row(
        "outbox:message-retry",
        "* 405",
        "CH 302, * 403",
        at={"pk": "world.lead.failed_letter"},
        missing="CHUA 404, * 403",
    ),
    row("identity:identity", "CHUA 200, * 403"),
    row("identity:identity-edit", "HA 200, * 403", "HA 200, * 403"),
    row("instruments:emblem-edit", "HA 200, * 403", "HA 302, * 403"),  # nothing was chosen: nothing changes
    row("instruments:emblem", "CHUA 404, * 403", at={"paper": "=kantor"}),  # the world has none
    row("staffing:user-list", "HUA 200, * 403"),
    row("staffing:trace-list", "HUA 200, * 403"),
    row("staffing:user-invite", "H 200, * 403", "H 200, * 403"),
    row("staffing:user-detail", "HUA 200, * 404", at={"pk": "sender"}, theirs=SAME),
    row("staffing:user-edit", "H 200, UA 403, * 404", "H 200, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row("staffing:assignment-add", "H 200, UA 403, * 404", "H 200, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row(
        "staffing:assignment-end",
        "H 200, UA 403, * 404",
        "H 200, UA 403, * 404",
        at={"pk": "sender", "assignment_pk": "assignment"},
        missing="UA 403, * 404",
        theirs=SAME,
    ),
    row("staffing:user-deactivate", "H 200, UA 403, * 404", "H 302, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row("staffing:invitation-copy", "H 200, UA 403, * 404", "H 302, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row(  # who has signed in already is told nothing more
        "staffing:account-paper", "UA 403, * 404", at={"pk": "sender", "form": "=docx"}, theirs=SAME
    ),
    row("staffing:password-link", "H 200, UA 403, * 404", "H 302, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row("staffing:user-reactivate", "* 405", "H 302, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row("staffing:invitation-resend", "* 405", "H 302, UA 403, * 404", at={"pk": "sender"}, theirs=SAME),
    row("staffing:absence-list", "* 200"),
    row("staffing:absence-ask", "CHOKD 200, * 403", "CHOKD 200, * 403"),
    row("staffing:absence-detail", "CHLUAOK 200, * 404", at={"pk": "absence"}),
    row(
        "staffing:absence-step",
        "HK 200, CLUAO 403, * 404",
        "HK 200, CLUAO 403, * 404",  # asks for the reason
        at={"pk": "absence", "name": "=decline"},
    ),
    row("staffing:absence-history", "CHLUAOK 200, * 404", at={"pk": "absence"}),
    row("staffing:phone-code", "*- 200", "*- 200", wrong="*- 405"),
    row(
        "staffing:invitation",
        "*- 404",
        "*- 404",
        at={"uid": "=1", "token": "=bukan-kunci"},
        wrong="*- 405",
    ),
]

IMPORTS = [  # evidence and what comes as a table
    row("evidence:evidence", "CHLUAD 200, * 403"),
    row("exports:list-request", "C 200, * 404", at={"pk": "world.lead.list_request"}),
    row("exports:list-download", "C 200, * 404", at={"pk": "world.lead.list_request"}),
    row("imports:import-list", "CHLUAODK 200, * 403"),
    row("imports:import-upload", "CHD 200, * 403", "CHD 200, * 403", at={"kind": "=produksi"}),
    row("imports:template-download", "CHD 200, * 403", at={"kind": "=produksi"}),
    row("imports:import-detail", "CHLUAD 200, * 404", at={"pk": "batch"}),
    row("imports:import-apply", "* 405", "CHD 409, LUA 403, * 404", at={"pk": "batch"}),
    row("imports:import-format", "* 405", "CHD 409, LUA 403, * 404", at={"pk": "batch"}),
    row("imports:import-layout", "* 405", "CHD 409, LUA 403, * 404", at={"pk": "batch"}),
    row("imports:layout-edit", "CHD 200, * 403", "CHD 302, * 403", at={"kind": "=produksi"}),
    row(
        "imports:import-step",
        "CHD 200, LUA 403, * 404",
        "CHD 409, LUA 403, * 404",
        at={"pk": "batch", "name": "=cancel"},
    ),
    row("imports:import-history", "CHLUAD 200, * 404", at={"pk": "batch"}),
    row("imports:problem-download", "CHLUAD 200, * 404", at={"pk": "batch"}),
    row(
        "imports:lane",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"lane": "=laporan", "record": "draft_report"},
    ),
    row("imports:lane-workbook", "OK 200, CHLUA 403, * 404", at={"lane": "=laporan", "record": "draft_report"}),
    row("imports:lane-upload", "O 200, * 404", at={"pk": "lane_upload"}, theirs="* 404"),
    row("imports:lane-columns", "* 405", "O 409, * 404", at={"pk": "lane_upload"}, theirs_post="* 404"),
    row("imports:lane-apply", "* 405", "O 409, * 404", at={"pk": "lane_upload"}, theirs_post="* 404"),
    row("imports:lane-undo", "* 405", "O 409, * 404", at={"pk": "lane_upload"}, theirs_post="* 404"),
]

PLACES = [  # decisions, map, profiles
    row("competencies:determination-list", "* 200"),
    row("competencies:determination-create", "CH 200, * 403", "CH 200, * 403"),
    row(
        "competencies:determination-detail",
        "* 200",
        at={"pk": "determination|world.lead.determinations.theirs"},
        theirs="CHLUA 200, * 404",
    ),
    row(
        "competencies:determination-edit",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at={"pk": "world.lead.determinations.ours|world.lead.determinations.theirs"},
    ),
    row(
        "competencies:determination-step",
        "CH 200, LUA 403, * 404",
        "CH 409, LUA 403, * 404",
        at={"pk": "world.lead.determinations.ours|world.lead.determinations.theirs", "step": "=submit"},
    ),
    row(
        "competencies:determination-history",
        "CHLUA 200, P 403, * 404",
        at={"pk": "world.lead.panels.ours.scored|world.lead.panels.theirs.scored"},
    ),
    row(
        "competencies:determination-minutes",
        "CHLUA 200, * 403",
        at={"pk": "world.lead.panels.ours.enacted|world.lead.panels.theirs.discussed", "form": "=pdf"},
    ),
    row("competencies:analysis", "CHLUAD 200, * 403"),
    row("competencies:panel-open", "CH 200, * 403", "CH 200, * 403"),
    row(
        "competencies:panel-setup",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at={"pk": "world.lead.panels.ours.draft|world.lead.panels.theirs.draft"},
    ),
    row(
        "competencies:analysis-add",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at={"pk": "world.lead.panels.ours.draft|world.lead.panels.theirs.draft"},
    ),
    row(
        "competencies:analysis-edit",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at={
            "pk": "world.lead.panels.ours.draft|world.lead.panels.theirs.draft",
            "analysis": "world.lead.panels.ours.analysis|world.lead.panels.theirs.analysis",
        },
    ),
    row(
        "competencies:criteria-inapplicable",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at={"pk": "world.lead.panels.ours.draft|world.lead.panels.theirs.draft"},
    ),
    row(
        "competencies:scoring-open",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at={"pk": "world.lead.panels.ours.draft|world.lead.panels.theirs.draft"},
    ),
    row(
        "competencies:seat-edit",
        "CH 200, LUAP 403, * 404",
        "CH 200, LUAP 403, * 404",
        at={"pk": "world.lead.panels.ours.scored|world.lead.panels.theirs.scored"},
    ),
    row(
        "competencies:score",
        "P 200, CHLUA 403, * 404",
        "P 302, CHLUA 403, * 404",
        at={"pk": "world.lead.panels.ours.scored|world.lead.panels.theirs.scored"},
    ),
    row(
        "competencies:discuss",
        "CH 200, LUAP 403, * 404",
        "CH 409, LUAP 403, * 404",
        at={"pk": "world.lead.panels.ours.scored|world.lead.panels.theirs.scored"},
    ),
    row(
        "competencies:discussion",
        "CH 200, LUAP 403, * 404",
        "CH 200, LUAP 403, * 404",
        at={"pk": "world.lead.panels.ours.discussed|world.lead.panels.theirs.discussed"},
    ),
    row(
        "competencies:result",
        "*- 200",
        "*- 405",
        at={"pk": "world.lead.panels.ours.enacted|world.lead.panels.theirs.discussed"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row(
        "competencies:replay",
        "*- 200",
        "*- 405",
        at={"pk": "world.lead.panels.ours.enacted|world.lead.panels.theirs.discussed"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row("locations:decisions", "* 200"),
    row("locations:round-list", "*- 200", "*- 405", wrong="*- 405"),
    row("locations:round-create", "CH 200, * 403", "CH 200, * 403"),
    row(
        "locations:round-edit",
        "CH 200, LUAD 403, * 404",
        "CH 200, LUAD 403, * 404",
        at={"pk": "world.lead.rounds.open|world.lead.rounds.draft"},
        theirs="CH 200, LUA 403, * 404",
    ),
    row(
        "locations:round-history",
        "CHLUA 200, D 403, * 404",
        at={"pk": "world.lead.rounds.open|world.lead.rounds.draft"},
        theirs="CHLUA 200, * 404",
    ),
    row(
        "locations:round-step",
        "CH 200, LUAD 403, * 404",
        "CH 409, LUAD 403, * 404",
        at={"pk": "world.lead.rounds.open|world.lead.rounds.draft", "step": "=start_survey"},
        theirs="CH 409, LUA 403, * 404",
    ),
    *(  # the frame is written before the round opens; "theirs" is one that has opened
        row(
            f"locations:{name}",
            "CH 200, LUA 403, * 404",
            posted,
            at={"pk": "world.lead.rounds.draft|world.lead.rounds.open"},
            theirs="CHLUAD 403, * 404",
            theirs_post=late,
        )
        for name, posted, late in (
            ("round-criteria", "CH 200, LUA 403, * 404", "CH 409, LUAD 403, * 404"),
            ("round-weights", "CH 302, LUA 403, * 404", "CH 409, LUAD 403, * 404"),  # saved in part, or not at all
        )
    ),
    row(
        "locations:weights-use",
        "* 405",
        "CH 302, LUA 403, * 404",
        at={"pk": "world.lead.rounds.draft|world.lead.rounds.open"},
        theirs_post="CHLUAD 403, * 404",
    ),
    row(
        "locations:gate-check",
        "CH 200, LUAD 403, * 404",
        "CH 302, LUAD 403, * 404",
        at={"pk": "world.lead.rounds.open|world.lead.rounds.draft"},
        theirs="CHLUA 403, * 404",
        theirs_post="CHLUA 403, * 404",
    ),
    row(
        "locations:value-table",
        "CH 200, LUAD 403, * 404",
        "CH 200, LUAD 403, * 404",
        at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
        theirs="CHLUA 403, * 404",
        theirs_post="CH 409, LUA 403, * 404",  # typed while the state moved: both versions
    ),
    row(
        "locations:candidate-list",
        "CHLUAD 200, *- 404",
        "*- 405",
        at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row(
        "locations:candidate-create",
        "CHD 200, LUA 403, * 404",
        "CHD 200, LUA 403, * 404",
        at={"pk": "world.lead.rounds.open|world.lead.rounds.draft"},
        theirs="CHLUA 403, * 404",
        theirs_post="CH 200, LUA 403, * 404",
    ),
    row(
        "locations:candidate-edit",
        "CHD 200, LUA 403, * 404",
        "CHD 200, LUA 403, * 404",
        at={
            "pk": "world.lead.rounds.open|world.lead.rounds.draft",
            "candidate": "world.lead.rounds.open_ours|world.lead.rounds.draft_theirs",
        },
        theirs="CHLUA 403, * 404",
        theirs_post="CH 409, LUA 403, * 404",  # typed while the state moved: both versions
    ),
    row(
        "locations:candidate-history",
        "CHLUA 200, D 403, * 404",
        at={
            "pk": "world.lead.rounds.open|world.lead.rounds.draft",
            "candidate": "world.lead.rounds.open_ours|world.lead.rounds.draft_theirs",
        },
        theirs="CHLUA 200, * 404",
    ),
    row(
        "locations:candidate-step",
        "CH 200, LUAD 403, * 404",
        "CH 409, LUAD 403, * 404",
        at={
            "pk": "world.lead.rounds.open|world.lead.rounds.draft",
            "candidate": "world.lead.rounds.open_ours|world.lead.rounds.draft_theirs",
            "step": "=pass_gate",
        },
        theirs="CH 409, LUA 403, * 404",
    ),
    row(
        "locations:visit-create",
        "CH 200, LUAD 403, * 404",
        "CH 200, LUAD 403, * 404",
        at={
            "pk": "world.lead.rounds.scoring|world.lead.rounds.draft",
            "candidate": "world.lead.rounds.scoring_ours|world.lead.rounds.draft_theirs",
        },
        theirs="CHLUA 403, * 404",
        theirs_post="CH 200, LUA 403, * 404",
    ),
    *(
        row(
            f"locations:{name}",
            "CH 200, LUAD 403, * 404",
            "CH 200, LUAD 403, * 404",
            at={
                "pk": "world.lead.rounds.scoring",
                "candidate": "world.lead.rounds.scoring_ours|world.lead.rounds.scoring_theirs",
                "visit": "world.lead.rounds.visit_ours|world.lead.rounds.visit_theirs",
            },
        )
        for name in ("visit-edit", "visit-photos")
    ),
    row(
        "locations:photo-remove",
        "* 405",
        "CH 302, LUAD 403, * 404",
        at={
            "pk": "world.lead.rounds.scoring",
            "candidate": "world.lead.rounds.scoring_ours|world.lead.rounds.scoring_theirs",
            "visit": "world.lead.rounds.visit_ours|world.lead.rounds.visit_theirs",
            "photo": "=0",
        },
    ),
    row(
        "locations:round-detail",
        "CHLUAD 200, *- 404",
        "*- 405",
        at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    *(
        row(
            f"locations:{name}",
            "CHLUA 200, D 403, *- 404",
            "*- 405",
            at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
            theirs="CHLUA 200, *- 404",
            wrong="*- 405",
        )
        for name in ("round-ranking", "round-replay", "round-minutes-pdf", "round-minutes-docx")
    ),
    row(
        "locations:run-start",
        "* 405",
        "CH 302, LUAD 403, * 404",
        at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
        theirs_post="CH 302, LUA 403, * 404",
    ),
    row(
        "locations:round-choices",
        "CH 200, LUAD 403, * 404",
        "CH 409, LUAD 403, * 404",
        at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
        theirs="CHLUA 403, * 404",
        theirs_post="CH 409, LUA 403, * 404",  # typed while the state moved: both versions
    ),
    row(
        "locations:round-submit",
        "CH 200, LUAD 403, * 404",
        "CH 200, LUAD 403, * 404",  # the ranking that was read was not named
        at={"pk": "world.lead.rounds.scoring|world.lead.rounds.draft"},
        theirs="CH 409, LUA 403, * 404",
        theirs_post="CH 200, LUA 403, * 404",
    ),
    row(
        "locations:round-decide",
        "H 200, CLUAD 403, * 404",
        "H 409, CLUAD 403, * 404",
        at={"pk": "world.lead.rounds.submitted|world.lead.rounds.draft"},
        theirs="H 409, CLUA 403, * 404",
    ),
    row(
        "locations:candidate-promote",
        "H 200, * 403",
        "H 200, * 403",  # no note was written
        at={
            "pk": "world.lead.rounds.enacted|world.lead.rounds.draft",
            "candidate": "world.lead.rounds.enacted_ours|world.lead.rounds.draft_theirs",
        },
        theirs="H 409, CLUA 403, * 404",
        theirs_post="H 200, CLUA 403, * 404",
    ),
    row(
        "locations:candidate-detail",
        "CHLUAD 200, *- 404",
        "*- 405",
        at={
            "pk": "world.lead.rounds.scoring|world.lead.rounds.draft",
            "candidate": "world.lead.rounds.scoring_ours|world.lead.rounds.draft_theirs",
        },
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row("locations:location-close", "CH 200, * 403", "CH 200, * 403", at={"pk": "location"}, theirs=SAME),
    row("locations:district-list", "*- 200", "*- 405", wrong="*- 405"),
    row("locations:village-list", "*- 200", "*- 405", wrong="*- 405"),
    row("profiles:activity-detail", "*- 200", "*- 405", at={"pk": "line"}, theirs=SAME, wrong="*- 405"),
    row("profiles:district-detail", "*- 200", "*- 405", at={"code": "district#code"}, theirs=SAME, wrong="*- 405"),
    row("profiles:village-detail", "*- 200", "*- 405", at={"slug": "village#slug"}, theirs=SAME, wrong="*- 405"),
    row("profiles:village-csv", "*- 200", "*- 405", at={"slug": "village#slug"}, theirs=SAME, wrong="*- 405"),
    row("evaluation:result-overview", "*- 200", "*- 405", wrong="*- 405"),
    row("evaluation:result-district", "*- 200", "*- 405", at={"code": "district#code"}, theirs=SAME, wrong="*- 405"),
    row("evaluation:result-village", "*- 200", "*- 405", at={"slug": "village#slug"}, theirs=SAME, wrong="*- 405"),
    row("evaluation:comparison-overview", "*- 200", "*- 405", wrong="*- 405"),
    row("evaluation:comparison-create", "CH 200, * 403", "CH 200, * 403"),
    row("evaluation:comparison-detail", "CHLUA 200, *- 404", "*- 405", at={"pk": "comparison"}, wrong="*- 405"),
    row("evaluation:comparison-edit", "CH 200, LUA 403, * 404", "CH 200, LUA 403, * 404", at={"pk": "comparison"}),
    row(
        "evaluation:comparison-step",
        "CH 200, LUA 403, * 404",
        "CH 409, LUA 403, * 404",
        at={"pk": "comparison", "step": "=freeze"},
    ),
    row("evaluation:replication-overview", "*- 200", "*- 405", wrong="*- 405"),
    row("evaluation:evaluation-create", "* 405", "CH 302, * 403", at={"pk": "location"}, theirs_post=SAME),
    row("evaluation:evaluation-detail", "CHLUA 200, *- 404", "*- 405", at={"pk": "evaluation"}, wrong="*- 405"),
    row("evaluation:evaluation-compute", "* 405", "CH 302, LUA 403, * 404", at={"pk": "evaluation"}),
    row("evaluation:evaluation-replay", "CHLUA 200, * 404", at={"pk": "evaluation"}),
    row(
        "evaluation:evaluation-step",
        "H 200, CLUA 403, * 404",
        "H 200, CLUA 403, * 404",  # no reason
        at={"pk": "evaluation", "step": "=send_back"},
    ),
    row(
        "evaluation:evaluation-decide",
        "H 200, CLUA 403, * 404",
        "H 200, CLUA 403, * 404",  # nothing was chosen
        at={"pk": "evaluation"},
    ),
    row("evaluation:evaluation-history", "CHLUA 200, * 404", at={"pk": "evaluation"}),
    row("evaluation:package-create", "* 405", "CH 302, * 403", at={"pk": "location"}, theirs_post=SAME),
    row("evaluation:package-detail", "CHLUA 200, *- 404", "*- 405", at={"pk": "package"}, wrong="*- 405"),
    row("evaluation:package-edit", "CH 200, LUA 403, * 404", "CH 409, LUA 403, * 404", at={"pk": "package"}),
    row(
        "evaluation:package-step",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",  # no reason
        at={"pk": "package", "step": "=withdraw"},
    ),
    row("evaluation:package-history", "CHLUA 200, * 404", at={"pk": "package"}),
    row("profiles:village-basis", "*- 200", "*- 405", at={"slug": "village#slug"}, theirs=SAME, wrong="*- 405"),
    row(
        "profiles:location-step",
        "CH 200, * 403",
        "CH 409, * 403",
        at={"slug": "village#slug", "pk": "location", "step": "=start"},
        theirs=SAME,
    ),
    row("profiles:decree-list", "*- 200", "*- 405", wrong="*- 405"),
    row(
        "profiles:decree-detail",
        "*- 200",
        "*- 405",
        at={"pk": "world.lead.decree|world.lead.draft_decree"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row(
        "profiles:decree-step",
        "H 200, * 403",
        "H 200, * 403",
        at={"pk": "world.lead.decree|world.lead.draft_decree", "step": "=revoke"},
        theirs="H 409, CLUA 403, * 404",
        theirs_post="H 200, CLUA 403, * 404",  # no note was written
    ),
    row(
        "profiles:decree-amend",
        "CH 200, * 403",
        "CH 200, * 403",  # nothing was typed
        at={"pk": "world.lead.decree|world.lead.draft_decree"},
        theirs="CH 200, LUA 403, * 404",
    ),
    row(
        "profiles:decree-items",
        "CH 200, LUA 403, * 404",
        "CH 409, LUA 403, * 404",  # not the items that are in it: both versions
        at={"pk": "world.lead.draft_decree|world.lead.draft_decree"},
        theirs=SAME,
    ),
    row("profiles:decree-ready", "CH 200, * 403", "CH 200, * 403"),  # nothing was ticked
    row(
        "profiles:decree-text",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",  # nothing was typed
        at={"pk": "world.lead.draft_decree|world.lead.draft_decree"},
        theirs=SAME,
    ),
    row(
        "profiles:decree-check",
        "CHLUA 200, * 404",
        at={"pk": "world.lead.draft_decree|world.lead.draft_decree"},
        theirs=SAME,
    ),
    row(
        "profiles:decree-discard",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",  # not what the page showed
        at={"pk": "world.lead.draft_decree|world.lead.draft_decree"},
        theirs=SAME,
    ),
    row(
        "profiles:decree-scan",
        "CH 200, * 403",
        "CH 200, * 403",  # no file was sent
        at={"pk": "world.lead.decree|world.lead.draft_decree"},
        theirs="CH 200, LUA 403, * 404",
    ),
    row(
        "profiles:decree-paper",
        "*- 200",
        "*- 405",
        at={"pk": "world.lead.decree|world.lead.draft_decree", "form": "=docx"},
        theirs="CHLUA 200, *- 404",
        wrong="*- 405",
    ),
    row(
        "profiles:decree-history",
        "CHLUA 200, * 403",
        at={"pk": "world.lead.decree|world.lead.draft_decree"},
        theirs="CHLUA 200, * 404",
    ),
]

_ROUND = "world.lead.recruitment.rounds."
_PUBLISHED = {"code": f"{_ROUND}published|{_ROUND}draft#code"}
_DRAFT = {"code": f"{_ROUND}draft|{_ROUND}published#code"}
_SENT = {
    "code": f"{_ROUND}published|{_ROUND}selection#code",
    "pk": "world.lead.recruitment.applications.published_sent|world.lead.recruitment.applications.selection_passed",
}
_SELECTING = {"code": f"{_ROUND}selection|{_ROUND}published#code"}
_INTERVIEWS = "world.lead.recruitment.interviews.selection_invited|world.lead.recruitment.interviews.announced_accepted"
_CHECKED = {
    "code": f"{_ROUND}closed|{_ROUND}selection#code",
    "pk": "world.lead.recruitment.applications.closed_passed|world.lead.recruitment.applications.selection_passed",
}
SELECTION_OFFICE = [  # rounds, seats and applications in the office; "theirs" is a round in another state
    row("recruitment:round-list", "CHLUAP 200, * 403"),
    row("recruitment:round-create", "CH 200, * 403", "CH 200, * 403"),
    row("recruitment:round-detail", "CHLUAP 200, * 403", at=_PUBLISHED, theirs="CHLUAP 200, * 404"),
    row("recruitment:round-history", "CHLUA 200, * 403", at=_PUBLISHED, theirs="CHLUA 200, P 403, * 404"),
    *(
        row(
            f"recruitment:{name}",
            "CH 200, * 403",
            "CH 200, * 403",
            at=_PUBLISHED,
            theirs="CH 200, LUAP 403, * 404",
            theirs_post="CH 200, LUAP 403, * 404",
        )
        for name in ("round-edit", "round-schedule")
    ),
    row(
        "recruitment:round-step",
        "CH 200, * 403",
        "CH 409, * 403",
        at=_PUBLISHED | {"step": "=close"},
        theirs="CH 409, LUAP 403, * 404",
        theirs_post="CH 409, LUAP 403, * 404",
    ),
    row(
        "recruitment:seat-list",
        "CHLUA 200, * 403",
        "CH 200, * 403",
        at=_PUBLISHED,
        theirs="CHLUA 200, P 403, * 404",
        theirs_post="CH 200, LUAP 403, * 404",
    ),
    row(
        "recruitment:conflict-create",
        "CH 200, * 403",
        "CH 200, * 403",
        at=_PUBLISHED,
        theirs="CH 200, LUAP 403, * 404",
        theirs_post="CH 200, LUAP 403, * 404",
    ),
    row(
        "recruitment:conflict-withdraw",
        "CH 200, * 403",
        "CH 200, * 403",
        at=_SELECTING | {"pk": "world.lead.recruitment.conflict|world.lead.recruitment.other_conflict"},
        theirs="CH 200, * 403",
        theirs_post="CH 200, * 403",
        missing="CH 404, * 403",
        missing_post="CH 302, * 403",  # gone already
    ),
    row("recruitment:application-list", "CHLUA 200, * 403", at=_PUBLISHED, theirs="CHLUA 200, P 403, * 404"),
    row("recruitment:check-next", "CH 302, * 403", at=_PUBLISHED, theirs="CHLUAP 403, * 404"),
    row(  # a person who signed in a while ago is asked for the password again
        "recruitment:application-export",
        "CH 302, * 403",
        "CH 302, * 403",
        at=_PUBLISHED,
        theirs="CHLUAP 403, * 404",
        theirs_post="CHLUAP 403, * 404",
    ),
    row(
        "recruitment:application-detail",
        "CHLUA 200, * 404",
        "CH 200, LUA 403, * 404",
        at=_SENT,
        theirs_post="CHLUA 403, * 404",
    ),
    row("recruitment:application-nik", "CH 200, LUA 403, * 404", "CH 200, LUA 403, * 404", at=_SENT),
    row(
        "recruitment:application-step",
        "CH 200, LUA 403, * 404",
        "CH 200, LUA 403, * 404",
        at=_CHECKED | {"step": "=recheck_files"},
    ),
    row(
        "recruitment:test-scores",
        "CHLUA 200, * 403",
        "CH 200, * 403",
        at=_SELECTING,
        theirs="CHLUA 200, * 403",
        theirs_post="* 403",
    ),
    row(
        "recruitment:interview-plan",
        "CHLUA 200, * 403",
        "CH 200, * 403",
        at=_SELECTING,
        theirs="CHLUA 200, * 403",
        theirs_post="* 403",
    ),
    *(
        row(f"recruitment:{name}", "CH 200, * 403", "CH 200, * 403", at=_SELECTING, theirs="* 403", theirs_post="* 403")
        for name in ("test-apply", "interview-propose", "interview-invite")
    ),
    row("recruitment:interview-texts", "CHLUA 200, * 403", at=_SELECTING, theirs="CHLUA 200, * 403"),
    row("recruitment:interview-letters", "CHLUA 200, * 403", at=_SELECTING, theirs="CHLUA 404, * 403"),
    row("recruitment:interview-letters-docx", "CHLUA 200, * 403", at=_SELECTING, theirs="CHLUA 404, * 403"),
    row(
        "recruitment:interview-letter",
        "CHLUA 200, * 403",
        at={"code": f"{_ROUND}selection|{_ROUND}announced#code", "pk": _INTERVIEWS},
        theirs="CHLUA 404, * 403",
        missing="CHLUA 404, * 403",
    ),
    *(  # the frame is locked once the round is published
        row(
            f"recruitment:{name}",
            "CH 200, LUAP 403, * 404",
            "CH 200, LUAP 403, * 404",
            at=_DRAFT,
            theirs="* 403",
            theirs_post="* 403",
        )
        for name in (
            "round-copy",
            "round-places",
            "round-requirements",
            "round-documents",
            "round-rubric",
        )
    ),
    row(
        "recruitment:round-openings",
        "H 200, * 403",
        "H 200, * 403",
        at=_PUBLISHED,
        theirs="H 200, CLUAP 403, * 404",
        theirs_post="H 200, CLUAP 403, * 404",
    ),
    row(
        "recruitment:access-list",
        "CHLUA 200, * 403",
        at=_PUBLISHED,
        theirs="CHLUA 200, P 403, * 404",
    ),
    row("recruitment:personal-data", "H 200, CLUA 403, * 404", at=_SENT, theirs="H 200, CLUA 403, * 404"),
    *(
        row(
            f"recruitment:{name}",
            "H 200, CLUA 403, * 404",
            "H 200, CLUA 403, * 404",
            at=_SENT,
            theirs="H 200, CLUA 403, * 404",
            theirs_post="H 200, CLUA 403, * 404",
        )
        for name in ("personal-copy", "personal-correct", "personal-erase")
    ),
]
_SELECTION = {"code": f"{_ROUND}selection|{_ROUND}published#code"}
_SUBMITTED = {"code": f"{_ROUND}submitted|{_ROUND}published#code"}
_DECIDED = {"code": f"{_ROUND}decided|{_ROUND}published#code"}
_ANNOUNCED = {"code": f"{_ROUND}announced|{_ROUND}published#code"}
_APPLICATION = "world.lead.recruitment.applications."
_INVITED = _SELECTION | {"pk": f"{_APPLICATION}selection_invited|{_APPLICATION}published_sent"}
_DROPPED = _ANNOUNCED | {"pk": f"{_APPLICATION}announced_dropped|{_APPLICATION}published_sent"}
PANEL = [  # scoring, ranking, choices, announcement; "theirs" is the published round, in which nothing is scored yet
    row("recruitment:score-list", "P 200, * 403", at=_SELECTION, theirs=SAME),
    row("recruitment:score-dossier", "P 200, * 404", "P 200, * 404", at=_INVITED, theirs="* 404", theirs_post="* 404"),
    *(  # the panelist of the world has saved no score: test_scoring.py opens these
        row(f"recruitment:{name}", "* 404", "* 404", at=_INVITED, theirs="* 404", theirs_post="* 404")
        for name in ("score-interview", "conflict-declare")
    ),
    row(  # in the published round nothing is scored yet
        "recruitment:score-correct",
        "CHLUA 200, * 403",
        "CH 200, * 403",
        at=_INVITED,
        theirs="CHLUA 404, * 403",
        theirs_post="* 403",
        missing="CHLUA 404, * 403",
        missing_post="CH 404, * 403",
    ),
    row("recruitment:ranking", "CHLUA 200, * 403", at=_SELECTION, theirs=SAME),
    row("recruitment:ranking-replay", "CHLUA 200, * 403", at=_SUBMITTED, theirs=SAME),
    row(
        "recruitment:interview-repeat",
        "CH 200, * 403",
        "CH 200, * 403",
        at=_SELECTION,
        theirs="* 403",
        theirs_post="* 403",
    ),
    row("recruitment:choices", "CH 200, * 403", "CH 409, * 403", at=_SELECTION, theirs="* 403", theirs_post="* 403"),
    row(
        "recruitment:round-submit",
        "CH 200, * 403",
        "CH 200, * 403",
        at=_SELECTION,
        theirs="CH 409, * 403",
        theirs_post="CH 200, * 403",
    ),
    row(
        "recruitment:round-decide",
        "H 200, * 403",
        "H 409, * 403",
        at=_SUBMITTED,
        theirs="H 409, * 403",
        theirs_post="H 409, * 403",
    ),
    row(
        "recruitment:round-announce",
        "CH 200, * 403",
        "CH 409, * 403",
        at=_DECIDED,
        theirs="CH 409, * 403",
        theirs_post="CH 409, * 403",
    ),
    row(
        "recruitment:announcement",
        "*- 200",
        "*- 405",
        at={"code": f"{_ROUND}announced|{_ROUND}published#code"},
        theirs="*- 404",
        wrong="*- 405",
    ),
    *(
        row(f"recruitment:round-{paper}-{form}", "CHLUA 200, * 403", at=at, theirs="CHLUA 200, * 403")
        for paper, at in (("minutes", _SELECTION),)
        for form in ("pdf", "docx")
    ),
    *(  # the rounds of the world have no decree
        row(f"recruitment:round-decree-{form}", "CHLUA 404, * 403", at=_DECIDED, theirs="CHLUA 404, * 403")
        for form in ("pdf", "docx")
    ),
    row("recruitment:result-texts", "CHLUA 200, * 403", at=_ANNOUNCED, theirs="CHLUA 404, * 403"),
    row("recruitment:result-papers", "CHLUA 200, * 403", at=_ANNOUNCED | {"form": "=pdf"}, theirs="CHLUA 404, * 403"),
    row("recruitment:objection-list", "CHLUA 200, * 403", at=_ANNOUNCED, theirs="CHLUA 200, * 403"),
    row(
        "recruitment:objection-create",
        "CH 200, * 403",
        "CH 200, * 403",
        at=_ANNOUNCED,
        theirs="* 403",
        theirs_post="* 403",
    ),
    row(
        "recruitment:objection-detail",
        "CHLUA 200, * 403",
        "CH 200, * 403",
        at=_ANNOUNCED | {"pk": "world.lead.recruitment.objection|world.lead.recruitment.other_objection"},
        theirs="CHLUA 200, * 403",
        theirs_post="CH 200, * 403",
        missing="CHLUA 404, * 403",
    ),
    row(
        "recruitment:application-replace",
        "H 200, CLUA 403, * 404",
        "H 200, CLUA 403, * 404",
        at=_DROPPED,
        theirs="* 404",
        theirs_post="* 404",
    ),
]
PLANS = [
    row("nomenclature:entry-list", "* 200"),
    row("profiles:level-totals", "CHLUAOK 200, * 403"),
    row("framework:unlisted-list", "CHLUAOK 200, * 403"),
    row("framework:entry-detail", "* 200", at={"pk": "world.lead.entry"}, theirs=SAME),
    row("planning:plan-list", "CHLUAOK 200, * 403"),
    row("planning:plan-create", "OK 200, * 403", "OK 200, * 403"),
    row("planning:file-upload", "OK 200, * 403", "OK 200, * 403"),
    row("planning:file-template", "OK 200, * 403"),
    row("planning:file-detail", "O 200, * 404", at={"pk": "plan_file"}, theirs="* 404"),
    row("planning:file-columns", "* 405", "O 200, * 404", at={"pk": "plan_file"}, theirs_post="* 404"),
    row("planning:file-apply", "* 405", "O 200, * 404", at={"pk": "plan_file"}, theirs_post="* 404"),
    row("planning:file-undo", "* 405", "O 409, * 404", at={"pk": "plan_file"}, theirs_post="* 404"),
    row("planning:line-list", "CHLUAOKD 200, * 403"),
    row("planning:focus", "CHLUAOK 200, * 403"),
    row("planning:chain-list", "CHLUAOK 200, * 403"),
    row(
        "planning:chain",
        "CHLUAOK 200, * 403",
        "OK 302, * 403",
        at={"slug": "other_village#slug"},
        theirs=SAME,
        theirs_post=SAME,
        missing="CHLUAOK 404, * 403",
        missing_post="OK 404, CHLUA 404, * 403",
    ),
    row("planning:plan-detail", "CHLUAOK 200, * 404", at={"pk": "draft_plan"}),
    row("planning:line-add", "OK 200, CHLUA 403, * 404", "OK 200, CHLUA 403, * 404", at={"pk": "draft_plan"}),
    row(
        "planning:line-edit",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "draft_plan", "line": "draft_line"},
        missing="CHLUA 403, * 404",  # asked about the plan first
    ),
    row(
        "planning:line-delete",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "draft_plan", "line": "draft_line"},
        missing="CHLUA 403, * 404",  # asked about the plan first
    ),
    row("planning:indicator-list", "CHLUAOK 200, * 404", at={"pk": "draft_plan"}),
    row(
        "planning:indicator-edit",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "draft_plan", "indicator": "draft_indicator"},
        missing="CHLUA 403, * 404",  # asked about the plan first
    ),
    row(
        "planning:indicator-delete",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "draft_plan", "indicator": "draft_indicator"},
        missing="CHLUA 403, * 404",  # asked about the plan first
    ),
    row(
        "planning:indicator-add",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "draft_plan", "activity": "draft_activity"},
        missing="CHLUA 403, * 404",  # asked about the plan first
    ),
    row("planning:plan-complete", "OK 200, CHLUA 403, * 404", "OK 302, CHLUA 403, * 404", at={"pk": "draft_plan"}),
    row("planning:plan-check", "OK 200, CHLUA 403, * 404", "OK 409, CHLUA 403, * 404", at={"pk": "draft_plan"}),
    row("planning:plan-set", "CH 200, LUAOK 403, * 404", "CH 200, LUAOK 403, * 404", at={"pk": "draft_plan"}),
    row(
        "planning:plan-step",
        "OK 409, CHLUA 403, * 404",
        "OK 409, CHLUA 403, * 404",
        at={"pk": "draft_plan", "step": "=withdraw"},
    ),
    row("planning:plan-history", "CHLUAOK 200, * 404", at={"pk": "draft_plan"}),
    row("planning:plan-compare", "CHLUAOK 200, * 404", at={"pk": "draft_plan"}),
    row("treasury:payment-list", "CHLUAOK 200, * 403"),
    row("fieldwork:field-home", "F 200, * 403"),
    row("fieldwork:field-data", "F 200, * 403"),
    row("fieldwork:field-offline", "*- 200", "*- 405", wrong="*- 405"),
    row("fieldwork:field-worker", "*- 200", "*- 405", wrong="*- 405"),
    row("fieldwork:field-sent", "F 200, * 403"),
    row("fieldwork:copy-import", "F 200, * 403", "F 200, * 403"),
    row("fieldwork:visit-begin", "F 200, * 403", "F 200, * 403"),
    row(
        "fieldwork:visit-fill",
        "F 200, * 404",
        "F 200, * 404",
        at={"pk": "visit_draft", "screen": "=kejadian"},
    ),
    row("fieldwork:visit-drop", "* 405", "F 302, * 404", at={"pk": "visit_draft"}),
    row("fieldwork:visit-correct", "* 405", "F 302, * 404", at={"pk": "visit"}),
    row("fieldwork:visit-receive", "* 405", "F 422, * 403"),
    row("fieldwork:photo-receive", "* 405", "F 200, * 404", at={"token": "visit#client_token", "number": "=1"}),
    row("fieldwork:visit-list", "* 200"),
    row("fieldwork:sale-list", "F 200, * 403"),
    row("fieldwork:sale-create", "F 200, * 404", "F 200, * 404", at={"pk": "group"}),
    row("fieldwork:sale-strike", "* 405", "F 302, * 404", at={"pk": "sale"}),
    row("fieldwork:village-sales", "CHLUAOKDF 200, * 404", at={"slug": "village#slug"}, theirs="CHLUAOK 200, * 404"),
    row("fieldwork:month-report-own", "F 302, * 403"),
    row("fieldwork:month-report", "CHLUAOKF 200, * 404", at={"pk": "visit#author_id"}),
    row("fieldwork:month-report-pdf", "CHLUAOKF 200, * 404", at={"pk": "visit#author_id"}),
    row("fieldwork:month-report-docx", "CHLUAOKF 200, * 404", at={"pk": "visit#author_id"}),
    row("fieldwork:story-release", "CH 200, * 403", "CH 200, * 403"),
    row("evaluation:story-overview", "*- 200", "*- 405", wrong="*- 405"),
    row("fieldwork:visit-detail", "CHLUAOKF 200, * 404", at={"pk": "visit"}),
    row("fieldwork:visit-reply", "* 405", "CHOKF 200, LUA 403, * 404", at={"pk": "visit"}),
    row(
        "fieldwork:visit-step",
        "CH 200, LUAOKF 403, * 404",
        "CH 200, LUAOKF 403, * 404",
        at={"pk": "visit", "name": "=return"},
    ),
    row("fieldwork:visit-history", "CHLUAOKF 200, * 404", at={"pk": "visit"}),
    row("obstacles:obstacle-list", "* 200"),
    row("obstacles:obstacle-detail", "CHLUAOK 200, * 404", at={"pk": "draft_obstacle"}),
    row("obstacles:obstacle-raise", "CHOKF 200, * 403", "CHOKF 200, * 403"),
    row(
        "obstacles:obstacle-send",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",
        at={"pk": "draft_obstacle", "name": "=route"},
    ),
    row(
        "obstacles:obstacle-answer",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "routed_obstacle"},
    ),
    row(
        "obstacles:obstacle-step",
        "CHOK 200, LUA 403, * 404",
        "CHOK 200, LUA 403, * 404",  # asks for the reason
        at={"pk": "draft_obstacle", "name": "=settle"},
    ),
    row(
        "obstacles:obstacle-publish",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",
        at={"pk": "routed_obstacle"},
    ),
    row("obstacles:obstacle-history", "CHLUAOK 200, * 404", at={"pk": "draft_obstacle"}),
    row("aid:package-list", "* 200"),
    row("aid:package-survival", "* 200"),
    row(
        "aid:package-create",
        "CHOK 200, LUAD 403, * 404",
        "CHOK 200, LUAD 403, * 404",
        at={"line": "line"},
        theirs="CH 200, LUAOK 403, * 404",
        theirs_post="CH 200, LUAOK 403, * 404",
    ),
    row("aid:package-detail", "CHLUAOK 200, * 404", at={"pk": "aid_package"}),
    row("aid:package-edit", "CHOK 200, LUA 403, * 404", "CHOK 200, LUA 403, * 404", at={"pk": "aid_package"}),
    row(
        "aid:check-record",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",
        at={"pk": "aid_package", "month": "=12"},
    ),
    row("aid:handover-enter", "*- 200", "*- 200", wrong="*- 405"),
    row("aid:handover-fill", "*- 302", "*- 302", wrong="*- 405"),  # no code was given
    row("aid:handover-print", "CHOK 200, LUA 403, * 404", "CHOK 302, LUA 403, * 404", at={"pk": "aid_package"}),
    row(
        "aid:handover-paper",
        "CHOK 200, LUA 403, * 404",
        at={"pk": "aid_package", "form": "=bast.pdf"},
    ),
    row("aid:handover-record", "CH 200, LUAOK 403, * 404", "CH 200, LUAOK 403, * 404", at={"pk": "aid_package"}),
    row("aid:handover-confirm", "CH 200, LUAOK 403, * 404", "CH 200, LUAOK 403, * 404", at={"pk": "aid_package"}),
    row("aid:duty-create", "CHOK 200, LUA 403, * 404", "CHOK 200, LUA 403, * 404", at={"pk": "aid_package"}),
    row("aid:duty-edit", "CHOK 200, LUA 403, * 404", "CHOK 200, LUA 403, * 404", at={"pk": "aid_duty"}),
    row("aid:step-record", "CHOK 200, LUA 403, * 404", "CHOK 200, LUA 403, * 404", at={"pk": "aid_duty"}),
    row("aid:package-history", "CHLUAOK 200, * 404", at={"pk": "aid_package"}),
]

MEETINGS = [
    row("coordination:meeting-list", "* 200"),
    row("coordination:meeting-create", "CH 200, * 403", "CH 200, * 403"),
    row("coordination:meeting-detail", "CHLUAOK 200, * 404", at={"pk": "meeting"}),
    row("coordination:meeting-edit", "CH 200, LUAOK 403, * 404", "CH 200, LUAOK 403, * 404", at={"pk": "meeting"}),
    row("coordination:meeting-agenda", "* 405", "CH 409, LUAOK 403, * 404", at={"pk": "meeting"}),
    row(
        "coordination:agenda-line",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",  # asks for its words
        at={"pk": "meeting", "line": "agenda_line"},
    ),
    row(
        "coordination:meeting-step",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",  # asks for the reason
        at={"pk": "meeting", "name": "=call_off"},
    ),
    row("coordination:meeting-history", "CHLUAOK 200, * 404", at={"pk": "meeting"}),
    row("coordination:meeting-notes", "CH 200, LUAOK 403, * 404", "CH 409, LUAOK 403, * 404", at={"pk": "meeting"}),
    row(
        "coordination:names-erase",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",  # asks which
        at={"pk": "held_meeting"},
    ),
    row("coordination:minutes-draft", "* 405", "CH 302, LUAOK 403, * 404", at={"pk": "held_meeting"}),
    row(
        "coordination:meeting-invitations",
        "CHLUA 200, OK 403, * 404",
        at={"pk": "meeting", "form": "=pdf"},
    ),
    row("coordination:meeting-material", "CHLUAOK 200, * 404", at={"pk": "meeting"}),
    row("coordination:meeting-attendance", "CHLUA 200, OK 403, * 404", at={"pk": "meeting"}),
    row("coordination:meeting-minutes", "CHLUA 200, OK 403, * 404", at={"pk": "held_meeting", "form": "=docx"}),
    row("coordination:disposisi-create", "CH 200, * 403", "CH 200, * 403"),
    row("coordination:item-add", "CH 200, LUAOK 403, * 404", "CH 200, LUAOK 403, * 404", at={"pk": "held_meeting"}),
    row("coordination:item-list", "* 200"),
    row("coordination:item-detail", "CHLUAOK 200, * 404", at={"pk": "action_item"}),
    row(
        "coordination:item-step",
        "CHOK 200, LUA 403, * 404",
        "CHOK 200, LUA 403, * 404",  # asks what was done
        at={"pk": "action_item", "name": "=close"},
    ),
    row("coordination:item-history", "CHLUAOK 200, * 404", at={"pk": "action_item"}),
]

MONTHS = [
    row("monthly:month-list", "CHLUAOK 200, * 403"),
    row("monthly:s-curve", "CHLUAOK 200, * 403"),
    row(
        "monthly:month-figures",
        "CHLUAOK 200, * 404",
        "OK 302, CHLUA 403, * 404",
        at={"pk": "plan", "month": "=8"},
    ),
    row(
        "monthly:month-plan",
        "CHLUAOK 200, * 404",
        "OK 302, CHLUA 403, * 404",
        at={"pk": "plan", "month": "=8"},
    ),
]

REPORTS = [
    row("reporting:period-list", "* 200"),
    row("reporting:period-open", "CH 200, * 403", "CH 200, * 403"),
    row("reporting:period-detail", "* 200", at={"pk": "world.lead.periods.draft"}),
    row("reporting:period-lock", "H 200, * 403", "H 409, * 403", at={"pk": "world.lead.periods.draft"}),
    row("reporting:period-reopen", "H 200, * 403", "H 200, * 403", at={"pk": "world.lead.periods.locked"}),
    row("reporting:report-list", "* 200"),
    row("reporting:report-detail", "CHLUAOK 200, * 404", at={"pk": "draft_report"}),
    row(
        "reporting:report-take-plan", "OK 200, CHLUA 403, * 404", "OK 409, CHLUA 403, * 404", at={"pk": "draft_report"}
    ),
    row("reporting:report-figures", "OK 200, CHLUA 403, * 404", "OK 302, CHLUA 403, * 404", at={"pk": "draft_report"}),
    row(
        "reporting:report-indicators", "OK 200, CHLUA 403, * 404", "OK 302, CHLUA 403, * 404", at={"pk": "draft_report"}
    ),
    row(
        "reporting:report-obstacles", "OK 200, CHLUA 403, * 404", "OK 409, CHLUA 403, * 404", at={"pk": "draft_report"}
    ),
    row("reporting:report-files", "OK 200, CHLUA 403, * 404", "OK 200, CHLUA 403, * 404", at={"pk": "draft_report"}),
    row("reporting:report-photos", "OK 200, CHLUA 403, * 404", "OK 302, CHLUA 403, * 404", at={"pk": "draft_report"}),
    row(
        "reporting:report-video-remove",
        "* 405",
        "OK 302, CHLUA 403, * 404",
        at={"pk": "draft_report", "line": "draft_row"},
        missing="OK 302, CHLUA 403, * 404",  # a second click finds it gone
    ),
    row(
        "reporting:report-file-remove",
        "* 405",
        "OK 302, CHLUA 403, * 404",
        at={"pk": "draft_report", "file_pk": "draft_file"},
        missing="OK 302, CHLUA 403, * 404",  # a second click finds it gone
    ),
    row("reporting:report-receipt-pdf", "CHLUAOK 200, * 404", at={"pk": "sent_report"}),
    row(
        "reporting:report-step",
        "OK 200, CHLUA 403, * 404",
        "OK 409, CHLUA 403, * 404",
        at={"pk": "sent_report", "name": "=withdraw"},
    ),
    row("reporting:report-paper", "CHLUAOK 200, * 404", at={"pk": "draft_report"}),
    row("reporting:report-letter", "OK 200, CHLUA 403, * 404", "OK 200, CHLUA 403, * 404", at={"pk": "sent_report"}),
    row("reporting:report-history", "CHLUAOK 200, * 404", at={"pk": "draft_report"}),
    row("reporting:report-check", "OK 200, CHLUA 403, * 404", "OK 200, CHLUA 403, * 404", at={"pk": "draft_report"}),
    row("reporting:report-receipt", "CHLUAOK 200, * 404", at={"pk": "sent_report"}),
    row("reporting:verification-queue", "CH 200, * 403"),
    row("reporting:verification-start", "* 405", "CH 302, * 403"),
    row("reporting:verification-next", "CH 302, * 403"),
    row("reporting:verification-summary", "CH 200, * 403"),
    row(
        "reporting:verification-decide",
        "CH 200, LUAOK 403, * 404",
        "CH 409, LUAOK 403, * 404",
        at={"pk": "verifying_report"},
    ),
    row("reporting:verification-claim", "* 405", "CH 302, LUAOK 403, * 404", at={"pk": "sent_report"}),
    row("reporting:decision-undo", "* 405", "C 409, HLUAOK 403, * 404", at={"pk": "approved_report"}),
    row(
        "reporting:due-date-change",
        "CH 200, LUAOK 403, * 404",
        "CH 200, LUAOK 403, * 404",
        at={"pk": "draft_report"},
    ),
    row(
        "reporting:report-ask-reopen",
        "OK 200, CHLUA 403, * 404",
        "OK 200, CHLUA 403, * 404",
        at={"pk": "approved_report"},
    ),
    row(
        "reporting:reopen-step",
        "H 200, CLUAOK 403, * 404",
        "H 200, CLUAOK 403, * 404",
        at={"pk": "approved_request", "name": "=refuse"},
    ),
    row("reporting:compliance", "CHLUAOK 200, * 403"),
    row("recaps:recap", "CHLUAOK 200, * 403"),
    row("framework:renstra", "CHLUAOK 200, * 403", "OK 200, * 403"),
    row("framework:renstra-history", "CHLUAOK 200, * 404", at={"pk": "renstra"}),
    row("reporting:due-date-bulk", "CH 200, * 403", "CH 200, * 403"),
    row("reporting:reminder-send", "CH 200, * 403", "CH 200, * 403"),
    row("reporting:reminder-pdf", "CH 200, * 403"),
    row("reporting:reminder-docx", "CH 200, * 403"),
]

APPLYING = [  # the public side of recruitment: no account, the session knows the application that was opened
    row("recruitment:vacancy-list", "*- 200", "*- 405", wrong="*- 405"),
    row(
        "recruitment:vacancy",
        "*- 200",
        "*- 405",
        at={"code": "world.lead.recruitment.rounds.published#code"},
        wrong="*- 405",
    ),
    row("recruitment:status", "*- 200", "*- 200", wrong="*- 405"),
    row("recruitment:leave", "*- 405", "*- 302", wrong="*- 405"),
    row("recruitment:completion", "*- 302", "*- 302", wrong="*- 405"),
    row("recruitment:withdraw", "*- 302", "*- 302", wrong="*- 405"),
    row("recruitment:own-invitation", "*- 302", "*- 405", wrong="*- 405"),
    row(
        "recruitment:own-paper",
        "*- 404",
        "*- 405",
        at={"key": "=00000000-0000-4000-8000-000000000000"},
        wrong="*- 405",
    ),
    row(
        "recruitment:apply",
        "*- 200",
        "*- 200",
        at={"code": "world.lead.recruitment.rounds.published#code", "step": "=identitas"},
        wrong="*- 405",
    ),
    *(
        row(
            f"recruitment:{name}",
            "*- 302",
            "*- 405",
            at={"code": "world.lead.recruitment.rounds.published#code"},
            missing="* 302",
            wrong="*- 405",
        )
        for name in ("apply-receipt", "apply-receipt-pdf")
    ),
    *(
        row(
            f"recruitment:{name}",
            "CHLUA 200, * 403",
            at={"code": "world.lead.recruitment.rounds.published#code"},
        )
        for name in ("round-share", "round-poster")
    ),
]

ANSWERS = [  # dashboards and public pages
    row("dashboards:public-home", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:map", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:budget", "*- 200", "*- 405", wrong="*- 405"),
    row("search:search", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:help", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:accessibility", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:changes", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:privacy", "*- 200", "*- 405", wrong="*- 405"),
    row("dashboards:home", "* 200"),
    row("dashboards:handover", "HUA 200, * 404", at={"pk": "sender"}, theirs=SAME),
    row("dashboards:summary", "CHLUA 200, * 403"),
    row("dashboards:summary-villages", "CHLUA 200, * 403"),
    row("dashboards:summary-decisions", "CHLUA 200, * 403"),
    row("dashboards:summary-pdf", "CHLUA 200, * 403"),
    row("dashboards:summary-send", "* 405", "CH 302, * 403"),
    row("dashboards:dashboard", "CHLUA 200, * 403"),
    row("dashboards:indicator", "CHLUA 200, * 403", at={"key": "=tepat-waktu"}),
]


INSIDE = "CHUAD"  # everyone with work in the back office; others get 403 for all they ask for
NO_VERB = f"{INSIDE} 405, * 403"


def admin_rows(
    model: str,
    at: str,
    *,
    writers: str = "CHA",
    adders: str = "",
    readers: str = "U",
    deleters: str = "",
    scoped: bool = False,
    saved: int = 200,
) -> list[Row]:
    """The five addresses of one model. ``scoped``: kecamatan staff ("D") see their own rows only."""
    name, readers = f"admin:{model}", writers + readers
    adders = adders or writers
    read, write = f"{readers} 200, * 403", f"{writers} {saved}, * 403"
    foreign = {"theirs": f"D 404, {read}" if scoped else SAME, "theirs_post": f"D 404, {write}" if scoped else SAME}
    of_record = {"at": {"object_id": at}, "wrong": NO_VERB, "missing": f"{readers} 404, * 403", **foreign}
    no_change = of_record | {"missing_post": f"{writers} 404, * 403"}
    delete = f"{deleters} 200, * 403" if deleters else "* 403"
    gone = delete.replace("200", "404")
    return [
        row(f"{name}_changelist", read, read, wrong=NO_VERB),
        row(f"{name}_add", f"{adders} 200, * 403", f"{adders} 200, * 403", wrong=NO_VERB),
        row(f"{name}_change", read, write, **no_change),
        row(f"{name}_history", read, read, **of_record | {"theirs_post": foreign["theirs"]}),
        row(f"{name}_delete", delete, delete, at={"object_id": at}, theirs=SAME, missing=gone, wrong=NO_VERB),
    ]


COURSE = {"pk": "world.lead.recruitment.course|world.lead.recruitment.other_course"}
COURSE_SESSION = COURSE | {"session": "world.lead.recruitment.session|world.lead.recruitment.other_session"}
COURSE_PERSON = COURSE | {"enrolment": "world.lead.recruitment.enrolment|world.lead.recruitment.their_enrolment"}
PERSON = {"pk": "world.lead.recruitment.facilitator|world.lead.recruitment.other_facilitator"}
PERSON_CONTRACT = PERSON | {
    "contract": "world.lead.recruitment.placement.contract|world.lead.recruitment.other_placement.contract"
}
PLACEMENT = {"pk": "world.lead.recruitment.placement|world.lead.recruitment.other_placement"}
READ_OWN, EDIT_OWN = "CHLUA 200, F 403, * 404", "CH 200, LUAF 403, * 404"  # F is the facilitator of ours
SAVED_OWN = "CH 302, LUAF 403, * 404"

TRAINING = [  # courses; who was placed where
    row("training:attend", "*- 200", "*- 200", wrong="*- 405"),
    row("training:course-list", "CHLUA 200, * 403"),
    row("training:course-create", "CH 200, * 403", "CH 200, * 403"),
    row("training:course-detail", READ_OWN, at=COURSE),
    row("training:course-history", READ_OWN, at=COURSE),
    row("training:course-edit", EDIT_OWN, EDIT_OWN, at=COURSE),
    row("training:participants", EDIT_OWN, EDIT_OWN, at=COURSE),
    row("training:participant-remove", "* 405", SAVED_OWN, at=COURSE_PERSON, missing=SAVED_OWN),  # gone already
    row("training:enrolment-drop", EDIT_OWN, EDIT_OWN, at=COURSE_PERSON, missing="LUAF 403, * 404"),
    row("training:session-create", EDIT_OWN, EDIT_OWN, at=COURSE),
    row("training:session-edit", EDIT_OWN, EDIT_OWN, at=COURSE_SESSION, missing="LUAF 403, * 404"),
    row(
        "training:attendance",
        READ_OWN,
        SAVED_OWN,
        at=COURSE_SESSION,
        missing="F 403, * 404",
        missing_post="LUAF 403, * 404",
    ),
    row("training:attendance-sheet", READ_OWN, at=COURSE_SESSION, missing="F 403, * 404"),
    row("training:room-code", READ_OWN, at=COURSE_SESSION, missing="F 403, * 404"),
    row("training:tests", EDIT_OWN, SAVED_OWN, at=COURSE),
    row("training:course-close", EDIT_OWN, EDIT_OWN, at=COURSE),
    row("training:course-reopen", "CHLUAF 403, * 404", "CHLUAF 403, * 404", at=COURSE),  # it is open
    row("placements:facilitator-list", "CHLUA 200, * 403"),
    row("placements:load", "CHLUA 200, * 403"),
    row("placements:match", "CH 200, * 403"),
    row("placements:facilitator-create", "CH 200, * 403", "CH 200, * 403"),
    row("placements:facilitator-detail", READ_OWN, at=PERSON),
    row("placements:facilitator-history", READ_OWN, at=PERSON),
    row("placements:facilitator-edit", EDIT_OWN, EDIT_OWN, at=PERSON),
    row(  # somebody without an account is given no code
        "placements:phone-code-make", EDIT_OWN, EDIT_OWN, at=PERSON, theirs_post="CH 302, LUA 403, * 404"
    ),
    row("placements:contract-create", EDIT_OWN, EDIT_OWN, at=PERSON),
    row("placements:contract-edit", EDIT_OWN, EDIT_OWN, at=PERSON_CONTRACT, missing="LUAF 403, * 404"),
    row("placements:contract-pdf", READ_OWN, at=PERSON_CONTRACT, missing="F 403, * 404"),
    row("placements:contract-docx", READ_OWN, at=PERSON_CONTRACT, missing="F 403, * 404"),
    row("placements:placement-create", EDIT_OWN, EDIT_OWN, at=PERSON),
    row("placements:placement-detail", READ_OWN, at=PLACEMENT),
    row("placements:placement-history", READ_OWN, at=PLACEMENT),
    row(
        "placements:placement-end",
        EDIT_OWN,
        EDIT_OWN,
        at=PLACEMENT,
        theirs="CHLUA 403, * 404",  # it has ended
        theirs_post="CH 200, LUA 403, * 404",
    ),
    row("placements:placement-replace", EDIT_OWN, EDIT_OWN, at=PLACEMENT),
    row("placements:placement-appraise", EDIT_OWN, EDIT_OWN, at=PLACEMENT),
    row(
        "placements:placement-extend",
        EDIT_OWN,
        EDIT_OWN,
        at=PLACEMENT,
        theirs="CHLUA 403, * 404",
        theirs_post="CHLUA 403, * 404",
    ),
]


BACK_OFFICE = [
    row("admin:index", f"{INSIDE} 200, * 403", f"{INSIDE} 200, * 403", wrong=NO_VERB),
    row("admin:login", f"- 302, {INSIDE} 302, * 403", f"- 302, {INSIDE} 200, * 403", wrong=f"- 302, {NO_VERB}"),
    row("admin:logout", f"{INSIDE} 405, * 403", f"{INSIDE} 200, * 403", wrong=NO_VERB),
    row("admin:autocomplete", "* 403", NO_VERB, wrong=NO_VERB),  # without saying of what
    row("admin:jsi18n", f"{INSIDE} 200, * 403", NO_VERB, wrong=NO_VERB),
    row(
        "admin:view_on_site",
        f"{INSIDE} 404, * 403",
        f"{INSIDE} 404, * 403",
        at={"content_type_id": "=99999", "object_id": "=1"},
        wrong=NO_VERB,
    ),
    row("admin:password_change", f"{INSIDE} 302, * 403", f"{INSIDE} 302, * 403", wrong=NO_VERB),
    row("admin:password_change_done", f"{INSIDE} 302, * 403", f"{INSIDE} 302, * 403", wrong=NO_VERB),
    row(
        "admin:app_list",
        f"{INSIDE} 200, * 403",
        f"{INSIDE} 200, * 403",
        at={"app_label": "=districts"},
        wrong=NO_VERB,
    ),
    *admin_rows("p2emas_agency", "agency"),
    *admin_rows("p2emas_official", "official"),
    *admin_rows("p2emas_holiday", "world.lead.holiday", deleters="CHA"),
    *admin_rows("p2emas_user", "sender", writers="A"),
    *admin_rows("p2emas_assignment", "assignment", writers="A", saved=302),  # nothing but an optional last day
    *admin_rows("p2emas_decree", "world.lead.draft_decree"),
    *admin_rows("p2emas_regulation", "world.lead.draft_regulation"),
    *admin_rows("p2emas_papertemplate", "world.lead.paper_template", deleters="CHA"),
    row(
        "admin:p2emas_papertemplate_download",
        "CHUA 200, D 404, * 403",
        "CHUA 200, D 404, * 403",
        at={"kind": "=minutes"},
        theirs=SAME,
        wrong=NO_VERB,
    ),
    *admin_rows("districts_regency", "district.regency"),
    *admin_rows("districts_district", "district"),
    *admin_rows("districts_village", "village", writers="CHAD", adders="CHA", scoped=True),
    *admin_rows("districts_areafigure", "figure", writers="CHAD", scoped=True),
    *admin_rows("districts_productionfigure", "production", writers="CHAD", scoped=True),
    *admin_rows("districts_earlieraid", "aid", writers="CHAD", scoped=True),
    *admin_rows("districts_commodity", "world.lead.commodity", readers="UD"),
    *admin_rows("districts_evidencemeasure", "world.lead.measure"),
    *admin_rows("programs_fund", "world.lead.fund"),
    *admin_rows("programs_nomenclatureversion", "world.lead.entry.version"),
    *admin_rows("programs_nomenclatureentry", "world.lead.entry"),
    *admin_rows("programs_codecrosswalk", "world.lead.crosswalk"),
    *admin_rows("programs_recaplayout", "world.lead.layout"),
    *admin_rows(
        "districts_candidate", "world.lead.rounds.open_ours|world.lead.rounds.open_theirs", writers="CHAD", scoped=True
    ),
    *admin_rows("districts_communitygroup", "group", writers="CHAD", scoped=True),
    *admin_rows("programs_program", "world.lead.program"),
    *admin_rows("programs_outcome", "world.lead.outcome"),
    *admin_rows("programs_activity", "draft_activity"),
    *admin_rows("programs_indicator", "draft_indicator"),
    *admin_rows("programs_procurementmethod", "world.lead.procurement"),
]

ROWS = [
    *ENTRY,
    *PAPERS,
    *IMPORTS,
    *PLACES,
    *SELECTION_OFFICE,
    *PANEL,
    *PLANS,
    *MEETINGS,
    *MONTHS,
    *REPORTS,
    *APPLYING,
    *ANSWERS,
    *TRAINING,
    *BACK_OFFICE,
]
