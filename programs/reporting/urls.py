"""Addresses of quarters and reports. What BAPPEDA does with a report is in ``verification_urls``."""

from django.urls import include, path

from programs.reporting.filling import file_views
from programs.reporting.filling import views as fill_views
from programs.reporting.periods import version_views
from programs.reporting.periods import views as period_views
from programs.reporting.printing import views as print_views
from programs.reporting.reading import views
from programs.reporting.sending import views as send_views

app_name = "reporting"
urlpatterns = [
    path("periode/", period_views.period_list, name="period-list"),
    path("periode/buka/", period_views.period_open, name="period-open"),
    path("periode/<int:pk>/", period_views.period_detail, name="period-detail"),
    path("laporan/", views.report_list, name="report-list"),
    path("laporan/<int:pk>/", views.report_detail, name="report-detail"),
    path("laporan/<int:pk>/rencana/", version_views.report_take_plan, name="report-take-plan"),
    path("laporan/<int:pk>/realisasi/", fill_views.report_figures, name="report-figures"),
    path("laporan/<int:pk>/indikator/", fill_views.report_indicators, name="report-indicators"),
    path("laporan/<int:pk>/kendala/", fill_views.report_obstacles, name="report-obstacles"),
    path("laporan/<int:pk>/lampiran/", file_views.report_files, name="report-files"),
    path("laporan/<int:pk>/foto/", file_views.report_photos, name="report-photos"),
    path(
        "laporan/<int:pk>/lampiran/video/<int:line>/hapus/", file_views.report_video_remove, name="report-video-remove"
    ),
    path("laporan/<int:pk>/lampiran/<int:file_pk>/hapus/", file_views.report_file_remove, name="report-file-remove"),
    path("laporan/<int:pk>/langkah/<str:name>/", views.report_step, name="report-step"),
    path("laporan/<int:pk>/riwayat/", views.report_history, name="report-history"),
    path("laporan/<int:pk>/periksa/", send_views.report_check, name="report-check"),
    path("laporan/<int:pk>/cetak.pdf", print_views.report_paper, name="report-paper"),
    path("laporan/<int:pk>/nomor-surat/", print_views.report_letter, name="report-letter"),
    path("laporan/<int:pk>/terkirim/", send_views.report_receipt, name="report-receipt"),
    path("laporan/<int:pk>/terkirim/tanda-terima.pdf", send_views.report_receipt_pdf, name="report-receipt-pdf"),
    path("", include("programs.reporting.verification_urls")),
]
