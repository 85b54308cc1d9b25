"""Forms as a browser would send them: read from a page, with what is in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    action: str
    method: str
    identity: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of every control, ticked or not
    kinds: dict[str, str] = field(default_factory=dict)  # name -> "text", "file", "select", "submit", ...
    choices: dict[str, list[str]] = field(default_factory=dict)  # what each choice, box and button would send

    def add(self, name: str, value: str | None, kind: str) -> None:
        self.names.add(name)
        self.kinds[name] = kind
        if value is not None:
            self.fields.append((name, value))

    def filled(self, **values: str) -> list[tuple[str, str]]:
        """What is sent when ``values`` are typed over what is there; every name must exist in the form."""
        unknown = set(values) - self.names
        assert not unknown, f"the form has no {sorted(unknown)}, only {sorted(self.names)}"
        return [pair for pair in self.fields if pair[0] not in values] + list(values.items())


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.elsewhere: list[tuple[str, str, str | None, str]] = []  # form id, name, value, kind: controls with form=
        self.select: tuple[str, str | None] | None = None
        self.chosen: str | None = None
        self.textarea: tuple[str, str | None] | None = None
        self.text = ""

    def _add(self, name: str, value: str | None, form: str | None, kind: str) -> None:
        if form:
            self.elsewhere.append((form, name, value, kind))
        elif self.open is not None:
            self.open.add(name, value, kind)

    def _offer(self, name: str, value: str) -> None:
        if self.open is not None:
            self.open.choices.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name, form = known.get("name") or "", known.get("form")
        if tag == "form":
            self.open = PageForm(
                known.get("action") or "", (known.get("method") or "get").lower(), known.get("id") or ""
            )
            self.forms.append(self.open)
        elif tag == "input" and name and "disabled" not in known:
            kind = (known.get("type") or "text").lower()
            if kind in {"checkbox", "radio"}:
                value = (known.get("value", "on") or "") if "checked" in known else None
                self._offer(name, known.get("value", "on") or "")
            elif kind in {"submit", "image", "button"}:
                value = None
                self._offer(name, known.get("value") or "")
            else:
                value = None if kind == "file" else known.get("value") or ""
            self._add(name, value, form, kind)
        elif tag == "button" and name:
            self._add(name, None, form, "submit")
            self._offer(name, known.get("value") or "")
        elif tag == "select" and name:
            self.select, self.chosen = (name, form), None
        elif tag == "option" and self.select:
            self._offer(self.select[0], known.get("value") or "")
            if "selected" in known or self.chosen is None:
                self.chosen = known.get("value") or ""
        elif tag == "textarea" and name:
            self.textarea, self.text = (name, form), ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select" and self.select:
            self._add(self.select[0], self.chosen, self.select[1], "select")
            self.select = None
        elif tag == "textarea" and self.textarea:
            self._add(self.textarea[0], self.text.removeprefix("\n"), self.textarea[1], "textarea")
            self.textarea = None


def page_forms(html: str) -> list[PageForm]:
    """Every form of the page, with the controls that are elsewhere and name it by ``form=``."""
    parser = _Forms()
    parser.feed(html)
    by_identity = {form.identity: form for form in parser.forms if form.identity}
    for identity, name, value, kind in parser.elsewhere:
        if identity in by_identity:
            by_identity[identity].add(name, value, kind)
    return parser.forms


def page_form(html: str, *, having: str = "", to: str = "") -> PageForm:
    """The form of the page that has a control named ``having``, or that is sent to the address ``to``."""
    for form in page_forms(html):
        if (having and having in form.names) or (to and form.action == to):
            return form
    raise AssertionError(f"no form has a control {having!r}" if having else f"no form is sent to {to!r}")


def own_form(html: str, address: str) -> PageForm | None:
    """The form that the page at ``address`` sends to itself, or None."""
    parser = _Forms()
    parser.feed(html)
    own = (form for form in parser.forms if form.method == "post" and form.action in {"", ".", address})
    return next(own, None)
