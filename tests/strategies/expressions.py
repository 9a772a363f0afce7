"""Expressions of every sort over a table with columns of all types."""

from __future__ import annotations

from hypothesis import strategies as st

from compiler.spec.types import Data
from tests.strategies.rows import COLUMNS, DAYS, INSTANTS, LETTERS, QUARTERS, TIERS


def names(data: Data) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [name for name, type in COLUMNS.items() if type.data is data]
    )


def forms(*forms: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of the forms, with each of its letters replaced by a part of that sort."""

    def filled(form: str) -> st.SearchStrategy[str]:
        pieces = [
            parts[piece] if piece in parts else st.just(piece)
            for piece in form.split("`")
        ]
        return st.tuples(*pieces).map("".join)

    return st.sampled_from(forms).flatmap(filled)


def grown(depth: int) -> dict[str, st.SearchStrategy[str]]:
    """Expressions by sort: I integers, E exact numbers, B booleans, T text, D dates, S timestamps,
    W lengths of time.

    In a form, a part stands between backticks.
    """
    leaves = {
        "I": names(Data.INTEGER) | st.integers(0, 60).map(str),
        "E": names(Data.NUMBER) | QUARTERS.map(abs).map(str),
        "B": names(Data.BOOLEAN) | st.sampled_from(["true", "false"]),
        "T": names(Data.TEXT) | LETTERS.map(repr),
        "D": names(Data.DATE),
        "S": names(Data.TIMESTAMP) | st.just("now"),
        "d": DAYS.map(lambda day: repr(day.isoformat())) | st.just("'-30d'"),
        "s": INSTANTS.map(lambda at: repr(at.replace(tzinfo=None).isoformat()))
        | st.sampled_from(["'-36h'", "'-90d'", "'now'", "now()"]),
        "o": st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        "e": st.sampled_from(["==", "!="]),
        "n": st.integers(0, 3).map(str),
        "t": st.sampled_from([repr(tier) for tier in TIERS]),
        "C": st.sampled_from(["tier", "tier_null"]),
        "W": forms("days(`n`)", "hours(`n`)", n=st.integers(0, 3).map(str)),
        "N": st.sampled_from(
            ["'12'", "'-7.5'", "'+1e3'", "' 4'", "'x'", f"'{10**20}'", "'.5'", "''"]
        ),
        "u": st.sampled_from(["'day'", "'week'", "'month'", "'quarter'", "'year'"]),
        "c": st.sampled_from(["'minute'", "'hour'"]),
        "z": st.sampled_from(["'Europe/Berlin'", "'Asia/Kolkata'", "'America/Lima'"]),
        "h": st.sampled_from(["'US'", "'DE-BY'", "'BR'"]),
    }
    if depth == 0:
        return leaves
    below = grown(depth - 1)
    leaf = {"L": "I", "K": "E", "J": "D", "Z": "S"}
    parts = below | {name: leaves[sort] for name, sort in leaf.items()}
    sorts = {
        "I": forms(
            *(
                "(`I` + `I`)",
                "(`I` - `I`)",
                "(`I` * `L`)",
                "(`I` // `I`)",
                "(`I` % `I`)",
            ),
            *(
                "-(`I`)",
                "(`I` ** 2)",
                "(`I` if `B` else `I`)",
                "(`I` if `B` else None)",
                "(`n` if `B` else (null if `B` else `I`))",
                "abs(`I`)",
                "round(`E`)",
            ),
            *(
                "floor(`E`)",
                "ceil(`E`)",
                "clip(`I`, 0, 9)",
                "clip(`I`, `L`, `I`)",
                "len(`T`)",
            ),
            *(
                "min(`I`, `I`)",
                "max(`I`, `n`)",
                "coalesce(`I`, `I`)",
                "year(`D`)",
                "month(`S`)",
            ),
            *(
                "day(`S`)",
                "hour(`S`)",
                "weekday(`D`)",
                "year(now)",
                "hour(`s`)",
                "weekday(`S`)",
            ),
            *("quarter(`D`)", "days_in_month(`S`)", "int(`E`)", "int(`B`)", "int(`T`)"),
            *("int(`N` if `B` else `T`)", "((`D` - `D`) // days(1))", "quarter(now)"),
            *("coalesce(None, `I`)", "(int(None) if `B` else `I`)"),
            **parts,
        ),
        "W": forms(
            *("days(`I`)", "weeks(`n`)", "hours(`E`)", "minutes(`I`)", "seconds(`E`)"),
            *("(`S` - `S`)", "(`D` - `D`)", "(`D` - `S`)", "(`S` - `s`)", "-(`W`)"),
            *("(`W` + `W`)", "(`W` - `W`)", "(`W` * `L`)", "(`K` * `W`)", "(`W` / 4)"),
            *(
                "abs(`W`)",
                "max(`W`, `W`)",
                "coalesce(`W`, `W`)",
                "(`W` if `B` else None)",
            ),
            *("(`W` if `B` else `W`)", "(`W` % days(1))"),
            **parts,
        ),
        "E": forms(
            *(
                "(`E` + `E`)",
                "(`E` - `I`)",
                "(`E` * `L`)",
                "(`I` + `E`)",
                "-(`E`)",
                "abs(`E`)",
            ),
            *("float(`I`)", "float(`N` if `B` else `T`)", "float(`B`)"),
            *("(None if `B` else `E`)", "(`n` if `B` else None if `B` else `E`)"),
            *("(`E` if `B` else `I`)", "(`E` % `K`)", "(`I` // `K`)", "min(`E`, `I`)"),
            *(
                "max(`I`, `K`, `E`)",
                "max(`E`, `n`)",
                "clip(`E`, `n`, 9)",
                "clip(`I`, 0.5, `E`)",
            ),
            *(
                "clip(`E`, 0, `E`)",
                "coalesce(`I`, `E`)",
                "coalesce(`E`, `n`)",
                "round(`I`, 1)",
            ),
            **parts,
        ),
        "B": forms(
            *(
                "(`I` `o` `I`)",
                "(`E` `o` `I`)",
                "(`T` `o` `T`)",
                "(`B` `e` `B`)",
                "(`D` `o` `D`)",
            ),
            *(
                "(`S` `o` `S`)",
                "(`D` `o` `S`)",
                "(`D` `o` `d`)",
                "(`s` `o` `S`)",
                "(`D` `o` `s`)",
            ),
            *(
                "(`C` `e` `t`)",
                "(`C` `o` size)",
                "(`C` `o` tier)",
                "(`C` in (`t`, `t`))",
            ),
            *(
                "(`I` in (1, `n`, 2))",
                "(`E` not in (0, 0.5))",
                "(`I` in (1, 2.5))",
                "(not `B`)",
            ),
            *(
                "(`B` and `B`)",
                "(`B` or `B`)",
                "(`B` or `B` and `B`)",
                "(`n` < `I` <= 40)",
            ),
            *(
                "is_null(`I`)",
                "is_null(`T`)",
                "(not is_null(`S`))",
                "during('outage', `S`)",
            ),
            *("(`B` if `B` else None)", "(`D` > (`d` if `B` else None))"),
            *("during('outage', `D`)", "(`B` if `B` else `B`)", "coalesce(`B`, `B`)"),
            *("(hour(`S`) `o` `n`)", "(len(`T`) `o` -1)", "(hour(`S`) in (3, 500))"),
            *(
                "(`D` > (`d` if `B` else `d`))",
                "(`S` in (`s`, `s`))",
                "(`T` in ('a', 'é'))",
            ),
            *("(hour(now) `o` `I`)", "(now `o` `s`)"),
            *("(`W` `o` `W`)", "is_weekend(`S`)", "is_holiday(`D`, `h`)"),
            *(
                "is_holiday(`S`, `h`)",
                "is_null(`W`)",
                "((`D` if `B` else `S`) `o` `S`)",
            ),
            **parts,
        ),
        "T": forms(
            *(
                "(`T` + `T`)",
                "lower(`T`)",
                "upper(`T`)",
                "slug(`T`)",
                "(`T` if `B` else `T`)",
                "(`T` if `B` else None)",
                "(`C` if `B` else None)",
            ),
            *("str(`I`)", "str(`K`)", "str(`B`)", "str(`J`)", "str(`Z`)", "str(`T`)"),
            *("coalesce(`T`, `T`)", "coalesce(`C`, size, `T`)", "(`C` + '-' + `C`)"),
            **parts,
        ),
        "D": forms(
            *(
                "min(`D`, `D`)",
                "max(`D`, `d`)",
                "(`D` if `B` else `d`)",
                "(None if `B` else `D`)",
                "coalesce(`D`, `D`)",
            ),
            *("coalesce(`D`, `d`)", "clip(`D`, '2020-01-01', `D`)"),
            *("date(`S`)", "date(now)", "month_start(`S`)", "month_end(`D`)"),
            *("(`D` + days(`I`))", "(`D` - weeks(`n`))", "(`D` + months(`I`))"),
            *("(`D` - months(`n`))", "(`D` + (`D` - `D`))", "trunc(`D`, `u`)"),
            **parts,
        ),
        "S": forms(
            *(
                "max(`S`, `S`)",
                "min(`S`, `s`)",
                "(`S` if `B` else `s`)",
                "(`S` if `B` else None)",
                "coalesce(`S`, `S`)",
            ),
            *("coalesce(`S`, now)", "(`s` if `B` else now)"),
            *("timestamp(`D`)", "(`S` + `W`)", "(`S` - `W`)", "(`W` + `S`)"),
            *("(`D` + hours(`I`))", "(`S` + months(`I`))", "trunc(`S`, `u`)"),
            *("trunc(`S`, `c`)", "local(`S`, `z`)", "(`D` if `B` else `S`)"),
            *("coalesce(None, `D`, `S`)", "max(`D`, `S`)", "local(now, `z`)"),
            **parts,
        ),
    }
    return below | {sort: below[sort] | sorts[sort] for sort in sorts}


GROWN = grown(3)
INEXACT = forms(
    *(
        "(`E` / `I`)",
        "(`I` / 60)",
        "(`I` / `E`)",
        "log(`E`)",
        "sqrt(`I`)",
        "exp(`K` / 8)",
    ),
    *(
        "sin(`E`)",
        "cos(`I`)",
        "(`E` ** `n`)",
        "(`I` ** `E`)",
        "(`I` ** -1)",
        "(1.5 ** `L`)",
    ),
    *("(`W` / hours(1))", "(`W` / `W`)", "(`W` // minutes(7))", "float(`I` / 7)"),
    *("days_between(`S`, `S`)", "hours_between(`D`, `D`)", "days_between(`D`, `S`)"),
    *(
        "hours_between('2026-01-01', `S`)",
        "days_between(`D`, `s`)",
        "days_between(`d`, `D`)",
    ),
    *(
        "(`E` / (year(now) - 2026))",
        "round(`E` / 3, 2)",
        "(hours_between('-9d', now) * `E`)",
    ),
    *("(1.02 ** (year(now) - 2000))", "coalesce(1 / (year(now) - 2026), `E`)"),
    **(GROWN | {"K": names(Data.NUMBER), "L": names(Data.INTEGER)}),
)

IN_ORDER = forms(
    *("lag(`I`)", "lead(`E`)", "first(`T`)", "last(`D`)", "lead(`S`)", "first(`B`)"),
    *("row_number()", "cumsum(`L`)", "cumsum(`E`)", "cumsum(int(`B`))", "lag(`C`)"),
    *(
        "lag(lag(`I`))",
        "lag(`n`)",
        "cumsum(1)",
        "lead(now)",
        "last('x')",
        "lag(`C`) == `t`",
    ),
    *("lead(`S`) - days(1)", "coalesce(lead(`D`), None)", "is_null(lag(`T`))"),
    *(
        "(lag(`W`) > `W`)",
        "cumsum(`W`) / hours(1)",
        "coalesce(lag(`W`), `W`) / days(1)",
    ),
    *(
        "(cumsum(`L`) > 100)",
        "`I` - coalesce(lag(`I`), 0)",
        "(`T` if lag(`B`) else `T`)",
    ),
    *("cumsum(row_number() * `L`)", "row_number() % 3", "days_between(lag(`S`), `S`)"),
    *("(first(`E`) `o` last(`E`))", "(not lag(`B`))", "coalesce(lag(`B`), `B`)"),
    *("lag(`C`) + '-' + last(`C`)", "(lag(`C`) `e` `C`)", "coalesce(lag(`C`), `C`)"),
    *("min(lag(`E`), `I`)", "max(lead(`S`), `s`)", "round(lag(`K`))", "-lag(`I`)"),
    **(GROWN | {"K": names(Data.NUMBER), "L": names(Data.INTEGER)}),
)
"""Along the rows of a parent."""
