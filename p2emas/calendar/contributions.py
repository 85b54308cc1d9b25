"""What the calendar contributes to the frame; see ``p2emas/registry``."""

from p2emas.accounts.agencies import Holiday
from p2emas.accounts.signed_in import Anyone
from p2emas.calendar.models import CalendarAddress
from p2emas.privacy.handlings import TASK
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from p2emas.registry.kinds import Contributions, Handling, MenuEntry, PersonalFields

CALENDAR = MenuEntry("Kalender", "calendar:calendar")

ADDRESS = Handling(
    "Pengguna yang punya akun",
    "Sidik alamat kalender pribadinya dan kapan alamat itu dibuat",
    "Tanggal pekerjaannya tampil di kalender telepon atau komputernya",
    TASK,
    "Orang itu sendiri",
    "Sampai dicabut; tidak berlaku lagi begitu akunnya, kata sandinya, atau semua sesinya berakhir",
)


def holidays(span: Span) -> Dates:
    """Days on which offices are closed; no secret."""
    for holiday in Holiday.objects.between(span.first, span.last):
        yield CalendarDate(str(holiday.date), holiday.date, f"Libur: {holiday.name}", holiday.name)


def _of_reader(reader: Anyone, span: Span) -> Dates:
    return holidays(span)


HOLIDAYS = DateKind("libur", "Hari libur", 90, _of_reader, holidays, on_home=False)

CONTRIBUTIONS = Contributions(
    menu_entries=(CALENDAR,),
    dates=(HOLIDAYS,),
    personal=(PersonalFields(CalendarAddress, "user made_at digest proof", ADDRESS),),
)
