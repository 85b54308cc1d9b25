"""allauth's hooks: nobody signs up alone, people come by invitation."""

import logging
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from p2emas import naming
from p2emas.accounts.backends import as_typed
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.addresses import client_address, networks_of
from p2emas.accounts.sign_in.browsers import remember
from p2emas.accounts.sign_in.session_store import store_of
from p2emas.accounts.sign_in.slowing import tries_counted
from p2emas.accounts.sign_in.traces import signed_in
from p2emas.accounts.sign_in.tries import name_key

logger = logging.getLogger(__name__)
WRONG_CODE = "Kode tidak cocok atau sudah dipakai. Isi kode berikutnya yang tampil di aplikasi."
WRONG = "Nama pengguna, alamat surel, atau kata sandi tidak cocok. Periksa lagi, atau pilih “Lupa kata sandi”."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif.",
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": "Isi kata sandi yang sekarang berlaku.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "incorrect_code": WRONG_CODE,
        "rate_limited": "Terlalu banyak percobaan. Coba lagi beberapa menit lagi.",
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
        """A person who has just signed in is not asked again, e.g. when setting up the second factor."""
        signed_in = [record["at"] for record in get_authentication_records(self.request, self.request.user)]
        if signed_in and time.time() - max(signed_in) < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Where a code is owed the password, which was given, is no other way."""
        methods = super().get_reauthentication_methods(user)
        held = getattr(self.request, "held", None)
        return [each for each in methods if held is None or each["id"] == "mfa_reauthenticate" or len(methods) == 1]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Leaders begin with the one page that is made for them."""
        if isinstance(request.user, User) and request.user.has_role(Role.LEADER):
            return reverse("dashboards:summary")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Nothing of the package's own: its count locks the person whose name is tried, and is kept in the cache."""

    def authenticate(self, request: HttpRequest, **credentials) -> User | None:
        key = name_key(as_typed(credentials.get("username") or credentials.get("email") or ""))
        with tries_counted(request, key) as this_try:
            user = super().authenticate(request, **credentials)
            this_try.right = user is not None
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        store_of(request).sign_in()
        signed_in(request, user)
        logger.info("Signed in", extra={"user": user.pk, "network": networks_of(client_address(request))[0]})

    def logout(self, request: HttpRequest) -> None:
        logger.info("Signed out", extra={"user": request.user.pk})
        super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        remember(request, response, user)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_totp_issuer(self) -> str:
        """What the authenticator on a phone calls this account."""
        return naming.current().site
