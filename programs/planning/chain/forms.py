"""Answering what a chain lacks or has twice: one sentence for each finding, in one saving."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2emas.accounts.models import Agency
from programs.planning.chain.matrix import ChainFinding, VillageChain
from programs.planning.chain.models import ChainAnswer

LONGEST = 300


@dataclass
class AnswerBox:
    """The box of one finding for one agency. ``seen`` says which answer the page showed; "" for none."""

    finding: ChainFinding
    agency_id: int
    agency_name: str
    stored: ChainAnswer | None
    text: str
    seen: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"jawaban-{self.finding.key}"

    @property
    def is_changed(self) -> bool:
        return self.text != (self.stored.text if self.stored else "")


class AnswersForm:
    """The boxes of the findings that concern ``agency``; what was typed stays in a box that is refused."""

    def __init__(self, chain: VillageChain, agency: Agency | None, data: Mapping[str, str] | None = None) -> None:
        self.chain = chain
        self.boxes = {} if agency is None else {
            each.key: self._box(each, agency, data) for each in chain.findings if each.concerns(agency.pk)
        }  # fmt: skip

    def _box(self, finding: ChainFinding, agency: Agency, data: Mapping[str, str] | None) -> AnswerBox:
        stored = next((each for each in finding.answers if each.agency_id == agency.pk), None)
        now = stamp_of(stored)
        box = AnswerBox(finding, agency.pk, agency.short_name, stored, stored.text if stored else "", now)
        if data is None or box.name not in data:
            return box
        box.text = " ".join(data[box.name].replace("\x00", "").split())
        if len(box.text) > LONGEST:
            box.error = f"Jawaban paling panjang {LONGEST} huruf, ini {len(box.text)}"
        elif box.is_changed and data.get(f"{box.name}-seen", "") != now:
            said = f"“{stored.text}”" if stored else "jawaban kosong"
            box.error = f"Orang lain menyimpan lebih dahulu: {said}. Simpan lagi untuk menggantinya"
        return box

    def box_of(self, finding: ChainFinding) -> AnswerBox | None:
        return self.boxes.get(finding.key)

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"id": f"id_{box.name}", "message": box.error} for box in self.boxes.values() if box.error]

    @property
    def changed(self) -> list[AnswerBox]:
        return [box for box in self.boxes.values() if box.is_changed and not box.error]


def stamp_of(answer: ChainAnswer | None) -> str:
    return f"{answer.pk}-{answer.answered_at.timestamp():.6f}" if answer else ""
