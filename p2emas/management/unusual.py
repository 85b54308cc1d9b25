"""What an administrator wants to be told of without asking: guessing, much opening, lists that leave, new powers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count

from facilitators.models import PersonalDataAccess
from p2emas import clock
from p2emas.accounts.roles import NEEDS_SECOND_FACTOR
from p2emas.accounts.sign_in.real_time import security_now
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry, keys_of
from p2emas.models import Assignment, User

AGAINST_A_NAME, FROM_A_NETWORK, NUMBERS = 30, 60, 20


def unusual(hours: int) -> Iterator[str]:
    """Sentences about the last ``hours``. Tries and traces go by the real clock, the rest by that of the business."""
    real, business = security_now() - timedelta(hours=hours), clock.now() - timedelta(hours=hours)
    yield from _guessed_names(real)
    yield from _guessing_networks(real)
    yield from _opened_numbers(business)
    yield from _lists_that_left(real, business)
    yield from _ways_in(real, business)


def _guessed_names(since: datetime) -> Iterator[str]:
    tries = SignInTry.objects.filter(at__gt=since).values("name_key")
    many = {
        row["name_key"]: row
        for row in tries.annotate(n=Count("pk"), networks=Count("network", distinct=True)).filter(n__gte=AGAINST_A_NAME)
    }
    owners = {key: user for user in User.objects.all() for key in keys_of(user)} if many else {}
    for key, row in many.items():
        name = owners[key].username if key in owners else "nama yang tidak ada"
        words = {"name": name, "n": row["n"], "networks": row["networks"]}
        yield "Masuk sebagai {name} gagal {n} kali, dari {networks} jaringan.".format(**words)


def _guessing_networks(since: datetime) -> Iterator[str]:
    tries = SignInTry.objects.filter(at__gt=since).values("wide").annotate(n=Count("pk"))
    for row in tries.filter(n__gte=FROM_A_NETWORK).order_by("-n"):
        yield "Jaringan {wide} gagal masuk {n} kali.".format(**row)


def _opened_numbers(since: datetime) -> Iterator[str]:
    opened = PersonalDataAccess.objects.filter(at__gt=since, field=PersonalDataAccess.Field.NIK)
    for row in opened.values("user__username").annotate(n=Count("pk")).filter(n__gte=NUMBERS).order_by("-n"):
        yield "{user__username} membuka {n} NIK.".format(**row)


def _lists_that_left(real: datetime, business: datetime) -> Iterator[str]:
    for trace in AccountTrace.objects.filter(at__gt=real, kind=AccountTrace.Kind.EXPORTED).for_table():
        yield f"{trace.user.username} mengunduh {trace.detail}."
    exports = PersonalDataAccess.objects.filter(at__gt=business, field=PersonalDataAccess.Field.EXPORT)
    for access in exports.select_related("user", "round"):
        words = {"who": access.user.username if access.user else "sistem", "what": access.detail, "round": access.round}
        yield "{who} mengekspor data pelamar {round}: {what}.".format(**words)


def _ways_in(real: datetime, business: datetime) -> Iterator[str]:
    for trace in AccountTrace.objects.filter(at__gt=real, kind=AccountTrace.Kind.LINK).for_table():
        words = {"who": trace.user.username, "to": trace.about.username}
        yield "{who} mengirim tautan kata sandi kepada {to}.".format(**words)
    given = Assignment.history.filter(history_date__gt=business, history_type="+", role__in=NEEDS_SECOND_FACTOR)
    for row in given.select_related("user", "history_user"):
        words = {"user": row.user.username, "role": row.get_role_display(), "by": row.history_user or "sistem"}
        yield "{user} mendapat peran {role} dari {by}.".format(**words)
