"""Forty questions with their first answer, on the real places of the regency; the same on both databases."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from p2emas.accounts.models import User
from p2emas.search.asking import answer_question
from p2emas.search.keeping import rebuild
from tests import factories as make
from tests.people import person_as

C, A, P = "coordinator", "operator of farming", "the public"


@pytest.fixture
def places(db) -> SimpleNamespace:
    """The real places, and one record of each other kind."""
    call_command("load_regions", verbosity=0)
    from districts.regions.models import Village

    farming = make.AgencyFactory(code="distanbun", name="Dinas Pertanian dan Perkebunan", short_name="Pertanian")
    crafts = make.AgencyFactory(
        code="perindagkop", name="Dinas Perindustrian dan Perdagangan", short_name="Perindagkop"
    )
    ensaid = Village.objects.get(name="Ensaid Panjang")
    make.CommunityGroupFactory(village=ensaid, name="Koperasi Jasa Menenun Mandiri")
    period = make.ReportingPeriodFactory(year=2019, number=3)
    reports = {
        agency.code: make.ProgressReportFactory(period=period, agency=agency, pk=number)
        for agency, number in ((farming, 4201), (crafts, 4202))
    }
    make.DecreeFactory(number="050/417/KEP-BAPPEDA/2017", about="Penetapan desa percontohan")
    make.MinutesFactory(number="050/112/BA/2017", about="Rapat penetapan kriteria")
    make.RegulationFactory(number="17 Tahun 2017", about="Pedoman P2-EMAS")
    make.DecreeFactory(draft=True, about="Pencabutan lokasi rahasia")
    plan = make.WorkPlanFactory(agreed=True, agency=crafts, year=2018)
    activity = make.ActivityFactory(
        agency=crafts, name="Pelatihan pewarnaan alam tenun ikat", code="3.06.01.07.02", year=2018
    )
    make.PlanLineFactory(plan=plan, activity=activity)
    mine = make.ActivityFactory(agency=farming, name="Rumah benih rahasia", code="2.01.03.77.01", year=2018)
    make.PlanLineFactory(plan=make.WorkPlanFactory(agency=farming, year=2018), activity=mine)
    User.objects.filter(pk=person_as("coordinator_head").pk).update(name="Kepala Contoh Bidang")
    rebuild()
    readers = {C: person_as("coordinator"), A: person_as("agency_operator", at=farming), P: AnonymousUser()}
    return SimpleNamespace(readers=readers, reports=reports)


QUESTIONS = [
    # as they are written
    (P, "Ensaid Panjang", "Ensaid Panjang"),
    (P, "desa ensaid panjang", "Ensaid Panjang"),
    (P, "ENSAID  PANJANG", "Ensaid Panjang"),
    (P, "ensaidpanjang", "Ensaid Panjang"),
    (P, "ensaid", "Ensaid Panjang"),
    (P, "panjang ensaid", "Ensaid Panjang"),
    (P, "Kelam Permai", "Kecamatan Kelam Permai"),
    (P, "kecamatan kelam permai", "Kecamatan Kelam Permai"),
    (P, "kec. sepauk", "Kecamatan Sepauk"),
    (P, "61.05.19", "Kecamatan Kelam Permai"),
    (P, "61.05.19.2005", "Ensaid Panjang"),
    (P, "tebelian", "Kecamatan Sungai Tebelian"),
    (P, "semuntai", "Semuntai"),
    # misspelt
    (P, "ensait panjang", "Ensaid Panjang"),
    (P, "ensaid panjamg", "Ensaid Panjang"),
    (P, "ensiad panjang", "Ensaid Panjang"),
    (P, "enssaid panjang", "Ensaid Panjang"),
    (P, "esaid panjang", "Ensaid Panjang"),
    (P, "ensait panyang", "Ensaid Panjang"),
    (P, "ensaitpanjang", "Ensaid Panjang"),
    (P, "kelam permei", "Kecamatan Kelam Permai"),
    (P, "sngai tebelian", "Kecamatan Sungai Tebelian"),
    (P, "sepuak", "Kecamatan Sepauk"),
    (C, "dinas pertnian", "Dinas Pertanian dan Perkebunan"),
    (C, "koperasi jasa menenn", "Koperasi Jasa Menenun Mandiri"),
    # other names
    (P, "mengkurat", "Mangkurat Baru"),
    (P, "binai", "Binjai Hilir"),
    # numbers
    (C, "LAP-2019-T3-4201", "LAP-2019-T3-4201"),
    (C, "lap 2019 t3 4202", "LAP-2019-T3-4202"),
    (C, "LAP-2019-T3", "LAP-2019-T3-4201"),
    (C, "4202", "LAP-2019-T3-4202"),
    (A, "LAP-2019-T3", "LAP-2019-T3-4201"),
    (A, "LAP-2019-T3-4202", None),
    (P, "LAP-2019-T3-4201", None),
    (P, "050/417/KEP-BAPPEDA/2017", "Surat Keputusan 050/417/KEP-BAPPEDA/2017"),
    (P, "SK 050/417", "Surat Keputusan 050/417/KEP-BAPPEDA/2017"),
    (P, "berita acara 112", "Berita Acara 050/112/BA/2017"),
    # by words and their beginnings
    (P, "desa perconto", "Surat Keputusan 050/417/KEP-BAPPEDA/2017"),
    (P, "pewarnaan tenun", "Pelatihan pewarnaan alam tenun ikat"),
    (C, "distanbun", "Dinas Pertanian dan Perkebunan"),
    (A, "benih rahasia", "Rumah benih rahasia"),
    (P, "benih rahasia", None),
    (P, "lokasi rahasia", None),
    (C, "lokasi rahasia", "Surat Keputusan (konsep)"),
    (P, "koperasi jasa menenun", None),
    (P, "serapan", "Arti istilah: Serapan"),
    (P, "kepala contoh", None),
    (C, "kepala contoh", None),
    (P, "zzzz", None),
    (P, "a", None),
]


def test_each_question_has_its_first_answer(places):
    found = {}
    for who, question, _first in QUESTIONS:
        kinds = answer_question(question, places.readers[who]).kinds
        found[who, question] = kinds[0].hits[0].label if kinds else None

    assert len(QUESTIONS) >= 40
    assert found == {(who, question): first for who, question, first in QUESTIONS}


def test_people_are_found_by_those_who_read_the_list_of_people(places):
    head = User.objects.get(name="Kepala Contoh Bidang")

    kinds = answer_question("kepala contoh", head).kinds

    assert [(kind.title, [hit.label for hit in kind.hits]) for kind in kinds] == [
        ("Pengguna", ["Kepala Contoh Bidang"])
    ]


def test_one_exact_hit_opens_and_two_do_not(places):
    assert answer_question("ensaid panjang", AnonymousUser()).only.label == "Ensaid Panjang"
    assert (
        answer_question("LAP-2019-T3-4201", places.readers[C]).only.url
        == places.reports["distanbun"].get_absolute_url()
    )
    assert answer_question("semuntai", AnonymousUser()).only is None  # two villages are called so
    assert answer_question("ensait panjang", AnonymousUser()).only is None


def test_only_what_is_nearly_called_so_is_said_to_be_near(places):
    assert answer_question("ensait panjang", AnonymousUser()).nearly
    assert not answer_question("ensaid", AnonymousUser()).nearly
    assert not answer_question("zzzz", AnonymousUser()).nearly
    assert not answer_question("LAP-2019-T3-4209", places.readers[C]).kinds  # a number is right or wrong


def test_no_kind_has_more_than_ten(places):
    answer = answer_question("sungai", AnonymousUser())

    assert [len(kind.hits) for kind in answer.kinds if kind.title == "Desa dan kelurahan"] == [10]
    assert answer.is_cut and answer.kinds[0].heading == "Desa dan kelurahan, 10 pertama"
    labels = [hit.label for hit in answer.kinds[0].hits]
    assert labels == sorted(labels)


def test_too_many_words_are_asked_for_in_the_scope_of_each(places, monkeypatch):
    """With more rows than are read at once, an operator still finds their own report among those of others."""
    before = {(who, question): first for who, question, first in QUESTIONS if "ensait" not in question}
    monkeypatch.setattr("p2emas.search.asking.FOUND", 1)

    for who, question in ((A, "LAP-2019-T3"), (P, "ensaid"), (P, "pewarnaan tenun"), (P, "LAP-2019-T3-4201")):
        kinds = answer_question(question, places.readers[who]).kinds
        assert (kinds[0].hits[0].label if kinds else None) == before[who, question]
