"""The bare pages, and Django's own admin with one list."""

from django.contrib import admin
from django.urls import path

from benchmarks import views
from programs.models import ProgressReport


class StockAdmin(admin.AdminSite):
    def has_permission(self, request) -> bool:
        return request.user.is_active and request.user.is_superuser


class ReportAdmin(admin.ModelAdmin):
    list_display = ("number", "agency", "period", "status", "due_on", "first_submitted_at")
    list_select_related = ("agency", "period")
    list_per_page = 100
    list_filter = ("period", "agency", "status")  # the filters and the search that the report list offers
    search_fields = ("pk",)


stock = StockAdmin()
stock.register(ProgressReport, ReportAdmin)

urlpatterns = [
    path("bare/laporan/", views.report_rows),
    path("bare/baris/<int:pk>/", views.line_rows),
    path("bare/admin/", stock.urls),
]
