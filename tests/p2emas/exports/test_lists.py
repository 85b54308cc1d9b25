"""A list described column by column: its headings, and under each what a record has."""

from types import SimpleNamespace

from p2emas.exports.lists import ListFile

COLUMNS = (
    ("Kode", lambda record: record.code),
    ("Nama", lambda record: record.name),
    ("Data contoh", lambda record: record.is_sample),
)


def test_each_heading_has_what_its_record_says():
    records = (SimpleNamespace(code=f"0{n}", name=f"Desa {n}", is_sample=n == 2) for n in (1, 2))

    made = ListFile.of("desa", "Daftar desa", COLUMNS, records, source="Uji")

    assert (made.name, made.title, made.header, made.source) == (
        "desa",
        "Daftar desa",
        ["Kode", "Nama", "Data contoh"],
        "Uji",
    )
    assert list(made.rows) == [["01", "Desa 1", False], ["02", "Desa 2", True]]


def test_list_without_records_has_its_headings():
    answer = ListFile.of("desa", "Daftar desa", COLUMNS, []).as_csv()

    assert answer.content.decode("utf-8-sig").splitlines() == ["Kode;Nama;Data contoh"]
