"""Papers of a meeting: the letters that invite, what it talks about on one paper, and a sheet to sign."""

from p2emas import clock
from p2emas.documents.letters import AT_PLACE, Letter
from p2emas.documents.papers import MinutesText, PaperSection, Signer, Table
from p2emas.documents.pdf import compile_pdf
from p2emas.naming import current, letterhead, said
from p2emas.ui import formats
from programs.coordination.erasing import ERASED
from programs.coordination.gathering import added_words
from programs.coordination.models import Meeting
from programs.coordination.page import ItemRow, MeetingPage

EMPTY_LINES = 8  # for village heads and others who come along
DASH = "–"


def invitations(page: MeetingPage) -> list[Letter]:
    """One letter for each agency; number, day and signer are written by hand."""
    return [_invitation(page, [f"Kepala {agency}", AT_PLACE]) for agency in page.invited_names]


def group_invitation(page: MeetingPage) -> Letter:
    """One for all, to paste into the group of the agencies."""
    return _invitation(page, ["Bapak/Ibu kepala SKPD yang diundang"])


def _invitation(page: MeetingPage, to: list[str]) -> Letter:
    lines = [row.title for row in page.agenda if row.line.included]
    facts = [("Hari, tanggal", formats.weekday_date(page.meeting.held_on)), ("Waktu", hours(page.meeting))]
    facts += [("Tempat", page.meeting.place), ("Acara", page.meeting.subject)]
    facts += [("Agenda" if place == 1 else "", f"{place}. {title}") for place, title in enumerate(lines, 1)]
    return Letter(
        subject="Undangan rapat koordinasi",
        to=to,
        opening=["Dengan hormat, kami mengundang Bapak/Ibu menghadiri rapat koordinasi pada:"],
        facts=facts,
        closing=["Mengingat pentingnya acara ini, kami mohon kehadiran Bapak/Ibu. Terima kasih."],
    )


def hours(meeting: Meeting) -> str:
    return f"Pukul {formats.clock_time(meeting.starts)} {current().zone}" if meeting.starts else DASH


def meeting_paper(page: MeetingPage) -> MinutesText:
    """Minutes with the number of the agenda book to be written, of what is known; before the meeting its material."""
    meeting = page.meeting
    is_over = meeting.status == Meeting.Status.HELD
    sections = [
        PaperSection("Diundang", [", ".join(page.invited_names) or DASH]),
        *([PaperSection("Hadir", [_present(page)])] if is_over else []),
        PaperSection(page.promises_title, (), _items(page.promises)),
        PaperSection("Agenda", [added_words(page.added)] if page.added else (), _agenda(page)),
        PaperSection("Tindak lanjut", (), _items(page.items)),
    ]
    return MinutesText(
        about=meeting.subject,
        day=meeting.held_on,
        place=meeting.place,
        number=meeting.minutes.number if meeting.minutes else "",
        sections=[section for section in sections if section.paragraphs or section.table],
        signers=[
            Signer("Pimpinan rapat", current().office_head),
            Signer("Notulis", said("Koordinator {programme}")),
        ],
        is_sample=meeting.is_sample,
    )


def material_pdf(page: MeetingPage) -> bytes:
    """Bahan rakor: what the minutes have, under another title and with nobody to sign."""
    context = meeting_paper(page).context()
    when = f"{formats.weekday_date(page.meeting.held_on)}, {page.meeting.place}"
    dated = f"Disusun dari data {formats.short_moment(clock.now())}" if page.meeting.is_draft else ""
    return compile_pdf("meeting.typ", context | {"title": "Bahan rakor", "when": when, "dated": dated})


def sheet_to_sign(page: MeetingPage) -> bytes:
    meeting = page.meeting
    return compile_pdf(
        "meeting_attendance.typ",
        {
            **letterhead(),
            "subject": meeting.subject,
            "day": formats.weekday_date(meeting.held_on),
            "time": hours(meeting),
            "place": meeting.place,
            "agencies": page.invited_names,
            "empty": EMPTY_LINES,
            "sample": "DATA CONTOH" if meeting.is_sample else "",
        },
    )


def _present(page: MeetingPage) -> str:
    """As the minutes keep it once they are signed; names of persons only for those who keep the record."""
    minutes, came = page.meeting.minutes, page.came
    if minutes is not None and page.user.sees_everything:
        kept = minutes.present.splitlines()
        came = kept if minutes.is_signed else [*came, *(line for line in kept if line == ERASED)]
    return ", ".join(came) or "Belum dicatat."


def _agenda(page: MeetingPage) -> Table | None:
    rows = [row for row in page.agenda if row.line.included]
    cells = [
        [str(place), row.title, row.line.note or row.detail or DASH, row.presenter or DASH, str(row.minutes or DASH)]
        for place, row in enumerate(rows, 1)
    ]
    return Table(["No.", "Butir", "Keterangan", "Pemapar", "Menit"], cells) if cells else None


def _items(rows: list[ItemRow]) -> Table | None:
    cells = [
        [
            str(place),
            row.item.text,
            row.item.addressee,
            formats.table_date(row.item.due_on),
            row.done or (row.late_words if row.late else row.item.get_status_display()),
        ]
        for place, row in enumerate(rows, 1)
    ]
    return Table(["No.", "Apa", "Siapa", "Paling lambat", "Jadinya"], cells) if cells else None
