#!/bin/bash
# Every static check; all of them run, and one failure fails the whole.
cd "$(dirname "$0")/.." || exit 1
export PATH="$PWD/.venv/bin:$PATH"
failed=()

part() {
    local name=$1
    shift
    local output
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        failed+=("$name")
        echo "FAILED  $name"
        printf '%s\n' "$output" | sed 's/^/        /'
    fi
}

# What production would have: no .env, every safe default, a key long enough for `check --deploy`.
production() {
    env SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" DEBUG=off TESTING=off \
        ENV_FILE=/dev/null REQUIRE_HTTPS=on REQUIRE_2FA=on DEMO_TODAY= ALLOWED_HOSTS=emas.example.org \
        SITE_URL=https://emas.example.org DEFAULT_FROM_EMAIL=p2emas@example.org EMAIL_URL=smtp+tls://user:password@mail.example.org:587 DATABASE_URL=sqlite://:memory: \
        PERSONAL_DATA_KEYS="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" "$@"
}
# The migration linter is installed for development only.
development() {
    production env TESTING=on "$@"
}

part "ruff check" ruff check --quiet .
part "ruff format" ruff format --quiet --check .
part "djlint" djlint --quiet --lint templates
part "mypy" production mypy p2emas districts facilitators programs
part "measures" python scripts/measures.py
part "makemigrations --check" production python manage.py makemigrations --check --dry-run
# Made before the first release: no older code is ever served beside these columns.
before_0_1_0=(0002_sessions_end_by_a_mark 0003_import_number_format 0006_stated_requirements 0007_consent_names_who_asks 0008_one_nik_from_the_check)
# The changelog of 0.2.0 says to close the site from `migrate` to the reload: no older code is served beside these either.
closed_for_0_2_0=(0036_obstacles_to_their_end 0038_obstacles_kept_to_their_way 0010_scope_of_a_placement 0011_assignments_without_villages 0013_one_home_checked 0007_sent_reports_answer_on_obstacles 0011_one_draft_a_record 0013_minutes_of_decisions 0014_minutes_of_rounds 0029_minutes_leave_the_decrees 0048_minutes_of_their_own)
# SQLite copies the table, which the linter reads as columns that older code does not fill: they are empty or have a
# default in the database, so that it can.
filled_by_the_database=(0008_bounds_of_indicators 0009_reasons_of_returns 0010_photos_say_their_source 0011_videos_of_lines 0012_lines_carried_to_the_end_of_the_year 0014_reasons_of_lower_figures 0018_documents_that_set_a_plan 0021_layouts_of_official_papers 0022_renstra 0023_money_of_the_rka 0024_lists_of_codes 0026_several_videos_of_a_line 0029_ways_of_procurement 0030_proposals_of_plan_lines 0035_next_plan_step_of_reports 0040_copies_of_what_reports_said 0024_origin_of_decrees 0025_legal_basis_of_drafts 0009_items_of_open_drafts 0012_items_that_confirm 0042_meetings 0043_minutes_of_meetings 0044_note_of_a_month 0027_minutes_and_regulations 0046_officials_of_meetings 0032_emblems_of_papers 0049_sex_of_indicators 0050_packages_of_aid 0051_visits 0052_handovers_of_aid 0054_duties_of_aid 0015_rounds_that_pass_on 0055_comparison_sets 0057_work_that_had_not_begun 0016_analyses_of_determinations 0060_indicators_of_notebooks)
part "migration linter" development python manage.py lintmigrations --include-apps p2emas districts facilitators programs --no-cache \
    --ignore-initial-migrations --ignore-name "${before_0_1_0[@]}" "${closed_for_0_2_0[@]}" \
    "${filled_by_the_database[@]}" --quiet ok ignore
part "check --deploy" production python manage.py check --deploy --fail-level WARNING

if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
