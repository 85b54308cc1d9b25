"""What the search contributes to the frame; see ``p2emas/registry``."""

from p2emas.registry.kinds import Contributions
from p2emas.search import help_topics, integrity
from p2emas.search.models import SearchWord, Spelling

CONTRIBUTIONS = Contributions(
    search_kinds=(help_topics.HELP,),
    checks={"Pencarian": integrity.search_words},
    not_personal={SearchWord: "word kind", Spelling: "key word"},
)
