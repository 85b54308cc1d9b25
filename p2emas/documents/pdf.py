"""PDF by typst: templates of ours, text of users only as data, no packages and no fonts of the machine."""

import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from p2emas.documents.turns import strangers_turn
from p2emas.serving.plain_text import plain_data

TEMPLATES = Path(__file__).resolve().parent / "typst"
HEAD = "_head.typ"  # what several templates share


def compile_pdf(template: str, data: Mapping[str, object], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of ``typst/<template>`` with ``data`` (reads it as ``json(bytes(sys.inputs.data))``).

    ``files`` are beside the template under their names (drawings). Typst sees nothing else of the disk.
    """
    import typst  # 20 MB, needed by few requests

    with tempfile.TemporaryDirectory(prefix="p2emas-pdf-") as folder:
        place = Path(folder)
        (place / "main.typ").write_bytes((TEMPLATES / template).read_bytes())
        (place / HEAD).write_bytes((TEMPLATES / HEAD).read_bytes())
        for name, content in (files or {}).items():
            (place / Path(name).name).write_bytes(content)
        text = json.dumps(plain_data(data), ensure_ascii=False, default=str)
        with strangers_turn("pdf"):
            return typst.compile(
                str(place / "main.typ"),
                root=folder,
                format="pdf",
                sys_inputs={"data": text},
                ignore_system_fonts=True,
            )


def qr_svg(text: str) -> bytes:
    """A QR code as a drawing, dark on nothing, with the quiet zone that readers need."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue()
