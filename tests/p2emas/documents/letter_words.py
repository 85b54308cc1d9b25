"""What letters on paper say, in both of their forms."""

from io import BytesIO

from docx import Document

from tests.canaries import papers_as_text


def said_on_paper(client, address: str) -> list[str]:
    """The words of ``<address>.pdf`` and of ``<address>.docx``."""
    with papers_as_text():
        pdf = client.get(f"{address}.pdf").content.decode()
    paragraphs = Document(BytesIO(client.get(f"{address}.docx").content)).paragraphs
    return [pdf, "\n".join(each.text for each in paragraphs)]
