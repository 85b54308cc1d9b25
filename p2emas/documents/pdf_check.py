"""PDF files: whole, readable without a password, and without script, commands or files inside."""

from p2emas.documents.readers.reading import Reader

PDF_FILE = Reader(
    name="pdf",
    module="p2emas.documents.readers.pdf",
    limit="READ_PDF_SECONDS",
    too_long="Berkas PDF ini terlalu lama dibuka. Cetak ulang menjadi PDF biasa, atau bagi menjadi beberapa berkas.",
    too_large="Isi berkas PDF ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.",
    broken="Berkas PDF ini rusak atau terpotong. Simpan ulang, lalu unggah lagi.",
    most=1_000_000,
)


def check_pdf(data: bytes) -> None:
    """Raise ``FileRefused`` with the sentence that says what is wrong with ``data``, a file that begins as a PDF."""
    PDF_FILE.read(data)
