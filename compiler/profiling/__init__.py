"""A first spec from what people have: keys, refs and distributions, each with its reason.

`relations` finds how tables depend on each other, `columns` what a column is drawn from; both
give a `Draft`, which `text` writes as a commented spec.
"""
