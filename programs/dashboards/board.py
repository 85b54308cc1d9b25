"""Which indicators there are. One that comes with a later room gets its line here."""

from collections.abc import Callable

from programs.dashboards.answers import Answer
from programs.dashboards.focus import agencies_answer, focus_answer
from programs.dashboards.outcomes import outcomes_answer
from programs.dashboards.passed_on import passed_on_answer
from programs.dashboards.progress import progress_answer
from programs.dashboards.reachable import reachable_answer
from programs.dashboards.scope import Scope
from programs.dashboards.stuck import stuck_answer
from programs.dashboards.timely import timely_answer
from programs.dashboards.together import together_answer

INDICATORS: dict[str, Callable[[Scope], Answer]] = {
    "fokus": focus_answer,
    "skpd": agencies_answer,
    "serempak": together_answer,
    "tepat-waktu": timely_answer,
    "realisasi": progress_answer,
    "tersendat": stuck_answer,
    "hasil": outcomes_answer,
    "kesiapan": passed_on_answer,
    "sempat": reachable_answer,
}


def answers_for(scope: Scope) -> list[Answer]:
    return [answer(scope) for answer in INDICATORS.values()]
