"""How like the source generated data is: the standard measures of synthetic data, from 0 to 1.

`comparing.compare` gives a `Comparison`; `model` has what is in it, `measures` the formulas.
"""
