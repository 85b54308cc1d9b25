"""Visits of the demo's facilitators, one a month in most of the pilot villages. What they write is invented.

Said in public are three things: aid was handed over at the launch of 24 October 2018 and fish groups had taken tarpaulin
and seed without rolling the business on; marketing and packaging are the new problems of 2019.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from districts.evidence.models import CommunityGroup
from districts.regions.models import Village
from facilitators.placements.models import Placement
from p2emas import clock
from p2emas.documents.files import receive_file
from p2emas.documents.kinds import PHOTOS
from p2emas.management.demo.people import Cast
from p2emas.management.demo.plan_data import BEKUAN, BINJAI, ENSAID, MENTAJOI, MUNTAI, PAKAK, SOLAM
from programs.fieldwork.forms import sent_digest
from programs.fieldwork.models import FieldReport, VisitReply
from programs.fieldwork.notebook.models import SalesEntry
from programs.fieldwork.notebook.services import receive_sale
from programs.fieldwork.rules import lines_seen
from programs.fieldwork.services import receive_photo, send_visit, start_visit
from programs.fieldwork.stories.releasing import Ticked, release_parts

FIRST, LAST = (2018, 2), (2019, 9)
LAUNCH = date(2018, 10, 24)
NAMESPACE = uuid.UUID("8d0a5f8e-2f0c-4d0f-9d55-2f2f10240000")
# By village: women and men of the group that come, what a month yields, and what is seen in turn.
SEEN = {
    BEKUAN: (
        6, 19, "kg lada kering",
        ("Tajar diperiksa bersama; sulur muda tumbuh rata.", "Kelompok membersihkan kebun dan membagi pupuk kandang.",
         "Panen kecil dijemur bersama; harga pengumpul dibandingkan."),
    ),
    BINJAI: (
        2, 16, "ekor sapi sehat",
        ("Kandang kelompok dibersihkan; pakan hijauan cukup.", "Dua induk diperiksa petugas kesehatan hewan.",
         "Kelompok mencatat kelahiran dan membagi giliran jaga."),
    ),
    ENSAID: (
        21, 3, "lembar kain",
        ("Benang dicelup dengan warna mengkudu; warnanya rata.", "Penenun muda belajar mengikat motif dari yang tua.",
         "Koperasi menghitung stok kain dan pesanan yang masuk."),
    ),
    PAKAK: (
        9, 14, "kg cabai",
        ("Bedengan diberi mulsa; bibit sudah dipindah.", "Panen dipilah menurut mutu sebelum dijual.",
         "Kelompok mencoba mengeringkan cabai yang tidak terjual."),
    ),
    SOLAM: (
        4, 17, "kg ikan",
        ("Kolam dikuras dan dikapur; benih baru ditebar.", "Pakan buatan sendiri dicoba pada dua kolam.",
         "Kelompok menimbang panen dan mencatat pembeli."),
    ),
    MUNTAI: (
        24, 2, "kg sayur",
        ("Pekarangan ditanami sayur daun; air mencukupi.", "Kelompok menjual hasil di pasar kecamatan.",
         "Bibit buah dibagi menurut giliran."),
    ),
    MENTAJOI: (
        13, 7, "anyaman",
        ("Rotan diserut bersama; anyaman baru sedang dibuat.", "Pengrajin mencoba bentuk tas yang diminta pembeli.",
         "Bahan baku dikumpulkan dari hutan desa menurut aturan adat."),
    ),
}  # fmt: skip
MARKET = {
    ENSAID: "Pesanan bertambah, tetapi kemasan dan label belum ada.",
    PAKAK: "Pemasaran sulit: toko meminta kemasan berlabel.",
    MENTAJOI: "Anyaman selesai, pembelinya belum tetap; pemasaran dibicarakan.",
}
MISSED = {(SOLAM, 2019, 9), (MENTAJOI, 2019, 9), (BINJAI, 2019, 5), (MENTAJOI, 2018, 12), (BEKUAN, 2019, 1)}
TOLD = {(ENSAID, date(2019, 8, 1)): 2, (PAKAK, date(2019, 8, 1)): 1}  # by month: how many photos came, and are released
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
OWN_OBSTACLE = "Jalan ke rumah produksi tergenang."  # raised by the demo's facilitator on that day


@dataclass(frozen=True)
class _Visit:
    village: str
    on: date
    text: str
    kind: str
    number: int


def make_visits(cast: Cast) -> None:
    villages = {village.code: village for village in Village.objects.filter(code__in=SEEN)}
    for visit in _planned():
        photos = TOLD.get((visit.village, visit.on.replace(day=1)), 0)
        report = _send(visit, villages[visit.village], photos=photos)
        if photos:
            _photos_of(report, visit, photos)
            with clock.at(date(2019, 10, 1)):
                release_parts(ticked=Ticked([report], list(report.photos.all())), by=cast.coordinator)
    _asked(cast, villages[PAKAK])
    _waiting(villages[ENSAID])
    _begun(villages[ENSAID])


def _planned() -> list[_Visit]:
    found = []
    year, month = FIRST
    while (year, month) <= LAST:
        for place, code in enumerate(SEEN):
            if (code, year, month) not in MISSED:
                found.append(_of_month(code, year, month, 4 + (place * 5 + month * 3) % 22))
        year, month = year + month // 12, month % 12 + 1
    return sorted(found, key=lambda each: (each.on, each.village))


def _of_month(code: str, year: int, month: int, day: int) -> _Visit:
    *_people, texts = SEEN[code]
    number = (year - 2018) * 12 + month
    text, kind = texts[number % 3], ("MONITORING", "MOTIVATING", "MONITORING", "TRAINING")[number % 4]
    on = date(year, month, day)
    if (year, month) == (LAUNCH.year, LAUNCH.month):
        on, kind, text = LAUNCH, "HANDING_OVER", "Bantuan diserahkan pada peluncuran. " + text
        if code == SOLAM:
            text = "Kelompok menerima terpal dan benih pada peluncuran. Usahanya belum digulirkan ke kelompok lain."
    elif year == 2019 and code in MARKET and number % 2:
        text = f"{text} {MARKET[code]}"
    if (code, year, month) == (ENSAID, 2019, 9):
        on = date(2019, 9, 17)
    return _Visit(code, on, text, kind, number)


def _send(visit: _Visit, village: Village, *, photos: int = 0, hour: int = 9) -> FieldReport:
    author = facilitator_of(village, visit.on)
    women, men, unit, _texts = SEEN[visit.village]
    step = visit.number % 4
    has_obstacle = (visit.village, visit.on) == (ENSAID, date(2019, 9, 17))
    pictures = [_picture(visit.number + n) for n in range(photos)]
    listed = [
        {"number": n, "sha256": sent_digest(content), "size": len(content), "caption": "Gambar contoh"}
        for n, content in enumerate(pictures, 1)
    ]
    values = {
        "kind": visit.kind, "women": max(0, women - step), "men": men - step % 2, "output": 8 + visit.number % 7 * 3,
        "output_unit": unit, "text": visit.text, "has_obstacle": has_obstacle,
        "obstacle_text": OWN_OBSTACLE if has_obstacle else "", "consent": bool(photos), "photo_list": listed,
    }  # fmt: skip
    with clock.at(visit.on):
        seen = [] if has_obstacle else lines_seen([village], visit.on).order_by("pk")[: 1 + step % 2]
        lines = [(line, False) for line in seen]
        report = start_visit(
            by=author, token=uuid.uuid5(NAMESPACE, f"{visit.village} {visit.on}"), village=village,
            visited_on=visit.on, values=values, lines=lines, is_sample=True,
        )  # fmt: skip
        return send_visit(report=report, actor=author)


def facilitator_of(village: Village, on: date):
    placement = Placement.objects.in_force(on).in_village(village).select_related("facilitator__user").get()
    assert placement.facilitator.user is not None  # placed with an account
    return placement.facilitator.user


def _asked(cast: Cast, village: Village) -> None:
    """A coordinator asks about the last visit to the chilli growers; an agency has replied to the weavers'."""
    last = FieldReport.objects.in_village(village).counted().order_by("-visited_on").first()
    woven = FieldReport.objects.filter(village__code=ENSAID).counted().order_by("-visited_on").first()
    assert last is not None and woven is not None  # made above
    with clock.at(date(2019, 10, 2)):
        last.take_step("return", seen=last.status, actor=cast.coordinator, note="Berapa kilogram yang tidak terjual?")
        VisitReply.objects.create(
            report=woven, author=cast.operators["disperindagkop"], text="Label dan kemasan kami bahas minggu depan.",
            at=clock.now(),
        )  # fmt: skip


def _waiting(village: Village) -> None:
    """The text of 7 October is there, two of its four photos too."""
    text = "Dua alat tenun rusak sudah diperbaiki anggota. Kain pesanan pameran hampir selesai."
    visit = _Visit(ENSAID, date(2019, 10, 7), text, "MONITORING", 22)
    _photos_of(_send(visit, village, photos=4), visit, 2)


def _photos_of(report: FieldReport, visit: _Visit, photos: int) -> None:
    with clock.at(visit.on):
        for number in range(1, photos + 1):
            content = _picture(visit.number + number - 1)
            upload = SimpleUploadedFile("foto.jpg", content, "image/jpeg")
            receive_photo(
                report=report, number=number, received=receive_file(upload, allowed=PHOTOS),
                sha256=sent_digest(content), by=report.author,
            )  # fmt: skip


def _begun(village: Village) -> None:
    """A draft of the demo's day at the server, as a browser without scripts leaves it."""
    today = date(2019, 10, 8)
    with clock.at(today):
        start_visit(
            by=facilitator_of(village, today), token=uuid.uuid5(NAMESPACE, "draf"), village=village, visited_on=today,
            values={"text": "Benang untuk pesanan pameran sudah datang."}, lines=[], is_sample=True,
        )  # fmt: skip


def _picture(number: int) -> bytes:
    """A drawn picture that cannot be taken for a photo of a real place."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (320, 240), (227, 237, 247))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 60 + number % 9 * 4, 300, 200), outline=(27, 79, 138), width=4)
    draw.text((40, 100), f"GAMBAR CONTOH {number}", fill=(26, 29, 33))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def make_notebook() -> None:
    """The sales notebook of the weavers: invented, seven of the last twelve months are written."""
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
