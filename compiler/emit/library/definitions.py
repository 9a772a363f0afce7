"""What a script defines besides functions: units, types and the values that helpers share."""

from __future__ import annotations

from compiler.emit.time.hours import hours_constant, named_constant
from compiler.spec.columns.hours import HOURS


def named_hours(clock: str) -> dict[str, str]:
    """The hours of a day that have a name, by some clock."""
    names = {name: named_constant(name) for name in HOURS}
    return {
        names[name]: str(
            hours_constant(
                names[name],
                hours,
                f"Hours of {name}: the weight of each hour of a day",
                clock,
            )
        )
        for name, hours in HOURS.items()
    }


UNITS = {
    "TEXT": 'TEXT = pd.StringDtype("python")  # text; null is pd.NA',
    "MINUTE": "MINUTE = 60",
    "HOUR": "HOUR = 3_600",
    "DAY": "DAY = 86_400  # seconds",
    "MONTH": 'MONTH = np.timedelta64(1, "M")  # a calendar month',
    "YEAR": "YEAR = 12 * MONTH",
    "When": "When = date | timedelta  # a timedelta counts from END",
    "Months": "Months = np.timedelta64 | str  # a grid's step in months",
    "Step": "Step = timedelta | Months  # between two rows of a grid",
    **named_hours("UTC"),
}
"""Defined above the configuration, which uses them: units of time, hours of a day, and the
dtype of text in pandas."""

TYPES = {
    "Volume": "Volume = Callable[[datetime], float]  # relative volume at a moment",
    "Cases": "Cases = Mapping[str, Mapping[str, float]]  # parameters by case",
    "Quantile": "Quantile = Callable[..., np.ndarray]  # arguments: u and parameters",
    "Number": "Number = float | np.ndarray",
    "Curve": "Curve = Callable[[np.ndarray], np.ndarray]  # a function of one variable",
    "Timeline": "class Timeline(NamedTuple):\n"
    '    """The share of the volume of a period before each moment."""\n\n'
    "    share_before: Curve  # of epoch seconds\n"
    "    moment_at: Curve  # the inverse: epoch seconds of a share\n"
    "    end: float  # in epoch seconds\n",
    "TimeOrder": "class TimeOrder(NamedTuple):\n"
    '    """The rows of each group in order of time; places count over all groups."""\n\n'
    "    rows: np.ndarray  # the row at each place\n"
    "    place: np.ndarray  # of each row\n"
    "    first: np.ndarray  # the first place of each row's group\n"
    "    last: np.ndarray  # its last place\n",
    "Faults": "Faults = dict[tuple[str, str], np.ndarray]  # rows by column and fault",
    "Result": 'Result = TypeVar("Result")',
    "RUN": "RUN = uuid.uuid4().hex[:8]  # identifies this run",
    "PARTS": "# Names of the files that runs write, and Spark.\n"
    r'PARTS = r"(part-\d{5,}|[\w-]{16}_\d+)[\w.-]*\.(csv|json|parquet)|_[A-Z]+|\..+\.crc"',
    "PARTITION": r'PARTITION = r"[a-z]\w*=.*/"  # the name of a folder of a partition',
    "NO_VALUE": 'NO_VALUE = "__HIVE_DEFAULT_PARTITION__"  # null in the name of a folder',
    "UNSAFE": "# What Hive and Spark escape in the names of folders.\n"
    r'''UNSAFE = r"[\x00-\x1f\x7f\"#%'*/:=?\\{\[\]^]"''',
    "Arrays": "Arrays = tuple[np.ndarray, ...]",
    "CHUNK": "CHUNK = 1 << 15  # rows computed at once: their arrays fit a CPU's cache",
    "BLOCK_VALUES": "# By thread and column: the last arrays of rows, with their values.\n"
    "BLOCK_VALUES: dict[int, dict[object, list[tuple[np.ndarray, Any]]]] = {}",
    "MEMO": "MEMO: dict[str, Arrays] = {}  # by stream",
    "Blocks": "Blocks = Iterator[np.ndarray]  # row numbers, about BLOCK at a time",
    "ColumnWeights": "# Columns of the target table, each with the weights of its values.\n"
    "ColumnWeights = list[tuple[Callable[[np.ndarray], pl.Series], Mapping[str, float]]]",
}
"""Types and shared values of helpers, defined above them."""

READ_FIRST = {
    "Values": 'Values = TypeVar("Values")',
    "Moves": "Moves = tuple[np.ndarray, np.ndarray]  # states that rows enter, and when",
}
"""Defined before the tables."""


def parts(zipped: bool, partitioned: bool) -> dict[str, str]:
    """The names of files: of compressed ones, and in folders, where Sail's have no number."""
    pattern = TYPES["PARTS"]
    if zipped:
        pattern = pattern.replace("parquet)", r"parquet)(\.gz)?")
    if partitioned:
        pattern = pattern.replace(r"{16}_\d+", "{16}")
    return {"PARTS": pattern}


BY_CALENDAR = {
    "When": "When = date | timedelta | np.timedelta64  # a timedelta or months count from END",
}
"""Types that differ in scripts with lengths in calendar months."""

ZONED = named_hours("local")
"""The hours of a day in scripts with time zones."""
