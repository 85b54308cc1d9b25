"""Tables of three hundred lines that are sent back, each beside opening the page that it came from."""

import html
import io
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.goals import SAVING
from tests.serving import Answer, Visitor

if TYPE_CHECKING:
    from benchmarks.__main__ import Bench

FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value|type|checked)\b(?:="([^"]*)")?')
KEY = re.compile(r"/(\d+)/$")
LINES = 300
VILLAGES = 416  # target locations of the wide seed


class Saving:
    """The writes of one run on the wide seed; ``facts`` gets the keys that addresses of later goals need."""

    def __init__(self, bench: "Bench", url: str, sessions: dict[str, str], facts: dict) -> None:
        self.bench, self.facts = bench, facts
        self.people = {user: Visitor(url, session=session, timeout=120) for user, session in sessions.items()}
        self.rounds = max(3, bench.rounds // 4)

    def _beside(self, goal: str, page: str, user: str, send: Callable[[int, Answer], Answer]) -> None:
        """The median of sending, as a multiple of opening the page just before it."""
        pairs = []
        for number in range(self.rounds):
            opened, answer = _timed(lambda: self.people[user].get(page))
            taken, sent = _timed(lambda number=number, answer=answer: send(number, answer))
            if sent.status != 302:
                raise RuntimeError(f"{goal}: {sent.status} on {page}")
            pairs.append(taken / opened)
        self.bench.at_most(goal, sorted(pairs)[len(pairs) // 2], SAVING)

    def figures(self) -> None:
        """Every physical figure a little higher."""
        page = "/laporan/{report}/realisasi/".format(**self.facts)

        def send(number: int, opened: Answer) -> Answer:
            return self.people["operator"].post(page, fields_of(opened.text, f"{70 + number},5"))

        self._beside("saving 300 lines / opening them, wide", page, "operator", send)

    def draft(self) -> None:
        """The whole table as the page keeps it while somebody types."""
        person = self.people["operator"]
        fields = fields_of(person.get("/laporan/{report}/realisasi/".format(**self.facts)).text, "81,25")
        self.facts["typed"] = fields["isian"]
        kept = person.post("/isian/realisasi/{report}/simpan/".format(**self.facts), fields)
        if kept.status != 200:
            raise RuntimeError(f"keeping a draft: {kept.status}")

    def lane(self) -> None:
        """Cells of all lines pasted, compared and applied; the last upload is left with its differences."""
        person, record = self.people["operator"], "/isian-excel/laporan/{report}/".format(**self.facts)
        opened = fields_of(person.get("/laporan/{report}/realisasi/".format(**self.facts)).text)
        keys = [name.removesuffix("-physical_to_date") for name in opened if name.endswith("-physical_to_date")]

        def pasted(share: str) -> str:
            rows = [f"{key}\t{share}" for key in keys]
            sent = person.post(record, {"tempelan": "\n".join(["Kode\tRealisasi fisik (%)", *rows])})
            if sent.status != 302:
                raise RuntimeError(f"pasting: {sent.status}")
            return sent.headers["Location"]

        pairs = []
        for number in range(self.rounds):
            page = pasted(f"{60 + number},75")
            opened_in, answer = _timed(lambda page=page: person.get(page))
            fields = fields_of(answer.text)
            applied_in, sent = _timed(lambda page=page, fields=fields: person.post(f"{page}pakai/", fields))
            if sent.status != 302:
                raise RuntimeError(f"applying: {sent.status}")
            pairs.append(applied_in / opened_in)
        goal = "applying 300 lines of a workbook / opening its differences, wide"
        self.bench.at_most(goal, sorted(pairs)[len(pairs) // 2], SAVING)
        self.facts["upload"] = _key(pasted("44,25"))

    def plan_file(self) -> None:
        """A year's plan as a file, compared, applied and taken back; the last one stays applied."""
        person, content, pairs = self.people["writer"], plan_workbook(), []
        about = {"agency": str(self.facts["second"]), "year": "2020"}
        for number in range(self.rounds):
            file = {"berkas": ("rencana.xlsx", content)}
            read_in, sent = _timed(lambda file=file: person.post("/rencana/berkas/", about, file))
            page = sent.headers["Location"]
            opened_in, answer = _timed(lambda page=page: person.get(page))
            if "kolom-" in answer.text:
                person.post(f"{page}kolom/", fields_of(answer.text))
                opened_in, answer = _timed(lambda page=page: person.get(page))
            fields = {"version": fields_of(answer.text).get("version", "0")}
            applied_in, sent = _timed(lambda page=page, fields=fields: person.post(f"{page}pakai/", fields))
            if sent.status != 302:
                raise RuntimeError(f"applying a plan: {sent.status}")
            pairs.append((read_in / opened_in, applied_in / opened_in))
            self.facts["brought"] = _key(sent.headers["Location"])
            if number < self.rounds - 1:
                person.post(f"{page}batalkan/", {})
        again = {"berkas": ("rencana.xlsx", plan_workbook(more=250_000))}
        self.facts["file"] = _key(person.post("/rencana/berkas/", about, again).headers["Location"])
        for at, goal in enumerate(("reading", "applying")):
            ratios = sorted(pair[at] for pair in pairs)
            self.bench.at_most(
                f"{goal} a plan of 300 lines from a file / opening its differences, wide",
                ratios[len(ratios) // 2],
                SAVING,
            )


def fields_of(text: str, physical: str = "") -> dict[str, str]:
    """What the form would send, with ``physical`` in every physical figure."""
    found = {}
    for tag in FIELD.findall(text):
        attributes = dict(ATTRIBUTE.findall(tag))
        name = attributes.get("name")
        if not name or (attributes.get("type") == "checkbox" and "checked" not in attributes):
            continue
        found[name] = html.unescape(attributes.get("value", ""))
        if physical and name.endswith("physical_to_date"):
            found[name] = physical
    return found


def plan_workbook(more: int = 0) -> bytes:
    """One sheet as an agency has it: each row an activity with its indicator and its line."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(
        ["Kode kegiatan", "Nama kegiatan", "Nama program", "Sasaran program", "Indikator", "Satuan indikator",
         "Jenis rumus", "Sumber data indikator", "Target indikator", "Nilai awal",
         "Tahun nilai awal", "Sumber nilai awal", "Tempat", "Komoditas",
         "Mata rantai", "Sumber dana", "Bulan mulai", "Volume", "Satuan", "Pagu (Rp)",
         *(f"Keuangan s.d. TW {each} (Rp)" for each in ("I", "II", "III", "IV")),
         *(f"Fisik s.d. TW {each} (%)" for each in ("I", "II", "III", "IV"))]
    )  # fmt: skip
    for n in range(LINES):
        amount = 20_000_000 + n * 500_000 + more
        sheet.append(
            [f"2.01.03.{n // 50:02d}.{n % 50:02d}", f"Pembinaan usaha baru tahap {n}", f"Peningkatan {n // 50}",
             f"Sasaran {n % 4}", "Jumlah kelompok dibina", "kelompok", "Tren positif", "Bidang usaha", n % 7 + 2,
             n % 4, 2018, "Laporan tahunan", f"Desa Nomor {n * 7 % VILLAGES:03d}",
             "kopi", "Bibit", "DAU", n % 12 + 1, n % 40 + 1, "paket",
             amount,
             *(amount * quarter // 4 for quarter in (1, 2, 3, 4)), *(quarter * 25 for quarter in (1, 2, 3, 4))]
        )  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _timed(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    begun = time.perf_counter()
    answer = ask()
    return time.perf_counter() - begun, answer


def _key(address: str) -> int:
    found = KEY.search(address)
    if found is None:
        raise RuntimeError(f"no key in {address}")
    return int(found[1])
