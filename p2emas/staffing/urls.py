from django.urls import path

from . import public_views, trace_views, views

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
    path("pengguna/<int:pk>/kata-sandi/", trace_views.password_link, name="password-link"),
    path("undangan/<slug:uid>/<slug:token>/", public_views.invitation, name="invitation"),
]
