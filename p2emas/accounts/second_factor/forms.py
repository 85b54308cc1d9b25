"""allauth's forms of the second factor in our words and our look."""

from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp

from p2emas.accounts.models import User
from p2emas.accounts.second_factor.codes import counter_of, take_code
from p2emas.accounts.sign_in.forms import OurWords
from p2emas.accounts.sign_in.slowing import tries_counted
from p2emas.accounts.sign_in.tries import code_key
from p2emas.ui.forms import SentencesMixin, bound_length
from p2emas.ui.layout import form_helper


class _Code(SentencesMixin, OurWords):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound_length(self.fields["code"], 20)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "w-num"}


class _GivenCode(_Code):
    user: User
    authenticator: Authenticator | None
    WORDS = {"code": ("Kode", "6 angka dari aplikasi autentikator, atau satu kode cadangan.")}

    def clean_code(self) -> str:
        with tries_counted(allauth_context.request, code_key(self.user)) as this_try:
            self.authenticator = take_code(self.user, self.cleaned_data["code"])
            this_try.right = self.authenticator is not None
        if self.authenticator is None:
            raise get_mfa_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user
        return self.cleaned_data["code"]


class SecondFactorForm(_GivenCode, mfa.AuthenticateForm):
    helper = form_helper("Masuk")


class ReauthenticateCodeForm(_GivenCode, mfa.ReauthenticateForm):
    helper = form_helper("Lanjut")


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """No limit of tries: the secret is on the same page."""

    helper = form_helper("Aktifkan")
    WORDS = {"code": ("Kode dari aplikasi", "6 angka yang sedang tampil.")}

    def clean_code(self) -> str:
        self.counter = counter_of(self.secret, self.cleaned_data["code"])
        if self.counter is None:
            raise get_mfa_adapter().validation_error("incorrect_code")
        return self.cleaned_data["code"]
