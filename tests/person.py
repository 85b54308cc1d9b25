"""Somebody in front of a browser without JavaScript, for stories through the client."""

import re
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.filled import page_form
from tests.programs.reporting.helpers import text_of


class Person:
    """Follows a link that the page shows, types into the form that it shows, sends it; and no more."""

    def __init__(self, client: Client) -> None:
        self.client, self.path, self.response = client, "", None
        self.user = getattr(client, "user", None)

    def open(self, path: str, *, status: int = 200) -> "Person":
        return self._arrive(path, self.client.get(path, follow=True), status)

    def follow(self, words: str) -> "Person":
        """The link with those words on the page."""
        found = re.findall(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', self.response.content.decode(), re.DOTALL)
        targets = [href for href, label in found if words in " ".join(re.sub(r"<[^>]+>", " ", label).split())]
        assert targets, f"no link {words!r} on {self.path}"
        return self.open(urljoin(self.path, targets[0].replace("&amp;", "&")))

    def send(self, *, having: str = "", to: str = "", button: str = "", status: int = 200, **typed: object) -> "Person":
        """The form with the control ``having`` (or that goes ``to`` an address), ``typed`` over what is in it."""
        form = page_form(self.response.content.decode(), having=having, to=to)
        files = {name: value for name, value in typed.items() if isinstance(value, SimpleUploadedFile)}
        values = {name: str(value) for name, value in typed.items() if name not in files}
        assert set(files) <= form.names
        data: dict[str, object] = dict(files)
        for name, value in form.filled(**values, **({button: "1"} if button else {})):
            data[name] = [*data[name], value] if name in data else [value]
        self.sent = (urljoin(self.path, form.action), data)
        return self._arrive(self.sent[0], self.client.post(*self.sent, follow=True), status)

    def send_again(self) -> "Person":
        """The same click a second time."""
        return self._arrive(self.sent[0], self.client.post(*self.sent, follow=True), 200)

    def _arrive(self, path: str, response, status: int) -> "Person":
        assert response.status_code == status, (path, response.status_code, text_of(response)[:400])
        self.response = response
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        return self

    @property
    def sees(self) -> str:
        return text_of(self.response)

    @property
    def title(self) -> str:
        return re.search(r"<title>(.*?)</title>", self.response.content.decode(), re.DOTALL)[1]
