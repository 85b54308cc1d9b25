"""What BAPPEDA does with reports; included by ``urls`` into the namespace "reporting"."""

from django.urls import path

from programs.reporting.compliance import due_date_views, remind_views
from programs.reporting.compliance import views as compliance_views
from programs.reporting.periods import lock_views as period_lock_views
from programs.reporting.reopening import views as reopening_views
from programs.reporting.verification import views as verification_views

urlpatterns = [
    path("verifikasi/", verification_views.verification_queue, name="verification-queue"),
    path("verifikasi/mulai/", verification_views.verification_start, name="verification-start"),
    path("verifikasi/berikutnya/", verification_views.verification_next, name="verification-next"),
    path("verifikasi/selesai/", verification_views.verification_summary, name="verification-summary"),
    path("laporan/<int:pk>/verifikasi/", verification_views.verification_decide, name="verification-decide"),
    path("laporan/<int:pk>/verifikasi/mulai/", verification_views.verification_claim, name="verification-claim"),
    path("laporan/<int:pk>/batalkan-keputusan/", verification_views.decision_undo, name="decision-undo"),
    path("laporan/<int:pk>/minta-dibuka-kembali/", reopening_views.report_ask_reopen, name="report-ask-reopen"),
    path("permintaan-koreksi/<int:pk>/langkah/<str:name>/", reopening_views.reopen_step, name="reopen-step"),
    path("laporan/<int:pk>/tenggat/", due_date_views.due_date_change, name="due-date-change"),
    path("kepatuhan/", compliance_views.compliance, name="compliance"),
    path("kepatuhan/ingatkan/", remind_views.reminder_send, name="reminder-send"),
    path("kepatuhan/ingatkan/surat.pdf", remind_views.reminder_paper, {"form": "pdf"}, name="reminder-pdf"),
    path("kepatuhan/ingatkan/surat.docx", remind_views.reminder_paper, {"form": "docx"}, name="reminder-docx"),
    path("kepatuhan/tenggat/", due_date_views.due_date_bulk, name="due-date-bulk"),
    path("periode/<int:pk>/kunci/", period_lock_views.period_lock, name="period-lock"),
    path("periode/<int:pk>/buka-kembali/", period_lock_views.period_reopen, name="period-reopen"),
]
