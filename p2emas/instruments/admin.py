"""Back office of regulations that fix nothing. Minutes are written on their own pages."""

from django.contrib import admin

from p2emas.documents.admin import InstrumentAdmin, ScanInline
from p2emas.instruments.models import Regulation, RegulationFile


class RegulationFileInline(ScanInline):
    model = RegulationFile


@admin.register(Regulation)
class RegulationAdmin(InstrumentAdmin):
    file_model = RegulationFile
    list_display = ["__str__", "about", "dated", "is_public"]
    list_filter = ["is_public"]
    search_fields = ["number", "about"]
    search_help_text = "Cari nomor atau judul peraturan"
    inlines = [RegulationFileInline]
    fieldsets = [
        (None, {"fields": ["number", "dated", "about", "is_public"]}),
        ("Penanda tangan", {"fields": ["signer_name", "signer_nip", "signer_rank", "signer_title"]}),
        ("Asal isi", {"fields": ["text", "source", "is_sample"]}),
    ]
