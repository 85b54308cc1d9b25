"""In the lists of the demo a table says once that it is invented; files and the database say it in each row."""

import re

import pytest

from p2emas.accounts.models import User

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]
LISTS = (
    "/keputusan/kompetensi/", "/keputusan/", "/keputusan/lokasi/", "/sk/", "/desa/?lokus=on", "/kecamatan/", "/pendamping/",
    "/pelatihan/", "/seleksi/", "/seleksi/pendamping-2020/lamaran/",
)  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_table_says_once_that_it_is_invented(client, address):
    client.force_login(User.objects.get(username="coordinator"))
    answer = client.get(address)
    assert answer.status_code == 200
    tables = re.findall(r"<table.*?</table>", answer.content.decode(), re.DOTALL)

    assert [table.count("DATA CONTOH") for table in tables] == [1]


@pytest.mark.parametrize("address", ["/kelola/districts/productionfigure/", "/kelola/districts/earlieraid/"])
def test_list_of_the_back_office_says_it_in_a_column_of_its_own(client, address):
    client.force_login(User.objects.get(username="coordinator"))
    page = client.get(address).content.decode()

    assert "DATA CONTOH" not in page.partition("<main")[2]
    assert page.count('<td class="field-sample_word">ya</td>') >= 1


def test_front_page_says_once_that_what_went_best_is_invented(client):
    page = client.get("/").content.decode().partition('id="terbaru"')[2].partition("</section>")[0]

    assert page.count("<li>") == 3 and page.count("DATA CONTOH") == 1


def test_file_of_a_list_says_it_in_each_row(client):
    lines = client.get("/kecamatan/?format=csv").content.decode().splitlines()

    assert lines[0].rstrip().endswith("Data contoh")
    assert sum(line.rstrip().endswith(";ya") for line in lines[1:]) == 14
