"""Sign-in page and one's own account."""

from allauth.account.views import LoginView, PasswordChangeView, PasswordResetFromKeyView, ReauthenticateView
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2emas.accounts.sign_in.browsers import remember
from p2emas.accounts.sign_in.carried import put_down, sent_with
from p2emas.accounts.sign_in.devices import device_name
from p2emas.accounts.sign_in.slowing import AnswersTooSoon
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.accounts.signed_in import UserRequest


class SignInView(AnswersTooSoon, LoginView):
    def get_context_data(self, **kwargs) -> dict[str, object]:
        more = {"second_factor_off": not settings.REQUIRE_2FA, "carried": sent_with(self.request)}
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form) -> HttpResponse:
        if text := sent_with(self.request):
            put_down(self.request, text)
        return super().form_valid(form)


sign_in = SignInView.as_view()


class PasswordAgainView(AnswersTooSoon, ReauthenticateView):
    pass


password_again = PasswordAgainView.as_view()


class ChangePasswordView(PasswordChangeView):
    """A user without a password is sent to the page that mails a link: there is no old password to ask for."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "Akun Anda belum punya kata sandi. Minta tautannya ke alamat surel Anda.")
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


change_password = ChangePasswordView.as_view()


class NewPasswordView(PasswordResetFromKeyView):
    """Behind the link of a letter. Who reads the owner's mail is no guesser: this browser counts for itself."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        remember(self.request, response, self.reset_user, is_new=True)
        return response


new_password = NewPasswordView.as_view()


class SessionListView(ListUserSessionsView):
    def get_context_data(self, **kwargs) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = device_name(session.user_agent)
        failures = SignInTry.objects.against(self.request.user)
        return context | {"failures": failures, "sign_ins": AccountTrace.objects.sign_ins_of(self.request.user)}


session_list = never_cache(SessionListView.as_view())


@never_cache
@require_safe
def profile(request: UserRequest) -> HttpResponse:
    context = {"second_factor": is_mfa_enabled(request.user), "assignments": request.user.current_assignments}
    return render(request, "p2emas/accounts/profile.html", context)
