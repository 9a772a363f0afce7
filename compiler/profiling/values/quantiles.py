"""The kind `quantiles`: numbers of any shape, by the shares of the rows below some of them."""

from __future__ import annotations

from dataclasses import replace

from compiler.profiling.draft import Settings
from compiler.profiling.values.digits import as_number, percent, significant
from compiler.profiling.values.sample import Sample

ATOM = 0.02
"""A number of so many rows is named: between points it would be smeared."""
OUTSTANDING = 3
"""And so many times the rows of the number before, and after."""
INNER = tuple(n / 20 for n in range(21))
OUTER = (1e-4, 0.001, 0.005, 0.01, 0.02, 0.98, 0.99, 0.995, 0.999, 0.9999)
"""Shares of a long tail: a straight line from 0.95 to the end would make it thick."""
CANDIDATES = 400
"""Places where a further point may be."""
OFF = 0.01
"""A further point is set where the line is off by a larger share."""
MOST_MORE = 12
"""Further points at most."""
STRAIGHT = 0.0025
"""A point is left out if the line between its neighbours is off by no larger share there."""
ROUGHLY = 0.006
"""The same where each case of a `by` has points of its own: they would be too many."""
MOST_ATOMS = 25
"""More numbers are points of a curve."""
LEFT_OUT = 0.05
"""Numbers too rare to name may be so many of the rows."""

Points = tuple[list[float], list[float]]
"""Shares, and the value at each."""


def atoms_of(sample: Sample) -> dict[float, float]:
    """Numbers that many rows have, and far fewer have their neighbours, and the share of each.

    Counts such as 9, 10 and 11 are frequent, too, but a curve goes through them.
    """
    import numpy as np

    numbers, counts = sample.counted
    near = np.diff(numbers) <= 1.5 * sample.step
    before = np.concatenate(([0], np.where(near, counts[:-1], 0)))
    after = np.concatenate((np.where(near, counts[1:], 0), [0]))
    least = max(sample.least_rows, ATOM * sample.size)
    found = counts >= np.maximum(least, OUTSTANDING * np.maximum(before, after))
    pairs = zip(numbers[found].tolist(), counts[found].tolist(), strict=True)
    return {number: count / sample.size for number, count in pairs}


def shown(number: float, sample: Sample) -> float:
    """A number that many rows have, as the spec gives it: as it is, or roughly."""
    return number if sample.names_values else significant(number, 2)


def only_numbers(sample: Sample) -> dict[float, float] | None:
    """The few numbers that nearly all rows have, with shares that add up to 1; else None.

    Rarer numbers count as the nearest of these, so the median stays where it is.
    """
    import numpy as np

    numbers, counts = sample.counted
    named = numbers[counts >= sample.least_rows]
    if not 0 < len(named) <= MOST_ATOMS or len(numbers) > 10 * MOST_ATOMS:
        return None
    rare = int(counts[counts < sample.least_rows].sum())
    if rare > LEFT_OUT * sample.size:
        return None
    nearest = np.abs(numbers[:, None] - named).argmin(axis=1)
    rows = np.bincount(nearest, counts, minlength=len(named))
    shares: dict[float, float] = {}
    for number, count in zip(named.tolist(), rows.tolist(), strict=True):
        name = shown(number, sample)
        shares[name] = shares.get(name, 0.0) + count / sample.size
    return shares


def steps(shares: dict[float, float]) -> Points:
    """Points that give just these numbers: flat at each, and a jump to the next."""
    at, values, total = [0.0], [], 0.0
    last = len(shares)
    for place, (number, share) in enumerate(sorted(shares.items()), start=1):
        total = 1.0 if place == last else total + share
        edge = round(total, 4)
        at += [edge] if place == last else [edge, edge]
        values += [number, number]
    return at, values


def curve(sample: Sample, tolerance: float = STRAIGHT) -> Points:
    """Points of the cumulated share: flat at atoms, and curved between them."""
    import numpy as np

    atoms = sorted(atoms_of(sample)) if sample.step else []
    edges = [0]
    for number in atoms:
        edges.append(int(np.searchsorted(sample.values, number, "left")))
        edges.append(int(np.searchsorted(sample.values, number, "right")))
    edges.append(sample.size)
    points: list[tuple[float, float]] = []
    for place in range(len(atoms) + 1):
        start, end = edges[2 * place], edges[2 * place + 1]
        part = replace(sample, values=sample.values[start:end])
        if part.size >= sample.least_rows or not atoms:
            points += _stretch(part, start, sample.size)
        if place < len(atoms):
            stop, number = edges[2 * place + 2], shown(atoms[place], sample)
            points += [(end / sample.size, number), (stop / sample.size, number)]
    return _simplified(*_tidied(points), tolerance)


def _stretch(part: Sample, start: int, size: int) -> list[tuple[float, float]]:
    """Points between two atoms, at the usual shares of the whole, so many rows apart."""
    apart = part.least_rows
    end = start + part.size
    points = [(start / size, part.low)]
    last = start
    innermost = {(start + apart) / size, (end - apart) / size}  # where the tails begin
    for share in sorted({*INNER, *OUTER, *innermost}):
        row = share * size
        if row - last >= apart - 0.5 and end - row >= apart - 0.5:
            place = (row - start) / part.size
            points.append((share, significant(part.quantile(place))))
            last = round(row)
    return _refined([*points, (end / size, part.high)], part, start, size)


def _refined(
    points: list[tuple[float, float]], part: Sample, start: int, size: int
) -> list[tuple[float, float]]:
    """More points where the line between two is far off, as at a gap between two peaks."""
    import numpy as np

    rows = np.linspace(0, part.size - 1, CANDIDATES + 1).astype(int)
    values = part.values[rows]
    # The middle of the rows that have a number: a curve through it is rounded to all of them.
    left = np.searchsorted(part.values, values, "left")
    right = np.searchsorted(part.values, values, "right")
    shares = (start + (left + right) / 2) / size
    apart = part.least_rows / size
    usable = np.ones(len(rows), dtype=bool)
    for _ in range(MOST_MORE):
        knots = np.array([share for share, _ in points])
        lines = np.interp(values, [value for _, value in points], knots)
        usable &= np.abs(shares[:, None] - knots).min(axis=1) >= apart
        errors = np.where(usable, np.abs(lines - shares), 0)
        worst = int(errors.argmax())
        if errors[worst] <= OFF:
            break
        points = sorted(
            [*points, (float(shares[worst]), significant(float(values[worst])))]
        )
    return points


def _tidied(points: list[tuple[float, float]]) -> Points:
    """Points from 0 to 1, rounded, without repetitions; the values never fall."""
    kept: list[tuple[float, float]] = []
    ends = {0: 0.0, len(points) - 1: 1.0}  # rare numbers beyond an atom are left to it
    for place, (share, value) in enumerate(points):
        at = round(ends.get(place, share), 4)
        point = (at, max(value, kept[-1][1]) if kept else value)
        if not kept or point != kept[-1]:
            kept.append(point)
    return [share for share, _ in kept], [value for _, value in kept]


def _simplified(shares: list[float], values: list[float], tolerance: float) -> Points:
    """The points without those that are nearly on the line between their neighbours."""
    points = [*zip(shares, values, strict=True)]
    while len(points) > 2:
        errors = [
            (_off_the_line(*three), place)
            for place, three in enumerate(
                zip(points, points[1:], points[2:], strict=False), 1
            )
            if three[1][0] != 0.5
        ]
        least, place = min(errors, default=(1.0, 0))
        if least > tolerance:
            break
        del points[place]
    return [share for share, _ in points], [value for _, value in points]


def _off_the_line(
    left: tuple[float, float], point: tuple[float, float], right: tuple[float, float]
) -> float:
    """How far the share of a point is from the line between two others, at its value."""
    if right[1] == left[1]:
        return 0.0
    part = (point[1] - left[1]) / (right[1] - left[1])
    return abs(left[0] + part * (right[0] - left[0]) - point[0])


def settings_of(points: Points, is_integer: bool) -> Settings:
    """The points as a column's parameters."""
    shares, values = points
    return {"shares": shares, "values": [as_number(v, is_integer) for v in values]}


def in_words(shares: dict[float, float], most: int = 8) -> str:
    """The numbers of a price list with their shares, the most frequent first."""
    first = sorted(shares.items(), key=lambda pair: -pair[1])[:most]
    words = ", ".join(f"{number:g} in {percent(share)}" for number, share in first)
    return words + (f" and {len(shares) - most} more" if len(shares) > most else "")
