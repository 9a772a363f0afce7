"""Random numeric columns that leave something between their bounds."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

KINDS: dict[str, tuple[dict[str, Any], float, float]] = {
    "normal": ({"mean": 10, "sd": 2.5}, 8, 14),
    "lognormal": ({"median": 60, "sigma": 0.7}, 20, 200),
    "exponential": ({"scale": 3}, 1, 9),
    "pareto": ({"a": 2.5, "scale": 2}, 3, 30),
    "gamma": ({"shape": 2, "scale": 3}, 1, 20),
    "beta": ({"a": 2, "b": 5}, 0.1, 0.6),
    "poisson": ({"lam": 4}, 2, 9),
    "triangular": ({"left": -3, "mode": 1, "right": 8}, -1, 5),
    "uniform": ({"low": -5, "high": 20}, 0, 12),
    "quantiles": (
        {"shares": [0, 0.2, 0.2, 0.5, 1], "values": [-4, -4, 1, 2.5, 30]},
        0,
        12,
    ),
    "histogram": ({"edges": [-4, 1, 2.5, 8, 30], "weights": [2, 0, 3, 0.5]}, 0, 12),
}
LOGNORMALS = (
    {"median": 60, "sigma": 0.7},
    {"mean": 60.5, "sigma": 0.7},
    {"mu": 4, "sigma": 1},
)


@st.composite
def numbers(draw: st.DrawFn, kind: str | None = None) -> dict[str, Any]:
    """A column of a numeric kind, cut or not, rounded or not."""
    kind = kind or draw(st.sampled_from(sorted(KINDS)))
    parameters, low, high = KINDS[kind]
    if kind == "lognormal":
        parameters = draw(st.sampled_from(LOGNORMALS))
    tree = {"kind": kind, **parameters}
    if draw(st.booleans()):
        tree["min"] = low
    if draw(st.booleans()):
        tree["max"] = high
    whole = kind == "poisson"
    rounding: list[dict[str, Any]] = [{}, {"decimals": 2}]
    if kind != "beta":  # between its bounds there is no whole number
        rounding += [{"integer": True}, {"decimals": 0}]
    return tree | ({} if whole else draw(st.sampled_from(rounding)))
