"""From a decision to people: facilitators, letters that wait for release, and reserves that move up."""

from django.db import transaction
from django.utils.translation import gettext as _

from facilitators.recruitment.applications import Application
from facilitators.recruitment.letters import marked
from facilitators.recruitment.people import Facilitator
from facilitators.recruitment.requirements import Place
from facilitators.recruitment.rounds import RecruitmentRound
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
        _draft(application, _("Hasil seleksi %s") % record.name, letter(application, record))


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
    """Whoever applied, gave an address and did not withdraw."""
    return list(record.applications.reachable().select_related("placed_at__target_location__village"))


def _draft(application: Application, subject: str, body: str) -> None:
    draft_message(
        kind=OutboxMessage.Kind.SELECTION,
        recipient=application.email,
        subject=subject[:200],
        body=marked(body, application),
        record=application,
    )


def letter(application: Application, record: RecruitmentRound) -> str:
    words = [
        _("Yth. %s") % application.name,
        _("Hasil seleksi %(round)s untuk lamaran nomor %(number)s:")
        % {"round": record.name, "number": application.number},
        _outcome(application),
    ]
    if record.objections_until:
        words.append(_("Keberatan atas hasil diterima sampai %s.") % long_date(record.objections_until))
    words.append(_("Pertanyaan: %s") % record.contact)
    return "\n\n".join(words)


def _outcome(application: Application) -> str:
    if application.status == Status.ACCEPTED:
        village = application.placed_at.target_location.village  # type: ignore[union-attr]  # a constraint of the table
        return _("Anda diterima sebagai pendamping di %s. Jadwal pembekalan disampaikan menyusul.") % village
    if application.status == Status.RESERVE:
        return _("Anda menjadi cadangan urutan %d. Kami menghubungi Anda bila ada formasi yang kosong.") % (
            application.reserve_rank or 0
        )
    return _("Anda belum diterima. Alasan: %s.") % application.get_rejected_for_display().lower()


# --- Ganti: a reserve moves up ---------------------------------------------------------------------------------------


def next_reserve(place: Place) -> Application | None:
    """The best reserve who named ``place``, else the best who would work anywhere."""
    return place.round.applications.reserves_of(place).first()


def places_free(place: Place) -> int:
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
        _draft(reserve, _("Anda diterima dalam %s") % place.round.name, promotion_letter(reserve, place))
    return make_facilitator(reserve)


def promotion_letter(application: Application, place: Place) -> str:
    """What the announcement said is over for this one; the time for objections is that of the announcement."""
    words = {"round": place.round.name, "number": application.number, "village": place.target_location.village}
    return "\n\n".join(
        [
            _("Yth. %s") % application.name,
            _("Ada formasi yang kosong dalam %(round)s. Sebagai cadangan berikutnya, dengan lamaran nomor %(number)s:")
            % words,
            _("Anda diterima sebagai pendamping di %(village)s. Jadwal pembekalan disampaikan menyusul.") % words,
            _("Bila Anda tidak bersedia, beri tahu kami secepatnya."),
            _("Pertanyaan: %s") % place.round.contact,
        ]
    )


def _check_turn(reserve: Application, place: Place) -> None:
    first = next_reserve(place)
    if first is None or first.pk != reserve.pk:
        raise StepNotAllowed(_("%s lebih dahulu dalam urutan cadangan formasi ini.") % (first or _("Pelamar lain")))
    if places_free(place) < 1:
        raise StepNotAllowed(_("Formasi ini sudah terisi."))
