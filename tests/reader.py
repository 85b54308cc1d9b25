"""Somebody at a browser, for stories that count how many pages a task takes."""

from tests.filled import page_form


class Reader:
    """A client that counts the pages it reads; redirects are no pages."""

    def __init__(self, client) -> None:
        self.client, self.pages, self.url = client, 0, ""
        self.html = ""

    def read(self, url):
        response = self.client.get(url, follow=True)
        assert response.status_code == 200
        self._took(response, url)

    def send(self, *, having, add=(), **values):
        form = page_form(self.html, having=having)
        data = {}
        for key, value in [*form.filled(**values), *add]:
            data.setdefault(key, []).append(value)
        response = self.client.post(form.action or self.url, data, follow=True)
        assert response.status_code == 200, response.content.decode()
        self._took(response, self.url)

    def _took(self, response, url):
        self.pages += 1
        self.url = response.redirect_chain[-1][0] if response.redirect_chain else url
        self.html = response.content.decode()
