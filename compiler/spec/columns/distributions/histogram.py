"""Numbers by a histogram: how many rows each bin has, uniform within it."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from compiler.spec import words
from compiler.spec.base import WEIGHT_HELP, is_out_of_reach, problem
from compiler.spec.columns.distributions.piecewise import SHOWN, Piecewise, Points
from compiler.spec.words import Number


class Histogram(Piecewise):
    """The n-th of `weights` is that of the rows between the n-th edge and the next."""

    kind: Literal["histogram"]
    edges: list[float] = Field(
        min_length=2, max_length=1_001, description="where bins start and end, in order"
    )
    weights: list[float] = Field(
        min_length=1,
        max_length=1_000,
        description="relative number of rows of each bin",
    )

    parameters: ClassVar = ("edges", "weights")

    def check_parameters(self, amount: Number) -> None:
        edges, weights = self.edges, self.weights
        if len(edges) != len(weights) + 1:
            bins = words.count(str(len(edges) - 1), "bin")
            message = f"{len(edges)} edges are those of {bins}"
            message += f", and {words.count(str(len(weights)), 'weight')} are given"
            help = "give one weight for each bin: one fewer than edges"
            raise problem("E215", message, help, at=[("weights",), ("edges",)])
        number = next((b for a, b in pairwise(edges) if a >= b), None)
        if number is not None:
            message = f"the edges do not rise: {amount(number)} is no more than the one before"
            help = "sort them, each once"
            raise problem("E215", message, help, at=[("edges",)])
        for place, weight in enumerate(weights):
            if weight < 0:
                message = f"a weight is 0 or more, not {words.number(weight)}"
                raise problem("E110", message, at=[("weights", place)])
            if is_out_of_reach(weight):
                message = f"the weight of a bin is {weight:g}"
                raise problem("E104", message, WEIGHT_HELP, at=[("weights", place)])
        if not any(weights):
            help = "give at least one bin a weight above 0"
            raise problem("E110", "all weights are zero", help, at=[("weights",)])
        self.check_scale("edges", amount)

    @property
    def points(self) -> Points:
        sums = [0.0, *accumulate(self.weights)]
        return [each / sums[-1] for each in sums], self.edges

    @property
    def arguments(self) -> dict[str, Any]:
        """The edges and weights as they are given; of a bin that is cut, what is left."""
        shares, edges = self.cut_points
        if edges == self.edges:
            return {"edges": edges, "weights": self.weights}
        total = sum(self.weights) * self.share_between(*self.bounds)
        parts = [total * (last - first) for first, last in pairwise(shares)]
        return {"edges": edges, "weights": [float(f"{part:.12g}") for part in parts]}

    def describe(self, amount: Number = words.number) -> list[str]:
        if len(self.weights) > SHOWN:
            ends = f"{amount(self.edges[0])} to {amount(self.edges[-1])}"
            parts = [f"{ends} in {len(self.weights)} bins"]
            for share in (0.1, 0.5, 0.9):
                value = amount(float(f"{self.quantile(share):.6g}"))
                parts.append(f"{words.percent(share)} up to {value}")
        else:
            bins, total = pairwise(self.edges), sum(self.weights)
            parts = [
                f"{amount(low)} to {amount(high)} {weight / total * 100:.3g}%"
                for (low, high), weight in zip(bins, self.weights, strict=True)
            ]
        # The bins are one part: those that two cases share mean nothing alone.
        return ["histogram", ", ".join(parts), *self.describe_scale()]
