"""Where is always the same picture: the tile map with one kecamatan marked."""

from districts.regions.models import District
from p2emas.ui.tiles import Tile, TileMap, tile_map


def thumbnail(district: District) -> TileMap:
    rows = District.objects.filter(regency=district.regency_id).only("code", "name", "lat", "lng")
    return tile_map([Tile(row.code, row.name, lat=row.lat, lng=row.lng) for row in rows], here=district.code)
