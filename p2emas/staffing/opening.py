"""Opening an account without its password: who a code belongs to, and the sign-in that follows."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from p2emas.accounts.backends import TRIED_USER, PasswordBackend, as_typed
from p2emas.accounts.models import User
from p2emas.accounts.sign_in.slowing import tries_counted
from p2emas.accounts.sign_in.tries import name_key
from p2emas.staffing.forms import PhoneCodeForm
from p2emas.staffing.phone_codes import person_with_code

WRONG_CODE = "Nama pengguna atau kode ini tidak cocok, sudah dipakai, atau sudah lewat. Minta kode baru lewat telepon."


def opened_by(request: HttpRequest, form: PhoneCodeForm) -> User | None:
    """The person whose account the code opens; otherwise the form says why not."""
    typed = as_typed(form.cleaned_data["username"])
    try:
        with tries_counted(request, name_key(typed)) as this_try:
            person = PasswordBackend.named(typed)
            setattr(request, TRIED_USER, person.pk if person else None)
            this_try.right = person_with_code(person, form.cleaned_data["code"])
        if not this_try.right:
            raise ValidationError(WRONG_CODE)
    except ValidationError as refusal:
        form.add_error("code", refusal)
        return None
    try:
        password_validation.validate_password(form.cleaned_data["password1"], person)
    except ValidationError as refusal:
        form.add_error("password1", refusal)
        return None
    return person


def let_in(request: HttpRequest, person: User) -> HttpResponse:
    """Signed in at this browser; a second factor is asked for where the account has one."""
    logout(request)  # somebody else may have been signed in at this browser
    record_authentication(request, person, method="password", username=person.username)
    return perform_login(request, person)
