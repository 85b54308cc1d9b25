from types import SimpleNamespace

import pytest

from tests.factories import CommodityFactory, DistrictFactory


@pytest.fixture
def land(db):
    """Two kecamatan and three commodities with plain names."""
    return SimpleNamespace(
        kelam=DistrictFactory(name="Kelam Permai"),
        sepauk=DistrictFactory(name="Sepauk"),
        lada=CommodityFactory(name="lada"),
        karet=CommodityFactory(name="karet"),
        cabai=CommodityFactory(name="cabai"),
    )
