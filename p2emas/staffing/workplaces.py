"""Where somebody works within an assignment. Rooms above know villages; the page of a person only shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from p2emas.accounts.models import Assignment
from p2emas.workflow.hooks import Hook


@dataclass(frozen=True)
class Workplace:
    """``slug`` of a village that has a page; "" for the whole regency."""

    name: str
    slug: str = ""


workplaces_of: "Hook[[Iterable[Assignment]], dict[int, list[Workplace]]]" = Hook("the places of an assignment")
