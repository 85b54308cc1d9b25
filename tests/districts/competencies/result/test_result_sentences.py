"""What the page of the results says of weights that move."""

from types import SimpleNamespace

import pytest

from districts.competencies.result.page import _sentences, choice_note

NAMES = {1: "Karet", 2: "Lada"}
COLUMNS = [SimpleNamespace(name="Pasar"), SimpleNamespace(name="Lahan")]


def change(criterion: int, by: float, *winners: int) -> dict:
    return {"criterion": criterion, "change": by, "winners": list(winners)}


def said(*changes: dict) -> list[str]:
    return list(_sentences({"changes": list(changes), "winners": [1]}, COLUMNS, NAMES, []))


def test_weight_that_moves_the_winner_is_named_with_its_percents():
    found = said(change(0, 0.5, 2), change(0, 0.25, 2), change(0, -0.1, 1), change(1, -0.5, 2))

    assert found[:2] == [
        "Bila bobot “Pasar” naik 25% atau 50%, peringkat 1 menjadi Lada.",
        "Bila bobot “Lahan” turun 50%, peringkat 1 menjadi Lada.",
    ]


def test_winner_that_no_weight_moves_is_said_to_stand():
    assert said(change(0, 0.5, 1), change(1, -0.5, 1))[0].startswith("Peringkat 1 tidak berubah")
    assert not said()


@pytest.mark.parametrize(
    ("rank", "said"),
    [
        (1, "Peringkat 1, skor 72,5. Peringkatnya sensitif."),
        (2, "Memilih peringkat 2 (skor 72,5) mewajibkan alasan tertulis. Peringkatnya sensitif."),
    ],
)
def test_choice_says_that_its_rank_is_sensitive(rank, said):
    row = SimpleNamespace(rank=rank, score=72.5, tied=False, is_sensitive=True, missing=[])

    assert choice_note(row) == said
    row.is_sensitive = False
    assert choice_note(row) == said.removesuffix(" Peringkatnya sensitif.")
