"""Adding a file to a report: what it is, which line it shows, and its caption."""

from django import forms
from django.utils.translation import gettext_lazy as _

from p2emas.documents.forms import PrivateFileForm
from p2emas.documents.kinds import JPEG
from programs.reporting.figures import FigureTable
from programs.reporting.report_parts import ReportAttachment


class AttachmentForm(PrivateFileForm):
    field_order = ["file", "kind", "line", "caption"]

    class Meta(PrivateFileForm.Meta):
        model = ReportAttachment
        fields = ["kind", "line", "caption"]
        labels = {"kind": _("Jenis lampiran"), "line": _("Kegiatan yang ditunjukkan")}
        help_texts = {"caption": _("Apa yang terlihat, di mana. Terbaca umum bila laporan disetujui.")}

    def __init__(self, *args, table: FigureTable, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("Foto (JPEG, PNG, WebP, HEIC), PDF, Excel, atau Word.")
        line: forms.ModelChoiceField = self.fields["line"]
        line.queryset = table.report.lines.all()
        names = [(row.line.pk, f"{row.number}. {row.plan_line.activity.name}, {row.place}") for row in table.rows]
        line.choices = [("", _("Seluruh laporan")), *names]

    def clean(self) -> dict:
        cleaned = super().clean()
        received = cleaned.get("file")
        if received and cleaned.get("kind") == ReportAttachment.Kind.PHOTO and received.content_type != JPEG:
            self.add_error("kind", _("Berkas ini bukan foto. Pilih jenis lain, misalnya Berita acara"))
        return cleaned
