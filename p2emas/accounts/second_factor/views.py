"""Setting up, giving a code, taking off: allauth's views, with an end to all other sessions of the person."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.base import views as base
from allauth.mfa.totp import views as totp
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from p2emas.accounts.second_factor.codes import take_first_code
from p2emas.accounts.second_factor.levels import CODE, forget_codes
from p2emas.accounts.sign_in.sessions import end_other_sessions, renew_key, still_current
from p2emas.accounts.sign_in.slowing import AnswersTooSoon
from p2emas.accounts.signed_in import user_of


class _OneAtATime(FormView):
    """Of two sessions that set up or take off at once the second one was ended by the first."""

    def change(self, form) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form) -> HttpResponse:
        with transaction.atomic():
            if still_current(user_of(self.request)):
                return self.change(form)
        logout(self.request)
        return redirect("account_login")


class ActivateView(_OneAtATime, totp.ActivateTOTPView):
    def change(self, form) -> HttpResponse:
        response = totp.ActivateTOTPView.form_valid(self, form)
        user = user_of(self.request)
        row = take_first_code(user, form.counter)
        record_authentication(self.request, user, CODE, id=row.pk, type=row.type)
        end_other_sessions(self.request, user)
        return response


class DeactivateView(_OneAtATime, totp.DeactivateTOTPView):
    def change(self, form) -> HttpResponse:
        response = totp.DeactivateTOTPView.form_valid(self, form)
        user = user_of(self.request)
        forget_codes(self.request, user)
        end_other_sessions(self.request, user)
        return response


class SignInCodeView(AnswersTooSoon, base.AuthenticateView):
    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 302 and response["Location"] == reverse("account_login"):
            clear_login(request)  # the factor was taken off meanwhile: the sign-in page would lead back here
        return response


class GiveCodeView(AnswersTooSoon, base.ReauthenticateView):
    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        if getattr(self.request, "held", None) is not None:
            renew_key(self.request, user_of(self.request))
        return response


sign_in_code = SignInCodeView.as_view()
activate = never_cache(ActivateView.as_view())
deactivate = DeactivateView.as_view()
give_code = GiveCodeView.as_view()
