"""The papers that can be asked for, in the order in which the page offers them."""

from programs.recaps.description import RecapPaper
from programs.recaps.e81 import E81, E81_WIDE

PAPERS: tuple[RecapPaper, ...] = (E81, E81_WIDE)
OF_CODE = {paper.code: paper for paper in PAPERS}
