"""Requests without their pages: where only the status of the answer counts, drawing takes nine tenths of the time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.template.backends.django import Template


@contextmanager
def pages(drawn: bool) -> Iterator[None]:
    """The answer's status is the same, drawn or not."""
    real = Template.render
    if not drawn:
        Template.render = lambda self, context=None, request=None: ""
    try:
        yield
    finally:
        Template.render = real
