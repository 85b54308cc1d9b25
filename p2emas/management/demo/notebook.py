"""The sales notebook of the weavers in the demo: invented, seven of the last twelve months are written."""

import uuid
from datetime import date

from districts.evidence.models import CommunityGroup
from p2emas import clock
from p2emas.management.demo.plan_data import ENSAID
from p2emas.management.demo.visits import NAMESPACE, facilitator_of
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.notebook.services import receive_sale

Buyer = SalesEntry.Buyer
# Day, cloths, price, cost of all, buyer; to collectors and villagers it is the sum of a month.
SOLD = (
    (date(2019, 3, 31), 5, 410_000, 900_000, Buyer.COLLECTOR),
    (date(2019, 4, 12), 3, 450_000, 640_000, Buyer.OUTSIDE),
    (date(2019, 5, 31), 6, 420_000, 1_150_000, Buyer.COLLECTOR),
    (date(2019, 6, 20), 4, 450_000, 800_000, Buyer.OUTSIDE),
    (date(2019, 7, 16), 4, 460_000, 820_000, Buyer.OUTSIDE),
    (date(2019, 7, 31), 3, 400_000, 560_000, Buyer.VILLAGER),
    (date(2019, 8, 17), 9, 475_000, 1_900_000, Buyer.GOVERNMENT),
    (date(2019, 9, 12), 4, 450_000, 830_000, Buyer.OUTSIDE),
    (date(2019, 10, 4), 7, 435_000, None, Buyer.OUTSIDE),
)


def make_notebook() -> None:
    group = CommunityGroup.objects.select_related("village").filter(village__code=ENSAID, active=True).order_by("pk")[0]
    for number, (day, cloths, price, cost, buyer) in enumerate(SOLD):
        values = {
            "sold_on": None if buyer in (Buyer.COLLECTOR, Buyer.VILLAGER) else day,
            "item": "Kain tenun ikat", "quantity": cloths, "unit": "lembar", "price": price, "cost": cost, "buyer": buyer,
        }  # fmt: skip
        with clock.at(day):
            receive_sale(
                by=facilitator_of(group.village, day), token=uuid.uuid5(NAMESPACE, f"penjualan {number}"), group=group,
                day=day, values=values, is_sample=True,
            )  # fmt: skip
