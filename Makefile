# Every target works on a bare Debian machine with python3 (3.11 or newer), make and git.
PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?=
WORKERS ?= 2
POSTGRES_SAMPLE ?= 1

PY := .venv/bin/python
IN_ORDER := --dist loadfile --no-loadscope-reorder # whole files, in the order of tests/conftest.py
SUITE := $(PY) -m pytest -m "not drill" -n $(WORKERS) $(IN_ORDER) $(PYTEST_ARGS)
TESTS := $(PY) -m pytest -m "not drill and not browser and not whole" -n $(WORKERS) $(IN_ORDER) $(PYTEST_ARGS)
WHOLE := $(PY) -m pytest -m "not drill and (browser or whole)" -n $(WORKERS) $(IN_ORDER) $(PYTEST_ARGS)
DRILLS := $(PY) -m pytest -n $(WORKERS) $(IN_ORDER) $(PYTEST_ARGS)
# What measures seconds has the machine to itself.
ALONE := $(PY) -m pytest $(PYTEST_ARGS)
# Where states, rights and figures are decided: every branch of these rooms has to have been taken by a test.
COVERED := p2emas/workflow p2emas/accounts programs/reporting programs/planning

.DEFAULT_GOAL := help
.PHONY: drills-short release-archive help run demo test test-whole test-postgres coverage drills mutants check map screenshots help-pictures bench backup restore

help: ## Show the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: .venv/run.stamp ## Install, fill the demo and serve on 127.0.0.1 (PORT=8000); keeps what is there
	@$(PY) scripts/run.py --port $(PORT)

demo: .venv/run.stamp ## Throw the demo database away and fill it again
	@$(PY) scripts/run.py --reset

test: .venv/dev.stamp ## The tests of every room, in four minutes, on SQLite
	$(TESTS)

test-whole: .venv/dev.stamp ## The rest of the suite: every address as every role, whole stories, browsers, started processes
	@scripts/need.sh chromium
	$(WHOLE)

test-postgres: .venv/dev.stamp ## What of the suite meets the database, on a throw-away PostgreSQL
	@scripts/need.sh chromium
	POSTGRES_SAMPLE=$(POSTGRES_SAMPLE) scripts/postgres.sh $(SUITE)

coverage: .venv/dev.stamp ## Branches of workflow, accounts, reporting and planning that the suite takes; below 95 % it fails
	$(SUITE) -m "not browser and not drill" $(addprefix --cov=,$(COVERED)) --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=95

drills: .venv/dev.stamp ## Races, kill -9, long fuzzing, axe over every page, planted faults; on SQLite, then on PostgreSQL
	@scripts/need.sh chromium
	$(DRILLS) -m "drill and not alone"
	$(ALONE) -m alone
	scripts/postgres.sh $(DRILLS) -m "drill and both_databases and not alone"
	scripts/postgres.sh $(ALONE) -m "alone and both_databases"
	$(PY) -m scripts.faults -j $(WORKERS)
	scripts/postgres.sh $(PY) -m scripts.faults -j 1 --postgres

mutants: .venv/dev.stamp ## Small changes of every deciding room that a test has to notice (ROOMS="methods workflow"); hours
	$(PY) -m scripts.mutants $(ROOMS)

# Races, conflicts, drafts, jobs, backup and erasing: minutes, for each change. The others of `make drills` take longer.
SHORT_DRILLS := $(addprefix tests/drills/test_,$(addsuffix .py,many_hands killed_job told_once job_limits sqlite_busy \
	privacy backup two_devices decide_race two_typists lost_requests))

drills-short: .venv/dev.stamp ## The drills of a few minutes, on SQLite; `.ci/run` asks for these
	@scripts/need.sh chromium
	RACES=40 KILLS=5 SCHEDULES=10 $(DRILLS) -m drill $(SHORT_DRILLS)

release-archive: .venv/dev.stamp ## A filled database of this version for the tests of later upgrades, on the commit before a release
	$(PY) -m tests.releases.make_archive
	scripts/postgres.sh $(PY) -m tests.releases.make_archive

check: .venv/dev.stamp ## Linters, types, migrations, deployment check
	@scripts/check.sh

map: .venv/dev.stamp ## Draw the map of the rooms and their imports again, into docs/rooms.svg
	@$(PY) -m scripts.map_of_rooms

screenshots: .venv/dev.stamp ## Every page for each role at 360 and 1280 px, into build/screenshots/
	@scripts/need.sh chromium
	$(PY) scripts/screenshots.py

help-pictures: .venv/dev.stamp ## Pictures of the pages that the help explains, from the demo, into static/help/
	@$(PY) scripts/help_pictures.py

bench: .venv/dev.stamp ## The speed goals, measured against bare Django on both databases
	$(PY) -m benchmarks
	scripts/postgres.sh $(PY) -m benchmarks

backup: | .venv/bin/gunicorn ## Database and files into one archive in backups/ (TO=path chooses another; KEEP=30 removes older ones)
	@$(PY) scripts/backup.py $(if $(TO),--to "$(TO)") $(if $(KEEP),--keep "$(KEEP)")

restore: | .venv/bin/gunicorn ## Bring an archive back: make restore FILE=backups/....tar (FORCE=yes replaces what is there)
	@test -n "$(FILE)" || { echo "Say which archive: make restore FILE=backups/....tar"; exit 1; }
	@$(PY) scripts/restore.py "$(FILE)" $(if $(filter yes,$(FORCE)),--force)

# A backup at night must neither fetch packages nor change those of a running server: a .venv with packages in it will do.
.venv/bin/gunicorn:
	@scripts/venv.sh "$(PYTHON)" requirements.txt

.venv/run.stamp: requirements.txt
	@scripts/venv.sh "$(PYTHON)" requirements.txt
	@touch $@

.venv/dev.stamp: requirements.txt requirements-dev.txt
	@scripts/venv.sh "$(PYTHON)" requirements-dev.txt
	@touch .venv/run.stamp $@
