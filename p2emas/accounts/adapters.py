"""allauth's hooks: nobody signs up by himself, people come by invitation."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from p2emas.accounts.addresses import client_address

WRONG_CODE = _("Kode tidak cocok atau sudah dipakai. Isi kode berikutnya yang tampil di aplikasi.")
WRONG = _("Nama pengguna, alamat surel, atau kata sandi tidak cocok. Periksa lagi, atau pilih “Lupa kata sandi”.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Akun ini tidak aktif."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": _("Isi kata sandi yang sekarang berlaku."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": _("Terlalu banyak percobaan dari perangkat ini. Coba lagi lima menit lagi."),
        "rate_limited": _("Terlalu banyak percobaan. Coba lagi beberapa menit lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_safe_url(self, url: str | None) -> bool:
        """``next=`` leads to this host only; the stock check also accepts every other ALLOWED_HOSTS."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Whoever has just signed in is not asked again, e.g. when setting up the second factor."""
        signed_in = [record["at"] for record in get_authentication_records(self.request, self.request.user)]
        if signed_in and time.time() - max(signed_in) < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Where a code is owed the password, which was given, is no other way."""
        methods = super().get_reauthentication_methods(user)
        held = getattr(self.request, "held", None)
        return [each for each in methods if held is None or each["id"] == "mfa_reauthenticate" or len(methods) == 1]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """Failures count per account AND address: wrong passwords from elsewhere lock nobody out."""
        login = (credentials.get("email") or credentials.get("username") or "").lower()
        return f"{client_address(request)}:{login}"


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}
