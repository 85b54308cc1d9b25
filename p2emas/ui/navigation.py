"""Draws the menu of who asks: each room contributes its entries, ``programs/dashboards/menus.py`` who sees which.

Roles are compared by code: this room is below ``accounts``. The pages themselves know every role of a person.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from p2emas.registry.contributions import menus
from p2emas.registry.kinds import MenuEntry, RoleMenu


@dataclass
class Link:
    label: str
    url: str
    current: bool


@dataclass
class LinkGroup:
    title: str
    links: list[Link]


@dataclass
class Menu:
    """``links`` of the bar, and ``groups`` with every page, those of the bar too."""

    links: list[Link] = field(default_factory=list)
    groups: list[LinkGroup] = field(default_factory=list)

    @property
    def more_current(self) -> bool:
        """Whether the page that is open is only in the groups."""
        return not any(link.current for link in self.links) and any(
            link.current for group in self.groups for link in group.links
        )


def menu(request: HttpRequest) -> Menu:
    """The menu of who asks, with the page that is open marked."""
    entries = menu_of(getattr(request, "user", None))
    shown = dict.fromkeys([*entries.bar, *(entry for group in entries.groups for entry in group.entries)])
    claimed = [entry for entry in shown if entry.claims and re.match(entry.claims, request.path)]
    groups = [LinkGroup(group.title, _links(group.entries, request.path, claimed)) for group in entries.groups]
    return Menu(_links(entries.bar, request.path, claimed), groups)


def menu_of(user) -> RoleMenu:
    """What ``user`` (None: nobody has signed in) sees; of several roles, the menu of the first that has one."""
    if user is None or not user.is_authenticated:
        return menus().public
    codes = {str(code) for code in user.role_codes}
    for role, entries in menus().of_roles.items():
        if role in codes:
            return entries
    return menus().superuser if user.is_superuser else menus().without_role


def _links(entries: tuple[MenuEntry, ...], path: str, claimed: list[MenuEntry]) -> list[Link]:
    links = []
    for entry in entries:
        url = _url(entry.name)
        current = entry in claimed if claimed else path == url or (url != "/" and path.startswith(url))
        links.append(Link(entry.label, url, current))
    return links


@cache  # a page asks for twenty, and no address changes while the process lives
def _url(name: str) -> str:
    return reverse(name)
