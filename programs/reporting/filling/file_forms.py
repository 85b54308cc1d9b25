"""Adding a file to a report: what it is, which line it shows, and its caption."""

from collections.abc import Mapping

from p2emas.documents.forms import PrivateFileForm
from p2emas.documents.kinds import JPEG
from p2emas.ui.forms import field_of
from p2emas.ui.layout import Button, Rest, drawn_helper
from p2emas.ui.rows import Offer, RowField
from programs.reporting.filling.figures import FigureTable
from programs.reporting.reports.parts import ReportAttachment, ReportLine


class LineField(RowField):
    """A line as the table of the report numbers it."""

    search_fields = ("plan_line__activity__name", "plan_line__activity__code")
    names: Mapping[int, str] = {}

    def label_from_instance(self, line: ReportLine) -> str:
        return self.names[line.pk]


class AttachmentForm(PrivateFileForm):
    helper = drawn_helper(Rest(), Button("Unggah berkas", "btn-outline-primary"))
    line = LineField(
        ReportLine.objects.none(),
        label="Kegiatan yang ditunjukkan",
        required=False,
        empty_label="Seluruh laporan",
    )

    field_order = ["file", "kind", "line", "caption"]

    class Meta(PrivateFileForm.Meta):
        model = ReportAttachment
        fields = ["kind", "line", "caption"]
        labels = {"kind": "Jenis lampiran"}
        help_texts = {"caption": "Apa yang terlihat, di mana. Terbaca umum bila laporan disetujui."}

    def __init__(self, *args, table: FigureTable, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = "Foto (JPEG, PNG, WebP, HEIC), PDF, Excel, atau Word."
        line = field_of(self, "line", LineField)
        line.use(Offer.at_hand(table.report.lines.all(), [row.line for row in table.rows]))
        line.names = {row.line.pk: f"{row.number}. {row.plan_line.activity.name}, {row.place}" for row in table.rows}

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        received = cleaned.get("file")
        if received and cleaned.get("kind") == ReportAttachment.Kind.PHOTO and received.content_type != JPEG:
            self.add_error("kind", "Berkas ini bukan foto. Pilih jenis lain, misalnya Berita acara")
        return cleaned
