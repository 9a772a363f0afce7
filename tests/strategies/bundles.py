"""Texts and trees that a file of a bundle may hold, right or wrong."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.support.bundles import bundle

texts = st.text(max_size=200) | st.text("{}[]-:&*!|>'\"#%@`?, \n\tab01", max_size=200)
keys = st.text(max_size=5) | st.sampled_from(
    sorted(
        {word.strip("- :") for text in bundle().values() for word in text.split()}
        | {"job_clusters", "trigger", "notebook_task", "for_each_task", "client"}
    )
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | keys | st.dates()
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
