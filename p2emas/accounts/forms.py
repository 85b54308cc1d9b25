"""allauth's forms in our words and our look."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.http import HttpRequest

from p2emas.accounts.second_factor import counter_of, take_code
from p2emas.accounts.slowing import counted
from p2emas.accounts.tries import code_key
from p2emas.ui.forms import SentencesMixin, bound_length


class OurWords:
    """Labels instead of placeholders; ``WORDS`` is field -> (label, help text)."""

    WORDS: dict[str, tuple[object, object]] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.WORDS.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)


class SignInForm(SentencesMixin, OurWords, account.LoginForm):
    WORDS = {
        "login": ("Nama pengguna atau alamat surel", ""),
        "password": ("Kata sandi", ""),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound_length(self.fields["login"], 254)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class ForgottenPasswordForm(SentencesMixin, OurWords, account.ResetPasswordForm):
    WORDS = {"email": ("Alamat surel", "Alamat yang tercatat pada akun Anda.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound_length(self.fields["email"], 254)

    def clean_email(self) -> str:
        """Whose address it is nobody asks before the answer: neither page nor duration tells whether it is known."""
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **kwargs) -> str:
        get_adapter(request).ask_for_reset_letter(self.cleaned_data["email"])
        return self.cleaned_data["email"]


class _NewPassword(SentencesMixin, OurWords):
    WORDS = {
        "password1": ("Kata sandi baru", "Paling sedikit 10 huruf dan angka, bukan kata sandi yang umum."),
        "password2": ("Ulangi kata sandi baru", ""),
    }


class NewPasswordForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    WORDS = {"oldpassword": ("Kata sandi sekarang", ""), **_NewPassword.WORDS}


class ReauthenticateForm(SentencesMixin, OurWords, account.ReauthenticateForm):
    WORDS = {"password": ("Kata sandi", "")}


class _Code(SentencesMixin, OurWords):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound_length(self.fields["code"], 20)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "w-num"}


class _GivenCode(_Code):
    WORDS = {"code": ("Kode", "6 angka dari aplikasi autentikator, atau satu kode cadangan.")}

    def clean_code(self) -> str:
        with counted(allauth_context.request, code_key(self.user)) as this_try:
            self.authenticator = take_code(self.user, self.cleaned_data["code"])
            this_try.right = self.authenticator is not None
        if self.authenticator is None:
            raise get_mfa_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user
        return self.cleaned_data["code"]


class SecondFactorForm(_GivenCode, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(_GivenCode, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """No limit of tries: the secret stands on the same page."""

    WORDS = {"code": ("Kode dari aplikasi", "6 angka yang sedang tampil.")}

    def clean_code(self) -> str:
        self.counter = counter_of(self.secret, self.cleaned_data["code"])
        if self.counter is None:
            raise get_mfa_adapter().validation_error("incorrect_code")
        return self.cleaned_data["code"]
