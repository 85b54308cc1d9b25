"""A letter of the outbox on paper."""

from p2emas.documents.letters import Letter
from p2emas.outbox.models import OutboxMessage


def paper_of_message(message: OutboxMessage) -> Letter:
    """Number, day and signer are written by hand."""
    return Letter(
        subject=message.subject,
        to=[message.recipient],
        opening=[part for part in message.words_without_link.split("\n\n") if part.strip()],
    )
