"""Values of which Python source is written."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.strategies.texts import hostile

finite = st.floats(allow_nan=False, allow_infinity=False)
scalars = hostile | st.booleans() | st.integers() | finite | st.none()
values = st.recursive(
    scalars,
    lambda inner: st.dictionaries(hostile, inner, max_size=4)
    | st.lists(inner, max_size=4).map(tuple),
)
