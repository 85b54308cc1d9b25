"""Saving a score sheet: once, whole, and only while the selection runs."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.conflict_records import ConflictOfInterest
from facilitators.recruitment.panel.models import PanelSeat, Part, ScoreSheet, SheetScore
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.workflow.models import StepNotAllowed

SCORABLE = {Part.DOSSIER: Application.OPEN_TO_CHOICE, Part.INTERVIEW: (Application.Status.INVITED,)}


@transaction.atomic
def save_sheet(
    *, application: Application, seat: PanelSeat, part: str, scores: Mapping[int, int], note: str = ""
) -> bool:
    """Keep the scores (criterion -> score) of ``seat``; False when its sheet of this part is saved already.

    A saved sheet is final, so that a second click, or a second tab, changes nothing. Raises ``StepNotAllowed`` when
    the selection no longer runs, the applicant is out, or the seat may not judge this applicant.
    """
    current = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=seat.round_id)
    if current.status != RecruitmentRound.Status.SELECTION:
        raise StepNotAllowed("Penilaian tahap seleksi ini tidak sedang berjalan, jadi nilai Anda tidak disimpan.")
    status = Application.objects.values_list("status", flat=True).get(pk=application.pk)
    if status not in SCORABLE[Part(part)]:
        raise StepNotAllowed("Pelamar ini tidak lagi dinilai di bagian ini. Kembali ke daftar penilaian.")
    if ConflictOfInterest.objects.filter(seat=seat, application=application).exists():
        raise StepNotAllowed("Benturan kepentingan Anda dengan pelamar ini sudah tercatat.")
    if (
        part == Part.INTERVIEW
        and not seat.sheets.valid().of_part(Part.DOSSIER).filter(application=application).exists()
    ):
        raise StepNotAllowed("Nilai dulu berkasnya, baru wawancaranya.")
    try:
        with transaction.atomic():
            sheet = ScoreSheet.objects.create(application=application, seat=seat, part=part, note=note.strip())
    except IntegrityError:
        return False
    SheetScore.objects.bulk_create(
        SheetScore(sheet=sheet, criterion_id=criterion, score=score) for criterion, score in scores.items()
    )
    return True
