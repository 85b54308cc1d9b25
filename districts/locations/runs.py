"""Ranking runs: asked for on a page, computed by a job, kept with inputs, seed and result."""

import logging
from functools import partial

from django.db import transaction
from django_tasks import task

from districts.locations.ranking.computing import digest_of, inputs_of
from districts.locations.ranking.sensitivity import sensitivity_of
from districts.locations.rounds.criteria import RankingRun
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.jobs.queue import is_under_way, register_sweep, took_too_long

logger = logging.getLogger(__name__)
DRAWS = 1000


def request_run(*, selection: SelectionRound, asked_by: User) -> RankingRun:
    """The run of the current inputs: the one that is there, or a new one whose job starts when this is committed.

    A run that failed, or whose worker died, is started again.
    """
    inputs = inputs_of(selection)
    with transaction.atomic():
        run, _created = RankingRun.objects.get_or_create(
            round=selection,
            digest=digest_of(inputs),
            seed=selection.seed,
            draws=DRAWS,
            defaults={"inputs": inputs, "asked_by": asked_by},
        )
        if run.results is None:
            RankingRun.objects.filter(pk=run.pk).update(problem="", done=0, at=clock.now())
            transaction.on_commit(partial(_start, run.pk))
    run.refresh_from_db()
    return run


def _start(run_id: int) -> None:
    job = compute_run.enqueue(run_id)
    RankingRun.objects.filter(pk=run_id).update(job=str(job.id))


@register_sweep
def end_orphaned_runs() -> int:
    """Runs that nobody computes: their job was given up, or died before it could say so."""
    orphans = [run for run in RankingRun.objects.under_way() if not is_under_way(run.job)]
    lost = "Hitungan terhenti dua kali di tengah jalan. Jalankan lagi."
    too_long = "Hitungan terlalu lama, jadi dihentikan. Hubungi pengelola sistem bila terulang."
    for run in orphans:
        RankingRun.objects.filter(pk=run.pk).update(problem=too_long if took_too_long(run.job) else lost)
    return len(orphans)


def run_of(selection: SelectionRound, digest: str) -> RankingRun | None:
    """The run of exactly these inputs, finished or under way."""
    return selection.runs.filter(digest=digest, seed=selection.seed, draws=DRAWS).first()


@task()
def compute_run(run_id: int) -> None:
    """Draw, leave out, store. Safe to run again: the same inputs and seed give the same result."""
    run = RankingRun.objects.filter(pk=run_id, results__isnull=True).first()
    if run is None:
        return
    try:
        results = sensitivity_of(run.inputs, draws=run.draws, progress=partial(_note, run.pk))
    except ValueError as refused:  # dishonest values: the sentence names the cell
        logger.warning("ranking run %s was refused: %s", run.pk, refused)
        RankingRun.objects.filter(pk=run.pk).update(
            problem="Masukan tidak dapat dihitung. Periksa nilai dan batas kriteria."
        )
        return
    RankingRun.objects.filter(pk=run.pk).update(results=results, done=run.draws, problem="", finished_at=clock.now())


def _note(run_id: int, done: int) -> None:
    RankingRun.objects.filter(pk=run_id).update(done=done)
