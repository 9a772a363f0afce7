"""What a script defines besides functions: units, types, and what is kept while it runs."""

from __future__ import annotations

from compiler.emit.time.hours import hours_constant, named_constant
from compiler.spec.columns.hours import HOURS

UNITS = {
    "TEXT": 'TEXT = pd.StringDtype("python")  # of texts, whose nulls are pd.NA',
    "MINUTE": "MINUTE = 60",
    "HOUR": "HOUR = 3_600",
    "DAY": "DAY = 86_400  # seconds",
    "MONTH": 'MONTH = np.timedelta64(1, "M")  # of the calendar',
    "YEAR": "YEAR = 12 * MONTH",
    "When": "When = date | timedelta  # a timedelta counts from END",
    "Months": "Months = np.timedelta64 | str  # steps of a grid by the calendar",
    "Step": "Step = timedelta | Months  # from one row of a grid to the next",
    **{
        named_constant(name): str(
            hours_constant(
                named_constant(name),
                hours,
                f"Hours of {name}: the weight of each hour of a day",
            )
        )
        for name, hours in HOURS.items()
    },
}
"""What the configuration speaks of, defined above it: units of lengths, shapes of a day; what
pandas calls a text."""

TYPES = {
    "Volume": "Volume = Callable[[datetime], float]  # relative volume at a moment",
    "Cases": "Cases = Mapping[str, Mapping[str, float]]  # parameters by case",
    "Quantile": "Quantile = Callable[..., np.ndarray]  # of u and parameters",
    "Number": "Number = float | np.ndarray",
    "Timeline": "Timeline = tuple[np.ndarray, np.ndarray]  # epoch seconds, the share before each",
    "Faults": "Faults = dict[tuple[str, str], np.ndarray]  # by column and fault: which rows",
    "Made": 'Made = TypeVar("Made")',
    "RUN": "RUN = uuid.uuid4().hex[:8]  # identifies this run",
    "PARTS": "# The names of the files that runs write, Spark's too.\n"
    r'PARTS = r"(part-\d{5,}|[\w-]{16}_\d+)[\w.-]*\.(csv|json|parquet)|_[A-Z]+|\..+\.crc"',
    "Arrays": "Arrays = tuple[np.ndarray, ...]",
    "MEMO": "MEMO: dict[str, Arrays] = {}  # by stream",
    "Blocks": "Blocks = Iterator[np.ndarray]  # row numbers, about BLOCK at a time",
    "Weighing": "Weighing = list[tuple[Callable[[np.ndarray], pl.Series], Mapping[str, float]]]",
}
"""Types that helpers speak of, defined above them."""

READ_FIRST = {
    "Values": 'Values = TypeVar("Values")',
    "BLOCK_VALUES": "# By thread and column: the last arrays of rows, and the values for each.\n"
    "BLOCK_VALUES: dict[int, dict[object, list[tuple[np.ndarray, Any]]]] = {}",
}
"""What is defined before the tables."""

BY_CALENDAR = {
    "When": "When = date | timedelta | np.timedelta64  # lengths and months count from END",
}
"""The types that differ where moments count by the calendar."""
