"""The papers that can be asked for, in the order in which the page offers them."""

from programs.recaps.description import RecapPaper
from programs.recaps.e81 import E81, E81_WIDE
from programs.recaps.rfk import RFK
from programs.recaps.rkpd import RKPD

PAPERS: tuple[RecapPaper, ...] = (E81, E81_WIDE, RKPD, RFK)
OF_CODE = {paper.code: paper for paper in PAPERS}
