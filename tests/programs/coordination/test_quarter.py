"""One quarter, day by day: an obstacle is raised, sent, overdue, talked about, promised, done, and closed.

On each day the jobs run, and then everybody opens their home page and what they were told, and reads all of it.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from p2emas import clock
from p2emas.models import OutboxMessage
from programs.models import ActionItem, Meeting, Obstacle
from tests.factories import AgencyFactory, ReportingPeriodFactory, VillageFactory
from tests.programs.obstacles.test_story import answer, send, step
from tests.programs.reporting.helpers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
HOME, NOTICES = reverse("dashboards:home"), reverse("notifications:notification-list")
OBSTACLE = "Kemasan cabai ditolak toko"
PROMISE = "Urus izin edar kemasan"
Seen = dict[str, tuple[list[str], list[str]]]


class Quarter:
    """Who takes part, and what each of them reads on a day."""

    def __init__(self, client_as) -> None:
        self.agency = AgencyFactory(short_name="Perindagkop")
        self.village = VillageFactory()
        ReportingPeriodFactory(year=2019, number=3)
        self.people = {
            "facilitator": client_as("facilitator", village=self.village),
            "coordinator": client_as("coordinator"),
            "operator": client_as("agency_operator", at=self.agency),
            "head": client_as("agency_head", at=self.agency),
            "stranger": client_as("agency_operator"),
            "leader": client_as("leader"),
        }

    @contextmanager
    def on(self, day: date) -> Iterator[Seen]:
        """The morning of ``day``: the jobs run twice, as cron does; then each reads home and notices."""
        with clock.at(day):
            for _run in range(2):
                call_command("tell_due", verbosity=0)
                call_command("send_mail_queue", verbosity=0)
            yield self.seen()

    def seen(self) -> Seen:
        """For whom there is anything: the sentences of their tasks, and the notices that are new to them."""
        found = {name: (self._tasks(client), self._news(client)) for name, client in self.people.items()}
        return {name: (tasks, news) for name, (tasks, news) in found.items() if tasks or news}

    def _tasks(self, client) -> list[str]:
        page = client.get(HOME)
        assert page.status_code == 200
        words = text_of(page)
        tasks = [f"{task.title}. {task.sentence}" for task in page.context["page"].waiting]
        assert all(task.title in words and task.sentence in words for task in page.context["page"].waiting)
        return tasks

    def _news(self, client) -> list[str]:
        page = client.get(NOTICES)
        news = [notice.title for notice in page.context["page"].rows if notice.read_at is None]
        assert page.context["unread"] == len(news) and all(title in text_of(page) for title in news)
        client.post(reverse("notifications:notifications-read"), {"sampai": page.context["newest"]})
        assert client.get(NOTICES).context["unread"] == 0
        return news[::-1]


@pytest.fixture
def quarter(client_as) -> Quarter:
    return Quarter(client_as)


def weekly(count: int = 1) -> str:
    return f"Ringkasan mingguan: {count} hal menunggu Anda"


def of_both(tasks: list[str], news: list[str]) -> Seen:
    """The operator and the head of the agency read the same."""
    return {"operator": (tasks, news), "head": (tasks, news)}


def test_quarter_of_one_obstacle(quarter, mailoutbox):
    facilitator, coordinator, operator = (quarter.people[who] for who in ("facilitator", "coordinator", "operator"))
    to_answer, overdue = f"Kendala menunggu jawaban Anda. {OBSTACLE}.", f"Kendala lewat batas jawaban. {OBSTACLE}."
    promise = f"Tindak lanjut: {PROMISE}"

    def late(days: int) -> tuple[list[str], list[str]]:
        """What the office and who answers read so many working days after its date."""
        words = f"Batas 14 Oktober 2019, lewat {days} hari kerja."
        return [f"{overdue} {words}"], [f"{to_answer} {words}"]

    with quarter.on(date(2019, 10, 8)) as seen:
        assert seen == {}
        typed = {"text": f"{OBSTACLE}.", "kind": "MARKET", "village": quarter.village.pk}
        facilitator.post(reverse("obstacles:obstacle-raise"), typed)
        obstacle = Obstacle.objects.get()

    with quarter.on(date(2019, 10, 9)) as seen:
        raised = f"Kendala belum diteruskan. {OBSTACLE}. Dilaporkan 8 Oktober 2019."
        assert seen == {"coordinator": ([raised], [weekly()])}
        send(coordinator, obstacle, responsible=quarter.agency.pk, days="3")

    with quarter.on(date(2019, 10, 10)) as seen:
        told = ["Jawab kendala paling lambat 14 Oktober 2019", weekly()]
        assert seen == of_both([f"{to_answer} Dijawab paling lambat 14 Oktober 2019."], told)

    with quarter.on(date(2019, 10, 15)) as seen:
        office, agency = late(1)
        told = ["Kendala lewat batas jawaban", weekly()]
        assert seen == {"coordinator": (office, [weekly()]), **of_both(agency, told)}
        assert prepare_meeting(coordinator, quarter) == ["Satu kendala yang batas jawabannya lewat"]
        meeting = Meeting.objects.get()

    with quarter.on(date(2019, 10, 16)) as seen:
        office, agency = late(2)
        assert seen == {"coordinator": (office, []), **of_both(agency, [])}
        take(coordinator, meeting, "invite")

    with quarter.on(date(2019, 10, 17)) as seen:
        office, agency = late(3)
        assert seen == {"coordinator": (office, []), **of_both(agency, ["Undangan: Rakor triwulan III"])}

    with quarter.on(date(2019, 10, 22)) as seen:
        office, agency = late(6)
        assert seen == {"coordinator": (office, [weekly()]), **of_both(agency, [weekly()])}
        assert f"{quarter.village} (Perindagkop)" in text_of(operator.get(meeting.get_absolute_url()))
        promised = {"text": f"{PROMISE}.", "responsible": quarter.agency.pk, "due_on": "29-10-2019"}
        coordinator.post(meeting_page("item-add", meeting), promised)
        take(coordinator, meeting, "close")
        item = ActionItem.objects.get()

    with quarter.on(date(2019, 10, 23)) as seen:
        office, agency = late(7)
        agency += [f"{promise}. Paling lambat 29 Oktober 2019."]
        assert seen == {"coordinator": (office, []), **of_both(agency, [promise])}

    with quarter.on(date(2019, 10, 28)) as seen:
        office, agency = late(10)
        agency += [f"{promise}. Paling lambat 29 Oktober 2019."]
        told = [f"Tindak lanjut jatuh tempo: {PROMISE}", weekly(2)]
        assert seen == {"coordinator": (office, [weekly()]), **of_both(agency, told)}
        take(operator, item, "close", "Izin keluar.")
        answer(operator, obstacle, "Izin edar keluar 25 Oktober.", promised_on="31-10-2019")

    with quarter.on(date(2019, 10, 29)) as seen:
        answered = f"Jawaban kendala menunggu Anda. {OBSTACLE}. Dijawab 28 Oktober 2019."
        assert seen == {
            "facilitator": ([answered], ["Perindagkop menjawab kendala", weekly()]),
            "coordinator": ([], [f"Tindak lanjut selesai: {PROMISE}"]),
            "head": ([], [f"Tindak lanjut selesai: {PROMISE}"]),
        }
        step(facilitator, obstacle, "close")

    with quarter.on(date(2019, 10, 30)) as seen:
        assert seen == of_both([], ["Kendala ditutup"])
    with quarter.on(date(2019, 11, 4)) as seen:
        assert seen == {}

    obstacle.refresh_from_db()
    assert (obstacle.status, item.status_changes().count(), meeting.status_changes().count()) == ("SOLVED", 1, 2)
    came = Counter((mail.to[0], mail.subject, mail.body) for mail in mailoutbox)
    assert set(came.values()) == {1} and not OutboxMessage.objects.unsent().exists()
    people = {name: client.user.email for name, client in quarter.people.items()}
    read = {name: [mail.subject for mail in mailoutbox if mail.to == [email]] for name, email in people.items()}
    assert {name: len(subjects) for name, subjects in read.items()} == {
        "facilitator": 1, "coordinator": 4, "operator": 9, "head": 9, "stranger": 0, "leader": 0,
    }  # fmt: skip


def take(client, record, name: str, note: str = "") -> None:
    record.refresh_from_db()
    kind = "meeting" if isinstance(record, Meeting) else "item"
    client.post(meeting_page(f"{kind}-step", record, name), {"seen": record.status, "note": note})


def meeting_page(name: str, record, *args) -> str:
    return reverse(f"coordination:{name}", args=[record.pk, *args])


def prepare_meeting(coordinator, quarter: Quarter) -> list[str]:
    typed = {"held_on": "22-10-2019", "starts": "09.00", "place": "Ruang rapat", "subject": "Rakor triwulan III"}
    page = coordinator.post(
        reverse("coordination:meeting-create"), typed | {"agencies": [quarter.agency.pk]}, follow=True
    )
    return [row.title for row in page.context["shown"].agenda]
