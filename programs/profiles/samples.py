"""Whether what a page shows rests on invented data (DATA CONTOH)."""

from collections.abc import Iterable
from typing import Protocol


class MaybeSample(Protocol):
    @property
    def is_sample(self) -> bool: ...


def any_sample(*groups: Iterable[MaybeSample]) -> bool:
    return any(part.is_sample for group in groups for part in group)
