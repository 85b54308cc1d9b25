"""Each factory makes a row that passes its model's own validation."""

import inspect

import pytest
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = [
    cls
    for _, cls in inspect.getmembers(factories, inspect.isclass)
    if issubclass(cls, DjangoModelFactory) and cls is not DjangoModelFactory
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda cls: cls.__name__)
def test_factory_row_is_valid(factory):
    row = factory()

    row.full_clean(exclude=["password"])
    assert row.pk
