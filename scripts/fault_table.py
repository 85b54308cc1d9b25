"""Faults that once were, or could be, planted: what a hurried change would break and nobody would see on a screen.

Where the module that has to turn red is long, the one test in it that is about the fault is named, so that all take
minutes together.
Most are where a stored row meets a formula, where values that are equal in a careless test hide everything.
"""

from dataclasses import dataclass

REPORTING, RECRUITMENT = "tests/programs/reporting", "tests/facilitators/recruitment"
DASHBOARDS, PLANNING, LOCATIONS = "tests/programs/dashboards", "tests/programs/planning", "tests/districts/locations"


@dataclass(frozen=True)
class Fault:
    """``old`` is once in ``path``; with ``new`` in its place ``tests`` has to turn red."""

    name: str
    path: str
    old: str
    new: str
    tests: str
    postgres: bool = False


FAULTS = [
    # --- forms that are workbooks too --------------------------------------------------------------------------------
    Fault(
        "a workbook with a wrong cell is applied",
        "p2emas/imports/lanes/services.py",
        "        if found.to_decide:\n            return found\n",
        "",
        f"{REPORTING}/filling/test_report_workbook.py::test_one_wrong_cell_keeps_all_from_being_saved",
    ),
    Fault(
        "a workbook fills another report than that it was made for",
        "p2emas/imports/lanes/services.py",
        "if (token.lane, token.record) != (lane.code, record.pk):",
        "if token.lane != lane.code:",
        f"{REPORTING}/filling/test_hurting_workbooks.py::test_token_of_another_workbook_is_refused",
    ),
    Fault(
        "a cell that nobody touched takes back what was saved since",
        "p2emas/imports/lanes/comparing.py",
        "untouched = before is not None and not _differ(asked, before, typed)",
        "untouched = False",
        f"{REPORTING}/filling/test_report_workbook.py::"
        "test_two_people_are_shown_both_values_of_a_cell_that_both_changed",
    ),
    # --- reports and what the public reads of them -------------------------------------------------------------------
    Fault(
        "locking a quarter takes its figures from the public",
        "programs/reporting/reports/models.py",
        "APPROVED_STATES = (Status.APPROVED, Status.LOCKED)",
        "APPROVED_STATES = (Status.APPROVED,)",
        f"{REPORTING}/reports/test_locked_figures.py::test_locking_and_reopening_change_no_public_figure",
    ),
    Fault(
        "published() forgets locked reports",
        "programs/reporting/reports/querysets.py",
        "Q(status__in=self.model.APPROVED_STATES) | Q(kept__isnull=False)",
        "Q(status=self.model.Status.APPROVED) | Q(kept__isnull=False)",
        f"{REPORTING}/reports/test_locked_figures.py::test_locking_and_reopening_change_no_public_figure",
    ),
    Fault(
        "figures of a report on the desk are public",
        "programs/reporting/reports/querysets.py",
        "Q(status__in=self.model.APPROVED_STATES) | Q(kept__isnull=False)",
        "Q(status__in=(*self.model.APPROVED_STATES, *self.model.ON_DESK)) | Q(kept__isnull=False)",
        f"{DASHBOARDS}/test_dashboards.py::test_public_front_page_and_budget_take_approved_figures_only",
    ),
    Fault(
        "photos of unapproved reports are public",
        "programs/reporting/reports/parts.py",
        "return self.photos().filter(Q(report__status__in=ProgressReport.APPROVED_STATES) | kept)",
        "return self.photos()",
        f"{REPORTING}/reports/test_locked_figures.py::test_locking_and_reopening_change_no_public_figure",
    ),
    Fault(
        "the first and not the newest approved report of a year counts",
        "programs/reporting/reading/approved.py",
        '        .order_by("period__number")\n        .values_list("agency_id", "pk", "period__number", "status")',
        '        .order_by("-period__number")\n        .values_list("agency_id", "pk", "period__number", "status")',
        f"{REPORTING}/reports/test_locked_figures.py::test_locking_and_reopening_change_no_public_figure",
    ),
    Fault(
        "the person who sent a report decides it",
        "programs/reporting/reports/models.py",
        'if name in ("approve", "return", "reopen") and user.pk == self.submitted_by_id:',
        'if name in ("return", "reopen") and user.pk == self.submitted_by_id:',
        f"{REPORTING}/verification/test_verification.py::test_submitter_never_decides_not_even_in_another_role",
    ),
    Fault(
        "a decision is posted without the right",
        "programs/reporting/verification/deciding.py",
        'if not report.may_take(actor, "approve"):',
        "if not actor.is_active:",
        f"{REPORTING}/verification/test_verification.py::test_submitter_never_decides_not_even_in_another_role",
    ),
    Fault(
        "a decision is taken back after the agency saved",
        "programs/reporting/verification/deciding.py",
        "report.status == ProgressReport.Status.RETURNED and report.version != report.decided_version",
        "report.status == ProgressReport.Status.RETURNED and report.version < (report.decided_version or 0)",
        f"{REPORTING}/verification/test_verification.py::test_return_is_undone_only_until_the_operator_saved",
    ),
    Fault(
        "remarks within BAPPEDA reach the agency",
        "programs/reporting/reports/parts.py",
        "return self.filter(internal=False)",
        "return self.all()",
        f"{REPORTING}/sending/test_sending.py::test_remark_is_beside_its_line_and_internal_ones_stay_hidden",
    ),
    Fault(
        "a second click on Tunda says everything twice",
        "programs/reporting/verification/deciding.py",
        "return ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)",
        "return ProgressReport.objects.get(pk=report.pk)",
        f"{REPORTING}/filling/test_two_at_once.py",
        postgres=True,
    ),
    Fault(
        "the due date comes a working day later",
        "programs/reporting/reports/deadlines.py",
        "return add_working_days(ends, settings.REPORT_WORKING_DAYS, holidays)",
        "return add_working_days(ends, settings.REPORT_WORKING_DAYS + 1, holidays)",
        f"{REPORTING}/periods/test_open_period.py::test_due_date_leaves_holidays_out",
    ),
    Fault(
        "a report is late on its due day",
        "programs/reporting/reports/models.py",
        "return (cls.day_received(status, first_submitted_at) or day) > due_on",
        "return (cls.day_received(status, first_submitted_at) or day) >= due_on",
        f"{REPORTING}/compliance/test_compliance.py::test_due_day_itself_is_in_time_for_the_flag_and_for_the_query",
    ),
    Fault(
        "figures are saved over those of somebody else",
        "programs/reporting/filling/saving.py",
        "claim_version(report, seen, *ProgressReport.EDITABLE, period__status=ReportingPeriod.Status.OPEN)",
        "claim_version(report, report.version, *ProgressReport.EDITABLE, period__status=ReportingPeriod.Status.OPEN)",
        f"{REPORTING}/filling/test_figures.py::test_second_saver_sees_both_versions_and_overwrites_nothing",
    ),
    Fault(
        "village money is counted in the total of an agency",
        "programs/reporting/reports/sheets.py",
        "return SheetTotal([row for row in self.rows if not row.is_village_money])",
        "return SheetTotal(list(self.rows))",
        f"{REPORTING}/filling/test_figures.py::test_village_money_is_apart_from_the_totals",
    ),
    Fault(
        "the physical progress of a report is a plain mean",
        "programs/reporting/reports/sheets.py",
        "return weighted_mean((row.ceiling, getattr(row, name)) for row in self.rows)",
        "return weighted_mean((1, getattr(row, name)) for row in self.rows)",
        f"{REPORTING}/verification/test_findings.py::test_total_weighs_by_ceiling_and_keeps_village_money_apart",
    ),
    Fault(
        "work that the plan no longer has keeps its ceiling on the dashboards",
        "programs/reporting/reports/weighing.py",
        'Case(When(carried="", then=F("plan_line__amount"))',
        'Case(When(carried__isnull=False, then=F("plan_line__amount"))',
        "tests/programs/profiles/test_gone_work.py::test_carried_work_weighs_nothing_in_the_progress_of_its_village",
    ),
    Fault(
        "work of the plan in force is shown a second time as gone",
        "programs/profiles/works.py",
        "gone = [row for row in rows if row.plan_line_id not in continued]",
        "gone = rows",
        "tests/programs/profiles/test_gone_work.py::test_work_that_went_to_another_village_is_not_shown_twice",
    ),
    Fault(
        "the way back keeps what was copied from the report before as if it were typed",
        "programs/reporting/periods/plan_versions.py",
        "line.spent_to_date = line.physical_to_date = None",
        "pass",
        f"{REPORTING}/reports/test_carrying.py::test_the_way_back_restores_every_figure",
    ),
    Fault(
        "physical progress falls with any reason",
        "programs/reporting/filling/figure_forms.py",
        "if physical and not (kind == ReportLine.Correction.TYPING and reason):",
        "if physical and not (kind and reason):",
        f"{REPORTING}/filling/test_lower_figures.py",
    ),
    Fault(
        "the queue asks for a photo where nothing moved",
        "programs/reporting/verification/finding_sql.py",
        "COALESCE(old.physical_to_date, 0) AND photo.line_id",
        "0 AND photo.line_id",
        f"{REPORTING}/verification/test_finding_counts.py",
    ),
    # --- dashboards -------------------------------------------------------------------------------------------------
    Fault(
        "work has begun only with money and work",
        "programs/reporting/reports/parts.py",
        "Q(spent_to_date__gt=0) | Q(physical_to_date__gt=0)",
        "Q(spent_to_date__gt=0) & Q(physical_to_date__gt=0)",
        f"{DASHBOARDS}/test_joints.py::test_work_has_begun_with_money_or_with_work",
    ),
    Fault(
        "points are cut off and not rounded",
        "programs/dashboards/answers.py",
        "formats.number(abs(now - before), 0)",
        "formats.number(int(abs(now - before)), 0)",
        f"{DASHBOARDS}/test_joints.py::test_points_are_rounded_half_up_and_never_cut_off",
    ),
    Fault(
        "spending and ceiling change places in the progress of an agency",
        "programs/dashboards/progress.py",
        "return AgencyProgress(int(amount), int(spent), physical,",
        "return AgencyProgress(int(spent), int(amount), physical,",
        f"{DASHBOARDS}/test_dashboards.py::test_progress_weighs_by_ceiling_and_takes_approved_only",
    ),
    Fault(
        "a target of another quarter is held against the work",
        "programs/dashboards/progress.py",
        "plan_line__targets__quarter=period.number)",
        "plan_line__targets__quarter=period.number + 1)",
        f"{DASHBOARDS}/test_joints.py::test_work_is_held_against_the_target_of_its_own_quarter",
    ),
    # --- planning ---------------------------------------------------------------------------------------------------
    Fault(
        "the share on the competency is the share in the place",
        "programs/planning/measures.py",
        "competency=rupiah(own & Q(on_competency=True)),",
        "competency=rupiah(own & Q(in_place=True)),",
        f"{PLANNING}/test_measures.py::test_focus_of_plan_by_hand",
    ),
    Fault(
        "the focus needs the place or the competency",
        "programs/planning/measures.py",
        "both=rupiah(own & Q(in_place=True, on_competency=True)),",
        "both=rupiah(own & (Q(in_place=True) | Q(on_competency=True))),",
        f"{PLANNING}/test_measures.py::test_focus_of_plan_by_hand",
    ),
    Fault(
        "village money is counted in the focus",
        "programs/planning/measures.py",
        "total=rupiah(own),",
        "total=rupiah(own | ~own),",
        f"{PLANNING}/test_measures.py::test_focus_of_plan_by_hand",
    ),
    # --- where ------------------------------------------------------------------------------------------------------
    Fault(
        "a decree ends the evening before its last day",
        "districts/locations/models.py",
        "Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on",
        "Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on",
        f"{LOCATIONS}/decrees/test_lists.py::test_target_location_holds_on_its_last_day_and_not_after_it",
    ),
    Fault(
        "a criterion of villages is read with the goalposts turned",
        "districts/locations/ranking/computing.py",
        '[(criterion["low"], criterion["high"]) for criterion in criteria]',
        '[(criterion["high"], criterion["low"]) for criterion in criteria]',
        f"{LOCATIONS}/ranking/test_ranking.py::test_scores_are_sums_of_what_each_criterion_gives",
    ),
    Fault(
        "values of villages are under the criteria in another order",
        "districts/locations/ranking/computing.py",
        '"values": [known.get((pk, criterion["id"])) for criterion in criteria],',
        '"values": [known.get((pk, criterion["id"])) for criterion in reversed(criteria)],',
        f"{LOCATIONS}/ranking/test_ranking.py::test_inputs_hold_candidates_past_the_gate_with_their_values",
    ),
    Fault(
        "every criterion of a competency weighs alike",
        "districts/competencies/panel/computing.py",
        'weights = [float(criterion["weight"]) for criterion in criteria]',
        "weights = [1.0 for criterion in criteria]",
        "tests/districts/competencies/result/test_results.py",
    ),
    # --- who --------------------------------------------------------------------------------------------------------
    Fault(
        "the dossier is weighed as the interview",
        "facilitators/recruitment/result/inputs.py",
        '"dossier": float(record.weight_dossier),',
        '"dossier": float(record.weight_interview),',
        f"{RECRUITMENT}/result/test_golden_ranking.py::test_stored_scores_give_the_ranking_worked_out_by_hand",
    ),
    Fault(
        "the test is weighed as the dossier",
        "facilitators/recruitment/result/inputs.py",
        '"test": float(record.weight_test),',
        '"test": float(record.weight_dossier),',
        f"{RECRUITMENT}/result/test_golden_ranking.py::test_stored_scores_give_the_ranking_worked_out_by_hand",
    ),
    Fault(
        "questions of the interview weigh in the dossier",
        "facilitators/recruitment/result/computing.py",
        'for each in inputs["criteria"] if each["part"] == part}',
        'for each in inputs["criteria"]}',
        f"{RECRUITMENT}/result/test_golden_ranking.py::test_stored_scores_give_the_ranking_worked_out_by_hand",
    ),
    Fault(
        "a void sheet counts",
        "facilitators/recruitment/panel/models.py",
        "return self.filter(voided_at=None)",
        "return self.all()",
        f"{RECRUITMENT}/result/test_golden_ranking.py::test_void_sheet_counts_no_more",
    ),
    Fault(
        "a conflict of interest opens the application",
        "facilitators/recruitment/applications/querysets.py",
        'shown = sent.filter(sheets__seat__user=user, sheets__part="DOSSIER", sheets__voided_at=None).exclude(\n'
        "            conflicts__seat__user=user\n        )",
        'shown = sent.filter(sheets__seat__user=user, sheets__part="DOSSIER")',
        f"{RECRUITMENT}/panel/test_scoring.py::test_conflict_voids_the_sheets_and_ends_the_access",
    ),
    Fault(
        "the announcement names people in full",
        "facilitators/recruitment/result/announcement_page.py",
        "return AnnouncedLine(row.number, masked(row.name),",
        "return AnnouncedLine(row.number, row.name,",
        f"{RECRUITMENT}/result/test_selection_story.py::test_public_reads_masked_names_villages_and_reasons",
    ),
    Fault(
        "personal data is exported without the password",
        "facilitators/recruitment/privacy/views.py",
        "if not record.may_export(request.user):\n        raise PermissionDenied\n    ask_again(request)",
        "if not record.may_export(request.user):\n        raise PermissionDenied",
        f"{RECRUITMENT}/applications/test_checking.py::test_export_asks_for_the_password_and_writes_one_row",
    ),
    Fault(
        "an application counts in the second of the closing",
        "facilitators/recruitment/apply/sending.py",
        "round.opens_at <= arrived < round.closes_at",
        "round.opens_at <= arrived <= round.closes_at",
        f"{RECRUITMENT}/apply/test_sending.py::test_sending_that_arrives_at_the_closing_second_is_too_late",
    ),
    Fault(
        "a missing final test is a zero",
        "p2emas/methods/passing.py",
        "return None if final_test is None else",
        "return False if final_test is None else",
        "tests/facilitators/training/test_services.py::test_closing_waits_for_a_missing_test",
    ),
    Fault(
        "a facilitator may have a village more than the cap",
        "facilitators/placements/rules.py",
        "if most_at_once(held, starts) + 1 > most:",
        "if most_at_once(held, starts) > most:",
        "tests/facilitators/placements/test_services.py::test_second_village_is_refused_beyond_the_cap",
    ),
    # --- frame ------------------------------------------------------------------------------------------------------
    Fault(
        "a report is withdrawn while it is verified",
        "programs/reporting/reports/models.py",
        '"withdraw": Step(\n            "Tarik kembali",\n            (Status.WAITING,),',
        '"withdraw": Step(\n            "Tarik kembali",\n            (Status.WAITING, Status.VERIFYING),',
        "tests/p2emas/workflow/test_chains.py::test_chain_holds_exactly_the_steps_of_its_row",
    ),
    Fault(
        "taking an import back leaves its changes",
        "p2emas/imports/applying/undoing.py",
        "old = {row.record_pk: row.old_values for row in rows if row.action == ImportRow.Action.CHANGE}",
        "old = {}",
        "tests/p2emas/imports/test_services.py::test_undo_puts_everything_back",
    ),
    Fault(
        "halves are rounded to even",
        "p2emas/ui/formats.py",
        "rounding: str = ROUND_HALF_UP",
        'rounding: str = "ROUND_HALF_EVEN"',
        "tests/p2emas/ui/test_formats.py",
    ),
]
