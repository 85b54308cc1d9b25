"""Identity and loaded regions are of one regency, or a sentence says that they are not."""

from io import StringIO

import pytest
from django.core.management import call_command

from districts.models import Regency
from p2emas.identity.gaps import gaps
from p2emas.models import Identity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "name", "regency", "code", "says"),
    [
        ("REGENCY", "Kapuas Hulu", "Kabupaten Kapuas Hulu", "61.06", None),
        ("REGENCY", "kapuas  hulu", "KAB. KAPUAS HULU", "61.06", None),
        ("CITY", "Singkawang", "Kota Singkawang", "61.72", None),
        ("CITY", "Singkawang", "Singkawang", "61.72", None),
        ("REGENCY", "Kota Baru", "Kabupaten Kota Baru", "63.02", None),
        ("REGENCY", "Kapuas Hulu", "Kabupaten Sintang", "61.05", "Kabupaten Sintang (61.05)"),
        ("REGENCY", "Singkawang", "Kota Singkawang", "61.72", "Kota Singkawang (61.72)"),
        ("REGENCY", "Singkawang", "Singkawang", "61.72", "61.72 adalah kode kota"),
        ("CITY", "Bogor", "Kota Bogor", "32.01", "32.01 adalah kode kabupaten"),
        ("REGENCY", "", "Kabupaten Sintang", "61.05", None),
        ("REGENCY", "Alor", None, None, None),
    ],
)
def test_regency_of_another_name_or_kind_is_named(kind, name, regency, code, says):
    Identity.objects.update_or_create(pk=1, defaults={"kind": kind, "name": name})
    if regency:
        Regency.objects.create(code=code, name=regency)

    found = [sentence for sentence in gaps() if sentence.startswith("Identitas menyebut")]

    assert len(found) == (1 if says else 0)
    assert not says or says in found[0]


def test_pages_check_and_loading_say_it(client_as, settings):
    Identity.objects.update_or_create(pk=1, defaults={"name": "Kapuas Hulu"})
    out, sentence = (
        StringIO(),
        "Identitas menyebut Kabupaten Kapuas Hulu, wilayah yang dimuat Kabupaten Sintang (61.05).",
    )
    call_command("load_regions", stdout=out, verbosity=0)
    assert f"Perhatikan: {sentence}" in out.getvalue()
    client = client_as("admin")
    said = StringIO()

    call_command("check", deploy=True, fail_level="CRITICAL", stdout=said, stderr=said)

    assert sentence in client.get("/identitas/").content.decode()
    assert sentence in client.get("/beranda/").content.decode()
    assert f"(p2emas.W012) {sentence}" in said.getvalue()
