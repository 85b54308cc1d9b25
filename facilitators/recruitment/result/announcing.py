"""From a decision to people: facilitators, letters that wait for release, and reserves that move up."""

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.letters import marked
from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.requirements import Place
from p2emas.accounts.models import User
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import draft_message
from p2emas.ui.formats import long_date
from p2emas.workflow.models import StepNotAllowed

Status = Application.Status


@transaction.atomic
def announce_round(*, record: RecruitmentRound, seen: str, actor: User, note: str = "") -> None:
    """Open the result to the public, make a facilitator of everybody accepted, and draft a letter to each applicant."""
    record.take_step("announce", seen=seen, actor=actor, note=note)
    for application in record.applications.accepted():
        make_facilitator(application)
    for application in letters_for(record):
        _draft(application, f"Hasil seleksi {record.name}", outcome_letter(application, record))


def make_facilitator(application: Application) -> Facilitator:
    """The facilitator of an accepted application; the same one when asked again."""
    facilitator, made = Facilitator.objects.get_or_create(
        application=application,
        defaults={
            "name": application.name,
            "phone": application.phone,
            "email": application.email,
            "home_village": application.home_village,
            "home_district": application.home_district,
            "languages": application.languages,
            "is_sample": application.is_sample,
        },
    )
    if made:
        facilitator.skills.set(application.skills.all())
    return facilitator


def letters_for(record: RecruitmentRound) -> list[Application]:
    """Those who applied, gave an address and did not withdraw."""
    return list(record.applications.reachable().select_related("placed_at__target_location__village"))


def _draft(application: Application, subject: str, body: str) -> None:
    draft_message(
        kind=OutboxMessage.Kind.SELECTION,
        recipient=application.email,
        subject=subject[:200],
        body=marked(body, application),
        record=application,
    )


def outcome_letter(application: Application, record: RecruitmentRound) -> str:
    return "\n\n".join([f"Yth. {application.name}", *outcome_words(application, record)])


def outcome_words(application: Application, record: RecruitmentRound) -> list[str]:
    words = [
        f"Hasil seleksi {record.name} untuk lamaran nomor {application.number}:",
        _outcome(application),
    ]
    if record.objections_until:
        words.append(f"Keberatan atas hasil diterima sampai {long_date(record.objections_until)}.")
    words.append(f"Pertanyaan: {record.contact}")
    return words


def _outcome(application: Application) -> str:
    if application.status == Status.ACCEPTED:
        village = application.place.target_location.village
        return f"Anda diterima sebagai pendamping di {village}. Jadwal pembekalan disampaikan menyusul."
    if application.status == Status.RESERVE:
        return (
            f"Anda menjadi cadangan urutan {application.reserve_rank or 0}. "
            "Kami menghubungi Anda bila ada formasi yang kosong."
        )
    return f"Anda belum diterima. Alasan: {application.get_rejected_for_display().lower()}."


# --- Ganti: a reserve moves up ---------------------------------------------------------------------------------------


def next_reserve(place: Place) -> Application | None:
    """The best reserve who named ``place``, else the best who would work anywhere."""
    return place.round.applications.reserves_of(place).first()


def places_left(place: Place) -> int:
    return place.number - place.applications.accepted().count()


@transaction.atomic
def replace(*, reserve: Application, place: Place, seen: str, actor: User, note: str) -> Facilitator:
    """The next reserve of ``place`` takes it, becomes a facilitator, and is told by a letter that waits for release.

    Raises ``StepNotAllowed`` when another reserve comes first, or when no place is free.
    """
    RecruitmentRound.objects.select_for_update(of=("self",), no_key=True).get(pk=place.round_id)
    if reserve.status == Status.RESERVE:  # else somebody was faster, which the step itself tells
        _check_turn(reserve, place)
    reserve.take_step("promote", seen=seen, actor=actor, note=note, placed_at=place)
    if reserve.email:
        _draft(reserve, f"Anda diterima dalam {place.round.name}", promotion_letter(reserve, place))
    return make_facilitator(reserve)


def promotion_letter(application: Application, place: Place) -> str:
    """What the announcement said is over for this one; the time for objections is that of the announcement."""
    words = {"round": place.round.name, "number": application.number, "village": place.target_location.village}
    return "\n\n".join(
        [
            f"Yth. {application.name}",
            "Ada formasi yang kosong dalam {round}. Sebagai cadangan berikutnya, dengan lamaran nomor {number}:".format(
                **words
            ),
            "Anda diterima sebagai pendamping di {village}. Jadwal pembekalan disampaikan menyusul.".format(**words),
            "Bila Anda tidak bersedia, beri tahu kami secepatnya.",
            f"Pertanyaan: {place.round.contact}",
        ]
    )


def _check_turn(reserve: Application, place: Place) -> None:
    first = next_reserve(place)
    if first is None or first.pk != reserve.pk:
        raise StepNotAllowed(f"{first or 'Pelamar lain'} lebih dahulu dalam urutan cadangan formasi ini.")
    if places_left(place) < 1:
        raise StepNotAllowed("Formasi ini sudah terisi.")
