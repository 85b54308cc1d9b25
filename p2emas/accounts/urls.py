"""Sign-in and one's own account. allauth's own names stay without a namespace."""

from allauth.account import views as account
from django.urls import path, re_path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("lupa-sandi/", account.password_reset, name="account_reset_password"),
    path("lupa-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("lupa-sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/pastikan/", account.reauthenticate, name="account_reauthenticate"),
]
