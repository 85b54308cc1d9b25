"""allauth's forms in our words and our look."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest

from p2emas.accounts.sign_in.carried import CarriedText
from p2emas.ui.forms import SentencesMixin, bound_length
from p2emas.ui.layout import Rest, form_helper


class OurWords(forms.BaseForm):
    """Labels instead of placeholders; ``WORDS`` is field -> (label, help text)."""

    WORDS: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.WORDS.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)


class SignInForm(SentencesMixin, OurWords, account.LoginForm):
    helper = form_helper("Masuk", Rest(), CarriedText())
    WORDS = {
        "login": ("Nama pengguna atau alamat surel", ""),
        "password": ("Kata sandi", ""),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bound_length(self.fields["login"], 254)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}


class ForgottenPasswordForm(SentencesMixin, OurWords, account.ResetPasswordForm):
    helper = form_helper("Kirim tautan")
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
    helper = form_helper("Simpan kata sandi")
    WORDS = {
        "password1": ("Kata sandi baru", "Paling sedikit 10 huruf dan angka, bukan kata sandi yang umum."),
        "password2": ("Ulangi kata sandi baru", ""),
    }


class NewPasswordForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    WORDS = {"oldpassword": ("Kata sandi sekarang", ""), **_NewPassword.WORDS}


class ReauthenticateForm(SentencesMixin, OurWords, account.ReauthenticateForm):
    helper = form_helper("Lanjut")
    WORDS = {"password": ("Kata sandi", "")}
