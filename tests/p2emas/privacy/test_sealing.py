"""Sealed numbers: only a key opens them, and equal ones are found without opening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.privacy.sealing import SealBroken, fingerprint, seal, unseal

NIK = "6105191703940007"


@given(st.text(max_size=60))
def test_seal_gives_back_what_it_was_given(text):
    assert unseal(seal(text)) == text


def test_sealed_text_differs_each_time_and_shows_nothing():
    first, second = seal(NIK), seal(NIK)

    assert first != second
    assert NIK not in first and NIK not in second


def test_seal_that_was_changed_is_refused():
    sealed = seal(NIK)
    changed = sealed[:-4] + ("A" if sealed[-4] != "A" else "B") + sealed[-3:]

    with pytest.raises(SealBroken):
        unseal(changed)


def test_new_key_in_front_opens_old_seals_and_keeps_fingerprints(settings):
    settings.PERSONAL_DATA_KEYS = ["kunci lama yang panjang"]
    sealed, found = seal(NIK), fingerprint(NIK)

    settings.PERSONAL_DATA_KEYS = ["kunci baru yang panjang", "kunci lama yang panjang"]

    assert unseal(sealed) == NIK
    assert fingerprint(NIK) == found
    assert fingerprint(NIK) != fingerprint(NIK[:-1] + "8")


def test_other_key_opens_nothing(settings):
    sealed, found = seal(NIK), fingerprint(NIK)

    settings.PERSONAL_DATA_KEYS = ["kunci orang lain yang panjang"]

    with pytest.raises(SealBroken):
        unseal(sealed)
    assert fingerprint(NIK) != found
