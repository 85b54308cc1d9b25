"""Sign-in and one's own account. allauth's own names stay without a namespace."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache

from .second_factor import views as second_factor_views
from .sign_in import views

own = ([path("", views.profile, name="profile")], "accounts")

# Pages with the secret or the codes stay in no browser's store, where the next person at the machine finds them.
second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("masuk/", second_factor_views.sign_in_code, name="mfa_authenticate"),
    path("pastikan/", second_factor_views.give_code, name="mfa_reauthenticate"),
    path("pasang/", second_factor_views.activate, name="mfa_activate_totp"),
    path("lepas/", second_factor_views.deactivate, name="mfa_deactivate_totp"),
    path("kode-cadangan/", never_cache(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("kode-cadangan/baru/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "kode-cadangan/unduh/", never_cache(recovery_codes.download_recovery_codes), name="mfa_download_recovery_codes"
    ),
]

urlpatterns = [
    path("masuk/", views.sign_in, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("lupa-sandi/", account.password_reset, name="account_reset_password"),
    path("lupa-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("lupa-sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("akun/", include(own)),
    path("akun/tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("akun/sandi/", views.change_password, name="account_change_password"),
    path("akun/pastikan/", views.password_again, name="account_reauthenticate"),
    path("akun/sesi/", views.session_list, name="usersessions_list"),
    path("akun/dua-langkah/", include(second_factor)),
]
