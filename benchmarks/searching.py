"""The search with 1,000 and with 100,000 records, beside the bare list page and beside itself."""

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from benchmarks.goals import SEARCHED
from benchmarks.measuring import Page, measure, ratio

if TYPE_CHECKING:
    from benchmarks.__main__ import Bench

EXACT = "Ensaid Panjang"  # a village of both seeds
# What a coordinator asks, and the most that it may grow from 1,000 to 100,000 records.
QUESTIONS = {
    "exact name": (EXACT, 1.3),
    "exact number": ("61.05.01.2001", 1.3),
    "words of a name": ("panjang ensaid", 1.3),
    "frequent and rare word": ("kelompok babi", None),
    "misspelt name": ("ensait panyang", 2.0),
    "misspelt word": ("ensiad", 2.0),
    "frequent word": ("kelompok", None),
    "frequent beginning": ("LAP-2019-T3", None),
}


def measure_search(bench: "Bench") -> None:
    few, found = bench.installation("search")
    many, found_many = bench.installation("search, many")
    server, server_many = bench.project_server(few), bench.project_server(many)
    reader, reader_many = few.session_of("coordinator"), many.session_of("coordinator")
    pages = [Page("bare", server, "/bare/laporan/", reader)]
    for name, (text, _growth) in QUESTIONS.items():
        path = f"/cari/?cari={quote_plus(text)}"
        pages += [Page(name, server, path, reader), Page(f"{name}, many", server_many, path, reader_many)]
    times = measure(pages, rounds=bench.rounds)
    bench.show(times)
    for name, (_text, growth) in QUESTIONS.items():
        bench.at_most(f"search: {name} / bare list page of 100 rows", ratio(times, name, "bare"), SEARCHED)
        many_records = f"{found['records']:,} -> {found_many['records']:,} records"
        times_as_long = ratio(times, f"{name}, many", name)
        if growth is None:
            bench.aside(f"  growth {many_records}", times_as_long)
        else:
            bench.at_most(f"  growth {many_records}", times_as_long, growth)
