"""What the property tests of rankings draw: tables of villages with weights, directions and goalposts."""

from hypothesis import settings
from hypothesis import strategies as st

quick = settings(max_examples=60, deadline=None, derandomize=True)

value = st.integers(min_value=1, max_value=1000).map(lambda number: number / 8)


@st.composite
def tables(draw, least_rows=1, most_rows=7, costs=True):
    """(matrix, weights, directions, goalposts)"""
    criteria = draw(st.integers(min_value=1, max_value=5))
    row = st.lists(value, min_size=criteria, max_size=criteria)
    matrix = draw(st.lists(row, min_size=least_rows, max_size=most_rows))
    weights = draw(st.lists(st.integers(min_value=0, max_value=20), min_size=criteria, max_size=criteria).filter(any))
    signs = st.sampled_from([1, -1]) if costs else st.just(1)
    directions = draw(st.lists(signs, min_size=criteria, max_size=criteria))
    lows = draw(st.lists(st.integers(min_value=0, max_value=60), min_size=criteria, max_size=criteria))
    spans = draw(st.lists(st.integers(min_value=1, max_value=100), min_size=criteria, max_size=criteria))
    return matrix, weights, directions, [(low, low + span) for low, span in zip(lows, spans, strict=True)]
