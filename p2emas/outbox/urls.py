from django.urls import path

from . import views

app_name = "outbox"
urlpatterns = [
    path("pengingat/", views.message_list, name="message-list"),
    path("pengingat/kirim/", views.message_release, name="message-release"),
    path("pengingat/<int:pk>/", views.message_detail, name="message-detail"),
    path("pengingat/<int:pk>/surat.pdf", views.message_paper, {"form": "pdf"}, name="message-pdf"),
    path("pengingat/<int:pk>/surat.docx", views.message_paper, {"form": "docx"}, name="message-docx"),
    path("pengingat/<int:pk>/batalkan/", views.message_discard, name="message-discard"),
    path("pengingat/<int:pk>/coba-lagi/", views.message_retry, name="message-retry"),
]
