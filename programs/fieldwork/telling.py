"""What people are told about visits; see ``p2emas/notifications``. Facilitators read it in the field home too."""

from p2emas.accounts.models import User, UserQuerySet
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.notifications.people import coordinators
from p2emas.notifications.telling import tell
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.workflow.models import StatusChange
from programs.fieldwork.models import FieldReport, VisitReply


def author_of(report: FieldReport) -> UserQuerySet:
    return User.objects.filter(pk=report.author_id, is_active=True)


def _of_question(report: FieldReport, change: StatusChange) -> Told:
    return Told("Koordinator bertanya tentang kunjungan Anda", f"{report}. {change.note}")


def _of_answer(report: FieldReport, change: StatusChange) -> Told:
    return Told("Pendamping menjawab pertanyaan tentang kunjungan", f"{report}. {change.note}")


REPLIED = NoticeKind("visit-replied", "Kunjungan dibalas", FieldReport, author_of, frozenset({Role.FACILITATOR}), "dot")


def tell_of_reply(reply: VisitReply) -> None:
    """Its author, unless they wrote it themselves."""
    told = Told(f"{reply.author.name} membalas kunjungan Anda", f"{reply.report}. {reply.text}")
    tell(REPLIED, reply.report, f"balasan-{reply.pk}", told, but=reply.author_id)


NOTICES = (
    NoticeKind(
        "visit-asked", "Kunjungan ditanya balik", FieldReport, author_of, frozenset({Role.FACILITATOR}), "back",
        steps=("return",), of_step=_of_question,
    ),
    NoticeKind(
        "visit-answered", "Pertanyaan kunjungan dijawab", FieldReport, coordinators, COORDINATORS, "dot",
        steps=("answer",), of_step=_of_answer,
    ),
    REPLIED,
)  # fmt: skip
