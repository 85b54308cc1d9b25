"""Archives of XML under limits. The readers are called in this process: they are plain functions."""

import io
import zipfile

import pytest

from p2emas.documents.readers import archive, office
from p2emas.documents.readers.archive import Archive
from p2emas.documents.readers.wire import Refused
from tests.p2emas.documents import corpus


def nested(times: int) -> str:
    return "<a>" * times + "</a>" * times


@pytest.mark.parametrize(("parts", "piece"), [
    ({"xl/worksheets/sheet1.xml": nested(201)}, "terlalu dalam"),
    ({"xl/worksheets/sheet1.xml": nested(1_000_000)}, "terlalu besar"),  # by its ratio, before anything is parsed
    ({"xl/worksheets/sheet1.xml": "<row " * 60_000}, "rusak"),
    ({"xl/media/a.bin": b"\0" * 2_000_000}, "terlalu besar"),
    ({"xl/media/a.zip": corpus.zipped()}, "tertanam"),
    ({"xl/embeddings/a.xlsx": corpus.zipped()}, "rusak"),
    ({"xl/embeddings/a.xlsx": corpus.office(parts={"xl/embeddings/b.xlsx": corpus.office()})}, "tertanam"),
    ({"xl/embeddings/a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, "tertanam"),
])  # fmt: skip
def test_archive_beyond_a_limit_is_refused_for_its_reason(parts, piece):
    with pytest.raises(Refused, match=piece):
        office.check(corpus.office(parts=parts), "xlsx")


def test_limits_leave_room():
    chart = {"xl/embeddings/Microsoft_Excel_Worksheet.xlsx": corpus.office(), "xl/charts/c.xml": nested(200)}

    assert office.check(corpus.office(parts=chart), "xlsx") == 4


def test_odd_compression_and_overlapping_parts_are_refused():
    with pytest.raises(Refused, match="tidak wajar"):
        office.check(corpus.office(compression=zipfile.ZIP_LZMA), "xlsx")

    data = bytearray(corpus.office(parts={f"xl/{n}.bin": b"%d" % n * 500 for n in range(20)}, compression=0))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # each claims all that follows
        data[at + 20 : at + 24] = (9_000).to_bytes(4, "little")
        at += 4
    with pytest.raises(Refused, match="tidak wajar"):
        office.check(bytes(data), "xlsx")


def test_walk_tells_elements_and_text_as_they_come():
    opened = Archive(corpus.office(parts={"xl/a.xml": '<a x="1"><b>tiga</b></a>'}))
    told = []

    opened.walk(
        "xl/a.xml",
        start=lambda tag, attributes: told.append((tag, attributes)),
        end=told.append,
        text=told.append,
    )

    assert told == [("a", {"x": "1"}), ("b", {}), "tiga", "b", "a"]


def test_part_that_is_not_there_is_a_sentence():
    with pytest.raises(Refused, match="rusak"):
        list(Archive(corpus.office()).pieces("xl/nowhere.xml"))


def test_part_is_never_held_whole(monkeypatch):
    monkeypatch.setattr(archive, "PIECE", 10)
    opened = Archive(corpus.office(parts={"xl/a.bin": b"x" * 95}))

    assert [len(piece) for piece in opened.pieces("xl/a.bin")] == [10] * 9 + [5]


def test_sheet_formatted_to_its_last_row_passes():
    rows = "".join(f'<row r="{number}" spans="1:5" s="3" customFormat="1"/>' for number in range(1, 200_001))
    out = io.BytesIO(corpus.office(parts={"xl/worksheets/sheet1.xml": f"<worksheet>{rows}</worksheet>"}))

    assert office.check(out.getvalue(), "xlsx") == 3
