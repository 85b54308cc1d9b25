from django.urls import path

from . import absence_views, public_views, trace_views, views

app_name = "staffing"
urlpatterns = [
    path("pengguna/", views.user_list, name="user-list"),
    path("pengguna/undang/", views.user_invite, name="user-invite"),
    path("pengguna/jejak/", trace_views.trace_list, name="trace-list"),
    path("pengguna/<int:pk>/", views.user_detail, name="user-detail"),
    path("pengguna/<int:pk>/ubah/", views.user_edit, name="user-edit"),
    path("pengguna/<int:pk>/penugasan/", views.assignment_add, name="assignment-add"),
    path("pengguna/<int:pk>/penugasan/<int:assignment_pk>/akhiri/", views.assignment_end, name="assignment-end"),
    path("pengguna/<int:pk>/nonaktifkan/", views.user_deactivate, name="user-deactivate"),
    path("pengguna/<int:pk>/aktifkan/", views.user_reactivate, name="user-reactivate"),
    path("pengguna/<int:pk>/undang-lagi/", views.invitation_resend, name="invitation-resend"),
    path("pengguna/<int:pk>/tautan-undangan/", trace_views.invitation_copy, name="invitation-copy"),
    path("pengguna/<int:pk>/surat-akun.<str:form>", trace_views.account_paper, name="account-paper"),
    path("pengguna/<int:pk>/kata-sandi/", trace_views.password_link, name="password-link"),
    path("pengganti/", absence_views.absence_list, name="absence-list"),
    path("pengganti/minta/", absence_views.absence_ask, name="absence-ask"),
    path("pengganti/<int:pk>/", absence_views.absence_detail, name="absence-detail"),
    path("pengganti/<int:pk>/langkah/<str:name>/", absence_views.absence_step, name="absence-step"),
    path("pengganti/<int:pk>/riwayat/", absence_views.absence_history, name="absence-history"),
    path("lupa-sandi/kode/", public_views.phone_code, name="phone-code"),
    path("undangan/<slug:uid>/<slug:token>/", public_views.invitation, name="invitation"),
]
