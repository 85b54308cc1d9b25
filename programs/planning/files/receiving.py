"""What a received file says, and which of its columns is which; what it would do is compared later."""

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.documents.kinds import ReceivedFile
from p2emas.imports.memory import keep_layout, known_to
from programs.planning.files.layout import KIND, find_sheets, known_layout, layout_of, to_remember
from programs.planning.files.models import PlanFile
from programs.planning.files.reading import read_tables

Status = PlanFile.Status


class FileNotTaken(Exception):
    """Nothing was written; the message is a sentence for the screen."""


def take_in(file: PlanFile, received: ReceivedFile, *, seconds: float | None = None) -> PlanFile:
    """Read it and say which column is which as far as that is known; ``seconds`` is for jobs."""
    file.tables, file.notices = read_tables(received, seconds=seconds)
    sheets = find_sheets(file.tables)
    passed = [name for index, (name, _rows) in enumerate(file.tables) if index not in {each.index for each in sheets}]
    if passed:
        file.notices.append(f"Lembar tanpa judul kolom yang dikenali tidak dibaca: {', '.join(passed)[:200]}.")
    file.layout = known_layout(sheets, known_to(file.agency, KIND))
    if file.layout and file.layout.get("known"):
        file.notices.append("Kolom dibaca menurut susunan yang diingat untuk kantor Anda.")
    file.status, file.content = (Status.READY if file.layout else Status.ASKING), None
    file.save()
    return file


def answer_columns(*, file: PlanFile, chosen: dict[int, dict[int, str]], same: dict[str, str], actor: User) -> None:
    """Take the answer to which column is which, and keep it for the agency."""
    sheets = find_sheets(file.tables)
    with transaction.atomic():
        held = PlanFile.objects.select_for_update(no_key=True).get(pk=file.pk)
        if held.status not in (Status.ASKING, Status.READY):
            raise FileNotTaken("Berkas ini sudah dipakai atau dibatalkan.")
        file.layout, file.status = layout_of(sheets, chosen, same), Status.READY
        keep_layout(file.agency, KIND, to_remember(sheets, file.layout, known_to(file.agency, KIND)), actor)
        file.save(update_fields=["layout", "status"])
