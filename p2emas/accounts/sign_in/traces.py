"""What an account did that no record of the work keeps: signing in, taking a list of people away, sending a link.

A try that failed is a row of ``tries``. A refused page is a line of the log with whom it was refused: nothing was shown
or changed, and anyone who is signed in could fill a table by asking again and again.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.http import HttpRequest

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.addresses import client_address, networks_of
from p2emas.accounts.sign_in.devices import device_name
from p2emas.accounts.sign_in.real_time import security_now

SHOWN = 20
SIGN_INS_KEPT, OTHERS_KEPT = timedelta(days=90), timedelta(days=5 * 365)


class AccountTraceQuerySet(models.QuerySet):
    def sign_ins_of(self, user: User) -> "AccountTraceQuerySet":
        """The newest, for the owner's page."""
        return self.filter(user=user, kind=AccountTrace.Kind.SIGNED_IN)[:SHOWN]

    def links_to(self, person: User, *, within: timedelta | None = None) -> "AccountTraceQuerySet":
        rows = self.filter(about=person, kind=AccountTrace.Kind.LINK).select_related("user")
        return rows.filter(at__gt=security_now() - within) if within else rows

    def copies_for(self, person: User) -> "AccountTraceQuerySet":
        """The links of invitation that somebody copied for ``person``, the newest first."""
        return self.filter(about=person, kind=AccountTrace.Kind.COPIED).order_by("-pk")

    def codes_for(self, person: User | None) -> "AccountTraceQuerySet":
        """The codes by phone that somebody made for ``person``, the newest first; none for nobody."""
        return self.filter(about=person, kind=AccountTrace.Kind.CODE).order_by("-pk")

    def of_kind(self, kind: str) -> "AccountTraceQuerySet":
        return self.filter(kind=kind) if kind else self

    def of_people(self, text: str) -> "AccountTraceQuerySet":
        return self.filter(user__in=User.objects.matching(text)) if text else self

    def for_table(self) -> "AccountTraceQuerySet":
        return self.select_related("user", "about")

    def forget_where(self) -> None:
        """Sign-ins go; what a person took away or sent stays, as the history of an account does."""
        self.filter(kind=AccountTrace.Kind.SIGNED_IN).delete()

    def forget_old(self) -> int:
        """Remove what is older than it may be kept; how many."""
        moment, sign_in = security_now(), models.Q(kind=AccountTrace.Kind.SIGNED_IN)
        old = sign_in & models.Q(at__lt=moment - SIGN_INS_KEPT) | ~sign_in & models.Q(at__lt=moment - OTHERS_KEPT)
        return self.filter(old).delete()[0]


class AccountTrace(models.Model):
    """One row for each; only added, and removed when its time is over."""

    class Kind(models.TextChoices):
        SIGNED_IN = "SIGNED_IN", "Masuk"
        EXPORTED = "EXPORTED", "Mengunduh daftar nama"
        LINK = "LINK", "Mengirim tautan kata sandi"
        COPIED = "COPIED", "Menyalin tautan undangan"
        CODE = "CODE", "Membuat kode lewat telepon"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="traces", verbose_name="siapa")
    kind = models.CharField("apa", max_length=10, choices=Kind.choices)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kepada"
    )
    network = models.CharField("jaringan", max_length=43, blank=True)
    device = models.CharField("perangkat", max_length=60, blank=True)
    detail = models.CharField("rincian", max_length=120, blank=True)
    at = models.DateTimeField("waktu")

    objects = AccountTraceQuerySet.as_manager()

    class Meta:
        verbose_name = "jejak akun"
        verbose_name_plural = "jejak akun"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="LINK") | models.Q(about__isnull=False),
                name="p2emas_accounttrace_link_to_somebody",
                violation_error_message="Tautan kata sandi selalu kepada seseorang.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="EXPORTED") | ~models.Q(detail=""),
                name="p2emas_accounttrace_export_named",
                violation_error_message="Sebut berkas yang diunduh.",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "kind", "-at"], name="p2emas_trace_by_user"),
            models.Index(fields=["kind", "-at"], name="p2emas_trace_by_kind"),
            models.Index(fields=["-at"], name="p2emas_trace_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%d-%m-%Y %H.%M}"


def signed_in(request: HttpRequest, user: User) -> None:
    network = networks_of(client_address(request))[0]
    device = device_name(request.headers.get("user-agent", ""))
    _leave(user, AccountTrace.Kind.SIGNED_IN, network=network, device=device)


def exported(user: User, filename: str, *, rows: int) -> None:
    """A list with names of people leaves the site."""
    _leave(user, AccountTrace.Kind.EXPORTED, detail=f"{filename}, {rows} baris")


def sent_link(user: User, *, to: User) -> None:
    _leave(user, AccountTrace.Kind.LINK, about=to)


def copied_invitation(user: User, *, of: User) -> None:
    _leave(user, AccountTrace.Kind.COPIED, about=of)


def made_code(user: User, *, to: User) -> AccountTrace:
    return _leave(user, AccountTrace.Kind.CODE, about=to)


def _leave(user: User, kind: str, **rest: object) -> AccountTrace:
    return AccountTrace.objects.create(user=user, kind=kind, at=security_now(), **rest)
